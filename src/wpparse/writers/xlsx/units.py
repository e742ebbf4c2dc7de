"""Sheet 按单位: what each body has to do, what it leads first."""

from __future__ import annotations

from typing import Any

from wpparse.writers.columns import title_of, written_deadlines
from wpparse.writers.typeset import width
from wpparse.writers.wording import ROLES, requirement
from wpparse.writers.xlsx.book import Book
from wpparse.writers.xlsx.entries import Entries
from wpparse.writers.xlsx.grid import Area, write_grid
from wpparse.writers.xlsx.layout import Column
from wpparse.writers.xlsx.tasks import due_cell


def write_units(book: Book, sheet: Any, entries: Entries) -> Area:
    """One row a unit and task; single bodies in order of first mention, then collective names, then persons."""
    say, headers = entries.words, entries.headers
    role = max(4.0, *(width(word) for word in ROLES[headers].values()))
    columns = [
        Column(say.unit, 8, 14, merge=True),
        Column(title_of("number", headers), 3, 3, "middle"),
        Column(say.role, role, role, "middle"),
        *entries.circular_columns(),
        Column(say.task, 9, 16),
        Column(title_of("text", headers), 28, 60),
        Column(title_of("deadline", headers), 6, 10),
        Column(title_of("due", headers), 6.8, 6.8, "date"),
    ]
    records: list[list[object]] = []
    for unit in entries.units:
        for duty in unit.duties:
            entry = entries.rows[duty.origin]
            records.append(
                [
                    unit.name,
                    entry.number,
                    ROLES[headers][duty.role],
                    *entries.circular_cells(entry.plan),
                    duty.task.path[-1] if duty.task.path else "",
                    requirement(duty.task),
                    written_deadlines(duty.task),
                    due_cell(entry, headers),
                ]
            )
    area = write_grid(book, sheet, columns, records, title=entries.sheet_title(say.units_title))
    book.footer(sheet, headers)
    return area
