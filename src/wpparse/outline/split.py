"""Cutting up paragraphs that hold more than one line of the circular.

Two things happen to real files: line ends are lost, so that the title stands before the addressees or the first
paragraph, and a heading or several items stand at the end of the paragraph before (``…落实。二、强化监督``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from wpparse.grammar import Grammar
from wpparse.outline.labels import Label, LabelReader
from wpparse.outline.lines import Line

_FRONT = 16
"""Among so many lines at the top one may have the title glued to what follows."""
_SHORTEST = 24
_BREAK = re.compile("[。！？）)】〕：:][”’」』]?")
_PAIRS = (("《", "》"), ("“", "”"), ("（", "）"), ("(", ")"), ("「", "」"))
_PARTS = ("annex", "mark", "organ", "number", "title", "addressees", "opening")


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
            if len(pieces) > 1 or position >= _FRONT or self._begins(line):
                front += lines[position + 1 :]
                break
        return self._items(front)

    def _begins(self, line: Line) -> bool:
        """Whether the text has begun with this line, so that no title follows."""
        return line.paragraph is not None and (line.text.endswith(("。", "：", ":")) or bool(self._labels.read(line)))

    def _front(self, line: Line) -> list[Line]:
        if len(line.text) < _SHORTEST or line.paragraph is None or self._labels.read(line):
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
            following = self._labels.read(lines[position + 1]) if position + 1 < len(lines) else ()
            out += _cut(line, self._starts(line, last, following))
        return out

    def _starts(self, line: Line, last: dict[str, int], following: tuple[Label, ...]) -> list[int]:
        """Offsets at which further items begin in a line; ``last`` holds the number reached in each scheme."""
        text = line.text
        if len(text) < _SHORTEST:
            return []
        found: list[tuple[int, Label]] = []
        for match in _BREAK.finditer(text):
            position = match.end()
            found += [
                (position, label)
                for label in self._labels.at(text, position)
                if not label.doubt and not label.scheme.startswith("decimal") and not _inside(text, position)
            ]
        starts: list[int] = []
        for index, (position, label) in enumerate(found):
            later = [other for _, other in found[index + 1 :]] + list(following)
            colon = text[position - 1] in "：:"
            if label.ordinal == 1:
                begins = label.scheme == "chinese" and any(
                    other.scheme == label.scheme and other.ordinal == 2 for other in later
                )
            else:
                begins = last.get(label.scheme) == label.ordinal - 1 and not colon
            if begins:
                starts.append(position)
                last[label.scheme] = label.ordinal
        return starts


def _inside(text: str, position: int) -> bool:
    """Whether a place lies between brackets or quotes."""
    before = text[:position]
    return any(before.count(opening) > before.count(closing) for opening, closing in _PAIRS)


def _cut(line: Line, starts: Sequence[int]) -> list[Line]:
    places = [0, *(start for start in starts if 0 < start < len(line.text)), len(line.text)]
    if len(places) == 2:
        return [line]
    return [
        Line(line.block, line.start + begin, line.text[begin:end], line.paragraph)
        for begin, end in pairwise(places)
        if begin < end
    ]
