"""From ruling lines to grids: pure geometry, no text and no PDF.

A grid's rows and columns are the places where lines stand; two neighbouring boxes are one cell where no line parts
them. That gives merged cells, and needs neither an outer border nor lines that meet exactly.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

Rule = tuple[float, float, float]
"""A ruling line: its place across its direction, and where it starts and ends along it."""

JOIN = 4.5
"""Points between two pieces of one line: dashes, rounded corners, lines that stop before the other one."""
TOUCH = 4.0
"""Points within which two lines meet."""
NEAR_X = 5.0
NEAR_Y = 3.5
"""Parallel lines nearer than this are one line drawn twice (double lines, cells drawn one by one)."""
SHORTEST = 6.0
"""Points: a line that is shorter once its pieces are joined belongs to no table."""
OPEN_HEIGHT = 100.0
"""Points: the least height of a table whose page shows not both its upper and its lower border."""
MAX_PARTS = 12
"""Sets of lines of a page; where there are more they are drawings."""
MAX_LINES = 6_000
"""Lines of a page that are looked at; more is a drawing."""
MAX_BOXES = 40_000
"""Boxes of one grid; more is graph paper or a drawing."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell by its upper left grid position and the rows and columns that it covers."""

    row: int
    column: int
    rowspan: int
    colspan: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's geometry: row borders ``ys``, column borders ``xs`` and the cells between them."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridCell, ...]
    owner: tuple[tuple[int, ...], ...]
    """For each row and column the index in ``cells``."""
    open_top: bool = False
    """No line stands at the upper edge of the grid."""
    open_bottom: bool = False

    @property
    def box(self) -> tuple[float, float, float, float]:
        """(x0, y0, x1, y1)."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def at(self, x: float, y: float) -> int | None:
        """The index of the cell at a point, None outside the grid."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if 0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1:
            return self.owner[row][column]
        return None

    def cell_box(self, index: int) -> tuple[float, float, float, float]:
        """(x0, y0, x1, y1) of a cell."""
        cell = self.cells[index]
        return (
            self.xs[cell.column], self.ys[cell.row], self.xs[cell.column + cell.colspan], self.ys[cell.row + cell.rowspan],
        )  # fmt: skip


def merge_lines(lines: Iterable[Rule], near: float) -> list[Rule]:
    """Lines drawn in pieces or twice, each as one: parallel ones within ``near``, pieces up to ``JOIN`` apart."""
    merged: list[Rule] = []
    ordered = sorted(lines)
    start = 0
    while start < len(ordered):
        stop = start + 1
        while stop < len(ordered) and ordered[stop][0] - ordered[start][0] <= near:
            stop += 1
        band = ordered[start:stop]
        weight = sum(b - a for _, a, b in band) or 1.0
        place = sum(p * (b - a) for p, a, b in band) / weight if weight != 1.0 else band[0][0]
        begin, end = None, 0.0
        for _, a, b in sorted(band, key=lambda rule: rule[1]):
            if begin is not None and a - end <= JOIN:
                end = max(end, b)
                continue
            if begin is not None:
                merged.append((place, begin, end))
            begin, end = a, b
        if begin is not None:
            merged.append((place, begin, end))
        start = stop
    return [rule for rule in merged if rule[2] - rule[1] >= SHORTEST]


def find_grids(horizontals: Sequence[Rule], verticals: Sequence[Rule]) -> list[Grid]:
    """Every set of lines that hang together, as a grid; from top to bottom.

    A grid may have a single cell (a frame); what is a table is for those to judge who know the text.
    """
    if not horizontals or not verticals or len(horizontals) + len(verticals) > 40 * MAX_LINES:
        return []
    rows, columns = merge_lines(horizontals, 0.8), merge_lines(verticals, 0.8)
    if len(rows) + len(columns) > MAX_LINES:
        return []
    grids = [_grid(*part) for part in _join_beside(_components(rows, columns))]
    return sorted((grid for grid in grids if grid), key=lambda grid: (grid.ys[0], grid.xs[0]))


def _components(rows: list[Rule], columns: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Lines that touch one another, directly or over others."""
    columns = sorted(columns)
    places = [x for x, _, _ in columns]
    parent = list(range(len(rows) + len(columns)))

    def root(item: int) -> int:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    touching: set[int] = set()
    capped: tuple[set[int], set[int]] = (set(), set())
    for index, (y, x0, x1) in enumerate(rows):
        for other in range(bisect_left(places, x0 - TOUCH), bisect_right(places, x1 + TOUCH)):
            _, y0, y1 = columns[other]
            if y0 - TOUCH <= y <= y1 + TOUCH:
                parent[root(index)] = root(len(rows) + other)
                touching.update((index, len(rows) + other))
                if y <= y0 + TOUCH:
                    capped[0].add(other)
                if y >= y1 - TOUCH:
                    capped[1].add(other)
    for group in _open_columns(columns, capped):
        items = [len(rows) + index for index in group]
        if touching.intersection(items):
            touching.update(items)
            for item in items[1:]:
                parent[root(item)] = root(items[0])
    parts: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for item in sorted(touching):
        part = parts.setdefault(root(item), ([], []))
        if item < len(rows):
            part[0].append(rows[item])
        else:
            part[1].append(columns[item - len(rows)])
    return list(parts.values())


_Part = tuple[list[Rule], list[Rule]]


def _join_beside(parts: list[_Part]) -> list[_Part]:
    """Join parts that stand side by side with the same rows: a merged cell between them goes through the whole page."""
    if not 2 <= len(parts) <= MAX_PARTS:
        return parts
    out: list[_Part] = []
    heights: list[list[float]] = []
    for rows, columns in parts:
        ys = _cluster((y for y, _, _ in rows), NEAR_Y)
        for index, others in enumerate(heights):
            if min(len(ys), len(others)) >= 4 and (_among(ys, others) or _among(others, ys)):
                out[index][0].extend(rows)
                out[index][1].extend(columns)
                heights[index] = max(ys, others, key=len)
                break
        else:
            out.append((rows, columns))
            heights.append(ys)
    return out


def _among(ys: list[float], others: list[float]) -> bool:
    same_ends = abs(ys[0] - others[0]) <= TOUCH and abs(ys[-1] - others[-1]) <= TOUCH
    return same_ends and all(any(abs(y - other) <= TOUCH for other in others) for y in ys)


def _open_columns(columns: list[Rule], capped: tuple[set[int], set[int]]) -> list[list[int]]:
    """Column borders of one height that no line ends above, or none below: a page of a table that goes on.

    Where a merged cell goes through the whole page, no line joins what stands left and right of it. ``capped`` has the
    columns with a line at their upper and at their lower end.
    """
    groups: list[tuple[float, float, list[int]]] = []
    for index, (_, y0, y1) in enumerate(columns):
        if y1 - y0 < OPEN_HEIGHT:
            continue
        for top, bottom, group in groups:
            if abs(top - y0) <= TOUCH and abs(bottom - y1) <= TOUCH:
                group.append(index)
                break
        else:
            groups.append((y0, y1, [index]))
    return [
        group for _, _, group in groups if len(group) > 1 and any(ends.isdisjoint(group) for ends in capped)
    ]  # fmt: skip


def _cluster(values: Iterable[float], near: float) -> list[float]:
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][0] <= near:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def _grid(rows: list[Rule], columns: list[Rule]) -> Grid | None:
    xs = _cluster((x for x, _, _ in columns), NEAR_X)
    ys = _cluster((y for y, _, _ in rows), NEAR_Y)
    open_top = open_bottom = False
    left, right = min(x0 for _, x0, _ in rows), max(x1 for _, _, x1 in rows)
    top, bottom = min(y0 for _, y0, _ in columns), max(y1 for _, _, y1 in columns)
    if left < xs[0] - 2 * TOUCH:
        xs.insert(0, left)
    if right > xs[-1] + 2 * TOUCH:
        xs.append(right)
    if top < ys[0] - 2 * TOUCH:
        ys.insert(0, top)
        open_top = True
    if bottom > ys[-1] + 2 * TOUCH:
        ys.append(bottom)
        open_bottom = True
    if len(xs) < 2 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > MAX_BOXES:
        return None
    across = _walls(rows, ys, xs)  # across[k][column]: a line at ys[k] over that column
    down = _walls(columns, xs, ys)
    ys, across, down = _drop_idle(ys, across, down)
    xs, down, across = _drop_idle(xs, down, across)
    return _cells(xs, ys, across, down, open_top, open_bottom)


def _walls(lines: list[Rule], places: list[float], cuts: list[float]) -> list[list[bool]]:
    """Whether at each place a line covers most of each stretch between two cuts."""
    covered = [[0.0] * (len(cuts) - 1) for _ in places]
    for place, start, end in lines:
        index = min(range(len(places)), key=lambda k: abs(places[k] - place))
        first = max(0, bisect_right(cuts, start) - 1)
        for k in range(first, len(cuts) - 1):
            if cuts[k] >= end:
                break
            covered[index][k] += max(0.0, min(end, cuts[k + 1]) - max(start, cuts[k]))
    return [
        [length >= 0.6 * (cuts[k + 1] - cuts[k]) for k, length in enumerate(row)]
        for row in covered
    ]  # fmt: skip


def _drop_idle(
    places: list[float], walls: list[list[bool]], crossing: list[list[bool]]
) -> tuple[list[float], list[list[bool]], list[list[bool]]]:
    """Leave out inner places where no line parts anything; the crossing walls lose the stretch before them."""
    keep = [k for k in range(len(places)) if k in (0, len(places) - 1) or any(walls[k])]
    if len(keep) == len(places):
        return places, walls, crossing
    joined = [
        [any(row[first:last]) for first, last in pairwise(keep)]
        for row in crossing
    ]  # fmt: skip
    return [places[k] for k in keep], [walls[k] for k in keep], joined


def _cells(
    xs: list[float],
    ys: list[float],
    across: list[list[bool]],
    down: list[list[bool]],
    open_top: bool,
    open_bottom: bool,
) -> Grid:
    """Boxes that no wall parts are one cell; where they form no rectangle, each rectangle of them is one."""
    height, width = len(ys) - 1, len(xs) - 1
    owner = [[-1] * width for _ in range(height)]
    cells: list[GridCell] = []
    for row in range(height):
        for column in range(width):
            if owner[row][column] >= 0:
                continue
            colspan = 1
            while (
                column + colspan < width
                and owner[row][column + colspan] < 0
                and not down[column + colspan][row]
            ):  # fmt: skip
                colspan += 1
            rowspan = 1
            while row + rowspan < height and _extends(row + rowspan, column, colspan, owner, across, down):
                rowspan += 1
            for r in range(row, row + rowspan):
                owner[r][column : column + colspan] = [len(cells)] * colspan
            cells.append(GridCell(row, column, rowspan, colspan))
    return Grid(
        tuple(xs), tuple(ys), tuple(cells), tuple(tuple(line) for line in owner), open_top, open_bottom
    )  # fmt: skip


def _extends(
    row: int, column: int, colspan: int, owner: list[list[int]], across: list[list[bool]], down: list[list[bool]]
) -> bool:
    stretch = range(column, column + colspan)
    if any(owner[row][k] >= 0 or across[row][k] for k in stretch):
        return False
    return not any(down[k][row] for k in range(column + 1, column + colspan))
