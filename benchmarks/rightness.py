"""Which values of a plan are right, by a plan that is: what a person has to change, row by row."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wpparse.model import Deadline, Task, WorkPlan

Gold = Mapping[str, Any]
"""A plan as JSON, or a gold file: ``sections``, ``tasks``; ``origins`` and ``annotates`` where they stand."""
_SAME = 0.9
_QUOTES = str.maketrans("“”‘’「」『』—–―・﹒〔〕［］【】", "\"\"''\"\"''---··()()()")
_WHEN = {"recurring": ("every", "times"), "within": ("amount", "unit"), "during": ("start",)}


@dataclass(frozen=True, slots=True)
class Judged:
    """One task of a plan: is the row right, and which of its parties and deadlines are."""

    task: Task
    faults: tuple[str, ...]
    """What is wrong with the row: ``extra`` (it is no task), ``path``, ``party-`` (one is missing), ``party+`` (one is wrong),
    ``deadline-``, ``deadline+``."""
    parties: tuple[bool | None, ...]
    """None where the gold does not say."""
    deadlines: tuple[bool | None, ...]

    @property
    def right(self) -> bool:
        """True for a row that nobody has to change."""
        return not self.faults


def compare(plan: WorkPlan, gold: Gold) -> Iterator[Judged]:
    """Each task of the plan whose origin the gold speaks of."""
    wanted = gold["tasks"]
    origins = {task["origin"] for task in wanted} | set(gold.get("origins", ()))
    subjects = "subjects" in gold.get("annotates", ("subjects",) if "annotates" not in gold else ())
    mine = [task for task in plan.tasks if task.origin in origins]
    pairs = match(mine, wanted)
    for at, task in enumerate(mine):
        if at not in pairs:
            yield Judged(task, ("extra",), (None,) * len(task.parties), (None,) * len(task.deadlines))
            continue
        right = wanted[pairs[at]]
        named = {
            (fold(party["name"]), party["role"])
            for party in right["parties"]
            if subjects or party["source"] != "subject"
        }
        found = {(fold(party.name), party.role) for party in task.parties if subjects or party.source != "subject"}
        left = list(right["deadlines"])
        timed = []
        for deadline in task.deadlines:
            hit = next((one for one in left if same_deadline(one, deadline)), None)
            timed.append(hit is not None)
            if hit is not None:
                left.remove(hit)
        faults = {
            "path": [fold(one) for one in right["path"]] != [fold(one) for one in task.path],
            "party-": bool(named - found),
            "party+": bool(found - named),
            "deadline-": bool(left),
            "deadline+": not all(timed),
        }
        yield Judged(
            task,
            tuple(name for name, wrong in faults.items() if wrong),
            tuple(
                None if party.source == "subject" and not subjects else (fold(party.name), party.role) in named
                for party in task.parties
            ),
            tuple(timed),
        )


def right_sections(plan: WorkPlan, gold: Gold) -> Iterator[tuple[int, bool]]:
    """Each section (its place in the plan) with whether label, heading and level are right."""
    left = Counter(
        (fold(one["label"]), fold(one.get("heading") or ""), one["level"]) for one in gold.get("sections", ())
    )
    for at, section in enumerate(plan.sections):
        key = (fold(section.label), fold(section.heading or ""), section.level)
        left[key] -= 1
        yield at, left[key] >= 0


def fold(text: str) -> str:
    """A text for comparison: no blanks, quotes, dashes and brackets alike, no stop at the end."""
    folded = re.sub(r"[\s\u200b\ufeff]+", "", unicodedata.normalize("NFKC", text))
    return folded.translate(_QUOTES).rstrip("。.;,")


def same_deadline(right: Mapping[str, Any], mine: Deadline) -> bool:
    """True where a deadline has the words, the kind and the dates of the right one."""
    one, other = fold(right["text"]), fold(mine.text)
    keys = ("kind", "due", *_WHEN.get(right["kind"], ()))
    return (one in other or other in one) and all(
        (right.get(key) or None) == (getattr(mine, key) or None) for key in keys
    )


def match(mine: Sequence[Task], wanted: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    """Pairs of tasks with nearly the same words, the most alike first, each used once."""
    grams = [_grams(fold((task.title or "") + task.text)) for task in mine]
    others = [_grams(fold((task.get("title") or "") + task["text"])) for task in wanted]
    found = []
    for i, task in enumerate(mine):
        for j, other in enumerate(wanted):
            few, many = sorted((grams[i].total(), others[j].total()))
            if task.origin == other["origin"] and 2 * few >= _SAME * (few + many):
                alike = 2 * (grams[i] & others[j]).total() / (few + many)
                if alike >= _SAME:
                    found.append((-alike, abs(i - j), j, i))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, j, i in sorted(found):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def _grams(text: str) -> Counter[str]:
    return Counter(text[at : at + 2] for at in range(len(text) - 1)) or Counter([text])
