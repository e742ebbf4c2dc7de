"""Each sample gives its expected plan, the same from every format, and the same bytes every time."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from wpparse import parse

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
NAMES = sorted(path.stem for path in SAMPLES.glob("*.txt"))
RENDERINGS = sorted(path.name for suffix in ("docx", "pdf", "doc", "odt") for path in SAMPLES.glob(f"*.{suffix}"))


def meaning(plan: dict[str, Any]) -> dict[str, Any]:
    """What a plan says, without the places where it says it, without doubts and remarks about the file."""
    aside = ("location", "locations", "confidence", "reasons")

    def strip(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: strip(item) for key, item in value.items() if key not in aside}
        return [strip(item) for item in value] if isinstance(value, list) else value

    return {key: strip(plan[key]) for key in ("header", "sections", "tasks")}


def test_there_are_samples_in_every_format() -> None:
    assert len(NAMES) >= 8
    assert {Path(name).suffix for name in RENDERINGS} == {".docx", ".pdf", ".doc", ".odt"}


@pytest.mark.parametrize("name", NAMES)
def test_expected(name: str) -> None:
    expected = (SAMPLES / "expected" / f"{name}.json").read_text(encoding="utf-8")
    assert sure(parse(SAMPLES / f"{name}.txt").to_json()) == sure(expected)


def sure(text: str) -> Any:
    """A plan without its confidences, which are fitted anew from time to time."""

    def strip(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: strip(item) for key, item in value.items() if key not in ("confidence", "reasons")}
        return [strip(item) for item in value] if isinstance(value, list) else value

    return strip(json.loads(text))


@pytest.mark.parametrize("name", RENDERINGS)
def test_same_meaning_in_every_format(name: str) -> None:
    expected = json.loads((SAMPLES / "expected" / f"{Path(name).stem}.json").read_text(encoding="utf-8"))
    got, want = meaning(json.loads(parse(SAMPLES / name).to_json())), meaning(expected)
    for key in want:
        assert got[key] == want[key], key


def test_the_same_bytes_in_a_process_of_its_own() -> None:
    path = SAMPLES / f"{NAMES[0]}.txt"
    code = "import sys, wpparse; sys.stdout.buffer.write(wpparse.parse(sys.argv[1]).to_json().encode())"
    out = [
        subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, check=True).stdout
        for _ in range(2)
    ]
    assert out[0] == out[1] == parse(path).to_json().encode()
