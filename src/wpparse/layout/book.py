"""The pages of a file → Document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from wpparse.blocks import Block, Document, Paragraph, Remark
from wpparse.errors import EmptyFile, ScannedPdf
from wpparse.grammar import Grammar
from wpparse.layout.flow import flow
from wpparse.layout.pages import PageLayout, lay_out
from wpparse.messages import register
from wpparse.page import Pages

register({
    "pdf-unruled-table": ("第{pages}页有无框线的表格，按对齐方式识别，请核对",
                          "page {pages} has a table without ruling lines; it was told by alignment: check it"),
    "pdf-columns": ("第{pages}页有分栏排列的文字，未能确定是否为表格，按文字读取",
                    "page {pages} has text in columns that may be a table; it was read as text"),
    "pdf-watermark": ("第{pages}页的水印“{text}”未作为正文读取",
                      "the watermark “{text}” on page {pages} was not read as part of the text"),
    "pdf-cell-note": ("第{pages}页表格中的脚注：{text}", "a note in a table on page {pages}: {text}"),
})  # fmt: skip


def bind(pages: Pages, grammar: Grammar) -> Document:
    """The document on the pages; see :func:`wpparse.layout.make_document`."""
    book = Book(pages)
    blocks = flow(book, grammar)
    if book.pictures and book.pictures >= 0.5 * book.read and sum(_length(block) for block in blocks) < 200:
        raise ScannedPdf
    if not blocks:
        raise EmptyFile
    return Document(replace(pages.source, pages=book.count), tuple(blocks), tuple(book.remarks), pages.particulars)


def _length(block: Block) -> int:
    return len(block.text) if isinstance(block, Paragraph) else sum(len(cell.text) for cell in block.cells)


class Book:
    """The laid out pages of a file, one after the other; what is known of all of them is there when they were taken."""

    def __init__(self, pages: Pages) -> None:
        self.pages = pages
        self.count = 0
        """Pages of the file."""
        self.read = 0
        """Pages that are not damaged."""
        self.pictures = 0
        """Pages that are pictures and were not recognised."""
        self.remarks: list[Remark] = []
        self._watermarks: set[str] = set()

    def __iter__(self) -> Iterator[PageLayout]:
        for content in self.pages.contents:
            self.count = content.of
            self.remarks += content.remarks
            if content.missing == "damaged":
                continue
            self.read += 1
            self.pictures += content.missing == "picture"
            layout = lay_out(content)
            del content  # its glyphs are not needed any more
            self._remark(layout)
            yield layout

    def _remark(self, layout: PageLayout) -> None:
        page = (("pages", str(layout.number)),)
        if layout.unruled:
            self.remarks.append(Remark("pdf-unruled-table", "info", page, page=layout.number))
        if layout.columns_left:
            self.remarks.append(Remark("pdf-columns", "warning", page, page=layout.number))
        for text in layout.watermarks:
            if text not in self._watermarks:  # told once: it stands on every page
                self._watermarks.add(text)
                self.remarks.append(Remark("pdf-watermark", "info", (*page, ("text", text)), page=layout.number))
        for text in layout.notes:
            self.remarks.append(Remark("pdf-cell-note", "info", (*page, ("text", text)), page=layout.number))
