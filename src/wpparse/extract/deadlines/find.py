"""Deadlines: time expressions in cells, clauses and running text, as dates where they can be.

Which words are a deadline is data (family ``deadline`` of the grammar); what day they name is arithmetic
(:mod:`wpparse.extract.deadlines.dates`) on the base that is given. Contract, section 6.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from wpparse.extract.deadlines.dates import (
    SEASONS,
    ImpossibleDate,
    Moment,
    Part,
    Unit,
    add,
    first_month,
    five_year_plan,
    stretch,
)
from wpparse.extract.deadlines.evidence import weigh
from wpparse.extract.deadlines.workdays import OutsideCalendar
from wpparse.extract.deadlines.writing import Writing, closed
from wpparse.extract.mentions import DateBase, DeadlineMention
from wpparse.grammar import Grammar, Hit
from wpparse.messages import register
from wpparse.model import DeadlineKind, DeadlineSource, Every
from wpparse.numerals import parse_number

register({
    "deadline-impossible-date": (
        "期限“{text}”不是真实存在的日期，请核对原文",
        "the deadline {text} is no date of the calendar: check the circular",
    ),
    "deadline-without-month": (
        "期限“{text}”没有写明月份，未推算日期",
        "the deadline {text} names no month: no date was computed",
    ),
    "deadline-unclear-number": (
        "期限“{text}”的数字可能识别有误，未推算日期",
        "the digits of the deadline {text} may be two numbers or misread: no date was computed",
    ),
    "deadline-unclear-year": (
        "期限“{text}”的年份无法识别，未推算日期",
        "the year of the deadline {text} was not understood: no date was computed",
    ),
    "deadline-unread": (
        "完成时限栏中的“{text}”没有可识别的时间",
        "no time was understood in “{text}” in a column of deadlines",
    ),
    "deadline-outside-calendar": (
        "期限“{text}”按工作日计算，但所涉年份的国务院放假安排尚不可知，未推算日期",
        "the deadline {text} counts workdays of a year whose official holidays are not known: no date was computed",
    ),
})  # fmt: skip

_SENTENCE_END = re.compile(r"[。；;\n]")
_INTERVALS = ("day", "week", "month", "quarter", "halfyear", "year")
_UNITS = ("hour", "day", "workday", "week", "month", "year")
_PARTS = ("early", "middle", "late", "first_twenty", "last_twenty", "end")
_FROM_PLAN = {"last_year": -1, "this_year": 0, "next_year": 1, "year_after_next": 2}
_FROM_NAMED = {"same_year": 0, "following_year": 1}
_LETTERS = {ord("O"): "0", ord("o"): "0"}
"""What recognition takes for a nought between Chinese numerals."""


def find_deadlines(text: str, grammar: Grammar, base: DateBase, source: DeadlineSource) -> tuple[DeadlineMention, ...]:
    """The deadlines of a text, in order, without overlap.

    With source ``column`` or ``clause`` every time expression counts; with ``text`` only what binds the doing: the year of
    the plan alone (``2024年，…``) says nothing, but a row of years is a schedule.

    A month without a year takes the year that a deadline before it in the same cell, or in the same sentence of running
    text, has named, unless that would run backwards (``2023年9月启动，10月完成``: October 2023; ``2023年9月启动，3月完成``:
    March of the plan's year); else the plan's year. A day without a month takes the month named before it in the same way;
    else its date stays open. A year that is only a goal (``到2027年``, ``2025年底前``) is not carried on. Where a year is not
    known, dates stay null.
    """
    writing = closed(text)
    hits = grammar.rules("deadline").within("text" if source == "text" else "cell").scan(writing.text)
    if not hits:
        return ()
    reader = _Reader(base, source, writing, grammar)
    found: list[DeadlineMention] = []
    scheduled = sum(hit.field("schedule", False) for hit in hits) > 1
    position = 0
    for hit in hits:
        if source == "text" and _SENTENCE_END.search(writing.text, position, hit.start):
            reader.forget()
        position = hit.end
        mention = reader.read(hit)
        if mention is None:
            continue
        if scheduled or not hit.field("schedule") or _later(mention, base):
            found.append(mention)
        elif base.plan_year is not None:
            reader.forget()
    return tuple(found)


def stated_year(text: str, grammar: Grammar) -> int | None:
    """The year that a header states for what stands below it (``完成时限（2025年）``); None where it states none or several."""
    found = find_deadlines(text, grammar, DateBase(), "column")
    years = {
        mention.due[:4]
        for mention in found
        if mention.begins
        and mention.due
        and mention.begins == f"{mention.due[:4]}-01-01"
        and mention.due.endswith("-12-31")
    }
    return int(years.pop()) if len(years) == 1 else None


def _later(mention: DeadlineMention, base: DateBase) -> bool:
    return mention.due is not None and base.plan_year is not None and mention.due > f"{base.plan_year}-12-31"


@dataclass(slots=True)
class _Dates:
    begins: date | None = None
    due: date | None = None
    problem: str | None = None
    year_said: bool = False


class _Reader:
    """Turns the hits of one text into mentions; remembers the year and month last named."""

    def __init__(self, base: DateBase, source: DeadlineSource, writing: Writing, grammar: Grammar) -> None:
        self._writing = writing
        self._grammar = grammar
        self._base = base
        self._plan_year = base.plan_year
        self._issued = _day(base.issue_date)
        self._source: DeadlineSource = source
        self._year: int | None = None
        self._month: int | None = None
        self._since = 0

    def forget(self) -> None:
        """A new sentence begins."""
        self._year = self._month = None
        self._since = 0

    def read(self, hit: Hit) -> DeadlineMention | None:
        """The mention of one hit; None where running text names a day that was over when the circular was issued."""
        memory = self._year, self._month, self._since
        kind = cast(DeadlineKind, hit.rule.kind)
        amount: int | None = None
        unit: Unit | None = None
        every: Every | None = None
        dates = _Dates()
        if kind == "within":
            amount, unit = _length(hit)
            dates = self._after_issue(hit, amount, unit)
        elif kind == "recurring":
            every = cast("Every | None", _named(hit, "every_", _INTERVALS))
        elif kind in ("by", "during"):
            dates = self._calendar(hit)
            if self._source == "text" and dates.year_said and self._over(dates.due):
                self._year, self._month, self._since = memory
                return None
        start, end = self._writing.place(hit.start, hit.end)
        event = hit.span("event") if kind == "within" else None
        mention = DeadlineMention(
            start=start,
            end=end,
            text=self._writing.words(hit.start, hit.end),
            kind=kind,
            source=self._source,
            begins=_iso(dates.begins) if kind == "during" else None,
            due=_iso(dates.due),
            every=every,
            times=_number(hit, "times"),
            amount=amount,
            unit=unit,
            after=None if event is None else self._writing.words(*event),
            rule=hit.rule.id,
            problem=dates.problem,
        )
        confidence, evidence = weigh(mention, hit, dates.year_said, self._base, self._writing.given, self._grammar)
        return replace(mention, confidence=confidence, evidence=evidence)

    def _after_issue(self, hit: Hit, amount: int | None, unit: Unit | None) -> _Dates:
        if hit.group("issue") is None or self._issued is None or amount is None or unit is None:
            return _Dates()
        try:
            return _Dates(due=add(self._issued, amount, unit))
        except OutsideCalendar:
            return _Dates(problem="deadline-outside-calendar")

    def _over(self, due: date | None) -> bool:
        """A day of which the circular speaks as past: no one can be bound to it.

        Where the day of issue is not known, the years before the plan's are past.
        """
        if due is None or (self._issued is None and self._plan_year is None):
            return False
        return due < self._issued if self._issued is not None else due.year < (self._plan_year or 0)

    def _calendar(self, hit: Hit) -> _Dates:
        if hit.group("event") is not None:
            return _Dates()
        if _within(hit, "unclear", hit.start, hit.end) is not None:
            return _Dates(problem="deadline-unclear-number")
        if _within(hit, "odd_year", hit.start, hit.end) is not None:
            return _Dates(problem="deadline-unclear-year")
        if _within(hit, "week", hit.start, hit.end) is not None:
            return _Dates()
        to = hit.span("to")
        last = _moment(hit, *(to or (hit.start, hit.end)))
        shared = _number(hit, "shared_day")
        if shared is not None:
            last = replace(last, day=shared)
        if hit.group("shared_end") is not None:
            last = replace(last, part="end")
        year_said = last.year is not None
        try:
            if to is not None:
                return self._span(hit, last)
            placed = self._place(last, hit.rule.kind)
            begins, due = stretch(placed)
        except ImpossibleDate:
            return _Dates(problem="deadline-impossible-date", year_said=year_said)
        if placed.day is not None and placed.month is None:
            return _Dates(problem="deadline-without-month")
        return _Dates(begins, due, year_said=year_said)

    def _span(self, hit: Hit, last: Moment) -> _Dates:
        """First day of the one end to the last day of the other; a unit said once holds for both."""
        start = hit.span("from")
        first = None if start is None else _complete(_moment(hit, *start), _number(hit, "bare"), last)
        begins = self._issued if first is None else stretch(self._place(first, hit.rule.kind))[0]
        if hit.group("festival") is not None:
            return _Dates(begins)
        placed = self._place(last, hit.rule.kind)
        _, due = stretch(placed)
        if begins is not None and due is not None and due < begins and last.year is None:
            due = stretch(replace(placed, year=begins.year + 1))[1]
        if begins is not None and due is not None and due < begins:
            raise ImpossibleDate
        return _Dates(begins, due, year_said=last.year is not None or (first is not None and first.year is not None))

    def _place(self, moment: Moment, kind: str) -> Moment:
        """The moment with its year and month filled in from what stands before it, or from the base."""
        year, month = moment.year, moment.month
        if month is None and (moment.open_month or moment.day is not None):
            month = self._month
            if month is None and moment.open_month and self._issued is not None:
                year, month = self._issued.year, self._issued.month
        since = first_month(replace(moment, month=month))
        if moment.years_on is not None:
            from_year = self._year if moment.after_named and self._year is not None else self._plan_year
            year = None if from_year is None else from_year + moment.years_on
        elif year is None:
            backwards = since is not None and since < self._since
            year = self._plan_year if self._year is None or backwards else self._year
        if since is not None or (kind != "by" and moment.years == 1):
            # A year that is only a goal (到2027年, 2025年底前) is not the one in which the sentence goes on.
            self._year, self._month, self._since = year, month, since or 0
        return replace(moment, year=year, month=month)


def _within(hit: Hit, name: str, start: int, end: int) -> str | None:
    """What a named group matched between two offsets; what a pattern only looks ahead to lies outside."""
    if name not in hit.match.re.groupindex:
        return None
    spans = hit.match.spans(name)
    return next((str(hit.match.string[a:b]) for a, b in spans if start <= a and b <= end), None)


def _moment(hit: Hit, start: int, end: int) -> Moment:
    """The parts of a point in time that were matched between two offsets."""

    def said(name: str) -> str | None:
        return _within(hit, name, start, end)

    def number(name: str) -> int | None:
        text = said(name)
        return None if text is None else parse_number(text.translate(_LETTERS))

    part = cast("Part | None", next((name for name in _PARTS if said(name)), None))
    plan = number("five_years")
    if plan is not None:
        return replace(five_year_plan(plan), part=part)
    half = 1 if said("first_half") else 2 if said("second_half") else None
    short = number("short_year")
    month, months = _share(number)
    weekday = said("weekday")
    return Moment(
        year=number("year") if short is None else 2000 + short,
        month=month
        if month is not None
        else 1
        if said("month_one")
        else 12
        if said("month_twelve")
        else number("month"),
        months=months,
        day=number("day"),
        weekday=None if weekday is None else min("一二三四五六日天".index(weekday), 6),
        nth=-1 if said("last_one") else number("nth"),
        quarter=1 if said("quarter_one") else 4 if said("quarter_four") else number("quarter"),
        half=half,
        season=next((name for name in SEASONS if said(name)), None),
        part=part,
        years_on=next((years for name, years in (_FROM_PLAN | _FROM_NAMED).items() if said(name)), None),
        after_named=any(said(name) for name in _FROM_NAMED),
        open_month=bool(said("open_month") or said("this_month")),
    )


def _share(number: Callable[[str], int | None]) -> tuple[int | None, int]:
    """The first month and the number of months of 前三季度, 前5个月, 最后两个月; (None, 1) where nothing of the kind was said."""
    for name, months in (("months", 1), ("quarters", 3)):
        count = number(f"first_{name}")
        if count is not None:
            return 1, months * count
        count = number(f"last_{name}")
        if count is not None:
            return 13 - months * count, months * count
    return None, 1


def _complete(first: Moment, bare: int | None, last: Moment) -> Moment:
    """The first end of a span whose last number has its unit only at the other end (``3—4月``, ``1月5—10日``)."""
    if bare is None:
        return first
    if bare > 999:
        return replace(first, year=bare)
    if last.month is not None and first.month is None:
        return replace(first, month=bare)
    if last.quarter is not None:
        return replace(first, quarter=bare)
    return replace(first, day=bare)


def _named(hit: Hit, prefix: str, names: tuple[str, ...]) -> str | None:
    return next((name for name in names if hit.group(prefix + name) is not None), None)


def _length(hit: Hit) -> tuple[int | None, Unit | None]:
    """How long: half a year is 6 months, half a month 15 days; two and a half months are no whole number of any unit."""
    if hit.group("half_year") is not None:
        return 6, "month"
    if hit.group("half_month") is not None:
        return 15, "day"
    amount = _number(hit, "amount")
    if amount is not None and hit.group("half_year_more") is not None:
        return 12 * amount + 6, "month"
    if amount is not None and hit.group("quarters") is not None:
        return 3 * amount, "month"
    if hit.group("half_month_more") is not None:
        return None, None
    return amount, cast("Unit | None", _named(hit, "u_", _UNITS))


def _number(hit: Hit, name: str) -> int | None:
    text = hit.group(name)
    return None if text is None else parse_number(text)


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        return None


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
