"""A table's outer columns that have no lines on a later page: a merged cell goes through all of it, without borders."""

from __future__ import annotations

from collections.abc import Sequence

from wpparse.lattice import Grid, GridCell
from wpparse.layout.grids.join import SAME_BORDER
from wpparse.layout.grids.ruled import PageTable
from wpparse.layout.lines import Line

SPILL = 2.0
"""Points by which words may stand out of their column."""


def complete(xs: Sequence[float], part: PageTable, lines: Sequence[Line]) -> tuple[PageTable, list[Line]] | None:
    """The grid at the top of a page with the outer columns of the table before it, and the lines that are none of theirs.

    ``xs`` are the table's column borders. None where the grid's columns are not its last or its first ones.
    """
    theirs = part.grid.xs
    missing = len(xs) - len(theirs)
    if missing < 1 or len(theirs) < 3:
        return None
    if _near(xs[missing:], theirs):
        added, shift = range(missing), missing
    elif _near(xs[: len(theirs)], theirs):
        added, shift = range(len(theirs) - 1, len(xs) - 1), 0
    else:
        return None
    rows = len(part.grid.ys) - 1
    cells = [GridCell(cell.row, cell.column + shift, cell.rowspan, cell.colspan) for cell in part.grid.cells]
    inside = list(part.lines)
    left = list(lines)
    owner = [list(row) for row in part.grid.owner]
    for column in added:
        own = [line for line in left if _stands_in(line, xs[column], xs[column + 1], part)]
        left = [line for line in left if line not in own]
        for row in owner:
            row.insert(column, len(cells))
        cells.append(GridCell(0, column, rows, 1))
        inside.append(own)
    borders = (*xs[:shift], *theirs, *xs[len(theirs) + shift :])
    grid = Grid(
        borders, part.grid.ys, tuple(cells), tuple(map(tuple, owner)), part.grid.open_top, part.grid.open_bottom
    )
    return PageTable(grid, part.page, inside, part.unclosed), left


def _near(ours: Sequence[float], theirs: Sequence[float]) -> bool:
    return all(abs(x - y) <= SAME_BORDER for x, y in zip(ours, theirs, strict=True))


def _stands_in(line: Line, x0: float, x1: float, part: PageTable) -> bool:
    return (
        x0 - SPILL <= line.x0 and line.x1 <= x1 + SPILL and part.top - line.size <= line.y <= part.bottom + line.size
    )  # fmt: skip
