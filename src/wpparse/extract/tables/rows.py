"""The data rows of a table, with blank and merged cells resolved to the cell whose value they take."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from wpparse.blocks import Cell
from wpparse.extract.tables.columns import Columns
from wpparse.extract.tables.grid import GridView, one_line
from wpparse.extract.tables.header import is_header, is_ordinal
from wpparse.extract.tables.marks import is_nothing
from wpparse.grammar import Grammar

_LONGEST_BAND = 60
_FIGURE = re.compile(r"[\d.,，%％]+|[-—–/]+")
_DIGIT = re.compile(r"\d")
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
    marks: dict[int, str] = field(default_factory=dict)
    """Columns of a matrix that are marked, and the marks."""


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
        self._bands: list[tuple[str, str]] = []
        """Headings that hold for the rows below them, outermost first: the scheme of the label and the text."""
        self._headers = {"".join(header.split()) for header in columns.headers if header}
        self._starts = set(view.table.page_starts)
        self._restated = False
        self._merges = any(cell.rowspan > 1 and cell.row >= columns.first_row for cell in view.table.cells)
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
        """True for sums, notes and bands; a band becomes a heading of the rows below it."""
        own = [cell for cell in cells if cell.row == index]
        rules = self._grammar.rules("row")
        for cell in own[:2]:
            hit = rules.fullmatch(one_line(cell.text))
            if hit is not None and hit.rule.kind in ("total", "continued"):
                return True
        if len(cells) == 1 and own:
            hit = rules.match(one_line(own[0].text))
            if hit is not None and hit.rule.kind == "note":
                return True
        lone = self._view.lone_cell(index) or self._summed(own, cells)
        if lone is None or not self._is_band(lone):
            lone = self._numbered_band(own, cells)
        if lone is None:
            return False
        text = one_line(lone.text)
        label = self._grammar.rules("label").match(text)
        scheme = str(label.field("scheme")) if label is not None else ""
        known = [place for place, (other, _) in enumerate(self._bands) if other == scheme or not other]
        del self._bands[known[0] if known else len(self._bands) :]
        self._bands = [*(self._bands if scheme else []), (scheme, text)]
        self._current = {}
        return True

    def _summed(self, own: list[Cell], cells: list[Cell]) -> Cell | None:
        """The first cell of a row that has nothing else but figures: what the rows below it come to."""
        if len(own) < 2 or len(own) < len(cells) or is_ordinal(one_line(own[0].text)):
            return None
        figures = all(cell.text == own[0].text or _FIGURE.fullmatch(one_line(cell.text)) for cell in own[1:])
        return own[0] if figures and not any(cell.column in self._columns.units for cell in own) else None

    def _numbered_band(self, own: list[Cell], cells: list[Cell]) -> Cell | None:
        """The words of a row with nothing but a Chinese number and a heading (一 | 基础设施) among rows with Arabic ones."""
        if len(own) != 2 or len(cells) != 2 or own[0].column not in self._numbers or not is_ordinal(own[0].text):
            return None
        if _DIGIT.search(own[0].text) or len(own[1].text) > _LONGEST_BAND or "。" in own[1].text:
            return None
        numbers = self._view.column_cells(own[0].column, self._columns.first_row, self._view.rows)
        counted = sum(_DIGIT.search(cell.text) is not None for cell in numbers)
        return own[1] if 2 * counted > len(numbers) else None

    def _is_band(self, lone: Cell) -> bool:
        """True for the only cell of a row that is a heading of the rows below it."""
        columns = self._view.columns
        wide = (
            lone.colspan > 1
            and lone.column + lone.colspan > max(self._words, default=0)
            and lone.column <= min(self._words, default=0)
        )
        if wide and (self._topics or self._numbers or lone.colspan == columns):
            return True
        if lone.column in self._numbers:
            return True
        if lone.column in self._topics or lone.column not in self._words[:1] or lone.column:
            return False
        # The first column says what is to be done: a short label line without anybody beside it heads the rows below.
        text = one_line(lone.text)
        label = self._grammar.rules("label").match(text)
        if label is None or len(text) > _LONGEST_BAND or "。" in text or not (self._units or self._dates):
            return False
        return not any(self._starts_alike(row, str(label.field("scheme"))) for row in range(self._view.rows))

    def _starts_alike(self, row: int, scheme: str) -> bool:
        """True where a row with more than one cell begins with a label of the same kind."""
        cells = self._view.own_cells(row)
        label = self._grammar.rules("label").match(cells[0].text) if len(cells) > 1 else None
        return label is not None and label.field("scheme") == scheme

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
        row.path = [text for _, text in self._bands] + [
            one_line(cell.text) for cell in headings if any(char.isalnum() for char in cell.text)
        ]
        self._restated = restated
        look_ahead = restated or (fresh and bool(self._own_topics(index)))
        for group in (self._units, self._leaders):
            for column, cell in self._take_group(index, group, look_ahead).items():
                row.units[column] = [cell]
        for column in self._unsupported(index):
            row.units.pop(column, None)
        for column in self._dates:
            found = self._take_group(index, [column], look_ahead)
            row.dates.update(found)
        for column in columns.units:
            cell = view.cell(index, column)
            if cell is not None and not is_nothing(cell.text):
                row.marks[column] = one_line(cell.text)
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

    def _unsupported(self, index: int) -> list[int]:
        """The columns of those who help that are blank beside a lead of the row's own: nobody helps.

        Only where the table shows which cells are merged; else a blank cell may be one of them.
        """
        if not self._merges:
            return []
        kinds = self._columns.kinds
        leads = [cell for column in self._units if kinds[column] == "lead" and (cell := self._view.cell(index, column))]
        if not any(cell.row == index for cell in leads):
            return []
        return [column for column in self._units if kinds[column] == "support" and not self._view.cell(index, column)]

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
        last.marks = {**row.marks, **last.marks}
