"""Checks of deadlines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wpparse.checks.registry import Finding, define
from wpparse.model import Deadline, WorkPlan

_MONTH = re.compile(r"月|季度|半年|年底|年内|全年")


@define(
    "deadline-before-issue",
    "warning",
    "完成时限“{text}”（{due}）早于成文日期（{issued}）",
    "the deadline “{text}” ({due}) lies before the date of issue ({issued})",
)
def deadline_before_issue(plan: WorkPlan) -> Iterator[Finding]:
    """A point in time that had passed when the circular was issued: a slip, or last year's table."""
    issued = plan.header.issue_date
    if issued is None:
        return
    for task in plan.tasks:
        for deadline in task.deadlines:
            if deadline.kind == "by" and deadline.due is not None and deadline.due < issued[: len(deadline.due)]:
                yield Finding(deadline.location, {"text": deadline.text, "due": deadline.due, "issued": issued})


@define(
    "deadline-without-date",
    "info",
    "完成时限“{text}”没有可换算的日期",
    "the deadline “{text}” gives no date",
)
def deadline_without_date(plan: WorkPlan) -> Iterator[Finding]:
    """A deadline that names an event. Where the circular states no year, that is said once instead."""
    said = {diagnostic.location for diagnostic in plan.diagnostics}
    for deadline in _undated(plan):
        if (plan.header.plan_year is not None or not _MONTH.search(deadline.text)) and deadline.location not in said:
            yield Finding(deadline.location, {"text": deadline.text})


@define(
    "deadline-without-year",
    "warning",
    "公文没有写明年份，{count}处完成时限不能换算成日期，例如“{text}”",
    "the circular states no year: {count} deadlines give no date, “{text}” among them",
)
def deadline_without_year(plan: WorkPlan) -> Iterator[Finding]:
    """Months and days of a year that the circular does not state."""
    if plan.header.plan_year is not None:
        return
    months = [deadline for deadline in _undated(plan) if _MONTH.search(deadline.text)]
    if months:
        yield Finding(months[0].location, {"count": str(len(months)), "text": months[0].text})


def _undated(plan: WorkPlan) -> Iterator[Deadline]:
    for task in plan.tasks:
        for deadline in task.deadlines:
            if deadline.kind in ("by", "during") and deadline.due is None:
                yield deadline


CHECKS = (deadline_before_issue, deadline_without_date, deadline_without_year)
