"""Makes up sentences and circulars with their truth, from the grammar's own parts: places, fields, endings, verbs, frames.

A word belongs either to the part that may train weights or to the part that is held out (:func:`pool`), and so does a
frame; a test draws from what was held out, so that nothing in it was ever seen together. To add a kind of slot (a time, a
clause), give :class:`Parts` a method that draws it and its truth, and name the slot in frames.
"""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from wpparse.grammar import load_grammar

_SLOT = re.compile(r"\{([a-z]+)(\d*)\}")


@dataclass(frozen=True)
class Sentence:
    """A sentence and its truth: the bodies that it commands, in order, each with its role."""

    text: str
    parties: tuple[tuple[str, str], ...] = ()

    @property
    def bodies(self) -> tuple[str, ...]:
        """The names alone."""
        return tuple(name for name, _ in self.parties)


@dataclass(frozen=True)
class Frame:
    """A sentence with slots (``{body1}``); ``truth`` says which of them are commanded, and as what (``body1 body2:lead``)."""

    words: str
    truth: str = ""


JOINT = (
    "各市、县（区）人民政府", "各建设、施工、监理单位", "各镇、街道", "各级教育、民政部门", "各矿山、危化企业", "各市、县党委和政府",
    "各勘察、设计单位", "各乡、镇", "省有关部门、单位", "各科、室、所",
)  # fmt: skip
"""Enumerations that are one name."""

COMMANDS = (
    Frame("{body1}{verb1}{thing1}。", "body1"),
    Frame("{body1}要{verb1}{thing1}，{verb2}{thing2}。", "body1"),
    Frame("由{body1}{verb1}{thing1}。", "body1"),
    Frame("{when1}，{body1}{verb1}{thing1}。", "body1"),
    Frame("{body1}{how1}{verb1}{thing1}。", "body1"),
    Frame("{body1}、{body2}{verb1}{thing1}。", "body1 body2"),
    Frame("{body1}、{body2}和{body3}应当{verb1}{thing1}。", "body1 body2 body3"),
    Frame("{body1}牵头，{body2}配合，{verb1}{thing1}。", "body1:lead body2:support"),
    Frame("{body1}负责{thing1}的{verb1}。", "body1"),
    Frame("{verb1}{thing1}，由{body1}{verb2}{thing2}。", "body1"),
    Frame("请{body1}于6月底前{verb1}{thing1}。", "body1"),
    Frame("{body1}对{thing1}{verb1}{thing2}。", "body1"),
    Frame("{verb1}{thing1}，{body1}{verb2}{thing2}。", "body1"),
    Frame("{body1}主要负责同志要{verb1}{thing1}。", "body1"),
    Frame("{class1}{verb1}{thing1}，{verb2}{thing2}。", "class1"),
    Frame("{class1}要{verb1}{thing1}。", "class1"),
)
NO_COMMANDS = (
    Frame("{verb1}{kind1}{verb2}{thing1}。"),
    Frame("{verb1}{thing1}，{verb2}{kind1}{verb3}{thing2}。"),
    Frame("{how1}{verb1}{kind1}{verb2}{thing1}。"),
    Frame("{odd1}{plain1}{verb1}{thing1}。"),
    Frame("在{body1}{verb1}{thing1}。"),
    Frame("{body1}{verb1}的{thing1}，{verb2}{thing2}。"),
    Frame("{body1}{verb1}了{thing1}。"),
    Frame("{body1}在{thing1}方面可{verb1}{thing2}。"),
    Frame("{verb1}{thing1}，报{body1}备案。"),
    Frame("向{body1}{verb1}{thing1}。"),
    Frame("领导小组成员由{body1}、{body2}负责同志组成。"),
    Frame("{class1}{being1}{thing1}。"),
    Frame("{verb1}{thing1}的{kind1}，给予补助。"),
    Frame("{thing1}{verb1}情况纳入考核。"),
)
HELD_OUT_COMMANDS = (
    Frame("{when1}，由{body1}{how1}{verb1}{thing1}。", "body1"),
    Frame("{body1}按照职责分工{verb1}{thing1}。", "body1"),
    Frame("{body1}每季度{verb1}{thing1}，{verb2}{thing2}。", "body1"),
    Frame("{body1}会同有关部门{verb1}{thing1}。", "body1"),
    Frame("{body1}、{class1}须{how1}{verb1}{thing1}。", "body1 class1"),
    Frame("{verb1}{thing1}，{class1}要{verb2}{thing2}。", "class1"),
    Frame("{body1}结合实际{verb1}{thing1}。", "body1"),
    Frame("{class1}于10月底前{verb1}{thing1}。", "class1"),
    Frame("{body1}根据{thing1}{verb1}{thing2}，{body2}协助{verb2}{thing1}。", "body1 body2:support"),
)
HELD_OUT_NO_COMMANDS = (
    Frame("{verb1}{kind1}、{kind2}{verb2}{thing1}。"),
    Frame("{odd1}{plain1}、{plain2}{verb1}{thing1}。"),
    Frame("进一步{verb1}{kind1}{verb2}{thing1}，{verb3}{thing2}。"),
    Frame("对{body1}{verb1}的{thing1}予以通报。"),
    Frame("{body1}已{verb1}了{thing1}。"),
    Frame("需要{body1}{verb1}的，{verb2}{thing1}。"),
    Frame("{verb1}{thing1}，与{body1}{verb2}{thing2}。"),
    Frame("{being1}{thing1}的{kind1}{being2}{thing2}。"),
    Frame("成立工作专班，成员包括{body1}、{body2}。"),
)


def pool(words: Sequence[str], held_out: bool) -> list[str]:
    """The half of the words that is held out, or the other one: a word's own digest decides."""
    return [word for word in sorted(words) if (zlib.crc32(word.encode()) % 2 == 0) == held_out]


@dataclass
class Parts:
    """Draws what fills the slots of frames."""

    random: random.Random
    held_out: bool
    pools: dict[str, list[str]] = field(default_factory=dict)

    def draw(self, kind: str) -> str:
        """One filling of a slot."""
        slots: dict[str, Callable[[], str]] = {
            "body": self.body, "class": self.klass, "kind": self.kind, "thing": self.thing, "verb": self.verb,
            "odd": self.odd, "plain": self.plain, "being": self.being, "how": self.how, "when": self.when,
        }  # fmt: skip
        return slots[kind]()

    def _of(self, name: str, words: Sequence[str]) -> str:
        if name not in self.pools:
            self.pools[name] = pool(words, self.held_out) or sorted(words)
        return self.random.choice(self.pools[name])

    def place(self) -> str:
        """A made-up county or town, without its level word."""
        first = self._of("place1", "青云石白河清临安东西南平金玉龙泉松柏桃柳杏枫竹梅兰荷江湖溪")
        second = self._of("place2", "岚川桥水口泽溪山林湾坪塘沟岭阳阴丰城关庄店坝江源泉滩浦")
        return first + second

    def body(self) -> str:
        """One body: an office of a level or a place, a group, a school, a company, an area."""
        level = self._of("level", ["省", "市", "县", "区", "州", "旗"])
        shape = self.random.randrange(9)
        if shape == 8:
            return self._of("institution", institutions())
        if shape < 3:
            return level + self._of("field", fields()) + self._of("office", ["局", "委", "办"])
        if shape == 3:
            return self.place() + self._of("area", ["县", "区", "市"]) + self._of("field", fields()) + "局"
        if shape == 4:
            return (
                level
                + self._of("field", fields())
                + self._of("group", ["工作专班", "领导小组办公室", "指挥部", "工作组"])
            )
        if shape == 5:
            return self.place() + self._of("town", ["镇", "乡", "街道办事处", "镇人民政府", "村委会", "管委会"])
        if shape == 6:
            return level + self._of("school", ["人民医院", "中医院", "第一中学", "实验小学", "职业学院", "疾控中心"])
        return level + self._of(
            "firm", ["城投公司", "供电公司", "水务集团", "农商银行", "融媒体中心", "公共资源交易中心"]
        )

    def klass(self) -> str:
        """A class of bodies, opened by 各."""
        own = [
            "镇人民政府",
            "街道",
            "村（社区）",
            "学校",
            "医疗机构",
            "责任单位",
            "成员单位",
            "部门",
            "乡镇",
            "县区",
            "企业",
            "驻村工作队",
        ]
        if self.random.randrange(6) == 0:
            return self._of("joint", JOINT)
        return self._of("opener", ["各", "各有关", "各级"]) + self._of("class", own)

    def kind(self) -> str:
        """A kind of bodies that is an object rather than a subject."""
        modifier = self._of(
            "modifier", ["重点", "困难", "龙头", "基层", "中小", "规上", "农业", "民办", "示范", "薄弱", "外资", "新型"]
        )
        return modifier + self._of(
            "kind", ["企业", "学校", "合作社", "社区", "村", "医院", "机构", "单位", "园区", "社会组织"]
        )

    def odd(self) -> str:
        """A verb that no dictionary knows as one."""
        return self._of(
            "odd", ["赋能", "撬动", "提质", "链接", "点亮", "倒逼", "攻坚", "擦亮", "扮靓", "赋权", "增效", "贯通"]
        )

    def plain(self) -> str:
        """A common noun for a body, as an object."""
        return self._of("plain", ["景区", "园区", "社区", "企业", "学校", "医院", "乡村", "街道", "银行", "基地"])

    def thing(self) -> str:
        """What something is done with."""
        modifier = self._of(
            "about", ["相关", "年度", "全域", "重点", "存量", "公共", "基础", "专项", "农村", "安全", "消防", "生态"]
        )
        return modifier + self._of(
            "thing", ["台账", "材料", "隐患", "设施", "名单", "政策", "数据", "标准", "道路", "管网", "宣传", "工作"]
        )

    def verb(self) -> str:
        """A verb that does something, one of the commoner ones."""
        return self._of("verb", verbs())

    def being(self) -> str:
        """A verb of being, having or thinking."""
        return self._of("being", sorted(load_grammar().words("verbs_stative") - load_grammar().words("adverbs")))

    def how(self) -> str:
        """An adverb."""
        return self._of(
            "how", ["认真", "切实", "及时", "全面", "积极", "严格", "主动", "扎实", "持续", "进一步", "逐一", "统一"]
        )

    def when(self) -> str:
        """What says when, in a part of its own."""
        return self._of(
            "when",
            ["汛期来临前", "检查结束后", "6月底前", "在实施过程中", "方案印发后", "年底前", "活动期间", "每月月底前"],
        )


@cache
def institutions() -> tuple[str, ...]:
    """Words for institutions that are names of a class by themselves."""
    grammar = load_grammar()
    words = grammar.words("unit_suffixes") - grammar.words("unit_bare") - grammar.words("subject_generic")
    return tuple(sorted(word for word in words if len(word) > 2 and word[-1] in "园院社厂场校馆所站行"))


@cache
def fields() -> tuple[str, ...]:
    """Fields of departments that are no other department's name by themselves."""
    return tuple(sorted(word for word in load_grammar().words("agency_fields") if len(word) > 1))


@cache
def verbs() -> tuple[str, ...]:
    """Verbs of doing: those that circulars use, and those that name a thing as well."""
    grammar = load_grammar()
    known = (grammar.words("subject_verbs") & grammar.words("verbs")) | grammar.words("verbs_nominal")
    return tuple(sorted(known - grammar.words("verbs_stative") - grammar.words("adverbs")))


def fill(frame: Frame, parts: Parts) -> Sentence:
    """The sentence of a frame, its slots filled."""
    slots: dict[str, str] = {}

    def value(match: re.Match[str]) -> str:
        if match.group() not in slots:
            slots[match.group()] = parts.draw(match.group(1))
        return slots[match.group()]

    text = _SLOT.sub(value, frame.words)
    told = [name.partition(":") for name in frame.truth.split()]
    return Sentence(text, tuple((slots[f"{{{slot}}}"], role or "responsible") for slot, _, role in told))


def command_sentences(source: random.Random, count: int, held_out: bool) -> Iterator[Sentence]:
    """Sentences of which about half command somebody."""
    parts = Parts(source, held_out)
    yes, no = (HELD_OUT_COMMANDS, HELD_OUT_NO_COMMANDS) if held_out else (COMMANDS, NO_COMMANDS)
    for index in range(count):
        yield fill(source.choice(yes if index % 2 else no), parts)


@dataclass(frozen=True)
class MadeUp:
    """A circular and its truth: the sentences of its items, in order."""

    text: str
    items: tuple[Sentence, ...]


def circular(source: random.Random, held_out: bool = True) -> MadeUp:
    """A short circular of numbered items, each of which commands somebody or nobody; its style is drawn."""
    place = Parts(source, held_out).place()
    sentences = list(command_sentences(source, source.randrange(6, 14), held_out))
    title = f"{place}县{source.choice(['安全生产', '河道治理', '政务公开', '森林防火'])}工作方案"
    labels = source.choice([("一、", "（一）"), ("一、", "1."), ("（一）", "1.")])
    heads = source.choice([("工作任务", "重点工作"), ("主要任务", "具体安排")])
    lines = [title, ""]
    cut = source.randrange(2, len(sentences) - 1)
    for chapter, (head, own) in enumerate(zip(heads, (sentences[:cut], sentences[cut:]), strict=True), 1):
        lines.append(number(labels[0], chapter) + head)
        lines += [number(labels[1], index) + sentence.text for index, sentence in enumerate(own, 1)]
    return MadeUp("\n".join(lines) + "\n", tuple(sentences))


def number(label: str, value: int) -> str:
    """A label with another number."""
    chinese = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四"]
    return label.replace("一", chinese[value - 1]).replace("1", str(value))
