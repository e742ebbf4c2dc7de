"""Run and paragraph properties as one w:rPr or w:pPr states them (ECMA-376 Part 1, 17.3.1 and 17.3.2)."""

from __future__ import annotations

from typing import Final, NamedTuple

from lxml import etree

from wpparse.blocks import Alignment
from wpparse.readers.docx.names import (
    COLOR,
    ILVL,
    IND,
    JC,
    NUM_ID,
    NUM_PR,
    OUTLINE_LVL,
    P_STYLE,
    R_FONTS,
    R_STYLE,
    SZ,
    VAL,
    VANISH,
    B,
    is_on,
    to_half_points,
    to_int,
    to_twips,
    w,
)

_ALIGNMENTS: Final[dict[str, Alignment]] = {
    "left": "left", "start": "left", "center": "center", "right": "right", "end": "right", "both": "justify",
    "distribute": "justify", "lowKashida": "justify", "mediumKashida": "justify", "highKashida": "justify",
    "thaiDistribute": "justify",
}  # fmt: skip
THEME: Final = "+"
"""Stands before the name of a theme font (``+minorEastAsia``), which is looked up when it is needed."""

_EAST_ASIA: Final = w("eastAsia")
_EAST_ASIA_THEME: Final = w("eastAsiaTheme")
_ASCII: Final = w("ascii")
_ASCII_THEME: Final = w("asciiTheme")
_LEFT: Final = w("left")
_START: Final = w("start")
_LEFT_CHARS: Final = w("leftChars")
_START_CHARS: Final = w("startChars")
_FIRST_LINE: Final = w("firstLine")
_FIRST_LINE_CHARS: Final = w("firstLineChars")
_HANGING: Final = w("hanging")
_HANGING_CHARS: Final = w("hangingChars")


class RunProps(NamedTuple):
    """Run properties; None where the rPr is silent."""

    style: str | None = None
    bold: bool | None = None
    hidden: bool | None = None
    size: int | None = None
    """Half points."""
    color: str | None = None
    """``auto`` or ``RRGGBB``."""
    east_asian: str | None = None
    latin: str | None = None

    def over(self, below: RunProps) -> RunProps:
        """These properties laid over others."""
        return RunProps._make(a if a is not None else b for a, b in zip(self, below, strict=True))


class Indent(NamedTuple):
    """What a w:ind says of the first line (17.3.1.12): twips, and hundredths of a character, which go before twips."""

    left: int | None = None
    left_chars: int | None = None
    first: int | None = None
    """From ``left``; negative where hanging."""
    first_chars: int | None = None

    def over(self, below: Indent) -> Indent:
        """This indent laid over another one; left and first line are laid over each by itself."""
        left = self[:2] if self.left is not None or self.left_chars is not None else below[:2]
        first = self[2:] if self.first is not None or self.first_chars is not None else below[2:]
        return Indent(*left, *first)

    def characters(self, size: float) -> float | None:
        """Where the first line begins, in characters of ``size`` points from the margin; None where nothing says."""
        if self == NO_INDENT:
            return None
        left = self.left_chars / 100 if self.left_chars else (self.left or 0) / 20 / size
        first = self.first_chars / 100 if self.first_chars else (self.first or 0) / 20 / size
        return round(left + first, 2)


class ParagraphProps(NamedTuple):
    """Paragraph properties; None where the pPr is silent."""

    style: str | None = None
    alignment: Alignment | None = None
    outline: int | None = None
    """0-based as in the file; 9 is body text."""
    num_id: int | None = None
    level: int | None = None
    indent: Indent = Indent()

    def over(self, below: ParagraphProps) -> ParagraphProps:
        """These properties laid over those of a style; the style's name stays."""
        return ParagraphProps(
            self.style,
            self.alignment or below.alignment,
            self.outline if self.outline is not None else below.outline,
            self.num_id if self.num_id is not None else below.num_id,
            self.level if self.level is not None else below.level,
            self.indent.over(below.indent),
        )


NO_INDENT: Final = Indent()
NO_RUN_PROPS: Final = RunProps()
NO_PARAGRAPH_PROPS: Final = ParagraphProps()


def read_run_props(rpr: etree._Element | None) -> RunProps:
    """What an rPr states."""
    if rpr is None:
        return NO_RUN_PROPS
    style = bold = hidden = size = color = east_asian = latin = None
    for child in rpr:
        tag = child.tag
        if tag == R_FONTS:
            get = child.get
            theme = get(_EAST_ASIA_THEME)
            east_asian = THEME + theme if theme else get(_EAST_ASIA)
            theme = get(_ASCII_THEME)
            latin = THEME + theme if theme else get(_ASCII)
        elif tag == SZ:
            size = to_half_points(child.get(VAL))
        elif tag == B:
            bold = is_on(child.get(VAL))
        elif tag == COLOR:
            color = child.get(VAL)
        elif tag == VANISH:
            hidden = is_on(child.get(VAL))
        elif tag == R_STYLE:
            style = child.get(VAL)
    return RunProps(style, bold, hidden, size, color, east_asian, latin)


def read_paragraph_props(ppr: etree._Element | None) -> ParagraphProps:
    """What a pPr states."""
    if ppr is None:
        return NO_PARAGRAPH_PROPS
    style = alignment = outline = num_id = level = None
    indent = NO_INDENT
    for child in ppr:
        tag = child.tag
        if tag == P_STYLE:
            style = child.get(VAL)
        elif tag == JC:
            alignment = _ALIGNMENTS.get(child.get(VAL, ""))
        elif tag == IND:
            indent = read_indent(child)
        elif tag == NUM_PR:
            for part in child:
                if part.tag == NUM_ID:
                    num_id = to_int(part.get(VAL))
                elif part.tag == ILVL:
                    level = to_int(part.get(VAL))
        elif tag == OUTLINE_LVL:
            outline = to_int(child.get(VAL))
    return ParagraphProps(style, alignment, outline, num_id, level, indent)


def read_indent(ind: etree._Element) -> Indent:
    """The indent of a w:ind."""
    get = ind.get
    left = to_twips(get(_LEFT) or get(_START))
    left_chars = to_int(get(_LEFT_CHARS) or get(_START_CHARS))
    first, first_chars = to_twips(get(_FIRST_LINE)), to_int(get(_FIRST_LINE_CHARS))
    hanging, hanging_chars = to_twips(get(_HANGING)), to_int(get(_HANGING_CHARS))
    return Indent(
        left,
        left_chars,
        first if hanging is None else -hanging,
        -hanging_chars if hanging_chars else first_chars,
    )
