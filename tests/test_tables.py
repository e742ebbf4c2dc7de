"""Tables: what each column means, and the tasks in the rows."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wpparse.blocks import Cell, Paragraph, Table
from wpparse.extract.mentions import DateBase
from wpparse.extract.tables.header import header_hit
from wpparse.extract.tables.reading import TableReading, goes_on, read_table
from wpparse.grammar import load_grammar
from wpparse.model import Location, Task
from wpparse.outline import Item, TablePlace

CASES = tomllib.loads((Path(__file__).parent / "cases" / "tables.toml").read_text(encoding="utf-8"))["case"]
ROLES = {"responsible": "r", "lead": "l", "support": "s", "leader": "p"}
BASE = DateBase(2024, "2024-05-10")


def table(text: str, page_starts: tuple[int, ...] = (), merge: bool = True) -> Table:
    """A table from its drawing in tables.toml; without ``merge`` merged positions are blank, as in a text dump."""
    drawn = [[cell.strip() for cell in line.split("|")] for line in text.strip("\n").splitlines()]
    columns = max(map(len, drawn))
    drawn = [row + [""] * (columns - len(row)) for row in drawn]
    cells = []
    for r, row in enumerate(drawn):
        for c, shown in enumerate(row):
            if not shown or shown in "<^":
                continue
            rowspan = colspan = 1
            if merge:
                while c + colspan < columns and row[c + colspan] == "<":
                    colspan += 1
                while r + rowspan < len(drawn) and drawn[r + rowspan][c] == "^":
                    rowspan += 1
            cells.append(Cell(r, c, shown.replace("\\n", "\n"), rowspan, colspan))
    return Table(tuple(cells), len(drawn), columns, page_starts=page_starts)


def understand(case: dict[str, Any], merge: bool = True) -> TableReading:
    return read_table(
        table(case["rows"], tuple(case.get("page_starts", ())), merge),
        TablePlace(7, case.get("caption"), None),
        (),
        load_grammar(),
        BASE,
        case.get("first_is_lead", False),
    )


def shown(task: Task) -> str:
    parties = " ".join(f"{party.name}/{ROLES[party.role]}" for party in task.parties)
    dates = []
    for found in task.deadlines:
        span = f"{found.start}..{found.due}" if found.start and found.text not in ("全年",) else found.due
        dates.append(span or found.every or found.kind)
    fields = (task.label or "", " > ".join(task.path), task.text, parties, " ".join(dates))
    return " | ".join(fields)


def plain(line: str) -> list[str]:
    return [field.strip() for field in line.split("|")]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
@pytest.mark.parametrize("merge", [True, False], ids=["merged", "blank"])
def test_case(case: dict[str, Any], merge: bool) -> None:
    reading = understand(case, merge)
    if "role" in case:
        assert reading.info.role == case["role"]
    if "columns" in case:
        assert [kind or "null" for kind in reading.info.columns] == case["columns"]
    assert [plain(shown(task)) for task in reading.tasks] == [plain(line) for line in case["tasks"]]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_every_value_is_where_it_says(case: dict[str, Any]) -> None:
    drawn = table(case["rows"], tuple(case.get("page_starts", ())))
    texts = {(cell.row, cell.column): cell.text for cell in drawn.cells}
    for task in understand(case).tasks:
        assert task.location.block == 7
        for value in (*task.parties, *task.deadlines):
            place = value.location
            assert place.row is not None and place.column is not None
            words = texts[place.row, place.column][place.start : place.end].replace("\n", "")
            if case.get("role") != "matrix" or not hasattr(value, "role"):
                assert words == (value.name if hasattr(value, "role") else value.text)


def test_tasks_are_numbered_and_keep_the_cell_as_written() -> None:
    reading = understand(CASES[0])
    assert [task.number for task in reading.tasks] == [1, 2, 3]
    assert reading.tasks[0].parties_text == "县发展改革局、县财政局"
    assert reading.info.rows == 4
    assert reading.info.cols == 5


def test_a_blank_cell_is_blank_where_merged_cells_are_seen() -> None:
    rows = """
    督查事项 | 具体内容 | 主办科室 | 协办科室
    防汛备汛 | 完成水库安全隐患排查。 | 运行管理科 | 防汛抗旱科
    ^ | 组织防汛演练。 | 应急管理科 |
    """
    case = {"rows": rows}
    assert [party.name for party in understand(case).tasks[1].parties] == ["应急管理科"]
    assert [party.name for party in understand(case, merge=False).tasks[1].parties] == ["应急管理科", "防汛抗旱科"]


def test_the_year_of_a_title_holds_where_the_circular_names_none() -> None:
    text = "工作任务 | 责任单位 | 完成时限\n改造老旧管网三十公里。 | 县水利局 | 6月底前"
    place = TablePlace(7, "青岚县2023年民生实事任务分解表", None)
    reading = read_table(table(text), place, (), load_grammar(), DateBase(None, None), False)
    assert reading.tasks[0].deadlines[0].due == "2023-06-30"


def test_a_table_without_header_goes_on_with_the_one_above() -> None:
    header = "序号 | 工作任务 | 牵头单位 | 配合单位 | 完成时限"
    first = understand({"rows": header + "\n1 | 改造老旧管网三十公里。 | 县水利局 | 县财政局 | 6月底前"})
    rows = table("2 | 新建幼儿园三所。 | 县教育局 | 县住建局 | 8月底前\n3 | 修路。 | 县交通局 | | 年底前")
    place = TablePlace(8, None, None)
    reading = read_table(rows, place, (), load_grammar(), BASE, False, (), first)
    assert [[party.role for party in task.parties] for task in reading.tasks] == [["lead", "support"]] * 2
    assert reading.diagnostics == ()
    other = table("姓名 | 职务\n陈志远 | 主任")
    assert read_table(other, place, (), load_grammar(), BASE, False, (), first).tasks == ()


def test_what_may_stand_between_the_parts_of_a_table() -> None:
    grammar = load_grammar()
    assert goes_on((), grammar)
    assert goes_on((Paragraph("（续上表）"),), grammar)
    assert not goes_on((Paragraph("附件2"),), grammar)
    assert not goes_on((table(CASES[0]["rows"]),), grammar)


def test_section_that_a_row_elaborates() -> None:
    location = Location(block=0)
    item = Item("2.1", "2", 2, "（一）", "深化公开", False, "task", (), True, True, location)
    tasks = read_table(table(CASES[0]["rows"]), TablePlace(7, None, None), (item,), load_grammar(), BASE, False).tasks
    assert [task.section for task in tasks] == ["2.1", "2.1", None]


def test_columns_without_header_are_reported() -> None:
    case = next(case for case in CASES if case["id"] == "no-header")
    assert [found.code for found in understand(case).diagnostics] == ["table-columns-guessed"]


def test_header_words() -> None:
    grammar = load_grammar()
    for text, kind in (
        ("责任\n单位", "responsible"),
        ("完成 时限", "deadline"),
        ("牵头部门", "lead"),
        ("备注", "remark"),
    ):
        hit = header_hit(text, grammar)
        assert hit is not None
        assert hit.rule.kind == kind
    assert header_hit("及时公开重大建设项目批准和实施信息，接受社会监督。", grammar) is None


words = st.sampled_from(
    [
        "",
        "",
        "1",
        "2",
        "序号",
        "工作任务",
        "责任单位",
        "完成时限",
        "县财政局",
        "年底前",
        "做好公开。",
        "√",
        "合计",
        "甲\n乙",
        "9月31日前",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(words, min_size=1, max_size=6), min_size=1, max_size=8))
def test_any_table_is_understood(rows: list[list[str]]) -> None:
    columns = max(map(len, rows))
    cells = tuple(Cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row) if text)
    reading = read_table(Table(cells, len(rows), columns), TablePlace(0, None, None), (), load_grammar(), BASE, False)
    assert len(reading.info.columns) == columns
    assert all(task.text for task in reading.tasks)


@pytest.mark.parametrize("stem", ["001", "002", "004"])
def test_real_decomposition_tables(shared: Path, stem: str) -> None:
    from wpparse import parse

    path = next((shared / "gold" / "seeds").glob(f"{stem}*.gold.json"))
    gold = json.loads(path.read_text(encoding="utf-8"))
    want = [(task["label"], "".join(task["text"].split())) for task in gold["tasks"] if task["origin"] == "table"]
    plan = parse((path.parent / gold["file"]).resolve())
    got = [(task.label, "".join(task.text.split())) for task in plan.tasks if task.origin == "table"]
    assert got == want
