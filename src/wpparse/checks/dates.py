"""Checks of deadlines."""

from __future__ import annotations

from collections.abc import Iterator

from wpparse.checks.registry import Finding, define
from wpparse.grammar import Grammar
from wpparse.model import Deadline, WorkPlan


@define(
    "deadline-before-issue",
    "warning",
    "完成时限“{text}”（{due}）早于成文日期（{issued}）",
    "the deadline “{text}” ({due}) lies before the date of issue ({issued})",
)
def deadline_before_issue(plan: WorkPlan, _: Grammar) -> Iterator[Finding]:
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
def deadline_without_date(plan: WorkPlan, grammar: Grammar) -> Iterator[Finding]:
    """A deadline that names an event. Where the circular states no year, that is said once instead."""
    for deadline in _undated(plan):
        if plan.header.plan_year is not None or _names_an_event(deadline, grammar):
            yield Finding(deadline.location, {"text": deadline.text})


@define(
    "deadline-without-year",
    "warning",
    "公文没有写明年份，{count}处完成时限不能换算成日期，例如“{text}”",
    "the circular states no year: {count} deadlines give no date, “{text}” among them",
)
def deadline_without_year(plan: WorkPlan, grammar: Grammar) -> Iterator[Finding]:
    """Months and days of a year that the circular does not state."""
    if plan.header.plan_year is not None:
        return
    dated = [deadline for deadline in _undated(plan) if not _names_an_event(deadline, grammar)]
    if dated:
        yield Finding(dated[0].location, {"count": str(len(dated)), "text": dated[0].text})


def _names_an_event(deadline: Deadline, grammar: Grammar) -> bool:
    """True where a year would not help: the time is known by a name (春节前), as the rule that found it says."""
    return deadline.rule in grammar.made(_events)


def _events(grammar: Grammar) -> frozenset[str]:
    return frozenset(rule.id for rule in grammar.rules("deadline") if rule.fields.get("undated"))


def _undated(plan: WorkPlan) -> Iterator[Deadline]:
    """Points and stretches of time without a date of which no stage has said why."""
    said = {diagnostic.location for diagnostic in plan.diagnostics}
    for task in plan.tasks:
        for deadline in task.deadlines:
            if deadline.kind in ("by", "during") and deadline.due is None and deadline.location not in said:
                yield deadline


CHECKS = (deadline_before_issue, deadline_without_date, deadline_without_year)
