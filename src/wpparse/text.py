"""Cleaning of text, the same for every format (contract, section 1).

After :func:`clean` the following holds:

1. Kangxi radicals, CJK radicals and CJK compatibility ideographs are the ordinary characters (⼯ → 工).
2. Full-width digits and Latin letters are ASCII. Other full-width characters stay as written.
3. No white space stands next to a CJK character or CJK punctuation; elsewhere a run of white space is one blank.
4. There are no control, zero-width or byte-order characters, no signs in place of an object (U+FFFC), no line feeds and no lone surrogates.
5. ``clean(clean(x)) == clean(x)``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

# CJK Radicals Supplement (U+2E80-2EFF): Unicode gives most of them no decomposition, so NFKC leaves them.
# Source: Unicode Character Database, EquivalentUnifiedIdeograph.txt, and the simplified forms in use.
_RADICALS_SUPPLEMENT = {
    "⺁": "厂", "⺄": "乙", "⺅": "亻", "⺆": "冂", "⺇": "几", "⺈": "刀", "⺉": "刂", "⺊": "卜", "⺌": "小",
    "⺍": "小", "⺎": "兀", "⺏": "尣", "⺐": "尢", "⺒": "巳", "⺓": "幺", "⺔": "彑", "⺖": "忄", "⺗": "心",
    "⺘": "扌", "⺙": "攵", "⺛": "旡", "⺝": "月", "⺞": "歺", "⺟": "母", "⺠": "民", "⺡": "氵", "⺢": "氺",
    "⺣": "灬", "⺤": "爫", "⺥": "爫", "⺦": "丬", "⺧": "牛", "⺨": "犭", "⺩": "王", "⺫": "目", "⺬": "示",
    "⺭": "礻", "⺮": "竹", "⺯": "糹", "⺰": "纟", "⺱": "罓", "⺲": "罒", "⺳": "网", "⺶": "羊", "⺷": "羊",
    "⺸": "羊", "⺹": "耂", "⺺": "肀", "⺻": "聿", "⺼": "肉", "⺽": "臼", "⺾": "艹", "⺿": "艹", "⻀": "艹",
    "⻁": "虎", "⻂": "衤", "⻃": "覀", "⻄": "西", "⻅": "见", "⻆": "角", "⻇": "角", "⻈": "讠", "⻉": "贝",
    "⻊": "足", "⻋": "车", "⻌": "辶", "⻍": "辶", "⻎": "辶", "⻏": "阝", "⻐": "钅", "⻑": "長", "⻒": "镸",
    "⻓": "长", "⻔": "门", "⻖": "阝", "⻗": "雨", "⻘": "青", "⻙": "韦", "⻚": "页", "⻛": "风", "⻜": "飞",
    "⻝": "食", "⻟": "飠", "⻠": "饣", "⻢": "马", "⻣": "骨", "⻤": "鬼", "⻥": "鱼", "⻦": "鸟", "⻧": "卤",
    "⻨": "麦", "⻩": "黄", "⻪": "黾", "⻫": "斉", "⻬": "齐", "⻭": "歯", "⻮": "齿", "⻯": "竜", "⻰": "龙",
    "⻱": "龜", "⻲": "亀", "⻳": "龟",
}  # fmt: skip

# What is not seen (Unicode: Default_Ignorable_Code_Point, and the separators, the object sign and the noncharacters).
# A variation selector only chooses among the looks of a character.
_IGNORABLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_DELETED = re.compile(f"[{_IGNORABLE}\u2028\u2029\ufffc\ufffe\uffff]")
_UNSEEN = re.compile(
    "(?<=[\u3400-\u9fff])[\u034f\u061c\u115f\u1160\u180b-\u180f\u202a-\u202e\u2061-\u206f\u3164\uffa0"
    "\U000e0000-\U000e00ff]+(?=[\u3400-\u9fff])"
)
"""What stands unseen between two characters and comes there by no ordinary editor: a name that only looks like another."""


@cache
def _table() -> dict[int, str | None]:
    table: dict[int, str | None] = {ord(source): target for source, target in _RADICALS_SUPPLEMENT.items()}
    for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFB00), *range(0x2F800, 0x2FA1E)):
        folded = unicodedata.normalize("NFKC", chr(code))
        if len(folded) == 1 and folded != chr(code):
            table[code] = folded
    for first, last in ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A)):
        table.update({code: chr(code - 0xFEE0) for code in range(first, last + 1)})
    table.update(dict.fromkeys((*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000))))
    table[0x85] = "\n"
    return table


_MAPPED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u2e80-\u2fd5\ud800-\udfff\uf900-\ufaff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\U0002f800-\U0002fa1d]"
)
"""Everything that the table maps (and a little more): few texts hold any of it, and looking is much cheaper than mapping."""


def _fold(text: str) -> str:
    text = _DELETED.sub("", text)
    return text.translate(_table()) if _MAPPED.search(text) else text


# What white space may not stand beside: ideographs, their punctuation, full-width forms, and the
# quotes, dashes and dots that Chinese text shares with Latin.
CJK = (
    "\u2e80-\u2fff\u3001-\u303f\u3040-\u30ff\u3100-\u312f\u31c0-\u31ef\u3200-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\ufe30-\ufe6f\uff01-\uffef\U00020000-\U0003ffff\u2014\u2018\u2019\u201c\u201d\u2026\u00b7\u25a0-\u25ff\u2460-\u24ff"
)
"""Character class body: what counts as Chinese writing where white space is concerned."""

_SPACE = "[ \t\n\r\x0b\x0c\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
_LOOSE = re.compile(f"(?<=[{CJK}]){_SPACE}+|{_SPACE}+(?=[{CJK}])|^{_SPACE}+|{_SPACE}+$")
_RUN = re.compile(f"{_SPACE}+")
_ANY_SPACE = re.compile(_SPACE)


def unseen(text: str) -> int:
    """How many times something that is not seen stands between two characters of a text as it was read."""
    return sum(1 for _ in _UNSEEN.finditer(text))


def clean(text: str) -> str:
    """Text with the guarantees of this module."""
    text = _fold(text)
    if _ANY_SPACE.search(text) is None:
        return text
    return _RUN.sub(" ", _LOOSE.sub("", text))


def clean_lines(text: str) -> str:
    """Like :func:`clean` for each line; empty lines are dropped, line feeds between the others stay."""
    return "\n".join(line for line in map(clean, text.splitlines()) if line)


def clean_pieces(pieces: Sequence[str]) -> tuple[str, list[int]]:
    """Clean a text that comes in pieces (runs): the whole text, and where in it each piece now ends.

    The result is the same as ``clean("".join(pieces))``, wherever the pieces were cut.
    """
    folded = [_fold(piece) for piece in pieces]
    text = "".join(folded)
    ends: list[int] = []
    position = 0
    for piece in folded:
        position += len(piece)
        ends.append(position)
    if _ANY_SPACE.search(text) is None:
        return text, ends
    drops = sorted([(m.start(), m.end(), "") for m in _LOOSE.finditer(text)])
    text, ends = _apply(text, ends, drops)
    return _apply(text, ends, [(m.start(), m.end(), " ") for m in _RUN.finditer(text) if m.group() != " "])


def _apply(text: str, ends: list[int], edits: list[tuple[int, int, str]]) -> tuple[str, list[int]]:
    if not edits:
        return text, ends
    out: list[str] = []
    moved: list[int] = []
    position = shift = index = 0
    for start, end, new in edits:
        while index < len(ends) and ends[index] <= start:
            moved.append(ends[index] - shift)
            index += 1
        out += (text[position:start], new)
        while index < len(ends) and ends[index] < end:
            moved.append(start - shift + len(new))
            index += 1
        position = end
        shift += end - start - len(new)
    out.append(text[position:])
    moved += [end - shift for end in ends[index:]]
    return "".join(out), moved
