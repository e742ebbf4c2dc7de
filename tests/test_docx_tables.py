"""Tables of Word documents: the grid as Word shows it, what is layout only, and tables that go on."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.docx_builder import RULED, p, package, r, style, tbl, tc, tr
from wpparse.blocks import Document, Paragraph, Table
from wpparse.pipeline import read_document

Grid = list[list[str]]
NO_RULES = "<w:tblBorders/>"
BLANK_GRID = (1000, 1000, 1000)


def read(*blocks: str, **parts: Any) -> Document:
    return read_document(package(*blocks, **parts))


def shown(*blocks: str, **parts: Any) -> list[str | Grid]:
    """Texts of paragraphs and grids of tables, in order."""
    return [b.text if isinstance(b, Paragraph) else b.grid() for b in read(*blocks, **parts).blocks]


def table(*blocks: str, **parts: Any) -> Table:
    (block,) = read(*blocks, **parts).blocks
    assert isinstance(block, Table)
    return block


CASES: dict[str, tuple[str, Grid]] = {
    "plain": (tbl(tr("甲", "乙"), tr("丙", "丁"), grid=(1, 1)), [["甲", "乙"], ["丙", "丁"]]),
    "horizontal merge": (
        tbl(tr(tc("甲", span=2), "乙"), tr("丙", "丁", "戊"), grid=BLANK_GRID),
        [["甲", "甲", "乙"], ["丙", "丁", "戊"]],
    ),
    "vertical merge": (
        tbl(tr(tc("甲", merge="restart"), "乙"), tr(tc(merge="continue"), "丙"), tr("丁", "戊"), grid=(1000, 1000)),
        [["甲", "乙"], ["甲", "丙"], ["丁", "戊"]],
    ),
    "merge of a block": (
        tbl(
            tr(tc("甲", span=2, merge="restart"), "乙"),
            tr(tc(span=2, merge="continue"), "丙"),
            tr("丁", "戊", "己"),
            grid=BLANK_GRID,
        ),
        [["甲", "甲", "乙"], ["甲", "甲", "丙"], ["丁", "戊", "己"]],
    ),
    "two merges one below the other": (
        tbl(
            tr(tc("甲", merge="restart"), "1"),
            tr(tc(merge="continue"), "2"),
            tr(tc("乙", merge="restart"), "3"),
            tr(tc(merge="continue"), "4"),
            grid=(1000, 1000),
        ),
        [["甲", "1"], ["甲", "2"], ["乙", "3"], ["乙", "4"]],
    ),
    "text in a covered cell is not shown": (
        tbl(tr(tc("甲", merge="restart"), "1"), tr(tc("旧", merge="continue"), "2"), grid=(1000, 1000)),
        [["甲", "1"], ["甲", "2"]],
    ),
    "a merge that is tracked": (
        tbl(
            tr(tc("甲", properties='<w:cellMerge w:id="1" w:author="x" w:vMerge="rest"/>'), "乙"),
            tr(tc("", properties='<w:cellMerge w:id="2" w:author="x" w:vMerge="cont"/>'), "丙"),
            grid=(1, 1),
        ),
        [["甲", "乙"], ["甲", "丙"]],
    ),
    "continue without a start is a cell of its own": (
        tbl(tr("甲", "1"), tr(tc("乙", merge="continue"), "2"), tr(tc(merge="continue"), "3"), grid=(1000, 1000)),
        [["甲", "1"], ["乙", "2"], ["乙", "3"]],
    ),
    "legacy horizontal merge": (
        tbl(
            tr(tc("甲", properties='<w:hMerge w:val="restart"/>'), tc(properties="<w:hMerge/>"), "乙"),
            tr("丙", "丁", "戊"),
            grid=BLANK_GRID,
        ),
        [["甲", "甲", "乙"], ["丙", "丁", "戊"]],
    ),
    "columns skipped before and after": (
        tbl(
            tr("甲", "乙", "丙"),
            tr("丁", "戊", properties='<w:gridBefore w:val="1"/>'),
            tr("己", "庚", properties='<w:gridAfter w:val="1"/>'),
            grid=BLANK_GRID,
        ),
        [["甲", "乙", "丙"], ["", "丁", "戊"], ["己", "庚", ""]],
    ),
    "more columns skipped than there are": (
        tbl(
            tr(tc("甲", span=2), "乙"),
            tr("丙", "丁", "戊", properties='<w:gridAfter w:val="3"/>'),
            grid=(1000, 1000),
        ),
        [["甲", "甲", "乙"], ["丙", "丁", "戊"]],
    ),
    "grid columns that no cell uses": (
        tbl(tr(tc("甲", span=2), tc("乙", span=3)), tr(tc("丙", span=2), tc("丁", span=3)), grid=(500,) * 5),
        [["甲", "乙"], ["丙", "丁"]],
    ),
    "edges that were not drawn exactly": (
        tbl(
            tr("甲", tc("乙", span=2), "丙"),
            tr(tc("丁", span=2), "戊", "己"),
            grid=(2000, 40, 1960, 2000),
        ),
        [["甲", "乙", "丙"], ["丁", "戊", "己"]],
    ),
    "a narrow column is kept where a cell fills it": (
        tbl(tr("甲", "乙", "丙"), tr("丁", "", "戊"), grid=(2000, 60, 2000)),
        [["甲", "乙", "丙"], ["丁", "", "戊"]],
    ),
    "a row without gridSpan placed by its widths": (
        tbl(
            tr(tc("标题", width=6000)),
            tr(tc("甲", width=1500), tc("乙", width=3000), tc("丙", width=1500)),
            tr(tc("丁", width=4500), tc("戊", width=1500)),
            grid=(1500, 3000, 1500),
        ),
        [["标题"] * 3, ["甲", "乙", "丙"], ["丁", "丁", "戊"]],
    ),
    "widths without a grid": (
        tbl(tr(tc("标题", width=3000)), tr(tc("甲", width=1000), tc("乙", width=2000))),
        [["标题", "标题"], ["甲", "乙"]],
    ),
    "a short row without widths": (tbl(tr("甲", "乙", "丙"), tr("丁", "戊")), [["甲", "乙", "丙"], ["丁", "戊", ""]]),
    "several paragraphs in a cell": (
        tbl(tr(tc("一", "二"), "乙"), tr("丙", "丁"), grid=(1000, 1000)),
        [["一\n二", "乙"], ["丙", "丁"]],
    ),
    "blank paragraphs in a cell": (
        tbl(tr(tc(p(), "一", p("　"), "二", p()), "乙"), tr("丙", "丁"), grid=(1000, 1000)),
        [["一\n二", "乙"], ["丙", "丁"]],
    ),
    "nested table": (
        tbl(tr(tc(tbl(tr("内1", "内2"), grid=(500, 500)), p()), "乙"), tr("丙", "丁"), grid=(1000, 1000)),
        [["内1\n内2", "乙"], ["丙", "丁"]],
    ),
    "cells in content controls": (
        tbl(
            f"<w:sdt><w:sdtContent>{tr('甲', '乙')}</w:sdtContent></w:sdt>",
            f"<w:tr><w:sdt><w:sdtContent>{tc('丙')}</w:sdtContent></w:sdt>{tc('丁')}</w:tr>",
            grid=(1000, 1000),
        ),
        [["甲", "乙"], ["丙", "丁"]],
    ),
    "deleted row and cell": (
        tbl(
            tr("甲", "乙"),
            tr("旧", "行", properties='<w:del w:id="1" w:author="x"/>'),
            tr("丙", tc("旧", properties='<w:cellDel w:id="1" w:author="x"/>'), "丁"),
            grid=(1000, 1000),
        ),
        [["甲", "乙"], ["丙", "丁"]],
    ),
    "rows without cells": (tbl(tr(), tr("甲", "乙"), tr("丙", "丁"), grid=(1000, 1000)), [["甲", "乙"], ["丙", "丁"]]),
    "span beyond reason": (
        tbl(tr(tc("甲", span=2_000_000_000), "乙"), tr("丙", "丁"), grid=(1000, 1000)),
        [["甲", "甲", "甲", "乙"], ["丙", "丁", "", ""]],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_grid(name: str) -> None:
    xml, expected = CASES[name]
    assert table(xml).grid() == expected


def test_cells_do_not_overlap_and_state_their_spans() -> None:
    xml, _ = CASES["merge of a block"]
    first = table(xml).cells[0]
    assert (first.row, first.column, first.rowspan, first.colspan) == (0, 0, 2, 2)


def test_header_rows() -> None:
    header = "<w:tblHeader/>"
    xml = tbl(
        tr(tc("任务", merge="restart"), tc("单位", span=2), properties=header),
        tr(tc(merge="continue"), "牵头", "配合", properties=header),
        tr("甲", "乙", "丙"),
        grid=BLANK_GRID,
    )
    assert table(xml).header_rows == 2


def test_header_reaches_as_far_as_its_merged_cells() -> None:
    xml = tbl(
        tr(tc("任务", merge="restart"), tc("单位", span=2), properties="<w:tblHeader/>"),
        tr(tc(merge="continue"), "牵头", "配合"),
        tr("甲", "乙", "丙"),
        grid=BLANK_GRID,
    )
    assert table(xml).header_rows == 2


@pytest.mark.parametrize("mark", ["", '<w:tblHeader w:val="0"/>'])
def test_no_header_rows(mark: str) -> None:
    assert table(tbl(tr("甲", "乙", properties=mark), tr("丙", "丁"), grid=(1, 1))).header_rows is None


def test_bold_and_alignment_of_cells() -> None:
    bold = p(r("任务", "<w:b/>"), properties='<w:jc w:val="center"/>')
    cells = table(tbl(tr(tc(bold), tc(p(r("甲", "<w:b/>"), r("乙")))), tr(tc(), "丁"), grid=(1000, 1000))).cells
    assert [(c.bold, c.alignment) for c in cells] == [(True, "center"), (False, None), (None, None), (False, None)]


# What only places text


def test_one_column_is_unrolled() -> None:
    assert shown(tbl(tr("第一段"), tr(tc("第二段", "第三段")), grid=(9000,))) == ["第一段", "第二段", "第三段"]


def test_whole_circular_in_one_cell_with_its_table() -> None:
    inner = tbl(tr("任务", "单位"), tr("甲", "乙"), grid=(500, 500))
    assert shown(tbl(tr(tc("标题", "正文。", inner, p())), grid=(9000,))) == [
        "标题",
        "正文。",
        [["任务", "单位"], ["甲", "乙"]],
    ]


def test_red_head() -> None:
    red = '<w:color w:val="FF0000"/><w:sz w:val="72"/>'
    head = tbl(tr(tc(p(r("青岚县人民政府", red))), tc(p(r("文件", red)))), grid=(5000, 2000))
    assert shown(head, p("各镇人民政府：")) == ["青岚县人民政府文件", "各镇人民政府："]


def test_joint_red_head() -> None:
    red = '<w:color w:val="FF0000"/><w:sz w:val="72"/>'
    head = tbl(
        tr(tc(p(r("中共青岚县委", red))), tc(p(r("文件", red)), merge="restart")),
        tr(tc(p(r("青岚县人民政府", red))), tc(merge="continue")),
        grid=(5000, 2000),
    )
    assert shown(head) == ["中共青岚县委文件", "青岚县人民政府"]


def test_number_and_signatory_side_by_side() -> None:
    assert shown(tbl(tr("青政发〔2024〕5号", "签发人：张三"), grid=(4000, 4000), properties=NO_RULES)) == [
        "青政发〔2024〕5号签发人：张三"
    ]


def test_colophon() -> None:
    rules = '<w:tblBorders><w:top w:val="single"/><w:bottom w:val="single"/><w:insideH w:val="single"/></w:tblBorders>'
    colophon = tbl(
        tr(tc("抄送：县委办公室。", span=2)),
        tr("青岚县人民政府办公室", "2024年6月28日印发"),
        grid=(4000, 4000),
        properties=rules,
    )
    assert shown(colophon) == ["抄送：县委办公室。", "青岚县人民政府办公室2024年6月28日印发"]


def test_frame_around_running_text() -> None:
    body = [f"（{n}）第{n}项要求，各单位认真落实。" for n in range(12)]
    form = tbl(tr("索引号", "A1"), tr("发布机构", "县政府"), tr(tc(*body, span=2)), grid=(2000, 6000))
    assert shown(form) == [[["索引号", "A1"], ["发布机构", "县政府"]], *body]


def test_running_text_beside_a_blank_margin() -> None:
    body = [f"（{n}）第{n}项要求，各单位认真落实。" for n in range(12)]
    assert shown(tbl(tr("", tc(*body)), tr("", "落款"), grid=(1000, 7000))) == [*body, "落款"]


def test_long_cell_alone_in_a_narrow_column_stays() -> None:
    body = [f"第{n}项" for n in range(12)]
    grid = table(tbl(tr("任务", "要求", "单位"), tr("", tc(*body), ""), grid=(3000, 3000, 3000))).grid()
    assert grid[1] == ["", "\n".join(body), ""]


def test_long_cell_beside_others_stays_in_its_table() -> None:
    body = [f"第{n}项" for n in range(12)]
    grid = table(tbl(tr("任务", "要求"), tr("甲", tc(*body)), grid=(2000, 6000))).grid()
    assert grid == [["任务", "要求"], ["甲", "\n".join(body)]]


def test_small_ruled_table_stays() -> None:
    assert shown(tbl(tr("任务", "单位"), tr("甲", "乙"), grid=(2000, 6000))) == [[["任务", "单位"], ["甲", "乙"]]]


def test_rules_come_from_the_style() -> None:
    borders = '<w:tblPr><w:tblBorders><w:insideV w:val="single"/></w:tblBorders></w:tblPr>'
    styles = style("Base", kind="table", more=borders) + style("Grid", kind="table", based_on="Base")
    xml = tbl(tr("任务", "单位"), tr("甲", "乙"), grid=(2000, 6000), properties='<w:tblStyle w:val="Grid"/>')
    assert shown(xml, styles=styles) == [[["任务", "单位"], ["甲", "乙"]]]


def test_small_table_that_says_nothing_of_rules_stays() -> None:
    assert shown(tbl(tr("任务", "单位"), tr("甲", "乙"), grid=(2000, 6000), properties="")) == [
        [["任务", "单位"], ["甲", "乙"]]
    ]


def test_small_table_with_its_rules_taken_away_is_layout() -> None:
    xml = tbl(tr("联系人：张三", "电话：1"), tr("地址：石桥镇", "邮编：2"), grid=(2000, 6000), properties=NO_RULES)
    assert shown(xml) == ["联系人：张三电话：1", "地址：石桥镇邮编：2"]


def test_rules_of_the_cells() -> None:
    borders = '<w:tcBorders><w:left w:val="single"/><w:right w:val="single"/></w:tcBorders>'
    rows = [tr(tc(a, properties=borders), tc(b, properties=borders)) for a, b in (("任务", "单位"), ("甲", "乙"))]
    assert shown(tbl(*rows, grid=(2000, 6000), properties="")) == [[["任务", "单位"], ["甲", "乙"]]]


def test_table_without_rules_stays_where_it_is_a_grid() -> None:
    rows = [tr("序号", "任务", "单位"), *(tr(str(n), f"任务{n}", "县政府办") for n in range(1, 4))]
    assert isinstance(read(tbl(*rows, grid=BLANK_GRID, properties=NO_RULES)).blocks[0], Table)


def test_blank_table_is_dropped() -> None:
    assert shown(p("甲"), tbl(tr("", ""), tr("", ""), grid=(1, 1)), p("乙")) == ["甲", "乙"]


# Tables that continue one another

HEAD = ("序号", "任务", "单位")


def rows(*numbers: int) -> list[str]:
    return [tr(str(n), f"任务{n}", "县政府办") for n in numbers]


def grid_of(*numbers: int) -> Grid:
    return [list(HEAD), *([str(n), f"任务{n}", "县政府办"] for n in numbers)]


@pytest.mark.parametrize(
    "between", ["", p(), p("<w:r><w:br w:type='page'/></w:r>")], ids=["nothing", "a blank paragraph", "a page break"]
)
def test_repeated_header_joins(between: str) -> None:
    first = tbl(tr(*HEAD), *rows(1, 2), grid=(1000, 5000, 2000))
    second = tbl(tr(*HEAD), *rows(3, 4), grid=(900, 4000, 2500))
    joined = table(first, between, second)
    assert joined.grid() == grid_of(1, 2, 3, 4)
    assert joined.page_starts == (3,)


def test_adjacent_table_without_a_header_joins() -> None:
    first, second = tbl(tr(*HEAD), *rows(1, 2), grid=(1000, 5000, 2000)), tbl(*rows(3), grid=(900, 4000, 2500))
    assert table(first, second).grid() == grid_of(1, 2, 3)


def test_numbers_that_go_on_join_over_a_blank_paragraph() -> None:
    first, second = tbl(tr(*HEAD), *rows(1, 2), grid=BLANK_GRID), tbl(*rows(3), grid=BLANK_GRID)
    assert table(first, p(), second).grid() == grid_of(1, 2, 3)


def test_other_tables_stay_apart() -> None:
    first = tbl(tr(*HEAD), *rows(1, 2), grid=BLANK_GRID)
    other = tbl(tr("名称", "地址", "电话"), tr("甲", "乙", "丙"), grid=BLANK_GRID)
    marked = tbl(tr("名称", "地址", "电话", properties="<w:tblHeader/>"), tr("甲", "乙", "丙"), grid=BLANK_GRID)
    assert len(read(first, p(), other).blocks) == 2
    assert len(read(first, marked).blocks) == 2
    assert len(read(first, p("附件2"), tbl(tr(*HEAD), *rows(3), grid=BLANK_GRID)).blocks) == 3


# Random grids


@st.composite
def merged_grids(draw: st.DrawFn) -> tuple[list[list[int]], int, int]:
    """A grid in which each position holds the number of its cell; cells are rectangles."""
    height, width = draw(st.integers(2, 6)), draw(st.integers(2, 5))
    cells = [[-1] * width for _ in range(height)]
    number = 0
    for row in range(height):
        for column in range(width):
            if cells[row][column] >= 0:
                continue
            wide = 1
            while column + wide < width and cells[row][column + wide] < 0 and draw(st.integers(0, 3)) == 0:
                wide += 1
            high = 1
            while row + high < height and draw(st.integers(0, 3)) == 0:
                high += 1
            for i in range(high):
                for j in range(wide):
                    cells[row + i][column + j] = number
            number += 1
    return cells, height, width


@settings(max_examples=80, deadline=None)
@given(made=merged_grids())
def test_random_merges_read_back(made: tuple[list[list[int]], int, int]) -> None:
    cells, height, width = made
    xml_rows = []
    for row in range(height):
        out = []
        column = 0
        while column < width:
            number = cells[row][column]
            span = 1
            while column + span < width and cells[row][column + span] == number:
                span += 1
            above = row > 0 and cells[row - 1][column] == number
            below = row + 1 < height and cells[row + 1][column] == number
            merge = "continue" if above else "restart" if below else None
            out.append(tc("" if above else f"格{number}", span=span, merge=merge))
            column += span
        xml_rows.append(tr(*out))
    document = read(tbl(*xml_rows, grid=(1500,) * width, properties=RULED))
    tables = [block for block in document.blocks if isinstance(block, Table)]
    for found in tables:
        covered = [
            (i, j)
            for c in found.cells
            for i in range(c.row, c.row + c.rowspan)
            for j in range(c.column, c.column + c.colspan)
        ]
        assert len(covered) == len(set(covered))
    used = [j for j in range(width) if j == 0 or any(cells[i][j] != cells[i][j - 1] for i in range(height))]
    if len(used) > 1 and any(len(set(row)) > 1 for row in cells):
        assert [found.grid() for found in tables] == [[[f"格{row[j]}" for j in used] for row in cells]]
    else:
        assert not tables
