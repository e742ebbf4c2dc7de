"""PDF → pages: glyphs and ruling lines as a person sees them (:mod:`chars`, :mod:`paths`), pictures recognised."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from wpparse.blocks import Remark, Source
from wpparse.errors import UnreadableFile
from wpparse.messages import register
from wpparse.page import PageContent, Pages
from wpparse.readers.ocr.recognise import available
from wpparse.readers.options import ReadOptions
from wpparse.readers.pdf.chars import page_box, read_page
from wpparse.readers.pdf.forms import open_form, read_notes
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
    "pdf-pages-left": ("文件共{count}页，只读取前{read}页", "the file has {count} pages; only the first {read} were read"),
})  # fmt: skip


def read_pdf(data: bytes, source: Source, options: ReadOptions) -> Pages:
    """What lies on the pages of a PDF file.

    Raises :class:`wpparse.errors.EncryptedFile` where a password is needed, :class:`UnreadableFile` where nothing can
    be read; both when the first page is taken.
    """
    check_forms(data)
    return Pages(source, _PageReader(data, options).pages())


class _PageReader:
    """Reads page by page."""

    def __init__(self, data: bytes, options: ReadOptions) -> None:
        self.data = data
        self.options = options
        self._ocr: bool | None = None

    def pages(self) -> Iterator[PageContent]:
        """The pages, one after the other; each is closed before the next one is opened."""
        with open_document(self.data, self.options.password) as document, open_form(document) as form:
            count = pdfium().FPDF_GetPageCount(document)
            if count < 1:
                raise UnreadableFile("pdf-damaged")
            last = min(count, MAX_PAGES)
            damaged = drawn = 0
            for number in range(1, last + 1):
                with open_page(document, number - 1) as page:
                    content = self._read(page, form, number) if page else _damaged(number)
                content.of = count
                damaged += content.missing == "damaged"
                drawn += bool(content.glyphs) or content.missing == "picture"
                if number == last < count:
                    _remark(content, "pdf-pages-left", "warning", count=count, read=MAX_PAGES)
                yield content
                del content
                if self.options.on_page:
                    self.options.on_page(number, count)
        if damaged and not drawn:
            raise UnreadableFile("pdf-damaged")

    def _read(self, page: int, form: int | None, number: int) -> PageContent:
        """The page with what was typed into it."""
        box, rotation = page_box(page)
        written = read_page(page, number, box, rotation)
        content = self._recognised(page, written, rotation)
        content.glyphs += read_notes(page, form, box, written.turned if content is written else rotation)
        return content

    def _recognised(self, page: int, content: PageContent, rotation: int) -> PageContent:
        """The page, its text recognised where it is a picture."""
        number = content.number
        layered = bool(content.glyphs) and has_layer(content)
        if layered and not self._can_recognise():
            _remark(content, "pdf-layer", "warning", pages=number)
        elif layered or is_scan(content):
            if self._can_recognise():
                with self._drawable(page, content) as drawn:
                    content = read_scan(drawn, number)
                _remark(content, "ocr-pages", "warning", pages=number, confidence=f"{content.confidence:.2f}")
                if content.unread:
                    _remark(content, "ocr-gap", "warning", pages=number, count=content.unread)
                return content
            content.missing = "picture"
            _remark(content, "pdf-scanned-page", "error", pages=number)
        elif content.images and content.turned == rotation and (boxes := text_pictures(content)):
            if self._can_recognise():
                with self._drawable(page, content) as drawn:
                    sure = read_pictures(drawn, content, boxes)
                if sure is not None:
                    _remark(content, "pdf-picture-read", "info", pages=number, confidence=f"{sure:.2f}")
            else:
                _remark(content, "pdf-picture-unread", "warning", pages=number)
        if content.unmapped:
            _remark(content, "pdf-unmapped", "warning", pages=number, count=content.unmapped)
        if content.truncated:
            _remark(content, "pdf-page-truncated", "error", pages=number)
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


def _damaged(number: int) -> PageContent:
    content = PageContent(number, missing="damaged")
    _remark(content, "pdf-page-damaged", "error", pages=number)
    return content


def _remark(content: PageContent, code: str, severity: Literal["error", "warning", "info"], **values: object) -> None:
    """Note something about a page that a user should know."""
    given = tuple((name, str(value)) for name, value in values.items())
    content.remarks.append(Remark(code, severity, given, page=content.number))
