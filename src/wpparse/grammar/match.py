"""Compiling and matching. A pattern is compiled when a text first holds one of its literals, never before."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from wpparse.errors import GrammarError, TooLarge
from wpparse.grammar.compiled import compile_kept
from wpparse.grammar.schema import NONE, Rule

if TYPE_CHECKING:
    import regex

TIME_LIMIT = 2.0
"""Seconds that one match of one pattern may take before the file is refused."""

_FRAGMENT = re.compile(r"\{([a-z_][a-z_0-9-]*)\}")
_WITHIN = re.compile(r"(?<!\\)(\[\^?(?:\\.|[^\]\\])*?)\{([a-z_][a-z_0-9-]*)\}")
_CLASS = re.compile(r"\[(?!\^)(?:\\.|[^\[\]\\])+\]")
_MEMBER = re.compile(r"(\\.|[^\\])(?:-([^\]\\]))?")
_LIST = re.compile(r"\\L<([a-z_][a-z_0-9]*)>")
_VALUE = "value"


class Vocabulary(Protocol):
    """What a pattern may refer to."""

    @property
    def fragments(self) -> Mapping[str, str]:
        """Parts of patterns by name."""

    @property
    def word_lists(self) -> Mapping[str, frozenset[str]]:
        """Word lists by name."""

    @property
    def digest(self) -> str:
        """SHA-256 over all of it, under which compiled patterns are kept."""


def expand(pattern: str, vocabulary: Vocabulary, where: str, depth: int = 0) -> str:
    """The pattern with each ``{fragment}`` replaced by its text, as one group; within ``[ ]`` by the characters of its class."""
    if depth > 12:
        raise GrammarError(detail=f"{where}: fragments refer to one another without end")

    def text_of(name: str) -> str:
        if name not in vocabulary.fragments:
            raise GrammarError(detail=f"{where}: no fragment {{{name}}}")
        return expand(vocabulary.fragments[name], vocabulary, where, depth + 1)

    def within_class(match: re.Match[str]) -> str:
        text = text_of(match.group(2))
        if _CLASS.fullmatch(text) is None:
            raise GrammarError(detail=f"{where}: {{{match.group(2)}}} within [ ] is no class of characters")
        return f"{match.group(1)}{text[1:-1]}"

    while (changed := _WITHIN.sub(within_class, pattern)) != pattern:
        pattern = changed
    return _FRAGMENT.sub(lambda match: f"(?:{text_of(match.group(1))})", pattern)


def characters(text: str, vocabulary: Vocabulary, where: str) -> str:
    """The text with each ``{fragment}`` replaced by all characters of its class."""

    def members(match: re.Match[str]) -> str:
        inside = expand(match.group(), vocabulary, where)
        out = ""
        for first, last in _MEMBER.findall(inside[len("(?:[") : -len("])")]):
            first = first[-1]
            out += first if not last else "".join(map(chr, range(ord(first), ord(last) + 1)))
        return out

    return _FRAGMENT.sub(members, text)


def compile_pattern(pattern: str, vocabulary: Vocabulary, where: str) -> regex.Pattern[str]:
    """The pattern, fragments and word lists (``\\L<name>``) filled in. Raises :class:`GrammarError`."""
    import regex

    text = expand(pattern, vocabulary, where)
    lists: dict[str, frozenset[str]] = {}
    for name in sorted(set(_LIST.findall(text))):
        if name not in vocabulary.word_lists:
            raise GrammarError(detail=f"{where}: no word list {name!r}")
        lists[name] = vocabulary.word_lists[name]
    try:
        return compile_kept(text, lists, vocabulary.digest)
    except regex.error as error:
        raise GrammarError(detail=f"{where}: {error}") from error


@dataclass(frozen=True, slots=True)
class Hit:
    """One match. ``start`` and ``end`` are those of the group ``value`` where the pattern has one, else of all of it."""

    rule: Rule
    start: int
    end: int
    match: regex.Match[str]

    @property
    def text(self) -> str:
        """The matched words."""
        return str(self.match.string[self.start : self.end])

    def group(self, name: str) -> str | None:
        """The text of a named group; None where the pattern has no such group or it took no part."""
        if name not in self.match.re.groupindex:
            return None
        found: str | None = self.match.group(name)
        return found

    def captures(self, name: str) -> list[str]:
        """All texts that a named group matched, in order (the same fragment may stand twice in a pattern)."""
        if name not in self.match.re.groupindex:
            return []
        return [str(text) for text in self.match.captures(name)]

    def span(self, name: str) -> tuple[int, int] | None:
        """Offsets of a named group; None where it took no part."""
        if name not in self.match.re.groupindex or self.match.start(name) < 0:
            return None
        return self.match.start(name), self.match.end(name)

    def field(self, name: str, default: Any = None) -> Any:
        """A constant of the rule."""
        return self.rule.fields.get(name, default)


class RuleSet:
    """The rules of one family, the highest priority first, then in the order of the files."""

    def __init__(self, rules: Iterable[Rule], vocabulary: Vocabulary) -> None:
        self.rules = tuple(sorted(rules, key=lambda rule: -rule.priority))
        self._vocabulary = vocabulary
        self._compiled: dict[str, regex.Pattern[str]] = {}
        self._subsets: dict[tuple[str, ...], RuleSet] = {}
        self._places: dict[str, RuleSet] = {}

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules)

    def of_kind(self, *kinds: str) -> RuleSet:
        """Only the rules of these kinds (and those of kind ``none``, which keep others away); compiled patterns are shared."""
        subset = self._subsets.get(kinds)
        if subset is None:
            subset = RuleSet((rule for rule in self.rules if rule.kind in (*kinds, NONE)), self._vocabulary)
            subset._compiled = self._compiled
            self._subsets[kinds] = subset
        return subset

    def within(self, place: str) -> RuleSet:
        """The rules for one kind of place: those whose ``only`` names it, and those that hold everywhere."""
        if place not in self._places:
            chosen = RuleSet((rule for rule in self.rules if rule.only in (None, place)), self._vocabulary)
            chosen._compiled = self._compiled
            self._places[place] = chosen
        return self._places[place]

    def compiled(self, rule: Rule) -> regex.Pattern[str]:
        """The compiled pattern of a rule."""
        pattern = self._compiled.get(rule.id)
        if pattern is None:
            pattern = self._compiled[rule.id] = compile_pattern(rule.pattern, self._vocabulary, rule.where)
        return pattern

    @cached_property
    def _gate(self) -> re.Pattern[str] | None:
        """Any literal of any rule, so that most texts are let go after one look; None where a rule has no literal."""
        if not self.rules or not all(rule.needs for rule in self.rules):
            return None
        return re.compile("|".join(re.escape(need) for need in sorted({n for rule in self.rules for n in rule.needs})))

    def _candidates(self, text: str) -> list[Rule]:
        """The rules whose literals the text holds. Asked more often than anything else: hence plain loops."""
        chosen: list[Rule] = []
        if self._gate is not None and self._gate.search(text) is None:
            return chosen
        for rule in self.rules:
            if rule.needs:
                for need in rule.needs:
                    if need in text:
                        break
                else:
                    continue
            if rule.also:
                for need in rule.also:
                    if need in text:
                        break
                else:
                    continue
            chosen.append(rule)
        return chosen

    def scan(self, text: str, start: int = 0, end: int | None = None) -> list[Hit]:
        """All hits in ``text[start:end]``, in order and without overlap.

        Of two that overlap, the one of higher priority stands; then the one that begins first; then the longer.
        """
        found: list[Hit] = []
        for rule in self._candidates(text):
            try:
                for match in self.compiled(rule).finditer(text, start, end, timeout=TIME_LIMIT):
                    hit = _hit(rule, match)
                    if hit.end > hit.start:
                        found.append(hit)
            except TimeoutError as error:
                raise TooLarge(detail=f"{rule.id}: {text[:20]}…") from error
        if len(found) > 1:
            found.sort(key=lambda hit: (-hit.rule.priority, hit.start, hit.start - hit.end))
            taken: list[Hit] = []
            for hit in found:
                place = bisect_left(taken, hit.end, key=_start)
                if place == 0 or taken[place - 1].end <= hit.start:
                    taken.insert(place, hit)
            found = taken
        return [hit for hit in found if hit.rule.kind != NONE]

    def match(self, text: str, start: int = 0, end: int | None = None) -> Hit | None:
        """The first rule, by priority, that matches where ``text[start:end]`` begins; None where none does."""
        return self._first(text, start, end, full=False)

    def fullmatch(self, text: str, start: int = 0, end: int | None = None) -> Hit | None:
        """The first rule, by priority, that matches all of ``text[start:end]``; None where none does."""
        return self._first(text, start, end, full=True)

    def _first(self, text: str, start: int, end: int | None, full: bool) -> Hit | None:
        for rule in self._candidates(text):
            pattern = self.compiled(rule)
            try:
                apply = pattern.fullmatch if full else pattern.match
                match = apply(text, start, end, timeout=TIME_LIMIT)
            except TimeoutError as error:
                raise TooLarge(detail=f"{rule.id}: {text[:20]}…") from error
            if match is not None:
                return None if rule.kind == NONE else _hit(rule, match)
        return None


def _start(hit: Hit) -> int:
    return hit.start


def _hit(rule: Rule, match: regex.Match[str]) -> Hit:
    if _VALUE in match.re.groupindex and match.start(_VALUE) >= 0:
        return Hit(rule, match.start(_VALUE), match.end(_VALUE), match)
    return Hit(rule, match.start(), match.end(), match)
