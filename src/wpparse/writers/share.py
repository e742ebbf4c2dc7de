"""The width of a page shared among the columns of a table."""

from __future__ import annotations

from collections.abc import Sequence

_TYPICAL = 0.95
"""Longer texts than those of so many rows do not widen a column."""
_POWER = 4
"""How much more a row of many lines weighs than several of few."""


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
    """In proportion to this, widths minimise the sum over all cells of (length / width) to the fourth power: a smooth
    stand-in for the height of the rows, in which the cell with the most lines counts."""
    ordered = sorted(lengths)
    if not ordered:
        return 1.0
    most = ordered[int((len(ordered) - 1) * _TYPICAL)]
    total: float = max(1.0, sum(float(min(length, most)) ** _POWER for length in ordered))
    return float(total ** (1 / (_POWER + 1)))
