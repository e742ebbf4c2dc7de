"""The width of a page shared among the columns of a table."""

from __future__ import annotations

from collections.abc import Sequence

_TYPICAL = 0.85
"""The share of a column's texts that should stand in no more lines than the other columns' do."""


def share(limits: Sequence[tuple[float, float]], lengths: Sequence[Sequence[int]], room: float) -> list[float]:
    """A width for each column between its least and its greatest, so that the columns need about as many lines.

    ``lengths`` holds the lengths of the texts in each column, ``room`` is what there is for all of them together; the
    result takes more where not even the least widths fit.
    """
    widths = [least for least, _ in limits]
    free = {index: _wanted(lengths[index]) for index, (least, most) in enumerate(limits) if most > least}
    while free:
        rest = room - sum(width for index, width in enumerate(widths) if index not in free)
        scale = rest / sum(free.values())
        narrow = [index for index in free if free[index] * scale < limits[index][0]]
        wide = [index for index in free if free[index] * scale > limits[index][1]]
        for index in free:
            widths[index] = min(max(free[index] * scale, limits[index][0]), limits[index][1])
        if not (narrow or wide):
            break
        for index in narrow or wide:
            del free[index]
    return widths


def _wanted(lengths: Sequence[int]) -> float:
    ordered = sorted(lengths)
    return float(max(1, ordered[int(len(ordered) * _TYPICAL)])) if ordered else 1.0
