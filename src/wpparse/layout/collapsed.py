"""Texts whose line ends were lost: a whole circular in one line.

Where a line end was, there is a run of blanks, a single blank beside Chinese writing, or nothing at all. Blanks are
cut where the text before them ends or the text behind them begins like a paragraph; where nothing is left, the numbers
of the items show the way: they follow one another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from wpparse.brackets import CLOSING, OPENING, WRITTEN, body, closing, opening
from wpparse.enumerators import LABEL, MARK, NUMERAL, RULES
from wpparse.numerals import parse_number

MIN_LENGTH = 600
"""Characters of a line that may hold a whole circular."""

_LEAST = 300
"""Characters of a line that may hold a whole short circular, where it is most of the file."""

_BACK = 400
"""Characters before a blank that are looked at."""
_RUN = re.compile(r"[ \t\u00a0\u2002\u2003\u3000]+")
_STRONG = re.compile(r"[\u2002\u2003\u3000]{2}|[ \t\u00a0\u3000]{2,}|\t|\u00a0")
_FINAL = re.compile(rf"[。！？；：:;]['\"{body(closing(WRITTEN))}]*\Z|{CLOSING}\Z")
_LABEL = re.compile(
    rf"(?P<han>{NUMERAL}){MARK}(?=\D)|{OPENING}(?P<bracket>{NUMERAL}){CLOSING}"
    rf"|(?P<number>\d{{1,2}}){MARK}(?![\d.])|第(?P<article>{NUMERAL}){RULES}\s?"
)
_STARTS = re.compile(
    rf"(?:{LABEL.pattern}"
    r"|附\s*件|附[:：]|抄送|[（(](?:此件|本文|公开)|\d{4}年\d{1,2}月\d{1,2}日)"
)
_PRINTED = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日\s*印发")
_COLON = re.compile(r"[^。：:]{6,300}[：:](?=[\u4e00-\u9fff《])")
_SIGNATURE = re.compile(
    r"(?<=[。）)a-zA-Z])[\u3400-\u9fff]{4,40}(?P<date>[12]\d{3}年\d{1,2}月\d{1,2}日)(?![前后起至内止以之印、，,到—-])"
    r"(?:[（(][^（()）]{4,120}[）)])?"
)
_GOES_ON = tuple("》〉”，。；：、,.")
_QUOTED = re.compile(r"《([^《》]{8,60})》")
_HAN = re.compile(r"[\u3400-\u9fff“”《》（）〔〕【】、，。：；]")
_OPENERS, _CLOSERS = opening(WRITTEN), closing(WRITTEN)


def is_collapsed(lines: list[str]) -> bool:
    """True where one line holds most of a long text."""
    longest = max(map(len, lines), default=0)
    return longest >= _LEAST and longest >= 0.7 * sum(map(len, lines))


def cut(line: str) -> list[str]:
    """The paragraphs of one long line."""
    pieces = list(_cut_at_blanks(line.strip()))
    out: list[str] = []
    for piece in pieces:
        if len(piece) < (MIN_LENGTH if len(pieces) > 1 else _LEAST):
            out.append(piece)
            continue
        for part in _cut_at_parts(piece):
            out += _cut_at_labels(part)
    return [piece for piece in out if piece.strip()]


def _cut_at_blanks(line: str) -> Iterator[str]:
    strong = sum(1 for _ in _STRONG.finditer(line)) >= 5
    begin = 0
    depth = 0
    position = 0
    for match in _RUN.finditer(line):
        depth = _depth(line, position, match.start(), depth)
        position = match.end()
        if _is_boundary(line, begin, match, strong, depth):
            yield line[begin : match.start()]
            begin = match.end()
            depth = 0
    yield line[begin:]


def _depth(line: str, start: int, end: int, depth: int) -> int:
    for c in line[start:end]:
        if c in _OPENERS:
            depth += 1
        elif c in _CLOSERS and depth:
            depth -= 1
    return depth


def _is_boundary(line: str, begin: int, match: re.Match[str], strong: bool, depth: int) -> bool:
    if match.start() == begin or match.end() >= len(line):
        return True
    if _STRONG.search(match.group()):
        return True
    before = line[max(begin, match.start() - _BACK) : match.start()]
    after = line[match.end() : match.end() + 24]
    if not (_HAN.match(before[-1]) or _HAN.match(after[0]) or _LABEL.match(after)):
        return False
    if _PRINTED.match(after):
        return False
    if _LABEL.match(after) and not _is_quoted(before):
        return True  # also where a bracket was never closed
    if _FINAL.search(before) or _STARTS.match(after):
        return not depth or before[-1] in "。；"
    if depth:
        return False
    if before[-1] in "，、,":
        return not strong and len(before) < 40
    following = _RUN.split(line[match.end() : match.end() + 80])[0]
    if len(before.split()[-1]) < 2 or len(following) < 2:
        return False
    if before[-1].isdigit() or following[0].isdigit():
        return not strong and not _has_sentence(before) and len(before) >= 4 and not before[-1].isdigit()
    return not _has_sentence(before) and (not strong or len(before) >= 8)


def _is_quoted(text: str) -> bool:
    """True inside a title or a quotation."""
    return text.count("《") > text.count("》") or text.count("“") > text.count("”")


def _has_sentence(text: str) -> bool:
    return "。" in text or "，" in text[-40:]


def _cut_at_parts(text: str) -> list[str]:
    """Cut where the parts of a circular meet: behind the addressees, around signature and date, around a title.

    A title is known by being quoted in the same text.
    """
    cuts: set[int] = set()
    colon = _COLON.match(text)
    if colon is not None:
        cuts.add(colon.end())
    for match in _SIGNATURE.finditer(text):
        cuts.update((match.start(), match.start("date"), match.end("date"), match.end()))
    for title in {match.group(1) for match in _QUOTED.finditer(text)}:
        for match in re.finditer(re.escape(title), text):
            begins = match.start() in cuts or text[match.start() - 1 : match.start()] in ("。", "）", ")")
            if begins and text[match.end() : match.end() + 1] not in _GOES_ON:
                cuts.update(match.span())
    edges = [0, *sorted(cut for cut in cuts if 0 < cut < len(text)), len(text)]
    return [text[a:b] for a, b in pairwise(edges)]


def _cut_at_labels(text: str) -> list[str]:
    """Cut before the numbers that follow one another, each kind of number on its own."""
    last: dict[str, int] = {}
    cuts: list[int] = []
    for match in _LABEL.finditer(text):
        kind = str(match.lastgroup)
        value = parse_number(match.group(kind))
        if value is None:
            continue
        before = text[: match.start()].rstrip()
        ended = not before or _FINAL.search(before[-4:]) is not None
        if value == 1:
            if not ended and not _after_heading(text, cuts, match.start()):
                continue
        elif value != last.get(kind, 0) + 1:
            continue
        if not ended and _is_inside(text, cuts, match.start()):
            continue
        last[kind] = value
        cuts.append(match.start())
    edges = [0, *(cut for cut in cuts if cut), len(text)]
    return [text[a:b].strip() for a, b in pairwise(edges)]


def _after_heading(text: str, cuts: list[int], position: int) -> bool:
    """True where only a short heading without a sentence stands between the last cut and here."""
    if not cuts:
        return False
    between = text[cuts[-1] : position]
    return len(between) <= 45 and "。" not in between


def _is_inside(text: str, cuts: list[int], position: int) -> bool:
    start = cuts[-1] if cuts else max(0, position - 200)
    return _depth(text, start, position, 0) > 0
