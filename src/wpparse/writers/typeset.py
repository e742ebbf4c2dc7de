"""How many lines a text takes in a column: widths in em, line breaks as Chinese is set.

A full-width character is one em in every font. ASCII is half an em in Songti, but wider in the proportional fonts that
take its place where it is missing, so each character has the width of the widest of them (Noto Serif CJK, Noto Sans CJK,
DejaVu): a row may turn out a little too high, never too low.
"""

from __future__ import annotations

import re
from functools import lru_cache

_CLASSES = {
    0.42: " !\"'(),-./:;[\\]`ijltfI{|}",
    0.65: "0123456789abcdeghknopqsuvxyz?*$^_r",
    0.86: "ABCDEFGHJKLNOPQRSTUVXYZ#+<=>~&",
    1.05: "MWmw@%",
}
_WIDTHS = {char: width for width, chars in _CLASSES.items() for char in chars}
_ASCII = re.compile("[ -~]")
_NOT_FIRST = "，。、；：？！”’）》〉】〕』」］…—·%％,.;:?!)]}"
_NOT_LAST = "（《〈【〔『「［“‘([{"
_ATOM = re.compile(
    f"[{re.escape(_NOT_LAST)}]*(?:[0-9A-Za-z_./:@#&=+~$*^<>|\\\\'\"`-]+|.)[{re.escape(_NOT_FIRST)}]* *", re.DOTALL
)
_MOVABLE = 4
"""So many characters at most go to the next line because the one behind them must not begin it."""


def width(text: str) -> float:
    """The width of ``text`` on one line, in em."""
    if not _ASCII.search(text):
        return float(len(text))
    widths = _WIDTHS
    return sum(widths.get(char, 1.0) for char in text)


def wrap(text: str, measure: float) -> list[str]:
    """The lines of ``text`` in a column of ``measure`` em; joined they are the text, line feeds included."""
    if len(text) <= measure and "\n" not in text:
        return [text]
    return list(_wrapped(text, measure))


@lru_cache(maxsize=4096)
def _wrapped(text: str, measure: float) -> tuple[str, ...]:
    """Headings and units come again and again."""
    lines: list[str] = []
    parts = text.split("\n")
    for number, part in enumerate(parts):
        lines.extend(_wrap_paragraph(part, measure))
        if number < len(parts) - 1:
            lines[-1] += "\n"
    return tuple(lines)


def _wrap_paragraph(text: str, measure: float) -> list[str]:
    capacity = max(1, int(measure))
    lines = []
    start, end = 0, len(text)
    while end - start > capacity:
        piece = text[start : start + capacity]
        cut = _cut_mixed(text, start, measure) if _ASCII.search(piece) else _cut_wide(text, start, capacity)
        lines.append(text[start:cut])
        start = cut
    rest = text[start:]
    while rest and width(rest) > measure:
        cut = _cut_mixed(rest, 0, measure)
        lines.append(rest[:cut])
        rest = rest[cut:]
    if rest or not lines:
        lines.append(rest)
    return lines


def _cut_wide(text: str, start: int, capacity: int) -> int:
    """Where a line of full-width characters ends."""
    cut = start + capacity
    for _ in range(_MOVABLE):
        if cut - start <= 1 or not (text[cut : cut + 1] in _NOT_FIRST or text[cut - 1] in _NOT_LAST):
            return cut
        cut -= 1
    return start + capacity


def _cut_mixed(text: str, start: int, measure: float) -> int:
    """Where a line with ASCII in it ends: words stay whole where they fit on a line at all."""
    used, cut = 0.0, start
    for atom in _ATOM.finditer(text, start):
        size = width(atom[0].rstrip(" "))
        if used + size > measure:
            if cut == start:
                return _cut_within(text, start, atom.end(), measure)
            return cut
        used += width(atom[0])
        cut = atom.end()
    return cut


def _cut_within(text: str, start: int, end: int, measure: float) -> int:
    used = 0.0
    for position in range(start, end):
        used += _WIDTHS.get(text[position], 1.0)
        if used > measure and position > start:
            return position
    return end
