"""Confidence for every value of a plan, marks where a row must be looked at, and the verdict on the whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from wpparse.blocks import Document
from wpparse.grammar import Grammar
from wpparse.model import Deadline, Party, Section, TableInfo, Task, WorkPlan
from wpparse.outline import Outline
from wpparse.trust.circumstances import TABLE_GUESSED, TABLE_LET_GO, Circumstances
from wpparse.trust.marks import marks
from wpparse.trust.parts import deadline_evidence, party_evidence, section_evidence
from wpparse.trust.rows import row_evidence
from wpparse.trust.verdict import verdict
from wpparse.trust.weights import Weights

Evidence = Mapping[str, float]


def judge(
    plan: WorkPlan, document: Document, outline: Outline, grammar: Grammar, weights: Weights | None = None
) -> WorkPlan:
    """The same plan with confidences, marks among its diagnostics, and its status. No value is changed, none is dropped.

    ``weights`` are the grammar's unless others are given.
    """
    weights = weights or grammar.made(Weights)
    here = Circumstances(document, outline, plan, grammar)
    sections = tuple(weighed_section(section, here, weights) for section in plan.sections)
    here.sections = {section.id: section for section in sections}
    tasks = tuple(weighed_task(task, here, weights) for task in plan.tasks)
    plan = replace(
        plan, sections=sections, tasks=tasks, tables=tuple(_weighed_table(t, tasks, here) for t in plan.tables)
    )
    plan = replace(plan, diagnostics=(*plan.diagnostics, *marks(plan, here, weights)))
    return verdict(plan, here, weights)


def weighed_section(section: Section, here: Circumstances, weights: Weights) -> Section:
    """A section with its confidence."""
    evidence = section_evidence(section, here)
    return replace(
        section, confidence=weights.confidence("section", evidence), reasons=_words(weights, "section", evidence)
    )


def weighed_task(task: Task, here: Circumstances, weights: Weights) -> Task:
    """A task with the confidence of its row, and its parties and deadlines with theirs."""
    task = weighed_parts(task, here, weights)
    evidence = row_evidence(task, here)
    return replace(
        task, confidence=weights.confidence(task.origin, evidence), reasons=_words(weights, task.origin, evidence)
    )


def weighed_parts(task: Task, here: Circumstances, weights: Weights) -> Task:
    """A task whose parties and deadlines have their confidence."""
    return replace(
        task,
        parties=tuple(_weighed_party(party, task, here, weights) for party in task.parties),
        deadlines=tuple(_weighed_deadline(deadline, task, here, weights) for deadline in task.deadlines),
    )


def _weighed_party(party: Party, task: Task, here: Circumstances, weights: Weights) -> Party:
    evidence = party_evidence(party, task, here)
    return replace(party, confidence=weights.confidence("party", evidence), reasons=_words(weights, "party", evidence))


def _weighed_deadline(deadline: Deadline, task: Task, here: Circumstances, weights: Weights) -> Deadline:
    evidence = deadline_evidence(deadline, task, here)
    return replace(
        deadline, confidence=weights.confidence("deadline", evidence), reasons=_words(weights, "deadline", evidence)
    )


def _weighed_table(table: TableInfo, tasks: tuple[Task, ...], here: Circumstances) -> TableInfo:
    """A table is as sure as its rows are on the whole."""
    rows = [
        task.confidence or 0.0
        for task in tasks
        if task.origin == "table" and task.location.block == table.location.block
    ]
    if not rows:
        return table
    said = here.said_at(table.location)
    return replace(
        table,
        confidence=round(sum(rows) / len(rows), 2),
        reasons=tuple(found.message for found in said if found.code in TABLE_GUESSED | TABLE_LET_GO),
    )


def _words(weights: Weights, kind: str, evidence: Evidence) -> tuple[str, ...]:
    return weights.words(kind, weights.against(kind, evidence))
