"""RTF files → Document, through LibreOffice where it is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wpparse.blocks import Document, Source
from wpparse.errors import UnsupportedFormat
from wpparse.messages import register
from wpparse.readers.doc.office import convert, find_office
from wpparse.readers.docx.reader import read_docx

if TYPE_CHECKING:
    from wpparse.readers.options import ReadOptions

register(
    {
        "unsupported-rtf": (
            "这是 RTF 文件：请用 Word 或 WPS 打开，另存为 .docx 后再试；安装 LibreOffice 后也可直接读取",
            "this is an RTF file: open it in Word or WPS and save it as .docx; "
            "where LibreOffice is installed it is read directly",
        ),
    }
)


def read_rtf(data: bytes, source: Source, options: ReadOptions) -> Document:
    """The document in an RTF file. Raises :class:`UnsupportedFormat` where LibreOffice is not installed."""
    program = find_office()
    if program is None:
        raise UnsupportedFormat("unsupported-rtf")
    return read_docx(convert(program, data, "rtf"), source, options)
