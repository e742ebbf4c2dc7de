"""A ruled table on a worksheet: column widths, row heights, merged headings, rows too high for one row.

Every cell under a merged one keeps the value. Excel, WPS and LibreOffice show the merged cell all the same, and a filter
finds every row of the block; with empty cells below, a filter would keep the first row only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange

from wpparse.writers.typeset import wrap
from wpparse.writers.xlsx_book import (
    CELL_PADDING,
    EM_PIXELS,
    PAGE_PIXELS,
    SIZE,
    Book,
    height_of,
    merge_areas,
    set_width,
)

MAX_LINES = 24
"""Lines in one row. Excel's rows end at 409 points, the page at 480; what is longer goes on in a row below. So no cell
comes near the 32,767 characters that Excel takes, either."""
_TITLE_SIZE = 16.0
_TYPICAL = 0.85
"""The share of a column's texts that should stand in no more lines than the other columns' do."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, the least and the greatest width in em, its look, and whether equal headings merge."""

    title: str
    least: float
    most: float
    look: str = "text"
    merge: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """Where the table stands: its header row and its last row (1-based), and the number of columns."""

    header: int
    last: int
    columns: int

    def reference(self, first: int, column: int = 1, to: int | None = None) -> str:
        """``A3:H20``: from row ``first`` and ``column`` to the last row and column ``to``, all of them by default."""
        return f"{get_column_letter(column)}{first}:{get_column_letter(to or self.columns)}{self.last}"


@dataclass(slots=True)
class _Record:
    values: Sequence[object]
    lines: list[list[str] | None]
    rows: int
    first: int = 0


def text_of(value: object) -> str | None:
    """The text that a cell shows, None for a number, a date or nothing."""
    if isinstance(value, str):
        return value
    shown = getattr(value, "text", None)
    return shown if isinstance(shown, str) and not shown.startswith("=") else None


def fitted(columns: Sequence[Column], records: Sequence[Sequence[object]]) -> list[float]:
    """A width in em for each column: the page's width shared so that the columns need about as many lines.

    Where not even the least widths fit, the table is wider than the page, and printing shrinks it.
    """
    room = (PAGE_PIXELS - CELL_PADDING * len(columns)) / EM_PIXELS
    widths = [column.least for column in columns]
    free = {index: wanted for index, column in enumerate(columns) if (wanted := _wanted(column, index, records))}
    while free:
        rest = room - sum(width for index, width in enumerate(widths) if index not in free)
        scale = rest / sum(free.values())
        narrow = [index for index in free if free[index] * scale < columns[index].least]
        wide = [index for index in free if free[index] * scale > columns[index].most]
        for index in free:
            widths[index] = min(max(free[index] * scale, columns[index].least), columns[index].most)
        if not (narrow or wide):
            break
        for index in narrow or wide:
            del free[index]
    return widths


def _wanted(column: Column, index: int, records: Sequence[Sequence[object]]) -> float:
    """What a column of changeable width asks for: the length of its longer texts; 0 for a fixed one."""
    if column.most <= column.least:
        return 0.0
    lengths = sorted(len(text_of(record[index]) or "") for record in records)
    return float(max(1, lengths[int(len(lengths) * _TYPICAL)])) if lengths else 1.0


def write_grid(
    book: Book,
    sheet: Any,
    columns: Sequence[Column],
    records: Sequence[list[object]],
    *,
    title: str,
    note: int | None = None,
    continued: str = "",
) -> Area:
    """Title, header row and one row a record; the header stays in sight, is repeated in print and has filters.

    A record with a text of more than ``MAX_LINES`` lines goes on in the rows below, its other cells merged over them;
    ``continued`` (with ``{count}``) says so in the column ``note``.
    """
    widths = fitted(columns, records)
    for index, em in enumerate(widths, 1):
        set_width(sheet, index, em)
    header = _write_head(book, sheet, columns, widths, title)
    laid = [_measured(columns, widths, record, note, continued) for record in records]
    row = header + 1
    for record in laid:
        record.first = row
        row += record.rows
    area = Area(header, max(row - 1, header), len(columns))
    areas, beginning = _merges(columns, laid, row)
    areas.append(CellRange(min_row=1, max_row=1, min_col=1, max_col=len(columns)))
    for record, headings in zip(laid, beginning, strict=True):
        _write_record(book, sheet, columns, record, headings, areas)
    merge_areas(sheet, areas)
    sheet.freeze_panes = f"A{header + 1}"
    sheet.print_title_rows = f"{header}:{header}"
    sheet.auto_filter.ref = area.reference(header)
    return area


def _write_head(book: Book, sheet: Any, columns: Sequence[Column], widths: Sequence[float], title: str) -> int:
    measure = (sum(widths) + len(widths) * CELL_PADDING / EM_PIXELS) * SIZE / _TITLE_SIZE
    lines = len(wrap(title, measure - 1))
    sheet.row_dimensions[1].height = height_of(lines) * _TITLE_SIZE / SIZE + 6
    heads = [len(wrap(column.title, em)) for column, em in zip(columns, widths, strict=True)]
    sheet.row_dimensions[2].height = height_of(max(heads)) + 6
    sheet.append([book.cell(sheet, title, "title")])
    sheet.append([book.cell(sheet, column.title, "head") for column in columns])
    return 2


def _measured(
    columns: Sequence[Column], widths: Sequence[float], values: list[object], note: int | None, continued: str
) -> _Record:
    lines: list[list[str] | None] = []
    for value, em in zip(values, widths, strict=True):
        text = text_of(value)
        lines.append(None if text is None else wrap(text, em))
    rows = max((_rows(cell) for cell in lines), default=1)
    if rows > 1 and note is not None and continued:
        remark = continued.format(count=rows)
        values[note] = f"{values[note]}\n{remark}" if values[note] else remark
        lines[note] = wrap(str(values[note]), widths[note])
        rows = max(rows, _rows(lines[note]))
    return _Record(values, lines, rows)


def _rows(lines: list[str] | None) -> int:
    return 1 if lines is None else -(-len(lines) // MAX_LINES)


def _merges(
    columns: Sequence[Column], records: Sequence[_Record], end: int
) -> tuple[list[CellRange], list[dict[int, int]]]:
    """Merged areas of the merging columns, and for each record the lines that the headings beginning there need.

    A heading is merged with the one above where all headings to the left of it are, too.
    """
    areas: list[CellRange] = []
    beginning: list[dict[int, int]] = [{} for _ in records]
    merging = [index for index, column in enumerate(columns) if column.merge]
    for depth, index in enumerate(merging, 1):
        key: tuple[object, ...] | None = None
        starts: list[_Record] = []
        for number, record in enumerate(records):
            own: tuple[object, ...] = tuple(record.values[i] for i in merging[:depth])
            if not record.values[index] or _rows(record.lines[index]) > 1:
                own = (number, record)
            if own != key:
                starts.append(record)
                beginning[number][index] = len(record.lines[index] or ())
            key = own
        for record, following in zip(starts, [*(r.first for r in starts[1:]), end], strict=True):
            if _rows(record.lines[index]) == 1:
                _merge(areas, record.first, following - 1, index)
    return areas, beginning


def _merge(areas: list[CellRange], first: int, last: int, index: int) -> None:
    if last > first:
        areas.append(CellRange(min_row=first, max_row=last, min_col=index + 1, max_col=index + 1))


def _write_record(
    book: Book,
    sheet: Any,
    columns: Sequence[Column],
    record: _Record,
    beginning: dict[int, int],
    areas: list[CellRange],
) -> None:
    split = {index for index, lines in enumerate(record.lines) if _rows(lines) > 1}
    if record.rows > 1:
        for index, column in enumerate(columns):
            if index not in split and not column.merge:
                _merge(areas, record.first, record.first + record.rows - 1, index)
    top = "^" if record.rows > 1 else ""
    for step in range(record.rows):
        window = slice(step * MAX_LINES, (step + 1) * MAX_LINES)
        height = 1
        cells = []
        for index, (column, value, lines) in enumerate(zip(columns, record.values, record.lines, strict=True)):
            if lines is not None and (not column.merge or index in split):
                height = max(height, len(lines[window]))
            elif not step:
                height = max(height, beginning.get(index, 0))
            shown = "".join(lines[window]) if lines is not None and index in split else value
            cells.append(book.cell(sheet, shown, column.look + ("^" if column.merge else top)))
        sheet.row_dimensions[record.first + step].height = height_of(height)
        sheet.append(cells)
