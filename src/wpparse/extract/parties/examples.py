"""The examples in the rule files of this room: what clauses, lists and sentences must give."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wpparse.extract.mentions import PartyMention
from wpparse.extract.parties.canonical import canonical
from wpparse.extract.parties.clauses import find_clauses
from wpparse.extract.parties.subjects import find_subjects
from wpparse.extract.parties.units import read_units
from wpparse.grammar import Grammar
from wpparse.grammar.schema import Rule

_ROLES = ("lead", "support", "responsible", "leader")


def check_party_examples(grammar: Grammar) -> Iterator[str]:
    """What is wrong with the expected values of the examples, one line each, beginning with ``file:line``.

    Keys: ``lead``, ``support``, ``responsible``, ``leader`` (the names with that role; one left out means nobody),
    ``units`` (all names, in order), ``collective`` (those that name a class), ``open_ended``, ``subjects`` (of the
    sentence ``of``). A row of ``names.tsv`` must not lead from a full form to another one.
    """
    for rule in grammar.rule_list:
        for example in rule.examples:
            for key, expected, found in _compare(rule, example.text, example.expected, grammar):
                yield f"{rule.where}: {rule.id}: {key} of {example.text!r} is {found!r}, expected {expected!r}"
    for row in grammar.table("names"):
        again = canonical(row["full"], grammar) if "{}" not in row["full"] else None
        if again is not None and again != row["full"]:
            yield f"names.tsv: the full form {row['full']!r} of {row['short']!r} has a full form itself: {again!r}"


def _compare(
    rule: Rule, text: str, expected: Mapping[str, Any], grammar: Grammar
) -> Iterator[tuple[str, object, object]]:
    if rule.family in ("subject", "manner") and "subjects" in expected:
        names = [mention.name for mention in find_subjects(str(expected["of"]), grammar)]
        if names != expected["subjects"]:
            yield "subjects", expected["subjects"], names
        return
    if rule.family not in ("clause", "role", "unit") or not expected:
        return
    mentions, open_ended = _read(rule, text, grammar)
    found: dict[str, object] = {role: [mention.name for mention in mentions if mention.role == role] for role in _ROLES}
    found["units"] = [mention.name for mention in mentions]
    found["collective"] = [mention.name for mention in mentions if mention.collective]
    found["open_ended"] = open_ended
    asked = set(expected)
    if asked & set(_ROLES):
        asked |= set(_ROLES)
    for key in sorted(asked):
        want = expected.get(key, False if key == "open_ended" else [])
        if found.get(key) != want:
            yield key, want, found.get(key)


def _read(rule: Rule, text: str, grammar: Grammar) -> tuple[list[PartyMention], bool]:
    if rule.family != "clause" and not text.startswith("（"):
        units = read_units(text, grammar, "responsible", "clause")
        return list(units.mentions), units.open_ended
    clauses = find_clauses(text, grammar)
    mentions = [mention for clause in clauses for mention in clause.units.mentions]
    return mentions, any(clause.units.open_ended for clause in clauses)
