"""From glyphs to lines: by baseline and place, never by the order of the file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from wpparse.page import Glyph, Style
from wpparse.text import clean

COLUMN_GAP = 2.6
"""Ems of white between two pieces of text that stand on one baseline and are no part of one another."""
TIGHT_GAP = 1.2
"""Ems of white that part two longer pieces of text (two signatures side by side)."""


@dataclass(slots=True)
class Line:
    """Text on one baseline. ``pieces`` are stretches of one look; their texts together are the line's raw text."""

    pieces: list[tuple[str, Style]]
    x0: float
    x1: float
    y: float
    size: float
    page: int
    first: float = 0.0
    """Width of the first character."""
    beside: bool = False
    """Another piece of text stands on the same baseline."""
    number: int | None = None
    """The page number that the line may be."""
    text: str = field(default="", compare=False)
    """Cleaned."""
    confidences: tuple[float, ...] = ()
    """For text recognised from a picture: one value from 0 to 1 for each raw character."""
    notes: tuple[str, ...] = ()
    """The footnotes that are called in it."""

    @property
    def top(self) -> float:
        """Upper edge of the em box."""
        return self.y - 0.85 * self.size

    @property
    def bottom(self) -> float:
        """Lower edge of the em box."""
        return self.y + 0.15 * self.size

    @property
    def middle(self) -> float:
        """Horizontal middle."""
        return (self.x0 + self.x1) / 2

    @property
    def bold(self) -> bool:
        """Whether most of the line is bold."""
        bold = sum(len(text) for text, style in self.pieces if style.bold)
        return 2 * bold > sum(len(text) for text, _ in self.pieces)


def make_lines(glyphs: Iterable[Glyph], page: int, split: bool = True) -> list[Line]:
    """Lines from top to bottom, those on one baseline from left to right.

    Where ``split``, text on one baseline with a wide gap between becomes two lines (signatures side by side).
    """
    lines: list[Line] = []
    for row in (layer for printed in group_rows(glyphs) for layer in _layers(printed)):
        row.sort(key=_left)
        parts = _parts(row) if split else [row]
        made = [line for part in parts if (line := _line(part, page)) is not None]
        for line in made:
            line.beside = len(made) > 1
        lines += made
    return lines


def make_cell_lines(glyphs: Sequence[Glyph], page: int) -> list[Line]:
    """The lines of a table cell; text that runs downward, or is turned, is one line whatever its columns."""
    columns = _columns_downward(glyphs)
    if columns is None:
        return make_lines(glyphs, page, split=False)
    line = _line(columns, page)
    if line is None:
        return []
    line.x0 = min(glyph.x0 for glyph in columns)
    return [line]


def _columns_downward(glyphs: Sequence[Glyph]) -> list[Glyph] | None:
    """The glyphs of vertical text in reading order, the right column first; None for other text.

    Vertical text is told by the file's order: each character stands right below the one before it.
    """
    solid = [glyph for glyph in glyphs if glyph.text != " "]
    if len(solid) > 1 and all(len(glyph.text) > 1 for glyph in solid):
        return solid  # each is a whole line that was turned
    if len(solid) < 4 or solid[0].y == solid[1].y:
        return None
    below = sum(
        abs(b.x0 - a.x0) <= 0.15 * a.style.size and 0.8 * a.style.size <= b.y - a.y <= 1.3 * a.style.size
        for a, b in pairwise(solid)
    )
    places = sorted({round(glyph.x0) for glyph in solid})
    if below < 0.6 * (len(solid) - 1) or places[-1] - places[0] < solid[0].style.size:
        return None
    size = solid[0].style.size
    columns: list[list[Glyph]] = []
    for glyph in sorted(solid, key=lambda glyph: -glyph.x0):
        if columns and columns[-1][0].x0 - glyph.x0 <= 0.5 * size:
            columns[-1].append(glyph)
        else:
            columns.append([glyph])
    return [glyph for column in columns for glyph in sorted(column, key=lambda glyph: glyph.y)]


def _left(glyph: Glyph) -> float:
    return glyph.x0


def group_rows(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Glyphs by baseline; small raised or lowered ones join the line that they belong to."""
    ordered = sorted(glyphs, key=lambda glyph: glyph.y)
    rows: list[list[Glyph]] = []
    base = reach = 0.0
    for glyph in ordered:
        if rows and glyph.y - base <= min(reach, 0.3 * glyph.style.size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
            base, reach = glyph.y, 0.3 * glyph.style.size
    if len(rows) < 2:
        return rows
    return _join_raised(rows)


def _join_raised(rows: list[list[Glyph]]) -> list[list[Glyph]]:
    measured = [(row, max(g.style.size for g in row), min(g.x0 for g in row), max(g.x1 for g in row)) for row in rows]
    out: list[list[Glyph]] = []
    index = 0
    while index < len(measured):
        row, size, x0, x1 = measured[index]
        if index + 1 < len(measured):
            below, below_size, bx0, bx1 = measured[index + 1]
            distance = below[0].y - row[0].y
            # A superscript hangs over the line below; a line of smaller print does not reach into it.
            if (
                size <= 0.8 * below_size
                and distance < 0.62 * below_size
                and (_within(x0, x1, bx0, bx1, below_size) and not _collide(row, below))
            ):
                below.extend(row)
                index += 1
                continue
            if (
                below_size <= 0.8 * size
                and distance < 0.35 * size
                and (_within(bx0, bx1, x0, x1, size) and not _collide(below, row))
            ):
                row.extend(below)
                out.append(row)
                index += 2
                continue
            # Same print on baselines that differ a little, side by side: fallback fonts, adjusted characters.
            if distance < 0.45 * min(size, below_size) and not _collide(row, below):
                below.extend(row)
                index += 1
                measured[index] = (below, max(size, below_size), min(x0, bx0), max(x1, bx1))
                continue
        out.append(row)
        index += 1
    return out


def _within(x0: float, x1: float, left: float, right: float, size: float) -> bool:
    return left - size <= x0 and x1 <= right + size


def _layers(row: list[Glyph]) -> list[list[Glyph]]:
    """A row as it is; where texts of other size or colour are printed over one another on it, each by itself."""
    styles = {id(glyph.style): glyph.style for glyph in row}
    if len(styles) < 2 or len({(style.size, style.color) for style in styles.values()}) < 2:
        return [row]
    ordered = sorted((glyph for glyph in row if glyph.text != " "), key=_left)
    over = sum(_look(a) != _look(b) and a.x1 - b.x0 > 0.5 * min(a.x1 - a.x0, b.x1 - b.x0) for a, b in pairwise(ordered))
    if over < 2:  # one may be a mark that was put over a character
        return [row]
    layers: dict[tuple[float, str | None], list[Glyph]] = {}
    for glyph in row:
        layers.setdefault(_look(glyph), []).append(glyph)
    return list(layers.values())


def _look(glyph: Glyph) -> tuple[float, str | None]:
    return glyph.style.size, glyph.style.color


def _collide(upper: Sequence[Glyph], lower: Sequence[Glyph]) -> bool:
    spans = sorted((g.x0, g.x1) for g in lower if g.text != " ")
    for glyph in upper:
        if glyph.text == " ":
            continue
        middle = (glyph.x0 + glyph.x1) / 2
        if any(x0 < middle < x1 for x0, x1 in spans):
            return True
    return False


def _parts(row: list[Glyph]) -> list[list[Glyph]]:
    """Cut a row where a column ends.

    Spread-out characters of one word stay together (``通    知``, ``年  月  日``), and so does running text in which
    somebody left blanks (``联系人：某某    电话：…``).
    """
    cuts: list[int] = []
    last: Glyph | None = None
    solid = [glyph for glyph in row if glyph.text != " "]
    wide: list[tuple[int, float]] = []
    for position, glyph in enumerate(solid):
        if last is not None:
            gap = (glyph.x0 - last.x1) / max(glyph.style.size, 1.0)
            if gap > TIGHT_GAP:
                wide.append((position, gap))
        last = glyph if last is None or glyph.x1 > last.x1 else last
    if not wide:
        return [row]
    borders = [0, *(position for position, _ in wide), len(solid)]
    for index, (position, gap) in enumerate(wide):
        before, after = position - borders[index], borders[index + 2] - position
        left = "".join(glyph.text for glyph in solid[borders[index] : position])
        column = gap > COLUMN_GAP and max(before, after) > 2
        if column or (min(before, after) >= 5 and "：" not in left and left[-1] not in "。；，、"):
            cuts.append(position)
    if not cuts:
        return [row]
    starts = {id(solid[position]) for position in cuts}
    parts: list[list[Glyph]] = [[]]
    for glyph in row:
        if id(glyph) in starts:
            parts.append([])
        parts[-1].append(glyph)
    return parts


def _line(row: list[Glyph], page: int) -> Line | None:
    """One line; blanks are put where Latin words stand apart."""
    pieces: list[tuple[str, Style]] = []
    chars: list[str] = []
    style: Style | None = None
    end: float | None = None
    blank = False
    x0 = x1 = y = size = 0.0
    same = 0
    sizes: dict[float, int] = {}
    baselines: dict[float, int] = {}
    first = 0.0
    sure: list[float] = []
    doubtful = False
    for glyph in row:
        text = glyph.text
        if text == " ":
            blank = True
            continue
        if glyph.y != y or glyph.style is not style:
            if same:
                sizes[size] = sizes.get(size, 0) + same
                baselines[y] = baselines.get(y, 0) + same
            same, y, size = 0, glyph.y, glyph.style.size
        same += 1
        if end is None:
            x0, x1, first = glyph.x0, glyph.x1, glyph.x1 - glyph.x0
        else:
            gap = glyph.x0 - end
            if gap > (0.02 if blank else 0.17) * size:  # the narrowest blank in use is a fifth of an em
                chars.append(" ")
                sure.append(1.0)
        if glyph.style is not style:
            if style is not None and chars:
                pieces.append(("".join(chars), style))
                chars = []
            style = glyph.style
        chars.append(text)
        sure += [glyph.confidence] * len(text)
        doubtful = doubtful or glyph.confidence < 1.0
        blank = False
        end = glyph.x1
        if end > x1:
            x1 = end
    if style is None:
        return None
    sizes[size] = sizes.get(size, 0) + same
    baselines[y] = baselines.get(y, 0) + same
    pieces.append(("".join(chars), style))
    text = clean("".join(piece for piece, _ in pieces))
    if not text:
        return None
    size = max(sizes, key=lambda s: (sizes[s], s))
    y = max(baselines, key=lambda b: baselines[b])
    return Line(pieces, x0, x1, y, size, page, first, text=text, confidences=tuple(sure) if doubtful else ())
