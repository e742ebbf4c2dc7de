"""Cutting up paragraphs that hold more than one line of the circular.

Two things happen to real files: line ends are lost, so that the title stands before the addressees or the first
paragraph, and a heading or several items stand at the end of the paragraph before (``…落实。二、强化监督``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from wpparse.brackets import CLOSE, CLOSING, OPENING, QUOTE, WRITTEN, body, closing, is_inside
from wpparse.enumerators import MARK, NUMERAL
from wpparse.grammar import Grammar
from wpparse.outline.labels import LabelReader
from wpparse.outline.lines import Label, Line

_FRONT = 16
"""Among so many lines at the top one may have the title glued to what follows."""
_SHORTEST = 24
_SHORTEST_FRONT = 12
_BREAK = re.compile(f"[。！？：:{body(CLOSE)}][{body(closing(QUOTE))}]? ?")
_GLUED = re.compile(
    rf"{OPENING}{NUMERAL}{CLOSING}|(?<![\d.])\d{{1,2}}{MARK}(?!\d{{1,3}}(?:{MARK}|[%％\u4e00-\u9fff])|\d{{4}})|\d{{1,2}}、(?=\d)"
)
"""What may be a label right behind a heading whose line end was lost."""
_HEADING_END = re.compile(f"[\u4e00-\u9fffA-Za-z{body(closing(WRITTEN))}]")
_STOP = re.compile("[。；：:;]")
_LONGEST_HEADING = 40
_LOWEST = 7
"""Items of this rank and below it have no items right behind their headings (1. 2. in running text)."""
_AHEAD = 60
"""The second item stands within so many lines."""
_LONGEST_BRACKET = 120
"""A bracket that opened further back was never closed."""
_PARTS = ("annex", "mark", "organ", "number", "title", "addressees", "opening")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an item may begin."""

    position: int
    label: Label
    glued: bool
    """True where no mark stands before it, but a heading."""


class Splitter:
    """Cuts lines. Made once for each grammar."""

    def __init__(self, grammar: Grammar) -> None:
        self._labels = grammar.made(LabelReader)
        self._glued = grammar.rules("header").of_kind("glued")

    def split(self, lines: Sequence[Line]) -> list[Line]:
        """The lines, each cut where another one begins in it; together they hold the same text."""
        front: list[Line] = []
        for position, line in enumerate(lines):
            pieces = self._front(line)
            front += pieces
            if position >= _FRONT or self._begins(line):
                front += lines[position + 1 :]
                break
        return self._items(front)

    def _begins(self, line: Line) -> bool:
        """Whether the text has begun with this line, so that no title follows."""
        return line.paragraph is not None and (line.text.endswith(("。", "：", ":")) or bool(self._labels.read(line)))

    def _front(self, line: Line) -> list[Line]:
        if len(line.text) < _SHORTEST_FRONT or line.paragraph is None or self._labels.read(line):
            return [line]
        hit = self._glued.match(line.text)
        if hit is None:
            return [line]
        starts = sorted(span[0] for name in _PARTS if (span := hit.span(name)) is not None and span[0] < span[1])
        return _cut(line, starts)

    def _items(self, lines: Sequence[Line]) -> list[Line]:
        out: list[Line] = []
        last: dict[str, int] = {}
        for position, line in enumerate(lines):
            own = self._labels.read(line)
            for label in own[:1]:
                last[label.scheme] = label.ordinal
            out += _cut(line, self._starts(line, last, lines, position))
        return out

    def _starts(self, line: Line, last: dict[str, int], lines: Sequence[Line], at: int) -> list[int]:
        """Offsets at which further items begin in a line; ``last`` holds the number reached in each scheme."""
        text = line.text
        own = self._labels.read(line)[:1]
        if not own and len(text) < _SHORTEST:
            return []
        found = self._places(text, own)
        head = own[0] if own else None
        starts: list[int] = []
        begun: set[str] = set()
        lost = False
        below = self._right_behind(text, head, [place.label for place in found if not place.glued], lines, at)
        if below is not None and head is not None:
            starts.append(head.end)
            last[below.scheme] = 1
            begun.add(below.scheme)
            head = below
        for index, place in enumerate(found):
            label = place.label
            if label.doubt and not place.glued and label.scheme not in begun:
                continue
            later = [other.label for other in found[index + 1 :] if not other.glued]
            continues = last.get(label.scheme) == label.ordinal - 1
            if label.ordinal == 1:
                headed = head is not None and head.rank < label.rank and _is_heading(text[head.end : place.position])
                begins = (
                    place.glued or label.scheme == "chinese" or (headed and (lost or label.scheme == "chinese-paren"))
                ) and self._goes_on(label, head if place.glued or headed else None, later, lines, at)
            else:
                begins = continues and text[place.position - 1] not in "：:" and not (place.glued and label.doubt)
            if begins:
                starts.append(place.position)
                last[label.scheme] = label.ordinal
                begun.add(label.scheme)
                lost = lost or place.glued
                head = label
        return starts

    def _right_behind(
        self, text: str, head: Label | None, later: Sequence[Label], lines: Sequence[Line], at: int
    ) -> Label | None:
        """The label of the first item below that stands on the line of the item above, right behind its label (``1.（1）``)."""
        if head is None or not head.end:
            return None
        for label in self._labels.at(text, head.end):
            if label.rank > head.rank and label.ordinal == 1 and not label.doubt:
                return label if self._goes_on(label, head, later, lines, at) else None
        return None

    def _goes_on(
        self, first: Label, head: Label | None, later: Sequence[Label], lines: Sequence[Line], at: int
    ) -> bool:
        """Whether number two of a scheme still comes: in the same line, or on one of the next below the same heading."""
        if any(other.scheme == first.scheme and other.ordinal == 2 for other in later):
            return True
        for line in lines[at + 1 : at + (_AHEAD if head is not None else 2)]:
            labels = self._labels.read(line)[:1]
            if labels and labels[0].scheme == first.scheme:
                return labels[0].ordinal == 2
            if labels and head is not None and labels[0].rank <= head.rank:
                return False
            if head is not None and any(
                place.label.scheme == first.scheme and place.label.ordinal == 2 for place in self._places(line.text, ())
            ):
                return True
        return False

    def _places(self, text: str, own: Sequence[Label]) -> list[_Place]:
        """Where in a line further items may begin, in order: behind a full stop or bracket, or right behind a heading."""
        found = [
            _Place(position, label, False)
            for match in _BREAK.finditer(text)
            for position in (match.end(),)
            for label in self._labels.at(text, position)
            if not label.scheme.startswith("decimal") and not _inside(text, position)
        ]
        heads = [*own, *(place.label for place in found if not place.label.doubt)]
        for head in heads:
            glued = self._behind_heading(text, head)
            if glued is not None:
                found.append(glued)
                heads.append(glued.label)
        return sorted(found, key=lambda place: place.position)

    def _behind_heading(self, text: str, head: Label) -> _Place | None:
        """The first item that may stand right behind the heading of another one."""
        if head.rank >= _LOWEST:
            return None
        for match in _GLUED.finditer(text, head.end + 2, head.end + _LONGEST_HEADING + 4):
            position = match.start()
            if _STOP.search(text, head.end, position):
                return None
            if not _HEADING_END.match(text[position - 1]) or _inside(text, position):
                continue
            for label in self._labels.at(text, position):
                if label.rank > head.rank and label.scheme in ("chinese-paren", "arabic"):
                    return _Place(position, label, True)
        return None


def _is_heading(text: str) -> bool:
    """Whether the words between two labels are a heading of one sentence."""
    return 2 < len(text) <= _LONGEST_HEADING and text.endswith("。") and text.count("。") == 1


def _inside(text: str, position: int) -> bool:
    """Whether a place lies between brackets or quotes."""
    return is_inside(text, max(0, position - _LONGEST_BRACKET), position, WRITTEN)


def _cut(line: Line, starts: Sequence[int]) -> list[Line]:
    places = [0, *(start for start in starts if 0 < start < len(line.text)), len(line.text)]
    if len(places) == 2:
        return [line]
    return [
        Line(line.block, line.start + begin, line.text[begin:end], line.paragraph)
        for begin, end in pairwise(places)
        if begin < end
    ]
