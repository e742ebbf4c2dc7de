"""What the shape of one name says for and against its being the name of a body: (place | level)(field+)(suffix)."""

from __future__ import annotations

import re
from functools import lru_cache

from wpparse.brackets import BESIDE, without
from wpparse.extract.parties.names import Names, names
from wpparse.extract.parties.vocabulary import Vocabulary, vocabulary
from wpparse.grammar import Grammar

_MEMORY = 4096
_FIELD = 8
"""Characters that may stand between a verb and the ending of a department (建设|工程质量监督科)."""
_PLAIN = 4
"""Characters of a word of two before a common noun (东湖景区; but 串联景区)."""
_LONG = 16
"""Characters from which on a name is long, unless it ends in an agency that is known."""
_PLACE = re.compile(
    r"([\u4e00-\u9fff]{2,6}?(?:自治[区州县旗]|省|市|州|盟|县|区|旗|镇|乡|街道|村|社区|苏木|嘎查))"
    r"(?:人民政府|政府|党委|党工委|委(?!员))?"
)
_INNER = re.compile(r"[的了着将把被让使为是在于对向由从并而或且等要须按经报]|应(?!急|用|届|对|变)")
"""Words that stand in no name; those that do (对外联络处) are taken out by :data:`_HARMLESS`."""
_DIGIT = re.compile(r"\d")
_HARMLESS = re.compile(
    r"对外|对口|对台|对策|在线|在建|在职|现在|存在|等级|高等|同等|平等|中等|一等|自由|理由|由来|行为|人为|为民|方向|导向|向阳|向前|向东|向荣|从业|从事|使用|使馆|将军|是非|被[\u4e00-\u9fff]{2}(?:单位|部门|机构|企业|人)|经济|经开|经营|经信|经贸|经济|日报|晚报|报社|情报|海报|按揭|重要|主要|需要|必要|要素|供应|对应|适应|响应|反应|效应"
)


class Shape:
    """Reads the shapes of names; made once for each grammar (:func:`shape`)."""

    def __init__(self, grammar: Grammar) -> None:
        self._names: Names = names(grammar)
        self._words: Vocabulary = vocabulary(grammar)
        self._classes = _longest_first(grammar.words("class_words"))
        self._levels = _longest_first(grammar.words("name_levels"))
        self._short_particles = grammar.words("particles_short")
        self._fields = grammar.words("agency_fields")
        self._longest_field = max(map(len, self._fields))
        forms = {form for row in grammar.table("names") for form in (row["short"], row["full"])}
        self._agencies = grammar.words("agency_names") | {form for form in forms if "{" not in form}
        self._office = tuple(sorted(grammar.words("office_endings")))
        self._mission = tuple(sorted(grammar.words("mission_endings")))
        self._duty = grammar.words("duty_endings")
        self._founding = tuple(sorted(grammar.words("founding_verbs")))
        self._acting = tuple(sorted(grammar.words("acting_verbs")))
        self._departments = tuple(sorted(grammar.words("department_endings")))
        self._generic = grammar.words("subject_generic") | grammar.words("unit_bare")
        self._common = self._generic | grammar.words("unit_not_suffixes")
        self.of = lru_cache(_MEMORY)(self._of)

    def begins_as_no_name(self, words: str) -> bool:
        """True where words that begin with a verb or a particle cannot be a name: a cheap test ahead of :attr:`of`."""
        if self._is_agency(words) or words in self._fields or words.startswith((*self._classes, *self._levels)):
            return False
        verb = self._words.verb(words, 0, len(words))
        if verb is None:
            return self._particle_first(words)
        return self._verb_first(words, *verb, opened=False) == "name.verb-first"

    def _of(self, name: str) -> tuple[str, ...]:
        bare = without(name, BESIDE)
        front, rest = self._front(bare)
        if "、" in bare and front:  # 各建设、施工、监理单位
            return (front, "name.joint")
        found = [front] if front else []
        if bare in self._generic:
            return ("name.generic",)
        if not rest:
            return (*found, "name.place") if front != "name.place" else tuple(found)
        if self._is_agency(rest):
            return (*found, "name.agency")
        if rest in self._fields:
            return (*found, "name.field")
        if not front and self._particle_first(bare):
            found.append("name.particle")
        found += self._behind(rest, front)
        if self._verb_inside(bare):
            found.append("name.verb-inside")
        if len(rest) > _LONG:
            found.append("name.long")
        return tuple(found)

    def _front(self, bare: str) -> tuple[str, str]:
        """What opens the name (a word for a class, levels, a place), and what is left behind it."""
        again = bare.find("各", 1)
        if again > 1 and bare[0] == "各":  # 各地各部门
            bare = bare[again:]
        for word in self._classes:
            if bare.startswith(word):
                _, rest = self._front(bare[len(word) :])
                return "name.class", rest
        rest = bare
        while rest.startswith(self._levels):
            rest = rest[len(next(word for word in self._levels if rest.startswith(word))) :]
        if rest != bare:
            return "name.level", rest
        place = _PLACE.match(bare)
        if place is not None and self._is_place(bare, place.end(1)):
            _, rest = self._front(bare[place.end() :])
            return "name.place", rest
        return "", bare

    def _is_place(self, bare: str, end: int) -> bool:
        """False where the words before 县 or 镇 are no proper name."""
        if self._words.particle(bare, 0, end) or self._words.verb(bare, 0, end) is not None:
            return False
        if bare[end - 2 : end] in self._common or (bare[0] in self._short_particles and end >= 4):
            return False
        if end > _PLAIN and any(self._words.is_verb(bare[at : at + 2]) for at in range(1, end - 2)):
            return False
        return (
            "各" not in bare[:end] and _INNER.search(bare, 0, end) is None and self._words.adverb(bare, 0, end) is None
        )

    def _particle_first(self, bare: str) -> bool:
        """True where the words begin as no name does."""
        if self._words.particle(bare, 0, len(bare)):
            return _HARMLESS.match(bare) is None
        return bare[0] in self._short_particles and self._is_more(bare[1:])

    def _is_more(self, rest: str) -> bool:
        """True where the words behind a preposition are a name or begin with a verb: 向|县财政局, 可|报请学校."""
        return self._well_formed(rest) or self._words.verb(rest, 0, len(rest)) is not None

    def _well_formed(self, name: str) -> bool:
        front, rest = self._front(name)
        return (bool(front) and (not rest or self._names.is_body(name))) or self._is_agency(name)

    def _is_agency(self, rest: str) -> bool:
        """True for an agency that is known, and for a field that is known with any ending of an office or a department."""
        if rest in self._agencies or rest in ("政府", "人民政府", "党委", "人大", "政协", "党组", "党工委", "管委会"):
            return True
        for length in range(min(len(rest) - 1, self._longest_field), 1, -1):
            if rest[:length] in self._fields:
                tail = rest[length:]
                return (
                    tail in self._office
                    or tail in self._duty
                    or tail in ("系统", "分局", "分院", "行政部门", "主管部门")
                )
        return False

    def _behind(self, rest: str, front: str) -> list[str]:
        """What the words behind level and place say."""
        opened = bool(front)
        found: list[str] = [self._kind(rest, opened)]
        verb = self._words.verb(rest, 0, len(rest))
        if verb is not None:
            found.append(self._verb_first(rest, *verb, opened))
        elif self._words.adverb(rest, 0, len(rest)) is not None and not opened:
            found.append("name.adverb-first")
        if front in ("", "name.class") and self._verb_within(rest):
            found.append("name.verb-within")
        if len(rest) > 2 and self._words.verb(rest, len(rest) - 2, len(rest)) is not None:
            found.append("name.verb-last")
        if _DIGIT.search(rest) is not None:
            found.append("name.digit")
        if _INNER.search(_HARMLESS.sub("", rest), 1) is not None or self._class_inside(rest):
            found.append("name.function-word")
        return [evidence for evidence in found if evidence]

    def _kind(self, rest: str, opened: bool) -> str:
        if rest in self._names.endings and len(rest) > 2:
            return "name.institution"
        if rest.endswith(self._mission):
            return "name.group"
        if rest.endswith(self._office):
            return "name.office"
        if self._names.collective(rest) is not None:
            return "name.kind"
        plain = not opened and rest[-2:] in self._generic and len(rest) <= _PLAIN
        return "name.plain" if plain else "name.other"

    def _verb_first(self, rest: str, kind: str, end: int, opened: bool) -> str:
        """What it means that a name begins with a verb: its field (督查室, 建设局), or that the body is its object."""
        tail = rest[end:]
        if not tail:
            return "" if opened else "name.verb-first"
        founding = rest.startswith(self._founding)
        if rest in self._names.endings:  # 服务商
            return "name.verb-field"
        if tail in self._duty or tail in self._office:
            acted = rest.startswith(self._acting) or (founding and kind != "nominal")
            return "name.verb-first" if acted and len(tail) > 1 else "name.verb-field"
        after = self._words.verb(tail, 0, len(tail))
        after = None if after is None or after[0] == "stative" else after
        if after is not None and tail[after[1] :] in self._duty and not founding:
            return "name.verb-field"
        if kind == "nominal" and tail[-2:] in self._duty and self._words.is_verb(tail[-4:-2]):  # 施工总承包单位
            return "name.verb-field"
        if rest.endswith(self._departments) and (kind == "nominal" or opened) and len(tail) <= _FIELD:
            return "name.verb-field"
        if founding and not opened:
            return "name.verb-first"
        if rest.endswith(self._mission):
            return "name.verb-field"
        if after is not None and len(tail) == after[1] + 1 and tail.endswith(self._departments):
            return "name.verb-field"
        if kind == "nominal" and after is not None and tail.endswith(self._office):
            return "name.verb-field"
        if kind == "nominal" and opened and not founding:
            return "name.verb-field"
        return "name.verb-generic" if kind == "nominal" and tail in self._generic else "name.verb-first"

    def _verb_within(self, rest: str) -> bool:
        """True where a verb that names no thing stands behind the first word: 结余资金|留归|项目承担单位."""
        for at in range(1, len(rest) - 2):
            verb = self._words.verb(rest, at, len(rest))
            if verb is not None and verb[0] != "nominal" and rest[verb[1] :] not in self._duty:
                return True
        return False

    def _class_inside(self, rest: str) -> bool:
        """True where 各 stands behind words that are neither level nor place nor body (动态分析|各市县)."""
        at = rest.find("各", 1)
        return at > 0 and not self._names.is_body(rest[:at]) and not self._well_formed(rest[:at])

    def _verb_inside(self, bare: str) -> bool:
        """True where a verb and its object stand inside the name: 防汛办|组织|检查组, 重大问题|提请|县政府."""
        for at in range(2, len(bare) - 2):
            if bare[at:] in self._agencies:
                continue
            verb = self._words.verb(bare, at, len(bare))
            if verb is None or len(bare) - verb[1] < 2:
                continue
            head, tail = bare[:at], bare[verb[1] :]
            if verb[0] == "verb" and tail not in self._office and tail not in self._duty:
                front, _ = self._front(tail)
                if front or self._is_agency(tail) or tail in self._generic:
                    return True
            if bare.endswith(self._mission) and not head.endswith(self._departments):
                continue  # 省培育壮大市场主体|行动|领导小组
            if head.endswith(self._names.endings) and self._names.is_body(head) and self._names.is_body(tail):
                return True
        return False


def _longest_first(words: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def shape(grammar: Grammar) -> Shape:
    """The shapes that a grammar knows."""
    return grammar.made(Shape)
