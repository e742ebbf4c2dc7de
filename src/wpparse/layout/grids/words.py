"""What a table in a text may say, by the grammar: names of columns, ends of circulars, sums, bodies."""

from __future__ import annotations

import re

from wpparse.grammar import Grammar

LONGEST_NAME = 14
"""Characters of a column's name: of the names in the project's samples and tests none is longer."""
SURE, LIKELY = 8.0, 2.5
"""What closing words weigh: more than three cells that fit their columns by chance (2.6 each in the project's dumps), and one."""
_SURE = frozenset({"appeal", "effect", "annex"})
_HEADER_ENDS = frozenset({"attachments", "copied_to", "disclosure", "printing"})
_LONGEST_END = 120
"""Characters of a line that is asked whether it closes a circular; longer ones are prose, and asking costs time."""
_LISTED = re.compile(r"[，,；;。\n]")
_SENTENCE = re.compile(r"[。；！？]")


class Words:
    """The grammar's answers, each text asked once."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self._columns: dict[str, str | None] = {}
        self._ends: dict[tuple[str, str], float] = {}
        endings = "|".join(sorted(map(re.escape, grammar.words("unit_suffixes")), key=len, reverse=True))
        self._bodies = re.compile(f"(?:{endings})等?\\Z")

    def column(self, text: str) -> str | None:
        """What a column of this name holds (``number``, ``topic``, ``requirement`` …); None where nobody knows."""
        flat = "".join(text.split())
        if not flat or len(flat) > 2 * LONGEST_NAME:
            return None
        if flat not in self._columns:
            hit = self._grammar.rules("column").fullmatch(flat)
            self._columns[flat] = hit.rule.kind if hit is not None else None
        return self._columns[flat]

    def is_name(self, text: str) -> bool:
        """True where a text may be the name of a column, known or not."""
        return 0 < len(text) <= LONGEST_NAME and not _SENTENCE.search(text) and not text[0].isdecimal()

    def caption(self, text: str) -> bool:
        """True for the title of a table."""
        if self._grammar.rules("table").scan(text):
            return True
        hit = self._grammar.rules("header").match(text)
        return hit is not None and hit.rule.kind == "title"

    def closing(self, text: str, below: str = "") -> float:
        """How much a line speaks for the end of a table, in the units of a profile; ``below`` is the line below it.

        特此通知, 抄送, 附件, a clause of effect or a note never stand in a row; an appeal to all may.
        """
        if not text or len(text) > _LONGEST_END:
            return 0.0
        key = (text, below if len(below) < LONGEST_NAME else "")
        if key not in self._ends:
            self._ends[key] = self._closing(*key)
        return self._ends[key]

    def _closing(self, text: str, below: str) -> float:
        line = self._grammar.rules("line").match(text)
        if line is not None and line.rule.kind in _SURE:
            return SURE
        header = self._grammar.rules("header").match(text)
        kind = header.rule.kind if header is not None else None
        if kind in _HEADER_ENDS or self.note(text):
            return SURE
        if kind == "signature" and self._is_date(below):
            return SURE
        likely = line is not None and line.rule.kind == "closing"
        return LIKELY if likely or (kind == "issue_date" and text.endswith("日")) else 0.0

    def _is_date(self, text: str) -> bool:
        hit = self._grammar.rules("header").match(text) if text else None
        return hit is not None and hit.rule.kind == "issue_date" and text.endswith("日")

    def note(self, text: str) -> bool:
        """True for a note below a table (备注：…)."""
        hit = self._grammar.rules("row").match(text)
        return hit is not None and hit.rule.kind == "note"

    def total(self, text: str) -> bool:
        """True for the name of the sum of a column."""
        hit = self._grammar.rules("row").match(text)
        return hit is not None and hit.rule.kind == "total"

    def names_body(self, text: str) -> bool:
        """True where a text ends like the name of a body, or begins with one and its role (县水利局牵头，各镇配合)."""
        if self._bodies.search(text):
            return True
        first = _LISTED.split(text, maxsplit=1)[0]
        for length in (2, 3, 4):
            if self._bodies.search(first[:-length]):
                hit = self._grammar.rules("role").match(first, len(first) - length)
                return hit is not None and hit.end == len(first)
        return False
