"""Characters of symbol fonts (Wingdings, Symbol …) as the ordinary characters that look like them.

Word stores them as private-use characters U+F000 to U+F0FF or, in a run set in such a font, as Latin letters.
Only those that circulars and forms use are told apart; any other one becomes a plain bullet or nothing.
"""

from __future__ import annotations

import re
from typing import Final

_WINGDINGS: Final = {
    0x22: "✂", 0x28: "☎", 0x29: "✆", 0x2A: "✉", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x70: "◻", 0x71: "❑",
    0x72: "❒", 0x73: "⬧", 0x74: "⧫", 0x75: "◆", 0x76: "❖", 0x77: "⬥", 0x78: "☒", 0x9E: "·", 0x9F: "•", 0xA1: "○",
    0xA2: "⭕", 0xA4: "◉", 0xA5: "◎", 0xA7: "▪", 0xA8: "◻", 0xAA: "✦", 0xAB: "★", 0xAC: "✶", 0xB2: "⟡", 0xD8: "➢",
    0xDC: "➲", 0xE0: "→", 0xE8: "➔", 0xDF: "←", 0xE1: "↑", 0xE2: "↓", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒",
    0xFE: "☑", **{0x80 + i: "⓪①②③④⑤⑥⑦⑧⑨⑩"[i] for i in range(11)}, **{0x8B + i: "⓿❶❷❸❹❺❻❼❽❾❿"[i] for i in range(11)},
}  # fmt: skip
_WINGDINGS_2: Final = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x97: "●", 0x98: "●", 0x99: "○", 0x9F: "■",
    0xA0: "■", 0xA1: "■", 0xA2: "□", 0xA3: "□", 0xAE: "◆", **{0x69 + i: "⓪①②③④⑤⑥⑦⑧⑨⑩"[i] for i in range(11)},
}  # fmt: skip
_WINGDINGS_3: Final = {0x7D: "▶", 0x84: "◀", 0x70: "▲", 0x71: "▼", 0x75: "◀", 0x76: "▶", 0x22: "→"}
_WEBDINGS: Final = {0x61: "✓", 0x63: "□", 0x67: "■", 0x6E: "●", 0x72: "✗", 0x34: "▶", 0x33: "◀"}
_SYMBOL: Final = {
    0xB7: "•", 0xA8: "♦", 0xA7: "♣", 0xAE: "→", 0xAC: "←", 0xAD: "↑", 0xAF: "↓", 0xDE: "⇒", 0xB4: "×", 0xB8: "÷",
    0xB1: "±", 0xA3: "≤", 0xB3: "≥", 0xB9: "≠", 0xBB: "≈", 0xA5: "∞", 0xB0: "°", 0x61: "α", 0x62: "β", 0x67: "γ",
    0x64: "δ", 0x6D: "μ", 0x70: "π", 0x73: "σ", 0x57: "Ω", 0x44: "Δ", 0x53: "Σ", 0xD6: "√", 0xA2: "′", 0xB2: "″",
    0xE5: "∑", 0xD7: "⋅",
}  # fmt: skip
_FONTS: Final = {
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": _WINGDINGS_3,
    "webdings": _WEBDINGS,
    "symbol": _SYMBOL,
}
_PRIVATE: Final = re.compile("[\ue000-\uf8ff]")
BULLET: Final = "●"
"""Shown for a bullet whose look is not known."""


def is_symbol_font(font: str | None) -> bool:
    """Whether Latin letters in this font are pictures."""
    return font is not None and font.lower() in _FONTS


def symbol(code: int, font: str | None) -> str:
    """The ordinary character for one character of a symbol font; empty where there is none."""
    code = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    table = _FONTS.get((font or "").lower())
    if table is None:
        # A private-use character says that the font is a symbol font; Wingdings is the usual one.
        table = _WINGDINGS
    found = table.get(code)
    if found is not None:
        return found
    return chr(code) if table is _SYMBOL and 0x20 <= code < 0x7F else ""


def show_symbols(text: str, font: str | None, *, bullet: bool = False) -> str:
    """``text`` as it looks in ``font``; an unknown symbol is a plain bullet where it is one, else left out."""
    letters = font is not None and is_symbol_font(font)
    if not letters and _PRIVATE.search(text) is None:
        return text
    out = []
    for c in text:
        code = ord(c)
        if 0xF000 <= code <= 0xF0FF or (letters and 0x21 <= code <= 0xFF):
            out.append(symbol(code, font) or (BULLET if bullet else ""))
        elif 0xE000 <= code <= 0xF8FF:
            out.append(BULLET if bullet else c)
        else:
            out.append(c)
    return "".join(out)
