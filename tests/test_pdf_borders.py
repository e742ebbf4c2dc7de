"""Tables with lines left out: rows that nothing parts, outer columns without borders on a later page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from tests.pdf_builder import Pen, build
from wpparse.blocks import Table
from wpparse.pipeline import read_document

XS = (60.0, 110.0, 300.0, 420.0, 535.0)
HEAD = ["序号", "工作任务", "责任单位", "完成时限"]


def tables(*pages: Callable[[Pen], None]) -> list[Table]:
    return [block for block in read_document(build(*pages)).blocks if isinstance(block, Table)]


def one_row(columns: Sequence[Sequence[tuple[float, str]]], xs: Sequence[float] = XS) -> Callable[[Pen], None]:
    """A header, and one ruled row with texts at heights below it."""

    def draw(pen: Pen) -> None:
        pen.grid(xs, (100.0, 126.0, 300.0))
        for x, name, texts in zip(xs, HEAD, columns, strict=False):
            pen.text(x + 5, 118, name, 12)
            for y, text in texts:
                pen.text(x + 5, 140 + y, text, 12)

    return draw


def test_several_numbered_rows_in_one_ruled_row() -> None:
    columns = [
        [(0, "1"), (20, "2"), (60, "3")],
        [(0, "推进河道整治"), (20, "推进道路养护和提升"), (40, "改造工程"), (60, "推进绿化提升")],
        [(0, "县水利局"), (20, "县交通局"), (60, "县林业局")],
        [(0, "6月底前"), (20, "9月底前"), (60, "10月底前")],
    ]
    (table,) = tables(one_row(columns))
    assert [[*row[:1], row[1].replace("\n", ""), row[2]] for row in table.grid()[1:]] == [
        ["1", "推进河道整治", "县水利局"], ["2", "推进道路养护和提升改造工程", "县交通局"], ["3", "推进绿化提升", "县林业局"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("numbers", "units"),
    [
        (["1", "3", "7"], ["县水利局", "县交通局", "县林业局"]),  # they do not count up
        (["1", "2", "3"], ["县水利局", "", "县林业局"]),  # nothing stands beside one of them
        (["1", "", ""], ["县水利局", "县交通局", "县林业局"]),  # one number, three units
    ],
)
def test_one_row_stays_one(numbers: Sequence[str], units: Sequence[str]) -> None:
    columns = [
        [(20 * k, text) for k, text in enumerate(texts) if text]
        for texts in (numbers, ["推进河道整治", "推进道路养护", "推进绿化提升"], units)
    ]
    (table,) = tables(one_row(columns, XS[:4]))
    assert table.rows == 2


TOPICS = (60.0, 150.0, 300.0, 420.0, 535.0)
ROWS = [["推进河道整治", "县水利局", "6月底前"], ["推进道路养护", "县交通局", "9月底前"]]


def first_page(pen: Pen) -> None:
    ys = (700.0, 726.0, 752.0, 778.0)
    pen.grid(TOPICS, ys, without=[("h", 2, 0)])
    for y, texts in zip(
        ys, (["工作任务", "具体措施", "责任单位", "完成时限"], ["河道治理", *ROWS[0]], ["", *ROWS[1]]), strict=False
    ):
        for x, text in zip(TOPICS, texts, strict=False):
            pen.text(x + 5, y + 18, text, 12)


def later_page(word: str) -> Callable[[Pen], None]:
    def draw(pen: Pen) -> None:
        ys = (80.0, 106.0, 132.0)
        pen.grid(TOPICS[1:], ys)
        pen.text(65, 98, word, 12)
        for y, texts in zip(ys, ROWS, strict=False):
            for x, text in zip(TOPICS[1:], texts, strict=False):
                pen.text(x + 5, y + 18, text, 12)

    return draw


@pytest.mark.parametrize(("word", "topic"), [("", "河道治理"), ("河道治理", "河道治理"), ("道路养护", "道路养护")])
def test_a_column_without_lines_on_the_next_page(word: str, topic: str) -> None:
    (table,) = tables(first_page, later_page(word))
    assert [row[0] for row in table.grid()] == ["工作任务", "河道治理", "河道治理", topic, topic]
    assert [row[1:] for row in table.grid()[3:]] == ROWS


def test_another_table_below_a_line_of_text_is_another_table() -> None:
    def draw(pen: Pen) -> None:
        pen.text(150, 70, "附表二：进展情况", 12)
        later_page("")(pen)

    assert len(tables(first_page, draw)) == 2


@pytest.mark.parametrize("closed", [False, True])
def test_a_cell_without_lower_border_goes_on_where_others_are_closed(closed: bool) -> None:
    def upper(pen: Pen) -> None:
        ys = (726.0, 752.0, 778.0)
        pen.grid(TOPICS, ys, without=[] if closed else [("h", 2, 0)])
        for y, texts in zip(ys, (HEAD, ["推行经营主体", *ROWS[0]]), strict=False):
            for x, text in zip(TOPICS, texts, strict=False):
                pen.text(x + 5, y + 18, text, 12)

    def lower(pen: Pen) -> None:
        pen.grid(TOPICS, (80.0, 106.0), without=[("h", 0, 0)])
        for x, text in zip(TOPICS, ["登记确认", *ROWS[1]], strict=False):
            pen.text(x + 5, 98, text, 12)

    (table,) = tables(upper, lower)
    whole = ["推行经营主体登记确认"] * 2
    assert [row[0].replace("\n", "") for row in table.grid()[1:]] == (["推行经营主体", "登记确认"] if closed else whole)
    assert [row[1:] for row in table.grid()[1:]] == ROWS
