"""Page numbers, running heads and running feet: what belongs to the page and not to the text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

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
"""Share of the page's height at its top and bottom where page furniture stands on most pages.

A landscape page of a circular has its number higher: GB/T 9704 sets it 7 mm below the text, whose margins do not shrink
with the page (28 mm of 210 are 13 %). There it is told by standing outside the text.
"""
FAR = 0.2
"""Share of the page's height, and of its width at the sides, beyond which no page number stands."""


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
    """Take what may be the page number out of the glyphs of the page.

    What stands on one baseline of the margins or outside the text, whatever the file's order; and by runs of the file's
    order, because the number may lie inside a table's grid, on the baseline of a cell's text.
    """
    found: list[Line] = []
    taken: set[int] = set()
    for indices in (*_rows(content), *_runs(content)):
        if taken.intersection(indices):
            continue
        run = [content.glyphs[index] for index in indices]
        number = page_number(clean("".join(glyph.text for glyph in run)))
        if number is None:
            continue
        y = run[0].y
        if number[1] or in_margin(y, content.height) or not isinstance(indices, range):
            found.append(_as_line(run, number[0], content.number))
            taken.update(indices)
    found += _stacked(content, taken)
    if taken:
        content.glyphs = [glyph for index, glyph in enumerate(content.glyphs) if index not in taken]
    return found


def _as_line(run: Sequence[Glyph], number: int, page: int) -> Line:
    first = next(glyph for glyph in run if glyph.text != " ")
    text = "".join(glyph.text for glyph in run)
    x0, x1 = min(glyph.x0 for glyph in run), max(glyph.x1 for glyph in run)
    return Line([(text, first.style)], x0, x1, first.y, first.style.size, page, number=number, text=clean(text))


def _rows(content: PageContent) -> Iterable[list[int]]:
    """Everything on one baseline of the margins or outside the text, from left to right, whatever the file's order."""
    glyphs, height = content.glyphs, content.height
    margin = [index for index, glyph in enumerate(glyphs) if in_margin(glyph.y, height)]
    margin.sort(key=lambda index: glyphs[index].y)
    rows: list[list[int]] = []
    for index in margin:
        if rows and glyphs[index].y - glyphs[rows[-1][-1]].y <= 0.25 * glyphs[index].style.size:
            rows[-1].append(index)
        else:
            rows.append([index])
    top, bottom = MARGIN * height, (1 - MARGIN) * height
    inner = [glyph.y for glyph in glyphs if top <= glyph.y <= bottom and glyph.text != " "]
    if inner:
        edges = (min(inner), max(inner))
        rows += [_at(glyphs, edge) for edge in edges if not FAR * height < edge < (1 - FAR) * height]
    for row in rows:
        if len(row) <= LONGEST:
            yield sorted(row, key=lambda index: glyphs[index].x0)


def _at(glyphs: Sequence[Glyph], y: float) -> list[int]:
    return [index for index, glyph in enumerate(glyphs) if abs(glyph.y - y) <= 0.25 * glyph.style.size]


def _runs(content: PageContent) -> Iterable[range]:
    """Runs of glyphs that follow one another in the file and on the page, as far in as a page number may stand."""
    top, bottom = FAR * content.height, (1 - FAR) * content.height
    start = last = None
    for index, glyph in enumerate(content.glyphs):
        if top <= glyph.y <= bottom:
            continue
        if start is not None and last is not None:
            before = content.glyphs[last]
            size = max(glyph.style.size, before.style.size)
            near = abs(glyph.y - before.y) <= 0.3 * size and -0.5 * size <= glyph.x0 - before.x1 <= 2.6 * size
            if index == last + 1 and near:
                last = index
                continue
            if last - start < LONGEST:
                yield range(start, last + 1)
        start = last = index
    if start is not None and last is not None and last - start < LONGEST:
        yield range(start, last + 1)


LONGEST = 20
"""Characters of a page number with its marks and blanks."""


def _stacked(content: PageContent, taken: set[int]) -> list[Line]:
    """Page numbers beside the text of a landscape page: turned, or their parts one above the other."""
    side = FAR * content.width
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
        number = page_number("".join(clean(glyph.text) for _, glyph in column))
        if number is None or not number[1] or not _beside_text(content, column):
            continue
        taken.update(index for index, _ in column)
        found.append(_as_line([glyph for _, glyph in column], number[0], content.number))
    return found


def _beside_text(content: PageContent, column: Sequence[tuple[int, Glyph]]) -> bool:
    """Whether nothing else stands where a column of glyphs does, or between it and the page's edge."""
    x0, x1 = min(glyph.x0 for _, glyph in column), max(glyph.x1 for _, glyph in column)
    own = {index for index, _ in column}
    others = [glyph for index, glyph in enumerate(content.glyphs) if glyph.text != " " and index not in own]
    if x1 < content.width / 2:
        return all(glyph.x0 >= x1 - 1 for glyph in others)
    return all(glyph.x1 <= x0 + 1 for glyph in others)


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be a page number."""

    line: Line
    height: float
    """Of its page."""
    apart: bool
    """It stands in the page's margins, or beside its text."""


def confirmed(candidates: Sequence[Candidate]) -> set[int]:
    """Indices of the candidates that are page numbers: certain by form and place, or in step with the pages.

    What is not ``apart`` has to keep step, and a bare number to stand at one height on its pages as well.
    """
    out: set[int] = set()
    steps: dict[int, set[int]] = defaultdict(set)
    heights: dict[tuple[int, int], set[int]] = defaultdict(set)
    for each in candidates:
        line = each.line
        if line.number is not None:
            steps[line.number - line.page].add(line.page)
            heights[line.number - line.page, _place(each)].add(line.page)
    pages = {each.line.page for each in candidates}
    for index, each in enumerate(candidates):
        line = each.line
        known = page_number(line.text)
        if line.number is None or known is None:
            continue
        step = line.number - line.page
        in_step, only = len(steps[step]) >= 2, len(pages) == 1 and step in (0, 1)
        if each.apart:
            sure = known[1] or in_step or only
        elif known[1]:
            sure = in_step or only
        else:
            sure = max(len(heights[step, _place(each) + by]) for by in (-1, 0, 1)) >= 2
        if sure:
            out.add(index)
    return out


def _place(candidate: Candidate) -> int:
    return round(min(candidate.line.y, candidate.height - candidate.line.y) / 6)


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
