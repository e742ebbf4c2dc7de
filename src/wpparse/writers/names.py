"""Names that every system accepts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from wpparse.writers.escaping import visible

MAX_STEM_BYTES = 180
"""Of a file name without its suffix, in UTF-8: ext4 takes 255, and a suffix and a counter still follow."""
MAX_SHEET = 31
_FORBIDDEN = str.maketrans('<>:"/\\|?*', "＜＞：＂／＼｜？＊")
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\.|$)", re.IGNORECASE)
_SHEET_FORBIDDEN = str.maketrans("[]:*?/\\", "［］：＊？／＼")


def file_stem(text: str, taken: set[str] | None = None) -> str:
    """``text`` as a file name without suffix, valid on Windows too.

    Reserved characters become their full-width forms, device names (CON, LPT1 …) get an underscore, dots and blanks at
    the ends go, long names are cut. ``taken`` holds the names in use, without regard to case, and learns this one.
    """
    stem = visible(unicodedata.normalize("NFC", text)).translate(_FORBIDDEN)
    stem = " ".join(stem.split()).strip(". ")
    stem = stem.encode("utf-8")[:MAX_STEM_BYTES].decode("utf-8", "ignore").rstrip(". ")
    if _RESERVED.match(stem):
        stem = "_" + stem
    return _unused(stem or "未命名", taken, lambda base, mark: base + mark)


def sheet_name(text: str, taken: set[str] | None = None) -> str:
    """``text`` as the name of a worksheet: at most 31 UTF-16 units, none of ``[]:*?/\\``, no apostrophe at the ends."""
    name = visible(text).replace("\n", " ").translate(_SHEET_FORBIDDEN).strip("' ")
    if name.lower() == "history":
        name = name + "_"
    return _unused(_cut(name, MAX_SHEET) or "Sheet", taken, lambda base, mark: _cut(base, MAX_SHEET - len(mark)) + mark)


def _cut(name: str, units: int) -> str:
    return name.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore").strip("' ")


def _unused(name: str, taken: set[str] | None, marked: Callable[[str, str], str]) -> str:
    if taken is None:
        return name
    found, count = name, 1
    while found.casefold() in taken:
        count += 1
        found = marked(name, f"({count})")
    taken.add(found.casefold())
    return found
