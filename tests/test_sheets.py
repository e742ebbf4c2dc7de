"""Workbooks: a table of a Word file says the same as .xlsx, .xls and .ods; what sheets have beside their tables."""

from __future__ import annotations

import datetime
import io
import random
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pytest
import xlwt

from wpparse import WorkPlan, WpparseError, parse
from wpparse.blocks import Document, Paragraph, Table
from wpparse.pipeline import read_document
from wpparse.readers.sheet.looks import date_text, number_text

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
Row = Sequence[object]
Span = tuple[int, int, int, int]
"""First row and column, last row and column of a merged range."""


def xlsx(rows: Sequence[Row], spans: Sequence[Span] = ()) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row, texts in enumerate(rows, 1):
        for column, text in enumerate(texts, 1):
            if text not in ("", None):
                sheet.cell(row, column, text)
    for top, left, bottom, right in spans:
        sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def xls(rows: Sequence[Row], spans: Sequence[Span] = ()) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Sheet1")
    covered = {
        (r, c) for top, left, bottom, right in spans for r in range(top, bottom + 1) for c in range(left, right + 1)
    }
    for top, left, bottom, right in spans:
        sheet.write_merge(top, bottom, left, right, rows[top][left])
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            if text not in ("", None) and (row, column) not in covered:
                sheet.write(row, column, text)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


ODS_HEAD = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"><office:body><office:spreadsheet>'
)


def ods(rows: Sequence[Row], spans: Sequence[Span] = ()) -> bytes:
    starts = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in spans}
    covered = {
        (r, c) for top, left, bottom, right in spans for r in range(top, bottom + 1) for c in range(left, right + 1)
    }
    out = [ODS_HEAD, '<table:table table:name="Sheet1"><table:table-column table:number-columns-repeated="1024"/>']
    for row, texts in enumerate(rows):
        out.append("<table:table-row>")
        for column, text in enumerate(texts):
            down, across = starts.get((row, column), (1, 1))
            if (row, column) in covered and (row, column) not in starts:
                out.append("<table:covered-table-cell/>")
                continue
            lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(text or "").split("\n") if line)
            out.append(
                f'<table:table-cell table:number-rows-spanned="{down}" table:number-columns-spanned="{across}">{lines}</table:table-cell>'
            )
        out.append('<table:table-cell table:number-columns-repeated="1000"/></table:table-row>')
    out.append('<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>')
    out.append("</table:table></office:spreadsheet></office:body></office:document-content>")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "".join(out))
    return stream.getvalue()


Writer = Callable[[Sequence[Row], Sequence[Span]], bytes]
WRITERS: dict[str, Writer] = {"xlsx": xlsx, "xls": xls, "ods": ods}

ROWS: list[Row] = [
    ["2025年青岚县重点工作任务分解表", "", "", "", ""],
    ["序号", "工作任务", "", "责任单位", "完成时限"],
    ["1.10", "优化营商环境", "压减审批时限，推行一窗受理。", "县政务服务局\n县司法局", "2025年6月底前"],
    ["1.20", "", "开展惠企政策宣讲。", "县工业和信息化局", "每季度"],
    ["1.30", "改善民生", "新建口袋公园3处。", "县住房城乡建设局", "2025年10月"],
    ["填报说明：各单位每月5日前报送进展。", "", "", "", ""],
]
SPANS: list[Span] = [(0, 0, 0, 4), (1, 1, 1, 2), (2, 1, 3, 1), (5, 0, 5, 4)]


@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
def test_the_same_tasks_in_each_format(write: Writer) -> None:
    data = write(ROWS, SPANS)
    document = read_document(data)
    first, table, last = document.blocks
    assert isinstance(first, Paragraph)
    assert first.text == "2025年青岚县重点工作任务分解表"
    assert isinstance(table, Table)
    assert table.grid()[2] == ["1.20", "优化营商环境", "开展惠企政策宣讲。", "县工业和信息化局", "每季度"]
    assert isinstance(last, Paragraph)
    plan = parse(data)
    tasks = [task for task in plan.tasks if task.origin == "table"]
    assert [task.label for task in tasks] == ["1.10", "1.20", "1.30"]
    assert [task.path for task in tasks] == [("优化营商环境",), ("优化营商环境",), ("改善民生",)]
    assert [[party.name for party in task.parties] for task in tasks] == [
        ["县政务服务局", "县司法局"], ["县工业和信息化局"], ["县住房城乡建设局"],
    ]  # fmt: skip
    assert tasks[0].deadlines[0].due == "2025-06-30"


def table_of(document: Document) -> Table:
    return next(block for block in document.blocks if isinstance(block, Table))


@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
@pytest.mark.parametrize("name", ["安澜市优化营商环境实施方案", "青岚县重点项目包保责任表"])
def test_the_annex_of_a_sample(name: str, write: Writer) -> None:
    document = read_document(SAMPLES / f"{name}.docx")
    table = table_of(document)
    rows: list[list[object]] = [["" for _ in range(table.columns)] for _ in range(table.rows)]
    spans: list[Span] = []
    for cell in table.cells:
        rows[cell.row][cell.column] = cell.text
        if cell.rowspan > 1 or cell.colspan > 1:
            spans.append((cell.row, cell.column, cell.row + cell.rowspan - 1, cell.column + cell.colspan - 1))
    got = table_of(read_document(write(rows, spans)))
    assert got.grid() == table.grid()


def cells_of(data: bytes) -> list[str]:
    return [cell.text for cell in table_of(read_document(data)).cells]


def test_dates_and_numbers_keep_their_look() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["完成时限", "编号", "比例", "数量"])
    sheet.append([datetime.datetime(2025, 6, 30), 1.1, 0.955, 1200])
    sheet["A2"].number_format = "yyyy/m/d"
    sheet["B2"].number_format = "0.00"
    sheet["C2"].number_format = "0.0%"
    sheet["D2"].number_format = "#,##0"
    assert cells_of(saved(book))[4:] == ["2025年6月30日", "1.10", "95.5%", "1,200"]


@pytest.mark.parametrize(
    ("number", "shown"), [(57, "2024年3月"), (31, "2024年3月15日"), (58, "2024年3月15日"), (14, "2024年3月15日")]
)
def test_the_built_in_formats_of_a_chinese_excel(number: int, shown: str) -> None:
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["工作任务", "完成时限"])
    sheet.write_row(1, 0, ["建成平台"])
    sheet.write_number(1, 1, 45366, book.add_format({"num_format": number}))
    book.close()
    assert cells_of(stream.getvalue())[3] == shown


def test_looks() -> None:
    assert date_text(1, "yyyy-mm-dd") == "1900年1月1日"
    assert date_text(45366, "yyyy-mm-dd", from_1904=True) == "2028年3月16日"
    assert date_text(1e12, "yyyy-mm-dd") == ""
    assert number_text(3.0, "General") == "3"
    assert number_text(0.1 + 0.2, "General") == "0.3"


def test_what_is_hidden_is_left_out_and_said() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["序号", "工作任务", "内部编号", "责任单位"],
        [1, "建成平台", "x", "县教育局"],
        [2, "开展培训", "y", "县财政局"],
    ):
        sheet.append(row)
    sheet.column_dimensions["C"].hidden = True
    sheet.row_dimensions[3].hidden = True
    other = book.create_sheet("旧稿")
    other["A1"] = "作废"
    other.sheet_state = "hidden"
    document = read_document(saved(book))
    assert table_of(document).grid() == [["序号", "工作任务", "责任单位"], ["1", "建成平台", "县教育局"]]
    assert [(remark.code, dict(remark.values)) for remark in document.remarks] == [
        ("sheet-hidden", {"name": "Sheet", "rows": "1", "columns": "1"}),
        ("sheet-left", {"name": "旧稿"}),
    ]


def test_several_tables_on_a_sheet_and_several_sheets() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["甲表"], ["序号", "任务"], [1, "建成平台"], [], ["乙表"], ["序号", "单位"], [1, "县教育局"]):
        sheet.append(row)
    named = book.create_sheet("责任清单")
    for row in (["单位", "事项"], ["县财政局", "安排资金"]):
        named.append(row)
    blocks = read_document(saved(book)).blocks
    texts = [block.text if isinstance(block, Paragraph) else block.grid()[1] for block in blocks]
    assert texts == ["甲表", ["1", "建成平台"], "乙表", ["1", "县教育局"], "责任清单", ["县财政局", "安排资金"]]


def test_a_workbook_of_our_own_gives_its_tasks_again() -> None:
    from wpparse.writers import render

    plan = parse(SAMPLES / "安澜市政务公开任务表.txt").select("auto")
    again = parse(render(plan, "xlsx"))
    assert [task.text for task in again.tasks] == [task.text for task in plan.tasks]
    assert [duties(task.parties) for task in again.tasks] == [duties(task.parties) for task in plan.tasks]
    assert "sheet-own" in [diagnostic.code for diagnostic in again.diagnostics]


def duties(parties: Sequence[object]) -> set[str]:
    return {party.name for party in parties}  # type: ignore[attr-defined]


def test_bad_files_are_refused_in_a_line() -> None:
    data = xlsx(ROWS, SPANS)
    with pytest.raises(WpparseError, match="电子表格不完整"):
        parse(with_part(data, "xl/workbook.xml", b"<x"))
    with pytest.raises(WpparseError):
        parse(xls(ROWS, SPANS)[:3000])
    with pytest.raises(WpparseError, match="电子表格不完整"):
        parse(with_part(ods(ROWS, SPANS), "content.xml", b"<x"))


def with_part(data: bytes, name: str, text: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as archive:
        for entry in old.namelist():
            archive.writestr(entry, text if entry == name else old.read(entry))
    return out.getvalue()


def mutants(seed: int, count: int) -> None:
    chance = random.Random(seed)
    for _ in range(count):
        name = chance.choice(list(WRITERS))
        data = WRITERS[name](ROWS, SPANS)
        if name != "xls" and chance.random() < 0.8:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                part = chance.choice(archive.namelist())
                data = with_part(data, part, spoilt(archive.read(part), chance))
        else:
            data = spoilt(data, chance)
        try:
            plan = parse(data)
        except WpparseError:
            continue
        assert isinstance(plan, WorkPlan)


def spoilt(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(data) or 1)
        size = chance.randint(1, 40)
        piece = chance.choice(
            (b"", bytes(chance.randrange(256) for _ in range(size)), data[at : at + size] * 2, b"9" * 12)
        )
        data = data[:at] + piece + data[at + size :]
    return data


def test_mutants() -> None:
    mutants(1, 60)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
def test_many_mutants(seed: int) -> None:
    mutants(100 + seed, 100)
