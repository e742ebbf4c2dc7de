"""What the cells of a column hold: persons, times, how much text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from wpparse.extract.deadlines.find import find_deadlines
from wpparse.extract.mentions import DateBase
from wpparse.extract.parties.names import names
from wpparse.extract.tables.grid import GridView, one_line
from wpparse.grammar import Grammar

_SAMPLE = 40


def content_of(view: GridView, column: int, first_row: int) -> list[str]:
    """Texts of the cells that begin in a column, at most :data:`_SAMPLE` of them."""
    return [one_line(cell.text) for cell in view.column_cells(column, first_row, _SAMPLE)]


def mean_length(texts: Sequence[str]) -> float:
    """Characters of a cell on average; 0 where there is none."""
    return sum(map(len, texts)) / len(texts) if texts else 0.0


def share_of(texts: Sequence[str], test: Callable[[str], bool]) -> float:
    """How many of the cells pass a test, 0 to 1; of a long column some cells, evenly spread, tell enough."""
    sample = texts[:: len(texts) // _SAMPLE + 1]
    return sum(test(text) for text in sample) / len(sample) if sample else 0.0


def are_persons(content: Sequence[str], grammar: Grammar) -> bool:
    """True where nearly every cell lists persons by name."""
    known = names(grammar)
    lists = [[part for part in re.split(r"[、，,\s]+", text) if part] for text in content]
    return len(content) > 1 and sum(all(map(known.is_person, parts)) for parts in lists) >= 0.9 * len(content)


def is_dates(text: str, grammar: Grammar, base: DateBase) -> bool:
    """True for a short text most of which says when."""
    if len(text) > 40:
        return False
    found = find_deadlines(text, grammar, base, "column")
    return sum(mention.end - mention.start for mention in found) * 2 >= len(text)
