"""PDF → Document: the paragraphs and tables that a person sees.

Page by page: glyphs and ruling lines (:mod:`pdf_chars`, :mod:`pdf_paths`), lines and grids (:mod:`pdf_pages`). Then,
over all pages: page furniture, tables and paragraphs that run over page breaks. What is kept of a page is its lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from wpparse.blocks import Block, Document, Remark, Source
from wpparse.errors import EmptyFile, UnreadableFile
from wpparse.messages import register
from wpparse.readers import ReadOptions
from wpparse.readers.pdf_chars import PageContent, page_box, read_page
from wpparse.readers.pdf_flow import flow
from wpparse.readers.pdf_library import open_document, open_page, pdfium
from wpparse.readers.pdf_pages import PageLayout, lay_out

MAX_PAGES = 5_000
"""Pages that are read; a longer file is no circular."""

register({
    "pdf-page-damaged": ("第{pages}页已损坏，未能读取", "page {pages} is damaged and was not read"),
    "pdf-unmapped": ("第{pages}页有{count}个字无法识别（字体未说明是什么字）",
                     "page {pages}: {count} characters cannot be told, the font does not say what they are"),
    "pdf-pages-left": ("文件共{count}页，只读取前{read}页", "the file has {count} pages; only the first {read} were read"),
})  # fmt: skip


def read_pdf(data: bytes, source: Source, options: ReadOptions) -> Document:
    """The document in the bytes of a PDF file.

    Raises :class:`wpparse.errors.EncryptedFile` where a password is needed, :class:`UnreadableFile` where nothing can
    be read, :class:`wpparse.errors.ScannedPdf` where the pages are pictures and character recognition is not installed.
    """
    remarks: list[Remark] = []
    with open_document(data, options.password) as document:
        count = pdfium().FPDF_GetPageCount(document)
        if count < 1:
            raise UnreadableFile(detail="PDF: 0 pages")
        layouts = [layout for layout in _layouts(document, count, options, remarks)]
    if count > MAX_PAGES:
        remarks.append(Remark("pdf-pages-left", "warning", (("count", str(count)), ("read", str(MAX_PAGES)))))
    blocks: list[Block] = flow(layouts)
    if not blocks and not remarks:
        raise EmptyFile
    return Document(replace(source, pages=count), tuple(blocks), tuple(remarks))


def _layouts(document: int, count: int, options: ReadOptions, remarks: list[Remark]) -> Iterator[PageLayout]:
    for index in range(min(count, MAX_PAGES)):
        content = _content(document, index)
        if content is None:
            remarks.append(Remark("pdf-page-damaged", "error", (("pages", str(index + 1)),), page=index + 1))
            continue
        if content.unmapped:
            values = (("pages", str(index + 1)), ("count", str(content.unmapped)))
            remarks.append(Remark("pdf-unmapped", "warning", values, page=index + 1))
        yield lay_out(content)
        if options.on_page:
            options.on_page(index + 1, count)


def _content(document: int, index: int) -> PageContent | None:
    with open_page(document, index) as page:
        return read_page(page, index + 1, *page_box(page)) if page else None
