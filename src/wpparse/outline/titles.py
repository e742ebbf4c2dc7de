"""Titles: of the circular, of the plan in it, of an annex; over one or several lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from wpparse.brackets import CLOSING, OPENING, ROUND, SQUARE, body, closing, opening
from wpparse.grammar import Grammar
from wpparse.outline.marks import Marked
from wpparse.text import clean

_MOST_LINES = 6
_LONGEST_LINE = 90
_ENDS_SENTENCE = re.compile("[。；;：:，,！？]$")
_BRACKETED = re.compile(f"{OPENING}[^{body(ROUND)}]*{CLOSING}$")
_OPENING = tuple(opening(ROUND))
_LONGEST_TAIL = 30
_FRAMED = re.compile(f"[{body(opening(SQUARE))}]([^{body(SQUARE)}]+)[{body(closing(SQUARE))}]$")
"""A title that a page shows between brackets of its own."""
_LATIN = re.compile("[A-Za-z]{3,}")
_NAMED = re.compile("[《«]([^《》«»]*(?:《[^《》]*》[^《》«»]*)*)[》»]")


@dataclass(frozen=True, slots=True)
class Title:
    """A title, joined, and the lines that it stands on."""

    text: str
    lines: tuple[Marked, ...]
    start: int = 0
    """Offset of the title in its first line."""

    @property
    def count(self) -> int:
        """How many lines it takes."""
        return len(self.lines)

    def same(self, other: Title) -> bool:
        """Whether two titles say the same: a page shows the title once more above the circular."""
        return _bare(self.text) == _bare(other.text)

    def named_in(self, notice: Title) -> bool:
        """Whether a notice's title names this one."""
        return len(self.text) >= 4 and _bare(self.text) in _bare(notice.text)


class TitleReader:
    """Recognises titles. Made once for each grammar."""

    def __init__(self, grammar: Grammar) -> None:
        header = grammar.rules("header")
        self._title = header.of_kind("title")
        self._addressees = header.of_kind("addressees")
        self._open = tuple(sorted(grammar.words("title_nouns_open")))
        self._covering = header.of_kind("covering")
        self._subject = header.of_kind("subject")
        self._final = tuple(sorted(grammar.words("title_final")))
        self._continues = tuple(sorted(grammar.words("title_continues")))

    def at(self, marked: Sequence[Marked], position: int, loose: bool = False) -> Title | None:
        """The title that begins with a line; ``loose``: an annex's first short line is its title whatever it ends in."""
        best: Title | None = None
        text = ""
        for count, one in enumerate(marked[position : position + _MOST_LINES], 1):
            if not self._may_belong(one, text):
                break
            text = clean(text + one.text) if text else one.text
            framed = _FRAMED.match(text) if count == 1 else None
            if framed is not None and self._is_title(framed.group(1)):
                return Title(framed.group(1), (one,), 1)
            whole = self._is_title(text)
            if count == 1 and not whole and self._is_scrap(marked, position):
                return None
            if whole:
                best = Title(text, tuple(marked[position : position + count]))
            if best is not None and not self._goes_on(marked, position + count, text, whole):
                break
        if best is None and loose and position < len(marked):
            one = marked[position]
            if self._may_belong(one, "") and len(one.text) <= 50:
                return Title(one.text, (one,))
        return best

    def _is_scrap(self, marked: Sequence[Marked], position: int) -> bool:
        """Whether a line is the name of a web site above a title that is whole without it."""
        following = marked[position + 1].text if position + 1 < len(marked) else ""
        return _LATIN.search(marked[position].text) is not None and self._subject.match(following) is not None

    def begins(self, one: Marked, organ: str) -> bool:
        """Whether a title begins that says what it is about (关于…), perhaps with the organ of the masthead before it."""
        start = len(organ) if one.text.startswith(organ) else 0
        return self._subject.match(one.text, start) is not None

    def covered_at(self, marked: Sequence[Marked], position: int, notice: Title | None) -> Title | None:
        """The title of the covered text, whatever it ends in: the line, or the next ones with it, is the name in the notice."""
        name = self.covered_name(notice) if notice is not None else None
        if notice is None or name is None:
            return None
        wanted = _bare(notice.text[name[0] : name[1]])
        text = ""
        for count, one in enumerate(marked[position : position + _MOST_LINES], 1):
            text = clean(text + one.text)
            if _bare(text) == wanted:
                return Title(text, tuple(marked[position : position + count]))
            if not wanted.startswith(_bare(text)):
                return None
        return None

    def inside(self, one: Marked) -> Title | None:
        """The title that stands behind 附件1 on the same line."""
        if one.mark is None or one.mark.hit.group("title") is None:
            return None
        text = one.mark.hit.group("title") or ""
        span = one.mark.hit.span("title") or (0, 0)
        return Title(text, (one,), span[0])

    def after_number(self, one: Marked) -> Title | None:
        """The title that stands behind a document number on the same line."""
        if one.mark is None:
            return None
        start = one.mark.hit.end
        while start < len(one.text) and one.text[start] in "-—－ ":
            start += 1
        text = one.text[start:]
        return Title(text, (one,), start) if self._is_title(text) else None

    def covers(self, text: str) -> bool:
        """Whether this is the title of a notice that covers another text."""
        return self._covering.match(text) is not None

    def covered_name(self, title: Title) -> tuple[int, int] | None:
        """Where a notice's title names what it covers, inside 《》 or without them."""
        hit = self._covering.match(title.text)
        unmarked = hit.span("name") if hit is not None else None
        if unmarked is not None:
            return unmarked
        named = _NAMED.search(title.text)
        return named.span(1) if named is not None else None

    def addresses(self, text: str) -> bool:
        """Whether a line that ends in a colon names addressees."""
        return self._addressees.match(text) is not None

    def _may_belong(self, one: Marked, before: str) -> bool:
        if one.table or one.labels or one.line.part is not None or not one.text or len(one.text) > _LONGEST_LINE:
            return False
        if one.kind not in (None, "title", "signature", "red_head", "masthead"):
            return False
        return _ENDS_SENTENCE.search(one.text) is None and one.text.count("〔") == one.text.count("〕")

    def _is_title(self, text: str) -> bool:
        return (
            self._title.match(text) is not None
            and text.count("《") == text.count("》")
            and text.count("«") == text.count("»")
        )

    def _goes_on(self, marked: Sequence[Marked], position: int, text: str, whole: bool) -> bool:
        """Whether a title that could end here goes on with the next line."""
        if position >= len(marked):
            return False
        following = marked[position].text
        if not self._may_belong(marked[position], text):
            return False
        goes_on = following.startswith(self._continues)
        if (goes_on or following.startswith(_OPENING)) and len(following) <= _LONGEST_TAIL:
            return (
                goes_on
                or _BRACKETED.fullmatch(following) is not None
                or any(word in following for word in self._continues)
            )
        if text.rstrip("）)").endswith(self._final) or following == text:
            return False
        if whole and text.endswith("》") and not self.covers(text):
            # 关于落实《政府工作报告》|重点工作部门分工的意见
            return len(following) <= _LONGEST_TAIL and self._is_title(text + following)
        if whole and not text.endswith(self._open) and not self.covers(text):
            return False
        return self.covers(text) or (
            len(following) <= 40 and self._is_title(text + following) and self._is_title(following)
        )


def _bare(text: str) -> str:
    return re.sub(r"[\s《》“”\"（）()—－\-〔〕]", "", text)
