"""Sheets → :class:`wpparse.blocks.Document`: titles and notes as paragraphs, what is a grid as a table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from wpparse.blocks import Block, Cell, Document, Paragraph, Remark, Source, Table
from wpparse.errors import EmptyFile
from wpparse.messages import register
from wpparse.readers.options import ReadOptions
from wpparse.readers.sheet.grid import Book, Merge, Sheet, visible

OWN = "wpparse"
"""What a workbook says that was written here: its first sheet holds the tasks, the others repeat them."""

_UNNAMED = re.compile(r"(?i)(?:sheet|表|工作表)\s*\d*")

register({
    "sheet-damaged": ("电子表格不完整或已损坏：请用 Excel 或 WPS 打开修复后另存",
                      "the workbook is incomplete or damaged: let Excel or WPS repair it and save it anew"),
    "sheet-hidden": ("工作表“{name}”中有隐藏的{rows}行、{columns}列，未读取",
                     "sheet {name}: {rows} hidden rows and {columns} hidden columns were not read"),
    "sheet-left": ("隐藏的工作表“{name}”未读取", "the hidden sheet {name} was not read"),
    "sheet-own": ("这是本程序生成的工作簿，只读取第一张工作表", "the workbook was written by this program; only its first sheet was read"),
})  # fmt: skip


def read_xlsx(data: bytes, source: Source, options: ReadOptions) -> Document:
    """The document in a workbook of Excel 2007 or later; ``options`` holds nothing that concerns it.

    Raises :class:`UnreadableFile`, :class:`EmptyFile`, :class:`TooLarge`.
    """
    from wpparse.readers.sheet.xlsx import read_book

    return _document(read_book, data, source)


def read_xls(data: bytes, source: Source, options: ReadOptions) -> Document:
    """The same for .xls and .et; raises :class:`EncryptedFile` too."""
    from wpparse.readers.sheet.xls import read_book

    return _document(read_book, data, source)


def read_ods(data: bytes, source: Source, options: ReadOptions) -> Document:
    """The same for .ods; raises :class:`EncryptedFile` too."""
    from wpparse.readers.sheet.ods import read_book

    return _document(read_book, data, source)


def _document(read: Callable[[bytes], Book], data: bytes, source: Source) -> Document:
    book = read(data)
    blocks: list[Block] = []
    remarks: list[Remark] = []
    sheets = list(book.sheets)
    if book.creator == OWN and len(sheets) > 1:
        sheets = sheets[:1]
        remarks.append(Remark("sheet-own", "info"))
    shown = [sheet for sheet in sheets if not sheet.hidden]
    for sheet in sheets:
        if sheet.hidden:
            if any(any(row) for row in sheet.rows):
                remarks.append(Remark("sheet-left", "warning", (("name", sheet.name),)))
            continue
        seen, rows, columns = visible(sheet)
        if rows or columns:
            values = (("name", sheet.name), ("rows", str(rows)), ("columns", str(columns)))
            remarks.append(Remark("sheet-hidden", "warning", values, block=len(blocks)))
        found = list(_blocks(seen))
        if found and len(shown) > 1 and isinstance(found[0], Table) and not _UNNAMED.fullmatch(sheet.name):
            blocks.append(Paragraph(sheet.name))  # nothing else says what the table is
        blocks += found
    if not blocks:
        raise EmptyFile
    return Document(source, tuple(blocks), tuple(remarks))


@dataclass(frozen=True, slots=True)
class _Run:
    """Rows ``start`` to ``end`` (excluded) without a blank one between them."""

    start: int
    end: int


def _blocks(sheet: Sheet) -> Iterator[Block]:
    covered = {row for merge in sheet.merges for row in range(merge.top + 1, merge.bottom + 1)}
    for run in _runs(sheet, covered):
        first, last = run.start, run.end
        while first < last and _alone(sheet, first, covered):
            first += 1
        while last > first and _alone(sheet, last - 1, covered):
            last -= 1
        for row in range(run.start, first):
            yield from _paragraphs(sheet.rows[row])
        if first < last:
            yield _table(sheet, first, last)
        for row in range(last, run.end):
            yield from _paragraphs(sheet.rows[row])


def _runs(sheet: Sheet, covered: set[int]) -> Iterator[_Run]:
    start: int | None = None
    for index, row in enumerate([*sheet.rows, []]):
        if any(row) or index in covered:
            start = index if start is None else start
        elif start is not None:
            yield _Run(start, index)
            start = None


def _alone(sheet: Sheet, row: int, covered: set[int]) -> bool:
    """True for a row with one text, which no other row shares: a title, a note, a line of who filled it in."""
    return sum(map(bool, sheet.rows[row])) == 1 and row not in covered and row + 1 not in covered


def _paragraphs(row: Sequence[str]) -> Iterator[Paragraph]:
    for text in row:
        for line in text.split("\n"):
            if line:
                yield Paragraph(line)


def _table(sheet: Sheet, first: int, last: int) -> Table:
    rows = sheet.rows[first:last]
    merges = [merge for merge in sheet.merges if first <= merge.top < last]
    used = [column for row in rows for column, text in enumerate(row) if text]
    left = min(used)
    right = max([*used, *(merge.right for merge in merges if merge.left <= max(used))])
    spans: dict[tuple[int, int], Merge] = {(merge.top - first, merge.left): merge for merge in merges}
    taken = {
        (row - first, column)
        for merge in merges
        for row in range(merge.top, merge.bottom + 1)
        for column in range(merge.left, merge.right + 1)
    }
    cells: list[Cell] = []
    for index, row in enumerate(rows):
        for column, text in enumerate(row):
            merge = spans.get((index, column))
            if merge is not None:
                down, across = min(merge.bottom, last - 1) - merge.top + 1, merge.right - merge.left + 1
                cells.append(Cell(index, column - left, text, rowspan=down, colspan=across))
            elif text and (index, column) not in taken:
                cells.append(Cell(index, column - left, text))
    return Table(tuple(cells), rows=len(rows), columns=right - left + 1)
