"""Where everything stands in a ruled table: line breaks, row heights, pages, merged headings. No file format here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from wpparse.writers.typeset import wrap

MAX_LINES = 24
"""Lines in one row. Excel's rows end at 409 points, the page at 480; what is longer goes on in a row below. So no cell
comes near the 32,767 characters that Excel takes, either."""
LINE = 15.3
"""Points a line of 10.5-point text: Songti needs 13, its usual substitutes 1.45 em."""
PADDING = 4.5
"""Points above and below the text of a row."""
_PIXEL = 0.75
_TALLEST = 405.0
_ROUNDS = 4
"""Making room for a heading can move a page's end, which cuts headings elsewhere; it settles quickly."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, the least and the greatest width in em, its look, and whether equal headings merge."""

    title: str
    least: float
    most: float
    look: str = "text"
    merge: bool = False


@dataclass(slots=True)
class Row:
    """One row of the sheet: a value a column, the height in points, whether its record takes several rows, and which it is."""

    values: list[object]
    height: float
    part: bool
    record: int


@dataclass(slots=True)
class Layout:
    """All rows below the header; merged areas as (first row, last row, column), page breaks as first rows, 0-based."""

    rows: list[Row] = field(default_factory=list)
    merges: list[tuple[int, int, int]] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)


def height_of(lines: int) -> float:
    """The height in points of a row with so many lines, in whole pixels."""
    return round((lines * LINE + PADDING) / _PIXEL + 0.499) * _PIXEL


def text_of(value: object) -> str | None:
    """The text that a cell shows, None for a number, a date, a formula or nothing."""
    shown = value if isinstance(value, str) else getattr(value, "text", None)
    return shown if isinstance(shown, str) else None


def lay_out(
    columns: Sequence[Column],
    widths: Sequence[float],
    records: Sequence[list[object]],
    *,
    first_page: float,
    page: float,
    note: int | None = None,
    continued: str = "",
) -> Layout:
    """Rows, merges and pages for ``records``; ``first_page`` and ``page`` are the points that pages have for them.

    A record with a text of more than ``MAX_LINES`` lines goes on in the rows below, its other cells merged over them;
    ``continued`` (with ``{count}``) says so in the column ``note``. A heading is merged with equal ones below it where
    all headings to the left are equal, too, and is stated anew on each page: so it is read wherever the table is
    opened, and none is cut by a page's end.
    """
    layout = Layout()
    groups = _Groups(columns)
    for number, record in enumerate(records):
        lines = _wrapped(record, widths, note, continued)
        count = max((_parts(cell) for cell in lines), default=1)
        groups.add(record, lines, len(layout.rows))
        _add_rows(layout, columns, record, lines, count, number)
    found = groups.closed(len(layout.rows))
    heights = [row.height for row in layout.rows]
    for _ in range(_ROUNDS):
        layout.pages = page_starts(heights, first_page, page)
        if not _make_room(heights, _cut(found, layout.pages)):
            break
    for row, height in zip(layout.rows, heights, strict=True):
        row.height = height
    layout.merges += [(first, last, index) for first, last, index, _ in _cut(found, layout.pages) if last > first]
    return layout


def page_starts(heights: Sequence[float], first_page: float, page: float) -> list[int]:
    """The rows with which the second and each further page begin."""
    starts: list[int] = []
    room = first_page
    for index, height in enumerate(heights):
        if height > room and index:
            starts.append(index)
            room = page
        room -= height
    return starts


def _wrapped(record: list[object], widths: Sequence[float], note: int | None, continued: str) -> list[list[str] | None]:
    lines = [
        None if (text := text_of(value)) is None else wrap(text, em) for value, em in zip(record, widths, strict=True)
    ]
    count = max((_parts(cell) for cell in lines), default=1)
    if count > 1 and note is not None and continued:
        remark = continued.format(count=count)
        record[note] = f"{record[note]}\n{remark}" if record[note] else remark
        lines[note] = wrap(str(record[note]), widths[note])
    return lines


def _parts(lines: list[str] | None) -> int:
    """How many rows a cell's lines take."""
    return 1 if lines is None else -(-len(lines) // MAX_LINES)


def _add_rows(
    layout: Layout,
    columns: Sequence[Column],
    record: list[object],
    lines: list[list[str] | None],
    count: int,
    number: int,
) -> None:
    first = len(layout.rows)
    split = {index for index, cell in enumerate(lines) if _parts(cell) > 1}
    for step in range(count):
        values = list(record)
        most = 1
        for index, cell in enumerate(lines):
            if cell is None or (columns[index].merge and index not in split):
                continue
            window = cell[step * MAX_LINES : (step + 1) * MAX_LINES] if index in split else cell
            most = max(most, len(window))
            if index in split:
                values[index] = "".join(window)
        layout.rows.append(Row(values, height_of(most), count > 1, number))
    if count > 1:
        layout.merges += [
            (first, first + count - 1, index)
            for index, column in enumerate(columns)
            if index not in split and not column.merge
        ]


class _Groups:
    """Runs of equal headings, column by column, while records come in."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._merging = [index for index, column in enumerate(columns) if column.merge]
        self._open: dict[int, tuple[int, int, tuple[object, ...]]] = {}
        self._closed: list[tuple[int, int, int, int]] = []

    def add(self, record: list[object], lines: list[list[str] | None], row: int) -> None:
        for depth, index in enumerate(self._merging, 1):
            key: tuple[object, ...] = tuple(record[i] for i in self._merging[:depth])
            if index in self._open and self._open[index][2] != key:
                self._close(index, row)
            if not record[index] or _parts(lines[index]) > 1:
                if index in self._open:
                    self._close(index, row)
            elif index not in self._open:
                self._open[index] = row, len(lines[index] or ()), key

    def closed(self, end: int) -> list[tuple[int, int, int, int]]:
        """All runs as (first row, last row, column, lines of the heading)."""
        for index in list(self._open):
            self._close(index, end)
        return self._closed

    def _close(self, index: int, end: int) -> None:
        start, lines, _ = self._open.pop(index)
        self._closed.append((start, end - 1, index, lines))


def _cut(groups: Sequence[tuple[int, int, int, int]], pages: Sequence[int]) -> list[tuple[int, int, int, int]]:
    """The runs, cut where a page begins."""
    pieces = []
    for first, last, index, lines in groups:
        start = first
        for page in pages:
            if start < page <= last:
                pieces.append((start, page - 1, index, lines))
                start = page
        pieces.append((start, last, index, lines))
    return pieces


def _make_room(heights: list[float], pieces: Sequence[tuple[int, int, int, int]]) -> bool:
    """Raise the rows of each run that is lower than its heading; False where all fit."""
    raised = False
    for first, last, _, lines in pieces:
        missing = height_of(lines) - sum(heights[first : last + 1])
        row = last
        while missing > 0 and row >= first:
            more = min(missing, max(0.0, _TALLEST - heights[row]))
            heights[row] += more
            missing -= more
            row -= 1
            raised = True
    return raised
