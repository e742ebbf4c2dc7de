"""A list of units cut into names, role words and stops."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from wpparse.brackets import ASIDE, BESIDE, CLOSING, OPENING, body, closing, opening
from wpparse.extract.parties.names import Names, names
from wpparse.grammar import Grammar, Hit

OPEN, CLOSE = opening(BESIDE), closing(BESIDE)
SEPARATORS = "、﹑，,；;。\n\t ①②③④⑤⑥⑦⑧⑨⑩"
TICKED = "☑☒✓✔√■🗹"
UNTICKED = "□☐▢"
"""Boxes in front of names to choose from: ``☑县水利局 □县交通局``."""
_STOPS = "；;。\n"
_BRACKETED_LINE = re.compile(rf"\n{OPENING}([^{body(ASIDE)}\n]{{2,7}}){CLOSING}(?=[\n、，；;]|$)")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece between separators, a role word, or a stop (；); ``before`` is the separator in front of a piece."""

    kind: str
    start: int
    end: int
    before: str = ""
    hit: Hit | None = None


class Tokens:
    """Cuts stretches of a text; ``roles`` are the role words in it."""

    def __init__(self, text: str, grammar: Grammar, roles: Sequence[Hit]) -> None:
        self._text = text
        self._grammar = grammar
        self._names: Names = names(grammar)
        self._hits = roles

    def read(self, start: int, end: int) -> tuple[list[Token], bool]:
        """The tokens of a stretch, and whether a sentence in it settles something for the whole circular."""
        gaps = [(hit.start, hit.end) for hit in self._grammar.rules("convention").scan(self._text, start, end)]
        return list(self._read(start, end, gaps)), bool(gaps)

    def _read(self, start: int, end: int, gaps: list[tuple[int, int]]) -> Iterator[Token]:
        text = self._text
        hits = iter(self._hits)
        hit = next(hits, None)
        depth = 0
        boxes, choosing = self._boxes(start, end)
        dropped = False
        begin = position = start
        before = ""
        while position < end:
            if gaps and position >= gaps[0][0]:
                yield from _piece(text, begin, position, before)
                begin = position = max(position, gaps.pop(0)[1])
                before = "。"
                yield Token("stop", position, position)
                continue
            while hit is not None and hit.start < position:
                hit = next(hits, None)
            char = text[position]
            if char in boxes and not depth:
                if not dropped:
                    yield from _piece(text, begin, position, before)
                dropped = choosing and char in UNTICKED
                begin = position = position + 1
                before = "、"
                continue
            if dropped:
                dropped = char not in _STOPS and (hit is None or hit.start != position)
                if dropped:
                    begin = position = position + 1
                    continue
            if hit is not None and hit.start == position and not depth:
                yield from _piece(text, begin, position, before)
                yield Token(str(hit.field("position")), hit.start, hit.end, before, hit)
                begin = position = max(hit.end, position + 1)
                before = ""
                continue
            if char in OPEN:
                depth += 1
            elif char in CLOSE:
                depth = max(0, depth - 1)
            elif not depth and char == "\n" and self._role_below(position, end):
                pass  # 县教育局 / （牵头）
            elif not depth and char in SEPARATORS:
                yield from _piece(text, begin, position, before)
                if char in _STOPS:
                    yield Token("stop", position, position + 1)
                before = char
                begin = position + 1
            position += 1
        yield from _piece(text, begin, end, before)

    def _boxes(self, start: int, end: int) -> tuple[str, bool]:
        """The boxes that part the names of a stretch, and whether they choose among them: ☐ does, □ beside a ticked one."""
        text = self._text[start:end]
        if not any(box in text for box in UNTICKED):
            return "", False
        return TICKED + UNTICKED, "☐" in text or any(box in text for box in TICKED)

    def _role_below(self, position: int, end: int) -> bool:
        """True where the next line is nothing but the role, in brackets, of the body on this one."""
        line = _BRACKETED_LINE.match(self._text, position, end)
        return line is not None and self._grammar.rules("role").fullmatch(line.group(1)) is not None

    def join(self, tokens: list[Token], lines: bool) -> Iterator[Token]:
        """Puts enumerations together again whose members are no names by themselves and, with ``lines``, names cut by a
        line end."""
        index = 0
        while index < len(tokens):
            token = tokens[index]
            if token.kind == "piece":
                last = index
                words = self._text[token.start : token.end]
                if lines:
                    while last + 2 < len(tokens) and self._cut_by_line(tokens, last):
                        last += 2
                if self._names.may_be_joint(words):
                    stop = last
                    while (
                        stop + 1 < len(tokens) and tokens[stop + 1].kind == "piece" and tokens[stop + 1].before == "、"
                    ):
                        stop += 1
                    if stop > last:
                        begun = self._names.joint_start(self._text, token.start, token.end, tokens[stop].end)
                        if begun is not None:
                            yield replace(token, end=begun[0])
                            token = replace(token, start=begun[1], before="、")
                    while stop > last and not self._names.is_joint(self._text[token.start : tokens[stop].end]):
                        cut = self._names.joint_end(self._text, token.start, tokens[stop].start, tokens[stop].end)
                        if cut is not None:
                            yield replace(token, end=cut[0])
                            token = replace(tokens[stop], start=cut[1], before="、")
                            break
                        stop -= 1
                    last = stop
                if last > index:
                    token = replace(token, end=tokens[last].end)
                index = last
            yield token
            index += 1

    def _cut_by_line(self, tokens: list[Token], index: int) -> bool:
        """True where a line end stands inside a name: the words before it name nobody, with those behind it they do."""
        stop, after = tokens[index + 1], tokens[index + 2]
        if stop.kind != "stop" or self._text[stop.start] != "\n" or after.kind != "piece":
            return False
        head = self._text[tokens[index].start : tokens[index].end]
        tail = self._text[after.start : after.end]
        if (
            "\n" in head
            or self._names.is_body(head)
            or tail.startswith(self._names.each)
            or not self._names.is_body(head + tail)
        ):
            return False
        return not (self._names.is_generic(head) and self._names.is_body(tail))


def _piece(text: str, start: int, end: int, before: str) -> Iterator[Token]:
    if text[start:end].strip():
        yield Token("piece", start, end, before)
