"""The same sentence as an item of the text and as a cell of a table says the same: parties, deadlines and text."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from wpparse.blocks import Cell, Document, Paragraph, Source, Table
from wpparse.model import Task, WorkPlan
from wpparse.pipeline import understand

CASES = Path(__file__).parent / "cases"
SOURCE = Source("case.txt", "txt", "0" * 64)
TITLE = Paragraph("青岚县2024年工作要点")
OTHER = "加强机关宣传。"


def sentences() -> list[str]:
    """Every text of one line in the cases of parties, subjects and deadlines that may be an item."""
    found: dict[str, None] = {}
    for name in ("parties", "subjects", "deadlines"):
        for case in tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]:
            text = case.get("text", "")
            numbered = text.startswith(("一、", "（"))
            if (
                "cell" not in case
                and case.get("source") != "column"
                and "\n" not in text
                and len(text) > 1
                and not numbered
            ):
                found.setdefault(text)
    return list(found)


def as_item(text: str) -> WorkPlan:
    lines = [TITLE, Paragraph("一、重点任务"), Paragraph(text, "1."), Paragraph(OTHER, "2."), Paragraph(OTHER, "3.")]
    return understand(Document(SOURCE, tuple(lines)))


def as_cell(text: str) -> WorkPlan:
    rows = [
        ("序号", "工作任务", "责任单位", "完成时限"),
        ("1", text, "", ""),
        ("2", OTHER, "县宣传中心", "年底前"),
        ("3", OTHER, "县宣传中心", "年底前"),
    ]
    cells = tuple(
        Cell(row, column, words) for row, line in enumerate(rows) for column, words in enumerate(line) if words
    )
    return understand(Document(SOURCE, (TITLE, Table(cells, len(rows), 4))))


def said(task: Task) -> tuple[object, ...]:
    parties = [(p.name, p.role, p.collective, p.source) for p in task.parties]
    deadlines = [
        (d.text, d.kind, d.start, d.due, d.every, d.times, d.amount, d.unit, d.after, d.source) for d in task.deadlines
    ]
    words = f"{task.title}。{task.text}" if task.title is not None else task.text
    return re.sub(r"\W", "", words), parties, deadlines, task.open_ended


@pytest.mark.parametrize("text", sentences())
def test_same_as_item_and_as_cell(text: str) -> None:
    plan = as_item(text)
    if any(section.role == "background" for section in plan.sections):
        return  # 目标：… is no task in a text
    item = next(task for task in plan.tasks if task.origin == "body")
    cell = next(task for task in as_cell(text).tasks if task.origin == "table")
    assert said(item) == said(cell)


def test_there_are_many() -> None:
    assert len(sentences()) > 250


def test_what_holds_for_the_circular_may_be_said_in_a_cell() -> None:
    rows = [
        ("序号", "工作任务", "责任单位（列第一位者为牵头单位，下同）"),
        ("1", "推进河道整治。", "县水利局、县财政局"),
        ("2", "加强巡查。（责任单位：县林业局、县公安局）", ""),
    ]
    cells = tuple(
        Cell(row, column, words) for row, line in enumerate(rows) for column, words in enumerate(line) if words
    )
    item = Paragraph("修订预案。（责任单位：县应急局、县气象局）", "1.")
    plan = understand(Document(SOURCE, (TITLE, Paragraph("一、重点任务"), item, Table(cells, len(rows), 3))))
    roles = [[(party.name, party.role) for party in task.parties] for task in plan.tasks]
    assert roles[0] == [("县应急局", "lead"), ("县气象局", "responsible")]
    assert roles[1] == [("县水利局", "lead"), ("县财政局", "responsible")]


def test_a_clause_behind_the_first_sentence_leaves_no_heading() -> None:
    text = "严厉打击违法行为。责任单位为县公安局、县市场监管局。"
    plan = as_item(text)
    assert plan.sections[1].heading is None
    assert plan.tasks[0].text == "严厉打击违法行为。"
    assert [party.name for party in plan.tasks[0].parties] == ["县公安局", "县市场监管局"]
