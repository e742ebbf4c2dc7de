"""Tables of PDF files, over pages; pdfplumber is the oracle for single pages."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable, Sequence

import pytest

from tests.pdf_builder import Pen, build
from wpparse.blocks import Document, Paragraph, Source, Table
from wpparse.layout import make_document
from wpparse.readers.options import ReadOptions
from wpparse.readers.pdf.reader import read_pdf

XS = (60.0, 100.0, 200.0, 420.0, 535.0)
HEAD = ["序号", "工作任务", "工作要求", "责任单位"]
WORK = "及时公开重点工作进展情况，加强解读回应，主动接受社会监督"
CELLS = [["甲", "乙", "丙"], ["丁", "戊", "己"]]


def read_file(data: bytes) -> Document:
    return make_document(read_pdf(data, Source("测试.pdf", "pdf", ""), ReadOptions()))


def tables(data: bytes) -> list[Table]:
    return [block for block in read_file(data).blocks if isinstance(block, Table)]


def row(number: int, task: str = "深化公开", end: str = "。") -> list[str]:
    return [str(number), task, WORK + end, "市财政局"]


def page(
    rows: Sequence[Sequence[str]], top: float = 100.0, number: int | None = None, shift: float = 0.0
) -> Callable[[Pen], None]:
    def draw(pen: Pen) -> None:
        pen.table([x + shift for x in XS], top, rows)
        if number is not None:
            pen.text(280, 800, f"— {number} —", 14)

    return draw


def fill(pen: Pen, xs: Sequence[float], ys: Sequence[float], cells: Sequence[Sequence[str]] = CELLS) -> None:
    for texts, y in zip(cells, ys, strict=False):
        for text, x in zip(texts, xs, strict=False):
            pen.text(x + 6, y + 20, text, 12)


def draw_lines(kind: str) -> Callable[[Pen], None]:
    xs, ys = (80.0, 200.0, 400.0, 520.0), (100.0, 130.0, 160.0)

    def draw(pen: Pen) -> None:
        if kind == "dashes":
            pen.grid(xs, ys, lambda *at: pen.rule(*at, dash=(2, 2)))
        elif kind == "dots drawn one by one":
            for y in ys:
                for k in range(110):
                    pen.bar(80 + 4 * k, y - 0.4, 82 + 4 * k, y + 0.4)
            for x in xs:
                for k in range(15):
                    pen.bar(x - 0.4, 100 + 4 * k, x + 0.4, 102 + 4 * k)
        elif kind == "thin rectangles":
            pen.grid(xs, ys, lambda x0, y0, x1, y1: pen.bar(x0 - 0.3, y0 - 0.3, x1 + 0.3, y1 + 0.3))
        elif kind == "rectangles around cells":
            for x0, x1 in itertools.pairwise(xs):
                for y0, y1 in itertools.pairwise(ys):
                    pen.canvas.rect(x0, pen.height - y1, x1 - x0, y1 - y0)
        elif kind == "double outer lines":
            pen.grid(xs, ys)
            pen.grid((xs[0] - 2.4, xs[-1] + 2.4), (ys[0] - 2.4, ys[-1] + 2.4))
        elif kind == "no outer lines at the sides":
            pen.grid(xs, ys, without=[("v", k, j) for k in (0, 3) for j in (0, 1)])
        elif kind == "a form object":
            pen.canvas.beginForm("grid")
            pen.grid(xs, ys)
            pen.canvas.endForm()
            pen.canvas.doForm("grid")
        fill(pen, xs, ys)

    return draw


@pytest.mark.parametrize(
    "kind",
    [
        "dashes", "dots drawn one by one", "thin rectangles", "rectangles around cells", "double outer lines",
        "no outer lines at the sides", "a form object",
    ],
)  # fmt: skip
def test_kinds_of_lines(kind: str) -> None:
    (table,) = tables(build(draw_lines(kind)))
    assert table.grid() == CELLS


def test_merged_cells_and_a_header_of_two_levels() -> None:
    xs, ys = (60.0, 160.0, 260.0, 400.0, 535.0), (100.0, 130.0, 160.0, 190.0, 220.0)

    def draw(pen: Pen) -> None:
        pen.grid(xs, ys, without=[("v", 1, 0), ("h", 1, 2), ("h", 1, 3), ("h", 3, 0)])
        fill(
            pen,
            xs,
            ys,
            [
                ["工作任务", "", "工作要求", "责任单位"],
                ["一级", "二级", "", ""],
                ["公开", "决策", "a", "b"],
                ["", "执行", "c", "d"],
            ],
        )

    (table,) = tables(build(draw))
    assert table.grid() == [
        ["工作任务", "工作任务", "工作要求", "责任单位"],
        ["一级", "二级", "工作要求", "责任单位"],
        ["公开", "决策", "a", "b"],
        ["公开", "执行", "c", "d"],
    ]
    spans = {(c.row, c.column): (c.rowspan, c.colspan) for c in table.cells}
    assert (spans[0, 0], spans[0, 2], spans[2, 0]) == ((1, 2), (2, 1), (2, 1))


@pytest.mark.parametrize("repeated", [True, False])
def test_joined_over_pages(repeated: bool) -> None:
    first = page([HEAD, *(row(k) for k in range(1, 6))], number=1)
    second = page([*([HEAD] if repeated else []), *(row(k) for k in range(6, 9))], number=2)
    (table,) = tables(build(first, second))
    assert table.grid() == [HEAD, *(row(k) for k in range(1, 9))]
    assert table.row_pages == (1,) * 6 + (2,) * 3
    assert table.page_starts == (6,)


def test_margins_that_change_from_page_to_page() -> None:
    (table,) = tables(build(page([HEAD, row(1)]), page([HEAD, row(2)], shift=14.0)))
    assert table.grid() == [HEAD, row(1), row(2)]


def test_a_row_cut_by_the_page_break_is_one_row() -> None:
    upper, lower = "推行政策施行后解读，对公布后社会", "的疑虑和争议点有针对性地开展解读。"
    first, second = page([HEAD, row(1), ["2", "优化服务", upper, "市财政局"]]), page([["", "", lower, ""], row(3)])
    (table,) = tables(build(first, second))
    assert table.grid()[2:] == [["2", "优化服务", upper + lower, "市财政局"], row(3)]
    assert table.row_pages == (1, 1, 1, 2)


def test_a_row_cut_after_a_full_sentence_is_one_row() -> None:
    rest = ["", "", "有针对性地开展解读。", ""]
    rows = [HEAD, *(row(k) for k in range(1, 5))]
    (table,) = tables(build(page(rows), page([rest, row(5)])))
    assert [len(table.cells) // 4, table.grid()[4][2], table.grid()[5][0]] == [
        6,
        WORK + "。\n有针对性地开展解读。",
        "5",
    ]


def test_new_rows_are_not_taken_for_the_rest_of_one() -> None:
    rows = [["深化公开", "要求一", WORK + "。", "市财政局"], ["", "要求二", WORK + "。", "市民政局"]]
    more = [["", "要求三", WORK + "。", "市教育局"], ["优化服务", "要求四", WORK + "。", "市财政局"]]
    (table,) = tables(build(page([HEAD, *rows]), page(more)))
    assert table.grid() == [HEAD, *rows, *more]


def test_a_merged_cell_repeated_on_the_next_page() -> None:
    xs, ys = (60.0, 200.0, 420.0, 535.0), (100.0, 130.0, 160.0, 190.0)

    def draw(pen: Pen, cells: list[list[str]]) -> None:
        pen.grid(xs, ys, without=[("h", 1, 0), ("h", 2, 0)])
        fill(pen, xs, ys, cells)

    first = [["深化公开", "一是公开。", "甲"], ["", "二是解读。", "乙"], ["", "三是回应。", "丙"]]
    second = [["深化公开", "四是互动。", "丁"], ["", "五是监督。", "戊"], ["", "六是评价。", "己"]]
    (table,) = tables(build(lambda pen: draw(pen, first), lambda pen: draw(pen, second)))
    assert [r[0] for r in table.grid()] == ["深化公开"] * 6
    assert next(c for c in table.cells if c.column == 0).rowspan == 6
    blank = [["", *second[0][1:]], *second[1:]]
    (table,) = tables(build(lambda pen: draw(pen, first), lambda pen: draw(pen, blank)))
    assert [r[0] for r in table.grid()] == ["深化公开"] * 6


MERGED_XS = (60.0, 132.0, 300.0, 400.0)
MERGED_YS = (600.0, 640.0, 680.0, 720.0)


def merged(
    words: Sequence[tuple[str, float]], rows: Sequence[Sequence[str]], open_below: bool = False
) -> Callable[[Pen], None]:
    """A page's drawing: a merged first column with ``words`` at heights, and a row of two cells for each of ``rows``."""

    def draw(pen: Pen) -> None:
        ys = MERGED_YS[: len(rows) + 1]
        without = [("h", k, 0) for k in range(1, len(rows))] + ([("h", len(rows), 0)] if open_below else [])
        pen.grid(MERGED_XS, ys, without=without)
        for k, cells in enumerate(rows):
            for text, x in zip(cells, MERGED_XS[1:], strict=False):
                pen.text(x + 6, ys[k] + 16, text, 12)
        for text, y in words:
            pen.text(66, y, text, 12)

    return draw


ROWS = [["一是公开。", "甲"], ["二是解读。", "乙"], ["三是回应。", "丙"]]
MORE = [["四是互动。", "丁"], ["五是监督。", "戊"], ["六是评价。", "己"]]


def test_a_merged_cell_whose_words_are_cut_by_the_page_break() -> None:
    upper = merged([("深化重点领", 684), ("域信息公开", 700), ("提升政策解", 716)], ROWS)
    (table,) = tables(build(upper, merged([("读质量", 616)], MORE)))
    assert [r[0] for r in table.grid()] == ["深化重点领域信息公开提升政策解读质量"] * 6


def test_a_merged_cell_with_room_left_ends_on_its_page() -> None:
    (table,) = tables(build(merged([("深化重点领", 650)], ROWS), merged([("优化服务", 650)], MORE)))
    assert [r[0] for r in table.grid()] == ["深化重点领"] * 3 + ["优化服务"] * 3


def test_merged_cells_that_begin_alike_are_two() -> None:
    upper, lower = [("市政府各部", 696), ("门各区政府", 712)], [("市政府各部", 616), ("门", 632)]
    (table,) = tables(build(merged(upper, ROWS), merged(lower, MORE)))
    assert [r[0] for r in table.grid()] == ["市政府各部门各区政府"] * 3 + ["市政府各部门"] * 3


def test_words_of_a_merged_cell_below_the_last_row_of_the_page() -> None:
    upper = merged([("深化公开", 740)], ROWS, open_below=True)
    (table,) = tables(build(upper, merged([], MORE)))
    assert [r[0] for r in table.grid()] == ["深化公开"] * 6


def test_text_below_a_table_stays_text() -> None:
    def draw(pen: Pen) -> None:
        merged([("深化公开", 650)], ROWS)(pen)
        pen.text(66, 750, "注：以上数据截至年底。", 12)

    found = read_file(build(draw)).blocks
    assert [type(block) for block in found] == [Table, Paragraph]


@pytest.mark.parametrize("text", ["- 4 -", "— 4 —", "4"])
def test_page_number_inside_the_grid(text: str) -> None:
    def numbered(first: int, value: str) -> Callable[[Pen], None]:
        def draw(pen: Pen) -> None:
            xs, ys = (80.0, 200.0, 400.0, 520.0), (700.0, 750.0, 800.0)
            pen.grid(xs, ys)
            fill(pen, xs, ys, [["甲", "乙", "丙"], ["丁", "1.2", "己"]])
            pen.text(280, 770, value, 12)
            pen.text(90, 730, str(first), 12)

        return draw

    found = tables(build(numbered(17, text), numbered(23, text.replace("4", "5"))))
    assert [cell for table in found for r in table.grid() for cell in r if "4" in cell or "5" in cell] == []
    assert found[0].grid()[1] == ["丁", "1.2", "己"]


def test_landscape_text_on_an_upright_page() -> None:
    def draw(pen: Pen) -> None:
        pen.canvas.saveState()
        pen.canvas.translate(pen.width, 0)
        pen.canvas.rotate(90)
        inner = Pen(pen.canvas, (pen.height, pen.width))
        inner.table((60, 120, 300, 600, 780), 90, [HEAD, row(1), row(2)])
        pen.canvas.restoreState()
        pen.text(280, 815, "— 3 —", 14)

    document = read_file(build(draw))
    (table,) = document.blocks
    assert isinstance(table, Table)
    assert table.grid() == [HEAD, row(1), row(2)]


def test_a_turned_column_head() -> None:
    xs, ys = (60.0, 90.0, 300.0, 535.0), (100.0, 180.0, 260.0)

    def draw(pen: Pen) -> None:
        pen.grid(xs, ys, without=[("h", 1, 0)])
        pen.canvas.saveState()
        pen.canvas.translate(82, pen.height - 220)
        pen.canvas.rotate(90)
        Pen(pen.canvas, (0, 0)).text(0, 0, "任务类别", 12)
        pen.canvas.restoreState()
        fill(pen, xs, ys, [["", "甲乙丙丁", "戊己"], ["", "庚辛壬癸", "子丑"]])

    (table,) = tables(build(draw))
    assert table.grid() == [["任务类别", "甲乙丙丁", "戊己"], ["任务类别", "庚辛壬癸", "子丑"]]


def test_several_tables_and_a_note() -> None:
    def draw(pen: Pen) -> None:
        low = pen.table(XS, 100, [HEAD, row(1)])
        pen.text(80, low + 30, "表二", 12)
        low = pen.table(XS, low + 40, [HEAD, row(1), row(2)])
        pen.text(80, low + 30, "注：本表由市政府办公室负责解释。", 12)

    blocks = read_file(build(draw)).blocks
    assert [b.text if isinstance(b, Paragraph) else b.rows for b in blocks] == [
        2,
        "表二",
        3,
        "注：本表由市政府办公室负责解释。",
    ]


def test_lines_and_paragraphs_of_a_cell() -> None:
    (table,) = tables(build(page([["序号", "任务", "第一条内容。第二条", "市财政局市教育局"], ["1", "a", "b", "c"]])))
    assert table.grid()[0][2:] == ["第一条内容。第二条", "市财政局市教育局"]

    def draw(pen: Pen) -> None:
        xs, ys = (60.0, 200.0, 535.0), (100.0, 160.0, 200.0)
        pen.grid(xs, ys)
        fill(pen, xs, ys, [["市财政局", "要求"], ["甲", "乙"]])
        pen.text(66, 140, "市教育局", 12)

    (table,) = tables(build(draw))
    assert table.grid()[0][0] == "市财政局\n市教育局"


def test_unruled_table_with_numbers() -> None:
    rows = [HEAD, *([*row(k, end="")[:2], WORK[:12], "市财政局"] for k in range(1, 7))]

    def draw(pen: Pen) -> None:
        pen.lines(60, "附件：任务分解表", indent=0)
        for k, texts in enumerate(rows):
            for text, x in zip(texts, (60, 130, 240, 450), strict=True):
                pen.text(x, 120 + 24 * k, text, 12)

    document = read_file(build(draw))
    table = document.blocks[-1]
    assert isinstance(table, Table)
    assert table.grid() == rows
    assert [remark.code for remark in document.remarks] == ["pdf-unruled-table"]


def test_text_in_columns_that_is_no_table_stays_text() -> None:
    def draw(pen: Pen) -> None:
        for k in range(3):
            for text, x in (("甲某某", 60), ("乙某某某", 200 + 9 * k), ("", 0) if k == 1 else ("丙某", 400)):
                pen.text(x, 120 + 24 * k, text, 12)

    document = read_file(build(draw))
    assert not any(isinstance(block, Table) for block in document.blocks)


def plumber(data: bytes) -> list[list[list[str]]]:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as file:
        return [
            [["".join((cell or "").split()) for cell in line] for line in table]
            for each in file.pages for table in each.extract_tables()
        ]  # fmt: skip


@pytest.mark.parametrize("count", [1, 3, 5])
@pytest.mark.parametrize("width", [60.0, 90.0])
def test_same_cells_as_pdfplumber(count: int, width: float) -> None:
    xs = [60 + width * k for k in range(6)]
    rows = [[f"第{r}行{c}列" * ((r * 7 + c) % 3 + 1) for c in range(5)] for r in range(count + 1)]
    data = build(lambda pen: pen.table(xs, 90, rows) and None)
    ours = [[[cell.replace("\n", "") for cell in line] for line in table.grid()] for table in tables(data)]
    assert ours == plumber(data)


def test_the_drawing_of_a_page() -> None:
    from PIL import Image

    from wpparse.errors import UsageError
    from wpparse.pipeline import draw_page

    data = build(page([HEAD, row(1)], number=1), page([HEAD, row(2)], number=2))
    with Image.open(io.BytesIO(draw_page(data, 2))) as picture:
        assert picture.format == "PNG"
        colors = {color for _, color in picture.convert("RGB").getcolors(1_000_000) or []}
    assert (44, 160, 44) in colors  # cells
    assert (214, 39, 40) in colors  # the page number
    with pytest.raises(UsageError):
        draw_page(data, 3)


def test_numbers_of_rows_that_keep_step_with_the_pages() -> None:
    parts = [page([[str(k), "深化公开", WORK + "。", "市财政局"]], top=60) for k in range(1, 5)]
    (table,) = tables(build(*parts))
    assert [line[0] for line in table.grid()] == ["1", "2", "3", "4"]
