"""The rows of a table of which only the sequence of its cells is left.

Where a row ends was lost, and cells that are merged with the one above, or blank, may be missing. The columns are learned
from what they hold: the first row is whole, and each round of reading shows more whole rows to learn from. Numbers that
count from 1, where there are any, say where rows begin.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

from wpparse.enumerators import BAND
from wpparse.layout.grids.align import Row, is_time
from wpparse.layout.grids.solver import MOST_COLUMNS, Solution, solve

NUMBER_HEADER = re.compile(r"(?:序|编|项|次)\s*[号次目序]|序|[Nn][Oo]\.?|#")
MARK = re.compile(r"[√✓✔☑●○◎▲△★☆■□◆◇*＊]+")
NOTE = re.compile(r"备?\s*注\s*\d?\s*[:：]|说明\s*[:：]")
TOTAL = re.compile(r"[合小总共]\s*计[:：]?")
_TITLE = re.compile(r"[表单账案]\Z|^附|^[（(]|[:：]")
FIGURE = re.compile(r"[\d.,，%％]+")
_LEAST_NUMBERS = 3
_SPANNING = 5.0
"""That the header has fewer names than the table columns."""
_LONG_NAME = 8
_LONGER = 0.4
"""For each character of a header's name beyond that."""
_MOST_SPANNING = 6
_SENTENCE = 10
"""Characters of a sentence, at least."""
_OUTLIER = 1.6
_MIXED = 1.0
"""For each further column that holds texts of a kind."""
_EXACT = 0.6
"""Part of the rows that have all cells, at least, where there are more columns than names."""


def counted(cells: Sequence[str]) -> list[int]:
    """The places of the cells that count 1, 2, 3 …; they may begin again behind a heading."""
    found: list[int] = []
    value = 0
    for at, text in enumerate(cells):
        if text == str(value + 1) and (not found or at - found[-1] > 1):
            value += 1
            found.append(at)
        elif text == "1" and value > 1:
            value = 1
            found.append(at)
    return found


def find_rows(cells: Sequence[str], is_name: Callable[[str], bool], blanks: bool) -> list[Row]:
    """The rows of a table with its header, told by its cells alone; empty where nothing certain is found.

    ``is_name`` says whether a text may be the name of a column; with ``blanks`` the dump shows blank cells.
    """
    end = next((at for at in range(len(cells) // 2, len(cells)) if NOTE.match(cells[at])), len(cells))
    rows = _table(cells[:end], is_name, blanks)
    return [*rows, *([text, *[""] * (len(rows[0]) - 1)] for text in cells[end:] if text)] if rows else []


def _table(cells: Sequence[str], is_name: Callable[[str], bool], blanks: bool) -> list[Row]:
    numbers = counted(cells)
    if len(numbers) >= _LEAST_NUMBERS:
        for start in range(numbers[0] - 1, max(-1, numbers[0] - 2 * MOST_COLUMNS), -1):
            if NUMBER_HEADER.fullmatch(cells[start]):
                if start and is_leading_name(cells[start - 1]) and is_name(cells[start - 1]):
                    rows = _inside(cells, start - 1, numbers[0] - 1, is_name, blanks)
                    if rows:
                        return rows
                cells = _once(cells, start, numbers[0])
                return _numbered(cells, start, counted(cells), is_name, blanks)
    return _unnumbered(cells, numbers if len(numbers) >= _LEAST_NUMBERS else [], is_name, blanks)


def is_leading_name(text: str) -> bool:
    """True for what may be the name of a column before that of the numbers, and is no title."""
    return 2 <= len(text) <= _LONG_NAME and _TITLE.search(text) is None


def _inside(cells: Sequence[str], start: int, stop: int, is_name: Callable[[str], bool], blanks: bool) -> list[Row]:
    """Rows whose numbers stand in the second column, below a header from ``start`` to ``stop``."""
    names = list(cells[start:stop])
    cells = _once(cells, start, stop)[stop:]
    if len(names) < 3 or not all(map(is_name, names)) or not cells[0]:
        return []
    solution = solve(cells, len(names), counted(cells), blanks)
    if solution is None or not _is_sound(solution.rows, blanks):
        return []
    return [names, *solution.rows]


def _once(cells: Sequence[str], start: int, stop: int) -> Sequence[str]:
    """The cells without the header's repetitions on later pages."""
    names = list(cells[start:stop])
    out: list[str] = list(cells[:stop])
    at = stop
    while at < len(cells):
        if list(cells[at : at + len(names)]) == names:
            at += len(names)
            continue
        out.append(cells[at])
        at += 1
    return out


def _numbered(
    cells: Sequence[str], start: int, numbers: Sequence[int], is_name: Callable[[str], bool], blanks: bool
) -> list[Row]:
    """Rows that begin with their numbers, below a header that begins at ``start``; bands between them are rows."""
    bands = {at: _bands(cells, at) for at in numbers}
    banded = {place for band in bands.values() for place in band}
    names = [cells[at] for at in range(start, numbers[0]) if at not in banded]
    if len(names) < 3 or not all(map(is_name, names)):
        return []
    kept = [at for at in range(numbers[0], len(cells)) if at not in banded]
    places = [kept.index(at) for at in numbers]
    rest = [cells[at] for at in kept]
    total = next((at for at in range(places[-1], len(rest)) if TOTAL.fullmatch(rest[at])), len(rest))
    sums = [text for text in rest[total:] if text]
    rest = rest[:total]
    best: tuple[float, int, Solution] | None = None
    for width in _widths(len(names), [b - a for a, b in pairwise([*places, total])]):
        solution = solve(rest, width, places, blanks)
        if solution is None or not _is_sound(solution.rows, blanks):
            continue
        if best is None or solution.cost < best[0]:
            best = solution.cost, width, solution
    if best is None:
        return []
    _, width, solution = best
    rows = [[text, *[""] * (width - 1)] for text in cells[:start] if text]
    rows += _header(names, solution.rows)
    above = iter(bands.values())
    for row in solution.rows:
        if row[0].isdecimal():
            texts = [cells[place] for place in next(above, ()) if cells[place]]
            for band in [text for text in texts if BAND.fullmatch(text)]:
                figures = [text for text in texts if not BAND.fullmatch(text)]
                rows.append([band, *figures, *[""] * width][:width])
        rows.append(row)
    if sums:
        rows.append([*sums[:width], *[""] * (width - len(sums))])
    return rows


def _bands(cells: Sequence[str], number: int) -> list[int]:
    """The places of the headings right above a number, and of the sums beside them."""
    first = at = number
    while at and (not cells[at - 1] or FIGURE.fullmatch(cells[at - 1]) or BAND.fullmatch(cells[at - 1])):
        at -= 1
        first = at if BAND.fullmatch(cells[at]) else first
    return list(range(first, number))


def _header(names: Sequence[str], rows: Sequence[Row]) -> list[Row]:
    """The names in a row as wide as the others, or in two: those that span others, where marks show them, above these."""
    width = len(rows[0])
    marked = [at for at, column in enumerate(zip(*rows, strict=True)) if any(map(MARK.fullmatch, column))]
    first, count = (marked[0], len(marked)) if marked else (0, 0)
    if len(names) == width + 1 and count > 1 and marked == list(range(first, first + count)):
        behind = names[first + 1 : len(names) - count]
        upper = [*names[: first + 1], *[""] * (count - 1), *behind]
        return [upper, [*[""] * first, *names[len(names) - count :], *[""] * (width - first - count)]]
    found = [[*names[:width], *[""] * (width - len(names))]]
    if len(names) > width:
        found.append([*names[width:], *[""] * (2 * width - len(names))])
    return found


def _widths(names: int, sizes: Sequence[int]) -> list[int]:
    """How many columns there may be below so many names: fewer where some of them stand in a second row, more where some
    span columns. Rows of just so many cells must show it.
    """
    exact = Counter(sizes)
    found = [names]
    for width in range(names + 1, names + 3):
        if exact[width] > max(1, exact[names]) and max(sizes) == width:
            found = [width]
    for width in range(names - 1, max(2, names - 1 - _MOST_SPANNING), -1):
        if exact[width] > 1 and exact[width] * 2 >= len(sizes) and max(sizes) == width:
            found = [width]
    return found


def _unnumbered(
    cells: Sequence[str], numbers: Sequence[int], is_name: Callable[[str], bool], blanks: bool
) -> list[Row]:
    """Rows that begin with anything, perhaps with a number in a later column."""
    names = 0
    while names < min(len(cells), MOST_COLUMNS) and is_name(cells[names]) and cells[names] not in cells[:names]:
        names += 1
    best: tuple[float, list[Row]] | None = None
    wanted = pitch(cells)
    for count in range(3, names + 1):
        rest = cells[count:]
        places = [at - count for at in numbers]
        for width in (count - 1, count, count + 1):
            if width < wanted:
                continue
            solution = solve(rest, width, places, blanks)
            if solution is None or not _is_sound(solution.rows, blanks):
                continue
            exact = solution.sizes.count(width) / len(solution.rows)
            if (width > count and exact < _EXACT) or (width < count and exact < 1):
                continue
            dull = sum(max(0, len(name) - _LONG_NAME) for name in cells[:count])
            extra = (_SPANNING if width > count else 0.0) + _LONGER * dull
            cost = solution.cost + extra / len(rest) + mixture(solution.rows)
            if best is None or cost < best[0]:
                best = cost, [*_header(cells[:count], solution.rows), *solution.rows]
    return best[1] if best is not None else []


def pitch(cells: Sequence[str]) -> int:
    """How many cells whole rows have at least, by the distance of their sentences; 0 where these do not say."""
    sentences = [at for at, text in enumerate(cells) if text.endswith("。") and len(text) >= _SENTENCE]
    if len(sentences) < _LEAST_NUMBERS:
        return 0
    steps = Counter(b - a for a, b in pairwise(sentences))
    usual = steps.most_common(1)[0][0]
    # A longer one by far spans a row whose text does not end with a full stop.
    return max(step for step in steps if step <= usual * _OUTLIER)


def mixture(rows: Sequence[Row]) -> float:
    """What it costs that texts of one kind (sentences, times, headings with a number) stand in several columns."""
    columns = list(zip(*rows, strict=True))
    kinds: list[int] = [
        sum(sum(text.endswith("。") for text in column) > _EXACT / 2 * len(rows) for column in columns),
        sum(any(map(is_time, column)) for column in columns),
        sum(any(map(BAND.fullmatch, column)) for column in columns),
    ]
    return _MIXED * sum(max(0, count - 1) for count in kinds)


def _is_sound(rows: Sequence[Row], blanks: bool) -> bool:
    """False where a column but the last is empty, or where marks stand in columns that nobody can tell apart."""
    columns = list(zip(*rows, strict=True))
    if not all(any(column) for column in columns[:-1]):
        return False
    marked = [column for column in columns if any(map(MARK.fullmatch, column))]
    return blanks or len(marked) < 2 or all(all(column) for column in marked)
