"""Automatic numbers as Word shows them (ECMA-376 Part 1, 17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from wpparse.readers.docx.counting import count, count_custom
from wpparse.readers.docx.names import ALTERNATE, CHOICE, ILVL, IND, PPR, RPR, VAL, VANISH, is_on, to_int, w
from wpparse.readers.docx.properties import NO_INDENT, Indent, ParagraphProps, read_indent, read_run_props
from wpparse.readers.docx.styles import Styles
from wpparse.readers.docx.symbols import show_symbols
from wpparse.text import clean

LEVELS: Final = 9
_PLACE: Final = re.compile(r"%([1-9])")
_ABSTRACT_NUM: Final = w("abstractNum")
_ABSTRACT_NUM_ID: Final = w("abstractNumId")
_NUM: Final = w("num")

Place = tuple[int, int]
"""A numId and a level, 0-based."""


@dataclass(slots=True)
class Level:
    """One level of a numbering definition (17.9.6)."""

    start: int = 0
    number_format: str = "decimal"
    picture: str | None = None
    text: str = ""
    restart: int | None = None
    """The level (1-based) that resets this one; 0 for never; None for any level above."""
    legal: bool = False
    hidden: bool = False
    style: str | None = None
    font: str | None = None
    indent: Indent = NO_INDENT


@dataclass(slots=True)
class _Abstract:
    levels: dict[int, Level] = field(default_factory=dict)
    style_link: str | None = None


@dataclass(slots=True)
class _Instance:
    abstract: int
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, Level] = field(default_factory=dict)


@dataclass(slots=True)
class _Counters:
    """The counters of one abstract definition; every list made of it shares them."""

    values: list[int | None] = field(default_factory=lambda: [None] * LEVELS)
    restarted: set[tuple[int, int]] = field(default_factory=set)
    """Start overrides (numId, level) that have had their effect; each has it once."""


class Numbering:
    """The numbering of one document and the state of its counters in reading order."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract_elements: dict[int, etree._Element] = {}
        self._abstracts: dict[int, _Abstract | None] = {}
        self._instances: dict[int, _Instance] = {}
        self._counters: dict[int, _Counters] = {}
        self._levels: dict[Place, Level | None] = {}
        for element in () if root is None else root:
            if element.tag == _ABSTRACT_NUM:
                number = to_int(element.get(_ABSTRACT_NUM_ID))
                if number is not None:
                    self._abstract_elements.setdefault(number, element)
            elif element.tag == _NUM:
                self._read_instance(element)

    def place(self, direct: ParagraphProps) -> Place | None:
        """The list and the level of a paragraph: its own numPr first, then that of its style; None where it has none."""
        style = self._styles.paragraph(direct.style)
        num_id = direct.num_id if direct.num_id is not None else style.props.num_id
        if not num_id or num_id not in self._instances:
            return None
        if direct.level is not None:
            index = direct.level
        else:
            linked = self._linked_level(num_id, style.chain) if direct.num_id is None else None
            index = linked if linked is not None else (style.props.level or 0)
        place = num_id, max(0, min(index, LEVELS - 1))
        return place if self.level(place) is not None else None

    def number(self, place: Place) -> str | None:
        """Count a paragraph at ``place`` and give its label as shown, cleaned; None where nothing is shown.

        To be called once for each paragraph that is shown, in reading order.
        """
        level = self.level(place)
        if level is None:
            return None
        values = self._advance(*place)
        return None if level.hidden else self._render(place, level, values) or None

    def _linked_level(self, num_id: int, chain: tuple[str, ...]) -> int | None:
        """The level that names a style (17.9.23); what the style itself says of its level does not count then."""
        for style_id in chain:
            for index in range(LEVELS):
                level = self.level((num_id, index))
                if level is not None and level.style == style_id:
                    return index
        return None

    def level(self, place: Place) -> Level | None:
        """The level definition in force at a place."""
        if place not in self._levels:
            num_id, index = place
            instance = self._instances[num_id]
            level = instance.levels.get(index)
            if level is None:
                abstract = self._abstract(self._resolve(instance.abstract))
                level = None if abstract is None else abstract.levels.get(index)
            self._levels[place] = level
        return self._levels[place]

    def _abstract(self, number: int) -> _Abstract | None:
        if number not in self._abstracts:
            element = self._abstract_elements.get(number)
            self._abstracts[number] = None if element is None else self._read_abstract(element)
        return self._abstracts[number]

    def _resolve(self, abstract_id: int) -> int:
        """Follow numStyleLink (17.9.21) to the definition that holds the levels."""
        for _ in range(LEVELS):
            abstract = self._abstract(abstract_id)
            if abstract is None or abstract.levels or abstract.style_link is None:
                break
            instance = self._instances.get(self._styles.numbering_of(abstract.style_link) or 0)
            if instance is None:
                break
            abstract_id = instance.abstract
        return abstract_id

    def _advance(self, num_id: int, index: int) -> list[int]:
        instance = self._instances[num_id]
        counters = self._counters.setdefault(self._resolve(instance.abstract), _Counters())
        values = counters.values
        # A start override restarts its own level where its numId is first met on that level, and only there.
        start = instance.starts.get(index)
        if start is not None and (num_id, index) not in counters.restarted:
            counters.restarted.add((num_id, index))
            values[index] = None
        for above in range(index):
            if values[above] is None:
                values[above] = self._start(num_id, above)
        current = values[index]
        values[index] = self._start(num_id, index) if current is None else current + 1
        self._reset_below(num_id, index, values)
        return [0 if value is None else value for value in values]

    def _start(self, num_id: int, index: int) -> int:
        override = self._instances[num_id].starts.get(index)
        if override is not None:
            return override
        level = self.level((num_id, index))
        return 0 if level is None else level.start

    def _reset_below(self, num_id: int, index: int, values: list[int | None]) -> None:
        """Start anew what stands below a level that was used (17.9.10)."""
        for below in range(index + 1, LEVELS):
            level = self.level((num_id, below))
            restart = None if level is None else level.restart
            if restart is None or (restart > 0 and index < restart):
                values[below] = None

    def _render(self, place: Place, level: Level, values: list[int]) -> str:
        if level.number_format == "bullet":
            return clean(show_symbols(level.text, level.font, bullet=True))

        def fill(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            part = self.level((place[0], index))
            if part is None or index > place[1]:
                return ""
            # Every number of a legal level is decimal (17.9.4); a level without a number gives nothing.
            number_format = part.number_format
            if level.legal and number_format not in ("bullet", "none"):
                return str(values[index])
            if number_format == "custom":
                return count_custom(values[index], part.picture)
            return count(values[index], number_format)

        return clean(_PLACE.sub(fill, show_symbols(level.text, level.font)))

    def _read_abstract(self, element: etree._Element) -> _Abstract:
        abstract = _Abstract()
        for child in element:
            if child.tag == w("lvl"):
                index = to_int(child.get(ILVL))
                if index is not None:
                    abstract.levels.setdefault(index, self._read_level(child))
            elif child.tag == w("numStyleLink"):
                abstract.style_link = child.get(VAL)
        return abstract

    def _read_instance(self, element: etree._Element) -> None:
        num_id = to_int(element.get(w("numId")))
        target = element.find(w("abstractNumId"))
        abstract = None if target is None else to_int(target.get(VAL))
        if num_id is None or abstract is None or num_id in self._instances:
            return
        instance = _Instance(abstract)
        for override in element.iterfind(w("lvlOverride")):
            index = to_int(override.get(ILVL))
            if index is None:
                continue
            start = override.find(w("startOverride"))
            if start is not None and (value := to_int(start.get(VAL))) is not None:
                instance.starts[index] = value
            level = override.find(w("lvl"))
            if level is not None:
                instance.levels[index] = self._read_level(level)
        self._instances[num_id] = instance

    def _read_level(self, element: etree._Element) -> Level:
        level = Level()
        for child in element:
            tag, value = child.tag, child.get(VAL)
            if tag == ALTERNATE:
                # Word writes a custom format so, with a standard one to fall back on.
                child = next(child.iterfind(f"{CHOICE}/{w('numFmt')}"), child)
                tag, value = child.tag, child.get(VAL)
            if tag == w("start"):
                level.start = to_int(value, 0) or 0
            elif tag == w("numFmt"):
                level.number_format, level.picture = value or "decimal", child.get(w("format"))
            elif tag == w("lvlText"):
                level.text = value or ""
            elif tag == w("lvlRestart"):
                level.restart = to_int(value)
            elif tag == w("isLgl"):
                level.legal = is_on(value)
            elif tag == w("pStyle"):
                level.style = value
            elif tag == RPR:
                level.font = self._styles.font(read_run_props(child).latin)
                vanish = child.find(VANISH)
                level.hidden = vanish is not None and is_on(vanish.get(VAL))
            elif tag == PPR:
                ind = child.find(IND)
                if ind is not None:
                    level.indent = read_indent(ind)
        return level
