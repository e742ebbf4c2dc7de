"""What a rebuilt table is, and what every kind of dump needs for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from wpparse.blocks import Cell, Table
from wpparse.enumerators import BAND, is_ordinal
from wpparse.layout.grids.profile import FIGURE, Row

_SHORTEST_BAND = 4
_MOST_LIKE = 2
"""Columns that may hold the same text side by side."""


@dataclass(slots=True)
class Grid:
    """A rebuilt table: rows of clean texts, all of the same length."""

    rows: list[Row]
    page_starts: list[int] = field(default_factory=list)

    def table(self) -> Table:
        """As a block."""
        cells = tuple(Cell(r, c, text) for r, row in enumerate(self.rows) for c, text in enumerate(row) if text)
        return Table(cells, len(self.rows), len(self.rows[0]), page_starts=tuple(self.page_starts))


class Rebuilt(Protocol):
    """What becomes a table."""

    def table(self) -> Table:
        """As a block."""


@dataclass(frozen=True, slots=True)
class Found:
    """A table in place of ``lines[start:end]``."""

    start: int
    end: int
    grid: Rebuilt
    doubtful: bool = False


def bands_first(rows: list[Row]) -> list[Row]:
    """Rows of numbered items, with the bands between them in the first column, whichever column they looked like."""
    if sum(is_ordinal(row[0]) for row in rows) * 2 < len(rows):
        return rows
    out: list[Row] = []
    for row in rows:
        texts = [text for text in row if text]
        out.append([*texts, *[""] * len(row)][: len(row)] if texts and is_summed(texts) else row)
    return out


def is_summed(row: Row) -> bool:
    """True for the heading of rows, with nothing beside it but what they come to."""
    return BAND.fullmatch(row[0]) is not None and all(not text or FIGURE.fullmatch(text) for text in row[1:])


def finish(rows: list[Row], pages: Sequence[int]) -> Grid:
    """The grid without blank rows and repeated headers; blank columns at the right fall away."""
    header = [text for text in rows[0] if text]
    out: list[Row] = []
    starts: list[int] = []
    fresh = False
    for index, row in enumerate(rows):
        fresh = fresh or index in pages
        if not any(row):
            continue
        if len(row) > _MOST_LIKE and len(set(row)) == 1 and len(row[0]) >= _SHORTEST_BAND:
            row = [row[0], *[""] * (len(row) - 1)]  # a merged cell whose text stands in each position
        if out and len(header) > 1 and [text for text in row if text] == header:
            fresh = True
            continue
        if fresh and out:
            starts.append(len(out))
        fresh = False
        out.append(row)
    width = max(max((place + 1 for place, text in enumerate(row) if text), default=1) for row in out)
    return Grid([row[:width] for row in out], starts)
