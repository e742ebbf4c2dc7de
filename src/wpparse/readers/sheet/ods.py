""".ods (OpenDocument, ODF 1.3 Part 3, 9) → :class:`Book`."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from wpparse.errors import EncryptedFile, TooLarge, UnreadableFile
from wpparse.readers.sheet.grid import MAX_CELLS, Book, Merge, Sheet
from wpparse.text import clean_lines

MAX_PART_BYTES = 100 * 2**20
MAX_ROWS, MAX_COLUMNS = 100_000, 1_024
"""A repetition beyond these fills the sheet up to its edge and holds nothing."""

_NS = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
}
_TABLE, _TEXT, _OFFICE, _STYLE = (f"{{{_NS[key]}}}" for key in ("table", "text", "office", "style"))
_HIDDEN = ("collapse", "filter")


def read_book(data: bytes) -> Book:
    """The sheets of a workbook. Raises :class:`EncryptedFile`, :class:`UnreadableFile`, :class:`TooLarge`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if b"encryption-data" in _part(archive, "META-INF/manifest.xml"):
                raise EncryptedFile("encrypted-office")
            content, meta = _part(archive, "content.xml"), _part(archive, "meta.xml")
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError) as error:
        raise UnreadableFile("sheet-damaged") from error
    root = _parse(content)
    if root is None:
        raise UnreadableFile("sheet-damaged")
    hidden = {
        style.get(f"{_STYLE}name")
        for style in root.iterfind(".//style:style", _NS)
        for properties in style.iterfind("style:table-properties", _NS)
        if properties.get(f"{_TABLE}display") == "false"
    }
    sheets: list[Sheet] = []
    left = MAX_CELLS
    for table in root.iterfind(".//office:spreadsheet/table:table", _NS):
        sheet = _sheet(table)
        sheet.hidden = table.get(f"{_TABLE}style-name") in hidden
        left -= sum(map(len, sheet.rows))
        if left < 0:
            raise TooLarge(detail=sheet.name)
        sheets.append(sheet)
    about = _parse(meta)
    creator = about.findtext(".//meta:initial-creator", "", _NS) if about is not None else ""
    return Book(sheets, (creator or "").strip())


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        entry = archive.getinfo(name)
    except KeyError:
        return b""
    if entry.file_size > MAX_PART_BYTES:
        raise TooLarge(detail=name)
    with archive.open(entry) as file:
        return file.read(MAX_PART_BYTES)


def _parse(data: bytes) -> etree._Element | None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser) if data else None
    except (etree.XMLSyntaxError, ValueError):
        return None


def _count(element: etree._Element, name: str, most: int) -> int:
    text = element.get(f"{_TABLE}{name}") or "1"
    return min(int(text), most) if text.isdecimal() and len(text) < 12 else 1


def _sheet(table: etree._Element) -> Sheet:
    sheet = Sheet(table.get(f"{_TABLE}name") or "")
    column = 0
    for one in table.iter(f"{_TABLE}table-column"):
        count = _count(one, "number-columns-repeated", MAX_COLUMNS)
        if one.get(f"{_TABLE}visibility") in _HIDDEN:
            sheet.hidden_columns.update(range(column, min(column + count, MAX_COLUMNS)))
        column += count
    blank = 0
    """Rows without any text since the last one with some: those at the end of a sheet are left out."""
    for row in _rows(table):
        texts = _cells(row, sheet, len(sheet.rows) + blank)
        count = _count(row, "number-rows-repeated", MAX_ROWS)
        if not any(texts):
            blank += count
            continue
        if blank:
            sheet.rows += [[] for _ in range(min(blank, MAX_ROWS))]
            blank = 0
        if (len(sheet.rows) + count) * max(1, len(texts)) > MAX_CELLS:
            raise TooLarge(detail=sheet.name)
        if row.get(f"{_TABLE}visibility") in _HIDDEN:
            sheet.hidden_rows.update(range(len(sheet.rows), len(sheet.rows) + count))
        sheet.rows += [list(texts) for _ in range(count)]
    return sheet


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for element in table:
        if element.tag == f"{_TABLE}table-row":
            yield element
        elif element.tag in (f"{_TABLE}table-rows", f"{_TABLE}table-header-rows", f"{_TABLE}table-row-group"):
            yield from _rows(element)


def _cells(row: etree._Element, sheet: Sheet, index: int) -> list[str]:
    texts: list[str] = []
    for cell in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        count = _count(cell, "number-columns-repeated", MAX_COLUMNS)
        covered = cell.tag == f"{_TABLE}covered-table-cell"
        text = "" if covered else _shown(cell)
        down, across = (
            _count(cell, "number-rows-spanned", MAX_ROWS),
            _count(cell, "number-columns-spanned", MAX_COLUMNS),
        )
        if not covered and (down > 1 or across > 1):
            sheet.merges.append(Merge(index, len(texts), index + down - 1, len(texts) + across - 1))
        texts += [text] * min(count, MAX_COLUMNS - len(texts))
        if len(texts) >= MAX_COLUMNS:
            break
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _shown(cell: etree._Element) -> str:
    """The paragraphs of a cell, as it shows them."""
    return clean_lines(
        "\n".join("".join(_pieces(paragraph)) for paragraph in cell.iterchildren(f"{_TEXT}p", f"{_TEXT}h"))
    )


def _pieces(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == f"{_TEXT}line-break":
            yield "\n"
        elif child.tag in (f"{_TEXT}s", f"{_TEXT}tab"):
            yield " "
        elif isinstance(child.tag, str) and child.tag != f"{_OFFICE}annotation":
            yield from _pieces(child)
        yield child.tail or ""
