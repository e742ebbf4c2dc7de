"""Text documents of OpenDocument, read natively: paragraphs, computed list numbers, tables with their spans."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from lxml import etree

from wpparse.blocks import Block, Document, Paragraph, Remark, Source
from wpparse.errors import EncryptedFile, TooLarge, UnreadableFile
from wpparse.messages import register
from wpparse.readers.odt.lists import Lists
from wpparse.readers.odt.names import OFFICE, TABLE, TEXT
from wpparse.readers.odt.styles import Styles, body, list_styles
from wpparse.readers.odt.tables import columns_of, read_table
from wpparse.readers.odt.text import Line, read_lines

if TYPE_CHECKING:
    from wpparse.readers.options import ReadOptions

register(
    {
        "odt-damaged": (
            "OpenDocument 文件不完整或已损坏：请用 LibreOffice 或 WPS 打开修复后另存为 .docx",
            "the OpenDocument file is incomplete or damaged: let LibreOffice or WPS repair it and save it as .docx",
        ),
        "odt-pictures": ("文中 {count} 张图片未读取", "{count} pictures in the text were not read"),
    }
)

MAX_PART_BYTES: Final = 64 * 2**20
MAX_ELEMENTS: Final = 3_000_000
"""Of one part: each takes some two hundred bytes of memory."""
MAX_BLOCKS: Final = 100_000
_DEEPEST: Final = 100
"""Lists, sections and tables inside of one another."""
_ASIDE: Final = frozenset(
    f"{TEXT}{name}"
    for name in (
        "tracked-changes",
        "sequence-decls",
        "variable-decls",
        "user-field-decls",
        "table-of-content",
        "alphabetical-index",
    )
)
"""What stands in the text and is none: deleted text, declarations, tables of contents."""
_LISTED: Final = (f"{TEXT}list-item", f"{TEXT}list-header")


def read_odt(data: bytes, source: Source, options: ReadOptions) -> Document:
    """The document; like a .docx file it knows no pages. List numbers are ``Paragraph.label``.

    Raises :class:`EncryptedFile`, :class:`UnreadableFile`, :class:`TooLarge`.
    """
    content, styles = _parts(data)
    roots = [root for root in (styles, content) if root is not None]
    text = body(content)
    if text is None:
        raise UnreadableFile("odt-damaged")
    reader = _Reader(Styles(roots), Lists(list_styles(roots)))
    blocks: list[Block] = []
    for block in reader.read(text, 0):
        if len(blocks) >= MAX_BLOCKS:
            raise TooLarge(detail=f"> {MAX_BLOCKS}")
        blocks.append(block)
    remarks: list[Remark] = []
    if reader.pictures:
        remarks.append(Remark("odt-pictures", "info", (("count", str(reader.pictures)),)))
    return Document(replace(source, pages=None), tuple(blocks), tuple(remarks))


def _parts(data: bytes) -> tuple[etree._Element, etree._Element | None]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if b"encryption-data" in _part(archive, "META-INF/manifest.xml"):
                raise EncryptedFile("encrypted-office")
            content, styles = _part(archive, "content.xml"), _part(archive, "styles.xml")
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError, NotImplementedError) as error:
        raise UnreadableFile("odt-damaged") from error
    root = _parse(content)
    if root is None:
        raise UnreadableFile("odt-damaged")
    return root, _parse(styles)


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        entry = archive.getinfo(name)
    except KeyError:
        return b""
    if entry.file_size > MAX_PART_BYTES:
        raise TooLarge(detail=f"{name}: {entry.file_size // 2**20} MB")
    with archive.open(entry) as file:
        return file.read(MAX_PART_BYTES)


def _parse(data: bytes) -> etree._Element | None:
    """The root of a part; None where it is missing or damaged. No entity is expanded, nothing is fetched."""
    if not data or b"<!DOCTYPE" in data[:4096]:
        return None
    if data.count(b"<") > 2 * MAX_ELEMENTS:
        raise TooLarge(detail=f"> {MAX_ELEMENTS}")
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return None


class _Reader:
    """Reads the elements of the text in order."""

    def __init__(self, styles: Styles, lists: Lists) -> None:
        self._styles = styles
        self._lists = lists
        self.pictures = 0

    def read(self, parent: etree._Element, depth: int) -> Iterator[Block]:
        """The blocks in an element that holds paragraphs, lists, tables and sections."""
        if depth > _DEEPEST:
            raise TooLarge(detail=f"> {_DEEPEST}")
        for element in parent:
            if element.tag in _ASIDE or not isinstance(element.tag, str) or element.get(f"{TEXT}display") == "none":
                continue
            if element.tag == f"{TABLE}table":
                yield from self._table(element, depth)
            elif element.tag == f"{TEXT}list":
                yield from self._list(element, depth)
            elif element.tag in (f"{TEXT}p", f"{TEXT}h"):
                label = self._heading_label(element) if element.tag == f"{TEXT}h" else None
                yield from self._paragraphs(element, label)
            elif element.tag not in (f"{OFFICE}annotation", f"{OFFICE}forms"):
                yield from self.read(element, depth + 1)

    def _heading_label(self, element: etree._Element) -> str | None:
        """The number that the outline of headings gives."""
        level = element.get(f"{TEXT}outline-level", "1")
        return self._lists.label("", "", int(level) - 1 if level.isdecimal() and int(level[:3]) > 0 else 0)

    def _list(
        self, element: etree._Element, depth: int, style: str = "", key: str = "", level: int = 0
    ) -> Iterator[Block]:
        """The items of a list and of the lists in it."""
        if depth > _DEEPEST:
            raise TooLarge(detail=f"> {_DEEPEST}")
        style = element.get(f"{TEXT}style-name") or style or self._first_style(element)
        if not level:
            key = self._lists.begin(element, style)
        for item in element:
            if item.tag not in _LISTED:
                continue
            numbered = item.tag == _LISTED[0]
            for inner in item:
                if inner.tag == f"{TEXT}list":
                    yield from self._list(inner, depth + 1, style, key, level + 1)
                    numbered = False
                elif inner.tag in (f"{TEXT}p", f"{TEXT}h"):
                    label = self._lists.label(key, style, level, item.get(f"{TEXT}start-value")) if numbered else None
                    numbered = False
                    yield from self._paragraphs(inner, label)
                elif inner.tag == f"{TABLE}table":
                    yield from self._table(inner, depth + 1)

    def _first_style(self, element: etree._Element) -> str:
        first = next(element.iter(f"{TEXT}p", f"{TEXT}h"), None)
        return (self._styles.list_style(first.get(f"{TEXT}style-name")) if first is not None else None) or ""

    def _paragraphs(self, element: etree._Element, label: str | None) -> Iterator[Block]:
        for line in self._lines(element, label):
            paragraph = line.paragraph()
            if paragraph is not None:
                yield paragraph

    def _lines(self, element: etree._Element, label: str | None) -> list[Line]:
        lines, pictures = read_lines(element, self._styles, label)
        self.pictures += pictures
        return lines

    def _table(self, element: etree._Element, depth: int) -> Iterator[Block]:
        """A grid; a table with one column or with tables in it only places text, and its text goes on as such."""
        inner = next(element.iterdescendants(f"{TABLE}table"), None)
        if inner is not None or columns_of(element) < 2:
            for cell in element.iterdescendants(f"{TABLE}table-cell"):
                if next(cell.iterancestors(f"{TABLE}table")) is element:
                    yield from self.read(cell, depth + 1)
            return
        table = read_table(element, lambda cell: self._cell_text(cell, depth + 1))
        if table is not None:
            yield table

    def _cell_text(self, cell: etree._Element, depth: int) -> str:
        shown = [(block.label or "") + block.text for block in self.read(cell, depth) if isinstance(block, Paragraph)]
        return "\n".join(filter(None, shown))
