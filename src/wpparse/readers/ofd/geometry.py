"""Numbers of an OFD file: matrices, boxes, arrays with repetitions (GB/T 33190, 7.3, 8.5 and 11.3)."""

from __future__ import annotations

import math
from collections.abc import Iterator

POINTS = 72 / 25.4
"""Points in a millimetre, the unit of OFD."""
MAX_NUMBERS = 100_000
"""Numbers of one array that are read."""
_FARTHEST = 1e6
"""Millimetres; what lies farther away is on no page."""

Matrix = tuple[float, float, float, float, float, float]
"""(a, b, c, d, e, f) with x' = a·x + c·y + e and y' = b·x + d·y + f."""
Box = tuple[float, float, float, float]
"""(x, y, width, height)."""

SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def number(text: str | None, default: float = 0.0) -> float:
    """The number that a text is; ``default`` where it is none that can lie on a page."""
    try:
        value = float(text or "")
    except ValueError:
        return default
    return value if math.isfinite(value) and abs(value) <= _FARTHEST else default


def numbers(text: str | None) -> list[float]:
    """The numbers of an array; ``g 3 5.5`` stands for three times 5.5."""
    out: list[float] = []
    parts = iter((text or "").split())
    for part in parts:
        if part in ("g", "G"):
            given = next(parts, "0")
            count = min(int(given), MAX_NUMBERS) if given.isdecimal() else 0
            out += [number(next(parts, "0"))] * count
        else:
            out.append(number(part))
        if len(out) >= MAX_NUMBERS:
            return out[:MAX_NUMBERS]
    return out


def box(text: str | None) -> Box | None:
    """The four numbers of a box; None where there are not four."""
    values = numbers(text)
    return (values[0], values[1], values[2], values[3]) if len(values) >= 4 else None


def matrix(text: str | None) -> Matrix:
    """The six numbers of a CTM; nothing is changed where there are not six."""
    values = numbers(text)
    return (values[0], values[1], values[2], values[3], values[4], values[5]) if len(values) >= 6 else SAME


def multiply(outer: Matrix, inner: Matrix) -> Matrix:
    """First ``inner``, then ``outer``."""
    a, b, c, d, e, f = outer
    p, q, r, s, t, u = inner
    return (
        a * p + c * q, b * p + d * q,
        a * r + c * s, b * r + d * s,
        a * t + c * u + e, b * t + d * u + f,
    )  # fmt: skip


def apply(m: Matrix, x: float, y: float) -> tuple[float, float]:
    """A point moved by a matrix."""
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


_ARGUMENTS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}


def subpaths(data: str, most: int) -> Iterator[tuple[list[tuple[float, float]], bool]]:
    """The points of each subpath of an AbbreviatedData (9.1) and whether it has curves; ``most`` points in all.

    Of a curve only the ends are given.
    """
    points: list[tuple[float, float]] = []
    curved = False
    parts = iter(data.split())
    for part in parts:
        count = _ARGUMENTS.get(part)
        if count is None:
            continue
        values = [number(next(parts, "0")) for _ in range(count)]
        most -= 1
        if most < 0:
            break
        if part in ("S", "M"):
            if part == "M" and len(points) == 1:
                points = []
            if len(points) > 1:
                yield points, curved
            points, curved = [(values[0], values[1])], False
        elif part == "C":
            if points and points[0] != points[-1]:
                points.append(points[0])
        else:
            curved = curved or part != "L"
            points.append((values[-2], values[-1]))
    if len(points) > 1:
        yield points, curved
