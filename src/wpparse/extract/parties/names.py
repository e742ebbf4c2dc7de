"""The names of bodies: what is one, what is a class of them, and how names that stand together come apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from wpparse.brackets import BESIDE, closing, depth, without
from wpparse.extract.parties.canonical import canonical
from wpparse.extract.parties.segments import segmenter
from wpparse.grammar import Grammar, Hit, RuleSet

LONGEST = 40
"""Characters that a body's name may have, brackets left aside."""

_LONGEST_PERSON = 4
"""Characters that a person's name may have."""

_LONGEST_GIVEN = 3
"""Characters of the name of most persons: a surname of one, and one or two more."""

KIND = "unit.collective-function"
"""The rule of names that say only what a body does (建设主体, 村（居）组织)."""

_MEMORY = 8192
"""Words of which it is remembered what they are."""

_CLOSE = closing(BESIDE)


@dataclass(frozen=True, slots=True)
class Tail:
    """The tail of an open list, from ``start`` (等…): ``body`` is the body that it names, where it names one."""

    start: int
    body: tuple[int, int] | None


class Names:
    """What the grammar knows of names; made once for each grammar (:func:`names`)."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self.endings = tuple(sorted(grammar.words("unit_suffixes")))
        """Words in which the name of a body ends."""
        self._false_endings = tuple(sorted(grammar.words("unit_not_suffixes")))
        self._generic = grammar.words("unit_bare")
        joints = sorted(grammar.words("conjunctions"), key=len, reverse=True)
        self._joints = re.compile("|".join(map(re.escape, joints)))
        self._hints = tuple(sorted(grammar.words("unit_joint_hints")))
        self._surnames = grammar.words("surnames")
        self._levels = grammar.words("agency_levels") | {word + "级" for word in ("各", "省", "市", "县", "区")}
        self._fields = grammar.words("agency_fields")
        self.each = tuple(sorted(grammar.words("unit_each")))
        """Words that open the name of a class (各)."""
        rules = grammar.rules("unit")
        self._kinds = {kind: rules.of_kind(kind) for kind in ("collective", "open", "joint", "boundary", "run", "duty")}
        self._values = {kind: rules.of_kind(kind) for kind in ("time", "score", "prose", "office")}
        # Names and the words between them recur all over a circular.
        self._bodies = lru_cache(_MEMORY)(self._is_body)
        self._collectives = lru_cache(_MEMORY)(self._collective)
        self._known_values = lru_cache(_MEMORY)(self._is_value)
        self._runs = lru_cache(_MEMORY)(lambda words: self._kinds["run"].fullmatch(words) is not None)
        self._finals = frozenset(name[-1] for name in grammar.words("agency_names"))
        self._joint = lru_cache(_MEMORY)(self._is_joint)
        self._canonical = lru_cache(_MEMORY)(lambda name: canonical(name, grammar))

    def is_body(self, name: str) -> bool:
        """True where the words name a body, or a class of bodies, by themselves."""
        return self._bodies(name)

    def _is_body(self, name: str) -> bool:
        bare = without(name, BESIDE)
        if len(bare) > LONGEST or depth(name, 0, len(name), BESIDE) or self.is_value(bare, "prose"):
            return False
        if bare != name and self.collective(name) is not None:
            ends = name[-1] in _CLOSE or bare.endswith(self.endings)
            return ends or self.collective(name) == KIND
        if len(bare) < 2 or bare in self._generic:
            return False
        return self.ends_as_body(bare)

    def ends_as_body(self, words: str) -> bool:
        """True where the words end as the name of a body does; the longer ending tells: 全部 names nobody, 安全部 does."""
        if not words.endswith(self.endings):
            return False
        false = max((len(word) for word in self._false_endings if words.endswith(word)), default=0)
        return not false or any(len(word) > false and words.endswith(word) for word in self.endings)

    def is_generic(self, name: str) -> bool:
        """True for words like 办公室, which name a body only where it is clear whose."""
        return name in self._generic

    def is_field(self, name: str) -> bool:
        """True for a department called by its field alone, perhaps with its level (发改, 县卫健): what 等部门 follows."""
        return any(name[cut:] in self._fields and (not cut or name[:cut] in self._levels) for cut in range(4))

    def is_person(self, name: str) -> bool:
        """True for words that read as a person's name: a surname, and one or two characters more."""
        return 1 < len(name) <= _LONGEST_PERSON and any(
            name[:length] in self._surnames and length < len(name) <= length + 2 for length in (1, 2)
        )

    def persons(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        """The persons in ``text[start:end]``, which holds no separator: split at 和 and 及, and where two names run together."""
        for position, after in self._conjunctions(text, start + 2, end - 2):
            if not self.is_person(text[start:position]):
                continue
            rest = self.persons(text, after, end)
            if all(self.is_person(text[left:right]) for left, right in rest):
                return [(start, position), *rest]
        cuts = [
            position
            for position in range(start + 2, end - 1)
            if end - start <= 2 * _LONGEST_GIVEN
            and self.is_person(text[start:position])
            and position - start <= _LONGEST_GIVEN
            and end - position <= _LONGEST_GIVEN
            and self.is_person(text[position:end])
        ]
        if len(cuts) == 1 and not self.is_person(text[start:end]):  # a blank between them was lost
            return [(start, cuts[0]), (cuts[0], end)]
        return [(start, end)]

    def collective(self, name: str) -> str | None:
        """The rule by which a name is that of a class of bodies; None for one body."""
        return self._collectives(name)

    def _collective(self, name: str) -> str | None:
        hit = self._kinds["collective"].fullmatch(name)
        return hit.rule.id if hit is not None else None

    def canonical(self, name: str) -> str | None:
        """The full official form of an abbreviated name; None where it is not known."""
        return self._canonical(name)

    def is_value(self, words: str, kind: str) -> bool:
        """True for words that are no name: ``time``, ``score``, ``prose``, or a person's ``office`` alone."""
        return self._known_values(words, kind)

    def _is_value(self, words: str, kind: str) -> bool:
        rules: RuleSet = self._values[kind]
        if kind == "prose":
            return bool(rules.scan(words))
        return rules.fullmatch(words) is not None

    def may_be_joint(self, words: str) -> bool:
        """False for a first member that cannot open such an enumeration: a cheap test ahead of :meth:`is_joint`."""
        return any(hint in words for hint in self._hints) or not self.is_body(words)

    def is_joint(self, words: str) -> bool:
        """True for an enumeration whose members are no names by themselves (各市、县（区）人民政府)."""
        return self._joint(words)

    def _is_joint(self, words: str) -> bool:
        return self._kinds["joint"].fullmatch(words) is not None

    def joint_end(self, text: str, start: int, begin: int, end: int) -> tuple[int, int] | None:
        """Where such an enumeration ends inside its last member ``text[begin:end]``, and where another body begins behind.

        各市、县（区）人民政府|和|市直各部门; None where no word joins another body to it.
        """
        for position, after in self._conjunctions(text, begin + 1, end - 1):
            if self.is_joint(text[start:position]) and self.is_body(text[after:end]):
                return position, after
        return None

    def joint_start(self, text: str, start: int, begin: int, end: int) -> tuple[int, int] | None:
        """Where another body ends in front of such an enumeration, whose first member ends at ``begin``.

        县教育局等单位|及|各县人民政府、管委会; None where the words before it name nobody.
        """
        for position, after in self._conjunctions(text, start + 2, begin - 1):
            if not self.is_joint(text[after:end]):
                continue
            tail = self.tail(text, start, position)
            if self.is_body(text[start : position if tail is None else tail.start]):
                return position, after
        return None

    def _conjunctions(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Where the words that join names stand (和, 以及), also those that are the end of another."""
        while found := self._joints.search(text, start, end):
            yield found.span()
            start = found.start() + 1

    def tail(self, text: str, start: int, end: int) -> Tail | None:
        """The tail that leaves the list ``text[start:end]`` open (…等有关部门); None where it is closed."""
        if "等" not in text[start:end]:
            return None
        for hit in reversed(self._kinds["open"].scan(text[start:end])):
            whole = start + hit.match.start()
            if start + hit.match.end() != end:
                continue
            body = hit.span("value") if hit.field("tail") == "body" else None
            return Tail(whole, None if body is None else (start + body[0], start + body[1]))
        return None

    def duty(self, text: str, start: int, end: int) -> Hit | None:
        """The word that tells what the body in front of it does, where more follows: 县财政局|负责|资金保障."""
        for hit in self._kinds["duty"].scan(text, start, end):
            if self.is_body(text[start : hit.start]):
                return hit
        return None

    def split(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        """The names in ``text[start:end]``, which holds no separator: split at 和 and 与, and where names run together."""
        return [
            name
            for joint in self._at_joints(text, start, end)
            for part in self._at_boundaries(text, *joint)
            for name in self._at_agencies(text, *part)
        ]

    def _at_agencies(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        """Names of known agencies with nothing between them: 发改局财政局民政局."""
        words = text[start:end]
        if end - start < 6 or sum(map(self._finals.__contains__, words)) < 2 or not self._runs(words):
            return [(start, end)]
        out: list[tuple[int, int]] = []
        for name in segmenter(self._grammar).cut(words):
            out.append((start, start + len(name)))
            start += len(name)
        return out

    def _at_joints(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        if "党工委" in text[start:end] and self.is_joint(text[start:end]):
            return [(start, end)]
        for position, after in self._conjunctions(text, start + 1, end - 1):
            if depth(text, start, position, BESIDE):
                continue
            if self.is_body(text[start:position]) and self.is_body(text[after:end]):
                return [(start, position), *self._at_joints(text, after, end)]
        return [(start, end)]

    def _at_boundaries(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        """Names that were written with blanks between them, or with nothing: 县发改局县财政局."""
        if end - start < 6:
            return [(start, end)]
        out: list[tuple[int, int]] = []
        position = start
        for hit in self._kinds["boundary"].scan(text, start, end):
            if (
                not depth(text, start, hit.start, BESIDE)
                and self.is_body(text[position : hit.start])
                and (end - hit.start > LONGEST or self.is_body(text[hit.start : end]))
            ):
                out.append((position, hit.start))
                position = hit.start
        return [*out, (position, end)]


def names(grammar: Grammar) -> Names:
    """The names that a grammar knows."""
    return grammar.made(Names)
