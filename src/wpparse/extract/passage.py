"""What a passage says, a paragraph or a cell: its clauses, the words without them, bodies and times.

The one place where the words of a task are read, whatever they stand in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from wpparse.blocks import Cell
from wpparse.extract.deadlines.find import find_deadlines
from wpparse.extract.mentions import Clause, DateBase, DeadlineMention, PartyMention
from wpparse.extract.parties.clauses import find_clauses, go_on
from wpparse.extract.parties.subjects import find_subjects
from wpparse.grammar import Grammar
from wpparse.messages import register, render
from wpparse.model import Deadline, DeadlineSource, Diagnostic, Location, Party
from wpparse.outline import Passage

register(
    {
        "clause-unread": (
            "此处似为责任分工，未能识别：{text}",
            "this looks like a responsibility clause that could not be read: {text}",
        )
    }
)

NOTHING_SAID = re.compile(r"[\s。；;，,、.：:]*")
"""What is left of a passage that is nothing but clauses."""
_SHOWN = 24
"""Characters of an unread clause that its message shows."""
_COMMAS = "，,、"
_AFTER_A_CUT = "，,、。；;"

Claused = tuple[Passage, Clause]
"""A clause and the passage in which it stands."""


def cell_passage(cell: Cell, block: int, page: int | None, glued: bool = False) -> Passage:
    """The passage that a cell is; ``glued`` where it is the rest of one that a page break cut."""
    confidence = min((doubt.confidence for doubt in cell.doubts), default=None)
    return Passage(cell.text, block, 0, page, confidence=confidence, row=cell.row, column=cell.column, glued=glued)


class PassageReader:
    """Reads passages. Clauses of a passage are looked for once."""

    def __init__(self, grammar: Grammar, base: DateBase, first_is_lead: bool) -> None:
        self.grammar = grammar
        self.base = base
        self._first_is_lead = first_is_lead
        self._clauses: dict[tuple[object, ...], tuple[Clause, ...]] = {}
        self._unread = grammar.rules("clause").of_kind("unread")
        self.diagnostics: list[Diagnostic] = []
        self.known: frozenset[str] = frozenset()
        """Bodies that the circular names elsewhere: in its clauses, among its addressees, below its text."""

    def clauses(self, passage: Passage) -> tuple[Clause, ...]:
        """The clauses of a passage, in order; they are looked for in all of its paragraph, so that no heading cuts one."""
        if passage.aside:
            return ()
        key = _key(passage)
        if key not in self._clauses:
            ahead = len(passage.before)
            found = find_clauses(passage.before + passage.text, self.grammar)
            self._clauses[key] = tuple(clause.moved(-ahead) for clause in found if clause.start >= ahead)
        return self._clauses[key]

    def continued(self, passage: Passage, before: Passage, clause: Clause) -> tuple[Clause, ...]:
        """The clause that a line of names continues, where the clause on the line before it ran to that line's end."""
        if clause.end < len(before.text):
            return ()
        more = go_on(before.text, clause, passage.text, self.grammar)
        if more is None:
            return ()
        self._clauses[_key(passage)] = (more,)
        return (more,)

    def plain(self, passage: Passage) -> str:
        """The passage's text without its clauses."""
        out: list[str] = []
        position = 0
        for clause in self.clauses(passage):
            words = passage.text[position : clause.start]
            if clause.end == len(passage.text) or passage.text[clause.end] in _AFTER_A_CUT:
                words = words.rstrip(_COMMAS)  # what joined the clause to the sentence
            out.append(words)
            position = clause.end
        out.append(passage.text[position:])
        words = "".join(out).strip()
        return words.lstrip(_AFTER_A_CUT) if len(out) > 1 else words

    def tell_unread(self, passage: Passage) -> None:
        """Say where words stay in a text that look like a clause which nobody could read."""
        position = 0
        spans = [(clause.start, clause.end) for clause in self.clauses(passage)]
        for start, end in (*spans, (len(passage.text), len(passage.text))):
            for hit in self._unread.scan(passage.text, position, start):
                values = {"text": passage.text[hit.start : hit.start + _SHOWN]}
                location = passage.locate(hit.start, hit.end)
                self.diagnostics.append(_diagnostic("clause-unread", location, values))
            position = end

    def with_lead(self, mentions: Sequence[PartyMention]) -> Sequence[PartyMention]:
        """A convention of the whole circular: the first body leads where no role is said."""
        if self._first_is_lead and mentions and not any(mention.stated for mention in mentions):
            return (replace(mentions[0], role="lead"), *mentions[1:])
        return mentions

    def named_in(self, clauses: Sequence[Claused]) -> Iterator[Party]:
        """The bodies of clauses, in order."""
        for passage, clause in clauses:
            for mention in self.with_lead(clause.units.mentions):
                yield party(mention, passage.locate(mention.start, mention.end))

    def commanded(self, passage: Passage) -> Iterator[Party]:
        """The bodies that the sentences of a passage command."""
        for mention in find_subjects(passage.text, self.grammar, self.known):
            yield party(mention, passage.locate(mention.start, mention.end))

    def times(self, passage: Passage, base: DateBase, source: DeadlineSource = "text") -> Iterator[Deadline]:
        """The deadlines of a passage in order, those of its clauses among them."""
        position = 0
        for clause in self.clauses(passage):
            yield from self.dated(passage.cut(position, clause.start), source, base)
            yield from self.clause_times(passage, clause, base)
            position = clause.end
        yield from self.dated(passage.cut(position), source, base)

    def clause_times(self, passage: Passage, clause: Clause, base: DateBase | None = None) -> Iterator[Deadline]:
        """The deadlines that a clause states."""
        for start, end in clause.deadline_spans:
            yield from self.dated(passage.cut(start, end), "clause", base)

    def dated(self, passage: Passage, source: DeadlineSource, base: DateBase | None = None) -> Iterator[Deadline]:
        """The deadlines of words without clauses."""
        if not passage.text:
            return
        for mention in find_deadlines(passage.text, self.grammar, base or self.base, source):
            yield self.deadline(mention, passage.locate(mention.start, mention.end))

    def deadline(self, mention: DeadlineMention, location: Location) -> Deadline:
        """The contract's deadline of a mention; what is wrong with it is told."""
        if mention.problem is not None:
            self.diagnostics.append(_diagnostic(mention.problem, location, {"text": mention.text}))
        return Deadline(
            text=mention.text,
            kind=mention.kind,
            start=mention.begins,
            due=mention.due,
            every=mention.every,
            times=mention.times,
            amount=mention.amount,
            unit=mention.unit,
            after=mention.after,
            source=mention.source,
            location=location,
            rule=mention.rule,
            confidence=mention.confidence,
        )


def party(mention: PartyMention, location: Location) -> Party:
    """The contract's party of a mention; its confidence is what the finder thinks of it."""
    return Party(
        name=mention.name,
        role=mention.role,
        collective=mention.collective,
        source=mention.source,
        canonical=mention.canonical,
        location=location,
        rule=mention.rule,
        confidence=mention.confidence,
    )


def _key(passage: Passage) -> tuple[object, ...]:
    return passage.block, passage.row, passage.column, passage.start, len(passage.text)


def _diagnostic(code: str, location: Location, values: dict[str, str]) -> Diagnostic:
    return Diagnostic(
        code=code, severity="warning", message=render(code, "zh", values), location=location, values=values
    )
