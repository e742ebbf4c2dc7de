"""Tables dumped one cell a line with a mark between the cells: a bar behind each, or a line with nothing but a tab.

The mark says where a cell ends, so that a cell may hold several lines and a blank one is not lost. Where the rows end is
told by blank lines, where there are any for it, else by the numbers of the rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wpparse.enumerators import BAND
from wpparse.layout.grids.sentences import sentence_rows
from wpparse.layout.grids.sequence import find_rows
from wpparse.layout.grids.text_tables import Found, Grid, finish, is_name, rows_of_cells
from wpparse.text import clean_lines

_BARS = str.maketrans("│┃｜", "|||")
_ENDS = tuple("|│┃｜")
_LEAST = 6
"""Marks that a table has at least."""
_SURELY = 20
"""Cells of what is a table, whatever its rows."""
_SHORT = 40
_LEAST_ROWS = 3
_LONGEST_CELL = 40
"""Lines from one mark to the next."""
_ROW_GAP = 3
"""Blank lines that part rows; fewer of them part the paragraphs of a cell."""


@dataclass(slots=True)
class _Cell:
    """One cell; ``fresh`` where a row begins with it."""

    text: str
    fresh: bool = False


def find_delimited(lines: Sequence[str], taken: Sequence[Found]) -> list[Found]:
    """The tables of both kinds outside of those that were found already."""
    covered = {index for found in taken for index in range(found.start, found.end)}
    out: list[Found] = []
    for is_mark, cells_of in ((_is_tab, _between_tabs), (_is_barred, _before_bars)):
        marks = [index for index, line in enumerate(lines) if index not in covered and is_mark(line)]
        for first, last in _runs(marks):
            start, end, cells = cells_of(lines, first, last)
            if is_mark is _is_tab and any(line[:1] == "\t" and line.strip() for line in lines[start:end]):
                continue  # a tab before each cell, blank ones among them
            texts = [cell.text for cell in cells]
            grid = rows_of_cells(_rows(cells))
            if grid is None and (found := find_rows(texts, is_name, blanks=True)):
                grid = finish(found, [])
            grid = grid or rows_of_cells(_numbered(texts)) or rows_of_cells(sentence_rows(texts))
            if grid is None and len(texts) >= _SURELY and sum(map(len, texts)) < _SHORT * len(texts):
                grid = Grid([[text] for text in texts if text])  # a table of which nobody knows the rows
            if grid is not None and covered.isdisjoint(range(start, end)):
                covered.update(range(start, end))
                out.append(Found(start, end, grid))
    return sorted(out, key=lambda found: found.start)


def _is_tab(line: str) -> bool:
    return line.isspace() and "\t" in line


def _is_barred(line: str) -> bool:
    line = line.rstrip()
    return line.endswith(_ENDS) and line.translate(_BARS).count("|") == 1


def _runs(marks: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of marks that follow one another closely."""
    first = 0
    for place, mark in enumerate(marks):
        if place + 1 == len(marks) or marks[place + 1] - mark > _LONGEST_CELL:
            if place + 1 - first >= _LEAST:
                yield marks[first], mark
            first = place + 1


def _between_tabs(lines: Sequence[str], first: int, last: int) -> tuple[int, int, list[_Cell]]:
    """The cells around the lines from ``first`` to ``last`` that hold a tab; wide gaps between them end a row."""
    start = first
    while start and not lines[start - 1].strip():
        start -= 1
    start -= start > 0
    end = last + 1
    while end < len(lines) and not lines[end].strip():
        end += 1
    while end < len(lines) and lines[end].strip():
        end += 1
    cells = [_Cell("", fresh=True)]
    gap = 0
    for line in lines[start:end]:
        if _is_tab(line):
            cells.append(_Cell(""))
        elif line.strip():
            if gap >= _ROW_GAP and len(cells) > 1:
                cells.append(_Cell("", fresh=True))
            cells[-1].text += "\n" + line
        gap = 0 if line.strip() or _is_tab(line) else gap + 1
    return start, end, [_Cell(clean_lines(cell.text), cell.fresh) for cell in cells]


def _before_bars(lines: Sequence[str], first: int, last: int) -> tuple[int, int, list[_Cell]]:
    """The cells that end with a bar; the last one of a row may end with a blank line instead."""
    cells: list[_Cell] = []
    held = ""
    fresh = True
    while first and lines[first].strip() in _ENDS and lines[first - 1].strip() and not _is_barred(lines[first - 1]):
        first -= 1  # the lines of the first cell, whose bar stands below it
    end = last + 1
    if end < len(lines) and lines[end].strip():
        end += 1  # the last cell of the last row, where rows end without a bar
    unbarred = sum(
        bool(above.strip()) and not _is_barred(above) and not below.strip()
        for above, below in zip(lines[first:last], lines[first + 1 : end], strict=False)
    )
    end = end if unbarred else last + 1
    for line in (*lines[first:end], ""):
        if line.strip():
            held += "\n" + line.translate(_BARS).rstrip().removesuffix("|")
        if _is_barred(line) or (held and not line.strip()):
            cells.append(_Cell(clean_lines(held), fresh))
            held = ""
            fresh = False
        if not line.strip():
            fresh = unbarred > 1
    return first, end, cells


def _rows(cells: Sequence[_Cell]) -> list[list[str]]:
    rows: list[list[str]] = []
    for cell in cells:
        if cell.fresh or not rows:
            rows.append([])
        rows[-1].append(cell.text)
    return rows


def _numbered(texts: Sequence[str]) -> list[list[str]]:
    """Rows that begin with the numbers 1, 2, 3 …, the header above them and the bands between them rows of their own."""
    rows: list[list[str]] = [[]]
    number = 1
    skipped = 0
    for at, text in enumerate(texts):
        below = texts[at + 1] if at + 1 < len(texts) else ""
        if number > 1 and len(rows[0]) > 1 and list(texts[at : at + len(rows[0])]) == rows[0]:
            skipped = at + len(rows[0])  # the header of a new page
        if at < skipped:
            continue
        if text == str(number):
            number += 1
            rows.append([text])
        elif below == str(number) and BAND.fullmatch(text):
            rows.append([text])
        else:
            rows[-1].append(text)
    return rows if number > _LEAST_ROWS else []
