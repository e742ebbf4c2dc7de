"""Automatic numbers in Word documents: one case for each rule, and properties on random definitions."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.docx_builder import abstract, level, num, p, package, r, style, tbl, tc, tr
from wpparse.blocks import Document, Paragraph, Table
from wpparse.numerals import parse_number
from wpparse.pipeline import read_document
from wpparse.readers.docx.counting import count

CASES = tomllib.loads((Path(__file__).parent / "cases" / "numbering.toml").read_text("utf-8"))


def read(*blocks: str, **parts: Any) -> Document:
    return read_document(package(*blocks, **parts))


def labels(document: Document) -> list[str]:
    return [block.label or "" for block in document.blocks if isinstance(block, Paragraph)]


def _level(index: int, written: str) -> str:
    number_format, text, *rest = written.split("|")
    options = dict(
        word.partition("=")[::2] for word in (rest[0].split() if rest and "format=" not in rest[0] else rest)
    )
    more = ""
    if "restart" in options:
        more += f'<w:lvlRestart w:val="{options["restart"]}"/>'
    if "style" in options:
        more += f'<w:pStyle w:val="{options["style"]}"/>'
    if "legal" in options:
        more += "<w:isLgl/>"
    if "suff" in options:
        more += f'<w:suff w:val="{options["suff"]}"/>'
    start = options.get("start", "1")
    out = level(index, number_format, text, start=int(start) if start else None, more=more)
    if "format" in options:
        out = out.replace('w:val="custom"/>', f'w:val="custom" w:format="{options["format"]}"/>')
    if rest and rest[0].startswith("font="):
        font = rest[0].removeprefix("font=")
        out = out.replace("</w:lvl>", f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr></w:lvl>')
    if "hidden" in options:
        out = out.replace("</w:lvl>", "<w:rPr><w:vanish/></w:rPr></w:lvl>")
    return out


def _abstract(number: str, written: Any) -> str:
    levels = written if isinstance(written, list) else written["levels"]
    link = "" if isinstance(written, list) else f'<w:numStyleLink w:val="{written["style_link"]}"/>'
    return abstract(int(number), *(_level(i, one) for i, one in enumerate(levels)), more=link)


def _list(number: str, written: Any) -> str:
    if isinstance(written, int):
        return num(int(number), written)
    overrides = {int(i): f'<w:startOverride w:val="{value}"/>' for i, value in written.get("start", {}).items()}
    overrides |= {int(i): _level(int(i), one) for i, one in written.get("levels", {}).items()}
    return num(int(number), written["abstract"], overrides)


def _style(name: str, written: str) -> str:
    options = dict(word.partition("=")[::2] for word in written.split())
    kind = "numbering" if "numbering" in options else "paragraph"
    level_xml = f'<w:ilvl w:val="{options["level"]}"/>' if "level" in options else ""
    number = options.get("numbered", options.get("numbering"))
    id_xml = "" if number is None else f'<w:numId w:val="{number}"/>'
    properties = f"<w:numPr>{level_xml}{id_xml}</w:numPr>" if level_xml or id_xml else ""
    return style(name, kind=kind, based_on=options.get("based"), ppr=properties)


def _paragraph(written: str) -> str:
    words = written.split()
    name = place = None
    flags: set[str] = set()
    while words:
        word = words.pop(0)
        if word == "style":
            name = words.pop(0)
        elif word[0].isdigit():
            list_id, _, index = word.partition(".")
            place = (int(list_id), int(index))
        elif word == "-":
            flags.add("plain")
        elif word.isascii():
            flags.add(word)
        else:
            return p(written)
    author = 'w:id="1" w:author="x"'
    run = r("内容", "<w:vanish/>") if "hidden" in flags else r("内容")
    mark = ""
    if flags & {"deleted", "text-deleted"}:
        run = f"<w:del {author}>{run.replace('w:t', 'w:delText')}</w:del>"
    if flags & {"deleted", "marked-deleted"}:
        mark = f"<w:del {author}/>"
    if "inserted" in flags:
        run, mark = f"<w:ins {author}>{run}</w:ins>", f"<w:ins {author}/>"
    if "moved-from" in flags:
        run, mark = f"<w:moveFrom {author}>{run}</w:moveFrom>", f"<w:moveFrom {author}/>"
    if "moved-to" in flags:
        run, mark = f"<w:moveTo {author}>{run}</w:moveTo>", f"<w:moveTo {author}/>"
    if "hidden" in flags:
        mark = "<w:vanish/>"
    return p(*([] if "empty" in flags else [run]), style=name, num=place, mark=mark)


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["id"])
def test_labels(case: dict[str, Any]) -> None:
    numbering = "".join(_abstract(n, a) for n, a in case["abstracts"].items())
    numbering += "".join(_list(n, one) for n, one in case["lists"].items())
    styles = "".join(_style(n, one) for n, one in case.get("styles", {}).items())
    document = read(*map(_paragraph, case["paragraphs"]), numbering=numbering, styles=styles)
    assert labels(document) == case["expect"]


@pytest.mark.parametrize("case", CASES["format"], ids=lambda case: case["id"])
def test_number_format(case: dict[str, Any]) -> None:
    assert {value: count(int(value), case["id"]) for value in case["expect"]} == case["expect"]


def test_label_is_no_part_of_the_text() -> None:
    document = read(p("总体要求", num=(1, 0)), numbering=abstract(1, level(0, "chineseCounting", "%1、")) + num(1, 1))
    (paragraph,) = document.blocks
    assert isinstance(paragraph, Paragraph)
    assert (paragraph.label, paragraph.text) == ("一、", "总体要求")


def test_numbers_in_cells_are_part_of_the_text() -> None:
    numbering = abstract(1, level(0, "decimal", "%1")) + num(1, 1)
    rows = [tr(tc(p(num=(1, 0))), tc(p("加强", num=(1, 0)))), tr(tc(p(num=(1, 0))), tc("落实"))]
    document = read(tbl(*rows, grid=(500, 4000)), p("后文", num=(1, 0)), numbering=numbering)
    table, after = document.blocks
    assert isinstance(table, Table)
    assert table.grid() == [["1", "2加强"], ["3", "落实"]]
    assert isinstance(after, Paragraph)
    assert after.label == "4"


def test_covered_cells_do_not_count() -> None:
    numbering = abstract(1, level(0, "decimal", "%1.")) + num(1, 1)
    rows = [
        tr(tc(p(num=(1, 0)), merge="restart"), tc("甲")),
        tr(tc(p(num=(1, 0)), merge="continue"), tc("乙")),
        tr(tc(p(num=(1, 0))), tc("丙")),
    ]
    (table,) = read(tbl(*rows, grid=(500, 4000)), numbering=numbering).blocks
    assert isinstance(table, Table)
    assert [row[0] for row in table.grid()] == ["1.", "1.", "2."]


def test_rows_deleted_by_tracking_do_not_count() -> None:
    numbering = abstract(1, level(0, "decimal", "%1.")) + num(1, 1)
    gone = '<w:del w:id="1" w:author="x"/>'
    rows = [
        tr(tc(p(num=(1, 0))), tc("甲")),
        tr(tc(p(num=(1, 0))), tc("乙"), properties=gone),
        tr(tc(p(num=(1, 0))), tc("丙")),
    ]
    (table,) = read(tbl(*rows, grid=(500, 4000)), numbering=numbering).blocks
    assert isinstance(table, Table)
    assert table.grid() == [["1.", "甲"], ["2.", "丙"]]


def test_label_stands_before_the_first_line_of_a_broken_paragraph() -> None:
    numbering = abstract(1, level(0, "chineseCounting", "%1、")) + num(1, 1)
    document = read(p(r("甲") + "<w:r><w:br/></w:r>" + r("乙"), num=(1, 0)), numbering=numbering)
    assert [(b.label, b.text) for b in document.blocks if isinstance(b, Paragraph)] == [("一、", "甲"), (None, "乙")]


def test_circles_of_styles_and_links_end() -> None:
    styles = style("A", based_on="B", ppr='<w:numPr><w:numId w:val="1"/></w:numPr>') + style("B", based_on="A")
    styles += style("L", kind="numbering", ppr='<w:numPr><w:numId w:val="1"/></w:numPr>')
    numbering = abstract(1, more='<w:numStyleLink w:val="L"/>') + num(1, 1)
    document = read(p("内容", style="A"), styles=styles, numbering=numbering)
    assert labels(document) == [""]


def test_missing_numbering_part() -> None:
    assert labels(read(p("内容", num=(1, 0)))) == [""]


_PLACES = st.lists(st.tuples(st.integers(1, 3), st.integers(0, 3)), min_size=1, max_size=25)


@settings(max_examples=60, deadline=None)
@given(places=_PLACES, starts=st.lists(st.integers(0, 12), min_size=4, max_size=4))
def test_random_lists_count_by_the_rules(places: list[tuple[int, int]], starts: list[int]) -> None:
    """Lists 1 and 2 share a definition, list 3 has its own: an independent count of the same rules agrees."""
    levels = [level(i, "decimal", "".join(f"%{n}." for n in range(1, i + 2)), start=starts[i]) for i in range(4)]
    numbering = abstract(1, *levels) + abstract(2, *levels) + num(1, 1) + num(2, 1) + num(3, 2)
    document = read(*(p("内容", num=place) for place in places), numbering=numbering)
    counters: dict[int, dict[int, int]] = {1: {}, 2: {}}
    expected = []
    for list_id, index in places:
        current = counters[2 if list_id == 3 else 1]
        for above in range(index):
            current.setdefault(above, starts[above])
        current[index] = current[index] + 1 if index in current else starts[index]
        for below in [i for i in current if i > index]:
            del current[below]
        expected.append("".join(f"{current[i]}." for i in range(index + 1)))
    assert labels(document) == expected


@settings(max_examples=200, deadline=None)
@given(
    value=st.integers(1, 9999),
    number_format=st.sampled_from(
        ["chineseCounting", "chineseCountingThousand", "decimal", "chineseLegalSimplified", "ideographDigital"]
    ),
)
def test_chinese_counters_read_back(value: int, number_format: str) -> None:
    assert parse_number(count(value, number_format)) == value


@settings(max_examples=100, deadline=None)
@given(value=st.integers(-5, 10**9), number_format=st.sampled_from([case["id"] for case in CASES["format"]]))
def test_every_format_writes_any_counter(value: int, number_format: str) -> None:
    assert len(count(value, number_format)) < 400
