"""Word documents (.docx, .docm, .dotx) as Word shows them."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from lxml import etree

from wpparse.blocks import Block, Document, Remark, Source
from wpparse.errors import TooLarge, UnreadableFile
from wpparse.messages import register
from wpparse.readers.docx.blocks import BlockReader
from wpparse.readers.docx.compact import Distinct
from wpparse.readers.docx.formats import Formats
from wpparse.readers.docx.layout import place
from wpparse.readers.docx.lines import Line
from wpparse.readers.docx.names import BODY, ID, MAIN_NS
from wpparse.readers.docx.numbering import Numbering
from wpparse.readers.docx.package import Package
from wpparse.readers.docx.styles import Styles
from wpparse.readers.docx.tables import RawTable, read_table
from wpparse.readers.docx.text import RunReader
from wpparse.readers.docx.theme import theme_fonts
from wpparse.readers.unseen import remarks_on

if TYPE_CHECKING:
    from wpparse.readers.options import ReadOptions

register(
    {
        "docx-damaged": ("Word 文件已损坏：{detail}", "the Word file is damaged: {detail}"),
        "docx-doctype": (
            "Word 文件的部件含有文档类型声明，出于安全考虑不予读取：{detail}",
            "a part of the Word file declares a document type, which is refused for safety: {detail}",
        ),
        "docx-part": ("部件 {name} 已损坏，按没有该部件处理", "part {name} is damaged and was left out"),
        "docx-chunk": (
            "文件中嵌入的外部内容（altChunk）未读取，请用 Word 打开后另存",
            "embedded foreign content (altChunk) was not read: open the file in Word and save it again",
        ),
        "docx-cell-note": ("表格中的脚注：{text}", "a note in a table: {text}"),
        "docx-pictures": ("文中 {count} 张图片未读取", "{count} pictures in the text were not read"),
    }
)


MAX_BLOCKS: Final = 100_000
"""Paragraphs and tables; no circular has a hundredth of them."""
_LANGUAGE: Final = re.compile(rb"<w:themeFontLang\b[^>]*?\bw:eastAsia=[\"']([^\"']+)")


def read_docx(data: bytes, source: Source, options: ReadOptions) -> Document:
    """The document in a WordprocessingML package.

    Automatic numbers are ``Paragraph.label`` (in cells part of the text); tracked changes are shown as accepted; pages
    are not known before layout, so ``page`` is None. Raises a :class:`wpparse.errors.WpparseError`.
    """
    package = Package(data)
    root, distinct = package.document()
    body = root if root.tag == BODY else root.find(BODY)
    if body is None or not root.tag.startswith(f"{{{MAIN_NS}}}"):
        raise UnreadableFile("docx-damaged", detail=package.main)
    parts = _Parts(package, distinct)
    reader = parts.reader()
    shown = [*parts.red_head(), *reader.read(body)]
    if reader.runs.in_contents:
        # A table of contents whose end is missing would hide all that follows.
        parts = _Parts(package, distinct)
        reader = parts.reader(keep_contents=True)
        shown = [*parts.red_head(), *reader.read(body)]
    remarks = parts.remarks + reader.remarks
    remarks += remarks_on(package.read(package.main))
    if reader.runs.pictures:
        remarks.append(Remark("docx-pictures", "info", (("count", str(reader.runs.pictures)),)))
    placed = place(shown, parts.formats)
    if len(placed) > MAX_BLOCKS:
        raise TooLarge(detail=f"> {MAX_BLOCKS}")
    blocks: list[Block] = []
    for block in placed:
        if isinstance(block, RawTable):
            if parts.has_notes:
                remarks += [
                    Remark("docx-cell-note", "info", (("text", text),), block=len(blocks)) for text in block.notes()
                ]
            blocks.append(block.table())
        elif (paragraph := block.paragraph()) is not None:
            blocks.append(paragraph)
    return Document(replace(source, pages=None), tuple(blocks), tuple(remarks))


def _is_red(color: str | None) -> bool:
    return color is not None and color[:2] >= "B0" and color[2:4] <= "48" and color[4:6] <= "48"


class _Parts:
    """What the main document refers to, read when it is needed."""

    def __init__(self, package: Package, distinct: Distinct) -> None:
        self.package = package
        self.remarks: list[Remark] = []
        styles = Styles(self._tree("styles"), self._theme_fonts)
        self.formats = Formats(styles, Numbering(self._tree("numbering"), styles), distinct)
        self._notes: dict[str, dict[int, etree._Element]] = {}

    @property
    def has_notes(self) -> bool:
        """Whether any footnote or endnote was called so far."""
        return bool(self._notes)

    def reader(self, *, keep_contents: bool = False) -> BlockReader[RawTable]:
        """A reader for one story; it leaves tables of contents out unless it is to ``keep_contents``."""
        return BlockReader(self.formats, RunReader(self.formats, self.note, keep_contents=keep_contents), read_table)

    def _theme_fonts(self) -> dict[str, str]:
        name = self.package.related("settings")
        found = None
        if name is not None:
            # One attribute is wanted of a part that may hold thousands of revision marks.
            with suppress(UnreadableFile):
                found = _LANGUAGE.search(self.package.read(name))
        return theme_fonts(self._tree("theme"), None if found is None else found[1].decode("ascii", "replace"))

    def red_head(self) -> list[Line | RawTable]:
        """What stands in red in the header of the first page: templates of circulars put the red head there.

        A header in another colour is page furniture (a running title, a page number).
        """
        name = self.package.first_header()
        if name is None:
            return []
        try:
            root = self.package.tree(name)
        except UnreadableFile:
            return []
        blocks = self.reader().read(root)
        for block in place(blocks, self.formats):
            paragraph = block.paragraph() if isinstance(block, Line) else None
            if paragraph is not None and any(_is_red(span.color) for span in paragraph.spans):
                return list(blocks)
        return []

    def note(self, kind: str, number: int) -> str:
        """The text of a footnote or endnote (``kind`` names the part), its paragraphs joined by line feeds."""
        if kind not in self._notes:
            root = self._tree(kind)
            self._notes[kind] = {}
            for element in () if root is None else root:
                identifier = element.get(ID)
                if identifier is not None and identifier.lstrip("-").isdigit():
                    self._notes[kind].setdefault(int(identifier), element)
        notes = self._notes[kind]
        if number not in notes:
            return ""
        # Taken out, so that a note which calls itself ends.
        blocks = self.reader().read(notes.pop(number))
        return "\n".join(filter(None, (block.text() for block in blocks if isinstance(block, Line))))

    def _tree(self, kind: str) -> etree._Element | None:
        name = self.package.related(kind)
        if name is None:
            return None
        try:
            return self.package.tree(name)
        except UnreadableFile:
            self.remarks.append(Remark("docx-part", "warning", (("name", name),)))
            return None
