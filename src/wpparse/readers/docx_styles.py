"""Styles: what a paragraph or run looks like once defaults, styles and direct formatting are laid over one another.

ECMA-376 Part 1, 17.7: document defaults, then the paragraph style with all that it is based on, then the character
style, then direct formatting. Bold and hidden are toggles: styles of both kinds flip one another (17.7.3).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from lxml import etree

from wpparse.blocks import Alignment
from wpparse.readers.docx_names import (
    COLOR,
    ILVL,
    IND,
    JC,
    NUM_ID,
    NUM_PR,
    OUTLINE_LVL,
    P_STYLE,
    PPR,
    R_FONTS,
    R_STYLE,
    RPR,
    SZ,
    VAL,
    VANISH,
    B,
    is_on,
    to_int,
    w,
)
from wpparse.readers.docx_symbols import is_symbol_font
from wpparse.readers.docx_theme import Theme

_ALIGNMENTS: Final[dict[str, Alignment]] = {
    "left": "left", "start": "left", "center": "center", "right": "right", "end": "right", "both": "justify",
    "distribute": "justify", "lowKashida": "justify", "mediumKashida": "justify", "highKashida": "justify",
    "thaiDistribute": "justify",
}  # fmt: skip
_MAX_CHAIN = 40
"""Styles based on one another beyond this are a circle."""

_EAST_ASIA = w("eastAsia")
_EAST_ASIA_THEME = w("eastAsiaTheme")
_ASCII = w("ascii")
_ASCII_THEME = w("asciiTheme")
_LEFT = w("left")
_START = w("start")
_LEFT_CHARS = w("leftChars")
_START_CHARS = w("startChars")
_FIRST_LINE = w("firstLine")
_FIRST_LINE_CHARS = w("firstLineChars")
_HANGING = w("hanging")
_HANGING_CHARS = w("hangingChars")


class RunProps(NamedTuple):
    """Run properties as one rPr states them; None where it is silent."""

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
        return RunProps(*(a if a is not None else b for a, b in zip(self, below, strict=True)))


class Look(NamedTuple):
    """What is seen of a run."""

    bold: bool
    font: str | None
    size: float | None
    color: str | None
    hidden: bool
    symbols: str | None
    """The symbol font in which Latin letters are pictures, where it is set in one."""


class Indent(NamedTuple):
    """What a w:ind says of the first line (17.3.1.12): twips, and hundredths of a character, which go before twips."""

    left: int | None = None
    left_chars: int | None = None
    first: int | None = None
    """From ``left``; negative where hanging."""
    first_chars: int | None = None

    def over(self, below: Indent) -> Indent:
        """This indent laid over another one; left and first line are laid over each by itself."""
        left = (self.left, self.left_chars) if self.left is not None or self.left_chars is not None else below[:2]
        first = (self.first, self.first_chars) if self.first is not None or self.first_chars is not None else below[2:]
        return Indent(left[0], left[1], first[0], first[1])

    def characters(self, size: float) -> float | None:
        """Where the first line begins, in characters of ``size`` points from the margin; None where nothing says."""
        if self == NO_INDENT:
            return None
        left = self.left_chars / 100 if self.left_chars else (self.left or 0) / 20 / size
        first = self.first_chars / 100 if self.first_chars else (self.first or 0) / 20 / size
        return round(left + first, 2)


NO_INDENT: Final = Indent()


@dataclass(slots=True)
class ParagraphProps:
    """Paragraph properties as one pPr states them; None where it is silent."""

    style: str | None = None
    alignment: Alignment | None = None
    outline: int | None = None
    """0-based as in the file; 9 is body text."""
    num_id: int | None = None
    level: int | None = None
    indent: Indent = NO_INDENT


@dataclass(slots=True)
class _Style:
    based_on: str | None
    paragraph: ParagraphProps
    run: RunProps
    name: str
    link: str | None
    kind: str
    column_rules: bool | None
    """For a table style: whether it draws lines between columns; None where it is silent."""


@dataclass(slots=True)
class ParagraphStyle:
    """A paragraph style with all that it is based on."""

    props: ParagraphProps
    run: RunProps
    names: tuple[str, ...]
    """Its name and those of the styles below it, in lower case."""
    chain: tuple[str, ...]
    """Its id and those of the styles below it."""


class Styles:
    """All styles of a document and what they come to, worked out once for each combination."""

    def __init__(self, root: etree._Element | None, theme: Theme) -> None:
        self._theme = theme
        self._styles: dict[str, _Style] = {}
        self._default_paragraph: str | None = None
        self._default_character: str | None = None
        self._default_table: str | None = None
        self._defaults = RunProps()
        self._default_paragraph_props = ParagraphProps()
        self._resolved: dict[str | None, ParagraphStyle] = {}
        self._looks: dict[tuple[str | None, RunProps], Look] = {}
        self._character: dict[str, RunProps] = {}
        if root is not None:
            self._load(root)

    def _load(self, root: etree._Element) -> None:
        for element in root:
            if element.tag == w("docDefaults"):
                run = element.find(f"{w('rPrDefault')}/{RPR}")
                self._defaults = self.run_props(run)
                paragraph = element.find(f"{w('pPrDefault')}/{PPR}")
                if paragraph is not None:
                    self._default_paragraph_props = paragraph_props(paragraph)
            elif element.tag == w("style"):
                self._load_style(element)

    def _load_style(self, element: etree._Element) -> None:
        style_id = element.get(w("styleId"))
        if not style_id:
            return
        kind = element.get(w("type"), "paragraph")
        paragraph = element.find(PPR)
        name = element.find(w("name"))
        based_on = element.find(w("basedOn"))
        link = element.find(w("link"))
        inside = element.find(f"{w('tblPr')}/{w('tblBorders')}/{w('insideV')}")
        self._styles.setdefault(
            style_id,
            _Style(
                based_on=None if based_on is None else based_on.get(VAL),
                paragraph=ParagraphProps() if paragraph is None else paragraph_props(paragraph),
                run=self.run_props(element.find(RPR)),
                name="" if name is None else name.get(VAL, "").lower(),
                link=None if link is None else link.get(VAL),
                kind=kind,
                column_rules=None if inside is None else inside.get(VAL) not in (None, "nil", "none"),
            ),
        )
        if element.get(w("default")) is not None and is_on(element.get(w("default"))):
            if kind == "paragraph":
                self._default_paragraph = style_id
            elif kind == "character":
                self._default_character = style_id
            elif kind == "table":
                self._default_table = style_id

    def run_props(self, rpr: etree._Element | None) -> RunProps:
        """What an rPr states, theme fonts replaced by their names."""
        if rpr is None:
            return _SILENT
        style = bold = hidden = size = color = east_asian = latin = None
        for child in rpr:
            tag = child.tag
            if tag == R_FONTS:
                get = child.get
                if theme := get(_EAST_ASIA_THEME):
                    east_asian = self._theme.fonts.get(theme)
                latin = self._theme.fonts.get(get(_ASCII_THEME, "")) or get(_ASCII)
                east_asian = east_asian or get(_EAST_ASIA)
            elif tag == SZ:
                size = to_int(child.get(VAL))
            elif tag == B:
                bold = is_on(child.get(VAL))
            elif tag == COLOR:
                color = child.get(VAL)
            elif tag == VANISH:
                hidden = is_on(child.get(VAL))
            elif tag == R_STYLE:
                style = child.get(VAL)
        return RunProps(style, bold, hidden, size, color, east_asian, latin)

    def paragraph(self, style_id: str | None) -> ParagraphStyle:
        """A paragraph style with everything that it is based on; the default style where it is not known."""
        found = self._resolved.get(style_id)
        if found is None:
            known = style_id if style_id in self._styles else self._default_paragraph
            found = self._resolved[style_id] = self._resolve(known)
        return found

    def numbering_of(self, style_id: str) -> int | None:
        """The numId that a numbering style (17.9.21) stands for."""
        style = self._styles.get(style_id)
        return None if style is None else style.paragraph.num_id

    def draws_columns(self, style_id: str | None) -> bool:
        """Whether a table style draws lines between columns."""
        for name in self._chain(style_id or self._default_table):
            rules = self._styles[name].column_rules
            if rules is not None:
                return rules
        return False

    def look(self, paragraph_style: str | None, run: RunProps) -> Look:
        """What a run with direct properties ``run`` looks like in a paragraph of the given style."""
        key = (paragraph_style, run)
        found = self._looks.get(key)
        if found is None:
            found = self._looks[key] = self._look(paragraph_style, run)
        return found

    def _look(self, paragraph_style: str | None, run: RunProps) -> Look:
        below = self.paragraph(paragraph_style).run
        character = self._character_style(run.style or self._default_character)
        merged = run.over(character).over(below).over(self._defaults)
        color = (merged.color or "auto").upper().lstrip("#")
        return Look(
            bold=_toggle(run.bold, character.bold, below.bold, self._defaults.bold),
            # Chinese text is set in the East Asian font; its digits and Latin letters must not look like a change.
            font=_first_font(merged.east_asian or merged.latin),
            size=merged.size / 2 if merged.size else None,
            color=color if len(color) == 6 else None,
            hidden=_toggle(run.hidden, character.hidden, below.hidden, self._defaults.hidden),
            symbols=merged.latin if is_symbol_font(merged.latin) else None,
        )

    def _character_style(self, style_id: str | None) -> RunProps:
        if style_id is None or style_id not in self._styles:
            return _SILENT
        found = self._character.get(style_id)
        if found is None:
            style = self._styles[style_id]
            # A paragraph style named by a run stands for its linked character style (17.7.4.6).
            if style.kind == "paragraph" and style.link in self._styles:
                style_id = style.link or style_id
            found = _SILENT
            for name in self._chain(style_id):
                found = found.over(self._styles[name].run)
            self._character[style_id] = found
        return found

    def _chain(self, style_id: str | None) -> list[str]:
        chain: list[str] = []
        while style_id is not None and style_id in self._styles and style_id not in chain and len(chain) < _MAX_CHAIN:
            chain.append(style_id)
            style_id = self._styles[style_id].based_on
        return chain

    def _resolve(self, style_id: str | None) -> ParagraphStyle:
        chain = self._chain(style_id)
        props = ParagraphProps(style=style_id)
        run = _SILENT
        for name in chain:
            style = self._styles[name]
            run = run.over(style.run)
            _fill(props, style.paragraph)
        _fill(props, self._default_paragraph_props)
        return ParagraphStyle(props, run, tuple(self._styles[name].name for name in chain), tuple(chain))


_SILENT: Final = RunProps()


def _toggle(direct: bool | None, character: bool | None, paragraph: bool | None, default: bool | None) -> bool:
    """A toggle property (17.7.3): direct formatting decides; else what styles set is flipped by one another."""
    if direct is not None:
        return direct
    if default:
        return True
    return bool(character) != bool(paragraph)


def _first_font(name: str | None) -> str | None:
    """The font itself where a list of substitutes follows (``黑体;SimHei``, as LibreOffice writes)."""
    return name.partition(";")[0].strip() or None if name else None


def _fill(props: ParagraphProps, below: ParagraphProps) -> None:
    """Take from ``below`` what ``props`` leaves open."""
    if props.alignment is None:
        props.alignment = below.alignment
    if props.outline is None:
        props.outline = below.outline
    if props.num_id is None:
        props.num_id = below.num_id
    if props.level is None:
        props.level = below.level
    props.indent = props.indent.over(below.indent)


def paragraph_props(ppr: etree._Element) -> ParagraphProps:
    """What a pPr states."""
    props = ParagraphProps()
    for child in ppr:
        tag = child.tag
        if tag == P_STYLE:
            props.style = child.get(VAL)
        elif tag == JC:
            props.alignment = _ALIGNMENTS.get(child.get(VAL, ""))
        elif tag == IND:
            props.indent = read_indent(child)
        elif tag == NUM_PR:
            for part in child:
                if part.tag == NUM_ID:
                    props.num_id = to_int(part.get(VAL))
                elif part.tag == ILVL:
                    props.level = to_int(part.get(VAL))
        elif tag == OUTLINE_LVL:
            props.outline = to_int(child.get(VAL))
    return props


def read_indent(ind: etree._Element) -> Indent:
    """The indent of a w:ind."""
    get = ind.get
    left = to_int(get(_LEFT) or get(_START))
    left_chars = to_int(get(_LEFT_CHARS) or get(_START_CHARS))
    first, first_chars = to_int(get(_FIRST_LINE)), to_int(get(_FIRST_LINE_CHARS))
    hanging, hanging_chars = to_int(get(_HANGING)), to_int(get(_HANGING_CHARS))
    return Indent(
        left,
        left_chars,
        first if hanging is None else -hanging,
        -hanging_chars if hanging_chars else first_chars,
    )
