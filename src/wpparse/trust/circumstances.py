"""What a circular as a whole says about its parts: the names that it uses, how its paragraphs look, what was not understood."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from statistics import median

from wpparse.blocks import Cell, Document, Paragraph, Table
from wpparse.extract.parties.names import Names, names
from wpparse.grammar import Grammar
from wpparse.model import Diagnostic, Location, Origin, Section, Task, WorkPlan
from wpparse.outline import Outline

STOPS = tuple("。；！？!?;）)”】〕》：:")
"""What a whole paragraph ends with."""
_LINE = 15
"""A paragraph of fewer characters may be a heading, whose end says nothing."""
_MANY_CUT = 0.45
"""The share of open paragraphs above which every line of a page seems to be a paragraph."""
_HEADING = 24
"""A row of fewer characters may be a heading."""
_RUN_ON = 1500
"""A paragraph with more characters holds several that have lost their line ends."""
_LABELLED = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十\d]+[）)、.．]|第[一二三四五六七八九十\d]+[条章节])")
TABLE_LET_GO = frozenset({"txt-table-unread", "pdf-columns", "outline-flat-table", "table-reading-let-go"})
TABLE_GUESSED = frozenset({"table-columns-guessed", "pdf-unruled-table", "table-reading-doubtful"})
NUMBERING = frozenset({"outline-number-jump", "outline-repeated-number"})


def odd_path(task: Task) -> bool:
    """True where a heading above a task holds the marks of a sentence."""
    return any(mark in heading for heading in task.path for mark in "。；，")


class Circumstances:
    """One circular with its outline and its plan, asked for what its values are weighed against."""

    def __init__(self, document: Document, outline: Outline, plan: WorkPlan, grammar: Grammar) -> None:
        self.document = document
        self.outline = outline
        self.plan = plan
        self.grammar = grammar
        self.known: Names = names(grammar)
        self.by_origin: Mapping[Origin, Sequence[Task]] = {
            "body": [task for task in plan.tasks if task.origin == "body"],
            "table": [task for task in plan.tasks if task.origin == "table"],
        }
        self.levels = tuple(sorted({*grammar.words("agency_levels"), *grammar.words("unit_each")}))
        """Words with which the name of a body of government or of a class of bodies begins."""
        self.sections: Mapping[str, Section] = {section.id: section for section in plan.sections}
        self._said: dict[tuple[int, int | None], list[Diagnostic]] = defaultdict(list)
        for found in plan.diagnostics:
            if found.location is not None:
                self._said[found.location.block, found.location.row].append(found)

    def said_at(self, place: Location) -> Sequence[Diagnostic]:
        """The findings at a paragraph, or at a row of a table."""
        return self._said.get((place.block, place.row), ())

    def count(self, codes: Iterable[str]) -> int:
        """How many findings have one of these codes."""
        wanted = frozenset(codes)
        return sum(found.code in wanted for found in self.plan.diagnostics)

    @cached_property
    def named(self) -> Counter[str]:
        """How often each name stands where nobody doubts that it is one: in other clauses and columns, among the addressees, as issuer."""
        header = self.plan.header
        count: Counter[str] = Counter()
        count.update((*header.addressees, *header.copied_to, *filter(None, [header.issuer])))
        for task in self.plan.tasks:
            count.update({party.name for party in task.parties if party.source != "subject"})
        return count

    @cached_property
    def subjects(self) -> Counter[str]:
        """How often each name is commanded."""
        return Counter(party.name for task in self.plan.tasks for party in task.parties if party.source == "subject")

    @cached_property
    def named_first(self) -> Mapping[str, tuple[str, ...]]:
        """The names of the circular by their first two characters, the longest first."""
        found: dict[str, list[str]] = defaultdict(list)
        for name in sorted({*self.named, *self.subjects}, key=lambda name: (-len(name), name)):
            found[name[:2]].append(name)
        return {key: tuple(listed) for key, listed in found.items()}

    @cached_property
    def siblings(self) -> Mapping[tuple[str | None, int], Sequence[Section]]:
        """Sections by parent and level."""
        found: dict[tuple[str | None, int], list[Section]] = defaultdict(list)
        for section in self.plan.sections:
            found[section.parent, section.level].append(section)
        return found

    @cached_property
    def rows(self) -> Mapping[int, Sequence[Task]]:
        """The tasks of each table, by its block."""
        found: dict[int, list[Task]] = defaultdict(list)
        for task in self.by_origin["table"]:
            found[task.location.block].append(task)
        return found

    @cached_property
    def habits(self) -> Mapping[Origin, Mapping[str, float]]:
        """For each origin what share of its tasks does something: to know which of them does not do as the others do."""
        return {origin: self._habits(tasks) for origin, tasks in self.by_origin.items()}

    def _habits(self, tasks: Sequence[Task]) -> Mapping[str, float]:
        many = max(1, len(tasks))
        depths = Counter(len(task.path) for task in tasks)
        return {
            "parties": sum(bool(task.parties) for task in tasks) / many,
            "clauses": sum(any(party.source != "subject" for party in task.parties) for task in tasks) / many,
            "deadlines": sum(bool(task.deadlines) for task in tasks) / many,
            "stops": sum(task.text.endswith(STOPS) for task in tasks) / many,
            "titles": sum(task.title is not None for task in tasks) / many,
            "labels": sum(task.label is not None for task in tasks) / many,
            "length": median([len(task.text) for task in tasks]) if tasks else 0.0,
            "odd_paths": sum(map(odd_path, tasks)) / many,
            "depth_share": depths.most_common(1)[0][1] / many if depths else 0.0,
            "path": median([max(map(len, task.path), default=0) for task in tasks]) if tasks else 0.0,
            "depth": float(depths.most_common(1)[0][0]) if depths else 0.0,
        }

    @cached_property
    def _cells(self) -> Mapping[tuple[int, int, int], Cell]:
        tables = ((at, block) for at, block in enumerate(self.document.blocks) if isinstance(block, Table))
        return {(at, cell.row, cell.column): cell for at, table in tables for cell in table.cells}

    def carried(self, place: Location, task: Task) -> bool:
        """True where a row has its value from a cell above it that does not reach down to it: blank cells were filled."""
        if place.row is None or place.column is None or task.location.row is None:
            return False
        cell = self._cells.get((place.block, place.row, place.column))
        return cell is not None and place.row < task.location.row and place.row + cell.rowspan <= task.location.row

    def heading_like(self, task: Task) -> bool:
        """True for a row that reads like a heading: short, without a stop, among rows that have one."""
        return (
            len(task.text) < _HEADING
            and not task.text.endswith(STOPS)
            and not any(mark in task.text for mark in "，；、")
            and not task.deadlines
            and not any(party.source != "subject" for party in task.parties)
        )

    @cached_property
    def first_of(self) -> Mapping[str, int]:
        """The number of the first body task of each section."""
        found: dict[str, int] = {}
        for task in self.by_origin["body"]:
            if task.section is not None:
                found.setdefault(task.section, task.number)
        return found

    @cached_property
    def share_later(self) -> float:
        """The share of the body tasks that are not the first of their section."""
        tasks = [task for task in self.by_origin["body"] if task.section is not None]
        later = sum(self.first_of[task.section or ""] < task.number for task in tasks)
        return later / len(tasks) if tasks else 0.0

    @cached_property
    def after_heading(self) -> Mapping[int, float]:
        """Body tasks that stand in one section behind a row that reads like a heading, which may be their own."""
        found: dict[int, float] = {}
        section: str | None = None
        seen = False
        for task in self.by_origin["body"]:
            if task.section != section:
                section, seen = task.section, False
            if seen:
                found[task.number] = 1.0
            seen = seen or self.heading_like(task)
        return found

    @cached_property
    def after_open(self) -> Mapping[tuple[Origin, int], float]:
        """Tasks behind one whose last sentence is open, where tasks end in a stop: they may be its rest."""
        found: dict[tuple[Origin, int], float] = {}
        for origin, tasks in self.by_origin.items():
            for before, task in pairwise(tasks):
                if not before.text.endswith(STOPS) and len(before.text) > _LINE and before.parties_text is None:
                    found[origin, task.number] = self.habits[origin]["stops"]
        return found

    @cached_property
    def texts(self) -> Counter[tuple[str, str]]:
        """How often each text of a task stands."""
        return Counter((task.origin, task.text) for task in self.plan.tasks)

    @cached_property
    def whole(self) -> Mapping[str, float]:
        """Evidence about the whole circular, each 0 to 1: it weighs on every value in it."""
        header, plan = self.plan.header, self.plan
        paragraphs = [block for block in self.document.blocks if isinstance(block, Paragraph) and block.text]
        lengths = [len(block.text) for block in paragraphs]
        total = max(1, sum(lengths))
        sections = max(1, len(plan.sections))
        covered = sum(len(task.text) + len(task.parties_text or "") + len(task.title or "") for task in plan.tasks)
        covered += sum(len(section.heading or "") + len(section.text) for section in plan.sections)
        cut = self._lines_cut(paragraphs)
        return {
            "lines_cut": cut,
            "all_lines_cut": float(cut > _MANY_CUT),
            "lines_lost": sum(length for length in lengths if length > _RUN_ON) / total,
            "numbering": min(1.0, 4 * self.count(NUMBERING) / sections),
            "unplaced": min(1.0, self.count(["outline-unplaced"]) / 5),
            "headless": float(header.title is None) / 2
            + float(header.issuer is None and header.document_number is None) / 2,
            "let_go": min(1.0, self.count(TABLE_LET_GO) / 2),
            "unread": min(1.0, self.count(["clause-unread"]) / 5),
            "unheard": max(0.0, 1 - covered / total) if total > 200 else 0.0,
            "unnumbered": float(not plan.sections and bool(self.by_origin["body"])),
            "picture": float(any(found.code.startswith("ocr") for found in plan.diagnostics)),
            "odd_names": self._odd_names(),
        }

    def _lines_cut(self, paragraphs: Sequence[Paragraph]) -> float:
        """The share of long paragraphs that end in the middle of a sentence and are no headings: the marks of cut lines."""
        longer = [block.text for block in paragraphs if len(block.text) >= _LINE]
        cut = [text for text in longer if not text.endswith(STOPS)]
        return len(cut) / len(longer) if len(longer) > 5 else 0.0

    def _odd_names(self) -> float:
        """The share of the parties whose names do not read as those of bodies."""
        parties = [party for task in self.plan.tasks for party in task.parties if party.role != "leader"]
        odd = sum(not self.known.is_body(party.name) for party in parties)
        return odd / len(parties) if len(parties) > 3 else 0.0
