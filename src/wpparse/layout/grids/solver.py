"""The most likely rows of a sequence of cells: which column each cell stands in, and where rows begin.

A reading costs what its cells cost in their columns (:meth:`wpparse.layout.grids.align.Profile.fit`) and what is missing in
its rows; the one that costs least is found by going through the cells once, with the best way to each column kept.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from wpparse.enumerators import is_ordinal
from wpparse.layout.grids.align import Profile, Row, learn

_ROUNDS = 3
_MAIN = 6.0
"""What it costs that a row lacks the column that says what is to be done."""
_PARAGRAPH = 3.0
"""That a cell goes on in a further paragraph."""
_AFTER_SENTENCE = 7.0
"""The same behind a sentence, with something that is none."""
_MISSING = 1.2
"""That a cell is missing before that column, where nothing is known of how often it is."""
_MISSING_BEHIND = 2.2
_BEHIND = 4.5
"""That all cells behind one are missing, at most."""
_LAST = 1.5
"""The same for the last cell of the table."""
_UNCOUNTED = 3.0
"""That a number which does not count on stands where the rows are counted."""
_MOST_CELLS = 10_000
_WHOLE = 0.4
"""Part of the rows that are whole, at least."""
MOST_COLUMNS = 20


@dataclass(slots=True)
class Solution:
    """The rows that were found, and what the reading costs for each cell."""

    rows: list[Row]
    sizes: list[int]
    """How many cells of each row the sequence holds, blank ones included."""
    cost: float


def solve(cells: Sequence[str], width: int, numbers: Sequence[int], blanks: bool) -> Solution | None:
    """The rows of ``width`` columns that a sequence of cells makes; None where too few of them are whole.

    ``numbers`` are the places of the cells that count the rows. With ``blanks`` a blank cell is an empty string, and each
    cell is in one piece.
    """
    if not 2 <= width <= MOST_COLUMNS or not 2 * width <= len(cells) <= _MOST_CELLS:
        return None
    column = numbers[0] if numbers else None
    if column is not None and column >= width:
        return None
    known = _seeds(cells, width, numbers, column)
    rows: list[Row] = []
    cost = math.inf
    for _ in range(_ROUNDS):
        model = _Model(known, rows, width, column)
        before = rows
        rows, sizes, cost = model.read(cells, frozenset(numbers), blanks)
        if rows == before:
            break
        for least in (width, width - 1):
            whole = [row for row, size in zip(rows, sizes, strict=True) if size >= least]
            known = whole or known
            if whole:
                break
    if len(rows) < 2 or sum(size >= width - 1 for size in sizes) < _WHOLE * len(rows):
        return None
    return Solution(rows, sizes, cost / len(cells))


def _seeds(cells: Sequence[str], width: int, numbers: Sequence[int], column: int | None) -> list[Row]:
    """Rows that are whole: those between two numbers that have as many cells, else the first one."""
    if column != 0:  # what stands before a number may belong to the row above
        return [list(cells[:width])]
    starts = [at - column for at in numbers]
    groups = [list(cells[a:b]) for a, b in zip(starts, [*starts[1:], len(cells)], strict=True)]
    for missing in range(3):
        found = [[*group, *[""] * missing] for group in groups if len(group) == width - missing]
        if found:
            # The first cells of a longer group are a row too: those below have the same number.
            return found if len(found) > 2 else [*found, *(group[:width] for group in groups if len(group) > width)]
    return [(groups[0] + [""] * width)[:width]]


class _Model:
    """What the columns hold, and how often their cells are missing."""

    def __init__(self, known: Sequence[Row], rows: Sequence[Row], width: int, number: int | None) -> None:
        self._width = width
        self._number = number
        self._profiles: list[Profile] = learn(known, width)
        means = [profile.mean if column != number else -1.0 for column, profile in enumerate(self._profiles)]
        self._main = max(range(width), key=lambda column: means[column])
        self._missing = [self._cost(rows, column) for column in range(width)]

    def _cost(self, rows: Sequence[Row], column: int) -> float:
        if column == self._main:
            return _MAIN
        usual = _MISSING if column < self._main else _MISSING_BEHIND
        if len(rows) < 3:
            return usual
        missing = sum(not row[column] for row in rows)
        return (usual - math.log((missing + 0.5) / (len(rows) + 1))) / 2

    def _skip(self, start: int, stop: int) -> float:
        return sum(self._missing[start:stop])

    def _fits(self, text: str, numbered: bool) -> list[float]:
        """What it costs that a cell stands in each of the columns."""
        costs: list[float] = []
        for column, profile in enumerate(self._profiles):
            if numbered and column != self._number:
                costs.append(math.inf)
            elif column == self._number and not numbered:
                costs.append(_UNCOUNTED if is_ordinal(text) else math.inf)
            elif not text:
                costs.append(_MAIN if column == self._main else 1.0)
            else:
                costs.append(-profile.fit(text))
        return costs

    def read(self, cells: Sequence[str], numbers: frozenset[int], whole: bool) -> tuple[list[Row], list[int], float]:
        """The rows that cost least, how many cells each has, and what they cost; ``whole`` cells have no further paragraphs."""
        width = self._width
        costs: list[float] = []
        """Of the best readings of the cells so far, by the column that the last one stands in."""
        back: list[list[tuple[int, bool]]] = []
        """For each cell and column the column of the cell before, and whether a row begins."""
        for at, text in enumerate(cells):
            fits = self._fits(text, at in numbers)
            ends = [cost + min(self._skip(column + 1, width), _BEHIND) for column, cost in enumerate(costs)]
            ended = min(range(len(ends)), key=lambda place: ends[place], default=-1)
            after = at > 0 and cells[at - 1].endswith("。") and not text.endswith(("。", "；"))
            more = _AFTER_SENTENCE if after else _PARAGRAPH
            new: list[float] = []
            came: list[tuple[int, bool]] = []
            for column in range(width):
                best, before = (ends[ended] if costs else 0.0) + self._skip(0, column), (ended, True)
                for place in range(column) if costs else ():
                    cost = costs[place] + self._skip(place + 1, column)
                    if cost < best:
                        best, before = cost, (place, False)
                goes_on = bool(costs) and bool(text) and not whole and column != self._number
                if goes_on and costs[column] + more < best:
                    best, before = costs[column] + more, (column, False)
                new.append(best + fits[column])
                came.append(before)
            costs = new
            back.append(came)
        last = [
            cost + self._skip(column + 1, width) + _LAST * (column + 1 < width) for column, cost in enumerate(costs)
        ]
        column = min(range(width), key=lambda place: last[place])
        cost = last[column]
        path: list[tuple[int, bool]] = []
        for came in reversed(back):
            place, starts = came[column]
            path.append((column, starts))
            column = place
        rows: list[Row] = []
        taken: list[set[int]] = []
        for text, (column, starts) in zip(cells, reversed(path), strict=True):
            if starts:
                rows.append([""] * width)
                taken.append(set())
            rows[-1][column] = f"{rows[-1][column]}\n{text}".strip("\n")
            taken[-1].add(column)
        return rows, list(map(len, taken)), cost
