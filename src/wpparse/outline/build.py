"""The way from a Document to its Outline."""

from __future__ import annotations

from wpparse.blocks import Document
from wpparse.grammar import Grammar
from wpparse.model import Header
from wpparse.outline.tree import Outline


def build_outline(document: Document, grammar: Grammar) -> Outline:
    """Take a document apart."""
    return Outline(Header(), (), (), (), (), (), dict.fromkeys(range(len(document.blocks)), "unplaced"))
