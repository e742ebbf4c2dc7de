"""Marks in the cells of a matrix, and what they say: by a legend, or by the word that stands in their place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from wpparse.grammar import Grammar

_MARKS = frozenset("√✓✔☑●○◎▲△★☆■□◆◇vV*")
_NOTHING = frozenset("×✕✗-—–/／－")
"""Marks that say that a body has no part."""


def is_mark(text: str) -> bool:
    """True for a cell that holds nothing but marks."""
    return bool(text) and _MARKS.issuperset(text)


def is_nothing(text: str) -> bool:
    """True for a cell that says that it is left out."""
    return _NOTHING.issuperset(text)


def find_legend(texts: Iterable[str], grammar: Grammar) -> Mapping[str, str]:
    """What each mark stands for (★为牵头单位，☆为配合单位), as the circular words it; the first saying of a mark counts.

    A bare mark before a word may be a bullet, so that a text counts only where it explains two marks or says so outright.
    """
    found: dict[str, str] = {}
    for text in texts:
        hits = [hit for hit in grammar.rules("row").scan(text) if hit.rule.kind == "legend"]
        said = {hit.group("mark") or "": hit.group("role") or "" for hit in hits}
        outright = any(len(hit.text) > len(hit.group("mark") or "") + len(hit.group("role") or "") for hit in hits)
        if len(said) > 1 or outright:
            for mark, words in said.items():
                found.setdefault(mark, words)
    return found
