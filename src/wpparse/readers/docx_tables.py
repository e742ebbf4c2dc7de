"""The grid of a table as Word shows it (ECMA-376 Part 1, 17.4): spans, vertical merges, skipped grid columns."""

from __future__ import annotations

from typing import Final, NamedTuple

from lxml import etree

from wpparse.blocks import Cell, Table
from wpparse.readers.docx_blocks import BlockReader
from wpparse.readers.docx_compact import KEY
from wpparse.readers.docx_formats import Formats
from wpparse.readers.docx_lines import Line
from wpparse.readers.docx_names import (
    DEL,
    SDT,
    SDT_CONTENT,
    TBL_GRID,
    TBL_PR,
    TC,
    TC_PR,
    TR,
    TRANSPARENT,
    VAL,
    is_on,
    to_int,
    w,
)

_TR_PR: Final = w("trPr")
_GRID_BEFORE: Final = w("gridBefore")
_GRID_AFTER: Final = w("gridAfter")
_TBL_HEADER: Final = w("tblHeader")
_GRID_SPAN: Final = w("gridSpan")
_V_MERGE: Final = w("vMerge")
_H_MERGE: Final = w("hMerge")
_CELL_DEL: Final = w("cellDel")
_TC_W: Final = w("tcW")
_W: Final = w("w")
_TYPE: Final = w("type")
_GRID_COL: Final = w("gridCol")
_SIDES: Final = tuple(map(w, ("left", "right", "start", "end")))
_MAX_COLUMNS: Final = 63
"""Word's own limit; a larger gridSpan is a mistake of the writing program."""
_SAME_EDGE: Final = 113
"""Twips (2 mm): column edges nearer to one another than this are one edge that was not drawn exactly."""


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

    __slots__ = ("cells", "columns", "edges", "element", "header_rows", "page_starts", "rows")

    def __init__(self, element: etree._Element) -> None:
        self.element = element
        self.cells: list[RawCell] = []
        self.rows = 0
        self.columns = 0
        self.edges: list[int] | None = None
        """Where the columns begin and end, in twips from the left edge; None where the widths do not say."""
        self.header_rows = 0
        self.page_starts: list[int] = []

    def text(self) -> str:
        """The texts of its cells, a line each."""
        return "\n".join(filter(None, (cell.text() for cell in self.cells)))

    def by_row(self) -> list[list[RawCell]]:
        """The cells that begin in each row."""
        rows: list[list[RawCell]] = [[] for _ in range(self.rows)]
        for cell in self.cells:
            rows[cell.row].append(cell)
        return rows

    def table(self) -> Table:
        """The finished table."""
        return Table(
            cells=tuple(_finish(cell) for cell in self.cells),
            rows=self.rows,
            columns=self.columns,
            header_rows=self.header_rows if 0 < self.header_rows < self.rows else None,
            page_starts=tuple(self.page_starts),
        )


class _CellFormat(NamedTuple):
    """What a w:tcPr says."""

    span: int = 1
    merge: str | None = None
    """``restart`` or ``continue`` (17.4.84); ``left`` for a cell merged into the one before it (17.4.22)."""
    width: int | None = None
    gone: bool = False


class _RowFormat(NamedTuple):
    """What the w:trPr says."""

    before: int = 0
    after: int = 0
    header: bool = False
    gone: bool = False


class _Slot(NamedTuple):
    element: etree._Element
    start: int
    end: int
    merge: str | None
    width: int | None


class _Row(NamedTuple):
    slots: list[_Slot]
    header: bool
    after: int


def read_table(element: etree._Element, reader: BlockReader[RawTable]) -> RawTable:
    """Read a w:tbl with everything in it."""
    widths = [max(0, to_int(column.get(_W), 0) or 0) for grid in element.iterchildren(TBL_GRID) for column in grid
              if column.tag == _GRID_COL]  # fmt: skip
    rows: list[_Row] = []
    _RowReader(reader.formats).collect(element, rows)
    rows = _fit(rows, widths)
    table = RawTable(element)
    places, table.edges = _columns(rows, widths)
    table.columns = max(1, len(set(places.values())) - 1)
    above: dict[int, RawCell] = {}
    marked = 0
    for row in rows:
        here: dict[int, RawCell] = {}
        for slot in row.slots:
            start, end = places[slot.start], places[slot.end]
            if slot.merge == "continue":
                upper = above.get(start)
                if upper is not None and upper.colspan == end - start:
                    # What a covered cell holds is not shown, and its paragraphs are not counted.
                    upper.rowspan += 1
                    here[start] = upper
                    continue
            cell = RawCell(table.rows, start, end - start, reader.read(slot.element))
            table.cells.append(cell)
            if slot.merge is not None:
                here[start] = cell
        above = here
        if row.header and marked == table.rows:
            marked += 1
        table.rows += 1
    table.header_rows = max((c.row + c.rowspan for c in table.cells if c.row < marked), default=0) if marked else 0
    return table


class _RowReader:
    """Finds the rows and cells of one table; each distinct set of properties is read once."""

    def __init__(self, formats: Formats) -> None:
        self._formats = formats
        self._cells: dict[str | None, _CellFormat] = {None: _CellFormat()}
        self._rows: dict[str | None, _RowFormat] = {None: _RowFormat()}

    def collect(self, container: etree._Element, rows: list[_Row]) -> None:
        """Add the rows in a table, a content control or another wrapper."""
        for child in container:
            tag = child.tag
            if tag == TR:
                form = self._row_format(child)
                slots: list[_Slot] = []
                if not form.gone:
                    self._collect_cells(child, slots, form.before)
                if slots:
                    rows.append(_Row(slots, form.header, form.after))
            elif tag == SDT:
                for content in child.iterchildren(SDT_CONTENT):
                    self.collect(content, rows)
            elif tag in TRANSPARENT:
                self.collect(child, rows)

    def _collect_cells(self, container: etree._Element, slots: list[_Slot], column: int) -> int:
        for child in container:
            tag = child.tag
            if tag == TC:
                form = self._cell_format(child)
                if form.gone:
                    continue
                merge = form.merge
                end = column + form.span
                if merge == "left":
                    if slots:
                        slots[-1] = slots[-1]._replace(end=end)
                        column = end
                        continue
                    merge = None
                slots.append(_Slot(child, column, end, merge, form.width))
                column = end
            elif tag == SDT:
                for content in child.iterchildren(SDT_CONTENT):
                    column = self._collect_cells(content, slots, column)
            elif tag in TRANSPARENT:
                column = self._collect_cells(child, slots, column)
        return column

    def _cell_format(self, cell: etree._Element) -> _CellFormat:
        properties = cell[0] if len(cell) else None
        if properties is None or properties.tag != TC_PR:
            return self._cells[None]
        key = properties.get(KEY)
        found = self._cells.get(key) if key is not None else None
        if found is None:
            found = _read_cell_format(self._formats.properties(properties))
            if key is not None:
                self._cells[key] = found
        return found

    def _row_format(self, row: etree._Element) -> _RowFormat:
        properties = next(row.iterchildren(_TR_PR), None)
        key = None if properties is None else properties.get(KEY)
        found = self._rows.get(key) if properties is None or key is not None else None
        if found is None and properties is not None:
            found = _read_row_format(self._formats.properties(properties))
            if key is not None:
                self._rows[key] = found
        return found or self._rows[None]


def _read_row_format(properties: etree._Element) -> _RowFormat:
    before = after = 0
    header = gone = False
    for child in properties:
        tag = child.tag
        if tag == _GRID_BEFORE:
            before = max(0, min(to_int(child.get(VAL), 0) or 0, _MAX_COLUMNS))
        elif tag == _GRID_AFTER:
            after = max(0, min(to_int(child.get(VAL), 0) or 0, _MAX_COLUMNS))
        elif tag == _TBL_HEADER:
            header = is_on(child.get(VAL))
        elif tag == DEL:
            gone = True
    return _RowFormat(before, after, header, gone)


def _read_cell_format(properties: etree._Element) -> _CellFormat:
    span = 1
    merge: str | None = None
    width: int | None = None
    gone = False
    for child in properties:
        tag = child.tag
        if tag == _TC_W:
            if child.get(_TYPE, "dxa") == "dxa":
                width = to_int(child.get(_W))
        elif tag == _GRID_SPAN:
            span = max(1, min(to_int(child.get(VAL), 1) or 1, _MAX_COLUMNS))
        elif tag == _V_MERGE:
            merge = "restart" if child.get(VAL) == "restart" else "continue"
        elif tag == _H_MERGE:
            if child.get(VAL) != "restart":
                merge = "left"
        elif tag == _CELL_DEL:
            gone = True
    return _CellFormat(span, merge, width, gone)


def _fit(rows: list[_Row], widths: list[int]) -> list[_Row]:
    """Give rows that fill less of the grid than others the spans that their widths ask for.

    Programs that leave out gridSpan or tblGrid still state the width of each cell, and Word lays out by it.
    """
    columns = max((row.slots[-1].end + row.after for row in rows), default=0)
    if all(row.slots[-1].end + row.after == columns for row in rows):
        return rows
    edges = [0]
    for width in widths:
        edges.append(edges[-1] + width)
    if len(edges) != columns + 1 or edges[-1] == 0:
        edges = _edges_of_fullest(rows, columns)
    if not edges:
        return rows
    return [row if row.slots[-1].end + row.after == columns else _stretch(row, edges) for row in rows]


def _edges_of_fullest(rows: list[_Row], columns: int) -> list[int]:
    for row in rows:
        if len(row.slots) == columns and all(slot.width for slot in row.slots):
            edges = [0]
            for slot in row.slots:
                edges.append(edges[-1] + (slot.width or 0))
            return edges
    return []


def _stretch(row: _Row, edges: list[int]) -> _Row:
    """Place the cells of a short row by their widths; as it was where these do not fill the table."""
    widths = [slot.width or 0 for slot in row.slots]
    start = edges[row.slots[0].start] if row.slots[0].start < len(edges) else 0
    if not all(widths) or start + sum(widths) < 0.9 * edges[-1]:
        return row
    slots: list[_Slot] = []
    column = row.slots[0].start
    position = start
    for index, slot in enumerate(row.slots):
        position += slot.width or 0
        left = len(row.slots) - index - 1
        nearest = min(range(len(edges)), key=lambda i: abs(edges[i] - position))
        end = max(column + 1, min(nearest, len(edges) - 1 - left)) if left else len(edges) - 1
        if end <= column:
            return row
        slots.append(slot._replace(start=column, end=end))
        column = end
    return row._replace(slots=slots)


def _columns(rows: list[_Row], widths: list[int]) -> tuple[dict[int, int], list[int] | None]:
    """The visible column of each grid position at which a cell begins or ends, and the edges of these columns.

    Grid positions that no cell uses vanish, and edges that nearly meet are one, unless a cell lies between them.
    """
    used: set[int] = set()
    cells: set[tuple[int, int]] = set()
    for row in rows:
        for slot in row.slots:
            cells.add((slot.start, slot.end))
        used.add(row.slots[-1].end + row.after)
    for start, end in cells:
        used.add(start)
        used.add(end)
    used.add(0)
    order = sorted(used)
    edges = [0]
    for width in widths:
        edges.append(edges[-1] + width)
    known = bool(order) and order[-1] < len(edges) and edges[-1] > 0
    places: dict[int, int] = {}
    index = 0
    anchor = order[0]
    for position in order:
        near = known and position != anchor and edges[position] - edges[anchor] < _SAME_EDGE
        if near and not any((i, position) in cells for i in places if places[i] == index):
            places[position] = index
            continue
        if position != order[0]:
            index += 1
        places[position] = index
        anchor = position
    if not known:
        return places, None
    kept = [0] * (index + 1)
    for position, place in places.items():
        kept[place] = edges[position]
    return places, kept


def _finish(cell: RawCell) -> Cell:
    bold: bool | None = None
    alignment = None
    for block in cell.blocks:
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


def has_inner_rules(table: RawTable, formats: Formats) -> bool:
    """Whether lines are drawn between the columns, by the table, its style or its cells."""
    properties = next(table.element.iterchildren(TBL_PR), None)
    style = None if properties is None else properties.find(w("tblStyle"))
    borders = None if properties is None else properties.find(w("tblBorders"))
    inside = None if borders is None else borders.find(w("insideV"))
    if inside is not None:
        if _is_drawn(inside):
            return True
    elif formats.styles.draws_columns(None if style is None else style.get(VAL)):
        return True
    drawn = 0
    for properties in table.element.iter(TC_PR):
        borders = formats.properties(properties).find(w("tcBorders"))
        for side in _SIDES if borders is not None else ():
            border = None if borders is None else borders.find(side)
            drawn += border is not None and _is_drawn(border)
    return drawn > 2 * table.rows


def _is_drawn(border: etree._Element) -> bool:
    return border.get(VAL) not in (None, "nil", "none") and border.get(w("color"), "").upper() != "FFFFFF"
