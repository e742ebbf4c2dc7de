"""The self-test of the deadline rules: an example's expected values are what :func:`find_deadlines` makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from wpparse.extract.deadlines.find import find_deadlines
from wpparse.extract.mentions import DateBase, DeadlineMention
from wpparse.grammar import Example, Grammar, Rule
from wpparse.model import DeadlineSource

_VALUES = {
    "start": "begins",
    "due": "due",
    "every": "every",
    "times": "times",
    "amount": "amount",
    "unit": "unit",
    "after": "after",
}
_GIVEN = {"source", "plan_year", "issue_date"}


def check_deadline_examples(grammar: Grammar) -> Iterator[str]:
    """What the deadline rules do not make of their own examples, one line each, beginning with ``file:line``.

    An example may state ``start``, ``due``, ``every``, ``times``, ``amount``, ``unit`` and ``after`` (an empty string: null)
    and what they are computed from: ``plan_year``, ``issue_date``, ``source`` (by default a column, or running text for
    a rule that is only for it).
    """
    for rule in grammar.rules("deadline"):
        if rule.kind != "none":
            for example in rule.examples:
                yield from _check(grammar, rule, example)


def _check(grammar: Grammar, rule: Rule, example: Example) -> Iterator[str]:
    expected = example.expected
    unknown = set(expected) - set(_VALUES) - _GIVEN
    if unknown:
        yield f"{rule.where}: {rule.id}: unknown key {sorted(unknown)[0]!r} in the example {example.text!r}"
        return
    source = cast(DeadlineSource, expected.get("source", "text" if rule.only == "text" else "column"))
    base = DateBase(expected.get("plan_year"), expected.get("issue_date"))
    mentions = find_deadlines(example.text, grammar, base, source)
    mention = next((m for m in mentions if m.rule == rule.id and m.text == example.match), None)
    if mention is None:
        others = [f"{m.rule} {m.text!r}" for m in mentions]
        yield f"{rule.where}: {rule.id} gives no {example.match!r} in {example.text!r}; found: {others or 'nothing'}"
        return
    for name, attribute in _VALUES.items():
        if name in expected and _value(mention, attribute) != (expected[name] or None):
            shown = _value(mention, attribute)
            yield f"{rule.where}: {rule.id} gives {name} {shown!r} for {example.text!r}, not {expected[name]!r}"


def _value(mention: DeadlineMention, attribute: str) -> str | int | None:
    value: str | int | None = getattr(mention, attribute)
    return value
