"""A sheet as a person sees it: rows of shown texts, merged cells, what is hidden left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

MAX_CELLS = 2_000_000
"""Cells of a workbook that are read; a larger one holds data and no circular."""


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range; rows and columns are 0-based, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Sheet:
    """One sheet of a workbook."""

    name: str
    rows: list[list[str]] = field(default_factory=list)
    """The text of each cell as it is shown, from A1 on; rows may differ in length."""
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """All sheets of a workbook, in order."""

    sheets: Sequence[Sheet]
    creator: str = ""
    """Who or what made it, as the file says."""


def visible(sheet: Sheet) -> tuple[Sheet, int, int]:
    """The sheet without its hidden rows and columns that hold anything, and how many of each these were."""
    rows = [index for index in range(len(sheet.rows)) if index not in sheet.hidden_rows]
    width = max(map(len, sheet.rows), default=0)
    columns = [index for index in range(width) if index not in sheet.hidden_columns]
    lost_rows = sum(any(sheet.rows[index]) for index in sheet.hidden_rows if index < len(sheet.rows))
    lost_columns = sum(
        any(index < len(row) and row[index] for row in sheet.rows) for index in sheet.hidden_columns if index < width
    )
    place_row = {old: new for new, old in enumerate(rows)}
    place_column = {old: new for new, old in enumerate(columns)}
    kept = [[_at(sheet.rows[row], column) for column in columns] for row in rows]
    merges: list[Merge] = []
    for merge in sheet.merges:
        inside = [
            place_row[row] for row in range(merge.top, min(merge.bottom, len(sheet.rows) - 1) + 1) if row in place_row
        ]
        across = [place_column[c] for c in range(merge.left, min(merge.right, width - 1) + 1) if c in place_column]
        if not inside or not across:
            continue
        text = _at(sheet.rows[merge.top], merge.left)
        for row in inside:
            for column in across:
                kept[row][column] = ""
        kept[inside[0]][across[0]] = text
        if len(inside) > 1 or len(across) > 1:
            merges.append(Merge(inside[0], across[0], inside[-1], across[-1]))
    return Sheet(sheet.name, kept, merges), lost_rows, lost_columns


def _at(row: Sequence[str], column: int) -> str:
    return row[column] if column < len(row) else ""
