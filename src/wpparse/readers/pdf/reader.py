"""PDF → Document: the paragraphs and tables that a person sees.

Page by page: glyphs and ruling lines (:mod:`chars`, :mod:`paths`), lines and grids (:mod:`wpparse.layout.pages`). Then,
over all pages: page furniture, tables and paragraphs that run over page breaks. What is kept of a page is its lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Literal

from wpparse.blocks import Block, Document, Paragraph, Remark, Source
from wpparse.errors import EmptyFile, ScannedPdf, UnreadableFile
from wpparse.layout.flow import flow
from wpparse.layout.pages import PageLayout, lay_out, page_confidence
from wpparse.messages import register
from wpparse.page import PageContent
from wpparse.readers import ReadOptions
from wpparse.readers.ocr.recognise import available
from wpparse.readers.pdf.chars import page_box, read_page
from wpparse.readers.pdf.library import open_document, open_page, pdfium
from wpparse.readers.pdf.loops import check_forms
from wpparse.readers.pdf.scan import has_layer, is_scan, read_pictures, read_scan, text_pictures

MAX_PAGES = 5_000
"""Pages that are read; a longer file is no circular."""

register({
    "pdf-page-damaged": ("第{pages}页已损坏，未能读取", "page {pages} is damaged and was not read"),
    "pdf-unmapped": ("第{pages}页有{count}个字无法识别（字体未说明是什么字）",
                     "page {pages}: {count} characters cannot be told, the font does not say what they are"),
    "pdf-page-truncated": ("第{pages}页的字符过多，未全部读取", "page {pages} has too many characters; the rest was not read"),
    "pdf-scanned-page": ('第{pages}页是扫描图像，文字未读取：请运行 pip install "wpparse[ocr]"',
                         'page {pages} is a scan, its text was not read: run pip install "wpparse[ocr]"'),
    "pdf-layer": ("第{pages}页是扫描图像，文字取自文件自带的识别结果，表格线无法读取，请核对",
                  "page {pages} is a scan; its text is the recognition that the file brings along, without ruling lines: check it"),
    "pdf-picture-read": ("第{pages}页有以图片形式嵌入的文字，已识别（平均置信度{confidence}），请核对",
                         "page {pages} holds text as pictures; it was recognised (mean confidence {confidence}): check it"),
    "pdf-picture-unread": ('第{pages}页有以图片形式嵌入的文字，未读取：可运行 pip install "wpparse[ocr]"',
                           'page {pages} holds text as pictures that was not read: run pip install "wpparse[ocr]"'),
    "pdf-unruled-table": ("第{pages}页有无框线的表格，按对齐方式识别，请核对",
                          "page {pages} has a table without ruling lines; it was told by alignment: check it"),
    "pdf-columns": ("第{pages}页有分栏排列的文字，未能确定是否为表格，按文字读取",
                    "page {pages} has text in columns that may be a table; it was read as text"),
    "pdf-cell-note": ("第{pages}页表格中的脚注：{text}", "a note in a table on page {pages}: {text}"),
    "pdf-pages-left": ("文件共{count}页，只读取前{read}页", "the file has {count} pages; only the first {read} were read"),
})  # fmt: skip


def read_pdf(data: bytes, source: Source, options: ReadOptions) -> Document:
    """The document in the bytes of a PDF file.

    Raises :class:`wpparse.errors.EncryptedFile` where a password is needed, :class:`UnreadableFile` where nothing can
    be read, :class:`wpparse.errors.ScannedPdf` where the pages are pictures and character recognition is not installed.
    """
    check_forms(data)
    reader = PageReader(data, options)
    with open_document(data, options.password) as document:
        count = pdfium().FPDF_GetPageCount(document)
        if count < 1:
            raise UnreadableFile("pdf-damaged")
        blocks = flow(reader.layouts(document, count))
    if count > MAX_PAGES:
        reader.remark("pdf-pages-left", "warning", None, count=count, read=MAX_PAGES)
    read = min(count, MAX_PAGES) - reader.damaged
    if reader.unread and len(reader.unread) >= 0.5 * read and sum(_length(block) for block in blocks) < 200:
        raise ScannedPdf
    if not blocks:
        if reader.damaged:
            raise UnreadableFile("pdf-damaged")
        raise EmptyFile
    return Document(replace(source, pages=count), tuple(blocks), tuple(reader.remarks))


def _length(block: Block) -> int:
    return len(block.text) if isinstance(block, Paragraph) else sum(len(cell.text) for cell in block.cells)


class PageReader:
    """Reads page by page and keeps what is to be said about them."""

    def __init__(self, data: bytes, options: ReadOptions) -> None:
        self.data = data
        self.options = options
        self.remarks: list[Remark] = []
        self.unread: list[int] = []
        """Pages that are pictures and could not be recognised."""
        self.damaged = 0
        self._ocr: bool | None = None

    def remark(
        self, code: str, severity: Literal["error", "warning", "info"], page: int | None, **values: object
    ) -> None:
        """Note something that a user should know."""
        given = tuple((name, str(value)) for name, value in values.items())
        self.remarks.append(Remark(code, severity, given, page=page))

    def layouts(self, document: int, count: int) -> Iterator[PageLayout]:
        """The pages of a document, one after the other; each is closed before the next one is opened."""
        for index in range(min(count, MAX_PAGES)):
            with open_page(document, index) as page:
                content = self._read(page, index + 1) if page else None
            if content is None:
                self.damaged += 1
                self.remark("pdf-page-damaged", "error", index + 1, pages=index + 1)
            else:
                layout = lay_out(content)
                if layout.unruled:
                    self.remark("pdf-unruled-table", "info", index + 1, pages=index + 1)
                if layout.columns_left:
                    self.remark("pdf-columns", "warning", index + 1, pages=index + 1)
                for text in layout.notes:
                    self.remark("pdf-cell-note", "info", index + 1, pages=index + 1, text=text)
                yield layout
            if self.options.on_page:
                self.options.on_page(index + 1, count)

    def _read(self, page: int, number: int) -> PageContent:
        box, rotation = page_box(page)
        content = read_page(page, number, box, rotation)
        layered = bool(content.glyphs) and has_layer(content)
        if layered and not self._can_recognise():
            self.remark("pdf-layer", "warning", number, pages=number)
        elif layered or is_scan(content):
            if self._can_recognise():
                with self._drawable(page, content) as drawn:
                    content = read_scan(drawn, number)
                self.remark("ocr-pages", "warning", number, pages=number, confidence=f"{page_confidence(content):.2f}")
                if content.unread:
                    self.remark("ocr-gap", "warning", number, pages=number, count=content.unread)
                return content
            self.unread.append(number)
            self.remark("pdf-scanned-page", "error", number, pages=number)
        elif content.images and content.turned == rotation and (boxes := text_pictures(content)):
            if self._can_recognise():
                with self._drawable(page, content) as drawn:
                    sure = read_pictures(drawn, content, boxes)
                if sure is not None:
                    self.remark("pdf-picture-read", "info", number, pages=number, confidence=f"{sure:.2f}")
            else:
                self.remark("pdf-picture-unread", "warning", number, pages=number)
        if content.unmapped:
            self.remark("pdf-unmapped", "warning", number, pages=number, count=content.unmapped)
        if content.truncated:
            self.remark("pdf-page-truncated", "error", number, pages=number)
        return content

    @contextmanager
    def _drawable(self, page: int, content: PageContent) -> Iterator[int]:
        """The page with its letters as they look: opened anew where it has any, with the fonts of the machine."""
        if not (content.glyphs or content.unmapped):
            yield page
            return
        with (
            open_document(self.data, self.options.password, to_draw=True) as document,
            open_page(document, content.number - 1) as drawn,
        ):
            yield drawn or page

    def _can_recognise(self) -> bool:
        if self._ocr is None:
            self._ocr = available()
        return self._ocr
