"""Which findings belong to which rows and cells of the task table, and what a selection of tasks leaves out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from wpparse.messages import codes, register, render
from wpparse.model import Diagnostic, Location, Role, Selection, Task, WorkPlan

register(
    {
        "selection-hidden": (
            "未列出：{hidden_zh}（用 --source all 列出全部任务）",
            "not listed: {hidden_en} (--source all lists every task)",
        ),
    }
)

Part = Literal["text", "party", "deadline"]
_PARTS: Mapping[str, Part] = {
    "doubtful-party": "party",
    "party-doubtful-name": "party",
    "table-cell-unread": "party",
    "clause-unread": "party",
}
_STATUSES = {
    "zh": {"complete": "完整", "doubtful": "存疑，请核对", "partial": "未完整读取，请对照原文"},
    "en": {"complete": "complete", "doubtful": "doubtful: check it", "partial": "partial: compare with the circular"},
}


@dataclass(frozen=True, slots=True)
class Doubt:
    """A warning about one row: the cell that it is about, and the role of the party where it is about one."""

    part: Part
    finding: Diagnostic
    role: Role | None = None


class Findings:
    """The findings of a plan by the rows that they belong to."""

    def __init__(self, plan: WorkPlan) -> None:
        self._by_place: dict[tuple[int, int | None], list[Diagnostic]] = {}
        for diagnostic in plan.diagnostics:
            if diagnostic.location is not None:
                self._by_place.setdefault(_place(diagnostic.location), []).append(diagnostic)

    def of(self, task: Task) -> list[Diagnostic]:
        """Those at the place of the task's text, of a unit or of a deadline."""
        places = dict.fromkeys(
            _place(location)
            for location in (
                task.location,
                *(party.location for party in task.parties),
                *(deadline.location for deadline in task.deadlines),
            )
        )
        return [found for place in places for found in self._by_place.get(place, ()) if _concerns(found, task)]

    def doubts(self, task: Task) -> list[Doubt]:
        """What is to be looked at in the row of a task."""
        return [_doubt(found, task) for found in self.of(task) if found.severity != "info"]


def _doubt(found: Diagnostic, task: Task) -> Doubt:
    part = _PARTS.get(found.code)
    if part is None:
        part = "deadline" if "deadline" in found.code else "text"
    role = next((party.role for party in task.parties if party.name == found.values.get("name")), None)
    return Doubt(part, found, role if part == "party" else None)


def _place(location: Location) -> tuple[int, int | None]:
    return location.block, location.row


def _concerns(diagnostic: Diagnostic, task: Task) -> bool:
    """False where it names another task, or where both name a stretch of the same block and the stretches are apart."""
    values = diagnostic.values
    if values.get("number", str(task.number)) != str(task.number) or values.get("origin", task.origin) != task.origin:
        return False
    mine, its = task.location, diagnostic.location
    if its is None or mine.block != its.block or mine.row != its.row or mine.column != its.column:
        return True
    if None in (mine.start, mine.end, its.start, its.end):
        return True
    return (its.start or 0) < (mine.end or 0) and (mine.start or 0) < (its.end or 0)


def message_of(found: Diagnostic, language: str) -> str:
    """The message in a language, as far as the catalogue knows it."""
    if language == "zh" or found.code not in codes():
        return found.message
    return render(found.code, "en", found.values)


def status_of(plan: WorkPlan, language: str) -> str:
    """The verdict on the whole in words."""
    return _STATUSES[language][plan.status]


def hidden(plan: WorkPlan, selection: Selection) -> Mapping[str, str]:
    """What a selection does not list, in words by language (``hidden_zh``, ``hidden_en``); empty where it lists all there is."""
    shown = {id(task) for task in plan.select(selection).tasks}
    left = [task for task in plan.tasks if id(task) not in shown]
    body = sum(task.origin == "body" for task in left)
    table = len(left) - body
    blocks = {task.location.block for task in plan.tasks if task.origin == "table"}
    read = any(task.origin == "table" for task in plan.select(selection).tasks)
    tables = [one for one in plan.tables if one.location.block not in blocks and one.rows > 2 and one.cols > 1]
    zh, en = [], []
    if body:
        zh.append(f"正文任务{body}项")
        en.append(f"{body} tasks of the text")
    if table:
        zh.append(f"表格任务{table}项")
        en.append(f"{table} tasks of tables")
    if read and tables:
        zh.append(f"另有{len(tables)}个表格没有读出任务")
        en.append(f"{len(tables)} more tables that gave no tasks")
    return {"hidden_zh": "、".join(zh), "hidden_en": ", ".join(en)} if zh else {}


def selected(plan: WorkPlan, selection: Selection) -> WorkPlan:
    """The plan with the tasks of a selection; what it leaves out is among its findings."""
    chosen = plan.select(selection)
    values = hidden(plan, selection)
    if not values:
        return chosen
    told = Diagnostic(
        code="selection-hidden", severity="info", message=render("selection-hidden", "zh", values), values=values
    )
    return replace(chosen, diagnostics=(told, *chosen.diagnostics))


def warnings_beside(plan: WorkPlan) -> Sequence[Diagnostic]:
    """Warnings that belong to no row that is listed."""
    findings = Findings(plan)
    placed = {id(doubt.finding) for task in plan.tasks for doubt in findings.doubts(task)}
    return [found for found in plan.diagnostics if found.severity != "info" and id(found) not in placed]
