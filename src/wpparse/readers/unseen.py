"""What a reader says of characters that nobody sees inside the words of a file."""

from __future__ import annotations

import re

from wpparse.blocks import Remark
from wpparse.messages import register
from wpparse.text import unseen

register(
    {
        "text-unseen": (
            "文中{count}处字间夹有看不见的字符，已去除，请核对",
            "unseen characters stood between others in {count} places; they were taken out: check the words there",
        ),
    }
)

_INVISIBLE = re.compile(
    rb"\xe2\x81[\xa1-\xaf]|\xe2\x80[\xaa-\xae]|\xcd\x8f|\xd8\x9c|\xe1\x85[\x9f\xa0]|\xe1\xa0[\x8b-\x8f]|\xe3\x85\xa4|\xef\xbe\xa0|\xf3\xa0"
)
"""What :func:`wpparse.text.unseen` looks for, in UTF-8: few files hold any of it."""


def remarks_on(text: str | bytes) -> list[Remark]:
    """A remark where something unseen stands between two characters of a text, or of bytes in UTF-8."""
    if isinstance(text, bytes):
        if not _INVISIBLE.search(text):
            return []
        text = text.decode("utf-8", "replace")
    count = unseen(text)
    return [Remark("text-unseen", "warning", (("count", str(count)),))] if count else []
