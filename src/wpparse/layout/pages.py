"""From one page to its lines and grids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from wpparse.lattice import NEAR_Y, Grid, find_grids
from wpparse.layout.columns import find_unruled
from wpparse.layout.furniture import take_page_numbers
from wpparse.layout.grids.ruled import PageTable
from wpparse.layout.grids.unruled_rows import part_rows
from wpparse.layout.lines import Line, make_cell_lines, make_lines
from wpparse.layout.notes import call_notes, take_notes
from wpparse.layout.watermarks import take_watermarks
from wpparse.page import Glyph, PageContent


@dataclass(slots=True)
class PageLayout:
    """One page: its lines outside tables, its grids with the lines inside, and what may be its number."""

    number: int
    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    tables: list[PageTable] = field(default_factory=list)
    numbers: list[Line] = field(default_factory=list)
    unruled: bool = False
    """Some table was told by alignment only."""
    columns_left: bool = False
    """Some lines stand in columns that were not taken for a table."""
    turned: int = 0
    """See :class:`PageContent`."""
    notes: list[str] = field(default_factory=list)
    """Footnotes that are called in tables."""
    watermarks: list[str] = field(default_factory=list)
    """The words of watermarks, which were left out."""


def lay_out(content: PageContent) -> PageLayout:
    """Lines and grids of a page."""
    layout = PageLayout(content.number, content.width, content.height, turned=content.turned)
    layout.watermarks = take_watermarks(content)
    layout.numbers = take_page_numbers(content)
    grids = _tables_only(find_grids(content.horizontals, content.verticals))
    notes = take_notes(content, grids) if content.horizontals else {}
    inside: list[list[list[Glyph]]] = [[[] for _ in grid.cells] for grid in grids]
    if grids:
        outside = _allot(content.glyphs, grids, inside)
        outside = _take_spilled(content, grids[-1], inside[-1], outside)
    else:
        outside = content.glyphs
    for grid, cells in zip(grids, inside, strict=True):
        lines = [make_cell_lines(glyphs, content.number) if glyphs else [] for glyphs in cells]
        table = part_rows(PageTable(grid, content.number, lines))
        table.unclosed = _unclosed(content, table.grid)
        layout.tables.append(table)
    layout.lines = make_lines(outside, content.number)
    if _columned(layout.lines):
        tables, used, layout.columns_left = find_unruled(outside, content.number)
        if tables:
            layout.unruled = True
            layout.tables = sorted([*layout.tables, *tables], key=lambda table: table.top)
            layout.lines = make_lines((glyph for glyph in outside if id(glyph) not in used), content.number)
    if notes:
        call_notes(layout.lines, notes)
        for table in layout.tables:
            for inner in table.lines:
                layout.notes += call_notes(inner, notes)
    return layout


def _allot(glyphs: Iterable[Glyph], grids: Sequence[Grid], inside: list[list[list[Glyph]]]) -> list[Glyph]:
    """Give each glyph to the cell in which its middle lies; gives those that lie in none.

    Browsers and spreadsheets print a text that is too long for its cell over the next one. It stays with its cell: the
    border goes through one of its letters, and the others follow that one without a gap.
    """
    outside: list[Glyph] = []
    last: Glyph | None = None
    held = outside
    over = False
    for glyph in glyphs:
        y = glyph.y - 0.3 * glyph.style.size
        holder = outside
        for grid, cells in zip(grids, inside, strict=True):
            cell = grid.at((glyph.x0 + glyph.x1) / 2, y)
            if cell is not None:
                holder = cells[cell]
                break
        if holder is held:
            over = False
        elif last is not None and held is not outside and _follows(last, glyph):
            over = over or _is_cut(last, grids) or _is_cut(glyph, grids)
            holder = held if over else holder
        else:
            over = False
        holder.append(glyph)
        last, held = glyph, holder
    return outside


def _follows(last: Glyph, glyph: Glyph) -> bool:
    size = glyph.style.size
    return last.style.size == size and last.y == glyph.y and abs(glyph.x0 - last.x1) <= 0.1 * size


def _is_cut(glyph: Glyph, grids: Sequence[Grid]) -> bool:
    """Whether a border goes through a glyph, not along its edge."""
    y, margin = glyph.y - 0.3 * glyph.style.size, 0.2 * (glyph.x1 - glyph.x0)
    return any(grid.at(glyph.x0 + margin, y) != grid.at(glyph.x1 - margin, y) for grid in grids)


def _take_spilled(
    content: PageContent, grid: Grid, cells: list[list[Glyph]], outside: list[Glyph]
) -> list[Glyph]:  # fmt: skip
    """Give text that stands below the last grid to the cell above it; gives the glyphs that are left.

    A browser sets the words of a merged cell in the middle of all its height, which may be below the last row that
    fitted on the page. Such a cell has no lower border, and nothing but such text stands there.
    """
    bottom = grid.ys[-1]
    below = [glyph for glyph in outside if glyph.y - 0.3 * glyph.style.size > bottom and glyph.text != " "]
    if not below or len(grid.xs) < 3:
        return outside
    spilled: list[list[Glyph]] = [[] for _ in cells]
    boxes = [(index, grid.cell_box(index)) for index in set(grid.owner[-1])]
    unclosed = _without_border(content, grid)
    is_open = [(index, x0, x1) for index, (x0, _, x1, _) in boxes if index in unclosed]
    if len(is_open) == len(boxes):
        return outside  # no lower border at all: what follows is text
    for glyph in below:
        index = next((i for i, x0, x1 in is_open if x0 - 1 <= glyph.x0 and glyph.x1 <= x1 + 1), None)
        if index is None:
            return outside
        spilled[index].append(glyph)
    for cell, glyphs in zip(cells, spilled, strict=True):
        cell += glyphs
    taken = {id(glyph) for glyph in below}
    return [glyph for glyph in outside if id(glyph) not in taken]


def _without_border(content: PageContent, grid: Grid) -> set[int]:
    """The cells of the last row under which no line is drawn."""
    bottom = grid.ys[-1]
    lines = [(x0, x1) for y, x0, x1 in content.horizontals if abs(y - bottom) <= NEAR_Y]
    found = set()
    for index in set(grid.owner[-1]):
        left, _, right, _ = grid.cell_box(index)
        covered = sum(max(0.0, min(right, x1) - max(left, x0)) for x0, x1 in lines)
        if covered < 0.6 * (right - left):
            found.add(index)
    return found


def _unclosed(content: PageContent, grid: Grid) -> frozenset[int]:
    """See :class:`PageTable`."""
    found = _without_border(content, grid)
    return frozenset(found if len(found) < len(set(grid.owner[-1])) else ())


def _columned(lines: list[Line]) -> bool:
    """Whether at least three baselines hold three pieces of text or more."""
    pieces = Counter(line.y for line in lines)
    return sum(1 for count in pieces.values() if count >= 3) >= 3


def _tables_only(grids: list[Grid]) -> list[Grid]:
    """Leave out frames (one cell) and grids drawn inside a cell of another one; the smaller ones come first."""
    grids = [grid for grid in grids if len(grid.cells) > 1]
    grids.sort(key=lambda grid: (grid.xs[-1] - grid.xs[0]) * (grid.ys[-1] - grid.ys[0]), reverse=True)
    kept: list[Grid] = []
    for grid in grids:
        x0, y0, x1, y1 = grid.box
        inner = False
        for other in kept:
            cell = other.at(x0 + 1, y0 + 1)
            if cell is not None and cell == other.at(x1 - 1, y1 - 1):
                inner = True
                break
        if not inner:
            kept.append(grid)
    return sorted(kept, key=lambda grid: (grid.ys[0], grid.xs[0]))
