"""Evidence about a whole row: is it a task, are its words and its path right, is nobody and no time missing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from wpparse.blocks import Table
from wpparse.brackets import CLOSE, OPEN
from wpparse.model import Task
from wpparse.trust.circumstances import NUMBERING, STOPS, TABLE_GUESSED, Circumstances, odd_path
from wpparse.trust.parts import BodyNames, Verbs, unbalanced
from wpparse.trust.weights import odds

_SENTENCE = re.compile(r"[^。；;！？!?\n]+")
_INNER_LABEL = re.compile(
    r"[。；;]\s*(?:[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|\d{1,2}[.．、](?!\d))"
)
_ROLE_LEFT = re.compile(
    r"(?:责任|牵头|配合|协办|主办|承办|参加|协助)(?:单位|部门|处室|科室|人)|完成时[限间]|时间节点|牵头$"
)
_TIME = re.compile(
    r"\d{4}年(?:底|末|内|\d{1,2}月)|\d{1,2}月(?:\d{1,2}日|底|末|[上中下]旬)|(?:年|月|季度)[底末](?:之?前)?|\d日(?:之?前|内)|每(?:年|月|季度|周|半年)|年内|(?:上|下)半年|第[一二三四]季度|前完成"
)
_BINDING = re.compile(
    r"(?:\d|[年月日底末旬季度])(?:之?前|以前|以内|内)(?!期)|每(?:年|月|季度|周|半年|个?[工作]*日)(?!度)|(?:截至|截止|不迟于|不晚于|最迟)\D{0,4}\d"
)
_ASIDE = re.compile(f"[{re.escape(OPEN)}<〈《/]([^{re.escape(OPEN + CLOSE)}/]{{3,}})[{re.escape(CLOSE)}>〉》/][。；]?")
_REPORTS = re.compile(r"已|了|同比|增长\d|累计|达到?\d|实现\S{0,8}\d|完成\S{0,8}\d|\d[亿万]元|\d%")
_ODD_DIGITS = re.compile(r"\d[lOoIZz]|[lOoIZz]\d?[年月日]|\d[目曰午]")
_BAD_START = tuple("，。；、：,;:）)】》”.．-—的和及与等")
_ROLE_WORDS = re.compile(
    r"(?:总|主要|第一)?(?:责任|牵头|配合|协办|主办|承办|参加|参与|协助|负责|落实|实施|成员|完成|督办)(?:单位|部门|处室|科室|领导|人员?|时[限间])*"
    r"|按(?:照)?(?:各自)?职责(?:分工)?|分工|等(?:有关|相关)?(?:部门|单位|地区)?|列第一位者?|下同|及|和|与|为|的|由|会同|分别|各自|共同"
)
_SPACED = re.compile(r"\d \d|[\u4e00-\u9fff] [\u4e00-\u9fff]")


def unnamed_body(task: Task, here: Circumstances) -> str | None:
    """A body with which a sentence of the task begins and that is no party of it; None where there is none."""
    mine = {party.name for party in task.parties}
    pattern = here.grammar.made(BodyNames).pattern
    for sentence in _SENTENCE.finditer(task.text):
        words = sentence.group().strip()
        for name in here.named_first.get(words[:2], ()):
            if words.startswith(name):
                return None if name in mine or len(name) == len(words) else name
        found = pattern.match(words)
        if found is None or found.end() == len(words):
            continue
        name = found.group()
        if name not in mine and here.known.is_body(name) and not here.grammar.made(Verbs).begin(name):
            return name
    return None


def times_left(task: Task) -> list[str]:
    """Words of a task that look like a time and lie in none of its deadlines."""
    taken = "\n".join(deadline.text for deadline in task.deadlines)
    return [found.group() for found in _TIME.finditer(task.text) if found.group() not in taken]


def _binding_left(task: Task) -> bool:
    """True where words that bind to a time stand outside of the deadlines."""
    taken = [deadline.text for deadline in task.deadlines]
    text = task.text
    for words in sorted(taken, key=len, reverse=True):
        text = text.replace(words, "")
    return _BINDING.search(text) is not None


def _asides(task: Task, here: Circumstances) -> dict[str, float]:
    """Whether brackets in the text name bodies: a clause that was not read, most of all where it closes the text."""
    left = {"aside_left": 0.0, "aside_within": 0.0}
    for found in _ASIDE.finditer(task.text):
        words = re.split(r"[、，,；;：:\s]", found.group(1))
        if any(here.known.is_body(word) for word in words if len(word) > 2) or _ROLE_LEFT.search(found.group(1)):
            left["aside_left" if found.end() == len(task.text) else "aside_within"] = 1.0
    return left


def _clause_rest(task: Task) -> float:
    """The share of the words of the clauses that are in no name, role, time or mark."""
    words = task.parties_text or ""
    every = sum(map(str.isalpha, words))
    if not every:
        return 0.0
    told = sorted(
        {party.name for party in task.parties} | {deadline.text for deadline in task.deadlines}, key=len, reverse=True
    )
    for name in told:
        words = words.replace(name, "")
    rest = sum(map(str.isalpha, _ROLE_WORDS.sub("", words)))
    return min(1.0, 2 * rest / every) if rest > 2 else 0.0


def parts_evidence(kind: str, least: float) -> dict[str, float]:
    """What the least sure of the parties or deadlines of a row says of the row."""
    return {
        kind: min(0.0, odds(least) - 2),
        f"{kind}.bad": float(least < 0.5),
    }


def row_evidence(task: Task, here: Circumstances) -> Mapping[str, float]:
    """What speaks for and against a row. Its parties and deadlines must have been weighed already."""
    shared = _shared(task, here)
    return {**shared, **(_in_table(task, here) if task.origin == "table" else _in_body(task, here))}


def _shared(task: Task, here: Circumstances) -> dict[str, float]:
    habits, text = here.habits[task.origin], task.text
    told = [party.confidence or 0.0 for party in task.parties]
    timed = [deadline.confidence or 0.0 for deadline in task.deadlines]
    unnamed = unnamed_body(task, here) if not any(party.source != "subject" for party in task.parties) else None
    clauses = any(party.source != "subject" for party in task.parties)
    return {
        **parts_evidence("party", min(told, default=1.0)),
        **parts_evidence("deadline", min(timed, default=1.0)),
        "unnamed_body": float(unnamed is not None),
        "times_left": float(bool(times_left(task))),
        "binding_left": float(_binding_left(task)),
        **_asides(task, here),
        "clause_rest": _clause_rest(task),
        "reports": min(3.0, float(len(_REPORTS.findall(text)))),
        "follows_open": here.after_open.get((task.origin, task.number), 0.0),
        "heading_like": float(here.heading_like(task)),
        "path_long": min(2.0, max(0.0, (max(map(len, task.path), default=0) - max(22.0, 2 * habits["path"])) / 10)),
        "path_odd": (1 - habits["odd_paths"]) ** 2 if odd_path(task) else 0.0,
        "no_party": habits["parties"] ** 2 if not task.parties else 0.0,
        "party_alone": (1 - habits["clauses"]) ** 2 if clauses else 0.0,
        "no_deadline": habits["deadlines"] ** 2 if not task.deadlines else 0.0,
        "starts_badly": float(text.startswith(_BAD_START)),
        "ends_openly": habits["stops"] ** 2 if not text.endswith(STOPS) else 0.0,
        "ends_in_colon": float(text.endswith(("：", ":"))),
        "short": float(len(text) < 8),
        "long": min(2.0, max(0.0, len(text) / max(60.0, habits["length"]) - 3) / 3),
        "brackets": float(unbalanced(text) or unbalanced(task.title or "") or unbalanced("".join(task.path))),
        "clause_brackets": float(unbalanced(task.parties_text or "")),
        "role_left": float(_ROLE_LEFT.search(text) is not None),
        "spaced": float(_SPACED.search(text) is not None),
        "twice": float(here.texts[task.origin, text] > 1),
        "depth": max(0.0, 2 * habits["depth_share"] - 1) if len(task.path) != habits["depth"] else 0.0,
        "odd_digits": float(_ODD_DIGITS.search(f"{text}\n{task.parties_text or ''}") is not None),
        "unread": float(
            any(
                found.code in ("clause-unread", "table-cell-unread", "deadline-unread")
                for found in here.said_at(task.location)
            )
        ),
        "shouted": float("\t" in text),
        **{f"whole.{name}": amount for name, amount in here.whole.items()},
    }


def _in_body(task: Task, here: Circumstances) -> dict[str, float]:
    habits, text = here.habits["body"], task.text
    section = here.sections.get(task.section or "")
    said = () if section is None else here.said_at(section.location)
    return {
        "closing": float(task.section is None and bool(here.plan.sections)),
        "inner_label": min(2.0, float(len(_INNER_LABEL.findall(text)))),
        "numbering": float(any(found.code in NUMBERING for found in said)),
        "title_long": min(2.0, max(0.0, (len(task.title or "") - 24) / 12)),
        "title_alone": (1 - habits["titles"]) ** 2 if task.title else 0.0,
        "untitled": habits["titles"] ** 2 if not task.title else 0.0,
        "unlabelled": habits["labels"] ** 2 if task.label is None else 0.0,
        "safeguard": float(section is not None and section.role == "safeguard"),
        "paragraphs": float("\n" in text),
        "later": (1 - here.share_later) ** 2
        if here.first_of.get(task.section or "", task.number) < task.number
        else 0.0,
        "after_heading": here.after_heading.get(task.number, 0.0),
        "lone": float(len(here.by_origin["body"]) < 4),
        "pathless": float(not task.path and task.label is not None and habits["depth"] > 0),
        "no_heading_above": float(
            section is not None and section.parent is not None and len(task.path) < section.level - 1
        ),
        "section": min(0.0, odds(section.confidence) - 2) if section is not None and section.confidence else 0.0,
        "verbless": float(not _acts(text, here)),
    }


def _acts(text: str, here: Circumstances) -> bool:
    """True where some part of a text begins with what is to be done."""
    verbs = here.grammar.made(Verbs)
    return any(verbs.begin(part.lstrip("要应须请将把")) for part in re.split(r"[。；，、：\n]", text) if part)


def _in_table(task: Task, here: Circumstances) -> dict[str, float]:
    block = here.document.blocks[task.location.block]
    row = task.location.row or 0
    tasks = here.rows[task.location.block]
    at = task.number - tasks[0].number
    codes = {found.code for found in here.said_at(replace(task.location, row=None))}
    guessed = bool(codes & TABLE_GUESSED) or any(
        found.code in TABLE_GUESSED for found in here.plan.diagnostics if found.location is None
    )
    columns = next((table.columns for table in here.plan.tables if table.location.block == task.location.block), ())
    cells = [cell for cell in block.cells if cell.row == row] if isinstance(block, Table) else []
    return {
        "guessed": float(guessed),
        "plain_text": float(here.plan.source.format in ("txt", "text")),
        "unlabelled": here.habits["table"]["labels"] ** 2 if task.label is None else 0.0,
        "number_jump": float(_jumps(tasks, at)),
        "number_like": float(text_like_number(task.text)),
        "path_body": float(any(here.known.is_body(one) or here.known.is_value(one, "time") for one in task.path)),
        "body_like": float(here.known.is_body(task.text)),
        "time_like": float(here.known.is_value(task.text, "time")),
        "page_start": float(isinstance(block, Table) and row in block.page_starts and row > 0),
        "thin": 1 - len({cell.column for cell in cells if cell.text}) / max(1, len(columns)) if cells else 0.0,
        "unknown_columns": sum(kind is None for kind in columns) / max(1, len(columns)),
        "few_rows": float(len(tasks) < 3),
        "lines": float(task.text.count("\n") > 2),
    }


def text_like_number(text: str) -> bool:
    """True for a cell that holds a number, a mark, or next to nothing where a requirement should stand."""
    return sum(map(str.isalpha, text)) < 3


def _jumps(tasks: Sequence[Task], at: int) -> bool:
    """True where the number of a row is not the next one after that of the row before, nor the same, nor a new beginning."""
    if at == 0:
        return False
    before, mine = tasks[at - 1].label or "", tasks[at].label or ""
    if not (before.isdecimal() and mine.isdecimal()):
        return False
    return int(mine) not in (int(before), int(before) + 1, 1)
