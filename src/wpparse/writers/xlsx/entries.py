"""The tasks of one or several circulars as the sheets need them: numbered, with their notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from wpparse.model import Deadline, Diagnostic, Section, Task, WorkPlan
from wpparse.writers.doubts import Doubt, Findings, message_of
from wpparse.writers.units import Unit, by_unit
from wpparse.writers.wording import CIRCULAR, before_a_word, circular_name
from wpparse.writers.xlsx.layout import Column
from wpparse.writers.xlsx.words import Words, words


@dataclass(frozen=True, slots=True)
class Entry:
    """One task with what stands around it in its circular."""

    number: int
    plan: WorkPlan
    task: Task
    sections: dict[str, Section]
    notes: tuple[str, ...]
    doubts: tuple[Doubt, ...] = ()
    findings: tuple[Diagnostic, ...] = ()


class Entries:
    """All rows of a workbook."""

    def __init__(
        self, plans: Sequence[WorkPlan], headers: str, *, ledger: bool = False, unit: str | None = None
    ) -> None:
        """``unit``: the only body whose tasks the workbook holds, named in its titles."""
        self.plans = plans
        self.headers = headers
        self.ledger = ledger
        self.unit = unit
        self.words: Words = words(headers)
        self.rows: list[Entry] = []
        for plan in plans:
            sections = {section.id: section for section in plan.sections}
            findings = Findings(plan)
            for task in plan.tasks:
                number = len(self.rows) + 1 if ledger else task.number
                notes = _notes(findings, task, headers)
                self.rows.append(
                    Entry(number, plan, task, sections, notes, tuple(findings.doubts(task)), tuple(findings.of(task)))
                )

    @property
    def title(self) -> str:
        """The name of the plan, or of the ledger."""
        return self.words.ledger_title if self.ledger else circular_name(self.plans[0])

    @cached_property
    def depth(self) -> int:
        """The number of task levels in use."""
        return max((len(entry.task.path) for entry in self.rows), default=0)

    @cached_property
    def units(self) -> list[Unit]:
        """Every body with its tasks, spellings joined."""
        return by_unit((index, entry.task) for index, entry in enumerate(self.rows))

    def sheet_title(self, template: str) -> str:
        """The line above a table: the plan's name and what the table shows."""
        if self.ledger:
            return self.title
        if template == self.words.table_title and self.title.endswith("分解表"):
            return self.title + self._of_unit
        return template.format(title=before_a_word(self.title) + self._of_unit)

    @property
    def _of_unit(self) -> str:
        return f"（{self.unit}）" if self.unit else ""

    def circular_columns(self) -> list[Column]:
        """In a ledger: the columns with the circular's name and number."""
        if not self.ledger:
            return []
        name, number = CIRCULAR[self.headers]
        return [Column(name, 7, 12, merge=True), Column(number, 5.5, 5.5, merge=True)]

    def circular_cells(self, plan: WorkPlan) -> list[object]:
        """The cells of those columns."""
        return [circular_name(plan), plan.header.document_number or ""] if self.ledger else []


def date_of(value: str | None) -> date | None:
    """An ISO date as a date; None where there is none, or where it is before 1900, which no spreadsheet knows."""
    if value is None:
        return None
    found = date.fromisoformat(value)
    return found if found.year >= 1900 else None


def dated(task: Task) -> list[Deadline]:
    """The deadlines of a task that have a last day, the latest first."""
    return sorted((d for d in task.deadlines if date_of(d.due)), key=lambda d: d.due or "", reverse=True)


def _notes(findings: Findings, task: Task, headers: str) -> tuple[str, ...]:
    """What is said beside a task: the findings in its row, and the other days of its deadlines."""
    notes = [message_of(found, headers) for found in findings.of(task)]
    more = [deadline.due for deadline in dated(task)[1:] if deadline.due]
    if more:
        separator = "、" if headers == "zh" else ", "
        dates = separator.join(dict.fromkeys(reversed(more)))
        notes.append(words(headers).other_dates.format(dates=dates))
    return tuple(dict.fromkeys(notes))
