"""Is a file a circular at all? A poem, a contract, source code or a table of ours gives no tasks, but one clear line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from wpparse.blocks import Document, Paragraph, Table
from wpparse.errors import NoCircular
from wpparse.extract.parties.names import names
from wpparse.grammar import Grammar
from wpparse.messages import register
from wpparse.model import WorkPlan
from wpparse.outline import Outline
from wpparse.trust.weights import Weights

register(
    {
        "no-circular": (
            "这不像工作部署类公文：没有找到公文要素、责任单位或工作要求，因此不生成任务表",
            "this does not look like a circular: no parts of one, no bodies told to act and no requirements were found, "
            "so no task table is made",
        ),
        "no-circular-code": (
            "这是程序代码、数据或配置文件，不是公文，因此不生成任务表",
            "this is source code, data or configuration, not a circular, so no task table is made",
        ),
        "no-circular-own-json": (
            "这是本程序输出的 JSON，不是公文：要由它生成表格，请用 wpparse render",
            "this is JSON written by wpparse, not a circular: to make files of it, use wpparse render",
        ),
        "no-circular-own-table": (
            "这是本程序输出的任务表，不是公文：请解析原公文；要换格式，请用 wpparse render 处理其 JSON 结果",
            "this is a task table written by wpparse, not a circular: parse the circular itself, "
            "or use wpparse render on its JSON for another format",
        ),
    }
)

_HEADER = ("document_number", "issuer", "addressees", "issue_date", "disclosure", "attachments", "copied_to")
_OWN_KEYS = ('"schema_version"', '"header"', '"tasks"')
_OWN_COLUMNS = ({"工作要求", "规范时限", "来源"}, {"number", "text", "due", "source"})
_PART = re.compile(r"[^。；;，,、：:！？!?\s]+")
_MUST = re.compile(r"^(?:\W|\d|[一二三四五六七八九十]+是|请|要|应当?|须|必须)*")
_CODE_LINE = re.compile(
    r"""[{};\]]\s*(?://.*|\#.*)?$ | ^\s*(?:\#|//|/\*|\*|--|<[!?/a-zA-Z]|[}\])]) | ^\s*[\w.\-"']+\s*(?:=|:=|:\s)\s*\S
        | ^\s*(?:def|class|import|from|return|if|for|while|const|let|var|function|public|private|package|SELECT|INSERT|CREATE)\b
        | ^\[[\w.\s\-"]+\]$""",
    re.VERBOSE | re.ASCII,
)
_BINDING = ("by", "within", "recurring")
_MOST_TEXT = 20_000
"""Characters that are looked at: a circular shows itself early."""


def refuse_what_is_none(document: Document, outline: Outline, plan: WorkPlan, grammar: Grammar) -> None:
    """Raises :class:`NoCircular` where the evidence speaks against a circular; says nothing of a file that is empty."""
    lines = [line for line in _lines(document) if line.strip()]
    if not lines:
        return
    _refuse_own(document, lines)
    evidence = circular_evidence(document, outline, plan, grammar)
    if grammar.made(Weights).score("circular", evidence) < 0:
        raise NoCircular("no-circular-code" if evidence["code"] > 0.5 else None)


def _refuse_own(document: Document, lines: list[str]) -> None:
    """What wpparse itself wrote: JSON, and tables with its columns."""
    if lines[0].lstrip().startswith("{") and lines[-1].rstrip().endswith("}"):
        head = "".join(lines)
        if all(key in head for key in _OWN_KEYS):
            raise NoCircular("no-circular-own-json")
    for block in document.blocks[:8]:
        if isinstance(block, Table):
            first = {cell.text.replace("\n", "") for cell in block.cells if cell.row == 0}
            if any(own <= first for own in _OWN_COLUMNS):
                raise NoCircular("no-circular-own-table")


def circular_evidence(document: Document, outline: Outline, plan: WorkPlan, grammar: Grammar) -> Mapping[str, float]:
    """What speaks for a circular and against one, each 0 to 1."""
    lines = [line for line in _lines(document) if line.strip()]
    text = "".join(lines)[:_MOST_TEXT]
    letters = [c for c in text if c.isalpha()]
    chinese = sum("\u4e00" <= c <= "\u9fff" for c in letters)
    header = plan.header
    known = names(grammar)
    parties = [
        party
        for task in plan.tasks
        for party in task.parties
        if known.is_body(party.name) or (party.role == "leader" and known.is_person(party.name))
    ]
    named = set(map(id, parties))
    told = sum(any(id(party) in named for party in task.parties) for task in plan.tasks)
    dated = sum(any(deadline.kind in _BINDING for deadline in task.deadlines) for task in plan.tasks)
    verbs = grammar.made(_Verbs)
    parts = [part.group() for line in lines for part in _PART.finditer(line) if len(part.group()) > 3][:400]
    return {
        "title": float(header.title is not None),
        "elements": min(1.0, sum(bool(getattr(header, key)) for key in _HEADER) / 2),
        "clauses": min(1.0, sum(party.source != "subject" for party in parties) / 3),
        "commanded": min(1.0, len({party.name for party in parties if party.source == "subject"}) / 2),
        "told": told / max(1, len(plan.tasks)),
        "dated": dated / max(1, len(plan.tasks)),
        "requirements": min(1.0, 5 * sum(map(verbs.begins, parts)) / max(1, len(parts))),
        "outline": min(1.0, sum(section.role != "task" for section in plan.sections) / 2),
        "foreign": 1 - chinese / max(1, len(letters)),
        "code": sum(_CODE_LINE.search(line) is not None for line in lines[:400]) / len(lines[:400]),
        "digits": sum(map(str.isdigit, text)) / max(1, len(text)),
    }


class _Verbs:
    """Words with which a requirement begins."""

    def __init__(self, grammar: Grammar) -> None:
        words = grammar.words("subject_verbs")
        self._words = frozenset(words)
        self._longest = max(map(len, words), default=0)

    def begins(self, part: str) -> bool:
        """True where a part of a sentence begins with such a word, perhaps behind a label or 要."""
        found = _MUST.match(part)
        start = found.end() if found is not None else 0
        return any(part[start : start + length] in self._words for length in range(2, self._longest + 1))


def _lines(document: Document) -> Iterable[str]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield (block.label or "") + block.text
        else:
            yield from (cell.text for cell in block.cells)
