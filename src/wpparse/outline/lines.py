"""The lines of a document: paragraphs, or stretches of one where several items stand in it."""

from __future__ import annotations

from dataclasses import dataclass

from wpparse.blocks import Document, Paragraph, Span
from wpparse.outline.tree import Part, Passage


@dataclass(frozen=True, slots=True)
class Label:
    """One reading of the beginning of a line; several may be possible (``1.2018年`` is ``1.``, not ``1.2``)."""

    text: str
    """As written."""
    end: int
    """Offset behind the label in the line's text; 0 for an automatic label."""
    scheme: str
    rank: float
    numbers: tuple[int, ...]
    separator: str
    doubt: bool
    """True where the form also stands in running text: the number must fit the outline."""
    rule: str

    @property
    def ordinal(self) -> int:
        """The last number: the place among the siblings."""
        return self.numbers[-1]


@dataclass(slots=True)
class Line:
    """One line of the page: ``block.text[start:start + len(text)]``; a table is a line without text."""

    block: int
    start: int
    text: str
    paragraph: Paragraph | None = None
    part: Part | None = None
    """Where the line was put; None as long as it is not known."""
    labels: tuple[Label, ...] | None = None
    """The labels that it may begin with, once they were looked for."""

    @property
    def end(self) -> int:
        """Offset in the block behind the line."""
        return self.start + len(self.text)

    @property
    def page(self) -> int | None:
        """The page on which the paragraph starts."""
        return self.paragraph.page if self.paragraph is not None else None

    @property
    def automatic(self) -> str | None:
        """The label that the word processor shows before the line."""
        if self.paragraph is None or self.start:
            return None
        return self.paragraph.label

    @property
    def centred(self) -> bool:
        """True where the format says that the line is centred."""
        return self.paragraph is not None and self.paragraph.alignment == "center"

    def passage(self, start: int = 0, end: int | None = None) -> Passage:
        """The passage of ``self.text[start:end]``, without white space around it."""
        stop = len(self.text) if end is None else end
        while start < stop and self.text[start].isspace():
            start += 1
        while stop > start and self.text[stop - 1].isspace():
            stop -= 1
        begin, finish = self.start + start, self.start + stop
        doubts = self.paragraph.doubts if self.paragraph is not None else ()
        confidences = [doubt.confidence for doubt in doubts if doubt.start < finish and begin < doubt.end]
        return Passage(self.text[start:stop], self.block, begin, self.page, confidence=min(confidences, default=None))

    def spans(self) -> list[Span]:
        """The spans of the paragraph that show something of this line, offsets counted in the line."""
        if self.paragraph is None:
            return []
        return [
            Span(max(span.start - self.start, 0), min(span.end, self.end) - self.start, span.bold, span.font, span.size)
            for span in self.paragraph.spans
            if span.start < self.end and self.start < span.end
        ]


def read_lines(document: Document) -> list[Line]:
    """One line for each block; where a paragraph holds several, it is cut up later."""
    return [
        Line(index, 0, block.text, block) if isinstance(block, Paragraph) else Line(index, 0, "", None)
        for index, block in enumerate(document.blocks)
    ]
