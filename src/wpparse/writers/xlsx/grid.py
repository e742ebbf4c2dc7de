"""A ruled table on a worksheet: column widths, row heights, merged headings, rows too high for one row.

Every cell under a merged one keeps the value. Excel, WPS and LibreOffice show the merged cell all the same, and a filter
finds every row of the block; with empty cells below, a filter would keep the first row only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from xlsxwriter.utility import xl_range

from wpparse.writers.share import share
from wpparse.writers.typeset import width, wrap
from wpparse.writers.xlsx.book import (
    CELL_PADDING,
    EM_PIXELS,
    PAGE_PIXELS,
    PAGE_POINTS,
    SIZE,
    Book,
    merge,
    pixels_of,
    set_width,
)
from wpparse.writers.xlsx.layout import Column, height_of, lay_out, text_of

_TITLE_SIZE = 16.0
_TITLE_CHARACTERS = 150
"""A longer title is cut above the table; the sheet of facts has all of it."""
_COMFORT = 1.3
"""The least widths hold a heading; texts want so much more."""
_SMALLEST = 9.0
"""小五, in points: printing does not shrink 五号 further than to this."""


@dataclass(frozen=True, slots=True)
class Area:
    """Where the table stands: its header row and its last row (0-based), and the number of columns."""

    header: int
    last: int
    columns: int
    rows: tuple[int, ...] = ()
    """The first row (0-based) of each record."""

    @property
    def first(self) -> int:
        """The row below the header."""
        return self.header + 1

    def reference(self, column: int, to: int) -> str:
        """``A3:H20``: the cells below the header, from ``column`` to column ``to`` (0-based)."""
        return str(xl_range(self.first, column, self.last, to))


def _wide_enough(column: Column) -> Column:
    """The column with room for the longest word of its heading, which no line break can divide."""
    word = max(width(word) for word in column.title.split(" ")) if column.title.isascii() else 0.0
    return replace(column, least=max(column.least, word), most=max(column.most, word))


def fitted(columns: Sequence[Column], records: Sequence[Sequence[object]]) -> list[float]:
    """A width in em for each column. A table of many columns is wider than the page, and printing shrinks it."""
    page = (PAGE_PIXELS - CELL_PADDING * len(columns)) / EM_PIXELS
    comfortable = sum(column.least for column in columns) * _COMFORT
    widest = (PAGE_PIXELS * SIZE / _SMALLEST - CELL_PADDING * len(columns)) / EM_PIXELS
    room = min(max(page, comfortable), widest)
    lengths = [[len(text_of(record[index]) or "") for record in records] for index in range(len(columns))]
    return share([(column.least, column.most) for column in columns], lengths, room)


def write_grid(
    book: Book,
    sheet: Any,
    columns: Sequence[Column],
    records: Sequence[list[object]],
    *,
    title: str,
    note: int | None = None,
    continued: str = "",
    marks: Mapping[tuple[int, int], str] | None = None,
) -> Area:
    """Title, header row and the records; the header stays in sight, is repeated in print and has filters.

    ``note`` and ``continued``: see :func:`wpparse.writers.xlsx.layout.lay_out`. ``marks`` are the cells that must be
    looked at, by record and column: they are coloured, and have a comment that says why.
    """
    columns = [_wide_enough(column) for column in columns]
    widths = fitted(columns, records)
    for index, em in enumerate(widths):
        set_width(sheet, index, em)
    shown = title if len(title) <= _TITLE_CHARACTERS else title[: _TITLE_CHARACTERS - 1] + "…"
    title_height, head_height = _write_head(book, sheet, columns, widths, shown)
    page = PAGE_POINTS * max(1.0, sum(map(pixels_of, widths)) / PAGE_PIXELS) - head_height
    layout = lay_out(
        columns, widths, records, first_page=page - title_height, page=page, note=note, continued=continued
    )
    marks = marks or {}
    starts = [
        number for number, row in enumerate(layout.rows) if not number or layout.rows[number - 1].record != row.record
    ]
    area = Area(1, 1 + len(layout.rows), len(columns), tuple(number + 2 for number in starts))
    for first, last, index in layout.merges:
        merge(sheet, first + area.first, last + area.first, index, index)
    for number, row in enumerate(layout.rows, area.first):
        sheet.set_row(number, row.height)
        top = "^" if row.part else ""
        looks = [
            column.look + ("!" if (row.record, index) in marks else "") + top for index, column in enumerate(columns)
        ]
        book.write(sheet, number, zip(row.values, looks, strict=True))
    for (record, index), words in marks.items():
        book.comment(sheet, area.rows[record], index, words)
    sheet.set_h_pagebreaks([start + area.first for start in layout.pages])
    sheet.freeze_panes(area.first, 0)
    sheet.repeat_rows(area.header)
    sheet.autofilter(area.header, 0, area.last, area.columns - 1)
    return area


def _write_head(
    book: Book, sheet: Any, columns: Sequence[Column], widths: Sequence[float], title: str
) -> tuple[float, float]:
    """The heights of the title row and of the header row, after writing them."""
    measure = (sum(widths) + len(widths) * CELL_PADDING / EM_PIXELS) * SIZE / _TITLE_SIZE
    title_height = height_of(len(wrap(title, measure - 1))) * _TITLE_SIZE / SIZE + 6
    heads = [len(wrap(column.title, em)) for column, em in zip(columns, widths, strict=True)]
    head_height = height_of(max(heads)) + 6
    sheet.set_row(0, title_height)
    sheet.set_row(1, head_height)
    merge(sheet, 0, 0, 0, len(columns) - 1)
    book.write(sheet, 0, [(title, "title")])
    book.write(sheet, 1, [(column.title, "head") for column in columns])
    return title_height, head_height
