"""One way of writing for the time rules: blanks inside numbers closed, every dash the same.

Typesetting and recognition part the digits of a date (``2 0 2 4年6月``), blanks stand around dashes and behind points, and
a dash has a dozen characters. Rules are written for the closed form; offsets lead back to the text as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_CHANGED = re.compile(r"-Q|-[1-4]Q|[ –~～〜∼－−─―‐‑‒﹣]|——|--|\d[Oo]|[Oo]\d")
"""What a text must hold for anything to be changed: few do."""
_DASH = r"(?:[—–~～〜∼－−─―‐‑‒﹣-]{1,2})"
_NUMERIC = re.compile(r"(?<!\d)((?:19|20)\d\d) ?([.．·/-]) ?(\d{1,2})(?: ?(\2) ?(\d{1,2}))?(?!\d)")
_QUARTER = re.compile(r"(?<=(?:19|20)\d\d)年?[ -](?=Q[1-4]|[1-4]Q)")
_LETTERS = re.compile(r"(?<![0-9A-Za-z])2[0Oo][0-9Oo]\d(?=年)")
_BETWEEN = re.compile(
    rf"(?<=[\d年月日号度底末旬时点分午]) ?{_DASH} ?(?=[\d第一二三四五六七八九十年月今明本上下次翌元Qq])"
)
_PARTED = re.compile(r"(?<![\d.])\d(?: ?\d)* \d(?: ?\d)*(?=[年月日号])")
_FULL_DATE_END = re.compile(r"\d{4}[.．·/-]\d{1,2}(?:[.．·/-]\d{1,2})?$")


@dataclass(frozen=True, slots=True)
class Writing:
    """A text in the form that the rules read, and for each of its characters where it stands in the text as given."""

    text: str
    given: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]`` (not empty) stands in the text as given."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]

    def words(self, start: int, end: int) -> str:
        """What stands there in the text as given."""
        first, last = self.place(start, end)
        return self.given[first:last]


def closed(text: str) -> Writing:
    """The form of a text that the rules read.

    Digits are closed up only where one number can be meant: a year of four, a month to 12, a day to 31. ``1 2月`` stays
    as it is unless something beside it shows that this text parts its digits.
    """
    if _CHANGED.search(text) is None:
        return Writing(text, text)
    starts: list[int] = list(range(len(text)))
    ends: list[int] = list(range(1, len(text) + 1))
    given = text
    for edits in (_numeric, _quarters, _letters, _dashes, _digits):
        changes = list(edits(text))
        if not changes:
            continue
        pieces: list[str] = []
        new_starts: list[int] = []
        new_ends: list[int] = []
        position = 0
        for start, end, new in changes:
            pieces += (text[position:start], new)
            new_starts += starts[position:start] + [starts[start]] * len(new)
            new_ends += ends[position:start] + [ends[end - 1]] * len(new)
            position = end
        text = "".join((*pieces, text[position:]))
        starts = new_starts + starts[position:]
        ends = new_ends + ends[position:]
    return Writing(text, given, tuple(starts), tuple(ends))


_Edit = tuple[int, int, str]


def _numeric(text: str) -> Iterator[_Edit]:
    """``2024. 6. 30`` and ``2024 - 06 - 30``; a lone ``2024 - 26`` or ``2024 - 2`` is a span and is left."""
    for match in _NUMERIC.finditer(text):
        if match[4] is None and match[2] == "-":
            continue
        for start, end in zip(match.regs[1:-1], match.regs[2:], strict=True):
            if start[1] >= 0 and end[0] > start[1]:
                yield start[1], end[0], ""


def _quarters(text: str) -> Iterator[_Edit]:
    """``2025-Q3``, ``2025 Q3``."""
    for match in _QUARTER.finditer(text):
        yield match.end() - 1, match.end(), ""


def _letters(text: str) -> Iterator[_Edit]:
    """The letter O for a nought in a year."""
    for match in _LETTERS.finditer(text):
        if not match.group().isdigit():
            yield match.start(), match.end(), match.group().replace("O", "0").replace("o", "0")


def _dashes(text: str) -> Iterator[_Edit]:
    """Every dash between times is ``—``; a hyphen without blanks stays, as in 2024-06-30, unless it follows a whole date."""
    for match in _BETWEEN.finditer(text):
        whole = _FULL_DATE_END.search(text, max(0, match.start() - 10), match.start())
        if match.group() != "-" or (whole and text[match.end() :][:2] in ("19", "20")):
            yield match.start(), match.end(), "—"


def _digits(text: str) -> Iterator[_Edit]:
    """The blanks inside the number before 年, 月, 日 or 号."""
    found = list(_PARTED.finditer(text))
    closings = [_closing(match, text) for match in found]
    parts_digits = any(closing is not None and sure for closing, sure in closings)
    for match, (closing, sure) in zip(found, closings, strict=True):
        if closing is not None and (sure or parts_digits):
            start = match.start() + closing
            for at in range(start, match.end()):
                if text[at] == " ":
                    yield at, at + 1, ""


def _closing(match: re.Match[str], text: str) -> tuple[int | None, bool]:
    """From which character on the digits are one number, None where they are not; and whether they can be nothing else."""
    digits = match.group()
    unit = text[match.end()]
    length, limit = (4, 2099) if unit == "年" else (2, 12 if unit == "月" else 31)
    at = len(digits)
    number = ""
    while at > 0 and len(number) < length:
        at -= 1
        number = digits[at].strip() + number
    if len(number) < length or (at > 0 and digits[at - 1] != " ") or " " not in digits[at:]:
        return None, False
    value = int(number)
    if unit == "年":
        return (at, True) if 1900 <= value <= limit else (None, False)
    if not 10 <= value <= limit:
        return None, False
    before = text[match.start() + at - 1] if match.start() + at else ""
    return at, number == "10" or before == ("年" if unit == "月" else "月")
