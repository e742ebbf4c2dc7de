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
from wpparse.layout.grids.words import Words
from wpparse.numerals import parse_number

MIN_LENGTH = 600
"""Characters of a line that may hold a whole circular."""

_LEAST = 300
"""Characters of a line that may hold a whole short circular, where it is most of the file."""

_SHORT = 100
"""The same where it has items that are numbered: a heading, a sentence and two items have about so many."""
_ITEMS = 3
_NAMED = re.compile(r"([\u3400-\u9fff]{3,})[：:]")
_LONGEST_NAME, _SHORTEST_NAME = 6, 3
"""Characters of such names: 整改完成时限, 责任人."""
_ANSWERS = frozenset({"lead", "support", "responsible", "leader", "deadline"})
_LONGEST_LABEL = 8
_SURE = 3
"""Labels of chapters that follow one another: so many stand in no sentence."""
_HEADING = 45
"""Characters of a heading above the first of its items; the longest of the seeds has 41."""
_BACK = 400
"""Characters before a blank that are looked at."""
_RUN = re.compile(r"[ \t\u00a0\u2002\u2003\u3000]+")
_STRONG = re.compile(r"[\u2002\u2003\u3000]{2}|[ \t\u00a0\u3000]{2,}|\t|\u00a0")
_FINAL = re.compile(rf"[。！？；：:;]['\"{body(closing(WRITTEN))}]*\Z|{CLOSING}\Z")
_LABEL = re.compile(
    rf"(?P<han>{NUMERAL}){MARK}(?=\D)|{OPENING}(?P<bracket>{NUMERAL}){CLOSING}"
    rf"|(?P<number>\d{{1,2}}){MARK}(?![\d.])|{OPENING}(?P<small>\d{{1,2}}){CLOSING}|第(?P<article>{NUMERAL}){RULES}\s?"
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
    if longest < _SHORT or longest < 0.7 * sum(map(len, lines)):
        return False
    return longest >= _LEAST or len(_cut_at_labels(max(lines, key=len))) > _ITEMS


def cut(line: str, words: Words) -> list[str]:
    """The paragraphs of one long line; ``words`` knows what says who answers, and by when (责任单位：…)."""
    pieces = list(_cut_at_blanks(line.strip()))
    out: list[str] = []
    for piece in pieces:
        if len(piece) < (MIN_LENGTH if 2 * len(piece) < len(line) else _SHORT):
            out.append(piece)
            continue
        for part in _cut_at_parts(piece):
            for item in _cut_at_labels(part):
                out += _cut_at_names(item, words)
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
    before = line[max(begin, match.start() - _BACK) : match.start()]
    if any(label.end() == len(before) for label in _LABEL.finditer(before, max(0, len(before) - _LONGEST_LABEL))):
        return False
    if _STRONG.search(match.group()):
        return True
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
    if colon is not None and not _LABEL.search(colon.group()):
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
    """Cut before the numbers that follow one another, each kind of number within the item of the kind above it."""
    edges = [0, *sorted(cut for cut in _label_cuts(text, 0, len(text), {}) if cut), len(text)]
    return [text[a:b].strip() for a, b in pairwise(edges)]


def _cut_at_names(text: str, words: Words) -> list[str]:
    """Cut before what names who answers, or by when, outside of brackets."""
    cuts: list[int] = []
    for match in _NAMED.finditer(text):
        run = match.group(1)
        for length in range(min(len(run), _LONGEST_NAME), _SHORTEST_NAME - 1, -1):
            if words.column(run[-length:]) in _ANSWERS:
                begin = match.end(1) - length
                if begin and not _is_within(text, 0, begin):
                    cuts.append(begin)
                break
    edges = [0, *cuts, len(text)]
    return [text[a:b] for a, b in pairwise(edges)]


def _label_cuts(text: str, start: int, end: int, last: dict[str, int], above: tuple[str, ...] = ()) -> list[int]:
    """Where items begin in ``text[start:end]``: those of the kind of number that begins there first, and what is in them.

    ``last`` are the last numbers of each kind: some count on through all chapters. ``above`` are the kinds of the items around.
    """
    labels = [
        (match.start(), match.end(), _kind(match), value)
        for match in _LABEL.finditer(text, start, end)
        if _kind(match) not in above
        and (value := parse_number(match.group(str(match.lastgroup)))) is not None
        and not _is_within(text, start, match.start())
    ]
    tried: set[tuple[str, int]] = set()
    for at, (_, _, kind, value) in enumerate(labels):
        if value not in (1, last.get(kind, 0) + 1) or (kind, value) in tried:
            continue
        tried.add((kind, value))
        chain = _chain(text, start, labels, at)
        if not chain:
            continue
        last[kind] = value + len(chain) - 1
        cuts: list[int] = []
        for (begin, behind), (stop, _) in pairwise([*chain, (end, end)]):
            cuts += [begin, *_label_cuts(text, behind, stop, last, (*above, kind))]
        return cuts
    return []


def _chain(text: str, start: int, labels: list[tuple[int, int, str, int]], first: int) -> list[tuple[int, int]]:
    """The labels of one kind that count on from the first one; empty where they are no labels of items."""
    kind = labels[first][2]
    chain = [labels[first]]
    for label in labels[first + 1 :]:
        if label[2] == kind and label[3] == chain[-1][3] + 1:
            chain.append(label)
    begins = [start, *(behind for _, behind, _, _ in chain)]
    good = [_is_item(text, begin, label[0]) for begin, label in zip(begins, chain, strict=False)]
    if kind == "small" and len(chain) > 1 and _is_listed(text, chain):
        return []
    sure = len(chain) >= _SURE and (kind in ("han", "bracket") or good[0])
    if sure or (2 * sum(good) >= len(chain) and (len(chain) > 1 or good[0])):
        return [label[:2] for label in chain]
    return []


def _kind(match: re.Match[str]) -> str:
    """The kind of a number; 章 and 条 are two."""
    kind = str(match.lastgroup)
    return match.group().strip()[-1] if kind == "article" else kind


def _is_listed(text: str, chain: list[tuple[int, int, str, int]]) -> bool:
    """True where semicolons part the items: they are a list within a sentence."""
    return all(text[begin - 1 : begin] in "；;" for begin, _, _, _ in chain[1:])


def _is_item(text: str, begin: int, position: int) -> bool:
    """True where a label may begin an item: behind a sentence, or a short heading without one."""
    before = text[max(begin, position - _BACK) : position].rstrip()
    return not before or _FINAL.search(before[-4:]) is not None or (len(before) <= _HEADING and "。" not in before)


def _is_within(text: str, start: int, position: int) -> bool:
    """True inside brackets or quotes, or in a reference (第（一）项)."""
    begin = max(start, position - _BACK)
    return text[position - 1 : position] == "第" or _depth(text, begin, position, 0) > 0
