"""Checks of deadlines."""

from __future__ import annotations

from collections.abc import Iterator

from wpparse.checks.registry import Finding, define
from wpparse.model import WorkPlan


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
    """A deadline that names an event, or a month of a year that the circular does not state."""
    for task in plan.tasks:
        for deadline in task.deadlines:
            if deadline.kind in ("by", "during") and deadline.due is None:
                yield Finding(deadline.location, {"text": deadline.text})


CHECKS = (deadline_before_issue, deadline_without_date)
