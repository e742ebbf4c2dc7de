"""Records: each line names its column (``责任单位：…``), and the same names come back in the same order."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wpparse.layout.grids.choose import Told
from wpparse.layout.grids.profile import Row
from wpparse.text import clean

_RECORD = re.compile(r"\s*([^\s：:。；，,、（）()《》\d]{2,8})\s*[：:]\s*(.*\S)\s*")
_LONGEST = 2000
"""Characters of a line that is looked at."""
_MOST_COLUMNS = 10
_FILLED = 0.7
"""Part of the cells that records have: an optional field or two are left out of those of the project's samples."""
_SCORE = 100.0
"""Names in each line leave no doubt."""


def find_records(lines: Sequence[str], covered: set[int]) -> list[Told]:
    """The tables that records make, outside of ``covered`` lines."""
    cells = [index for index, line in enumerate(lines) if line.strip() and index not in covered]
    keyed = [_RECORD.fullmatch(lines[index]) if len(lines[index]) < _LONGEST else None for index in cells]
    out: list[Told] = []
    place = 0
    while place < len(cells):
        end = place
        while end < len(cells) and keyed[end] is not None:
            end += 1
        found = _record_grid([(m.group(1), m.group(2)) for m in keyed[place:end] if m is not None])
        if found is not None:
            out.append(Told(cells[place], cells[end - 1] + 1, tuple(map(tuple, found)), _SCORE))
        place = end + 1
    return out


def _record_grid(pairs: Sequence[tuple[str, str]]) -> list[Row] | None:
    """A row a record; the first name begins a record, each record has most of the names, in their order."""
    if len(pairs) < 6:
        return None
    names = list(dict.fromkeys(name for name, _ in pairs))
    records: list[dict[str, str]] = []
    last = len(names)
    for name, value in pairs:
        position = names.index(name)
        if position <= last and (position == 0 or not records):
            records.append({})
        elif position <= last:
            return None
        records[-1][name] = clean(value)
        last = position
    if (
        len(names) < 3
        or len(names) > _MOST_COLUMNS
        or len(records) < 2
        or len(pairs) < _FILLED * len(names) * len(records)
    ):
        return None
    return [names, *([record.get(name, "") for name in names] for record in records)]
