"""Outlines: numbering, nesting, headings and the parts of a circular."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wpparse.blocks import Cell, Document, Paragraph, Source, Span, Table
from wpparse.grammar import load_grammar
from wpparse.outline import Item, Outline, build_outline
from wpparse.pipeline import understand
from wpparse.text import clean

CASES = tomllib.loads((Path(__file__).parent / "cases" / "outline.toml").read_text(encoding="utf-8"))["case"]
MARKUP = re.compile(r"\{(?P<label>[^}]+)\}|\*\*(?P<bold>.+?)\*\*")


def paragraph(line: str) -> Paragraph:
    """A paragraph of the case files' notation."""
    label = None
    text = ""
    spans: list[Span] = []
    position = 0
    for match in MARKUP.finditer(line):
        text += line[position : match.start()]
        position = match.end()
        if match["label"]:
            label = match["label"]
        else:
            spans += [Span(0, len(text), False), Span(len(text), len(text) + len(match["bold"]), True)]
            text += match["bold"]
    text += line[position:]
    if spans:
        spans.append(Span(spans[-1].end, len(text), False))
    elif "**" not in line:
        spans = []
    return Paragraph(clean(text), label, tuple(span for span in spans if span.start < span.end))


def document(text: str) -> Document:
    blocks = [
        Table((Cell(0, 0, "序号"), Cell(0, 1, "责任单位")), 1, 2) if line == "[table]" else paragraph(line)
        for line in text.strip().splitlines()
    ]
    if any(block.spans for block in blocks if isinstance(block, Paragraph)):
        blocks = [
            Paragraph(b.text, b.label, b.spans or (Span(0, len(b.text), False),)) if isinstance(b, Paragraph) else b
            for b in blocks
        ]
    return Document(Source("case.txt", "txt", "0" * 64), tuple(blocks))


def outline(text: str) -> Outline:
    return build_outline(document(text), load_grammar())


def section(item: Item) -> str:
    return f"{item.level} {item.label} {item.heading or '-'}"


def given_tasks(found: Outline) -> list[tuple[str, str]]:
    """Title and text of each passage that becomes a task."""
    out = []
    for item in found.items:
        if item.leaf and item.tasks and item.role != "background":
            said = [one for one in item.passages if not one.aside]
            for index, passage in enumerate(one for one in said if one is said[0] or not one.joined):
                title = item.heading if index == 0 and not item.heading_line else passage.title
                out.append((title or "", passage.text))
    return out


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    found = outline(case["text"])
    assert [section(item) for item in found.items] == case["sections"]
    if "ids" in case:
        assert [item.id for item in found.items] == case["ids"]
    if "tasks" in case:
        got = given_tasks(found)
        assert len(got) == len(case["tasks"]), got
        for (title, text), wanted in zip(got, case["tasks"], strict=True):
            wanted_title, _, wanted_text = wanted.rpartition("|")
            assert title == wanted_title
            assert text.startswith(wanted_text)
    for key in ("unnumbered", "closing"):
        if key in case:
            got_texts = [passage.text for passage in getattr(found, key)]
            assert len(got_texts) == len(case[key]), got_texts
            assert all(text.startswith(begin) for text, begin in zip(got_texts, case[key], strict=True))
    if "roles" in case:
        assert [item.role for item in found.items] == case["roles"]
    for part, count in case.get("parts", {}).items():
        assert list(found.parts.values()).count(part) == count
    if "diagnostics" in case:
        assert [diagnostic.code for diagnostic in found.diagnostics] == case["diagnostics"]
    if "annex_sections" in case:
        assert sum(1 for item in found.items if not item.tasks) == case["annex_sections"]


def test_ids_are_the_cases_own() -> None:
    assert len({case["id"] for case in CASES}) == len(CASES)


LABELS = st.sampled_from(  # what paragraphs may begin with
    [
        "一、",
        "二、",
        "三、",
        "（一）",
        "（二）",
        "1.",
        "2.",
        "3．",
        "1.1",
        "（1）",
        "①",
        "第一条",
        "第二章",
        "附件",
        "附件：1.",
        "目录",
        "——",
        "",
    ]
)
WORDS = st.text(
    "加强组织领导，做好工作。；：要落实责任单位县政府（）《》2025年3月底前关于印发通知方案附件抄送 1.、", max_size=60
)
LINES = st.lists(st.tuples(LABELS, WORDS).map("".join).map(clean).filter(bool), min_size=1, max_size=14)


def check_invariants(blocks: tuple[Paragraph, ...]) -> None:
    found = build_outline(Document(Source("x", "txt", ""), blocks), load_grammar())
    assert set(found.parts) == set(range(len(blocks)))
    ids = [item.id for item in found.items]
    assert len(set(ids)) == len(ids)
    named = {diagnostic.location.block for diagnostic in found.diagnostics if diagnostic.location}
    assert all(index in named for index, part in found.parts.items() if part == "unplaced")
    order = []
    for item in found.items:
        assert item.parent is None or item.parent in ids[: ids.index(item.id)]
        text = blocks[item.location.block].text
        start, end = item.location.start, item.location.end
        assert start is not None and end is not None and 0 <= start <= end <= len(text)
        assert item.heading is None or item.heading in text[start:end] or item.heading_line
        order.append((item.location.block, start))
        for passage in item.passages:
            words = blocks[passage.block].text
            assert words[passage.start : passage.start + len(passage.text)] == passage.text
            assert passage.title is None or passage.title in words[: passage.start]
            order.append((passage.block, passage.start))
    assert order == sorted(order)


@given(LINES)
@settings(max_examples=150, deadline=None)
def test_any_lines_give_an_outline(lines: list[str]) -> None:
    check_invariants(tuple(Paragraph(line) for line in lines))


@given(st.lists(st.text(max_size=40).map(clean), min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_any_text_gives_an_outline(lines: list[str]) -> None:
    check_invariants(tuple(Paragraph(line) for line in lines))


NOT_SAID = re.compile(r"[\s。．.：:；;，,、◆●■★▲—\-－–―]*")


@given(LINES)
@settings(max_examples=150, deadline=None)
def test_items_add_up_to_the_text(lines: list[str]) -> None:
    """Labels, headings and passages of a block's items, in order, are its words; only punctuation lies between."""
    blocks = tuple(Paragraph(line) for line in lines)
    found = build_outline(Document(Source("x", "txt", ""), blocks), load_grammar())
    pieces: dict[int, list[tuple[int, int]]] = {}
    for item in found.items:
        location = item.location
        assert location.start is not None and location.end is not None
        text = blocks[location.block].text
        if item.heading is not None and item.heading in text[location.start : location.end]:
            pieces.setdefault(location.block, []).append((location.start, location.end))
        else:
            label = text.find(item.label, location.start)
            pieces.setdefault(location.block, []).append((label, label + len(item.label)))
        for passage in item.passages:
            begin = passage.start
            if passage.title is not None:
                begin = blocks[passage.block].text.rfind(passage.title, 0, passage.start)
            pieces.setdefault(passage.block, []).append((begin, passage.start + len(passage.text)))
    for passage in (*found.unnumbered, *found.closing):
        begin = passage.start
        if passage.title is not None:
            begin = blocks[passage.block].text.rfind(passage.title, 0, passage.start)
        pieces.setdefault(passage.block, []).append((begin, passage.start + len(passage.text)))
    for index, part in found.parts.items():
        if part != "section":
            continue
        text = blocks[index].text
        if text in {item.label for item in found.items}:
            continue  # its heading stands on the next line
        position = 0
        for start, end in sorted(pieces.get(index, [])):
            assert NOT_SAID.fullmatch(text, position, max(position, start)), (text, pieces.get(index))
            position = max(position, end)
        assert NOT_SAID.fullmatch(text, position), (text, pieces.get(index))


def test_a_clause_behind_a_heading_holds_for_the_paragraphs_below() -> None:
    text = """
青岚县卫生镇创建方案
一、任务分工
（一）健康教育（责任单位：县卫健局，完成时限：9月底）
每两个月更换一次宣传栏。
健康教育开课率达100%。（县教育局）
二、工作要求
各镇要抓好落实。
"""
    tasks = understand(document(text)).tasks
    assert [task.text for task in tasks] == ["每两个月更换一次宣传栏。", "健康教育开课率达100%。", "各镇要抓好落实。"]
    assert [[party.name for party in task.parties] for task in tasks] == [["县卫健局"], ["县教育局"], ["各镇"]]
    assert [deadline.source for deadline in tasks[0].deadlines] == ["text", "clause"]


def test_names_in_brackets_on_a_line_of_their_own_are_a_clause_of_the_item_above() -> None:
    text = """
云川大学2024年工作要点
一、教学工作
1.修订培养方案，6月底前完成。
（教务处、各学院）
2.开展教学检查。
（具体安排另行通知）
二、科研工作
3.新增项目10项。
（科研院）
"""
    tasks = understand(document(text)).tasks
    assert [task.text for task in tasks] == ["修订培养方案，6月底前完成。", "开展教学检查。", "新增项目10项。"]
    assert [[party.name for party in task.parties] for task in tasks] == [["教务处", "各学院"], [], ["科研院"]]
