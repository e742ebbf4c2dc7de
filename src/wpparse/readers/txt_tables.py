"""Tables that were dumped into a text, rebuilt as grids."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wpparse.blocks import Cell, Table
from wpparse.text import clean


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cleaned cell texts, not necessarily of the same length."""

    rows: tuple[tuple[str, ...], ...]
    page_starts: tuple[int, ...] = ()

    def table(self) -> Table:
        """As a block."""
        columns = max(map(len, self.rows))
        cells = tuple(Cell(r, c, text) for r, row in enumerate(self.rows) for c, text in enumerate(row) if text)
        return Table(cells, len(self.rows), columns, page_starts=self.page_starts)


def find_grids(lines: Sequence[str]) -> Iterator[str | Grid]:
    """Lines, with each run of lines that is a dumped table replaced by its grid."""
    index = 0
    while index < len(lines):
        if "\t" not in lines[index].rstrip():
            yield lines[index]
            index += 1
            continue
        end = index
        last = index
        while end < len(lines) and ("\t" in lines[end] or not lines[end].strip()):
            if lines[end].strip():
                last = end
            end += 1
        block = lines[index : last + 1]
        single = sum(line.startswith("\t") and "\t" not in line[1:] for line in block if line.strip())
        if single > len([line for line in block if line.strip()]) * 0.8:
            rows: list[list[str]] = [[]]
            for line in block:
                if line:
                    rows[-1].append(clean(line))
                else:
                    rows.append([])
            grid = [tuple(row) for row in rows if any(row)]
        else:
            grid = [tuple(clean(cell) for cell in line.split("\t")) for line in block if line.strip()]
        if len(grid) >= 2:
            yield Grid(tuple(grid))
        else:
            yield from block
        index = last + 1
