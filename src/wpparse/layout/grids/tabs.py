"""Rows parted by tabs, a row a line or several, rebuilt as grids."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from wpparse.enumerators import is_ordinal
from wpparse.layout.grids.found import Grid, bands_first, finish
from wpparse.layout.grids.profile import Row
from wpparse.layout.grids.ragged import settle
from wpparse.layout.grids.words import Words
from wpparse.text import clean, clean_lines

_HAN = "\u3400-\u9fff"
_INNER_BLANK = re.compile(rf"(?<=[{_HAN}”）])[ \u3000]+(?=[{_HAN}“（])")
_INDENTED = 0.8
"""Part of the lines with tabs that have one at their start only: paragraphs with an indent (all of them, but for a few)."""


def tabbed(lines: Sequence[str], start: int, words: Words) -> tuple[int, Grid | None]:
    """Where the lines with tabs end that begin here, and the grid that they make."""
    end = last = start
    gap = 0
    while end < len(lines):
        line = lines[end]
        if "\t" in line:
            last = end
            gap = 0
        elif line.strip():
            if gap or not _goes_on(lines, end):
                break
        else:
            gap += 1
            if gap > 3:
                break
        end += 1
    end = last + 1
    while end < len(lines) and lines[end].strip() and _is_trailing(lines, start, last, end):
        end += 1
    block = [line.rstrip("\r\n") for line in lines[start:end]]
    single = sum(line.startswith("\t") and "\t" not in line[1:] for line in block)
    if single >= _INDENTED * sum("\t" in line for line in block):
        return end, None  # indents
    return end, _rows(block, words)


def _goes_on(lines: Sequence[str], index: int) -> bool:
    """True where a line without tabs stands between lines with tabs, no blank line in between."""
    for line in lines[index : index + 12]:
        if "\t" in line:
            return True
        if not line.strip():
            return False
    return False


def _is_trailing(lines: Sequence[str], start: int, last: int, index: int) -> bool:
    """True for a line below the last tab where lines without tabs stood between the rows above in the same way."""
    return index - last < 12 and any("\t" not in line and line.strip() for line in lines[start:last])


def _rows(block: Sequence[str], words: Words) -> Grid | None:
    raw: list[list[str]] = []
    pages: list[int] = []
    gap = False
    for line in _unquoted(block):
        if not line.strip():
            gap = bool(raw)
            continue
        if gap:
            pages.append(len(raw))
            gap = False
        raw.append(line.split("\t"))
    if sum(len(fields) > 1 for fields in raw) < 2:
        return None
    raw, pages = _join_broken(raw, pages)
    while all(not fields[0].strip() for fields in raw):
        raw = [fields[1:] for fields in raw]
    width = max(map(len, raw))
    while width > 1 and not any(fields[width - 1].strip() for fields in raw if len(fields) >= width):
        width -= 1
    if width < 2:
        return None
    rows = _split_pairs([fields[:width] for fields in raw], width)
    return finish(_shift(bands_first(settle(rows, width, words))), pages)


def _unquoted(block: Sequence[str]) -> Iterator[str]:
    """Lines with the quotes of spreadsheet programs taken off; a quoted cell may hold line ends."""
    held = ""
    for line in block:
        whole = held + "\v" + line if held else line
        if whole.count('"') % 2 and re.search(r'(?:^|\t)"[^"\t]*(?:\v|$)', whole) and len(whole) < 5000:
            held = whole
            continue
        held = ""
        yield re.sub(r'(^|\t)"([^\t]*)"(?=\t|$)', lambda m: m.group(1) + m.group(2).replace('""', '"'), whole)
    yield from held.split("\v") if held else ()


def _join_broken(raw: list[list[str]], pages: list[int]) -> tuple[list[list[str]], list[int]]:
    """Rows that a line end inside a cell cut in two, joined: together they have as many cells as the others."""
    width = max(map(len, raw))
    out: list[list[str]] = []
    starts: list[int] = []
    regular = sum(len(fields) == width for fields in raw) >= 0.6 * len(raw)
    for index, fields in enumerate(raw):
        if index in pages:
            starts.append(len(out))
        elif out and regular and _is_broken(out[-1], fields, width):
            out[-1] = [*out[-1][:-1], out[-1][-1] + "\v" + fields[0], *fields[1:]]
            continue
        out.append(fields)
    return out, starts


def _is_broken(above: list[str], below: list[str], width: int) -> bool:
    """True where a line end inside the last cell of ``above`` seems to have cut a row of ``width`` cells."""
    if len(above) + len(below) - 1 != width or not 1 < len(above) < width or len(below) == width:
        return False
    return bool(above[-1].strip() and below[0].strip()) and not above[-1].rstrip().endswith(("。", "；", ";"))


def _split_pairs(raw: Sequence[Sequence[str]], width: int) -> list[Row]:
    """Clean cells; a cell that holds the texts of two columns is split where the columns are known from elsewhere."""
    known: list[set[str]] = [set() for _ in range(width)]
    for fields in raw:
        if len(fields) == width:
            for column, text in enumerate(fields):
                if text.strip():
                    known[column].add(clean(text))
    rows: list[Row] = []
    for fields in raw:
        cells: Row = []
        for text in fields:
            parts = _INNER_BLANK.split(text.strip())
            if len(parts) == 2 and len(fields) < width and _is_pair(parts, known):
                cells += map(clean, parts)
            else:
                cells.append(clean_lines(text.replace("\v", "\n")))
        rows.append(cells)
    return rows


def _is_pair(parts: Sequence[str], known: Sequence[set[str]]) -> bool:
    """True where two texts in one cell are two cells: the first stands alone in a column elsewhere."""
    return any(clean(parts[0]) in values for values in known) or any(clean(parts[1]) in values for values in known)


def _shift(rows: list[Row]) -> list[Row]:
    """Numbers and texts that a dump moved apart by one row, brought together.

    A numbered row without text, numbered rows with texts below it, and at last a text without a number: the texts
    belong one row further up.
    """
    width = len(rows[0])
    numbered = [row for row in rows if is_ordinal(row[0])]
    if width < 3 or len(numbered) * 2 < len(rows):
        return rows
    column = max(range(1, width), key=lambda c: sum(len(row[c]) for row in numbered))
    out: list[Row] = []
    index = 0
    while index < len(rows):
        end = _shifted_until(rows, index, column)
        if end is None:
            out.append(rows[index])
            index += 1
            continue
        for row, below in zip(rows[index:end], rows[index + 1 : end + 1], strict=True):
            out.append([*row[:column], below[column], *row[column + 1 :]])
        index = end + 1
    return out


def _shifted_until(rows: Sequence[Row], start: int, column: int) -> int | None:
    """The row without a number that ends a run of shifted texts beginning at ``start``; None where there is no such run."""
    if not is_ordinal(rows[start][0]) or rows[start][column]:
        return None
    for index in range(start + 1, len(rows)):
        row = rows[index]
        if not row[column]:
            return None
        if not row[0]:
            return index if not any(text for place, text in enumerate(row) if place != column) else None
        if not is_ordinal(row[0]):
            return None
    return None
