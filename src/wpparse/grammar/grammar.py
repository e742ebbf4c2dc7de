"""All that is known of circulars, ready to match."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar, cast

from wpparse.errors import GrammarError
from wpparse.grammar.match import RuleSet
from wpparse.grammar.schema import FAMILIES, Rule

T = TypeVar("T")


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
