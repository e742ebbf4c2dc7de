"""Boxes in a plan (专栏): their items have numbers of their own and are no items of the plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wpparse.grammar import Grammar
from wpparse.outline.lines import Label
from wpparse.outline.marks import Marked

_SCHEMES = ("arabic", "arabic-paren", "circled", "arabic-half")
"""What the items in a box are numbered with."""


class BoxReader:
    """Finds the lines of boxes. Made once for each grammar."""

    def __init__(self, grammar: Grammar) -> None:
        self._box = grammar.rules("line").of_kind("box")

    def read(self, lines: Sequence[Marked]) -> set[int]:
        """Places of captions and of the numbered items below them, as far as those numbers do not go on with the plan's."""
        found: set[int] = set()
        last: dict[str, int] = {}
        for position, one in enumerate(lines):
            if position in found:
                continue
            if one.labels:
                last[one.labels[0].scheme] = one.labels[0].ordinal
            elif self._box.match(one.text) is not None:
                found.add(position)
                found.update(self._items(lines, position + 1, last))
        return found

    def _items(self, lines: Sequence[Marked], start: int, last: dict[str, int]) -> Iterable[int]:
        """Places of the lines from the first item of a box to its last one."""
        first = lines[start].labels[0] if start < len(lines) and lines[start].labels else None
        if first is None or first.scheme not in _SCHEMES or first.ordinal != 1:
            return ()
        places: list[int] = []
        ordinals: list[int] = []
        for place in range(start, len(lines)):
            labels = lines[place].labels
            if labels and labels[0].scheme == first.scheme:
                places.append(place)
                ordinals.append(labels[0].ordinal)
            elif self._ends(lines[place], first):
                break
        count = _own(ordinals, last.get(first.scheme, 0) + 1)
        # Below the last item of a box with nothing of the plan's own numbering behind it a paragraph is the plan's again.
        return range(start, places[count] if count < len(places) else places[-1] + 1)

    def _ends(self, one: Marked, first: Label) -> bool:
        """Whether a box is over: a table, an item above its items, or the next box."""
        if one.labels:
            return one.labels[0].rank < first.rank
        return one.table or self._box.match(one.text) is not None


def _own(ordinals: Sequence[int], expected: int) -> int:
    """How many of the numbers below a caption are the box's: the others go on with the plan's, where ``expected`` is due."""
    run = 1
    while run < len(ordinals) and ordinals[run] == ordinals[run - 1] + 1:
        run += 1
    for count in range(run, 0, -1):
        rest = ordinals[count:]
        if rest and rest[0] == expected and (count == run or expected > 2):
            return count
    return run
