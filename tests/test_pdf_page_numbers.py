"""Page numbers of PDF pages: told from the text block, so that landscape pages keep theirs apart too."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from tests.pdf_builder import Pen, build
from wpparse.blocks import Document, Paragraph, Table
from wpparse.pipeline import read_document

LANDSCAPE = (842.0, 595.0)
XS = (105.0, 160.0, 480.0, 737.0)
HEAD = ["序号", "工作要求", "责任单位"]
GB_T = 79.0
"""Points from the page's edge to the number: 28 mm, 7 mm below the text (GB/T 9704)."""


def sheet(rows: Sequence[Sequence[str]], draw: Callable[[Pen], None]) -> Callable[[Pen], None]:
    def page(pen: Pen) -> None:
        pen.table(XS, 105, rows)
        draw(pen)

    return page


def two_sheets(number: Callable[[Pen, int], None]) -> Document:
    upper, lower = "推行政策施行后解读，对公布后社会公众普遍关注的疑虑", "有针对性地开展解读。"
    first = sheet([HEAD, ["1", "及时公开进展。", "市财政局"], ["2", upper, "市教育局"]], lambda pen: number(pen, 2))
    second = sheet([["", lower, ""], ["3", "做好回应。", "市民政局"]], lambda pen: number(pen, 3))
    return read_document(build(lambda pen: None, first, second, size=LANDSCAPE))


@pytest.mark.parametrize("form", ["— {} —", "-{}-", "{}"])
@pytest.mark.parametrize("side", ["centre", "left and right by turns"])
def test_below_the_text_of_a_landscape_page(form: str, side: str) -> None:
    def number(pen: Pen, page: int) -> None:
        x = 400 if side == "centre" else 680 if page % 2 else 120
        pen.text(x, pen.height - GB_T, form.format(page), 14)

    (table,) = two_sheets(number).blocks
    assert isinstance(table, Table)
    assert [row[0] for row in table.grid()] == ["序号", "1", "2", "3"]
    assert table.grid()[2][1] == "推行政策施行后解读，对公布后社会公众普遍关注的疑虑有针对性地开展解读。"


def test_beside_the_text_in_one_piece_or_stacked() -> None:
    def turned(pen: Pen, page: int) -> None:
        pen.canvas.saveState()
        pen.canvas.translate(GB_T, 260)
        pen.canvas.rotate(90)
        Pen(pen.canvas, (0, 0)).text(0, 0, f"— {page} —", 14)
        pen.canvas.restoreState()

    def stacked(pen: Pen, page: int) -> None:
        for k, text in enumerate(("—", str(page), "—")):
            pen.text(GB_T - 14, 280 + 18 * k, text, 14)

    for number in (turned, stacked):
        (table,) = two_sheets(number).blocks
        assert isinstance(table, Table) and table.rows == 4


def test_inside_the_grid_of_a_landscape_page() -> None:
    def page(number: int, text: str) -> Callable[[Pen], None]:
        def draw(pen: Pen) -> None:
            pen.grid(XS, (60.0, 300.0, 560.0))
            pen.text(110, 480, str(number), 12)
            pen.text(170, 505, text, 12)
            pen.text(500, 520, f"— {number} —", 12)

        return draw

    (table,) = read_document(build(page(1, "及时公开。"), page(2, "做好解读。"), size=LANDSCAPE)).blocks
    assert isinstance(table, Table)
    assert [row for row in table.grid() if any(row)] == [["1", "及时公开。", ""], ["2", "做好解读。", ""]]


def test_numbers_that_are_no_page_numbers_stay() -> None:
    def page(text: str, number: str) -> Callable[[Pen], None]:
        def draw(pen: Pen) -> None:
            pen.lines(130, text, indent=2)
            pen.text(112, 490, number, 16)

        return draw

    texts = [
        block.text for block in read_document(build(page("甲乙丙丁。", "7"), page("戊己庚辛。", "12"), size=LANDSCAPE)).blocks
        if isinstance(block, Paragraph)
    ]  # fmt: skip
    assert texts == ["甲乙丙丁。", "7", "戊己庚辛。", "12"]
