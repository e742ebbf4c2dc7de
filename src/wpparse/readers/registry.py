"""The formats that are told by their content: one entry each, in the order in which they are tried.

A new format is one folder under ``readers`` and one entry here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from wpparse.blocks import Source
from wpparse.errors import EncryptedFile, UnsupportedFormat, WpparseError
from wpparse.late import load
from wpparse.page import Content
from wpparse.readers.glance import Glance
from wpparse.readers.options import ReadOptions


@dataclass(frozen=True, slots=True)
class Format:
    """A format that is read."""

    name: str
    """As it stands in ``source.format``."""
    suffixes: tuple[str, ...]
    """How the names of such files end that are looked for in a folder."""
    fits: Callable[[Glance], bool]
    """Whether a file is of this format, told by its bytes."""
    reader: str
    """Where its reader is, as ``module:function``; it is imported when a file needs it. The function takes the bytes, a
    :class:`Source` and :class:`ReadOptions`."""
    gives: Literal["document", "pages", "text"]
    """What the reader gives: a :class:`wpparse.blocks.Document`, :class:`wpparse.page.Pages` or :class:`wpparse.page.Text`."""
    lost: tuple[str, str]
    """What such a file shows and the reader does not give, in a few words for the manual, in Chinese and English."""
    told: tuple[str, str]
    """By what it is recognised, likewise."""
    peer: str
    """A well-known program or library that reads it too."""
    page: str = ""
    """Where the function is that draws a page (:func:`wpparse.pipeline.draw_page`), if there is one."""

    def read(self, data: bytes, source: Source, options: ReadOptions) -> Content:
        """What is in a file of this format. Raises a :class:`wpparse.errors.WpparseError`."""
        content: Content = load(self.reader)(data, source, options)
        return content


@dataclass(frozen=True, slots=True)
class Refused:
    """A format that is known and not read; ``code`` is the message that says what to do instead, ``kind`` its value."""

    fits: Callable[[Glance], bool]
    code: str
    kind: str = ""
    error: type[WpparseError] = UnsupportedFormat
    suffixes: tuple[str, ...] = ()
    """As of a :class:`Format`: a circular of this kind in a folder is refused and not passed over."""

    def refusal(self) -> WpparseError:
        """What is raised for such a file."""
        return self.error(self.code, kind=self.kind) if self.kind else self.error(self.code)


FORMATS: tuple[Format | Refused, ...] = (
    Format(
        "pdf", (".pdf",), lambda file: b"%PDF-" in file.data[:1024],
        "wpparse.readers.pdf.reader:read_pdf", "pages",
        (
            "图片、图形、批注；表格和段落按位置识别",
            "pictures, drawings and comments; tables and paragraphs are told by their places",
        ),
        ("开头的 %PDF-", "%PDF- at its start"), "pdfplumber",
        page="wpparse.readers.pdf.scan:draw",
    ),
    Format(
        "docx", (".docx", ".docm"), lambda file: file.holds("word/") or b"wordprocessingml" in file.types,
        "wpparse.readers.docx.reader:read_docx", "document",
        (
            "图片、批注、页眉页脚、已删除的文字；没有页码",
            "pictures, comments, headers and footers, deleted text; pages are not known",
        ),
        ("ZIP 中的 word/ 部件", "parts below word/ in a ZIP archive"), "python-docx, docling",
    ),
    Format(
        "xlsx", (".xlsx", ".xlsm"), lambda file: file.holds("xl/") and not file.holds("xl/workbook.bin"),
        "wpparse.readers.sheet.reader:read_xlsx", "document",
        (
            "隐藏的工作表、行、列，批注、图表、图片",
            "hidden sheets, rows and columns, notes of cells, charts and pictures",
        ),
        ("ZIP 中的 xl/ 部件", "parts below xl/ in a ZIP archive"), "openpyxl, python-calamine",
    ),
    Refused(lambda file: file.holds("xl/"), "unsupported-spreadsheet", ".xlsb"),
    Refused(lambda file: file.holds("ppt/"), "unsupported-slides", ".pptx"),
    Format(
        "ofd", (".ofd",), lambda file: "ofd.xml" in file.names,
        "wpparse.readers.ofd.reader:read_ofd", "pages",
        (
            "签章、批注、图片、附件；表格和段落按位置识别",
            "seals, annotations, pictures and attached files; tables and paragraphs are told by their places",
        ),
        ("ZIP 中的 OFD.xml", "OFD.xml in a ZIP archive"), "ofdkit",
    ),
    Format(
        "odt", (".odt", ".ott"), lambda file: file.mimetype.startswith("application/vnd.oasis.opendocument.text"),
        "wpparse.readers.odt.reader:read_odt", "document",
        (
            "图片、批注、页眉页脚、已删除的文字；没有页码",
            "pictures, comments, headers and footers, deleted text; pages are not known",
        ),
        ("ZIP 中的 mimetype", "the mimetype in a ZIP archive"), "odfpy, pandoc",
    ),
    Format(
        "ods", (".ods",), lambda file: file.mimetype == "application/vnd.oasis.opendocument.spreadsheet",
        "wpparse.readers.sheet.reader:read_ods", "document",
        ("同 .xlsx", "as of .xlsx"),
        ("ZIP 中的 mimetype", "the mimetype in a ZIP archive"), "odfdo, pandas",
    ),
    Refused(lambda file: file.mimetype.startswith("application/vnd.oasis.opendocument"), "unsupported-odf", ".odp"),
    Refused(lambda file: file.is_zip, "unsupported-archive", "ZIP"),
    Refused(lambda file: file.has_stream("EncryptedPackage"), "encrypted-office", error=EncryptedFile),
    Format(
        "xls", (".xls", ".et"), lambda file: file.has_stream("Workbook") or file.has_stream("Book"),
        "wpparse.readers.sheet.reader:read_xls", "document",
        ("同 .xlsx", "as of .xlsx"),
        ("复合文件中的 Workbook 流", "the stream Workbook in a compound file"), "xlrd",
    ),
    Refused(lambda file: file.has_stream("PowerPoint Document"), "unsupported-slides", ".ppt / .dps"),
    Format(
        "doc", (".doc", ".wps"), lambda file: file.has_stream("WordDocument"),
        "wpparse.readers.doc.reader:read_doc", "document",
        ("同 .docx；LibreOffice 写的文本框", "as of .docx; text boxes that LibreOffice wrote"),
        ("复合文件中的 WordDocument 流", "the stream WordDocument in a compound file"), "LibreOffice",
    ),
    Refused(lambda file: file.is_ole2, "unsupported-binary"),
    Format(
        "rtf", (".rtf",), lambda file: file.head.startswith(b"{\\rtf"),
        "wpparse.readers.doc.rtf:read_rtf", "document",
        ("同 .docx；需要安装 LibreOffice", "as of .docx; LibreOffice must be installed"),
        ("开头的 {\\rtf", "{\\rtf at its start"), "LibreOffice",
    ),
    Format(
        "image", (), lambda file: file.is_picture,
        "wpparse.readers.ocr.reader:read_image", "pages",
        ("没有识别出来的文字；需要安装 wpparse[ocr]", "what was not recognised; wpparse[ocr] must be installed"),
        ("图片文件的开头", "the start of a picture"), "rapidocr",
    ),
    Refused(lambda file: file.packer == "RAR", "unsupported-packer", "RAR"),
    Refused(lambda file: file.packer == "7z", "unsupported-packer", "7z"),
    Refused(lambda file: file.packer == "gzip", "unsupported-archive", "gzip"),
    Refused(lambda file: file.packer == "bzip2", "unsupported-packer", "bzip2"),
    Refused(lambda file: file.is_word_xml, "unsupported-word-xml"),
    Format(
        "html", (".html", ".htm", ".shtml", ".xhtml"), lambda file: file.is_page_of_web,
        "wpparse.readers.html.reader:read_html", "document",
        (
            "正文以外的内容、图片、链接的附件、脚本生成的内容",
            "what stands around the article; pictures, linked files, what a script would show",
        ),
        ("开头的标签", "tags at its start"), "trafilatura",
    ),
    Format(
        "mht", (".mht", ".mhtml"), lambda file: file.is_web_archive,
        "wpparse.readers.html.archive:read_archive", "document",
        ("同 .html", "as of .html"),
        ("开头的 MIME 字段", "fields of MIME at its start"), "email",
    ),
    Refused(lambda file: file.is_tar, "unsupported-archive", "TAR"),
    Refused(lambda file: file.is_mail, "unsupported-archive", "EML"),
    Refused(lambda file: file.is_binary, "unsupported-binary"),
    Format(
        "txt", (".txt", ".text", ".md"), lambda file: True,
        "wpparse.readers.text.reader:read_txt", "text",
        (
            "无法解码的字节；表格和段落按位置识别",
            "bytes that are no character; tables and paragraphs are told by their places",
        ),
        ("没有其他特征", "no other sign"), "pandas",
    ),
)  # fmt: skip
"""The first one that fits is taken: what has a sign of its own stands before what is only told by having none."""


def find(data: bytes) -> Format:
    """The format of a file, told by its content.

    Raises :class:`UnsupportedFormat` for a known format that is not read, saying what to do instead;
    :class:`EncryptedFile`; :class:`UnreadableFile` for a damaged archive.
    """
    file = Glance(data)
    for entry in FORMATS:
        if entry.fits(file):
            if isinstance(entry, Refused):
                raise entry.refusal()
            return entry
    raise UnsupportedFormat("unsupported-binary")


def named(name: str) -> Format:
    """The format of this name (``source.format``)."""
    return next(entry for entry in FORMATS if isinstance(entry, Format) and entry.name == name)


def suffixes() -> frozenset[str]:
    """How the names of files end that are looked for in a folder."""
    return frozenset(suffix for entry in FORMATS for suffix in entry.suffixes)
