"""Deadlines as a calendar (RFC 5545), for Outlook, phones and the like."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from wpparse.model import Deadline, Task, WorkPlan
from wpparse.writers.escaping import visible
from wpparse.writers.units import all_names
from wpparse.writers.wording import circular_name, normalised, requirement, source

if TYPE_CHECKING:
    from icalendar import Event

_ALARM = timedelta(days=-7)
_SUMMARY = 40
"""Characters of the requirement in an event's title; all of it stands in the description."""
_RULES: dict[str, dict[str, Any]] = {
    "day": {"freq": "daily"},
    "week": {"freq": "weekly", "byday": "fr"},
    "month": {"freq": "monthly", "bymonthday": -1},
    "quarter": {"freq": "monthly", "interval": 3, "bymonthday": -1},
    "halfyear": {"freq": "monthly", "interval": 6, "bymonthday": -1},
    "year": {"freq": "yearly", "bymonth": 12, "bymonthday": -1},
}
_FIRST_END = {"month": (1, 31), "quarter": (3, 31), "halfyear": (6, 30), "year": (12, 31)}
_WORDS = {
    "zh": ("{title}：时限", "未列入：{count}项没有日期的时限", "责任单位", "完成时限", "来源", "时限将至"),
    "en": (
        "{title}: deadlines",
        "not listed: {count} deadlines without a date",
        "units",
        "deadline",
        "source",
        "due soon",
    ),
}


def render(plan: WorkPlan, headers: str) -> bytes:
    """One all-day event on the last day of each deadline, an alarm a week before; recurring ones as a rule to the end
    of the plan's year, on the last day of each period (a week's Friday).

    Deadlines without a date are counted in the calendar's description.
    """
    from icalendar import Calendar, vText

    name, left_out, *_ = _WORDS[headers]
    calendar = Calendar()
    calendar.add("prodid", "-//wpparse//deadlines//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", vText(_line(name.format(title=circular_name(plan)))))
    missing = 0
    for task in plan.tasks:
        for index, deadline in enumerate(task.deadlines):
            event = _event(plan, task, index, deadline, headers)
            if event is None:
                missing += 1
            else:
                calendar.add_component(event)
    if missing:
        calendar.add("x-wr-caldesc", left_out.format(count=missing))
    result: bytes = calendar.to_ical()
    return result


def _event(plan: WorkPlan, task: Task, index: int, deadline: Deadline, headers: str) -> Event | None:
    from icalendar import Alarm, Event

    year = _year(plan)
    rule: dict[str, Any] | None = None
    day = date.fromisoformat(deadline.due) if deadline.due else None
    if deadline.kind == "recurring" and deadline.every and year:
        rule = _RULES[deadline.every] | {"until": date(year, 12, 31)}
        day = _first_day(deadline.every, year)
    if day is None:
        return None
    title = task.title or requirement(task)
    event = Event()
    event.add("uid", f"{plan.source.sha256[:16]}-{task.origin}-{task.number}-{index + 1}@wpparse")
    event.add("dtstamp", _stamp(plan))
    event.add("summary", _line(title[:_SUMMARY] + ("…" if len(title) > _SUMMARY else "")))
    event.add("description", visible("\n".join(_description(task, deadline, headers))))
    event.add("dtstart", day)
    if day < date.max:
        event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    if task.path:
        event.add("categories", [_line(task.path[0])])
    if rule is not None:
        event.add("rrule", rule)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _WORDS[headers][5])
    alarm.add("trigger", _ALARM)
    event.add_component(alarm)
    return event


def _line(text: str) -> str:
    """A text for a place that has one line."""
    return visible(" ".join(text.split()))


def _year(plan: WorkPlan) -> int | None:
    """The year in which recurring deadlines stand; None where the circular states none that a calendar has."""
    header = plan.header
    year = header.plan_year or (int(header.issue_date[:4]) if header.issue_date else 0)
    return year if 1 <= year <= 9999 else None


def _first_day(every: str, year: int) -> date:
    """The first last day of a period in ``year``."""
    if every == "day":
        return date(year, 1, 1)
    if every == "week":
        return date(year, 1, 1 + (4 - date(year, 1, 1).weekday()) % 7)
    return date(year, *_FIRST_END[every])


def _stamp(plan: WorkPlan) -> datetime:
    """RFC 5545, 3.8.7.2 asks when the event was last revised: the day of issue, never the clock."""
    issued = plan.header.issue_date
    day = date.fromisoformat(issued) if issued else date(_year(plan) or 2000, 1, 1)
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _description(task: Task, deadline: Deadline, headers: str) -> Iterator[str]:
    _, _, units, until, origin, _ = _WORDS[headers]
    colon = "：" if headers == "zh" else ": "
    yield requirement(task)
    names = all_names(task, headers)
    if names:
        yield f"{units}{colon}{names}"
    yield f"{until}{colon}{deadline.text}（{normalised(deadline, headers)}）"
    yield f"{origin}{colon}{source(task, headers)}"
