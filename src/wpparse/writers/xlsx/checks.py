"""Sheet 核对: everything that somebody should look at, with its place."""

from __future__ import annotations

from typing import Any

from wpparse.writers.columns import title_of
from wpparse.writers.wording import SEVERITIES, place
from wpparse.writers.xlsx.book import Book
from wpparse.writers.xlsx.entries import Entries, diagnostic_text
from wpparse.writers.xlsx.grid import Area, write_grid
from wpparse.writers.xlsx.layout import Column

_ORDER = {"error": 0, "warning": 1, "info": 2}


def write_checks(book: Book, sheet: Any, entries: Entries) -> Area:
    """All diagnostics, the grave ones first; one line where there are none."""
    say, headers = entries.words, entries.headers
    columns = [
        Column(title_of("number", headers), 3, 3, "middle"),
        *entries.circular_columns(),
        Column(say.severity, 5, 5, "middle"),
        Column(say.message, 30, 48),
        Column(title_of("source", headers), 8, 12, "middle"),
        Column(say.code, 10, 14, "middle"),
    ]
    found = [(plan, diagnostic) for plan in entries.plans for diagnostic in plan.diagnostics]
    if not entries.ledger:
        found.sort(key=lambda pair: _ORDER[pair[1].severity])
    records: list[list[object]] = [
        [
            number,
            *entries.circular_cells(plan),
            SEVERITIES[headers][diagnostic.severity],
            diagnostic_text(diagnostic, headers),
            place(diagnostic.location, headers),
            diagnostic.code,
        ]
        for number, (plan, diagnostic) in enumerate(found, 1)
    ]
    if not records:
        records = [["", *[""] * len(entries.circular_columns()), "", say.nothing, "", ""]]
    area = write_grid(book, sheet, columns, records, title=entries.sheet_title(say.checks_title))
    book.footer(sheet, headers)
    return area
