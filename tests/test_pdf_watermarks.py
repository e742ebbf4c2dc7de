"""Watermarks are left out and told; what only looks a little like one stays."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reportlab.lib.colors import Color, HexColor, black, red

from tests.pdf_builder import Pen, build
from wpparse.blocks import Document, Paragraph
from wpparse.pipeline import read_document

TEXT = (
    "为贯彻落实上级部署，全面提升政务公开质效，结合我县实际，制定本工作要点，请认真组织实施。",
    "各镇人民政府要加强组织领导，明确责任分工，按时报送进展情况，确保各项任务落到实处。",
)
GREY = HexColor(0xD9D9D9)


def over(draw: Callable[[Pen], None]) -> Document:
    """Two pages of text with something drawn over each."""

    def page(pen: Pen) -> None:
        pen.lines(130, *TEXT)
        draw(pen)

    return read_document(build(page, page))


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize(
    ("size", "color", "y"),
    [(40, GREY, 160), (40, GREY, 158), (60, GREY, 600), (44, red, 172), (20, HexColor(0xCCCCCC), 160)],
)
def test_pale_or_large_text_over_the_text(size: float, color: Color, y: float) -> None:
    document = over(lambda pen: pen.text(120, y, "青岚县人民政府", size, color=color))
    assert texts(document) == [*TEXT, *TEXT]
    assert [(remark.code, dict(remark.values)["text"]) for remark in document.remarks] == [
        ("pdf-watermark", "青岚县人民政府")
    ]


def test_tiled_text() -> None:
    def draw(pen: Pen) -> None:
        for k in range(6):
            pen.text(90 + 150 * (k % 3), 300 + 90 * (k // 3), "内部资料", 12, color=GREY)

    document = over(draw)
    assert texts(document) == [*TEXT, *TEXT]
    assert [dict(remark.values)["text"] for remark in document.remarks] == ["内部资料"]


def test_slanted_text_is_told() -> None:
    def draw(pen: Pen) -> None:
        pen.canvas.saveState()
        pen.canvas.translate(200, 400)
        pen.canvas.rotate(45)
        Pen(pen.canvas, (0, 0)).text(0, 0, "内部资料", 50, color=GREY)
        pen.canvas.restoreState()

    document = over(draw)
    assert texts(document) == [*TEXT, *TEXT]
    assert [dict(remark.values)["text"] for remark in document.remarks] == ["内部资料"]


@pytest.mark.parametrize(
    ("size", "color", "y", "text"),
    [
        (30, black, 90, "政务公开工作要点"),
        (26, red, 80, "青岚县人民政府文件"),
        (16, HexColor(0xB8B8B8), 500, "此件公开发布"),
    ],
)
def test_titles_red_heads_and_grey_lines_stay(size: float, color: Color, y: float, text: str) -> None:
    document = over(lambda pen: pen.text(120, y, text, size, color=color))
    assert text in texts(document)
    assert document.remarks == ()


def test_light_text_on_a_dark_ground_stays() -> None:
    def draw(pen: Pen) -> None:
        for k in range(3):
            pen.bar(80 + 140 * k, 400, 200 + 140 * k, 440)
            pen.text(100 + 140 * k, 426, "责任单位", 14, color=HexColor(0xFFFFEE))

    assert "责任单位" in "".join(texts(over(draw)))


def test_lines_printed_over_one_another_are_not_mixed() -> None:
    document = over(lambda pen: pen.text(LEFT_OF_TEXT, 158, "此处另有一行文字加盖其上", 16.5, color=red))
    assert "此处另有一行文字加盖其上" in texts(document)


LEFT_OF_TEXT = 84.0


def test_items_that_count_on_are_paragraphs_even_where_all_are_of_one_length() -> None:
    lines = [
        f"{k}.推进{work}，{k + 5}月底前完成。（责任单位：县水利局）"
        for k, work in ((1, "河道整治"), (2, "道路养护"), (3, "绿化提升"))
    ]
    document = read_document(build(lambda pen: pen.lines(130, *lines)))
    assert texts(document) == lines
