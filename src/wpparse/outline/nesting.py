"""From labels to a tree: which label opens an item, and below which other item it stands.

Depth comes from the schemes that the text itself uses: a scheme that is open is gone back to, a new one goes one
level deeper, unless it outranks what is open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from wpparse.outline.lines import Label, Line

_MOST_ITEMS = 120
"""A plain Arabic number above this one that does not continue a sequence is a figure, not a label."""
_SEPARATED = ("arabic", "chinese")
"""Schemes in which another separator may mean another level (``1.`` and below it ``1、``)."""


@dataclass(slots=True, eq=False)
class Node:
    """One item in the making."""

    line: Line
    label: Label
    parent: Node | None
    below: list[Line] = field(default_factory=list)
    """Further lines before the first child."""
    children: list[Node] = field(default_factory=list)
    jump: int | None = None
    """The number that was to be expected, where another one is written."""
    id: str = ""

    @property
    def level(self) -> int:
        """1-based depth."""
        return 1 if self.parent is None else self.parent.level + 1

    @property
    def siblings(self) -> list[Node]:
        """The children of the parent; for a node at the top, itself only."""
        return self.parent.children if self.parent is not None else [self]


@dataclass(slots=True)
class _Open:
    scheme: str
    separator: str
    node: Node


class Nesting:
    """Takes the labels of one outline in reading order and builds its tree."""

    def __init__(self, ahead: Sequence[tuple[Label, ...]]) -> None:
        """``ahead`` holds the possible labels of all lines of this outline that have any, in order."""
        self._ahead = ahead
        self._position = -1
        self._stack: list[_Open] = []
        self._last: dict[str, tuple[int, ...]] = {}
        self._inside: set[tuple[str, str]] = set()
        """Schemes seen inside an open item of lower rank, with the scheme of that item."""
        self.nodes: list[Node] = []

    def add(self, line: Line, readings: tuple[Label, ...]) -> Node | None:
        """The item that a line opens; None where none of its readings fits. To be called for each entry of ``ahead``."""
        self._position += 1
        label = next((reading for reading in readings if self._fits(reading)), None)
        if label is None:
            return None
        parent, earlier = self._place(label)
        node = Node(line, label, parent)
        expected = self._expected(label, earlier)
        if label.ordinal not in expected:
            node.jump = expected[-1]
        if parent is not None:
            parent.children.append(node)
        self._stack.append(_Open(label.scheme, label.separator, node))
        self._last[label.scheme] = label.numbers
        self.nodes.append(node)
        return node

    def _fits(self, label: Label) -> bool:
        if label.scheme.startswith("decimal"):
            return self._decimal_fits(label)
        last = self._last.get(label.scheme)
        continues = last is not None and label.ordinal == last[-1] + 1
        if label.scheme == "arabic" and not continues and label.ordinal > _MOST_ITEMS:
            return False
        if not label.doubt or continues:
            return True
        return label.ordinal == 1 and self._comes(label.scheme, 2, over=not label.separator)

    def _decimal_fits(self, label: Label) -> bool:
        last = self._last.get(label.scheme)
        above, ordinal = label.numbers[:-1], label.ordinal
        if last is not None and last[:-1] == above and ordinal == last[-1] + 1:
            return True
        if ordinal != 1:
            return False
        if any(open_.node.label.numbers[-len(above) :] == above for open_ in self._stack):
            return True
        return last is not None and above[-1] == last[-2] + 1

    def _comes(self, scheme: str, ordinal: int, over: bool = False) -> bool:
        """Whether the next label of this scheme has this number; ``over`` the items of the one before it (1.1, 1.2)."""
        for readings in self._ahead[self._position + 1 :]:
            if over and any(r.scheme.startswith("decimal") and r.numbers[0] == ordinal - 1 for r in readings):
                continue
            numbers = [reading.ordinal for reading in readings if reading.scheme == scheme]
            if numbers:
                return ordinal in numbers
        return False

    def _place(self, label: Label) -> tuple[Node | None, Node | None]:
        """The parent of a new item, and the sibling before it; closes what the item ends."""
        depth = self._depth(label)
        if depth is not None:
            earlier = self._stack[depth].node
            del self._stack[depth:]
            return earlier.parent, earlier
        while self._stack and self._stack[-1].node.label.rank > label.rank and not self._within(label):
            self._stack.pop()
        parent = self._stack[-1].node if self._stack else None
        return parent, parent.children[-1] if parent is not None and parent.children else None

    def _depth(self, label: Label) -> int | None:
        """The place in the stack of the sibling before; None where the label begins a level."""
        found = [i for i, open_ in enumerate(self._stack) if open_.scheme == label.scheme]
        if not found:
            return None
        if label.scheme in _SEPARATED:
            same = [i for i in found if self._stack[i].separator == label.separator]
            if same:
                return same[-1]
            last = self._stack[found[-1]].node.label.ordinal
            if label.ordinal == 1 and last >= 1 and self._comes(label.scheme, 2):
                return None
        return found[-1]

    def _within(self, label: Label) -> bool:
        """Whether an open item of lower rank goes on after this label, so that the label stands inside it."""
        top = self._stack[-1].node.label
        if (label.scheme, top.scheme) in self._inside:
            return True
        within = label.ordinal == 1 and self._comes(top.scheme, top.ordinal + 1)
        if within:
            self._inside.add((label.scheme, top.scheme))
        return within

    def _expected(self, label: Label, earlier: Node | None) -> tuple[int, ...]:
        if earlier is not None and earlier.label.scheme == label.scheme:
            return (earlier.label.ordinal + 1,)
        last = self._last.get(label.scheme)
        return (1,) if last is None else (1, last[-1] + 1)


def give_ids(nodes: Sequence[Node], taken: set[str]) -> list[Node]:
    """Set the id of each node: the path of its written ordinals, with a suffix where it is taken.

    Returns the nodes that needed a suffix though their parent did not: the repeated numbers.
    """
    repeated: list[Node] = []
    paths: dict[Node, str] = {}
    for node in nodes:
        above = "" if node.parent is None else paths[node.parent] + "."
        path = paths[node] = above + str(node.label.ordinal)
        node.id = path
        count = 1
        while node.id in taken:
            count += 1
            node.id = f"{path}-{count}"
        taken.add(node.id)
        if count > 1 and (node.parent is None or node.parent.id == paths[node.parent]):
            repeated.append(node)
    return repeated
