"""Matters told in lines with names of their own (问题：… 整改目标：… 整改措施：… 责任单位：…): one task each, however many lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wpparse.grammar import Grammar
from wpparse.grammar.match import Hit
from wpparse.outline.headings import HeadingReader
from wpparse.outline.lines import Line
from wpparse.outline.nesting import Node
from wpparse.outline.region_tree import RegionTree


class MatterReader:
    """Tells which lines belong to one matter. Made once for each grammar."""

    def __init__(self, grammar: Grammar) -> None:
        self._headings = grammar.made(HeadingReader)

    def read(self, tree: RegionTree) -> None:
        """Join the lines of each matter; what it has come to says nothing to be done."""
        for node in tree.nodes:
            if not node.below:
                continue
            own = self._headings.name(node.line.text, node.label.end)
            if not node.children:
                self._join(tree, own, node.below)
            elif own is not None or any(self._headings.name(line.text) is not None for line in node.below):
                self._take_back(node)
        if not tree.nodes:
            self._join(tree, None, tree.before)
        self._give_back(tree)

    def _join(self, tree: RegionTree, own: Hit | None, below: Sequence[Line]) -> None:
        hits = [self._headings.name(line.text) for line in below]
        known = [hit.text for hit in (own, *hits) if hit is not None and hit.rule.kind == "matter"]
        if not known:
            return
        for line in below:
            if self._headings.is_bare_name(line.text):
                tree.asides.add((line.block << 20) + line.start)
        told = [hit is not None and hit.rule.kind == "state" for hit in hits]
        clauses = sum(told) + sum(self._headings.is_clause(line.text) for line in below)
        if len(known) + clauses < 2:
            return
        first, inside = known[0], own is not None
        repeated = own is None and known.count(first) > 1
        for line, hit, state in zip(below, hits, told, strict=True):
            key = (line.block << 20) + line.start
            if state:
                tree.asides.add(key)
            elif hit is not None and hit.text == first and (inside or repeated):
                inside = True  # the next matter begins
            elif inside or hit is not None:
                inside = True
                tree.joined.add(key)
                tree.asides.discard(key)

    def _take_back(self, node: Node) -> None:
        """What stands below the last of the numbered measures of a matter (责任单位：…) is said of all of them."""
        last = node
        while last.children:
            last = last.children[-1]
        if any(self._answers(line) for leaf in _leaves(node) if leaf is not last for line in leaf.below):
            return
        taken: list[Line] = []
        while last.below and self._answers(last.below[-1]):
            taken.insert(0, last.below.pop())
        node.below += taken

    def _give_back(self, tree: RegionTree) -> None:
        """Who answers for several numbered measures may stand once, below the last of them.

        Told by what the circular does elsewhere: no measure but the last of a group names anyone, and more than one group does so,
        or items without measures name those who answer for them.
        """
        shared = [node for node in tree.nodes if len(node.children) > 1 and self._ends_in_clause(node.children[-1])]
        if not shared or any(self._headings.closes_with_clause(node.children[-1].line.text) for node in shared):
            return
        levels = {node.level for node in shared}
        told = len(shared)
        for node in tree.nodes:
            above = node.parent
            if node.children or above is None or (above in shared and node is above.children[-1]):
                continue
            if node.level in levels:
                told += self._names(node)
            elif above.level in levels and self._names(node):
                return
        if told < 2:
            return
        for node in shared:
            last = node.children[-1]
            taken: list[Line] = []
            while last.below and self._headings.is_clause(last.below[-1].text):
                taken.insert(0, last.below.pop())
            node.below += taken

    def _ends_in_clause(self, node: Node) -> bool:
        """Whether nothing stands below a leaf at the end but a clause on a line of its own."""
        return not node.children and bool(node.below) and self._headings.is_clause(node.below[-1].text)

    def _names(self, node: Node) -> bool:
        """Whether an item says who answers for it, in its own line or below it."""
        return any(self._headings.closes_with_clause(line.text) for line in (node.line, *node.below))

    def _answers(self, line: Line) -> bool:
        """Whether a line says who answers for something, by when, or what it has come to."""
        hit = self._headings.name(line.text)
        return self._headings.is_clause(line.text) or (hit is not None and hit.rule.kind == "state")


def _leaves(node: Node) -> Iterator[Node]:
    """The items below an item that have none below them."""
    for child in node.children:
        if child.children:
            yield from _leaves(child)
        else:
            yield child
