"""Elements of a page → paragraphs and tables, in the order in which the page shows them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote, urlsplit

from lxml import etree

from wpparse.blocks import Alignment, Block, Paragraph, Span
from wpparse.errors import TooLarge
from wpparse.numerals import to_chinese
from wpparse.readers.html.looks import BLOCK_TAGS, Look, alignment, is_hidden, look
from wpparse.readers.html.sites import sites
from wpparse.readers.html.tables import is_grid, read_grid
from wpparse.text import clean_pieces

MAX_BLOCKS: Final = 100_000
_SPACES: Final = "\t\n\r\f"
_TO_BLANK: Final = str.maketrans(dict.fromkeys(_SPACES, " "))
_MOST_NUMBER: Final = 9_999
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_CJK_LISTS: Final = ("cjk-ideographic", "simp-chinese", "trad-chinese", "cjk-decimal", "japanese")


@dataclass(slots=True)
class Flow:
    """What was found in one or several elements of a page."""

    blocks: list[Block] = field(default_factory=list)
    pictures: int = 0
    files: list[str] = field(default_factory=list)
    """Names of the files that the text links to."""


@dataclass(slots=True)
class _Open:
    """An element that has begun and not ended."""

    element: etree._Element
    look: Look
    alignment: Alignment | None
    level: int | None
    pre: bool


class FlowReader:
    """Reads elements one after the other into a :class:`Flow`; deep nesting is no recursion."""

    def __init__(self) -> None:
        self.flow = Flow()
        self._pieces: list[tuple[str, Look]] = []
        self._alignment: Alignment | None = None
        self._level: int | None = None
        self._label: str | None = None
        self._counters: list[tuple[etree._Element, int, str]] = []

    def read(self, root: etree._Element) -> Flow:
        """Add what stands in an element."""
        opened: list[_Open] = []
        walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        skipped: etree._Element | None = None
        for event, element in walker:
            if event in ("comment", "pi"):
                if element is not root and opened and skipped is None:
                    self._text(element.tail, opened[-1])
                continue
            if event == "start":
                if skipped is not None:
                    continue
                if is_hidden(element) and element is not root:
                    skipped = element
                elif element.tag == "table" and is_grid(element):
                    self._end_line()
                    self._files(element)
                    self._add(read_grid(element))
                    skipped = element
                else:
                    opened.append(self._begin(element, opened[-1] if opened else None))
                continue
            if skipped is not None:
                if element is not skipped:
                    continue
                skipped = None
            else:
                self._finish(opened.pop())
            if opened and element is not root:
                self._text(element.tail, opened[-1])
        self._end_line()
        return self.flow

    def _begin(self, element: etree._Element, around: _Open | None) -> _Open:
        tag = element.tag
        if tag == "br":
            self._end_line()
        elif tag == "img":
            self.flow.pictures += 1
        elif tag == "a":
            self._file(element)
        elif tag in ("ol", "ul"):
            start = element.get("start", "1")
            kind = f"{element.get('type', '')} {element.get('style', '')}" if tag == "ol" else "none"
            self._counters.append((element, int(start) if start.isdecimal() and len(start) < 4 else 1, kind))
        style = element.get("style") or ""
        now = _Open(
            element,
            look(element, around.look if around is not None else Look()),
            alignment(element) or (around.alignment if around is not None else None),
            _HEADINGS.get(tag) or (around.level if around is not None else None),
            tag == "pre" or "pre-wrap" in style or "pre-line" in style or (around is not None and around.pre),
        )
        if tag in BLOCK_TAGS:
            self._end_line()
            if tag == "li":
                self._label = self._next_label(element)
        self._text(element.text, now)
        return now

    def _finish(self, ended: _Open) -> None:
        if ended.element.tag in BLOCK_TAGS:
            self._end_line()
            if ended.element.tag == "li":
                self._label = None
        if self._counters and self._counters[-1][0] is ended.element:
            self._counters.pop()

    def _text(self, text: str | None, inside: _Open) -> None:
        if not text:
            return
        if inside.pre and "\n" in text:
            for number, line in enumerate(text.splitlines()):
                if number:
                    self._end_line()
                self._piece(line, inside)
            return
        self._piece(text.translate(_TO_BLANK), inside)

    def _piece(self, text: str, inside: _Open) -> None:
        if not self._pieces:
            if not text.strip():
                return
            self._alignment, self._level = inside.alignment, inside.level
        self._pieces.append((text, inside.look))

    def _end_line(self) -> None:
        if not self._pieces:
            return
        text, ends = clean_pieces([piece for piece, _ in self._pieces])
        if text:
            spans = _spans([look for _, look in self._pieces], ends)
            self._add(Paragraph(text, self._label, spans, self._alignment, self._level))
            self._label = None
        self._pieces = []

    def _add(self, block: Block | None) -> None:
        if block is None:
            return
        if len(self.flow.blocks) >= MAX_BLOCKS:
            raise TooLarge(detail=f"> {MAX_BLOCKS}")
        self.flow.blocks.append(block)

    def _next_label(self, element: etree._Element) -> str | None:
        """The number that a browser shows before an item of an ordered list."""
        if not self._counters:
            return None
        owner, number, kind = self._counters.pop()
        value = element.get("value", "")
        if value.isdecimal() and len(value) < 4:
            number = int(value)
        self._counters.append((owner, number + 1, kind))
        if "none" in kind:
            return None
        if number <= _MOST_NUMBER and any(name in kind for name in _CJK_LISTS):
            return f"{to_chinese(number)}、"
        letter = kind[:1]
        if letter in ("a", "A") and number <= 26:
            return chr(ord(letter) + number - 1) + "."
        return f"{number}."

    def _files(self, element: etree._Element) -> None:
        for link in element.iter("a"):
            self._file(link)

    def _file(self, link: etree._Element) -> None:
        name = file_name(link)
        if name and name not in self.flow.files:
            self.flow.files.append(name)


def file_name(link: etree._Element) -> str | None:
    """The name of the file that a link offers, as the page calls it; None where it leads to another page."""
    endings = sites().files
    try:
        path = unquote(urlsplit(link.get("href", "")[:2000]).path)
    except ValueError:
        return None
    shown = " ".join("".join(_words(link)).split())[:120]
    for name in (link.get("download", ""), link.get("title", ""), path):
        if name.lower().endswith(endings):
            return shown or posixpath.basename(name)
    return shown if shown.lower().endswith(endings) else None


def _words(element: etree._Element) -> Iterator[str]:
    return (str(text) for text in element.itertext())


def _spans(looks: list[Look], ends: list[int]) -> tuple[Span, ...]:
    spans: list[Span] = []
    start = 0
    for shown, end in zip(looks, ends, strict=True):
        if end == start:
            continue
        if spans and (spans[-1].bold, spans[-1].font, spans[-1].size, spans[-1].color) == (
            shown.bold, shown.font, shown.size, shown.color,
        ):  # fmt: skip
            spans[-1] = Span(spans[-1].start, end, shown.bold, shown.font, shown.size, shown.color)
        else:
            spans.append(Span(start, end, shown.bold, shown.font, shown.size, shown.color))
        start = end
    return tuple(spans)
