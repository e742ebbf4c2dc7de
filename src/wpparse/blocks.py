"""What every reader gives: a :class:`Document` of paragraphs and tables in reading order.

Nothing here knows what a section or a task is. All text is cleaned (:mod:`wpparse.text`), so that
offsets into it are the offsets that the output reports.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Alignment = Literal["left", "center", "right", "justify"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document came from (contract, section 1)."""

    name: str
    format: str
    sha256: str
    pages: int | None = None
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """How one stretch of a paragraph looks: ``text[start:end]``. None means that the format does not say."""

    start: int
    end: int
    bold: bool | None = None
    font: str | None = None
    size: float | None = None
    """Points."""
    color: str | None = None
    """``RRGGBB``, upper case; None for the automatic colour."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A stretch of text that was recognised from a picture with little confidence."""

    start: int
    end: int
    confidence: float
    """0 to 1."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph as a reader of the page sees it.

    A manual line break inside a paragraph (w:br) ends a Paragraph here: what stands on a line of its own is one.
    """

    text: str
    label: str | None = None
    """The number or bullet that the word processor computes and shows before the text; not part of ``text``.

    Cleaned. A bullet is given as the ordinary character that looks like it (``●``, ``➢``); a stage that asks for numbers
    passes over it.
    """
    spans: tuple[Span, ...] = ()
    """In order, without gaps, covering the text; empty where the format has no formatting."""
    alignment: Alignment | None = None
    outline_level: int | None = None
    """1-based; None for body text."""
    page: int | None = None
    """1-based page on which the paragraph starts."""
    doubts: tuple[Doubt, ...] = ()
    notes: tuple[str, ...] = ()
    """Texts of the footnotes and endnotes that are called here."""
    indent: float | None = None
    """Where the first line begins, in characters of the text from the margin; None where the format does not say."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; ``row`` and ``column`` are those of its upper left grid position, 0-based."""

    row: int
    column: int
    text: str
    """Paragraphs of the cell, automatic labels included, joined by line feeds."""
    rowspan: int = 1
    colspan: int = 1
    bold: bool | None = None
    alignment: Alignment | None = None
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table, joined over page breaks, its repeated header rows left out.

    Cells do not overlap; a grid position that no cell covers is empty.
    """

    cells: tuple[Cell, ...]
    rows: int
    columns: int
    row_pages: tuple[int | None, ...] = ()
    """The page on which each row starts (1-based); empty where the format has no pages."""
    header_rows: int | None = None
    """How many rows the format itself marks as header; None where it does not say."""
    page_starts: tuple[int, ...] = ()
    """Rows (0-based) with which a new page starts in the file, where the reader knows it."""

    def grid(self) -> list[list[str]]:
        """Text of each grid position, a merged cell's text in every position that it covers."""
        grid = [[""] * self.columns for _ in range(self.rows)]
        for cell in self.cells:
            for row in range(cell.row, min(cell.row + cell.rowspan, self.rows)):
                for column in range(cell.column, min(cell.column + cell.colspan, self.columns)):
                    grid[row][column] = cell.text
        return grid


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Remark:
    """What a reader noticed that a user should know; becomes a Diagnostic."""

    code: str
    severity: Literal["error", "warning", "info"]
    values: tuple[tuple[str, str], ...] = ()
    block: int | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Particular:
    """What a file says about its text outside of it (metas of a web page, its table of particulars, properties): evidence for
    the header, to be checked against the text."""

    name: str
    """As the file calls it (``发文字号``, ``ArticleTitle``), blanks inside closed."""
    value: str


@dataclass(frozen=True, slots=True)
class Document:
    """The whole file in reading order."""

    source: Source
    blocks: tuple[Block, ...]
    remarks: tuple[Remark, ...] = field(default=())
    particulars: tuple[Particular, ...] = ()
