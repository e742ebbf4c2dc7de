"""Names of bodies: lists split into names, roles, collective bodies, canonical names."""

from __future__ import annotations

from wpparse.extract.mentions import UnitList
from wpparse.grammar import Grammar
from wpparse.model import PartySource, Role


def read_units(text: str, grammar: Grammar, role: Role = "responsible", source: PartySource = "column") -> UnitList:
    """The bodies that a cell, or the inside of a clause, names; ``role`` is that of its column or leading word."""
    return UnitList(())
