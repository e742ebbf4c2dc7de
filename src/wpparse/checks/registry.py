"""What a check is, and how its findings become diagnostics."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from wpparse.grammar import Grammar
from wpparse.messages import register, render
from wpparse.model import Diagnostic, Location, Severity, WorkPlan


@dataclass(frozen=True, slots=True)
class Finding:
    """One place that a check points at."""

    location: Location | None
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Check:
    """A rule over a whole plan and the grammar that it was made with. ``code`` is public: it stands in the JSON."""

    code: str
    severity: Severity
    find: Callable[[WorkPlan, Grammar], Iterable[Finding]]


Finder = Callable[[WorkPlan, Grammar], Iterator[Finding]]


def define(code: str, severity: Severity, chinese: str, english: str) -> Callable[[Finder], Check]:
    """Make a check of a finder; the messages are templates over ``Finding.values``."""
    register({code: (chinese, english)})
    return lambda find: Check(code, severity, find)


def run_checks(plan: WorkPlan, checks: Sequence[Check], grammar: Grammar) -> WorkPlan:
    """The plan with the findings behind the diagnostics that it has."""
    found = [
        Diagnostic(
            code=check.code,
            severity=check.severity,
            message=render(check.code, "zh", finding.values),
            location=finding.location,
            values=finding.values,
        )
        for check in checks
        for finding in check.find(plan, grammar)
    ]
    if not found:
        return plan
    found.sort(key=_place)
    return replace(plan, diagnostics=(*plan.diagnostics, *found))


def _place(diagnostic: Diagnostic) -> tuple[int, int, int]:
    location = diagnostic.location
    if location is None:
        return (-1, 0, 0)
    return (location.block, location.row or 0, location.start or 0)
