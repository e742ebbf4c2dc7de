"""Paragraphs of justified Chinese text as ``pdftotext -layout`` prints it.

Such a print has blanks inside words where a line was spread, blank lines anywhere, and digits on lines of their own, far
to the right, because they lie a little off the baseline of the characters around them. A first line is indented by two
characters; that alone tells where a paragraph begins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from wpparse.brackets import ASIDE, TITLE

_SPREAD = re.compile("(?:[\u3400-\u9fff，、,] ){3}[\u3400-\u9fff]")
"""Four characters with a single blank between each: no one types that."""
_LEAST_LINES = 12
_LEAST_SPREAD = 0.04
"""Part of the long lines that are spread, at least: 0.043 and 0.14 in two such prints, 0.033 at most in a hundred others."""
_LONG = 15
"""Characters of a line that may be a full one."""
_FULL = 0.85
"""Part of the measure that a line fills that goes on below: what it lacks is a word that did not fit."""
_FIRST = 2
"""Columns, at least, by which a first line is indented."""
_FAR = 10
"""Columns of an indentation that belongs to no paragraph: a title, a signature, digits off the baseline."""
_FRAGMENT = re.compile(r"[\d０-９〕〔（）()年月日号%％—－\-.．,，\s]{1,16}")
_DIGITS = re.compile(r"\s*[\d０-９]{1,2}\s*")
_UNKNOWN = "\ufffd"
_WHOLE = ("日", "号")
"""How a date or a number of a document ends: nothing goes on behind it."""
_NUMBER = re.compile(r"\s*[—–－-]\s*[\d０-９]{1,4}\s*[—–－-]\s*")
_PAIRS = ASIDE + TITLE
_LONGEST_ASIDE = 60
"""Characters within which a bracket closes, or it was never meant to."""
_STOPS = "。.；;：:！!？?"
_GUILLEMETS = str.maketrans({"«": "《", "»": "》"})


def unfold(lines: Sequence[str]) -> list[str] | None:
    """The lines with each paragraph on one; None where the text is not of this kind."""
    texts = [line.replace("\f", "") for line in lines]
    compact = ["".join(text.split()) for text in texts]
    long = [index for index, text in enumerate(compact) if len(text) >= _LONG]
    if len(long) < _LEAST_LINES or sum(
        _SPREAD.search(texts[index]) is not None for index in long
    ) < _LEAST_SPREAD * len(long):
        return None
    lengths = sorted(len(compact[index]) for index in long)
    measure = lengths[len(lengths) * 3 // 4]
    base = min(_indent(texts[index]) for index in long)
    out: list[str] = []
    last = ""
    bare = False
    """Whether the paragraph above has one line so far and a number without digits."""
    for text, words in zip(texts, compact, strict=True):
        if not words or _NUMBER.fullmatch(text):
            continue
        indent = _indent(text) - base
        words = words.translate(_GUILLEMETS)
        if words.startswith(_UNKNOWN):
            # The full stop of a number whose font does not say what it is.
            number = out.pop().strip() if out and _DIGITS.fullmatch(out[-1]) else ""
            out.append(" " * max(indent, _FIRST) + (f"{number}." if number else "") + words.lstrip(_UNKNOWN))
            bare = not number
            last = words
            continue
        if bare and _DIGITS.fullmatch(words):
            out[-1] = " " * _FIRST + f"{words}." + out[-1].strip()
            bare = False
            continue
        bare = False
        if out and not _DIGITS.fullmatch(words) and _goes_on(out[-1], last, indent, words, measure):
            out[-1] += words
        else:
            out.append(" " * indent + words)
        last = words
    return out


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _goes_on(paragraph: str, last: str, indent: int, words: str, measure: int) -> bool:
    """Whether a line belongs to the paragraph above it, whose last line is ``last``."""
    if _open(paragraph):
        return True
    if (
        indent >= _FAR
        and _FRAGMENT.fullmatch(words)
        and not last.endswith(tuple(_STOPS))
        and len(paragraph.strip()) > len(last)
    ):
        return True
    if indent >= _FIRST or _indent(paragraph) >= _FAR:
        return False
    return (
        len(last) >= _FULL * measure
        or last.endswith(("，", "、", ","))
        or (_FRAGMENT.fullmatch(last) is not None and not last.endswith(_WHOLE))
    )


def _open(text: str) -> bool:
    """Whether a bracket is open at the end of a text."""
    depth = 0
    for char in text[-_LONGEST_ASIDE:]:
        place = _PAIRS.find(char)
        if place >= 0:
            depth = max(0, depth - 1) if place % 2 else depth + 1
    return depth > 0
