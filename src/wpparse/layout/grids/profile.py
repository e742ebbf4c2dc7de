"""What the cells of a column look like, against what all cells of the text look like.

A fit is a log-odds: above 0 a text looks more like this column than like any cell of the text, below 0 less. So what a
reading gains by its cells can be set against what it costs that cells are missing, and what lies outside a table is 0.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from wpparse.enumerators import HEADING, is_ordinal
from wpparse.layout.grids.words import Words

_TIME = re.compile(r"\d\s*[年月日]|季度|[年月]底|[每全当本]年|半年|每[月周日]|长期|持续|常态")
MARK = re.compile(r"[√✓✔☑●○◎▲△★☆■□◆◇*＊]+")
FIGURE = re.compile(r"[\d.,，%％]+")
_LISTED = re.compile(r"[、，,\n]")
_LONGEST_TIME = 20
_LENGTHS = (3, 6, 11, 19, 31, 61, 121)
"""Characters: each class is about 1.7 times as long as the one before, which is how cell lengths spread in the seeds."""
_ENOUGH = 48
"""Characters of a cell that are looked at."""
_SMOOTH = 0.5
"""Cells that a column seems to have seen already, which look like all others."""
_LETTERS = 30.0
"""The same for characters: about one cell."""
_KNOWN = 2.0
"""What it adds that just this text stands in the column elsewhere."""
_NAMED = 3.0
"""Cells that the name of a column stands for: what is named 完成时限 holds times before any row was seen."""
_USUAL = 30
"""Characters of what is to be done, where no row was seen: the mean of the seeds' tables is 47, of the samples' 24."""
_EXPECTED = {
    "number": {"ordinal": True},
    "deadline": {"time": True, "ordinal": False},
    "start": {"time": True},
    "end": {"time": True},
    "responsible": {"body": True, "sentence": False, "ordinal": False},
    "lead": {"body": True, "sentence": False, "ordinal": False},
    "support": {"body": True, "sentence": False, "ordinal": False},
    "requirement": {"ordinal": False, "body": False, "time": False},
    "topic": {"ordinal": False, "body": False, "time": False, "sentence": False},
    "leader": {"ordinal": False, "sentence": False, "time": False},
}
TRAITS = ("ordinal", "time", "label", "sentence", "body", "mark")
_WEIGHTS = (1.5, 1.0, 1.0, 1.0, 1.0, 1.5)

Row = list[str]


def is_time(text: str) -> bool:
    """True for a short text that names a time."""
    return len(text) <= _LONGEST_TIME and _TIME.search(text) is not None


def length_class(text: str) -> int:
    """Which of the lengths a text has."""
    return next((index for index, limit in enumerate(_LENGTHS) if len(text) < limit), len(_LENGTHS))


class Look:
    """What one text looks like."""

    __slots__ = ("last", "length", "letters", "text", "traits")

    def __init__(self, text: str, words: Words) -> None:
        self.text = text
        self.length = length_class(text)
        self.last = text[-1:]
        self.letters = text[:_ENOUGH]
        self.traits = (
            is_ordinal(text),
            is_time(text),
            HEADING.match(text) is not None,
            text.endswith("。"),
            words.names_body(text),
            MARK.fullmatch(text) is not None,
        )


class Background:
    """What the cells of a text look like, whatever their column."""

    def __init__(self, looks: Iterable[Look]) -> None:
        self._letters: Counter[str] = Counter()
        self._lengths: Counter[int] = Counter()
        self._last: Counter[str] = Counter()
        self._traits = [0] * len(TRAITS)
        self._count = 0
        for look in looks:
            self._count += 1
            self._letters.update(look.letters)
            self._lengths[look.length] += 1
            self._last[look.last] += 1
            for at, has in enumerate(look.traits):
                self._traits[at] += has
        self._total = sum(self._letters.values())

    def letter(self, c: str) -> float:
        """How often a character is this one."""
        return (self._letters[c] + 0.5) / (self._total + 1000)

    def length(self, length: int) -> float:
        """How often a text has this length."""
        return (self._lengths[length] + 0.5) / (self._count + 4)

    def last(self, c: str) -> float:
        """How often a text ends with this character."""
        return (self._last[c] + 0.5) / (self._count + 20)

    def trait(self, at: int) -> float:
        """How often a text has a trait."""
        return (self._traits[at] + 0.5) / (self._count + 2)


class Profile:
    """What the cells of one column look like; ``kind`` is what its name says that it holds."""

    def __init__(self, ground: Background, kind: str | None) -> None:
        self._ground = ground
        expected = _EXPECTED.get(kind or "", {})
        self._expected = [expected.get(name) for name in TRAITS]
        self._letters: Counter[str] = Counter()
        self._odds: dict[str, float] = {}
        self._last: Counter[str] = Counter()
        self._lengths: Counter[int] = Counter()
        self._values: Counter[str] = Counter()
        self._traits = [0] * len(TRAITS)
        self._seen = 0
        self._total = 0
        self._long = 3 if kind == "requirement" else 0
        self.count = 0

    def add(self, look: Look) -> None:
        """Learn from one cell."""
        self.count += 1
        self._letters.update(look.letters)
        self._seen += len(look.letters)
        self._total += len(look.text)
        self._last[look.last] += 1
        self._lengths[look.length] += 1
        self._values.update({look.text, *_LISTED.split(look.text)})
        for at, has in enumerate(look.traits):
            self._traits[at] += has

    @property
    def mean(self) -> float:
        """How long the cells are, in characters."""
        return (self._total + _USUAL * self._long) / (self.count + self._long) if self.count + self._long else 0.0

    def fit(self, look: Look) -> float:
        """How well a text fits the column."""
        ground = self._ground
        near = self._lengths[look.length] + 0.5 * (self._lengths[look.length - 1] + self._lengths[look.length + 1])
        usual = ground.length(look.length)
        score = math.log((near / 1.6 + _SMOOTH * usual) / (self.count + _SMOOTH) / usual)
        usual = ground.last(look.last)
        score += 0.4 * math.log((self._last[look.last] + 2 * usual) / (self.count + 2) / usual)
        score += sum(map(self._letter, look.letters)) / max(1, len(look.letters))
        for at, has in enumerate(look.traits):
            usual = ground.trait(at)
            expected = self._expected[at]
            seen, count = self._traits[at] + _SMOOTH * usual, self.count + _SMOOTH
            if expected is not None:
                seen, count = seen + _NAMED * (0.95 if expected else 0.03), count + _NAMED
            share = seen / count
            score += _WEIGHTS[at] * math.log(share / usual if has else (1 - share) / (1 - usual))
        return score + (_KNOWN if self._values[look.text] > 1 else 0.0)

    def _letter(self, c: str) -> float:
        found = self._odds.get(c)
        if found is None:
            usual = self._ground.letter(c)
            found = math.log((self._letters[c] + _LETTERS * usual) / (self._seen + _LETTERS) / usual)
            self._odds[c] = found
        return found


def learn(rows: Sequence[Row], kinds: Sequence[str | None], ground: Background, words: Words) -> list[Profile]:
    """A profile for each column, by its name and the rows that are known."""
    profiles = [Profile(ground, kind) for kind in kinds]
    for row in rows:
        for profile, text in zip(profiles, row, strict=True):
            if text:
                profile.add(Look(text, words))
    return profiles
