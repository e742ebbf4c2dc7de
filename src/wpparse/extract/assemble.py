"""The one maker of tasks: passages, of the text or of a row, become a task."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from wpparse.extract.mentions import DateBase
from wpparse.extract.parties.subjects import named_bodies
from wpparse.extract.passage import Claused, PassageReader, party
from wpparse.model import Deadline, DeadlineSource, Location, Origin, Party, Task
from wpparse.outline import Passage

_PLACE = 4
"""Characters of a place with its level: 青岚县."""


@dataclass(slots=True)
class Words:
    """The words of one task: its passages, and the clauses found in each."""

    passages: list[Passage] = field(default_factory=list)
    clauses: list[Claused] = field(default_factory=list)
    lent: bool = False
    """True where the clauses are those behind the heading above."""
    source: DeadlineSource = "text"
    """Where times in the words come from: ``column`` in a column that says when."""


@dataclass(slots=True)
class Beside:
    """What stands beside the words of a task or above them: columns of the row, clauses of the lead-in."""

    parties: list[Party] = field(default_factory=list)
    deadlines: list[Deadline] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    """As written."""
    open_ended: bool = False
    confidences: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a task stands and what it is called."""

    origin: Origin
    section: str | None
    path: tuple[str, ...]
    label: str | None
    title: str | None
    location: Location
    own: str = ""
    """The label that the words begin with."""


class Assembler:
    """Makes tasks of words, for body and tables alike."""

    def __init__(self, reader: PassageReader) -> None:
        self._reader = reader
        self._levels = reader.grammar.words("organ_levels")

    def collect(self, passages: Iterable[Passage], source: DeadlineSource = "text") -> Words:
        """The words of passages with their clauses."""
        words = Words(list(passages), source=source)
        words.clauses = [(passage, clause) for passage in words.passages for clause in self._reader.clauses(passage)]
        return words

    def text(self, words: Words) -> str:
        """What is to be done: one line for each passage, without clauses."""
        lines: list[str] = []
        for passage in words.passages:
            plain = self._reader.plain(passage)
            if passage.glued and lines:
                lines[-1] += plain
            elif plain:
                lines.append(plain)
        return "\n".join(lines)

    def parties(self, words: Words, titles: Sequence[tuple[Passage, bool]] = ()) -> list[Party]:
        """The bodies that clauses name, else those that titles name and sentences command.

        ``titles``: the heading of the item and the title of the paragraph, each with whether it is the first sentence of
        the words, which may command as the others do.
        """
        found = list(self._reader.named_in(words.clauses))
        if found:
            return found
        for title, sentence in reversed(titles):
            grammar = self._reader.grammar
            mentions = named_bodies(title.text, grammar, words.passages[0].text)
            found += [party(mention, title.locate(mention.start, mention.end)) for mention in mentions]
            if not mentions and sentence:
                found += [one for one in self._reader.commanded(title) if self._placed(one.name)]
            if found:
                break  # the paragraph's own title says more than the heading above it
        for passage in words.passages:
            found += self._reader.commanded(passage)
        return found

    def _placed(self, name: str) -> bool:
        """Whether a name begins with its place or level: a title (激发科研院所活力) seems to command more often than it does."""
        return name.startswith("各") or any(level in name[:_PLACE] for level in self._levels)

    def deadlines(self, words: Words, base: DateBase) -> list[Deadline]:
        """The deadlines of the words, those of their clauses among them."""
        found: list[Deadline] = []
        for passage in words.passages:
            for deadline in self._reader.times(passage, base, words.source):
                if words.source == "column" and deadline.kind == "ongoing" and deadline.source == "column":
                    continue  # a schedule says when; 长期 in its sentences does not
                found.append(deadline)
        if words.lent:
            found += [d for passage, clause in words.clauses for d in self._reader.clause_times(passage, clause)]
        return found

    def task(
        self, frame: Frame, words: Words, parties: Iterable[Party], deadlines: Iterable[Deadline], beside: Beside
    ) -> Task:
        """The task; a name that stands twice in a role is listed once, and one of a column with that role only."""
        for passage in words.passages:
            self._reader.tell_unread(passage)
        named: dict[tuple[str, str], Party] = {}
        columns = {one.name for one in beside.parties}
        for one in beside.parties:
            if all(name != one.name for name, _ in named):
                named[one.name, one.role] = one
        for one in parties:
            if one.name not in columns:
                named.setdefault((one.name, one.role), one)
        written = [passage.text[clause.start : clause.end] for passage, clause in words.clauses]
        confidences = [passage.confidence for passage in words.passages if passage.confidence is not None]
        return Task(
            number=0,
            origin=frame.origin,
            section=frame.section,
            label=frame.label,
            path=frame.path,
            title=frame.title,
            text=self.text(words).removeprefix(frame.own).lstrip(),
            parties=tuple(named.values()),
            parties_text="\n".join((*beside.words, *written)) or None,
            open_ended=beside.open_ended or any(clause.units.open_ended for _, clause in words.clauses),
            deadlines=(*beside.deadlines, *deadlines),
            recognised=min((*confidences, *beside.confidences), default=None),
            location=frame.location,
        )
