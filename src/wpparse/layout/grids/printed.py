"""Tables of numbered rows as ``pdftotext -layout`` and its like print them: one blank may part two columns.

Such programs count a character as one column, however wide it is, and put the beginnings of the cells of a column below one
another. The places where next to no line has writing on both sides part the columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from wpparse.enumerators import BAND
from wpparse.layout.grids.align import Row
from wpparse.layout.grids.text_tables import Found, Grid
from wpparse.text import clean

_PIECE = re.compile(r"\S+")
_NUMBER_HEADER = re.compile(r"(?:序|编|项)\s?[号次目]?|[Nn][Oo]\.?")
_HEADER = re.compile(r"\s*(?:序|编|项|[Nn][Oo])")
_FIRST = re.compile(r"\s*1\s")
_PATIENCE = 12
"""Lines below a header in which the first number must come."""
_TRIES = 30
"""Lines that look like a header, after which no more are tried."""
_NUMBER = re.compile(r"\d{1,3}|[号次目]")
_SENTENCE = re.compile(r"[。；，！？：]")
_LONGEST_HEADER = 10
_LEAST_COLUMNS = 4
_LEAST_ROWS = 3
_MOST_LINES = 600
_CROSSING = 0.25
"""Part of the borders that may have writing across them, line by line."""
_LEVEL = 0.7
"""Part of the rows that have most of their cells in the line of their number."""
_SHORT = 4
_FAR = 12
_SHARED = 6.0
"""What it costs, in columns of the page, that two pieces stand in the same cell."""


def find_layout_tables(lines: Sequence[str], taken: Sequence[Found]) -> list[Found]:
    """The tables outside of those that were found already."""
    covered = {index for found in taken for index in range(found.start, found.end)}
    out: list[Found] = []
    index = tried = 0
    while index < len(lines):
        found = None
        if tried < _TRIES and index not in covered and "  " in lines[index] and _HEADER.match(lines[index]):
            tried += 1
            if any(_FIRST.match(line) for line in lines[index + 1 : index + _PATIENCE]):
                found = _table(lines, index, covered)
        if found is not None:
            out.append(found)
        index = index + 1 if found is None else found.end
    return out


def _table(lines: Sequence[str], start: int, covered: set[int]) -> Found | None:
    header = [match.span() for match in _PIECE.finditer(lines[start])]
    names = [lines[start][a:b] for a, b in header]
    short = all(len(name) <= _LONGEST_HEADER and _SENTENCE.search(name) is None for name in names)
    if len(names) < _LEAST_COLUMNS or not short or _NUMBER_HEADER.fullmatch(names[0]) is None:
        return None
    end = start + 1
    while end < len(lines) and end - start < _MOST_LINES and end not in covered:
        if not lines[end].strip() and not _goes_on(lines, end):
            break
        end += 1
    block = [line for line in lines[start + 1 : end] if line.strip() and not BAND.fullmatch(clean(line))]
    borders = _borders(block, header)
    # The table ends with the first line that runs across most borders.
    for index in range(start + 1, end):
        if _crossed(lines[index], borders) > len(borders) // 2 and not BAND.fullmatch(clean(lines[index])):
            end = index
            break
    block = [line for line in lines[start + 1 : end] if line.strip()]
    borders = _borders([line for line in block if not BAND.fullmatch(clean(line))], header)
    rows = _rows([_cut(line, borders) for line in block], [clean(name) for name in names])
    crossed = sum(_crossed(line, borders) for line in block)
    if rows is None or crossed > _CROSSING * len(block) * len(borders):
        return None
    while not lines[end - 1].strip():
        end -= 1
    return Found(start, end, Grid(rows))


def _goes_on(lines: Sequence[str], blank: int) -> bool:
    """True where the next line below a blank one, two lines away at most, begins a row."""
    below = next((line for line in lines[blank : blank + 3] if line.strip()), "")
    return re.match(r"\s*\d{1,3}\s", below) is not None or BAND.fullmatch(clean(below)) is not None


def _across(line: str, border: int) -> bool:
    return 0 < border < len(line) and not line[border - 1].isspace() and not line[border].isspace()


def _crossed(line: str, borders: Sequence[int]) -> int:
    return sum(_across(line, border) for border in borders)


def _borders(block: Sequence[str], header: Sequence[tuple[int, int]]) -> list[int]:
    """The borders behind the second column and those that follow; the number before them is known by itself."""
    return [_border(block, left[1], right[0]) for left, right in pairwise(header[1:])]


def _border(block: Sequence[str], left: int, right: int) -> int:
    """The column from ``left`` to ``right`` that the fewest lines run across; the rightmost of equals."""
    return min(range(right, left, -1), key=lambda place: sum(_across(line, place) for line in block), default=right)


def _cut(line: str, borders: Sequence[int]) -> Row:
    """The cells of a line: its pieces in rising columns, each as near to where its column begins as the others allow."""
    pieces = [(match.start(), match.group()) for match in _PIECE.finditer(line)]
    cells = [""] * (len(borders) + 2)
    if pieces and pieces[0][0] < borders[0] and _NUMBER.fullmatch(pieces[0][1]):
        cells[0] = pieces.pop(0)[1]
    begins = [min((at for at, _ in pieces), default=0), *borders]
    begins[0] = min(begins[0], 2)
    best = [0.0] * len(begins)
    """The least cost of the pieces so far for each column that the last of them stands in."""
    ways: list[list[int]] = [[] for _ in begins]
    for at, text in pieces:
        costs: list[float] = []
        paths: list[list[int]] = []
        for column, begin in enumerate(begins):
            inside = at >= begin and (column + 1 == len(begins) or at + len(text) <= begins[column + 1])
            cost = 0.0 if inside else min(abs(at - begin), _FAR)
            reach, before = min(
                (best[other] + (_SHARED if ways[other] and other == column else 0.0), other)
                for other in range(column + 1)
            )
            costs.append(reach + cost)
            paths.append([*ways[before], column])
        best, ways = costs, paths
    if pieces:
        for (_, text), column in zip(pieces, ways[best.index(min(best))], strict=True):
            cells[column + 1] += text
    return [clean(cell) for cell in cells]


def _rows(parts: Sequence[Row], header: Row) -> list[Row] | None:
    """Lines put together as rows, each with its number; None where the first column does not count from 1."""
    width = len(header)
    bands = {index for index, part in enumerate(parts) if not any(part[2:]) and BAND.fullmatch("".join(part))}
    numbers: list[int] = []
    for index, part in enumerate(parts):
        if part[0] == str(len(numbers) + 1):
            numbers.append(index)
    if len(numbers) < _LEAST_ROWS:
        return None
    # Cells whose lines stand at many heights cannot be told apart without the lines that part them.
    if sum(sum(map(bool, parts[at])) >= width - 2 for at in numbers) < _LEVEL * len(numbers):
        return None
    rows: list[Row] = [header]
    first = 0
    if numbers[0] and parts[0][0]:  # the rest of 序号, and of other headers that are broken into lines
        if any(len(text) >= _SHORT for text in parts[0]):
            return None  # a second row of headers
        rows[0] = [above + below for above, below in zip(header, parts[0], strict=True)]
        first = 1
    for place, at in enumerate(numbers):
        while first in bands:
            rows.append(["".join(parts[first]), *[""] * (width - 1)])
            first += 1
        stop = numbers[place + 1] if place + 1 < len(numbers) else len(parts)
        last = min([_end(parts, first, at, stop), *(band for band in bands if band > at)])
        rows.append(["".join(column) for column in zip(*parts[first:last], strict=True)])
        first = last
    return rows


def _end(parts: Sequence[Row], first: int, at: int, stop: int) -> int:
    """The line behind a row whose number stands in line ``at``: at its top, or in the middle of its height."""
    if stop == len(parts):
        return stop
    middle = 2 * at - first + 1
    if at > first:
        return min(max(middle, at + 1), stop)
    return stop
