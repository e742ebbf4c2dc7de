"""Several circulars in one ledger (台账)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from wpparse.errors import UsageError
from wpparse.model import Selection, WorkPlan
from wpparse.writers.columns import MIN_LEVELS, depth, flat_rows, level_title, title_of
from wpparse.writers.wording import CIRCULAR, circular_name


def merge_plans(
    plans: Sequence[WorkPlan], format: str, *, headers: Literal["zh", "en"] = "zh", selection: Selection = "auto"
) -> bytes:
    """One table of all tasks, numbered through, each row with its circular's name and number.

    ``format`` is ``xlsx`` or ``csv``; another raises :class:`UsageError`.
    """
    chosen = [plan.select(selection) for plan in plans]
    if format == "xlsx":
        from wpparse.writers.xlsx.workbook import render_ledger

        return render_ledger(chosen, headers)
    if format == "csv":
        from wpparse.writers.csv import encode

        return encode(*ledger_rows(chosen, headers))
    raise UsageError("output-format", name=format, known="xlsx csv")


def ledger_rows(plans: Sequence[WorkPlan], headers: Literal["zh", "en"]) -> tuple[list[str], list[list[int | str]]]:
    """The flat tables below each other, the columns of all of them, a circular's name and number behind the number."""
    tables = [flat_rows(plan, headers) for plan in plans]
    levels = max(MIN_LEVELS, *(depth(plan) for plan in plans)) if plans else MIN_LEVELS
    level_names = [level_title(level, headers) for level in range(1, levels + 1)]
    fixed = max((names[names.index(title_of("text", headers)) :] for names, _ in tables), key=len, default=[])
    order = [*level_names, *fixed]
    names = [title_of("number", headers), *CIRCULAR[headers], *order]
    rows: list[list[int | str]] = []
    for plan, (own, table) in zip(plans, tables, strict=True):
        for row in table:
            cells = dict(zip(own, row, strict=True))
            rows.append(
                [
                    len(rows) + 1,
                    circular_name(plan),
                    plan.header.document_number or "",
                    *(cells.get(name, "") for name in order),
                ]
            )
    return names, rows
