"""How text in Word documents looks: styles, themes, direct formatting, alignment, indents, outline levels."""

from __future__ import annotations

from typing import Any

import pytest

from tests.docx_builder import NAMESPACES, abstract, level, num, p, package, r, style
from wpparse.blocks import Paragraph
from wpparse.pipeline import read_document
from wpparse.readers.docx.compact import compact
from wpparse.readers.docx.package import Package

Seen = tuple[str, bool | None, str | None, float | None, str | None]


def paragraphs(*blocks: str, **parts: Any) -> list[Paragraph]:
    return [b for b in read_document(package(*blocks, **parts)).blocks if isinstance(b, Paragraph)]


def seen(*blocks: str, **parts: Any) -> list[Seen]:
    """Each span of the first paragraph: text, bold, font, size, colour."""
    paragraph = paragraphs(*blocks, **parts)[0]
    return [(paragraph.text[s.start : s.end], s.bold, s.font, s.size, s.color) for s in paragraph.spans]


def fonts(east_asian: str, latin: str = "Times New Roman") -> str:
    return f'<w:rFonts w:eastAsia="{east_asian}" w:ascii="{latin}" w:hAnsi="{latin}"/>'


DEFAULTS = (
    f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts("宋体")}<w:sz w:val="21"/></w:rPr></w:rPrDefault>'
    '<w:pPrDefault><w:pPr><w:jc w:val="both"/></w:pPr></w:pPrDefault></w:docDefaults>'
)


def test_direct_formatting() -> None:
    look = "<w:b/>" + fonts("黑体") + '<w:sz w:val="32"/><w:color w:val="ff0000"/>'
    assert seen(p(r("一、总体要求。", look), r("各单位要落实。"))) == [
        ("一、总体要求。", True, "黑体", 16.0, "FF0000"),
        ("各单位要落实。", False, None, None, None),
    ]


def test_size_with_a_unit() -> None:
    assert [look[3] for look in seen(p(r("甲", '<w:sz w:val="16pt"/>'), r("乙", '<w:sz w:val="21.5"/>')))] == [
        16.0,
        11.0,
    ]


def test_equal_runs_are_one_span() -> None:
    assert len(seen(p(r("一", "<w:b/>"), r("、", "<w:b/><w:i/>"), r("总", "<w:b/>")))) == 1


def test_digits_in_a_latin_font_do_not_look_like_a_change() -> None:
    look = fonts("仿宋", "Arial")
    assert seen(p(r("到", look), r("2024", look), r("年", look))) == [("到2024年", False, "仿宋", None, None)]


def test_spans_cover_the_cleaned_text() -> None:
    (paragraph,) = paragraphs(p(r(" 一、 ", "<w:b/>"), r("　总体要求 "), r(" Open ", "<w:b/>"), r("Data")))
    assert paragraph.text == "一、总体要求Open Data"
    assert [(s.start, s.end) for s in paragraph.spans] == [(0, 2), (2, 6), (6, 11), (11, 15)]


def test_defaults_styles_and_direct_formatting_lie_over_one_another() -> None:
    styles = (
        DEFAULTS
        + style("Normal", default=True, rpr='<w:sz w:val="32"/>')
        + style("Head", based_on="Normal", rpr="<w:b/>" + fonts("黑体"))
        + style("Soft", kind="character", rpr='<w:color w:val="00B050"/>')
    )
    run = r("总体要求", '<w:rStyle w:val="Soft"/><w:sz w:val="44"/>')
    assert seen(p(run, style="Head"), styles=styles) == [("总体要求", True, "黑体", 22.0, "00B050")]
    assert seen(p("正文"), styles=styles) == [("正文", False, "宋体", 16.0, None)]
    assert paragraphs(p("正文"), styles=styles)[0].alignment == "justify"


@pytest.mark.parametrize(
    ("paragraph", "character", "direct", "expected"),
    [
        ("<w:b/>", "", "", True),
        ("", "<w:b/>", "", True),
        ("<w:b/>", "<w:b/>", "", False),
        ("<w:b/>", "", '<w:b w:val="0"/>', False),
        ("<w:b/>", "<w:b/>", "<w:b/>", True),
        ("", "", '<w:b w:val="true"/>', True),
        ("", "", '<w:b w:val="off"/>', False),
    ],
)
def test_bold_is_a_toggle(paragraph: str, character: str, direct: str, expected: bool) -> None:
    styles = style("P", rpr=paragraph) + style("C", kind="character", rpr=character)
    ((_, bold, *_),) = seen(p(r("甲", f'<w:rStyle w:val="C"/>{direct}'), style="P"), styles=styles)
    assert bold is expected


def test_a_linked_paragraph_style_used_on_a_run() -> None:
    styles = style("Head", rpr="<w:i/>", more='<w:link w:val="HeadChar"/>') + style(
        "HeadChar", kind="character", rpr="<w:b/>"
    )
    assert seen(p(r("甲", '<w:rStyle w:val="Head"/>')), styles=styles)[0][1] is True


def test_theme_fonts() -> None:
    theme = (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements><a:fontScheme>'
        '<a:majorFont><a:latin typeface="Cambria"/><a:ea typeface="黑体"/></a:majorFont>'
        '<a:minorFont><a:latin typeface="Calibri"/><a:ea typeface=""/><a:font script="Hans" typeface="宋体"/>'
        '<a:font script="Hant" typeface="新細明體"/></a:minorFont></a:fontScheme></a:themeElements></a:theme>'
    )
    settings = f'<w:settings {NAMESPACES}><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    parts = {"word/theme/theme1.xml": theme, "word/settings.xml": settings}
    run = r("甲", '<w:rFonts w:eastAsiaTheme="majorEastAsia"/>') + r(
        "乙", '<w:rFonts w:eastAsiaTheme="minorEastAsia"/>'
    )
    assert [look[2] for look in seen(p(run), parts=parts)] == ["黑体", "宋体"]
    parts["word/settings.xml"] = settings.replace("zh-CN", "zh-TW")
    assert [look[2] for look in seen(p(run), parts=parts)] == ["黑体", "新細明體"]
    assert [look[2] for look in seen(p(run))] == [None]


def test_font_with_substitutes() -> None:
    assert seen(p(r("甲", fonts("黑体;SimHei"))))[0][2] == "黑体"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("left", "left"),
        ("start", "left"),
        ("center", "center"),
        ("end", "right"),
        ("both", "justify"),
        ("distribute", "justify"),
        ("x", None),
    ],
)
def test_alignment(value: str, expected: str | None) -> None:
    assert paragraphs(p("甲", properties=f'<w:jc w:val="{value}"/>'))[0].alignment == expected


@pytest.mark.parametrize(("value", "expected"), [("0", 1), ("8", 9), ("9", None), ("x", None)])
def test_outline_level(value: str, expected: int | None) -> None:
    assert paragraphs(p("甲", properties=f'<w:outlineLvl w:val="{value}"/>'))[0].outline_level == expected


def test_outline_level_of_a_style_and_taken_back() -> None:
    styles = style("Head", ppr='<w:outlineLvl w:val="1"/>')
    given = paragraphs(
        p("甲", style="Head"), p("乙", style="Head", properties='<w:outlineLvl w:val="9"/>'), styles=styles
    )
    assert [paragraph.outline_level for paragraph in given] == [2, None]


SIZE = '<w:sz w:val="32"/>'


@pytest.mark.parametrize(
    ("ind", "expected"),
    [
        ('<w:ind w:firstLineChars="200" w:firstLine="640"/>', 2.0),
        ('<w:ind w:firstLine="640"/>', 2.0),
        ('<w:ind w:left="640"/>', 2.0),
        ('<w:ind w:left="1280" w:hanging="640"/>', 2.0),
        ('<w:ind w:leftChars="200" w:hangingChars="100"/>', 1.0),
        ('<w:ind w:start="320" w:firstLine="320"/>', 2.0),
        ('<w:ind w:start="16pt" w:firstLine="16pt"/>', 2.0),
        ('<w:ind w:firstLine="1in"/>', 4.5),
        ('<w:ind w:firstLine="xpt"/>', None),
        ('<w:ind w:firstLine="0"/>', 0.0),
        ("", None),
    ],
)
def test_indent_is_where_the_first_line_begins(ind: str, expected: float | None) -> None:
    assert paragraphs(p(r("甲", SIZE), properties=ind))[0].indent == expected


def test_indent_of_numbering() -> None:
    written = level(0, "decimal", "%1.").replace(
        "</w:lvl>", '<w:pPr><w:ind w:left="960" w:hanging="320"/></w:pPr></w:lvl>'
    )
    numbering = abstract(1, written) + num(1, 1)
    styles = style("Item", ppr='<w:numPr><w:numId w:val="1"/></w:numPr><w:ind w:left="0" w:firstLine="0"/>')
    blocks = p(r("甲", SIZE), num=(1, 0)), p(r("乙", SIZE), style="Item")
    assert [x.indent for x in paragraphs(*blocks, numbering=numbering, styles=styles)] == [2.0, 0.0]


def test_lines_after_a_break_begin_at_the_left_edge() -> None:
    blocks = p(r("甲", SIZE), "<w:r><w:br/></w:r>", r("乙", SIZE), properties='<w:ind w:firstLine="640"/>')
    assert [x.indent for x in paragraphs(blocks)] == [2.0, None]


# Property containers taken out of the bytes before parsing


def test_taking_properties_out_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    styles = DEFAULTS + style("Head", rpr="<w:b/>", ppr='<w:outlineLvl w:val="0"/>')
    change = '<w:rPrChange w:id="1" w:author="x"><w:rPr><w:sz w:val="90"/></w:rPr></w:rPrChange>'
    blocks = [
        p(r("总体要求", "<w:i/>" + SIZE), style="Head", properties='<w:jc w:val="center"/>', mark=SIZE),
        p(r("甲", "<w:b/>" + change), r("乙", SIZE), properties='<w:ind w:firstLine="640"/>'),
    ]
    taken_out = paragraphs(*blocks, styles=styles)
    monkeypatch.setattr("wpparse.readers.docx.package.compact", lambda data, parser: (data, {}))
    assert paragraphs(*blocks, styles=styles) == taken_out


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: xml.replace("<w:body>", "<!-- x --><w:body>"),
        lambda xml: xml.replace("正文", "<![CDATA[<w:rPr>]]>正文"),
        lambda xml: xml.replace("<w:body>", f"<w:body {NAMESPACES.split()[0]}>"),
        lambda xml: xml.replace("<w:rPr>", '<w:rPr k="0">'),
        lambda xml: xml.replace("<w:b/>", '<q:x xmlns:q="urn:q"/><w:b/>'),
        lambda xml: xml.replace("w:", "ns0:").replace("xmlns:ns0:", "xmlns:").replace("xmlns:w=", "xmlns:ns0="),
    ],
)
def test_where_it_is_not_safe_the_bytes_stay(change: Any) -> None:
    from tests.docx_builder import document

    plain = document(p(r("正文", "<w:b/>")))
    data = package(main=change(plain))
    (paragraph,) = (b for b in read_document(data).blocks if isinstance(b, Paragraph))
    assert paragraph.text.endswith("正文")
    assert paragraph.spans[-1].bold is True


def test_a_few_properties_stand_for_many() -> None:
    file = Package(package(*(p(r(f"第{n}项", "<w:b/>")) for n in range(50))))
    root, distinct = file.document()
    assert len(distinct) == 1
    assert sum(1 for _ in root.iter()) < 50 * 4 + 5
    from lxml import etree

    assert compact(b"<not-word/>", etree.XMLParser()) == (b"<not-word/>", {})
