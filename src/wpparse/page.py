"""What lies where on a page, whatever format it came from: what readers give to :mod:`wpparse.layout`.

Coordinates are points with the origin in the upper left corner of the visible page and y running down; ``y`` of a
glyph is its baseline. A reader gives each page as it is read (upright), every character that a person sees, values
typed into form fields and notes at their boxes included, and every ruling line. It need not sort anything, nor tell
page numbers, watermarks, lines, paragraphs or tables: the layout does, for all formats alike. What the file itself says
about its structure goes into :class:`Tag`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from wpparse.blocks import Document, Particular, Remark, Source, Table

CELL_BREAK = "\ue001"
"""Stands for the end of a line inside a cell between bars; a private character, which no cleaned text holds."""
TABLE_MARK = "\ue000"
"""Stands on both sides of the number of a table that was taken out of a text; a private character as well."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a text object looks; ``color`` is RRGGBB, None for black; ``hidden`` text is not painted at all."""

    font: str | None = None
    size: float = 0.0
    bold: bool = False
    color: str | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Tag:
    """What the file says a character belongs to (tags of a PDF, templates of an OFD file): evidence beside its place.

    Numbers name one and the same thing on all pages of the file; None where the file does not say.
    """

    paragraph: int | None = None
    row: int | None = None
    """A row of a table."""
    cell: int | None = None
    furniture: bool = False
    """Page numbers, running heads and feet, and what else belongs to the page and not to the text."""


@dataclass(slots=True)
class Glyph:
    """One character: its left and right edge, its baseline and its look.

    Text that runs across the reading direction (a column head turned by 90°) is one glyph with all its characters.
    """

    text: str
    x0: float
    x1: float
    y: float
    style: Style
    confidence: float = 1.0
    """How sure the recognition is, where the character comes from a picture."""
    tag: Tag | None = None


@dataclass(slots=True)
class PageContent:
    """Everything drawn on a page that the reader looks at."""

    number: int
    width: float = 0.0
    height: float = 0.0
    glyphs: list[Glyph] = field(default_factory=list)
    """In the order of the file."""
    horizontals: list[tuple[float, float, float]] = field(default_factory=list)
    """Ruling lines as (y, x0, x1)."""
    verticals: list[tuple[float, float, float]] = field(default_factory=list)
    """Ruling lines as (x, y0, y1)."""
    fills: list[tuple[float, float, float, float]] = field(default_factory=list)
    """Painted areas that are not white, as (x0, y0, x1, y1)."""
    images: list[tuple[float, float, float, float]] = field(default_factory=list)
    """Pictures, as (x0, y0, x1, y1)."""
    image_share: float = 0.0
    """The share of the page that pictures cover, 0 to 1."""
    outlines: int = 0
    """Painted paths with curves: text that was drawn instead of written, or drawings."""
    unmapped: int = 0
    """Characters whose font does not say what they are."""
    turned: int = 0
    """Degrees clockwise by which the unrotated page is turned to be read: 0, 90, 180 or 270."""
    text_objects: Collection[int] = ()
    """Handles of the text objects that gave the glyphs; the others are overprints."""
    slanted: list[str] = field(default_factory=list)
    """Characters that stand neither upright nor at a right angle, which is how watermarks do; not among the glyphs."""
    truncated: bool = False
    unread: int = 0
    """Places of a recognised picture that look like text and gave none."""
    of: int = 1
    """How many pages the file has."""
    missing: Literal["picture", "damaged"] | None = None
    """Why the page shows text that was not read: it is a picture, or damaged; a damaged page gives nothing at all."""
    remarks: list[Remark] = field(default_factory=list)
    """What the reader noticed here that a user should know."""

    @property
    def confidence(self) -> float:
        """The mean confidence of the recognised characters; 0 where nothing was recognised."""
        sure = [glyph.confidence for glyph in self.glyphs if glyph.text != " "]
        return sum(sure) / len(sure) if sure else 0.0


@dataclass(frozen=True, slots=True)
class Marked:
    """One line without its marks: pieces of text with their emphasis, and the level of a heading."""

    pieces: tuple[tuple[str, bool], ...]
    level: int | None = None

    @property
    def text(self) -> str:
        """The line's text, as it stands."""
        return "".join(text for text, _ in self.pieces)


@dataclass(frozen=True, slots=True)
class Pages:
    """A file as what lies on its pages. They are read as they are taken, each closed before the next one is opened."""

    source: Source
    contents: Iterator[PageContent]
    """Taken once, in order; may raise a :class:`wpparse.errors.WpparseError`."""
    particulars: tuple[Particular, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """A file as lines of text. A form feed stands at the start of a line with which a page begins."""

    source: Source
    lines: Sequence[str]
    marks: Callable[[], Callable[[str], Marked | None]]
    """Gives what takes the marks off lines, in the order of the text: an emphasis may run over several. None for a line
    that is nothing but a mark."""
    tables: Sequence[Table] = ()
    """Tables that need no rebuilding; in the place of each stands a line with its number between two :data:`TABLE_MARK`."""
    remarks: tuple[Remark, ...] = ()


Content = Document | Pages | Text
"""What a reader gives: a document, where the format says what is a paragraph and what a table, else what lies where."""
