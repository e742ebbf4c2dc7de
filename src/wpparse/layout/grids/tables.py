"""The tables in the lines of a text: all evidence, read and chosen among."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wpparse.layout.grids.choose import LEAST_SCORE, Told, choose, tell
from wpparse.layout.grids.evidence import Supposition, in_lines, in_sequence, whole_lines
from wpparse.layout.grids.found import Found
from wpparse.layout.grids.marks import find_marked
from wpparse.layout.grids.parted import find_parted
from wpparse.layout.grids.reading import Unit
from wpparse.layout.grids.records import find_records
from wpparse.layout.grids.words import Words

_SURELY, _SHORT = 20, 40
"""Cells between marks, and their mean length in characters, of what is a table although its rows cannot be told."""
_LEAST_GROUPS, _MOST_COLUMNS = 3, 12
"""Rows that blank lines part, at least, and their columns, at most: pages of a table are fewer, and longer."""
_EXACT = 1000.0
"""What marks and gaps say outright is surer than any reading."""
_TRIES = 30
"""Lines that look like a header and head no table, after which no more are tried, so that time stays linear."""


def find_tables(lines: Sequence[str], ready: Sequence[Found], words: Words) -> tuple[list[Found], list[Told]]:
    """All tables in order, and the readings that were let go.

    ``ready`` are tables that need no reading.
    """
    known = list(ready)
    covered = {index for found in known for index in range(found.start, found.end)}
    told: list[Told] = []
    for marked in find_marked(lines, covered):
        exact = _in_groups(marked.units, words)
        if exact is not None:
            told.append(exact)
            continue
        found = _told(in_sequence("marks", marked.units, words, blanks=True), words)
        texts = tuple((unit.text,) for unit in marked.units if unit.text)
        if max((each.score for each in found), default=0.0) < LEAST_SCORE and _is_table(marked.units):
            found = [Told(marked.start, marked.end, texts, LEAST_SCORE)]  # a table of which nobody knows the rows
        told += found
    first, _ = choose(told)
    known += [Found(each.start, each.end, each, each.doubtful) for each in first]
    known += find_parted(lines, known, words)
    covered = {index for found in known for index in range(found.start, found.end)}
    units = whole_lines(lines, covered)
    told = _told(in_sequence("one a line", units, words, blanks=False), words)
    told += _below_lines(lines, units, words)
    told += find_records(lines, covered)
    chosen, let_go = choose(told)
    known += [Found(each.start, each.end, each, each.doubtful) for each in chosen]
    return sorted(known, key=lambda found: found.start), let_go


def _in_groups(units: Sequence[Unit], words: Words) -> Told | None:
    """The table of cells between which blank lines part the rows, all of the same number of cells; None where they do not."""
    groups: list[list[Unit]] = []
    for unit in units:
        if unit.gap or not groups:
            groups.append([])
        groups[-1].append(unit)
    width = len(groups[0])
    taken = 0
    while taken < len(groups) and len(groups[taken]) == width and not (taken and _closes(groups[taken], words)):
        taken += 1
    if not 2 <= width <= _MOST_COLUMNS or taken < _LEAST_GROUPS or taken < len(groups) - 1:
        return None
    if groups[taken:] and 1 < len(groups[-1]) < width and not _closes(groups[-1], words):
        groups[-1] += [Unit("", groups[-1][-1].line, False)] * (width - len(groups[-1]))
        taken += 1
    rows = tuple(tuple(unit.text for unit in group) for group in groups[:taken])
    return Told(units[0].line, groups[taken - 1][-1].end, rows, _EXACT)


def _closes(units: Sequence[Unit], words: Words) -> bool:
    return words.closing(units[0].text, units[1].text if len(units) > 1 else "") > 0


def _is_table(units: Sequence[Unit]) -> bool:
    """True for so many short cells that they are a table, whatever its rows."""
    return len(units) >= _SURELY and sum(len(unit.text) for unit in units) < _SHORT * len(units)


def _told(supposed: Iterable[Supposition], words: Words) -> list[Told]:
    return [told for each in supposed if (told := tell(each, words)) is not None]


def _below_lines(lines: Sequence[str], units: Sequence[Unit], words: Words) -> list[Told]:
    """The readings below lines that look like headers; what a sure reading covers is not tried again."""
    out: list[Told] = []
    covered = failed = 0
    for place, unit in enumerate(units):
        if unit.line < covered or failed >= _TRIES:
            continue
        supposed = list(in_lines(lines, units, place, words))
        told = _told(supposed, words)
        out += told
        best = max(told, key=lambda each: each.score, default=None)
        if best is not None and best.score >= LEAST_SCORE:
            covered = best.end
        else:
            failed += bool(supposed)
    return out
