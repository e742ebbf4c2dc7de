"""How sure a deadline is: what speaks for and against it, weighed by the grammar's table ``time_evidence``."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from datetime import date, timedelta

from wpparse.errors import GrammarError
from wpparse.extract.mentions import DateBase, DeadlineMention
from wpparse.grammar import Grammar, Hit

_BIAS = "bias"
_DESCRIBES = re.compile(r"[^，。；、：]{0,12}的[^，。；、：]")
_NEAR = timedelta(days=31)
_FAR_YEARS = 10


class TimeWeights:
    """The table ``time_evidence`` by name, in its order; made once for each grammar."""

    def __init__(self, grammar: Grammar) -> None:
        try:
            self.values = {row["evidence"]: float(row["weight"]) for row in grammar.table("time_evidence")}
        except (KeyError, ValueError) as error:
            raise GrammarError(detail=f"time_evidence.tsv: {error}") from error

    def confidence(self, evidence: tuple[str, ...]) -> float:
        """How likely a mention with this evidence is right, 0 to 1."""
        score = self.values[_BIAS] + sum(self.values[name] for name in evidence)
        return round(1 / (1 + math.exp(-score)), 3)


def weigh(
    mention: DeadlineMention, hit: Hit, year_said: bool, base: DateBase, text: str, grammar: Grammar
) -> tuple[float, tuple[str, ...]]:
    """Confidence and the names of the evidence; ``text`` is the text as given, in which the mention has its offsets."""
    weights = grammar.made(TimeWeights)
    found = set(_evidence(mention, hit, year_said, base, text))
    names = tuple(name for name in weights.values if name in found)
    return weights.confidence(names), names


def _evidence(mention: DeadlineMention, hit: Hit, year_said: bool, base: DateBase, text: str) -> Iterator[str]:
    in_text = mention.source == "text"
    yield "in-text" if in_text else "in-cell"
    if mention.problem is not None:
        yield "problem"
    if in_text and mention.kind == "during":
        yield "no-end-word"
    if in_text and mention.kind == "recurring" and mention.times is None:
        yield "no-count"
    if in_text and _DESCRIBES.match(text, mention.end):
        yield "describes"
    if hit.rule.fields.get("undated"):
        yield "event"
    if mention.text != hit.text:
        yield "closed-up"
    if hit.group("short_year") is not None:
        yield "short-year"
    if mention.kind in ("by", "during"):
        yield from _dated(mention, year_said, base)


def _dated(mention: DeadlineMention, year_said: bool, base: DateBase) -> Iterator[str]:
    due, issued = _day(mention.due), _day(base.issue_date)
    if due is None:
        return
    if base.plan_year is not None and due.year > base.plan_year + _FAR_YEARS:
        yield "far-off"
    if issued is None or year_said:
        return
    if due < issued:
        yield "year-unsaid-past"
    elif mention.kind == "during" and due - issued < _NEAR:
        yield "year-unsaid-near"


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text is not None and len(text) == 10 else None
