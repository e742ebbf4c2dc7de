"""Tasks from the rows of a decomposition table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from wpparse.blocks import Cell
from wpparse.enumerators import NUMBERED
from wpparse.extract.body import deadline, party, problem
from wpparse.extract.deadlines.find import find_deadlines, stated_year
from wpparse.extract.mentions import DateBase, DeadlineMention, PartyMention, UnitList
from wpparse.extract.parties.clauses import find_clauses
from wpparse.extract.parties.subjects import find_subjects
from wpparse.extract.parties.units import read_units
from wpparse.extract.tables.columns import Columns
from wpparse.extract.tables.grid import GridView, one_line
from wpparse.extract.tables.header import header_hit
from wpparse.extract.tables.rows import Row
from wpparse.grammar import Grammar, characters
from wpparse.messages import register, render
from wpparse.model import Deadline, DeadlineSource, Diagnostic, Location, Party, Role, Task
from wpparse.outline import Item

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


class _LabelStarts:
    """The characters with which a label can begin; made once for each grammar."""

    def __init__(self, grammar: Grammar) -> None:
        self.characters = frozenset(
            "".join(characters(rule.fields.get("first", ""), grammar, rule.where) for rule in grammar.rules("label"))
        )


class TaskMaker:
    """Makes tasks of the rows of one table."""

    def __init__(
        self,
        view: GridView,
        columns: Columns,
        block: int,
        items: Sequence[Item],
        grammar: Grammar,
        base: DateBase,
        first_is_lead: bool,
        legend: Mapping[str, str],
    ) -> None:
        self._view = view
        self._columns = columns
        self._block = block
        self._grammar = grammar
        self._base = base
        self._first_is_lead = first_is_lead
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
        self.diagnostics: list[Diagnostic] = []

    def task(self, row: Row, number: int) -> Task:
        """The task of one row."""
        parties: dict[str, Party] = {}
        deadlines: list[Deadline] = []
        deadlines += self._column_dates(row)
        clause_words: list[str] = []
        words: list[str] = []
        open_ended = False
        for cell in row.words:
            text, clauses, opened = self._words(cell, parties, deadlines)
            words.append(text)
            clause_words += clauses
            open_ended = open_ended or opened
        for cell in row.continued:
            text, clauses, opened = self._words(cell, parties, deadlines)
            words[-1] += text
            clause_words += clauses
            open_ended = open_ended or opened
        clause_parties = parties
        parties = {}
        column_words, opened = self._column_parties(row, parties)
        open_ended = open_ended or opened
        for name, found in clause_parties.items():
            parties.setdefault(name, found)
        if not parties:
            for cell in (*row.words, *row.continued):
                for mention in find_subjects(cell.text, self._grammar):
                    parties.setdefault(mention.name, party(mention, self._at(cell, mention.start, mention.end)))
        first = row.words[0]
        alone = len(row.words) == 1 and not row.continued
        own = self._own_label(words[0], row.number is not None) if alone else ""
        label = one_line(row.number.text) if row.number is not None else own or None
        confidences = [doubt.confidence for cell in self._cells(row) for doubt in cell.doubts]
        return Task(
            number=number,
            origin="table",
            section=self._section(row),
            label=label,
            path=tuple(row.path),
            title=None,
            text="\n".join(words).removeprefix(own).lstrip(),
            parties=tuple(parties.values()),
            parties_text="\n".join((*column_words, *clause_words)) or None,
            open_ended=open_ended,
            deadlines=tuple(deadlines),
            recognised=min(confidences, default=None),
            location=Location(
                page=self._view.page(row.index),
                block=self._block,
                start=len(own),
                end=len(first.text),
                row=first.row,
                column=first.column,
            ),
        )

    def _own_label(self, text: str, numbered: bool) -> str:
        """The number that a requirement begins with; empty where the cell goes on to number what it lists.

        Beside a number column (``numbered``), 1.4.1 is what the schedule calls the work.
        """
        if text[:1] not in self._grammar.made(_LabelStarts).characters:
            return ""
        labels = self._grammar.rules("label")
        hit = labels.match(text)
        if hit is None or hit.end >= len(text) or "\n" in text or hit.field("auto"):
            return ""
        if numbered and str(hit.field("scheme")).startswith("decimal"):
            return ""
        for stop in _SENTENCE_END.finditer(text, hit.end):
            other = labels.match(text, stop.end())
            if other is not None and other.field("scheme") == hit.field("scheme"):
                return ""
        return text[: hit.end]

    def _cells(self, row: Row) -> Iterator[Cell]:
        yield from row.words
        yield from row.continued
        for cells in row.units.values():
            yield from cells
        yield from row.dates.values()

    def _at(self, cell: Cell, start: int, end: int) -> Location:
        return Location(
            page=self._view.page(cell.row), block=self._block, start=start, end=end, row=cell.row, column=cell.column
        )

    def _words(self, cell: Cell, parties: dict[str, Party], deadlines: list[Deadline]) -> tuple[str, list[str], bool]:
        """The text of a requirement cell without its clauses; what the clauses and the text say is added."""
        text = cell.text
        source: DeadlineSource = "column" if cell.column in self._columns.dated else "text"
        plain: list[str] = []
        clauses: list[str] = []
        opened = False
        position = 0
        for clause in find_clauses(text, self._grammar):
            plain.append(text[position : clause.start])
            self._dates(cell, position, clause.start, source, deadlines)
            clauses.append(text[clause.start : clause.end])
            for mention in self._with_lead(clause.units.mentions):
                parties.setdefault(mention.name, party(mention, self._at(cell, mention.start, mention.end)))
            for start, end in clause.deadline_spans:
                self._dates(cell, start, end, "clause", deadlines)
            opened = opened or clause.units.open_ended
            position = clause.end
        plain.append(text[position:])
        self._dates(cell, position, len(text), source, deadlines)
        return "".join(plain).strip(), clauses, opened

    def _with_lead(self, mentions: Sequence[PartyMention]) -> Sequence[PartyMention]:
        """A convention of the whole circular: the first unit leads where no role is said."""
        if self._first_is_lead and mentions and not any(mention.stated for mention in mentions):
            return (replace(mentions[0], role="lead"), *mentions[1:])
        return mentions

    def _dates(self, cell: Cell, start: int, end: int, source: DeadlineSource, deadlines: list[Deadline]) -> None:
        if start >= end:
            return
        for mention in find_deadlines(cell.text[start:end], self._grammar, self._base_of(cell), source):
            if mention.kind == "ongoing" and cell.column in self._columns.dated:
                continue  # a schedule says when; 长期 in its sentences does not
            location = self._at(cell, start + mention.start, start + mention.end)
            deadlines.append(self._deadline(mention, location))

    def _column_date(self, cell: Cell, deadlines: list[Deadline]) -> None:
        """The time expressions of a cell of their own; a narrow column breaks them into lines."""
        if "\n" not in cell.text:
            found = self._find_dates(cell.text, self._base_of(cell))
            deadlines += [self._deadline(mention, self._at(cell, mention.start, mention.end)) for mention in found]
            return
        places = [at for at, c in enumerate(cell.text) if c != "\n" or cell.text[at - 1 : at] in _STOPS]
        text = "".join(cell.text[at] for at in places)
        for mention in self._find_dates(text, self._base_of(cell)):
            location = self._at(cell, places[mention.start], places[mention.end - 1] + 1)
            deadlines.append(self._deadline(mention, location))

    def _find_dates(self, text: str, base: DateBase) -> tuple[DeadlineMention, ...]:
        """The deadlines of a cell; the same few texts stand in most cells of a column."""
        found = self._known_dates.get((text, base))
        if found is None:
            found = self._known_dates[text, base] = find_deadlines(text, self._grammar, base, "column")
        return found

    def _base_of(self, cell: Cell) -> DateBase:
        """What the dates of a column are counted from: the year that its header states, else the plan's."""
        base = self._bases.get(cell.column)
        if base is None:
            year = stated_year(self._columns.headers[cell.column], self._grammar)
            base = self._bases[cell.column] = self._base if year is None else replace(self._base, plan_year=year)
        return base

    def _read_units(self, text: str, role: Role) -> UnitList:
        """The bodies of a cell, remembered likewise."""
        found = self._known_units.get((text, role))
        if found is None:
            found = self._known_units[text, role] = read_units(text, self._grammar, role, "column")
        return found

    def _deadline(self, mention: DeadlineMention, location: Location) -> Deadline:
        if mention.problem is not None:
            self.diagnostics.append(problem(mention, location))
        return deadline(mention, location)

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

    def _column_parties(self, row: Row, parties: dict[str, Party]) -> tuple[list[str], bool]:
        words: list[str] = []
        opened = False
        leading = any(self._columns.kinds[column] == "lead" for column in row.units)
        for column, cells in row.units.items():
            role = _ROLES[self._columns.kinds[column] or "responsible"]
            for cell in cells:
                words.append(cell.text)
                units = self._read_units(cell.text, role)
                opened = opened or units.open_ended
                mentions: Sequence[PartyMention] = units.mentions
                if role == "responsible" and not leading:
                    mentions = self._with_lead(mentions)
                for mention in mentions:
                    parties.setdefault(mention.name, party(mention, self._at(cell, mention.start, mention.end)))
                for start, end in units.rest:
                    self._unread(cell, start, end)
        for column, mark in row.marks.items():
            header = self._header(column)
            if header is None or column in self._columns.times:
                continue
            words.append(header.text)
            for mention in self._read_units(header.text, self._marked_role(column, mark)).mentions:
                parties.setdefault(mention.name, party(mention, self._at(header, mention.start, mention.end)))
        return words, opened

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
