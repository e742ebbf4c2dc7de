"""Sheet 任务分解表: the table as it is sent out."""

from __future__ import annotations

from typing import Any

from wpparse.model import Role
from wpparse.writers.columns import level_title, title_of, written_deadlines
from wpparse.writers.doubts import message_of
from wpparse.writers.units import names_of
from wpparse.writers.wording import normalised, numbered_place, requirement
from wpparse.writers.xlsx.book import Book
from wpparse.writers.xlsx.entries import Entries, Entry, date_of, dated
from wpparse.writers.xlsx.grid import Area, write_grid
from wpparse.writers.xlsx.layout import Column

_ROLES: tuple[Role, ...] = ("responsible", "lead", "support", "leader")


def write_tasks(book: Book, sheet: Any, entries: Entries, own_roles: list[str] | None = None) -> Area:
    """One row a task. 牵头 and 配合 have columns of their own only where the circular tells them apart.

    ``own_roles`` gives a column more, behind the number: what the unit is in each task to which the workbook goes.
    """
    say, headers = entries.words, entries.headers
    used = {party.role for entry in entries.rows for party in entry.task.parties}
    roles = [role for role in _ROLES if role in used] or ["responsible"]
    columns = [
        Column(title_of("number", headers), 3, 3, "middle"),
        *([Column(say.own_role, 5, 5, "middle")] if own_roles is not None else []),
        *entries.circular_columns(),
        *(Column(level_title(level + 1, headers), 4.8, 12, merge=True) for level in range(entries.depth)),
        Column(title_of("text", headers), 18, 60),
        *(Column(title_of(role, headers), 4.8, 14 if role != "leader" else 8) for role in roles),
        Column(title_of("deadline", headers), 5, 9),
        Column(title_of("due", headers), 6.8, 6.8, "date"),
        Column(say.place, 6.1, 6.4, "middle"),
        Column(say.note, 4.8, 9),
    ]
    records = [
        _cells(entry, entries, roles, [own_roles[index]] if own_roles is not None else [])
        for index, entry in enumerate(entries.rows)
    ]
    area = write_grid(
        book,
        sheet,
        columns,
        records,
        title=entries.sheet_title(say.table_title),
        note=len(columns) - 1,
        continued=say.continued,
        marks=_marks(entries, columns, roles),
    )
    book.footer(sheet, headers)
    return area


def _marks(entries: Entries, columns: list[Column], roles: list[Role]) -> dict[tuple[int, int], str]:
    """The cells that must be looked at, with what is said of them."""
    titles = [column.title for column in columns]
    found: dict[tuple[int, int], str] = {}
    for record, entry in enumerate(entries.rows):
        for doubt in entry.doubts:
            key = "text" if doubt.part == "text" else "deadline" if doubt.part == "deadline" else doubt.role or roles[0]
            place = record, titles.index(title_of(key, entries.headers))
            words = message_of(doubt.finding, entries.headers)
            found[place] = f"{found[place]}\n{words}" if place in found else words
    return found


def _cells(entry: Entry, entries: Entries, roles: list[Role], own: list[str]) -> list[object]:
    task = entry.task
    depth = entries.depth
    return [
        entry.number,
        *own,
        *entries.circular_cells(entry.plan),
        *task.path,
        *[""] * (depth - len(task.path)),
        requirement(task),
        *(names_of(task, role) for role in roles),
        written_deadlines(task),
        due_cell(entry, entries.headers),
        numbered_place(task, entry.sections, entries.headers),
        "\n".join(entry.notes),
    ]


def due_cell(entry: Entry, headers: str) -> object:
    """The last day of the last dated deadline as a date; else the deadlines in words (每季度, 长期)."""
    with_date = dated(entry.task)
    if with_date:
        return date_of(with_date[0].due)
    return "\n".join(dict.fromkeys(normalised(deadline, headers) for deadline in entry.task.deadlines))
