"""The task table for reading on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpparse.model import WorkPlan
from wpparse.writers.columns import title_of
from wpparse.writers.escaping import visible
from wpparse.writers.units import all_names
from wpparse.writers.wording import circular_name, normalised, requirement

if TYPE_CHECKING:
    from rich.console import Console

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
    for task in plan.tasks:
        deadlines = [f"{visible(d.text)}\n{visible(normalised(d, headers))}" for d in task.deadlines]
        cells = (
            "" if task.path == previous else " › ".join(task.path),
            requirement(task),
            all_names(task, headers),
        )
        table.add_row(str(task.number), *(Text(visible(cell)) for cell in cells), Text("\n".join(deadlines)))
        previous = task.path
    console.print(table)
