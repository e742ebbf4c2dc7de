"""Deadlines: the contract's rows and notes as cases, the rules' own examples, and what holds for any text."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wpparse.extract.date_examples import check_deadline_examples
from wpparse.extract.deadlines import find_deadlines
from wpparse.extract.mentions import DateBase
from wpparse.grammar import load_grammar

CASES = tomllib.loads((Path(__file__).parent / "cases" / "deadlines.toml").read_text(encoding="utf-8"))["case"]
FIELDS = ("text", "kind", "start", "due", "every", "times", "amount", "unit", "after", "problem")


def found(
    text: str, source: str = "column", plan_year: int = 2024, issue_date: str = "2024-05-10"
) -> list[dict[str, Any]]:
    base = DateBase(plan_year or None, issue_date or None)
    out = []
    for mention in find_deadlines(text, load_grammar(), base, source):  # type: ignore[arg-type]  # a literal in the case table
        assert text[mention.start : mention.end] == mention.text
        assert mention.source == source
        values = {name: getattr(mention, "begins" if name == "start" else name) for name in FIELDS}
        out.append({name: value for name, value in values.items() if value is not None})
    return out


def test_case_ids_are_unique() -> None:
    ids = [case["id"] for case in CASES]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case(case: dict[str, Any]) -> None:
    given_base = {name: case[name] for name in ("source", "plan_year", "issue_date") if name in case}
    assert found(case["text"], **given_base) == case.get("expect", [])


def test_examples_of_the_rules() -> None:
    assert list(check_deadline_examples(load_grammar())) == []


PIECES = st.sampled_from([
    "年", "月", "日", "号", "底", "末", "前", "内", "后", "起", "至", "到", "—", "-", "每", "按", "第", "季度",
    "半年", "上旬", "工作日", "小时", "周", "个", "印发", "本方案", "之日起", "即日", "春节", "截至", "全年", "长期", "持续", "推进", "，",
    "。", "（", "）", "《", "》", "“", "”", "1", "2", "9", "12", "31", "2024", "2025年", "十二", "三", "两", "次", "不少于",
    "完成", "的",
])  # fmt: skip
TEXTS = st.lists(PIECES, max_size=24).map("".join) | st.text(max_size=80)


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.sampled_from(["column", "clause", "text"]), st.sampled_from([0, 1900, 2024, 9999]))
def test_any_text(text: str, source: str, plan_year: int) -> None:
    mentions = find_deadlines(text, load_grammar(), DateBase(plan_year or None, "2024-12-31"), source)  # type: ignore[arg-type]
    position = 0
    for mention in mentions:
        assert position <= mention.start < mention.end
        assert text[mention.start : mention.end] == mention.text
        position = mention.end
        if mention.begins and mention.due:
            assert mention.begins <= mention.due


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_of_the_calendar(day: date) -> None:
    [mention] = found(f"{day.year}年{day.month}月{day.day}日前", plan_year=0)
    assert mention["due"] == day.isoformat()
