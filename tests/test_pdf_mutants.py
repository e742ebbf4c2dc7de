"""Thousands of broken PDF files: each is read or refused with a message, soon, and without a crash."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from wpparse.messages import codes

LONGEST = 10.0
"""Seconds for one small file, on a busy machine."""


def read_mutants(root: Path, seed: int, count: int) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.pdf_mutants", str(seed), str(count)],
        cwd=root, capture_output=True, text=True, timeout=60 + count, check=False,
    )  # fmt: skip
    rows = [line.split() for line in done.stdout.splitlines()]
    assert done.returncode == 0, f"mutant {len(rows)} of seed {seed}: {done.stderr[-2000:]}"
    assert len(rows) == count
    assert {outcome for _, outcome, _ in rows} <= codes() | {"read"}
    assert max(float(seconds) for _, _, seconds in rows) < LONGEST
    assert sum(outcome == "read" for _, outcome, _ in rows) >= 0.2 * count


def test_some_mutants(root: Path) -> None:
    read_mutants(root, 1, 100)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 6))
def test_many_mutants(root: Path, seed: int) -> None:
    read_mutants(root, seed, 600)
