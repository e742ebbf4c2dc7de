"""Glyphs → lines and lines → paragraphs, on plain values."""

from __future__ import annotations

import pytest

from wpparse.layout.furniture import Candidate, confirmed, page_number, place_of, running_places
from wpparse.layout.grids.ruled import PADDING, wraps
from wpparse.layout.lines import Line, make_lines
from wpparse.layout.paragraphs import (
    Measure,
    PageLines,
    alignment,
    join_lines,
    make_paragraphs,
    marks_of,
    measure,
    needs_blank,
    page_areas,
)
from wpparse.page import Glyph, Style

BODY = Style("仿宋", 16.0)


def glyphs(text: str, x: float, y: float, style: Style = BODY, step: float | None = None) -> list[Glyph]:
    out = []
    for char in text:
        width = (0.5 if ord(char) < 0x2000 else 1.0) * style.size
        out.append(Glyph(char, x, x + width, y, style))
        x += step or width
    return out


def line(text: str, x0: float, y: float, page: int = 1, size: float = 16.0, x1: float | None = None) -> Line:
    width = sum(0.5 if ord(char) < 0x2000 else 1.0 for char in text) * size
    return Line([(text, Style("仿宋", size))], x0, x1 or x0 + width, y, size, page, size, text=text)


AREA = Measure(80.0, 528.0, 16.0, 28.0, 20)


def groups(*lines: Line) -> list[list[str]]:
    return [[each.text for each in group] for group in make_paragraphs(lines, [AREA] * len(lines))]


def test_order_by_place_not_by_file() -> None:
    late = [*glyphs("后", 96, 100), *glyphs("先", 80, 100), *glyphs("上", 80, 50)]
    assert [each.text for each in make_lines(late, 1)] == ["上", "先后"]


def test_superscript_belongs_to_its_line() -> None:
    mixed = [*glyphs("面积300km", 80, 100), *glyphs("2", 152, 93, Style("仿宋", 8.0)), *glyphs("以上", 156, 100)]
    assert [each.text for each in make_lines(mixed, 1)] == ["面积300km2以上"]


def test_small_print_below_is_a_line_of_its_own() -> None:
    two = [*glyphs("正文一行", 80, 100), *glyphs("注：小字", 80, 118, Style("仿宋", 9.0))]
    assert [each.text for each in make_lines(two, 1)] == ["正文一行", "注：小字"]


def test_baselines_that_differ_a_little() -> None:
    mixed = [*glyphs("“", 80, 99), *glyphs("十四五", 96, 100), *glyphs("”规划", 144, 100.8)]
    assert [each.text for each in make_lines(mixed, 1)] == ["“十四五”规划"]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((("临泽市财政局", 80.0), ("青岚县人民政府", 320.0)), ["临泽市财政局", "青岚县人民政府"]),
        (
            (("临泽市安全生产委员会", 80.0), ("临泽市消防安全委员会", 264.0)),
            ["临泽市安全生产委员会", "临泽市消防安全委员会"],
        ),
        ((("通", 80.0), ("知", 150.0)), ["通知"]),
        ((("年", 80.0), ("月", 130.0), ("日", 180.0)), ["年月日"]),
        ((("联系人：张三", 80.0), ("电话：0000000", 210.0)), ["联系人：张三电话：0000000"]),
    ],
)
def test_columns(parts: tuple[tuple[str, float], ...], expected: list[str]) -> None:
    row = [glyph for text, x in parts for glyph in glyphs(text, x, 100)]
    assert [each.text for each in make_lines(row, 1)] == expected


def test_blanks_between_latin_words_only() -> None:
    row = [
        *glyphs("采用", 80, 100),
        *glyphs("IEEE", 116, 100),
        *glyphs("Internet", 152, 100),
        *glyphs("标 准", 220, 100),
    ]
    assert make_lines(row, 1)[0].text == "采用IEEE Internet标准"


def test_spread_out_characters() -> None:
    assert make_lines(glyphs("江苏省财政厅", 80, 100, step=33.0), 1)[0].text == "江苏省财政厅"


def test_paragraph_by_indent_and_line_end() -> None:
    full = "各部门要按照职责分工完善工作机制加强协调配合确保完"
    first, second = line(full[:26], 112, 100), line("成任务。", 80, 128)
    third = line("二、加强领导", 112, 156)
    assert groups(first, second, third) == [[full[:26], "成任务。"], ["二、加强领导"]]


def test_counting_goes_on_in_an_indented_paragraph() -> None:
    """一是… at the start of a line is no paragraph of its own where first lines are indented."""
    first, second = (
        line("各部门要按照职责分工完善工作机制为此提出要求", 112, 100, x1=528),
        line("抓好落实。", 80, 128, x1=490),
    )
    assert groups(first, second, line("一是加强领导。", 80, 156)) == [[first.text, "抓好落实。", "一是加强领导。"]]
    assert groups(first, second, line("一是加强领导。", 112, 156)) == [[first.text, "抓好落实。"], ["一是加强领导。"]]


def test_paragraph_over_a_page_break() -> None:
    first, second = (
        line("各部门要按照职责分工完善工作机制加强协调配合确保", 112, 720, x1=528),
        line("完成任务。", 80, 110, page=2),
    )
    assert groups(first, second) == [[first.text, second.text]]


def test_no_paragraph_over_a_page_without_text() -> None:
    first, second = (
        line("各部门要按照职责分工完善工作机制加强协调配合确保", 112, 720, x1=528),
        line("完成任务。", 80, 110, page=3),
    )
    assert len(groups(first, second)) == 2


def test_hanging_punctuation_does_not_hide_a_line_end() -> None:
    first, second = (
        line("各部门要按照职责分工完善工作机制加强协调配合，", 112, 100, x1=536),
        line("完成任务。", 80, 128),
    )
    assert groups(first, second) == [[first.text, second.text]]


def test_a_wide_gap_ends_a_paragraph() -> None:
    first, second = (
        line("各部门要按照职责分工完善工作机制加强协调配合确保", 112, 100, x1=528),
        line("完成任务", 80, 180),
    )
    assert len(groups(first, second)) == 2


def test_flush_items_after_a_full_sentence() -> None:
    first, second = (
        line("1.按照职责分工完善工作机制加强协调配合确保完成任务。", 80, 100, x1=528),
        line("2.加强领导", 80, 128),
    )
    assert len(groups(first, second)) == 2


@pytest.mark.parametrize(
    ("text", "x0", "size", "expected"),
    [
        ("关于印发2024年工作要点的通知", 139.0, 22.0, "center"),
        ("工作要点", 272.0, 16.0, "center"),
        ("临泽市人民政府", 384.0, 16.0, "right"),
        ("一、总体要求", 112.0, 16.0, None),
        ("各部门要按照职责分工，完善工作机制，加强协调配合。", 112.0, 16.0, None),
    ],
)
def test_alignment(text: str, x0: float, size: float, expected: str | None) -> None:
    assert alignment(line(text, x0, 100, size=size), AREA) == expected


def test_the_text_area_is_where_many_lines_end() -> None:
    body = [line("字" * 28, 80, 100 + 28 * k) for k in range(10)] + [
        line("字" * 26, 112, 400),
        line("字" * 29, 80, 440),
    ]
    area = measure([marks_of(body)])
    assert area is not None
    assert (area.left, round(area.right), area.size, area.pitch) == (80.0, 528, 16.0, 28.0)


def test_spans_cover_the_text() -> None:
    bold = Style("仿宋", 16.0, bold=True)
    joined = Line(
        [("（一）", BODY), ("加强 ", bold), ("领导。", BODY)], 80, 300, 100, 16, 1, 16, text="（一）加强领导。"
    )
    text, spans, doubts = join_lines([joined])
    assert text == "（一）加强领导。"
    assert [(span.start, span.end, span.bold) for span in spans] == [(0, 3, False), (3, 5, True), (5, 8, False)]
    assert doubts == ()


def test_doubtful_characters_are_marked() -> None:
    unsure = Line([("市财改局", BODY)], 80, 144, 100, 16, 1, 16, text="市财改局", confidences=(0.99, 0.98, 0.51, 0.97))
    text, _, doubts = join_lines([unsure])
    assert [(text[d.start : d.end], d.confidence) for d in doubts] == [("改", 0.51)]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [("Internet of", "Things", True), ("工作", "要点", False), ("20", "24年", False), ("采用Word", "或者", False)],
)
def test_blank_where_lines_meet(before: str, after: str, expected: bool) -> None:
    assert needs_blank(before, after) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("— 3 —", (3, True)), ("-3-", (3, True)), ("－3－", (3, True)), ("·3·", (3, True)), ("第3页", (3, True)),
        ("第 3 页 共 12 页", (3, True)), ("第3页（共12页）", (3, True)), ("3", (3, False)), ("3/12", (3, False)),
        ("3.", (3, False)), ("第三条", None), ("2024年3月", None), ("3个", None),
    ],
)  # fmt: skip
def test_page_numbers(text: str, expected: tuple[int, bool] | None) -> None:
    assert page_number(text) == expected


def candidate(text: str, page: int) -> Line:
    found = line(text, 290, 800, page)
    known = page_number(text)
    found.number = known[0] if known else None
    return found


def test_a_bare_number_is_a_page_number_where_it_keeps_step() -> None:
    candidates = [candidate("7", 1), candidate("8", 2), candidate("40", 3)]
    assert confirmed([Candidate(each, 842.0, True) for each in candidates]) == {0, 1}


def test_running_heads_stand_on_many_pages() -> None:
    heads = [line(f"工作简报 第{page}期", 80, 40, page) for page in range(1, 5)]
    (place,) = {place_of(head, 842.0) for head in heads}
    assert running_places({place: {1, 2, 3, 4}}, 4) == {place}
    assert running_places({place: {1, 2}}, 2) == set()


@pytest.mark.parametrize(
    ("upper", "lower", "slack", "expected"),
    [
        ("签订协议4", "月-12月开发", 2.2, True),  # no line ends before a hyphen, nor between it and a digit
        ("签订协议", "开发模块", 2.2, False),
        ("牵头单位", "（县财政局）", 1.9, True),
        ("投资总额", "2024万元", 2.1, True),
        ("一、工作目标", "明确任务", 0.5, True),
    ],
)
def test_a_cell_ends_a_line_where_no_more_fits(upper: str, lower: str, slack: float, expected: bool) -> None:
    above = line(upper, 100, 100)
    assert wraps(above, line(lower, 100, 128), above.x1 - above.x0 + 2 * PADDING + slack * 16.0) is expected


def test_short_lines_of_one_length_show_no_margin() -> None:
    long = [line("为贯彻落实上级部署要求" * 3, 80, 100 + 28 * k, 1) for k in range(12)]
    short = [
        line(f"{k // 8 + 1}.{k % 8 + 1}.1" + "播种机械" * (1 + (k % 7 == 3)), 80, 100 + 20 * k, 2) for k in range(30)
    ]
    pages = [PageLines(page, 595.0, 842.0, marks_of(lines)) for page, lines in ((1, long), (2, short))]
    areas = page_areas(pages)
    assert areas[2].right == areas[1].right
    assert len(make_paragraphs(short, [areas[2]] * len(short))) == len(short)


@pytest.mark.parametrize(("x0", "groups"), [(160.0, 1), (112.0, 2), (200.0, 2)])
def test_the_rest_of_an_attachments_title_stands_below_its_start(x0: float, groups: int) -> None:
    lines = [line("附件：青岚县年度工作任务分", 112, 600), line("解表", x0, 628)]
    assert len(make_paragraphs(lines, [AREA, AREA])) == groups
