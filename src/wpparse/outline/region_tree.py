"""The items of one plan or annex, and what stands around them."""

from __future__ import annotations

from dataclasses import dataclass, field

from wpparse.outline.headings import Heading
from wpparse.outline.lines import Line
from wpparse.outline.nesting import Node
from wpparse.outline.partition import Region


@dataclass(slots=True)
class RegionTree:
    """The items of a region and what stands around them."""

    region: Region
    nodes: list[Node] = field(default_factory=list)
    before: list[Line] = field(default_factory=list)
    """Lines before the first item."""
    closing: list[Line] = field(default_factory=list)
    """Lines after the last item that are no part of it."""
    tables: list[tuple[Line, Node | None]] = field(default_factory=list)
    flat: bool = False
    """True where the region is a table whose cells stand one below the other, which no reader could rebuild."""
    headings: dict[Node, Heading] = field(default_factory=dict)
    lifted: dict[Node, Line] = field(default_factory=dict)
    """The lines of headings that stand below their labels."""
    asides: set[int] = field(default_factory=set)
    """Lines of lists of members, of boxes and notes that say nothing to be done, by block and start of the line."""
    joined: set[int] = field(default_factory=set)
    """Lines that belong to the same matter as the line above them, by block and start of the line."""
    shared: list[Line] = field(default_factory=list)
    """Notes that give several tasks to one body at once."""
    back: set[Node] = field(default_factory=set)
    """Items below a line without a number that looks back (2017年工作回顾)."""
    under: dict[int, str] = field(default_factory=dict)
    """Captions of paragraphs inside a leaf (基础支撑体系重点项目), by block and start of the line."""
    titles: dict[int, Heading] = field(default_factory=dict)
    """Run-in headings of lines below a heading line, by block and start of the line."""

    def title_of(self, line: Line) -> Heading | None:
        """The run-in heading of a line that opens no item."""
        return self.titles.get((line.block << 20) + line.start)

    def caption_of(self, line: Line) -> str | None:
        """The caption inside its item under which a line stands."""
        return self.under.get((line.block << 20) + line.start)

    def is_aside(self, line: Line) -> bool:
        """Whether a line says nothing to be done: of a list of members, of a box."""
        return (line.block << 20) + line.start in self.asides

    def is_joined(self, line: Line) -> bool:
        """Whether a line belongs to the same matter as the line above it."""
        return (line.block << 20) + line.start in self.joined
