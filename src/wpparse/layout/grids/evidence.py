"""What in the lines of a text may be a table: pieces parted by blanks or marks, or one a line, below names of columns.

Each piece of evidence gives a *supposition*: units, the shape that the names above them say, and where both stand. Which of
them is true is told by reading them (:mod:`wpparse.layout.grids.reading`) and comparing (:mod:`wpparse.layout.grids.choose`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from wpparse.enumerators import BAND
from wpparse.layout.grids.placed import Strip
from wpparse.layout.grids.profile import MARK, Row
from wpparse.layout.grids.reading import Shape, Unit, counted
from wpparse.layout.grids.words import Words
from wpparse.layout.text_lines import width_of
from wpparse.text import clean, clean_lines

WIDE_GAP = re.compile(r"[ \u00a0]{2,}|\u3000+|[ \u00a0\u3000]{2,}")
_ANY_GAP = re.compile(r"[ \u00a0\u3000]+")
_LEAST_NAMES = 3
_LEAST_KNOWN = 2
"""Names of columns that the grammar must know: one alone (任务, 时间) stands in prose too."""
_MOST_NAMES = 20
_MOST_CELLS = 6000
"""Cells in sequence below a header that are looked at: 1,000 rows of six, more than any table of the seeds has."""
_MOST_LINES = 1500
"""The same for lines, each with a row or a part of one."""
_MOST_GAP = 6
"""Blank lines within a table, at most: pages of `pdftotext` end with up to five."""
_MOST_HEIGHT = 3
"""Lines of a header."""
_TALLER = 0.5
"""That a header has one line more: 2 in 5."""
_PIECE = re.compile(r"[^\s\u3000]+")
_SPANNING = 4.0
"""That there are more or fewer columns than names: 1 in 50 tables."""
_LEADING = 3.0
"""That the first name of a header is not known where the next one is: 1 in 20 tables; mostly it is the title."""
_PLAIN = 40
"""Characters of a cell that says no more than a name."""
_KNOWN, _UNKNOWN = 1.5, -0.5
"""What a name of a column adds that the grammar knows, and one that it does not know."""


@dataclass(frozen=True, slots=True)
class Supposition:
    """A table that may stand in ``lines[start:…]``."""

    kind: str
    start: int
    units: Sequence[Unit]
    shape: Shape
    prior: float
    strips: Sequence[Strip] = ()
    """Lines of pieces in place of units, where their places tell the columns."""
    spans: Sequence[tuple[int, int]] = ()
    """Where the names of the columns stand above them."""


def whole_lines(lines: Sequence[str], covered: set[int]) -> list[Unit]:
    """Each line that is not blank as one unit; a leading tab and a bar behind it are no part of it."""
    units: list[Unit] = []
    gap = 0
    for index, line in enumerate(lines):
        text = clean_lines(line) if index not in covered else ""
        if text:
            units.append(Unit(text, index, True, gap))
            gap = 0
        else:
            gap = _MOST_GAP if index in covered else gap + 1
    return units


def in_lines(lines: Sequence[str], units: Sequence[Unit], place: int, words: Words) -> Iterator[Supposition]:
    """The tables whose header may be the line of a unit, its names parted by blanks."""
    line = lines[units[place].line].strip()
    before: Row = []
    for kind, gap in (("wide blanks", WIDE_GAP), ("blanks", _ANY_GAP)):
        names = [clean(text) for text in gap.split(line) if text]
        if not _LEAST_NAMES <= len(names) <= _MOST_NAMES or not is_header(names, words):
            continue
        if names == before:
            break
        before = names
        yield _by_line(kind, lines, units, place, names, gap, words)
        for measure in (width_of, len):
            yield from _by_place(lines, units, place, measure, gap is WIDE_GAP, words)


def is_header(names: Sequence[str], words: Words) -> bool:
    """True where texts may be the header of a table."""
    known = sum(words.column(name) is not None for name in names)
    return known >= min(_LEAST_KNOWN, len(names)) and all(map(words.is_name, names)) and len(set(names)) == len(names)


def _prior(names: Sequence[str], words: Words) -> float:
    return sum(_UNKNOWN if words.column(name) is None else _KNOWN for name in names)


def _by_line(
    kind: str, lines: Sequence[str], units: Sequence[Unit], place: int, names: Row, gap: re.Pattern[str], words: Words
) -> Supposition:
    pieces: list[Unit] = []
    for unit in units[place + 1 : place + _MOST_LINES]:
        if unit.gap >= _MOST_GAP:
            break
        texts = [clean(text) for text in gap.split(lines[unit.line].strip())]
        if texts == names:
            continue
        pieces += [Unit(text, unit.line, at == 0, unit.gap) for at, text in enumerate(texts) if text]
    kinds = [words.column(name) for name in names]
    shape = Shape((names,), tuple(kinds), True, False, _numbered(kinds))
    return Supposition(kind, units[place].line, pieces, shape, _prior(names, words))


def _strip(unit: Unit, line: str, measure: Callable[[str], int]) -> Strip:
    page = line.startswith("\f")
    line = line.replace("\f", "")
    pieces = tuple(
        (measure(line[: match.start()]), measure(line[: match.end()]), match.group()) for match in _PIECE.finditer(line)
    )
    return Strip(unit.line, pieces, unit.gap, page)


def _by_place(
    lines: Sequence[str], units: Sequence[Unit], place: int, measure: Callable[[str], int], wide: bool, words: Words
) -> Iterator[Supposition]:
    strips: list[Strip] = []
    for unit in units[place : place + _MOST_LINES]:
        if strips and unit.gap >= _MOST_GAP:
            break
        strips.append(_strip(unit, lines[unit.line], measure))
    for height in range(1, min(_MOST_HEIGHT, len(strips) - 1) + 1):
        last = [clean(text) for _, _, text in _wide(strips[height - 1], wide)]
        if not all(map(words.is_name, last)) or any(map(BAND.fullmatch, last)):
            return
        spans, rows = _names(strips[:height], wide)
        if len(spans) < _LEAST_NAMES or len(spans) > _MOST_NAMES or not all(map(words.is_name, filter(None, rows[0]))):
            continue
        kinds = [
            next((kind for row in reversed(rows) if (kind := words.column(row[at]))), None) for at in range(len(spans))
        ]
        repeated = {strip.text for strip in strips[:height]}
        below: list[Strip] = []
        page = False
        for strip in strips[height:]:
            page = page or strip.page
            if strip.text not in repeated:
                below.append(replace(strip, page=page))
                page = False
        shape = Shape(tuple(rows), tuple(kinds), False, False, _numbered(kinds))
        prior = _prior([name for row in rows for name in row if name], words) - _TALLER * (height - 1)
        yield Supposition("places", units[place].line, (), shape, prior, below, spans)


def _wide(strip: Strip, wide: bool) -> list[tuple[int, int, str]]:
    """The pieces of a line, with ``wide`` those that a single blank parts put together."""
    out: list[tuple[int, int, str]] = []
    for x0, x1, text in strip.pieces:
        if wide and out and x0 - out[-1][1] <= 1:
            out[-1] = (out[-1][0], x1, f"{out[-1][2]} {text}")
        else:
            out.append((x0, x1, text))
    return out


def _names(strips: Sequence[Strip], wide: bool) -> tuple[list[tuple[int, int]], list[Row]]:
    """Where the columns' names stand, and the rows that they make: one where those of a column go on below one another,
    else one a line, where a name spans those below it.
    """
    lines = [_wide(strip, wide) for strip in strips]
    columns: list[list[int]] = []
    for x0, x1, _ in sorted(piece for line in lines for piece in line):
        if columns and x0 < columns[-1][1]:
            columns[-1][1] = max(columns[-1][1], x1)
        else:
            columns.append([x0, x1])
    spanning = any(
        not any(a < x1 and x0 < b for a, b, _ in above) for above, below in pairwise(lines) for x0, x1, _ in below
    )
    found: list[tuple[int, int]] = []
    for a, b in columns:
        inside = max(([piece for piece in line if a <= piece[0] < b] for line in lines), key=len)
        spanning = spanning or len(inside) > 1
        found += [(x0, x1) for x0, x1, _ in inside] if len(inside) > 1 else [(a, b)]
    rows = [[""] * len(found) for _ in lines]
    for row, line in zip(rows, lines, strict=True):
        for x0, x1, text in line:
            at = next((at for at, (a, b) in enumerate(found) if x0 < b and a < x1), len(found) - 1)
            row[at] += clean(text)
    return found, rows if spanning else [["".join(parts) for parts in zip(*rows, strict=True)]]


def _numbered(kinds: Sequence[str | None]) -> int | None:
    return kinds.index("number") if "number" in kinds[:2] else None


def in_sequence(kind: str, units: Sequence[Unit], words: Words, blanks: bool) -> Iterator[Supposition]:
    """The tables that may stand in a sequence of cells."""
    yield from _nameless(kind, units, words, blanks)
    known = [place for place, unit in enumerate(units) if words.column(unit.text) is not None]
    for before, place in pairwise([-_MOST_NAMES, *known]):
        if place - before > 1 or words.column(units[place].text) == "number":
            yield from _below_names(kind, units, place, words, blanks)
            if place and place - before > 1 and _may_lead(units, place, words):
                for each in _below_names(kind, units, place - 1, words, blanks):
                    yield replace(each, prior=each.prior - _LEADING)


def _nameless(kind: str, units: Sequence[Unit], words: Words, blanks: bool) -> Iterator[Supposition]:
    """Numbered rows without a header: all of the same number of cells, most of them short."""
    place = 0
    while place < len(units):
        if units[place].text != "1":
            place += 1
            continue
        numbers = counted([unit.text for unit in units[place : place + _MOST_CELLS]])
        sizes = {b - a for a, b in pairwise(numbers)}
        if len(numbers) > _LEAST_NAMES and len(sizes) == 1 and _LEAST_NAMES < (width := sizes.pop()) <= _MOST_NAMES:
            below = units[place : place + numbers[-1] + width]
            plain = sum(
                all(len(unit.text) < _PLAIN and "。" not in unit.text for unit in below[at::width])
                for at in range(1, width)
            )
            if plain > 1:
                shape = Shape((), ("number", *[None] * (width - 1)), False, blanks, 0)
                yield Supposition(kind, units[place].line, below, shape, -_SPANNING)
        place += max(1, numbers[-1] if len(numbers) > 1 else 1)


def _may_lead(units: Sequence[Unit], place: int, words: Words) -> bool:
    """True where an unknown text above the first known name may be a name too: no title, and no farther away than others."""
    text = units[place - 1].text
    near = place + 1 == len(units) or units[place].gap <= units[place + 1].gap
    return near and words.is_name(text) and not words.caption(text)


def _below_names(kind: str, units: Sequence[Unit], start: int, words: Words, blanks: bool) -> Iterator[Supposition]:
    names: Row = []
    for unit in units[start : start + _MOST_NAMES]:
        if not words.is_name(unit.text) or unit.text in names or (names and unit.gap >= _MOST_GAP):
            break
        names.append(unit.text)
    kinds = [words.column(name) for name in names]
    last = max((at for at, found in enumerate(kinds) if found is not None), default=0)
    if len(names) < _LEAST_NAMES or sum(found is not None for found in kinds) < _LEAST_KNOWN:
        return
    numbered = _numbered(kinds)
    first = _first_number(units, start) if numbered is not None else None
    if first is not None and numbered is not None:
        begin = first - numbered
        top = begin
        while numbered == 0 and top > start and BAND.fullmatch(units[top - 1].text):
            top -= 1
        names = [unit.text for unit in units[start:top]]
        if len(names) < _LEAST_NAMES or not all(map(words.is_name, names)):
            return
        numbers = counted([unit.text for unit in units[first : first + _MOST_CELLS]])
        steps = [b - a for a, b in pairwise(numbers)]
        widths = [len(names), *_other_widths(len(names), steps)]
    else:
        numbered, top, widths = None, 0, []
    if first is None:
        most = min(len(names), last + 3)
        if any(MARK.fullmatch(unit.text) for unit in units[start + len(names) : start + 2 * len(names)]):
            most = len(names)  # bodies above marks, whose names no grammar knows
        for count in range(max(_LEAST_NAMES, last + 1), most + 1):
            top = start + count
            if top < len(units) and units[top].text == "1":
                continue  # numbers below no name of theirs
            second = units[top + 1].text == "1" if top + 1 < len(units) else False
            marked = blanks and any(MARK.fullmatch(unit.text) for unit in units[top : top + count])
            widths = [
                count,
                *([count + 1] if second else []),
                *([count - 1] if marked and count > _LEAST_NAMES else []),
            ]
            numbered = 1 if second else None
            yield from _shaped(kind, units, start, top, names[:count], widths, numbered, words, blanks)
        return
    yield from _shaped(kind, units, start, top, names, widths, numbered, words, blanks)


def _first_number(units: Sequence[Unit], start: int) -> int | None:
    return next(
        (at for at in range(start + 2, min(len(units), start + 2 * _MOST_NAMES)) if units[at].text == "1"), None
    )


def _other_widths(names: int, sizes: Sequence[int]) -> list[int]:
    """Other numbers of columns than that of the names: some may stand in a second row, or span columns.

    Rows of just so many cells must show it.
    """
    exact = Counter(sizes)
    more = [width for width in (names + 1, names + 2) if exact[width] > max(1, exact[names]) and max(sizes) == width]
    less = [
        width
        for width in range(max(3, names // 2), names)
        if exact[width] > 1 and exact[width] * 2 >= len(sizes) and max(sizes) == width
    ]
    return more + less


def _shaped(
    kind: str, units: Sequence[Unit], start: int, top: int, names: Row, widths: Sequence[int], numbered: int | None,
    words: Words, blanks: bool,
) -> Iterator[Supposition]:  # fmt: skip
    below = _once(units[top : top + _MOST_CELLS], names)
    for width in widths:
        rows = _header(names, width, [unit.text for unit in below[: 12 * width]])
        kinds = [words.column(name) or words.column(under) for name, under in zip(rows[0], rows[-1], strict=True)]
        shape = Shape(tuple(rows), tuple(kinds), False, blanks, numbered)
        shown = width == len(names) or (len(rows) > 1 and any(not text for text in rows[1][: width - 1]))
        prior = _prior(names, words) - (0.0 if shown else _SPANNING)
        yield Supposition(kind, units[start].line, below, shape, prior)


def _once(units: Sequence[Unit], names: Row) -> list[Unit]:
    """The cells up to the first wide gap, without the header's repetitions on later pages."""
    out: list[Unit] = []
    at = 0
    while at < len(units):
        if out and units[at].gap > _MOST_GAP:
            break
        if [unit.text for unit in units[at : at + len(names)]] == names:
            at += len(names)
            continue
        out.append(units[at])
        at += 1
    return out


def _header(names: Row, width: int, cells: Sequence[str]) -> list[Row]:
    """The names in a row as wide as the others, or in two: those that others stand below above these."""
    if len(names) <= width:
        return [[*names, *[""] * (width - len(names))]]
    columns = [cells[at::width] for at in range(width)]
    marked = [at for at, column in enumerate(columns) if any(map(MARK.fullmatch, column))]
    first, count = (marked[0], len(marked)) if marked else (0, 0)
    if len(names) == width + 1 and count > 1 and marked == list(range(first, first + count)):
        behind = names[first + 1 : len(names) - count]
        upper = [*names[: first + 1], *[""] * (count - 1), *behind]
        return [upper, [*[""] * first, *names[len(names) - count :], *[""] * (width - first - count)]]
    return [names[:width], [*names[width:], *[""] * (2 * width - len(names))]]
