"""Footnotes of PDF files: parted from the text that runs on over the page, and kept with the words that call them."""

from __future__ import annotations

from tests.pdf_builder import LEFT, PITCH, RIGHT, Pen, build
from wpparse.blocks import Document, Paragraph, Source, Table
from wpparse.layout import make_document
from wpparse.readers.options import ReadOptions
from wpparse.readers.pdf.reader import read_pdf

TASK = "各部门要按照职责分工，完善工作机制，加强协调配合，于6月底前完成第一批事项的梳理，并向社会公布，"


def read_file(data: bytes) -> Document:
    return make_document(read_pdf(data, Source("测试.pdf", "pdf", ""), ReadOptions()))


def paragraphs(document: Document) -> list[tuple[str, tuple[str, ...]]]:
    return [(block.text, block.notes) for block in document.blocks if isinstance(block, Paragraph)]


def called(pen: Pen, y: float, before: str, mark: str, after: str) -> None:
    """A line with a raised mark in it."""
    pen.text(LEFT, y, before)
    x = LEFT + 16 * len(before)
    pen.text(x, y - 5, mark, 9)
    pen.text(x + 9, y, after)


def foot(pen: Pen, y: float, *lines: str) -> None:
    """The rule and the notes below it."""
    pen.rule(LEFT, y, LEFT + 112, y)
    for index, text in enumerate(lines):
        pen.text(LEFT, y + 14 + 13 * index, text, 10.5)


def test_the_paragraph_runs_on_past_the_notes() -> None:
    def first(pen: Pen) -> None:
        y = pen.lines(120, TASK * 6)
        called(pen, y, "加强统筹调度", "1", "，推进重点任务落实落细，形成")
        pen.text(LEFT + 336, y, "上下联动的工作合力", 12.0)
        called(pen, y + PITCH, "，主动接受社会监督", "2", "，切实保障人民群众的各项合法权")
        foot(
            pen,
            700,
            "1重点任务，是指县政府工作报告中列明的事项，",
            "不含各镇自行确定的工作。",
            "2社会监督包括舆论监督。",
        )
        pen.text(290, 800, "— 1 —", 14)

    def second(pen: Pen) -> None:
        pen.lines(120, "益。", indent=0)
        pen.text(290, 800, "— 2 —", 14)

    text, notes = paragraphs(read_file(build(first, second)))[-1]
    assert text.endswith("切实保障人民群众的各项合法权益。")
    assert "统筹调度，推进" in text
    assert notes == (
        "重点任务，是指县政府工作报告中列明的事项，不含各镇自行确定的工作。", "社会监督包括舆论监督。",
    )  # fmt: skip


def test_a_note_in_a_table_is_told() -> None:
    def page(pen: Pen) -> None:
        pen.lines(120, TASK)
        pen.table((80, 250, 528), 200, [["任务", "单位"], ["公开", ""]])
        pen.text(256, 238, "财政局", 12)
        pen.text(292, 233, "①", 7)
        foot(pen, 700, "①机构改革后的名称。")

    document = read_file(build(page))
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    assert table.grid() == [["任务", "单位"], ["公开", "财政局"]]
    assert [(r.code, dict(r.values)["text"]) for r in document.remarks] == [("pdf-cell-note", "机构改革后的名称。")]


def test_small_print_that_nothing_calls_is_text() -> None:
    def page(pen: Pen) -> None:
        pen.lines(120, TASK, "面积12m2，按规定执行。")
        called(pen, 400, "用地12m", "2", "以内。")
        foot(pen, 700, "2本表由县财政局负责解释。")

    assert paragraphs(read_file(build(page)))[-1] == ("2本表由县财政局负责解释。", ())


def test_a_rule_as_wide_as_the_text_parts_no_notes() -> None:
    """The rules of a 版记 (GB/T 9704, 7.4.1)."""

    def page(pen: Pen) -> None:
        pen.lines(120, TASK)
        called(pen, 400, "重点任务", "1", "按期完成。")
        pen.rule(LEFT, 700, RIGHT, 700)
        pen.text(LEFT, 716, "1份送县委办公室。", 12)

    assert paragraphs(read_file(build(page)))[-1][0] == "1份送县委办公室。"
