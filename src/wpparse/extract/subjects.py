"""The bodies that a sentence commands."""

from __future__ import annotations

from wpparse.extract.mentions import PartyMention
from wpparse.grammar import Grammar


def find_subjects(text: str, grammar: Grammar) -> tuple[PartyMention, ...]:
    """The bodies commanded in a requirement text that has no clause or column, in order, each once."""
    return ()
