"""Tables without numbers that were dumped one cell a paragraph, told by the sentence that each row holds.

Each row has one cell that says what is to be done and ends with a full stop. Behind it stand as many cells in every row;
before it some may be missing, merged with those of the row above. The header has a name for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from wpparse.enumerators import is_ordinal
from wpparse.layout.grids.align import Row
from wpparse.layout.grids.sequence import mixture, pitch
from wpparse.layout.grids.solver import solve
from wpparse.layout.grids.text_tables import Found, Grid, is_header
from wpparse.text import clean_lines

_LEAST_ROWS = 4
_LEAST_COLUMNS = 3
_SHORTEST = 10
_LONGEST = 60
"""Characters of the cells beside the sentence."""
_MOST_COLUMNS = 8
_MARKS = ("。", "：", ":", "！")


def find_sentence_tables(lines: Sequence[str], taken: Sequence[Found]) -> list[Found]:
    """The tables outside of those that were found already."""
    covered = {index for found in taken for index in range(found.start, found.end)}
    cells = [index for index, line in enumerate(lines) if line.strip() and index not in covered]
    out: list[Found] = []
    place = 0
    sentences = [at for at, index in enumerate(cells) if _is_sentence(lines[index].strip())]
    while place < len(sentences):
        end = place + 1
        while end < len(sentences) and 1 < sentences[end] - sentences[end - 1] < _MOST_COLUMNS:
            end += 1
        if end - place >= _LEAST_ROWS:
            first = max(0, sentences[place] - 2 * _MOST_COLUMNS)
            texts = [clean_lines(lines[index]) for index in cells[first : sentences[end - 1] + _MOST_COLUMNS]]
            places = [at - first for at in sentences[place:end]]
            ways = [way for way in (_rows(texts, places), _with_missing(texts, places)) if way is not None]
            found = min(ways, key=lambda way: mixture(way[2][1:]), default=None)
            if found is not None:
                start, stop, rows = found
                out.append(Found(cells[first + start], cells[first + stop - 1] + 1, Grid(rows)))
        place = end
    return out


def _with_missing(texts: Sequence[str], sentences: Sequence[int]) -> tuple[int, int, list[Row]] | None:
    """The same where cells behind the sentences are missing too; the first row is whole, the header right above it."""
    least = max(_LEAST_COLUMNS, pitch(texts))
    best: tuple[float, int, int, list[Row]] | None = None
    shapes = [(columns, before) for columns in range(least, least + 3) for before in range(columns - 1)]
    for width, before in shapes:
        start = sentences[0] - before - width
        header = list(texts[max(start, 0) : start + width])
        if start < 0 or width > _MOST_COLUMNS or not is_header(header) or len(set(header)) < width:
            continue
        stop = sentences[-1] + width - before
        data = list(texts[start + width : stop])
        if not _plain(text for at, text in enumerate(data, start + width) if at not in sentences):
            continue
        solution = solve(data, width, (), blanks=False)
        if solution is None or any(not row[before].endswith("。") for row in solution.rows):
            continue
        cost = solution.cost + mixture(solution.rows)
        if best is None or cost < best[0]:
            best = cost, start, stop, [header, *solution.rows]
    return best[1:] if best is not None else None


def _plain(beside: Iterable[str]) -> bool:
    """True where the texts beside the sentences may be cells."""
    return all(len(text) < _LONGEST and not any(mark in text for mark in _MARKS) for text in beside)


def sentence_rows(texts: Sequence[str]) -> list[Row]:
    """The rows of a sequence of cells that is one table; empty where they are not found."""
    found = _rows(texts, [at for at, text in enumerate(texts) if _is_sentence(text)])
    return found[2] if found is not None else []


def _is_sentence(text: str) -> bool:
    return len(text) >= _SHORTEST and text.endswith("。")


def _rows(texts: Sequence[str], sentences: Sequence[int]) -> tuple[int, int, list[Row]] | None:
    """Where the table of these sentences begins and ends, and its rows with their header; None where there is none."""
    if len(sentences) < _LEAST_ROWS:
        return None
    between = [b - a - 1 for a, b in pairwise(sentences)]
    behind = min(between)
    before = max(between) - behind
    width = before + 1 + behind
    start = sentences[0] - before - width
    stop = sentences[-1] + behind + 1
    if behind < 1 or not 3 <= width <= _MOST_COLUMNS or start < 0 or stop > len(texts):
        return None
    header = list(texts[start : start + width])
    beside = [text for at, text in enumerate(texts[start + width : stop], start + width) if at not in sentences]
    if not _plain(beside) or not is_header(header) or len(set(header)) < width or any(map(is_ordinal, beside)):
        return None
    rows = [header]
    edge = start + width
    for at in sentences:
        own = [*texts[edge : at + 1], *texts[at + 1 : at + 1 + behind]]
        rows.append([*[""] * (width - len(own)), *own])
        edge = at + 1 + behind
    return start, stop, rows
