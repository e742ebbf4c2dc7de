"""Commands, found by evidence: a name in the place of a subject, and behind it what it is to do.

Each part of a sentence (between commas) gives candidates: the words from its beginning to each place where the name of
a body may end. The shape of the names, what follows them and where they stand are evidence (``grammars/evidence.tsv``);
its weights decide, and say how sure that is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from wpparse.brackets import CLOSE, OPEN
from wpparse.extract.mentions import PartyMention
from wpparse.extract.parties.evidence import Weights, probability, weights
from wpparse.extract.parties.names import Names, names
from wpparse.extract.parties.predicate import Predicate, Predicates, predicates
from wpparse.extract.parties.shape import Shape, shape
from wpparse.extract.parties.units import read_region
from wpparse.extract.parties.vocabulary import Vocabulary, vocabulary
from wpparse.grammar import Grammar, RuleSet

_PART = re.compile(r"[^，,]+")
_LONGEST_LIST = 90
"""Characters that the list of bodies in front of a command may have."""
_AGAINST = (
    "name.verb-first",
    "name.verb-inside",
    "name.adverb-first",
    "name.particle",
    "name.function-word",
    "name.long",
)
"""Evidence against one name that counts against the list in which it stands."""
_CUT = re.compile(
    r"所[需在属有列涉提报辖用作]|院校|部[署分门位落]|社[会区]|组[织成建]|会[议同商]|行[为动业政]|处[理置罚]|区[域分]|市[场政]|站[点位]"
)
"""Words that begin with what a name may end in."""
_JOINT = re.compile(r"[、和及与]|会同")
_SHORT_REST = 6
"""Characters that the rest of a name may have that begins with a verb (督查室)."""
_LONGEST_REST = 16
"""Characters that the rest of a name may have that is an agency by itself (经济和信息化局)."""
_NAMED = {"name.agency", "name.level", "name.place", "name.class", "name.known", "name.institution"}
"""Evidence that a name is one: what follows is then its verb rather than the rest of a compound."""
_WITH = "会同"
"""What makes helpers of the bodies behind it, not fellows."""
_BY = ("由", "请", "望", "要")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Bodies listed in ``text[begin:end]`` of a sentence that what follows may command."""

    begin: int
    end: int
    mentions: tuple[PartyMention, ...]
    predicate: Predicate
    evidence: tuple[str, ...]
    score: float
    """Log-odds that they are commanded."""
    shared: bool = False
    """True where each has a part of its own: A牵头、B和C参与."""

    def commanded(self) -> tuple[PartyMention, ...]:
        """The bodies as parties."""
        told = self.predicate
        sure = probability(self.score)
        return tuple(
            replace(
                mention,
                role=mention.role if self.shared else told.role,
                rule=(mention.rule if self.shared else None) or told.rule,
                confidence=sure,
                evidence=self.evidence,
            )
            for mention in self.mentions
        )


class Commands:
    """Finds commands; made once for each grammar (:func:`commands`)."""

    def __init__(self, grammar: Grammar) -> None:
        rules = grammar.rules("subject")
        self._grammar = grammar
        self._names: Names = names(grammar)
        self._shape: Shape = shape(grammar)
        self._words: Vocabulary = vocabulary(grammar)
        self._predicates: Predicates = predicates(grammar)
        self._weights: Weights = weights(grammar)
        self._lead_in: RuleSet = rules.of_kind("lead_in")
        self._adverbial: RuleSet = rules.of_kind("adverbial")
        self._open: RuleSet = rules.of_kind("open")
        self._endings = frozenset(word[-1] for word in grammar.words("unit_suffixes"))
        self._compounds = frozenset(word for word in self._names.endings if len(word) == 2)
        self._generic = grammar.words("subject_generic")
        self._members = re.compile("|".join(map(re.escape, sorted(grammar.words("member_words")))))

    def read(self, text: str, known: frozenset[str] = frozenset()) -> Iterator[tuple[Candidate, bool]]:
        """Each candidate of one sentence that says anything, and whether it is taken; offsets are those in ``text``.

        ``known`` are names that the circular gives elsewhere.
        """
        place = "at.start"
        end = len(text)
        carried: list[tuple[PartyMention, ...]] = []
        for part in _PART.finditer(text):
            begin, stop = part.span()
            lead_in = self._lead_in.match(text, begin, end)
            by = False
            if lead_in is not None:
                by = lead_in.match.group().endswith(_BY)
                begin = lead_in.end
            stop = max(stop, begin)
            if self._members.search(text, 0, begin):
                return
            found = list(self._candidates(text, begin, stop, end, "at.by" if by else place, known))
            best = max(found, key=lambda one: (one.score, one.end), default=None)
            taken = best is not None and best.score >= 0
            if best is not None and taken:
                best = self._sharing(text, begin, part.end(), best)
                for mentions in carried:
                    yield replace(best, mentions=mentions, shared=False), True
                carried = []
            for one in found:
                if best is None or one.end != best.end:
                    yield one, False
            if best is not None:
                yield best, taken
            if taken:
                place = "at.command"
                continue
            if part.end() >= end:
                return
            # A list of bodies may run on behind a comma: 各县区政府，市直各部门要….
            open_ = place in ("at.start", "at.manner") and self._may_end(text, part.end())
            listed = self.listed(text, begin, part.end(), True, known) if open_ else ()
            if listed and not any(self.against(mention.name) for mention in listed):
                carried.append(listed)
            elif place in ("at.start", "at.manner") and self._is_manner(text, part.start(), part.end()):
                carried, place = [], "at.manner"
            else:
                carried, place = [], "at.other"

    def _candidates(
        self, text: str, begin: int, stop: int, end: int, place: str, known: frozenset[str]
    ) -> Iterator[Candidate]:
        limit = min(stop, begin + _LONGEST_LIST)
        ends = {at for at in range(begin + 2, limit + 1) if self._may_end(text, at)}
        fields = text.find("等", begin + 2, limit + 1)
        if fields > 0:  # 教育、卫健等部门
            ends.add(fields)
        ends |= {begin + len(name) for name in known if text.startswith(name, begin, stop)}
        # Most parts begin with a verb: what its object ends in is looked at no further.
        acts = self._words.verb(text, begin, stop) is not None or self._words.particle(text, begin, stop)
        joint = _JOINT.search(text, begin + 1, limit)
        first = limit if joint is None else joint.start()
        for at in sorted(ends):
            if acts and self._shape.begins_as_no_name(text[begin : min(at, first)]):
                continue
            predicate = self._predicates.read(text, at, stop, end)
            if predicate is None:
                continue
            mentions = self.listed(text, begin, at, predicate.strong or place == "at.by", known)
            if mentions:
                evidence = (*self._evidence(mentions, predicate, place, known), *self._cut(text, at, ends))
                yield Candidate(begin, at, mentions, predicate, evidence, self._weights.score(evidence))

    def _may_end(self, text: str, at: int) -> bool:
        """True where the name of a body may end at ``at``."""
        return text[at - 1] in self._endings or text[at - 1] in CLOSE

    def _cut(self, text: str, at: int, ends: set[int]) -> Iterator[str]:
        """What says that the name does not end here: a word goes on (主管部门组|织), or the name does (市政府|督查室)."""
        if self._is_cut(text, at):
            yield "name.cut"
        if self._words.adverb(text, at, len(text)) is not None:
            return
        for to in range(at + 2, at + _LONGEST_REST):
            if to not in ends or self._is_cut(text, to):
                continue
            of = set(self._shape.of(text[at:to]))
            field = to <= at + _SHORT_REST and "name.verb-field" in of
            if (field or "name.agency" in of) and not of & {"name.level", "name.class", "name.verb-last", *_AGAINST}:
                yield "told.name"
                return

    def _is_cut(self, text: str, at: int) -> bool:
        """True where ``at`` lies inside a word, and none begins there."""
        around = text[at - 1 : at + 1]
        cut = self._words.is_verb(around) or around in self._compounds or _CUT.match(around) is not None
        return cut and not self._words.begins(text, at, len(text))

    def _evidence(
        self, mentions: tuple[PartyMention, ...], predicate: Predicate, place: str, known: frozenset[str]
    ) -> tuple[str, ...]:
        found = {place, *predicate.evidence, *self._shape.of(mentions[0].name)}
        if len(mentions) > 1:
            found.add("list")
            found |= {one for mention in mentions for one in self._shape.of(mention.name) if one in _AGAINST}
        if mentions[0].name in known:
            found.add("name.known")
        if "then.noun-verb" in found and found & _NAMED:
            found = found - {"then.noun-verb"} | {"then.verb-or-noun"}
        return self._weights.sorted(found)

    def listed(
        self, text: str, begin: int, at: int, generic: bool, known: frozenset[str] = frozenset()
    ) -> tuple[PartyMention, ...]:
        """The bodies that ``text[begin:at]`` lists, () where it is no list of bodies. ``generic`` lets 企业 pass for one."""
        reading = read_region(text, begin, at, self._grammar, "responsible", "subject")
        mentions = reading.units().mentions
        if not mentions or reading.rest or reading.dates or reading.labels or reading.verbs or reading.idle:
            return ()
        last = mentions[-1].end
        if mentions[0].start != begin or (last != at and not text.startswith((*OPEN, "等"), last)):
            return ()
        if any(text.startswith(_WITH, one.end) for one in mentions[:-1]):
            return ()
        generic = generic or mentions[0].name.startswith(self._names.each)
        # 教育、卫健等部门; 教育、卫健部门
        fields = self._open.match(text, last) is not None or mentions[-1].name.endswith("部门")
        for mention in mentions:
            if (fields and self._names.is_field(mention.name)) or mention.name in known:
                continue
            if not (self._names.is_body(mention.name) or (generic and mention.name in self._generic)):
                return ()
        return mentions

    def against(self, name: str) -> bool:
        """True where the shape of the words speaks against their being a name: 提供政府."""
        return any(one in _AGAINST for one in self._shape.of(name))

    def _sharing(self, text: str, begin: int, end: int, candidate: Candidate) -> Candidate:
        """With all bodies of a part that says of each what it does, and nothing else: A牵头、B和C参与."""
        mentions = candidate.mentions
        if candidate.predicate.role != "lead" or mentions[-1].end + 3 >= end:
            return candidate
        reading = read_region(text, begin, end, self._grammar, "responsible", "subject")
        every = reading.units().mentions
        if reading.verbs < 2 or reading.rest or reading.idle or reading.known < len(every):
            return candidate
        return replace(candidate, mentions=every, shared=True)

    def _is_manner(self, text: str, start: int, end: int) -> bool:
        """True for a part that only says when, how or by what the sentence's command is carried out."""
        return self._names.is_value(text[start:end], "time") or self._adverbial.match(text, start, end) is not None


def commands(grammar: Grammar) -> Commands:
    """The finder of commands of a grammar."""
    return grammar.made(Commands)
