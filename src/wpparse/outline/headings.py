"""Headings: what of an item is its title, and what says what is to be done.

A line of its own above text or further items is a heading. A first sentence is one (a run-in heading) where it is a
title rather than a statement: told by emphasis where the format shows it, else by its shape, by what its siblings
do, and by whether the rest of the item elaborates it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from wpparse.brackets import ASIDE, CLOSING, FRAME, OPEN, OPENING, body, is_inside, opens_at
from wpparse.grammar import Grammar
from wpparse.grammar.match import Hit
from wpparse.outline.emphasis import emphasised_end
from wpparse.outline.lines import Line

LONGEST = 40
"""A run-in heading has at most so many characters (contract, section 3)."""
LONGEST_LINE = 60
"""A heading on a line of its own may be longer."""
_LONGEST_CLOSED = 28
"""Several clauses with a full stop behind them are a statement above this length."""
_LONGEST_COLON = 16
_LONGEST_BRACKET = 26
_LONGEST_NAME = 10
"""The colon behind what a line calls itself stands within so many characters."""
_SHORT = 8
_ARTICLES = 0.8
_LONGEST_ALONE = 16
"""Among items that say one sentence each, a first sentence is a title only up to this length."""
_LONGEST_PLAIN = 26
"""One clause up to this length is shaped like a title whatever it lists."""

_SENTENCE_END = re.compile(r"[。！？!?]+[”’」』]?|(?<=[\u4e00-\u9fff）”])\.(?=[\u4e00-\u9fff“（《]|$)")
_COLON = re.compile("[：:]")
_EITHER = re.compile(f"[{body(ASIDE)}]")
_BRACKET = re.compile(f"{OPENING}[^{body(ASIDE)}]{{1,24}}{CLOSING}(?=[：:])")
_TOLD = re.compile("[：:]\\d")
_CLAUSE = re.compile("[，,；;]")
_FIGURE = re.compile(r"\d")
_HAN = re.compile(r"[\u3400-\u9fffA-Za-z0-9]+")
_TRAILING = "。．.：:；;，,、 ◆●■★▲"


class Shape(IntEnum):
    """How much a first sentence looks like a title."""

    STATEMENT = 0
    FAIR = 1
    TITLE = 2


@dataclass(frozen=True, slots=True)
class Heading:
    """The title found in a line: ``text[start:end]``; the item's own words begin at ``rest``."""

    start: int
    end: int
    rest: int
    line: bool
    """True where nothing but a bracketed clause stands behind it in its line."""


@dataclass(slots=True, eq=False)
class Candidate:
    """A line that may begin with a run-in heading, and what was seen in it."""

    line: Line
    start: int
    sentence: tuple[int, int] | None = None
    """The first sentence without its full stop, and where the rest begins; None where nothing but it is there."""
    shape: Shape = Shape.STATEMENT
    emphasis: int | None = None
    """Where the emphasised beginning ends; None where the format shows none."""
    colon: bool = False
    single: bool = False
    """True where the whole line is one sentence, though a colon parts it."""
    titled: bool = False
    """True where the line is a heading above further lines or items: evidence for its siblings."""
    elaborated: int = 0
    """How many pairs of characters of the sentence the rest takes up again."""


class HeadingReader:
    """Looks at lines and decides about headings. Made once for each grammar."""

    def __init__(self, grammar: Grammar) -> None:
        self._statements = grammar.rules("heading").of_kind("statement")
        self._clauses = grammar.rules("heading").of_kind("clause")
        self._keyed = grammar.rules("heading").of_kind("keyed")
        self._named = grammar.rules("line").of_kind("matter", "state")
        self._common = grammar.words("heading_common_pairs")

    def whole_line(self, line: Line, start: int, closed: bool) -> Heading | None:
        """The heading that fills a line from ``start`` but for a clause in brackets; None where it is a statement.

        ``closed``: whether a full stop or a clause may stand at its end.
        """
        text = line.text
        end = self.clause_start(text, start)
        stop = end
        while stop > start and text[stop - 1] in _TRAILING:
            stop -= 1
        if stop == start or stop - start > LONGEST_LINE:
            return None
        if not closed and (end < len(text) or (stop < end and text[stop] in "。．.")):
            return None
        body = text[start:stop]
        if _SENTENCE_END.search(body) or text[stop : stop + 1] in ("；", ";", "，", ","):
            return None
        clauses = len(_CLAUSE.findall(body))
        if clauses > 2 or (clauses and stop - start > (_LONGEST_CLOSED if stop < end else LONGEST)):
            return None
        if text[stop : stop + 1] in ("：", ":") and (stop - start > _LONGEST_COLON or self._states(body)):
            return None
        if self._states(body) or self.name(text, start) is not None:
            return None
        if not closed and _TOLD.search(body) is not None:
            return None
        return Heading(start, stop, end, True)

    def clause_start(self, text: str, start: int) -> int:
        """Where the bracketed clauses begin that end a text; its length where none does."""
        end = self._unclosed(text, start)
        while True:
            stop = end
            while stop > start and text[stop - 1] in _TRAILING:
                stop -= 1
            opening = opens_at(text, start, stop, ASIDE + FRAME)
            if opening is None or self._clauses.match(text, opening, stop) is None:
                return end
            end = opening

    def is_claused_sentence(self, text: str, start: int) -> bool:
        """Whether a clause stands behind a full stop: what stands before it is the requirement, not a heading."""
        end = self.clause_start(text, start)
        return start < end < len(text) and text[end - 1] == "。"

    def _unclosed(self, text: str, start: int) -> int:
        """Where a clause begins whose bracket is never closed; the length of the text where none does."""
        marks = list(_EITHER.finditer(text, start))
        position = marks[-1].start() if marks and marks[-1].group() in OPEN else -1
        if position < start:
            return len(text)
        return position if self._clauses.match(text, position) is not None else len(text)

    def is_clause(self, text: str) -> bool:
        """Whether a line is nothing but a clause that belongs to the paragraph above it."""
        return self._keyed.match(text) is not None or (text[:1] in tuple(OPEN) and self.clause_start(text, 0) == 0)

    def closes_with_clause(self, text: str) -> bool:
        """Whether a line is a clause, or ends in one: in brackets, or behind its last sentence."""
        if self.is_clause(text) or self.clause_start(text, 0) < len(text):
            return True
        return any(self._keyed.match(text, stop.end()) is not None for stop in _SENTENCE_END.finditer(text))

    def name(self, text: str, start: int = 0) -> Hit | None:
        """What a line calls itself that tells one thing of a matter (整改目标：), or what it has come to; None where nothing."""
        if _COLON.search(text, start, start + _LONGEST_NAME) is None:
            return None
        return self._named.match(text, start)

    def is_bare_name(self, text: str) -> bool:
        """Whether a line is nothing but such a name (具体措施：), so that what it names stands below it."""
        hit = self.name(text) if text.endswith(("：", ":")) else None
        return hit is not None and hit.end == len(text)

    def _claused(self, text: str, position: int) -> bool:
        """Whether a clause stands there: what stands before it is the requirement itself."""
        return self._clauses.match(text, position) is not None or self._keyed.match(text, position) is not None

    def candidate(self, line: Line, start: int) -> Candidate:
        """What is seen in a line whose words begin at ``start``."""
        text = line.text
        found = Candidate(line, start)
        if self.name(text, start) is not None:
            return found
        found.emphasis = self._emphasis(line, start)
        match = _SENTENCE_END.search(text, start)
        colon = _COLON.search(text, start, min(len(text), start + _LONGEST_COLON + 1 + _bracketed(text, start)))
        limit = len(text) if match is None else match.start()
        if (
            colon is not None
            and colon.start() < limit
            and not _CLAUSE.search(text, start, colon.start())
            and not is_inside(text, start, colon.start())
        ):
            match, found.colon = colon, True
        if match is None or match.end() >= len(text):
            return found
        rest = match.end()
        found.single = found.colon and limit >= self.clause_start(text, start) - 1
        stop = self.clause_start(text, rest)
        said = text[rest:stop].strip(_TRAILING)
        if not said or opens_at(said, 0, len(said)) == 0 or self._claused(text, rest):
            return found
        found.sentence = (match.start(), rest)
        sentence = text[start : match.start()]
        found.shape = self._shape(sentence)
        if found.shape:
            found.elaborated = self._taken_up(sentence, text[rest : rest + 400])
        return found

    def _emphasis(self, line: Line, start: int) -> int | None:
        """Where the emphasised beginning of a line ends; it says nothing where only a clause is set in another type."""
        end = emphasised_end(line, start)
        if end is None:
            return None
        rest = end
        while rest < len(line.text) and line.text[rest] in _TRAILING:
            rest += 1
        return None if rest < len(line.text) and self._ends_claused(line.text, start, rest) else end

    def _ends_claused(self, text: str, start: int, rest: int) -> bool:
        """Whether all that stands behind ``rest`` is who answers for what stands before it."""
        return self.clause_start(text, start) <= rest or self._keyed.match(text, rest) is not None

    def run_in(
        self, candidate: Candidate, siblings: Sequence[Candidate], cousins: Sequence[Candidate], strict: bool = False
    ) -> Heading | None:
        """The run-in heading of a candidate; ``siblings`` and ``cousins`` hold it too.

        ``strict``: of articles (第一条), which as a rule have no headings: only where nearly all of them have one.
        """
        text, start = candidate.line.text, candidate.start
        if candidate.emphasis is not None:
            return self._emphasised(text, start, candidate.emphasis)
        if candidate.sentence is None or candidate.shape is Shape.STATEMENT:
            return None
        if any(other.emphasis is not None for other in siblings):
            return None
        end, rest = candidate.sentence
        heading = Heading(start, end, rest, False)
        if candidate.colon:
            with_rest = [other for other in siblings if other.sentence is not None]
            return heading if len(with_rest) > 1 and all(other.colon for other in with_rest) else None
        if _all_short(siblings):
            return heading
        near, far = _share(siblings), _share(cousins)
        best = max(near if _count(siblings) > 1 else 0.0, far if _count(cousins) > 1 else 0.0)
        if candidate.shape is Shape.TITLE:
            best = max(best, _beside_headings(siblings))
        if strict:
            return heading if best >= _ARTICLES else None
        if _count(cousins) == 1 and candidate.shape is Shape.TITLE and len(cousins) < 4:
            return heading if candidate.elaborated or end - start <= _SHORT else None
        if _stands_alone(cousins) and (not candidate.elaborated or end - start > _LONGEST_ALONE):
            return None
        if candidate.shape is Shape.TITLE:
            if best > 0.5 or (near >= 0.25 and candidate.elaborated >= 2 and far >= 0.3):
                return heading
        elif best >= 0.75 or (best > 0.6 and candidate.elaborated) or (best > 0.5 and candidate.elaborated > 1):
            return heading
        return None

    def _emphasised(self, text: str, start: int, end: int) -> Heading | None:
        stop = end
        while stop > start and text[stop - 1] in _TRAILING:
            stop -= 1
        if stop == start or stop - start > LONGEST_LINE:
            return None
        rest = end
        while rest < len(text) and text[rest] in _TRAILING:
            rest += 1
        return Heading(start, stop, rest, False)

    def _states(self, sentence: str) -> bool:
        return self._statements.match(sentence) is not None

    def _shape(self, sentence: str) -> Shape:
        length = len(sentence)
        if not 2 <= length <= LONGEST:
            return Shape.STATEMENT
        if self._states(sentence):
            return Shape.FAIR if length <= _SHORT else Shape.STATEMENT
        clauses = _CLAUSE.split(sentence)
        if len(clauses) == 1:
            return Shape.FAIR if length > _LONGEST_PLAIN or sentence.count("、") > 1 else Shape.TITLE
        if len(clauses) > 3 or _FIGURE.search(sentence):
            return Shape.STATEMENT
        longest, shortest = max(map(len, clauses)), min(map(len, clauses))
        if longest - shortest <= 2 and longest <= 13:
            return Shape.TITLE
        return Shape.FAIR if len(clauses) == 2 and longest <= 13 else Shape.STATEMENT

    def _taken_up(self, sentence: str, rest: str) -> int:
        pairs = {word[i : i + 2] for word in _HAN.findall(sentence) for i in range(len(word) - 1)}
        return sum(1 for pair in pairs if pair not in self._common and pair in rest)


def _bracketed(text: str, start: int) -> int:
    """Characters that a bracket takes which opens soon behind ``start`` (组织实施阶段（2021年4月至11月）：)."""
    match = _BRACKET.search(text, start, start + _LONGEST_COLON + _LONGEST_BRACKET)
    return 0 if match is None or match.start() > start + _LONGEST_COLON else match.end() - match.start()


def _count(candidates: Sequence[Candidate]) -> int:
    """How many say more than one sentence."""
    return sum(1 for candidate in candidates if candidate.sentence is not None)


def _all_short(candidates: Sequence[Candidate]) -> bool:
    """Whether all of several items begin with a sentence of a few characters (``认识要到位。``)."""
    ends = [(other.sentence[0] - other.start) for other in candidates if other.sentence is not None]
    return len(ends) > 1 and len(ends) == len(candidates) and max(ends) <= _SHORT + 2


def _stands_alone(candidates: Sequence[Candidate]) -> bool:
    """Whether hardly any of many items says more than one sentence, so that the others are no evidence."""
    with_rest = sum(1 for candidate in candidates if candidate.sentence is not None)
    return with_rest <= 2 and len(candidates) - with_rest > 3


def _share(candidates: Iterable[Candidate]) -> float:
    """The part of the candidates with more than one sentence whose first one is shaped like a title."""
    with_rest = [candidate for candidate in candidates if candidate.sentence is not None]
    if not with_rest:
        return 0.0
    weight = sum(
        1.0 if other.shape is Shape.TITLE else 0.5 if other.shape is Shape.FAIR else 0.0 for other in with_rest
    )
    return weight / len(with_rest)


def _beside_headings(siblings: Sequence[Candidate]) -> float:
    """The part of the siblings that are headings on lines of their own or begin like one; 0 where no line is a heading."""
    titled = sum(1 for other in siblings if other.titled)
    like = sum(1 for other in siblings if other.sentence is not None and other.shape is Shape.TITLE)
    return (titled + like) / len(siblings) if titled else 0.0
