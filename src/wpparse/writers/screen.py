"""The task table for reading on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpparse.model import WorkPlan
from wpparse.writers.columns import title_of
from wpparse.writers.doubts import Doubt, Findings, message_of, warnings_beside
from wpparse.writers.escaping import visible
from wpparse.writers.units import all_names
from wpparse.writers.wording import circular_name, normalised, requirement

if TYPE_CHECKING:
    from rich.console import Console

_MARK = "？"
_DOUBTFUL = "yellow"
_TOLD = 20
"""Findings that are told below the table; the JSON and the workbook have all."""
_MORE = {
    "zh": "……另有{count}处（见 JSON 的 diagnostics 或工作表“核对”）",
    "en": "… and {count} more (see diagnostics in the JSON, or the sheet of checks)",
}
_HEADING = {"zh": ("任务", "（没有找到任务）"), "en": ("task", "(no tasks found)")}


def show(plan: WorkPlan, console: Console, headers: str) -> None:
    """One row a task: number, headings above it, requirement, units, deadline. Nothing in a text is taken as markup."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    heading, nothing = _HEADING[headers]
    title = circular_name(plan)
    if not plan.tasks:
        console.print(Text(f"{visible(title)} {nothing}"))
        return
    table = Table(title=Text(visible(title), style="bold"), box=box.SIMPLE_HEAD, show_lines=True, expand=True)
    table.add_column(title_of("number", headers), justify="right", no_wrap=True)
    table.add_column(heading, ratio=2)
    table.add_column(title_of("text", headers), ratio=6)
    table.add_column(title_of("responsible", headers), ratio=3)
    table.add_column(title_of("deadline", headers), ratio=2)
    previous: tuple[str, ...] = ()
    findings = Findings(plan)
    said: list[Doubt] = []
    for task in plan.tasks:
        doubts = findings.doubts(task)
        parts = {doubt.part for doubt in doubts}
        deadlines = [f"{visible(d.text)}\n{visible(normalised(d, headers))}" for d in task.deadlines]
        table.add_row(
            Text(f"{task.number}{_MARK if doubts else ''}", style=_DOUBTFUL if doubts else ""),
            Text("" if task.path == previous else visible(" › ".join(task.path))),
            Text(visible(requirement(task)), style=_DOUBTFUL if "text" in parts else ""),
            Text(visible(all_names(task, headers)), style=_DOUBTFUL if "party" in parts else ""),
            Text("\n".join(deadlines), style=_DOUBTFUL if "deadline" in parts else ""),
        )
        said += [doubt for doubt in doubts if doubt.finding not in (one.finding for one in said[-8:])]
        previous = task.path
    console.print(table)
    _tell(plan, said, console, headers)


def _tell(plan: WorkPlan, doubts: list[Doubt], console: Console, headers: str) -> None:
    """What is to be looked at, below the table: the whole first, then the rows."""
    from rich.text import Text

    lines = [message_of(found, headers) for found in warnings_beside(plan)]
    lines += [message_of(doubt.finding, headers) for doubt in doubts]
    for line in lines[:_TOLD]:
        console.print(Text(f"{_MARK} {visible(line)}", style=_DOUBTFUL))
    if len(lines) > _TOLD:
        console.print(Text(_MORE[headers].format(count=len(lines) - _TOLD)))
    for found in plan.diagnostics:
        if found.code == "selection-hidden":
            console.print(Text(visible(message_of(found, headers))))
