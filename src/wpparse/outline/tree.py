"""What the outline stage gives: the parts of a circular and its numbered items as a tree.

The outline knows label systems, nesting and the parts of GB/T 9704; it knows no units and no deadlines.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from wpparse.model import Diagnostic, Header, Location, SectionRole

Part = Literal[
    "furniture", "header", "notice", "preamble", "section", "closing", "colophon", "annex", "review", "contents", "table",
    "unplaced",
]  # fmt: skip
"""Where a block went: ``notice`` is the covering notice's own words, ``colophon`` the 版记, ``unplaced`` gets a diagnostic."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one paragraph, or a cell of a table: ``block.text[start:end]``, which is ``text``."""

    text: str
    block: int
    start: int
    page: int | None = None
    title: str | None = None
    """The run-in heading that stands before ``text`` in the same paragraph, where the item's heading is another one."""
    confidence: float | None = None
    """Lowest confidence of its recognised characters; None where nothing was recognised from a picture."""
    title_start: int | None = None
    """Offset of the title in the block; None where the passage has none."""
    aside: bool = False
    """True for a line that says nothing to be done: of a list of members (组长：…), the caption of a box (专栏1 …)."""

    joined: bool = False
    """True for a line that says something of the same matter as the one above it (问题：…, 整改措施：…): one task with it."""
    under: str | None = None
    """The caption inside its item under which it stands: it is said in the place of the item's heading."""
    before: str = ""
    """The words of the same paragraph that stand in front, its run-in heading: a clause is read in the whole."""
    row: int | None = None
    column: int | None = None
    """0-based, of a cell."""
    glued: bool = False
    """True for the rest of a cell that a page break cut: it goes on with the one before it."""

    def locate(self, start: int = 0, end: int | None = None) -> Location:
        """The location of ``self.text[start:end]`` in its block."""
        stop = len(self.text) if end is None else end
        return Location(
            page=self.page,
            block=self.block,
            start=self.start + start,
            end=self.start + stop,
            row=self.row,
            column=self.column,
        )

    def cut(self, start: int, end: int | None = None) -> Passage:
        """The passage of ``self.text[start:end]``."""
        stop = len(self.text) if end is None else end
        return replace(self, text=self.text[start:stop], start=self.start + start, before="", title_start=None)


@dataclass(frozen=True, slots=True)
class Item:
    """One numbered item. ``passages`` are its own words before its first child, without label and heading."""

    id: str
    parent: str | None
    level: int
    label: str
    heading: str | None
    heading_line: bool
    """True where the heading is a line of its own, with the item's words in paragraphs below it."""
    role: SectionRole
    passages: tuple[Passage, ...]
    leaf: bool
    tasks: bool
    """False for items of an outline that gives no tasks: a catalogue, rules for filling in, last year's review."""
    location: Location
    """From the label to the end of the heading or, without one, of the paragraph that it opens."""
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class TablePlace:
    """A table block and what stands around it."""

    block: int
    caption: str | None
    """The nearest title line above it, e.g. the annex's title."""
    section: str | None
    """The section in which it stands."""


@dataclass(frozen=True, slots=True)
class Outline:
    """The circular taken apart. Every block index occurs in ``parts``."""

    header: Header
    items: tuple[Item, ...]
    preamble: tuple[Passage, ...]
    unnumbered: tuple[Passage, ...]
    """Paragraphs of a plan without any numbering that come after its preamble, in order."""
    closing: tuple[Passage, ...]
    """Paragraphs after the last item that say something to be done."""
    tables: tuple[TablePlace, ...]
    parts: Mapping[int, Part]
    diagnostics: tuple[Diagnostic, ...] = ()
