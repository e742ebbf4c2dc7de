"""What is a table to a reader of the page, and what only places text; tables that continue one another.

A table with one column, a red head, a 版记, or a frame around a whole circular is unrolled into its paragraphs. What
stays is a grid that a person would call a table.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from wpparse.readers.docx.formats import Formats
from wpparse.readers.docx.lines import Line
from wpparse.readers.docx.properties import NO_INDENT
from wpparse.readers.docx.tables import RawCell, RawTable, has_inner_rules

_LONG: Final = 8
"""A cell that has its row to itself and this many lines holds running text, not a value."""
_MOST: Final = 0.6
"""Of the table's width: a cell of running text takes more."""
_SMALL: Final = 4
"""Rows: a red head or a 版记 has no more."""
_HEADLINE_SIZE: Final = 26.0
"""Points: larger letters stand in a red head, never in a table of tasks."""

Block = Line | RawTable


def place(blocks: Iterable[Block], formats: Formats) -> list[Block]:
    """Unroll what is mere layout and join tables that go on."""
    return _join(_unrolled(blocks, formats))


def _unrolled(blocks: Iterable[Block], formats: Formats) -> list[Block]:
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, RawTable):
            out.extend(_place_table(block, formats))
        else:
            out.append(block)
    return out


def _place_table(table: RawTable, formats: Formats) -> list[Block]:
    if table.plain and table.columns > 1 and table.rows > _SMALL:
        return [table]
    rows = table.by_row()
    if _is_layout(table, rows, formats):
        return _unroll(rows, formats)
    running = [index for index, row in enumerate(rows) if _is_running_text(table, row)]
    if not running:
        return [table]
    # A form or a frame around running text: what stands above and below it is looked at by itself.
    out: list[Block] = []
    start = 0
    for index in running:
        if index > start:
            out.extend(_place_table(_part(table, start, index), formats))
        out.extend(_unroll([rows[index]], formats))
        start = index + 1
    if start < table.rows:
        out.extend(_place_table(_part(table, start, table.rows), formats))
    return out


def _is_layout(table: RawTable, rows: list[list[RawCell]], formats: Formats) -> bool:
    if table.columns == 1 or all(len(row) <= 1 for row in rows):
        return True
    filled = sum(_has_text(cell) for cell in table.cells) if table.rows <= _SMALL else table.rows
    if filled == 0 or (filled == 1 and table.rows == 1):
        return True
    if table.rows > _SMALL:
        return False
    if any(_is_headline(cell) for cell in table.cells):
        return True
    ruled = has_inner_rules(table, formats)
    if table.rows == 1:
        return not ruled
    # Where nothing is said of rules, or cells are merged down, it is a table whose writer did not care for rules.
    merged = any(cell.rowspan > 1 for cell in table.cells)
    return ruled is False and not merged and table.rows <= 3 and table.columns <= 2


def _is_running_text(table: RawTable, row: list[RawCell]) -> bool:
    if not any(len(cell.blocks) >= _LONG or isinstance(block, RawTable) for cell in row for block in cell.blocks):
        return False
    filled = [cell for cell in row if _has_text(cell)]
    if len(filled) != 1 or filled[0].rowspan > 1:
        return False
    cell = filled[0]
    if any(isinstance(block, RawTable) and block.columns > 1 for block in cell.blocks):
        return True
    if sum(cell.colspan for cell in row) < table.columns or _share(table, cell) < _MOST:
        return False
    return sum(_is_filled(block) for block in cell.blocks) >= _LONG


def _share(table: RawTable, cell: RawCell) -> float:
    """The part of the table's width that a cell takes."""
    edges = table.edges
    if edges is None or edges[-1] <= edges[0]:
        return cell.colspan / table.columns
    return (edges[cell.column + cell.colspan] - edges[cell.column]) / (edges[-1] - edges[0])


def _unroll(rows: list[list[RawCell]], formats: Formats) -> list[Block]:
    out: list[Block] = []
    for row in rows:
        filled = [cell for cell in row if _has_text(cell)]
        lines = [_only_line(cell) for cell in filled]
        if len(filled) > 1 and all(line is not None for line in lines):
            # Side by side on one line of the page, as in 发文字号 and 签发人, or in a 版记.
            out.append(_side_by_side([line for line in lines if line is not None]))
            continue
        for cell in filled:
            out.extend(_unrolled(cell.blocks, formats))
    return out


def _only_line(cell: RawCell) -> Line | None:
    filled = [block for block in cell.blocks if _is_filled(block)]
    if len(filled) == 1 and isinstance(filled[0], Line):
        return filled[0]
    return None


def _side_by_side(lines: list[Line]) -> Line:
    first, *others = lines
    joined = Line(first.form._replace(indent=NO_INDENT))
    joined.label = first.label
    joined.join(first)
    for line in others:
        joined.add("\t" + (line.label or ""), joined.looks[-1])
        joined.join(line)
    return joined


def _part(table: RawTable, start: int, stop: int) -> RawTable:
    part = RawTable(table.element)
    part.rows, part.columns, part.edges = stop - start, table.columns, table.edges
    part.plain = False
    part.header_rows = max(0, min(table.header_rows, stop) - start)
    for cell in table.cells:
        if start <= cell.row < stop:
            kept = RawCell(cell.row - start, cell.column, cell.colspan, cell.blocks)
            kept.rowspan = min(cell.rowspan, stop - cell.row)
            part.cells.append(kept)
    return part


def _is_filled(block: Block) -> bool:
    if isinstance(block, Line):
        return not block.is_empty()
    return any(_has_text(cell) for cell in block.cells)


def _has_text(cell: RawCell) -> bool:
    return any(_is_filled(block) for block in cell.blocks)


def _is_headline(cell: RawCell) -> bool:
    for block in cell.blocks:
        if not isinstance(block, Line):
            continue
        for piece, look in zip(block.pieces, block.looks, strict=True):
            if piece.strip() and (look.size or 0) >= (18 if _is_red(look.color) else _HEADLINE_SIZE):
                return True
    return False


def _is_red(color: str | None) -> bool:
    if color is None:
        return False
    try:
        red, green, blue = (int(color[i : i + 2], 16) for i in (0, 2, 4))
    except ValueError:
        return False
    return red >= 0xC0 and green <= 0x50 and blue <= 0x50


def _join(blocks: list[Block]) -> list[Block]:
    """Make one table of tables that continue one another; blank paragraphs between them go."""
    out: list[Block] = []
    last: RawTable | None = None
    blanks = 0
    for block in blocks:
        if isinstance(block, Line):
            if not _is_filled(block):
                blanks += 1
            else:
                last = None
            out.append(block)
            continue
        if last is not None and (drop := _continues(last, block, apart=blanks > 0)) is not None:
            _append(last, block, drop)
            if blanks:
                del out[-blanks:]
        else:
            out.append(block)
            last = block
        blanks = 0
    return out


def _continues(first: RawTable, second: RawTable, *, apart: bool) -> int | None:
    """How many repeated header rows to leave out of ``second`` where it goes on with ``first``, else None."""
    if first.columns != second.columns:
        return None
    head, next_head = _row_texts(first, 0), _row_texts(second, 0)
    if head == next_head and sum(1 for text in head if text) > 1:
        depth = 1
        limit = max(first.header_rows, second.header_rows, 1)
        while depth < min(limit, first.rows, second.rows) and _row_texts(first, depth) == _row_texts(second, depth):
            depth += 1
        return depth
    if second.header_rows:
        return None
    if not apart:
        return 0
    return 0 if _counts_on(first, second) else None


def _counts_on(first: RawTable, second: RawTable) -> bool:
    """Whether the first column of ``second`` counts on from where that of ``first`` ends."""
    last = next((cell.text() for cell in reversed(first.cells) if cell.column == 0 and _has_text(cell)), "")
    following = next((cell.text() for cell in second.cells if cell.column == 0 and cell.row == 0), "")
    return last.isdecimal() and following.isdecimal() and len(last) < 6 and int(following) == int(last) + 1


def _row_texts(table: RawTable, row: int) -> list[str]:
    texts = [""] * table.columns
    for cell in table.cells:
        if cell.row > row:
            break
        if cell.row <= row < cell.row + cell.rowspan:
            texts[cell.column] = cell.text()
    return texts


def _append(first: RawTable, second: RawTable, drop: int) -> None:
    if drop:
        first.page_starts.append(first.rows)
    for cell in second.cells:
        if cell.row + cell.rowspan <= drop:
            continue
        row = max(cell.row, drop)
        cell.rowspan -= row - cell.row
        cell.row = first.rows + row - drop
        first.cells.append(cell)
    first.page_starts.extend(first.rows + start - drop for start in second.page_starts)
    first.rows += second.rows - drop
