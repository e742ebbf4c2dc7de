"""Bodies that a sentence commands (审计机关要…), for items without a clause or a column."""

from __future__ import annotations

import re
from dataclasses import replace

from wpparse.brackets import CLOSE
from wpparse.extract.mentions import PartyMention
from wpparse.extract.parties.commands import Commands, commands
from wpparse.extract.parties.names import KIND, Names, names
from wpparse.grammar import Grammar, RuleSet
from wpparse.model import Role

_SENTENCE = re.compile(r"(?:[^。；！？;!?\n：:.]|(?<=\d)[：:](?=\d)|\.(?![\u4e00-\u9fff])|(?<![\u4e00-\u9fff])\.)+")
_LONGEST_LIST = 90
"""Characters that the list of bodies in front of a colon may have."""

_LONGEST_SENTENCE = 500
"""Characters of a sentence that are read at once: what a command depends on stands near it."""

_STOPS = "。；;！？\n"


class _Forms:
    """The rules of the subject family by kind; made once for each grammar."""

    def __init__(self, grammar: Grammar) -> None:
        rules = grammar.rules("subject")
        self.called: RuleSet = rules.of_kind("called")
        self.lead_in: RuleSet = rules.of_kind("lead_in")
        self.roles: RuleSet = grammar.rules("role")
        self.duty_tails = tuple(sorted(grammar.words("subject_duty_tails"), key=len, reverse=True))
        self.endings = frozenset(word[-1] for word in grammar.words("unit_suffixes"))
        self.names: Names = names(grammar)
        self.commands: Commands = commands(grammar)


def sentences(text: str) -> list[tuple[int, int]]:
    """Where the sentences of a text stand, without what ends them; one that has no end is cut at its commas."""
    found: list[tuple[int, int]] = []
    for sentence in _SENTENCE.finditer(text):
        begin, end = sentence.span()
        while end - begin > _LONGEST_SENTENCE:
            comma = max(text.rfind(mark, begin, begin + _LONGEST_SENTENCE) for mark in "，,")
            cut = comma + 1 if comma > begin else begin + _LONGEST_SENTENCE
            found.append((begin, cut))
            begin = cut
        found.append((begin, end))
    return found


def find_subjects(text: str, grammar: Grammar, known: frozenset[str] = frozenset()) -> tuple[PartyMention, ...]:
    """The bodies commanded in a text, in order, each once; source ``subject``, role ``responsible`` unless it is told to
    lead (牵头) or to support (配合).

    Each stands at the beginning of a part of a sentence; what it is told to do follows with 要, 应, 须 or 负责, as a bare
    imperative or behind a colon. Objects, places and addressees are none. ``known`` are names of bodies that the circular
    gives elsewhere (clauses, columns, addressees, signature): evidence for them.
    """
    forms = grammar.made(_Forms)
    found: dict[str, PartyMention] = {}
    for begin, end in sentences(text):
        mentions = _called(text, begin, end, grammar, forms) or tuple(
            replace(mention, start=mention.start + begin, end=mention.end + begin)
            for candidate, taken in forms.commands.read(text[begin:end], known)
            if taken
            for mention in candidate.commanded()
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
    mentions = _named(text, 0, len(text) - len(tail), forms)
    hit = forms.called.match(f"：{told}", 0) if mentions and told else None
    if hit is None or hit.field("role") is None:
        return mentions
    return tuple(replace(mention, role=hit.field("role"), rule=hit.rule.id) for mention in mentions)


def _named(text: str, begin: int, end: int, forms: _Forms) -> tuple[PartyMention, ...]:
    """The bodies that ``text[begin:end]`` names, where it does nothing else; a mere kind of body (建设主体) is none."""
    if end - begin > _LONGEST_LIST or end <= begin or not (text[end - 1] in forms.endings or text[end - 1] in CLOSE):
        return ()
    mentions = forms.commands.listed(text, begin, end, False)
    for mention in mentions:
        kind = mention.collective and not mention.name.startswith(forms.names.each)
        if forms.commands.against(mention.name) or (kind and forms.names.collective(mention.name) == KIND):
            return ()
    return mentions


def _called(text: str, begin: int, end: int, grammar: Grammar, forms: _Forms) -> tuple[PartyMention, ...]:
    """The bodies at the beginning of a sentence that stand in front of a colon, behind which is what they are to do."""
    if text[end : end + 1] not in ("：", ":") or (text[end - 1] not in forms.endings and text[end - 1] not in CLOSE):
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
    mentions = _named(text, start, end, forms)
    role: Role = hit.field("role", "responsible")
    return tuple(replace(mention, role=role, rule=hit.rule.id) for mention in mentions)
