"""Headers: the parts of a circular that GB/T 9704 names."""

from __future__ import annotations

import tomllib
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from tests.test_outline import document
from wpparse.blocks import Cell, Document, Paragraph, Source, Span, Table
from wpparse.grammar import load_grammar
from wpparse.model import Header
from wpparse.outline import build_outline
from wpparse.outline.bodies import BodySplitter

CASES = tomllib.loads((Path(__file__).parent / "cases" / "header.toml").read_text(encoding="utf-8"))["case"]
LISTS = ("addressees", "attachments", "copied_to")


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    file = document(case["text"])
    header = build_outline(file, load_grammar()).header
    got = {key: value for key, value in asdict(header).items() if key != "locations"}
    for key, value in got.items():
        wanted = case["header"].get(key, () if key in LISTS else None)
        assert (list(value) if key in LISTS else value) == (list(wanted) if key in LISTS else wanted), key


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_each_value_has_its_place(case: dict[str, Any]) -> None:
    file = document(case["text"])
    header = build_outline(file, load_grammar()).header
    stated = {key for key, value in {**asdict(header), "locations": {}}.items() if value}
    assert set(header.locations) == stated
    for key in ("document_number", "disclosure"):
        if key in stated:
            place = header.locations[key]
            block = file.blocks[place.block]
            assert isinstance(block, Paragraph)
            assert block.text[place.start : place.end] == getattr(header, key)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("各镇人民政府，各街道办事处", ["各镇人民政府", "各街道办事处"]),
        (
            "各省、自治区、直辖市人民政府，国务院各部委、各直属机构",
            ["各省、自治区、直辖市人民政府", "国务院各部委", "各直属机构"],
        ),
        ("各设区市主管部门、云江新区经发局", ["各设区市主管部门", "云江新区经发局"]),
        ("区政府各委、办、局、处，各区属机构", ["区政府各委、办、局、处", "各区属机构"]),
        ("各街道办事处、镇政府，市驻临泽各单位", ["各街道办事处", "镇政府", "市驻临泽各单位"]),
        ("各部门、各店铺", ["各部门", "各店铺"]),
        ("省有关部门、单位", ["省有关部门、单位"]),
        ("市科技局、党委宣传部、网信办、财政局", ["市科技局", "党委宣传部", "网信办", "财政局"]),
        ("各市、县（市、区）人民政府", ["各市、县（市、区）人民政府"]),
    ],
)
def test_lists_of_bodies(text: str, names: list[str]) -> None:
    assert list(load_grammar().made(BodySplitter).split(text)) == names


def test_a_red_head_without_the_word_is_told_by_its_colour() -> None:
    red, black = ("FF0000", None)

    def line(text: str, color: str | None) -> Paragraph:
        return Paragraph(text, spans=(Span(0, len(text), color=color),), alignment="center")

    blocks = (
        line("中共青岚县委组织部", red),
        line("关于开展遴选工作的通知", black),
        Paragraph("各乡镇党委："),
        Paragraph("一、遴选程序。7月20日前报名。"),
    )
    header = build_outline(Document(Source("x", "docx", ""), blocks), load_grammar()).header
    assert header.issuer == "中共青岚县委组织部"
    assert header.title == "关于开展遴选工作的通知"


def test_an_empty_header_has_no_places() -> None:
    header = build_outline(Document(Source("x", "txt", ""), (Paragraph("公开财政预决算。"),)), load_grammar()).header
    assert header == Header()


def test_particulars_in_a_table_above_the_text() -> None:
    keys = [
        ("索 引 号:", "AB0310004-2021-002"),
        ("名 称:", "青岚县人民政府关于推进爱国卫生运动的实施方案"),
        ("文 号:", "青府发〔2021〕34号"),
    ]
    cells = tuple(Cell(row, column, text) for row, pair in enumerate(keys) for column, text in enumerate(pair))
    below = document("各镇人民政府，县政府各部门：\n为改善环境，制定本方案。\n一、目标\n环境改善。").blocks
    file = Document(Source("a.txt", "txt", "0" * 64), (Table(cells, 3, 2), *below))
    header = build_outline(file, load_grammar()).header
    assert header.title == header.plan_title == "青岚县人民政府关于推进爱国卫生运动的实施方案"
    assert (header.document_number, header.plan_year) == ("青府发〔2021〕34号", 2021)
    assert header.addressees == ("各镇人民政府", "县政府各部门")
    assert header.locations["document_number"].row == 2
