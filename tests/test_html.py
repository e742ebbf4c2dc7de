"""Web pages: where the article stands, what it is called, its paragraphs and tables; archives of pages."""

from __future__ import annotations

import json
import random
import time
from dataclasses import replace
from pathlib import Path

import pytest

from tests.test_samples import NAMES, SAMPLES, meaning
from tests.web_builder import LAYOUTS, trs
from wpparse import parse
from wpparse.blocks import Document, Paragraph, Table
from wpparse.errors import UnreadableFile, UnsupportedFormat, WpparseError
from wpparse.pipeline import read_document
from wpparse.readers.registry import find

TEXT = "各部门要按照职责分工，完善工作机制，加强协调配合，于2024年6月底前完成第一批事项的梳理并向社会公布。"


def page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>".encode()


def texts(data: bytes) -> list[str]:
    return [block.text for block in read_document(data).blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", [name for name in NAMES if (SAMPLES / f"{name}.docx").exists()])
def test_same_plan_as_from_word(name: str, layout: str) -> None:
    expected = meaning(json.loads((SAMPLES / "expected" / f"{name}.json").read_text(encoding="utf-8")))
    title = expected["header"]["title"]
    data = LAYOUTS[layout](read_document(SAMPLES / f"{name}.docx"), title)
    plan = parse(data, name=f"{name}.doc")
    assert plan.source.format == ("mht" if layout == "mht" else "html")
    got = meaning(json.loads(plan.to_json()))
    for key in expected:
        assert got[key] == expected[key], key


@pytest.mark.parametrize("layout", LAYOUTS)
def test_title_that_only_the_page_shows(layout: str) -> None:
    """Many sites leave the title out of the article."""
    document = read_document(SAMPLES / "石桥镇防汛抗旱工作方案.docx")
    title = parse(SAMPLES / "石桥镇防汛抗旱工作方案.docx").header.title or ""
    start = next(n for n, block in enumerate(document.blocks) if isinstance(block, Paragraph) and block.text in title)
    kept = tuple(b for n, b in enumerate(document.blocks) if n > start)
    header = parse(LAYOUTS[layout](replace(document, blocks=kept), title)).header
    assert header.title == title


def test_particulars_are_evidence_for_the_header() -> None:
    rows = [
        ("索 引 号", "x/2024-1"),
        ("发文机关", "青岚县人民政府"),
        ("成文日期", "2024年6月28日"),
        ("发布日期", "2024-07-02"),
    ]
    table = "".join(f"<tr><td><b>{name}：</b></td><td>{value}</td></tr>" for name, value in rows)
    more = "<ul><li><span>发文字号：</span>青政发〔2024〕3号</li><li>有 效 性：有效</li></ul>"
    body = f"<table>{table}</table>{more}<div id=zoom><p>关于加强防汛工作的通知</p><p>各镇人民政府：</p><p>{TEXT}</p></div>"
    header = parse(page(body)).header
    assert (header.issuer, header.issue_date) == ("青岚县人民政府", "2024-06-28")
    assert header.document_number == "青政发〔2024〕3号"
    assert header.title == "关于加强防汛工作的通知"


def test_the_text_goes_before_the_particulars() -> None:
    body = (
        "<ul><li>发文机关：青岚县人民政府办公室</li><li>成文日期：2020年1月1日</li></ul>"
        f"<div id=zoom><p>关于加强防汛工作的通知</p><p>各镇人民政府：</p><p>{TEXT}</p><p>青岚县水利局</p><p>2024年6月28日</p></div>"
    )
    header = parse(page(body)).header
    assert (header.issuer, header.issue_date) == ("青岚县水利局", "2024-06-28")


def test_publisher_is_the_issuer_only_where_the_title_says_so() -> None:
    head = '<meta name="ContentSource" content="青岚县水利局"><meta name="PubDate" content="2024-07-01">'
    body = f"<h1>{{}}关于加强防汛工作的通知</h1><div id=zoom><p>各镇人民政府：</p><p>{TEXT}</p></div>"
    assert parse(page(body.format("青岚县水利局"), head)).header.issuer == "青岚县水利局"
    found = parse(page(body.format(""), head)).header
    assert (found.issuer, found.issue_date) == (None, None)


def test_style_script_and_hidden_text_are_no_text() -> None:
    body = (
        f"<div class=TRS_Editor><style>.x{{color:red}}</style><script>各镇</script><p>{TEXT}</p>"
        f"<p style='DISPLAY: none'>隐藏</p><p>{TEXT}<!-- 注 --><span hidden>无</span>完。</p></div>"
    )
    assert texts(page(body)) == [TEXT, f"{TEXT}完。"]


def test_edges_of_pages_are_no_text() -> None:
    body = f"<p>{TEXT}</p><div title='footer'><p>— 1 —</p></div><div title='正文'><p>{TEXT}</p></div>"
    assert texts(page(body)) == [TEXT, TEXT]


def test_lines_lists_and_spaces() -> None:
    body = (
        f"<div id=zoom>　　{TEXT}<br>　　二、工作\n要求<br/><ol><li>甲项<li>乙项</ol><pre>第一行\n第二行</pre>"
        f"<ol style='list-style-type:cjk-ideographic' start=3><li>{TEXT}</li></ol></div>"
    )
    blocks = [block for block in read_document(page(body)).blocks if isinstance(block, Paragraph)]
    shown = [(block.label, block.text) for block in blocks]
    assert shown == [
        (None, TEXT), (None, "二、工作要求"), ("1.", "甲项"), ("2.", "乙项"), (None, "第一行"), (None, "第二行"), ("三、", TEXT),
    ]  # fmt: skip


def test_looks() -> None:
    body = (
        f"<div id=zoom><p align=center style='font-family:方正小标宋_GBK;color:#f00;font-size:22pt'>青岚县文件</p>"
        f"<p><b>一、总则。</b><font face=仿宋_GB2312>{TEXT}</font></p></div>"
    )
    first, second = read_document(page(body)).blocks
    assert isinstance(first, Paragraph)
    assert isinstance(second, Paragraph)
    span = first.spans[0]
    assert (first.alignment, span.font, span.size, span.color) == ("center", "方正小标宋_GBK", 22.0, "FF0000")
    assert [(span.bold, span.font) for span in second.spans] == [(True, None), (False, "仿宋_GB2312")]


def test_spans_of_tables() -> None:
    rows = (
        "<tr><th rowspan=2>任务</th><th colspan=2>单位</th></tr><tr><th>牵头</th><th>配合</th></tr>"
        "<tr><td rowspan=0>防汛<br>抗旱</td><td>水利局</td><td><p>财政局</p><p>公安局</p></td></tr><tr><td>应急局</td><td></td></tr>"
    )
    document = read_document(page(f"<div id=zoom><p>{TEXT}</p><table border=1>{rows}</table><p>{TEXT}</p></div>"))
    table = document.blocks[1]
    assert isinstance(table, Table)
    assert table.header_rows == 2
    assert table.grid() == [
        ["任务", "单位", "单位"], ["任务", "牵头", "配合"],
        ["防汛\n抗旱", "水利局", "财政局\n公安局"], ["防汛\n抗旱", "应急局", ""],
    ]  # fmt: skip


def test_tables_that_only_place_text() -> None:
    inner = "".join(f"<p>{TEXT}</p>" for _ in range(12))
    body = f"<table><tr><td><ul><li>栏目</li></ul></td><td>{inner}</td></tr></table>"
    assert texts(page(body)).count(TEXT) == 12


@pytest.mark.parametrize(
    "around",
    [
        "<!--ContentStart--><div>{}</div><!--ContentEnd-->",
        "<UCAPCONTENT>{}</UCAPCONTENT>",
        "<div class='x trs_editor_view TRS_UEDITOR'>{}</div>",
        "<form><div><div class=w><div>{}</div></div></div></form>",
    ],
)
def test_containers(around: str) -> None:
    paragraphs = f"<p>{TEXT}</p>" * 4 + "<p>青岚县人民政府</p><p>2024年6月28日</p>"
    links = "<div class=left><a href=1>领导之窗</a><a href=2>机构设置</a></div>" * 3
    body = f"<div>{links}</div><div class=mid>{around.format(paragraphs)}</div><div class=footer>{TEXT}版权所有</div>"
    assert texts(page(body)) == [TEXT] * 4 + ["青岚县人民政府", "2024年6月28日"]


def test_a_page_that_only_offers_a_file() -> None:
    files = "<p><a href='/a/P0201.doc' title='青岚县防汛方案.doc'>附件：青岚县防汛方案.doc</a></p>"
    with pytest.raises(UnsupportedFormat, match="没有正文"):
        read_document(page("<a href='x.pdf'></a>"))
    document = read_document(page(f"<h1>关于印发防汛工作方案的通知</h1><div id=zoom>{files}</div>"))
    remark = document.remarks[0]
    assert (remark.code, remark.severity) == ("html-only-files", "warning")
    assert remark.values == (("names", "附件：青岚县防汛方案.doc"),)
    longer = read_document(page(f"<div id=zoom><p>{TEXT}</p><p>{TEXT}</p>{files}</div>"))
    assert [remark.code for remark in longer.remarks] == ["html-files"]


def test_a_page_of_pictures() -> None:
    document = read_document(
        page("<h1>关于印发防汛工作方案的通知</h1><div id=zoom><img src=1.jpg><img src=2.jpg></div>")
    )
    assert [remark.code for remark in document.remarks] == ["html-only-pictures"]


def test_nothing_to_read() -> None:
    with pytest.raises(UnreadableFile):
        read_document(page("<script>render()</script><div id=app></div>"))


PAGES = {
    "doctype": b"\xef\xbb\xbf \n<!DOCTYPE html><html></html>",
    "saved": b"<!-- saved from url=(0030)http://www.qinglan.example/ -->\r\n<HTML><HEAD></HEAD></HTML>",
    "xhtml": b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html xmlns="x"/>',
    "piece": "<div class=TRS_Editor><p>甲</p><p>乙</p><p>丙</p></div>".encode(),
    "wide": "<html><body>防汛</body></html>".encode("utf-16"),
}
ARCHIVES = {
    "word": b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n',
    "blink": b"From: <Saved by Blink>\r\nContent-Type: multipart/related;\r\n\tboundary=x\r\n\r\n",
    "one part": b"From: <Saved by WPS>\nContent-Type: text/html; charset=gb2312\n\n<p>",
}
TEXTS = {
    "markdown": "<div align=center>\n\n# 方案\n\n</div>\n\n- <p>甲</p>\n- <p>乙</p>\n- <p>丙</p>".encode(),
    "speaks of html": "见 <html> 标签".encode(),
    "fields": "标题: 方案\n日期: 2024\n\n正文".encode(),
}


@pytest.mark.parametrize(("data", "name"), [
    *((data, "html") for data in PAGES.values()), *((data, "mht") for data in ARCHIVES.values()),
    *((data, "txt") for data in TEXTS.values()),
])  # fmt: skip
def test_told_by_content(data: bytes, name: str) -> None:
    assert find(data).name == name


def mutate(rng: random.Random, data: bytes) -> bytes:
    out = bytearray(data)
    kind = rng.randrange(4)
    for _ in range(rng.choice((1, 5, 40))):
        at = rng.randrange(len(out))
        if kind == 0:
            out[at] = rng.randrange(256)
        elif kind == 1:
            del out[at : at + rng.choice((1, 10, 500))]
        elif kind == 2:
            out[at:at] = rng.choice(
                (
                    b"<table>",
                    b"<td rowspan=99999 colspan=99999>",
                    b"</div>",
                    b"<!--",
                    b"<",
                    b"&#0;",
                    b"<style>",
                    b"\0",
                    b"<ol start=9999>",
                )
            )
        else:
            out[at:at] = out[rng.randrange(len(out)) :][:200]
        if len(out) < 100:
            break
    return bytes(out)


def test_mutants() -> None:
    document = read_document(SAMPLES / "青岚县重点项目包保责任表.docx")
    originals = [make(document, "青岚县重点项目包保责任表") for make in LAYOUTS.values()]
    seen = 0
    for number in range(160):
        rng = random.Random(number)
        data = mutate(rng, originals[number % len(originals)])
        started = time.monotonic()
        try:
            seen += isinstance(read_document(data), Document)
        except WpparseError as error:
            assert error.render("en")
        assert time.monotonic() - started < 5, number
    assert seen > 100


@pytest.mark.parametrize("hostile", [
    b"<div>" * 200_000 + TEXT.encode() * 3,
    b"<table><tr><td>" * 5_000 + TEXT.encode() * 3,
    b"<p>" + b"<b><i>" * 20_000 + TEXT.encode() * 3,
    b"<table>" + b"<tr><td rowspan=9999 colspan=9999>x</td><td>y</td></tr>" * 2_000 + b"</table>",
    b"<ul><li>" * 20_000 + TEXT.encode(),
    b'<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><p>&b;' + TEXT.encode() * 3,
], ids=["div", "table", "inline", "spans", "lists", "entities"])  # fmt: skip
def test_hostile_pages_end_soon(hostile: bytes) -> None:
    started = time.monotonic()
    try:
        read_document(b"<html><body>" + hostile)
    except WpparseError as error:
        assert error.render("zh")
    assert time.monotonic() - started < 20


def test_real_pages(shared: Path) -> None:
    for path in sorted((shared / "corpus" / "html").glob("*-page.html")):
        whole, content = read_document(path), read_document(path.with_name(path.name.replace("-page", "-content")))
        assert whole.blocks == content.blocks
        assert {"标题", "成文日期", "发文字号"} <= {particular.name for particular in whole.particulars}
        header = parse(path).header
        stated = {particular.name: particular.value for particular in whole.particulars}
        assert (header.title, header.document_number) == (stated["标题"], stated["发文字号"])


def test_title_is_no_line_of_the_article_twice() -> None:
    document = read_document(SAMPLES / "石桥镇防汛抗旱工作方案.docx")
    title = parse(SAMPLES / "石桥镇防汛抗旱工作方案.docx").header.title or ""
    blocks = read_document(trs(document, title)).blocks
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == [
        (block.label or "") + block.text for block in document.blocks if isinstance(block, Paragraph)
    ]
