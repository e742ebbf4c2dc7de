"""Evidence about the parts of a row: its parties and deadlines, and about sections. Each piece is a number, mostly 0 or 1."""

from __future__ import annotations

import re
from collections.abc import Mapping

from wpparse.blocks import Paragraph
from wpparse.brackets import without
from wpparse.grammar import Grammar
from wpparse.model import Deadline, Location, Party, Section, Task
from wpparse.trust.circumstances import NUMBERING, Circumstances
from wpparse.trust.weights import odds

PAIRS = ("（）", "()", "【】", "〔〕", "［］", "[]", "《》", "“”", "「」")
_ODD = re.compile(r"[。；：！？，,“”]|的|(?<![（(])等|按照|根据|开展|加强|推进|落实|做好|负责|牵头|配合")
_FOREIGN = re.compile(r"[A-Za-z\d]")
_GLUED = re.compile(r"[A-Za-z\d目曰午]")
_LAST = "局委办厅部院"
_PAST = re.compile(r"已[经于]?|截至目前|以来")


class Verbs:
    """Words with which a requirement begins, and no name does."""

    def __init__(self, grammar: Grammar) -> None:
        self._words = tuple(sorted(word for word in grammar.words("subject_verbs") if len(word) > 1))

    def begin(self, text: str) -> bool:
        """True where a text begins with one."""
        return text.startswith(self._words)


class BodyNames:
    """How far into a sentence the name of a body may reach: up to a word in which such names end."""

    def __init__(self, grammar: Grammar) -> None:
        endings = "|".join(map(re.escape, sorted(grammar.words("unit_suffixes"), key=len, reverse=True)))
        self.pattern = re.compile(rf".{{1,14}}?(?:{endings})")


def unbalanced(text: str) -> bool:
    """True where a bracket or a quotation mark has no partner."""
    return any(text.count(pair[0]) != text.count(pair[1]) for pair in PAIRS)


def party_evidence(party: Party, task: Task, here: Circumstances) -> Mapping[str, float]:
    """What speaks for and against a party."""
    prior = 1.0 if party.confidence is None else party.confidence
    name = without(party.name) or party.name
    leader = party.role == "leader"
    body = here.known.is_person(name) or here.known.is_body(party.name) if leader else here.known.is_body(party.name)
    before, _ = words_around(party.location, here) if party.source == "subject" else ("", "")
    elsewhere = here.named[party.name] - (party.source != "subject")
    return {
        "subject": float(party.source == "subject"),
        "column": float(party.source == "column"),
        "finder": odds(prior) if prior < 1 else 0.0,
        "no_body": (1 - here.whole["odd_names"]) ** 2 if not body and not leader and elsewhere < 2 else 0.0,
        "near": float(not body and not leader and near(party, here) is not None),
        "no_body.again": float(not body and not leader and elsewhere >= 2),
        "two_in_one": float(_two_in_one(name, here)),
        "no_person": float(not body and leader),
        "again": float(elsewhere > 0),
        "alone": float(elsewhere <= 0 and here.subjects[party.name] < 2 and party.canonical is None),
        "canonical": float(party.canonical is not None),
        "collective": float(party.collective),
        "subject.collective": float(party.collective and party.source == "subject"),
        "subject.mid_sentence": float(before[-1:] not in ("", *"。；！？;\n")),
        "subject.again": float(party.source == "subject" and here.subjects[party.name] > 1),
        "subject.known": float(party.source == "subject" and elsewhere > 0),
        "lead_among": float(party.role != "responsible" and party.source == "subject"),
        "levelled": float(name.startswith(here.levels)),
        "rare_kind": float(
            party.source == "subject"
            and not name.startswith(here.levels)
            and party.canonical is None
            and elsewhere <= 0
        ),
        "in_heading": float(party.source == "subject" and party.name not in task.text),
        "long": min(2.0, max(0.0, (len(name) - 12) / 6)),
        "short": float(len(name) < 3 and not leader),
        "odd": float(_ODD.search(name) is not None),
        "foreign": float(_FOREIGN.search(name) is not None),
        "verb_first": float(here.grammar.made(Verbs).begin(name)),
        "brackets": float(unbalanced(party.name)),
        "extends": float(shorter(party, here) is not None),
        "carried": float(party.source == "column" and here.carried(party.location, task)),
        "unlike_siblings": here.habits[task.origin]["clauses"] if party.source == "subject" else 0.0,
        "whole.odd_names": here.whole["odd_names"],
        "whole.lines_cut": here.whole["lines_cut"],
    }


def _two_in_one(name: str, here: Circumstances) -> bool:
    """True where a name holds the end of another one in front: 县财政局县教育局."""
    found = here.grammar.made(BodyNames).pattern.match(name)
    if found is None or len(name) - found.end() < 3 or name[found.end()] in "（(":
        return False
    return here.known.is_body(found.group()) and here.known.is_body(name[found.end() :])


def near(party: Party, here: Circumstances) -> str | None:
    """A name that differs from this one in its last character, of this circular or of a known agency (县财政周: 县财政局)."""
    stem = party.name[:-1]
    if len(stem) < 2:
        return None
    for name in here.named_first.get(stem[:2], ()):
        if len(name) == len(party.name) and name[:-1] == stem and name != party.name and here.known.is_body(name):
            return name
    return next((stem + last for last in _LAST if here.known.canonical(stem + last) is not None), None)


def shorter(party: Party, here: Circumstances) -> str | None:
    """A name of this circular with which a longer one begins: 县防汛办|组织检查组. None where the longer one is known too."""
    if here.named[party.name] > 1 or party.collective:
        return None
    for name in here.named_first.get(party.name[:2], ()):
        if len(name) < len(party.name) and party.name.startswith(name) and here.known.is_body(name):
            rest = party.name[len(name) :]
            return None if rest[0] in "（(、" else name
    return None


def deadline_evidence(deadline: Deadline, task: Task, here: Circumstances) -> Mapping[str, float]:
    """What speaks for and against a deadline."""
    place, text = deadline.location, words_around(deadline.location, here)
    before, after = text
    year = here.plan.header.plan_year
    moments = [moment for moment in (deadline.start, deadline.due) if moment]
    prior = 1.0 if deadline.confidence is None else deadline.confidence
    return {
        "column": float(deadline.source == "column"),
        "clause": float(deadline.source == "clause"),
        "text.during": float(deadline.source == "text" and deadline.kind == "during"),
        "text.recurring": float(deadline.source == "text" and deadline.kind == "recurring"),
        "text.within": float(deadline.source == "text" and deadline.kind == "within"),
        "text.ongoing": float(deadline.source == "text" and deadline.kind == "ongoing"),
        "finder": odds(prior) if prior < 1 else 0.0,
        "undated": float(deadline.kind in ("by", "during") and deadline.due is None),
        "far": float(year is not None and any(abs(int(moment[:4]) - year) > 3 for moment in moments)),
        "past": float(year is not None and any(int(moment[:4]) < year for moment in moments)),
        "attribute": float(after.startswith(("的", "期间", "以来", "起", "版", "届", "度"))),
        "quoted": float(before.count("《") > before.count("》") or before.count("“") > before.count("”")),
        "told_of": float(_PAST.search(before[-12:]) is not None),
        "mid_sentence": float(deadline.source == "text" and before[-1:] not in ("", *"，。；,;：:（(、")),
        "unlike_siblings": 1 - here.habits[task.origin]["deadlines"] if deadline.source == "text" else 0.0,
        "many": min(1.0, max(0, len(task.deadlines) - 2) / 3),
        "glued": float(_GLUED.search(before[-1:]) is not None or _GLUED.match(after) is not None),
        "carried": float(deadline.source == "column" and here.carried(place, task)),
        "said": float(any(found.location == place for found in here.said_at(place))),
        "whole.lines_cut": here.whole["lines_cut"],
        "whole.unnumbered": here.whole["unnumbered"],
    }


def words_around(place: Location, here: Circumstances) -> tuple[str, str]:
    """What stands before a place in its paragraph or cell, and what stands behind it."""
    block = here.document.blocks[place.block]
    text = ""
    if isinstance(block, Paragraph):
        text = block.text
    else:
        cells = (cell for cell in block.cells if (cell.row, cell.column) == (place.row, place.column))
        text = next((cell.text for cell in cells), "")
    if place.start is None or place.end is None:
        return text, ""
    return text[: place.start], text[place.end :]


def section_evidence(section: Section, here: Circumstances) -> Mapping[str, float]:
    """What speaks for and against a section: its label, its level and where its heading ends."""
    heading = section.heading or ""
    siblings = here.siblings[section.parent, section.level]
    headed = sum(other.heading is not None for other in siblings) / max(1, len(siblings))
    rules = sum(other.rule == section.rule for other in siblings) / max(1, len(siblings))
    said = here.said_at(section.location)
    return {
        "numbering": float(any(found.code in NUMBERING for found in said)),
        "long": min(2.0, max(0.0, (len(heading) - 25) / 15)),
        "brackets": float(unbalanced(heading)),
        "sentence": float(bool(heading) and any(mark in heading for mark in "。；")),
        "headed_alone": 1 - headed if heading else 0.0,
        "bare_alone": headed if not heading else 0.0,
        "other_label": 1 - rules,
        "only_child": float(len(siblings) == 1 and section.parent is not None),
        "empty": float(not heading and not section.text),
        "whole.numbering": here.whole["numbering"],
        "whole.lines_cut": here.whole["lines_cut"],
        "whole.lines_lost": here.whole["lines_lost"],
        "whole.headless": here.whole["headless"],
    }
