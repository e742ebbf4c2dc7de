"""Rows and cells of a table in its grid (ECMA-376 Part 1, 17.4.48): spans, skipped columns, widths."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from lxml import etree

from wpparse.readers.docx.compact import KEY
from wpparse.readers.docx.formats import Formats
from wpparse.readers.docx.names import (
    DEL,
    SDT,
    SDT_CONTENT,
    TBL_GRID,
    TC,
    TC_PR,
    TR,
    TRANSPARENT,
    VAL,
    is_on,
    to_int,
    to_twips,
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
_CELL_MERGE: Final = w("cellMerge")
_TC_W: Final = w("tcW")
_W: Final = w("w")
_TYPE: Final = w("type")
_GRID_COL: Final = w("gridCol")
_MAX_COLUMNS: Final = 63
"""Word's own limit; a larger gridSpan is a mistake of the writing program."""
_SAME_EDGE: Final = 113
"""Twips (2 mm): column edges nearer to one another than this are one edge that was not drawn exactly."""


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


class Slot(NamedTuple):
    """A cell of a row and the grid columns that it takes, ``end`` excluded."""

    element: int
    """Which of the row's elements it is."""
    start: int
    end: int
    merge: str | None
    width: int | None


class Row(NamedTuple):
    """A row that is shown. Rows that are cut up alike share their slots."""

    elements: list[etree._Element]
    slots: tuple[Slot, ...]
    header: bool
    after: int


class Layout(NamedTuple):
    """The rows of a table and where they stand."""

    rows: list[Row]
    places: dict[int, int]
    """The visible column of each grid position at which a cell begins or ends."""
    edges: list[int] | None
    """Where the visible columns begin and end, in twips from the left edge; None where the widths do not say."""


def read_layout(element: etree._Element, formats: Formats) -> Layout:
    """The rows of a w:tbl and its visible columns."""
    widths = [
        max(0, to_twips(column.get(_W)) or 0)
        for grid in element.iterchildren(TBL_GRID)
        for column in grid
        if column.tag == _GRID_COL
    ]
    rows: list[Row] = []
    _RowReader(formats).collect(element, rows)
    rows = _fit(rows, widths)
    return Layout(rows, *_columns(rows, widths))


class _RowReader:
    """Finds the rows and cells of one table; rows whose cells have the same properties are cut up once."""

    def __init__(self, formats: Formats) -> None:
        self._formats = formats
        self._cells: dict[str, _CellFormat] = {"": _CellFormat()}
        self._rows: dict[str, _RowFormat] = {"": _RowFormat()}
        self._slots: dict[tuple[str, ...], tuple[Slot, ...]] = {}

    def collect(self, container: etree._Element, rows: list[Row]) -> None:
        """Add the rows in a table, a content control or another wrapper."""
        for child in container:
            tag = child.tag
            if tag == TR:
                elements: list[etree._Element] = []
                keys = [child.get(KEY) or ""]
                self._collect_cells(child, elements, keys)
                form = self._row_format(keys[0])
                signature = tuple(keys)
                slots = self._slots.get(signature)
                if slots is None:
                    slots = self._slots[signature] = self._cut(form.before, keys[1:])
                if slots and not form.gone:
                    rows.append(Row(elements, slots, form.header, form.after))
            elif tag == SDT:
                for content in child.iterchildren(SDT_CONTENT):
                    self.collect(content, rows)
            elif tag in TRANSPARENT:
                self.collect(child, rows)

    def _collect_cells(self, container: etree._Element, elements: list[etree._Element], keys: list[str]) -> None:
        """Add the cells and the keys of their properties; the first key is that of the row's own."""
        for child in container:
            tag = child.tag
            if tag == TC:
                elements.append(child)
                key = child.get(KEY)
                if key is None:
                    first = next(iter(child), None)
                    key = "" if first is None else first.get(KEY) or self._key(first)
                keys.append(key)
            elif tag == _TR_PR:
                keys[0] = child.get(KEY) or self._key(child)
            elif tag == SDT:
                for content in child.iterchildren(SDT_CONTENT):
                    self._collect_cells(content, elements, keys)
            elif tag in TRANSPARENT:
                self._collect_cells(child, elements, keys)

    def _key(self, properties: etree._Element) -> str:
        """A key for properties that were left in the document; empty where these are none."""
        key = f"#{len(self._cells)}.{len(self._rows)}"
        if properties.tag == TC_PR:
            self._cells[key] = _read_cell_format(properties)
        elif properties.tag == _TR_PR:
            self._rows[key] = _read_row_format(properties)
        else:
            return ""
        return key

    def _row_format(self, key: str) -> _RowFormat:
        found = self._rows.get(key)
        if found is None:
            found = self._rows[key] = _read_row_format(self._formats.distinct(key))
        return found

    def _cell_format(self, key: str) -> _CellFormat:
        found = self._cells.get(key)
        if found is None:
            found = self._cells[key] = _read_cell_format(self._formats.distinct(key))
        return found

    def _cut(self, column: int, keys: list[str]) -> tuple[Slot, ...]:
        slots: list[Slot] = []
        for index, form in enumerate(map(self._cell_format, keys)):
            if form.gone:
                continue
            end = column + form.span
            if form.merge == "left" and slots:
                slots[-1] = slots[-1]._replace(end=end)
            else:
                slots.append(Slot(index, column, end, None if form.merge == "left" else form.merge, form.width))
            column = end
        return tuple(slots)


def _read_row_format(properties: Iterable[etree._Element]) -> _RowFormat:
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


def _read_cell_format(properties: Iterable[etree._Element]) -> _CellFormat:
    span = 1
    merge: str | None = None
    width: int | None = None
    gone = False
    for child in properties:
        tag = child.tag
        if tag == _TC_W:
            if child.get(_TYPE, "dxa") == "dxa":
                width = to_twips(child.get(_W))
        elif tag == _GRID_SPAN:
            span = max(1, min(to_int(child.get(VAL), 1) or 1, _MAX_COLUMNS))
        elif tag == _V_MERGE:
            merge = "restart" if child.get(VAL) == "restart" else "continue"
        elif tag == _H_MERGE:
            if child.get(VAL) != "restart":
                merge = "left"
        elif tag == _CELL_DEL:
            gone = True
        elif tag == _CELL_MERGE and child.get(_V_MERGE) is not None:
            merge = "restart" if child.get(_V_MERGE) == "rest" else "continue"  # tracked (17.13.5.3)
    return _CellFormat(span, merge, width, gone)


def _fit(rows: list[Row], widths: list[int]) -> list[Row]:
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


def _edges_of_fullest(rows: list[Row], columns: int) -> list[int]:
    for row in rows:
        if len(row.slots) == columns and all(slot.width for slot in row.slots):
            edges = [0]
            for slot in row.slots:
                edges.append(edges[-1] + (slot.width or 0))
            return edges
    return []


def _stretch(row: Row, edges: list[int]) -> Row:
    """Place the cells of a short row by their widths; as it was where these do not fill the table."""
    widths = [slot.width or 0 for slot in row.slots]
    start = edges[row.slots[0].start] if row.slots[0].start < len(edges) else 0
    if not all(widths) or start + sum(widths) < 0.9 * edges[-1]:
        return row
    slots: list[Slot] = []
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
    return row._replace(slots=tuple(slots))


def _columns(rows: list[Row], widths: list[int]) -> tuple[dict[int, int], list[int] | None]:
    """The visible column of each grid position at which a cell begins or ends, and the edges of these columns.

    Grid positions that no cell uses vanish, and edges that nearly meet are one, unless a cell lies between them.
    """
    used: set[int] = set()
    cells: set[tuple[int, int]] = set()
    for slots, after in {(id(row.slots), row.after): (row.slots, row.after) for row in rows}.values():
        for slot in slots:
            cells.add((slot.start, slot.end))
        used.add(slots[-1].end + after)
    last = max((end for _, end in cells), default=0)
    used = {position for position in used if position <= last}  # nothing is seen where rows claim more than any fills
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
