"""Sheet 核对: everything that somebody should look at, with its place."""

from __future__ import annotations

from typing import Any

from wpparse.model import Diagnostic
from wpparse.writers.columns import title_of
from wpparse.writers.doubts import message_of
from wpparse.writers.wording import SEVERITIES, place, requirement
from wpparse.writers.xlsx.book import Book, Jump
from wpparse.writers.xlsx.entries import Entries
from wpparse.writers.xlsx.grid import Area, write_grid
from wpparse.writers.xlsx.layout import Column

_WORDS = 60
"""Characters of a requirement that are shown beside a finding."""
_ORDER = {"error": 0, "warning": 1, "info": 2}


def write_checks(book: Book, sheet: Any, entries: Entries, tasks: Area) -> Area:
    """All diagnostics, the grave ones first, each with its row in the task table (``tasks``) and the words of the circular
    that it is about; one line where there are none."""
    say, headers = entries.words, entries.headers
    columns = [
        Column(title_of("number", headers), 3, 3, "middle"),
        *entries.circular_columns(),
        Column(say.severity, 5, 5, "middle"),
        Column(say.message, 30, 48),
        Column(say.row, 5, 5, "link"),
        Column(say.words, 14, 30),
        Column(title_of("source", headers), 8, 12, "middle"),
        Column(say.code, 10, 14, "middle"),
    ]
    found = [(plan, diagnostic) for plan in entries.plans for diagnostic in plan.diagnostics]
    if not entries.ledger:
        found.sort(key=lambda pair: _ORDER[pair[1].severity])
    at: dict[int, int] = {}
    for index, entry in enumerate(entries.rows):
        for doubt in entry.findings:
            at.setdefault(id(doubt), index)
    records: list[list[object]] = [
        [
            number,
            *entries.circular_cells(plan),
            SEVERITIES[headers][diagnostic.severity],
            message_of(diagnostic, headers),
            *_row(at.get(id(diagnostic)), diagnostic, entries, tasks),
            place(diagnostic.location, headers),
            diagnostic.code,
        ]
        for number, (plan, diagnostic) in enumerate(found, 1)
    ]
    if not records:
        records = [["", *[""] * len(entries.circular_columns()), "", say.nothing, "", "", "", ""]]
    area = write_grid(book, sheet, columns, records, title=entries.sheet_title(say.checks_title))
    book.footer(sheet, headers)
    return area


def _row(index: int | None, found: Diagnostic, entries: Entries, tasks: Area) -> list[object]:
    """A link to the row of a finding, and the words that it is about: as far as there are any."""
    values = found.values
    said = values.get("name") or values.get("text") or values.get("label") or ""
    if index is None:
        return ["", said]
    entry = entries.rows[index]
    column = tasks.columns - 1
    jump = Jump(str(entry.number), entries.words.tasks, tasks.rows[index], column)
    words = requirement(entry.task)
    shown = words if len(words) <= _WORDS else words[: _WORDS - 1] + "…"
    return [jump, shown if not said or said in shown else f"{said}｜{shown}"]
