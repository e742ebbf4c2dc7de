"""The text of Word documents: runs, breaks, fields, tracked changes, boxes, notes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.docx_builder import abstract, level, num, p, package, part, r, style, t, tbl, tc, tr
from wpparse.blocks import Document, Paragraph, Table
from wpparse.pipeline import read_document

BR = "<w:r><w:br/></w:r>"
AUTHOR = 'w:id="1" w:author="x"'


def read(*blocks: str, **parts: Any) -> Document:
    return read_document(package(*blocks, **parts))


def texts(*blocks: str, **parts: Any) -> list[str]:
    return [b.text if isinstance(b, Paragraph) else "TABLE" for b in read(*blocks, **parts).blocks]


def field(code: str, *result: str) -> str:
    """A complex field; without a result it has no separator."""
    shown = "".join(one if one.startswith("<") else r(one) for one in result)
    separator = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' if result else ""
    instruction = f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{instruction}{separator}{shown}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def box(*paragraphs: str) -> str:
    """The content of a text box."""
    return f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"


def drawing(content: str, position: str = "") -> str:
    """A DrawingML shape with a text box."""
    return (
        f"<w:drawing><wp:anchor>{position}<a:graphic><a:graphicData><wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp>"
        "</a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )


def pict(content: str) -> str:
    """A VML shape with a text box."""
    return f"<w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict>"


def alternate(choice: str, fallback: str) -> str:
    """One content in two forms."""
    return (
        f'<mc:AlternateContent><mc:Choice Requires="wps">{choice}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    )


CASES: dict[str, tuple[str, list[str]]] = {
    "runs split anywhere": (p(r("一"), r("、总"), r("体要"), r("求")), ["一、总体要求"]),
    "white space at the edge of runs": (p(r("青岚县 "), r(" 人民政府")), ["青岚县人民政府"]),
    "latin words keep their blank": (p(r("Open "), r("Data")), ["Open Data"]),
    "line break ends a paragraph": (p(r("第一行"), BR, r("第二行")), ["第一行", "第二行"]),
    "carriage return ends a paragraph": (p(r("甲"), "<w:r><w:cr/></w:r>", r("乙")), ["甲", "乙"]),
    "page break ends a paragraph": (p(r("甲"), '<w:r><w:br w:type="page"/></w:r>', r("乙")), ["甲", "乙"]),
    "break inside a run": (p("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r>"), ["甲", "乙"]),
    "a whole circular in one paragraph": (
        p(*(x for n in range(43) for x in (r(f"第{n}行"), BR))),
        [f"第{n}行" for n in range(43)],
    ),
    "empty paragraphs": (p() + p("　 ") + p("甲"), ["甲"]),
    "tab between words": (p("<w:r><w:t>A</w:t><w:tab/><w:t>B</w:t></w:r>"), ["A B"]),
    "no-break hyphen": (p(f"<w:r>{t('2024')}<w:noBreakHyphen/>{t('2026')}</w:r>"), ["2024-2026"]),
    "soft hyphen": (p(f"<w:r>{t('in')}<w:softHyphen/>{t('formation')}</w:r>"), ["information"]),
    "symbol element": (p(r("核实"), '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'), ["核实✓"]),
    "symbol with a bad code": (p(r("核实"), '<w:r><w:sym w:font="Wingdings" w:char="zz"/></w:r>'), ["核实"]),
    "letters in a symbol font": (
        p(r("R", '<w:rFonts w:ascii="Wingdings 2" w:hAnsi="Wingdings 2"/>'), r("是")),
        ["☑是"],
    ),
    "private-use character": (p("\uf0d8加强领导"), ["➢加强领导"]),
    "insertions kept": (p(r("甲"), f"<w:ins {AUTHOR}>{r('乙')}</w:ins>"), ["甲乙"]),
    "deletions dropped": (p(r("甲"), f"<w:del {AUTHOR}><w:r><w:delText>乙</w:delText></w:r></w:del>"), ["甲"]),
    "deleted insertion": (
        p(r("甲"), f"<w:ins {AUTHOR}><w:del {AUTHOR}><w:r><w:delText>乙</w:delText></w:r></w:del></w:ins>"),
        ["甲"],
    ),
    "moved text shown once": (
        p(f"<w:moveFrom {AUTHOR}>{r('条款')}</w:moveFrom>", r("甲")) + p(f"<w:moveTo {AUTHOR}>{r('条款')}</w:moveTo>"),
        ["甲", "条款"],
    ),
    "deleted mark joins paragraphs": (p("甲", mark=f"<w:del {AUTHOR}/>") + p("乙"), ["甲乙"]),
    "deleted mark at the end": (p("甲", mark=f"<w:del {AUTHOR}/>"), ["甲"]),
    "comments left out": (
        p(
            '<w:commentRangeStart w:id="0"/>',
            r("甲"),
            '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>',
        ),
        ["甲"],
    ),
    "hidden text dropped": (p(r("甲"), r("乙", "<w:vanish/>"), r("丙")), ["甲丙"]),
    "hidden switched off again": (p(r("甲", '<w:vanish w:val="0"/>')), ["甲"]),
    "hidden paragraph": (p(r("乙", "<w:vanish/>"), mark="<w:vanish/>") + p("甲"), ["甲"]),
    "hidden mark joins, as a style separator does": (
        p("（一）加强领导。", mark="<w:vanish/><w:specVanish/>") + p("各单位要落实责任。"),
        ["（一）加强领导。各单位要落实责任。"],
    ),
    "hidden mark before a table": (p(mark="<w:vanish/>") + tbl(tr("甲", "乙"), tr("丙", "丁")), ["TABLE"]),
    "drop cap": (p("为", properties='<w:framePr w:dropCap="drop"/>') + p("落实要求"), ["为落实要求"]),
    "hyperlink element": (p(r("见"), f'<w:hyperlink r:id="r9">{r("附件")}</w:hyperlink>'), ["见附件"]),
    "hyperlink field": (p(field('HYPERLINK "http://example.org"', "网站")), ["网站"]),
    "page number field": (p(r("— "), field("PAGE", "3"), r(" —")) + p("甲"), ["甲"]),
    "page number among words": (p(r("见第"), field("PAGE", "3"), r("页附表")), ["见第页附表"]),
    "simple page field": (
        p('<w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>9</w:t></w:r></w:fldSimple>') + p("甲"),
        ["甲"],
    ),
    "simple field with text": (
        p('<w:fldSimple w:instr=" REF x "><w:r><w:t>附件1</w:t></w:r></w:fldSimple>'),
        ["附件1"],
    ),
    "circled number": (p(field(r"eq \o\ac(○,3)"), r("完善制度")), ["③完善制度"]),
    "ticked box": (p(field(r"eq \o\ac(□,√)"), r("是")), ["☑是"]),
    "circled character": (p(field(r"eq \o\ac(○,甲)")), ["甲"]),
    "phonetic guide field": (
        p(field(r'EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(qing),青)'), r("岚县")),
        ["青岚县"],
    ),
    "combined characters": (p(field(r"eq \o(\s\up 5(县委),\s\do 5(县政府))"), r("文件")), ["县委县政府文件"]),
    "fraction": (p(field(r"eq \f(1,2)")), ["1/2"]),
    "symbol field": (p(field(r'SYMBOL 254 \f "Wingdings" \s 12'), r("已办结")), ["☑已办结"]),
    "nested fields": (p(field("IF 1 = 1", field("REF y", "甲"), "乙")), ["甲乙"]),
    "field without an end": (p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', r("甲")) + p("乙"), ["乙"]),
    "end without a field": (p('<w:r><w:fldChar w:fldCharType="end"/></w:r>', r("甲")), ["甲"]),
    "ruby base text only": (
        p(f"<w:r><w:ruby><w:rt>{r('lán')}</w:rt><w:rubyBase>{r('岚')}</w:rubyBase></w:ruby></w:r>", r("县")),
        ["岚县"],
    ),
    "smart tags and custom XML": (
        p(
            f'<w:smartTag w:element="date">{r("2024年")}<w:customXml w:element="x">{r("6月")}</w:customXml></w:smartTag>'
        ),
        ["2024年6月"],
    ),
    "content control in a line": (
        p(r("甲"), f"<w:sdt><w:sdtPr/><w:sdtContent>{r('乙')}</w:sdtContent></w:sdt>"),
        ["甲乙"],
    ),
    "nested content controls": (
        f"<w:sdt><w:sdtContent><w:sdt><w:sdtContent>{p('甲')}</w:sdtContent></w:sdt>{p('乙')}</w:sdtContent></w:sdt>",
        ["甲", "乙"],
    ),
    "content control around a table": (
        f"<w:sdt><w:sdtContent>{tbl(tr('甲', '乙'), tr('丙', '丁'))}</w:sdtContent></w:sdt>",
        ["TABLE"],
    ),
    "math": (p("<m:oMath><m:r><m:t>S=ab</m:t></m:r></m:oMath>"), ["S=ab"]),
    "alternate content once": (
        p(r("甲"), f"<w:r>{alternate(drawing(box(p('红头'))), pict(box(p('红头'))))}</w:r>"),
        ["甲", "红头"],
    ),
    "text box of either kind": (
        p(f"<w:r>{drawing(box(p('青岚县人民政府文件')))}</w:r>", r("甲")) + p(f"<w:r>{pict(box(p('乙')))}</w:r>"),
        ["青岚县人民政府文件", "甲", "乙"],
    ),
    "text box that hangs below its anchor": (
        p(
            "<w:r>"
            + drawing(
                box(p("盒")),
                '<wp:positionV relativeFrom="paragraph"><wp:posOffset>900000</wp:posOffset></wp:positionV>',
            )
            + "</w:r>",
            r("甲"),
        ),
        ["甲", "盒"],
    ),
    "empty choice falls back": (p(f"<w:r>{alternate('', pict(box(p('乙'))))}</w:r>"), ["乙"]),
    "a form that is not known falls back": (
        p(f"<w:r>{alternate('<w:drawing/>', pict(box(p('乙'))))}</w:r>"),
        ["乙"],
    ),
    "emoji": (p("<w:r>" + alternate('<w14:symEx w14:char="2705"/>', t("√")) + "</w:r>", r("已办结")), ["√已办结"]),
    "the first form that is known": (
        p(
            '<w:r><mc:AlternateContent><mc:Choice Requires="cx1"><w:drawing/></mc:Choice><mc:Choice Requires="wps">'
            f"{drawing(box(p('甲')))}</mc:Choice><mc:Fallback>{pict(box(p('甲')))}</mc:Fallback></mc:AlternateContent></w:r>"
        ),
        ["甲"],
    ),
    "signature and red head in boxes of a group": (
        p(
            f"<w:r><w:drawing><wp:anchor><a:graphic>{drawing(box(p('甲')))}<a:g>{drawing(box(p('乙')))}</a:g></a:graphic>"
            "</wp:anchor></w:drawing></w:r>",
            r("正文"),
        ),
        ["甲", "乙", "正文"],
    ),
    "table in a text box": (p(f"<w:r>{drawing(box(tbl(tr('甲', '乙'), tr('丙', '丁'))))}</w:r>"), ["TABLE"]),
    "WordArt": (
        p('<w:r><w:pict><v:shape fillcolor="red"><v:textpath string="石桥镇人民政府文件"/></v:shape></w:pict></w:r>'),
        ["石桥镇人民政府文件"],
    ),
    "table of contents field": (
        p("目  录")
        + p(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
            r("一、总体要求"),
            field("PAGEREF _Toc1", "1"),
        )
        + p(r("二、主要任务"), '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
        + p("一、总体要求"),
        ["一、总体要求"],
    ),
    "table of contents frozen in its content control": (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{p('目录')}{p(t_run := '<w:r><w:t>一、总体要求</w:t><w:tab/><w:t>1</w:t></w:r>')}</w:sdtContent></w:sdt>"
        + p("一、总体要求"),
        ["一、总体要求"],
    ),
    "words in a content control for contents that are none": (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{p('各单位要认真落实。')}</w:sdtContent></w:sdt>",
        ["各单位要认真落实。"],
    ),
}


FIELD = {kind: f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")}


def opened(code: str, shown: str) -> str:
    """A field without its end."""
    return f"{FIELD['begin']}<w:r><w:instrText> {code} </w:instrText></w:r>{FIELD['separate']}{r(shown)}"


@pytest.mark.parametrize("end", ["", f"<w:del {AUTHOR}>{FIELD['end']}</w:del>"], ids=["missing", "deleted"])
def test_a_field_without_its_end_hides_nothing(end: str) -> None:
    numbering = abstract(1, level(0, "chineseCounting", "%1、")) + num(1, 1)
    blocks = (p("前言", num=(1, 0)), p(opened("TOC", "主要任务")), p(end), p("加强领导", num=(1, 0)))
    document = read(*blocks, numbering=numbering)
    assert [(b.label, b.text) for b in document.blocks if isinstance(b, Paragraph)] == [
        ("一、", "前言"),
        (None, "主要任务"),
        ("二、", "加强领导"),
    ]
    assert texts(p(opened("PAGE", "3"), end), p("加强领导")) == ["加强领导"]


@pytest.mark.parametrize("name", CASES)
def test_text(name: str) -> None:
    blocks, expected = CASES[name]
    assert texts(blocks) == expected


def test_contents_by_style() -> None:
    styles = style("toc 1")
    line = "<w:r><w:t>一、总体要求</w:t><w:tab/><w:t>1</w:t></w:r>"
    assert texts(p(line, style="toc1"), p("正文", style="toc1"), styles=styles) == ["正文"]


def test_form_fields() -> None:
    def form(data: str) -> str:
        return (
            f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )

    checked = form("<w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox>")
    empty = form('<w:checkBox><w:default w:val="0"/></w:checkBox>')
    chosen = form('<w:ddList><w:result w:val="1"/><w:listEntry w:val="甲"/><w:listEntry w:val="乙"/></w:ddList>')
    assert texts(p(checked, r("是"), empty, r("否")), p(chosen)) == ["☑是□否", "乙"]


def test_notes_stay_with_their_paragraph() -> None:
    footnotes = '<w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>'
    footnotes += f'<w:footnote w:id="2">{p("指县级", "<w:r><w:footnoteRef/></w:r>")}{p("以上部门。")}</w:footnote>'
    endnotes = f'<w:endnote w:id="2">{p("见附件。")}</w:endnote>'
    document = read(
        p(
            r("主管部门"),
            '<w:r><w:footnoteReference w:id="2"/></w:r>',
            r("负责"),
            '<w:r><w:endnoteReference w:id="2"/></w:r>',
        ),
        p("后文", '<w:r><w:footnoteReference w:id="77"/></w:r>'),
        parts={"word/footnotes.xml": part("footnotes", footnotes), "word/endnotes.xml": part("endnotes", endnotes)},
    )
    assert [(b.text, b.notes) for b in document.blocks if isinstance(b, Paragraph)] == [
        ("主管部门负责", ("指县级\n以上部门。", "见附件。")),
        ("后文", ()),
    ]


def test_a_mark_of_ones_own_for_a_note_is_no_text() -> None:
    footnotes = f'<w:footnote w:id="2">{p("指县级。")}</w:footnote>'
    call = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>①</w:t></w:r>'
    document = read(p(r("重点任务"), call, r("按期完成")), parts={"word/footnotes.xml": part("footnotes", footnotes)})
    assert [(b.text, b.notes) for b in document.blocks if isinstance(b, Paragraph)] == [
        ("重点任务按期完成", ("指县级。",))
    ]


def test_note_that_calls_itself_ends() -> None:
    footnotes = f'<w:footnote w:id="2">{p("甲", "<w:r><w:footnoteReference w:id=" + chr(34) + "2" + chr(34) + "/></w:r>")}</w:footnote>'
    document = read(
        p(r("正文"), '<w:r><w:footnoteReference w:id="2"/></w:r>'),
        parts={"word/footnotes.xml": part("footnotes", footnotes)},
    )
    assert [b.notes for b in document.blocks if isinstance(b, Paragraph)] == [("甲",)]


def test_a_note_in_a_cell_is_told() -> None:
    footnotes = f'<w:footnote w:id="2">{p("注释")}</w:footnote>'
    cell = tc(p(r("甲"), '<w:r><w:footnoteReference w:id="2"/></w:r>'))
    document = read(tbl(tr(cell, "乙"), tr("丙", "丁")), parts={"word/footnotes.xml": part("footnotes", footnotes)})
    assert isinstance(document.blocks[0], Table)
    assert [(remark.code, dict(remark.values)["text"]) for remark in document.remarks] == [("docx-cell-note", "注释")]


def test_foreign_content_and_pictures_are_told() -> None:
    picture = '<a:graphic><a:graphicData><a:blip r:embed="r1"/></a:graphicData></a:graphic>'
    picture = f"<w:r><w:drawing><wp:inline>{picture}</wp:inline></w:drawing></w:r>"
    diagram = '<dgm:relIds xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" r:dm="r7"/>'
    diagram = f"<w:r><w:drawing><wp:inline>{diagram}</wp:inline></w:drawing></w:r>"
    document = read('<w:altChunk r:id="r5"/>', p(r("甲"), picture, diagram))
    assert [(remark.code, dict(remark.values)) for remark in document.remarks] == [
        ("docx-chunk", {}),
        ("docx-pictures", {"count": "2"}),
    ]
    assert [b.text for b in document.blocks if isinstance(b, Paragraph)] == ["甲"]


def test_looking_before_mapping_misses_nothing() -> None:
    from wpparse import text

    assert all(text._MAPPED.match(chr(code)) for code in text._table())


HEADER = '<w:sectPr><w:headerReference w:type="{kind}" r:id="r6"/>{more}</w:sectPr>'


@pytest.mark.parametrize(
    ("kind", "more", "color", "shown"),
    [
        ("first", "<w:titlePg/>", "FF0000", True),
        ("default", "", "C00000", True),
        ("first", "", "FF0000", False),
        ("first", '<w:titlePg w:val="0"/>', "FF0000", False),
        ("default", "<w:titlePg/>", "FF0000", False),
        ("first", "<w:titlePg/>", "000000", False),
    ],
)
def test_red_head_in_the_header_of_the_first_page(kind: str, more: str, color: str, shown: bool) -> None:
    head = part("hdr", p(r("青岚县人民政府文件", f'<w:color w:val="{color}"/>')))
    found = texts(p("关于开展检查的通知"), HEADER.format(kind=kind, more=more), parts={"word/header.xml": head})
    assert found == [*(["青岚县人民政府文件"] if shown else []), "关于开展检查的通知"]
