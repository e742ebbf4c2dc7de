"""Tables whose columns are kept apart by runs of blanks, as programs print the pages of a PDF, or by single ones.

A cell may run over several lines: a line whose pieces all stand below columns that are known, and that has nothing in the
first one, goes on with the row above.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from wpparse.enumerators import BAND, is_ordinal
from wpparse.layout.grids.align import Row
from wpparse.layout.grids.sequence import MARK
from wpparse.layout.grids.text_tables import Found, Grid, rows_of_cells
from wpparse.layout.text_lines import width_of
from wpparse.text import clean

_GAP = re.compile(r"[ \u00a0]{2,}|\u3000{2,}|[ \u00a0\u3000]{3,}")
_SENTENCE = re.compile(r"[。；！？]")
_LEAST_COLUMNS = 3
_LEAST_ROWS = 3
_MOST_COLUMNS = 12
_FULL = 2
"""Rows with cells in most columns that a table has at least."""
_PATIENCE = 40
"""Lines in which they must have come."""
_MOST_LINES = 1000
_TRIES = 300
"""Lines that look like a header and head no table, after which no more are tried."""
_SAMPLE = 12
"""Rows that show which column has the longest texts."""
_LONGEST_HEADER = 12
_NUMBERED = re.compile(r"\s*(?:序\s?号|编\s?号|项次)\s+\S")
"""A header that begins with the name of the number column."""
_EXACT = 0.7
"""Part of the rows that have just as many pieces as the header, where single blanks part them."""


def find_spaced(lines: Sequence[str], taken: Sequence[Found]) -> list[Found]:
    """The tables outside of those that were found already."""
    covered = {index for found in taken for index in range(found.start, found.end)}
    out: list[Found] = []
    index = failed = 0
    while index < len(lines) and failed < _TRIES:
        found = None
        if index not in covered and _NUMBERED.match(lines[index]):
            found = _single(lines, index, covered) or _single_with_missing(lines, index, covered)
        if found is not None:
            out.append(found)
            index = found.end
            continue
        header = _pieces(lines[index]) if index not in covered and "  " in lines[index].replace("\u3000", "  ") else []
        found = None
        if len(header) >= _LEAST_COLUMNS and all(_is_header(text) for _, _, text in header):
            found = _table(lines, index, header, covered)
            failed += found is None
        if found is None:
            index += 1
        else:
            out.append(found)
            index = found.end
    return out


def _single(lines: Sequence[str], start: int, covered: set[int]) -> Found | None:
    """A table of numbered rows whose cells are parted by single blanks; None where most rows do not fit the header."""
    header = [clean(text) for text in lines[start].split()]
    width = len(header)
    if width < _LEAST_COLUMNS + 1 or not all(_is_header(text) for text in header):
        return None
    rows: list[Row] = [header]
    exact = numbered = 0
    end = start + 1
    while end < len(lines) and end not in covered:
        pieces = [clean(text) for text in lines[end].split()]
        if len(pieces) == 1 and BAND.fullmatch(pieces[0]):
            rows.append([*pieces, *[""] * (width - 1)])
        elif len(pieces) >= _LEAST_COLUMNS and is_ordinal(pieces[0]):
            numbered += 1
            exact += len(pieces) == width
            # A blank more stands in the text of what is to be done.
            more = max(0, len(pieces) - width)
            row = [pieces[0], "".join(pieces[1 : 2 + more]), *pieces[2 + more :]]
            rows.append([*row, *[""] * (width - len(row))])
        elif pieces:
            break
        end += 1
    while not lines[end - 1].strip():
        end -= 1
    if numbered < _LEAST_ROWS or exact < _EXACT * numbered:
        return None
    return Found(start, end, Grid(rows))


def _single_with_missing(lines: Sequence[str], start: int, covered: set[int]) -> Found | None:
    """The same where rows lack the cells that are blank, or merged with those above; rows with all cells show which."""
    header = [clean(text) for text in lines[start].split()]
    if len(header) < _LEAST_COLUMNS or "  " in lines[start].strip() or not all(map(_is_header, header)):
        return None
    rows: list[Row] = [header]
    numbered = last = 0
    for end in range(start + 1, min(len(lines), start + _MOST_LINES)):
        if "  " in lines[end].strip():
            break  # what runs of blanks part is read by them
        pieces = [clean(text) for text in lines[end].split()]
        merged = len(pieces) == 1 and pieces[0].endswith("。") and bool(lines[end - 1].strip())
        if end in covered or (len(pieces) == 1 and not BAND.fullmatch(pieces[0]) and not merged):
            break
        if not pieces and end - last > _LEAST_ROWS and numbered:
            break
        if pieces and pieces != header:
            rows.append(pieces)
            numbered += pieces[0] == str(numbered + 1)
            last = end
    widest = max(map(len, rows[1:]), default=0)
    marked = sum(any(map(MARK.fullmatch, row)) for row in rows)
    whole = sum(len(row) == widest for row in rows[1:])
    if numbered < _LEAST_ROWS or marked > 1 or widest <= _LEAST_COLUMNS or whole < _FULL:
        return None
    grid = rows_of_cells(rows)
    return Found(start, last + 1, grid) if grid is not None else None


def _pieces(line: str) -> list[tuple[int, int, str]]:
    """Where the pieces of a line stand, in columns of the screen, and what they say."""
    found: list[tuple[int, int, str]] = []
    position = 0
    edges = [*((match.start(), match.end()) for match in _GAP.finditer(line)), (len(line), len(line))]
    for start, end in edges:
        text = line[position:start]
        if text.strip():
            left = width_of(line[:position]) + len(text) - len(text.lstrip())
            found.append((left, left + width_of(text.strip()), clean(text)))
        position = end
    return found


def _is_header(text: str) -> bool:
    return len(text) <= _LONGEST_HEADER and _SENTENCE.search(text) is None


def _table(lines: Sequence[str], start: int, header: Sequence[tuple[int, int, str]], covered: set[int]) -> Found | None:
    spans = [[left, right] for left, right, _ in header]
    rows: list[Row] = [[text for _, _, text in header]]
    end = start + 1
    gap = 0
    full = 0
    while end < len(lines) and end not in covered and gap < 3:
        line = lines[end]
        if not line.strip():
            gap += 1
            end += 1
            continue
        placed = _place(_pieces(line), spans, rows)
        if placed is None or (full < _FULL and end - start > _PATIENCE):
            break
        if [text for text in placed if text] != rows[0]:
            full += sum(map(bool, placed)) >= _LEAST_COLUMNS
            _add(rows, placed, fresh=gap > 0)
        gap = 0
        end += 1
    while end > start and not lines[end - 1].strip():
        end -= 1
    if len(rows) <= _LEAST_ROWS or full < _FULL:
        return None
    return Found(start, end, Grid(rows))


def _place(pieces: Sequence[tuple[int, int, str]], spans: list[list[int]], rows: list[Row]) -> Row | None:
    """The pieces under their columns, which they widen; None where a piece lies across two.

    A piece that stands under no header, or beside another under the same, shows that the header spans one column more.
    """
    row = [""] * len(spans)
    for left, right, text in pieces:
        under = [column for column, (a, b) in enumerate(spans) if left < b and a < right]
        if len(under) > 1:
            return None
        if not under or row[under[0]]:
            column = under[0] + 1 if under else sum(span[1] <= left for span in spans)
            if len(spans) == _MOST_COLUMNS or (len(rows) > 1 and not under and len(pieces) < _LEAST_COLUMNS):
                return None
            if under:
                spans[under[0]][1] = left - 1
            spans.insert(column, [left, right])
            for known in (*rows, row):
                known.insert(column, "")
        else:
            column = under[0]
            spans[column] = [min(spans[column][0], left), max(spans[column][1], right)]
        row[column] = text
    return row


def _add(rows: list[Row], placed: Row, fresh: bool) -> None:
    """A new row, or the next lines of the cells of the last one."""
    sample = (*rows[1:_SAMPLE], placed)
    longest = max(range(len(placed)), key=lambda column: sum(len(row[column]) for row in sample))
    goes_on = len(rows) > 1 and not placed[0] and not (fresh and rows[-1][longest].endswith(("。", "；")))
    if goes_on and (not placed[longest] or not rows[-1][longest].endswith("。") or not any(placed[longest + 1 :])):
        for column, text in enumerate(placed):
            above = rows[-1][column]
            rows[-1][column] = above + ("\n" if above and text and column != longest else "") + text
    else:
        rows.append(placed)
