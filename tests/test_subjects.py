"""Bodies that a sentence commands."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wpparse import parse
from wpparse.extract.mentions import PartyMention
from wpparse.extract.parties.subjects import find_subjects
from wpparse.grammar import load_grammar

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "subjects.toml").read_text(encoding="utf-8")
)["case"]
GRAMMAR = load_grammar()


def shown(mention: PartyMention) -> str:
    return mention.name if mention.role == "responsible" else f"{mention.name} {mention.role}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_subjects(case: dict[str, Any]) -> None:
    found = find_subjects(case["text"], GRAMMAR)
    assert [shown(mention) for mention in found] == case["subjects"]
    assert all(mention.source == "subject" and mention.rule for mention in found)


def test_a_title_that_names_bodies_says_who_is_to_do_it() -> None:
    text = (
        "青岚县防汛工作方案\n一、职责分工\n县水利局：负责水库调度，每日会商。\n县应急局、县气象局：做好预警信息发布。\n"
        "二、工作机制\n①县财政局：统筹整合资金；\n②各镇（街道）：落实属地责任。\n"
    )
    tasks = parse(text.encode()).tasks
    assert [[party.name for party in task.parties] for task in tasks] == [
        ["县水利局"], ["县应急局", "县气象局"], ["县财政局"], ["各镇（街道）"],
    ]  # fmt: skip
    assert {party.source for task in tasks for party in task.parties} == {"subject"}


def test_ids_are_unique() -> None:
    ids = [case["id"] for case in CASES]
    assert len(ids) == len(set(ids))


WORDS = st.sampled_from([
    "各部门", "县财政局", "、", "和", "，", "。", "；", "要", "应当", "负责", "组织", "在", "由", "请", "时", "的", "各地", "主要负责同志",
    "抓好", "落实", "特别是", "（", "）", "等区县", "\n", "2024年6月底前", "可以", "1.", "一是",
])  # fmt: skip
TEXTS = st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=30).map("".join))


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_any_text_gives_subjects_once_and_in_their_place(text: str) -> None:
    found = find_subjects(text, GRAMMAR)
    assert len({mention.name for mention in found}) == len(found)
    for mention in found:
        assert text[mention.start : mention.end] == mention.name
