"""From grids with text to tables: what is a table, what its cells say, and how it runs over pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from wpparse.blocks import Cell, Doubt, Table
from wpparse.brackets import ASIDE, TITLE, WRITTEN, body, closing, opening
from wpparse.lattice import Grid
from wpparse.layout.lines import Line
from wpparse.layout.paragraphs import join_lines

PADDING = 5.4
"""Points between a cell's border and its text (Word's and WPS's default)."""


@dataclass(slots=True)
class PageTable:
    """A grid on one page with the lines in its cells (one list a cell, in the order of ``grid.cells``)."""

    grid: Grid
    page: int
    lines: list[list[Line]]
    unclosed: frozenset[int] = frozenset()
    """Cells at the lower edge of the grid that have no border there while others have: they go on where the table does."""

    @property
    def top(self) -> float:
        """Upper edge."""
        return self.grid.ys[0]

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return self.grid.ys[-1]

    def is_table(self) -> bool:
        """Whether a person would call it a table: not a frame around text, not a drawing."""
        filled = sum(1 for lines in self.lines if lines)
        if len(self.grid.xs) < 3 or filled < 2:
            return False
        columns = {cell.column for cell, lines in zip(self.grid.cells, self.lines, strict=True) if lines}
        if len(columns) < 2 and len(self.grid.ys) < 3:
            return False
        return len(self.lines) <= 60 or filled >= 0.08 * len(self.lines)


@dataclass(slots=True)
class Draft:
    """One cell of a table that is being put together over pages."""

    row: int
    column: int
    rowspan: int
    colspan: int
    lines: list[Line] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)
    """For each line the width of its cell."""
    above: float = 0.0
    """Points between the upper border and the first line."""
    below: float = 0.0
    """Points between the last line and the lower border."""
    unclosed: bool = False
    """See :class:`PageTable`."""

    @property
    def text(self) -> str:
        """Its words without line ends."""
        return "".join(line.text for line in self.lines)

    def go_on(self, rest: Draft) -> None:
        """Take the lines of the cell's rest on the next page."""
        if rest.lines:
            self.lines += rest.lines
            self.widths += rest.widths
        self.below = rest.below
        self.unclosed = rest.unclosed

    def finish(self) -> Cell:
        """The cell that it becomes."""
        text, doubts = cell_text(self.lines, self.widths)
        bold = all(line.bold for line in self.lines) if self.lines else None
        return Cell(self.row, self.column, text, self.rowspan, self.colspan, bold, None, doubts)


@dataclass(slots=True)
class Joined:
    """A table over one or more pages."""

    xs: tuple[float, ...]
    drafts: list[Draft]
    rows: int
    row_pages: list[int]
    page_starts: list[int]
    last_page: int
    header: list[tuple[str, ...]]
    """Texts of the first page's rows, as far as a later page could repeat them."""
    cells: list[Cell] = field(default_factory=list)
    """Cells of earlier pages that are complete; ``drafts`` has the others."""

    def go_on(self, drafts: Sequence[Draft], rows: int, page: int) -> None:
        """Add the cells of the next page, which has so many new rows."""
        self.rows += rows
        self.row_pages += [page] * rows
        self.last_page = page
        kept: list[Draft] = []
        for draft in (*self.drafts, *drafts):
            # What a page may go on with, and what it may repeat.
            if draft.row + draft.rowspan >= self.rows or draft.row < len(self.header):
                kept.append(draft)
            else:
                self.cells.append(draft.finish())
        self.drafts = kept

    def column(self, column: int, besides: Draft | None = None) -> list[tuple[bool, int]]:
        """For each cell that begins in a column whether it holds words, and the rows that it covers."""
        found = [(bool(cell.text), cell.rowspan) for cell in self.cells if cell.column == column]
        return found + [
            (bool(draft.lines), draft.rowspan)
            for draft in self.drafts
            if draft.column == column and draft is not besides
        ]


def start_table(part: PageTable) -> Joined:
    """A table that begins with ``part``."""
    drafts = drafts_of(part)
    rows = len(part.grid.ys) - 1
    return Joined(
        part.grid.xs, drafts, rows, [part.page] * rows, [], part.page,
        [row_texts(drafts, row, len(part.grid.xs) - 1) for row in range(min(rows, 4))],
    )  # fmt: skip


def drafts_of(part: PageTable) -> list[Draft]:
    """The cells of one page's grid."""
    out = []
    for index, (cell, lines) in enumerate(zip(part.grid.cells, part.lines, strict=True)):
        x0, y0, x1, y1 = part.grid.cell_box(index)
        above, below = (lines[0].top - y0, y1 - lines[-1].bottom) if lines else (y1 - y0, y1 - y0)
        widths = [x1 - x0] * len(lines)
        out.append(
            Draft(
                cell.row,
                cell.column,
                cell.rowspan,
                cell.colspan,
                list(lines),
                widths,
                above,
                below,
                index in part.unclosed,
            )
        )
    return out


def row_texts(drafts: Sequence[Draft], row: int, columns: int) -> tuple[str, ...]:
    """For each column the words of the cell that covers it in ``row``."""
    texts = [""] * columns
    for draft in drafts:
        if draft.row <= row < draft.row + draft.rowspan:
            for column in range(draft.column, draft.column + draft.colspan):
                texts[column] = draft.text
    return tuple(texts)


def finish(table: Joined) -> Table:
    """The table as a block."""
    cells = [*table.cells, *(draft.finish() for draft in table.drafts)]
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Table(
        tuple(cells), table.rows, len(table.xs) - 1, tuple(table.row_pages), page_starts=tuple(table.page_starts)
    )


def cell_text(lines: Sequence[Line], widths: Sequence[float]) -> tuple[str, tuple[Doubt, ...]]:
    """The paragraphs of a cell, joined by line feeds, from its lines and for each the width of its cell."""
    texts: list[str] = []
    doubts: list[Doubt] = []
    start = position = 0
    for index in range(1, len(lines) + 1):
        if index < len(lines) and wraps(lines[index - 1], lines[index], widths[index - 1]):
            continue
        text, _, marked = join_lines(lines[start:index])
        start = index
        if text:
            doubts += [Doubt(d.start + position, d.end + position, d.confidence) for d in marked]
            texts.append(text)
            position += len(text) + 1
    return "\n".join(texts), tuple(doubts)


def wraps(line: Line, following: Line, width: float) -> bool:
    """Whether a cell's line ends because the cell ends: what follows up to where it may be broken would not have fitted."""
    size = max(line.size, 1.0)
    slack = width - 2 * PADDING - (line.x1 - line.x0)
    if line.text[-1] in _OPENING or following.text[0] in _CLOSING:
        return True
    if slack < _chunk_width(following, size) + 0.25 * size:
        return True
    # A long line of running text that stops a little early has been broken by rules that are not known here.
    return width > 14 * size and slack < 0.16 * width and not _ENDED.search(line.text)


def fitted(line: Line, following: Line, others: Sequence[Line]) -> bool:
    """Whether ``others``, lines of the same column, show that what follows would have fitted into the line.

    Lines that end in punctuation do not tell: it may hang over the margin.
    """
    if line.text[-1] in _OPENING or following.text[0] in _CLOSING:
        return False
    longest = max((other.x1 - other.x0 for other in others if other.text[-1] not in _CLOSING), default=0.0)
    return longest - (line.x1 - line.x0) >= _chunk_width(following, line.size) - 0.1 * line.size


def _chunk_width(line: Line, size: float) -> float:
    """Points that the line's first characters take, up to where it may be broken."""
    match = _CHUNK.match(line.text)
    chunk = match.group() if match else line.text[:1]
    return sum(size if ord(char) > 0x2000 else 0.55 * size for char in chunk)


# What is not broken: Latin words, what brackets hold to a character, and (Unicode line breaking, class QU) both sides of
# a quotation mark.
_OPENS, _CLOSES = body(opening(ASIDE + TITLE)), body(closing(WRITTEN))
_UNIT = r"(?:[A-Za-z0-9.%/:_+-]+|.(?:-[A-Za-z0-9.%]*)?)"
_CHUNK = re.compile(
    rf"[{_OPENS}]*{_UNIT}?(?:[，。、；：]*[“”‘’]+{_UNIT})*[，。、；：！？,.;:{_CLOSES}]*(?:(?<=[、，：）)])[A-Za-z0-9]+)?"
)
_CLOSING = "，。、；：！？,.;:" + closing(WRITTEN)
_OPENING = "、" + opening(WRITTEN)
_ENDED = re.compile(rf"[。；！？!?;:：][{_CLOSES}]*$")
