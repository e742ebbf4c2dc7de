"""Deadlines: time expressions in cells, clauses and running text, as dates where they can be."""

from __future__ import annotations

from wpparse.extract.mentions import DateBase, DeadlineMention
from wpparse.grammar import Grammar
from wpparse.model import DeadlineSource


def find_deadlines(text: str, grammar: Grammar, base: DateBase, source: DeadlineSource) -> tuple[DeadlineMention, ...]:
    """The deadlines of a text, in order, without overlap.

    With source ``column`` or ``clause`` every time expression counts; with ``text`` only what binds the doing.
    """
    return ()
