"""Tables of numbered rows as ``pdftotext -layout`` and its like print them, told by the gutters between their columns.

Such programs count a character as one column, however wide it is, and keep what stands below one another in the same columns.
A gutter is where next to no line has writing. A row begins with its number, which stands in its first line; a line without
one goes on with the cells above it, or begins a row of which the number and other cells are merged with those above.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from wpparse.enumerators import BAND
from wpparse.layout.grids.align import Row
from wpparse.layout.grids.sequence import NUMBER_HEADER
from wpparse.layout.grids.text_tables import Found, finish
from wpparse.text import clean

_PIECE = re.compile(r"\S+(?: \S+)*")
_SENTENCE = re.compile(r"[。；！？]")
_LONGEST_HEADER = 16
_LEAST_COLUMNS = 3
_MOST_COLUMNS = 12
_LEAST_ROWS = 3
_TRIES = 30
"""Lines that look like a header, after which no more are tried."""
_PATIENCE = 6
"""Lines below a header in which the first number must come."""
_MOST_LINES = 1500
_GAP = 3
"""Blank lines within a table, at most."""
_FARTHEST = 24
"""How far the columns of a page may stand to the left of those of another."""
_CROSSED = 0.04
"""Part of the lines that may have writing in a gutter."""


def find_gutter_tables(lines: Sequence[str], taken: Sequence[Found]) -> list[Found]:
    """The tables outside of those that were found already."""
    covered = {index for found in taken for index in range(found.start, found.end)}
    out: list[Found] = []
    index = tried = 0
    while index < len(lines) and tried < _TRIES:
        found = None
        if index not in covered and "  " in lines[index] and _names(lines[index]):
            tried += 1
            found = _table(lines, index, covered)
        if found is not None:
            out.append(found)
        index = index + 1 if found is None else found.end
    return out


def _names(line: str) -> list[str]:
    """The names of the columns in the line of a header that begins with that of the numbers; empty where it is none."""
    names = [clean(match.group()) for match in _PIECE.finditer(line.replace("\f", ""))]
    if len(names) < _LEAST_COLUMNS or not (NUMBER_HEADER.fullmatch(names[0]) or names[0] in ("序", "编")):
        return []
    return names if all(len(name) <= _LONGEST_HEADER and not _SENTENCE.search(name) for name in names) else []


def _table(lines: Sequence[str], start: int, covered: set[int]) -> Found | None:
    first = next((at for at in range(start + 1, min(start + _PATIENCE, len(lines))) if _number(lines[at]) == 1), None)
    banded = next((at for at in range(start + 1, min(start + _PATIENCE, len(lines))) if _is_band(lines[at])), None)
    if first is None:
        return None
    head = min(first, banded) if banded is not None else first
    names = [line for line in lines[start:head] if line.strip()]
    pages, end = _block(lines, head, covered, names)
    longest = max(pages, key=len)
    borders = _named(_borders([line for line in longest if not _is_band(line)], names[0]), names)
    if not len(_names(names[0])) - 1 <= len(borders) < _MOST_COLUMNS:
        return None
    block = [line for page in pages for line in (page if page is longest else _moved(page, borders))]
    rows = _rows([_cut(line, borders) for line in names], block, borders)
    return Found(start, end, finish(rows, [])) if rows else None


def _number(line: str) -> int | None:
    """The number that a line begins with, set apart from what follows."""
    match = re.match(r"\f?\s*(\d{1,3})(?:\s{2,}|\s*$)", line)
    return int(match.group(1)) if match is not None else None


def _is_band(line: str) -> bool:
    return BAND.fullmatch(clean(line)) is not None and len(_PIECE.findall(line.strip("\f "))) == 1


def _block(lines: Sequence[str], start: int, covered: set[int], names: Sequence[str]) -> tuple[list[list[str]], int]:
    """The lines from the first row to the last one, page by page, without the header's repetitions, and where they end."""
    left = min(_indent(line) for line in lines[start : start + 1])
    repeated = {"".join(name.split()) for name in names}
    pages: list[list[str]] = [[]]
    last = start
    expected = 1
    gap = 0
    for at in range(start, min(len(lines), start + _MOST_LINES)):
        line = lines[at].replace("\f", "")
        if at in covered:
            break
        if lines[at].startswith("\f"):
            pages.append([])
        if not line.strip():
            gap += 1
            if gap > _GAP:
                break
            continue
        number = _number(line)
        if "".join(line.split()) in repeated:
            gap = 0
            continue
        if number is not None and number in (expected, 1):
            expected = number + 1
        elif not _is_band(line) and _indent(line) <= left + 1:
            break  # what stands at the left margin is no cell
        elif gap and number is None and len(_PIECE.findall(line)) == 1 and _indent(line) > 2 * len(line.strip()):
            break  # a line in the middle of the page
        pages[-1].append(line)
        last = at
        gap = 0
    return [page for page in pages if page], last + 1


def _indent(line: str) -> int:
    line = line.replace("\f", "")
    return len(line) - len(line.lstrip())


def _borders(block: Sequence[str], header: str) -> list[int]:
    """Where the columns behind the first one begin: behind the places that next to no line has writing in."""
    width = max(map(len, block))
    allowed = _CROSSED * len(block)
    written = [sum(at < len(line) and not line[at].isspace() for line in block) for at in range(width)]
    borders = [at for at in range(1, width) if written[at] > allowed >= written[at - 1]]
    borders = [border for border in borders if any(written[:border])]
    names = [match.span() for match in _PIECE.finditer(header)]
    # A header that stands over nothing has a column of its own: its cells are blank, or too few to be seen.
    for begin, end in names[1:]:
        if not any(begin - _LEAST_COLUMNS <= border < end for border in borders) and begin > max(borders, default=0):
            borders.append(begin)
    return sorted(borders)


def _moved(page: Sequence[str], borders: Sequence[int]) -> list[str]:
    """The lines of another page, moved so far to the side that its columns stand below those of the first."""
    starts = set(borders)

    def misfit(move: int) -> tuple[int, int]:
        spans = [(m.start() + move, m.end() + move) for line in page for m in _PIECE.finditer(line)]
        across = sum(begin < border < end for begin, end in spans for border in borders)
        return across - sum(begin in starts for begin, _ in spans), abs(move)

    least = min(map(_indent, page))
    move = min(range(-least, _FARTHEST + 1), key=misfit)
    return [" " * move + line if move > 0 else line[-move:] for line in page]


def _named(borders: Sequence[int], names: Sequence[str]) -> list[int]:
    """The borders of columns over which the header has a name; what stands behind the others is part of the column before."""
    spans = [match.span() for name in names for match in _PIECE.finditer(name)]
    edges = [*borders, max(map(len, names)) + max(borders, default=0)]
    return [
        border
        for border, edge in zip(borders, edges[1:], strict=True)
        if any(begin < edge and border < end for begin, end in spans)
    ]


def _cut(line: str, borders: Sequence[int]) -> Row:
    """The cells of a line: each piece in the column that holds most of it; one that lies across is cut at a blank."""
    cells = [""] * (len(borders) + 1)
    for match in _PIECE.finditer(line):
        begin = match.start()
        for border in borders:
            blank = line.rfind(" ", begin, border + 1)
            if begin < border < match.end() and blank > begin + 1 and border - blank <= 1:
                _put(cells, borders, begin, line[begin:blank])
                begin = blank + 1
        _put(cells, borders, begin, line[begin : match.end()])
    return cells


def _put(cells: Row, borders: Sequence[int], begin: int, text: str) -> None:
    edges = [0, *borders, max(begin + len(text), borders[-1]) + 1]
    shares = [min(edges[at + 1], begin + len(text)) - max(edges[at], begin) for at in range(len(cells))]
    column = shares.index(max(shares))
    cells[column] = clean(f"{cells[column]} {text}".strip())


def _rows(names: Sequence[Row], block: Sequence[str], borders: Sequence[int]) -> list[Row]:
    """Lines put together as rows below their header; empty where they make none."""
    width = len(borders) + 1
    rows: list[Row] = []
    numbered = 0
    cut = [(line, _cut(line, borders)) for line in block]
    main = max(range(1, width), key=lambda column: sum(len(cells[column]) for _, cells in cut))
    for line, cells in cut:
        if _is_band(line):
            rows.append([clean(line), *[""] * (width - 1)])
            continue
        numbered += cells[0].isdecimal()
        banded = bool(rows) and not any(rows[-1][1:])
        if not rows or banded or cells[0] or _begins(rows[-1], cells, main):
            rows.append(cells)
        else:
            rows[-1] = [clean(above + below) for above, below in zip(rows[-1], cells, strict=True)]
    if numbered < _LEAST_ROWS:
        return []
    if all(names[0]) or len(names[0][0]) == 1:  # no name spans columns: those below go on with the ones above
        return [["".join(parts) for parts in zip(*names, strict=True)], *rows]
    return [*(list(row) for row in names), *rows]


def _begins(above: Row, cells: Row, main: int) -> bool:
    """True where a line without a number begins a row: what is to be done ended above it, and begins anew."""
    return bool(cells[main]) and above[main].endswith(("。", "；"))
