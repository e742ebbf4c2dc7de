"""Footnotes: small print at the foot of a page under a short rule, each called by a raised mark in the text.

They are no part of the text that runs on over the page break. Without a mark that calls one of them nothing is taken
for a footnote.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from wpparse.brackets import CLOSING, OPENING
from wpparse.enumerators import CIRCLED
from wpparse.lattice import Grid, merge_lines
from wpparse.layout.lines import Line, make_lines
from wpparse.layout.paragraphs import join_lines
from wpparse.page import Glyph, PageContent
from wpparse.text import clean

SMALL = 0.88
"""Of the size of the text: footnotes are not larger."""
RAISED = 0.78
"""Of the size of a line: its raised marks are not larger."""
SHORTEST, LONGEST = 30.0, 0.5
"""Points, and share of the page's width: how long the rule above footnotes is."""
FEW = 20
"""Characters: a page with fewer above the rule does not say how large its text is."""

_MARK = re.compile(rf"{OPENING}?(\d{{1,3}}|[{CIRCLED}]|[*＊†‡]{{1,3}}){CLOSING}?")


def take_notes(content: PageContent, grids: Sequence[Grid]) -> dict[str, str]:
    """Take the footnotes from the glyphs of the page; gives each by the mark that calls it in the text."""
    above, below = _parted(content, grids)
    notes = _notes(make_lines(below, content.number, split=False)) if below else {}
    if not notes:
        return {}
    called = {mark for line in make_lines(above, content.number, split=False) for mark in _marks(line)}
    if called.isdisjoint(notes):
        return {}
    content.glyphs = above
    uncalled = [notes.pop(mark) for mark in list(notes) if mark not in called]
    if uncalled:  # what was called on the page before goes on here, or its mark was not told
        last = list(notes)[-1]
        notes[last] = "\n".join((notes[last], *uncalled))
    return notes


def call_notes(lines: Iterable[Line], notes: dict[str, str]) -> list[str]:
    """Take the marks out of lines and give each line the notes that it calls; they are taken out of ``notes``.

    Gives all notes that were called.
    """
    called: list[str] = []
    for line in lines:
        marks = _marks(line) if notes else {}
        found = {index: notes.pop(mark) for mark, index in marks.items() if mark in notes}
        if found:
            line.notes = tuple(found.values())
            called += line.notes
            line.pieces = [piece for index, piece in enumerate(line.pieces) if index not in found] or line.pieces
            line.text = clean("".join(text for text, _ in line.pieces))
    return called


def _parted(content: PageContent, grids: Sequence[Grid]) -> tuple[list[Glyph], list[Glyph]]:
    """The glyphs above and below the rule of the footnotes; none below where there is no such rule."""
    for y, x0, x1 in sorted(merge_lines(content.horizontals, 0.8)):
        if not (y > 0.3 * content.height and SHORTEST <= x1 - x0 <= LONGEST * content.width):
            continue
        if any(grid.box[0] - 4 <= x0 <= grid.box[2] + 4 and grid.box[1] - 4 <= y <= grid.box[3] + 4 for grid in grids):
            continue
        above = [glyph for glyph in content.glyphs if glyph.y <= y + 1]
        below = [glyph for glyph in content.glyphs if glyph.y > y + 1]
        sizes = Counter(glyph.style.size for glyph in above if glyph.text != " ")
        printed = [glyph for glyph in below if glyph.text != " "]
        if not printed or sum(sizes.values()) < FEW:
            continue
        size = sizes.most_common(1)[0][0]
        if max(glyph.style.size for glyph in printed) <= SMALL * size and min(g.x0 for g in printed) >= x0 - size:
            return above, below
    return content.glyphs, []


def _notes(lines: Iterable[Line]) -> dict[str, str]:
    """Each line that begins with the next mark opens a note; none where the first line has no mark."""
    groups: list[tuple[str, list[Line]]] = []
    for line in lines:
        match = _MARK.match(line.text)
        mark = match[1] if match and match.end() < len(line.text) else None
        if mark and (not groups or _follows(groups[-1][0], mark)):
            groups.append((mark, [line]))
        elif groups:
            groups[-1][1].append(line)
        else:
            return {}
    return {mark: clean(_MARK.sub("", join_lines(group)[0], count=1)) for mark, group in groups}


def _follows(mark: str, following: str) -> bool:
    if mark.isdecimal() and following.isdecimal():
        return int(following) == int(mark) + 1
    if len(mark) == len(following) == 1 and "①" <= mark <= "⑳":
        return ord(following) == ord(mark) + 1
    return following != mark and not following.isdecimal()


def _marks(line: Line) -> dict[str, int]:
    """The raised marks in a line, and which of its pieces each is; units (m²) are none."""
    found: dict[str, int] = {}
    before = ""
    for index, (text, style) in enumerate(line.pieces):
        match = _MARK.fullmatch(clean(text)) if style.size <= RAISED * line.size else None
        if match and not (before[-1:].isascii() and before[-1:].isalpha()):
            found.setdefault(match[1], index)
        before = text.rstrip() or before
    return found
