"""Real PDF files beside the project, where they are: grids cell by cell; and one circular as text and as PDF."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.pdf_builder import Pen, build
from wpparse import parse
from wpparse.blocks import Table
from wpparse.pipeline import read_document

CIRCULAR = [
    ("center", "青岚县2024年政务公开工作要点"),
    ("text", "为贯彻落实上级部署，全面提升政务公开质效，结合我县实际，制定本工作要点，请认真组织实施。"),
    ("text", "一、深化重点领域公开"),
    (
        "text",
        "（一）做好规划信息公开。主动公开本级各类规划及其实施情况，于2024年6月底前完成历史规划的归集整理。（责任单位：县发展改革局、县自然资源局）",
    ),
    ("text", "（二）做好财政信息公开。扩大预决算公开范围，每季度公开一次资金发放情况。（责任单位：县财政局）"),
    ("text", "二、加强政策解读"),
    (
        "text",
        "围绕社会关注的热点，年内开展解读活动不少于4次，邀请企业和群众代表参加，认真听取意见建议并及时回应。（责任单位：县政府办公室牵头，各镇人民政府配合）",
    ),
]


def folded(cell: str) -> str:
    return "".join(cell.split())


def test_the_same_plan_as_from_text() -> None:
    def page(pen: Pen) -> None:
        y = 110.0
        for kind, text in CIRCULAR:
            if kind == "center":
                pen.center(y, text)
                y += 56
            else:
                y = pen.lines(y, text)

    from_pdf = parse(build(page), name="要点.pdf")
    from_text = parse("\n".join(("" if k == "center" else "　　") + t for k, t in CIRCULAR).encode(), name="要点.txt")
    assert from_pdf.header.title == from_text.header.title
    assert [(s.id, s.label, s.heading, s.text) for s in from_pdf.sections] == [
        (s.id, s.label, s.heading, s.text) for s in from_text.sections
    ]
    assert [(t.text, t.title, [p.name for p in t.parties], [d.text for d in t.deadlines]) for t in from_pdf.tasks] == [
        (t.text, t.title, [p.name for p in t.parties], [d.text for d in t.deadlines]) for t in from_text.tasks
    ]
    assert len(from_pdf.tasks) == 3


@pytest.mark.parametrize("number", ["024", "025"])
def test_grids_of_real_files(shared: Path, number: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from wpparse.readers.pdf import reader as pdf

    monkeypatch.setattr(pdf, "available", lambda: False)
    found = [
        [[folded(cell) for cell in row] for row in block.grid()]
        for block in read_document(shared / "corpus" / "bin" / f"{number}.pdf").blocks
        if isinstance(block, Table)
    ]
    wanted = json.loads((shared / "gold" / "tables" / f"{number}.tables.json").read_text(encoding="utf-8"))
    assert found == [[[folded(cell) for cell in row] for row in table["grid"]] for table in wanted]


def rows_of(path: Path) -> list[tuple[object, ...]]:
    return [
        (t.label, t.path, t.text, t.parties_text, [(p.name, p.role) for p in t.parties], [(d.text, d.due) for d in t.deadlines])
        for t in parse(path).tasks
    ]  # fmt: skip


def test_a_landscape_annex_printed_gives_what_its_word_file_gives(shared: Path) -> None:
    rows = rows_of(shared / "cases" / "landscape-annex.docx")
    assert len(rows) == 12
    assert rows_of(shared / "cases" / "landscape-annex.pdf") == rows
