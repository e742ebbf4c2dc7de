""".xlsx and .xlsm by openpyxl → :class:`Book`."""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import Any

from wpparse.errors import TooLarge, UnreadableFile
from wpparse.readers.sheet.grid import MAX_CELLS, Book, Merge, Sheet
from wpparse.readers.sheet.looks import CHINESE_FORMATS, date_text, day_text, is_date_format, number_text
from wpparse.text import clean_lines

MAX_PART_BYTES = 200 * 2**20
MAX_ENTRIES = 10_000


def read_book(data: bytes) -> Book:
    """The sheets of a workbook. Raises :class:`UnreadableFile`, :class:`TooLarge`."""
    _check(data)
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    except Exception as error:  # whatever a damaged part makes the library raise
        raise UnreadableFile("sheet-damaged") from error
    left = MAX_CELLS
    sheets: list[Sheet] = []
    for sheet in book.worksheets:
        left -= (sheet.max_row or 0) * (sheet.max_column or 0)
        if left < 0:
            raise TooLarge(detail=sheet.title)
        sheets.append(_sheet(sheet, book))
    return Book(sheets, (book.properties.creator or "").strip())


def _check(data: bytes) -> None:
    """Refuse what would not fit into memory before a library opens it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableFile("sheet-damaged") from error
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_PART_BYTES:
        raise TooLarge(detail="zip")


def _sheet(sheet: Any, book: Any) -> Sheet:
    merges = [
        Merge(area.min_row - 1, area.min_col - 1, area.max_row - 1, area.max_col - 1)
        for area in sheet.merged_cells.ranges
    ]
    hidden_columns: set[int] = set()
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden and dimension.min and dimension.max:
            hidden_columns.update(range(dimension.min - 1, min(dimension.max, sheet.max_column)))
    from_1904 = book.epoch.year == 1904
    return Sheet(
        name=sheet.title,
        rows=[[_text(cell, from_1904) for cell in row] for row in sheet.iter_rows()],
        merges=sorted(merges, key=lambda merge: (merge.top, merge.left)),
        hidden_rows={number - 1 for number, row in sheet.row_dimensions.items() if row.hidden},
        hidden_columns=hidden_columns,
        hidden=sheet.sheet_state != "visible",
    )


def _text(cell: Any, from_1904: bool) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return clean_lines(value.replace("_x000D_", ""))
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.datetime | datetime.date):
        day = value.date() if isinstance(value, datetime.datetime) else value
        return day_text(day, cell.number_format or "")
    if isinstance(value, int | float):
        # openpyxl takes the built-in formats of a Chinese Excel for General (3.1).
        code = CHINESE_FORMATS.get(getattr(cell._style, "numFmtId", 0), "") or cell.number_format or ""
        if is_date_format(code):
            return date_text(value, code, from_1904)
        return number_text(value, code)
    return clean_lines(str(value))
