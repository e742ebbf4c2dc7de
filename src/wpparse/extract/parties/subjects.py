"""Bodies that a sentence commands (审计机关要…), for items without a clause or a column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from wpparse.extract.mentions import PartyMention
from wpparse.extract.parties.names import KIND, Names, names
from wpparse.extract.parties.units import read_region
from wpparse.grammar import Grammar, Hit, RuleSet
from wpparse.model import Role

_SENTENCE = re.compile(r"[^。；！？;!?\n：:]+")
_PART = re.compile(r"[^，,]+")
_LONGEST_LIST = 90
"""Characters that the list of bodies in front of a command may have."""

_SHORT = 5
"""Characters of a name that may begin like a verb (组织部)."""

_STOPS = "。；;！？\n"


class _Forms:
    """The rules of the subject family by kind; made once for each grammar."""

    def __init__(self, grammar: Grammar) -> None:
        rules = grammar.rules("subject")
        self.command: RuleSet = rules.of_kind("command")
        self.bare: RuleSet = rules.of_kind("bare")
        self.called: RuleSet = rules.of_kind("called")
        self.open: RuleSet = rules.of_kind("open")
        self.lead_in: RuleSet = rules.of_kind("lead_in")
        self.adverbial: RuleSet = rules.of_kind("adverbial")
        self.roles: RuleSet = grammar.rules("role")
        self.false_starts = tuple(sorted(grammar.words("subject_false_starts") | grammar.words("subject_verbs")))
        self.false_parts = tuple(sorted(grammar.words("subject_false_parts")))
        self.never = tuple(sorted(grammar.words("subject_founding")))
        self.duty_tails = tuple(sorted(grammar.words("subject_duty_tails"), key=len, reverse=True))
        self.endings = frozenset(word[-1] for word in grammar.words("unit_suffixes"))
        self.short_endings = frozenset(grammar.words("subject_short_endings"))
        self.verb_names = tuple(sorted(grammar.words("subject_verb_names")))
        self.generic = grammar.words("subject_generic")
        self.names: Names = names(grammar)


def find_subjects(text: str, grammar: Grammar) -> tuple[PartyMention, ...]:
    """The bodies commanded in a text, in order, each once; source ``subject``, role ``responsible`` unless it is told to
    lead (牵头) or to support (配合).

    Each stands at the beginning of a part of a sentence; what it is told to do follows with 要, 应, 须 or 负责, or, at
    the beginning of the sentence, as a bare imperative or behind a colon. Objects, places and addressees are none.
    """
    forms = grammar.made(_Forms)
    found: dict[str, PartyMention] = {}
    for sentence in _SENTENCE.finditer(text):
        mentions = _called(text, sentence.start(), sentence.end(), grammar, forms) or tuple(
            replace(mention, start=mention.start + sentence.start(), end=mention.end + sentence.start())
            for mention in _commanded(sentence.group(), grammar, forms)
        )
        for mention in mentions:
            found.setdefault(mention.name, mention)
    return tuple(found.values())


def named_bodies(text: str, grammar: Grammar, told: str = "") -> tuple[PartyMention, ...]:
    """The bodies that a title names, where it does nothing else (县教育局、县财政局：…): what follows is for them to do.

    ``told`` is what follows: it may begin with the part that they have in it (牵头…, 配合…).
    """
    forms = grammar.made(_Forms)
    tail = next((tail for tail in forms.duty_tails if text.endswith(tail)), "")
    mentions = _named(text, 0, len(text) - len(tail), grammar, forms)
    hit = forms.called.match(f"：{told}", 0) if mentions and told else None
    if hit is None or hit.field("role") is None:
        return mentions
    return tuple(replace(mention, role=hit.field("role"), rule=hit.rule.id) for mention in mentions)


def _named(text: str, begin: int, end: int, grammar: Grammar, forms: _Forms) -> tuple[PartyMention, ...]:
    """The bodies that ``text[begin:end]`` names, where it does nothing else; a mere kind of body (建设主体) is none."""
    mentions = _list(text, begin, end, grammar, forms)
    for mention in mentions:
        kind = mention.collective and not mention.name.startswith(forms.names.each)
        if kind and forms.names.collective(mention.name) == KIND:
            return ()
    return mentions


def _called(text: str, begin: int, end: int, grammar: Grammar, forms: _Forms) -> tuple[PartyMention, ...]:
    """The bodies at the beginning of a sentence that stand in front of a colon, behind which is what they are to do."""
    if text[end : end + 1] not in ("：", ":") or (text[end - 1] not in forms.endings and text[end - 1] not in "）)"):
        return ()
    if end - begin > _LONGEST_LIST or (begin and text[begin - 1] not in _STOPS):
        return ()
    hit = forms.called.match(text, end)
    if hit is None:
        return ()
    lead_in = forms.lead_in.match(text, begin, end)
    start = begin if lead_in is None else lead_in.end
    if forms.roles.match(text, start, end + 1) is not None:
        return ()  # 牵头单位：…
    mentions = _named(text, start, end, grammar, forms)
    role: Role = hit.field("role", "responsible")
    return tuple(replace(mention, role=role, rule=hit.rule.id) for mention in mentions)


def _commanded(text: str, grammar: Grammar, forms: _Forms) -> Iterator[PartyMention]:
    """The bodies that one sentence commands; offsets are those in the sentence."""
    leading = True
    strict = False
    end = len(text)
    carried: tuple[PartyMention, ...] = ()
    for part in _PART.finditer(text):
        begin = part.start()
        lead_in = forms.lead_in.match(text, begin, end)
        called = lead_in is not None and lead_in.end > begin
        if lead_in is not None:
            begin = lead_in.end
        doubted = strict and text.startswith(forms.false_starts, begin, part.end())
        doubted = doubted and not text.startswith(forms.verb_names, begin, part.end())
        mentions = () if doubted else _bodies(text, begin, part.end(), end, leading or called, grammar, forms)
        if mentions:
            mentions = _sharing(text, begin, part.end(), grammar, mentions)
            yield from (replace(mention, role=mentions[0].role, rule=mentions[0].rule) for mention in carried)
            yield from mentions
            # Behind who leads it stands who supports it; others may follow, each with what it is to do.
            leading, strict = True, mentions[0].role != "lead"
            carried = ()
            continue
        # A list of bodies may run on behind a comma: 各县区政府，市直各部门要….
        carried = _list(text, begin, part.end(), grammar, forms) if leading else ()
        leading = leading and (bool(carried) or _adverbial(text, part.start(), part.end(), forms))


def _bodies(
    text: str, begin: int, stop: int, end: int, bare: bool, grammar: Grammar, forms: _Forms
) -> tuple[PartyMention, ...]:
    """The bodies listed at ``begin``, where a command follows their list."""
    if text.startswith(forms.false_starts, begin, stop) and not _may_begin(text, begin, stop, forms):
        return ()
    limit = min(stop, begin + _LONGEST_LIST)
    ends = [at for at in range(begin + 2, limit + 1) if text[at - 1] in forms.endings or text[at - 1] in "）)"]
    fields = text.find("等", begin + 2, limit + 1)
    if fields > 0 and fields not in ends:  # 教育、卫健等部门
        ends.append(fields)
        ends.sort()
    for rules in (forms.command, forms.bare) if bare else (forms.command,):
        for at in ends:
            hit = rules.match(text, at, end)
            if hit is None or hit.end == at:
                continue
            if hit.rule.kind == "bare" and (
                text.startswith(forms.verb_names, at) or _relative(text, at, stop, end, forms)
            ):
                continue
            longer = next(
                (to for to in ends if at + 2 <= to <= at + 6 and _goes_on(text, at, to, end, rules, forms)), at
            )
            if longer > at:
                hit = rules.match(text, longer, end) or hit
            listed = _listed(text, begin, longer, hit, grammar, forms)
            if listed:
                return listed
    return ()


def _sharing(
    text: str, begin: int, end: int, grammar: Grammar, mentions: tuple[PartyMention, ...]
) -> tuple[PartyMention, ...]:
    """All bodies of a part of a sentence that says of each what it does, and nothing else: A牵头、B和C参与."""
    if mentions[0].role != "lead" or mentions[-1].end + 3 >= end:
        return mentions
    reading = read_region(text, begin, end, grammar, "responsible", "subject")
    every = reading.units().mentions
    if reading.verbs < 2 or reading.rest or reading.idle or reading.known < len(every):
        return mentions
    return every


def _may_begin(text: str, begin: int, stop: int, forms: _Forms) -> bool:
    """True where words that begin with a verb may still be a name."""
    if text.startswith(forms.verb_names, begin, stop):
        return True
    if text.startswith(forms.never, begin, stop):
        return False
    first = text.find("、", begin, stop)
    if first > begin and forms.names.is_field(text[begin:first]):  # 宣传、文旅等部门
        return True
    return any(text[at - 1] in forms.short_endings for at in range(begin + 2, min(stop, begin + _SHORT) + 1))


def _goes_on(text: str, at: int, to: int, end: int, rules: RuleSet, forms: _Forms) -> bool:
    """True where the verb behind a name is the beginning of the rest of it: 县委|组织部会同…."""
    words = text[at:to]
    if not forms.names.is_body(words) or forms.names.collective(words) is not None or not _begins_well(words, forms):
        return False
    return rules.match(text, to, end) is not None


def _relative(text: str, at: int, stop: int, end: int, forms: _Forms) -> bool:
    """True where the words are an attribute of what is commanded: 各地发现的隐患，必须…."""
    attribute = text.rfind("的", at, stop)
    return at < attribute < stop - 1 and stop < end and forms.command.match(text, stop + 1, end) is not None


def _listed(text: str, begin: int, at: int, hit: Hit, grammar: Grammar, forms: _Forms) -> tuple[PartyMention, ...]:
    """The bodies that ``text[begin:at]`` lists and that the words of ``hit`` command."""
    role: Role = hit.field("role", "responsible")
    mentions = _list(text, begin, at, grammar, forms, hit.rule.kind == "command")
    return tuple(replace(mention, role=role, rule=hit.rule.id) for mention in mentions)


def _list(
    text: str, begin: int, at: int, grammar: Grammar, forms: _Forms, generic: bool = False
) -> tuple[PartyMention, ...]:
    """The bodies that ``text[begin:at]`` lists, () where it is no list of bodies. ``generic`` lets 企业 pass for one."""
    reading = read_region(text, begin, at, grammar, "responsible", "subject")
    mentions = reading.units().mentions
    if not mentions or reading.rest or reading.dates or reading.labels or reading.verbs or reading.idle:
        return ()
    if mentions[0].start != begin or (
        mentions[-1].end != at and not text.startswith(("（", "(", "等"), mentions[-1].end)
    ):
        return ()
    generic = generic or mentions[0].name.startswith(forms.names.each)
    # 教育、卫健等部门; 教育、卫健部门
    fields = forms.open.match(text, mentions[-1].end) is not None or mentions[-1].name.endswith("部门")
    for mention in mentions:
        if fields and forms.names.is_field(mention.name):
            continue
        known = forms.names.is_body(mention.name) or (generic and mention.name in forms.generic)
        if not known or not _begins_well(mention.name, forms):
            return ()
    return mentions


def _begins_well(name: str, forms: _Forms) -> bool:
    """False for words that only end like a name: 提供政府…. A short name may begin with a verb: 组织部, 督查室."""
    if any(part in name for part in forms.false_parts):
        return False
    if name.startswith(forms.verb_names):
        return True
    if name.startswith(forms.never):
        return False
    return not name.startswith(forms.false_starts) or (len(name) <= _SHORT and name[-1] in forms.short_endings)


def _adverbial(text: str, start: int, end: int, forms: _Forms) -> bool:
    """True for a part that only says when, how or by what the sentence's command is carried out."""
    return forms.names.is_value(text[start:end], "time") or forms.adverbial.match(text, start, end) is not None
