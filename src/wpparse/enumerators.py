"""Every shape of a label, an ordinal and a number column, once: ``一、`` ``（二）`` ``3.`` ``1.2`` ``①`` ``第三章`` ``一是``.

Shapes only, for stages that have lines and cells. What level a label has and whether it fits its neighbours is told by the
label rules of the grammar (``labels.toml``), which are built of the same pieces (:data:`FRAGMENTS`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from wpparse.brackets import CLOSE, CLOSING, OPENING, ROUND, body, closing

DIGITS: Final = "一二三四五六七八九十百零〇"
"""What Chinese numerals of labels consist of; within a class of a pattern."""
NUMERAL: Final = f"[{DIGITS}]{{1,4}}"
"""A Chinese numeral of a label."""
CIRCLED: Final = "①-⑳㉑-㉟❶-❿➀-➉⓪"
"""Numbers in circles; within a class of a pattern."""
ENCLOSED: Final = f"{CIRCLED}⑴-⒇⒈-⒛㈠-㈩Ⅰ-Ⅻ"
"""All numbers that are one character with what encloses them; within a class of a pattern."""
STOP: Final = "[、﹑．﹒]"
"""Marks behind a number of a label that no decimal number holds."""
MARK: Final = "[、﹑.．﹒]"
"""Marks behind a number of a label."""
PARTS: Final = "[编部章节条款]"
"""What circulars are divided into: 第三章."""
RULES: Final = "[章条]"
"""Of them, what rules are divided into: their numbers run through all of a text."""

_BRACKETED: Final = rf"{OPENING}\s*(?:{NUMERAL}|\d{{1,3}})\s*{CLOSING}"
_CHINESE: Final = rf"{NUMERAL}\s*{MARK}"
_DECIMAL: Final = rf"\d{{1,3}}\s*{STOP}|\d{{1,3}}\.(?!\d)|\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}[\s、]?(?=[\u4e00-\u9fff])"
_CLOSED: Final = rf"\d{{1,2}}[{body(closing(ROUND))}]"
_PART: Final = rf"第\s?[{DIGITS}\d]{{1,5}}\s?{PARTS}"
_FIRSTLY: Final = rf"[{DIGITS}]{{1,2}}是(?=[^否不])"

LABEL: Final = re.compile(rf"(?:{_BRACKETED}|{_CHINESE}|{_PART}|{_DECIMAL}|{_CLOSED}|[{ENCLOSED}]|{_FIRSTLY})")
"""What a line may begin with that numbers it."""
HEADING: Final = re.compile(rf"{NUMERAL}、|{OPENING}{NUMERAL}{CLOSING}")
"""A label of the two upper levels: ``一、`` ``（一）``."""
COUNTED: Final = re.compile(rf"{_FIRSTLY}|[{CIRCLED}]")
"""A member of a list in running text: ``一是`` ``①``."""
BAND: Final = re.compile(rf"(?:{HEADING.pattern})[^。；;！？]{{2,40}}")
"""A heading that stands in a table as a row of its own."""
ORDINAL: Final = re.compile(
    rf"{OPENING}?(?P<numbers>[\d{DIGITS}]{{1,4}}(?:[.．-]\d{{1,3}})*){CLOSING}?[、.．]?|[{ENCLOSED}]"
)
"""All of a cell of a number column: ``1`` ``（二）`` ``三、`` ``1.2``."""
NUMBERED: Final = re.compile(rf"{OPENING}?[\d{DIGITS}]+(?:[{body(CLOSE)}]|{MARK})+")
"""A number in front of words, however it is set apart from them."""

FRAGMENTS: Final[Mapping[str, str]] = {
    "han_number": NUMERAL,
    "label_mark": MARK,
    "circled": f"[{CIRCLED}]",
    "enclosed": f"[{ENCLOSED}]",
}
"""What the patterns of rules call them."""


def is_ordinal(text: str) -> bool:
    """Whether a cell holds nothing but a number of a row."""
    return ORDINAL.fullmatch(text) is not None
