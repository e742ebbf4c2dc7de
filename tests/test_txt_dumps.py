"""Tables as sites and programs dump them into texts: each kind of dump gives the same grid."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from wpparse import parse
from wpparse.blocks import Paragraph, Table
from wpparse.pipeline import read_document

HEADER = ["序号", "工作任务", "工作要求", "责任单位", "完成时限"]
TASKS: list[list[str | None]] = [
    ["1", "河道整治", "清理白沙河两岸违章建筑，拆除围网。", "县水利局", "3月底前"],
    ["2", None, "实施清淤疏浚，恢复行洪断面。", "县水利局", "5月底前"],
    ["3", "绿化提升", "栽植乔木2000株，建设滨河步道。", "县林业局", "6月底前"],
    ["4", None, "补植沿线花卉，落实管护人员。", "县城管局", "9月底前"],
]
GRID = [HEADER, *([text or "" for text in row] for row in TASKS)]
PRESENT = [HEADER, *([text for text in row if text is not None] for row in TASKS)]
"""What stands in the rows of a page: a merged cell only in its first one."""

DUMPS = {
    "a bar behind each cell": "\n".join(f"{text} |" for row in PRESENT for text in row),
    "rows end with a blank line": "\n\n".join(" |\n".join(row) for row in PRESENT),
    "lines with a lone tab": "\n\n\n\n\n".join("\n\n\t\n\n".join(row) for row in PRESENT),
    "bars without the merged cells": "\n".join(" | ".join(row) + " |" for row in PRESENT),
    "commas": "\n".join(",".join(row) for row in GRID),
    "commas and quotes": "\n".join(",".join(f'"{text}"' for text in row) for row in GRID),
}


def grids(text: str) -> list[list[list[str]]]:
    return [block.grid() for block in read_document(text.encode(), name="a.txt").blocks if isinstance(block, Table)]


def paragraphs(text: str) -> list[str]:
    return [block.text for block in read_document(text.encode(), name="a.txt").blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize("name", DUMPS)
def test_every_kind_of_dump_gives_the_table(name: str) -> None:
    text = f"白沙河综合治理任务分解表\n{DUMPS[name]}\n\n抄送：县委办公室。\n"
    assert grids(text) == [GRID]
    assert paragraphs(text) == ["白沙河综合治理任务分解表", "抄送：县委办公室。"]


def test_a_cell_before_a_bar_may_have_several_lines_or_none() -> None:
    rows = [
        ["序号", "任务", "单位", "备注"],
        ["1", "修路。", "县交通运输局\n县财政局", ""],
        ["2", "架桥。", "县水利局", "续建"],
    ]
    rows.append(["3", "植树。", "县林业局", ""])
    assert grids("\n".join(f"{text} |" for row in rows for text in row)) == [rows]


def test_bands_between_rows_of_bars() -> None:
    band = "二、绿化方面"
    rows = [*PRESENT[:3], [band], *(["", *row][1:] for row in PRESENT[3:])]
    found = grids("\n".join(f"{text} |" for row in rows for text in row))[0]
    assert found[3] == [band, "", "", "", ""]
    assert found[4:] == GRID[3:]


def test_bands_between_rows_of_bars_that_have_none() -> None:
    lines = [
        "序号 | 项目名称 | 责任单位",
        "一、交通水利（1个）",
        "1 | 清河治理工程 | 县水利局",
        "二、社会事业（1个）",
        "2 | 新建小学 | 县教育局",
    ]
    (found,) = grids("\n".join(lines))
    assert [row[0] for row in found] == ["序号", "一、交通水利（1个）", "1", "二、社会事业（1个）", "2"]


def test_quoted_cells_hold_line_ends_and_commas() -> None:
    text = '序号,任务,单位\n1,"修路,架桥。","甲局\n乙局"\n2,植树。,丙局\n3,清淤。,丁局'
    assert grids(text)[0][1] == ["1", "修路,架桥。", "甲局\n乙局"]


def test_prose_with_commas_is_no_table() -> None:
    text = "各镇,街道,部门\n要提高认识,加强领导,狠抓落实,确保实效。\n要细化措施,明确责任。"
    assert grids(text) == []


TWO_ROWS = ["序号", "工作任务", "责任分工", "时限", "类别", "内容", "牵头单位", "配合单位"]
UNDER = [
    ["1", "供水", "改造老旧管网30公里。", "县水利局", "县财政局", "6月底前"],
    ["2", "供气", "新建门站一座。", "县住建局", "县应急管理局", "8月底前"],
    ["3", "供热", "改造换热站5座。", "县住建局", "县发改局", "10月底前"],
]


@pytest.mark.parametrize(
    "text",
    [
        "\n".join([*TWO_ROWS, *(text for row in UNDER for text in row)]),
        "\n".join(f"{text} |" for text in [*TWO_ROWS, *(text for row in UNDER for text in row)]),
        "\n".join("\t".join(row) for row in (TWO_ROWS[:4], TWO_ROWS[4:], *UNDER)),
    ],
)
def test_two_rows_of_headers_stand_over_their_columns(text: str) -> None:
    plan = parse(f"青岚县2024年城建任务分解表\n{text}\n".encode(), name="a.txt")
    assert [(task.path, task.text) for task in plan.tasks] == [((row[1],), row[2]) for row in UNDER]
    for task, row in zip(plan.tasks, UNDER, strict=True):
        assert [(party.name, party.role) for party in task.parties] == [(row[3], "lead"), (row[4], "support")]
        assert [deadline.text for deadline in task.deadlines] == [row[5]]


def test_bodies_one_below_the_other_are_one_cell() -> None:
    rows = [
        ["1", "演练不足。", "1.制定预案；\n2.组织演练。", "县应急局\n县教育局", "4月底前"],
        ["2", "台账不全。", "补齐台账，专人管理。", "县住建局", "5月底前"],
        ["3", "巡查不力。", "增加巡查，落实记录。", "县城管局\n县公安局", "6月底前"],
        ["4", "设备老化。", "更换设备，定期检修。", "县水利局", "7月底前"],
    ]
    text = "\n".join(["序号", "问题", "整改措施", "责任单位", "整改时限", *(text for row in rows for text in row)])
    assert grids(text)[0][1:] == rows


def test_a_cell_goes_on_behind_a_semicolon() -> None:
    rows = [
        ["1", "污水厂二期", "县住建局", "县水利局", "3月底前开工；\n12月底前完工"],
        ["2", "冷链物流园", "县商务局", "县财政局", "6月底前报批；\n10月底前开工"],
        ["3", "第三小学", "县教育局", "县住建局", "8月底前"],
        ["4", "数字乡村", "县农业局", "县大数据局", "11月底前"],
    ]
    text = "\n".join(["序号", "项目", "牵头单位", "责任单位", "时间节点", *(text for row in rows for text in row)])
    assert grids(text)[0][1:] == rows


def test_marks_whose_blank_neighbours_were_lost_make_no_table() -> None:
    rows = [
        ["1", "配保安。", "√", "3月底前"],
        ["2", "装报警器。", "√", "√", "5月底前"],
        ["3", "普法。", "√", "6月底前"],
    ]
    rows.append(["4", "巡逻。", "√", "7月底前"])
    text = "\n".join(
        ["序号", "任务", "县教育局", "县公安局", "县司法局", "时限", *(text for row in rows for text in row)]
    )
    assert grids(text) == []


def test_rows_without_numbers_are_told_by_their_sentences() -> None:
    rows = [
        ["阶段", "工作内容", "时间", "责任单位"],
        ["动员阶段", "召开动员大会，印发实施方案。", "3月", "县爱卫办"],
        ["", "各单位制定方案，明确联络员。", "3月底前", "各成员单位"],
        ["推进阶段", "开展集中整治，清理卫生死角。", "4月至6月", "县城管局"],
        ["", "改造农贸市场，规范经营秩序。", "8月底前", "县商务局"],
    ]
    assert grids("创卫进度表\n" + "\n".join(text for row in rows for text in row if text) + "\n") == [rows]


LAYOUT = "\n".join(
    "".join(text.ljust(width) for text, width in zip(row, (2, 22, 5, 5, 8), strict=False)).rstrip()
    for row in (
        ["序", "工作任务", "县教育局", "县公安局", "完成时限"],
        ["号"],
        ["1", "配齐专职保安，配备率达到100%。", "√", "√", "3月底前"],
        ["2", "装好一键报警装置并与公安机关联", "", "√", "5月底前"],
        ["", "网。"],
        ["3", "每学期讲授法治课不少于2次。", "√", "", "6月底前"],
        [],
        ["抄送：县委办公室。"],
    )
)
"""Every character one column, as such programs print them."""


def test_columns_of_characters_however_wide() -> None:
    assert grids(LAYOUT) == [
        [
            ["序号", "工作任务", "县教育局", "县公安局", "完成时限"],
            ["1", "配齐专职保安，配备率达到100%。", "√", "√", "3月底前"],
            ["2", "装好一键报警装置并与公安机关联网。", "", "√", "5月底前"],
            ["3", "每学期讲授法治课不少于2次。", "√", "", "6月底前"],
        ]
    ]
    assert paragraphs(LAYOUT) == ["抄送：县委办公室。"]


WRAPPED = [
    "石桥镇人民政府关于印发石桥镇农村道路养护方案的通知",
    "石政发〔2024〕8号",
    "各村（社区）：",
    "为切实加强全镇农村道路养护管理工作，保障人民群众安全",
    "便捷出行，现将方案印发给你们，请认真抓好贯彻落实实施。",
    "石桥镇人民政府",
    "2024年4月2日",
    "（一）落实养护责任。按照分级管理原则划定养护责任路段，",
    "配备养护人员，建立巡查台账，及时修补坑槽。（责任单位：",
    "镇村镇建设办、各村）",
    "（二）强化资金保障。统筹各级补助资金，确保养护经费按时",
    "足额拨付到位。",
]


def test_a_line_that_ends_in_a_comma_goes_on() -> None:
    lines = ["（七）化解信访积案，包案领导每月接访不少于2次，", "年底前化解率达到90%以上；", "责任部门：综治办"]
    assert paragraphs("\n".join(lines)) == [
        "（七）化解信访积案，包案领导每月接访不少于2次，年底前化解率达到90%以上；",
        "责任部门：综治办",
    ]


def test_what_a_full_line_does_not_swallow() -> None:
    assert paragraphs("\n".join(WRAPPED)) == [
        *WRAPPED[:3],
        "".join(WRAPPED[3:5]),
        *WRAPPED[5:7],
        "".join(WRAPPED[7:10]),
        "".join(WRAPPED[10:]),
    ]


def test_page_numbers_that_name_the_last_page() -> None:
    lines = [*WRAPPED, *WRAPPED[7:11], "1 / 2", WRAPPED[11]]
    assert paragraphs("\n".join(lines))[-1] == "".join(WRAPPED[10:])


def test_a_short_circular_in_one_line() -> None:
    text = " ".join(
        [
            "".join(WRAPPED[:1]),
            *WRAPPED[1:3],
            "".join(WRAPPED[3:5]),
            *WRAPPED[5:7],
            "".join(WRAPPED[7:10]),
            "".join(WRAPPED[10:]),
        ]
    )
    text += " （三）加强监督考核。镇督查室每季度通报养护情况，考核结果与补助资金挂钩，对工作不力的村予以约谈并限期整改到位。"
    text += "养护经费专款专用，严禁截留挪用，确保每一分钱都用在道路养护上。"
    assert len(text) > 300
    assert paragraphs(text)[:3] == WRAPPED[:3]
    assert paragraphs(text)[-1].startswith("（三）加强监督考核。")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_and_next_to_no_ascii(encoding: str) -> None:
    data = "".join(f"{line}。" for line in WRAPPED[3:5]).encode(encoding) + "\n".encode(encoding)
    assert read_document(data, name="a.txt").source.encoding == encoding


@pytest.mark.parametrize("restated", [True, False])
@pytest.mark.parametrize(
    "dump",
    [
        lambda rows: "\n".join(f"{text} |" for row in rows for text in row if text),
        lambda rows: "\n".join(",".join(row) for row in rows),
        lambda rows: "\n".join("| " + " | ".join(row) + " |" for row in rows),
    ],
    ids=["bars", "commas", "pipes"],
)
def test_a_page_break_in_a_table(dump: Callable[[list[list[str]]], str], restated: bool) -> None:
    text = f"{dump(GRID[:3])}\n\n— 2 —\n\n{dump([HEADER, *GRID[3:]] if restated else GRID[3:])}\n"
    rows = [row for grid in grids(f"任务分解表\n{text}") for row in grid if row != HEADER]
    assert rows == GRID[1:]


def test_many_lines_like_headers_are_soon_given_up() -> None:
    text = "\n".join(["序号 任务 单位  时间 说明", "1 修路  县局"] * 2000)
    begin = time.perf_counter()
    grids(text)
    assert time.perf_counter() - begin < 5


def test_a_dump_around_another_table_swallows_nothing() -> None:
    """Lines parted by a tab, between numbers of which each stands on a line of its own."""
    lines = [
        "序号",
        *("1", "县大数据局、县发展改革局", "2", "县各有关单位", "3", "县各有关单位", "4", "县委网信办，县公安局"),
        *("5", "建设规范高效的交易场所", "6", "培育数据流通服务生态", "县各有关单位", "7", "县委网信办，县市场监管局"),
        *("8", "探索建立收益分配机制", "1．在6个场景试点，开展多种评估方法研究。"),
        "县大数据局\t县大数据局",
        "石桥镇、白水镇人民政府，县自然资源局、县交通运输局，\t石桥镇、白水镇人民政",
        "9",
    ]
    found = read_document("\n".join(lines).encode(), name="a.txt").blocks
    told = "".join(
        block.text if isinstance(block, Paragraph) else "".join(cell.text for cell in block.cells) for block in found
    )
    for line in lines:
        assert all(part.strip() in told for part in line.split("\t"))
