"""Watermarks: text behind or over the text of a page, pale, much larger or tiled. They are left out, and told."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from wpparse.page import Glyph, PageContent, Style
from wpparse.text import clean

PALE = 0.7
"""Lightness from which a colour is pale: 0 is black, 1 is white. The grey of Word's watermarks (C0C0C0) has 0.75."""
LARGE = 1.6
"""Of the size of the text. A title of 22 points over text of 16 has 1.4, a watermark rarely less than 2."""
TILED = 3
"""So often the same words make a pattern."""
LONGEST = 200
"""Characters of what is told of slanted text."""
MOST = 400
"""Glyphs of one look on a page; text that is longer is no watermark."""


def take_watermarks(content: PageContent) -> list[str]:
    """Take the watermarks out of the glyphs of the page; gives their words."""
    looks: dict[int, Style] = {}
    for glyph in content.glyphs:
        looks[id(glyph.style)] = glyph.style
    sizes = [style.size for style in looks.values()]
    alike = not sizes or max(sizes) < LARGE * min(sizes)
    if alike and not content.slanted and not any(_is_pale(style.color) for style in looks.values()):
        return []
    usual = _usual(content.glyphs) if len(looks) > 1 else 0.0
    suspects = {
        key for key, style in looks.items() if usual and (style.size >= LARGE * usual or _is_pale(style.color))
    }  # fmt: skip
    found = [_once("".join(content.slanted))] if content.slanted else []
    gone: set[int] = set()
    for key in suspects:
        own = [glyph for glyph in content.glyphs if id(glyph.style) == key and glyph.text != " "]
        if not 2 <= len(own) <= MOST:
            continue
        others = [glyph for glyph in content.glyphs if id(glyph.style) not in suspects and glyph.text != " "]
        words = _is_watermark(looks[key], own, others, usual, content)
        if words:
            found += words
            gone.add(key)
    if gone:
        content.glyphs = [glyph for glyph in content.glyphs if id(glyph.style) not in gone]
    return found


def _once(text: str) -> str:
    """The words of a text that says them again and again."""
    text = clean(text)[:LONGEST]
    return text[: (text + text).find(text, 1)] if text else text


def _usual(glyphs: Sequence[Glyph]) -> float:
    """The size of most of the text."""
    sizes = Counter([glyph.style.size for glyph in glyphs if glyph.text != " " and not _is_pale(glyph.style.color)])
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _is_pale(color: str | None) -> bool:
    if color is None:
        return False
    red, green, blue = (int(color[at : at + 2], 16) for at in (0, 2, 4))
    return (0.299 * red + 0.587 * green + 0.114 * blue) / 255 >= PALE  # ITU-R BT.601


def _is_watermark(
    style: Style, own: Sequence[Glyph], others: Sequence[Glyph], usual: float, content: PageContent
) -> list[str]:
    """The different words that the glyphs of one look write where they are a watermark, else nothing."""
    pale, large = _is_pale(style.color), style.size >= LARGE * usual
    if pale and any(_on_a_fill(glyph, content) for glyph in own):
        return []  # light on a dark ground
    runs = _runs(own)
    tiled = max(Counter(runs).values()) >= TILED
    if (pale and (large or tiled)) or _overlap(own, others) >= (0.3 if pale else 0.6):
        return list(dict.fromkeys(runs))
    return []


def _on_a_fill(glyph: Glyph, content: PageContent) -> bool:
    x, y = (glyph.x0 + glyph.x1) / 2, glyph.y - 0.3 * glyph.style.size
    return any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in content.fills)


def _runs(glyphs: Sequence[Glyph]) -> list[str]:
    """Words that stand together on one baseline, in the order of the file."""
    runs: list[str] = []
    last: Glyph | None = None
    for glyph in glyphs:
        size = glyph.style.size
        if last is not None and abs(glyph.y - last.y) <= 0.2 * size and -0.2 * size <= glyph.x0 - last.x1 <= size:
            runs[-1] += glyph.text
        else:
            runs.append(glyph.text)
        last = glyph
    return [clean(run) for run in runs]


def _overlap(own: Sequence[Glyph], others: Sequence[Glyph]) -> float:
    """The share of glyphs on or under which others are printed.

    Lines that only touch do not count: a box is the inner part of a glyph, as high as an ideograph's strokes.
    """
    ordered = sorted(others, key=lambda glyph: glyph.y)
    places = [glyph.y for glyph in ordered]
    tallest = max((glyph.style.size for glyph in others), default=0.0)
    hit = 0
    for glyph in own:
        size = glyph.style.size
        left, right, top, bottom = glyph.x0 + 0.1 * size, glyph.x1 - 0.1 * size, glyph.y - 0.75 * size, glyph.y
        hit += any(
            other.x0 < right and other.x1 > left and other.y - 0.75 * other.style.size < bottom
            for other in ordered[bisect_right(places, top) : bisect_right(places, bottom + tallest)]
        )
    return hit / len(own)
