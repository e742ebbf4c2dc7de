"""Tables without ruling lines: columns told by the white between them, where the evidence is good."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from wpparse.enumerators import is_ordinal
from wpparse.lattice import Grid, GridCell
from wpparse.layout.grids.ruled import PageTable
from wpparse.layout.lines import group_rows, make_lines
from wpparse.page import Glyph

GUTTER = 0.9
"""Ems of white, from the first row to the last, that part two columns."""
LEAST_COLUMNS = 3
LEAST_ROWS = 3


Row = list[Glyph]


def find_unruled(glyphs: Sequence[Glyph], page: int) -> tuple[list[PageTable], set[int], bool]:
    """Tables among the glyphs of a page, the ``id`` of the glyphs in them, and whether others may be left.

    A table needs three columns, three rows, and a numbered first column or rows that are filled throughout.
    """
    rows = group_rows(glyph for glyph in glyphs if glyph.text != " ")
    tables: list[PageTable] = []
    used: set[int] = set()
    doubtful = False
    for start, stop in _runs(rows):
        run = rows[start:stop]
        xs = _columns(run)
        table = _table(run, xs, page) if len(xs) > LEAST_COLUMNS else None
        if table is None:
            doubtful = True
            continue
        tables.append(table)
        used.update(id(glyph) for row in run for glyph in row)
    return tables, used, doubtful


def _gaps(row: Row) -> int:
    ordered = sorted(row, key=lambda glyph: glyph.x0)
    return sum(1 for a, b in pairwise(ordered) if b.x0 - a.x1 > GUTTER * b.style.size)


def _runs(rows: Sequence[Row]) -> list[tuple[int, int]]:
    """Stretches of rows with gaps; a row without any may stand inside (a cell's second line), but not at the ends."""
    split = [_gaps(row) >= LEAST_COLUMNS - 1 for row in rows]
    found: list[tuple[int, int]] = []
    index = 0
    while index < len(rows):
        if not split[index]:
            index += 1
            continue
        stop = last = index + 1
        while stop < len(rows) and stop - last < 3:
            size = rows[stop][0].style.size
            if rows[stop][0].y - rows[stop - 1][0].y > 4 * size:
                break
            if not split[stop] and _spans(rows[stop], rows[index:last]):
                break
            stop += 1
            if split[stop - 1]:
                last = stop
        if sum(split[index:last]) >= LEAST_ROWS:
            found.append((index, last))
        index = last
    return found


def _spans(row: Row, others: Sequence[Row]) -> bool:
    """Whether a row runs over the gaps that all the others have: text, not a part of the table."""
    xs = _columns([*others])
    inner = xs[1:-1]
    x0, x1 = min(g.x0 for g in row), max(g.x1 for g in row)
    return sum(1 for x in inner if x0 < x - 2 and x1 > x + 2) >= 1


def _columns(run: Sequence[Row]) -> list[float]:
    """Column borders: the outer edges, and the middle of each gutter."""
    spans = sorted((glyph.x0, glyph.x1) for row in run for glyph in row)
    size = run[0][0].style.size
    borders = [spans[0][0] - 2.0]
    end = spans[0][1]
    for x0, x1 in spans:
        if x0 - end > GUTTER * size:
            borders.append((end + x0) / 2)
        end = max(end, x1)
    return [*borders, end + 2.0]


def _table(run: Sequence[Row], xs: list[float], page: int) -> PageTable | None:
    starts = _row_starts(run, xs)
    if len(starts) < LEAST_ROWS:
        return None
    size = run[0][0].style.size
    tops = [run[start][0].y - 0.95 * size for start in starts]
    ys = [*tops, run[-1][0].y + 0.35 * size]
    width, height = len(xs) - 1, len(starts)
    cells = [GridCell(row, column, 1, 1) for row in range(height) for column in range(width)]
    owner = tuple(tuple(row * width + column for column in range(width)) for row in range(height))
    grid = Grid(tuple(xs), tuple(ys), tuple(cells), owner)
    inside: list[list[Glyph]] = [[] for _ in cells]
    for row in run:
        for glyph in row:
            cell = grid.at((glyph.x0 + glyph.x1) / 2, glyph.y - 0.3 * glyph.style.size)
            if cell is None:
                return None
            inside[cell].append(glyph)
    lines = [make_lines(glyphs, page, split=False) if glyphs else [] for glyphs in inside]
    filled = [[bool(lines[row * width + column]) for column in range(width)] for row in range(height)]
    numbers = [lines[row * width] for row in range(1, height)]
    numbered = sum(1 for cell in numbers if len(cell) == 1 and is_ordinal(cell[0].text))
    if numbered >= 0.6 * len(numbers) or (height > LEAST_ROWS and all(all(row) for row in filled)):
        return PageTable(grid, page, lines)
    return None


def _row_starts(run: Sequence[Row], xs: list[float]) -> list[int]:
    """Rows of print with which a row of the table begins: those with something in the first column."""
    return [
        index for index, row in enumerate(run) if index == 0 or any((g.x0 + g.x1) / 2 < xs[1] for g in row)
    ]  # fmt: skip
