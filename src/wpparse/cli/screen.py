"""The task table on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpparse.cli.language import say
from wpparse.cli.streams import columns, data_output, is_terminal

if TYPE_CHECKING:
    from wpparse.model import Task, WorkPlan


def show(plan: WorkPlan) -> None:
    """Print the plan's tasks as a table for people."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    width, terminal = columns(), is_terminal()
    output = data_output()
    console = Console(
        file=output.text(), width=width, force_terminal=terminal or None, highlight=False, emoji=False, markup=False
    )
    header = plan.header
    for line in (header.plan_title or header.title, header.document_number, header.issuer, header.issue_date):
        if line:
            console.print(Text(line, style="bold" if line == (header.plan_title or header.title) else ""))
    if not plan.tasks:
        console.print(Text(say("没有找到任务。", "No tasks were found.")))
        return
    table = Table(box=box.SQUARE, show_lines=True, expand=True)
    table.add_column(say("序号", "No."), justify="right", no_wrap=True)
    table.add_column(say("工作任务", "Task"), ratio=5, overflow="fold")
    table.add_column(say("责任单位", "Units"), ratio=3, overflow="fold")
    table.add_column(say("完成时限", "Deadline"), ratio=2, overflow="fold")
    for task in plan.tasks:
        table.add_row(str(task.number), _task(task), _parties(task), _deadlines(task))
    console.print(table)


def _task(task: Task) -> str:
    heading = " › ".join([*task.path, *([task.title] if task.title else [])])
    return f"{heading}\n{task.text}" if heading else task.text


def _parties(task: Task) -> str:
    roles = {"lead": say("（牵头）", " (lead)"), "support": say("（配合）", " (support)")}
    names = [party.name + roles.get(party.role, "") for party in task.parties]
    return say("、", ", ").join(names) + (say(" 等", " and others") if task.open_ended else "")


def _deadlines(task: Task) -> str:
    shown = []
    for deadline in task.deadlines:
        exact = deadline.due if deadline.start is None else f"{deadline.start}/{deadline.due or ''}"
        shown.append(f"{deadline.text}\n{exact}" if exact else deadline.text)
    return "\n".join(shown)
