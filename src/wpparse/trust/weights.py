"""The table of weights: what each piece of evidence adds to the odds, and the words that say it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import exp, log

from wpparse.errors import GrammarError
from wpparse.grammar import Grammar

BIAS = "bias"
"""What stands in every sum: how likely a value is right of which nothing is known."""


@dataclass(frozen=True, slots=True)
class Weight:
    """One piece of evidence: its share in the log-odds that a value is right, and what is said of it where it speaks against."""

    value: float
    chinese: str
    english: str


class Weights:
    """The grammar's table ``confidence``; made once for each grammar. A later row of the same name replaces an earlier one."""

    def __init__(self, grammar: Grammar) -> None:
        self._kinds: dict[str, dict[str, Weight]] = {}
        for row in grammar.table("confidence"):
            try:
                value = float(row["weight"])
            except (KeyError, ValueError) as error:
                raise GrammarError(detail=f"confidence.tsv: {row.get('evidence')}: no number") from error
            self._kinds.setdefault(row["of"], {})[row["evidence"]] = Weight(value, row["chinese"], row["english"])

    def replaced(self, values: Mapping[tuple[str, str], float]) -> Weights:
        """The same table with other weights, by kind and evidence."""
        other = Weights.__new__(Weights)
        other._kinds = {
            kind: {name: replace(w, value=values.get((kind, name), w.value)) for name, w in row.items()}
            for kind, row in self._kinds.items()
        }
        return other

    def of(self, kind: str) -> Mapping[str, Weight]:
        """The weights for values of a kind."""
        return self._kinds.get(kind, {})

    def threshold(self, name: str) -> float:
        """A limit of confidence: ``mark`` and ``doubtful``."""
        return self._kinds["threshold"][name].value

    def confidence(self, kind: str, evidence: Mapping[str, float]) -> float:
        """How likely a value is right, 0 to 1, rounded to two digits, never wholly sure."""
        return min(0.99, max(0.01, round(probability(self.score(kind, evidence)), 2)))

    def score(self, kind: str, evidence: Mapping[str, float]) -> float:
        """The log-odds that the evidence adds up to; evidence without a weight says nothing."""
        weights = self.of(kind)
        total = weights[BIAS].value if BIAS in weights else 0.0
        return total + sum(weights[name].value * amount for name, amount in evidence.items() if name in weights)

    def against(self, kind: str, evidence: Mapping[str, float], most: int = 3) -> tuple[str, ...]:
        """The names of what speaks most against a value, the weightiest first; what has no words is left out."""
        weights = self.of(kind)
        shares = [
            (weights[name].value * amount, name)
            for name, amount in evidence.items()
            if name in weights and weights[name].chinese
        ]
        return tuple(name for share, name in sorted(shares) if share < -_TELLING)[:most]

    def words(self, kind: str, names: Iterable[str]) -> tuple[str, ...]:
        """What is said of pieces of evidence, in Chinese."""
        return tuple(dict.fromkeys(self.of(kind)[name].chinese for name in names))


_TELLING = 0.3
"""A share of the log-odds below which a piece of evidence is not worth a word."""


def probability(score: float) -> float:
    """What log-odds are as a probability."""
    return 1 / (1 + exp(-max(-30.0, min(30.0, score))))


def odds(confidence: float) -> float:
    """The log-odds of a probability, between -5 and 5."""
    sure = min(0.9933, max(0.0067, confidence))
    return log(sure / (1 - sure))
