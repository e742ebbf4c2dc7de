"""The workbook of one unit, and the index of all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from wpparse.model import WorkPlan
from wpparse.writers.columns import title_of
from wpparse.writers.names import sheet_name
from wpparse.writers.units import Unit
from wpparse.writers.wording import ROLES
from wpparse.writers.xlsx.book import Book, Link
from wpparse.writers.xlsx.deadlines import write_deadlines
from wpparse.writers.xlsx.entries import Entries
from wpparse.writers.xlsx.grid import write_grid
from wpparse.writers.xlsx.layout import Column
from wpparse.writers.xlsx.tasks import write_tasks
from wpparse.writers.xlsx.words import words


def unit_workbook(plan: WorkPlan, unit: Unit, headers: str) -> bytes:
    """The tasks of one unit with its role in each, on a sheet with its name, and its ledger."""
    say = words(headers)
    own = replace(plan, tasks=tuple(duty.task for duty in unit.duties))
    entries = Entries((own,), headers, unit=unit.name)
    roles = [ROLES[headers][duty.role] + (say.via.format(name=duty.via) if duty.via else "") for duty in unit.duties]
    book = Book(f"{entries.title} {unit.name}", plan.header.issue_date)
    taken = {say.deadlines.casefold()}
    write_tasks(book, book.sheet(sheet_name(unit.name, taken)), entries, roles)
    write_deadlines(book, book.sheet(say.deadlines), entries)
    return book.bytes()


def index_workbook(plan: WorkPlan, units: Sequence[Unit], files: Sequence[str], headers: str) -> bytes:
    """One row a unit: how many tasks in which role, and a link to its workbook."""
    say = words(headers)
    entries = Entries((plan,), headers)
    columns = [
        Column(title_of("number", headers), 3, 3, "middle"),
        Column(say.unit, 12, 24),
        *(Column(ROLES[headers][role], 4.5, 4.5, "middle") for role in ROLES[headers]),
        Column(say.count, 4.5, 4.5, "middle"),
        Column(say.file, 14, 30, "link"),
    ]
    records: list[list[object]] = []
    for number, (unit, file) in enumerate(zip(units, files, strict=True), 1):
        roles = Counter(duty.role for duty in unit.duties)
        counts = [roles[role] or None for role in ROLES[headers]]
        records.append([number, unit.name, *counts, len(unit.duties), Link(file, _address(file))])
    book = Book(entries.title, plan.header.issue_date)
    sheet = book.sheet(say.index_sheet)
    write_grid(book, sheet, columns, records, title=entries.sheet_title(say.index_title))
    book.footer(sheet, headers)
    return book.bytes()


def _address(file: str) -> str:
    """A file name as the address of a link (RFC 3986); Excel takes Chinese characters as they are."""
    return file.replace("%", "%25").replace("#", "%23").replace(" ", "%20")
