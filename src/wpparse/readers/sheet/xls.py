""".xls and .et (BIFF in OLE2) by xlrd → :class:`Book`."""

from __future__ import annotations

from typing import Any

from wpparse.errors import EncryptedFile, TooLarge, UnreadableFile
from wpparse.readers.sheet.grid import MAX_CELLS, Book, Merge, Sheet
from wpparse.readers.sheet.looks import CHINESE_FORMATS, date_text, is_date_format, number_text
from wpparse.text import clean_lines

_TEXT, _NUMBER, _DATE, _BOOLEAN = 1, 2, 3, 4


def read_book(data: bytes) -> Book:
    """The sheets of a workbook. Raises :class:`EncryptedFile`, :class:`UnreadableFile`, :class:`TooLarge`."""
    import io

    import xlrd

    try:
        # Without formatting_info xlrd tells neither merged cells nor hidden rows (2.0).
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            raise EncryptedFile("encrypted-office") from error
        raise UnreadableFile("sheet-damaged") from error
    except Exception as error:  # whatever a damaged record makes the library raise
        raise UnreadableFile("sheet-damaged") from error
    left = MAX_CELLS
    sheets: list[Sheet] = []
    for sheet in book.sheets():
        left -= sheet.nrows * sheet.ncols
        if left < 0:
            raise TooLarge(detail=sheet.name)
        sheets.append(_sheet(sheet, book))
    return Book(sheets, (book.user_name or "").strip())


def _sheet(sheet: Any, book: Any) -> Sheet:
    return Sheet(
        name=sheet.name,
        rows=[[_text(cell, book) for cell in sheet.row(row)] for row in range(sheet.nrows)],
        merges=[Merge(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells],
        hidden_rows={row for row, info in sheet.rowinfo_map.items() if info.hidden},
        hidden_columns={column for column, info in sheet.colinfo_map.items() if info.hidden},
        hidden=sheet.visibility != 0,
    )


def _text(cell: Any, book: Any) -> str:
    if cell.ctype == _TEXT:
        return clean_lines(cell.value)
    if cell.ctype == _BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype not in (_NUMBER, _DATE):
        return ""
    code = ""
    if cell.xf_index is not None and cell.xf_index < len(book.xf_list):
        key = book.xf_list[cell.xf_index].format_key
        found = book.format_map.get(key)
        code = CHINESE_FORMATS.get(key) or (found.format_str if found is not None else "")
    if cell.ctype == _DATE or is_date_format(code):
        return date_text(cell.value, code, bool(book.datemode))
    return number_text(cell.value, code)
