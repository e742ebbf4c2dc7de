"""Workdays by the State Council's yearly holiday notices, from the ``chinesecalendar`` package."""

from __future__ import annotations

from datetime import date, timedelta


class OutsideCalendar(ValueError):
    """The State Council's notice for a year that is needed is not known."""


def add_workdays(day: date, amount: int) -> date:
    """The ``amount``-th workday after ``day``: holidays and weekends are skipped, make-up workdays count.

    Raises :class:`OutsideCalendar` where a day in between lies in a year without a known notice.
    """
    from chinese_calendar import is_workday

    counted = 0
    while counted < amount:
        day += timedelta(days=1)
        try:
            counted += is_workday(day)
        except NotImplementedError as error:
            raise OutsideCalendar(str(day.year)) from error
    return day
