"""What each w:pPr and w:rPr of the document comes to, worked out once for each distinct one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from lxml import etree

from wpparse.blocks import Alignment
from wpparse.readers.docx.compact import KEY, Distinct
from wpparse.readers.docx.names import DEL, MOVE_FROM, RPR, VAL, VANISH, is_on, w
from wpparse.readers.docx.numbering import Numbering, Place
from wpparse.readers.docx.properties import NO_INDENT, Indent, read_paragraph_props, read_run_props
from wpparse.readers.docx.styles import Look, Styles

_FRAME: Final = w("framePr")
_DROP_CAP: Final = w("dropCap")


class ParagraphFormat(NamedTuple):
    """A paragraph's properties with all that they inherit."""

    style: str | None
    place: Place | None
    """Its list and level, where it is numbered."""
    alignment: Alignment | None
    outline: int | None
    """1-based; None for body text."""
    indent: Indent
    contents: bool
    """Whether its style is one of a table of contents."""
    gone: bool
    """Whether its mark was deleted: what it holds goes on in the next paragraph."""
    hidden: bool
    """Whether its mark is hidden: the same, as it is shown."""
    drop_cap: bool
    """Whether it holds the large first letter of the next paragraph."""
    usual: bool
    """Whether it is a paragraph like most: no number, its mark shown, no line of a table of contents."""


class Formats:
    """Formats by the key that :mod:`wpparse.readers.docx.compact` left, or read from the element itself."""

    def __init__(self, styles: Styles, numbering: Numbering, distinct: Distinct) -> None:
        self.styles = styles
        self.numbering = numbering
        self._distinct = distinct
        self._paragraphs: dict[str, ParagraphFormat] = {}
        self._runs: dict[str | None, dict[str, Look]] = {}
        self.plain = self._read(None)
        """The format of a paragraph without a pPr."""

    def properties(self, owner: etree._Element, name: str) -> Iterable[etree._Element]:
        """What the property container ``name`` of an element states, wherever it now stands."""
        key = owner.get(KEY)
        if key is not None:
            return self.distinct(key)
        element = next(owner.iterchildren(name), None)
        if element is None:
            return ()
        key = element.get(KEY)
        return element if key is None else self.distinct(key)

    def distinct(self, key: str) -> Iterable[etree._Element]:
        """The properties that a key stands for; none where it stands for nothing."""
        return self._distinct.get(key, ())

    def paragraph(self, key: str | None, ppr: etree._Element | None = None) -> ParagraphFormat:
        """The format that a pPr comes to, given its key or, where it has none, itself."""
        if key is None:
            return self._read(ppr)
        found = self._paragraphs.get(key)
        if found is None:
            found = self._paragraphs[key] = self._read(self._distinct.get(key, ppr))
        return found

    def looks(self, style: str | None) -> dict[str, Look]:
        """The looks known so far for runs in paragraphs of a style, by key."""
        return self._runs.setdefault(style, {})

    def look(self, style: str | None, key: str | None = None, rpr: etree._Element | None = None) -> Look:
        """The look of a run in a paragraph of a style, given the key of its rPr or, where it has none, itself."""
        if key is None:
            if rpr is not None:
                return self.styles.look(style, read_run_props(rpr))
            key = ""
        looks = self.looks(style)
        found = looks.get(key)
        if found is None:
            found = looks[key] = self.styles.look(style, read_run_props(self._distinct.get(key, rpr)))
        return found

    def _read(self, ppr: etree._Element | None) -> ParagraphFormat:
        direct = read_paragraph_props(ppr)
        style = self.styles.paragraph(direct.style)
        place = self.numbering.place(direct)
        level = None if place is None else self.numbering.level(place)
        numbered = NO_INDENT if level is None else level.indent
        # A number that the paragraph itself asks for brings its indent along; the style's own goes before its number's.
        if direct.num_id is not None:
            indent = direct.indent.over(numbered).over(style.props.indent)
        else:
            indent = direct.indent.over(style.props.indent).over(numbered)
        gone = hidden = drop_cap = False
        for child in () if ppr is None else self.properties(ppr, RPR):
            if child.tag in (DEL, MOVE_FROM):
                gone = True
            elif child.tag == VANISH:
                hidden = is_on(child.get(VAL))
        frame = None if ppr is None else ppr.find(_FRAME)
        if frame is not None:
            drop_cap = frame.get(_DROP_CAP) in ("drop", "margin")
        merged = direct.over(style.props)
        contents = any(name.startswith("toc ") for name in style.names)
        outline = merged.outline
        return ParagraphFormat(
            style=direct.style,
            place=place,
            alignment=merged.alignment,
            outline=outline + 1 if outline is not None and 0 <= outline < 9 else None,
            indent=indent,
            contents=contents,
            gone=gone,
            hidden=hidden,
            drop_cap=drop_cap,
            usual=place is None and not (gone or hidden or drop_cap or contents),
        )
