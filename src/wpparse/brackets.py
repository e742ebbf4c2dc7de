"""Every pair of brackets and quotation marks that Chinese texts use, once.

A set of pairs is a string in which an opening mark and the one that closes it stand side by side. Marks of different
forms close one another: hands mix full and half width. A new bracket is written here and nowhere else; the rule files
have these sets as ``{open}``, ``{close}`` and so on (:data:`FRAGMENTS`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

ROUND: Final = "（）()﹙﹚｟｠❨❩⦅⦆"
SQUARE: Final = "【】〔〕［］[]〖〗〘〙〚〛﹝﹞❲❳"
CURLY: Final = "｛｝{}﹛﹜"
ANGLE: Final = "〈〉＜＞<>‹›⟨⟩"
TITLE: Final = "《》〈〉«»"
"""They hold the name of a document."""
QUOTE: Final = "“”‘’「」『』｢｣"

ASIDE: Final = ROUND + SQUARE + CURLY
"""They hold a label, a note, a clause: what is said aside."""
BESIDE: Final = ASIDE + ANGLE
"""Also those in which some hands put what belongs to a name: ``县教育局<牵头>``."""
FRAME: Final = ANGLE + "「」『』｢｣"
"""No brackets by the rules, but some hands put a clause in them: ``〈责任单位：县教育局〉``."""
WRITTEN: Final = ASIDE + TITLE + QUOTE
"""All that belong together by the rules of writing, in which no line or item begins."""


def opening(pairs: str) -> str:
    """The opening marks of a set."""
    return pairs[::2]


def closing(pairs: str) -> str:
    """The closing marks of a set."""
    return pairs[1::2]


def body(marks: str) -> str:
    """Marks as they stand within a class of a pattern."""
    return re.escape(marks)


OPEN: Final = opening(ASIDE)
CLOSE: Final = closing(ASIDE)
OPENING: Final = f"[{body(OPEN)}]"
"""A pattern: one opening bracket."""
CLOSING: Final = f"[{body(CLOSE)}]"
"""A pattern: one closing bracket."""

FRAGMENTS: Final[Mapping[str, str]] = {
    "open": OPENING,
    "close": CLOSING,
    "bracket": f"[{body(ASIDE)}]",
    "round": f"[{body(ROUND)}]",
    "round_open": f"[{body(opening(ROUND))}]",
    "round_close": f"[{body(closing(ROUND))}]",
    "square_open": f"[{body(opening(SQUARE + CURLY))}]",
    "square_close": f"[{body(closing(SQUARE + CURLY))}]",
    "title_open": f"[{body(opening(TITLE))}]",
    "title_close": f"[{body(closing(TITLE))}]",
    "frame_open": f"[{body(opening(FRAME))}]",
    "frame_close": f"[{body(closing(FRAME))}]",
    "quote_open": f"[{body(opening(QUOTE))}]",
    "quote_close": f"[{body(closing(QUOTE))}]",
}
"""What the patterns of rules call them; each is one class, and may stand within another one (``[^{bracket}。]``)."""


def depth(text: str, start: int, stop: int, pairs: str = ASIDE) -> int:
    """How many more brackets open than close in ``text[start:stop]``."""
    opens, closes = opening(pairs), closing(pairs)
    return sum((char in opens) - (char in closes) for char in text[start:stop])


def is_inside(text: str, start: int, position: int, pairs: str = ASIDE) -> bool:
    """Whether a place lies inside a bracket that opens behind ``start``.

    Each kind is counted by itself (round ones, square ones …), so that a bracket that was never opened hides nothing.
    """
    if _WRITTEN_OPEN.search(text, start, position) is None:
        return False
    before = text[start:position]
    return any(
        sum(map(before.count, opens)) > sum(map(before.count, closes))
        for opens, closes in _KINDS
        if opens[0] in pairs and any(map(before.count, opens))
    )


_WRITTEN_OPEN: Final = re.compile(f"[{body(opening(WRITTEN))}]")
_KINDS: Final = tuple(
    (opening(kind), closing(kind))
    for kind in (ROUND, SQUARE + CURLY, "《》«»", "〈〉‹›", "＜＞<>⟨⟩", "“”", "‘’", "「」｢｣", "『』")
)  # fmt: skip


def opens_at(text: str, start: int, stop: int, pairs: str = ASIDE) -> int | None:
    """Where the bracket opens that closes right before ``stop``; None where none does behind ``start``."""
    opens, closes = opening(pairs), closing(pairs)
    if stop <= start or text[stop - 1] not in closes:
        return None
    level = 0
    for position in range(stop - 1, start - 1, -1):
        if text[position] in closes:
            level += 1
        elif text[position] in opens:
            level -= 1
            if level == 0:
                return position
    return None


def pairs_in(text: str) -> dict[int, int]:
    """Where each bracket (:data:`ASIDE`) closes, by where it opens."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for match in _ASIDE.finditer(text):
        if match.group() in OPEN:
            opened.append(match.start())
        elif opened:
            found[opened.pop()] = match.start()
    return found


_FRAMED: Final = re.compile(f"[{body(opening(FRAME))}][^{body(FRAME)}]*[{body(closing(FRAME))}]")
_ASIDE: Final = re.compile(f"[{body(ASIDE)}]")
_ANY: Final = re.compile(f"[{body(WRITTEN + ANGLE)}]")


def frames_in(text: str) -> dict[int, int]:
    """The same for what may frame a clause (:data:`FRAME`), with none inside another."""
    return {match.start(): match.end() - 1 for match in _FRAMED.finditer(text)}


def without(text: str, pairs: str = ASIDE) -> str:
    """The text without what stands in brackets."""
    if _ANY.search(text) is None:
        return text
    return "".join(char for char, level in _levels(text, pairs) if not level)


def cut_outside(text: str, separators: str, pairs: str = ASIDE) -> list[str]:
    """The pieces between separators that stand in no bracket."""
    pieces = [""]
    for char, level in _levels(text, pairs):
        if not level and char in separators:
            pieces.append("")
        else:
            pieces[-1] += char
    return pieces


def _levels(text: str, pairs: str) -> Iterator[tuple[str, int]]:
    """Each character with how many brackets are open there; a bracket lies inside itself."""
    opens, closes = opening(pairs), closing(pairs)
    level = 0
    for char in text:
        if char in opens:
            level += 1
        yield char, level or (char in closes)
        if char in closes:
            level = max(0, level - 1)
