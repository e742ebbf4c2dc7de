"""Reading of rule files.

A grammar directory holds ``*.toml`` (rules of one family a file, or only fragments and words), ``words/*.txt``
(one word a line, ``#`` begins a comment) and ``*.tsv`` (tables with a header row). A later directory adds to
an earlier one: a rule or fragment of the same name replaces, words and table rows are added.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from wpparse import brackets, enumerators
from wpparse.errors import GrammarError
from wpparse.grammar.grammar import Grammar
from wpparse.grammar.match import characters
from wpparse.grammar.schema import CLASSES, FAMILIES, Example, Rule

_FRAGMENT = re.compile(r"\{[a-z_][a-z_0-9-]*\}")
_COMMENT = re.compile("#.*")
_FILE_KEYS = {"family", "mode", "fragments", "words", "rule"}
_RULE_KEYS = {"id", "kind", "pattern", "needs", "also", "only", "priority", "fields", "examples", "rejects", "note"}


def packaged_directory() -> Path:
    """Where the rule files lie that come with wpparse: in the package, or at the root of a source checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "grammars"
    return inside if inside.is_dir() else package.parents[1] / "grammars"


@cache
def _load_packaged() -> Grammar:
    return _load((packaged_directory(),))


def _load(directories: tuple[Path, ...]) -> Grammar:
    rules: dict[str, Rule] = {}
    fragments: dict[str, str] = {**brackets.FRAGMENTS, **enumerators.FRAGMENTS}
    words: dict[str, set[str]] = {}
    tables: dict[str, tuple[Mapping[str, str], ...]] = {}
    digest = hashlib.sha256()
    for directory in directories:
        if not directory.is_dir():
            raise GrammarError(detail=f"{directory}: no such directory")
        for path in sorted(directory.rglob("*")):
            if path.suffix not in (".toml", ".txt", ".tsv") or not path.is_file():
                continue
            try:
                text = path.read_bytes().decode("utf-8")
            except (OSError, UnicodeDecodeError) as error:
                raise GrammarError(detail=f"{path}: {error}") from error
            text = text.replace("\r\n", "\n")
            digest.update(f"{path.relative_to(directory).as_posix()}\0{text}\0".encode())
            if path.suffix == ".toml":
                data = _toml(path, text)
                for rule in _rules(path, text, data):
                    earlier = rules.get(rule.id)
                    if earlier is not None and Path(earlier.where).parent == path.parent:
                        raise GrammarError(
                            detail=f"{rule.where}: rule {rule.id!r} stands twice, first in {earlier.where}"
                        )
                    rules[rule.id] = rule
                fragments.update(_strings(path, "fragments", data.get("fragments", {})))
                for name, listed in data.get("words", {}).items():
                    words.setdefault(name, set()).update(_string_list(f"{path}: words.{name}", listed))
            elif path.suffix == ".txt":
                listed = _COMMENT.sub("", text) if "#" in text else text
                words.setdefault(path.stem, set()).update(listed.split())
            else:
                tables[path.stem] = tables.get(path.stem, ()) + tuple(_rows(path, text))
    frozen = {name: frozenset(listed) for name, listed in words.items()}
    bare = Grammar((), fragments, frozen, tables, digest.hexdigest())
    whole = tuple(
        replace(rule, needs=_literals(rule.needs, bare, rule.where), also=_literals(rule.also, bare, rule.where))
        if any("{" in literal for literal in (*rule.needs, *rule.also))
        else rule
        for rule in rules.values()
    )
    return replace(bare, rule_list=whole)


def _literals(given: Iterable[str], grammar: Grammar, where: str) -> tuple[str, ...]:
    """Each literal as many times as the class of a fragment in it has characters."""
    out: list[str] = []
    for literal in given:
        fragment = _FRAGMENT.search(literal)
        if fragment is None:
            out.append(literal)
        else:
            before, after = literal[: fragment.start()], literal[fragment.end() :]
            out += (before + char + after for char in characters(fragment.group(), grammar, where))
    return tuple(out)


def load_grammar(*directories: str | Path, packaged: bool = True) -> Grammar:
    """The grammar that comes with wpparse, with the given directories layered on top in this order.

    Raises :class:`GrammarError`, which names file and line.
    """
    if packaged and not directories:
        return _load_packaged()
    layers = [packaged_directory()] if packaged else []
    layers += [Path(directory).resolve() for directory in directories]
    return _load(tuple(layers))


def _toml(path: Path, text: str) -> dict[str, Any]:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise GrammarError(detail=f"{path}: {error}") from error
    unknown = set(data) - _FILE_KEYS
    if unknown:
        raise GrammarError(detail=f"{path}: unknown key {sorted(unknown)[0]!r}")
    return data


def _rules(path: Path, text: str, data: dict[str, Any]) -> Iterator[Rule]:
    if "rule" not in data:
        return
    family = data.get("family")
    if family not in FAMILIES:
        raise GrammarError(detail=f"{path}: family must be one of {', '.join(FAMILIES)}")
    mode = data.get("mode", "scan")
    if mode not in ("scan", "line"):
        raise GrammarError(detail=f"{path}: mode must be scan or line")
    lines = [number for number, line in enumerate(text.splitlines(), 1) if line.strip() == "[[rule]]"]
    for line, raw in zip(lines, data["rule"], strict=True):
        where = f"{path}:{line}"
        unknown = set(raw) - _RULE_KEYS
        if unknown:
            raise GrammarError(detail=f"{where}: unknown key {sorted(unknown)[0]!r}")
        for key in ("id", "kind", "pattern"):
            if not isinstance(raw.get(key), str):
                raise GrammarError(detail=f"{where}: a rule needs {key!r}, a string")
        if raw["kind"] not in FAMILIES[family]:
            raise GrammarError(detail=f"{where}: kind of {family} must be one of {', '.join(sorted(FAMILIES[family]))}")
        if not raw.get("examples"):
            raise GrammarError(detail=f"{where}: rule {raw['id']!r} has no example")
        yield Rule(
            id=raw["id"],
            family=family,
            kind=raw["kind"],
            pattern=raw["pattern"],
            where=where,
            mode=mode,
            needs=tuple(_string_list(f"{where}: needs", raw.get("needs", []))),
            also=tuple(_string_list(f"{where}: also", raw.get("also", []))),
            only=raw.get("only"),
            priority=_priority(where, raw.get("priority", 0)),
            fields=raw.get("fields", {}),
            examples=tuple(_example(where, example) for example in raw["examples"]),
            rejects=tuple(_string_list(f"{where}: rejects", raw.get("rejects", []))),
        )


def _priority(where: str, value: object) -> int:
    """The number of a class by its name; the families that rank their rules one by one give numbers."""
    if isinstance(value, str) and value in CLASSES:
        return CLASSES[value]
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise GrammarError(detail=f"{where}: priority must be a number or one of {', '.join(CLASSES)}")


def _example(where: str, raw: str | dict[str, Any]) -> Example:
    if isinstance(raw, str):
        return Example(raw, raw, {})
    if not isinstance(raw, dict) or not isinstance(raw.get("text"), str):
        raise GrammarError(detail=f"{where}: an example is a string or a table with 'text'")
    expected = {key: value for key, value in raw.items() if key not in ("text", "match")}
    return Example(raw["text"], str(raw.get("match", raw["text"])), expected)


def _rows(path: Path, text: str) -> Iterator[Mapping[str, str]]:
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip() and not line.startswith("#")]
    if not lines:
        return
    names = lines[0][1].split("\t")
    for number, line in lines[1:]:
        values = line.split("\t")
        if len(values) != len(names):
            raise GrammarError(detail=f"{path}:{number}: {len(values)} columns where the header has {len(names)}")
        yield dict(zip(names, values, strict=True))


def _string_list(where: str, value: object) -> Sequence[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise GrammarError(detail=f"{where}: must be a list of strings")
    return value


def _strings(path: Path, key: str, value: object) -> Mapping[str, str]:
    if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
        raise GrammarError(detail=f"{path}: {key} must be strings by name")
    return value
