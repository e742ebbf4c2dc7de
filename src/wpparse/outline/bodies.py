"""Lists of bodies: addressees and copies, split into the names that they hold."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wpparse.brackets import CLOSING, OPENING, ROUND, cut_outside, without
from wpparse.grammar import Grammar

_CLOSED = re.compile(rf"{OPENING}.*{CLOSING}$")
_GROUPS = "，,；;。"
_LONGEST_PLACE = 5


class BodySplitter:
    """Splits a list of bodies. Made once for each grammar."""

    def __init__(self, grammar: Grammar) -> None:
        self._endings = tuple(sorted(grammar.words("organ_endings")))
        self._dependent = grammar.words("listed_bodies")
        self._levels = grammar.words("organ_levels")
        self._seats = grammar.words("organ_seats")
        self._areas = tuple(grammar.words("area_endings"))
        self._each = tuple(grammar.words("unit_each"))
        self._party = tuple(grammar.words("organ_party"))
        self._final = tuple(grammar.words("organ_final"))
        self._doubtful = tuple(grammar.words("organ_doubtful"))
        self._marks = tuple(grammar.words("organ_marks"))

    def split(self, text: str) -> tuple[str, ...]:
        """The names in order. What shares a word with its neighbours stays whole (``各市、县（市、区）人民政府``)."""
        names: list[str] = []
        for group in _pieces(text, _GROUPS):
            pieces = [piece for piece in _pieces(group, "、") if piece]
            whole = ""
            for index, piece in enumerate(pieces):
                whole = f"{whole}、{piece}" if whole else piece
                following = pieces[index + 1] if index + 1 < len(pieces) else None
                anew = (
                    following is not None
                    and following.startswith(self._each)
                    and not without(whole, ROUND).endswith(self._areas)
                )
                if following is None or anew or (self._complete(whole) and not self._depends(following)):
                    names.append(whole)
                    whole = ""
        return tuple(name.strip() for name in names if name.strip())

    def ends_name(self, text: str) -> bool:
        """Whether a text ends as the name of a body does."""
        return _CLOSED.sub("", text).endswith(self._endings)

    def names_organ(self, text: str) -> bool:
        """The same, where a slogan may stand in its place: 马上就办 has nothing of a level or a seat in it."""
        if not text.endswith(self._doubtful):
            return self.ends_name(text)
        return self.ends_name(text) and any(part in text for part in self._marks)

    def unglue(self, text: str, known: Sequence[str]) -> list[str]:
        """The names in a signature whose columns ran together: told by the red head, or by what their names begin with."""
        names: list[str] = []
        rest = text
        while rest:
            name = next((name for name in known if rest.startswith(name)), None)
            if name is None:
                name = self._first_name(rest)
            names.append(name)
            rest = rest[len(name) :].lstrip("、，, ")
        return names

    def in_columns(self, lines: Sequence[Sequence[str]]) -> list[str]:
        """The names of signatures that may stand side by side, in order.

        What stands alone below names on one line and is called by no place or level is the rest of one of them
        (云川市信息化领导小组 · 云川市财政局 / 大数据办公室), of the first that does not end as a seat or an office does.
        """
        names: list[str] = []
        beside: range | None = None
        for line in lines:
            if beside is not None and len(line) == 1 and not self._placed(line[0], names):
                whole = [place for place in beside if names[place].endswith(self._final)]
                open_ = [place for place in beside if place not in whole]
                names[(open_ or list(beside))[0]] += line[0]
                beside = None
                continue
            beside = range(len(names), len(names) + len(line)) if len(line) > 1 else None
            names += line
        return names

    def _placed(self, name: str, names: Sequence[str]) -> bool:
        """Whether a name begins with a place or a level, as the others do."""
        if name.startswith((*self._levels, *self._party)) or any(name[:2] == other[:2] for other in names):
            return True
        return any(name.find(level, 1, _LONGEST_PLACE) > 0 for level in self._areas)

    def _first_name(self, text: str) -> str:
        begins = (*self._party, text[:3])
        for party in self._party:
            if text.startswith(party):  # behind the party's committee stands the government of the same place
                begins = (*begins, text[len(party) : len(party) + 2])
        if text[0] in self._levels:  # 省教育厅省财政厅: bodies of one level, called by it
            begins = (*begins, text[0])
        for position in range(4, len(text) - 3):
            if text.startswith(begins, position) and text[:position].endswith(self._endings):
                return text[:position]
        return text

    def _complete(self, name: str) -> bool:
        last = without(name, ROUND).rsplit("、", 1)[-1]
        if last in self._dependent or (len(last) == 2 and last[1] in self._dependent):
            return False
        return last.endswith(self._endings)

    def _depends(self, name: str) -> bool:
        return name in self._dependent or name in self._seats or len(name) == 1


def _pieces(text: str, separators: str) -> list[str]:
    return [piece.strip() for piece in cut_outside(text, separators)]
