"""WorkPlan → diagnostics: one small rule each, registered under its code. A check never changes a value."""

from __future__ import annotations

from wpparse.checks import dates, tasks
from wpparse.checks.registry import Finding, run_checks
from wpparse.grammar import Grammar
from wpparse.model import WorkPlan

__all__ = ["CHECKS", "Finding", "check"]

CHECKS = (*tasks.CHECKS, *dates.CHECKS)


def check(plan: WorkPlan, grammar: Grammar) -> WorkPlan:
    """The same plan with the findings of all checks behind its diagnostics, ordered by place.

    ``grammar`` is the one that the plan was made with.
    """
    return run_checks(plan, CHECKS, grammar)
