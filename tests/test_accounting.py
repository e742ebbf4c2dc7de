"""Nothing is dropped in silence: every character of a circular is accounted for, and every location tells the truth."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

import pytest

from wpparse import WpparseError, load_grammar, read_document
from wpparse.blocks import Document, Paragraph, Table
from wpparse.model import Location, WorkPlan
from wpparse.outline import build_outline
from wpparse.pipeline import understand

WORD = re.compile(r"\w")
SAMPLES = Path(__file__).resolve().parents[1] / "samples"


def words_at(document: Document, location: Location) -> str:
    """The text at a location, as a reader of the output would look it up."""
    block = document.blocks[location.block]
    if isinstance(block, Paragraph):
        return block.text[location.start : location.end]
    assert isinstance(block, Table)
    cell = next(cell for cell in block.cells if (cell.row, cell.column) == (location.row, location.column))
    return cell.text[location.start : location.end].replace("\n", "")  # a narrow column breaks names and dates


def check_locations(document: Document, plan: WorkPlan) -> None:
    for task in plan.tasks:
        assert words_at(document, task.location) or task.text == ""
        for party in task.parties:
            assert words_at(document, party.location) == party.name
        for deadline in task.deadlines:
            assert words_at(document, deadline.location) == deadline.text
    for section in plan.sections:
        assert section.heading is None or section.heading in words_at(document, section.location)
    for diagnostic in plan.diagnostics:
        if diagnostic.location is not None:
            assert 0 <= diagnostic.location.block < len(document.blocks)


def check_parts(document: Document, plan: WorkPlan) -> None:
    """Each block has a part; what no part took is named by a diagnostic."""
    outline = build_outline(document, load_grammar())
    assert set(outline.parts) == set(range(len(document.blocks)))
    named = {diagnostic.location.block for diagnostic in plan.diagnostics if diagnostic.location is not None}
    for index, part in outline.parts.items():
        if part == "unplaced":
            assert index in named, f"block {index} was dropped in silence"


def check_words(document: Document, plan: WorkPlan) -> None:
    """What an item says stands in a section, a task or a clause, to the last character but punctuation."""
    outline = build_outline(document, load_grammar())
    tasks = [task for task in plan.tasks if task.origin == "body"]
    clauses = {line for task in tasks for line in (task.parties_text or "").splitlines()}
    told = {line for section in plan.sections for line in section.text.splitlines()}
    for task in tasks:
        told |= {(task.title or ""), *task.text.splitlines()}
    passages = [passage for item in outline.items for passage in item.passages]
    for passage in [*passages, *outline.unnumbered, *outline.closing]:
        rest = passage.text
        for clause in sorted(filter(None, clauses), key=len, reverse=True):
            rest = rest.replace(clause, "")
        if any(rest.strip() in line for line in told):
            continue
        for piece in sorted(filter(None, told), key=len, reverse=True):
            rest = rest.replace(piece, "", 1)
        assert not WORD.search(rest), f"not in the plan: {rest!r} of {passage.text!r}"


def check(path: Path) -> None:
    document = read_document(path)
    plan = understand(document)
    check_locations(document, plan)
    check_parts(document, plan)
    check_words(document, plan)


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.[tdp][xod][tcf]*")), ids=lambda path: path.name)
def test_samples(path: Path) -> None:
    check(path)


def test_real_circulars(shared: Path) -> None:
    paths = sorted(shared.glob("seeds/*.txt")) + sorted(shared.glob("corpus/text/*.txt"))
    assert len(paths) > 40
    for path in paths:
        check(path)


def test_every_format(shared: Path) -> None:
    """Files of every format that is read: each block has a part, and what no part took is told."""
    seen = set()
    for path in [*sorted((shared / "corpus" / "bin").iterdir()), *sorted((shared / "cases").iterdir())]:
        try:
            document = read_document(path)
        except WpparseError:
            continue
        plan = understand(document, anything=True)
        check_locations(document, plan)
        check_parts(document, plan)
        seen.add(document.source.format)
    assert {"docx", "pdf", "txt", "doc"} <= seen


@pytest.mark.parametrize("seed", range(4))
def test_broken_samples_tell_the_truth(seed: int) -> None:
    """Samples with lines lost, doubled, joined, shuffled, cut and parted."""
    random = Random(seed)
    texts = [path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("*.txt"))]
    for _ in range(40):
        document = read_document(broken(random.choice(texts), random).encode())
        plan = understand(document, anything=True)
        check_locations(document, plan)
        check_parts(document, plan)


def broken(text: str, random: Random) -> str:
    lines = text.split("\n")
    for _ in range(random.randint(1, 6)):
        begin = random.randrange(len(lines))
        some = slice(begin, begin + random.randint(1, 8))
        match random.randrange(7):
            case 0:
                lines[some] = []
            case 1:
                lines[begin:begin] = lines[some]
            case 2:
                lines[some] = random.sample(lines[some], len(lines[some]))
            case 3:
                lines[some] = ["".join(lines[some])]
            case 4:
                lines[some] = ["\t".join(lines[some])]
            case 5:
                lines[some] = [f"{line}\t{line[:9]}" for line in lines[some]]
            case _:
                label = random.choice(("（一）", "1.", "一、", "①", "责任单位：", "完成时限："))
                lines[some] = [label + line for line in lines[some]]
        lines = lines or ["空"]
    return "\n".join(lines)
