"""Brackets and labels are written once: what stands in brackets.py and enumerators.py is understood everywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

import wpparse
from wpparse.brackets import ASIDE, CLOSE, OPEN, WRITTEN, cut_outside, depth, is_inside, opens_at, pairs_in, without
from wpparse.enumerators import BAND, LABEL, is_ordinal
from wpparse.errors import GrammarError
from wpparse.grammar import load_grammar

PAIRS = [ASIDE[at : at + 2] for at in range(0, len(ASIDE), 2)]
CIRCULAR = """云川省人民政府办公室关于加强政务公开工作的通知
各市人民政府：
一、加强信息公开
{0}一{1}完善制度。修订公开目录，2024年9月底前完成。{0}责任单位：省发展改革委、省财政厅{1}
{0}二{1}规范管理。建立工作台账。{0}省教育厅牵头，省民政厅配合{1}
"""


def test_each_mark_stands_once() -> None:
    assert len(ASIDE) == len(set(ASIDE))
    assert not set(OPEN) & set(CLOSE)


@pytest.mark.parametrize("pair", PAIRS)
def test_a_bracket_holds_a_label_and_a_clause(pair: str) -> None:
    plan = wpparse.parse(CIRCULAR.format(*pair).encode(), name="a.txt")
    assert [section.id for section in plan.sections] == ["1", "1.1", "1.2"], pair
    first, second = plan.tasks
    assert [(party.name, party.role) for party in first.parties] == [
        ("省发展改革委", "responsible"),
        ("省财政厅", "responsible"),
    ]
    assert [(party.name, party.role) for party in second.parties] == [("省教育厅", "lead"), ("省民政厅", "support")]
    assert first.text == "修订公开目录，2024年9月底前完成。"
    assert second.text == "建立工作台账。"


@pytest.mark.parametrize("pair", PAIRS)
def test_a_bracket_holds_an_ordinal(pair: str) -> None:
    one = f"{pair[0]}一{pair[1]}"
    assert is_ordinal(one)
    assert LABEL.match(one + "完善制度")
    assert BAND.fullmatch(one + "完善制度")


@pytest.mark.parametrize("text", ["1", "12", "1.2", "（三）", "三、", "(4)", "①", "二十一"])
def test_what_is_an_ordinal(text: str) -> None:
    assert is_ordinal(text)


@pytest.mark.parametrize("text", ["", "市教育局", "2024年", "1.5亿元", "一般公共预算"])
def test_what_is_none(text: str) -> None:
    assert not is_ordinal(text)


@pytest.mark.parametrize(
    "text",
    ["一、总体要求", "（二）目标", "3.完善", "4．完善", "1.2完善制度", "①公开", "第三章附则", "一是公开", "5）完善"],
)
def test_what_begins_with_a_label(text: str) -> None:
    assert LABEL.match(text)


@pytest.mark.parametrize("text", ["一般要求", "2024年度", "第三方机构", "一是否公开"])
def test_what_begins_with_none(text: str) -> None:
    assert LABEL.match(text) is None


def test_places_in_brackets() -> None:
    text = "县（市、区）教育局(办)、市卫健委"
    assert pairs_in(text) == {1: 5, 9: 11}
    assert depth(text, 0, 4) == 1
    assert is_inside(text, 0, 4)
    assert not is_inside(text, 0, 7)
    assert opens_at(text, 0, 12) == 9
    assert opens_at(text, 0, 13) is None
    assert without(text) == "县教育局、市卫健委"
    assert cut_outside(text, "、") == ["县（市、区）教育局(办)", "市卫健委"]
    assert is_inside("《关于“三农”", 0, 8, WRITTEN)


def test_a_class_stands_within_a_class(tmp_path: Path) -> None:
    rule = """family = "line"
mode = "line"
[[rule]]
id = "line.test"
kind = "closing"
pattern = '{open}[^{bracket}。]{2}{close}[{close}。]'
examples = ["〖甲乙〗。", "（甲乙））"]
rejects = ["（甲）乙）。"]
"""
    (tmp_path / "lines.toml").write_text(rule, encoding="utf-8")
    found = load_grammar(tmp_path, packaged=False).rules("line")
    assert found.match("〖甲乙〗。")
    assert not found.match("（甲）乙）。")
    (tmp_path / "lines.toml").write_text(rule.replace("[^{bracket}。]", "[^{han_number}。]"), encoding="utf-8")
    with pytest.raises(GrammarError, match="han_number"):
        load_grammar(tmp_path, packaged=False).rules("line").match("〖甲乙〗。")


def test_literals_of_rules_hold_every_bracket() -> None:
    (rule,) = (rule for rule in load_grammar().rule_list if rule.id == "clause.bracket-names-last")
    assert set(rule.also) == set(CLOSE)
