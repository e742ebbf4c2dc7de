"""What stands around a circular and is none of it: the front matter of a page, a table of contents, the whole once more."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wpparse.outline.marks import Marked

_LONG = 20
"""Lines of so many characters are not alike by chance."""
_FEWEST = 6
_PAGE_BEHIND = re.compile(r"[）)》.…·\s]\s*\d{1,4}$")


def drop_front_matter(marked: Sequence[Marked]) -> None:
    """Lines between two rules at the very top (``---`` … ``---``) belong to the page, not to the circular."""
    if not marked or not marked[0].text.startswith("---"):
        return
    for position in range(1, min(40, len(marked))):
        if marked[position].text.startswith("---"):
            for one in marked[: position + 1]:
                one.line.part = "furniture"
            return


def drop_contents(marked: Sequence[Marked]) -> None:
    """A table of contents: lines that end in leaders and a page, and lines below 目录 that stand again further on."""
    inside = False
    for position, one in enumerate(marked):
        if one.kind == "contents":
            one.line.part = "contents"
            inside = True
        elif (
            inside and one.text and len(one.text) <= 80 and (_PAGE_BEHIND.search(one.text) or _again(marked, position))
        ):
            one.line.part = "contents"
        elif one.text:
            inside = False


def _again(marked: Sequence[Marked], position: int) -> bool:
    text = marked[position].text.rstrip("0123456789.…· ")
    return len(text) > 2 and any(later.text.startswith(text) for later in marked[position + 1 :])


def drop_repetition(marked: Sequence[Marked]) -> Marked | None:
    """A page may show the whole circular twice: lines that only repeat what stands above, to the end. Gives the first of them."""
    first: dict[str, int] = {}
    again: list[int] = []
    lines = others = 0
    for position, one in enumerate(marked):
        if len(one.text) < _LONG:
            continue
        lines += 1
        if one.text in first:
            again.append(position)
        elif again and len(again) < _FEWEST:
            again.clear()  # only a title that stands twice
        elif again:
            others += 1  # what the page says below
        first.setdefault(one.text, position)
    if len(again) < _FEWEST or 5 * len(again) < 2 * lines or 5 * others > len(again):
        return None
    start, source = again[0], first[marked[again[0]].text]
    while source > 0 and marked[start - 1].text == marked[source - 1].text:
        start, source = start - 1, source - 1
    for one in marked[start:]:
        if not one.table:
            one.line.part = "furniture"
    return marked[start]
