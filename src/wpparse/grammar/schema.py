"""What a rule file may hold: families with a closed list of kinds, rules, fragments, word lists, tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Mode = Literal["scan", "line"]
"""``scan``: a rule is looked for anywhere in a text; ``line``: it must match where the text begins."""

NONE = "none"
"""The kind of a rule that only keeps others away: what it matches is taken and gives nothing."""

FAMILIES: dict[str, frozenset[str]] = {
    "label": frozenset({"label", NONE}),
    "deadline": frozenset({"by", "during", "within", "recurring", "ongoing", NONE}),
    "clause": frozenset({"explanation", "bracket", "line", "names", "deadline", "tail", "sentence", "break", "unread", NONE}),
    "role": frozenset({"lead", "support", "responsible", "leader", "deadline", "other", NONE}),
    "convention": frozenset({"first-is-lead", NONE}),
    "unit": frozenset({
        "collective", "open", "joint", "level", "place", "branch", "boundary",
        "run", "duty", "time", "score", "prose", "office", NONE,
    }),
    "subject": frozenset({"command", "bare", "called", "open", "lead_in", "adverbial", NONE}),
    "manner": frozenset({"person", "open", "time", NONE}),
    "header": frozenset({
        "document_number", "issuer", "addressees", "issue_date", "disclosure", "attachments", "copied_to", "title",
        "notice", "covering", "glued", "red_head", "masthead", "subject", "signature", "printing", "particular", "year", NONE,
    }),
    "heading": frozenset({
        "background", "dated", "scope", "safeguard", "review", "inspected", "clause", "keyed", "statement", "plan",
        "catalogue", NONE,
    }),
    "line": frozenset({
        "furniture", "annex", "contents", "closing", "appeal", "effect", "preamble", "flat-table", "roster", "box",
        "matter", "state", "shared", "counting", "remark", "opening", "commands", NONE,
    }),
    "column": frozenset({
        "number", "topic", "requirement", "responsible", "lead", "support", "leader", "deadline", "start", "end",
        "remark", "score", "status", "catalogue", NONE,
    }),
    "table": frozenset({"decomposition", "form", "matrix", "layout", "other", NONE}),
    "row": frozenset({"total", "note", "continued", "legend", NONE}),
}  # fmt: skip
"""Each family of rules and the kinds that a rule in it may name. The list is closed: a stage reads each kind."""


CLASSES = {"guard": 90, "cycle": 70, "term": 65, "span": 60, "point": 50, "loose": 30}
"""Named classes of priority. Of two hits that overlap the one of the earlier class stands: what keeps others away, what comes
again and again, so long after an event, a stretch with two ends, a point, a point that little marks. In a class the hit that
begins first stands, then the longer one."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text that a rule must match; ``match`` is the matched part (default: the whole text)."""

    text: str
    match: str
    expected: Mapping[str, Any]
    """Further keys: what the stage that reads the family must make of it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``where`` is ``file:line`` of its first line, for messages."""

    id: str
    family: str
    kind: str
    pattern: str
    where: str
    mode: Mode = "scan"
    needs: tuple[str, ...] = ()
    """Literals of which the text must hold at least one for the pattern to be tried."""
    also: tuple[str, ...] = ()
    """Literals of which the text must hold at least one besides."""
    only: str | None = None
    """The kind of place that the rule is for, where a family tells places apart (a cell, running text); None: all."""
    priority: int = 0
    fields: Mapping[str, Any] = field(default_factory=dict)
    """Constants that the stage reads, e.g. ``every = "quarter"``."""
    examples: tuple[Example, ...] = ()
    rejects: tuple[str, ...] = ()
