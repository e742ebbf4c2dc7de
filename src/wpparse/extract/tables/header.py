"""Which rows of a table are its header, and what its cells say about their columns."""

from __future__ import annotations

import re

from wpparse.brackets import CLOSING, OPENING, ROUND, body
from wpparse.enumerators import ORDINAL
from wpparse.extract.parties.units import read_region
from wpparse.extract.tables.grid import GridView, one_line
from wpparse.extract.tables.marks import is_mark
from wpparse.grammar import Grammar, Hit
from wpparse.numerals import parse_number

LONGEST_HEADER = 24
"""Characters, without what stands in brackets at the end."""
_MOST_ABOVE = 6
"""Rows above the header, with the title and what is said of the whole table."""
_LONGEST_LABEL = 40
_LONGEST_ROLE = 4
_ROLES = frozenset({"responsible", "lead", "support"})
_TAIL = re.compile(rf"{OPENING}[^{body(ROUND)}]*{CLOSING}\Z")


def header_hit(text: str, grammar: Grammar) -> Hit | None:
    """The rule that knows a header text; None where none does."""
    text = "".join(one_line(text).split())
    if not text or (len(text) > LONGEST_HEADER and len(_TAIL.sub("", text)) > LONGEST_HEADER):
        return None
    return grammar.rules("column").fullmatch(text)


def is_ordinal(text: str) -> bool:
    """True for the content of a number column: ``1``, ``（二）``, ``三、``, ``1.2``."""
    match = ORDINAL.fullmatch(text)
    return match is not None and all(
        parse_number(part) is not None for part in re.split(r"[.．-]", match.group("numbers") or text)
    )


def is_units(text: str, grammar: Grammar) -> bool:
    """True where most of what a cell lists is known to name bodies."""
    if "。" in text or len(text) < 2:
        return False
    reading = read_region(text, 0, len(text), grammar, "responsible", "column")
    named = sum(mention.end - mention.start for mention in reading.mentions)
    return reading.known * 2 > len(reading.mentions) and named * 2 >= len(text)


def is_header(view: GridView, row: int, grammar: Grammar) -> bool:
    """True where at least two cells of a row, and most of them, are known as headers."""
    cells = list(view.cells(row))
    if len(cells) < 2 or any(len(cell.text) > LONGEST_HEADER * 2 for cell in cells):
        return False
    known = sum(header_hit(cell.text, grammar) is not None for cell in cells)
    if known < 2 or known * 2 >= len(cells):
        return known >= 2
    if known > 2 and not any(is_ordinal(one_line(cell.text)) or len(cell.text) > LONGEST_HEADER // 2 for cell in cells):
        return True
    return holds_marks(view, row, grammar) and all(
        header_hit(cell.text, grammar) is not None or is_units(one_line(cell.text), grammar) for cell in cells
    )


def find_header(view: GridView, grammar: Grammar) -> int | None:
    """The first row of the header, below the title and such lines as 填报单位：…; None where there is none."""
    for row in range(min(view.rows - 1, _MOST_ABOVE)):
        if is_header(view, row, grammar):
            return row
        if view.lone_cell(row) is None and not _is_above(view, row, grammar):
            return None
    return None


def _is_above(view: GridView, row: int, grammar: Grammar) -> bool:
    """True for a row of few short texts of which one says who filled the table in, or in what it counts."""
    texts = [one_line(cell.text) for cell in view.own_cells(row)]
    if len(texts) > view.columns // 2 or any(len(text) > _LONGEST_LABEL or is_ordinal(text) for text in texts):
        return False
    return not texts or any("：" in text or ":" in text for text in texts)


def is_marked(text: str, grammar: Grammar) -> bool:
    """True for a cell of a matrix: a mark, or the word for a role in its place."""
    return is_mark(text) or (
        len(text) <= _LONGEST_ROLE and (hit := header_hit(text, grammar)) is not None and hit.rule.kind in _ROLES
    )


def holds_marks(view: GridView, row: int, grammar: Grammar) -> bool:
    """True where the rows below hold marks in several columns."""
    texts = [cell.text for below in range(row + 1, view.rows) for cell in view.own_cells(below)]
    return sum(is_marked(text, grammar) for text in texts) >= max(2, len(texts) // 4)


def is_sub_header(view: GridView, row: int, first: int, grammar: Grammar) -> bool:
    """True for a second header row: short texts that stand below a header that spans several columns."""
    own = [cell for cell in view.own_cells(row) if view.text(first, cell.column) != one_line(cell.text)]
    if not own:
        return any(cell.row < row for cell in view.cells(row))
    for cell in own:
        if len(one_line(cell.text)) > LONGEST_HEADER // 2 or "。" in cell.text:
            return False
    above = {id(cell): cell for cell in view.cells(first)}
    spanning = any(cell.colspan > 1 for cell in above.values())
    covering = any(cell.rowspan > 1 for cell in above.values())
    known = sum(header_hit(cell.text, grammar) is not None for cell in own)
    if known == len(own) and not is_ordinal(one_line(own[0].text)):
        return True
    if any(is_ordinal(one_line(cell.text)) for cell in own):
        return False
    named = [cell for cell in own if is_units(one_line(cell.text), grammar)]
    return (spanning and covering) or (len(own) > 1 and len(named) == len(own) and holds_marks(view, row, grammar))
