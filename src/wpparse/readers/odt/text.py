"""The text of one paragraph of an .odt, with its looks; a line break ends a line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from wpparse.blocks import Paragraph, Span
from wpparse.readers.odt.names import DRAW, OFFICE, TEXT
from wpparse.readers.odt.styles import Look, Styles
from wpparse.text import clean, clean_lines, clean_pieces

_MOST_BLANKS: Final = 200
_FRAMES: Final = (f"{DRAW}frame", f"{DRAW}custom-shape", f"{DRAW}rect", f"{DRAW}g", f"{DRAW}a")


@dataclass(slots=True)
class Line:
    """What stands on one line: pieces of text with their looks."""

    look: Look
    label: str | None = None
    level: int | None = None
    pieces: list[tuple[str, Look]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def paragraph(self) -> Paragraph | None:
        """The line as a block; None where it is empty."""
        text, ends = clean_pieces([piece for piece, _ in self.pieces])
        if not text:
            return None
        spans: list[Span] = []
        start = 0
        for (_, look), end in zip(self.pieces, ends, strict=True):
            if end == start:
                continue
            same = spans and (spans[-1].bold, spans[-1].font, spans[-1].size, spans[-1].color) == (
                look.bold, look.font, look.size, look.color,
            )  # fmt: skip
            begin = spans.pop().start if same else start
            spans.append(Span(begin, end, look.bold, look.font, look.size, look.color))
            start = end
        label = clean(self.label) if self.label else None
        return Paragraph(
            text, label or None, tuple(spans), self.look.alignment, self.level, notes=tuple(filter(None, self.notes))
        )


def read_lines(element: etree._Element, styles: Styles, label: str | None) -> tuple[list[Line], int]:
    """The lines of a paragraph, those of text boxes that hang on it first, and how many pictures it shows."""
    look = styles.look("paragraph", element.get(f"{TEXT}style-name"))
    level = element.get(f"{TEXT}outline-level", "") if element.tag == f"{TEXT}h" else ""
    line = Line(look, label, int(level) if level.isdecimal() and len(level) < 3 else None)
    lines = [line]
    boxes: list[Line] = []
    pictures = 0
    for text, shown, frame in _runs(element, styles, look):
        if frame is not None:
            if frame.tag == f"{TEXT}note":
                lines[-1].notes.append(_note(frame))
                continue
            host = _host(frame)
            box = [inner for inner in frame.iter(f"{TEXT}p", f"{TEXT}h") if _host(inner) is host]
            for inner in box:
                boxes += read_lines(inner, styles, None)[0]
            pictures += not box and next(frame.iter(f"{DRAW}image"), None) is not None
        elif text == "\n":
            lines.append(Line(look))
        elif not shown.hidden:
            lines[-1].pieces.append((text, shown))
    return [*boxes, *lines], pictures


def _host(element: etree._Element) -> etree._Element | None:
    """The paragraph that an element stands in."""
    return next(element.iterancestors(f"{TEXT}p", f"{TEXT}h"), None)


def _runs(element: etree._Element, styles: Styles, look: Look) -> Iterator[tuple[str, Look, etree._Element | None]]:
    """Pieces of text with their looks, in order; frames and notes as elements."""
    yield _blank(element.text), look, None
    for child in element:
        tag = child.tag
        if tag == f"{TEXT}s":
            count = child.get(f"{TEXT}c", "1")
            yield " " * min(int(count) if count.isdecimal() and len(count) < 6 else 1, _MOST_BLANKS), look, None
        elif tag == f"{TEXT}tab":
            yield "\t", look, None
        elif tag == f"{TEXT}line-break":
            yield "\n", look, None
        elif tag in _FRAMES or tag == f"{TEXT}note":
            yield "", look, child
        elif isinstance(tag, str) and not tag.startswith(OFFICE) and tag != f"{TEXT}hidden-text":
            inner = look
            if tag == f"{TEXT}span":
                inner = styles.look("text", child.get(f"{TEXT}style-name")).over(look)
            yield from _runs(child, styles, inner)
        yield _blank(child.tail), look, None


def _note(note: etree._Element) -> str:
    content = note.find(f"{TEXT}note-body")
    if content is None:
        return ""
    return clean_lines("\n".join("".join(map(str, one.itertext())) for one in content.iter(f"{TEXT}p")))


def _blank(text: str | None) -> str:
    return " ".join(text.splitlines()) if text and "\n" in text else text or ""
