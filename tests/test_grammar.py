"""The rule engine, and the self-test of the rules that come with wpparse."""

from __future__ import annotations

from pathlib import Path

import pytest

from wpparse import GrammarError, load_grammar
from wpparse.grammar import packaged_directory
from wpparse.grammar.check import check_grammar

RULES = """family = "deadline"

[fragments]
day = '(?P<day>\\d+)日'

[words]
event = ["会议", "会议召开"]

[[rule]]
id = "t.by"
kind = "by"
pattern = '{day}前'
needs = ["日前"]
examples = [{ text = "于5日前完成", match = "5日前" }]
rejects = ["5日后"]

[[rule]]
id = "t.event"
kind = "by"
pattern = '(?P<value>\\L<event>)前'
priority = 1
examples = [{ text = "会议召开前", match = "会议召开" }]

[[rule]]
id = "t.guard"
kind = "none"
priority = 2
pattern = '第\\d+日前'
examples = ["第5日前"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "rules.toml").write_text(RULES, encoding="utf-8")
    return tmp_path


def test_the_rules_that_come_with_wpparse_hold() -> None:
    assert list(check_grammar(load_grammar())) == []


def test_every_file_of_the_grammar_is_read() -> None:
    grammar = load_grammar()
    assert {Path(rule.where.rpartition(":")[0]).parent for rule in grammar.rule_list} == {packaged_directory()}
    assert len({rule.id for rule in grammar.rule_list}) == len(grammar.rule_list)
    for path in packaged_directory().rglob("*.tsv"):
        assert grammar.table(path.stem)
    for path in packaged_directory().rglob("*.txt"):
        assert grammar.words(path.stem)


def test_scan_gives_hits_in_order_and_guards_take_theirs(folder: Path) -> None:
    rules = load_grammar(folder, packaged=False).rules("deadline")
    hits = rules.scan("会议召开前、5日前、第5日前、7日前")
    assert [(hit.rule.id, hit.text) for hit in hits] == [("t.event", "会议召开"), ("t.by", "5日前"), ("t.by", "7日前")]
    assert hits[1].group("day") == "5"
    assert hits[1].span("day") == (6, 7)
    assert hits[1].group("month") is None


def test_a_rule_without_its_literal_is_never_compiled(folder: Path) -> None:
    rules = load_grammar(folder, packaged=False).rules("deadline")
    rules.scan("没有时间的一句话")
    assert "t.by" not in rules._compiled


def test_the_self_test_names_file_and_line(folder: Path) -> None:
    path = folder / "rules.toml"
    path.write_text(RULES.replace('rejects = ["5日后"]', 'rejects = ["5日前"]'), encoding="utf-8")
    assert [line.partition(": ")[0] for line in check_grammar(load_grammar(folder, packaged=False))] == [f"{path}:9"]
    path.write_text(RULES.replace('match = "5日前"', 'match = "5日"'), encoding="utf-8")
    (line,) = check_grammar(load_grammar(folder, packaged=False))
    assert "t.by does not give '5日'" in line


def test_a_literal_that_would_keep_a_rule_from_its_text_is_found(folder: Path) -> None:
    path = folder / "rules.toml"
    path.write_text(RULES.replace('needs = ["日前"]', 'needs = ["月前"]'), encoding="utf-8")
    assert any("none of its needs" in line for line in check_grammar(load_grammar(folder, packaged=False)))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('kind = "by"', 'kind = "until"', "kind of deadline must be one of"),
        ("{day}前", "{week}前", "no fragment {week}"),
        ("\\\\L<event>", "\\\\L<feast>", "no word list 'feast'"),
        ('id = "t.by"', 'id = "t.event"', "stands twice"),
        ('needs = ["日前"]', "needs = [1]", "must be a list of strings"),
        ('kind = "by"', 'kind = "by"\ncolour = 1', "unknown key 'colour'"),
        ('family = "deadline"', 'family = "dates"', "family must be one of"),
        ("'{day}前'", "'({day}前'", "missing )"),
        ("examples = [{ text", "beispiele = [{ text", "unknown key"),
    ],
)
def test_a_wrong_rule_file_is_refused_with_its_place(folder: Path, old: str, new: str, message: str) -> None:
    path = folder / "rules.toml"
    path.write_text(RULES.replace(old.replace("\\\\", "\\"), new.replace("\\\\", "\\"), 1), encoding="utf-8")
    with pytest.raises(GrammarError) as caught:
        grammar = load_grammar(folder, packaged=False)
        for rule in grammar.rule_list:
            grammar.rules(rule.family).compiled(rule)
    assert message in str(caught.value)
    assert str(path) in str(caught.value)


def test_fragments_that_refer_to_themselves_are_refused(folder: Path) -> None:
    (folder / "rules.toml").write_text(RULES.replace("(?P<day>\\d+)日", "{day}日"), encoding="utf-8")
    with pytest.raises(GrammarError, match="without end"):
        load_grammar(folder, packaged=False).rules("deadline").scan("5日前")


def test_a_users_directory_is_layered_on_top(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    own = tmp_path_factory.mktemp("own")
    (own / "mine.toml").write_text(
        'family = "deadline"\n[words]\nevent = ["开学"]\n'
        '[[rule]]\nid = "t.by"\nkind = "during"\npattern = "{day}内"\nexamples = ["5日内"]\n',
        encoding="utf-8",
    )
    grammar = load_grammar(folder, own, packaged=False)
    hits = grammar.rules("deadline").scan("5日内，5日前，开学前")
    assert [(hit.rule.kind, hit.text) for hit in hits] == [("during", "5日内"), ("by", "开学")]
    assert grammar.digest != load_grammar(folder, packaged=False).digest


def test_hostile_text_cannot_hang_a_rule(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from wpparse import TooLarge
    from wpparse.grammar import match

    monkeypatch.setattr(match, "TIME_LIMIT", 0.05)
    (folder / "rules.toml").write_text(RULES.replace("'{day}前'", r"'(?:\d|\d\d|\d\d\d)+[a-z]前'"), encoding="utf-8")
    with pytest.raises(TooLarge):
        load_grammar(folder, packaged=False).rules("deadline").scan("1" * 500 + "日前")
