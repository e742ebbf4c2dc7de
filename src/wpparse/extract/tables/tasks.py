"""Tasks from the rows of a decomposition table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from wpparse.blocks import Cell
from wpparse.enumerators import NUMBERED
from wpparse.extract.assemble import Assembler, Beside, Frame, Words
from wpparse.extract.deadlines.find import find_deadlines, stated_year
from wpparse.extract.mentions import DateBase, DeadlineMention, PartyMention, UnitList
from wpparse.extract.parties.units import read_units
from wpparse.extract.passage import PassageReader, cell_passage, party
from wpparse.extract.tables.columns import Columns
from wpparse.extract.tables.grid import GridView, one_line
from wpparse.extract.tables.header import header_hit
from wpparse.extract.tables.rows import Row
from wpparse.messages import register, render
from wpparse.model import Deadline, DeadlineSource, Diagnostic, Location, Role, Task
from wpparse.outline import Item, Passage
from wpparse.outline.labels import LabelReader

register(
    {
        "table-cell-unread": (
            "表格单元格中的“{text}”未能识别为单位",
            "“{text}” in a table cell was not understood as a body",
        ),
    }
)

_ROLES: Mapping[str, Role] = {
    "responsible": "responsible", "lead": "lead", "support": "support", "leader": "leader",
}  # fmt: skip
_SENTENCE_END = re.compile(r"[。；;：:]")
_STOPS = tuple("。；;，,、")
_MARKS = re.compile(r"[\W_]+")


class TaskMaker:
    """Makes tasks of the rows of one table."""

    def __init__(
        self,
        view: GridView,
        columns: Columns,
        block: int,
        items: Sequence[Item],
        reader: PassageReader,
        legend: Mapping[str, str],
    ) -> None:
        self._view = view
        self._columns = columns
        self._block = block
        self._reader = reader
        self._maker = Assembler(reader)
        self._grammar = reader.grammar
        self._base = reader.base
        self._legend = legend
        self._headings: dict[str, str] = {}
        for item in items:
            if item.heading and item.tasks:
                self._headings.setdefault(bare(item.heading), item.id)
        self._texts: dict[str, str] = {}
        for item in items:
            if item.tasks and item.leaf:
                for passage in item.passages:
                    self._texts.setdefault(bare(passage.text), item.id)
        self._known_units: dict[tuple[str, Role], UnitList] = {}
        self._undated: set[tuple[int, int]] = set()
        self._known_dates: dict[tuple[str, DateBase], tuple[DeadlineMention, ...]] = {}
        self._bases: dict[int, DateBase] = {}
        self.diagnostics = reader.diagnostics

    def task(self, row: Row, number: int) -> Task:
        """The task of one row."""
        beside = Beside(deadlines=self._column_dates(row))
        self._column_parties(row, beside)
        beside.confidences = [doubt.confidence for cell in self._beside(row) for doubt in cell.doubts]
        cells = [self._passage(cell) for cell in row.words]
        cells += [replace(self._passage(cell), glued=True) for cell in row.continued]
        groups = [self._maker.collect([cell], self._source(cell)) for cell in cells]
        words = Words(cells, [claused for group in groups for claused in group.clauses])
        deadlines = [
            deadline
            for cell, group in zip(cells, groups, strict=True)
            for deadline in self._maker.deadlines(group, self._base_of(cell.column or 0))
        ]
        parties = list(self._reader.named_in(words.clauses)) if beside.parties else self._maker.parties(words)
        own = self._own_label(self._maker.text(words), row.number is not None) if len(cells) == 1 else ""
        label = one_line(row.number.text) if row.number is not None else own or None
        first = row.words[0]
        location = Location(
            page=self._view.page(row.index),
            block=self._block,
            start=len(own),
            end=len(first.text),
            row=first.row,
            column=first.column,
        )
        frame = Frame("table", self._section(row), tuple(row.path), label, None, location, own)
        return replace(self._maker.task(frame, words, parties, deadlines, beside), number=number)

    def _passage(self, cell: Cell) -> Passage:
        return cell_passage(cell, self._block, self._view.page(cell.row))

    def _source(self, cell: Passage) -> DeadlineSource:
        return "column" if cell.column in self._columns.dated else "text"

    def _own_label(self, text: str, numbered: bool) -> str:
        """The number that a requirement begins with; empty where the cell goes on to number what it lists.

        Beside a number column (``numbered``), 1.4.1 is what the schedule calls the work.
        """
        labels = self._grammar.made(LabelReader)
        label = next((label for label in labels.at(text, 0) if not label.doubt), None)
        if label is None or label.end >= len(text) or "\n" in text:
            return ""
        if numbered and label.scheme.startswith("decimal"):
            return ""
        for stop in _SENTENCE_END.finditer(text, label.end):
            if any(other.scheme == label.scheme for other in labels.at(text, stop.end())):
                return ""
        return text[: label.end]

    def _beside(self, row: Row) -> Iterator[Cell]:
        for cells in row.units.values():
            yield from cells
        yield from row.dates.values()

    def _at(self, cell: Cell, start: int, end: int) -> Location:
        return Location(
            page=self._view.page(cell.row), block=self._block, start=start, end=end, row=cell.row, column=cell.column
        )

    def _column_date(self, cell: Cell, deadlines: list[Deadline]) -> None:
        """The time expressions of a cell of their own; a narrow column breaks them into lines."""
        if "\n" not in cell.text:
            found = self._find_dates(cell.text, self._base_of(cell.column))
            deadlines += [
                self._reader.deadline(mention, self._at(cell, mention.start, mention.end)) for mention in found
            ]
            return
        places = [at for at, c in enumerate(cell.text) if c != "\n" or cell.text[at - 1 : at] in _STOPS]
        text = "".join(cell.text[at] for at in places)
        for mention in self._find_dates(text, self._base_of(cell.column)):
            location = self._at(cell, places[mention.start], places[mention.end - 1] + 1)
            deadlines.append(self._reader.deadline(mention, location))

    def _find_dates(self, text: str, base: DateBase) -> tuple[DeadlineMention, ...]:
        """The deadlines of a cell; the same few texts stand in most cells of a column."""
        found = self._known_dates.get((text, base))
        if found is None:
            found = self._known_dates[text, base] = find_deadlines(text, self._grammar, base, "column")
        return found

    def _base_of(self, column: int) -> DateBase:
        """What the dates of a column are counted from: the year that its header states, else the plan's."""
        base = self._bases.get(column)
        if base is None:
            year = stated_year(self._columns.headers[column], self._grammar)
            base = self._bases[column] = self._base if year is None else replace(self._base, plan_year=year)
        return base

    def _read_units(self, text: str, role: Role) -> UnitList:
        """The bodies of a cell, remembered likewise."""
        found = self._known_units.get((text, role))
        if found is None:
            found = self._known_units[text, role] = read_units(text, self._grammar, role, "column")
        return found

    def _column_dates(self, row: Row) -> list[Deadline]:
        found: list[Deadline] = []
        starts: list[Deadline] = []
        ends: list[Deadline] = []
        for column, cell in row.dates.items():
            kind = self._columns.kinds[column]
            target = starts if kind == "start" else ends if kind == "end" else found
            before = len(target)
            self._column_date(cell, target)
            if len(target) == before and (cell.row, cell.column) not in self._undated:
                self._undated.add((cell.row, cell.column))  # a merged cell stands in many rows
                self._unread(cell, 0, len(cell.text), "deadline-unread")
        for column in row.marks:
            header = self._header(column) if column in self._columns.times else None
            if header is not None:
                self._column_date(header, found)
        if starts and ends:
            begins = starts[0].start or starts[0].due
            found += [replace(end, kind="during", start=begins) if end.due else end for end in ends]
        else:
            found += starts + ends
        return found

    def _column_parties(self, row: Row, beside: Beside) -> None:
        leading = any(self._columns.kinds[column] == "lead" for column in row.units)
        for column, cells in row.units.items():
            role = _ROLES[self._columns.kinds[column] or "responsible"]
            for cell in cells:
                beside.words.append(cell.text)
                units = self._read_units(cell.text, role)
                beside.open_ended = beside.open_ended or units.open_ended
                mentions: Sequence[PartyMention] = units.mentions
                if role == "responsible" and not leading:
                    mentions = self._reader.with_lead(mentions)
                for mention in mentions:
                    beside.parties.append(party(mention, self._at(cell, mention.start, mention.end)))
                for start, end in units.rest:
                    self._unread(cell, start, end)
        for column, mark in row.marks.items():
            header = self._header(column)
            if header is None or column in self._columns.times:
                continue
            beside.words.append(header.text)
            for mention in self._read_units(header.text, self._marked_role(column, mark)).mentions:
                beside.parties.append(party(mention, self._at(header, mention.start, mention.end)))

    def _marked_role(self, column: int, mark: str) -> Role:
        """The role that a mark gives: by the legend, by its own word, or by the header above the names."""
        hit = header_hit(self._legend.get(mark, mark), self._grammar)
        kind = hit.rule.kind if hit is not None else self._columns.kinds[column]
        return _ROLES.get(kind or "", "responsible")

    def _header(self, column: int) -> Cell | None:
        """The header cell that names the body of a column of marks: the value stands there, not at the mark."""
        for index in range(self._columns.first_row - 1, -1, -1):
            cell = self._view.cell(index, column)
            if cell is not None:
                return cell
        return None

    def _unread(self, cell: Cell, start: int, end: int, code: str = "table-cell-unread") -> None:
        text = cell.text[start:end].strip()
        if not _MARKS.sub("", text):
            return
        values = {"text": text}
        self.diagnostics.append(
            Diagnostic(
                code=code,
                severity="info",
                message=render(code, "zh", values),
                location=self._at(cell, start, end),
                values=values,
            )
        )

    def _section(self, row: Row) -> str | None:
        """The body section with the same heading as the innermost topic that has one, or with the same words."""
        for cell in row.words:
            found = self._texts.get(bare(cell.text)) or self._headings.get(bare(cell.text))
            if found is not None:
                return found
        for topic in reversed(row.path):
            found = self._headings.get(bare(topic))
            if found is not None:
                return found
        return None


def bare(text: str) -> str:
    """A heading for comparison: without its number and without punctuation."""
    return _MARKS.sub("", text[front.end() if (front := NUMBERED.match(text)) else 0 :])
