"""The best set of readings that do not overlap, by score; what was let go is told."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from wpparse.blocks import Cell, Table
from wpparse.layout.grids.evidence import Supposition
from wpparse.layout.grids.placed import read_placed
from wpparse.layout.grids.profile import Row
from wpparse.layout.grids.reading import Reading, read
from wpparse.layout.grids.words import Words

LEAST_SCORE = 6.0
"""What a reading scores at least: by chance, prose below two names of columns scores up to 4 (the project's samples)."""

_CLOSE = 4.0
"""Readings that are apart by less are about as good: e⁴ = 55 to 1."""


@dataclass(frozen=True, slots=True)
class Told:
    """A table that was read in ``lines[start:end]``."""

    start: int
    end: int
    rows: tuple[tuple[str, ...], ...]
    score: float
    doubtful: bool = False

    def table(self) -> Table:
        """As a block."""
        cells = tuple(Cell(r, c, text) for r, row in enumerate(self.rows) for c, text in enumerate(row) if text)
        return Table(cells, len(self.rows), len(self.rows[0]))


def tell(supposed: Supposition, words: Words) -> Told | None:
    """The table that a supposition makes; None where it makes none."""
    if supposed.strips:
        reading = read_placed(supposed.strips, supposed.spans, supposed.shape, words)
    else:
        reading = read(supposed.units, supposed.shape, words)
    return None if reading is None else _told(supposed, reading)


def _told(supposed: Supposition, reading: Reading) -> Told | None:
    rows: list[Row] = [*(list(row) for row in supposed.shape.names), *reading.rows]
    end = (supposed.strips or supposed.units)[reading.taken - 1].end
    score = reading.score + supposed.prior
    return Told(supposed.start, end, tuple(map(tuple, rows)), score, reading.doubts > 0)


def choose(told: Sequence[Told]) -> tuple[list[Told], list[Told]]:
    """The readings that together score most, in order, and those that stood alone but scored too little."""
    sure = sorted((each for each in told if each.score >= LEAST_SCORE), key=lambda each: each.end)
    ends = [each.end for each in sure]
    best: list[tuple[float, list[int]]] = [(0.0, [])]
    for at, each in enumerate(sure):
        before = best[bisect_right(ends, each.start, hi=at)]
        with_it = (before[0] + each.score, [*before[1], at])
        best.append(max(best[-1], with_it, key=lambda way: way[0]))
    chosen = [_with_doubt(sure[at], told) for at in best[-1][1]]
    let_go: list[Told] = []
    for each in sorted(told, key=lambda each: -each.score):
        if all(each.end <= other.start or other.end <= each.start for other in (*chosen, *let_go)):
            let_go.append(each)
    return chosen, sorted(let_go, key=lambda each: each.start)


def _with_doubt(chosen: Told, told: Sequence[Told]) -> Told:
    """The reading, doubtful where another one of the same lines says something else and is about as good."""
    for each in told:
        overlaps = each.start < chosen.end and chosen.start < each.end
        if overlaps and each.rows != chosen.rows and each.score > chosen.score - _CLOSE:
            return replace(chosen, doubtful=True)
    return chosen
