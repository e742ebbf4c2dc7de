"""Recognition within the cells of a table: what was read across a ruling line, or not at all, is read again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wpparse.lattice import Grid

if TYPE_CHECKING:
    import numpy as np

    Pixels = np.ndarray[Any, np.dtype[np.uint8]]

Box = tuple[float, float, float, float]
"""(x0, y0, x1, y1) in pixels."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """A recognised line of text."""

    text: str
    confidence: float
    box: Box
    words: list[tuple[str, float, float, float]]
    """Its words as (text, confidence, x0, x1); together they are the text without its blanks."""

    def moved(self, dx: float, dy: float, factor: float) -> Recognised:
        """The line of a part of a page at its place on the page."""
        x0, y0, x1, y1 = (value * factor for value in self.box)
        words = [(word, sure, a * factor + dx, b * factor + dx) for word, sure, a, b in self.words]
        return Recognised(self.text, self.confidence, (x0 + dx, y0 + dy, x1 + dx, y1 + dy), words)


Found = list[Recognised]

INK = 110
"""Darker pixels are print."""
LEAST_INK = 25
"""Dark pixels that a character has at least."""


def read_by_cell(
    image: Pixels, found: Found, missed: list[Box], grids: list[Grid], scale: float, run: Callable[[Pixels], Found]
) -> Found:
    """``found`` with the lines of some cells read anew: of those that a line crosses into, of those with print but
    without text, and of those with print beside their text (``missed``). ``scale`` is points per pixel, the unit of
    the grids."""
    for grid in grids:
        if len(grid.cells) < 2:
            continue
        again: set[int] = set()
        kept: Found = []
        homes: list[int | None] = []
        for line in found:
            touched = _touched(grid, line.box, scale)
            if len(touched) > 1:
                again.update(cell for cell in touched if cell is not None)
                if None in touched and sum(1 for cell in touched if cell is not None) == 0:
                    kept.append(line)
                    homes.append(None)
                continue
            kept.append(line)
            homes.append(next(iter(touched)))
        filled = set(homes)
        for cell in range(len(grid.cells)):
            if cell not in filled and cell not in again and _has_ink(_crop(image, grid, cell, scale)[0]):
                again.add(cell)
        beside = {grid.at((x0 + x1) / 2 * scale, (y0 + y1) / 2 * scale) for x0, y0, x1, y1 in missed}
        found = [line for line, home in zip(kept, homes, strict=True) if home not in again | beside or home is None]
        for cell in sorted(again):
            found += _read_cell(image, grid, cell, scale, run)
        for place in sorted(cell for cell in beside & filled - again if cell is not None):
            before = [line for line, home in zip(kept, homes, strict=True) if home == place]
            anew = _read_cell(image, grid, place, scale, run)
            found += anew if _amount(anew) > _amount(before) else before
    return found


def _amount(lines: Found) -> int:
    """How many characters were recognised."""
    return sum(len(line.text) for line in lines)


def _touched(grid: Grid, box: Box, scale: float) -> set[int | None]:
    """The cells in which the middle of a line's text lies, from end to end and from top to bottom."""
    x0, y0, x1, y1 = box
    inset = 0.3 * min(y1 - y0, x1 - x0)
    xs = (x0 + inset, (x0 + x1) / 2, x1 - inset)
    ys = (y0 + inset, (y0 + y1) / 2, y1 - inset)
    return {grid.at(x * scale, y * scale) for x in xs for y in ys}


def _crop(image: Pixels, grid: Grid, cell: int, scale: float) -> tuple[Pixels, int, int]:
    x0, y0, x1, y1 = (value / scale for value in grid.cell_box(cell))
    left, top = max(0, round(x0) + 5), max(0, round(y0) + 5)
    return image[top : max(top, round(y1) - 4), left : max(left, round(x1) - 4)], left, top


def _has_ink(part: Pixels) -> bool:
    if part.shape[0] < 10 or part.shape[1] < 8:
        return False
    return int((part.max(axis=2) < INK).sum()) >= LEAST_INK


def _read_cell(image: Pixels, grid: Grid, cell: int, scale: float, run: Callable[[Pixels], Found]) -> Found:
    """The lines of one cell, read from an enlarged picture of it with a white margin."""
    import cv2

    part, left, top = _crop(image, grid, cell, scale)
    if not _has_ink(part):
        return []
    margin, factor = 24, 1.0 if min(part.shape[:2]) > 160 else 1.5
    framed = cv2.copyMakeBorder(part, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=(255, 255, 255))
    if factor != 1.0:
        framed = cv2.resize(framed, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC)
    back = 1 / factor
    return [line.moved(left - margin, top - margin, back) for line in run(framed)]  # type: ignore[arg-type]  # cv2's stubs
