"""How many rows a merged heading covers."""

from __future__ import annotations

from collections.abc import Sequence


def spans(rows: Sequence[Sequence[str]]) -> list[list[int]]:
    """For each cell the rows that it covers: 1 where it stands alone, 0 where the cell above covers it.

    A heading covers the equal ones below it where all headings to the left of it are equal, too; empty ones stay alone.
    """
    result = [[1] * len(row) for row in rows]
    for column in range(len(rows[0]) if rows else 0):
        start = 0
        for index in range(1, len(rows)):
            same = rows[index][: column + 1] == rows[start][: column + 1] and rows[index][column] != ""
            if same:
                result[start][column] += 1
                result[index][column] = 0
            else:
                start = index
    return result
