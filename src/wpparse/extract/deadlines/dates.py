"""Date arithmetic on an explicit base: what a written point in time means in days.

Nothing here knows a language. A :class:`Moment` holds the parts that were written; :func:`stretch` makes it the first
and the last day that it covers.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Part = Literal["early", "middle", "late", "first_twenty", "last_twenty", "end"]
Unit = Literal["hour", "day", "workday", "week", "month", "year"]

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
"""The month in which each season of the calendar begins (three months each)."""

_DAYS_OF_MONTH = {
    "early": (1, 10),
    "middle": (11, 20),
    "late": (21, 31),
    "first_twenty": (1, 20),
    "last_twenty": (11, 31),
}


class ImpossibleDate(ValueError):
    """The parts name a day or month that no calendar has: 31 September, month 13."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time as written; None where a part was not said."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    half: int | None = None
    season: str | None = None
    part: Part | None = None
    """Of the month where a month is given, else of the quarter or of the year."""
    years_on: int | None = None
    """How many years after the base, where the year was said so: this year 0, next year 1."""
    after_named: bool = False
    """The base is the year named before (the same year, the following year), where there is one."""
    years: int = 1
    """How many years it covers, where only the year was said."""
    months: int = 1
    """How many months it covers from ``month`` on."""
    weekday: int | None = None
    """0 Monday to 6 Sunday, the ``nth`` of the month (-1 the last one)."""
    nth: int | None = None
    open_month: bool = False
    """The month was said as this one, or only as ``month`` (月底)."""


def stretch(moment: Moment) -> tuple[date | None, date | None]:
    """The first and the last day of a moment; (None, None) where its year, or the month that it means, is not known.

    The end (``底``, ``末``) of a month, quarter or year is its last day alone; early, middle and late are the days 1 to
    10, 11 to 20 and 21 to the last; the middle of a year ends on 30 June. Raises :class:`ImpossibleDate`, also
    where the year is not known, if no year has such a day.
    """
    first_month, months = _months(moment)
    if not 1 <= first_month <= 12 or (moment.day is not None and not 1 <= moment.day <= 31):
        raise ImpossibleDate
    if moment.day is not None and moment.month is not None:
        longest = monthrange(moment.year or 2000, moment.month)[1]
        if moment.day > longest:
            raise ImpossibleDate
    if moment.year is None or (moment.month is None and (moment.day is not None or moment.open_month)):
        return None, None
    if not 1 <= moment.year <= 9998:
        raise ImpossibleDate
    first = date(moment.year, first_month, 1)
    last = add_months(first, months) - timedelta(days=1)
    if moment.weekday is not None and moment.nth is not None:
        only = _nth_weekday(first, last, moment.weekday, moment.nth)
        return only, only
    if moment.day is not None:
        only = first.replace(day=moment.day)
        return only, only
    if moment.part == "end":
        return last, last
    if moment.part is not None and moment.month is not None:
        begins, ends = _DAYS_OF_MONTH[moment.part]
        return first.replace(day=begins), first.replace(day=min(ends, last.day))
    if moment.part == "middle" and months == 12:
        return date(moment.year, 6, 1), date(moment.year, 6, 30)
    return first, last


def _nth_weekday(first: date, last: date, weekday: int, nth: int) -> date:
    """The ``nth`` Monday, Tuesday … of a month; -1 is the last one. Raises :class:`ImpossibleDate` where it has no fifth."""
    if nth < 0:
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    if day > last:
        raise ImpossibleDate
    return day


def first_month(moment: Moment) -> int | None:
    """The month in which a moment begins; None for a year or a lone day."""
    return _months(moment)[0] if moment.month or moment.quarter or moment.half or moment.season else None


def _months(moment: Moment) -> tuple[int, int]:
    """The first month of a moment and how many it has."""
    if moment.month is not None:
        return moment.month, moment.months
    if moment.quarter is not None:
        return 3 * moment.quarter - 2, 3
    if moment.half is not None:
        return 6 * moment.half - 5, 6
    if moment.season is not None:
        return SEASONS[moment.season], 3
    return 1, 12 * moment.years


def five_year_plan(ordinal: int) -> Moment:
    """The years of one of the national five-year plans, which follow one another without a gap from the sixth (1981) on."""
    return Moment(year=1951 + 5 * ordinal, years=5)


def add_months(day: date, months: int) -> date:
    """The same day so many months later; the last day of that month where it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add(day: date, amount: int, unit: Unit) -> date | None:
    """The day on which a period ends that begins on the day after ``day``.

    None where it cannot be told: hours that make no whole days, and a result beyond the calendar. Workdays raise
    :class:`wpparse.extract.deadlines.workdays.OutsideCalendar` beyond the years that the State Council has announced.
    """
    if unit == "workday":
        from wpparse.extract.deadlines.workdays import add_workdays

        return add_workdays(day, amount)
    try:
        if unit == "hour":
            return day + timedelta(hours=amount) if amount % 24 == 0 else None
        if unit in ("day", "week"):
            return day + timedelta(days=amount * (7 if unit == "week" else 1))
        return add_months(day, amount * (12 if unit == "year" else 1))
    except (ValueError, OverflowError):
        return None
