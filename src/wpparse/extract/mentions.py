"""What the finders of this room give: mentions, with offsets in the text that they were given.

``text[start:end]`` is always the words that the value came from.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from wpparse.model import DeadlineKind, DeadlineSource, Every, PartySource, Role, TimeUnit


@dataclass(frozen=True, slots=True)
class PartyMention:
    """One body named in a text; ``text[start:end]`` is its name."""

    start: int
    end: int
    name: str
    role: Role
    source: PartySource
    collective: bool = False
    canonical: str | None = None
    stated: bool = False
    """True where a role word of its own gives the role: a convention for the whole circular does not touch it."""
    rule: str | None = None
    confidence: float = 1.0
    """How likely the words name a body that answers for it, 0 to 1."""
    evidence: tuple[str, ...] = ()
    """Names of what was found for and against it, in the order of the grammar's table of weights."""


@dataclass(frozen=True, slots=True)
class UnitList:
    """The bodies of one cell or of one clause."""

    mentions: tuple[PartyMention, ...]
    open_ended: bool = False
    rest: tuple[tuple[int, int], ...] = ()
    """Stretches that name nobody and are no separators: where a deadline or a score may stand, or nothing is understood."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A responsibility clause: ``text[start:end]`` is all of it, brackets included."""

    start: int
    end: int
    units: UnitList
    deadline_spans: tuple[tuple[int, int], ...] = ()
    """Stretches of the clause in which every time expression counts as a deadline of source ``clause``."""
    rule: str | None = None

    def moved(self, by: int) -> Clause:
        """The clause with all its offsets counted from another place."""
        mentions = tuple(replace(one, start=one.start + by, end=one.end + by) for one in self.units.mentions)
        rest = tuple((start + by, end + by) for start, end in self.units.rest)
        spans = tuple((start + by, end + by) for start, end in self.deadline_spans)
        units = replace(self.units, mentions=mentions, rest=rest)
        return replace(self, start=self.start + by, end=self.end + by, units=units, deadline_spans=spans)


@dataclass(frozen=True, slots=True)
class DateBase:
    """What relative dates are counted from; nothing is ever taken from today's date."""

    plan_year: int | None = None
    issue_date: str | None = None
    """ISO 8601."""


@dataclass(frozen=True, slots=True)
class DeadlineMention:
    """One time expression; ``text[start:end]`` is the expression. The fields are the contract's, section 6."""

    start: int
    end: int
    text: str
    kind: DeadlineKind
    source: DeadlineSource
    begins: str | None = None
    """The contract's ``start``."""
    due: str | None = None
    every: Every | None = None
    times: int | None = None
    amount: int | None = None
    unit: TimeUnit | None = None
    after: str | None = None
    rule: str | None = None
    problem: str | None = None
    """Code of a diagnostic, e.g. ``deadline-impossible-date``; None where all is well."""
    confidence: float = 1.0
    """How likely it is a deadline of this kind and date, 0 to 1."""
    evidence: tuple[str, ...] = ()
    """Names of what was found for and against it, in the order of the grammar's table of weights."""
