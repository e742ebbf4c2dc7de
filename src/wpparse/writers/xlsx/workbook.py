"""The workbook: 任务分解表, 按单位, 按时限 (the ledger), 文件信息, 核对."""

from __future__ import annotations

from collections.abc import Sequence

from wpparse.model import WorkPlan
from wpparse.writers.xlsx.book import Book
from wpparse.writers.xlsx.checks import write_checks
from wpparse.writers.xlsx.deadlines import write_deadlines
from wpparse.writers.xlsx.entries import Entries
from wpparse.writers.xlsx.info import write_info
from wpparse.writers.xlsx.tasks import write_tasks
from wpparse.writers.xlsx.units import write_units
from wpparse.writers.xlsx.words import words


def render(plan: WorkPlan, headers: str) -> bytes:
    """The workbook of one circular."""
    return _workbook(Entries((plan,), headers), plan.header.issue_date, headers)


def render_ledger(plans: Sequence[WorkPlan], headers: str) -> bytes:
    """The workbook of several circulars: the same sheets, with the circular's name and number as columns."""
    dates = [plan.header.issue_date for plan in plans if plan.header.issue_date]
    return _workbook(Entries(tuple(plans), headers, ledger=True), max(dates, default=None), headers)


def _workbook(entries: Entries, stamp: str | None, headers: str) -> bytes:
    names = words(headers)
    book = Book(entries.title, stamp)
    tasks = write_tasks(book, book.sheet(names.tasks), entries)
    write_units(book, book.sheet(names.units), entries)
    deadlines = write_deadlines(book, book.sheet(names.deadlines), entries)
    write_info(book, book.sheet(names.info), entries, deadlines)
    write_checks(book, book.sheet(names.checks), entries, tasks)
    return book.bytes()
