"""Responsibility clauses in running text.

A clause stands in brackets behind a sentence, on a line of its own, or behind a sentence without brackets
(contract, section 5). Role words in running text open none: a bracket counts only where its words read as names
with their roles.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from wpparse.brackets import ASIDE, CLOSE, FRAME, OPEN, SQUARE, body, frames_in, opening, pairs_in
from wpparse.extract.mentions import Clause, PartyMention
from wpparse.extract.parties.names import LONGEST, names
from wpparse.extract.parties.units import Reading, read_region
from wpparse.grammar import Grammar, Hit, RuleSet

_OPENING = re.compile(f"[{body(opening(ASIDE + FRAME))}]")
_SQUARE = opening(SQUARE)
"""Brackets that explain nothing: names in them answer for what stands before them."""
_STOP = "。；;"
_COUNTED = re.compile(r"[\d百千万]余?多?[所院校局]\Z")
"""A measure that ends like a name: 新建学校8所（…）."""
_LONGEST_LIST = 120
"""Characters that a line may have that goes on with the names of a clause."""
_SHORT = 4
"""Characters of a department that is called by its field alone (发改、工信等部门)."""


class _Forms:
    """The rules of the clause family by kind; made once for each grammar."""

    def __init__(self, grammar: Grammar) -> None:
        rules = grammar.rules("clause")
        self.bracket: RuleSet = rules.of_kind("explanation", "bracket")
        self.line: RuleSet = rules.of_kind("line")
        self.names: RuleSet = rules.of_kind("names")
        self.sentence: RuleSet = rules.of_kind("sentence")
        self.deadline: RuleSet = rules.of_kind("deadline")
        self.tail: RuleSet = rules.of_kind("tail")
        self.next_item: RuleSet = rules.of_kind("break")
        self.verbs = tuple(sorted(grammar.words("subject_verbs")))
        opening = [rule for rule in grammar.rules("role") if rule.kind != "other"]
        self.needs = tuple(sorted({need for rule in opening for need in rule.also or rule.needs}))


def find_clauses(text: str, grammar: Grammar) -> tuple[Clause, ...]:
    """All responsibility clauses of a paragraph, in order, without overlap.

    A clause covers its brackets, and the full stop behind them where one stands before them as well, so that clean
    text is left when it is cut out.
    """
    forms = grammar.made(_Forms)
    if not any(need in text for need in forms.needs) and _OPENING.search(text) is None:
        return ()
    return tuple(_Finder(text, grammar, forms).find())


def first_is_lead(texts: list[str], grammar: Grammar) -> bool:
    """True where a sentence of the circular makes the first unit of every clause its lead."""
    rules = grammar.rules("convention")
    return any(hit.rule.kind == "first-is-lead" for text in texts for hit in rules.scan(text))


def go_on(before: str, clause: Clause, text: str, grammar: Grammar) -> Clause | None:
    """The clause that a paragraph of nothing but names is, where it goes on with the list at the end of ``clause``.

    None where the paragraph says anything else, or where the clause is closed by a bracket.
    """
    last = clause.units.mentions[-1] if clause.units.mentions else None
    if last is None or last.role == "leader" or before[clause.end - 1] in CLOSE + _STOP or len(text) > _LONGEST_LIST:
        return None
    reading = read_region(text, 0, len(text), grammar, last.role, "clause")
    if reading.rest or reading.idle or reading.labels or reading.verbs or reading.dates or not reading.mentions:
        return None
    if reading.known < len(reading.mentions):
        return None
    reading.mentions = [replace(mention, stated=last.stated, rule=last.rule) for mention in reading.mentions]
    return Clause(0, len(text), reading.units(), (), clause.rule)


class _Finder:
    def __init__(self, text: str, grammar: Grammar, forms: _Forms) -> None:
        self._text = text
        self._grammar = grammar
        self._forms = forms
        self._names = names(grammar)
        self._closings = {**frames_in(text), **pairs_in(text)}
        self._roles = grammar.rules("role").scan(text)
        self._starts = [hit.start for hit in self._roles]
        self._labels = frozenset(
            hit.start for hit in self._roles if hit.field("position") == "label" and hit.rule.kind != "other"
        )
        self._listed_before = False
        self._tails: list[Hit] = []
        if self._roles:  # without brackets, nothing but a role word opens a clause
            self._tails = sorted((*forms.tail.scan(text), *forms.sentence.scan(text)), key=lambda hit: hit.start)

    @cached_property
    def _items(self) -> frozenset[int]:
        """Where numbers of items stand."""
        return frozenset(hit.start for hit in self._forms.next_item.scan(self._text))

    @cached_property
    def _lists(self) -> dict[int, Hit]:
        """Brackets in which a list of names may stand, by where they open."""
        return {hit.start: hit for hit in self._forms.names.scan(self._text)}

    @cached_property
    def _timed(self) -> dict[int, Hit]:
        """Brackets with nothing but a deadline, by where they open."""
        return {hit.start: hit for hit in self._forms.deadline.scan(self._text)}

    def find(self) -> Iterator[Clause]:
        position = 0
        line = self._forms.line.match(self._text) if self._roles else None
        if line is not None:
            clause = self._open(0, line.start, line.rule.id)
            if clause is not None:
                yield clause
                position = clause.end
        while position < len(self._text):
            clause = self._next(position)
            if clause is None:
                return
            yield clause
            position = clause.end

    def _next(self, position: int) -> Clause | None:
        """The first clause at or behind ``position``."""
        tails = iter(self._tails)
        tail = next(tails, None)
        while position < len(self._text):
            found = _OPENING.search(self._text, position)
            opening = found.start() if found else len(self._text)
            while tail is not None and tail.start < min(opening, len(self._text)):
                if tail.start >= position:
                    clause = self._unbracketed(tail)
                    if clause is not None:
                        return clause
                tail = next(tails, None)
            if opening == len(self._text):
                return None
            clause = self._bracket(opening)
            if clause is not None:
                return clause
            position = opening + 1
        return None

    def _bracket(self, opening: int) -> Clause | None:
        """The clause whose bracket opens here."""
        if opening in self._labels:  # 【责任单位】县住建局
            return self._open(opening, opening, "clause.bracketed-label")
        closing = self._closings.get(opening)
        if closing is not None:
            form = self._forms.bracket.fullmatch(self._text, opening, closing + 1)
            if form is not None and form.rule.kind == "explanation":
                return None
            if form is not None:
                reading = self._read(opening + 1, closing)
                if self._is_clause(reading):
                    return _clause(self._text, opening, closing + 1, reading, form.rule.id)
            listed = self._lists.get(opening)
            if listed is not None:
                reading = self._read(opening + 1, closing)
                if self._names_only(reading) and not self._explains(listed, opening, reading):
                    self._listed_before = True
                    return _clause(self._text, opening, closing + 1, reading, listed.rule.id)
            timed = self._timed.get(opening)
            if timed is not None:
                reading = Reading(dates=[(opening + 1, closing)])
                return _clause(self._text, opening, closing + 1, reading, timed.rule.id)
        if opening + 1 not in self._labels:
            return None
        return self._open(opening, opening + 1, "clause.never-closed")

    def _names_only(self, reading: Reading) -> bool:
        """True where every word read belongs to the name of a body; the office of one of them may be meant by 办公室."""
        if reading.rest or reading.idle or not reading.known:
            return False
        own = sum(self._may_name(mention) for mention in reading.mentions)
        return reading.known + own >= len(reading.mentions)

    def _explains(self, listed: Hit, opening: int, reading: Reading) -> bool:
        """True where names in brackets may tell who is meant by the words before them (有关部门（市教育局、…）)."""
        if listed.field("front"):  # 【社会组织】 is what the item is about
            return all(
                mention.collective and not mention.name.startswith(self._names.each) for mention in reading.mentions
            )
        if not listed.field("inside") or self._text[opening] in _SQUARE:
            return False
        named = self._names.ends_as_body(self._text[:opening]) and not _COUNTED.search(self._text, 0, opening)
        if self._listed_before:  # the item has a clause of this form: （A、B）；…（各市政府）。
            return named
        if all(mention.collective for mention in reading.mentions):
            return True
        if len(reading.mentions) < 2 and not reading.dates and not listed.field("alone"):
            return True
        return named

    def _unbracketed(self, hit: Hit) -> Clause | None:
        """A clause without brackets behind a sentence."""
        if hit.rule.kind == "sentence":
            return self._sentence(hit)
        return self._open(hit.start, hit.start, hit.rule.id)

    def _sentence(self, hit: Hit) -> Clause | None:
        """A sentence without brackets that names bodies and what each does for the item, and nothing else."""
        reading = self._read(*hit.match.span("bodies"))
        words = reading.rest or reading.idle or reading.scores
        if words or not reading.mentions or reading.known < len(reading.mentions):
            return None
        if reading.verbs < (2 if hit.field("shared") else 1):
            return None
        return _clause(self._text, hit.start, hit.end, reading, hit.rule.id)

    def _read(self, start: int, end: int) -> Reading:
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        hits = [hit for hit in self._roles[first:last] if hit.end <= end]
        return read_region(self._text, start, end, self._grammar, "responsible", "clause", hits)

    def _is_clause(self, reading: Reading) -> bool:
        if reading.labels:
            named = bool(reading.mentions) or bool(reading.dates)
            return named and sum(end - start for start, end in reading.rest) <= 40
        if reading.convention and not reading.mentions and not reading.rest:
            return True
        own = sum(self._may_name(mention) for mention in reading.mentions if mention.role != "leader")
        named = 2 * (reading.known + own) >= len(reading.mentions) or (
            reading.open_ended
            and all(
                len(m.name) <= _SHORT or self._names.is_body(m.name) or self._names.is_field(m.name)
                for m in reading.mentions
            )
        )
        return (
            (reading.verbs > 0 or reading.duties > 1)
            and named
            and sum(end - start for start, end in reading.rest) <= 40
        )

    def _open(self, start: int, begin: int, rule: str) -> Clause | None:
        """A clause without a closing bracket, whose names begin with a label at ``begin``."""
        end = self._reach(begin)
        reading = self._read(begin, end)
        if not reading.labels or not (reading.mentions or reading.dates):
            return None
        glued = None if start else self._behind_names(reading)
        if glued is not None:
            end, reading = glued, self._read(begin, glued)
        unopened = end < len(self._text) and self._text[end] in CLOSE and self._text[start] not in OPEN
        after = end + unopened  # a bracket that was opened on the line before
        first = min((span[0] for span in reading.rest), default=end)
        if first < end:
            end = max((mention.end for mention in reading.mentions if mention.end <= first), default=begin)
            if end <= begin:
                return None
            reading = self._read(begin, end)
            if not reading.mentions:
                return None
        if reading.mentions and not reading.known and not any(self._may_name(m) for m in reading.mentions):
            return None
        return _clause(self._text, start, after if first >= end else end, reading, rule)

    def _behind_names(self, reading: Reading) -> int | None:
        """Where what is to be done begins right behind the last name (责任单位：县水利局|加快河道治理); None where nothing does."""
        unread = [(m.start, m.end) for m in reading.mentions if m.role != "leader" and not self._names.is_body(m.name)]
        first = min((*unread, *reading.rest), default=None)
        if first is None:
            return None
        start, end = first
        for position in range(min(end - 2, start + LONGEST), start + 1, -1):
            if self._text.startswith(self._forms.verbs, position) and self._names.is_body(self._text[start:position]):
                return position
        return None

    def _may_name(self, mention: PartyMention) -> bool:
        """True for a person, and for a word like 办公室, which behind a label names the issuer's own."""
        return mention.role == "leader" or (len(mention.name) > 2 and self._names.is_generic(mention.name))

    def _reach(self, begin: int) -> int:
        """Where a clause that opens at ``begin`` without a closing bracket must end at the latest."""
        text = self._text
        depth = 0
        for position in range(begin, len(text)):
            char = text[position]
            if not depth and position > begin and position in self._items:
                return position
            if char in OPEN:
                if position + 1 in self._labels:
                    return position
                depth += 1
            elif char in CLOSE:
                if not depth:
                    return position
                depth -= 1
            elif not depth and char in "。！？" and position + 1 not in self._labels:
                return position + 1
        return len(text)


def _clause(text: str, start: int, end: int, reading: Reading, rule: str) -> Clause:
    if end < len(text) and text[end] in _STOP and (start == 0 or text[start - 1] in "。；;！？"):
        end += 1
    elif start and text[start - 1] in "，," and text[end - 1] in _STOP:
        end -= 1  # the full stop of the sentence to which the comma joins the clause
    spans = sorted((*reading.dates, *reading.rest))
    return Clause(start, end, reading.units(), tuple(spans), rule)
