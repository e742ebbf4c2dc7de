"""The data rows of a table, with blank and merged cells resolved to the cell whose value they take."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from wpparse.blocks import Cell
from wpparse.extract.table_columns import Columns, is_header
from wpparse.extract.table_grid import GridView, one_line
from wpparse.grammar import Grammar

_TOTAL = re.compile(r"(?:合|小|总|共)\s*计[:：]?|总分")
_NOTE = re.compile(r"(?:备?注|说明|填表说明|填报说明|注释)\d?[:：]")
_ENDS = tuple("。；;！!？?…：:")
_UNIT_KINDS = ("responsible", "lead", "support")
_DATE_KINDS = ("deadline", "start", "end")


@dataclass(slots=True)
class Row:
    """One data row. The cells may begin in a row above, or stand on a page before."""

    index: int
    number: Cell | None = None
    path: list[str] = field(default_factory=list)
    words: list[Cell] = field(default_factory=list)
    """What is to be done, in reading order."""
    continued: list[Cell] = field(default_factory=list)
    """The rest of the last of ``words`` where a page break cut the row."""
    units: dict[int, list[Cell]] = field(default_factory=dict)
    dates: dict[int, Cell] = field(default_factory=dict)
    marks: list[int] = field(default_factory=list)
    """Columns of a matrix that are marked."""


class RowReader:
    """Walks down a table once."""

    def __init__(self, view: GridView, columns: Columns, grammar: Grammar) -> None:
        self._view = view
        self._columns = columns
        self._grammar = grammar
        self._topics = columns.of("topic")
        self._words = columns.of("requirement")
        self._numbers = columns.of("number")
        self._units = [column for column in columns.of(*_UNIT_KINDS) if column not in columns.units]
        self._leaders = columns.of("leader")
        self._dates = columns.of(*_DATE_KINDS)
        self._current: dict[int, Cell | None] = {}
        self._band: list[str] = []
        self._headers = {"".join(header.split()) for header in columns.headers if header}
        self._starts = set(view.table.page_starts)
        self._restated = False
        self.skipped: list[int] = []
        """Rows that hold text and say nothing to be done."""

    def rows(self) -> Iterator[Row]:
        """The data rows in order; several grid rows may make one."""
        last: Row | None = None
        fresh = False
        for index in range(self._columns.first_row, self._view.rows):
            if self._repeats_header(index):
                fresh = True
                continue
            fresh = fresh or index in self._starts
            cells = list(self._view.cells(index))
            if all(cell.row < index for cell in cells):
                continue  # blank, or covered by cells that are merged downwards for the looks only
            if self._is_aside(index, cells):
                continue
            row = self._resolve(index, fresh)
            if row is None:
                if self._view.own_cells(index):
                    self.skipped.append(index)
                fresh = False
                continue
            if last is not None and self._continues(row, last, fresh):
                self._append(row, last)
            else:
                if last is not None:
                    yield last
                last = row
            fresh = False
        if last is not None:
            yield last

    def _repeats_header(self, index: int) -> bool:
        texts = {"".join(one_line(cell.text).split()) for cell in self._view.cells(index)}
        if not texts or not self._headers:
            return False
        if texts <= self._headers:
            return True
        return len(texts & self._headers) * 2 > len(texts) and is_header(self._view, index, self._grammar)

    def _is_aside(self, index: int, cells: list[Cell]) -> bool:
        """True for sums, notes and bands; a band becomes the outermost heading of the rows below it."""
        own = [cell for cell in cells if cell.row == index]
        first = one_line(own[0].text) if own else ""
        if any(_TOTAL.fullmatch(one_line(cell.text)) for cell in own[:2]):
            return True
        if len(cells) == 1 and _NOTE.match(first):
            return True
        lone = self._view.lone_cell(index)
        if lone is None or (not self._topics and not self._numbers and lone.colspan < self._view.columns):
            return False
        wide = (
            lone.colspan > 1
            and lone.column + lone.colspan > max(self._words, default=0)
            and lone.column <= min(self._words, default=0)
        )
        if not wide and (lone.column in self._words or lone.column in self._topics):
            return False
        if not wide and lone.column not in self._numbers:
            return False
        self._band = [one_line(lone.text)]
        self._current = {column: cell for column, cell in self._current.items() if column not in self._topics}
        return True

    def _resolve(self, index: int, fresh: bool) -> Row | None:
        view, columns = self._view, self._columns
        row = Row(index)
        restated = self._take_topics(index)
        own_words = list(self._distinct(index, self._words))
        for column in self._numbers[:1]:
            cell = view.cell(index, column)
            if cell is not None:
                self._current[column] = cell
            row.number = self._current.get(column)
        topics = self._path_cells()
        if own_words:
            row.words = own_words
        else:
            own = [cell for cell in topics if cell.row == index]
            others = [cell for cell in view.cells(index) if cell.row == index and cell not in topics]
            if not own or not others:
                if not own and others:
                    row.words = []
                else:
                    return None
            else:
                row.words = [own[-1]]
        headings = [cell for cell in topics if cell not in row.words]
        # A dash says that the row stands under no heading.
        row.path = self._band + [one_line(cell.text) for cell in headings if any(char.isalnum() for char in cell.text)]
        self._restated = restated
        look_ahead = restated or (fresh and bool(self._own_topics(index)))
        for group in (self._units, self._leaders):
            for column, cell in self._take_group(index, group, look_ahead).items():
                row.units[column] = [cell]
        for column in self._dates:
            found = self._take_group(index, [column], look_ahead)
            row.dates.update(found)
        row.marks = [column for column in columns.units if view.cell(index, column) is not None]
        return row

    def _distinct(self, index: int, columns: list[int]) -> list[Cell]:
        found: list[Cell] = []
        for column in columns:
            cell = self._view.cell(index, column)
            if cell is not None and cell not in found:
                found.append(cell)
        return found

    def _own_topics(self, index: int) -> list[Cell]:
        return [cell for cell in self._distinct(index, self._topics) if cell.row == index]

    def _take_topics(self, index: int) -> bool:
        """Bring the topics up to date; True where the row restates a heading that holds already, as a new page does."""
        restated = False
        changed = False
        for column in self._topics:
            cell = self._view.cell(index, column)
            before = self._current.get(column)
            if cell is None:
                if changed:
                    self._current[column] = None
                continue
            if before is None or one_line(before.text) != one_line(cell.text):
                changed = True
            elif cell is not before and cell.row == index and not changed:
                restated = True
            if cell is not before:
                self._current[column] = cell
        return restated

    def _path_cells(self) -> list[Cell]:
        found: list[Cell] = []
        for column in self._topics:
            cell = self._current.get(column)
            if cell is not None and cell not in found:
                found.append(cell)
        return found

    def _take_group(self, index: int, group: list[int], look_ahead: bool) -> dict[int, Cell]:
        """The cells of some columns; a blank one takes the value above it (contract, section 4)."""
        own = {column: cell for column in group if (cell := self._view.cell(index, column)) is not None}
        if not own and look_ahead:
            own = self._first_below(index, group)
        self._current.update(own)
        return {column: cell for column in group if (cell := self._current.get(column)) is not None}

    def _first_below(self, index: int, group: list[int]) -> dict[int, Cell]:
        """The first cells of a group further down on the same page, which ends where the next one restates its heading."""
        outer = self._current.get(self._topics[0]) if self._topics else None
        for row in range(index + 1, self._view.rows):
            if self._repeats_header(row) or (row in self._starts and not self._restated):
                break
            heading = self._view.cell(row, self._topics[0]) if self._topics else None
            if heading is not None and heading.row == row:
                if outer is not None and one_line(heading.text) == one_line(outer.text):
                    break
                outer = heading
            own = {column: cell for column in group if (cell := self._view.cell(row, column)) is not None}
            if own:
                return own
        return {}

    def _continues(self, row: Row, last: Row, fresh: bool) -> bool:
        """True where a row only goes on with the one above: the same merged words, none, or the rest of cut ones."""
        if not row.words or row.words == last.words:
            return True
        if not fresh or not self._numbers or not last.words:
            return False
        if self._view.cell(row.index, self._numbers[0]) is not None or self._own_topics(row.index):
            return False
        return not last.words[-1].text.endswith(_ENDS)

    def _append(self, row: Row, last: Row) -> None:
        if row.words and row.words != last.words:
            last.continued += row.words
        for column, cells in row.units.items():
            known = last.units.setdefault(column, [])
            known += [cell for cell in cells if cell not in known]
        for column, cell in row.dates.items():
            last.dates.setdefault(column, cell)
        last.marks += [column for column in row.marks if column not in last.marks]
