"""Packages: the writers of the wild, missing and damaged parts, and files meant to do harm."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE

from tests.docx_builder import abstract, archive, document, level, num, p, package, part, style, tbl, tr
from wpparse.blocks import Document, Paragraph, Table
from wpparse.errors import EncryptedFile, TooLarge, UnreadableFile, WpparseError
from wpparse.pipeline import read_document

NUMBERING = abstract(1, level(0, "chineseCounting", "%1、")) + num(1, 1)
BLOCKS = (p("总体要求", num=(1, 0)), p("正文", style="Body"), tbl(tr("甲", "乙"), tr("丙", "丁"), grid=(1000, 1000)))
STYLES = style("Body", ppr='<w:jc w:val="center"/>')


def parts_of(data: bytes) -> dict[str, str | bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return {name: source.read(name) for name in source.namelist()}


def whole(**options: bool) -> dict[str, str | bytes]:
    return parts_of(package(*BLOCKS, numbering=NUMBERING, styles=STYLES, **options))


def outline(given: Document) -> list[object]:
    return [(b.label, b.text, b.alignment) if isinstance(b, Paragraph) else b.grid() for b in given.blocks]


EXPECTED = outline(read_document(archive(whole())))


def moved(files: dict[str, str | bytes], folder: str) -> dict[str, str | bytes]:
    return {name.replace("word/", folder): _replaced(data, "word/", folder) for name, data in files.items()}


def _replaced(data: str | bytes, old: str, new: str) -> bytes:
    raw = data.encode() if isinstance(data, str) else data
    return raw.replace(old.encode(), new.encode())


def in_all(files: dict[str, str | bytes], old: str, new: str) -> dict[str, str | bytes]:
    return {name: _replaced(data, old, new) for name, data in files.items()}


def without(files: dict[str, str | bytes], *names: str) -> dict[str, str | bytes]:
    return {name: data for name, data in files.items() if name not in names}


SAME: dict[str, Callable[[], dict[str, str | bytes]]] = {
    "strict": lambda: whole(strict=True),
    "absolute targets": lambda: in_all(in_all(whole(), 'Target="', 'Target="/word/'), "/word/word/", "/word/"),
    "another folder": lambda: moved(whole(), "content/"),
    "names in other case": lambda: {name.replace("word/", "Word/"): data for name, data in whole().items()},
    "backslashes": lambda: {name.replace("/", "\\"): data for name, data in whole().items()},
    "mimetype first": lambda: {"mimetype": "application/x-noise", **whole()},
    "wrong content types": lambda: in_all(whole(), "main+xml", "x+xml"),
    "macros": lambda: (
        in_all(whole(), "document.main+xml", "x.macroEnabled.main+xml") | {"word/vbaProject.bin": b"\xcc"}
    ),
    "template": lambda: in_all(whole(), "document.main+xml", "template.main+xml"),
    "no content types": lambda: without(whole(), "[Content_Types].xml"),
    "no relationships": lambda: without(whole(), "_rels/.rels", "word/_rels/document.xml.rels"),
    "damaged relationships": lambda: whole() | {"word/_rels/document.xml.rels": "<Relation"},
    "relationship to nowhere": lambda: in_all(whole(), 'Target="word/document.xml"', 'Target="word/gone.xml"'),
    "path tricks": lambda: whole() | {"../../etc/passwd": "x", "/word/../../x": "y"},
    "utf-16": lambda: whole() | {"word/document.xml": document(*BLOCKS).replace("UTF-8", "UTF-16").encode("utf-16")},
    "byte-order mark": lambda: whole() | {"word/document.xml": b"\xef\xbb\xbf" + document(*BLOCKS).encode()},
}


@pytest.mark.parametrize("name", SAME)
def test_reads_the_same(name: str) -> None:
    assert outline(read_document(archive(SAME[name]()))) == EXPECTED


@pytest.mark.parametrize("name", ["word/numbering.xml", "word/styles.xml"])
def test_damaged_part_is_told_and_left_out(name: str) -> None:
    found = read_document(archive(whole() | {name: "<w:cut"}))
    assert [(r.code, dict(r.values)) for r in found.remarks] == [("docx-part", {"name": name})]
    assert [b.text for b in found.blocks if isinstance(b, Paragraph)] == ["总体要求", "正文"]


@pytest.mark.parametrize("name", ["word/numbering.xml", "word/styles.xml"])
def test_missing_part(name: str) -> None:
    found = read_document(archive(without(whole(), name)))
    assert [b.text for b in found.blocks if isinstance(b, Paragraph)] == ["总体要求", "正文"]


def test_written_by_python_docx() -> None:
    made = docx.Document()
    made.styles.add_style("正文样式", WD_STYLE_TYPE.PARAGRAPH)
    made.add_heading("总体要求", 1)
    made.add_paragraph("第一项", style="List Number")
    made.add_paragraph("第二项", style="List Number")
    made.add_paragraph("要点", style="List Bullet")
    grid = made.add_table(2, 2)
    grid.style = "Table Grid"
    grid.cell(0, 0).merge(grid.cell(1, 0)).text = "甲"
    grid.cell(0, 1).text, grid.cell(1, 1).text = "乙", "丙"
    out = io.BytesIO()
    made.save(out)
    blocks = read_document(out.getvalue()).blocks
    assert [(b.label, b.text, b.outline_level) for b in blocks if isinstance(b, Paragraph)] == [
        (None, "总体要求", 1),
        ("1.", "第一项", None),
        ("2.", "第二项", None),
        ("•", "要点", None),
    ]
    assert [b.grid() for b in blocks if isinstance(b, Table)] == [[["甲", "乙"], ["甲", "丙"]]]


def refused(files: dict[str, str | bytes] | bytes) -> WpparseError:
    with pytest.raises(WpparseError) as caught:
        read_document(files if isinstance(files, bytes) else archive(files))
    assert "\n" not in caught.value.render("zh")
    assert caught.value.render("en")
    return caught.value


ENTITIES = '<!DOCTYPE d [<!ENTITY a "0123456789"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'


def test_entities_are_refused() -> None:
    xml = document(p("甲")).replace("<w:document", ENTITIES + "<w:document").replace("甲", "&b;&c;")
    assert refused(whole() | {"word/document.xml": xml}).code == "docx-doctype"
    late = xml.replace("<!DOCTYPE", " " * 5000 + "<!DOCTYPE")
    assert refused(whole() | {"word/document.xml": late}).code == "docx-doctype"


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.99])
def test_cut_document(cut: float) -> None:
    xml = document(*BLOCKS)
    assert isinstance(refused(whole() | {"word/document.xml": xml[: int(len(xml) * cut)]}), UnreadableFile)


def test_other_xml_in_place_of_the_document() -> None:
    assert isinstance(refused(whole() | {"word/document.xml": "<html><body>x</body></html>"}), UnreadableFile)
    assert isinstance(refused(whole() | {"word/document.xml": part("document", "")}), UnreadableFile)


def test_deep_nesting() -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 20_000
    assert isinstance(refused(whole() | {"word/document.xml": document(deep)}), UnreadableFile)


def test_nesting_that_the_parser_allows() -> None:
    xml = "<w:sdt><w:sdtContent>" * 120 + p("甲") + "</w:sdtContent></w:sdt>" * 120
    nested = p("乙")
    for _ in range(80):
        nested = f"<w:tbl><w:tr><w:tc>{nested}</w:tc></w:tr></w:tbl>"
    runs = p("<w:ins>" * 240 + "<w:r><w:t>丙</w:t></w:r>" + "</w:ins>" * 240)
    texts = [b.text for b in read_document(package(xml, nested, runs)).blocks if isinstance(b, Paragraph)]
    assert texts == ["甲", "乙", "丙"]


def test_zip_bomb() -> None:
    assert isinstance(refused(whole() | {"word/document.xml": b" " * (70 * 2**20)}), TooLarge)


def test_many_tiny_elements() -> None:
    assert isinstance(refused(whole() | {"word/document.xml": document("<w:p/>" * 3_000_000)}), TooLarge)


def test_size_that_the_directory_hides() -> None:
    data = bytearray(archive({"word/document.xml": document(p("甲" * 2000))}))
    directory = data.rindex(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = (10).to_bytes(4, "little")
    refused(bytes(data))


def test_many_entries() -> None:
    assert isinstance(refused(whole() | {f"x/{n}": "" for n in range(10_001)}), TooLarge)


def test_encrypted_entry() -> None:
    data = bytearray(archive(whole()))
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(magic)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(magic, at + 4)
    assert isinstance(refused(bytes(data)), EncryptedFile)


def test_truncated_zip() -> None:
    data = archive(whole())
    assert isinstance(refused(data[: len(data) // 2]), UnreadableFile)


def test_very_long_field_and_style_chains_stay_fast() -> None:
    styles = "".join(style(f"S{n}", based_on=f"S{n + 1}") for n in range(3000))
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    code = "<w:r><w:instrText>" + r"eq \o(" * 3000 + "</w:instrText></w:r>"
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    found = read_document(package(p("甲", style="S0"), p(begin * 3000, "乙"), p(begin, code, end, "丙"), styles=styles))
    assert next(b.text for b in found.blocks if isinstance(b, Paragraph)) == "甲"


def test_more_properties_than_any_document_has() -> None:
    blocks = [f'<w:p><w:pPr><w:ind w:left="{n}"/></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>' for n in range(20_100)]
    assert len(read_document(package(*blocks)).blocks) == 20_100


def test_more_lines_than_any_circular_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wpparse.readers.docx.reader.MAX_BLOCKS", 1000)
    lines = p("<w:r>" + "<w:t>甲</w:t><w:br/>" * 1001 + "</w:r>")
    assert isinstance(refused(package(lines)), TooLarge)
