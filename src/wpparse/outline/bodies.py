"""Lists of bodies: addressees and copies, split into the names that they hold."""

from __future__ import annotations

import re

from wpparse.grammar import Grammar

_GROUPS = re.compile("[，,；;。]")
_OPEN = "（(〔【["
_CLOSE = "）)〕】]"


class BodySplitter:
    """Splits a list of bodies. Made once for each grammar."""

    def __init__(self, grammar: Grammar) -> None:
        self._endings = tuple(sorted(grammar.words("organ_endings")))
        self._dependent = grammar.words("listed_bodies")

    def split(self, text: str) -> tuple[str, ...]:
        """The names in order. What shares a word with its neighbours stays whole (``各市、县（市、区）人民政府``)."""
        names: list[str] = []
        for group in _outside_brackets(text, _GROUPS):
            pieces = [piece for piece in _outside_brackets(group, re.compile("、")) if piece]
            whole = ""
            for index, piece in enumerate(pieces):
                whole = f"{whole}、{piece}" if whole else piece
                following = pieces[index + 1] if index + 1 < len(pieces) else None
                if following is None or (self._complete(whole) and not self._depends(following)):
                    names.append(whole)
                    whole = ""
        return tuple(name.strip() for name in names if name.strip())

    def _complete(self, name: str) -> bool:
        last = name.rsplit("、", 1)[-1]
        bare = last.removeprefix("各")
        return bare not in self._dependent and re.sub(r"[（(].*[）)]$", "", last).endswith(self._endings)

    def _depends(self, name: str) -> bool:
        return name in self._dependent


def _outside_brackets(text: str, separator: re.Pattern[str]) -> list[str]:
    pieces = [""]
    depth = 0
    for character in text:
        if character in _OPEN:
            depth += 1
        elif character in _CLOSE:
            depth = max(0, depth - 1)
        if depth == 0 and separator.fullmatch(character):
            pieces.append("")
        else:
            pieces[-1] += character
    return [piece.strip() for piece in pieces]
