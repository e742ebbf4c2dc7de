"""Which lines of the pages are page numbers, running heads and feet, once all pages have been seen."""

from __future__ import annotations

from collections import defaultdict

from wpparse.layout.furniture import Candidate, Place, confirmed, in_margin, page_number, place_of, running_places
from wpparse.layout.lines import Line
from wpparse.layout.pages import PageLayout


class Repeats:
    """Sees each page, decides, and then drops from each page what does not belong to the text."""

    def __init__(self) -> None:
        self._pages = 0
        self._candidates: list[tuple[Candidate, int, bool]] = []
        """What may be a page number, which one of its page's it is, and whether it is all that a cell holds."""
        self._places: dict[Place, set[int]] = defaultdict(set)
        self._free: list[tuple[int, Place]] = []
        """Candidates in the margins outside tables: text again where they are no page numbers."""
        self._numbers: set[tuple[int, int]] = set()
        self._running: set[Place] = set()

    def see(self, layout: PageLayout) -> None:
        """Take note of the margins of a page."""
        self._pages += 1
        for line in layout.lines:
            if in_margin(line.y, layout.height):
                self._places[place_of(line, layout.height)].add(layout.number)
        for index, line in enumerate(layout.numbers):
            cell = _cell(layout, line)
            if cell is None and in_margin(line.y, layout.height):
                self._free.append((len(self._candidates), place_of(line, layout.height)))
            apart = in_margin(line.y, layout.height) or _is_beside(layout, line)
            candidate = Candidate(line, layout.height, apart)
            self._candidates.append((candidate, index, _is_row_number(line, cell)))

    def decide(self) -> None:
        """Tell what repeats; to be called once, after all pages have been seen."""
        found = confirmed([candidate for candidate, _, _ in self._candidates])
        numbers = {index for index in found if not self._candidates[index][2]}
        self._numbers = {(each.line.page, which) for each, which, _ in (self._candidates[index] for index in numbers)}
        for index, place in self._free:
            if index not in numbers:
                self._places[place].add(self._candidates[index][0].line.page)
        self._running = running_places(self._places, self._pages)

    def drop(self, layout: PageLayout) -> list[Line]:
        """Take page furniture from a page and give it; a candidate that is none goes back to where it stood."""
        dropped: list[Line] = []
        for index, line in enumerate(layout.numbers):
            if (layout.number, index) in self._numbers:
                dropped.append(line)
            else:
                _put_back(layout, line)
        layout.numbers = []
        if self._running:
            running = [line for line in layout.lines if self._is_running(line, layout.height)]
            dropped += running
            gone = {id(line) for line in running}
            layout.lines = [line for line in layout.lines if id(line) not in gone]
        return dropped

    def _is_running(self, line: Line, height: float) -> bool:
        return in_margin(line.y, height) and place_of(line, height) in self._running


def _cell(layout: PageLayout, line: Line) -> list[Line] | None:
    """The lines of the cell in which a line stands, None where it stands in none."""
    for part in layout.tables:
        cell = part.grid.at(line.middle, line.y - 0.3 * line.size)
        if cell is not None:
            return part.lines[cell]
    return None


def _is_beside(layout: PageLayout, line: Line) -> bool:
    """Whether all the text of a page stands right or left of a line."""
    spans = [(other.x0, other.x1) for other in layout.lines] + [(t.grid.xs[0], t.grid.xs[-1]) for t in layout.tables]
    return all(line.x1 <= x0 + 1 for x0, _ in spans) or all(x1 - 1 <= line.x0 for _, x1 in spans)


def _is_row_number(line: Line, cell: list[Line] | None) -> bool:
    """Whether a bare number is all that a cell holds: a number of a row, in step with the pages by chance."""
    known = page_number(line.text)
    return known is not None and not known[1] and cell is not None and not cell


def _put_back(layout: PageLayout, line: Line) -> None:
    cell = _cell(layout, line)
    lines = layout.lines if cell is None else cell
    lines.append(line)
    lines.sort(key=lambda other: (round(other.y, 1), other.x0))
