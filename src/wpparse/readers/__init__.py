"""Bytes → Document. Each reader knows one format; none knows what a section or a task is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from wpparse.blocks import Document, Source
from wpparse.errors import EmptyFile


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a caller can tell a reader."""

    password: str | None = None
    on_page: Callable[[int, int], None] | None = None
    """Called with the page done (1-based) and the number of pages, where reading takes long."""


def read(data: bytes, name: str, options: ReadOptions | None = None) -> Document:
    """The document in ``data``; the format is told by the content, never by ``name``.

    Raises a :class:`wpparse.errors.WpparseError` where the file cannot be read.
    """
    from wpparse.readers.detect import detect

    options = options or ReadOptions()
    if not data.strip(b"\0\t\n\r \xef\xbb\xbf"):
        raise EmptyFile
    found = detect(data, name)
    source = Source(name=name, format=found, sha256=sha256(data).hexdigest())
    if found == "docx":
        from wpparse.readers.docx.reader import read_docx

        return read_docx(data, source, options)
    if found in ("doc", "rtf"):
        from wpparse.readers.doc.reader import read_legacy

        return read_legacy(data, source, options)
    if found == "pdf":
        from wpparse.readers.pdf.reader import read_pdf

        return read_pdf(data, source, options)
    if found == "image":
        from wpparse.readers.ocr.reader import read_image

        return read_image(data, source, options)
    from wpparse.readers.text.reader import read_txt

    return read_txt(data, source, options)
