"""One plan or annex: its lines as a tree of items with their headings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from wpparse.brackets import OPEN
from wpparse.grammar import Grammar
from wpparse.outline.boxes import BoxReader
from wpparse.outline.headings import Candidate, Heading, HeadingReader, Shape
from wpparse.outline.labels import BULLETS
from wpparse.outline.lines import Line
from wpparse.outline.marks import Marked
from wpparse.outline.matters import MatterReader
from wpparse.outline.nesting import Nesting, Node
from wpparse.outline.partition import Region
from wpparse.outline.region_tree import RegionTree
from wpparse.outline.roles import RoleReader

_LONGEST_CAPTION = 40
_ENDED = re.compile("[。；！？]")
_SENTENCE = re.compile("[。；：:！？]")
_YEAR = re.compile(r"\d{4}年|[今明]年|下一步")
_LONGEST_MEMBER = 40
_LONGEST_INNER = 20
_LONGEST_NOTE = 100
_LONGEST_LEAD_IN = 20
_LONGEST_OPENING = 40
_NAMED_FIRST = re.compile("[^，。；：:、\\d]{2,20}[：:](?=.)")


class RegionReader:
    """Builds the tree of a region. Made once for each grammar."""

    def __init__(self, grammar: Grammar) -> None:
        self._headings = grammar.made(HeadingReader)
        lines = grammar.rules("line")
        self._closes = lines.of_kind("closing", "effect", "appeal")
        self._ends = lines.of_kind("effect", "appeal")
        self._flat = lines.of_kind("flat-table")
        self._roster = lines.of_kind("roster")
        self._boxes = grammar.made(BoxReader)
        self._roles = grammar.made(RoleReader)
        self._matters = grammar.made(MatterReader)
        self._shared = lines.of_kind("shared")
        self._counting = lines.of_kind("counting")
        self._openings = lines.of_kind("opening")
        self._remark = lines.of_kind("remark")

    def read(self, region: Region, tasks: bool) -> RegionTree:
        """The tree; ``tasks``: whether its items are to give tasks (an item without more is then a statement)."""
        tree = RegionTree(region)
        if any(self._flat.match(one.text) is not None for one in region.lines[:4]):
            tree.flat = True
            tree.tables = [(one.line, None) for one in region.lines if one.table]
            tree.before = [one.line for one in region.lines if not one.table]
            return tree
        boxed = self._boxes.read(region.lines)
        ahead = [one.labels for position, one in enumerate(region.lines) if one.labels and position not in boxed]
        nesting = Nesting(ahead)
        current: Node | None = None
        captions = self._captions(region)
        listing = back = False
        for position, one in enumerate(region.lines):
            line = one.line
            if one.table:
                tree.tables.append((line, current))
                continue
            if position in captions:
                line.part = "table"
                continue
            node = nesting.add(line, one.labels) if one.labels and position not in boxed else None
            if node is not None:
                current, listing = node, False
                if back:
                    tree.back.add(node)
                continue
            back = self._looks_back(one.text, back)
            listing = self._roster.match(one.text) is not None or (listing and self._named_only(one.text))
            shared = len(one.text) <= _LONGEST_NOTE and not one.labels and self._shared.match(one.text) is not None
            if shared:
                tree.shared.append(line)
            if (
                listing
                or shared
                or position in boxed
                or self._leads_in(region.lines, position)
                or self._opens_list(region.lines, position)
                or self._captions_items(region.lines, position)
                or self._remarks(one.text)
            ):
                tree.asides.add((line.block << 20) + line.start)
            if current is not None:
                current.below.append(line)
            else:
                tree.before.append(line)
        tree.nodes = nesting.nodes
        self._matters.read(tree)
        self._caption(tree)
        self._close(tree)
        self._read_headings(tree, tasks)
        return tree

    def _looks_back(self, text: str, before: bool) -> bool:
        """Whether the items below a line are a review: it says so, or one above did and this one names no new part."""
        if not 0 < len(text) <= _LONGEST_LEAD_IN or _SENTENCE.search(text):
            return before
        if self._roles.review(text):
            return True
        return before and not (_YEAR.search(text) or self._roles.planned(text))

    def _caption(self, tree: RegionTree) -> None:
        """Find captions inside leaves: a short line without a stop above paragraphs that nearly all begin with titles."""
        for node in tree.nodes:
            if node.children or self._headings.whole_line(node.line, node.label.end, closed=True):
                continue
            for position, line in enumerate(node.below):
                following = node.below[position + 1 :]
                if tree.is_aside(line) or len(line.text) > _LONGEST_INNER or _SENTENCE.search(line.text):
                    continue
                said = [other for other in following if not self._headings.is_clause(other.text)]
                titled = sum(self._headings.candidate(other, 0).shape is Shape.TITLE for other in said)
                if len(said) > 1 and 3 * titled >= 2 * len(said):
                    tree.asides.add((line.block << 20) + line.start)
                    tree.under.update({(other.block << 20) + other.start: line.text for other in following})
                    break

    def _leads_in(self, lines: Sequence[Marked], position: int) -> bool:
        """Whether a short line above an item says nothing by itself: it ends in a colon (十月份：) or is a caption (★课程建设)."""
        text = lines[position].text
        return (
            (text.endswith(("：", ":")) or (text[:1] in BULLETS and not _SENTENCE.search(text)))
            and 0 < len(text) <= _LONGEST_LEAD_IN
            and position + 1 < len(lines)
            and bool(lines[position + 1].labels)
        )

    def _captions_items(self, lines: Sequence[Marked], position: int) -> bool:
        """Whether a short line without a label names the items below it, which are numbered anew (第二阶段：自查整改)."""
        text = lines[position].text
        if not 0 < len(text) <= _LONGEST_OPENING or _ENDED.search(text) or position + 1 >= len(lines):
            return False
        if self._headings.is_clause(text):
            return False
        return any(label.ordinal == 1 and not label.doubt for label in lines[position + 1].labels)

    def _opens_list(self, lines: Sequence[Marked], position: int) -> bool:
        """Whether a short line only opens the list of paragraphs below it (时间为9月至12月。其中：)."""
        text = lines[position].text
        if len(text) > _LONGEST_OPENING or position + 1 >= len(lines) or self._openings.match(text) is None:
            return False
        following = lines[position + 1]
        return bool(following.text) and not following.table and not following.labels

    def _remarks(self, text: str) -> bool:
        """Whether a line is a remark in brackets."""
        return text.startswith(tuple(OPEN)) and self._remark.match(text) is not None

    def _captions(self, region: Region) -> set[int]:
        """Places of the lines right above a table that say what it is (表1 / 重点项目包保责任表)."""
        found: set[int] = set()
        for position, one in enumerate(region.lines):
            if not one.table:
                continue
            for above in (position - 1, position - 2):
                if above < 0 or not self._captioned(region.lines[above]):
                    break
                found.add(above)
        return found

    def _named_only(self, text: str) -> bool:
        """Whether a line below a list of members goes on with it: a name with an office, and no sentence."""
        return 0 < len(text) <= _LONGEST_MEMBER and not _SENTENCE.search(text)

    def _captioned(self, one: Marked) -> bool:
        return (
            not one.table
            and not one.labels
            and 0 < len(one.text) <= _LONGEST_CAPTION
            and not one.text.endswith(("。", "；", "：", ":", "，", "）"))
        )

    def _close(self, tree: RegionTree) -> None:
        """Part the paragraphs after the last item from it: what speaks of the whole text, or is one paragraph too many."""
        if not tree.nodes:
            return
        last = tree.nodes[-1]
        own = last.line.text[last.label.end :]
        leaves = [node for node in tree.nodes if not node.children and node is not last]
        alone = len(leaves) >= 2 and all(len(self._said(node, tree)) <= 1 for node in leaves)
        headed = last.below and not self._headings.is_claused_sentence(last.line.text, last.label.end)
        first = 1 if headed and self._headings.whole_line(last.line, last.label.end, closed=True) else 0
        if own.endswith(("：", ":")):
            return
        said = 0
        named = False
        titled = self._titled_together(last.below, tree) if first else 0
        for position, line in enumerate(last.below):
            ends = self._ends.match(line.text) is not None
            named = named or self._headings.is_bare_name(line.text)
            if tree.is_aside(line) or (named and not ends and self._closes.match(line.text) is None):
                continue
            if position < titled or (
                not ends and (self._headings.is_clause(line.text) or self._goes_on(tree, last, position))
            ):
                continue
            said += 1
            if said <= first and not ends:
                continue
            if alone or ends or self._closes.match(line.text) is not None:
                tree.closing = last.below[position:]
                del last.below[position:]
                return

    def _titled_together(self, below: Sequence[Line], tree: RegionTree) -> int:
        """How many of the lines below a heading, two paragraphs or more, all begin with titles: they belong together."""
        titled = count = 0
        for position, line in enumerate(below):
            if self._ends.match(line.text) is not None:
                break
            if self._headings.is_clause(line.text) or tree.is_aside(line):
                continue
            candidate = self._headings.candidate(line, dashes(line.text))
            if candidate.sentence is None or candidate.shape is not Shape.TITLE:
                break
            titled, count = titled + 1, position + 1
        return count if titled > 1 else 0

    def _goes_on(self, tree: RegionTree, last: Node, position: int) -> bool:
        """Whether a paragraph below the last item goes on with a list in it: 一是…, points behind dashes, or one body after the other."""
        line = last.below[position]
        above = [last.line, *last.below][position]
        if self._counting.match(line.text) is not None or tree.is_joined(line):
            return True
        if dashes(line.text) and (above.text.endswith(("：", ":")) or dashes(above.text)):
            return True
        return _NAMED_FIRST.match(line.text) is not None and _NAMED_FIRST.match(above.text) is not None

    def _said(self, node: Node, tree: RegionTree) -> list[Line]:
        """The paragraphs of a leaf that say something: the one behind the label, where it is more than a heading, and those below."""
        below = [line for line in node.below if not self._headings.is_clause(line.text) and not tree.is_aside(line)]
        if below and self._headings.whole_line(node.line, node.label.end, closed=True):
            return below
        return [node.line, *below]

    def _read_headings(self, tree: RegionTree, tasks: bool) -> None:
        candidates = {node: self._headings.candidate(node.line, node.label.end) for node in tree.nodes}
        families: dict[Node | None, list[Candidate]] = {}
        ranks: dict[tuple[str, int], list[Candidate]] = {}
        for node, candidate in candidates.items():
            families.setdefault(node.parent, []).append(candidate)
            ranks.setdefault((node.label.scheme, node.level), []).append(candidate)
        above = {
            node: self._headings.whole_line(node.line, node.label.end, closed=True)
            for node, candidate in candidates.items()
            if candidate.emphasis is None
            and (candidate.sentence is None or candidate.single)
            and (node.children or self._more(node, tree))
        }
        for node, whole in above.items():
            candidates[node].titled = whole is not None and candidates[node].sentence is None
        for node, candidate in candidates.items():
            heading = None
            if candidate.emphasis is not None or candidate.sentence is not None:
                heading = self._headings.run_in(
                    candidate,
                    families[node.parent],
                    ranks[node.label.scheme, node.level],
                    strict=node.label.scheme == "article",
                )
            if heading is None and candidate.emphasis is None and (candidate.sentence is None or candidate.single):
                if node in above:
                    heading = above[node]
                    if heading is not None and self._stops(node, heading) and self._lone(node, tree, candidates):
                        heading = None
                    if heading is not None and self._stops(node, heading) and heading.rest < len(node.line.text):
                        heading = None  # a sentence with who answers for it: what is to be done
                elif not tasks or self._among_headings(node, tree):
                    heading = self._headings.whole_line(node.line, node.label.end, closed=False)
            if heading is not None:
                tree.headings[node] = heading
            elif node.label.end >= len(node.line.text) and node.below:
                self._lift(node, tree)
        self._read_titles(tree)

    def _lift(self, node: Node, tree: RegionTree) -> None:
        """A label that stands alone on its line has its heading on the next one."""
        heading = self._headings.whole_line(node.below[0], 0, closed=False)
        if heading is not None and (node.children or len(node.below) > 1):
            tree.headings[node] = heading
            tree.lifted[node] = node.below.pop(0)

    def _more(self, node: Node, tree: RegionTree) -> bool:
        """Whether something other than clauses and asides stands below the line that opens an item."""
        return any(not self._headings.is_clause(line.text) and not tree.is_aside(line) for line in node.below)

    def _lone(self, node: Node, tree: RegionTree, candidates: Mapping[Node, Candidate]) -> bool:
        """Whether only this one of several siblings has a paragraph below it, which then is a paragraph too many.

        Not where the others begin with headings: their line end was lost, or this one's was added.
        """
        siblings = self._siblings(node, tree)
        if all(candidates[other].shape is Shape.TITLE for other in siblings if other is not node):
            return False
        return len(siblings) > 2 and not any(
            other.children or self._more(other, tree) for other in siblings if other is not node
        )

    def _stops(self, node: Node, heading: Heading) -> bool:
        """Whether a line is one sentence with a full stop, and no item stands below it."""
        return not node.children and node.line.text[heading.end : heading.rest] in ("。", "．", ".")

    def _siblings(self, node: Node, tree: RegionTree) -> list[Node]:
        return node.parent.children if node.parent is not None else [one for one in tree.nodes if one.parent is None]

    def _among_headings(self, node: Node, tree: RegionTree) -> bool:
        """Whether an item without more stands among siblings that are headings over something."""
        siblings = self._siblings(node, tree)
        return any(other.children or self._more(other, tree) for other in siblings if other is not node)

    def _read_titles(self, tree: RegionTree) -> None:
        """Run-in headings of the paragraphs of leaves that have a heading line, and of plans without numbering."""
        groups = [
            [
                self._headings.candidate(line, dashes(line.text))
                for line in node.below
                if not self._headings.is_clause(line.text) and not tree.is_aside(line)
            ]
            for node in tree.nodes
            if not node.children and node.below
        ]
        if not tree.nodes:
            groups = [[self._headings.candidate(line, dashes(line.text)) for line in tree.before]]
        everybody = [candidate for group in groups for candidate in group]
        for group in groups:
            for candidate in group:
                known = sum(1 for other in group if other.sentence is not None) > 1
                heading = self._headings.run_in(candidate, group, group if known else everybody)
                if heading is not None:
                    tree.titles[(candidate.line.block << 20) + candidate.line.start] = heading


def dashes(text: str) -> int:
    """Where the words of a line begin that is marked as a point by dashes (``——统筹谋划``)."""
    position = 0
    while position < len(text) and text[position] in "—-－–―":
        position += 1
    return position if position > 1 or text[:1] == "—" or (position and text[position : position + 1].isalpha()) else 0
