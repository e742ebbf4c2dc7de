"""Plain text and Markdown → Document."""

from __future__ import annotations

from dataclasses import replace

from wpparse.blocks import Block, Document, Paragraph, Remark, Source
from wpparse.errors import EmptyFile, TooLarge
from wpparse.messages import register
from wpparse.readers import ReadOptions
from wpparse.readers.txt_encoding import decode
from wpparse.readers.txt_tables import find_tables
from wpparse.text import clean

register(
    {
        "txt-damaged": ("文本中有{count}个字符无法解码", "{count} characters of the text cannot be decoded"),
    }
)

MAX_BYTES = 20 * 2**20
"""A larger text is refused: it would be seven million characters."""


def read_txt(data: bytes, source: Source, options: ReadOptions) -> Document:
    """The paragraphs and tables of a text file; ``options`` holds nothing that concerns text."""
    if len(data) > MAX_BYTES:
        raise TooLarge(detail=f"> {MAX_BYTES // 2**20} MB")
    decoded = decode(data)
    remarks: list[Remark] = []
    if decoded.damaged:
        remarks.append(Remark("txt-damaged", "warning", (("count", str(decoded.damaged)),)))
    out: list[Block] = []
    lines = decoded.text.splitlines()
    position = 0
    for found in find_tables(lines):
        out += (Paragraph(text) for text in map(clean, lines[position : found.start]) if text)
        out.append(found.grid.table())
        position = found.end
    out += (Paragraph(text) for text in map(clean, lines[position:]) if text)
    if not out:
        raise EmptyFile
    return Document(replace(source, encoding=decoded.encoding), tuple(out), tuple(remarks))
