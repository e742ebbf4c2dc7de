"""Tables whose cells are parted by tabs, bars, box characters or commas, a row a line or several, found in a text."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence

from wpparse.enumerators import BAND
from wpparse.layout.grids.found import Found, Grid, bands_first, finish
from wpparse.layout.grids.profile import Row
from wpparse.layout.grids.ragged import settle
from wpparse.layout.grids.tabs import tabbed
from wpparse.layout.grids.words import Words
from wpparse.page import CELL_BREAK
from wpparse.text import clean_lines

_RULE = re.compile(r"[\s|:+\-=─━═┄┈│┃┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋]+")
_DRAWN = tuple("|+┌┏╔│┃║")
_BOX = str.maketrans("│┃║｜", "||||")
_NUMBERED = re.compile(r"[\s|]*(\d{1,3})\s*\|")
_PAGE_GAP = 5
"""Lines within which a table goes on behind a page break."""
_LEAST_COMMAS = 2
_LEAST_RECORDS = 4
_LONGEST_HEADERS = 200
_LONGEST_RECORD = 5000


def find_parted(lines: Sequence[str], taken: Sequence[Found], words: Words) -> list[Found]:
    """The tables with tabs or drawn lines outside of those that were found already, in order, without overlap."""
    if taken:
        lines = list(lines)
        for known in taken:
            lines[known.start : known.end] = [""] * (known.end - known.start)
    found: list[Found] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        if "\t" in line:
            end, grid = tabbed(lines, index, words)
        elif line.lstrip()[:1] in _DRAWN or line.count("|") >= 2 or line.count("│") >= 2:
            end, grid = _piped(lines, index, words)
        elif line.count(",") >= _LEAST_COMMAS and len(line) < _LONGEST_HEADERS:
            end, grid = _comma_separated(lines, index, words)
        else:
            index += 1
            continue
        if grid is not None:
            found.append(Found(index, end, grid))
        index = max(end, index + 1)
    return found


# Lines drawn with characters


def _piped(lines: Sequence[str], start: int, words: Words) -> tuple[int, Grid | None]:
    """Where the lines that are drawn with characters end, and the grid that they make."""
    end = start
    while end < len(lines):
        if _is_piped(lines[end]) or (end > start and _is_piped_band(lines, end)):
            end += 1
            continue
        below = _below(lines, end)
        if end == start or below == end or not _is_piped(lines[below]) or not _counts_on(lines[end - 1], lines[below]):
            break
        end = below
    block = [line.translate(_BOX).strip() for line in lines[start:end]]
    rows: list[Row] = []
    ruled = sum(_RULE.fullmatch(line) is not None for line in block)
    joined = ruled > 2
    """Every row stands between rules: a row may take several lines."""
    fresh = True
    closed = all(line.endswith("|") for line in block if not _RULE.fullmatch(line))
    for line in block:
        if _RULE.fullmatch(line):
            fresh = True
            continue
        inner = line[1:] if line.startswith("|") else line
        if inner.endswith("|") and not inner.endswith("\\|") and (closed or line.startswith("|")):
            inner = inner[:-1]  # else the last cell is blank
        texts = [text.replace("\\|", "|") for text in re.split(r"(?<!\\)\|", inner)]
        cells = [clean_lines(text.replace(CELL_BREAK, "\n")) for text in texts]
        if joined and not fresh and rows and len(rows[-1]) == len(cells):
            rows[-1] = [above + below for above, below in zip(rows[-1], cells, strict=True)]
        else:
            rows.append(cells)
        fresh = False
    rows = [row for row in rows if any(row)]
    if len(rows) < 2 or max(map(len, rows)) < 2:
        return end, None
    width = max(map(len, rows))
    padded = [row + [""] * (width - len(row)) for row in rows]
    return end, finish(padded if ruled else settle(rows, width, words), [])


def _below(lines: Sequence[str], index: int) -> int:
    """The next line that is not blank, where a page break may stand between; else the line itself."""
    for place in range(index, min(index + _PAGE_GAP, len(lines))):
        if lines[place].strip():
            return place
    return index


def _counts_on(above: str, below: str) -> bool:
    """True where the numbers of two rows follow one another."""
    numbers = [_NUMBERED.match(line.translate(_BOX)) for line in (above, below)]
    return numbers[0] is not None and numbers[1] is not None and int(numbers[0][1]) + 1 == int(numbers[1][1])


def _is_piped_band(lines: Sequence[str], index: int) -> bool:
    """True for the heading of rows, or a row of which all but one cell is merged, a bar behind it or none, between
    lines with several bars.
    """
    text = lines[index].translate(_BOX).strip()
    below = next((line for line in lines[index + 1 : index + _PAGE_GAP] if not _is_barred(line)), "")
    if BAND.fullmatch(text) is not None:
        above = next((line for line in reversed(lines[max(0, index - _PAGE_GAP) : index]) if _is_piped(line)), "")
        return _bars(above) > 1 and _bars(above) == _bars(below)
    return _is_barred(text) and len(text) > 1 and _is_piped(below)


def _bars(line: str) -> int:
    return line.translate(_BOX).strip().strip("|").count("|")


def _is_barred(line: str) -> bool:
    line = line.translate(_BOX).strip()
    return line.count("|") == 1 and line.endswith("|")


def _is_piped(line: str) -> bool:
    line = line.translate(_BOX).strip()
    return line.count("|") >= 2 or bool(line and _RULE.fullmatch(line) and len(line) >= 3)


# Commas


def _comma_separated(lines: Sequence[str], start: int, words: Words) -> tuple[int, Grid | None]:
    """Where the records end that commas part (RFC 4180) and that begin here, and the grid that they make."""
    header = _fields(lines[start])
    counted = header[:1] == ["1"] and _fields("".join(lines[start + 1 : start + 2]))[:1] == ["2"]
    named = all(not text or words.is_name(text) for text in header) and sum(map(bool, header)) * 2 >= len(header)
    if len(header) <= _LEAST_COMMAS or not (counted or named):
        return start + 1, None
    rows = [header]
    end = start + 1
    held = ""
    for index in range(end, len(lines)):
        held = held + "\n" + lines[index] if held else lines[index]
        if held.count('"') % 2 and len(held) < _LONGEST_RECORD:
            continue
        fields = _fields(held)
        if not held.strip() and index - end < _PAGE_GAP:
            held = ""
            continue
        if len(fields) != len(header):
            break
        rows.append(fields)
        end = index + 1
        held = ""
    return end, finish(bands_first(rows), []) if len(rows) >= _LEAST_RECORDS else None


def _fields(record: str) -> Row:
    try:
        return [clean_lines(text) for text in next(csv.reader([record]), [])]
    except csv.Error:
        return []
