"""Tables that were dumped into a text with tabs, rebuilt as grids, and what every kind of dump needs for that.

Cells are set apart by tabs, a row a line; or stand one a line behind a tab, a blank line after each row.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from wpparse.blocks import Cell, Table
from wpparse.enumerators import BAND, is_ordinal
from wpparse.layout.grids.align import Row, align, fill_missing
from wpparse.layout.grids.sequence import FIGURE, find_rows
from wpparse.text import clean, clean_lines

_LONGEST_HEADER = 14
_SHORTEST_BAND = 4
_MOST_LIKE = 2
"""Columns that may hold the same text side by side."""
_MOST_SPANNING = 3
"""Headers that have others below them."""
_HAN = "\u3400-\u9fff"
_INNER_BLANK = re.compile(rf"(?<=[{_HAN}”）])[ \u3000]+(?=[{_HAN}“（])")


@dataclass(slots=True)
class Grid:
    """A rebuilt table: rows of clean texts, all of the same length."""

    rows: list[Row]
    page_starts: list[int] = field(default_factory=list)

    def table(self) -> Table:
        """As a block."""
        cells = tuple(Cell(r, c, text) for r, row in enumerate(self.rows) for c, text in enumerate(row) if text)
        return Table(cells, len(self.rows), len(self.rows[0]), page_starts=tuple(self.page_starts))


class Rebuilt(Protocol):
    """What becomes a table."""

    def table(self) -> Table:
        """As a block."""


@dataclass(frozen=True, slots=True)
class Found:
    """A table in place of ``lines[start:end]``."""

    start: int
    end: int
    grid: Rebuilt


# Tabs


def tabbed(lines: Sequence[str], start: int) -> tuple[int, Grid | None]:
    """Where the lines with tabs end that begin here, and the grid that they make."""
    end = last = start
    gap = 0
    while end < len(lines):
        line = lines[end]
        if "\t" in line:
            last = end
            gap = 0
        elif line.strip():
            if gap or not _goes_on(lines, end):
                break
        else:
            gap += 1
            if gap > 3:
                break
        end += 1
    end = last + 1
    while end < len(lines) and lines[end].strip() and _is_trailing(lines, start, last, end):
        end += 1
    block = [line.rstrip("\r\n") for line in lines[start:end]]
    single = sum(line.startswith("\t") and "\t" not in line[1:] for line in block)
    grid = _one_cell_a_line(block) if single >= 0.8 * sum("\t" in line for line in block) else _one_row_a_line(block)
    return end, grid


def _goes_on(lines: Sequence[str], index: int) -> bool:
    """True where a line without tabs stands between lines with tabs, no blank line in between."""
    for line in lines[index : index + 12]:
        if "\t" in line:
            return True
        if not line.strip():
            return False
    return False


def _is_trailing(lines: Sequence[str], start: int, last: int, index: int) -> bool:
    """True for a line below the last tab where lines without tabs stood between the rows above in the same way."""
    return index - last < 12 and any("\t" not in line and line.strip() for line in lines[start:last])


def _one_cell_a_line(block: Sequence[str]) -> Grid | None:
    groups: list[Row] = [[]]
    for line in block:
        if "\t" in line:
            groups[-1].append(clean(line))
        elif line.strip():
            if groups[-1]:
                groups[-1][-1] = (groups[-1][-1] + "\n" + clean(line)).strip("\n")
            else:
                groups[-1].append(clean(line))
        elif groups[-1]:
            groups.append([])
    groups = [group for group in groups if group]
    if len(groups) == 1:
        groups = _cut_by_numbers(groups[0])
    sizes = Counter(len(group) for group in groups[1:])
    if not sizes:
        return None
    width = max(sizes, key=lambda size: (sizes[size], size))
    if width < 2 or sizes[width] * 2 < len(groups) - 1 or len(groups[0]) > width + 1:
        return None
    cut = any(len(group) < width for group in groups[1:]) or any(len(group) % width for group in groups)
    if cut and (grid := _with_missing(groups, width)) is not None:
        return grid
    rows: list[Row] = []
    for group in groups:
        if len(group) > width and len(group) % width == 0:
            rows += [group[at : at + width] for at in range(0, len(group), width)]
        else:
            rows.append(group)
    width = max(map(len, rows))
    return finish([row + [""] * (width - len(row)) for row in rows], [])


def _with_missing(groups: Sequence[Row], width: int) -> Grid | None:
    """The grid of rows that lack cells, merged with those above them, or have cells of several lines."""
    if all(len(group) <= width for group in groups[1:]):
        return rows_of_cells(list(groups))
    rows = find_rows([text for group in groups for text in group], is_name, blanks=False)
    return finish(rows, []) if rows else None


def is_name(text: str) -> bool:
    """True where a text may be the name of a column."""
    return bool(text) and is_header([text])


def _cut_by_numbers(cells: Row) -> list[Row]:
    """Rows of a sequence of cells in which the first of each row is numbered 1, 2, 3 …"""
    starts: list[int] = []
    for index, text in enumerate(cells):
        if text == str(len(starts) + 1):
            starts.append(index)
    if len(starts) < 2:
        return [cells]
    steps = Counter(b - a for a, b in itertools.pairwise(starts))
    width = steps.most_common(1)[0][0]
    if steps[width] * 2 < len(starts) - 1 or starts[0] not in (0, width, width - 1):
        return [cells]
    rows = [cells[: starts[0]]] if starts[0] else []
    return [*rows, *(cells[a:b] for a, b in zip(starts, [*starts[1:], len(cells)], strict=True))]


def _one_row_a_line(block: Sequence[str]) -> Grid | None:
    raw: list[list[str]] = []
    pages: list[int] = []
    gap = False
    for line in _unquoted(block):
        if not line.strip():
            gap = bool(raw)
            continue
        if gap:
            pages.append(len(raw))
            gap = False
        raw.append(line.split("\t"))
    if sum(len(fields) > 1 for fields in raw) < 2:
        return None
    raw, pages = _join_broken(raw, pages)
    while all(not fields[0].strip() for fields in raw):
        raw = [fields[1:] for fields in raw]
    width = max(map(len, raw))
    while width > 1 and not any(fields[width - 1].strip() for fields in raw if len(fields) >= width):
        width -= 1
    if width < 2:
        return None
    rows = _split_pairs([fields[:width] for fields in raw], width)
    named = [text for text in rows[0] if text]
    header = [index for index, row in enumerate(rows) if [text for text in row if text] == named]
    return finish(_shift(bands_first(align(rows, width, header))), pages)


def rows_of_cells(rows: list[Row]) -> Grid | None:
    """The grid of rows of which some lack the cells that are merged with those above; None where too few are whole."""
    if len(rows) < 3:
        return None
    width = max(map(len, rows[1:]))
    if width < len(rows[0]) <= min(width + _MOST_SPANNING, 2 * width):  # two rows of headers
        rows = [rows[0][:width], rows[0][width:], *rows[1:]]
    full = sum(len(row) == width for row in rows)
    if width < 3 or full < 2 or len(rows[0]) > width or sum(len(row) > 1 for row in rows) < 0.6 * len(rows):
        return None
    heads = list(itertools.takewhile(is_header, rows[:2])) if len(rows[0]) < width or len(rows[1]) < width else rows[:1]
    packed = {
        index
        for index, row in enumerate(rows)
        if row in heads or (len(row) == 1 and not row[0].endswith("。")) or (len(row) < width and is_summed(row))
    }
    filled = iter(fill_missing([row for index, row in enumerate(rows) if index not in packed], width))
    whole = [[*row, *[""] * (width - len(row))] if index in packed else next(filled) for index, row in enumerate(rows)]
    return finish(whole, [])


def is_header(row: Row) -> bool:
    """True where the cells of a row may be headers."""
    return all(len(text) <= _LONGEST_HEADER for text in row) and not any(
        is_ordinal(text) or "。" in text for text in row
    )


def bands_first(rows: list[Row]) -> list[Row]:
    """Rows of numbered items, with the bands between them in the first column, whichever column they looked like."""
    if sum(is_ordinal(row[0]) for row in rows) * 2 < len(rows):
        return rows
    out: list[Row] = []
    for row in rows:
        texts = [text for text in row if text]
        out.append([*texts, *[""] * len(row)][: len(row)] if texts and is_summed(texts) else row)
    return out


def is_summed(row: Row) -> bool:
    """True for the heading of rows, with nothing beside it but what they come to."""
    return BAND.fullmatch(row[0]) is not None and all(not text or FIGURE.fullmatch(text) for text in row[1:])


def _unquoted(block: Sequence[str]) -> Iterator[str]:
    """Lines with the quotes of spreadsheet programs taken off; a quoted cell may hold line ends."""
    held = ""
    for line in block:
        whole = held + "\v" + line if held else line
        if whole.count('"') % 2 and re.search(r'(?:^|\t)"[^"\t]*(?:\v|$)', whole) and len(whole) < 5000:
            held = whole
            continue
        held = ""
        yield re.sub(r'(^|\t)"([^\t]*)"(?=\t|$)', lambda m: m.group(1) + m.group(2).replace('""', '"'), whole)
    yield from held.split("\v") if held else ()


def _join_broken(raw: list[list[str]], pages: list[int]) -> tuple[list[list[str]], list[int]]:
    """Rows that a line end inside a cell cut in two, joined: together they have as many cells as the others."""
    width = max(map(len, raw))
    out: list[list[str]] = []
    starts: list[int] = []
    regular = sum(len(fields) == width for fields in raw) >= 0.6 * len(raw)
    for index, fields in enumerate(raw):
        if index in pages:
            starts.append(len(out))
        elif out and regular and _is_broken(out[-1], fields, width):
            out[-1] = [*out[-1][:-1], out[-1][-1] + "\v" + fields[0], *fields[1:]]
            continue
        out.append(fields)
    return out, starts


def _is_broken(above: list[str], below: list[str], width: int) -> bool:
    """True where a line end inside the last cell of ``above`` seems to have cut a row of ``width`` cells."""
    if len(above) + len(below) - 1 != width or not 1 < len(above) < width or len(below) == width:
        return False
    return bool(above[-1].strip() and below[0].strip()) and not above[-1].rstrip().endswith(("。", "；", ";"))


def _split_pairs(raw: Sequence[Sequence[str]], width: int) -> list[Row]:
    """Clean cells; a cell that holds the texts of two columns is split where the columns are known from elsewhere."""
    known: list[set[str]] = [set() for _ in range(width)]
    for fields in raw:
        if len(fields) == width:
            for column, text in enumerate(fields):
                if text.strip():
                    known[column].add(clean(text))
    rows: list[Row] = []
    for fields in raw:
        cells: Row = []
        for text in fields:
            parts = _INNER_BLANK.split(text.strip())
            if len(parts) == 2 and len(fields) < width and _is_pair(parts, known):
                cells += map(clean, parts)
            else:
                cells.append(clean_lines(text.replace("\v", "\n")))
        rows.append(cells)
    return rows


def _is_pair(parts: Sequence[str], known: Sequence[set[str]]) -> bool:
    """True where two texts in one cell are two cells: the first stands alone in a column elsewhere."""
    return any(clean(parts[0]) in values for values in known) or any(clean(parts[1]) in values for values in known)


def _shift(rows: list[Row]) -> list[Row]:
    """Numbers and texts that a dump moved apart by one row, brought together.

    A numbered row without text, numbered rows with texts below it, and at last a text without a number: the texts
    belong one row further up.
    """
    width = len(rows[0])
    numbered = [row for row in rows if is_ordinal(row[0])]
    if width < 3 or len(numbered) * 2 < len(rows):
        return rows
    column = max(range(1, width), key=lambda c: sum(len(row[c]) for row in numbered))
    out: list[Row] = []
    index = 0
    while index < len(rows):
        end = _shifted_until(rows, index, column)
        if end is None:
            out.append(rows[index])
            index += 1
            continue
        for row, below in zip(rows[index:end], rows[index + 1 : end + 1], strict=True):
            out.append([*row[:column], below[column], *row[column + 1 :]])
        index = end + 1
    return out


def _shifted_until(rows: Sequence[Row], start: int, column: int) -> int | None:
    """The row without a number that ends a run of shifted texts beginning at ``start``; None where there is no such run."""
    if not is_ordinal(rows[start][0]) or rows[start][column]:
        return None
    for index in range(start + 1, len(rows)):
        row = rows[index]
        if not row[column]:
            return None
        if not row[0]:
            return index if not any(text for place, text in enumerate(row) if place != column) else None
        if not is_ordinal(row[0]):
            return None
    return None


# Every kind


def finish(rows: list[Row], pages: Sequence[int]) -> Grid:
    """The grid without blank rows and repeated headers; blank columns at the right fall away."""
    header = [text for text in rows[0] if text]
    out: list[Row] = []
    starts: list[int] = []
    fresh = False
    for index, row in enumerate(rows):
        fresh = fresh or index in pages
        if not any(row):
            continue
        if len(row) > _MOST_LIKE and len(set(row)) == 1 and len(row[0]) >= _SHORTEST_BAND:
            row = [row[0], *[""] * (len(row) - 1)]  # a merged cell whose text stands in each position
        if out and len(header) > 1 and [text for text in row if text] == header:
            fresh = True
            continue
        if fresh and out:
            starts.append(len(out))
        fresh = False
        out.append(row)
    width = max(max((place + 1 for place, text in enumerate(row) if text), default=1) for row in out)
    return Grid([row[:width] for row in out], starts)
