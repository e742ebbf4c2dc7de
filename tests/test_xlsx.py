"""The workbook: content, safety, printing, row heights, round trips through other programs' readers."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import tomllib
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from PIL import ImageFont
from python_calamine import CalamineWorkbook

from tests.writers_plans import FIRST, GENERAL, SECOND, deadline, many, party, plan, task, usual
from wpparse.model import Diagnostic, Location, Party, WorkPlan
from wpparse.writers import merge_plans, render
from wpparse.writers.escaping import looks_like_formula, visible
from wpparse.writers.wording import requirement

CASES = tomllib.loads((Path(__file__).parent / "cases" / "escaping.toml").read_text(encoding="utf-8"))["case"]
SHEETS = ["任务分解表", "按单位", "按时限", "文件信息", "核对"]
TALLEST = 409.5
LONGEST = 32_767


def opened(value: WorkPlan, **options: Any) -> Any:
    return load_workbook(io.BytesIO(render(value, "xlsx", **options)))


def table(sheet: Any) -> list[dict[str, Any]]:
    """The rows below the header; a cell under a merged one has its value, as a person sees it."""
    covering = {}
    for area in sheet.merged_cells.ranges:
        for row in range(area.min_row, area.max_row + 1):
            for column in range(area.min_col, area.max_col + 1):
                covering[row, column] = area.min_row, area.min_col
    names = [cell.value for cell in sheet[2]]
    return [
        {name: sheet.cell(*covering.get((row, column), (row, column))).value for column, name in enumerate(names, 1)}
        for row in range(3, sheet.max_row + 1)
    ]


def by_calamine(value: WorkPlan, sheet: str) -> list[dict[str, Any]]:
    rows = CalamineWorkbook.from_filelike(io.BytesIO(render(value, "xlsx"))).get_sheet_by_name(sheet).to_python()
    return [dict(zip(rows[1], row, strict=True)) for row in rows[2:]]


def names(value: WorkPlan, index: int, role: str) -> list[str]:
    return [found.name for found in value.tasks[index].parties if found.role == role]


@pytest.mark.parametrize("value", [usual(), many(60)], ids=["usual", "sixty"])
def test_both_readers_find_the_same_tasks(value: WorkPlan) -> None:
    for rows in (table(opened(value)["任务分解表"]), by_calamine(value, "任务分解表")):
        assert [row["序号"] for row in rows] == [found.number for found in value.tasks]
        for index, (row, found) in enumerate(zip(rows, value.tasks, strict=True)):
            assert row["工作要求"] == requirement(found)
            assert tuple(text for text in (row["一级任务"], row["二级任务"]) if text) == found.path
            for role, column in (("responsible", "责任单位"), ("lead", "牵头单位"), ("support", "配合单位")):
                written = (row.get(column) or "").removesuffix("等")
                assert [name for name in written.split("、") if name] == names(value, index, role)
            assert (row["完成时限"] or "") == "；".join(found.text for found in found.deadlines)


def test_dates_are_dates_and_the_rest_is_words() -> None:
    rows = table(opened(usual())["任务分解表"])
    assert [row["规范时限"] for row in rows] == [
        datetime(2024, 9, 30), "每年2次", datetime(2024, 12, 15), "长期", "活动开展后5个工作日内", None,
    ]  # fmt: skip
    assert "另有时限：2024-08-31" in rows[2]["备注"]
    assert by_calamine(usual(), "任务分解表")[0]["规范时限"] == date(2024, 9, 30)


def test_notes_and_places_stand_with_their_row() -> None:
    rows = table(opened(usual())["任务分解表"])
    assert rows[0]["章节/页码"] == "二、（一）\n第1页"
    assert [row["备注"] for row in rows if "编号" in (row["备注"] or "")] == ["编号从3跳到5"]
    assert "编号从3跳到5" in rows[4]["备注"]


def test_a_diagnostic_of_another_stretch_of_the_paragraph_is_not_noted() -> None:
    def at(start: int) -> Location:
        return Location(block=7, start=start, end=start + 5)

    value = plan(
        task(1, "要求一。", location=at(0)),
        task(2, "要求二。", location=at(5)),
        diagnostics=(Diagnostic(code="x", severity="info", message="看这里", location=at(5)),),
    )
    assert [row["备注"] or "" for row in table(opened(value)["任务分解表"])] == ["", "看这里"]


def test_unused_roles_have_no_column() -> None:
    header = [cell.value for cell in opened(plan(task(1, "要求。", party("甲局", "lead"))))["任务分解表"][2]]
    assert header == ["序号", "工作要求", "牵头单位", "完成时限", "规范时限", "章节/页码", "备注"]


def test_equal_headings_are_merged_and_keep_their_values_below() -> None:
    sheet = opened(usual())["任务分解表"]
    assert {str(area) for area in sheet.merged_cells.ranges} == {"A1:L1", "B3:B6", "C3:C4", "C5:C6"}
    hidden = by_calamine(usual(), "任务分解表")
    assert [row["一级任务"] for row in hidden][:5] == [GENERAL] * 4 + ["强化保障"]
    assert [row["二级任务"] for row in hidden][:4] == [FIRST, FIRST, SECOND, SECOND]
    assert sheet.auto_filter.ref == "A2:L8"


def test_a_block_ends_with_its_page_and_begins_anew_on_the_next() -> None:
    sheet = opened(many(60))["任务分解表"]
    breaks = [found.id for found in sheet.row_breaks.brk]
    assert len(breaks) > 3
    for area in sheet.merged_cells.ranges:
        assert not any(area.min_row <= found < area.max_row for found in breaks)
    pixels = sum(
        sheet.column_dimensions[get_column_letter(column)].width * 8 for column in range(1, sheet.max_column + 1)
    )
    page = 505 * max(1, pixels / 1026)  # printing shrinks a wider table to the page
    for first, last in zip([2, *breaks], [*breaks, sheet.max_row], strict=True):
        assert sum(sheet.row_dimensions[row].height for row in range(first + 1, last + 1)) < page
        assert sheet.cell(first + 1, 2).value


def test_every_sheet_prints_as_it_stands() -> None:
    book = opened(usual())
    assert book.sheetnames == SHEETS
    for sheet in book:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)  # 1 is the default
        assert sheet.oddFooter.center.text == "第 &P 页，共 &N 页"
        if sheet.title != "文件信息":
            assert sheet.print_title_rows == "$2:$2"
            assert sheet.freeze_panes == "A3"
            assert sheet.cell(3, 1).border.left.style == "thin"
            assert sheet.cell(3, 1).alignment.wrap_text
            assert sheet.cell(3, 2).font.name == "宋体"


def test_units_are_joined_by_their_official_name() -> None:
    rows = table(opened(usual())["按单位"])
    assert [(row["单位"], row["序号"], row["职责"]) for row in rows] == [
        ("县发展改革局", 1, "责任"),
        ("县住房和城乡建设局", 2, "牵头"),
        ("县住房和城乡建设局", 4, "配合"),
        ("县财政局", 4, "牵头"),
        ("县财政局", 2, "配合"),
        ("县教育和体育局", 3, "责任"),
        ("各镇街", 1, "责任"),
        ("张县长", 6, "责任人"),
    ]


def test_the_ledger_is_sorted_by_date_and_can_be_sorted_again() -> None:
    sheet = opened(usual())["按时限"]
    rows = table(sheet)
    assert [(row["序号"], row["规范时限"]) for row in rows] == [
        (3, datetime(2024, 8, 31)), (1, datetime(2024, 9, 30)), (3, datetime(2024, 12, 15)),
        (5, "活动开展后5个工作日内"), (2, "每年2次"), (4, "长期"), (6, None),
    ]  # fmt: skip
    assert rows[0]["开始时间"] == datetime(2024, 8, 1)
    assert {str(area) for area in sheet.merged_cells.ranges} == {"A1:I1"}
    assert {row["状态"] for row in rows} == {"未开始"}
    (states,) = sheet.data_validations.dataValidation
    assert (states.formula1, str(states.sqref)) == ('"未开始,进行中,已完成"', "G3:G9")
    assert sheet["H3"].value == (
        '=IF(OR(NOT(ISNUMBER(F3)),G3="已完成"),"",IF(F3<TODAY(),"已逾期",IF(F3<=TODAY()+30,"30日内到期","")))'
    )
    (area,) = sheet.conditional_formatting
    assert [rule.formula for rule in area.rules] == [
        ['$G3="已完成"'], ["AND(ISNUMBER($F3),$F3<TODAY())"], ["AND(ISNUMBER($F3),$F3<=TODAY()+30)"],
    ]  # fmt: skip


def test_the_facts_count_and_draw() -> None:
    sheet = opened(usual())["文件信息"]
    facts = {sheet.cell(row, 1).value: sheet.cell(row, 2).value for row in range(3, sheet.max_row + 1)}
    assert facts["发文字号"] == "青政办发〔2024〕7号"
    assert facts["成文日期"] == datetime(2024, 3, 15)
    assert facts["任务数"] == "6（正文 6）"
    assert facts["未开始"] == "=COUNTIF('按时限'!$G$3:$G$9,\"未开始\")"
    assert facts["已逾期"] == "=COUNTIF('按时限'!$H$3:$H$9,\"已逾期\")"
    units = [(sheet.cell(row, 4).value, sheet.cell(row, 5).value) for row in range(3, 9)]
    assert ("县财政局", 2) in units
    months = [(sheet.cell(row, 7).value, sheet.cell(row, 8).value) for row in range(3, 6)]
    assert months == [("2024-08", 1), ("2024-09", 1), ("2024-12", 1)]
    with zipfile.ZipFile(io.BytesIO(render(usual(), "xlsx"))) as archive:
        assert sum(name.startswith("xl/charts/chart") for name in archive.namelist()) == 2


def test_the_checks_list_every_diagnostic() -> None:
    rows = table(opened(usual())["核对"])
    assert [(row["级别"], row["说明"], row["来源"], row["代码"]) for row in rows] == [
        ("警告", "编号从3跳到5", "第16段", "label-jump"),
        ("提示", "没有责任单位", "第2页", "no-unit"),
    ]
    assert table(opened(plan(task(1, "要求。")))["核对"])[0]["说明"] == "没有需要核对的事项。"


def test_titles_of_circulars_are_quoted_in_front_of_our_words() -> None:
    value = plan(task(1, "要求。"), title="青岚县人民政府关于分解《政府工作报告》任务的通知")
    assert opened(value)["任务分解表"]["A1"].value == "《青岚县人民政府关于分解〈政府工作报告〉任务的通知》任务分解表"
    assert opened(plan(task(1, "要求。"), title="重点任务分解表"))["任务分解表"]["A1"].value == "重点任务分解表"


def test_english_headings() -> None:
    book = opened(usual(), headers="en")
    assert book.sheetnames == ["Tasks", "By unit", "By deadline", "Document", "Checks"]
    chinese = re.compile("[\u3400-\u9fff]")
    for sheet in book:
        if sheet.title != "Document":
            assert not any(chinese.search(cell.value) for cell in sheet[2])
    assert [cell.value for cell in book["Tasks"][2]][:4] == ["number", "path_1", "path_2", "text"]
    assert book["By deadline"].data_validations.dataValidation[0].formula1 == '"not started,in progress,done"'


def test_a_ledger_of_several_circulars() -> None:
    second = plan(task(1, "要求。", party("县住建局", canonical="县住房和城乡建设局")), title="青岚县优化营商环境方案")
    book = load_workbook(io.BytesIO(merge_plans([usual(), second], "xlsx")))
    rows = table(book["任务分解表"])
    assert [row["序号"] for row in rows] == list(range(1, 8))
    assert [row["文件名称"] for row in rows] == ["青岚县2024年政务公开工作要点"] * 6 + ["青岚县优化营商环境方案"]
    assert {row["发文字号"] for row in rows} == {"青政办发〔2024〕7号"}
    joined = [row["序号"] for row in table(book["按单位"]) if row["单位"] == "县住房和城乡建设局"]
    assert joined == [2, 7, 4]
    assert {row["文件名称"] for row in table(book["核对"])} == {"青岚县2024年政务公开工作要点"}


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_no_text_is_run_and_each_is_shown(case: dict[str, Any]) -> None:
    text = case["text"]
    hostile = plan(task(1, text, party(text), path=(text,), deadlines=(deadline(text, "ongoing"),)), title=text)
    book = opened(hostile)
    for sheet in book:
        formulas = [cell for row in sheet.iter_rows() for cell in row if cell.data_type in ("f", "e")]
        assert all(re.match(r"=(COUNTIF|IF)\(", cell.value) for cell in formulas)
    (cell,) = [cell for cell in book["任务分解表"][3] if book["任务分解表"].cell(2, cell.column).value == "工作要求"]
    assert cell.value.replace("\r", "") == visible(text).replace("\r", "")
    assert cell.data_type == "s"
    assert bool(cell.quotePrefix) is case["formula"] is looks_like_formula(text)


def test_a_text_beyond_what_a_cell_takes_goes_on_below() -> None:
    text = "".join(f"（{number}）持续做好公开、解读与回应工作。" for number in range(2200))
    units = tuple(party(f"第{number}工作专班") for number in range(80))
    assert len(text) > 40_000
    value = plan(task(1, text, *units, path=(GENERAL,)), task(2, "短。", path=(GENERAL,)))
    book = opened(value)
    sheet = book["任务分解表"]
    rows = table(sheet)
    assert "".join(row["工作要求"] for row in rows if row["序号"] == 1) == text
    parts = [sheet.cell(row, 4).value for row in range(3, sheet.max_row)]
    assert "".join(part or "" for part in parts) == "、".join(unit.name for unit in units)
    assert f"分为{len(rows) - 1}行" in rows[0]["备注"]
    assert rows[-1]["工作要求"] == "短。"
    (entry,) = [row for row in table(book["按时限"]) if row["序号"] == 1]
    assert entry["工作要求"].endswith("……（全文见“任务分解表”第1项）")
    for each in book:
        for row in each.iter_rows():
            assert (each.row_dimensions[row[0].row].height or 0) <= TALLEST
            assert all(len(cell.value) <= LONGEST for cell in row if isinstance(cell.value, str))


def test_ten_thousand_tasks() -> None:
    data = render(many(10_000), "xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("任务分解表").to_python()
    assert [row[0] for row in rows[2:]] == list(range(1, 10_001))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        counts = [archive.read(f"xl/worksheets/sheet{number}.xml").count(b"<brk ") for number in (1, 2, 3)]
    assert max(counts) == 1023  # Excel takes no more


def test_endless_names_keep_every_row_and_cell_within_the_limits() -> None:
    endless = "青岚县关于" + "进一步" * 15_000
    unit = "县" + "很长的" * 400 + "局"
    value = plan(
        task(1, "要求。", party(unit), path=(endless, unit), deadlines=(deadline(endless, "ongoing"),)), title=endless
    )
    book = opened(value)
    for sheet in book:
        for row in sheet.iter_rows():
            assert (sheet.row_dimensions[row[0].row].height or 0) <= TALLEST
            assert all(len(cell.value) <= LONGEST for cell in row if isinstance(cell.value, str))
    facts = book["文件信息"]
    parts = [facts.cell(row, 2).value or "" for row in range(3, facts.max_row + 1)]
    assert endless in "".join(part for part in parts if isinstance(part, str))
    rows = table(book["任务分解表"])
    assert "".join(row["一级任务"] or "" for row in rows) == endless


# -- row heights, measured with a real font ---------------------------------------------------------------------------


def songti() -> ImageFont.FreeTypeFont:
    """A Chinese font of this machine; skips where there is none."""
    if shutil.which("fc-match") is None:
        pytest.skip("no fontconfig to find a Chinese font with")
    found = subprocess.run(
        ["fc-match", "-f", "%{file}|%{index}", "Noto Serif CJK SC:lang=zh-cn"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    file, index = found.split("|")
    font = ImageFont.truetype(file, 1000, index=int(index) & 0xFFFF)
    if font.getlength("国") != 1000 or font.getmask("国").getbbox() == font.getmask("\ufffe").getbbox():
        pytest.skip("no Chinese font on this machine")
    return font


def lines(text: str, measure: float, font: ImageFont.FreeTypeFont) -> int:
    """Lines of ``text`` in ``measure`` thousandths of an em: Latin words whole, Chinese broken anywhere."""
    count = 0
    for paragraph in text.split("\n"):
        count += 1
        used = 0.0
        for piece in re.findall(r"[!-~]+|.", paragraph):
            size = font.getlength(piece)
            if used + size > measure and used:
                count += 1
                used = 0.0
            while size > measure:
                count += 1
                size -= measure
            used += size
    return count


LONG_UNITS: tuple[Party, ...] = tuple(party(f"县第{number}项工作领导小组办公室") for number in range(12))


@pytest.mark.parametrize(
    "value",
    [
        usual(),
        many(40),
        plan(
            task(1, "短。", *LONG_UNITS, path=("一个非常长的一级任务名称，" * 6, "二级任务的名称也不短，" * 8)),
            task(2, "推动“互联网+政务服务”与GB/T 9704—2012、OFD、XBRL等标准衔接，https://www.example.gov.cn/zwgk/fdzdgknr/index.html。"),
            task(3, "WWW MMMM 公开 " * 40, party("甲局"), path=("标题",) * 5),
        ),
    ],
    ids=["usual", "forty", "long"],
)  # fmt: skip
def test_no_text_is_taller_than_its_row(value: WorkPlan) -> None:
    font = songti()
    ascent, descent = font.getmetrics()
    checked = 0
    for sheet in opened(value):
        areas = {(area.min_row, area.min_col): area for area in sheet.merged_cells.ranges}
        for row in sheet.iter_rows():
            for cell in row:
                if not isinstance(cell.value, str) or cell.data_type == "f":
                    continue
                area = areas.get((cell.row, cell.column))
                columns = range(cell.column, (area.max_col if area else cell.column) + 1)
                rows = range(cell.row, (area.max_row if area else cell.row) + 1)
                pixels = sum(sheet.column_dimensions[get_column_letter(column)].width * 8 for column in columns) - 5
                size = cell.font.sz
                need = lines(cell.value, pixels * 0.75 / size * 1000, font) * size * (ascent + descent) / 1000
                assert need <= sum(sheet.row_dimensions[number].height for number in rows), (
                    sheet.title,
                    cell.coordinate,
                )
                checked += 1
    assert checked > 40


# -- the file format --------------------------------------------------------------------------------------------------

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ORDER = [
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr",
    "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate",
    "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks",
    "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties",
    "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "picture",
    "oleObjects", "controls", "webPublishItems", "tableParts",
]  # fmt: skip
"""The children of CT_Worksheet in the order of the schema (ECMA-376 Part 1, 18.3.1.99)."""


def test_the_parts_follow_the_schema_and_bear_no_clock() -> None:
    data = render(usual(), "xlsx")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for name in archive.namelist():
            root = etree.fromstring(archive.read(name))
            if not name.startswith("xl/worksheets/sheet"):
                continue
            children = [ORDER.index(child.tag.removeprefix(MAIN)) for child in root]
            assert children == sorted(children)
            merged = [child.get("ref") for child in root.iter(f"{MAIN}mergeCell")]
            assert len(merged) == len(set(merged))
            cells = [cell.get("r") for cell in root.iter(f"{MAIN}c")]
            assert len(cells) == len(set(cells))
        core = archive.read("docProps/core.xml").decode()
    assert core.count("2024-03-15T00:00:00Z") == 2


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
def test_libreoffice_opens_it_and_breaks_pages_where_we_do(tmp_path: Path) -> None:
    value = many(60)
    (tmp_path / "a.xlsx").write_bytes(render(value, "xlsx"))
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    for kind in ("pdf", "ods"):
        subprocess.run(
            ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(tmp_path), str(tmp_path / "a.xlsx")],
            check=True, capture_output=True, timeout=300,
        )  # fmt: skip
    import pypdfium2

    pages = sum(len(sheet.row_breaks.brk) + 1 for sheet in opened(value))
    assert len(pypdfium2.PdfDocument(tmp_path / "a.pdf")) == pages
    rows = CalamineWorkbook.from_path(str(tmp_path / "a.ods")).get_sheet_by_name("任务分解表").to_python()
    assert [row[0] for row in rows[2:]] == list(range(1, 61))
