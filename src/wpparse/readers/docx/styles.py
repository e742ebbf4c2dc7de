"""Styles: what a paragraph or run looks like once defaults, styles and direct formatting are laid over one another.

ECMA-376 Part 1, 17.7: document defaults, then the paragraph style with all that it is based on, then the character
style, then direct formatting. Bold and hidden are toggles: styles of both kinds flip one another (17.7.3).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Final, NamedTuple

from lxml import etree

from wpparse.readers.docx.names import PPR, RPR, VAL, is_on, w
from wpparse.readers.docx.properties import (
    NO_PARAGRAPH_PROPS,
    NO_RUN_PROPS,
    THEME,
    ParagraphProps,
    RunProps,
    read_paragraph_props,
    read_run_props,
)
from wpparse.readers.docx.symbols import is_symbol_font

_MAX_CHAIN: Final = 40
"""Styles based on one another beyond this are a circle."""
_STYLE: Final = w("style")
_STYLE_ID: Final = w("styleId")
_TYPE: Final = w("type")
_DEFAULT: Final = w("default")
_DOC_DEFAULTS: Final = w("docDefaults")


class Look(NamedTuple):
    """What is seen of a run."""

    bold: bool
    font: str | None
    size: float | None
    """Points."""
    color: str | None
    hidden: bool
    symbols: str | None
    """The symbol font in which Latin letters are pictures, where it is set in one."""
    special: bool = False
    """Whether it is hidden or set in a symbol font."""


class ParagraphStyle(NamedTuple):
    """A paragraph style with all that it is based on."""

    props: ParagraphProps
    run: RunProps
    names: tuple[str, ...]
    """Its name and those of the styles below it, in lower case."""
    chain: tuple[str, ...]
    """Its id and those of the styles below it."""


class Styles:
    """All styles of a document; each is read when it is first used, and what a combination comes to is kept.

    ``theme`` gives the fonts of the theme by name (``minorEastAsia``).
    """

    def __init__(self, root: etree._Element | None, theme: Callable[[], dict[str, str]]) -> None:
        self._theme = theme
        self._elements: dict[str, etree._Element] = {}
        self._defaults: dict[str, str] = {}
        """The default style of each kind."""
        self._default_run = NO_RUN_PROPS
        self._default_paragraph = NO_PARAGRAPH_PROPS
        self._paragraphs: dict[str | None, ParagraphStyle] = {}
        self._characters: dict[str | None, RunProps] = {}
        self._looks: dict[tuple[str | None, RunProps], Look] = {}
        for element in () if root is None else root:
            if element.tag == _STYLE:
                name = element.get(_STYLE_ID)
                if not name:
                    continue
                self._elements.setdefault(name, element)
                default = element.get(_DEFAULT)
                if default is not None and is_on(default):
                    self._defaults[element.get(_TYPE, "paragraph")] = name
            elif element.tag == _DOC_DEFAULTS:
                self._default_run = read_run_props(element.find(f"{w('rPrDefault')}/{RPR}"))
                self._default_paragraph = read_paragraph_props(element.find(f"{w('pPrDefault')}/{PPR}"))

    @cached_property
    def _fonts(self) -> dict[str, str]:
        return self._theme()

    def paragraph(self, style_id: str | None) -> ParagraphStyle:
        """A paragraph style with everything that it is based on; the default style where it is not known."""
        found = self._paragraphs.get(style_id)
        if found is None:
            known = style_id if style_id in self._elements else self._defaults.get("paragraph")
            found = self._paragraphs[style_id] = self._resolve(known)
        return found

    def numbering_of(self, style_id: str) -> int | None:
        """The numId that a numbering style (17.9.21) stands for."""
        element = self._elements.get(style_id)
        return None if element is None else read_paragraph_props(element.find(PPR)).num_id

    def draws_columns(self, style_id: str | None) -> bool | None:
        """Whether a table style draws lines between columns; None where it does not say."""
        for name in self._chain(style_id or self._defaults.get("table")):
            inside = self._elements[name].find(f"{w('tblPr')}/{w('tblBorders')}/{w('insideV')}")
            if inside is not None:
                return inside.get(VAL) not in (None, "nil", "none")
        return None

    def look(self, paragraph_style: str | None, run: RunProps) -> Look:
        """What a run with direct properties ``run`` looks like in a paragraph of the given style."""
        key = (paragraph_style, run)
        found = self._looks.get(key)
        if found is None:
            found = self._looks[key] = self._look(paragraph_style, run)
        return found

    def font(self, name: str | None) -> str | None:
        """A font by its own name: theme fonts looked up, the first where a list of substitutes follows (黑体;SimHei)."""
        if name is not None and name.startswith(THEME):
            name = self._fonts.get(name[len(THEME) :])
        return (name.partition(";")[0].strip() or None) if name else None

    def _look(self, paragraph_style: str | None, run: RunProps) -> Look:
        below = self.paragraph(paragraph_style).run
        character = self._character(run.style or self._defaults.get("character"))
        merged = run.over(character).over(below).over(self._default_run)
        color = (merged.color or "auto").upper().lstrip("#")
        latin = self.font(merged.latin)
        hidden = _toggle(run.hidden, character.hidden, below.hidden, self._default_run.hidden)
        symbols = latin if is_symbol_font(latin) else None
        return Look(
            bold=_toggle(run.bold, character.bold, below.bold, self._default_run.bold),
            # Chinese text is set in the East Asian font; its digits and Latin letters must not look like a change.
            font=self.font(merged.east_asian) or latin,
            size=merged.size / 2 if merged.size else None,
            color=color if len(color) == 6 else None,
            hidden=hidden,
            symbols=symbols,
            special=hidden or symbols is not None,
        )

    def _character(self, style_id: str | None) -> RunProps:
        found = self._characters.get(style_id)
        if found is None:
            found = NO_RUN_PROPS
            element = self._elements.get(style_id or "")
            if element is not None and element.get(_TYPE) == "paragraph":
                # A paragraph style named by a run stands for the character style linked to it (17.7.4.6).
                link = element.find(w("link"))
                style_id = style_id if link is None else link.get(VAL)
            for name in self._chain(style_id):
                found = found.over(read_run_props(self._elements[name].find(RPR)))
            self._characters[style_id] = found
        return found

    def _chain(self, style_id: str | None) -> list[str]:
        chain: list[str] = []
        while style_id is not None and style_id not in chain and len(chain) < _MAX_CHAIN:
            element = self._elements.get(style_id)
            if element is None:
                break
            chain.append(style_id)
            based_on = element.find(w("basedOn"))
            style_id = None if based_on is None else based_on.get(VAL)
        return chain

    def _resolve(self, style_id: str | None) -> ParagraphStyle:
        chain = self._chain(style_id)
        props, run = ParagraphProps(style=style_id), NO_RUN_PROPS
        names = []
        for style in map(self._elements.__getitem__, chain):
            run = run.over(read_run_props(style.find(RPR)))
            props = props.over(read_paragraph_props(style.find(PPR)))
            name = style.find(w("name"))
            names.append("" if name is None else name.get(VAL, "").lower())
        return ParagraphStyle(props.over(self._default_paragraph), run, tuple(names), tuple(chain))


def _toggle(direct: bool | None, character: bool | None, paragraph: bool | None, default: bool | None) -> bool:
    """A toggle property (17.7.3): direct formatting decides; else what styles set is flipped by one another."""
    if direct is not None:
        return direct
    if default:
        return True
    return bool(character) != bool(paragraph)
