"""Text documents of OpenDocument: computed list numbers, looks, tables, and damaged files."""

from __future__ import annotations

import io
import random
import time
import zipfile

import pytest

from tests.docx_builder import archive
from tests.test_samples import SAMPLES
from wpparse.blocks import Document, Paragraph, Table
from wpparse.errors import EncryptedFile, TooLarge, UnreadableFile, WpparseError
from wpparse.pipeline import read_document

SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing"), ("fo", "xsl-fo-compatible"),
    )
)  # fmt: skip
MIME = "application/vnd.oasis.opendocument.text"


def odt(body: str, styles: str = "", manifest: str = "") -> bytes:
    content = (
        f'<?xml version="1.0"?><office:document-content {SPACES}><office:automatic-styles>{styles}</office:automatic-styles>'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return archive({"mimetype": MIME, "content.xml": content, "META-INF/manifest.xml": manifest})


def level(number: int, form: str, prefix: str = "", suffix: str = "", more: str = "") -> str:
    return (
        f'<text:list-level-style-number text:level="{number}" style:num-format="{form}" style:num-prefix="{prefix}" '
        f'style:num-suffix="{suffix}" {more}/>'
    )


def shown(data: bytes) -> list[tuple[str | None, str]]:
    return [(block.label, block.text) for block in read_document(data).blocks if isinstance(block, Paragraph)]


STYLE = (
    '<text:list-style style:name="L">'
    + level(1, "一, 二, 三, ...", "", "、")
    + level(2, "一, 二, 三, ...", "（", "）")
    + level(3, "1", "", ".", 'text:display-levels="2" text:start-value="3"')
    + '<text:list-level-style-bullet text:level="4" text:bullet-char="●"/></text:list-style>'
)


def item(text: str, inner: str = "", more: str = "") -> str:
    return f"<text:list-item {more}><text:p>{text}</text:p>{inner}</text:list-item>"


def items(*inner: str, more: str = "") -> str:
    return f"<text:list {more}>{''.join(inner)}</text:list>"


def test_numbers_of_lists() -> None:
    inner = items(item("乙", items(item("丙"), item("丁"))))
    style = 'text:style-name="L"'
    body = (
        items(item("甲", inner), item("戊", items(item("己"))), more=f'{style} xml:id="a"')
        + "<text:p>段</text:p>"
        + items(item("庚"), more=f'{style} text:continue-numbering="true"')
        + items(item("辛", more='text:start-value="9"'), more=f'{style} text:continue-list="a"')
        + items(item("壬"), more=style)
        + items("<text:list-header><text:p>无号</text:p></text:list-header>", more=style)
    )
    assert shown(odt(body, STYLE)) == [
        ("一、", "甲"), ("（一）", "乙"), ("一.3.", "丙"), ("一.4.", "丁"), ("二、", "戊"), ("（一）", "己"), (None, "段"),
        ("三、", "庚"), ("九、", "辛"), ("一、", "壬"), (None, "无号"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("form", "third"),
    [
        ("1", "3"), ("a", "c"), ("A", "C"), ("i", "iii"), ("I", "III"), ("壹, 贰, 叁, ...", "叁"), ("①, ②, ③, ...", "③"),
        ("甲, 乙, 丙, ...", "丙"), ("", None),
    ],
)  # fmt: skip
def test_number_formats(form: str, third: str | None) -> None:
    style = f'<text:list-style style:name="L">{level(1, form)}</text:list-style>'
    found = shown(odt(items(item("甲"), item("乙"), item("丙"), more='text:style-name="L"'), style))
    assert found[2] == (third, "丙")


def test_looks_breaks_and_spaces() -> None:
    styles = (
        '<style:style style:name="B" style:family="text"><style:text-properties style:font-weight-asian="bold" fo:color="#ff0000" '
        'style:font-size-asian="22pt" style:font-family-asian="黑体"/></style:style>'
        '<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>'
        '<style:style style:name="P" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/></style:style>'
    )
    body = (
        '<text:p text:style-name="P"><text:span text:style-name="B">一、总则。</text:span>附则<text:s text:c="3"/>完'
        '<text:span text:style-name="H">隐</text:span><text:line-break/>次行</text:p>'
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>删</text:p></text:deletion></text:changed-region></text:tracked-changes>"
        "<text:table-of-content><text:index-body><text:p>目录</text:p></text:index-body></text:table-of-content>"
        "<text:p>注<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>脚注</text:p></text:note-body></text:note></text:p>"
        "<text:p>前<draw:frame><draw:text-box><text:p>框中</text:p></draw:text-box></draw:frame></text:p>"
    )
    blocks = read_document(odt(body, styles)).blocks
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == [
        "一、总则。附则完",
        "次行",
        "注",
        "框中",
        "前",
    ]
    first = blocks[0]
    assert isinstance(first, Paragraph)
    assert first.alignment == "center"
    assert [(span.start, span.end, span.bold, span.font, span.size, span.color) for span in first.spans] == [
        (0, 5, True, "黑体", 22.0, "FF0000"), (5, 8, None, None, None, None),
    ]  # fmt: skip
    assert isinstance(blocks[2], Paragraph)
    assert blocks[2].notes == ("脚注",)


def test_tables() -> None:
    def cell(text: str, more: str = "") -> str:
        return f"<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>"

    covered = "<table:covered-table-cell/>"
    wide, tall = 'table:number-columns-spanned="2"', 'table:number-rows-spanned="2"'
    twice = '<table:table-cell table:number-columns-repeated="2"><text:p>丙</text:p></table:table-cell>'
    head = f"<table:table-row>{cell('任务')}{cell('单位', wide)}{covered}</table:table-row>"
    rows = (
        f"<table:table-header-rows>{head}</table:table-header-rows>"
        f"<table:table-row>{cell('防汛', tall)}{cell('甲')}{cell('乙')}</table:table-row>"
        f"<table:table-row>{covered}{twice}</table:table-row>"
    )
    one = f"<table:table><table:table-row>{cell('独')}</table:table-row></table:table>"
    blocks = read_document(odt(f"<table:table>{rows}</table:table>{one}")).blocks
    table = blocks[0]
    assert isinstance(table, Table)
    assert table.header_rows == 1
    assert table.grid() == [["任务", "单位", "单位"], ["防汛", "甲", "乙"], ["防汛", "丙", "丙"]]
    assert isinstance(blocks[1], Paragraph)


def test_refused() -> None:
    with pytest.raises(EncryptedFile):
        read_document(odt("<text:p>甲</text:p>", manifest="<manifest:encryption-data/>"))
    with pytest.raises(UnreadableFile):
        read_document(archive({"mimetype": MIME, "content.xml": "<office"}))
    with pytest.raises(TooLarge):
        read_document(odt("<text:section>" * 120 + "</text:section>" * 120))


def test_mutants() -> None:
    with zipfile.ZipFile(io.BytesIO((SAMPLES / "青岚县数字政府建设工作要点.odt").read_bytes())) as source:
        parts = {name: source.read(name) for name in ("mimetype", "content.xml", "styles.xml", "META-INF/manifest.xml")}
    seen = 0
    for number in range(120):
        rng = random.Random(number)
        changed = {**parts}
        name = rng.choice(("content.xml", "styles.xml"))
        data = bytearray(changed[name])
        for _ in range(rng.choice((1, 3, 20))):
            at = rng.randrange(len(data))
            if rng.random() < 0.5:
                data[at] = rng.choice(b"0123456789aA")
            else:
                data[at : at + rng.choice((0, 5))] = data[rng.randrange(len(data)) :][: rng.choice((1, 30))]
        changed[name] = bytes(data)
        whole = bytearray(archive(changed))
        if number % 4 == 0:
            whole[rng.randrange(len(whole))] = rng.randrange(256)
        started = time.monotonic()
        try:
            seen += isinstance(read_document(bytes(whole)), Document)
        except WpparseError as error:
            assert error.render("en")
        assert time.monotonic() - started < 5, number
    assert seen > 5
