"""What stands outside of a circular's text: the particulars above it on a web page (索引号, 文号, 名称 …), a table's title row."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from wpparse.blocks import Document, Table
from wpparse.grammar import Grammar
from wpparse.grammar.match import Hit
from wpparse.model import Location

_TOP = 4
"""The table stands among so many first blocks."""
_LONGEST_KEY = 8


def read_particulars(document: Document, grammar: Grammar) -> Iterator[tuple[str, str, Location]]:
    """Header keys with their values, from cells that stand behind the cell that names them, and from a table's title row."""
    rules = grammar.rules("header").of_kind("particular", "document_number")
    titles = grammar.rules("header").of_kind("title")
    for block, table in enumerate(document.blocks[:_TOP]):
        if not isinstance(table, Table):
            continue
        first = [cell for cell in table.cells if cell.row == 0 and cell.text]
        if len(first) == 1 and table.columns > 1 and titles.match("".join(first[0].text.split("\n"))) is not None:
            cell = first[0]
            place = Location(block=block, row=0, column=cell.column, start=0, end=len(cell.text))
            yield "title", "".join(cell.text.split("\n")), place
        for key, value in pairwise(table.cells):
            name = "".join(key.text.split()).rstrip("：:")
            if key.row != value.row or not 1 < len(name) <= _LONGEST_KEY:
                continue
            text = "".join(value.text.split("\n"))
            hit = rules.match(f"{name}：{text}")
            if hit is not None:
                key_name = _key(hit)
                if key_name in ("title", "document_number"):
                    place = Location(block=block, row=value.row, column=value.column, start=0, end=len(value.text))
                    yield key_name, hit.text, place


def stated(document: Document, grammar: Grammar) -> Iterator[tuple[str, Hit]]:
    """Header keys with what the file itself says of them outside of the text (:class:`wpparse.blocks.Particular`);
    ``publisher`` is who put it up."""
    rules = grammar.rules("header").of_kind("particular", "document_number")
    for particular in document.particulars:
        hit = rules.match(f"{particular.name}：{particular.value}")
        if hit is not None:
            yield _key(hit), hit


def _key(hit: Hit) -> str:
    """The header key that a rule reads."""
    return "document_number" if hit.rule.kind == "document_number" else str(hit.rule.fields.get("key", "title"))
