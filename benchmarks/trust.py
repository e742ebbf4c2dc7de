"""How far confidence can be trusted: fits the weights of grammars/confidence.tsv, and shows what they are worth.

    python -m benchmarks.trust gather CACHE [--shared DIR]   parse gold circulars and samples: whole, broken, with rules left out
    python -m benchmarks.trust fit CACHE                     fit the weights on all of it and write them into the grammar
    python -m benchmarks.trust left-out CACHE OUT            plans of the gold circulars, each with weights fitted without it,
                                                             for evaluate_trust.py --predicted OUT; draws reliability.png
    python -m benchmarks.trust broken CACHE                  how much of the harm of a break is marked, circulars left out in turn

What a circular that nobody has seen does to a parser is imitated in two ways: circulars are broken (benchmarks/breaking.py), and
rules and words are taken out of the grammar at random, so that a circular meets forms that the rest of it does not know.
"""

from __future__ import annotations

import argparse
import json
import pickle
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.breaking import WAYS, broken
from benchmarks.rightness import compare, right_sections
from wpparse import load_grammar, read_document
from wpparse.blocks import Document
from wpparse.checks import check
from wpparse.errors import WpparseError
from wpparse.extract import extract
from wpparse.grammar import Grammar
from wpparse.model import Task, WorkPlan
from wpparse.outline import Outline, build_outline
from wpparse.trust.circumstances import Circumstances
from wpparse.trust.judge import judge, weighed_parts
from wpparse.trust.parts import deadline_evidence, party_evidence, section_evidence
from wpparse.trust.rows import row_evidence
from wpparse.trust.weights import Weights, odds, probability

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "grammars" / "confidence.tsv"
KINDS = ("party", "deadline", "section", "body", "table")
STRENGTH = 2.0
"""How much evidence a weight needs before it counts (ridge)."""
WEAKER = 12
"""Grammars with rules left out."""
OFTEN = {"whole": 6.0, "broken": 0.4, "weaker": 1.0}
"""What a row counts in the fit, by how the circular was read."""
Row = tuple[Mapping[str, float], bool, str, str]


@dataclass
class Gathered:
    """What was weighed: evidence, whether it was right, of which circular and how that was read."""

    party: list[Row] = field(default_factory=list)
    deadline: list[Row] = field(default_factory=list)
    section: list[Row] = field(default_factory=list)
    rows: list[tuple[str, Mapping[str, float], bool, str, str, list[int], list[int], int | None]] = field(
        default_factory=list
    )
    """Origin, evidence, right, circular, reading, then the places of its parties, deadlines and section in the lists above."""


def circulars(shared: Path | None) -> Iterator[tuple[str, Document, Mapping[str, Any]]]:
    """Every circular of which it is known what is right: samples, and gold beside the project."""
    for path in sorted((ROOT / "samples").glob("*.txt")):
        yield (
            path.stem,
            read_document(path),
            json.loads((ROOT / "samples/expected" / f"{path.stem}.json").read_text("utf-8")),
        )
    if shared is None:
        return
    for path in sorted((shared / "gold").glob("*/*.gold.json")):
        if path.parent.name not in ("corpus", "seeds"):
            continue
        gold = json.loads(path.read_text("utf-8"))
        try:
            yield path.name.removesuffix(".gold.json"), read_document((path.parent / gold["file"]).resolve()), gold
        except WpparseError as error:
            print(f"{path.name}: {error}")


def understood(document: Document, grammar: Grammar) -> tuple[WorkPlan, Outline]:
    """The stages behind the document up to where trust begins."""
    outline = build_outline(document, grammar)
    return check(extract(document, outline, grammar), grammar), outline


def weaker(grammar: Grammar, seed: int) -> Grammar:
    """The grammar with some rules and words left out."""
    random = Random(seed)
    families = (
        "clause",
        "unit",
        "deadline",
        "subject",
        "role",
        "column",
        "label",
        "heading",
        "line",
        "header",
        "table",
        "row",
    )
    share = random.choice((0.06, 0.12, 0.2))
    rules = tuple(rule for rule in grammar.rule_list if rule.family not in families or random.random() > share)
    lists = {
        name: words if name == "subject_verbs" else frozenset(word for word in sorted(words) if random.random() > share)
        for name, words in sorted(grammar.word_lists.items())
    }
    return replace(grammar, rule_list=rules, word_lists=lists, digest=f"{grammar.digest} {seed}")


def gather(shared: Path | None) -> Gathered:
    """Read every circular in every way."""
    found, grammar = Gathered(), load_grammar()
    every = list(circulars(shared))
    for name, document, gold in every:
        _collect(found, name, "whole", document, grammar, gold)
        for seed, way in enumerate(WAYS):
            mutant = broken(document, way, seed)
            if mutant is not None:
                _collect(found, name, f"broken:{way}", mutant, grammar, gold)
    for seed in range(WEAKER):
        less = weaker(grammar, seed)
        for name, document, gold in every:
            _collect(found, name, f"weaker:{seed}", document, less, gold)
    return found


def _collect(out: Gathered, name: str, how: str, document: Document, grammar: Grammar, gold: Mapping[str, Any]) -> None:
    try:
        plan, outline = understood(document, grammar)
    except WpparseError:
        return
    here = Circumstances(document, outline, plan, grammar)
    weights = grammar.made(Weights)
    sections: dict[str, int] = {}
    for at, right in right_sections(plan, gold):
        sections[plan.sections[at].id] = len(out.section)
        out.section.append((section_evidence(plan.sections[at], here), right, name, how))
    for judged in compare(plan, gold):
        task = judged.task
        parties, deadlines = [], []
        for party, right_party in zip(task.parties, judged.parties, strict=True):
            if right_party is not None:
                parties.append(len(out.party))
                out.party.append((party_evidence(party, task, here), right_party, name, how))
        for deadline, right_deadline in zip(task.deadlines, judged.deadlines, strict=True):
            if right_deadline is not None:
                deadlines.append(len(out.deadline))
                out.deadline.append((deadline_evidence(deadline, task, here), right_deadline, name, how))
        evidence = row_evidence(weighed_parts(task, here, weights), here)
        out.rows.append(
            (task.origin, evidence, judged.right, name, how, parties, deadlines, sections.get(task.section or ""))
        )


# ------------------------------------------------------------------------------------------------ fitting


@dataclass
class Model:
    """Weights by kind and evidence."""

    values: dict[tuple[str, str], float]

    def sure(self, kind: str, evidence: Mapping[str, float]) -> float:
        """The confidence that they give."""
        total = self.values[kind, "bias"]
        return probability(
            total + sum(self.values.get((kind, name), 0.0) * amount for name, amount in evidence.items())
        )


def fit(data: Gathered, without: str | None = None) -> Model:
    """The weights, parts first: a row is weighed by its least sure party and deadline."""
    values: dict[tuple[str, str], float] = {}
    for kind in ("party", "deadline", "section"):
        rows = [row for row in getattr(data, kind) if row[2] != without]
        _fit(kind, [row[0] for row in rows], [row[1] for row in rows], [row[2:] for row in rows], values)
    model = Model(values)
    for origin in ("body", "table"):
        evidence, right, where = [], [], []
        for row in data.rows:
            if row[0] == origin and row[3] != without:
                evidence.append(with_parts(data, row, model))
                right.append(row[2])
                where.append(row[3:5])
        _fit(origin, evidence, right, where, values)
    return model


def with_parts(data: Gathered, row: tuple[Any, ...], model: Model) -> Mapping[str, float]:
    """The evidence of a row with what its parts say by these weights."""
    _, evidence, _, _, _, parties, deadlines, section = row
    found = dict(evidence)
    found["party"] = min([0.0, *(odds(model.sure("party", data.party[at][0])) - 2 for at in parties)])
    found["deadline"] = min([0.0, *(odds(model.sure("deadline", data.deadline[at][0])) - 2 for at in deadlines)])
    if section is not None and "section" in found:
        found["section"] = min(0.0, odds(model.sure("section", data.section[section][0])) - 2)
    return found


def _fit(
    kind: str, evidence: list[Any], right: list[bool], where: list[Any], values: dict[tuple[str, str], float]
) -> None:
    names = sorted({name for one in evidence for name in one})
    matrix = np.array([[1.0, *(one.get(name, 0.0) for name in names)] for one in evidence])
    target = np.array(right, float)
    counts: dict[Any, int] = {}
    for one in where:
        counts[one] = counts.get(one, 0) + 1
    weight = np.array([OFTEN[how.partition(":")[0]] * min(1.0, (40 / counts[name, how])) for name, how in where])
    solved = _logistic(matrix, target, weight)
    values[kind, "bias"] = round(float(solved[0]), 2)
    for name, value in zip(names, solved[1:], strict=True):
        values[kind, name] = round(float(value), 2)


def _logistic(matrix: NDArray[Any], target: NDArray[Any], weight: NDArray[Any]) -> NDArray[Any]:
    """Logistic regression with a ridge, by Newton's steps."""
    solved = np.zeros(matrix.shape[1])
    ridge = np.full(matrix.shape[1], STRENGTH)
    ridge[0] = 0.01
    for _ in range(40):
        sure = 1 / (1 + np.exp(-np.clip(matrix @ solved, -30, 30)))
        slope = matrix.T @ (weight * (sure - target)) + ridge * solved
        curve = (matrix * (weight * sure * (1 - sure) + 1e-9)[:, None]).T @ matrix + np.diag(ridge)
        step = np.linalg.solve(curve, slope)
        solved -= step
        if abs(step).max() < 1e-7:
            break
    return solved
