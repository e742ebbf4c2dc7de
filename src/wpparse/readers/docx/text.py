"""The text of one paragraph: runs, fields, breaks, symbols, tracked changes (ECMA-376 Part 1, 17.3.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from lxml import etree

from wpparse.readers.docx.compact import KEY
from wpparse.readers.docx.fields import Field
from wpparse.readers.docx.formats import Formats, ParagraphFormat
from wpparse.readers.docx.lines import Line
from wpparse.readers.docx.names import (
    ALTERNATE,
    CHOICE,
    DRAWING_NS,
    FALLBACK,
    ID,
    MATH_NS,
    POSITION_NS,
    PPR,
    RPR,
    SDT,
    SDT_CONTENT,
    TRANSPARENT,
    TXBX_CONTENT,
    VAL,
    VML_NS,
    R,
    T,
    is_on,
    to_int,
    w,
)
from wpparse.readers.docx.styles import Look
from wpparse.readers.docx.symbols import show_symbols, symbol

_FLD_CHAR: Final = w("fldChar")
_FLD_CHAR_TYPE: Final = w("fldCharType")
_FLD_SIMPLE: Final = w("fldSimple")
_INSTR: Final = w("instr")
_INSTR_TEXT: Final = w("instrText")
_TAB: Final = w("tab")
_PTAB: Final = w("ptab")
_BR: Final = w("br")
_CR: Final = w("cr")
_SYM: Final = w("sym")
_FONT: Final = w("font")
_CHAR: Final = w("char")
_NO_BREAK_HYPHEN: Final = w("noBreakHyphen")
_FOOTNOTE: Final = w("footnoteReference")
_ENDNOTE: Final = w("endnoteReference")
_NOTES: Final = (_FOOTNOTE, _ENDNOTE)
_CUSTOM_MARK: Final = w("customMarkFollows")
_RUBY: Final = w("ruby")
_RUBY_BASE: Final = w("rubyBase")
_DRAWING: Final = w("drawing")
_PICT: Final = w("pict")
_OBJECT: Final = w("object")
_MATH: Final = frozenset({f"{{{MATH_NS}}}oMath", f"{{{MATH_NS}}}oMathPara"})
_MATH_T: Final = f"{{{MATH_NS}}}t"
_MATH_FRACTION_DEN: Final = f"{{{MATH_NS}}}den"
_TEXTPATH: Final = f"{{{VML_NS}}}textpath"
_BLIP: Final = f"{{{DRAWING_NS}}}blip"
_IMAGEDATA: Final = f"{{{VML_NS}}}imagedata"
_DIAGRAM: Final = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_CHART: Final = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_POS_OFFSET: Final = f"{{{POSITION_NS}}}posOffset"
_POSITION_V: Final = f"{{{POSITION_NS}}}positionV"
_LINE_EMU: Final = 300_000
"""A text box further below its anchor than this (about a line) is read after the paragraph."""


class Box(NamedTuple):
    """A text box or a piece of WordArt anchored in a paragraph."""

    content: etree._Element | None
    text: str
    color: str | None
    before: bool
    """Whether it is read before the paragraph that it is anchored in."""


class RunReader:
    """Reads the inline content of paragraphs; fields may run from one paragraph into the next."""

    def __init__(self, formats: Formats, note: Callable[[str, int], str], *, keep_contents: bool = False) -> None:
        self._formats = formats
        self._note = note
        self._keep_contents = keep_contents
        """Whether a table of contents is read as text."""
        self._fields: list[Field] = []
        self.pictures = 0
        self.lines: list[Line] = []
        self.boxes: list[Box] = []
        self.pages = False
        """Whether a page number stood in the paragraph."""
        self.usual = True
        """Whether the paragraph held text only: nothing anchored, no page number, no field left open."""
        self._line = Line(formats.plain)
        self._style: str | None = None
        self._plain = formats.look(None)
        self._looks = formats.looks(None)

    def fresh(self) -> RunReader:
        """A reader for another story (a text box, a note), in which no field is open."""
        return RunReader(self._formats, self._note, keep_contents=self._keep_contents)

    @property
    def in_contents(self) -> bool:
        """Whether a table of contents is being read."""
        return bool(self._fields) and not self._keep_contents and any(field.contents for field in self._fields)

    def read(self, paragraph: etree._Element) -> ParagraphFormat:
        """Read one paragraph; its lines stand in ``lines``, what is anchored in it in ``boxes``."""
        form = self._formats.plain
        line = self._line = Line(form)
        self.lines = [line]
        if not self.usual:
            self.boxes = []
            self.pages = False
            self.usual = not self._fields
        if self._style is not None:
            self._use(None)
        key = paragraph.get(KEY)
        if key is not None:
            line.form = form = self._formats.paragraph(key)
            if form.style is not None:
                self._use(form.style)
        for child in paragraph:
            tag = child.tag
            if tag == R:
                self._run(child)
            elif tag == PPR:
                line.form = form = self._formats.paragraph(child.get(KEY), child)
                if form.style is not None:
                    self._use(form.style)
            else:
                self._inline(tag, child)
        if self.usual:
            return form
        # Instructions and page numbers do not go on in the next paragraph: without their end they would swallow the
        # document.
        while self._fields and (not self._fields[-1].in_result or self._fields[-1].pages):
            self._end_field(self._fields.pop())
        return form

    def _use(self, style: str | None) -> None:
        self._style = style
        self._plain = self._formats.look(style)
        self._looks = self._formats.looks(style)

    def _walk(self, element: etree._Element) -> None:
        for child in element:
            if child.tag == R:
                self._run(child)
            else:
                self._inline(child.tag, child)

    def _inline(self, tag: str, child: etree._Element) -> None:
        if tag in TRANSPARENT:
            self._walk(child)
        elif tag == SDT:
            for content in child.iterchildren(SDT_CONTENT):
                self._walk(content)
        elif tag == ALTERNATE:
            branch = choose(child)
            if branch is not None:
                self._walk(branch)
        elif tag == _FLD_SIMPLE:
            field = Field(child.get(_INSTR, ""))
            field.separate()
            self._fields.append(field)
            self.usual = False
            self._walk(child)
            self._end_field(self._fields.pop())
        elif tag in _MATH:
            self._emit("".join(_math(child)), self._plain)

    def _run(self, run: etree._Element) -> None:
        key = run.get(KEY)
        look = self._plain if key is None else self._looks.get(key) or self._formats.look(self._style, key)
        for child in run:
            tag = child.tag
            if tag == T:
                text = child.text
                if text:
                    if self._fields or look.special:
                        self._emit(text, look)
                    else:
                        line = self._line
                        line.pieces.append(text)
                        line.looks.append(look)
            elif tag == RPR:
                look = self._formats.look(self._style, child.get(KEY), child)
            else:
                self._special(tag, child, look)
                if tag in _NOTES and is_on(child.get(_CUSTOM_MARK, "0")):
                    return  # what follows in the run is the mark that calls the note

    def _special(self, tag: str, child: etree._Element, look: Look) -> None:
        if tag == _FLD_CHAR:
            self._field_char(child)
        elif tag == _INSTR_TEXT:
            if self._fields and not self._fields[-1].in_result:
                self._fields[-1].code += child.text or ""
        elif tag in (_TAB, _PTAB):
            self._emit("\t", look)
        elif tag in (_BR, _CR):
            if not look.hidden and not self._silent():
                self._line = Line(self.lines[0].form)
                self._line.broken = True
                self.lines.append(self._line)
        elif tag == _SYM:
            code = child.get(_CHAR, "")
            try:
                self._emit(symbol(int(code, 16), child.get(_FONT)), look)
            except ValueError:
                return
        elif tag == _NO_BREAK_HYPHEN:
            self._emit("-", look)
        elif tag in _NOTES:
            self._note_reference(child, "footnotes" if tag == _FOOTNOTE else "endnotes", look)
        elif tag == _RUBY:
            for base in child.iterchildren(_RUBY_BASE):
                self._walk(base)
        elif tag == ALTERNATE:
            branch = choose(child)
            for inner in () if branch is None else branch:
                if inner.tag == T:
                    self._emit(inner.text or "", look)
                else:
                    self._special(inner.tag, inner, look)
        elif tag in (_DRAWING, _PICT, _OBJECT):
            self._drawing(child)

    def _emit(self, text: str, look: Look) -> None:
        if not text or look.hidden:
            return
        if self._fields:
            field = self._fields[-1]
            if not field.in_result:
                field.code += text
                return
            field.result_seen = True
            if field.pages:
                self.pages = True
            if self._silent():
                return
        if look.symbols:
            text = show_symbols(text, look.symbols)
        self._line.add(text, look)

    def _silent(self) -> bool:
        return self.in_contents or any(not field.in_result or field.pages for field in self._fields)

    def _field_char(self, child: etree._Element) -> None:
        kind = child.get(_FLD_CHAR_TYPE)
        if kind == "begin":
            field = Field()
            self._fields.append(field)
            self.usual = False
            check_box = child.find(f"{w('ffData')}/{w('checkBox')}")
            if check_box is not None:
                field.code = f" MACROBUTTON - {'☑' if _is_checked(check_box) else '□'}"
            choice = child.find(f"{w('ffData')}/{w('ddList')}")
            if choice is not None:
                field.code = f" MACROBUTTON - {_chosen(choice)}"
            if check_box is not None or choice is not None:
                field.separate()
        elif kind == "separate":
            if self._fields and not self._fields[-1].in_result:
                self._fields[-1].separate()
        elif kind == "end" and self._fields:
            self._end_field(self._fields.pop())

    def _end_field(self, field: Field) -> None:
        if not field.result_seen:
            self._emit(field.show(), self._plain)
        elif self._fields:
            self._fields[-1].result_seen = True

    def _note_reference(self, child: etree._Element, part: str, look: Look) -> None:
        number = to_int(child.get(ID))
        if number is None or look.hidden or self._silent():
            return
        text = self._note(part, number)
        if text:
            self._line.notes = [*(self._line.notes or ()), text]

    def _drawing(self, element: etree._Element) -> None:
        if next(element.iter(TXBX_CONTENT, _TEXTPATH), None) is None:
            if next(element.iter(_BLIP, _IMAGEDATA, _DIAGRAM, _CHART), None) is not None:
                self.pictures += 1
            return
        self.usual = False
        before = not any(self._line.pieces) and len(self.lines) == 1 and not _stands_below(element)
        for content, text, color in _boxes(element):
            self.boxes.append(Box(content, text, color, before))


def choose(alternate: etree._Element) -> etree._Element | None:
    """The branch of an AlternateContent that is read: one only, or a text box would be read twice.

    The first that holds text: a form of it that is not known here (a chart, an emoji) has it in a later branch.
    """
    branches = [child for child in alternate if child.tag in (CHOICE, FALLBACK) and len(child)]
    texts = (branch for branch in branches if next(branch.iter(T, _SYM, _TEXTPATH), None) is not None)
    return next(texts, branches[0] if branches else None)


def _boxes(element: etree._Element) -> Iterator[tuple[etree._Element | None, str, str | None]]:
    for child in element:
        if child.tag == TXBX_CONTENT:
            yield child, "", None
        elif child.tag == ALTERNATE:
            branch = choose(child)
            if branch is not None:
                yield from _boxes(branch)
        elif child.tag == _TEXTPATH:
            shape = child.getparent()
            color = None if shape is None else shape.get("fillcolor")
            yield None, child.get("string", ""), color
        else:
            yield from _boxes(child)


def _stands_below(element: etree._Element) -> bool:
    """Whether a floating box hangs more than a line below the paragraph that it is anchored in."""
    position = next(element.iter(_POSITION_V), None)
    if position is None or position.get("relativeFrom") not in ("paragraph", "line"):
        return False
    offset = position.find(_POS_OFFSET)
    return offset is not None and (to_int(offset.text, 0) or 0) > _LINE_EMU


def _math(element: etree._Element) -> Iterator[str]:
    for child in element.iter(_MATH_T, _MATH_FRACTION_DEN):
        if child.tag == _MATH_FRACTION_DEN:
            yield "/"
        elif child.text:
            yield child.text


def _is_checked(check_box: etree._Element) -> bool:
    checked = check_box.find(w("checked"))
    if checked is None:
        checked = check_box.find(w("default"))
    return checked is not None and is_on(checked.get(VAL))


def _chosen(choice: etree._Element) -> str:
    entries = [entry.get(VAL, "") for entry in choice.iterchildren(w("listEntry"))]
    result = choice.find(w("result"))
    if result is None:
        result = choice.find(w("default"))
    index = 0 if result is None else to_int(result.get(VAL), 0) or 0
    return entries[index] if 0 <= index < len(entries) else ""
