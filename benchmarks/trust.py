"""How far confidence can be trusted: fits the weights of grammars/confidence.tsv, and shows what they are worth.

    python -m benchmarks.trust gather CACHE [--shared DIR]   parse gold circulars and samples: whole, broken, with rules left out
    python -m benchmarks.trust fit CACHE                     fit the weights on all of it and write them into the grammar
    python -m benchmarks.trust left-out CACHE OUT            plans of the gold circulars, each with weights fitted without it,
                                                             for evaluate_trust.py --predicted OUT; how much of the harm of a
                                                             break is marked; draws reliability.png

What a circular that nobody has seen does to a parser is imitated in two ways: circulars are broken (benchmarks/breaking.py), and
rules and words are taken out of the grammar at random, so that a circular meets forms that the rest of it does not know.
"""

from __future__ import annotations

import argparse
import json
import pickle
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.breaking import WAYS, broken
from benchmarks.fitting import KINDS, Fitter, Gathered, Model
from benchmarks.rightness import compare, right_sections
from wpparse import load_grammar, read_document
from wpparse.blocks import Document
from wpparse.checks import check
from wpparse.errors import WpparseError
from wpparse.extract import extract
from wpparse.grammar import Grammar
from wpparse.model import WorkPlan
from wpparse.outline import Outline, build_outline
from wpparse.trust.circumstances import Circumstances
from wpparse.trust.judge import judge, weighed_parts
from wpparse.trust.parts import deadline_evidence, party_evidence, section_evidence
from wpparse.trust.rows import row_evidence
from wpparse.trust.weights import Weights

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "grammars" / "confidence.tsv"
WAYS_EACH = 12
"""Ways in which each circular is broken."""
WEAKER = 5
"""Grammars with rules left out."""


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
        ways = Random(name).sample(sorted(WAYS), WAYS_EACH)
        for way in ways:
            mutant = broken(document, way, 0)
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
            (
                task.origin,
                evidence,
                judged.right,
                name,
                how,
                judged.faults,
                parties,
                deadlines,
                sections.get(task.section or ""),
            )
        )


def settle(model: Model) -> None:
    """Write the weights into the grammar's table; what is said of each piece of evidence stays."""
    lines = []
    for line in TABLE.read_text("utf-8").splitlines():
        of, *rest = line.split("\t")
        if of in KINDS and len(rest) == 4:
            rest[1] = f"{model.values.get((of, rest[0]), 0.0):g}"
        lines.append("\t".join((of, *rest)))
    TABLE.write_text("\n".join(lines) + "\n", "utf-8")
    known = {tuple(line.split("\t")[:2]) for line in lines}
    for kind, name in sorted(set(model.values) - known):
        print(f"not in the table: {kind} {name}")


def left_out(data: Gathered, shared: Path, out: Path) -> None:
    """Plans of the gold circulars by weights that were fitted without each of them, and the picture of what they are worth."""
    fitter, grammar = Fitter(data), load_grammar()
    points: list[tuple[float, bool, str]] = []
    names = {row[3] for row in data.rows}
    out.mkdir(parents=True, exist_ok=True)
    for name, document, _ in circulars(shared):
        model = fitter.fit(name) if name in names else fitter.fit()
        for origin in ("body", "table"):
            sure, places = fitter.sure(origin, model, name)
            points += [(float(s), data.rows[at][2], data.rows[at][4]) for s, at in zip(sure, places, strict=True)]
        try:
            plan, outline = understood(document, grammar)
        except WpparseError:
            continue
        weights = grammar.made(Weights).replaced(model.values)
        (out / f"{name}.json").write_text(judge(plan, document, outline, grammar, weights).to_json(), "utf-8")
    report(points, grammar.made(Weights).threshold("mark"))
    draw(points)


def report(points: list[tuple[float, bool, str]], limit: float) -> None:
    """Silent rows, false alarms and the share of wrong rows that are marked, by how the circulars were read."""
    for how in sorted({where for _, _, where in points}, key=lambda how: (how != "whole", how)):
        rows = [(sure < limit, right) for sure, right, where in points if where == how]
        wrong = sum(not right for _, right in rows)
        told = sum(mark and not right for mark, right in rows)
        alarms = sum(mark and right for mark, right in rows)
        print(
            f"{how:28} rows {len(rows):5} wrong {wrong:5} marked {told / max(1, wrong):.2f} "
            f"silent {(wrong - told) / len(rows):.3f} false alarms {alarms / max(1, len(rows) - wrong):.3f}"
        )
    broken_rows = [(sure < limit, right) for sure, right, where in points if where.startswith("broken")]
    wrong = sum(not right for _, right in broken_rows)
    told = sum(mark and not right for mark, right in broken_rows)
    print(f"broken in all: {wrong} rows wrong, {told / max(1, wrong):.3f} of them marked")


def draw(points: list[tuple[float, bool, str]]) -> None:
    """Of the rows that are given a confidence, how many are right: reliability.png, left-out circulars only."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(6, 6))
    axes.plot([0, 1], [0, 1], color="#999", linestyle="--", label="as given")
    for how, label, colour in (
        ("whole", "as they are", "#1f77b4"),
        ("broken", "broken", "#d62728"),
        ("weaker", "rules left out", "#2ca02c"),
    ):
        given, right, many = [], [], []
        for low in (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
            some = [
                (sure, ok)
                for sure, ok, where in points
                if where.startswith(how) and low <= sure < low + 0.1 + (low == 0.9)
            ]
            if len(some) >= 8:
                given.append(sum(sure for sure, _ in some) / len(some))
                right.append(sum(ok for _, ok in some) / len(some))
                many.append(len(some))
        axes.plot(given, right, color=colour, label=label)
        axes.scatter(given, right, s=[20 + 0.06 * min(3000, number) for number in many], color=colour)
    axes.set_xlabel("confidence given")
    axes.set_ylabel("share of rows that are right")
    axes.set_title("Rows of circulars that were left out of the fit")
    axes.legend()
    figure.savefig(Path(__file__).with_name("reliability.png"), dpi=110, metadata={"Software": None})


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=["gather", "fit", "left-out"])
    parser.add_argument("cache", type=Path)
    parser.add_argument("out", type=Path, nargs="?")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    given = parser.parse_args()
    shared = given.shared if (given.shared / "gold").is_dir() else None
    if given.step == "gather":
        given.cache.write_bytes(pickle.dumps(gather(shared)))
        return
    data: Gathered = pickle.loads(given.cache.read_bytes())
    if given.step == "fit":
        settle(Fitter(data).fit())
    elif shared is not None and given.out is not None:
        left_out(data, shared, given.out)


if __name__ == "__main__":
    main()
