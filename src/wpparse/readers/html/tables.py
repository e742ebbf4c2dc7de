"""Tables of HTML: which ones are grids and which only place text, and the grid with its real spans."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from wpparse.blocks import Cell, Table
from wpparse.errors import TooLarge
from wpparse.readers.html.looks import BLOCK_TAGS, alignment, is_hidden
from wpparse.text import clean_lines

_MOST_SPAN: Final = 500
_MOST_PLACES: Final = 500_000
"""Grid positions of a table that are kept; more are refused."""
_LONG_CELL: Final = 800
"""Characters of a cell that may be the whole text of a page."""
_MANY_LINES: Final = 8
_TO_BLANK: Final = str.maketrans("\n\r\f\v", "    ")


def is_grid(table: etree._Element) -> bool:
    """Whether a table is one that a person would call so: it holds no other table, has columns, and no cell of it is the
    text of the page."""
    rows = 0
    columns = 0
    longest = whole = 0
    for element in table.iterdescendants():
        if element.tag == "table":
            return False
        if element.tag == "tr":
            rows += 1
            cells = [cell for cell in element if cell.tag in ("td", "th")]
            columns = max(columns, sum(_span(cell.get("colspan")) for cell in cells) if len(cells) > 1 else 0)
            for cell in cells:
                size = sum(len(text.strip()) for text in cell.itertext())
                whole += size
                if size > longest:
                    longest, biggest = size, cell
    if columns < 2 or not whole:
        return False
    if longest > _LONG_CELL and longest > 0.6 * whole:
        lines = sum(1 for element in biggest.iterdescendants() if element.tag == "br" or element.tag in BLOCK_TAGS)
        return lines < _MANY_LINES
    return True


def read_grid(table: etree._Element) -> Table | None:
    """The table; None where it holds no text."""
    lines = [line for line in table.iterdescendants("tr") if not is_hidden(line)]
    busy: list[int] = []  # for each column the row with which it is free again
    cells: list[Cell] = []
    places = 0
    header = 0
    for row, line in enumerate(lines):
        column = 0
        entries = [entry for entry in line if entry.tag in ("td", "th")]
        if header == row and entries and all(entry.tag == "th" for entry in entries):
            header = row + 1
        for entry in entries:
            while column < len(busy) and busy[column] > row:
                column += 1
            right, down = _span(entry.get("colspan")), _span(entry.get("rowspan"), len(lines) - row)
            while right > 1 and any(until > row for until in busy[column : column + right]):
                right -= 1
            down = min(down, len(lines) - row)
            places += right * down
            if places > _MOST_PLACES:
                raise TooLarge(detail=f"table > {_MOST_PLACES}")
            busy += [0] * (column + right - len(busy))
            busy[column : column + right] = [row + down] * right
            text = clean_lines("".join(_text(entry)))
            if text:
                cells.append(Cell(row, column, text, down, right, _is_bold(entry), alignment(entry)))
            column += right
    if not cells:
        return None
    return Table(tuple(cells), len(lines), len(busy), header_rows=header or None)


def _text(root: etree._Element) -> Iterator[str]:
    """The text of a cell, a line feed where a line begins or ends."""
    hidden: etree._Element | None = None
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            if hidden is None:
                yield _blank(element.tail)
            continue
        if event == "start":
            if hidden is not None:
                continue
            if is_hidden(element) and element is not root:
                hidden = element
                continue
            if element.tag == "br" or element.tag in BLOCK_TAGS:
                yield "\n"
            yield _blank(element.text)
            continue
        if hidden is not None:
            if element is not hidden:
                continue
            hidden = None
        elif element.tag in BLOCK_TAGS:
            yield "\n"
        if element is not root:
            yield _blank(element.tail)


def _blank(text: str | None) -> str:
    """A text with its line ends as blanks, as HTML has them."""
    return text.translate(_TO_BLANK) if text else ""


def _is_bold(entry: etree._Element) -> bool | None:
    """Whether all of a cell is bold; None where it does not say."""
    if entry.tag == "th":
        return True
    inner = entry
    while len(inner) == 1 and not (inner.text or "").strip() and not (inner[0].tail or "").strip():
        inner = inner[0]
        if inner.tag in ("b", "strong"):
            return True
    return None


def _span(value: str | None, rest: int = 1) -> int:
    """A number of rows or columns; 0 stands for all that are left."""
    if value is None or not value.strip().isdecimal() or len(value.strip()) > 6:
        return 1
    number = int(value)
    return min(number, _MOST_SPAN) if number else max(rest, 1)
