"""The way from a Document to its Outline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from wpparse.blocks import Document
from wpparse.grammar import Grammar
from wpparse.messages import register, render
from wpparse.model import Diagnostic, Location, SectionRole
from wpparse.outline.header import read_header
from wpparse.outline.headings import HeadingReader
from wpparse.outline.lines import Line, read_lines
from wpparse.outline.marks import MarkReader
from wpparse.outline.nesting import Node, give_ids
from wpparse.outline.partition import Parts, Region
from wpparse.outline.parts import find_parts
from wpparse.outline.region_tree import RegionTree
from wpparse.outline.regions import RegionReader, dashes
from wpparse.outline.roles import RoleReader
from wpparse.outline.split import Splitter
from wpparse.outline.tree import Item, Outline, Part, Passage, TablePlace

_SHORTEST_ITEM = 20
"""Characters of a numbered line that is more than a heading."""
_FEWEST_ANSWERED = 3
"""So many items of an annex name who answers for them, where that is no chance."""

register(
    {
        "outline-repeated-number": ("编号“{label}”重复出现", "the number {label} stands twice"),
        "outline-number-jump": (
            "编号不连续：“{label}”处应为第{expected}项",
            "the numbering jumps: {label} where number {expected} was due",
        ),
        "outline-flat-table": (
            "此处似为表格，但各格已逐行散开，未能还原",
            "this looks like a table whose cells stand one below the other; it could not be rebuilt",
        ),
        "outline-shared-duty": (
            "此句同时说明多项任务由谁负责，未分到各项：{text}",
            "this sentence says who answers for several tasks at once; it was not given to each of them: {text}",
        ),
        "outline-repeated-text": (
            "自此处起全文重复出现，只读取前一份",
            "from here on the whole text stands once more; only the first copy was read",
        ),
        "outline-unplaced": ("此段未归入任何部分：{text}", "this text was put nowhere: {text}"),
    }
)


def build_outline(document: Document, grammar: Grammar) -> Outline:
    """Take a document apart.

    Afterwards every block index is in ``parts``; the labels, headings and passages of the items, in order, are the
    words of the lines of part ``section``; ids are unique.
    """
    lines = grammar.made(Splitter).split(read_lines(document))
    parts = find_parts(grammar.made(MarkReader).read(lines), grammar)
    return _Builder(document, lines, parts, grammar).build()


class _Builder:
    def __init__(self, document: Document, lines: Sequence[Line], parts: Parts, grammar: Grammar) -> None:
        self._document = document
        self._lines = lines
        self._parts = parts
        self._grammar = grammar
        self._regions = grammar.made(RegionReader)
        self._roles = grammar.made(RoleReader)
        self._headings = grammar.made(HeadingReader)
        self._notice = grammar.rules("header").of_kind("notice")
        self._lines_rules = grammar.rules("line")
        self._diagnostics: list[Diagnostic] = []
        self._items: list[Item] = []
        self._preamble: list[Passage] = []
        self._unnumbered: list[Passage] = []
        self._closing: list[Passage] = []
        self._tables: dict[int, TablePlace] = {}

    def build(self) -> Outline:
        taken: set[str] = set()
        regions = self._parts.regions
        covered = self._parts.covering and any(region.kind == "plan" for region in regions)
        trees: list[tuple[RegionTree, bool]] = []
        for region in regions:
            if region.kind == "main" and covered:
                self._cover(region)
                continue
            tasks = self._gives_tasks(region)
            trees.append((self._regions.read(region, tasks), tasks))
        numbered = any(tasks and tree.nodes for tree, tasks in trees)
        for tree, tasks in trees:
            self._number(tree, taken)
            self._emit(tree, tasks, numbered)
        self._finish()
        if self._parts.repeated is not None:
            self._report("outline-repeated-text", self._parts.repeated.line)
        return Outline(
            header=read_header(self._parts, self._document, self._grammar),
            items=tuple(self._items),
            preamble=tuple(self._preamble),
            unnumbered=tuple(self._unnumbered),
            closing=tuple(self._closing),
            tables=tuple(self._tables[block] for block in sorted(self._tables)),
            parts=self._block_parts(),
            diagnostics=tuple(self._diagnostics),
        )

    def _gives_tasks(self, region: Region) -> bool:
        title = region.title.text if region.title is not None else None
        if self._roles.review(title):
            return False
        if region.kind != "annex" or (title is not None and self._roles.planned(title)):
            return True
        return self._answered(region)

    def _answered(self, region: Region) -> bool:
        """Whether bodies answer for most of an annex's items: then it shares out work, whatever its title calls it (考评指标)."""
        said = [one.text for one in region.lines if one.labels and len(one.text) >= _SHORTEST_ITEM]
        answered = sum(map(self._headings.closes_with_clause, said))
        return answered >= _FEWEST_ANSWERED and 2 * answered >= len(said)

    def _number(self, tree: RegionTree, taken: set[str]) -> None:
        repeated = give_ids(tree.nodes, taken)
        for node in repeated:
            self._report("outline-repeated-number", node.line, label=node.label.text)
        for node in tree.nodes:
            if node.jump is not None and node not in repeated:
                self._report("outline-number-jump", node.line, label=node.label.text, expected=str(node.jump))

    def _cover(self, region: Region) -> None:
        for one in region.lines:
            one.line.part = "table" if one.table else "notice"
            if one.table:
                self._tables[one.line.block] = TablePlace(one.line.block, None, None)

    def _emit(self, tree: RegionTree, tasks: bool, numbered: bool) -> None:
        annex = tree.region.kind == "annex"
        plain = not tree.nodes and not annex and not numbered
        if tree.flat:
            for line in tree.before:
                line.part = "annex"
            if tree.before:
                self._report("outline-flat-table", tree.before[0])
        elif plain:
            self._emit_unnumbered(tree)
        else:
            for line in tree.before:
                self._introduce(line, annex)
        roles: dict[Node, SectionRole] = {}
        looks_back: dict[Node, bool] = {}
        for node in tree.nodes:
            self._emit_item(tree, node, tasks, roles, looks_back)
        for line in tree.closing:
            if annex and not tasks:
                line.part = "annex"
            elif self._excluded(line):
                line.part = "closing"
            elif "。" in line.text or line.text.endswith(("；", "！")):
                line.part = "closing"
                self._closing.append(line.passage())
        for line in tree.shared:
            self._report("outline-shared-duty", line, text=line.text[:60])
        for line, below in tree.tables:
            line.part = "table"
            self._tables[line.block] = TablePlace(line.block, self._caption(tree, line), below.id if below else None)

    def _introduce(self, line: Line, annex: bool) -> None:
        if annex:
            line.part = "annex"
        elif self._parts.covering and self._notice.match(line.text) is not None:
            line.part = "notice"
        else:
            line.part = "preamble"
            self._preamble.append(line.passage())

    def _emit_unnumbered(self, tree: RegionTree) -> None:
        """A plan without numbering: its preamble, then a paragraph for each thing to be done."""
        begun = False
        lines = [line for line in tree.before if line.text]
        only = self._only_command(tree, lines)
        for line in lines:
            if not begun and line is not only and self._opens(line):
                self._introduce(line, False)
                continue
            begun = True
            line.part = "section"
            if self._excluded(line) or tree.is_aside(line):
                line.part = "closing"
            else:
                self._unnumbered += self._passages(tree, line)

    def _opens(self, line: Line) -> bool:
        """Whether a paragraph says why the circular is written, or what it covers."""
        preamble = self._lines_rules.of_kind("preamble")
        return preamble.match(line.text) is not None or self._notice.match(line.text) is not None

    def _only_command(self, tree: RegionTree, lines: Sequence[Line]) -> Line | None:
        """The paragraph that is notice and task in one: nothing else is to be done, and it commands."""
        if self._parts.covering or tree.tables or not all(self._opens(line) or self._excluded(line) for line in lines):
            return None
        commands = self._lines_rules.of_kind("commands")
        found = [line for line in lines if not self._excluded(line) and commands.match(line.text) is not None]
        return found[-1] if found else None

    def _emit_item(
        self, tree: RegionTree, node: Node, tasks: bool, roles: dict[Node, SectionRole], back: dict[Node, bool]
    ) -> None:
        line, heading = tree.lifted.get(node, node.line), tree.headings.get(node)
        text = line.text
        title = text[heading.start : heading.end] if heading is not None else None
        rest = heading.rest if heading is not None else node.label.end
        own = self._roles.role(title, text[rest : rest + 40], node.parent is None)
        if own == "background" and self._shared_out(node):
            own = None
        elif (
            own is None
            and not node.children
            and self._roles.dated(title, text[rest:] + "".join(b.text for b in node.below[:2]))
        ) or (own is None and not self._answered_below(node) and self._roles.scope(title, _texts(node))):
            own = "background"
        above: SectionRole = roles[node.parent] if node.parent is not None else "task"
        role = roles[node] = above if above != "task" or own is None else own
        review = back[node] = (
            node in tree.back or (node.parent is not None and back[node.parent])
        ) or self._roles.review(title, self._title_above(tree, node))
        leaf = not node.children
        ahead = text[heading.start : rest] if heading is not None and not heading.line else ""
        passages = [replace(passage, before=ahead) for passage in (line.passage(rest),) if passage.text]
        line.part = node.line.part = "section"
        for below in node.below:
            below.part = "section"
            under = tree.caption_of(below)
            passages += [replace(passage, under=under) if under else passage for passage in self._passages(tree, below)]
        end = heading.end if heading is not None else len(text)
        self._items.append(
            Item(
                id=node.id,
                parent=node.parent.id if node.parent is not None else None,
                level=node.level,
                label=node.label.text,
                heading=title,
                heading_line=heading is not None and heading.line,
                role=role,
                passages=tuple(passages),
                leaf=leaf,
                tasks=tasks and not review,
                location=Location(page=line.page, block=line.block, start=line.start, end=line.start + end),
                rule=node.label.rule,
            )
        )

    def _title_above(self, tree: RegionTree, node: Node) -> str | None:
        """The heading of the item above a node."""
        above = node.parent
        heading = tree.headings.get(above) if above is not None else None
        if above is None or heading is None:
            return None
        return tree.lifted.get(above, above.line).text[heading.start : heading.end]

    def _shared_out(self, node: Node) -> bool:
        """Whether bodies answer for nearly all that stands below a heading (主要目标 … 牵头单位：…): then it is to be done."""
        named = [
            any(self._headings.closes_with_clause(line.text) for line in (child.line, *child.below))
            for child in node.children
            if not child.children
        ]
        return len(named) > 1 and 5 * sum(named) >= 4 * len(node.children)

    def _answered_below(self, node: Node) -> bool:
        """Whether somebody answers for anything that stands in an item or below it."""
        return any(self._headings.closes_with_clause(text) for text in _texts(node))

    def _passages(self, tree: RegionTree, line: Line) -> list[Passage]:
        """The words of a line that opens no item, with its run-in heading."""
        if tree.is_aside(line) or not any(map(str.isalpha, line.text)):
            return [replace(line.passage(), aside=True)] if line.text else []
        start = dashes(line.text)
        heading = tree.title_of(line)
        if heading is None:
            passage = replace(line.passage(start), joined=tree.is_joined(line))
            return [passage] if passage.text else []
        passage = line.passage(heading.rest)
        title = line.text[heading.start : heading.end]
        before = line.text[heading.start : heading.rest]
        return [replace(passage, title=title, title_start=line.start + heading.start, before=before)]

    def _excluded(self, line: Line) -> bool:
        return self._lines_rules.of_kind("appeal", "effect").match(line.text) is not None

    def _caption(self, tree: RegionTree, table: Line) -> str | None:
        above: str | None = tree.region.title.text if tree.region.title is not None else None
        for one in tree.region.lines:
            if one.line is table:
                return above
            if one.text and len(one.text) <= 60 and not one.text.endswith(("。", "；")):
                above = one.text
        return above

    def _finish(self) -> None:
        for line in self._lines:
            if line.part is not None or line.block in self._tables:
                continue
            if line.paragraph is None:
                line.part = "table"
            elif line.text:
                line.part = "unplaced"
                self._report("outline-unplaced", line, text=line.text[:20])
            else:
                line.part = "furniture"
        for line in self._lines:
            if line.paragraph is None:
                self._tables.setdefault(line.block, TablePlace(line.block, None, None))

    def _block_parts(self) -> dict[int, Part]:
        parts: dict[int, Part] = {}
        for line in self._lines:
            part = line.part or "unplaced"
            if line.block not in parts or part == "section":
                parts[line.block] = part
        return parts

    def _report(self, code: str, line: Line, **values: str) -> None:
        self._diagnostics.append(
            Diagnostic(
                code=code,
                severity="warning",
                message=render(code, "zh", values),
                location=Location(page=line.page, block=line.block, start=line.start, end=line.end),
                values=values,
            )
        )


def _texts(node: Node) -> Iterator[str]:
    """The lines of an item and of all that stand below it, without labels."""
    yield node.line.text[node.label.end :]
    for line in node.below:
        yield line.text
    for child in node.children:
        yield from _texts(child)
