"""Rows of pieces that stand below one another, as programs print the pages of a PDF or pad cells with blanks.

The interface is a list of :class:`Strip`: lines of pieces with where each begins and ends. For a text these are columns of
the screen (an ideograph takes two) or characters (``pdftotext -layout`` counts so); for a page they would be points. Cells
may be broken into lines, and set at the top of their row or in the middle of its height.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from wpparse.enumerators import BAND, is_ordinal
from wpparse.layout.grids.profile import Background, Look, Profile, Row, learn
from wpparse.layout.grids.reading import Gaps, Path, Reading, Shape, counted, segment
from wpparse.layout.grids.words import LIKELY, SURE, Words
from wpparse.text import clean

_CROSSING = 4.0
"""That a piece lies across a border: 1 in 50 lines of right rows."""
_ALIGNED = 1.5
"""That a cell begins where the others of its column begin: 19 in 20 of set cells, 1 in 5 of words in prose."""
_EACH = 0.4
"""What a further line of a cell adds, as a part of what its first one adds: as a row of its own it would add all of it."""
_SHARED = 0.1
"""Part of the lines of a table that may have a piece across a border."""
_HANGING = 2.5
"""That a cell does not begin with the first line of its row where cells are set at the top: 1 in 12."""
_CENTRE = 1.5
"""For each line that a cell stands off the middle of its row where cells are set there."""
_BREAK = 3.0
"""That a line of a cell is not full although the cell goes on: 1 in 20."""
_CLOSE = 6.0
"""Readings with cells at the top and in the middle that are apart by less are about as good."""
_ENDED = 7.0
"""The same behind a full stop; see ``reading``."""
_FULL = 0.75
"""Part of the column's width that a full line takes: a word in Latin letters is not broken."""
_HOLE = 2.0
"""For each line that is missing inside a cell."""
_STARTS_INSIDE = 4.0
"""That a cell begins with a mark that goes on with a sentence: 1 in 50."""
_MISSING = (8.0, 5.0, 1.2, 2.2)
"""That a cell is missing in the main column, the number column, before the main column, behind it; see ``reading``."""
_FALSE_NUMBER = 8.0
"""That what stands in the number column does not count on."""
_ROW = 0.5
_BAND = 2.0
_MOST_LINES = 30
"""Lines of one row."""
_ROUNDS = 3
_SAMPLE = 400
"""Lines that say where the borders are."""
_FIRST = 12
"""Lines below a header that say so before anything is known of where the table ends."""
_FARTHEST = 24
"""How far the columns of a page may stand to the side of those of another, in characters."""
_GOES_ON = "，。、；：？！）】》〉”’,;:)]"


@dataclass(frozen=True, slots=True)
class Strip:
    """One line: its pieces from left to right as ``(x0, x1, text)``, the blank lines above it, whether a page begins."""

    line: int
    pieces: tuple[tuple[int, int, str], ...]
    gap: int = 0
    page: bool = False

    @property
    def end(self) -> int:
        """The line behind it."""
        return self.line + 1

    @property
    def text(self) -> str:
        """What the line says."""
        return clean(" ".join(text for _, _, text in self.pieces))


@dataclass(frozen=True, slots=True)
class Columns:
    """The borders between columns, the first one's left edge not among them."""

    borders: tuple[int, ...]

    def cut(self, strip: Strip) -> tuple[Row, int]:
        """The cells of a line, and how many pieces lie across a border."""
        edges = (-(10**6), *self.borders, 10**6)
        cells = [""] * (len(edges) - 1)
        crossed = 0
        for x0, x1, text in strip.pieces:
            shares = [min(edges[at + 1], x1) - max(edges[at], x0) for at in range(len(cells))]
            column = shares.index(max(shares))
            crossed += sum(share > 0 for share in shares) > 1
            cells[column] = glue(cells[column], text, " ")
        return cells, crossed

    def aligned(self, strips: Sequence[Strip]) -> list[list[float]]:
        """For each line and column what it adds that the cell begins just where most others of the column begin."""
        edges = (-(10**6), *self.borders, 10**6)
        starts: list[list[int | None]] = []
        for strip in strips:
            row: list[int | None] = []
            for left, right in pairwise(edges):
                row.append(next((x0 for x0, _, _ in strip.pieces if left <= x0 < right), None))
            starts.append(row)
        usual = [Counter(x for x in column if x is not None).most_common(1) for column in zip(*starts, strict=True)]
        return [
            [
                _ALIGNED if x is not None and most and x == most[0][0] else 0.0
                for x, most in zip(row, usual, strict=True)
            ]
            for row in starts
        ]


def glue(above: str, below: str, between: str = "") -> str:
    """Two parts of a cell put together; words in Latin letters stay apart."""
    if above[-1:].isascii() and below[:1].isascii() and above[-1:].isalpha() and below[:1].isalpha():
        between = " "
    return clean(above + between + below)


def find_columns(strips: Sequence[Strip], names: Sequence[tuple[int, int]]) -> Columns:
    """The borders between the columns below names that stand from x0 to x1: where the fewest lines have writing."""
    borders: list[int] = []
    for (_, end), (begin, _) in pairwise(names):
        choices = range(max(begin, end + 1), end, -1)
        borders.append(min(choices, key=lambda x: _crossings(strips, x)))
    return Columns(tuple(borders))


def _crossings(strips: Sequence[Strip], x: int) -> float:
    crossed = sum(any(x0 < x < x1 for x0, x1, _ in strip.pieces) for strip in strips)
    begun = sum(any(x0 == x for x0, _, _ in strip.pieces) for strip in strips)
    return crossed - 0.1 * begun


def moved(strips: Sequence[Strip], columns: Columns) -> list[Strip]:
    """The lines with those of each page moved to the side so far that its columns stand below those of the first."""
    pages: list[list[Strip]] = [[]]
    for strip in strips:
        if strip.page and pages[-1]:
            pages.append([])
        pages[-1].append(strip)
    starts = set(columns.borders)
    out: list[Strip] = list(pages[0])
    for page in pages[1:]:
        sample = page[:_SAMPLE]

        def misfit(move: int, sample: Sequence[Strip] = sample) -> tuple[int, int]:
            spans = [(x0 + move, x1 + move) for strip in sample for x0, x1, _ in strip.pieces]
            across = sum(x0 < border < x1 for x0, x1 in spans for border in columns.borders)
            return 2 * across - sum(x0 in starts for x0, _ in spans), abs(move)

        move = min(range(-_FARTHEST, _FARTHEST + 1), key=misfit)
        out += [
            replace(strip, pieces=tuple((x0 + move, x1 + move, text) for x0, x1, text in strip.pieces))
            for strip in page
        ]
    return out


class Placed:
    """The model of rows whose pieces say by their place which column they stand in."""

    def __init__(self, strips: Sequence[Strip], columns: Columns, shape: Shape, words: Words, middle: bool) -> None:
        self._strips = strips
        self._shape = shape
        self._words = words
        self._middle = middle
        cut = [columns.cut(strip) for strip in strips]
        self._aligned = columns.aligned(strips)
        self.cells = [cells for cells, _ in cut]
        self._crossed = [crossed for _, crossed in cut]
        self._outside = [self._closing(at) for at in range(len(strips))]
        number = shape.numbered
        self._numbers = (
            frozenset(counted([cells[number] for cells in self.cells], least=1)) if number is not None else frozenset()
        )
        widths = [sorted(len(cells[at]) for cells in self.cells if cells[at]) for at in range(shape.width)]
        self._full = [_FULL * each[int(0.9 * (len(each) - 1))] if each else 0.0 for each in widths]
        self._longest = [each[-1] if each else 0 for each in widths]
        crude = self._crude()
        self._ground = Background(Look(text, words) for row in crude for text in row if text)
        self._profiles: list[Profile] = []
        self._missing: list[float] = []
        self.main = 0
        self._gaps = Gaps()
        self.learn(crude, [])

    def _closing(self, at: int) -> float:
        text = self._strips[at].text
        below = [strip.text for strip in self._strips[at + 1 : at + 3]]
        weight = self._words.closing(text, below[0] if below else "")
        if len(below) > 1 and text.endswith("。") and self._words.closing(*below) == SURE:
            weight = max(weight, LIKELY)
        return weight

    def _crude(self) -> list[Row]:
        """Rows as the numbers alone say, or a row a line."""
        rows: list[Row] = []
        for at, cells in enumerate(self.cells[:_SAMPLE]):
            if rows and self._numbers and at not in self._numbers:
                if at > max(self._numbers) + _FIRST:
                    break
                rows[-1] = [glue(a, b) for a, b in zip(rows[-1], cells, strict=True)]
            else:
                rows.append(list(cells))
        return rows

    def learn(self, known: Sequence[Row], rows: Sequence[Row]) -> None:
        """Learn what columns hold, and how often cells are missing."""
        shape = self._shape
        self._profiles = learn(known, shape.kinds, self._ground, self._words)
        means = [profile.mean if at != shape.numbered else -1.0 for at, profile in enumerate(self._profiles)]
        self.main = max(range(shape.width), key=lambda at: means[at])
        self._missing = [self._cost(rows, column) for column in range(shape.width)]

    def _cost(self, rows: Sequence[Row], column: int) -> float:
        main, number, before, behind = _MISSING
        if column == self.main:
            return main
        usual = number if column == self._shape.numbered else before if column < self.main else behind
        missing = sum(not row[column] for row in rows)
        return (2 * usual - len(rows) * math.log((missing + 0.3) / (len(rows) + 0.6))) / (2 + len(rows))

    def learn_gaps(self, path: Path) -> None:
        """Learn where blank lines stand."""
        self._gaps = Gaps()
        for start, stop, _, band in path.parts[:-1]:
            for at in range(start, stop):
                if at and not band and not self._strips[at].page:
                    self._gaps.add(at == start, self._strips[at].gap)

    def _gap(self, at: int, starts: bool) -> float:
        return 0.0 if at == 0 or self._strips[at].page else self._gaps.fit(starts, self._strips[at].gap)

    def rows(self, start: int) -> Iterator[tuple[int, float]]:
        """See :class:`wpparse.layout.grids.reading.Model`."""
        width = self._shape.width
        texts = [""] * width
        fits = [-cost for cost in self._missing]
        places: list[list[int]] = [[] for _ in range(width)]
        score = self._gap(start, True) - _ROW
        for at in range(start, min(len(self._strips), start + _MOST_LINES)):
            if at in self._numbers and any(start <= number < at for number in self._in(start, at)):
                return
            if self._outside[at] >= SURE and len(self._strips[at].pieces) == 1:
                return
            if at > start:
                score += self._gap(at, False)
            score -= _CROSSING * self._crossed[at] + self._outside[at]
            for column, text in enumerate(self.cells[at]):
                if not text:
                    continue
                if texts[column]:
                    above = self.cells[places[column][-1]][column]
                    if above.endswith("。") and len(above) < self._longest[column] - 1:
                        score -= _ENDED
                    elif len(above) < self._full[column]:
                        score -= _BREAK
                    score -= _HOLE * (at - places[column][-1] - 1)
                elif text[0] in _GOES_ON:
                    score -= _STARTS_INSIDE
                texts[column] = glue(texts[column], text)
                places[column].append(at)
                score += self._aligned[at][column]
                # As often as it has lines: else the same lines would fit better as several rows than as one.
                fits[column] = self._fit(column, texts[column], bool(self._in(start, at + 1))) * (
                    1 + _EACH * (len(places[column]) - 1)
                )
            yield at + 1, score + sum(fits) - self._set(places, start, at)

    def _in(self, start: int, stop: int) -> list[int]:
        return [at for at in range(start, stop) if at in self._numbers]

    def _fit(self, column: int, text: str, numbered: bool) -> float:
        fit = self._profiles[column].fit(Look(text, self._words))
        if column == self._shape.numbered and not (numbered and is_ordinal(text)):
            return fit - _FALSE_NUMBER
        return fit

    def _set(self, places: Sequence[Sequence[int]], first: int, last: int) -> float:
        """What it costs how the cells stand in the height of their row."""
        cost = 0.0
        for lines in places:
            if not lines:
                continue
            if not self._middle:
                cost += _HANGING * (lines[0] > first)
            else:
                off = abs((lines[0] + lines[-1]) / 2 - (first + last) / 2)
                cost += _CENTRE * min(3.0, off) * (off > 0.5)
        return cost

    def band(self, start: int) -> tuple[int, float] | None:
        """See :class:`wpparse.layout.grids.reading.Model`."""
        strip = self._strips[start]
        if len(strip.pieces) == 1 and (BAND.fullmatch(strip.text) or self._words.total(strip.text)):
            return start + 1, _BAND
        return None

    def end(self, at: int) -> float:
        """See :class:`wpparse.layout.grids.reading.Model`."""
        return self._gaps.end(self._strips[at].gap) if at < len(self._strips) else 0.0

    def row(self, start: int, stop: int, band: bool) -> Row:
        """The cells of one row."""
        row = [""] * self._shape.width
        if band:
            row[0] = self._strips[start].text
            return row
        above = row
        for cells in self.cells[start:stop]:
            row = [self._joined(at, row[at], above[at], cells[at]) for at in range(len(row))]
            above = [cell or old for cell, old in zip(cells, above, strict=True)]
        return row

    def _joined(self, column: int, text: str, above: str, below: str) -> str:
        """A cell with one line more: a body on a line of its own below another is one more body."""
        if not text or not below:
            return text or below
        listed = self._words.names_body(above) and self._words.names_body(below.split("、")[0])
        apart = len(above) < self._full[column] or (above[0] == below[0] and len(below) > 2)
        if column != self.main and listed and apart:
            return f"{text}\n{below}"
        return glue(text, below)

    def crossed(self, stop: int) -> float:
        """Part of the lines of the table with a piece across a border."""
        return sum(map(bool, self._crossed[:stop])) / max(1, stop)


def read_placed(
    strips: Sequence[Strip], names: Sequence[tuple[int, int]], shape: Shape, words: Words
) -> Reading | None:
    """The rows that lines make below names which stand from x0 to x1; None where they make fewer than two."""
    page = next((at for at, strip in enumerate(strips) if strip.page and at), len(strips))
    columns = find_columns(strips[: min(page, _FIRST)], names)
    found = [each for middle in (False, True) if (each := _read(strips, columns, names, shape, words, middle))]
    found.sort(key=lambda each: -each.score)
    if len(found) > 1 and found[0].rows != found[1].rows and found[0].score < found[1].score + _CLOSE:
        return replace(found[0], doubts=found[0].doubts + 1)
    return found[0] if found else None


def _read(
    strips: Sequence[Strip], columns: Columns, names: Sequence[tuple[int, int]], shape: Shape, words: Words, middle: bool
) -> Reading | None:  # fmt: skip
    strips = moved(strips, columns)
    model = Placed(strips, columns, shape, words, middle)
    path = Path()
    before: list[Row] = []
    rows: list[Row] = []
    for turn in range(_ROUNDS):
        path = segment(len(strips), model)
        rows = [model.row(start, stop, band) for start, stop, _, band in path.parts]
        if not rows or (turn > 1 and rows == before):
            break
        before = rows
        better = find_columns(strips[: path.parts[-1][1]][:_SAMPLE], names)
        if better != columns:
            columns = better
            model = Placed(strips, columns, shape, words, middle)
        plain = [row for row, part in zip(rows, path.parts, strict=True) if not part[3]]
        inner = plain[:-1] if len(plain) > 2 else plain
        whole = [row for row in inner if sum(map(bool, row)) >= shape.width - 1] or inner
        model.learn(whole, inner)
        model.learn_gaps(path)
    parts = [part for part in path.parts if not part[3]]
    if len(parts) < 2 or model.crossed(path.parts[-1][1]) > _SHARED:
        return None
    bands = frozenset(at for at, part in enumerate(path.parts) if part[3])
    return Reading(rows, path.parts[-1][1], path.score, sum(part[2] < 0 for part in parts), bands)
