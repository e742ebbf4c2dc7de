"""Every command and example of docs/batch.md is run."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_batch_faults import make_notices

FENCE = re.compile(r"```(\w+)\n(.*?)```", re.S)


def test_commands_and_examples(root: Path, tmp_path: Path) -> None:
    make_notices(tmp_path / "notices", 3)
    shutil.make_archive(str(tmp_path / "notices"), "zip", tmp_path / "notices")
    environment = {**os.environ, "PYTHONUTF8": "1"}
    page = FENCE.findall((root / "docs" / "batch.md").read_text(encoding="utf-8"))
    commands = [line[2:] for language, body in page if language == "console" for line in body.splitlines()]
    assert len(commands) >= 7
    for command in commands:
        words = shlex.split(command)
        assert words[0] == "wpparse"
        ran = subprocess.run(
            [sys.executable, "-m", *words], cwd=tmp_path, env=environment, capture_output=True, check=False
        )
        assert ran.returncode == 0, ran.stderr.decode()
    assert (tmp_path / "results" / "all.xlsx").exists()
    assert (tmp_path / "corpus" / "dataset" / "year=2024" / "part-00000.parquet").exists()
    (example,) = [body for language, body in page if language == "python"]
    (tmp_path / "example.py").write_text(example, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "example.py"], cwd=tmp_path, env=environment, capture_output=True, check=False
    )
    assert ran.stdout.split() == [b"3", b"0", b"0"], ran.stderr.decode()


def test_the_query(root: Path, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    make_notices(tmp_path / "in", 3)
    command = [sys.executable, "-m", "wpparse", "batch", "in", "-o", "corpus", "--format", "parquet"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    page = FENCE.findall((root / "docs" / "batch.md").read_text(encoding="utf-8"))
    (query,) = [body for language, body in page if language == "sql"]
    found = duckdb.sql(query.replace("corpus/", f"{tmp_path.as_posix()}/corpus/")).fetchall()
    assert found == [(2024, "县民政局", 3), (2024, "县财政局", 3)] or found == [
        (2024, "县财政局", 3),
        (2024, "县民政局", 3),
    ]
