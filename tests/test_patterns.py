"""Patterns that can be read, and literals that never keep a rule from what it would find."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from wpparse import load_grammar, read_document
from wpparse.blocks import Paragraph
from wpparse.grammar import Grammar, Rule
from wpparse.grammar.check import LONGEST, check_grammar

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
ONE_BREATH = 200
"""Characters of a pattern that a clerk reads in one breath, fragments by their names."""
LONG = {
    "clauses.toml": 1, "columns.toml": 8, "conventions.toml": 2, "deadlines.toml": 21, "manner.toml": 1, "roles.toml": 2,
    "subjects.toml": 3, "units.toml": 4,
}  # fmt: skip
"""How many patterns of a file are longer. It may become fewer."""


def test_patterns_are_short() -> None:
    found = Counter(
        Path(rule.where.rpartition(":")[0]).name for rule in load_grammar().rule_list if len(rule.pattern) > ONE_BREATH
    )
    assert {name: count for name, count in found.items() if count > LONG.get(name, 0)} == {}


def test_a_pattern_that_nobody_reads_is_told(tmp_path: Path) -> None:
    words = "|".join(f"第{number}号任务" for number in range(100))
    (tmp_path / "own.toml").write_text(
        f'family = "line"\nmode = "line"\n[[rule]]\nid = "own.long"\nkind = "closing"\n'
        f"pattern = '(?:{words})$'\nexamples = [\"第7号任务\"]\n",
        encoding="utf-8",
    )
    (told,) = check_grammar(load_grammar(tmp_path, packaged=False))
    assert told.startswith(f"{tmp_path / 'own.toml'}:3: own.long")
    assert str(LONGEST) in told


def texts(grammar: Grammar) -> Iterator[str]:
    """Paragraphs and cells of the samples, and every text that some rule speaks of."""
    for path in sorted(SAMPLES.glob("*.txt")):
        for block in read_document(path).blocks:
            if isinstance(block, Paragraph):
                yield block.text
            else:
                yield from (cell.text for cell in block.cells)
    for rule in grammar.rule_list:
        yield from (example.text for example in rule.examples)
        yield from rule.rejects


@pytest.mark.parametrize("family", sorted({rule.family for rule in load_grammar().rule_list}))
def test_needs_keep_no_rule_from_what_it_finds(family: str) -> None:
    """A rule is only tried on a text that holds one of its literals: where none stands, its pattern must find nothing."""
    grammar = load_grammar()
    found: list[tuple[Rule, str]] = []
    everything = sorted(set(texts(grammar)))
    for rule in grammar.rules(family):
        if not rule.needs and not rule.also:
            continue
        pattern = grammar.rules(family).compiled(rule)
        find = pattern.search if rule.mode == "scan" else pattern.match
        for text in everything:
            held = all(not needs or any(need in text for need in needs) for needs in (rule.needs, rule.also))
            if not held and find(text, timeout=2.0) is not None:
                found.append((rule, text))
    assert not found, "\n".join(f"{rule.where}: {rule.id} matches {text!r}" for rule, text in found[:20])
