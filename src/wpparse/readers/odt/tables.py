"""Tables of an .odt with their real spans."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from lxml import etree

from wpparse.blocks import Cell, Table
from wpparse.errors import TooLarge
from wpparse.readers.odt.names import TABLE

_MOST_PLACES: Final = 500_000
_MOST_REPEATED: Final = 1_000
_CELLS: Final = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")


def columns_of(table: etree._Element) -> int:
    """How many cells the widest row has."""
    return max((sum(_number(cell, "columns-repeated") for cell in _cells(row)) for row, _ in _rows(table)), default=0)


def read_table(table: etree._Element, text_of: Callable[[etree._Element], str]) -> Table | None:
    """The table; None where it holds no text."""
    cells: list[Cell] = []
    rows = columns = header = places = 0
    for row, is_header in _rows(table):
        for _ in range(_number(row, "rows-repeated")):
            column = 0
            header += is_header and header == rows
            for cell in _cells(row):
                repeated = _number(cell, "columns-repeated")
                places += repeated
                if places > _MOST_PLACES:
                    raise TooLarge(detail=f"table > {_MOST_PLACES}")
                text = text_of(cell) if cell.tag == _CELLS[0] else ""
                for _ in range(repeated if text else 0):
                    down, right = _number(cell, "rows-spanned"), _number(cell, "columns-spanned")
                    cells.append(Cell(rows, column, text, down, right))
                    column += 1
                column += 0 if text else repeated
            columns = max(columns, column)
            rows += 1
    if not cells:
        return None
    fitted = [
        Cell(c.row, c.column, c.text, min(c.rowspan, rows - c.row), min(c.colspan, columns - c.column)) for c in cells
    ]
    return Table(tuple(_apart(fitted)), rows, columns, header_rows=header or None)


def _apart(cells: list[Cell]) -> Iterator[Cell]:
    """The cells without spans that reach over other cells: those of a damaged file."""
    taken: set[tuple[int, int]] = set()
    for cell in cells:
        places = [(cell.row + d, cell.column + r) for d in range(cell.rowspan) for r in range(cell.colspan)]
        if len(taken) + len(places) > _MOST_PLACES:
            raise TooLarge(detail=f"table > {_MOST_PLACES}")
        if not taken.isdisjoint(places):
            if (cell.row, cell.column) in taken:
                continue
            cell, places = Cell(cell.row, cell.column, cell.text), [(cell.row, cell.column)]
        taken.update(places)
        yield cell


def _rows(table: etree._Element) -> Iterator[tuple[etree._Element, bool]]:
    """The rows of a table, not of tables in it, and whether they are marked as header."""
    for row in table.iterdescendants(f"{TABLE}table-row"):
        above = row.getparent()
        header = False
        while above is not None and above.tag != f"{TABLE}table":
            header = header or above.tag == f"{TABLE}table-header-rows"
            above = above.getparent()
        if above is table:
            yield row, header


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    return row.iterchildren(*_CELLS)


def _number(element: etree._Element, name: str) -> int:
    value = element.get(f"{TABLE}number-{name}", "1")
    return min(max(int(value), 1), _MOST_REPEATED) if value.isdecimal() and len(value) < 9 else 1
