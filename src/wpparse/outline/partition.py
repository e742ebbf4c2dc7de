"""The parts of a file once it was taken apart: what stands before, between and behind its plans and annexes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from wpparse.outline.marks import Marked
from wpparse.outline.titles import Title

RegionKind = Literal["main", "plan", "annex"]


@dataclass(slots=True)
class Region:
    """The lines of one plan or annex, from behind its title to the next region."""

    kind: RegionKind
    title: Title | None
    lines: list[Marked] = field(default_factory=list)


@dataclass(slots=True)
class Parts:
    """What :func:`find_parts` gives. ``main`` in ``regions`` is what stands before the first plan or annex of its own."""

    title: Title | None = None
    red_head: list[Marked] = field(default_factory=list)
    """Lines with the document number."""
    organs: list[Marked] = field(default_factory=list)
    """The lines of the red head."""
    addressees: tuple[Marked, ...] = ()
    """The line that names them, or the lines."""
    covering: bool = False
    """True where a notice covers a plan that follows."""
    regions: list[Region] = field(default_factory=list)
    signs: list[Marked] = field(default_factory=list)
    """Lines of sign-offs, attachments, copies and printing, with their marks, in reading order."""
    copies: list[Marked] = field(default_factory=list)
    """Lines that go on with the list of those to whom copies go."""
    repeated: Marked | None = None
    """The line from which on the page shows the whole circular once more."""
    attachments: list[Marked] = field(default_factory=list)
    """The numbered lines below the one that begins a list of attachments."""
