"""Lists of what is attached (附件：1.… 2.…), whose titles may run over a line."""

from __future__ import annotations

from collections.abc import Sequence

from wpparse.outline.marks import Marked

_LONGEST_WRAPPED = 40
_SIGN_OFF = ("issue_date", "disclosure", "signature", "attachments", "copied_to", "printing")


def read_attachments(marked: Sequence[Marked], position: int, found: list[Marked]) -> int:
    """Take a list of attachments, the line that begins it and those that follow, into ``found``; returns where it ends."""
    first = marked[position]
    first.line.part = "header"
    titled = first.mark is not None and first.mark.hit.group("title") is not None
    if first.kind == "attachments" or titled:
        found.append(first)
    position += 1
    number = 2 if first.kind == "attachments" else 1
    while position < len(marked):
        one = marked[position]
        ordinals = [label.ordinal for label in one.labels if label.scheme == "arabic"]
        if number in ordinals and len(one.text) <= 90 and not one.text.endswith("。"):
            number += 1
        elif not _wraps(marked, position, number, found):
            break
        one.line.part = "header"
        found.append(one)
        position += 1
    return position


def lists_attachments(marked: Sequence[Marked], position: int) -> bool:
    """Whether 附件： begins a list of titles: short numbered lines follow, and then the sign-off or the end."""
    one = marked[position]
    if one.mark is not None and one.mark.hit.group("title") is not None:
        return _closes(marked, position)
    if not one.text.endswith(("：", ":")):
        return False
    number = 1
    for later in marked[position + 1 : position + 40]:
        if any(label.ordinal == number and label.scheme == "arabic" for label in later.labels):
            if len(later.text) > 90 or later.text.endswith("。"):
                return False
            number += 1
        else:
            return number > 1 and later.kind in _SIGN_OFF
    return number > 1


def _wraps(marked: Sequence[Marked], position: int, number: int, found: Sequence[Marked]) -> bool:
    """Whether a line goes on with the title of an attachment.

    The next number or the sign-off stands below it, or the title is not closed.
    """
    one = marked[position]
    if one.table or one.labels or one.line.part is not None or one.kind not in (None, "title", "signature"):
        return False
    if not 0 < len(one.text) <= _LONGEST_WRAPPED or one.text.endswith(("。", "：", ":")):
        return False
    following = marked[position + 1] if position + 1 < len(marked) else None
    if following is not None and any(n.ordinal == number and n.scheme == "arabic" for n in following.labels):
        return True
    if following is not None and one.kind != "signature" and following.kind in ("annex", "signature"):
        return True
    if following is not None and one.kind == "title" and following.kind == "issue_date":
        return True
    above = found[-1].text if found else ""
    return any(above.count(opening) > above.count(closing) for opening, closing in ("《》", "“”", "（）"))


def _closes(marked: Sequence[Marked], position: int) -> bool:
    """Whether lines 附件1：…, 附件2：… stand right above the sign-off: then they list what is attached."""
    for later in marked[position + 1 : position + 40]:
        if later.kind != "annex":
            return later.kind in ("signature", "issue_date", "disclosure", "copied_to", "printing")
    return False
