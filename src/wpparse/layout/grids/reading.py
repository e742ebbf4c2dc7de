"""The one reading of tables: units in order → outside, header, band and row, whichever explains them best.

A *unit* is what cannot be cut further: a cell in a sequence of cells, or a piece of a line. A :class:`Model` says what a
row costs that takes the units from i to j; the dynamic program :func:`segment` finds the rows and bands, and where the table
ends, that together score most. What lies outside scores 0, so that a table goes on as long as its rows look like rows.

Scores are log-odds (see :mod:`wpparse.layout.grids.profile`). The costs below are in the same units; each says how often the
thing happens in a right row of the project's dumps (``tests/dumps.py``, 6,600 rows), as a negative logarithm.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Protocol

from wpparse.enumerators import BAND, is_ordinal
from wpparse.layout.grids.profile import FIGURE, MARK, Background, Look, Profile, Row, learn
from wpparse.layout.grids.words import LIKELY, SURE, Words

_ROUNDS = 3
"""Rounds of learning; the rows of the fourth were those of the third in all dumps."""
_BEAM = 30.0
"""How far a reading may fall behind the best one before it is given up: more than the worst right row costs."""
_MAIN = 8.0
"""That a row lacks the column that says what is to be done: 1 in 400."""
_NUMBER = 5.0
"""That a row lacks its number, where nothing is known of it: 1 in 150."""
_BEFORE, _BEHIND = 1.2, 2.2
"""That another cell is missing, before the main column (merged: 3 in 10) and behind it (1 in 9)."""
_ALL_BEHIND = 4.5
"""That all cells behind one are missing, at most."""
_PARAGRAPH, _AFTER_SENTENCE = 3.0, 7.0
"""That a cell goes on in a further paragraph (1 in 20); the same behind a sentence, with what is none."""
_SAME_LINE = 2.0
"""That a blank stands inside a cell where blanks part the cells: 1 in 7."""
_BROKEN = 4.0
"""That a row goes on in a further line where a line is a row: 1 in 50."""
_ROW = 0.5
"""What each row costs, so that one is not read as two."""
_FALSE_NUMBER = 8.0
"""That a number which counts on stands anywhere but in the number column, and the other way round."""
_UNCOUNTED = 3.0
_NAME = 3.0
"""That the name of a column stands in a row: 1 in 20."""
_BAND = 2.0
"""What a heading between rows gains: as much as one cell that fits."""
_MARGIN = 2.0
"""A reading that is better by less may be the wrong one: e² = 7 to 1."""
_GAP_PRIOR = 0.3
_MOST_UNITS = 60
"""Units of one row: the longest cell of the seeds has 31 paragraphs."""
_PATIENCE = 18.0
"""How far a row may fall before it is given up."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of text. ``gap`` counts the blank lines above its line; ``first`` is true for the first piece of a line."""

    text: str
    line: int
    first: bool = True
    gap: int = 0
    last: int = -1
    """The last line of a cell that takes several; -1 for one."""

    @property
    def end(self) -> int:
        """The line behind it."""
        return max(self.line, self.last) + 1


@dataclass(frozen=True, slots=True)
class Shape:
    """What is supposed of a table before its rows are read."""

    names: tuple[Row, ...]
    """The rows of the header, each as wide as the table; none where there is no header."""
    kinds: tuple[str | None, ...]
    """What the names say that the columns hold."""
    by_line: bool
    """A line is a row."""
    blanks: bool
    """Blank cells are units."""
    numbered: int | None = None
    """The column whose cells count 1, 2, 3 …"""

    @property
    def width(self) -> int:
        """Columns."""
        return len(self.kinds)


@dataclass(frozen=True, slots=True)
class Reading:
    """Rows, what they score, and how many units they take."""

    rows: list[Row]
    taken: int
    score: float
    doubts: int = 0
    """Rows that score less than nothing, or lack what rows have."""
    bands: frozenset[int] = frozenset()
    """Places of bands among the rows."""


class Model(Protocol):
    """What a row costs."""

    def rows(self, start: int) -> Iterator[tuple[int, float]]:
        """Where a row that begins at a unit may end, and what it scores then."""

    def band(self, start: int) -> tuple[int, float] | None:
        """The same for a band, of which there is one at most."""

    def end(self, at: int) -> float:
        """How much speaks for the end of the table before a unit."""


@dataclass(slots=True)
class Path:
    """The best way through the units: where each part begins and ends, what it scores, and whether it is a band."""

    parts: list[tuple[int, int, float, bool]] = field(default_factory=list)
    score: float = 0.0


def segment(count: int, model: Model) -> Path:
    """The rows and bands from the first unit on that score most, and with them the end of the table."""
    best = [-math.inf] * (count + 1)
    best[0] = 0.0
    back: list[tuple[int, float, bool]] = [(-1, 0.0, False)] * (count + 1)
    top = 0.0
    for start in range(count):
        if best[start] < top - _BEAM:
            continue
        top = max(top, best[start])
        band = model.band(start)
        if band is not None and best[start] + band[1] > best[band[0]]:
            best[band[0]], back[band[0]] = best[start] + band[1], (start, band[1], True)
        for stop, score in model.rows(start):
            if best[start] + score > best[stop]:
                best[stop], back[stop] = best[start] + score, (start, score, False)
    last = max(range(count + 1), key=lambda at: best[at] + model.end(at) if best[at] > -math.inf else -math.inf)
    path = Path(score=best[last] + model.end(last))
    while last > 0:
        start, score, band_ = back[last]
        path.parts.insert(0, (start, last, score, band_))
        last = start
    while path.parts and path.parts[-1][3]:
        path.parts.pop()  # a heading without rows is none of this table's
    return path


def counted(texts: Sequence[str], least: int = 2) -> list[int]:
    """The places of the cells that count 1, 2, 3 …, ``least`` places apart; they may begin again behind a heading."""
    found: list[int] = []
    value = 0
    for at, text in enumerate(texts):
        if found and at - found[-1] > _MOST_UNITS:
            break
        if text == str(value + 1) and (not found or at - found[-1] >= least):
            value += 1
            found.append(at)
        elif text == "1" and value > 1 and at and BAND.fullmatch(texts[at - 1]):
            value = 1
            found.append(at)
    return found


class Gaps:
    """How many blank lines stand above rows and above other cells, learned from the rows that are known."""

    def __init__(self) -> None:
        self._seen: Counter[tuple[bool, int]] = Counter()

    def add(self, starts: bool, gap: int) -> None:
        """Learn from one unit."""
        self._seen[starts, min(gap, 2)] += 1

    def fit(self, starts: bool, gap: int) -> float:
        """How well blank lines fit above a row (``starts``) or inside one."""
        seen = [self._seen[starts, each] + self._seen[not starts, each] / 2 for each in range(3)]
        return math.log((seen[min(gap, 2)] + _GAP_PRIOR) / (sum(seen) + 3 * _GAP_PRIOR) * 3)

    def end(self, gap: int) -> float:
        """How much blank lines speak for the end of a table."""
        return 1.0 if gap > 1 else 0.5 if gap else 0.0


class Cells:
    """The model of rows whose cells come in order, with or without those that are merged or blank."""

    def __init__(self, units: Sequence[Unit], shape: Shape, words: Words) -> None:
        self._units = units
        self._shape = shape
        self._words = words
        self._looks: dict[int, Look] = {}
        numbers = counted([unit.text for unit in units]) if shape.numbered is not None else []
        self._numbers = frozenset(numbers)
        reach = min(len(units), numbers[-1] + 2 * shape.width if numbers else 30 * shape.width)
        self._ground = Background(self._look(at) for at in range(reach) if units[at].text)
        self._profiles: list[Profile] = []
        self._missing: list[float] = []
        self._gaps = Gaps()
        self._fits: dict[int, list[float]] = {}
        self._plain: dict[str, list[float]] = {}
        """The fits of a text in all columns, wherever it stands."""
        self._all_behind = _ALL_BEHIND
        self.main = 0
        self.learn(self._seeds(numbers), [])

    def _seeds(self, numbers: Sequence[int]) -> list[Row]:
        """Rows that are whole: those between two numbers that have as many cells, else the first one."""
        width = self._shape.width
        texts = [unit.text for unit in self._units]
        if self._shape.by_line:
            lines: dict[int, Row] = {}
            for unit in self._units[: 40 * width]:
                lines.setdefault(unit.line, []).append(unit.text)
            whole = [row for row in lines.values() if len(row) == width]
            if whole:
                return whole
        if numbers and self._shape.numbered == 0:
            groups = [texts[a : b - bool(BAND.fullmatch(texts[b - 1]))] for a, b in pairwise(numbers)]
            for missing in range(3):
                found = [[*group, *[""] * missing] for group in groups if len(group) == width - missing]
                if found:
                    return (
                        found
                        if len(found) > 2
                        else [*found, *(group[:width] for group in groups if len(group) > width)]
                    )
        return [(texts[:width] + [""] * width)[:width]]

    def learn(self, known: Sequence[Row], rows: Sequence[Row]) -> None:
        """Learn what columns hold from whole rows, and how often cells are missing from all."""
        shape = self._shape
        self._profiles = learn(known, shape.kinds, self._ground, self._words)
        means = [profile.mean if at != shape.numbered else -1.0 for at, profile in enumerate(self._profiles)]
        self.main = max(range(shape.width), key=lambda at: means[at])
        self._missing = [self._cost(rows, column) for column in range(shape.width)]
        bare = any(not any(row[self.main + 1 :]) for row in rows)
        self._all_behind = _ALL_BEHIND if bare else _ALL_BEHIND + math.log(len(rows) + 1)
        self._fits = {}
        self._plain = {}

    def _cost(self, rows: Sequence[Row], column: int) -> float:
        if column == self.main:
            return _MAIN
        usual = _NUMBER if column == self._shape.numbered else _BEFORE if column < self.main else _BEHIND
        if not rows:
            return usual
        missing = sum(not row[column] for row in rows)
        # What is supposed weighs as much as two rows that were seen.
        return (2 * usual - len(rows) * math.log((missing + 0.3) / (len(rows) + 0.6))) / (2 + len(rows))

    def learn_gaps(self, path: Path) -> None:
        """Learn where blank lines stand."""
        self._gaps = Gaps()
        for start, stop, _, band in path.parts[:-1]:
            for at in range(start, stop):
                if at and self._units[at].first and not band:
                    self._gaps.add(at == start, self._units[at].gap)

    def _look(self, at: int) -> Look:
        found = self._looks.get(at)
        if found is None:
            found = self._looks[at] = Look(self._units[at].text, self._words)
        return found

    def _fit(self, at: int) -> list[float]:
        """How well a unit fits each of the columns."""
        fits = self._fits.get(at)
        if fits is not None:
            return fits
        look, number, numbered = self._look(at), self._shape.numbered, at in self._numbers
        fits = []
        plain = self._plain.get(look.text)
        if plain is None:
            plain = self._plain[look.text] = [profile.fit(look) for profile in self._profiles]
        for column in range(self._shape.width):
            if not look.text:
                fits.append(-_MAIN if column == self.main else -self._missing[column])
            elif number is not None and (column == number) != numbered:
                other = _UNCOUNTED if column == number and is_ordinal(look.text) else _FALSE_NUMBER
                fits.append(plain[column] - other if column != number or other == _UNCOUNTED else -math.inf)
            else:
                fits.append(plain[column])
        outside = self._outside(at)
        fits = [fit - outside for fit in fits]
        self._fits[at] = fits
        return fits

    def _outside(self, at: int) -> float:
        """How much a text speaks against standing in a row: it closes a circular, or names a column."""
        text = self._units[at].text
        below = [unit.text for unit in self._units[at + 1 : at + 3]]
        weight = self._words.closing(text, below[0] if below else "")
        if len(below) > 1 and text.endswith("。") and self._words.closing(*below) == SURE:
            weight = max(weight, LIKELY)  # the last paragraph stands above the signature
        return weight + (_NAME if self._words.column(text) is not None else 0.0)

    def _skip(self, start: int, stop: int) -> float:
        return sum(self._missing[start:stop])

    def _more(self, at: int, column: int) -> float:
        """That a unit goes on with the cell above it."""
        unit = self._units[at]
        if self._shape.by_line and not unit.first:
            return _SAME_LINE if column == self.main else 2 * _SAME_LINE
        after = self._units[at - 1].text.endswith("。") and not unit.text.endswith(("。", "；"))
        return _AFTER_SENTENCE if after else _PARAGRAPH

    def rows(self, start: int) -> Iterator[tuple[int, float]]:
        """See :class:`Model`."""
        unit = self._units[start]
        if not unit.first:
            return
        ways: list[float] = []
        base = (self._gaps.fit(True, unit.gap) if start else 0.0) - _ROW
        for at in range(start, min(len(self._units), start + _MOST_UNITS)):
            ways = self._extend(ways, at)
            top = max(ways)
            if top < -_PATIENCE:
                return
            if at + 1 == len(self._units) or self._units[at + 1].first:
                yield at + 1, base + self._ended(ways)

    def _ended(self, ways: Sequence[float]) -> float:
        width = self._shape.width
        return max(way - min(self._skip(at + 1, width), self._behind(at)) for at, way in enumerate(ways))

    def _behind(self, column: int) -> float:
        return self._all_behind if column >= self.main else self._all_behind + _MAIN

    def _extend(self, ways: Sequence[float], at: int) -> list[float]:
        """The best scores of a row with one unit more, by the column that it stands in."""
        fits = self._fit(at)
        unit = self._units[at]
        out: list[float] = []
        inner = 0.0
        if ways and unit.first:
            inner = self._gaps.fit(False, unit.gap) - (_BROKEN if self._shape.by_line else 0.0)
        reach = -math.inf
        skipped = 0.0
        for column, fit in enumerate(fits):
            if not ways:
                out.append(fit - skipped)
                skipped += self._missing[column]
                continue
            best = reach
            if (unit.text and column != self._shape.numbered and not self._shape.blanks) or self._broken(unit):
                best = max(best, ways[column] - self._more(at, column))
            out.append(best + fit + inner)
            reach = max(reach - self._missing[column], ways[column])
        return out

    def _broken(self, unit: Unit) -> bool:
        return self._shape.by_line and unit.first and bool(unit.text)

    def band(self, start: int) -> tuple[int, float] | None:
        """See :class:`Model`."""
        unit = self._units[start]
        if not unit.first or self._shape.numbered is None:
            return None
        if not (BAND.fullmatch(unit.text) or self._words.total(unit.text)):
            return None
        stop = start + 1
        while stop < len(self._units) and (
            not self._units[stop].text or (FIGURE.fullmatch(self._units[stop].text) and stop not in self._numbers)
        ):
            stop += 1
        if self._shape.by_line and stop < len(self._units) and not self._units[stop].first:
            return None
        counted_on = stop in self._numbers and self._shape.numbered == 0
        if "topic" in self._shape.kinds[: self.main] and not counted_on:
            return None
        if stop < len(self._units) and stop not in self._numbers and BAND.fullmatch(self._units[stop].text) is None:
            return None
        return stop, _BAND

    def end(self, at: int) -> float:
        """See :class:`Model`."""
        if at == len(self._units):
            return 0.0
        unit = self._units[at]
        return self._gaps.end(unit.gap)

    def places(self, start: int, stop: int) -> list[int]:
        """The columns of the units of one row."""
        ways: list[list[float]] = []
        for at in range(start, stop):
            ways.append(self._extend(ways[-1] if ways else [], at))
        width = self._shape.width
        column = max(
            range(width),
            key=lambda c: ways[-1][c] - min(self._skip(c + 1, width), self._behind(c)),
        )
        found = [column]
        for at in range(stop - 1, start, -1):
            before, unit = ways[at - 1 - start], self._units[at]
            choices = [(before[c] - self._skip(c + 1, column), c) for c in range(column)]
            if (unit.text and column != self._shape.numbered and not self._shape.blanks) or self._broken(unit):
                choices.append((before[column] - self._more(at, column), column))
            column = max(choices)[1]
            found.insert(0, column)
        return found

    def unsure(self, path: Path) -> int:
        """Borders between rows that might as well stand one cell further up or down."""
        if self._shape.by_line:
            return 0
        found = 0
        for (first, border, above, band), (_, last, below, other) in pairwise(path.parts):
            if band or other:
                continue
            for moved in (border - 1, border + 1):
                if first < moved < last:
                    ways = dict(self.rows(first)).get(moved, -math.inf) + dict(self.rows(moved)).get(last, -math.inf)
                    found += ways > above + below - _MARGIN
        return found

    def row(self, start: int, stop: int, band: bool) -> Row:
        """The cells of one row."""
        row = [""] * self._shape.width
        texts = [unit.text for unit in self._units[start:stop]]
        if band:
            said = [text for text in texts if text]
            row[: len(said)] = said[: len(row)]
            return row
        previous = None
        for at, column in enumerate(self.places(start, stop), start):
            unit = self._units[at]
            glue = "" if previous == column and self._shape.by_line else "\n"
            row[column] = f"{row[column]}{glue}{unit.text}".strip("\n") if row[column] else unit.text
            previous = column
        return row


def read(units: Sequence[Unit], shape: Shape, words: Words) -> Reading | None:
    """The rows that the units make below a header; None where they make fewer than two."""
    if len(units) < 2 * shape.width - 2:
        return None
    model = Cells(units, shape, words)
    before: list[Row] = []
    path = Path()
    rows: list[Row] = []
    for _ in range(_ROUNDS):
        path = segment(len(units), model)
        rows = [model.row(start, stop, band) for start, stop, _, band in path.parts]
        if rows == before or not rows:
            break
        before = rows
        plain = [row for row, part in zip(rows, path.parts, strict=True) if not part[3]]
        # The last row may hold what stands behind the table: the others say what a row is.
        inner = plain[:-1] if len(plain) > 2 else plain
        whole = [row for row in inner if sum(map(bool, row)) >= shape.width - 1] or inner
        model.learn(whole, inner)
        model.learn_gaps(path)
    plain_parts = [part for part in path.parts if not part[3]]
    if len(plain_parts) < 2:
        return None
    if not is_sound(rows, shape.blanks):
        return None
    bands = frozenset(at for at, part in enumerate(path.parts) if part[3])
    doubts = sum(part[2] < 0 for part in plain_parts) + model.unsure(path)
    return Reading(rows, path.parts[-1][1], path.score, doubts, bands)


def is_sound(rows: Sequence[Row], blanks: bool) -> bool:
    """False where marks stand in columns that nobody can tell apart, because blank cells among them were lost."""
    marked = [column for column in zip(*rows, strict=True) if any(map(MARK.fullmatch, column))]
    return blanks or len(marked) < 2 or all(all(column) for column in marked)
