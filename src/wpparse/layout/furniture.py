"""Page numbers, running heads and running feet: what belongs to the page and not to the text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from wpparse.layout.lines import Line
from wpparse.page import Glyph, PageContent
from wpparse.text import clean

_DASH = "[-\u2010-\u2015\u2212\u2500\uff0d\u30fc~\u00b7\u2022.\u4e00]"
_STRONG = re.compile(
    rf"{_DASH}+\s*(\d{{1,4}})\s*{_DASH}+"
    rf"|第\s*(\d{{1,4}})\s*页\s*[,，/、]?\s*(?:[（(]?\s*共\s*\d+\s*页\s*[）)]?)?"
    rf"|[Pp]age\s*(\d{{1,4}})(?:\s*of\s*\d+)?"
)
_WEAK = re.compile(rf"{_DASH}*\s*(\d{{1,4}})\s*{_DASH}*|(\d{{1,4}})\s*/\s*\d{{1,4}}|[（(]\s*(\d{{1,4}})\s*[）)]")
_PART = re.compile(rf"{_DASH}+|\d{{1,4}}|{_DASH}*\s*\d{{1,4}}\s*{_DASH}*")
_DIGITS = re.compile(r"\d+")

MARGIN = 0.11
"""Share of the page's height at its top and bottom (and of its width at the sides) where page furniture stands."""


def page_number(text: str) -> tuple[int, bool] | None:
    """The number that a line of page furniture shows, and whether its form leaves no doubt; None for other text."""
    if len(text) > 20:
        return None
    for pattern, certain in ((_STRONG, True), (_WEAK, False)):
        match = pattern.fullmatch(text.strip())
        if match:
            return int(next(group for group in match.groups() if group)), certain
    return None


def in_margin(y: float, height: float) -> bool:
    """Whether a baseline lies where page furniture stands."""
    return y < MARGIN * height or y > (1 - MARGIN) * height


def take_page_numbers(content: PageContent) -> list[Line]:
    """Take what may be the page number out of the glyphs of the page, by runs of the file's order.

    By runs, because the number may lie inside a table's grid, on the baseline of a cell's text.
    """
    found: list[Line] = []
    taken: set[int] = set()
    for indices in (*_rows(content), *_runs(content)):
        if taken.intersection(indices):
            continue
        run = [content.glyphs[index] for index in indices]
        text = clean("".join(g.text for g in run))
        number = page_number(text)
        if number is None:
            continue
        first = next(g for g in run if g.text != " ")
        line = Line(
            [("".join(g.text for g in run), first.style)],
            min(g.x0 for g in run), max(g.x1 for g in run), first.y, first.style.size, content.number,
            number=number[0], text=text,
        )  # fmt: skip
        found.append(line)
        taken.update(indices)
    found += _stacked(content, taken)
    if taken:
        content.glyphs = [glyph for index, glyph in enumerate(content.glyphs) if index not in taken]
    return found


def _rows(content: PageContent) -> Iterable[list[int]]:
    """Everything on one baseline of the margin, from left to right, whatever the file's order."""
    margin = _margin(content)
    margin.sort(key=lambda index: content.glyphs[index].y)
    rows: list[list[int]] = []
    for index in margin:
        glyph = content.glyphs[index]
        if rows and glyph.y - content.glyphs[rows[-1][-1]].y <= 0.25 * glyph.style.size:
            rows[-1].append(index)
        else:
            rows.append([index])
    for row in rows:
        if len(row) <= 16:
            yield sorted(row, key=lambda index: content.glyphs[index].x0)


def _margin(content: PageContent) -> list[int]:
    top, bottom = MARGIN * content.height, (1 - MARGIN) * content.height
    return [index for index, glyph in enumerate(content.glyphs) if not top <= glyph.y <= bottom]


def _runs(content: PageContent) -> Iterable[range]:
    """Runs of glyphs in the margin that follow one another in the file and on the page."""
    start = last = None
    for index in _margin(content):
        glyph = content.glyphs[index]
        if start is not None and last is not None:
            before = content.glyphs[last]
            size = max(glyph.style.size, before.style.size)
            near = abs(glyph.y - before.y) <= 0.3 * size and -0.5 * size <= glyph.x0 - before.x1 <= 2.6 * size
            if index == last + 1 and near:
                last = index
                continue
            yield range(start, last + 1)
        start = last = index
    if start is not None and last is not None:
        yield range(start, last + 1)


def _stacked(content: PageContent, taken: set[int]) -> list[Line]:
    """Page numbers in the side margins of a landscape page: turned, or their parts one above the other."""
    side = 0.085 * content.width
    parts = [
        (index, glyph) for index, glyph in enumerate(content.glyphs)
        if (glyph.x1 < side or glyph.x0 > content.width - side) and glyph.text != " " and index not in taken
        and _PART.fullmatch(clean(glyph.text))
    ]  # fmt: skip
    parts.sort(key=lambda part: part[1].x0 + part[1].x1)
    columns: list[list[tuple[int, Glyph]]] = []
    for part in parts:
        last = columns[-1][-1][1] if columns else None
        if last is not None and part[1].x0 + part[1].x1 - last.x0 - last.x1 <= last.style.size:
            columns[-1].append(part)
        else:
            columns.append([part])
    found: list[Line] = []
    for column in columns:
        column.sort(key=lambda part: (round(part[1].y), part[1].x0))
        text = "".join(clean(glyph.text) for _, glyph in column)
        number = page_number(text)
        if number is None or not number[1]:
            continue
        taken.update(index for index, _ in column)
        first = column[0][1]
        x0, x1 = min(g.x0 for _, g in column), max(g.x1 for _, g in column)
        piece = [(text, first.style)]
        found.append(Line(piece, x0, x1, first.y, first.style.size, content.number, number=number[0], text=text))
    return found


def confirmed(candidates: Sequence[Line]) -> set[int]:
    """Indices of the candidates that are page numbers: certain by their form, or in step with the pages."""
    out: set[int] = set()
    steps: dict[int, set[int]] = defaultdict(set)
    for line in candidates:
        if line.number is not None:
            steps[line.number - line.page].add(line.page)
    pages = {line.page for line in candidates}
    for index, line in enumerate(candidates):
        known = page_number(line.text)
        if line.number is None or known is None:
            continue
        in_step = len(steps[line.number - line.page])
        if known[1] or in_step >= 2 or (len(pages) == 1 and line.number - line.page in (0, 1)):
            out.add(index)
    return out


Place = tuple[str, int, bool]
"""The words of a line (its digits apart), its height on the page, and whether it stands in the upper half."""


def place_of(line: Line, height: float) -> Place:
    """What a line in the margins of a page has in common with others of a running head or foot."""
    return _DIGITS.sub("#", line.text), round(line.y / 6), line.y < height / 2


def running_places(places: Mapping[Place, Collection[int]], pages: int) -> set[Place]:
    """The places at which lines with the same words stand on many pages.

    ``places`` has for each the numbers of its pages; digits may differ. ``pages`` is how many pages there are.
    """
    needed = max(3, round(0.4 * pages))
    return {place for place, found in places.items() if len(found) >= needed}
