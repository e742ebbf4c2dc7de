"""Evidence, weighed: how likely it is that a candidate is what it seems to be."""

from __future__ import annotations

import math
from collections.abc import Iterable

from wpparse.grammar import Grammar

_START = "bias"


class Weights:
    """The weights of a grammar's table of evidence; made once for each grammar (:func:`weights`)."""

    def __init__(self, grammar: Grammar) -> None:
        rows = grammar.table("evidence")
        self._weights = {row["evidence"]: float(row["weight"]) for row in rows}
        self._order = {row["evidence"]: place for place, row in enumerate(rows)}
        self._words = {row["evidence"]: (row["zh"], row["en"]) for row in rows}

    def score(self, evidence: Iterable[str]) -> float:
        """The log-odds of a candidate; evidence that the table does not know weighs nothing."""
        return self._weights[_START] + sum(self._weights.get(name, 0.0) for name in evidence)

    def sorted(self, evidence: Iterable[str]) -> tuple[str, ...]:
        """The evidence in the order of the table, each piece once."""
        return tuple(sorted(set(evidence), key=lambda name: self._order.get(name, len(self._order))))

    def weight(self, name: str) -> float:
        """What one piece of evidence adds to the log-odds."""
        return self._weights.get(name, 0.0)

    def words(self, name: str, language: str = "zh") -> str:
        """What a piece of evidence means, for a reader (``zh`` or ``en``)."""
        zh, en = self._words.get(name, (name, name))
        return zh if language == "zh" else en


def probability(score: float) -> float:
    """The probability of log-odds, rounded to three places: the same on every machine."""
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, score)))), 3)


def weights(grammar: Grammar) -> Weights:
    """The weights of a grammar."""
    return grammar.made(Weights)
