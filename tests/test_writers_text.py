"""CSV, Markdown, HTML and JSON: content, escaping, round trips."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from openpyxl import load_workbook

from tests.writers_plans import FIRST, GENERAL, many, party, plan, task, usual
from wpparse.blocks import Cell, Document, Paragraph, Source, Table
from wpparse.errors import UnreadableFile, UsageError
from wpparse.model import WorkPlan
from wpparse.writers import FORMATS, format_of, grids, load_plan, merge_plans, render, show
from wpparse.writers.escaping import csv_cell, looks_like_formula, visible

CASES = tomllib.loads((Path(__file__).parent / "cases" / "escaping.toml").read_text(encoding="utf-8"))["case"]
EACH = pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])


def read_csv(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@EACH
def test_a_text_is_neutralised_and_shown(case: dict[str, object]) -> None:
    text = str(case["text"])
    assert csv_cell(text) == case["csv"]
    assert looks_like_formula(text) is case["formula"]


@EACH
def test_no_cell_of_a_csv_begins_like_a_formula(case: dict[str, object]) -> None:
    text = str(case["text"])
    hostile = plan(task(1, text, party(text), path=(text, text), parties_text=text), title=text)
    for row in read_csv(render(hostile, "csv")):
        assert not any(looks_like_formula(cell) for cell in row)
    assert case["csv"] in read_csv(render(hostile, "csv"))[1]


def test_csv_columns_are_those_of_the_contract() -> None:
    rows = read_csv(render(usual(), "csv"))
    assert " ".join(rows[0]) == (
        "序号 一级任务 二级任务 工作要求 责任单位 牵头单位 配合单位 责任人 完成时限 规范时限 章节 来源"
    )
    assert rows[1] == [
        "1",
        GENERAL,
        FIRST,
        "及时公开产业政策、重点项目、创新成果等信息，做好重大政策的集中宣传推介。",
        "各镇街、县发展改革局等",
        "",
        "",
        "",
        "2024年9月底前",
        "2024-09-30",
        "2.1",
        "正文，第1页",
    ]
    assert rows[2][3].startswith("做好惠企公开。推动惠企政策")
    assert rows[2][4:8] == ["", "县住建局", "县财政局", ""]
    assert [row[9] for row in rows[1:]] == [
        "2024-09-30",
        "每年2次",
        "2024-08-01至2024-08-31；2024-12-15",
        "长期",
        "活动开展后5个工作日内",
        "",
    ]
    assert rows[6][7] == "张县长"


def test_csv_headers_in_english() -> None:
    rows = read_csv(render(usual(), "csv", headers="en"))
    assert rows[0][:4] == ["number", "path_1", "path_2", "text"]
    assert [row[9] for row in rows[1:6]] == [
        "2024-09-30",
        "2 times every year",
        "2024-08-01/2024-08-31；2024-12-15",
        "ongoing",
        "within 5 workdays of 活动开展",
    ]


def test_person_column_only_where_persons_are_named() -> None:
    assert "责任人" not in read_csv(render(plan(task(1, "公开。", party("县财政局"))), "csv"))[0]


def test_frame_has_the_columns_of_the_csv() -> None:
    frame = usual().to_frame()
    rows = read_csv(render(usual(), "csv"))
    assert list(frame.columns) == rows[0]
    assert frame["工作要求"].tolist() == [row[3] for row in rows[1:]]


def test_json_to_plan_and_back_gives_the_same_files(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(b"\xef\xbb\xbf" + render(usual(), "json"))
    again = load_plan(path)
    assert again == usual()
    for format in FORMATS:
        assert render(again, format) == render(usual(), format)


def test_a_broken_json_names_the_field(tmp_path: Path) -> None:
    value = json.loads(render(usual(), "json"))
    value["tasks"][2]["origin"] = "nowhere"
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    with pytest.raises(UnreadableFile, match=r"tasks\.2\.origin"):
        load_plan(path)
    path.write_text("{", encoding="utf-8")
    with pytest.raises(UnreadableFile, match=r"plan\.json"):
        load_plan(path)
    with pytest.raises(UnreadableFile):
        load_plan(tmp_path / "missing.json")


@pytest.mark.parametrize("value", ["2024-13-01", "2024年9月30日", "20240930", ""])
def test_a_wrong_date_in_a_json_is_named(tmp_path: Path, value: str) -> None:
    corrected = json.loads(render(usual(), "json"))
    corrected["tasks"][0]["deadlines"][0]["due"] = value
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(corrected), encoding="utf-8")
    with pytest.raises(UnreadableFile, match=r"tasks\.0\.deadlines\.0\.due"):
        load_plan(path)


def test_json_has_all_tasks_and_the_others_the_table_where_there_is_one() -> None:
    both = plan(task(1, "正文要求。", party("甲局")), task(1, "表格要求。", party("乙局"), origin="table"))
    assert len(json.loads(render(both, "json"))["tasks"]) == 2
    assert [row[2 + 1] for row in read_csv(render(both, "csv"))[1:]] == ["表格要求。"]
    assert len(read_csv(render(both, "csv", selection="all"))) == 3


@pytest.mark.parametrize("format", FORMATS)
def test_twice_gives_the_same_bytes(format: str) -> None:
    assert render(usual(), format) == render(usual(), format)


@pytest.mark.parametrize("format", FORMATS)
def test_a_plan_without_tasks_is_written(format: str) -> None:
    assert render(plan(), format)


def test_formats_by_suffix() -> None:
    assert [format_of(f"a.{suffix}") for suffix in ("JSON", "csv", "htm", "markdown", "doc")] == [
        "json", "csv", "html", "md", None,
    ]  # fmt: skip
    with pytest.raises(UsageError, match="docx"):
        render(usual(), "pdf")


class Page(HTMLParser):
    """Rows of the table as lists of (text, rowspan), and every tag seen."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[tuple[str, int]]] = []
        self.tags: set[str] = set()
        self.cell: int | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.cell = int(dict(attrs).get("rowspan") or 1)
            self.rows[-1].append(("", self.cell))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self.cell = None

    def handle_data(self, data: str) -> None:
        if self.cell is not None:
            self.rows[-1][-1] = (self.rows[-1][-1][0] + data, self.cell)


@EACH
def test_html_shows_every_text_and_runs_none(case: dict[str, object]) -> None:
    text = str(case["text"])
    page = Page()
    page.feed(render(plan(task(1, text, party("甲局"))), "html").decode("utf-8"))
    assert page.tags <= {
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "h1",
        "p",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    }
    shown = visible(text)
    assert shown.replace("\r", "") in [cell for cell, _ in page.rows[1]]


def test_html_merges_equal_headings() -> None:
    page = Page()
    page.feed(render(usual(), "html").decode("utf-8"))
    assert (GENERAL, 4) in page.rows[1]
    assert (FIRST, 2) in page.rows[1]
    assert len(page.rows[2]) == len(page.rows[0]) - 2


@EACH
def test_markdown_shows_every_text(case: dict[str, object]) -> None:
    text = str(case["text"]).replace("\t", " ")
    html = MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(
        render(plan(task(1, text, party("甲局"))), "md").decode("utf-8")
    )
    page = Page()
    page.feed(html)
    assert page.tags <= {"h1", "table", "thead", "tbody", "tr", "th", "td", "br"}
    shown = "".join(visible(text).split())
    assert shown in ["".join(cell.split()) for cell, _ in page.rows[1]]


def test_a_ledger_as_csv_names_each_circular() -> None:
    deep = plan(task(1, "要求。", party("甲局"), path=("甲", "乙", "丙")), title="临泽市2024年工作要点")
    rows = read_csv(merge_plans([usual(), deep], "csv"))
    assert rows[0][:6] == ["序号", "文件名称", "发文字号", "一级任务", "二级任务", "三级任务"]
    assert [row[0] for row in rows[1:]] == [str(number) for number in range(1, 8)]
    assert rows[7][1:6] == ["临泽市2024年工作要点", "青政办发〔2024〕7号", "甲", "乙", "丙"]
    assert all(len(row) == len(rows[0]) for row in rows)
    with pytest.raises(UsageError):
        merge_plans([usual()], "ics")


def test_ten_thousand_rows_of_csv() -> None:
    assert len(read_csv(render(many(10_000), "csv"))) == 10_001


def shown_on_screen(value: WorkPlan) -> str:
    from rich.console import Console

    stream = io.StringIO()
    show(value, Console(file=stream, width=160))
    return stream.getvalue()


def test_the_screen_shows_texts_and_takes_no_markup() -> None:
    text = shown_on_screen(plan(task(1, "[red]公开[/red]\x1b[2J", party("甲局"))))
    assert "[red]公开[/red]␛[2J" in text
    assert "没有找到任务" in shown_on_screen(plan())


def test_grids_have_a_merged_text_in_every_position() -> None:
    table = Table(
        cells=(Cell(0, 0, "任务"), Cell(0, 1, "单位"), Cell(1, 0, "公开\n解读", rowspan=2), Cell(1, 1, "甲局")),
        rows=3,
        columns=2,
        row_pages=(1, 1, 2),
    )
    document = Document(Source("a.docx", "docx", "0" * 64), (Paragraph("前言"), table, Table((), 0, 0)))
    assert json.loads(grids(document)) == [
        {"index": 0, "pages": [1, 2], "rows": 3, "cols": 2, "grid": [["任务", "单位"], ["公开\n解读", "甲局"], ["公开\n解读", ""]]},
        {"index": 1, "pages": [], "rows": 0, "cols": 0, "grid": []},
    ]  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(min_size=1, max_size=200))
def test_any_text_is_written_and_read_back(text: str) -> None:
    hostile = plan(task(1, text, party(text), path=(text,), parties_text=text), title=text)
    for format in FORMATS:
        if not (format == "json" and any("\ud800" <= char <= "\udfff" for char in text)):
            assert render(hostile, format)
    assert read_csv(render(hostile, "csv"))[1][1] == csv_cell(text)
    sheet = load_workbook(io.BytesIO(render(hostile, "xlsx")))["任务分解表"]
    assert (sheet.cell(3, 3).value or "").split() == visible(text).split()
