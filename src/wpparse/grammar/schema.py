"""What a rule file may hold: families with a closed list of kinds, rules, fragments, word lists, tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

from wpparse.errors import GrammarError

if TYPE_CHECKING:
    from wpparse.grammar.match import RuleSet

T = TypeVar("T")

Mode = Literal["scan", "line"]
"""``scan``: a rule is looked for anywhere in a text; ``line``: it must match where the text begins."""

NONE = "none"
"""The kind of a rule that only keeps others away: what it matches is taken and gives nothing."""

FAMILIES: dict[str, frozenset[str]] = {
    "label": frozenset({"label", NONE}),
    "deadline": frozenset({"by", "during", "within", "recurring", "ongoing", NONE}),
    "clause": frozenset({"explanation", "bracket", "line", "names", "deadline", "tail", "sentence", "break", NONE}),
    "role": frozenset({"lead", "support", "responsible", "leader", "deadline", "other", NONE}),
    "convention": frozenset({"first-is-lead", NONE}),
    "unit": frozenset({
        "collective", "open", "joint", "level", "place", "branch", "boundary",
        "run", "duty", "time", "score", "prose", "office", NONE,
    }),
    "subject": frozenset({"command", "bare", "called", "open", "lead_in", "adverbial", NONE}),
    "header": frozenset({
        "document_number", "issuer", "addressees", "issue_date", "disclosure", "attachments", "copied_to", "title",
        "notice", "covering", "glued", "red_head", "masthead", "subject", "signature", "printing", "particular", "year", NONE,
    }),
    "heading": frozenset({
        "background", "dated", "safeguard", "review", "inspected", "clause", "keyed", "statement", "plan", "catalogue", NONE,
    }),
    "line": frozenset({
        "furniture", "annex", "contents", "closing", "appeal", "effect", "preamble", "flat-table", "roster", "box",
        "matter", "state", "shared", "counting", "remark", NONE,
    }),
    "column": frozenset({
        "number", "topic", "requirement", "responsible", "lead", "support", "leader", "deadline", "start", "end",
        "remark", "score", "status", "catalogue", NONE,
    }),
    "table": frozenset({"decomposition", "form", "matrix", "layout", "other", NONE}),
    "row": frozenset({"total", "note", "continued", "legend", NONE}),
}  # fmt: skip
"""Each family of rules and the kinds that a rule in it may name. The list is closed: a stage reads each kind."""


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


@dataclass(frozen=True)
class Grammar:
    """All rules, word lists and tables, layered in the order in which their directories were given."""

    rule_list: tuple[Rule, ...]
    fragments: Mapping[str, str]
    word_lists: Mapping[str, frozenset[str]]
    tables: Mapping[str, tuple[Mapping[str, str], ...]]
    digest: str
    """SHA-256 over the files, so that a batch can tell whether its grammar has changed."""

    @cached_property
    def _sets(self) -> dict[str, RuleSet]:
        from wpparse.grammar.match import RuleSet

        by_family: dict[str, list[Rule]] = {family: [] for family in FAMILIES}
        for rule in self.rule_list:
            by_family[rule.family].append(rule)
        return {family: RuleSet(rules, self) for family, rules in by_family.items()}

    @cached_property
    def _made(self) -> dict[object, object]:
        return {}

    def made(self, make: Callable[[Grammar], T]) -> T:
        """What a stage makes of the grammar (an index, a set of rules of some kinds): made once for each grammar."""
        if make not in self._made:
            self._made[make] = make(self)
        return cast(T, self._made[make])

    def rules(self, family: str) -> RuleSet:
        """The rules of one family, ready to match."""
        return self._sets[family]

    def words(self, name: str) -> frozenset[str]:
        """One word list."""
        if name not in self.word_lists:
            raise GrammarError(detail=f"no word list {name!r}")
        return self.word_lists[name]

    def table(self, name: str) -> tuple[Mapping[str, str], ...]:
        """The rows of one table, by column name."""
        if name not in self.tables:
            raise GrammarError(detail=f"no table {name!r}")
        return self.tables[name]
