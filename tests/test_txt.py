"""Plain text: encodings, paragraphs, dumped tables."""

from __future__ import annotations

import codecs
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wpparse.blocks import Document, Paragraph, Table
from wpparse.errors import EmptyFile, TooLarge, UnreadableFile, WpparseError
from wpparse.pipeline import read_document
from wpparse.readers.encoding import decode
from wpparse.readers.text.reader import MAX_BYTES
from wpparse.text import clean

CASES = tomllib.loads((Path(__file__).parent / "cases" / "encodings.toml").read_text(encoding="utf-8"))["case"]
PAIRS = [(case, encoding) for case in CASES for encoding in case["encodings"]]
BOMS = {"utf-8": codecs.BOM_UTF8, "utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}


def document(text: str) -> Document:
    return read_document(text.encode("utf-8"), name="a.txt")


def texts(text: str) -> list[str]:
    return [block.text for block in document(text).blocks if isinstance(block, Paragraph)]


def grids(text: str) -> list[list[list[str]]]:
    return [block.grid() for block in document(text).blocks if isinstance(block, Table)]


# Encodings


@pytest.mark.parametrize(("case", "encoding"), PAIRS, ids=[f"{case['id']}-{encoding}" for case, encoding in PAIRS])
def test_encoding(case: dict[str, Any], encoding: str) -> None:
    name = encoding.removesuffix("-bom")
    data = (BOMS[name] if encoding.endswith("-bom") else b"") + case["text"].encode(name)
    assert decode(data).text.removeprefix("\ufeff") == case["text"]


def test_gbk_that_is_valid_utf8_is_gbk() -> None:
    data = "通知".encode("gbk")
    assert data.decode("utf-8") == "\u0368\u05aa"
    found = read_document(data, name="通知.txt")
    assert [block.text for block in found.blocks if isinstance(block, Paragraph)] == ["通知"]
    assert found.source.encoding == "gb18030"


def test_damaged_characters_are_reported() -> None:
    text = "一、加强组织领导。各镇街要建立台账，及时报送。" * 20
    data = text.encode("utf-8")[:-1]
    found = read_document(data, name="a.txt")
    assert [remark.code for remark in found.remarks] == ["txt-damaged"]


@pytest.mark.parametrize("data", [bytes(range(256)) * 8, b"\x00\x01\x02\x03" * 200, b"\xff\xfe\x00\xd8\x00\xd8" * 9])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read_document(data, name="a.txt")


def test_nothing_and_too_much() -> None:
    with pytest.raises(EmptyFile):
        read_document(b"\xef\xbb\xbf \n\t\n", name="a.txt")
    with pytest.raises(TooLarge):
        read_document(b"a" * (MAX_BYTES + 1), name="a.txt")


# Paragraphs

WRAPPED = """
                    青岚县人民政府文件

　　为进一步加强政务公开工作，提高行政效能，根据省、市有关
要求，结合我县实际，制定本方案，请各镇街、各部门认真贯彻执
                          — 1 —
\f行。
　　一、总体要求
　　坚持以人民为中心，围绕中心、服务大局，及时准确公开政府信
息，自觉接受社会监督，不断增强群众的获得感。
　　（一）加强组织领导。各镇街要建立健全工作机制，明确分管领
导和责任科室，配齐工作人员，落实工作经费，做到年初有计划、年
末有总结。
                          — 2 —
\f　　（二）强化督促检查。县政府办公室要会同有关部门定期开展检
查，及时通报情况。
                                青岚县人民政府
                                2024年5月10日
"""


def test_lines_of_a_page_become_paragraphs() -> None:
    assert texts(WRAPPED) == [
        "青岚县人民政府文件",
        "为进一步加强政务公开工作，提高行政效能，根据省、市有关要求，结合我县实际，制定本方案，请各镇街、各部门认真贯彻执行。",
        "一、总体要求",
        "坚持以人民为中心，围绕中心、服务大局，及时准确公开政府信息，自觉接受社会监督，不断增强群众的获得感。",
        "（一）加强组织领导。各镇街要建立健全工作机制，明确分管领导和责任科室，配齐工作人员，落实工作经费，做到年初有计划、年末有总结。",
        "（二）强化督促检查。县政府办公室要会同有关部门定期开展检查，及时通报情况。",
        "青岚县人民政府",
        "2024年5月10日",
    ]


def test_lines_without_indents_become_paragraphs() -> None:
    sentence = "推动各镇街各部门统筹发展和安全的理念进一步强化并坚守安全红线的意识更加强烈消减重大安全风险消除隐患"
    lines = [
        sentence[:26],
        sentence[26:] + "能力水平。",
        "一、工作目标",
        sentence[:26],
        sentence[26:50] + "事故隐患",
        "明显减少。",
    ]
    assert (
        texts("\n".join(lines * 3))
        == [sentence + "能力水平。", "一、工作目标", sentence[:50] + "事故隐患明显减少。"] * 3
    )


def test_lines_of_so_many_characters_become_paragraphs() -> None:
    """Latin letters and digits make such lines narrower; a sentence may end with a line."""
    found = [
        "一、推广DCMM贯标，鼓励相关单位主动与DCMM标准研制单位对接，加快培育咨询评估机构，打造高素质数据管理人才队伍。",
        "二、2024年1月1日至2024年12月31日，对面临暂时性生产经营困难的参保企业，返还标准可按6个月的失业保险金确定。",
        "三、加快办公业务迁移，扩展会议和视频等功能，扩大覆盖面，提高运行效率。深化APP应用，加强移动终端安全管理，实现OFD、PDF版式文件无纸化。",
    ]
    lines = [paragraph[at : at + 35] for paragraph in found for at in range(0, len(paragraph), 35)]
    assert found[2][34] == "。"
    assert texts("\n".join(lines * 3)) == found * 3


@pytest.mark.parametrize(
    "number", ["— 3 —", "-3-", "－ 3 －", "第3页", "第 3 页 共 9 页", "Page 3 of 9", "—３—", "— — — 3 —"]
)
def test_page_numbers_are_dropped(number: str) -> None:
    assert texts(f"一、总体要求\n{number}\n二、主要任务") == ["一、总体要求", "二、主要任务"]


def test_a_paragraph_cut_by_a_page_is_joined() -> None:
    long = "做好城市更新、乡村振兴、生态环境保护、生活垃圾分类等领域的信息公开，加强对小微权力运行的监督，推动社"
    assert texts(f"{long}\n\n会治理精细化。\n\n下一段落在这里。") == [f"{long}会治理精细化。", "下一段落在这里。"]
    assert texts(f"认真落实《重大行政决策\n\n程序条例》要求。{long}。") == [
        f"认真落实《重大行政决策程序条例》要求。{long}。"
    ]


def test_a_word_cut_by_a_page_is_joined() -> None:
    known = "各部门要加强协作，有关部门要做好配合，牵头部门要负总责，责任部门要抓落实。"
    rest = "门的意见制定实施细则，明确责任分工和时限要求，按月报送进展情况，按季开展督促检查，确保落实到位。"
    assert texts(f"{known}\n\n根据国务院相关部\n\n{rest}") == [known, f"根据国务院相关部{rest}"]
    assert texts(f"{known}\n\n加强组织领导\n\n各{rest}") == [known, "加强组织领导", f"各{rest}"]


def test_headings_and_titles_stay_apart() -> None:
    text = "青岚县人民政府办公室\n关于印发2024年工作要点的\n通 知\n\n各镇人民政府：\n\n一、总体要求\n\n坚持统筹推进。"
    assert texts(text) == [
        "青岚县人民政府办公室",
        "关于印发2024年工作要点的",
        "通知",
        "各镇人民政府：",
        "一、总体要求",
        "坚持统筹推进。",
    ]


BODY = (
    "为深入贯彻落实县委、县政府决策部署，进一步做好就业工作，制定如下措施。",
    "一、加强援企稳岗",
    "（一）落实稳岗政策。对不裁员的企业返还失业保险费，确保政策及时兑现。（责任单位：县人社局、县财政局）",
    "（二）加大金融支持。引导银行机构加大信贷投放，降低融资成本。（责任单位：县金融办）",
    "二、支持创业就业",
    "（三）加强创业培训。全年培训创业人员一千人次以上，提供全程服务。（责任单位：县人社局）",
    "（四）提供创业场地。鼓励各镇街盘活闲置厂房，免费提供创业场地。（责任单位：各镇街）",
)
HEAD = ("青岚县人民政府关于促进就业若干措施的通知", "各镇人民政府，县政府各部门：")


@pytest.mark.parametrize("gap", [" ", "\u3000\u3000", "  ", "\u00a0 \u3000\u3000", " \u3000\u3000"])
def test_line_ends_collapsed_to_blanks(gap: str) -> None:
    paragraphs = [*HEAD, *BODY, *(text.replace("县", "市") for text in BODY), *BODY]
    assert texts(gap.join(paragraphs)) == paragraphs


def test_half_width_marks_show_where_a_paragraph_ended() -> None:
    narrow = str.maketrans("（），：；", "(),:;")
    items = [f"{n}.对第{n}类企业给予支持，确保政策落实。（责任单位：县财政局）" for n in range(1, 13)]
    paragraphs = [text.translate(narrow) for text in (*HEAD, *BODY[:1], *items)]
    assert texts(" ".join(paragraphs)) == paragraphs


def test_line_ends_lost_altogether() -> None:
    more = [f"（{n}）深化第{n}项改革。各部门要结合实际制定细则，明确时限，抓好落实。" for n in "五六七八九十"]
    paragraphs = [*BODY, *more, "三、加强组织保障", "各镇街要加强领导，落实责任。" * 20]
    found = texts("".join(paragraphs))
    assert found[: len(BODY) - 1] == list(BODY[:-1])
    assert found[-1] == paragraphs[-2] + paragraphs[-1]


# Marks


def test_markdown_is_layout() -> None:
    found = document(
        "---\ntitle: x\n---\n# 关于做好防汛工作的通知\n\n**各镇街：**\n\n一是 **加强领导**，见[附件](a.pdf)。"
        "![](b.png)\n\n- 要点一\n\n---\n\n### 　　一、要求\n"
    )
    paragraphs = [block for block in found.blocks if isinstance(block, Paragraph)]
    assert [paragraph.text for paragraph in paragraphs] == [
        "关于做好防汛工作的通知", "各镇街：", "一是加强领导，见附件。", "要点一", "一、要求",
    ]  # fmt: skip
    assert [paragraph.outline_level for paragraph in paragraphs] == [1, None, None, None, 3]
    assert [(span.start, span.end, span.bold) for span in paragraphs[2].spans] == [
        (0, 2, False), (2, 6, True), (6, 11, False),
    ]  # fmt: skip
    assert [remark.code for remark in found.remarks] == ["txt-front-matter"]


def test_bold_over_several_lines() -> None:
    found = document("**青岚县人民政府\n关于防汛的通知**\n\n各镇街：").blocks
    assert [[span.bold for span in block.spans] for block in found if isinstance(block, Paragraph)] == [
        [True],
        [True],
        [],
    ]


def test_left_overs_of_html() -> None:
    assert texts("<p>一、要求&nbsp;</p><p>加强&ldquo;三公&rdquo;管理<br>第二行&#65281;</p>") == [
        "一、要求",
        "加强“三公”管理",
        "第二行！",
    ]
    assert texts("比值a<b且c>d，R&D投入") == ["比值a<b且c>d，R&D投入"]


# Tables

HEADER = ["序号", "工作任务", "工作要求", "责任单位"]
ROWS = [
    ["1", "深化公开", "及时公开重大建设项目批准和实施信息，接受社会监督。", "县发展改革局"],
    ["2", "", "公开财政预决算信息，细化“三公”经费内容。", "县财政局"],
    ["3", "规范平台", "完成县政府网站无障碍改造，清理空壳账号。", ""],
]


def test_one_row_a_line() -> None:
    text = "\n".join("\t".join(row) for row in [HEADER, *ROWS])
    assert grids(f"附件\n\n{text}\n\n抄送：县委办公室。") == [[HEADER, *ROWS]]
    assert texts(f"附件\n\n{text}\n\n抄送：县委办公室。") == ["附件", "抄送：县委办公室。"]


def test_one_cell_a_line() -> None:
    text = "\n\n".join("\n".join("\t" + cell for cell in row) for row in [HEADER, *ROWS])
    assert grids(text) == [[HEADER, *ROWS]]
    assert grids("\n".join("\t" + cell for row in [HEADER, *ROWS] for cell in row)) == [[HEADER, *ROWS]]


def test_pipes_and_box_characters() -> None:
    pipes = "\n".join("| " + " | ".join(row) + " |" for row in [HEADER, ["---"] * 4, *ROWS])
    assert grids(pipes) == [[HEADER, *ROWS]]
    box = "┌──┬──┬──┬──┐\n" + "\n├──┼──┼──┼──┤\n".join("│" + "│".join(row) + "│" for row in [HEADER, *ROWS])
    assert grids(box) == [[HEADER, *ROWS]]


def test_repeated_header_and_page_starts() -> None:
    lines = ["\t".join(row) for row in [HEADER, *ROWS[:2]]]
    text = "\n".join([*lines, "", "\t".join(HEADER), "\t".join(ROWS[2])])
    (found,) = [block for block in document(text).blocks if isinstance(block, Table)]
    assert found.grid() == [HEADER, *ROWS]
    assert found.page_starts == (3,)


def test_cells_of_ragged_rows_go_back_under_their_columns() -> None:
    wide = ["序号", "工作任务", "", "工作要求", "责任单位"]
    full = [
        ["1", "深化公开", "项目公开", "及时公开重大建设项目批准和实施信息，接受社会监督。", "县发展改革局、县财政局"],
        ["2", "深化公开", "民生公开", "公布义务教育招生政策和咨询电话，及时回应群众关切。", "县教育和体育局、县民政局"],
        ["3", "规范平台", "网站建设", "完成县政府网站无障碍改造，清理长期不更新的栏目。", "县政府办公室、县大数据局"],
    ]
    ragged = [
        "4\t\t\t\t规范政务新媒体管理，做大做强主账号，清理空壳账号和僵尸账号。",
        "5\t\t加强政务公开专区建设，优化信息查询和政策咨询服务。\t县政府办公室、县民政局",
    ]
    text = "\n".join(["\t".join(wide), *("\t".join(row) for row in full), *ragged])
    assert grids(text)[0][4:] == [
        ["4", "", "", "规范政务新媒体管理，做大做强主账号，清理空壳账号和僵尸账号。", ""],
        ["5", "", "", "加强政务公开专区建设，优化信息查询和政策咨询服务。", "县政府办公室、县民政局"],
    ]


def test_numbers_and_texts_moved_apart_by_a_row() -> None:
    rows = [
        ["1", "甲", "第一件事要认真做好。"],
        ["2", "乙", ""],
        ["3", "", "第二件事要认真做好。"],
        ["4", "", "第三件事要认真做好。"],
    ]
    text = "\n".join("\t".join(row) for row in [["序号", "任务", "要求"], *rows, ["", "", "第四件事要认真做好。"]])
    assert [row[2][:3] for row in grids(text)[0][1:]] == ["第一件", "第二件", "第三件", "第四件"]


def test_one_cell_a_paragraph_with_numbered_rows() -> None:
    rows = [
        ["1", "探索登记制度", "探索数据产权快速登记方式，制定登记规则。", "县大数据局", "县各有关单位"],
        ["2", "完善监管体系", "制定数据安全管理办法和审查制度，健全保护体系。", "县网信办", "县公安局"],
        ["3", "建设交易场所", "1．制定数据交易规则，参与制定统一标准。", "县大数据局", "县各有关单位"],
        ["", "", "2．部署交易监管系统，加强日常监督检查。", "县大数据局", "县公安局"],
        ["4", "培育服务生态", "有序培育数据经纪和托管服务机构，规范行业发展。", "县发展改革局", "县各有关单位"],
    ]
    header = ["序号", "任务", "主要措施", "牵头单位", "配合单位"]
    text = "\n\n".join(cell for row in [header, *rows] for cell in row if cell)
    assert grids(f"某县数据基础制度建设任务清单（第一批）\n\n{text}\n") == [[header, *rows]]


def test_columns_kept_apart_by_blanks() -> None:
    text = (
        "附件\n\n"
        "  序号    工作任务        工作要求                     责任单位        完成时限\n\n"
        "   1    深化重点领域   及时公开重大建设项目批准和    县发展改革局    9月底前\n"
        "        信息公开       实施信息，接受社会监督。      县财政局\n\n"
        "   2                   公开财政预决算信息，细化      县财政局        全年\n"
        "                       “三公”经费内容。\n\n"
        "   3    规范平台建设   完成县政府网站无障碍改造。    县政府办公室    年底前\n\n"
        "抄送：县委办公室。\n"
    )
    assert grids(text) == [
        [
            ["序号", "工作任务", "工作要求", "责任单位", "完成时限"],
            [
                "1",
                "深化重点领域信息公开",
                "及时公开重大建设项目批准和实施信息，接受社会监督。",
                "县发展改革局\n县财政局",
                "9月底前",
            ],
            ["2", "", "公开财政预决算信息，细化“三公”经费内容。", "县财政局", "全年"],
            ["3", "规范平台建设", "完成县政府网站无障碍改造。", "县政府办公室", "年底前"],
        ]
    ]


def test_html_tables_keep_their_spans() -> None:
    text = (
        "# 任务表\n\n<table><tr><th>任务</th><th colspan=2>单位</th></tr><tr><td rowspan=2>甲<br>乙</td><td>县财政局</td>"
        "<td>县民政局</td></tr>\n<tr><td colspan='2'>各镇街&nbsp;</td></tr></table>\n\n完"
    )
    (found,) = [block for block in document(text).blocks if isinstance(block, Table)]
    assert found.grid() == [
        ["任务", "单位", "单位"],
        ["甲\n乙", "县财政局", "县民政局"],
        ["甲\n乙", "各镇街", "各镇街"],
    ]
    assert texts(text) == ["任务表", "完"]


def test_records() -> None:
    text = "工作任务：改造老旧管网\n责任单位：县水利局\n完成时限：年底前\n\n工作任务：新建幼儿园\n责任单位：县教育局\n完成时限：8月底前\n"
    assert grids(text) == [
        [
            ["工作任务", "责任单位", "完成时限"],
            ["改造老旧管网", "县水利局", "年底前"],
            ["新建幼儿园", "县教育局", "8月底前"],
        ]
    ]


def test_lines_of_responsibility_are_no_table() -> None:
    text = "（一）激励企业增产。\n责任单位：县工信局\n完成时限：6月底前\n（二）减轻企业负担。\n责任单位：县财政局\n"
    assert grids(text) == []


def test_indents_by_tabs_are_no_table() -> None:
    text = "\n".join(f"\t第{n}段，各镇街要结合实际抓好落实。" for n in "一二三四五六七八")
    assert grids(text) == []
    assert len(texts(text)) == 8


cell = st.text("甲乙丙丁工作县局要求，。、：（）123", max_size=12).map(clean)
first = st.text("甲乙丙丁工作县局要求", min_size=1, max_size=6)
table = st.integers(2, 5).flatmap(
    lambda width: st.lists(
        st.tuples(first, *[cell] * (width - 2), first).map(list).filter(lambda row: len(set(row)) > 1),
        min_size=3,
        max_size=8,
        unique_by=lambda row: row[0],
    )
)
"""Rows whose cells are not all the same: such a row is one merged cell."""


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(table)
def test_grids_come_back_from_their_dumps(rows: list[list[str]]) -> None:
    assert grids("\n".join("\t".join(row) for row in rows)) == [rows]
    assert grids("\n".join("|" + "|".join(row) + "|" for row in rows)) == [rows]
    assert grids("\n\n".join("\n".join("\t" + text for text in row) for row in rows)) == [rows]


# Anything at all

pieces = st.sampled_from(
    [
        *(
            "一、",
            "（一）",
            "1.",
            "1",
            "2",
            "3",
            "—",
            "序号",
            "责任单位",
            "县财政局",
            "加强领导。",
            "做好，",
            "|",
            "---",
            "**",
        ),
        *("&nbsp;", "<br>", "<table>", "《", "》", "（", "√", "任务：", "第3页", "| a | b |", "# ", '"', "\ufeff"),
        *("\n", "\n\n", "\t", "\t\t", "  ", "　　", "\f", "\u2028", "\r\n"),
    ]
)


def holds(found: Document) -> None:
    for block in found.blocks:
        if isinstance(block, Paragraph):
            assert block.text
            assert clean(block.text) == block.text
            if block.spans:
                assert [block.spans[0].start, block.spans[-1].end] == [0, len(block.text)]
        else:
            assert len(block.grid()) == block.rows
            assert all(clean(line) == line for found in block.cells for line in found.text.split("\n"))


@settings(max_examples=150, deadline=None)
@given(st.lists(pieces, max_size=50))
def test_any_text_is_read(parts: list[str]) -> None:
    try:
        holds(document("".join(parts)))
    except WpparseError as error:
        assert error.render("en")


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        holds(read_document(data, name="a.txt"))
    except WpparseError as error:
        assert error.render("zh")


def test_a_clause_cut_by_a_page_number_is_joined() -> None:
    above = "4、推进薪酬制度改革，合理确定薪酬水平，严禁下达创收指标，完善考核办法。（县人社局、县财政局按职"
    assert texts(f"{above}\n   —2—\n责分工负责）\n二、下一步") == [f"{above}责分工负责）", "二、下一步"]


def test_a_title_is_not_joined_with_the_addressees() -> None:
    title = "关于印发《全省推进电子证照扩大应用领域工作方案》的通知"
    lines = [title, "各地级以上市人民政府，省政府各部门、各直属机构：", "", "经同意，现予印发。", "", "特此通知。"]
    assert texts("\n".join(lines))[:2] == lines[:2]


def test_bands_between_numbered_rows_stand_in_the_first_column() -> None:
    rows = [
        ["序号", "任务", "措施", "时限"],
        ["一、安全生产"],
        ["1", "压实责任", "签订责任书。", "一季度"],
        ["2", "排查隐患", "建立台账。", "全年"],
    ]
    rows += [["二、提质增效"], ["3", "降本增效", "压降费用。", "12月底"], ["4", "科技创新", "立项课题10项。", "12月"]]
    wanted = [[*row, *[""] * (4 - len(row))] for row in rows]
    assert grids("\n".join("\t".join(row) for row in rows)) == [wanted]
    assert grids("\n".join("\n".join(row) for row in rows)) == [wanted]


def test_numbered_rows_with_single_blanks_between_their_cells() -> None:
    lines = [
        "序号 任务 牵头单位 配合单位 时限",
        "一、思想建设",
        "1 制定方案，开展培训2期 宣传部 组织部、各学院 4月",
        "2 落实责任制，每学期检查1次 宣传部 各党支部 6月、12月",
    ]
    lines += ["二、学科建设", "3 完成评估 自评 研究生院 各学院 10月31日前", "4 经费突破3亿元 科技处 各学院 全年"]
    rows = [line.split() for line in lines]
    rows[5] = ["3", "完成评估自评", "研究生院", "各学院", "10月31日前"]
    assert grids("\n".join(lines)) == [[[*row, *[""] * (5 - len(row))] for row in rows]]
    assert grids("\n".join(["序号 任务 牵头单位 配合单位 时限", "1 一项", "2 两项 三项", "3 四项"])) == []
