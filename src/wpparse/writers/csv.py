"""The flat table as comma-separated values (contract, section 7; RFC 4180)."""

from __future__ import annotations

import csv
import io
from typing import Literal

from wpparse.model import WorkPlan
from wpparse.writers.columns import flat_rows
from wpparse.writers.escaping import csv_cell


def render(plan: WorkPlan, headers: Literal["zh", "en"]) -> bytes:
    """UTF-8 with a byte-order mark, so that Excel and WPS know the encoding; lines end in CR LF."""
    names, rows = flat_rows(plan, headers)
    return encode(names, rows)


def encode(names: list[str], rows: list[list[int | str]]) -> bytes:
    """A headed table as the bytes of a CSV file, every text neutralised."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(names)
    writer.writerows([csv_cell(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig")
