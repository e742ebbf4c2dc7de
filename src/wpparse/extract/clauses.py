"""Responsibility clauses in running text."""

from __future__ import annotations

from wpparse.extract.mentions import Clause
from wpparse.grammar import Grammar


def find_clauses(text: str, grammar: Grammar) -> tuple[Clause, ...]:
    """All responsibility clauses of a paragraph, in order, without overlap."""
    return ()


def first_is_lead(texts: list[str], grammar: Grammar) -> bool:
    """True where a sentence of the circular makes the first unit of every clause its lead."""
    return False
