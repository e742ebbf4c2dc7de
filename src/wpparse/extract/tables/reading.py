"""Tables: what each is for, what each column means, and the tasks in the rows of those that decompose work."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from wpparse.blocks import Block, Paragraph, Table
from wpparse.extract.mentions import DateBase
from wpparse.extract.parties.clauses import find_clauses
from wpparse.extract.parties.clauses import first_is_lead as says_first_is_lead
from wpparse.extract.passage import PassageReader
from wpparse.extract.tables.columns import Columns, find_columns
from wpparse.extract.tables.grid import GridView, one_line
from wpparse.extract.tables.marks import find_legend
from wpparse.extract.tables.rows import RowReader
from wpparse.extract.tables.tasks import TaskMaker
from wpparse.grammar import Grammar
from wpparse.messages import register, render
from wpparse.model import Diagnostic, Location, TableInfo, TableRole, Task
from wpparse.outline import Item, TablePlace

_YEAR = re.compile(r"(?<!\d)(20\d{2})年")

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
    columns: Columns | None = None


def read_table(
    table: Table,
    place: TablePlace,
    items: Sequence[Item],
    grammar: Grammar,
    base: DateBase,
    first_is_lead: bool = False,
    texts: Sequence[str] = (),
    above: TableReading | None = None,
) -> TableReading:
    """Understand one table. ``items`` are the body's sections, one of which a row may elaborate.

    ``texts`` are the paragraphs of the circular, which may say what marks stand for; ``above`` is the table that this one
    may go on with.
    """
    view = GridView(table)
    columns = find_columns(view, grammar, base, above.columns if above is not None else None)
    base = _dated(base, f"{columns.title} {place.caption or ''}")
    role = _role(view, columns, place.caption or "", grammar)
    if columns.continued and above is not None:
        role = above.info.role
    location = Location(page=view.page(0), block=place.block)
    tasks: list[Task] = []
    diagnostics: list[Diagnostic] = []
    if role in ("decomposition", "matrix"):
        asides = [*columns.headers, columns.title, *_notes(view, columns)]
        legend = find_legend((*asides, place.caption or "", *texts), grammar) if columns.units else {}
        leading = first_is_lead or says_first_is_lead([*asides, *(cell.text for cell in table.cells)], grammar)
        maker = TaskMaker(view, columns, place.block, items, PassageReader(grammar, base, leading), legend)
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
    return TableReading(info, tuple(tasks), tuple(diagnostics), columns)


def goes_on(between: Sequence[Block], grammar: Grammar) -> bool:
    """True where a table may go on with the one above it: nothing stands between them but that it does (续表)."""
    for block in between:
        if not isinstance(block, Paragraph):
            return False
        hit = grammar.rules("row").fullmatch(block.text)
        if hit is None or hit.rule.kind != "continued":
            return False
    return True


def _dated(base: DateBase, title: str) -> DateBase:
    """Where the circular names no year, the one in the table's title holds."""
    year = _YEAR.search(title) if base.plan_year is None else None
    return replace(base, plan_year=int(year.group(1))) if year is not None else base


def _notes(view: GridView, columns: Columns) -> list[str]:
    """Rows with one cell: notes and headings."""
    lone = (view.lone_cell(row) for row in range(columns.first_row, view.rows))
    return [one_line(cell.text) for cell in lone if cell is not None]


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
    if len(columns.of("catalogue")) > 1 and said != "decomposition":
        return "other"
    if columns.guessed and not _shares_work(view, columns):
        return "form" if said == "form" else "other"
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


def _shares_work(view: GridView, columns: Columns) -> bool:
    """True where a table without a known header says of several rows what each is to do, and who or when beside it.

    A duty roster has one note for all its rows; a form names one body, a page of photographs captions here and there.
    """
    rows = {
        cell.row
        for column in columns.of("requirement")
        for cell in view.column_cells(column, columns.first_row, view.rows)
    }
    beside = [
        {cell.row for cell in view.column_cells(column, columns.first_row, view.rows)}
        for column in columns.of("responsible", "lead", "support", "leader", "deadline", "start", "end")
    ]
    told = max(map(len, beside), default=0)
    return len(rows) > 1 and (not beside or (told > 1 and 2 * len(rows) >= told))


def _blank(view: GridView, columns: Columns) -> bool:
    """True where next to nothing is filled in."""
    filled = 0
    for row in range(columns.first_row, view.rows):
        filled += any(view.cell(row, column) is not None for column in columns.of("requirement"))
    return filled == 0
