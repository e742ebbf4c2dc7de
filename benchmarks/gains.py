"""What a change of grammar or code gained and lost on a corpus, row by row.

    python benchmarks/gains.py OLD NEW             two folders of JSON made by wpparse, or two JSON files
    python benchmarks/gains.py --make DIR FILE…    parse files into a folder of JSON, to compare with later

Lists each task, party and deadline that only NEW has (+), that only OLD has (-), or that differs (~). Exit status 1 where
anything was lost or changed, so that a script can ask for a look.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

ALIKE = 0.8
"""Two tasks of this similarity (difflib's ratio) are the same task, changed."""


@dataclass(frozen=True)
class Change:
    """One line of the report. ``sign`` is ``+`` gained, ``-`` lost, ``~`` changed."""

    sign: str
    kind: str
    file: str
    detail: str

    def __str__(self) -> str:
        return f"{self.sign} {self.kind:<9}{self.file}: {self.detail}"


def compare(old: dict[str, Any], new: dict[str, Any], file: str) -> Iterator[Change]:
    """The changes from one plan to another of the same circular."""
    before, after = old.get("tasks", []), new.get("tasks", [])
    pairs, lost, gained = _pair(before, after)
    for i in lost:
        yield Change("-", "task", file, _shown(before[i]))
    for j in gained:
        yield Change("+", "task", file, _shown(after[j]))
    for i, j in pairs:
        a, b = before[i], after[j]
        for key in ("title", "text", "path", "label", "open_ended"):
            if a.get(key) != b.get(key):
                yield Change("~", "task", file, f"{_shown(b)} {key}: {a.get(key)!r} → {b.get(key)!r}")
        yield from _values("party", file, _shown(b), map(_party, a["parties"]), map(_party, b["parties"]))
        yield from _values("deadline", file, _shown(b), map(_deadline, a["deadlines"]), map(_deadline, b["deadlines"]))


def _pair(before: list[Any], after: list[Any]) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    """Equal texts first, in order; then the most alike of what is left."""
    pairs: list[tuple[int, int]] = []
    free: dict[tuple[str, str], list[int]] = {}
    for j, task in enumerate(after):
        free.setdefault(_key(task), []).append(j)
    lost: list[int] = []
    for i, task in enumerate(before):
        places = free.get(_key(task))
        if places:
            pairs.append((i, places.pop(0)))
        else:
            lost.append(i)
    gained = sorted(j for places in free.values() for j in places)
    scored = sorted(
        (
            (_similarity(before[i], after[j]), -i, -j)
            for i in lost
            for j in gained
            if before[i]["origin"] == after[j]["origin"]
        ),
        reverse=True,
    )
    for score, minus_i, minus_j in scored:
        if score >= ALIKE and -minus_i in lost and -minus_j in gained:
            pairs.append((-minus_i, -minus_j))
            lost.remove(-minus_i)
            gained.remove(-minus_j)
    return sorted(pairs), lost, gained


def _similarity(a: dict[str, Any], b: dict[str, Any]) -> float:
    return SequenceMatcher(None, _words(a), _words(b), autojunk=False).ratio()


def _words(task: dict[str, Any]) -> str:
    return (task.get("title") or "") + str(task["text"])


def _key(task: dict[str, Any]) -> tuple[str, str]:
    return task["origin"], _words(task)


def _shown(task: dict[str, Any]) -> str:
    text = _words(task)
    return f"[{task['origin']}] {text[:24]}{'…' if len(text) > 24 else ''}"


def _party(party: dict[str, Any]) -> str:
    return f"{party['name']} ({party['role']}{', collective' if party.get('collective') else ''}, {party['source']})"


def _deadline(deadline: dict[str, Any]) -> str:
    keys = ("kind", "start", "due", "every", "times", "amount", "unit", "after", "source")
    return f"{deadline['text']} " + " ".join(f"{k}={deadline[k]}" for k in keys if deadline.get(k) is not None)


def _values(kind: str, file: str, task: str, before: Iterable[str], after: Iterable[str]) -> Iterator[Change]:
    old, new = Counter(before), Counter(after)
    for value in (old - new).elements():
        yield Change("-", kind, file, f"{task} {value}")
    for value in (new - old).elements():
        yield Change("+", kind, file, f"{task} {value}")


def load(path: Path) -> dict[str, dict[str, Any]]:
    """The plans of a folder, or of one file, by name."""
    files = sorted(path.rglob("*.json")) if path.is_dir() else [path]
    base = path if path.is_dir() else path.parent
    return {
        (file.relative_to(base).as_posix() if path.is_dir() else "plan"): json.loads(file.read_text(encoding="utf-8"))
        for file in files
    }


def make(directory: Path, files: list[Path]) -> None:
    """Parse files into a folder of JSON; a file that cannot be parsed is an empty plan."""
    from wpparse import WpparseError, parse

    directory.mkdir(parents=True, exist_ok=True)
    for file in files:
        try:
            text = parse(file).to_json()
        except WpparseError as error:
            print(f"{file.name}: {error}", file=sys.stderr)
            text = '{"tasks": []}'
        (directory / f"{file.name}.json").write_text(text, encoding="utf-8")
    print(f"{len(files)} plans in {directory}")


def main(arguments: list[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--make", action="store_true")
    parser.add_argument("first", type=Path)
    parser.add_argument("rest", type=Path, nargs="+")
    options = parser.parse_args(arguments)
    if options.make:
        make(options.first, options.rest)
        return 0
    old, new = load(options.first), load(options.rest[0])
    nothing: dict[str, Any] = {"tasks": []}
    changes = [
        c for name in sorted({*old, *new}) for c in compare(old.get(name, nothing), new.get(name, nothing), name)
    ]
    for change in changes:
        print(change)
    count = Counter((change.kind, change.sign) for change in changes)
    for kind in ("task", "party", "deadline"):
        print(f"{kind}: {count[kind, '+']} gained, {count[kind, '-']} lost, {count[kind, '~']} changed")
    return 1 if any(change.sign != "+" for change in changes) else 0


if __name__ == "__main__":
    sys.exit(main())
