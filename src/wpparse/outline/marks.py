"""Marks: what a line says by its own words that it is, before anything is known about the lines around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from wpparse.grammar import Grammar
from wpparse.grammar.match import Hit
from wpparse.outline.labels import LabelReader
from wpparse.outline.lines import Label, Line

_LONGEST = 320
"""A longer line is running text and is not asked for marks (a list of attachments or of copies may be that long)."""

_KEYED = re.compile("[^：:。，]{2,8}[：:]")
_LONGEST_TITLE = 40
"""A longer line with a full stop in it is a sentence: only a list or a note on publicity may look so."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a line may be by itself: the kind of the rule that matched, and its match."""

    kind: str
    hit: Hit


@dataclass(slots=True)
class Marked:
    """A line with its mark and the labels that it may begin with."""

    line: Line
    mark: Mark | None
    labels: tuple[Label, ...]

    @property
    def kind(self) -> str | None:
        """The kind of the mark."""
        return None if self.mark is None else self.mark.kind

    @property
    def text(self) -> str:
        """The line's text."""
        return self.line.text

    @property
    def table(self) -> bool:
        """True for a table block."""
        return self.line.paragraph is None


class MarkReader:
    """Marks lines. Made once for each grammar."""

    def __init__(self, grammar: Grammar) -> None:
        lines, header = grammar.rules("line"), grammar.rules("header")
        self._labels = grammar.made(LabelReader)
        self._contents = lines.of_kind("contents")
        self._alone = lines.of_kind("furniture", "annex")
        self._sentence = header.of_kind("attachments", "copied_to", "disclosure")
        self._header = header.of_kind(
            "document_number", "red_head", "masthead", "issue_date", "signature", "disclosure", "attachments", "copied_to",
            "printing", "title",
        )  # fmt: skip

    def read(self, lines: Sequence[Line]) -> list[Marked]:
        """All lines with their marks."""
        return [self._marked(line) for line in lines]

    def _marked(self, line: Line) -> Marked:
        text = line.text
        labels = self._labels.read(line) if text else ()
        if not text or len(text) > _LONGEST:
            return Marked(line, None, labels)
        if len(text) > _LONGEST_TITLE and "。" in text and not _KEYED.match(text):
            hit = self._sentence.match(text)
            return Marked(line, None if hit is None else Mark(hit.rule.kind, hit), labels)
        hit = self._contents.match(text)
        if hit is None and not any(not label.doubt for label in labels):
            hit = self._alone.match(text) or self._header.match(text)
        if hit is None or (labels and hit.rule.kind in ("title", "signature")):
            return Marked(line, None, labels)
        return Marked(line, Mark(hit.rule.kind, hit), ())
