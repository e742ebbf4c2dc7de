"""Which words belong to which cell of a PDF's table: overflow, vertical text, rows and merged cells cut by the page."""

from __future__ import annotations

from tests.pdf_builder import Pen, build
from tests.test_pdf_tables import HEAD, WORK, page, row, tables


def test_a_text_that_runs_over_its_border_stays_with_its_cell() -> None:
    """As spreadsheets and browsers print it where the next cell is empty."""

    def draw(pen: Pen) -> None:
        pen.grid((80, 150, 260, 400), (100, 130, 160, 190))
        for y, words in ((118, ("序号", "任务", "单位")), (148, ("1", "推进政务公开标准化规范化", ""))):
            for x, text in zip((84, 154, 264), words, strict=True):
                pen.text(x, y, text, 11)
        pen.text(84, 178, "2", 11)
        pen.text(155, 178, "公开", 11)
        pen.text(264, 178, "财政局", 11)

    (table,) = tables(build(draw))
    assert table.grid() == [["序号", "任务", "单位"], ["1", "推进政务公开标准化规范化", ""], ["2", "公开", "财政局"]]


def test_vertical_text_in_a_cell_is_read_column_by_column() -> None:
    def draw(pen: Pen) -> None:
        pen.grid((60, 110, 300), (100, 170, 240))
        for x, column in ((88, "深化改革"), (70, "任务")):
            for k, char in enumerate(column):
                pen.text(x, 115 + 12 * k, char, 12)
        pen.text(115, 120, "推进公开", 12)
        pen.lines(190, "完善机制", indent=3, size=12)

    assert tables(build(draw))[0].grid() == [["深化改革任务", "推进公开"], ["", "完善机制"]]


def test_a_row_is_cut_where_one_number_is_missing_elsewhere() -> None:
    long = WORK + "（10分）2.指导乡镇开展巡查，发现问题及时处置。"
    rows = [HEAD, *(row(number) for number in range(1, 9)), ["", "", WORK, ""], row(9, end="")]
    found = tables(build(page(rows), page([["", "", "（10分）" + long, ""], row(10)])))
    assert [table.rows for table in found] == [12]
    assert [text.replace("\n", "") for text in found[0].grid()[10]] == [
        "9",
        "深化公开",
        WORK + "（10分）" + long,
        "市财政局",
    ]


def test_a_merged_cell_of_two_rows_is_cut_between_them() -> None:
    def first(pen: Pen) -> None:
        pen.grid((60, 100, 220, 400), (100, 130, 160, 190, 220), without=(("h", 2, 1),))
        for y, words in zip(
            (118, 148, 178, 208),
            (("1", "公开", "甲"), ("2", "改革", "乙"), ("3", "", "丙"), ("4", "督查", "丁")),
            strict=True,
        ):
            for x, text in zip((66, 106, 226), words, strict=True):
                pen.text(x, y, text, 12)

    def second(pen: Pen) -> None:
        pen.table((60, 100, 220, 400), 100, [["5", "", "戊"], ["6", "考核", "己"]])

    assert [row[1] for row in tables(build(first, second))[0].grid()] == [
        "公开",
        "改革",
        "改革",
        "督查",
        "督查",
        "考核",
    ]
