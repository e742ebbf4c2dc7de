"""Cells one a line with marks between them: a bar behind each, a line with nothing but a tab, a tab before each.

The marks say where a cell ends, so that a cell may hold several lines and a blank one is not lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from wpparse.layout.grids.reading import Unit
from wpparse.text import clean_lines

_BARS = str.maketrans("│┃｜", "|||")
_ENDS = tuple("|│┃｜")
_LEAST = 6
"""Marks that a table has at least: two rows of three cells."""
_LONGEST_CELL = 40
"""Lines from one mark to the next: the longest cell of the seeds has 31 paragraphs."""
_ROW_GAP = 3
"""Blank lines that part cells without a mark; fewer of them part the paragraphs of a cell (sites write one or two)."""


@dataclass(frozen=True, slots=True)
class Marked:
    """Cells in ``lines[start:end]``, blank ones among them."""

    start: int
    end: int
    units: list[Unit]


def find_marked(lines: Sequence[str], covered: set[int]) -> Iterator[Marked]:
    """The sequences of cells that marks part, outside of ``covered`` lines."""
    kinds: tuple[tuple[Callable[[str], bool], Callable[[Sequence[str], int, int], Marked]], ...] = (
        (_is_led, _behind_tabs),
        (_is_tab, _between_tabs),
        (_is_barred, _before_bars),
    )
    used: set[int] = set(covered)
    for is_mark, cells_of in kinds:
        marks = [index for index, line in enumerate(lines) if index not in used and is_mark(line)]
        for first, last in _runs(marks):
            found = cells_of(lines, first, last)
            led = sum(map(_is_led, lines[found.start : found.end]))
            if is_mark is _is_led and sum("\t" in line[1:] for line in lines[found.start : found.end]) > 0.2 * led:
                continue  # rows, of which the first cell is blank
            if used.isdisjoint(range(found.start, found.end)):
                used.update(range(found.start, found.end))
                yield found


def _is_led(line: str) -> bool:
    return line.startswith("\t") and bool(line.strip())


def _is_tab(line: str) -> bool:
    return line.isspace() and "\t" in line


def _is_barred(line: str) -> bool:
    line = line.rstrip()
    return line.endswith(_ENDS) and line.translate(_BARS).count("|") == 1


def _runs(marks: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of marks that follow one another closely."""
    first = 0
    for place, mark in enumerate(marks):
        if place + 1 == len(marks) or marks[place + 1] - mark > _LONGEST_CELL:
            if place + 1 - first >= _LEAST:
                yield marks[first], mark
            first = place + 1


def _behind_tabs(lines: Sequence[str], first: int, last: int) -> Marked:
    """Each cell begins with a tab; lines without one go on with it."""
    while last + 1 < len(lines) and _is_tab(lines[last + 1]):
        last += 1  # blank cells at the end of the last row
    units: list[Unit] = []
    gap = 0
    for index in range(first, last + 1):
        line = lines[index]
        if not line.strip("\r\n ") or (gap and not line.strip()):
            gap += 1
        elif line.startswith("\t"):
            units.append(Unit(clean_lines(line), index, True, gap))
            gap = 0
        elif line.strip():
            above = units.pop()
            text = f"{above.text}\n{clean_lines(line)}".strip("\n")
            units.append(Unit(text, above.line, True, above.gap, last=index))
            gap = 0
    return Marked(first, last + 1, units)


def _between_tabs(lines: Sequence[str], first: int, last: int) -> Marked:
    """The cells around the lines from ``first`` to ``last`` that hold a tab; wide gaps end a cell too."""
    start = first
    while start and not lines[start - 1].strip():
        start -= 1
    start -= start > 0
    end = last + 1
    while end < len(lines) and not lines[end].strip():
        end += 1
    while end < len(lines) and lines[end].strip():
        end += 1
    units: list[Unit] = []
    held: list[str] = []
    at, gap, above = start, 0, 0
    for index in range(start, end):
        line = lines[index]
        wide = gap >= _ROW_GAP and bool(line.strip())
        if _is_tab(line) or (wide and index > start):
            units.append(
                Unit(clean_lines("\n".join(held)), at, True, above, last=index - 1 - (0 if _is_tab(line) else gap))
            )
            held, at, above = [], index, gap if wide else 0
        if line.strip():
            at = at if held else index
            held.append(line)
        gap = 0 if line.strip() or _is_tab(line) else gap + 1
    for line in held:  # behind the last mark each line may be one of those that follow the table
        units.append(Unit(clean_lines(line), at, True, above))
        at, above = at + 1, 0
    return Marked(start, end, units)


def _before_bars(lines: Sequence[str], first: int, last: int) -> Marked:
    """The cells that end with a bar; the last one of a row may end with a blank line instead."""
    while first and lines[first].strip() in _ENDS and lines[first - 1].strip() and not _is_barred(lines[first - 1]):
        first -= 1  # the lines of the first cell, whose bar stands below it
    end = last + 1
    unbarred = sum(
        bool(above.strip()) and not _is_barred(above) and not below.strip()
        for above, below in zip(lines[first:last], lines[first + 1 : end], strict=False)
    )
    end += bool(unbarred and end < len(lines) and lines[end].strip())  # the last cell, where rows end without a bar
    units: list[Unit] = []
    held: list[str] = []
    at, gap = first, 0
    for index in range(first, end):
        line = lines[index]
        barred = _is_barred(line)
        if line.strip():
            at = at if held else index
            held.append(line.translate(_BARS).rstrip().removesuffix("|"))
        if barred or (held and (not line.strip() or index + 1 == end)):
            units.append(Unit(clean_lines("\n".join(held)), at, True, gap, last=index if line.strip() else index - 1))
            held, gap = [], 0
        gap += not line.strip()
    return Marked(first, end, units)
