"""Fits the weights of ``grammars/evidence.tsv`` and says how well they do: ``python -m benchmarks.fit_commands GOLD…``.

Each folder holds ``*.gold.json``. A task without a clause or a column gives the candidates that its sentences hold; those
whose bodies the gold commands are right. The weights are those of a logistic regression with a quadratic penalty. Each
circular is scored with weights that were fitted without it (left out) and with those fitted on all (training); the cases
of ``tests/cases/subjects.toml`` and made-up sentences (``tests/circulars.py``) always train. ``--write`` puts the weights
fitted on all into the table.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from wpparse.extract.parties.commands import Candidate, commands
from wpparse.extract.parties.subjects import sentences
from wpparse.grammar import Grammar, load_grammar

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "grammars" / "evidence.tsv"
PENALTY = 0.05
ROUNDS = 400
MADE_UP = 1500
"""Sentences that are made up for training."""


@dataclass(frozen=True)
class Part:
    """The candidates of one part of a sentence, and which of them is right."""

    candidates: tuple[Candidate, ...]
    right: tuple[bool, ...]


@dataclass(frozen=True)
class Text:
    """A task's text with the bodies that it commands, and the circular that it comes from."""

    circular: str
    text: str
    bodies: frozenset[str]
    title: str | None = None


def fold(name: str) -> str:
    """A name as the evaluation compares it."""
    return unicodedata.normalize("NFKC", name)


def gold_texts(folders: Iterable[Path]) -> Iterator[Text]:
    """The tasks of gold files whose subjects were annotated and that have no clause and no column."""
    for folder in folders:
        for path in sorted(folder.glob("*.gold.json")):
            gold = json.loads(path.read_text(encoding="utf-8"))
            if "subjects" not in gold.get("annotates", ()):
                continue
            for task in gold["tasks"]:
                parties = task.get("parties", ())
                if all(party.get("source") == "subject" for party in parties):
                    bodies = frozenset(fold(party["name"]) for party in parties)
                    yield Text(path.name.removesuffix(".gold.json"), task["text"], bodies, task.get("title"))


def case_texts() -> Iterator[Text]:
    """The cases of the tests and made-up sentences."""
    from tests.circulars import command_sentences

    for case in tomllib.loads((ROOT / "tests/cases/subjects.toml").read_text(encoding="utf-8"))["case"]:
        yield Text("cases", case["text"], frozenset(fold(name.split(" ")[0]) for name in case["subjects"]))
    for sentence in command_sentences(random.Random(1), MADE_UP, held_out=False):
        yield Text("made up", sentence.text, frozenset(map(fold, sentence.bodies)))


def parts(text: Text, grammar: Grammar) -> Iterator[Part]:
    """The candidates of a text, part by part."""
    finder = commands(grammar)
    for start, end in sentences(text.text):
        by_part: dict[int, list[Candidate]] = {}
        for candidate, _ in finder.read(text.text[start:end]):
            by_part.setdefault(candidate.begin, []).append(candidate)
        for found in by_part.values():
            right = tuple(
                all(fold(mention.name) in text.bodies for mention in candidate.mentions) for candidate in found
            )
            yield Part(tuple(found), right)


def fit(examples: Sequence[tuple[tuple[str, ...], bool]]) -> dict[str, float]:
    """Weights by evidence (``bias`` among them), by gradient ascent with a step for each weight of its own."""
    counted = Counter((tuple(sorted({*evidence, "bias"})), right) for evidence, right in examples)
    names = sorted({name for evidence, _ in counted for name in evidence})
    weights = dict.fromkeys(names, 0.0)
    squares = dict.fromkeys(names, 1e-6)
    for _ in range(ROUNDS):
        slope = {name: -PENALTY * weights[name] for name in names}
        for (evidence, right), times in counted.items():
            score = sum(weights[name] for name in evidence)
            error = times * (right - 1 / (1 + math.exp(-score)))
            for name in evidence:
                slope[name] += error
        for name in names:
            squares[name] += slope[name] ** 2
            weights[name] += 0.5 * slope[name] / math.sqrt(squares[name])
    return weights


def decide(part: Part, weights: dict[str, float]) -> Candidate | None:
    """The candidate of a part that the weights take."""

    def score(candidate: Candidate) -> tuple[float, int]:
        return weights["bias"] + sum(weights.get(name, 0.0) for name in candidate.evidence), candidate.end

    best = max(part.candidates, key=score, default=None)
    return best if best is not None and score(best)[0] >= 0 else None


def tally(texts: Sequence[tuple[Text, list[Part]]], weights: dict[str, float]) -> Counter[str]:
    """Bodies found, invented and missed."""
    out: Counter[str] = Counter()
    for text, found in texts:
        taken = [candidate for part in found if (candidate := decide(part, weights)) is not None]
        names = {fold(mention.name) for candidate in taken for mention in candidate.mentions}
        out.update(right=len(names & text.bodies), invented=len(names - text.bodies), missed=len(text.bodies - names))
    return out


def f1(counts: Counter[str]) -> float:
    """The usual mean of precision and recall; 1 where there was nothing to find and nothing was found."""
    total = 2 * counts["right"] + counts["invented"] + counts["missed"]
    return 2 * counts["right"] / total if total else 1.0


def examples(texts: Iterable[tuple[Text, list[Part]]]) -> list[tuple[tuple[str, ...], bool]]:
    """Each candidate with whether it is right."""
    return [
        (candidate.evidence, right)
        for _, found in texts
        for part in found
        for candidate, right in zip(part.candidates, part.right, strict=True)
    ]


def write(weights: dict[str, float]) -> None:
    """Put weights into the table, the rest of which stays as it is."""
    out: list[str] = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        fields = line.split("\t")
        if len(fields) == 4 and fields[0] in weights:
            fields[1] = f"{weights[fields[0]]:.2f}"
        out.append("\t".join(fields))
    TABLE.write_text("\n".join(out) + "\n", encoding="utf-8")


def main() -> None:
    """Fit, score each circular with the weights of the others, and say what came out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--show", action="store_true", help="what is wrong where a circular is left out")
    options = parser.parse_args()
    grammar = load_grammar()
    gold = [(text, list(parts(text, grammar))) for text in gold_texts(options.gold)]
    other = [(text, list(parts(text, grammar))) for text in case_texts()]
    weights = fit(examples([*gold, *other]))
    training, left_out = Counter[str](), Counter[str]()
    for name in sorted({text.circular for text, _ in gold}):
        own = [pair for pair in gold if pair[0].circular == name]
        without = fit(examples([*(pair for pair in gold if pair[0].circular != name), *other]))
        counts, held = tally(own, weights), tally(own, without)
        training += counts
        left_out += held
        print(f"{name:<24} training {f1(counts):.3f}  left out {f1(held):.3f}  {dict(held)}")
        if options.show:
            show(own, without)
    print(f"{'all':<24} training {f1(training):.3f}  left out {f1(left_out):.3f}  {dict(left_out)}")
    print(f"{'cases and made up':<24} training {f1(tally(other, weights)):.3f}")
    if options.show:
        show(other, weights)
    if options.write:
        write(weights)


def show(texts: Sequence[tuple[Text, list[Part]]], weights: dict[str, float]) -> None:
    """Print what is wrong."""
    for text, found in texts:
        for part in found:
            best = decide(part, weights)
            for candidate, right in zip(part.candidates, part.right, strict=True):
                if (candidate is best) != right:
                    score = weights["bias"] + sum(weights.get(name, 0.0) for name in candidate.evidence)
                    names = "、".join(mention.name for mention in candidate.mentions)
                    print(
                        f"    {'invented' if candidate is best else 'not taken'} {score:5.1f} {names} {candidate.evidence}"
                    )
                    at = text.text.find(candidate.mentions[0].name)
                    print(f"        {text.text[max(0, at - 15) : at + 60]}")


if __name__ == "__main__":
    main()
