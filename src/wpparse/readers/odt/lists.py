"""Numbers of lists, which stand in no text of an .odt: computed from the list styles (ODF 1.3 Part 3, 16.31, 19.880)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from wpparse.numerals import to_chinese, to_roman
from wpparse.readers.odt.names import LOEXT_FORMAT, STYLE, TEXT

_LEVELS: Final = 10
_PLACE: Final = re.compile(r"%(\d{1,2})%")
_LEGAL: Final = str.maketrans("〇零一二三四五六七八九十百千万", "零零壹贰叁肆伍陆柒捌玖拾佰仟万")
_SERIES: Final = {"甲": "甲乙丙丁戊己庚辛壬癸", "子": "子丑寅卯辰巳午未申酉戌亥"}
_MOST: Final = 9_999


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level is numbered; a format that is empty shows no number."""

    number_format: str
    pattern: str
    start: int
    bullet: bool


@dataclass(slots=True)
class _Count:
    """Where a list stands: the last number on each level, None where none was given."""

    numbers: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)


class Lists:
    """Counts the items of all lists of a document, in its order."""

    def __init__(self, styles: dict[str, etree._Element]) -> None:
        self._elements = styles
        self._levels: dict[str, list[_Level]] = {}
        self._counts: dict[str, _Count] = {}
        """By the list's identifier."""
        self._last: dict[str, str] = {}
        """The last list of each style."""

    def begin(self, element: etree._Element, style: str) -> str:
        """The key of a list that begins: a new count, or that of the list that it continues."""
        own = element.get("{http://www.w3.org/XML/1998/namespace}id") or f"#{len(self._counts)}"
        earlier = element.get(f"{TEXT}continue-list")
        if earlier not in self._counts and element.get(f"{TEXT}continue-numbering") == "true":
            earlier = self._last.get(style)
        count = self._counts.get(earlier or "")
        self._counts[own] = count if count is not None else _Count()
        self._last[style] = own
        return own

    def label(self, key: str, style: str, depth: int, start: str | None = None) -> str | None:
        """The number of the next item on a level (0-based); a bullet is its character. None where none is shown."""
        levels = self._read(style)
        depth = min(depth, _LEVELS - 1)
        if not levels:
            return None
        numbers = self._counts.setdefault(key, _Count()).numbers
        level = levels[depth]
        if level.bullet:
            return level.pattern or None
        value = numbers[depth]
        if start is not None and start.isdecimal() and len(start) < 6:
            numbers[depth] = int(start)
        else:
            numbers[depth] = level.start if value is None else value + 1
        numbers[depth + 1 :] = [None] * (_LEVELS - depth - 1)
        if not level.number_format:
            return None

        def shown(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            if not 0 <= at <= depth:
                return ""
            current = numbers[at]
            return _write(levels[at].start if current is None else current, levels[at].number_format)

        return _PLACE.sub(shown, level.pattern) or None

    def _read(self, style: str) -> list[_Level]:
        if style not in self._levels:
            element = self._elements.get(style)
            levels = [_Level("", "", 1, False)] * _LEVELS
            for entry in element if element is not None else ():
                number = entry.get(f"{TEXT}level", "")
                if number.isdecimal() and 1 <= int(number[:3]) <= _LEVELS:
                    levels[int(number) - 1] = _level(entry, int(number))
            self._levels[style] = levels if element is not None else []
        return self._levels[style]


def _level(entry: etree._Element, number: int) -> _Level:
    if entry.tag == f"{TEXT}list-level-style-bullet":
        return _Level("", entry.get(f"{TEXT}bullet-char", ""), 1, True)
    pattern = entry.get(LOEXT_FORMAT)
    if pattern is None:
        shown = entry.get(f"{TEXT}display-levels", "1")
        first = max(number - (int(shown) if shown.isdecimal() and len(shown) < 3 else 1), 0) + 1
        places = ".".join(f"%{level}%" for level in range(first, number + 1))
        pattern = f"{entry.get(f'{STYLE}num-prefix', '')}{places}{entry.get(f'{STYLE}num-suffix', '')}"
    start = entry.get(f"{TEXT}start-value", "1")
    return _Level(
        entry.get(f"{STYLE}num-format", ""), pattern, int(start) if start.isdecimal() and len(start) < 6 else 1, False
    )


def _write(number: int, style: str) -> str:
    """A number in a format: a format is named by the first of its numbers (``1``, ``a``, ``一, 二, 三, ...``)."""
    first = style[:1]
    if not 0 < number <= _MOST or first in ("1", ""):
        return str(number)
    if first in "一〇":
        return to_chinese(number)
    if first in "壹壱":
        text = to_chinese(number).translate(_LEGAL)
        return f"壹{text}" if text.startswith("拾") else text
    if first == "①" and number <= 20:
        return chr(0x2460 + number - 1)
    if first in _SERIES:
        return _SERIES[first][(number - 1) % len(_SERIES[first])]
    if first in ("a", "A"):
        # aa, bb … behind z (letter synchronisation), or aa, ab …: the first 26 are the same.
        return chr(ord(first) + (number - 1) % 26) * ((number - 1) // 26 + 1)
    if first in ("i", "I"):
        text = to_roman(number)
        return text.lower() if first == "i" else text
    return str(number)
