"""What a start loads, and that patterns kept on the disk are the patterns."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_cli import NOTICE
from wpparse.grammar import compiled as kept_patterns
from wpparse.grammar import load_grammar
from wpparse.grammar.match import expand

HEAVY = (
    "pandas",
    "numpy",
    "jieba",
    "pdfplumber",
    "pdfminer",
    "openpyxl",
    "xlsxwriter",
    "docx",
    "pypdfium2",
    "onnxruntime",
    "rapidocr",
    "dask",
)


def loaded_by(program: str, *arguments: str) -> set[str]:
    """The top modules that a process has loaded at its end."""
    ending = (
        "import atexit, json, sys\n"
        "atexit.register(lambda: print(json.dumps(sorted({m.partition('.')[0] for m in sys.modules})), file=sys.stderr))\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", ending + program, *arguments], capture_output=True, check=True, timeout=60
    )
    return set(json.loads(ran.stderr.splitlines()[-1]))


def test_importing_the_package_loads_nothing_heavy() -> None:
    loaded = loaded_by("import wpparse")
    assert not loaded.intersection((*HEAVY, "pydantic", "typer", "rich", "regex", "lxml"))


def test_help_loads_nothing_that_parses() -> None:
    loaded = loaded_by("from wpparse.cli import main\nmain()", "--help")
    assert not loaded.intersection((*HEAVY, "pydantic", "regex", "lxml", "sqlite3", "pebble"))


def test_a_text_to_json_loads_no_other_format(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NOTICE, encoding="utf-8")
    loaded = loaded_by(
        "from wpparse.cli import main\nmain()", str(tmp_path / "a.txt"), "-q", "-o", str(tmp_path / "a.json")
    )
    assert not loaded.intersection((*(name for name in HEAVY if name != "jieba"), "rich", "pebble", "sqlite3"))


def test_a_workbook_loads_one_writer(root: Path, tmp_path: Path) -> None:
    sample = str(next((root / "samples").glob("*.docx")))
    loaded = loaded_by("from wpparse.cli import main\nmain()", sample, "-q", "-o", str(tmp_path / "a.xlsx"))
    assert "xlsxwriter" in loaded
    assert not loaded.intersection(("openpyxl", "numpy", "pandas", "PIL", "docx"))


def test_kept_patterns_are_the_patterns(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Every pattern of the grammar, made from its kept form, matches what it matches when it is compiled."""
    import regex

    grammar = load_grammar()
    monkeypatch.setattr(kept_patterns, "_path", lambda digest: tmp_path / f"{digest}.patterns")
    monkeypatch.setattr(kept_patterns, "_kept", {})
    monkeypatch.setattr(kept_patterns, "_new", set())
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    texts = {rule.id: expand(rule.pattern, grammar, rule.where) for rule in grammar.rule_list}
    lists = {
        rule.id: {
            name: grammar.word_lists[name] for name in set(regex.findall(r"\\L<([a-z_][a-z_0-9]*)>", texts[rule.id]))
        }
        for rule in grammar.rule_list
    }
    made = {rule: kept_patterns.compile_kept(texts[rule], lists[rule], grammar.digest) for rule in texts}
    kept_patterns.keep()
    monkeypatch.setattr(kept_patterns, "_kept", {})
    stored = kept_patterns._load(grammar.digest)
    assert len(stored) > 0.95 * len(set(texts.values()))
    for rule in grammar.rule_list:
        again = kept_patterns.compile_kept(texts[rule.id], lists[rule.id], grammar.digest)
        assert again.pattern == made[rule.id].pattern
        assert again.groupindex == made[rule.id].groupindex
        for text in (*(example.text for example in rule.examples), *rule.rejects):
            found, expected = (
                [(match.span(), match.capturesdict()) for match in pattern.finditer(text)]
                for pattern in (again, made[rule.id])
            )
            assert found == expected, rule.id
    assert not kept_patterns._new


def test_damaged_kept_patterns_are_made_anew(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "x.patterns"
    monkeypatch.setattr(kept_patterns, "_path", lambda digest: path)
    monkeypatch.setattr(kept_patterns, "_kept", {})
    for damage in (b"", b"\xff\xff", os.urandom(200)):
        path.write_bytes(damage)
        kept_patterns._kept.clear()
        assert kept_patterns.compile_kept("甲(乙)?", {}, "digest").fullmatch("甲乙")


def test_where_bytecode_may_not_be_written_nothing_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_patterns, "_path", lambda digest: tmp_path / "x.patterns")
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    kept_patterns.compile_kept("丙丁", {}, "digest")
    kept_patterns.keep()
    assert not list(tmp_path.iterdir())
