"""Blocks of a Word document in reading order: paragraphs with their numbers, tables, text boxes, content controls."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, Generic, TypeVar

from lxml import etree

from wpparse.blocks import Alignment, Paragraph, Remark, Span
from wpparse.readers.docx_formats import Formats, ParagraphFormat
from wpparse.readers.docx_names import (
    ALT_CHUNK,
    ALTERNATE,
    PPR,
    SDT,
    SDT_CONTENT,
    SDT_PR,
    TBL,
    TRANSPARENT,
    VAL,
    P,
    w,
)
from wpparse.readers.docx_properties import NO_INDENT, Indent
from wpparse.readers.docx_styles import Look
from wpparse.readers.docx_symbols import show_symbols
from wpparse.readers.docx_text import Box, Line, RunReader, choose
from wpparse.text import clean, clean_pieces

_DOC_PART_GALLERY: Final = w("docPartGallery")
_CONTENTS_TITLES: Final = frozenset({"目录", "目次", "目錄", "contents"})
_PAGE_LINE: Final = "-—－–─第页頁共/· 　\t"
_PLAIN_LOOK: Final = Look(False, None, None, None, False, None)
Grid = TypeVar("Grid")
"""What a table is before it is placed: :mod:`wpparse.readers.docx_tables`."""


class Shown:
    """One line of text as it is shown: what becomes a Paragraph, or a line of a cell."""

    __slots__ = ("alignment", "indent", "label", "line", "outline")

    def __init__(
        self, line: Line, label: str | None, alignment: Alignment | None, outline: int | None, indent: Indent
    ) -> None:
        self.line = line
        self.label = label
        self.alignment = alignment
        self.outline = outline
        self.indent = indent

    def text(self) -> str:
        """Label and text, cleaned: what a cell shows."""
        text = _piece_text(self.line)
        return clean(f"{self.label} {text}" if self.label else text)

    def paragraph(self) -> Paragraph | None:
        """The paragraph; None where nothing is left after cleaning."""
        line = self.line
        runs: list[tuple[str, Look]] = []
        for piece, look in zip(line.pieces, line.looks, strict=True):
            piece = show_symbols(piece, None)
            if runs and (runs[-1][1] is look or runs[-1][1] == look):
                runs[-1] = (runs[-1][0] + piece, look)
            else:
                runs.append((piece, look))
        if len(runs) == 1:
            text = clean(runs[0][0])
            ends = [len(text)]
        else:
            text, ends = clean_pieces([piece for piece, _ in runs])
        if not text and not (self.label and line.notes):
            return None
        spans: list[Span] = []
        start = 0
        for end, (_, look) in zip(ends, runs, strict=True):
            if end > start:
                spans.append(Span(start, end, look.bold, look.font, look.size, look.color))
                start = end
        return Paragraph(
            text=text,
            label=self.label,
            spans=tuple(spans),
            alignment=self.alignment,
            outline_level=self.outline,
            notes=tuple(line.notes),
            indent=self.indent.characters((spans[0].size if spans else None) or 10.5),
        )


def _piece_text(line: Line) -> str:
    pieces = line.pieces
    return show_symbols(pieces[0] if len(pieces) == 1 else "".join(pieces), None)


class BlockReader(Generic[Grid]):
    """Reads the blocks of one story. ``read_table`` gives a table's place among them."""

    def __init__(
        self,
        formats: Formats,
        runs: RunReader,
        read_table: Callable[[etree._Element, BlockReader[Grid]], Grid],
    ) -> None:
        self.formats = formats
        self.runs = runs
        self.remarks: list[Remark] = []
        self._read_table = read_table
        self._carried: Shown | None = None
        self._in_contents_part = False

    def read(self, container: etree._Element) -> list[Shown | Grid]:
        """Everything shown in a body, a cell, a text box or a note."""
        out: list[Shown | Grid] = []
        self._walk(container, out)
        self._flush(out)
        return out

    def _walk(self, container: etree._Element, out: list[Shown | Grid]) -> None:
        for child in container:
            tag = child.tag
            if tag == P:
                self._paragraph(child, out)
            elif tag == TBL:
                self._flush(out)
                out.append(self._read_table(child, self))
            elif tag == SDT:
                self._content_control(child, out)
            elif tag in TRANSPARENT:
                self._walk(child, out)
            elif tag == ALTERNATE:
                branch = choose(child)
                if branch is not None:
                    self._walk(branch, out)
            elif tag == ALT_CHUNK:
                self.remarks.append(Remark("docx-chunk", "warning"))

    def _content_control(self, control: etree._Element, out: list[Shown | Grid]) -> None:
        gallery = control.find(f"{SDT_PR}//{_DOC_PART_GALLERY}")
        outer = self._in_contents_part
        if gallery is not None and gallery.get(VAL) == "Table of Contents":
            self._in_contents_part = True
        for content in control.iterchildren(SDT_CONTENT):
            self._walk(content, out)
        self._in_contents_part = outer

    def _paragraph(self, element: etree._Element, out: list[Shown | Grid]) -> None:
        ppr = element[0] if len(element) else None
        form = self.formats.paragraph(ppr if ppr is not None and ppr.tag == PPR else None)
        runs = self.runs
        in_contents = runs.in_contents
        runs.read(element, form.style)
        lines, boxes = runs.lines, runs.boxes
        if boxes:
            self._boxes(boxes, out, before=True)
        if runs.in_contents and not in_contents:
            _drop_contents_title(out)
        if in_contents and not any(line.pieces for line in lines):
            return
        if (form.contents or self._in_contents_part) and self._is_contents(form, lines):
            return
        if runs.pages and _is_page_line(lines):
            return
        visible = next((line for line in lines for piece in line.pieces if not piece.isspace()), None)
        label = None
        if form.place is not None and not form.gone and (visible is not None or not form.hidden):
            label = self.formats.numbering.number(form.place)
        shown = [Shown(lines[0], None, form.alignment, form.outline, form.indent)]
        if len(lines) > 1:
            # Lines after a manual break begin at the left edge of the paragraph.
            indent = form.indent._replace(first=None, first_chars=None)
            shown += [Shown(line, None, form.alignment, form.outline, indent) for line in lines[1:]]
        if label is not None:
            # The label stands before the first line that shows anything.
            shown[0 if visible is None else lines.index(visible)].label = label
        if form.gone or form.drop_cap or form.hidden or self._carried is not None:
            joins = form.gone or form.drop_cap or (form.hidden and visible is not None)
            self._append(shown, out, joins=joins, vanished=form.hidden and visible is None)
        else:
            out += shown
        if boxes:
            self._boxes(boxes, out, before=False)

    def _append(self, shown: list[Shown], out: list[Shown | Grid], *, joins: bool, vanished: bool) -> None:
        """Add lines; those of a paragraph whose mark is deleted or hidden go on in the next paragraph."""
        if self._carried is not None and not vanished:
            carried, self._carried = self._carried, None
            head = shown[0]
            head.line.pieces[:0] = carried.line.pieces
            head.line.looks[:0] = carried.line.looks
            head.line.notes[:0] = carried.line.notes
            if carried.label is not None:
                head.label = carried.label
                head.outline = carried.outline
        if joins:
            out.extend(shown[:-1])
            self._carried = shown[-1]
        elif not vanished:
            out.extend(shown)

    def _flush(self, out: list[Shown | Grid]) -> None:
        if self._carried is not None:
            out.append(self._carried)
            self._carried = None

    def _boxes(self, boxes: Iterable[Box], out: list[Shown | Grid], *, before: bool) -> None:
        for box in boxes:
            if box.before is not before:
                continue
            if box.content is None:
                line = Line()
                color = (box.color or "").lstrip("#").upper()
                color = {"RED": "FF0000", "BLACK": "000000"}.get(color, color)
                line.pieces.append(box.text)
                line.looks.append(_PLAIN_LOOK._replace(color=color if len(color) == 6 else None))
                out.append(Shown(line, None, "center", None, NO_INDENT))
                continue
            inner = BlockReader(self.formats, self.runs.fresh(), self._read_table)
            out.extend(inner.read(box.content))
            self.runs.pictures += inner.runs.pictures
            self.remarks.extend(inner.remarks)

    def _is_contents(self, form: ParagraphFormat, lines: list[Line]) -> bool:
        """Whether a paragraph outside a field is a line of a table of contents that was frozen into text."""
        text = "".join(piece for line in lines for piece in line.pieces).strip()
        if "".join(text.split()).lower() in _CONTENTS_TITLES:
            return self._in_contents_part
        return (form.contents and self._in_contents_part) or (
            "\t" in text and text.rpartition("\t")[2].strip().isdigit()
        )


def _drop_contents_title(out: list[Shown | object]) -> None:
    """Take back the title 目录 that stands before a table of contents."""
    last = next(
        (entry for entry in reversed(out) if not isinstance(entry, Shown) or _piece_text(entry.line).strip()), None
    )
    if isinstance(last, Shown) and "".join(_piece_text(last.line).split()).lower() in _CONTENTS_TITLES:
        out.remove(last)


def _is_page_line(lines: list[Line]) -> bool:
    return not "".join(piece for line in lines for piece in line.pieces).strip(_PAGE_LINE)
