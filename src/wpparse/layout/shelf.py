"""Pages laid by until all of them have been seen: the first ones as they are, the others in little room.

A page of text takes some forty kilobytes as objects and two when packed. What repeats from page to page is only known
at the end, and a file may have thousands of pages.
"""

from __future__ import annotations

import marshal
import zlib
from collections.abc import Iterator
from typing import Any

from wpparse.lattice import Grid, GridCell
from wpparse.layout.grids.ruled import PageTable
from wpparse.layout.lines import Line
from wpparse.layout.pages import PageLayout
from wpparse.page import Style

AS_THEY_ARE = 50
"""Pages that are kept as objects; most files have no more, and packing takes time."""


class Shelf:
    """Holds pages in order. A page that was packed comes out as a new object each time."""

    def __init__(self) -> None:
        self._pages: list[PageLayout | bytes] = []
        self._styles: list[Style] = []
        self._known: dict[Style, int] = {}

    def __len__(self) -> int:
        return len(self._pages)

    def __iter__(self) -> Iterator[PageLayout]:
        for page in self._pages:
            yield self._unpack(page) if isinstance(page, bytes) else page

    def add(self, layout: PageLayout) -> None:
        """Lay a page by."""
        self._pages.append(layout if len(self._pages) < AS_THEY_ARE else self._pack(layout))

    def _pack(self, layout: PageLayout) -> bytes:
        parts = (
            layout.number, layout.width, layout.height, layout.turned,
            [self._line(line) for line in layout.lines],
            [self._line(line) for line in layout.numbers],
            [self._table(part) for part in layout.tables],
        )  # fmt: skip
        return zlib.compress(marshal.dumps(parts), 1)

    def _unpack(self, packed: bytes) -> PageLayout:
        number, width, height, turned, lines, numbers, tables = marshal.loads(zlib.decompress(packed))
        layout = PageLayout(number, width, height, turned=turned)
        layout.lines = [self._as_line(number, *line) for line in lines]
        layout.numbers = [self._as_line(number, *line) for line in numbers]
        for xs, ys, cells, owner, open_top, open_bottom, inside, unclosed in tables:
            grid = Grid(xs, ys, tuple(GridCell(*cell) for cell in cells), owner, open_top, open_bottom)
            layout.tables.append(
                PageTable(
                    grid, number, [[self._as_line(number, *a) for a in cell] for cell in inside], frozenset(unclosed)
                )
            )
        return layout

    def _line(self, line: Line) -> tuple[Any, ...]:
        pieces = [(text, self._style(style)) for text, style in line.pieces]
        text = None if len(pieces) == 1 and pieces[0][0] == line.text else line.text
        return (
            pieces, text, line.x0, line.x1, line.y, line.size, line.first, line.beside, line.number, line.confidences,
            line.notes,
        )  # fmt: skip

    def _as_line(
        self, page: int, pieces: list[tuple[str, int]], text: str | None, x0: float, x1: float, y: float, size: float,
        first: float, beside: bool, number: int | None, confidences: tuple[float, ...],
        notes: tuple[str, ...],
    ) -> Line:  # fmt: skip
        own = [(piece, self._styles[style]) for piece, style in pieces]
        text = pieces[0][0] if text is None else text
        return Line(own, x0, x1, y, size, page, first, beside, number, text, confidences, notes)

    def _style(self, style: Style) -> int:
        index = self._known.get(style)
        if index is None:
            index = self._known[style] = len(self._styles)
            self._styles.append(style)
        return index

    def _table(self, part: PageTable) -> tuple[Any, ...]:
        grid = part.grid
        cells = [(cell.row, cell.column, cell.rowspan, cell.colspan) for cell in grid.cells]
        inside = [[self._line(line) for line in lines] for lines in part.lines]
        return grid.xs, grid.ys, cells, grid.owner, grid.open_top, grid.open_bottom, inside, sorted(part.unclosed)
