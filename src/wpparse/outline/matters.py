"""Matters told in lines with names of their own (问题：… 整改目标：… 整改措施：… 责任单位：…): one task each, however many lines."""

from __future__ import annotations

from collections.abc import Sequence

from wpparse.grammar import Grammar
from wpparse.outline.headings import HeadingReader
from wpparse.outline.lines import Line
from wpparse.outline.nesting import Node
from wpparse.outline.region_tree import RegionTree


class MatterReader:
    """Tells which lines belong to one matter. Made once for each grammar."""

    def __init__(self, grammar: Grammar) -> None:
        lines = grammar.rules("line")
        self._matter = lines.of_kind("matter")
        self._state = lines.of_kind("state")
        self._headings = grammar.made(HeadingReader)

    def read(self, tree: RegionTree) -> None:
        """Join the lines of each matter; what it has come to says nothing to be done."""
        for node in tree.nodes:
            own = self._name(node.line.text, node.label.end)
            if not node.children:
                self._join(tree, own, node.below)
            elif own is not None or any(self._name(line.text) is not None for line in node.below):
                self._take_back(node)
        if not tree.nodes:
            self._join(tree, None, tree.before)

    def _name(self, text: str, start: int = 0) -> str | None:
        """What a line calls itself (整改目标：); None where it has no such name."""
        hit = self._matter.match(text, start)
        return None if hit is None else hit.text

    def _join(self, tree: RegionTree, own: str | None, below: Sequence[Line]) -> None:
        names = [self._name(line.text) for line in below]
        known = [name for name in (own, *names) if name is not None]
        if not known:
            return
        told = [self._state.match(line.text) is not None for line in below]
        clauses = sum(told) + sum(self._headings.is_clause(line.text) for line in below)
        if len(known) + clauses < 2:
            return
        first, inside = known[0], own is not None
        repeated = own is None and known.count(first) > 1
        for line, name, state in zip(below, names, told, strict=True):
            key = (line.block << 20) + line.start
            if state:
                tree.asides.add(key)
            if name == first and (inside or repeated):
                inside = True  # the next matter begins
            elif inside or name is not None:
                inside = True
                tree.joined.add(key)

    def _take_back(self, node: Node) -> None:
        """What stands below the last of the numbered measures of a matter (责任单位：…) is said of all of them."""
        last = node
        while last.children:
            last = last.children[-1]
        taken: list[Line] = []
        while last.below and self._belongs(last.below[-1]):
            taken.insert(0, last.below.pop())
        node.below += taken

    def _belongs(self, line: Line) -> bool:
        text = line.text
        return self._headings.is_clause(text) or self._name(text) is not None or self._state.match(text) is not None
