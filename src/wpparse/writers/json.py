"""The contract's JSON."""

from __future__ import annotations

from wpparse.model import WorkPlan


def render(plan: WorkPlan, headers: str) -> bytes:
    """UTF-8, indented; the keys are the same in every language, so ``headers`` changes nothing."""
    return plan.to_json().encode("utf-8")
