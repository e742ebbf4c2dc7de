"""Marks on a page → Document: the only room where places become paragraphs and tables, whatever the format."""

from __future__ import annotations

from wpparse.blocks import Document
from wpparse.grammar import Grammar, load_grammar
from wpparse.page import Content, Pages, Text


def make_document(content: Content, grammar: Grammar | None = None) -> Document:
    """The paragraphs and tables of what a reader gave; a document passes through.

    ``grammar`` is the one that comes with wpparse unless given: it knows what columns are called, what closes a table.
    Raises :class:`wpparse.errors.EmptyFile` where nothing stands on the pages, :class:`wpparse.errors.ScannedPdf` where
    they are pictures that were not read, and what a reader raises while its pages are taken.
    """
    if isinstance(content, Pages):
        from wpparse.layout.book import bind

        return bind(content, grammar or load_grammar())
    if isinstance(content, Text):
        from wpparse.layout.text import read_lines

        return read_lines(content, grammar or load_grammar())
    return content
