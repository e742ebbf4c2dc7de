"""From lines to paragraphs: by indent, line end and punctuation, over page breaks too."""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from wpparse.blocks import Alignment, Doubt, Paragraph, Span
from wpparse.brackets import WRITTEN, body, closing, opening
from wpparse.enumerators import COUNTED, DIGITS, LABEL, MARK
from wpparse.layout.lines import Line
from wpparse.numerals import parse_number
from wpparse.page import Style
from wpparse.text import CJK, clean, clean_pieces

_CLOSES = body(closing(WRITTEN))
_ENDS = re.compile(rf"[。；！？!?;：:…][{_CLOSES}]*$")
"""A sentence or a lead-in ends here."""
_SENTENCE = re.compile(rf"[。；！？!?;][{_CLOSES}]*$")
_ITEM = re.compile(rf"{LABEL.pattern}|附件\d{{0,2}}[:：]?")
"""A line that may open an item of its own."""
_ANNEX_LABEL = re.compile(rf"附件\s*[{DIGITS}\d]{{0,2}}[:：]?")
"""The label above an annex's title (GB/T 9704, 7.3.6): always a line of its own."""
_STARTS_NUMBERED = re.compile(rf"\d{{1,2}}{MARK}")
_NUMBER = re.compile(rf"\d+|[{DIGITS}]+")
_ANNEX_TITLE = re.compile(rf"(附件[:：])(?:\d{{1,2}}{MARK})?(?=.)")
_LATIN_END = re.compile(r"[A-Za-z][,.)]?$|[A-Za-z)\]]$")
_LATIN_START = re.compile(r"[A-Za-z(]")
_OPENS = body(opening(WRITTEN))
_UNBROKEN = re.compile(
    rf"(?=[A-Za-z0-9{_OPENS}])[{_OPENS}]*(?:[A-Za-z0-9.,%/:_-]+(?:[、，：）)]+[A-Za-z0-9.,%/:_-]+)*[{_OPENS}]*|.)"
)
"""What stands together at the start of a line: words and numbers with the marks between, brackets with what follows."""
_WIDE = re.compile(f"[{CJK}]")


@dataclass(frozen=True, slots=True)
class Measure:
    """The text area of a page: where full lines begin and end, and how body text is set."""

    left: float
    right: float
    size: float
    pitch: float
    """Distance of the baselines of two lines of one paragraph."""
    lines: int = 0
    """How many lines showed it."""


Marks: TypeAlias = "array[float]"
"""Where the lines of one page stand: :data:`_FIELDS` for each, one after the other."""
_FIELDS = 5
_SIZE, _LEFT, _RIGHT, _, _LENGTH = range(_FIELDS)


def marks_of(lines: Iterable[Line]) -> Marks:
    """What :func:`measure` needs to know of the lines of one page."""
    marks = array("d")
    for line in lines:
        marks.extend((line.size, line.x0, line.x1, line.y, len(line.text)))
    return marks


def measure(pages: Sequence[Marks]) -> Measure | None:
    """The text area that the lines of one page, or of pages of one size, show; None without lines."""
    sizes: Counter[float] = Counter()
    for marks in pages:
        for size, length in zip(marks[_SIZE::_FIELDS], marks[_LENGTH::_FIELDS], strict=True):
            sizes[size] += int(length)
    if not sizes:
        return None
    usual = sizes.most_common(1)[0][0] or 12.0
    lefts, rights = array("d"), array("d")
    steps: Counter[int] = Counter()
    for marks in pages:
        above: float | None = None
        for size, x0, x1, y, _ in zip(*(marks[field::_FIELDS] for field in range(_FIELDS)), strict=True):
            if abs(size - usual) > 0.12 * usual:
                continue
            lefts.append(x0)
            rights.append(x1)
            if above is not None and 0 < y - above < 4 * usual:
                steps[round(y - above)] += 1
            above = y
    left = min(_frequent(lefts, 3.0))
    # Hanging punctuation goes beyond the right margin; only where many lines end counts.
    right = max(_frequent(rights, 5.0))
    pitch = float(steps.most_common(1)[0][0]) if steps else 1.8 * usual
    return Measure(left, right, usual, pitch, len(lefts))


def _frequent(values: Iterable[float], step: float) -> list[float]:
    """The places where many of the values lie, one for each; the outermost value where they lie nowhere together."""
    ordered = sorted(values)
    groups: list[list[float]] = []
    for value in ordered:
        if groups and value - groups[-1][0] <= step:
            groups[-1].append(value)
        else:
            groups.append([value])
    often = [sum(group) / len(group) for group in groups if len(group) >= max(2, 0.1 * len(ordered))]
    return often or [ordered[0], ordered[-1]]


@dataclass(frozen=True, slots=True)
class PageLines:
    """The lines outside tables of a page of some size, and how far its tables reach (left and right, if any)."""

    number: int
    width: float
    height: float
    marks: Marks
    tables: tuple[float, float] | None = None


def page_areas(pages: Sequence[PageLines]) -> dict[int, Measure]:
    """The text area of each page; pages with few lines take that of their likes, or that of their tables."""
    groups: dict[tuple[int, int], list[tuple[PageLines, Measure | None]]] = defaultdict(list)
    for page in pages:
        groups[round(page.width / 8), round(page.height / 8)].append((page, measure([page.marks])))
    out: dict[int, Measure] = {}
    for group in groups.values():
        whole = measure([page.marks for page, _ in group])
        if whole is None:
            continue
        for page, own in group:
            area = _page_area(own or whole, whole, page.marks)
            if (
                not page.tables
                and area.right < page.width - area.left - 6 * area.size
                and not _ends_together(page, area)
            ):
                area = replace(area, right=page.width - area.left)  # only short lines: the margins are taken as equal
            if page.tables and len(page.marks) < 6 * _FIELDS and whole.lines < 12:
                area = replace(area, left=page.tables[0], right=page.tables[1])
            out[page.number] = area
    return out


def _ends_together(page: PageLines, area: Measure) -> bool:
    return sum(abs(x1 - area.right) <= 3.0 for x1 in page.marks[_RIGHT::_FIELDS]) >= 5 and not _exceeded(
        page.marks, area
    )


def _exceeded(marks: Marks, area: Measure) -> bool:
    """Whether lines go on beyond the place where many end: these are short lines of one length, and no margin is there.

    Hanging punctuation goes beyond a margin by one character; one line in a page of thirty may for other reasons.
    """
    ends = marks[_RIGHT::_FIELDS]
    at_right = sum(abs(x1 - area.right) <= 5.0 for x1 in ends)
    return 8 * sum(x1 > area.right + 2 * area.size for x1 in ends) >= max(at_right, 1)


def _page_area(own: Measure, whole: Measure, marks: Marks) -> Measure:
    """What a page shows by itself where enough of its lines show it, else what all pages of its size show."""
    alike = abs(own.size - whole.size) <= 0.12 * whole.size
    at_left = sum(abs(x0 - own.left) <= 3.0 for x0 in marks[_LEFT::_FIELDS])
    at_right = sum(abs(x1 - own.right) <= 5.0 for x1 in marks[_RIGHT::_FIELDS])
    left = own.left if at_left >= 3 or abs(own.left - whole.left) <= 0.3 * own.size else whole.left
    shown = at_right >= 3 and not _exceeded(marks, own)
    right = own.right if shown or own.right > whole.right else whole.right
    if right < whole.right - 2 * own.size and own.left < whole.left + 2 * own.size:
        right = whole.right
    return Measure(
        left, right, own.size if own.lines >= 4 else whole.size, own.pitch if own.lines >= 6 or not alike else whole.pitch,
        own.lines,
    )  # fmt: skip


def make_paragraphs(lines: Sequence[Line], areas: Sequence[Measure]) -> list[list[Line]]:
    """Group lines in reading order, ``areas`` holding for each the text area of its page."""
    groups: list[list[Line]] = []
    for index, line in enumerate(lines):
        if groups and _continues(groups[-1], line, areas[index - 1], areas[index]):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _continues(group: list[Line], line: Line, above: Measure, area: Measure) -> bool:
    last = group[-1]
    size = max(last.size, line.size)
    if last.beside or line.beside or _ANNEX_LABEL.fullmatch(last.text) or _ANNEX_LABEL.fullmatch(line.text):
        return False
    if abs(last.size - line.size) > 0.18 * size and min(len(last.text), len(line.text)) > 3:
        return False
    if line.page == last.page:
        distance = line.y - last.y
        if distance <= 0.5 * size or distance > 1.55 * max(area.pitch, 1.25 * size):
            return False
    elif line.page != last.page + 1:
        return False
    if alignment(last, above) in ("center", "right") or alignment(line, area) in ("center", "right"):
        return False
    indent = (line.x0 - area.left) / area.size
    if _counts_on(group[0], last, line, above) and indent <= 0.3:
        return True
    if _is_next_item(group[0].text, line.text):
        return False
    opens = _ITEM.match(line.text) is not None
    if not opens and len(group) == 1 and _hangs(last, line):
        return True
    if not is_full(last, line, above):
        return False
    if opens and _ENDS.search(last.text):
        return False
    if indent <= 0.8:
        # Flush left, as the lines of a paragraph are, or a text that indents nothing.
        return not (_SENTENCE.search(last.text) and opens)
    start = (group[0].x0 - (above.left if len(group) == 1 else area.left)) / area.size
    if opens or _SENTENCE.search(last.text):
        return False
    # A hanging indent: continued lines stand where the first one's text stands, or deeper than its start.
    if len(group) > 1 and group[-1].page == line.page:
        return abs(line.x0 - last.x0) <= 0.8 * size
    return start + 0.7 <= indent <= start + 6.5 and not 1.5 <= indent <= 2.5


def _counts_on(first: Line, last: Line, line: Line, area: Measure) -> bool:
    """Whether 一是… goes on with a paragraph whose first line is indented: a paragraph of its own would be as well."""
    indented = 1.5 <= (first.x0 - area.left) / area.size <= 2.5 and first is not last
    return indented and COUNTED.match(line.text) is not None and area.right - last.x1 <= 4.0 * last.size


def _hangs(first: Line, line: Line) -> bool:
    """Whether a line stands below the title behind 附件：, as the rest of the title does (GB/T 9704, 7.3.4)."""
    match = _ANNEX_TITLE.match(first.text)
    if match is None or first.page != line.page or _STARTS_NUMBERED.match(line.text):
        return False
    starts = (match.end(1), match.end())
    return any(
        abs(first.x0 + sum(_width(char, first.size) for char in first.text[:start]) - line.x0) <= 0.3 * line.size
        for start in starts
    )


def _width(char: str, size: float) -> float:
    return size if ord(char) > 0x2000 else 0.55 * size


def _is_next_item(first: str, text: str) -> bool:
    """Whether a line begins with the number that follows the one with which the paragraph begins."""
    following = _numbered(text)
    own = _numbered(first) if following else None
    return own is not None and following == (own[0], own[1] + 1)


def _numbered(text: str) -> tuple[str, int] | None:
    """The shape of the label with which a text begins, and its last number; None for members of a list in running text."""
    label = LABEL.match(text)
    numbers = list(_NUMBER.finditer(label[0])) if label and not COUNTED.match(text) else []
    value = parse_number(numbers[-1][0]) if numbers else None
    if label is None or value is None:
        return None
    return label[0][: numbers[-1].start()] + label[0][numbers[-1].end() :], value


def is_full(line: Line, following: Line, area: Measure) -> bool:
    """Whether the line ends where the text area does, so that the text goes on in the next line."""
    slack = area.right - line.x1
    if slack <= 1.3 * line.size:
        return True
    if _ITEM.match(following.text):
        return False
    # What may not be broken and did not fit has left a larger gap.
    match = _UNBROKEN.match(following.text)
    word = sum(_width(char, line.size) for char in match.group()) if match else 0.0
    if slack <= 0.4 * line.size + word:
        return True
    # Where paragraphs are indented, a line that is not goes on even after an uneven line end.
    flush = abs(following.x0 - area.left) <= 0.6 * area.size
    return slack <= (4.0 if flush else 2.2) * line.size and not _ENDS.search(line.text)


def alignment(line: Line, area: Measure) -> Alignment | None:
    """``center`` or ``right`` where the line's place says so, else None."""
    size = line.size or area.size
    before, after = line.x0 - area.left, area.right - line.x1
    if _ENDS.search(line.text) and size <= 1.1 * area.size:
        return None
    large = size > 1.1 * area.size
    if abs(before - after) <= (1.6 if large else 1.2) * size and before > -1.5 * size:
        if large:
            return "center"
        if before > 2.6 * area.size:
            return "center"
        if before > 0.9 * area.size and not 1.5 <= before / area.size <= 2.5:
            return "center"
        return None
    width = area.right - area.left
    if before > 0.42 * width and after < 0.33 * width and line.x1 - line.x0 < 0.55 * width:
        return "right"
    return None


def build_paragraph(group: Sequence[Line], area: Measure) -> Paragraph | None:
    """A paragraph of the lines, with the look of its stretches; None where no text is left."""
    text, spans, doubts = join_lines(group)
    if not text:
        return None
    first = group[0]
    aligned = alignment(first, area) if len(group) == 1 else None
    indent = None if aligned else round((first.x0 - area.left) / (area.size or 1.0), 1)
    notes = tuple(note for line in group for note in line.notes)
    return Paragraph(text, spans=spans, alignment=aligned, page=first.page, doubts=doubts, notes=notes, indent=indent)


def join_lines(lines: Sequence[Line]) -> tuple[str, tuple[Span, ...], tuple[Doubt, ...]]:
    """The cleaned text of lines that follow one another, its looks and its doubtful stretches."""
    pieces: list[str] = []
    styles: list[Style] = []
    for line in lines:
        if pieces and needs_blank(pieces[-1], line.pieces[0][0]):
            pieces[-1] += " "
        for text, style in line.pieces:
            pieces.append(text)
            styles.append(style)
    text, ends = clean_pieces(pieces)
    spans: list[Span] = []
    start = 0
    for end, style in zip(ends, styles, strict=True):
        if end <= start:
            continue
        last = spans[-1] if spans else None
        if last and (last.bold, last.font, last.size, last.color) == (style.bold, style.font, style.size, style.color):
            spans[-1] = Span(last.start, end, last.bold, last.font, last.size, last.color)
        else:
            spans.append(Span(start, end, style.bold, style.font, style.size, style.color))
        start = end
    return text, tuple(spans), _doubts(lines, text)


def _doubts(lines: Sequence[Line], text: str) -> tuple[Doubt, ...]:
    out: list[Doubt] = []
    position = 0
    for line in lines:
        if not line.confidences:
            continue
        raw = "".join(piece for piece, _ in line.pieces)
        for char, confidence in zip(raw, line.confidences, strict=False):
            cleaned = clean(char)
            at = text.find(cleaned, position, position + 3) if cleaned else -1
            if at < 0:
                continue
            position = at + len(cleaned)
            if confidence < DOUBTFUL:
                if out and out[-1].end == at:
                    out[-1] = Doubt(out[-1].start, position, min(out[-1].confidence, confidence))
                else:
                    out.append(Doubt(at, position, confidence))
    return tuple(out)


DOUBTFUL = 0.8
"""A recognised character with a lower confidence is marked."""


def needs_blank(before: str, after: str) -> bool:
    """Whether two lines of one paragraph are joined with a blank: only between Latin words."""
    before, after = before.rstrip(), after.lstrip()
    return bool(_LATIN_END.search(before) and _LATIN_START.match(after))
