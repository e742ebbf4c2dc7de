"""Bytes → :data:`wpparse.page.Content`. Each reader knows one format; none knows what a section or a task is."""

from __future__ import annotations

from hashlib import sha256

from wpparse.blocks import Source
from wpparse.errors import EmptyFile
from wpparse.page import Content
from wpparse.readers.options import ReadOptions
from wpparse.readers.registry import find


def read(data: bytes, name: str, options: ReadOptions | None = None) -> Content:
    """What is in ``data``; the format is told by the content, never by ``name``.

    Raises a :class:`wpparse.errors.WpparseError` where the file cannot be read.
    """
    if not data.strip(b"\0\t\n\r \xef\xbb\xbf"):
        raise EmptyFile
    found = find(data)
    return found.read(data, Source(name, found.name, sha256(data).hexdigest()), options or ReadOptions())
