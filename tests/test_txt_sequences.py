"""Tables of which a dump left only the sequence of their cells: where rows begin and what they lack is found again."""

from __future__ import annotations

import pytest

from wpparse.blocks import Paragraph, Table
from wpparse.grammar import load_grammar
from wpparse.layout.grids.ragged import settle
from wpparse.layout.grids.reading import counted
from wpparse.layout.grids.words import Words
from wpparse.pipeline import read_document

Rows = list[list[str | None]]
"""None stands for a cell that is merged with the one above it, the empty string for a blank one."""

MENDED: Rows = [
    ["序号", "反馈问题", "整改措施", "责任单位", "责任领导", "整改时限"],
    ["1", "城区黑臭水体治理不到位", "完成东湖排口截污改造，安装监测设备。", "区住建局", "王立新", "6月30日前"],
    [None, None, "建立河道巡查制度，每周巡查一次。", "区水务局", None, "长期坚持"],
    ["2", "污水处理设施运行不正常", "督促运营单位更换老化设备。", "区工业园区管委会", "赵敏", "9月底前"],
    ["3", "餐饮油烟扰民问题突出", "对餐饮单位开展拉网式排查，建立台账。", "区城市管理局", "孙志刚", "5月底前"],
    [None, None, "推动餐饮单位安装油烟净化设施。", None, None, "12月底前"],
]
BELOW_TOPICS: Rows = [
    ["工作任务", "具体要求", "责任单位", "时限要求"],
    ["一、深化重点领域信息公开", "及时公开惠企政策，动态更新政策清单。", "市发展改革委", "持续推进"],
    [None, "公开义务教育招生范围和咨询电话。", "市教育局", "7月底前"],
    [None, "集中公开公共企事业单位信息。", "市住建局", "9月底前"],
    ["二、提升政策解读质效", "政策文件与解读材料同步发布。", "各县区政府", "全年"],
    [None, "综合运用图解、视频等形式开展解读。", None, None],
    ["三、强化平台建设", "完成政府网站适老化改造。", "市政府办公室", "10月底前"],
]
MARKED: Rows = [
    ["序号", "工作任务", "县公安局", "县民政局", "县市场监管局"],
    ["1", "排查养老服务机构，建立线索台账。", "", "√", "√"],
    ["2", "依法打击侵害老年人权益的犯罪。", "√", "", ""],
    ["3", "整治面向老年人的虚假宣传。", "", "", "√"],
]
AGAIN: Rows = [
    ["序号", "工作任务", "责任单位", "完成时限"],
    ["一、推动产业振兴（3项）"],
    ["1", "新建高标准农田6000亩。", "农业农村办", "10月底前"],
    ["2", "新引进亿元以上项目2个。", "经济发展办", "年底前"],
    ["3", "培育示范合作社3家。", "农业农村办", "9月底前"],
    ["二、建设宜居乡村（2项）"],
    ["1", "改造农村户厕320座。", "村镇建设办", "11月底前"],
    ["2", "完成雨污分流管网4.5公里。", "村镇建设办", "6月底前"],
]
TABLES = {"mended": MENDED, "below topics": BELOW_TOPICS, "again": AGAIN}


def own(rows: Rows) -> list[list[str]]:
    """What stands in the rows of a page."""
    return [[text for text in row if text is not None] for row in rows]


def whole(rows: Rows) -> list[list[str]]:
    width = len(rows[0])
    return [[text or "" for text in row] + [""] * (width - len(row)) for row in rows]


def grids(text: str) -> list[list[list[str]]]:
    return [block.grid() for block in read_document(text.encode(), name="a.txt").blocks if isinstance(block, Table)]


def paragraphs(text: str) -> list[str]:
    return [block.text for block in read_document(text.encode(), name="a.txt").blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize("between", ["\n", "\n\n", " |\n", "\n|\n"], ids=["lines", "gaps", "bars", "lone bars"])
@pytest.mark.parametrize("rows", TABLES.values(), ids=TABLES)
def test_merged_cells_that_a_dump_left_out(rows: Rows, between: str) -> None:
    dump = between.join(text for row in own(rows) for text in row) + between
    text = f"重点工作责任清单\n\n{dump}\n\n抄送：县委办公室。\n"
    assert grids(text) == [whole(rows)]
    assert paragraphs(text) == ["重点工作责任清单", "抄送：县委办公室。"]


@pytest.mark.parametrize("between", [" |\n", "\n|\n"], ids=["bars", "lone bars"])
def test_marks_where_a_dump_shows_blank_cells(between: str) -> None:
    dump = between.join(text for row in own(MARKED) for text in row) + between
    assert grids(f"职责分工表\n\n{dump}\n\n抄送：县委办公室。\n") == [whole(MARKED)]


def test_marks_without_their_blank_neighbours_are_left_alone() -> None:
    assert grids("\n".join(text for row in own(MARKED) for text in row if text)) == []


def test_a_header_that_spans_the_numbers() -> None:
    cells = ["工作任务", "具体要求", "责任科室", "时限要求"]
    for number, topic in enumerate(["规范文件公开", "深化政策解读", "", "依申请公开", "平台建设"], 1):
        cells += [topic] if topic else []
        cells += [str(number), f"做好第{number}件事，接受社会监督。", "办公室" if number % 2 else "各科室", "年底前"]
    (rows,) = grids("\n".join(f"{text} |" for text in cells))
    assert rows[0] == ["工作任务", "具体要求", "责任科室", "时限要求", ""]
    assert rows[3] == ["", "3", "做好第3件事，接受社会监督。", "办公室", "年底前"]


def test_bodies_on_lines_of_their_own_behind_a_sentence() -> None:
    lines = (
        "序号 民生实事 责任单位 完成时限",
        "1 启动白沙河综合治理。 县水利局 县住建局 12月底前",
        "2 新建人行天桥2座。 县住建局 9月底前",
        "3 开工建设养老护理楼。 县民政局 5月底前 开工建设老年大学。 12月底前",
        "4 迁建县政务服务中心。 县政务服务中心 县代建中心 12月底前",
        "5 建成残疾人服务中心。 县残联 5月底前",
    )
    text = "\n\n".join(cell for line in lines for cell in line.split())
    rows = grids(f"民生实事任务分解表\n\n{text}\n")[0]
    assert rows[1] == ["1", "启动白沙河综合治理。", "县水利局\n县住建局", "12月底前"]
    assert rows[4] == ["", "开工建设老年大学。", "", "12月底前"]
    assert rows[5] == ["4", "迁建县政务服务中心。", "县政务服务中心\n县代建中心", "12月底前"]


def test_rows_without_a_header() -> None:
    rows = [[str(n), f"第{n}个项目", "完成主体施工。", "县住建局", f"{n + 5}月底前"] for n in range(1, 6)]
    assert grids("包保责任表\n" + "\n".join(text for row in rows for text in row) + "\n") == [rows]


def test_numbered_paragraphs_are_no_rows() -> None:
    text = "\n".join(["1", "加强领导。", "2", "落实责任。", "3", "严格考核。", "4", "强化宣传。"])
    assert grids(text) == []


def test_a_line_break_in_a_cell_between_bars() -> None:
    text = "| 序号 | 任务 | 单位 |\n|---|---|---|\n| 1 | 修路。 | 县交通局<br>县财政局 |\n| 2 | 植树。 | 县林业局 |"
    assert grids(text)[0][1] == ["1", "修路。", "县交通局\n县财政局"]


def test_a_merged_cell_that_stands_in_each_position() -> None:
    text = "序号\t任务\t单位\n一、交通\t一、交通\t一、交通\n1\t修路。\t县交通局\n2\t架桥。\t县水利局"
    assert grids(text)[0][1] == ["一、交通", "", ""]


def test_rows_filled_up_at_their_end() -> None:
    rows = [
        ["工作任务", "具体要求", "责任部门"],
        ["一、做好财政信息公开。", "1.公开预算、决算及相关报表，接受监督。", "财务科"],
        ["二、做好网站专栏公开。", "2.及时更新网站频道的各类概况信息。", "办公室"],
        ["3.及时反馈网民对调查征集信息的意见建议。", "各科室", ""],
        ["三、加强政策发布解读。", "4.切实加强重大政策实施的发布解读。", ""],
    ]
    found = settle(rows, 3, Words(load_grammar()))
    assert found[3] == ["", "3.及时反馈网民对调查征集信息的意见建议。", "各科室"]
    assert found[4] == rows[4]


def test_counting() -> None:
    assert counted(["序号", "1", "甲", "2", "乙", "5", "3", "丙", "二、其他工作", "1", "丁"]) == [1, 3, 6, 9]
    assert counted(["1", "2", "3"]) == [0]
    assert counted(["1", "2", "3"], least=1) == [0, 1, 2]


def printed(move: int, *lines: list[str]) -> str:
    """Lines as pdftotext -layout prints them: every character one column."""
    begins = (0, 17, 31, 43, 60, 68)
    out = ""
    for cells in lines:
        line = ""
        for begin, cell in zip(begins, cells, strict=False):
            line = line.ljust(begin) + cell if cell else line
        out += " " * move + line.rstrip() + "\n"
    return out


NAMES = ["序号", "重点任务", "  责任单位", "", "完成时限"]
UNDER = ["", "", "牵头单位", "配合单位", "启动", "完成"]
PRINTED = (
    printed(
        0,
        NAMES,
        UNDER,
        ["一、基础设施"],
        ["1", "编制全市低空经济发", "市发展改革委", "市交通运输局、市自", "3月", "10 月底"],
        ["", "展规划，建成起降点", "", "然资源局"],
        ["", "12 个。"],
        ["2", "建设公共数据授权运", "市大数据局", "市直有关部门", "2月", "6 月底"],
        ["", "营平台。"],
        ["", "归集数据目录，制定", "", "", "", "8 月底"],
        ["", "开放计划。"],
    )
    + "\f"
    + printed(0, NAMES, UNDER)
    + printed(
        11,
        ["3", "推进创业担保贷款扩", "市人力资源社会保障", "市财政局、人民银行", "1月", "11 月底"],
        ["", "面，新增贷款 3", "局", "临泽市分行"],
        ["", "亿元。"],
    )
    + "抄送：市委办公室。\n"
)


def test_gutters_between_printed_columns() -> None:
    assert grids(PRINTED)[0] == [
        ["序号", "重点任务", "责任单位", "", "完成时限", ""],
        ["", "", "牵头单位", "配合单位", "启动", "完成"],
        ["一、基础设施", "", "", "", "", ""],
        [
            "1",
            "编制全市低空经济发展规划，建成起降点12个。",
            "市发展改革委",
            "市交通运输局、市自然资源局",
            "3月",
            "10月底",
        ],
        ["2", "建设公共数据授权运营平台。", "市大数据局", "市直有关部门", "2月", "6月底"],
        ["", "归集数据目录，制定开放计划。", "", "", "", "8月底"],
        [
            "3",
            "推进创业担保贷款扩面，新增贷款3亿元。",
            "市人力资源社会保障局",
            "市财政局、人民银行临泽市分行",
            "1月",
            "11月底",
        ],
    ]
    assert paragraphs(PRINTED) == ["抄送：市委办公室。"]


def test_single_blanks_between_cells_of_which_some_are_merged() -> None:
    text = "\n".join(" ".join(row) for row in own(MENDED))
    assert grids(f"整改清单\n\n{text}\n\n抄送：县委办公室。\n") == [whole(MENDED)]
    prose = "序号 任务 单位 时限\n1 修路 要加强 领导\n以上 各项 工作\n2 架桥"
    assert grids(prose) == []


def test_a_table_of_which_nobody_knows_the_rows_gives_no_paragraphs() -> None:
    text = "公开目录\n" + "甲 |\n乙丙 |\n甲 |\n" * 8
    assert paragraphs(text) == ["公开目录"]
    assert len(grids(text)[0][0]) == 1
    assert [remark.code for remark in read_document(text.encode(), name="a.txt").remarks] == ["txt-table-unread"]


def test_numbers_in_the_second_column() -> None:
    rows: Rows = [
        ["工作任务", "序号", "具体要求", "责任单位", "完成时限"],
        ["加强政策公开", "1", "集中公开现行有效行政规范性文件。", "市司法局", "6月底前"],
        [None, "2", "分类梳理惠企政策，集中发布。", "市工信局", "9月底前"],
        ["深化重点领域公开", "3", "及时公开重大建设项目信息。", "市发改委", "持续推进"],
        [None, "4", "公开义务教育学校划片招生政策。", "市教育局", "8月底前"],
    ]
    for between in ("\n", " |\n"):
        assert grids("任务表\n\n" + between.join(text for row in own(rows) for text in row) + between) == [whole(rows)]


def test_names_above_marks() -> None:
    cells = ["工作任务", "责任部门", "农业办", "应急办", "各村"]
    cells += ["制定防火预案，组建应急队伍。", "○", "●", "", "设立防火检查站，落实登记。", "●", "", "○"]
    cells += ["查处野外违规用火行为。", "", "○", "●", "开展防火宣传，签订责任书。", "●", "○", "○"]
    (rows,) = grids("\n".join(f"{text} |" for text in cells))
    assert rows[:2] == [
        ["工作任务", "责任部门", "", ""],
        ["", "农业办", "应急办", "各村"],
    ]
