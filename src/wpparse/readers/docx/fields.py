"""Fields (ECMA-376 Part 1, 17.16): which results are text of the document, and what those without a result show."""

from __future__ import annotations

import re
from typing import Final

from wpparse.readers.docx.symbols import symbol

_CONTENTS: Final = frozenset({"TOC", "INDEX", "TOA", "RD", "XE", "TC", "TA"})
_PAGES: Final = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})
_BOXED_TICKS: Final = {"√": "☑", "✓": "☑", "×": "☒", "✗": "☒", "X": "☒", "x": "☒"}
_SYMBOL_FIELD: Final = re.compile(r'SYMBOL\s+(0x[0-9a-fA-F]+|\d+)(?:.*?\\f\s*"?([^"\\]+))?', re.IGNORECASE)
_EQ_SWITCH: Final = re.compile(r"\\[a-zA-Z]+\s*\d*\s*|\\\*\s*(?:\"[^\"]*\"|\S+)\s*")
_EQ_OPENING: Final = re.compile(r"\\[a-zA-Z]+(?:\s*\\[a-zA-Z]+\s*\d*)*\s*[(（]")


class Field:
    """One complex or simple field that is being read."""

    __slots__ = ("code", "in_result", "kind", "result_seen")

    def __init__(self, code: str = "") -> None:
        self.code = code
        """The instruction, as far as it has been read."""
        self.in_result = False
        self.result_seen = False
        self.kind = ""

    def separate(self) -> None:
        """The instruction is complete, the result follows."""
        self.in_result = True
        self.kind = self.code.split(None, 1)[0].upper() if self.code.strip() else ""

    @property
    def contents(self) -> bool:
        """Whether the field makes a table of contents or an index, which is no text of the document."""
        return self.kind in _CONTENTS

    @property
    def pages(self) -> bool:
        """Whether the field counts pages."""
        return self.kind in _PAGES

    def show(self) -> str:
        """What a field without a stored result shows; empty where it shows nothing or is not known."""
        if not self.in_result:
            self.separate()
        if self.kind == "EQ":
            return show_equation(self.code.strip()[2:])
        if self.kind == "SYMBOL" and (match := _SYMBOL_FIELD.search(self.code)):
            code = int(match[1], 0)
            font = (match[2] or "").strip()
            return symbol(code, font) if font else chr(min(code, 0xFFFF))
        if self.kind == "MACROBUTTON":
            return self.code.split(None, 2)[2] if len(self.code.split(None, 2)) > 2 else ""
        return ""


def show_equation(code: str) -> str:
    """The text of an EQ field in reading order: circled and boxed characters, phonetic guides, stacked text, fractions."""
    shown, _ = _equation(code.strip(), 0, 0)
    return shown.strip()


def _equation(code: str, at: int, depth: int) -> tuple[str, int]:
    """Text from ``at`` to the bracket that closes the current argument list, and where that is."""
    out: list[str] = []
    while at < len(code):
        c = code[at]
        if c in ")）":
            break
        if c == "\\" and at + 1 < len(code):
            name = code[at + 1].lower()
            if name in "ofsxridblaj" and depth < 20:
                opened = _opening(code, at)
                if opened is not None:
                    arguments, at = _arguments(code, opened, depth + 1)
                    out.append(_combine(name, code[:opened], arguments))
                    continue
            switch = _EQ_SWITCH.match(code, at)
            at = switch.end() if switch else at + 2
            continue
        out.append(c)
        at += 1
    return "".join(out), at


def _opening(code: str, at: int) -> int | None:
    """Where the argument list of the switch at ``at`` opens."""
    match = _EQ_OPENING.match(code, at)
    return None if match is None else match.end()


def _arguments(code: str, at: int, depth: int) -> tuple[list[str], int]:
    arguments: list[str] = []
    while True:
        start = at
        text, at = _equation_argument(code, at, depth)
        arguments.append(text)
        if at >= len(code) or code[at] in ")）":
            return arguments, at + 1
        at = max(at + 1, start + 1)


def _equation_argument(code: str, at: int, depth: int) -> tuple[str, int]:
    end = at
    level = 0
    while end < len(code) and (level or code[end] not in ",;，；)）"):
        level += (code[end] in "(（") - (code[end] in ")）")
        end += 1
    text, _ = _equation(code[at:end], 0, depth)
    return text.strip(), end


def _combine(name: str, switch: str, arguments: list[str]) -> str:
    if name == "f":
        return "/".join(arguments)
    if name == "o":
        frame, inner = (arguments[0], arguments[-1]) if len(arguments) > 1 else ("", arguments[0])
        if frame in ("○", "〇", "◯", "O") and inner.isdigit() and 1 <= int(inner) <= 20:
            return chr(0x2460 + int(inner) - 1)
        if frame in ("□", "◇", "△", "○", "〇", "◯"):
            return _BOXED_TICKS.get(inner, inner) if frame == "□" else inner
        if switch.rstrip("(（ ").lower().endswith("ad"):
            # A phonetic guide: the reading above, the text itself last.
            return inner
    return "".join(arguments)
