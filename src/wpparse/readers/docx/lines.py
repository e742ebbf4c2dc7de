"""One line of text as it is shown: what becomes a Paragraph, or a line of a cell."""

from __future__ import annotations

from wpparse.blocks import Paragraph, Span
from wpparse.readers.docx.formats import ParagraphFormat
from wpparse.readers.docx.styles import Look
from wpparse.readers.docx.symbols import show_symbols
from wpparse.text import clean, clean_pieces

_USUAL_SIZE = 10.5
"""Points: Word's 五号, where nothing says how large the text is."""


class Line:
    """What a paragraph, or the part of it up to a manual break, shows. Filled while the paragraph is read."""

    __slots__ = ("broken", "form", "label", "looks", "notes", "pieces")

    def __init__(self, form: ParagraphFormat) -> None:
        self.form = form
        self.label: str | None = None
        self.pieces: list[str] = []
        self.looks: list[Look] = []
        """What each piece looks like."""
        self.notes: list[str] | None = None
        self.broken = False
        """Whether it stands after a manual break, and so at the left edge of its paragraph."""

    def add(self, text: str, look: Look) -> None:
        """Append a piece."""
        self.pieces.append(text)
        self.looks.append(look)

    def raw(self) -> str:
        """The text as it stands, symbols as ordinary characters."""
        pieces = self.pieces
        return show_symbols(pieces[0] if len(pieces) == 1 else "".join(pieces), None)

    def text(self) -> str:
        """Label and text, cleaned: what a cell shows."""
        return clean(f"{self.label} {self.raw()}" if self.label else self.raw())

    def is_blank(self) -> bool:
        """Whether nothing of it is seen but, maybe, its label."""
        return not any(piece and not piece.isspace() for piece in self.pieces)

    def is_empty(self) -> bool:
        """Whether nothing of it is seen at all."""
        return self.label is None and self.is_blank()

    def join(self, after: Line) -> None:
        """Let another line go on where this one ends."""
        self.pieces += after.pieces
        self.looks += after.looks
        if after.notes:
            self.notes = (self.notes or []) + after.notes

    def paragraph(self) -> Paragraph | None:
        """The paragraph; None where nothing is left after cleaning."""
        pieces: list[str] = []
        looks: list[Look] = []
        for piece, look in zip(self.pieces, self.looks, strict=True):
            if looks and looks[-1] == look:
                pieces[-1] += piece
            else:
                pieces.append(piece)
                looks.append(look)
        pieces = [show_symbols(piece, None) for piece in pieces]
        if len(pieces) == 1:
            text = clean(pieces[0])
            ends = [len(text)]
        else:
            text, ends = clean_pieces(pieces)
        if not text:
            return None
        spans: list[Span] = []
        start = 0
        for end, look in zip(ends, looks, strict=True):
            if end > start:
                spans.append(Span(start, end, look.bold, look.font, look.size, look.color))
                start = end
        form = self.form
        indent = form.indent._replace(first=None, first_chars=None) if self.broken else form.indent
        return Paragraph(
            text=text,
            label=self.label,
            spans=tuple(spans),
            alignment=form.alignment,
            outline_level=form.outline,
            notes=tuple(self.notes or ()),
            indent=indent.characters(spans[0].size or _USUAL_SIZE),
        )
