"""What stands before a circular and is none of it: the front matter of a page, a table of contents."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wpparse.outline.marks import Marked

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
