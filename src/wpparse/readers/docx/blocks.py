"""Blocks of a Word document in reading order: paragraphs with their numbers, tables, text boxes, content controls."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, Generic, TypeVar

from lxml import etree

from wpparse.blocks import Remark
from wpparse.readers.docx.formats import Formats, ParagraphFormat
from wpparse.readers.docx.lines import Line
from wpparse.readers.docx.names import (
    ALT_CHUNK,
    ALTERNATE,
    SDT,
    SDT_CONTENT,
    SDT_PR,
    TBL,
    TRANSPARENT,
    VAL,
    P,
    w,
)
from wpparse.readers.docx.styles import Look
from wpparse.readers.docx.text import Box, RunReader, choose

_DOC_PART_GALLERY: Final = w("docPartGallery")
_CONTENTS_TITLES: Final = frozenset({"目录", "目次", "目錄", "contents"})
_PAGE_LINE: Final = "-—－–─第页頁共/· 　\t"
_PLAIN_LOOK: Final = Look(False, None, None, None, False, None)
_COLORS: Final = {"RED": "FF0000", "BLACK": "000000"}
"""Colours that VML writes by name."""
Grid = TypeVar("Grid")
"""What a table is before it is placed: :mod:`wpparse.readers.docx.tables`."""


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
        self._carried: Line | None = None
        self._in_contents_part = False
        self._usual = True
        """Whether nothing is carried over and no table of contents is around."""

    def read(self, container: etree._Element) -> list[Line | Grid]:
        """Everything shown in a body, a cell, a text box or a note."""
        out: list[Line | Grid] = []
        self._walk(container, out)
        if self._carried is not None:
            self._flush(out)
        return out

    def _walk(self, container: etree._Element, out: list[Line | Grid]) -> None:
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

    def _content_control(self, control: etree._Element, out: list[Line | Grid]) -> None:
        gallery = control.find(f"{SDT_PR}//{_DOC_PART_GALLERY}")
        outer = self._in_contents_part
        if gallery is not None and gallery.get(VAL) == "Table of Contents":
            self._in_contents_part = True
            self._usual = False
        for content in control.iterchildren(SDT_CONTENT):
            self._walk(content, out)
        self._in_contents_part = outer
        self._usual = self._carried is None and not outer

    def _paragraph(self, element: etree._Element, out: list[Line | Grid]) -> None:
        runs = self.runs
        # Where the paragraph before left nothing open, no table of contents is being read.
        in_contents = not runs.usual and runs.in_contents
        form = runs.read(element)
        if runs.usual and form.usual and not in_contents and self._usual:
            out += runs.lines
            return
        lines, boxes = runs.lines, runs.boxes
        self._boxes(boxes, out, before=True)
        if runs.in_contents and not in_contents:
            _drop_contents_title(out)
        if in_contents and not any(line.pieces for line in lines):
            return
        if (form.contents or self._in_contents_part) and self._is_contents(form, lines):
            return
        if runs.pages and not "".join(line.raw() for line in lines).strip(_PAGE_LINE):
            return
        visible = next((line for line in lines if not line.is_blank()), None)
        if form.place is not None and not form.gone and (visible is not None or not form.hidden):
            # The label stands before the first line that shows anything.
            (visible or lines[0]).label = self.formats.numbering.number(form.place)
        joins = form.gone or form.drop_cap or (form.hidden and visible is not None)
        if joins or visible is not None or not form.hidden:
            self._append(lines, out, joins=joins)
        self._boxes(boxes, out, before=False)

    def _append(self, lines: list[Line], out: list[Line | Grid], *, joins: bool) -> None:
        """Add lines; those of a paragraph whose mark is deleted or hidden go on in the next paragraph."""
        if self._carried is not None:
            carried, self._carried = self._carried, None
            self._usual = not self._in_contents_part
            head = lines[0]
            if carried.form.hidden or carried.label is not None:
                # A heading that runs into the next paragraph keeps its number and level.
                head.label = carried.label or head.label
                head.form = carried.form
            carried.join(head)
            head.pieces, head.looks, head.notes = carried.pieces, carried.looks, carried.notes
        if joins:
            out += lines[:-1]
            self._carried = lines[-1]
            self._usual = False
        else:
            out += lines

    def _flush(self, out: list[Line | Grid]) -> None:
        if self._carried is not None:
            out.append(self._carried)
            self._carried = None
            self._usual = not self._in_contents_part

    def _boxes(self, boxes: Iterable[Box], out: list[Line | Grid], *, before: bool) -> None:
        for box in boxes:
            if box.before is not before:
                continue
            if box.content is None:
                color = (box.color or "").lstrip("#").upper()
                color = _COLORS.get(color, color)
                line = Line(self.formats.plain._replace(alignment="center"))
                line.add(box.text, _PLAIN_LOOK._replace(color=color if len(color) == 6 else None))
                out.append(line)
                continue
            inner = BlockReader(self.formats, self.runs.fresh(), self._read_table)
            out.extend(inner.read(box.content))
            self.runs.pictures += inner.runs.pictures
            self.remarks.extend(inner.remarks)

    def _is_contents(self, form: ParagraphFormat, lines: list[Line]) -> bool:
        """Whether a paragraph outside a field is a line of a table of contents that was frozen into text."""
        text = "".join(line.raw() for line in lines).strip()
        if "".join(text.split()).lower() in _CONTENTS_TITLES:
            return self._in_contents_part
        return (form.contents and self._in_contents_part) or (
            "\t" in text and text.rpartition("\t")[2].strip().isdigit()
        )


def _drop_contents_title(out: list[Line | Grid]) -> None:
    """Take back the title 目录 that stands before a table of contents."""
    last = next((entry for entry in reversed(out) if not isinstance(entry, Line) or not entry.is_blank()), None)
    if isinstance(last, Line) and "".join(last.raw().split()).lower() in _CONTENTS_TITLES:
        out.remove(last)
