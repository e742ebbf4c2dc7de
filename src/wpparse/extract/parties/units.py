"""Units and persons in a cell or a clause, with the roles that words beside them give."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from wpparse.brackets import BESIDE, opens_at
from wpparse.extract.mentions import PartyMention, UnitList
from wpparse.extract.parties.names import Names, names
from wpparse.extract.parties.tokens import CLOSE, SEPARATORS, Token, Tokens
from wpparse.grammar import Grammar, Hit
from wpparse.model import PartySource, Role

_TRIM = " \t\n*“”\"'：:·.．—–-★☆●○■□▲△◆◇※"
_NUMBER = re.compile(r"\d{1,2}[.．](?=[^\d\W])")
"""The number of a member of a list (1.县教育局；2.县财政局)."""


@dataclass(slots=True)
class Reading:
    """What was read in a region of a text: more than a :class:`UnitList`, for who must judge whether it is a clause."""

    mentions: list[PartyMention] = field(default_factory=list)
    open_ended: bool = False
    rest: list[tuple[int, int]] = field(default_factory=list)
    dates: list[tuple[int, int]] = field(default_factory=list)
    """Stretches in which deadlines stand: behind 完成时限：, or a time on its own between commas."""
    scores: list[tuple[int, int]] = field(default_factory=list)
    labels: int = 0
    verbs: int = 0
    """Role words that stand behind a group of names."""
    duties: int = 0
    """Words that tell in the middle of a group what the body before them does (县财政局负责资金保障)."""
    idle: int = 0
    """Role words behind nobody."""
    convention: bool = False
    known: int = 0
    """Mentions whose words show that they name a body."""

    def units(self) -> UnitList:
        """The bodies, each once, with its first role."""
        seen: dict[str, PartyMention] = {}
        for mention in self.mentions:
            seen.setdefault(mention.name, mention)
        return UnitList(tuple(seen.values()), self.open_ended, tuple(sorted((*self.rest, *self.dates, *self.scores))))


def read_units(text: str, grammar: Grammar, role: Role = "responsible", source: PartySource = "column") -> UnitList:
    """The bodies (or, with role ``leader``, the persons) named in a cell or a clause.

    ``role`` holds for every name without a role word of its own.
    """
    return read_region(text, 0, len(text), grammar, role, source).units()


def read_region(
    text: str,
    start: int,
    end: int,
    grammar: Grammar,
    role: Role,
    source: PartySource,
    roles: Sequence[Hit] | None = None,
) -> Reading:
    """The same for ``text[start:end]``, with everything that was noticed on the way.

    ``roles`` are the role words in that stretch, where they have been looked for already.
    """
    found = grammar.rules("role").scan(text, start, end) if roles is None else roles
    return _Reader(text, grammar, role, source, found).read(start, end)


class _Reader:
    def __init__(self, text: str, grammar: Grammar, role: Role, source: PartySource, roles: Sequence[Hit]) -> None:
        self._text = text
        self._grammar = grammar
        self._names: Names = names(grammar)
        self._source: PartySource = source
        self._tokens = Tokens(text, grammar, roles)
        self._persons = role == "leader"
        self._role: Role = role
        self._role_rule: str | None = None
        self._stated = False
        self._dating: int | None = None
        self._aside = False
        """True behind a label whose names answer for nothing (监督人：…)."""
        self._prose = False
        """True from words that begin like running text to the end of their sentence."""
        self._first = True
        self._pending: list[PartyMention] = []
        self._group = 0
        """How many pending mentions stand before the last comma."""
        self._alone = True
        """True until a role word was read behind the last label or stop."""
        self._out = Reading()

    def read(self, start: int, end: int) -> Reading:
        found, self._out.convention = self._tokens.read(start, end)
        for token in self._tokens.join(found, lines=not self._persons):
            if token.hit is not None and token.kind == "label":
                self._label(token, token.hit)
            elif token.hit is not None:
                self._verb(token, token.hit)
            elif token.kind == "stop":
                self._flush()
                self._alone = True
                self._prose, self._first = False, True
                continue
            else:
                self._piece(token)
            self._first = False
        self._flush()
        if self._dating is not None:
            self._date(self._dating, end)
        return self._out

    # ------------------------------------------------------------------ what a token says

    def _label(self, token: Token, hit: Hit) -> None:
        if not self._out.labels:
            self._let_go()
        self._flush()
        self._prose = False
        if self._dating is not None:
            self._date(self._dating, token.start)
            self._dating = None
        self._aside = hit.rule.kind == "other"
        if self._aside:
            return
        self._out.labels += 1
        if hit.rule.kind == "deadline":
            self._dating = token.end
            return
        self._role = _role(hit)
        self._role_rule = hit.rule.id
        self._stated = self._role != "responsible"
        self._alone = True

    def _verb(self, token: Token, hit: Hit) -> None:
        if hit.rule.kind == "other":
            self._pending = []  # who watches answers for nothing
            return
        if not self._pending:
            self._out.idle += 1
            return
        self._out.verbs += 1
        role = _role(hit)
        if (role == "support" or self._stated) and self._alone and self._group:
            # Nobody has a role yet, or a label gave it: who helps stands behind the comma (县教育局、县科技局，县财政局配合).
            self._out.mentions += self._pending[: self._group]
            self._pending = self._pending[self._group :]
        self._perform(hit, role)

    def _perform(self, hit: Hit, role: Role) -> None:
        """Give the names before a role word its role."""
        self._alone = False
        self._pending = [
            replace(mention, role=role, stated=role != "responsible", rule=hit.rule.id) for mention in self._pending
        ]
        self._flush()

    def _let_go(self) -> None:
        """What stands before the first label and names nobody says when or how (按进度推进，责任单位：…)."""
        named = [mention for mention in self._pending if self._names.is_body(mention.name)]
        self._out.rest += [(mention.start, mention.end) for mention in self._pending if mention not in named]
        self._pending = named

    def _flush(self) -> None:
        self._out.mentions += self._pending
        self._pending = []
        self._group = 0

    def _date(self, start: int, end: int) -> None:
        while start < end and self._text[start] in SEPARATORS:
            start += 1
        while end > start and self._text[end - 1] in SEPARATORS:
            end -= 1
        if start < end:
            self._out.dates.append((start, end))

    def _piece(self, token: Token) -> None:
        start, end = self._trimmed(token.start, token.end)
        if start >= end or self._aside:
            return
        if token.before and token.before in "，,":
            self._group = len(self._pending)
        words = self._text[start:end]
        self._prose = self._prose or (self._first and not self._dating and self._names.is_value(words, "prose"))
        if self._prose:
            self._out.rest.append((start, end))
            return
        if self._dating is not None:
            if not self._names.is_body(words) or self._names.is_value(words, "time"):
                return
            self._date(self._dating, start)
            self._dating = None
        if self._names.is_value(words, "score"):
            self._out.scores.append((start, end))
        elif self._role == "leader":
            start = self._office_before(token, start, end)
            for left, right in self._names.persons(self._text, start, end):
                if any(map(str.isalnum, self._text[left:right])):  # a dash says that nobody is named
                    self._pending.append(self._mention(left, right))
        elif self._names.is_value(words, "time") and not self._names.is_body(words):
            self._date(start, end)
        else:
            self._bodies(start, end)

    def _office_before(self, token: Token, start: int, end: int) -> int:
        """Where the first office begins of a person who holds several (县委常委、副县长张明); ``start`` where one is told at most."""
        alone = self._names.is_value(self._text[start:end], "office") or self._names.is_person(self._text[start:end])
        if alone or token.before != "、":
            return start
        while self._pending and self._names.is_value(self._pending[-1].name, "office"):
            start = self._pending.pop().start
        return start

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        while start < end and self._text[start] in _TRIM:
            start += 1
        number = _NUMBER.match(self._text, start, end)
        if number is not None:
            start = number.end()
        while end > start and self._text[end - 1] in _TRIM and not _quoted(self._text, start, end):
            end -= 1
        for word in self._grammar.words("unit_lead_ins"):
            if self._text.startswith(word, start, end) and self._names.is_body(self._text[start + len(word) : end]):
                return start + len(word), end
        for word in self._grammar.words("unit_agents"):
            by = self._text.find(word, start, end)
            if by > start and self._names.is_body(self._text[by + len(word) : end]):
                return by + len(word), end
        return start, end

    def _bodies(self, start: int, end: int) -> None:
        tail = self._names.tail(self._text, start, end)
        if tail is not None:
            self._out.open_ended = True
            end = tail.start
        if start < end:
            for left, right in self._names.split(self._text, start, end):
                inner = self._names.tail(self._text, left, right)
                if inner is None:
                    self._body(left, right)
                else:  # 能源局等省有关部门|和各市人民政府
                    self._bodies(left, right)
        if tail is not None and tail.body is not None:
            self._body(*tail.body)

    def _body(self, start: int, end: int) -> None:
        """One name; a role or a time in brackets behind it is its own."""
        start, end = self._trimmed(start, end)
        role: Hit | None = None
        if end > start and self._text[end - 1] in CLOSE:
            opening = opens_at(self._text, start, end, BESIDE)
            if opening is not None and opening > start:
                inside = self._text[opening + 1 : end - 1]
                role = self._grammar.rules("role").fullmatch(inside) if len(inside) < 8 else None
                verb = role is not None and role.field("position") == "verb"
                if verb or inside.startswith(tuple(self._grammar.words("unit_asides"))):
                    start, end = self._trimmed(start, opening)
                elif self._names.is_value(inside, "score"):
                    self._out.scores.append((opening, end))
                    end = opening
                elif self._names.is_value(inside, "time"):
                    self._date(opening + 1, end - 1)
                    end = opening
        words = self._text[start:end]
        if not words:
            return
        known = self._names.is_body(words)
        duty = None if known else self._names.duty(self._text, start, end)
        if duty is not None:
            if duty.field("shared"):
                self._out.verbs += 1
            else:
                self._out.duties += 1
            self._bodies(start, duty.start)
            self._perform(duty, duty.field("role"))
            self._out.rest.append((duty.start, end))
            return
        if not known and (len(words) < 2 or len(words) > 25 or self._names.is_value(words, "prose")):
            self._out.rest.append((start, end))
            return
        self._out.known += known
        mention = self._mention(start, end)
        if role is not None and role.field("position") == "verb":
            given = _role(role)
            self._out.verbs += 1
            if given == "support" and any(before.stated for before in self._out.mentions):
                # A（牵头），B、C（配合）: all behind the comma help.
                own = self._pending[self._group :]
                self._pending[self._group :] = [replace(one, role=given, stated=True, rule=role.rule.id) for one in own]
            self._flush()
            self._out.mentions.append(replace(mention, role=given, stated=given != "responsible", rule=role.rule.id))
        else:
            self._pending.append(mention)

    def _mention(self, start: int, end: int) -> PartyMention:
        name = self._text[start:end].replace("\n", "")
        person = self._role == "leader"
        collective = not person and self._names.collective(name) is not None
        return PartyMention(
            start=start,
            end=end,
            name=name,
            role=self._role,
            source=self._source,
            collective=collective,
            canonical=None if person or collective else self._names.canonical(name),
            stated=self._stated,
            rule=self._role_rule,
        )


def _quoted(text: str, start: int, end: int) -> bool:
    """True where a quotation in the name ends with it: 村“两委”."""
    return text[end - 1] == "”" and text.rfind("“", start, end) > start


def _role(hit: Hit) -> Role:
    roles: dict[str, Role] = {"lead": "lead", "support": "support", "leader": "leader"}
    return roles.get(hit.rule.kind, "responsible")
