"""Marks: the rows that must be looked at, each with what to look at there and what else it could be."""

from __future__ import annotations

from collections.abc import Iterator

from wpparse.messages import register, render
from wpparse.model import Deadline, Diagnostic, Party, Task, WorkPlan
from wpparse.trust.circumstances import Circumstances
from wpparse.trust.parts import deadline_evidence, near, party_evidence, shorter
from wpparse.trust.rows import row_evidence, times_left, unnamed_body
from wpparse.trust.weights import Weights

register(
    {
        "doubtful-party": (
            "第{number}项任务的责任单位“{name}”请核对（{reasons}）{other_zh}",
            "task {number}: check the body “{name}” ({reasons_en}){other_en}",
        ),
        "doubtful-deadline": (
            "第{number}项任务的完成时限“{name}”请核对（{reasons}）{other_zh}",
            "task {number}: check the deadline “{name}” ({reasons_en}){other_en}",
        ),
        "doubtful-task": (
            "第{number}项任务请核对（{reasons}）{other_zh}",
            "task {number}: check this row ({reasons_en}){other_en}",
        ),
    }
)
CODES = frozenset({"doubtful-party", "doubtful-deadline", "doubtful-task"})


def marks(plan: WorkPlan, here: Circumstances, weights: Weights) -> Iterator[Diagnostic]:
    """One mark for each row that is not sure enough, at the value that weighs most against it."""
    limit = weights.threshold("mark")
    for task in plan.tasks:
        if task.confidence is not None and task.confidence < limit:
            yield _mark(task, here, weights)


def _mark(task: Task, here: Circumstances, weights: Weights) -> Diagnostic:
    evidence = row_evidence(task, here)
    against = weights.against(task.origin, evidence)
    if against[:1] in (("party",), ("party.bad",)):
        party = min(task.parties, key=lambda one: one.confidence or 0.0)
        reasons = weights.against("party", party_evidence(party, task, here))
        return _diagnostic(
            "doubtful-party", task, party, "party", reasons, near(party, here) or shorter(party, here), weights
        )
    if against[:1] in (("deadline",), ("deadline.bad",)):
        deadline = min(task.deadlines, key=lambda one: one.confidence or 0.0)
        reasons = weights.against("deadline", deadline_evidence(deadline, task, here))
        return _diagnostic("doubtful-deadline", task, deadline, "deadline", reasons, None, weights)
    other = None
    if "unnamed_body" in against:
        other = unnamed_body(task, here)
    elif "times_left" in against:
        other = next(iter(times_left(task)), None)
    return _diagnostic("doubtful-task", task, None, task.origin, against, other, weights)


def _diagnostic(
    code: str,
    task: Task,
    part: Party | Deadline | None,
    kind: str,
    reasons: tuple[str, ...],
    other: str | None,
    weights: Weights,
) -> Diagnostic:
    known = weights.of(kind)
    values = {
        "number": str(task.number),
        "origin": task.origin,
        "reasons": "；".join(weights.words(kind, reasons)) or "把握不大",
        "reasons_en": "; ".join(dict.fromkeys(known[name].english for name in reasons)) or "little is sure about it",
        "other_zh": f"，或为：{other}" if other else "",
        "other_en": f", or: {other}" if other else "",
        "text": task.text[:40],
    }
    if other:
        values["other"] = other
    location = task.location
    if part is not None:
        values["name"] = part.name if isinstance(part, Party) else part.text
        if (part.location.block, part.location.row) == (location.block, location.row):
            location = part.location
    return Diagnostic(
        code=code, severity="warning", message=render(code, "zh", values), location=location, values=values
    )
