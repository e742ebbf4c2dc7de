"""Tables: what each is for, what each column means, and the tasks in the rows of those that decompose work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wpparse.blocks import Table
from wpparse.extract.clauses import find_clauses
from wpparse.extract.mentions import DateBase
from wpparse.extract.table_columns import Columns, find_columns
from wpparse.extract.table_grid import GridView, one_line
from wpparse.extract.table_rows import RowReader
from wpparse.extract.table_tasks import TaskMaker
from wpparse.grammar import Grammar
from wpparse.messages import register, render
from wpparse.model import Diagnostic, Location, TableInfo, TableRole, Task
from wpparse.outline import Item, TablePlace

register(
    {
        "table-columns-guessed": (
            "表格没有可识别的表头，各列含义按内容判断",
            "the table has no header that is known: its columns were told by their content",
        ),
        "table-row-skipped": ("表格行“{text}”未读出工作任务", "no task was read from the table row “{text}”"),
    }
)


@dataclass(frozen=True, slots=True)
class TableReading:
    """What one table says. Tasks are numbered from 1 within the table."""

    info: TableInfo
    tasks: tuple[Task, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def read_table(
    table: Table, place: TablePlace, items: Sequence[Item], grammar: Grammar, base: DateBase, first_is_lead: bool
) -> TableReading:
    """Understand one table. ``items`` are the body's sections, one of which a row may elaborate."""
    view = GridView(table)
    columns = find_columns(view, grammar, base)
    role = _role(view, columns, place.caption or "", grammar)
    location = Location(page=view.page(0), block=place.block)
    tasks: list[Task] = []
    diagnostics: list[Diagnostic] = []
    if role in ("decomposition", "matrix"):
        maker = TaskMaker(view, columns, place.block, items, grammar, base, first_is_lead)
        rows = RowReader(view, columns, grammar)
        for number, row in enumerate((row for row in rows.rows() if row.words), 1):
            tasks.append(maker.task(row, number))
        diagnostics += maker.diagnostics
        diagnostics += (_skipped(view, place.block, index) for index in rows.skipped)
        if columns.guessed:
            diagnostics.insert(
                0,
                Diagnostic(
                    code="table-columns-guessed",
                    severity="info",
                    message=render("table-columns-guessed", "zh", {}),
                    location=location,
                ),
            )
    info = TableInfo(location=location, role=role, rows=table.rows, cols=table.columns, columns=tuple(columns.kinds))
    return TableReading(info, tuple(tasks), tuple(diagnostics))


def _skipped(view: GridView, block: int, row: int) -> Diagnostic:
    cells = view.own_cells(row)
    values = {"text": " ".join(one_line(cell.text) for cell in cells)[:60]}
    return Diagnostic(
        code="table-row-skipped",
        severity="info",
        message=render("table-row-skipped", "zh", values),
        location=Location(page=view.page(row), block=block, row=row, column=cells[0].column),
        values=values,
    )


def _role(view: GridView, columns: Columns, caption: str, grammar: Grammar) -> TableRole:
    """What the table is for: told by its caption and its columns."""
    if view.columns < 2:
        return "layout"
    title = columns.title or caption
    hits = grammar.rules("table").scan(title)
    said = hits[-1].rule.kind if hits else None
    data = sum(1 for row in range(columns.first_row, view.rows) if view.own_cells(row))
    if not columns.of("requirement") or not data:
        return "form" if said == "form" else "other"
    if said == "form" and columns.guessed:
        return "form"
    if columns.units:
        return "matrix"
    if not columns.has_units and not columns.has_dates and not _has_clauses(view, columns, grammar):
        return "form" if said == "form" else "other"
    if columns.of("score") and said != "decomposition":
        return "other"
    if _blank(view, columns):
        return "form"
    if said == "form" and not columns.has_units:
        return "form"
    return "decomposition"


def _has_clauses(view: GridView, columns: Columns, grammar: Grammar) -> bool:
    """True where the texts themselves say who answers for them."""
    texts = [
        cell.text for column in columns.of("requirement") for cell in view.column_cells(column, columns.first_row, 10)
    ]
    return bool(texts) and sum(bool(find_clauses(text, grammar)) for text in texts) * 2 >= len(texts)


def _blank(view: GridView, columns: Columns) -> bool:
    """True where next to nothing is filled in."""
    filled = 0
    for row in range(columns.first_row, view.rows):
        filled += any(view.cell(row, column) is not None for column in columns.of("requirement"))
    return filled == 0
