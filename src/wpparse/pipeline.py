"""The order of the stages for one file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

from wpparse.blocks import Document
from wpparse.errors import TooLarge, UnreadableFile
from wpparse.grammar import Grammar, load_grammar
from wpparse.model import WorkPlan
from wpparse.readers import ReadOptions, read

MAX_BYTES = 100 * 2**20
"""A larger file is refused: no circular comes near it."""

Input = str | Path | bytes | BinaryIO


def parse(
    source: Input, *, name: str | None = None, grammar: Grammar | None = None, options: ReadOptions | None = None
) -> WorkPlan:
    """The work plan of one circular.

    ``source`` is a path, the bytes of a file, or a binary stream; ``name`` is shown for the last two. ``grammar`` is
    the one that comes with wpparse unless given (:func:`load_grammar`). Raises :class:`wpparse.errors.WpparseError`.
    """
    return understand(read_document(source, name=name, options=options), grammar)


def read_document(source: Input, *, name: str | None = None, options: ReadOptions | None = None) -> Document:
    """Only the first stage: paragraphs and tables in reading order."""
    data, found_name = _load(source)
    return read(data, name or found_name, options)


def understand(document: Document, grammar: Grammar | None = None) -> WorkPlan:
    """The stages behind the readers."""
    from wpparse.checks import check
    from wpparse.extract import extract
    from wpparse.outline import build_outline

    grammar = grammar or load_grammar()
    outline = build_outline(document, grammar)
    return check(extract(document, outline, grammar), grammar)


def name_as_text(name: str) -> str:
    """A file name as the text that its bytes are in UTF-8, whatever the locale; bytes that are none are shown (``\\xff``)."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return os.fsencode(name).decode("utf-8", "backslashreplace")
    return name


def _load(source: Input) -> tuple[bytes, str]:
    if isinstance(source, bytes):
        data, name = source, "-"
    elif isinstance(source, str | Path):
        path = Path(source)
        name = name_as_text(path.name)
        try:
            if path.stat().st_size > MAX_BYTES:
                raise TooLarge(detail=f"> {MAX_BYTES // 2**20} MB")
            data = path.read_bytes()
        except OSError as error:
            raise UnreadableFile(detail=error.strerror or str(error)) from error
    else:
        name = Path(str(getattr(source, "name", "-"))).name
        data = source.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise TooLarge(detail=f"> {MAX_BYTES // 2**20} MB")
    return data, name
