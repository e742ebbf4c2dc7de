"""The grid of a table as Word shows it (ECMA-376 Part 1, 17.4): spans, vertical merges, skipped grid columns."""

from __future__ import annotations

from typing import Final

from lxml import etree

from wpparse.blocks import Cell, Table
from wpparse.readers.docx.blocks import BlockReader
from wpparse.readers.docx.formats import Formats
from wpparse.readers.docx.grid import read_layout
from wpparse.readers.docx.lines import Line
from wpparse.readers.docx.names import (
    TBL_PR,
    TC,
    TC_PR,
    VAL,
    w,
)

_BORDERS: Final = w("tcBorders")
_SIDES: Final = tuple(map(w, ("left", "right", "start", "end")))


class RawCell:
    """One cell: its place in the grid and what it shows."""

    __slots__ = ("blocks", "colspan", "column", "row", "rowspan")

    def __init__(self, row: int, column: int, colspan: int, blocks: list[Line | RawTable]) -> None:
        self.row = row
        self.column = column
        self.rowspan = 1
        self.colspan = colspan
        self.blocks = blocks

    def text(self) -> str:
        """Its lines, labels included; a nested table gives a line for each of its cells."""
        blocks = self.blocks
        if len(blocks) == 1 and isinstance(blocks[0], Line):
            return blocks[0].text()
        return "\n".join(filter(None, (block.text() for block in blocks)))


class RawTable:
    """A table that has not been placed yet: it may turn out to be mere layout, or go on in the next one."""

    __slots__ = ("cells", "columns", "edges", "element", "header_rows", "page_starts", "plain", "rows")

    def __init__(self, element: etree._Element) -> None:
        self.element = element
        self.cells: list[RawCell] = []
        self.rows = 0
        self.columns = 0
        self.edges: list[int] | None = None
        """Where the columns begin and end, in twips from the left edge; None where the widths do not say."""
        self.header_rows = 0
        self.plain = True
        """Whether no cell holds more than one line."""
        self.page_starts: list[int] = []

    def text(self) -> str:
        """The texts of its cells, a line each."""
        return "\n".join(filter(None, (cell.text() for cell in self.cells)))

    def notes(self) -> list[str]:
        """Texts of the notes called in its cells."""
        found: list[str] = []
        for cell in self.cells:
            for block in cell.blocks:
                found += block.notes() if isinstance(block, RawTable) else block.notes or ()
        return found

    def by_row(self) -> list[list[RawCell]]:
        """The cells that begin in each row."""
        rows: list[list[RawCell]] = [[] for _ in range(self.rows)]
        for cell in self.cells:
            rows[cell.row].append(cell)
        return rows

    def table(self) -> Table:
        """The finished table."""
        cleaned: dict[str, str] = {}
        return Table(
            cells=tuple([_finish(cell, cleaned) for cell in self.cells]),
            rows=self.rows,
            columns=self.columns,
            header_rows=self.header_rows if 0 < self.header_rows < self.rows else None,
            page_starts=tuple(self.page_starts),
        )


def read_table(element: etree._Element, reader: BlockReader[RawTable]) -> RawTable:
    """Read a w:tbl with everything in it."""
    rows, places, edges = read_layout(element, reader.formats)
    table = RawTable(element)
    table.edges = edges
    table.columns = max(1, len(set(places.values())) - 1)
    cells = table.cells
    above: dict[int, RawCell] = {}
    placed: dict[int, list[tuple[int, int, int, str | None]]] = {}
    marked = 0
    for number, row in enumerate(rows):
        here: dict[int, RawCell] = {}
        slots = placed.get(id(row.slots))
        if slots is None:
            slots = placed[id(row.slots)] = [
                (slot.element, places[slot.start], places[slot.end] - places[slot.start], slot.merge)
                for slot in row.slots
            ]
        for index, column, span, merge in slots:
            if merge == "continue":
                upper = above.get(column)
                if upper is not None and upper.colspan == span:
                    # What a covered cell holds is not shown, and its paragraphs are not counted.
                    upper.rowspan += 1
                    here[column] = upper
                    continue
            blocks = reader.read(row.elements[index])
            if len(blocks) != 1 or blocks[0].__class__ is RawTable:
                table.plain = False
            cell = RawCell(number, column, span, blocks)
            cells.append(cell)
            if merge is not None:
                here[column] = cell
        above = here
        if row.header and marked == number:
            marked += 1
    table.rows = len(rows)
    table.header_rows = max((c.row + c.rowspan for c in table.cells if c.row < marked), default=0) if marked else 0
    return table


def _finish(cell: RawCell, cleaned: dict[str, str]) -> Cell:
    """The finished cell; ``cleaned`` holds what is known of texts, which repeat in a table of tasks."""
    blocks = cell.blocks
    if len(blocks) == 1 and isinstance(line := blocks[0], Line) and line.label is None and len(line.pieces) == 1:
        (piece,) = line.pieces
        text = cleaned.get(piece)
        if text is None:
            text = cleaned[piece] = line.text()
        return Cell(
            cell.row,
            cell.column,
            text,
            cell.rowspan,
            cell.colspan,
            line.looks[0].bold if text else None,
            line.form.alignment,
        )
    bold: bool | None = None
    alignment = None
    for block in blocks:
        if not isinstance(block, Line):
            continue
        for piece, look in zip(block.pieces, block.looks, strict=True):
            if not piece.isspace():
                if bold is None:
                    bold, alignment = look.bold, block.form.alignment
                elif not look.bold:
                    bold = False
        if alignment is None:
            alignment = block.form.alignment
    return Cell(cell.row, cell.column, cell.text(), cell.rowspan, cell.colspan, bold, alignment)


def has_inner_rules(table: RawTable, formats: Formats) -> bool | None:
    """Whether lines are drawn between the columns, by the table, its style or its cells; None where nothing says."""
    properties = next(table.element.iterchildren(TBL_PR), None)
    style = None if properties is None else properties.find(w("tblStyle"))
    borders = None if properties is None else properties.find(w("tblBorders"))
    inside = None if borders is None else borders.find(w("insideV"))
    said = None if borders is None else inside is not None and _is_drawn(inside)
    if inside is None:
        by_style = formats.styles.draws_columns(None if style is None else style.get(VAL))
        said = by_style if by_style is not None else said
    if said:
        return True
    drawn = stated = 0
    for cell in table.element.iter(TC):
        cell_borders = next((child for child in formats.properties(cell, TC_PR) if child.tag == _BORDERS), None)
        if cell_borders is None:
            continue
        stated += 1
        for side in _SIDES:
            border = cell_borders.find(side)
            drawn += border is not None and _is_drawn(border)
    if drawn > 2 * table.rows:
        return True
    return False if stated else said


def _is_drawn(border: etree._Element) -> bool:
    return border.get(VAL) not in (None, "nil", "none") and border.get(w("color"), "").upper() != "FFFFFF"
