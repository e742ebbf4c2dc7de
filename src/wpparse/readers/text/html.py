"""Tables of HTML that stand in a text or in Markdown, with their real spans."""

from __future__ import annotations

import re

from wpparse.blocks import Cell, Table
from wpparse.page import TABLE_MARK
from wpparse.text import clean_lines

_TABLE = re.compile(r"(?is)<table\b.*?</table\s*>")
_MOST_SPAN = 500


def take_tables(text: str) -> tuple[str, list[Table]]:
    """The text with a marker (:data:`TABLE_MARK`) in a line of its own for each table, and the tables."""
    if "<table" not in text.lower():
        return text, []
    tables: list[Table] = []

    def replace(match: re.Match[str]) -> str:
        table = _parse(match.group())
        if table is None:
            return match.group()
        tables.append(table)
        return f"\n{TABLE_MARK}{len(tables) - 1}{TABLE_MARK}\n"

    return _TABLE.sub(replace, text.replace(TABLE_MARK, "")), tables


def _parse(source: str) -> Table | None:
    """One table; None for a table around other tables, or with a single column, which only places text."""
    from lxml import html

    root = html.fromstring(source)
    if root.find(".//table") is not None:
        return None
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    rows = columns = 0
    for row, line in enumerate(root.iter("tr")):
        column = 0
        for entry in line.iterchildren("td", "th"):
            while (row, column) in taken:
                column += 1
            down, right = _span(entry.get("rowspan")), _span(entry.get("colspan"))
            while right > 1 and any((row, column + r) in taken for r in range(right)):
                right -= 1
            for break_ in entry.iter("br", "p", "div", "li"):
                break_.tail = "\n" + (break_.tail or "")
            taken.update((row + d, column + r) for d in range(down) for r in range(right))
            cells.append(Cell(row, column, clean_lines(str(entry.xpath("string()"))), down, right))
            column += right
            columns = max(columns, column)
        rows = row + 1
    if columns < 2 or rows < 1 or not any(cell.text for cell in cells):
        return None
    fitted = tuple(
        Cell(cell.row, cell.column, cell.text, min(cell.rowspan, rows - cell.row), cell.colspan)
        for cell in cells
        if cell.text
    )
    return Table(fitted, rows, columns)


def _span(value: str | None) -> int:
    return min(max(int(value), 1), _MOST_SPAN) if value is not None and value.strip().isdecimal() else 1
