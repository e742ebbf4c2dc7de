"""Rows that no line parts: several numbered rows inside one ruled row of a table."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from wpparse.enumerators import ORDINAL
from wpparse.lattice import Grid, GridCell
from wpparse.layout.grids.ruled import PageTable
from wpparse.layout.lines import Line
from wpparse.numerals import parse_number

LONGEST = 6
"""Characters of a number of a row."""
LEVEL = 0.3
"""Ems by which the baselines of one row may differ."""


def part_rows(table: PageTable) -> PageTable:
    """The table with a row for each number where the numbers of several rows stand in one cell.

    They count up, and in every other column something stands beside each of them.
    """
    grid = table.grid
    cuts = [_cuts(table, row) for row in range(len(grid.ys) - 1)]
    if not any(cuts):
        return table
    starts = [0]
    ys = [grid.ys[0]]
    for row, own in enumerate(cuts):
        ys += [*own, grid.ys[row + 1]]
        starts.append(starts[-1] + len(own) + 1)
    cells: list[GridCell] = []
    lines: list[list[Line]] = []
    for cell, inside in zip(grid.cells, table.lines, strict=True):
        own = cuts[cell.row] if cell.rowspan == 1 else []
        rows = range(starts[cell.row], starts[cell.row + cell.rowspan])
        if not own:
            cells.append(GridCell(rows.start, cell.column, len(rows), cell.colspan))
            lines.append(inside)
            continue
        cells += [GridCell(row, cell.column, 1, cell.colspan) for row in rows]
        parts: list[list[Line]] = [[] for _ in rows]
        for line in inside:
            parts[bisect_right(own, line.y - LEVEL * line.size)].append(line)
        lines += parts
    return PageTable(_grid(grid, ys, cells), table.page, lines)


def _grid(grid: Grid, ys: Sequence[float], cells: Sequence[GridCell]) -> Grid:
    owner = [[-1] * (len(grid.xs) - 1) for _ in range(len(ys) - 1)]
    for index, cell in enumerate(cells):
        for row in range(cell.row, cell.row + cell.rowspan):
            owner[row][cell.column : cell.column + cell.colspan] = [index] * cell.colspan
    return Grid(grid.xs, tuple(ys), tuple(cells), tuple(map(tuple, owner)), grid.open_top, grid.open_bottom)


def _cuts(table: PageTable, row: int) -> list[float]:
    """The heights at which a ruled row is to be cut: right above the line of each number but the first."""
    owned = dict.fromkeys(table.grid.owner[row])
    first = next((table.lines[index] for index in owned if table.lines[index]), [])
    if len(first) < 2 or len(first[0].text) > LONGEST:
        return []
    inside = [table.lines[index] for index in owned if table.grid.cells[index].rowspan == 1 and table.lines[index]]
    if len(inside) < 2 or len(inside[0]) < 2 or not _counts_up(inside[0]):
        return []
    numbers = inside[0]
    for lines in inside[1:]:
        if lines[0].y < numbers[0].y - LEVEL * lines[0].size:
            return []
        if not all(any(abs(line.y - number.y) <= LEVEL * line.size for line in lines) for number in numbers):
            return []
    return [number.y - 0.95 * number.size for number in numbers[1:]]


def _counts_up(lines: Sequence[Line]) -> bool:
    values = []
    for line in lines:
        match = ORDINAL.fullmatch(line.text)
        values.append(parse_number(match["numbers"] or line.text) if match else None)
    return all(a is not None and b == a + 1 for a, b in pairwise(values))
