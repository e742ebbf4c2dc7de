"""Which rule matched which words."""

from __future__ import annotations

from collections.abc import Iterator

from wpparse.blocks import Document, Table
from wpparse.cli.convert import read_one
from wpparse.cli.gate import about
from wpparse.cli.language import say
from wpparse.cli.streams import data_output
from wpparse.errors import ExitCode
from wpparse.grammar import Grammar, load_grammar
from wpparse.model import Deadline, Location, Party, Section, Selection, Task, WorkPlan
from wpparse.pipeline import understand


def explain(name: str, source: Selection, directories: tuple[str, ...], password: str | None) -> int:
    """Print the explanation of one file."""
    grammar = load_grammar(*directories)
    document = read_one(name, password, grammar)
    with about(name):
        plan = understand(document, grammar)
    output = data_output().text
    for line in _lines(plan, plan.select(source), document, grammar):
        output.write(line + "\n")
    return ExitCode.DONE


def _lines(plan: WorkPlan, selected: WorkPlan, document: Document, grammar: Grammar) -> Iterator[str]:
    places = {rule.id: rule.where for rule in grammar.rule_list}

    def because(rule: str | None, words: str | None, location: Location) -> str:
        shown = say(f"“{words}”", f"'{words}'") if words is not None else ""
        found = f"{rule} ({_place(places[rule])})" if rule in places else rule or say("（无规则）", "(no rule)")
        return f"{shown} ← {found} @ {_where(location)}"

    reasons = "".join(f"\n    {reason}" for reason in plan.status_reasons)
    yield say(f"# 核对结论：{plan.status}{reasons}", f"# Verdict: {plan.status}{reasons}")
    yield ""
    yield say("# 章节", "# Sections")
    for section in plan.sections:
        yield f"{section.id}  {section.label}{section.heading or ''}  [{section.role}]"
        yield f"    {because(section.rule, None, section.location)}{_sure(section)}"
    yield ""
    yield say("# 任务", "# Tasks")
    for task in selected.tasks:
        yield f"{task.origin} {task.number}  {_title(task)}"
        yield f"    @ {_where(task.location)}{_sure(task)}"
        for party in task.parties:
            words = _words(document, party.location)
            yield f"    {party.role}  {party.name}  {because(party.rule, words, party.location)}{_sure(party)}"
        for deadline in task.deadlines:
            words = _words(document, deadline.location)
            when = deadline.due or deadline.every or ""
            yield f"    {deadline.kind} {when}  {because(deadline.rule, words, deadline.location)}{_sure(deadline)}"


def _sure(value: Section | Task | Party | Deadline) -> str:
    """How sure a value is and what speaks against it."""
    if value.confidence is None:
        return ""
    against = say("；", "; ").join(value.reasons)
    return f"  {value.confidence:.2f}" + (say(f"（{against}）", f" ({against})") if against else "")


def _title(task: Task) -> str:
    heading = " › ".join([*task.path, *([task.title] if task.title else [])])
    text = " ".join(task.text.split())
    return f"{task.label or ''} {heading}: {text[:60]}{'…' if len(text) > 60 else ''}".strip(" :")


def _words(document: Document, location: Location) -> str | None:
    """The words at a location, as they stand in the document."""
    if not 0 <= location.block < len(document.blocks):
        return None
    block = document.blocks[location.block]
    if isinstance(block, Table):
        if location.row is None or location.column is None:
            return None
        text = block.grid()[location.row][location.column]
    else:
        text = block.text
    return text[location.start : location.end]


def _where(location: Location) -> str:
    parts = [f"{say('第', 'page ')}{location.page}{say('页', '')}"] if location.page is not None else []
    parts.append(f"{say('块', 'block ')}{location.block}")
    if location.row is not None:
        parts.append(f"{say('行', 'row ')}{location.row}{say('列', ' column ')}{location.column}")
    if location.start is not None:
        parts.append(f"{location.start}–{location.end}")
    return say("，", ", ").join(parts)


def _place(where: str) -> str:
    return where.replace("\\", "/").rpartition("/")[2]
