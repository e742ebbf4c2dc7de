"""Sheet 按时限: the ledger (台账), by due date, with status and alerts.

No cells are merged here and no text runs over two rows, so that the sheet can be sorted and kept for a year.
"""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from wpparse.model import Deadline
from wpparse.writers.columns import title_of
from wpparse.writers.typeset import wrap
from wpparse.writers.units import all_names
from wpparse.writers.wording import normalised, requirement
from wpparse.writers.xlsx.book import Book, Formula
from wpparse.writers.xlsx.entries import Entries, Entry, date_of
from wpparse.writers.xlsx.grid import Area, write_grid
from wpparse.writers.xlsx.layout import MAX_LINES, Column

_TEXT, _UNITS, _DEADLINE = 26, 8, 5
"""The least widths of the columns that could outgrow a row."""
_KINDS = {"within": 1, "by": 1, "during": 1, "recurring": 2, "ongoing": 3}


class Ledger:
    """Where the ledger's states and alerts stand, for the counts on another sheet; columns are 0-based."""

    def __init__(self, area: Area, status: int, alert: int) -> None:
        self.area, self.status, self.alert = area, status, alert

    def column(self, index: int) -> str:
        """The absolute reference of one column's cells."""
        return str(xl_range_abs(self.area.first, index, max(self.area.last, self.area.first), index))


def write_deadlines(book: Book, sheet: Any, entries: Entries) -> Ledger:
    """One row a deadline: dated ones first by date, then recurring, ongoing, and tasks without any."""
    say, headers = entries.words, entries.headers
    columns = [
        Column(title_of("number", headers), 3, 3, "middle"),
        *(Column(column.title, column.least, column.most) for column in entries.circular_columns()),
        Column(title_of("text", headers), _TEXT, 46),
        Column(say.who, _UNITS, 14),
        Column(title_of("deadline", headers), _DEADLINE, 9),
        Column(say.start, 6.8, 6.8, "date"),
        Column(title_of("due", headers), 6.8, 6.8, "date"),
        Column(say.status, 4.5, 4.5, "middle"),
        Column(say.alert, 4.5, 4.5, "middle"),
        Column(say.progress, 6, 10),
    ]
    rows = [(entry, deadline) for entry in entries.rows for deadline in (entry.task.deadlines or (None,))]
    rows.sort(key=lambda pair: _order(pair[1]))
    due = len(columns) - 4
    records = [_cells(entry, deadline, entries, row, due) for row, (entry, deadline) in enumerate(rows, 2)]
    area = write_grid(book, sheet, columns, records, title=entries.sheet_title(say.deadlines_title))
    if records:
        _make_live(book, sheet, area, due, entries)
    book.footer(sheet, headers)
    return Ledger(area, due + 1, due + 2)


def _order(deadline: Deadline | None) -> tuple[int, str]:
    if deadline is None:
        return 5, ""
    if date_of(deadline.due) is not None:
        return 0, deadline.due or ""
    return _KINDS[deadline.kind], ""


def _cells(entry: Entry, deadline: Deadline | None, entries: Entries, row: int, due: int) -> list[object]:
    say, headers = entries.words, entries.headers
    day = date_of(deadline.due) if deadline else None
    due_at, state_at = xl_rowcol_to_cell(row, due), xl_rowcol_to_cell(row, due + 1)
    alert = (
        f'=IF(OR(NOT(ISNUMBER({due_at})),{state_at}="{say.states[2]}"),"",IF({due_at}<TODAY(),"{say.late}",'
        f'IF({due_at}<=TODAY()+30,"{say.soon}","")))'
    )
    return [
        entry.number,
        *entries.circular_cells(entry.plan),
        _shortened(requirement(entry.task), _TEXT, entry, entries),
        _shortened(all_names(entry.task, headers), _UNITS, entry, entries),
        _shortened(deadline.text, _DEADLINE, entry, entries) if deadline else "",
        date_of(deadline.start) if deadline else None,
        day or (normalised(deadline, headers) if deadline else ""),
        say.states[0],
        Formula(alert),
        "",
    ]


def _shortened(text: str, em: float, entry: Entry, entries: Entries) -> str:
    """The text, cut to what one row holds in a column of at least ``em``; the first sheet has all of it."""
    if len(text) <= em or len(lines := wrap(text, em)) <= MAX_LINES:
        return text
    reference = entries.words.shortened.format(sheet=entries.words.tasks, number=entry.number)
    return "".join(lines[: MAX_LINES - len(wrap(reference, em)) - 1]).rstrip() + reference


def _make_live(book: Book, sheet: Any, area: Area, due: int, entries: Entries) -> None:
    say = entries.words
    due_at, state_at = (xl_rowcol_to_cell(area.first, column, col_abs=True) for column in (due, due + 1))
    shown = f"{area.reference(0, 0)} {area.reference(due, due + 2)}"
    done = f'{state_at}="{say.states[2]}"'
    dated = f"ISNUMBER({due_at})"
    book.highlight(sheet, shown, f"={done}", "#E8F1E4", "#6B7B66")
    book.highlight(sheet, shown, f"=AND({dated},{due_at}<TODAY())", "#F8D7D3", "#9C1B10")
    book.highlight(sheet, shown, f"=AND({dated},{due_at}<=TODAY()+30)", "#FFF0C2", "#7A5200")
    sheet.data_validation(area.reference(due + 1, due + 1), {"validate": "list", "source": list(say.states)})
