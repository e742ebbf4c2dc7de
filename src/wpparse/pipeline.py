"""The order of the stages for one file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

from wpparse.blocks import Document, Source
from wpparse.errors import TooLarge, UnreadableFile, UsageError
from wpparse.grammar import Grammar, load_grammar
from wpparse.layout import make_document
from wpparse.messages import register
from wpparse.model import WorkPlan
from wpparse.readers import read
from wpparse.readers.options import ReadOptions

register(
    {
        "no-pages": (
            "{format} 文件没有固定的页面，无法画出：只有 PDF 文件可以",
            "a {format} file has no pages of its own that could be drawn: only PDF files have",
        )
    }
)

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
    return understand(read_document(source, name=name, options=options, grammar=grammar), grammar)


def read_document(
    source: Input, *, name: str | None = None, options: ReadOptions | None = None, grammar: Grammar | None = None
) -> Document:
    """Only the first stages: paragraphs and tables in reading order; ``grammar`` as for :func:`parse`."""
    data, found_name = _load(source)
    return make_document(read(data, name or found_name, options), grammar)


def draw_page(data: bytes, page: int, password: str | None = None) -> bytes:
    """PNG of a page (1-based) with what was made of it; see :func:`wpparse.layout.drawing.draw`.

    Raises :class:`UsageError` for a page that the file does not have, and for a format that has no pages.
    """
    from wpparse.late import load
    from wpparse.layout.drawing import draw
    from wpparse.page import Pages
    from wpparse.readers.registry import find

    found = find(data)
    content = found.read(data, Source("-", found.name, ""), ReadOptions(password=password))
    if not isinstance(content, Pages) or not found.page:
        raise UsageError("no-pages", format=found.name)
    return draw(content, load_grammar(), page, lambda: load(found.page)(data, page, password))


def understand(document: Document, grammar: Grammar | None = None, *, anything: bool = False) -> WorkPlan:
    """The stages behind the document.

    Raises :class:`wpparse.errors.NoCircular` for a file that is none, unless ``anything`` is to be taken for a circular.
    """
    from wpparse.checks import check
    from wpparse.extract import extract
    from wpparse.outline import build_outline
    from wpparse.trust.circular import refuse_what_is_none
    from wpparse.trust.judge import judge

    grammar = grammar or load_grammar()
    outline = build_outline(document, grammar)
    plan = extract(document, outline, grammar)
    if not anything:
        refuse_what_is_none(document, outline, plan, grammar)
    return judge(check(plan, grammar), document, outline, grammar)


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
            with path.open("rb") as stream:  # a device has no size and no end
                data = stream.read(MAX_BYTES + 1)
        except OSError as error:
            raise UnreadableFile(detail=error.strerror or str(error)) from error
    else:
        name = Path(str(getattr(source, "name", "-"))).name
        data = source.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise TooLarge(detail=f"> {MAX_BYTES // 2**20} MB")
    return data, name
