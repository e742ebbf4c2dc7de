"""Text and ruling lines of a page that is a picture: RapidOCR, which comes with the extra ``wpparse[ocr]``.

The result is a :class:`PageContent` as a PDF page gives it, so that lines, paragraphs and tables are made in the same
way; each character keeps the confidence with which it was recognised.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from wpparse.lattice import Grid, find_grids
from wpparse.messages import register
from wpparse.page import Glyph, PageContent, Style
from wpparse.readers.ocr.cells import Found, Recognised, read_by_cell
from wpparse.text import CJK

if TYPE_CHECKING:
    import numpy as np

    Pixels = np.ndarray[Any, np.dtype[np.uint8]]

DPI = 200
"""Dots an inch at which a page is recognised; more costs time and gains nothing."""
POINT = 72.0

register({
    "ocr-pages": ("第{pages}页是图像，文字由识别得到（平均置信度{confidence}），请核对",
                  "page {pages} is a picture; its text was recognised (mean confidence {confidence}): check it"),
    "ocr-gap": ("第{pages}页有{count}处像文字的内容未能识别，请核对",
                "page {pages}: {count} places look like text that was not recognised: check them"),
})  # fmt: skip


def available() -> bool:
    """Whether the extra ``wpparse[ocr]`` is installed."""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime", "cv2"))


@cache
def _engine() -> Any:
    import logging

    from rapidocr import RapidOCR

    # The classifier for upside-down text turns upright lines, which are then lost: it stays off.
    settings = {
        "Global.use_cls": False,
        "Global.log_level": "critical",
        "Det.limit_side_len": 960,
        "Det.limit_type": "max",
    }
    engine = RapidOCR(params=settings)
    logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
    return engine


def recognise(image: Pixels, number: int, dpi: float = DPI, level: bool = False) -> PageContent:
    """Glyphs and ruling lines of a page; ``image`` is RGB with ``dpi`` dots an inch.

    A ``level`` picture comes from a text page: it needs no straightening and has no ruling lines of interest.
    """
    from wpparse.readers.ocr.image import ruling_lines, straighten, unread_places, without_seals

    plain = without_seals(image if level else straighten(image))
    found = _run(plain)
    scale = POINT / dpi
    if level:
        return _content(plain, number, found, scale)
    turned = _turned(plain, found)
    if turned is not None:
        plain, found = turned
    horizontals, verticals = ruling_lines(plain)
    boxes = [line.box for line in found]
    upright = [(y0, y1, x0, x1) for x0, y0, x1, y1 in boxes]
    across = [(x0, x1, y0, y1) for x0, y0, x1, y1 in boxes]
    horizontals = [rule for rule in horizontals if not _is_stroke(rule, across)]
    verticals = [rule for rule in verticals if not _is_stroke(rule, upright)]
    rules = [(a * scale, b * scale, c * scale) for a, b, c in horizontals]
    columns = [(a * scale, b * scale, c * scale) for a, b, c in verticals]
    grids = find_grids(rules, columns)
    found = [line for line in found if not _is_speck(line, grids, scale)]
    # In a cell a single character may have been missed, of which its ruling lines hide a part.
    missed = unread_places(plain, [line.box for line in found], horizontals, verticals, least=(40, 14))
    found = read_by_cell(plain, found, missed, grids, scale, _run)
    content = _content(plain, number, found, scale)
    content.horizontals, content.verticals = rules, columns
    content.unread = len(unread_places(plain, [line.box for line in found], horizontals, verticals))
    return content


def _is_stroke(rule: tuple[float, float, float], boxes: Sequence[tuple[float, float, float, float]]) -> bool:
    """Whether a line is a stroke of large print (the name in the head of a circular): it lies within a line of text.

    ``boxes`` of the text begin and end along the line's direction first, then across it.
    """
    place, start, end = rule
    for x0, x1, y0, y1 in boxes:
        size = min(x1 - x0, y1 - y0)
        margin = 0.1 * size
        if end - start <= 1.1 * size and x0 - margin <= start and end <= x1 + margin and y0 <= place <= y1:
            return True
    return False


def _is_speck(line: Recognised, grids: Sequence[Grid], scale: float) -> bool:
    """Whether nothing but signs was recognised outside tables: the end of a rule, dirt, a piece of a seal."""
    if any(char.isalnum() or char in "—-_…" for char in line.text):
        return False
    x0, y0, x1, y1 = line.box
    return all(grid.at((x0 + x1) / 2 * scale, (y0 + y1) / 2 * scale) is None for grid in grids)


def _content(image: Pixels, number: int, found: Found, scale: float) -> PageContent:
    height, width = image.shape[:2]
    from wpparse.readers.ocr.image import is_red

    content = PageContent(number, width * scale, height * scale)
    for line in found:
        content.glyphs += _glyphs(line, scale, "FF0000" if is_red(image, line.box) else None)
    _even_sizes(content.glyphs)
    return content


def _even_sizes(glyphs: list[Glyph]) -> None:
    """Give print of nearly the size that most of the page has this very size: recognised boxes waver."""
    sizes = Counter(glyph.style.size for glyph in glyphs)
    if not sizes:
        return
    usual = max(sizes, key=lambda size: sum(n for other, n in sizes.items() if abs(other - size) <= 0.08 * size))
    for glyph in glyphs:
        if abs(glyph.style.size - usual) <= 0.16 * usual:
            glyph.style = replace(glyph.style, size=usual)


def _run(image: Pixels) -> Found:
    """The lines of a picture; a long one (a screenshot of a whole circular) is read in pieces."""
    from wpparse.readers.ocr.image import pieces

    return [line.moved(0.0, top, 1.0) for top, part in pieces(image) for line in _run_piece(part)]


def _run_piece(image: Pixels) -> Found:
    result = _engine()(image, use_cls=False, return_word_box=True)
    out: Found = []
    if result.boxes is None or result.txts is None:
        return out
    words = result.word_results or [None] * len(result.txts)
    for corners, text, score, parts in zip(result.boxes, result.txts, result.scores, words, strict=False):
        xs, ys = [float(x) for x, _ in corners], [float(y) for _, y in corners]
        box = (min(xs), sum(sorted(ys)[:2]) / 2, max(xs), sum(sorted(ys)[2:]) / 2)
        pieces = [
            (str(word), float(sure), float(min(p[0] for p in place)), float(max(p[0] for p in place)))
            for word, sure, place in parts or () if word is not None and place is not None
        ]  # fmt: skip
        out.append(Recognised(_punctuated(str(text)), float(score), box, pieces))
    return out


def _turned(image: Pixels, found: Found) -> tuple[Pixels, Found] | None:
    """The page the right way up where it lies on its side or on its head, None where it stands."""
    import numpy as np

    tall = sum(1 for line in found if line.box[3] - line.box[1] > 1.8 * (line.box[2] - line.box[0]))
    sure = sum(line.confidence for line in found) / len(found) if found else 0.0
    if len(found) < 4 or (tall < 0.6 * len(found) and sure >= 0.7):
        return None
    quarters = (1, 3) if tall >= 0.6 * len(found) else (2,)
    best: tuple[float, Pixels, Found] | None = None
    for quarter in quarters:
        other = np.ascontiguousarray(np.rot90(image, quarter))
        again = _run(other)
        value = _value(again)
        if best is None or value > best[0]:
            best = (value, other, again)
    if best is None or best[0] <= _value(found):
        return None
    return best[1], best[2]


def _value(found: Found) -> float:
    return sum(line.confidence * len(line.text) for line in found)


_HALF = str.maketrans(",;:!?()", "，；：！？（）")
_PUNCTUATION = re.compile(f"(?<=[{CJK}])[,;:!?)](?=[{CJK}]|$)|(?<=[{CJK}])[()]|[()](?=[{CJK}])")


def _punctuated(text: str) -> str:
    """Recognition does not see whether punctuation is full-width; between Chinese characters it is."""
    return _PUNCTUATION.sub(lambda match: match.group().translate(_HALF), text)


def _glyphs(line: Recognised, scale: float, color: str | None = None) -> list[Glyph]:
    """The characters of a recognised line, each at its place."""
    text = line.text
    x0, y0, x1, y1 = (value * scale for value in line.box)
    places = _places(text, line.words, scale) or _spread(text, line.confidence, x0, x1)
    units = sum(1.0 if ord(char) > 0x2E7F else 0.5 for char in text)
    size = min((y1 - y0) * 0.92, max((x1 - x0) / max(units, 1.0), (y1 - y0) * 0.6))
    style = Style(size=round(2 * size) / 2, color=color)
    base = (y0 + y1) / 2 + 0.35 * size
    out: list[Glyph] = []
    for char, sure, start, end in places:
        if out and out[-1].text != " " and char != " " and 0 < start - out[-1].x1 < 1.2 * size:
            out[-1].x1 = start  # the recogniser's boxes leave gaps that are no blanks
        out.append(Glyph(char, start, end, base, style, sure))
    return out


def _places(
    text: str, words: Sequence[tuple[str, float, float, float]], scale: float
) -> list[tuple[str, float, float, float]]:
    """Characters with confidence and edges from the recogniser's words; empty where they do not fit the text."""
    if len("".join(word for word, _, _, _ in words).replace(" ", "")) != len(text.replace(" ", "")):
        return []
    out: list[tuple[str, float, float, float]] = []
    position = 0
    for word, sure, start, end in words:
        while position < len(text) and text[position] == " " and not word.startswith(" "):
            out.append((" ", 1.0, start * scale, start * scale))
            position += 1
        step = (end - start) / max(len(word), 1)
        for k in range(len(word)):
            out.append((text[position], sure, (start + k * step) * scale, (start + (k + 1) * step) * scale))
            position += 1
    # The boxes of text that runs downwards lie over one another.
    return out if all(a[2] < b[2] for a, b in pairwise(c for c in out if c[0] != " ")) else []


def _spread(text: str, confidence: float, x0: float, x1: float) -> list[tuple[str, float, float, float]]:
    """Characters side by side over the line, Latin ones half as wide."""
    units = [1.0 if ord(char) > 0x2E7F else 0.5 for char in text]
    step = (x1 - x0) / max(sum(units), 0.5)
    out = []
    at = x0
    for char, unit in zip(text, units, strict=True):
        out.append((char, confidence, at, at + unit * step))
        at += unit * step
    return out
