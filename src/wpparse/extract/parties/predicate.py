"""What stands behind the name of a body: a command, and the evidence that it is one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from wpparse.extract.parties.vocabulary import Vocabulary, vocabulary
from wpparse.grammar import Grammar, RuleSet
from wpparse.model import Role

BARE = "subject.verb"
"""The rule of a body that a verb follows."""

_REACH = 40
"""Characters that may stand between a preposition and the verb (在全面摸排的基础上|制定…)."""

_PAST = re.compile(r"[了过着]|[\u4e00-\u9fff]{1,2}了(?!解)")
_MAY = re.compile(r"可(?!靠|行|持续|视化|控|信)|能够|不|未|没有|无需|无须|免予")
"""Before the verb: it may be done, or is not."""
_SET_UP = ("设立", "成立", "组建", "建立", "编制", "制定", "确定", "建设")
_DONE = re.compile(r"完毕|完成|到位|[，,、。；;]|$")
"""Behind such a verb: the thing is set up, and does nothing (工作组设立)."""
_HEAD = re.compile(
    r"可|人(?=[，,。；;、要应须]|$)|者|负责人|负责同志|成员|规模|(?:工作|建设|任务)?(?:情况|水平|力度|成效|效果|进度|质量|能力|人员|成果|方面|过程|率|时间|期间)"
)
"""What makes a noun of any verb before it: 落实情况."""
_LATER_HEAD = re.compile(r"[\u4e00-\u9fff]{2}(?:情况|水平|力度|成效|进度|质量)")
"""The same behind another verb: 工作落实情况."""
_THING = re.compile(
    r"(?:工作)?(?:方案|机制|计划|规划|制度|体系|办法|标准|目标|任务|项目|工程|经费|资金|场所|设施|平台|系统|模式"
    r"|经验|条件|要求|环境|指标|行为|资源|信息|数据|档案)"
)
"""What a verb may do something with, or make a name of a thing with: 管理办法; 实施方案编制完成."""
_ENDED = re.compile(r"(?:完成|完毕|到位|顺利|良好|突出|明显|显著)$")
"""Behind such a thing: it is what the sentence is about (实施方案编制完成)."""
_CLOSED = re.compile(r"[，,。；;、的和及并]|$")


@dataclass(frozen=True, slots=True)
class Predicate:
    """What a body is told: named pieces of evidence, the part that it has, and the rule that found it."""

    evidence: tuple[str, ...]
    role: Role
    rule: str

    @property
    def strong(self) -> bool:
        """True for 要, 应, 负责 and the like: they command also what is called by its kind alone (企业要…)."""
        return "then.modal" in self.evidence or "then.answers" in self.evidence


class Predicates:
    """Reads what follows a name; made once for each grammar (:func:`predicates`)."""

    def __init__(self, grammar: Grammar) -> None:
        rules = grammar.rules("subject")
        self._command: RuleSet = rules.of_kind("command")
        self._bare: RuleSet = rules.of_kind("bare")
        self._manner: RuleSet = grammar.rules("manner")
        self._words: Vocabulary = vocabulary(grammar)
        self._prepositions = tuple(sorted(grammar.words("prepositions"), key=len, reverse=True))
        self._preposition_heads = frozenset(word[0] for word in self._prepositions)

    def read(self, text: str, at: int, stop: int, end: int) -> Predicate | None:
        """What is told to a body whose name ends at ``at``; ``stop`` ends the part of the sentence, ``end`` the sentence."""
        hit = self._command.match(text, at, end)
        if hit is not None and hit.end > at and not self._words.is_verb(text[hit.end - 1 : hit.end + 1]):  # 应付, 要求
            answers = hit.match.group().endswith(("负责", "总责", "主责", "承担"))
            return Predicate(("then.answers" if answers else "then.modal",), "responsible", hit.rule.id)
        hit = self._bare.match(text, at, end)
        if hit is not None and hit.end > at:
            role: Role = hit.field("role", "responsible")
            told = {"lead": "then.lead", "support": "then.support"}.get(role, "then.moved")
            return Predicate((told, *self._context(text, at, hit.end, stop, end, "verb")), role, hit.rule.id)
        return self._verb(text, at, stop, end)

    def _verb(self, text: str, at: int, stop: int, end: int) -> Predicate | None:
        """A verb, perhaps behind adverbs, a time or a phrase with a preposition."""
        found: list[str] = []
        position = at
        for _ in range(6):
            verb = self._words.verb(text, position, stop)
            if verb is not None and not self._is_adverb(text, position, stop, verb[1]):
                kind, after = verb
                told = {"verb": "then.verb", "nominal": "then.noun-verb", "stative": "then.stative"}[kind]
                context = self._context(text, at, after, stop, end, kind)
                return Predicate((told, *dict.fromkeys(found), *context), "responsible", BARE)
            adverb = self._words.adverb(text, position, stop)
            if adverb is not None:
                found.append("then.adverb")
                position = adverb
                continue
            hit = self._manner.match(text, position, end)
            if hit is not None and hit.end > position:
                found.append(f"then.{hit.rule.kind}")
                position = hit.end
                stop = max(stop, min(end, _part_end(text, position, end)))
                continue
            break
        moved = self._bare.match(text, position, end) if found else None
        if moved is not None and moved.end > position:
            context = self._context(text, at, moved.end, stop, end, "verb")
            return Predicate(
                ("then.moved", *dict.fromkeys(found), *context), moved.field("role", "responsible"), moved.rule.id
            )
        phrase = None
        if position < stop and text[position] in self._preposition_heads:
            phrase = next((word for word in self._prepositions if text.startswith(word, position, stop)), None)
        if phrase is not None:
            object_ = position + len(phrase)
            for to in range(object_ + 1, min(stop, object_ + _REACH)):
                verb = self._words.verb(text, to, stop)
                if verb is not None and verb[0] != "stative" and not text.startswith("的", verb[1]):
                    context = self._context(text, at, verb[1], stop, end, "verb")
                    return Predicate(("then.phrase", *dict.fromkeys(found), *context), "responsible", BARE)
            behind = self._words.adverb(text, stop + 1, end) or stop + 1
            if stop < end and self._words.verb(text, behind, end) is not None:  # 通过轮训等方式，培训新任人员
                return Predicate(("then.phrase", *dict.fromkeys(found)), "responsible", BARE)
        return None

    def _is_adverb(self, text: str, position: int, stop: int, after: int) -> bool:
        """True where a word that may be a verb stands before another verb as an adverb does (统一|调整)."""
        adverb = self._words.adverb(text, position, stop)
        if adverb is None or adverb < after:
            return False
        verb = self._words.verb(text, adverb, stop)
        return verb is not None and verb[0] != "stative"

    def _context(self, text: str, at: int, after: int, stop: int, end: int, kind: str) -> list[str]:
        """What speaks against a command behind its verb, which ends at ``after``."""
        found: list[str] = []
        if text.endswith(_SET_UP, at, after) and _DONE.match(text, after, stop) is not None:
            found.append("told.set-up")
        if after >= stop:
            return [*found, "told.nothing"]
        if text.startswith("的", after):
            found.append("told.relative")
        elif text[stop - 1] == "的":
            must = stop < end and self._command.match(text, stop + 1, end) is not None
            found.append("told.condition-must" if must else "told.condition")
        else:
            attribute = text.rfind("的", at, stop)
            if at < attribute < stop - 1 and stop < end and self._command.match(text, stop + 1, end) is not None:
                found.append("told.attribute")
        if _MAY.search(text, at, after) is not None:
            found.append("told.may")
        if _PAST.match(text, after, stop) is not None:
            found.append("told.past")
        if _HEAD.match(text, after, stop) or (kind == "nominal" and _LATER_HEAD.match(text, after, stop)):
            found.append("told.noun")
        elif (noun := _THING.match(text, after, stop)) is not None:
            closed = _CLOSED.match(text, noun.end(), end) is not None
            if kind == "nominal" or _ENDED.search(text, noun.end(), stop) is not None:
                found.append("told.noun")
            elif not closed:
                found.append("told.thing")
        return found


def _part_end(text: str, position: int, end: int) -> int:
    """Where the part of a sentence ends in which ``position`` lies."""
    ends = [at for mark in "，," if (at := text.find(mark, position, end)) >= 0]
    return min(ends, default=end)


def predicates(grammar: Grammar) -> Predicates:
    """The reader of what follows names."""
    return grammar.made(Predicates)
