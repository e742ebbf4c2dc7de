"""Plain text and Markdown → lines."""

from __future__ import annotations

from dataclasses import replace

from wpparse.blocks import Remark, Source
from wpparse.errors import TooLarge
from wpparse.messages import register
from wpparse.page import Text
from wpparse.readers.encoding import decode
from wpparse.readers.options import ReadOptions
from wpparse.readers.text.html import take_tables
from wpparse.readers.text.markup import LineReader, front_matter, without_html
from wpparse.readers.unseen import remarks_on

register(
    {
        "txt-damaged": ("文本中有{count}个字符无法解码", "{count} characters of the text cannot be decoded"),
        "txt-front-matter": (
            "文首的元数据（front matter）未作为正文读取",
            "the front matter was not read as part of the text",
        ),
    }
)

MAX_BYTES = 20 * 2**20
"""A larger text is refused: it would be seven million characters."""


def read_txt(data: bytes, source: Source, options: ReadOptions) -> Text:
    """The lines of a text file; ``options`` holds nothing that concerns text.

    Raises :class:`UnreadableFile` for bytes that are no text, :class:`TooLarge`.
    """
    if len(data) > MAX_BYTES:
        raise TooLarge(detail=f"> {MAX_BYTES // 2**20} MB")
    decoded = decode(data)
    remarks: list[Remark] = []
    if decoded.damaged:
        remarks.append(Remark("txt-damaged", "warning", (("count", str(decoded.damaged)),)))
    text = decoded.text
    remarks += remarks_on(text)
    skipped = front_matter(text)
    if skipped:
        remarks.append(Remark("txt-front-matter", "info"))
        text = text[skipped:]
    text, tables = take_tables(text)
    text = without_html(text)
    lines = text.replace("\f", "\n\f").split("\n") if "\f" in text else text.splitlines()
    return Text(
        replace(source, encoding=decoded.encoding),
        [line.rstrip("\r") for line in lines],
        lambda: LineReader(text).read,
        tables,
        tuple(remarks),
    )
