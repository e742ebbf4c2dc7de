"""What hostile or careless input must not do: leave its folder, change words, be written in part."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpparse import parse, read_document
from wpparse.blocks import Paragraph
from wpparse.errors import OutputError
from wpparse.grammar import compiled
from wpparse.text import clean, unseen
from wpparse.writers import write_all

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
SAMPLE = SAMPLES / "石桥镇防汛抗旱工作方案.txt"


def text_of(data: str) -> list[str]:
    return [block.text for block in read_document(data.encode()).blocks if isinstance(block, Paragraph)]


# Words


@pytest.mark.parametrize("words", ["互联网 + 政务服务", "石桥镇 - 柳河街道", "党建 * 治理"])
def test_a_mark_elsewhere_changes_no_words(words: str) -> None:
    marked = text_of(f"**一、总体要求**\n\n推进{words}建设，打造示范带。\n")
    assert marked[-1] == clean(f"推进{words}建设，打造示范带。")


@given(st.text(alphabet="一二三县局推进，。、+-*#>|_~`（）()1. ", min_size=1, max_size=40))
def test_a_text_without_marks_survives_letter_for_letter(line: str) -> None:
    from wpparse.readers.text.markup import LineReader

    reader = LineReader("推进" + line.replace("*", "").replace("#", "").replace("|", "").replace("`", "") + "工作")
    plain = "推进" + line.replace("*", "").replace("#", "").replace("|", "").replace("`", "") + "工作"
    read = reader.read(plain)
    assert read is not None
    assert read.text == plain


@pytest.mark.parametrize("sign", ["\u2066", "\u2062", "\u061c", "\u3164", "\u115f", "\u034f", "\ufe00", "\U000e0041"])
def test_what_is_not_seen_is_taken_out_of_names(sign: str) -> None:
    assert clean(f"县财{sign}政局") == "县财政局"


def test_what_was_not_seen_is_said() -> None:
    assert unseen("县财\u2066政局") == 1
    assert unseen("县财\u200b政局") == 0
    plan = parse("关于做好防汛工作的通知\n\n一、强化值守。县财\u2066政局要在6月底前落实经费。\n".encode())
    assert "text-unseen" in [diagnostic.code for diagnostic in plan.diagnostics]
    assert "县财政局" in [party.name for task in plan.tasks for party in task.parties]


# Outputs


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "wpparse", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)


def test_several_outputs_are_written_all_or_none(tmp_path: Path) -> None:
    good = tmp_path / "a.json"
    good.write_text("before")
    with pytest.raises(OutputError):
        write_all([(good, b"new"), (tmp_path / "none" / "b.csv", b"x")])
    assert good.read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]
    write_all([(good, b"new"), (tmp_path / "b.csv", b"x")])
    assert good.read_text() == "new"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.json", "b.csv"]


def test_the_command_writes_all_or_none(tmp_path: Path) -> None:
    outputs = [str(tmp_path / "a.json"), str(tmp_path / "none" / "b.csv")]
    assert run(SAMPLE, "-o", outputs[0], "-o", outputs[1]).returncode == 1
    assert not list(tmp_path.iterdir())


def test_a_record_that_names_a_place_outside_is_refused(tmp_path: Path) -> None:
    circulars, out, victim = tmp_path / "in", tmp_path / "out", tmp_path / "victim.json"
    circulars.mkdir()
    (circulars / "a.txt").write_bytes(SAMPLE.read_bytes())
    victim.write_text("mine")
    assert run("batch", circulars, "-o", out, "--format", "json").returncode == 0
    manifest = next(
        path for path in out.rglob("*") if path.is_file() and path.read_bytes().startswith(b"SQLite format 3")
    )
    with sqlite3.connect(manifest) as base:
        base.execute("UPDATE files SET base = '../victim', folded = '../victim'")
        base.execute("UPDATE outputs SET path = '../victim.json', sha256 = ?", (sha256(b"mine"),))
    base.close()
    (circulars / "a.txt").write_bytes(SAMPLE.read_bytes() + "\n补充说明。\n".encode())
    again = run("batch", circulars, "-o", out, "--format", "json")
    assert again.returncode != 0
    assert victim.read_text() == "mine"
    assert "../victim" in again.stderr
    assert "Traceback" not in again.stderr


def sha256(data: bytes) -> str:
    import hashlib

    return hashlib.sha256(data).hexdigest()


# Kept patterns


def test_a_damaged_file_of_patterns_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "_path", lambda digest: tmp_path / f"{digest}.patterns")
    monkeypatch.setattr(compiled, "_kept", {})
    monkeypatch.setattr(compiled, "_new", set())
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    compiled.compile_kept("县[财政]+局", {}, "d")
    compiled.keep()
    stored = tmp_path / "d.patterns"
    data = bytearray(stored.read_bytes())
    assert compiled._load("d")
    for at in (0, len(data) // 2, len(data) - 1):
        spoilt = bytearray(data)
        spoilt[at] ^= 1
        stored.write_bytes(spoilt)
        assert compiled._load("d") == {}
