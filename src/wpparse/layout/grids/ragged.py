"""Rows that came with too few cells, or with their cells shifted, brought back under their columns.

A dump leaves cells out that are merged with those above them, or fills rows up at the end. Rows that are whole show what each
column looks like (which characters, how long, whether a number); the cells of the others keep their order and go where they
look most at home.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from wpparse.enumerators import HEADING, is_ordinal
from wpparse.layout.grids.found import is_summed
from wpparse.layout.grids.profile import Row, is_time, length_class
from wpparse.layout.grids.words import Words

_LISTED = re.compile(r"[、，,\n]")
_MOVE = 1.6
"""What it costs to move a cell by one place from where the dump has it, in the units of :meth:`Profile.fit`."""
_BLANK = 3.0
"""What it costs to leave blank the column that says what a row is about."""
_FAR_BETTER = 4.0
"""How much better cells must look elsewhere, in all."""
_ENOUGH = 48
"""Characters of a cell that are looked at."""
_LETTERS = 2000
"""How many different characters texts of this kind are made of, roughly; for smoothing."""


class Profile:
    """What the cells of one column look like."""

    def __init__(self) -> None:
        self._letters: Counter[str] = Counter()
        self._total = 0
        self._logs: dict[str, float] = {}
        self._last: Counter[str] = Counter()
        self._lengths: Counter[int] = Counter()
        self._values: set[str] = set()
        self._ordinals = 0
        self._times = 0
        self._labels = 0
        self._sentences = 0
        self.count = 0

    def add(self, text: str) -> None:
        """Learn from one cell."""
        self.count += 1
        self._letters.update(text)
        self._total += len(text)
        self._last[text[-1]] += 1
        self._lengths[length_class(text)] += 1
        self._values.add(text)
        self._values.update(_LISTED.split(text))
        self._ordinals += is_ordinal(text)
        self._times += is_time(text)
        self._labels += HEADING.match(text) is not None
        self._sentences += text.endswith("。")

    @property
    def mean(self) -> float:
        """How long the cells are."""
        return self._total / self.count if self.count else 0.0

    def fit(self, text: str) -> float:
        """How well a text fits the column: a log likelihood per feature, the higher the better."""
        letters = sum(map(self._letter, text[:_ENOUGH])) / min(len(text), _ENOUGH)
        bucket = length_class(text)
        near = self._lengths[bucket] + 0.5 * (self._lengths[bucket - 1] + self._lengths[bucket + 1])
        lengths = math.log((near + 0.2) / (self.count + 1.0))
        last = math.log((self._last[text[-1]] + 0.3) / (self.count + 10.0))
        ordinal = self._trait(self._ordinals, is_ordinal(text), 0.1)
        time = self._trait(self._times, is_time(text), 0.3)
        label = self._trait(self._labels, HEADING.match(text) is not None, 0.3)
        sentence = self._trait(self._sentences, text.endswith("。"), 0.3)
        known = 2.0 if text in self._values else 0.0
        return letters + lengths + 0.4 * last + 1.5 * ordinal + time + label + sentence + known

    def _trait(self, having: int, has: bool, doubt: float) -> float:
        """How likely it is that a cell has a trait, or has it not, where so many of the others have it."""
        share = (having + doubt) / (self.count + 2 * doubt)
        return math.log(share if has else 1 - share)

    def _letter(self, c: str) -> float:
        found = self._logs.get(c)
        if found is None:
            found = self._logs[c] = math.log((self._letters[c] + 0.5) / (self._total + _LETTERS * 0.5))
        return found


def align(rows: Sequence[Row], width: int, header: Sequence[int]) -> list[Row]:
    """Every row with ``width`` cells, blank ones as empty strings.

    ``header`` are the rows that hold the header, the first and its repetitions; the places of the one that is as wide as
    the table are those of all. Where no row is complete, the cells stay where the dump has them.
    """
    if all(len(row) == width for row in rows) and len(header) < 2:
        return [list(row) for row in rows]
    data = [row for index, row in enumerate(rows) if index not in set(header)]
    complete = [row for row in data if len(row) == width and all(row)]
    if len(complete) < 2:
        complete = [row for row in data if len(row) == width]
    if len(complete) < 2 or (len(complete) == len(data) and len(header) < 2):
        return [list(row) + [""] * (width - len(row)) for row in rows]
    profiles = learn(complete, width)
    longest = max(range(width), key=lambda column: sum(len(row[column]) for row in complete))
    widest = next((rows[index] for index in header if len(rows[index]) == width and rows[index][-1]), None)
    below: list[int] = []
    """Where the cells of the header above stand in the whole table."""
    out: list[Row] = []
    for index, row in enumerate(rows):
        if index in header:
            below = _header_places(row, widest)
            out.append(list(widest or row) + [""] * (width - len(widest or row)))
            continue
        cells = [(text, below[place] if place < len(below) else place) for place, text in enumerate(row) if text]
        if len(cells) == width:
            out.append([text for text, _ in cells])
            continue
        placed = [""] * width
        for (text, _), column in zip(cells, _places(cells, profiles, longest), strict=True):
            placed[column] = text
        out.append(placed)
    return out


def fill_missing(rows: Sequence[Row], width: int) -> list[Row]:
    """Every row with ``width`` cells, where those that are missing are merged with the cell above them.

    The other blank cells stand in the rows as empty strings, so that the columns of a row have only to be told which of
    them are missing.
    """
    complete = [row for row in rows if len(row) == width]
    out = [row if len(row) == width else None for row in rows]
    for _ in range(2):
        if len(complete) < 2:
            break
        profiles = learn(complete, width)
        for index, row in enumerate(rows):
            if len(row) < width:
                placed = out[index] = [""] * width
                for text, column in zip(row, _present(row, profiles, len(complete)), strict=True):
                    placed[column] = text
        complete = [row for row in out if row is not None]
    return [
        row if row is not None else [*rows[index], *[""] * (width - len(rows[index]))] for index, row in enumerate(out)
    ]


def unpad(rows: Sequence[Row], width: int) -> list[Row]:
    """Rows whose missing cells were made up for with blank ones at the end, the cells moved to where they look at home.

    A row stays as it is unless its cells look much better elsewhere.
    """
    complete = [row for row in rows[1:] if all(row)]
    if len(complete) < 2:
        return [list(row) for row in rows]
    profiles = learn(complete, width)
    out = [list(row) for row in rows]
    for index, row in enumerate(rows[1:], 1):
        texts = list(row)
        while texts and not texts[-1]:
            texts.pop()
        if len(texts) == width or len(texts) < 2 or not all(texts):
            continue
        columns = _present(texts, profiles, len(complete))
        moved = sum(profiles[column].fit(text) for text, column in zip(texts, columns, strict=True))
        stayed = sum(profiles[column].fit(text) for column, text in enumerate(texts))
        if moved > stayed + _FAR_BETTER:
            out[index] = [""] * width
            for text, column in zip(texts, columns, strict=True):
                out[index][column] = text
    return out


def _present(row: Row, profiles: Sequence[Profile], count: int) -> list[int]:
    """The columns that the cells of a row stand in, all the others missing; learned from ``count`` rows."""
    missing = len(profiles) - len(row)
    scores = [[-math.inf] * (missing + 1) for _ in range(len(row) + 1)]
    scores[0] = [0.0] * (missing + 1)
    came = [[0] * (missing + 1) for _ in range(len(row) + 1)]
    for index, text in enumerate(row):
        for shift in range(missing + 1):
            before = max(range(shift + 1), key=lambda place: scores[index][place])
            profile = profiles[index + shift]
            fit = profile.fit(text) if text else math.log((count - profile.count + 0.3) / (count + 0.6))
            scores[index + 1][shift] = scores[index][before] + fit
            came[index + 1][shift] = before
    shift = max(range(missing + 1), key=lambda place: scores[-1][place])
    columns: list[int] = []
    for index in range(len(row), 0, -1):
        columns.insert(0, index - 1 + shift)
        shift = came[index][shift]
    return columns


def _header_places(row: Row, widest: Row | None) -> list[int]:
    if widest is None:
        return []
    places = [place for place, text in enumerate(widest) if text]
    count = sum(map(bool, row))
    return places if count == len(places) and all(row[:count]) else []


def learn(complete: Sequence[Row], width: int) -> list[Profile]:
    """A profile for each column."""
    profiles = [Profile() for _ in range(width)]
    for row in complete:
        for profile, text in zip(profiles, row, strict=True):
            if text:
                profile.add(text)
    return profiles


def _places(cells: Sequence[tuple[str, int]], profiles: Sequence[Profile], longest: int) -> list[int]:
    """Rising columns for the cells of one row, so that the sum of their fits is greatest.

    The column ``longest`` holds what each row is about: to leave it blank costs something.
    """
    width = len(profiles)
    if not cells:
        return []
    best = [[-math.inf] * width for _ in cells]
    back = [[-1] * width for _ in cells]
    for index, (text, place) in enumerate(cells):
        for column in range(index, width - (len(cells) - index) + 1):
            top, came = (0.0, -1) if index == 0 else (-math.inf, -1)
            if index == 0 and longest < column:
                top = -_BLANK
            for before in range(index - 1, column) if index else ():
                score = best[index - 1][before] - (_BLANK if before < longest < column else 0.0)
                if score > top:
                    top, came = score, before
            best[index][column] = top + profiles[column].fit(text) - _MOVE * min(abs(column - place), 2)
            back[index][column] = came
    column = max(range(width), key=lambda c: best[-1][c] - (_BLANK if c < longest else 0.0))
    columns = [column]
    for index in range(len(cells) - 1, 0, -1):
        column = back[index][column]
        columns.insert(0, column)
    return columns


def settle(rows: Sequence[Row], width: int, words: Words) -> list[Row]:
    """Every row with ``width`` cells, blank ones as empty strings; the first row is the header."""
    out = [[*row, *[""] * (width - len(row))] for row in rows]
    data = rows[1:]
    if all(len(row) == width for row in data):
        return unpad(out, width)
    named = [text for text in rows[0] if text]
    if not words.is_name(rows[0][0]) or any(text == "" for row in data for text in row[:-1]):
        header = [index for index, row in enumerate(rows) if [text for text in row if text] == named]
        return align(rows, width, header)
    packed = {
        index
        for index, row in enumerate(rows)
        if index == 0
        or (index == 1 and len(row) < width and all(map(words.is_name, row)))
        or (len(row) == 1 and not row[0].endswith("。"))
        or is_summed(row)
    }
    filled = iter(fill_missing([row for index, row in enumerate(rows) if index not in packed], width))
    return [out[index] if index in packed else next(filled) for index in range(len(rows))]
