"""The verdict on a circular: complete, doubtful, or partial where something of it was not read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from wpparse.messages import register, render
from wpparse.model import Diagnostic, Status, WorkPlan
from wpparse.trust.circumstances import TABLE_GUESSED, TABLE_LET_GO, Circumstances
from wpparse.trust.marks import CODES
from wpparse.trust.weights import Weights

_NOT_READ = frozenset(
    {
        "docx-chunk", "docx-part", "pdf-page-damaged", "pdf-page-truncated", "pdf-pages-left", "pdf-picture-unread",
        "pdf-scanned-page", "pdf-unmapped", "ocr-gap", "txt-damaged",
    }
)  # fmt: skip
"""Findings of readers that say that something of the file is missing."""
_UNSURE_LETTERS = frozenset({"ocr-pages", "pdf-layer", "recognised-doubtful"})
_FEW = 3

_REASONS: dict[str, tuple[str, str]] = {
    "not-read": ("文件中有内容未读取", "something in the file was not read"),
    "let-go": ("有表格未能还原", "a table could not be rebuilt"),
    "unplaced": ("有{count}段文字未归入任何部分", "{count} paragraphs were put nowhere"),
    "no-tasks": ("没有找到任务", "no tasks were found"),
    "rows": ("{count}项任务需核对，共{total}项", "{count} of {total} tasks must be checked"),
    "numbering": ("编号多处跳号或重复", "the numbering jumps or repeats in many places"),
    "lines-cut": ("许多段落像被截断的行", "many paragraphs look like lines that were cut"),
    "lines-lost": ("段落之间的换行似已丢失", "the line ends between paragraphs seem to be lost"),
    "guessed": ("表格的行列或含义是推断的", "rows or columns of a table were guessed"),
    "without-party": ("{count}项任务没有责任单位，而其余各项有", "{count} tasks name nobody, where the others do"),
    "unread-clauses": ("有责任分工未能读出", "clauses that name who answers were not understood"),
    "letters": ("部分文字由图像识别得来", "some of the text was recognised from pictures"),
}
register({f"status-{name}": pair for name, pair in _REASONS.items()})
register(
    {
        "circular-doubtful": ("全文请核对：{reasons}", "check the whole: {reasons_en}"),
        "circular-partial": (
            "未能完整读取，请对照原文：{reasons}",
            "not read completely, compare with the circular: {reasons_en}",
        ),
    }
)


def verdict(plan: WorkPlan, here: Circumstances, weights: Weights) -> WorkPlan:
    """The plan with its status and, where it is not complete, one warning about the whole that says why."""
    partial = list(_partial(here))
    doubtful = list(_doubtful(plan, here, weights))
    if not partial and not doubtful:
        return plan
    status: Status = "partial" if partial else "doubtful"
    reasons = [*partial, *doubtful]
    values = {
        "reasons": "；".join(render(code, "zh", given) for code, given in reasons),
        "reasons_en": "; ".join(render(code, "en", given) for code, given in reasons),
    }
    code = f"circular-{status}"
    warning = Diagnostic(code=code, severity="warning", message=render(code, "zh", values), values=values)
    return replace(
        plan,
        status=status,
        status_reasons=tuple(render(code, "zh", given) for code, given in reasons),
        diagnostics=(warning, *plan.diagnostics),
    )


Reason = tuple[str, dict[str, str]]


def _partial(here: Circumstances) -> Iterator[Reason]:
    """What of the file is missing in the plan."""
    if here.count(_NOT_READ) or any(found.severity == "error" for found in here.plan.diagnostics):
        yield "status-not-read", {}
    if here.count(TABLE_LET_GO):
        yield "status-let-go", {}
    unplaced = here.count(["outline-unplaced"])
    if unplaced >= _FEW:
        yield "status-unplaced", {"count": str(unplaced)}


def _doubtful(plan: WorkPlan, here: Circumstances, weights: Weights) -> Iterator[Reason]:
    """What makes the plan doubtful as a whole."""
    rows = len(plan.tasks)
    if not rows:
        yield "status-no-tasks", {}
        return
    unplaced = here.count(["outline-unplaced"])
    if 0 < unplaced < _FEW:
        yield "status-unplaced", {"count": str(unplaced)}
    marked = sum(found.code in CODES for found in plan.diagnostics)
    if marked >= _FEW and marked >= weights.threshold("rows") * rows:
        yield "status-rows", {"count": str(marked), "total": str(rows)}
    for name, code in (("numbering", "numbering"), ("lines_cut", "lines-cut"), ("lines_lost", "lines-lost")):
        if here.whole[name] >= weights.threshold(name):
            yield f"status-{code}", {}
    if here.count(TABLE_GUESSED):
        yield "status-guessed", {}
    for origin in ("body", "table"):
        tasks = here.by_origin["table" if origin == "table" else "body"]
        without = sum(not task.parties for task in tasks)
        clauses = sum(any(party.source != "subject" for party in task.parties) for task in tasks)
        if without >= _FEW and 2 * clauses > len(tasks) and without >= weights.threshold("without") * len(tasks):
            yield "status-without-party", {"count": str(without)}
    if here.count(["clause-unread"]) >= _FEW:
        yield "status-unread-clauses", {}
    if here.count(_UNSURE_LETTERS):
        yield "status-letters", {}
