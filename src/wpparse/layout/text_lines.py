"""Paragraphs restored from the lines of a text.

Two things happen to a circular on its way into a text file: its paragraphs are broken into lines of the width of a page,
with page numbers in between, or its line ends are lost. Which of the two, is told by statistics over all its lines.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from wpparse.blocks import Alignment, Paragraph, Span
from wpparse.brackets import CLOSING, OPENING, WRITTEN, closing, is_inside, opening
from wpparse.enumerators import LABEL
from wpparse.page import Marked
from wpparse.text import clean, clean_pieces

_DASH = "[-—–－─_~·•*]"
PAGE_NUMBER = re.compile(
    rf"\s*(?:(?:{_DASH}\s*){{1,6}}[\d０-９]{{1,4}}(?:\s*{_DASH}){{1,6}}|第\s*\d{{1,4}}\s*页(?:\s*[,，/]?\s*共\s*\d{{1,4}}\s*页)?"
    r"|[Pp]age\s+\d{1,4}(?:\s+of\s+\d{1,4})?)\s*"
)
_BARE_NUMBER = re.compile(r"\s*([\d０-９]{1,4})\s*")
_COUNTS = re.compile(r"\s*(?:序\s*号|编\s*号|项\s*次)\s*\|?\s*")
_OF_PAGES = re.compile(r"\s*(\d{1,3})\s*/\s*(\d{1,3})\s*")
_LABEL = re.compile(
    rf"(?:{LABEL.pattern}"
    r"|\d{1,2}\s*[、﹑．﹒]|\d{1,2}\.(?!\d)|\d{1,2}(?:\.\d{1,2}){1,3}[\s、]?(?=[\u4e00-\u9fff])|\d{1,2}[）)]"
    r"|[①-⑳⑴-⒇㈠-㈩Ⅰ-Ⅻ]|[—-]{2}(?!\d)|[●■◆▲★※]|附\s*(?:件|表|录|则)|抄送|注[:：])"
)
_FINAL = "。！？!?；;：:…"
_CLOSING = "\"'" + closing(WRITTEN)
_GOES_ON = "，。、；：？！,;:" + closing(WRITTEN)
_RUNS_ON = "，、," + opening(WRITTEN)
_ENDS_TITLE = re.compile(r"^[^，,。；;]*关于[^，,。；;]*(?:通知|意见|决定|函)$")
_DOCUMENT_NUMBER = re.compile(rf"{OPENING}?[^\s，。；：]{{2,16}}{OPENING}\d{{4}}{CLOSING}\s*\d{{1,5}}号{CLOSING}?")
_NAMED = re.compile("[\u3400-\u9fff]{2,10}[：:]")
"""What a line begins with that says something of its own (责任单位：…)."""
_HAN = re.compile(r"[\u3400-\u9fff]")
_LEAST_LINES = 15
"""Lines of a page."""
_LEAST_FULL = 5
"""Lines of one length that show where lines were broken."""
_LONG = 40
"""Characters; a paragraph at least so long is no heading."""


def width_of(text: str) -> int:
    """Columns that a text takes on a terminal: an ideograph takes two."""
    return len(text.encode("gb18030", "replace"))


@dataclass(slots=True)
class Line:
    """One line of the file. ``gap`` counts the blank lines above; ``page`` is true where a page begins with it."""

    marked: Marked
    text: str
    indent: int
    width: int
    length: int = 0
    """Characters, the indent included."""
    gap: int = 0
    page: bool = False
    whole: bool = False
    """True for a piece of a text whose line ends were lost: it was cut off as a paragraph of its own."""


@dataclass(frozen=True)
class Layout:
    """What the lines of a file have in common."""

    measure: int = 0
    """Columns of a full line, where paragraphs are broken into lines; 0 where each line is a paragraph."""
    indented: bool = False
    """Paragraphs begin with an indent."""
    spaced: bool = False
    """Blank lines stand between the paragraphs."""
    lines: Sequence[Line] = ()

    @cached_property
    def pairs(self) -> Counter[str]:
        """How often two characters stand beside each other within lines, and each one behind another in all."""
        pairs: Counter[str] = Counter()
        for line in self.lines:
            pairs.update(map("".join, pairwise(line.text)))
            pairs.update(line.text[1:])
        return pairs


def make_line(marked: Marked, gap: int, page: bool) -> Line:
    """A line with its measures."""
    raw = marked.text.expandtabs(4).rstrip()
    body = raw.lstrip()
    indent = width_of(raw[: len(raw) - len(body)])
    return Line(marked, clean(raw), indent, indent + width_of(body), len(raw), gap, page)


def page_numbers(lines: Sequence[str]) -> set[int]:
    """The lines that hold nothing but the number of a page."""
    found = {
        index
        for index, line in enumerate(lines)
        if len(line) < 120 and len(line.strip()) < 16 and PAGE_NUMBER.fullmatch(line)
    }
    bare = [
        (index, int(match.group(1)))
        for index, line in enumerate(lines)
        if len(line.strip()) < 5
        and not line.startswith("\t")
        and (match := _BARE_NUMBER.fullmatch(line.replace("\f", "")))
        and lines[index + 1 : index + 2] != ["|"]
    ]
    if bare and bare[0][1] == 1 and any(map(_COUNTS.fullmatch, lines[max(0, bare[0][0] - _LEAST_LINES) : bare[0][0]])):
        bare = []  # the rows of a table
    for index, _ in bare:
        below = next((line for line in lines[index + 1 : index + 4] if line.strip()), "")
        above = lines[index]
        if below.startswith("\f") or (above.startswith("\f") and index):
            found.add(index)
    parts = [
        (index, m.groups()) for index, line in enumerate(lines) if len(line) < 40 and (m := _OF_PAGES.fullmatch(line))
    ]
    counted = all(int(b[0]) == int(a[0]) + 1 and a[1] == b[1] for (_, a), (_, b) in pairwise(parts))
    if parts and counted and parts[0][1][0] == "1" and parts[0][0] >= _LEAST_LINES:
        found.update(index for index, _ in parts)
    rising = len(bare) > 1 and all(
        b[1] == a[1] + 1 and sum(bool(line.strip()) for line in lines[a[0] + 1 : b[0]]) >= _LEAST_LINES
        for a, b in pairwise(bare)
    )
    if len(bare) == 1 and bare[0][1] == 1 and bare[0][0] >= _LEAST_LINES:
        above = next((line.strip() for line in reversed(lines[: bare[0][0]]) if line.strip()), "")
        rising = len(above) >= _LONG // 2 and _is_open(above)
    if rising:
        found.update(index for index, _ in bare)
    return found


def _level(lines: Sequence[Line]) -> None:
    """Take the margin off that a whole page has at its left."""
    pages: list[list[Line]] = [[]]
    for line in lines:
        if line.page:
            pages.append([])
        pages[-1].append(line)
    for page in pages if len(pages) > 1 else ():
        margin = min((line.indent for line in page), default=0)
        if len(page) > 4 and margin:
            for line in page:
                line.indent -= margin
                line.width -= margin


def _count_characters(lines: Sequence[Line]) -> None:
    """Where lines were broken at a number of characters, narrow or wide, make each of these two columns wide."""
    longest = max(line.length for line in lines)
    full = [line for line in lines if line.length == longest]
    if len(full) >= max(_LEAST_FULL, 0.3 * len(lines)) and len({line.width for line in full}) > 1:
        for line in lines:
            line.width = 2 * line.length


def find_layout(lines: Sequence[Line]) -> Layout:
    """How the lines of a file were made. A margin that all lines of a page have is taken off."""
    filled = [line for line in lines if line.text]
    _level(filled)
    if not filled:
        return Layout()
    _count_characters(filled)
    spaced = sum(line.gap > 0 for line in filled[1:]) >= 0.6 * (len(filled) - 1)
    measure = _measure(filled)
    indents = [line for line in filled if 2 <= line.indent <= 10]
    starts = [line for above, line in pairwise(filled) if measure and above.width < 0.8 * measure]
    indented = bool(measure) and len(indents) >= max(2, 0.4 * len(starts)) and len(indents) <= 0.8 * len(filled)
    return Layout(measure, indented, spaced, filled)


def _measure(lines: Sequence[Line]) -> int:
    """The width of a full line: many lines that end in the middle of a sentence are about as wide, next to none is wider."""
    plain = [line for line in lines if "....." not in line.text and "……" not in line.text[:-2]]
    widths = sorted(line.width for line in plain)
    if len(widths) < 5:
        return 0
    best = most = 0
    for index, top in enumerate(widths):
        if top < 24 or top > 110 or len(widths) - 1 - index > max(1, len(widths) // 12):
            continue
        count = index + 1 - bisect_left(widths, top * 0.9)
        if count > most:
            best, most = top, count
    full = [line for line in plain if best * 0.85 <= line.width <= best]
    open_ = sum(_is_open(line.text) or line.text[-1] in _RUNS_ON for line in full)
    if best and len(full) >= 3 and len(full) >= 0.3 * len(plain) and open_ >= 0.5 * len(full):
        return best
    return 0


def paragraphs(lines: Sequence[Line], layout: Layout) -> Iterator[Paragraph]:
    """Lines put together as paragraphs."""
    held: list[Line] = []
    filled = [line for line in lines if line.text]
    for index, line in enumerate(filled):
        signed = index + 1 < len(filled) and _is_dated(filled[index + 1].text) and _is_signature(held, line, layout)
        if held and not signed and _joins(held, line, layout):
            held.append(line)
            continue
        if held:
            yield _paragraph(held, layout)
        held = [line]
    if held:
        yield _paragraph(held, layout)


def _joins(held: Sequence[Line], line: Line, layout: Layout) -> bool:
    """True where a line goes on with the paragraph above it."""
    last = held[-1]
    if line.whole or last.whole or line.marked.level is not None or held[0].marked.level is not None:
        return False
    above, below = last.text, line.text
    if below[0] in _GOES_ON:
        return True
    if _LABEL.match(below):
        return False
    if below[1:2] in ("，", "、", "；") and _HAN.match(below) and _is_open(above):
        return True
    if _ends_title(above, below):
        return False
    if layout.measure:
        return _joins_wrapped(held, line, layout)
    if above[-1] in _RUNS_ON:
        return line.gap > 0 or layout.spaced or (last.width >= _LONG and _NAMED.match(below) is None)
    if not _is_open(above):
        return False
    if line.gap == 0 and not line.page:
        return layout.spaced and last.width >= 44 and _has_clause(above + below)
    text = "".join(part.text for part in held)
    if _is_dated(below) or line.gap > 3:
        return False
    if len(text) >= _LONG and _has_clause(text):
        return True
    return _is_inside(text) or _cuts_word(text, below, layout)


def _is_signature(held: Sequence[Line], line: Line, layout: Layout) -> bool:
    """True for a line above the date that may name the issuer: short, behind a sentence that has ended."""
    short = bool(layout.measure) and line.width < 0.8 * layout.measure
    return bool(held) and short and _is_done(held[-1].text) and _is_open(line.text) and not _has_clause(line.text)


def _joins_wrapped(held: Sequence[Line], line: Line, layout: Layout) -> bool:
    last = held[-1]
    above = last.text
    if line.indent > 8:
        return False
    full = last.width >= layout.measure - max(8, layout.measure // 7) or (
        last.width >= layout.measure * 0.75
        and not _is_done(above)
        and any(abs(last.width - other.width) <= 2 for other in (line, *held[-2:-1]))
    )
    if above[-1] in _RUNS_ON and (full or line.page) and line.indent <= 4:
        return True
    if not full and not (last.width >= layout.measure * 0.6 and _is_inside(above)):
        return False
    if line.gap > (3 if line.page else 1):
        return False
    if layout.indented:
        return line.indent < 2 or (line.indent <= 1 + min(part.indent for part in held) and not _is_done(above))
    if line.indent > 6 and line.indent > last.indent + 2:
        return False
    if not _is_done(above):
        return True
    if above[-1] in "：:":
        return _is_inside("".join(part.text for part in held))
    first = layout.measure - 6 <= line.width <= layout.measure - 3
    return not first


def _ends_title(above: str, below: str) -> bool:
    """True where the title of a notice stands above its number or its addressees."""
    return _ENDS_TITLE.search(above) is not None and (
        below[-1] in "：:" or _DOCUMENT_NUMBER.fullmatch(below) is not None
    )


def _is_done(text: str) -> bool:
    """True where a sentence ends: a final mark, closing quotes and brackets behind it not counted."""
    return text.rstrip(_CLOSING)[-1:] in tuple(_FINAL)


def _is_open(text: str) -> bool:
    """True where a text stops in the middle of a sentence, as far as its last character shows."""
    return text[-1] not in _FINAL and text[-1] not in _CLOSING


def _has_clause(text: str) -> bool:
    return any(mark in text for mark in "，,。；")


def _is_dated(text: str) -> bool:
    """True for a line that is only a date, as below a signature."""
    return (
        re.fullmatch(
            r"[（(]?[\d〇○零一二三四五六七八九十]{4}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日[）)]?",
            text,
        )
        is not None
    )


def _is_inside(text: str) -> bool:
    """True where a bracket or quote is still open."""
    return is_inside(text, max(0, len(text) - 60), len(text), WRITTEN)


def _cuts_word(above: str, below: str, layout: Layout) -> bool:
    """True where the last character of a short text and the first of the next belong together, as the file itself shows.

    They do where the second rarely stands elsewhere than behind the first.
    """
    a, b = above[-1], below[0]
    if not (_HAN.match(a) and _HAN.match(b)) or len(below) < _LONG or _LABEL.match(above):
        return False
    pairs = layout.pairs
    together = pairs[a + b]
    if together < 2 or together * 2 < pairs[b]:
        return False
    return not any(pairs[mark + b] for mark in "，。、；：")


def _paragraph(held: Sequence[Line], layout: Layout) -> Paragraph:
    pieces: list[tuple[str, bool]] = []
    for number, line in enumerate(held):
        own = list(line.marked.pieces)
        if number and pieces and own and pieces[-1][0][-1:].isascii() and own[0][0][:1].isascii():
            left, right = pieces[-1][0].rstrip(), own[0][0].lstrip()
            if left[-1:].isalpha() and right[:1].isalpha():
                pieces.append((" ", own[0][1]))
        pieces += [(text.strip() if len(own) == 1 else text, bold) for text, bold in own]
    if len(pieces) == 1 and not pieces[0][1]:
        text, ends = held[0].text, [len(held[0].text)]
    else:
        text, ends = clean_pieces([piece for piece, _ in pieces])
    spans: list[Span] = []
    start = 0
    if any(bold for _, bold in pieces):
        for (_, bold), end in zip(pieces, ends, strict=True):
            if end > start:
                if spans and spans[-1].bold == bold:
                    spans[-1] = Span(spans[-1].start, end, bold)
                else:
                    spans.append(Span(start, end, bold))
            start = end
    return Paragraph(
        text,
        spans=tuple(spans),
        alignment=_alignment(held, layout),
        outline_level=held[0].marked.level,
        indent=held[0].indent / 2 if held[0].indent else None,
    )


def _alignment(held: Sequence[Line], layout: Layout) -> Alignment | None:
    """Where the line stands on a page that was set with blanks; None where that cannot be told."""
    line = held[0]
    if not layout.measure or len(held) > 1 or line.indent < 8:
        return None
    right = layout.measure - line.width
    if abs(right - line.indent) <= 6:
        return "center"
    return "right" if right < line.indent else None
