"""How long the workbook of 2,000 tasks takes, beside a bare openpyxl write of the same cells.

    python -m benchmarks.xlsx [TASKS]

Prints the best of five runs of each and their ratio; the project promises at most 3.
"""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable

from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from tests.writers_plans import many
from wpparse.writers import render

RUNS = 5


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    plan = many(count)
    data = render(plan, "xlsx")
    sheets = {
        name: CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(name).to_python()
        for name in CalamineWorkbook.from_filelike(io.BytesIO(data)).sheet_names
    }
    cells = sum(len(row) for rows in sheets.values() for row in rows)
    ours, bare, stream = [], [], []
    for _ in range(RUNS):  # by turns, so that a busy machine slows all alike
        ours.append(seconds(lambda: render(plan, "xlsx")))
        bare.append(seconds(lambda: write_bare(sheets, write_only=False)))
        stream.append(seconds(lambda: write_bare(sheets, write_only=True)))
    print(f"{count} tasks, {len(sheets)} sheets, {cells} cells, {len(data) // 1024} KiB")
    print(f"wpparse             {min(ours):7.3f} s")
    print(f"bare openpyxl       {min(bare):7.3f} s   ratio {min(ours) / min(bare):.2f}")
    print(f"bare, write_only    {min(stream):7.3f} s   ratio {min(ours) / min(stream):.2f}")


def write_bare(sheets: dict[str, list[list[object]]], *, write_only: bool) -> None:
    """The same values with openpyxl and nothing else: no style, no width, no height."""
    book = Workbook(write_only=write_only)
    if not write_only:
        book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(io.BytesIO())


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
