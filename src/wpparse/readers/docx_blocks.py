"""Blocks of a Word document in reading order: paragraphs with their numbers, tables, text boxes, content controls."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, Generic, TypeVar

from lxml import etree

from wpparse.blocks import Paragraph, Remark, Span
from wpparse.readers.docx_names import (
    ALT_CHUNK,
    ALTERNATE,
    DEL,
    MOVE_FROM,
    PPR,
    RPR,
    SDT,
    SDT_CONTENT,
    SDT_PR,
    TBL,
    TRANSPARENT,
    VAL,
    VANISH,
    P,
    is_on,
    w,
)
from wpparse.readers.docx_numbering import Level, Numbering
from wpparse.readers.docx_styles import NO_INDENT, Look, ParagraphProps, Styles, paragraph_props
from wpparse.readers.docx_symbols import show_symbols
from wpparse.readers.docx_text import Box, Line, RunReader, choose
from wpparse.text import clean, clean_pieces

_FRAME: Final = w("framePr")
_DROP_CAP: Final = w("dropCap")
_DOC_PART_GALLERY: Final = w("docPartGallery")
_CONTENTS_TITLES: Final = frozenset({"目录", "目次", "目錄", "contents"})
_PAGE_LINE: Final = "-—－–─第页頁共/· 　\t"
_PLAIN_LOOK: Final = Look(False, None, None, None, False, None)
_NO_PROPS: Final = ParagraphProps()
Grid = TypeVar("Grid")
"""What a table is before it is placed: :mod:`wpparse.readers.docx_tables`."""


class Shown:
    """One line of text as it is shown: what becomes a Paragraph, or a line of a cell."""

    __slots__ = ("indent", "label", "line", "outline", "props")

    def __init__(self, line: Line, label: str | None, props: ParagraphProps) -> None:
        self.line = line
        self.label = label
        self.props = props
        self.outline: int | None = props.outline
        self.indent = props.indent

    def text(self) -> str:
        """Label and text, cleaned: what a cell shows."""
        text = clean(_piece_text(self.line))
        return clean(f"{self.label} {text}") if self.label else text

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
        outline = self.outline
        return Paragraph(
            text=text,
            label=self.label,
            spans=tuple(spans),
            alignment=self.props.alignment,
            outline_level=outline + 1 if outline is not None and 0 <= outline < 9 else None,
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
        styles: Styles,
        numbering: Numbering,
        runs: RunReader,
        read_table: Callable[[etree._Element, BlockReader[Grid]], Grid],
    ) -> None:
        self.styles = styles
        self.runs = runs
        self.remarks: list[Remark] = []
        self._numbering = numbering
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
        props = _NO_PROPS
        gone = hidden = joins = False
        if len(element) and (ppr := element[0]).tag == PPR:
            props = paragraph_props(ppr)
            mark = ppr.find(RPR)
            if mark is not None:
                for child in mark:
                    if child.tag in (DEL, MOVE_FROM):
                        gone = True
                    elif child.tag == VANISH:
                        hidden = is_on(child.get(VAL))
            frame = ppr.find(_FRAME)
            joins = frame is not None and frame.get(_DROP_CAP) in ("drop", "margin")
        runs = self.runs
        in_contents = runs.in_contents
        runs.read(element, props.style)
        if in_contents and not any(line.pieces for line in runs.lines):
            return
        if runs.boxes:
            self._boxes(runs.boxes, out, before=True)
        style = self.styles.paragraph(props.style)
        lines = runs.lines
        boxes = runs.boxes
        if runs.in_contents and not in_contents:
            _drop_contents_title(out)
        elif self._is_contents(style.names, lines) or (runs.pages and _is_page_line(lines)):
            return
        visible = any(piece.strip() for line in lines for piece in line.pieces)
        label = None
        level: Level | None = None
        if not gone and (visible or not hidden):
            number = self._numbering.number(props)
            if number is not None:
                label, level = number.label, number.level
        shown = self._lay_over(lines, label, level, props, style.props)
        if label and not visible:
            shown[0].line.pieces, shown[0].line.looks = [], []
        self._append(shown, out, joins=gone or joins or (hidden and visible), vanished=hidden and not visible)
        if boxes:
            self._boxes(boxes, out, before=False)

    def _lay_over(
        self, lines: list[Line], label: str | None, level: Level | None, props: ParagraphProps, below: ParagraphProps
    ) -> list[Shown]:
        """The lines of one paragraph; the label stands before the first that shows anything."""
        shown = [Shown(line, None, props) for line in lines]
        first = next((s for s in shown if any(piece.strip() for piece in s.line.pieces)), shown[0])
        first.label = label
        alignment = props.alignment or below.alignment
        # A number that the paragraph itself asks for brings its indent along; the style's own goes before its number's.
        numbered = NO_INDENT if level is None else level.indent
        if props.num_id is not None:
            indent = props.indent.over(numbered).over(below.indent)
        else:
            indent = props.indent.over(below.indent).over(numbered)
        for entry in shown:
            entry.outline = props.outline if props.outline is not None else below.outline
            entry.props = props if props.alignment == alignment else ParagraphProps(alignment=alignment)
            # Lines after a manual break begin at the left edge of the paragraph.
            entry.indent = indent if entry is shown[0] else indent._replace(first=None, first_chars=None)
        return shown

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
                out.append(Shown(line, None, ParagraphProps(alignment="center")))
                continue
            inner = BlockReader(self.styles, self._numbering, self.runs.fresh(), self._read_table)
            out.extend(inner.read(box.content))
            self.runs.pictures += inner.runs.pictures
            self.remarks.extend(inner.remarks)

    def _is_contents(self, names: tuple[str, ...], lines: list[Line]) -> bool:
        """Whether a paragraph outside a field is a line of a table of contents that was frozen into text."""
        named = any(name.startswith("toc ") for name in names)
        if not named and not self._in_contents_part:
            return False
        text = "".join(piece for line in lines for piece in line.pieces).strip()
        if "".join(text.split()).lower() in _CONTENTS_TITLES:
            return self._in_contents_part
        return (named and self._in_contents_part) or ("\t" in text and text.rpartition("\t")[2].strip().isdigit())


def _drop_contents_title(out: list[Shown | object]) -> None:
    """Take back the title 目录 that stands before a table of contents."""
    last = next(
        (entry for entry in reversed(out) if not isinstance(entry, Shown) or _piece_text(entry.line).strip()), None
    )
    if isinstance(last, Shown) and "".join(_piece_text(last.line).split()).lower() in _CONTENTS_TITLES:
        out.remove(last)


def _is_page_line(lines: list[Line]) -> bool:
    return not "".join(piece for line in lines for piece in line.pieces).strip(_PAGE_LINE)
