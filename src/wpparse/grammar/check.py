"""The self-test of a grammar: every rule matches its own examples and none of its rejects."""

from __future__ import annotations

from collections.abc import Iterator

from wpparse.errors import GrammarError
from wpparse.grammar.grammar import Grammar
from wpparse.grammar.match import Hit
from wpparse.grammar.schema import NONE, Rule

LONGEST = 500
"""Characters of a pattern, its fragments by their names: what is longer nobody reads."""


def check_grammar(grammar: Grammar) -> Iterator[str]:
    """What is wrong with a grammar, one line each, beginning with ``file:line``.

    Tested both ways: an example is matched by its own rule and taken by no rule of higher priority; a reject is not
    matched by its rule; the literals in ``needs`` never keep a rule from a text that its pattern matches. A pattern has a
    limit of length.
    """
    for rule in grammar.rule_list:
        try:
            yield from _check_rule(grammar, rule)
        except GrammarError as error:
            yield str(error.values.get("detail", error))


def _check_rule(grammar: Grammar, rule: Rule) -> Iterator[str]:
    if len(rule.pattern) > LONGEST:
        yield f"{rule.where}: {rule.id} has a pattern of {len(rule.pattern)} characters, more than {LONGEST}: name its parts as fragments"
    rules = grammar.rules(rule.family)
    pattern = rules.compiled(rule)
    for example in rule.examples:
        hits = [hit for hit in _hits(grammar, rule, example.text) if hit.rule.id == rule.id]
        if rule.kind == NONE:
            if pattern.search(example.text) is None:
                yield f"{rule.where}: {rule.id} does not match its example {example.text!r}"
        elif not any(hit.text == example.match for hit in hits):
            others = [f"{hit.rule.id} {hit.text!r}" for hit in _hits(grammar, rule, example.text)]
            yield f"{rule.where}: {rule.id} does not give {example.match!r} in {example.text!r}; found: {others or 'nothing'}"
        for literals in (rule.needs, rule.also):
            if literals and not any(need in example.text for need in literals) and pattern.search(example.text):
                yield f"{rule.where}: {rule.id} matches {example.text!r}, which holds none of its needs"
    for text in rule.rejects:
        if any(hit.rule.id == rule.id for hit in _hits(grammar, rule, text)):
            yield f"{rule.where}: {rule.id} matches its reject {text!r}"


def _hits(grammar: Grammar, rule: Rule, text: str) -> list[Hit]:
    rules = grammar.rules(rule.family).within(rule.only or "")
    if rule.mode == "scan":
        return rules.scan(text)
    hit = rules.match(text)
    return [hit] if hit is not None else []
