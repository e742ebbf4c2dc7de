"""Two thousand files, one in twenty broken, killed twenty times: the same bytes as a run that nobody disturbed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.faults.batch import TIMEOUT
from tests.faults.readers import EXPECTED, FAULTS
from tests.test_batch_faults import NOTICE, contents, left_behind, posix
from wpparse.batch.manifest import Manifest

FILES = 2000
KILLS = 20
SEED = 20240301


def make(folder: Path, samples: list[Path]) -> dict[str, str]:
    """The files; of the broken ones, what is wrong with them by name (a fault, ``empty`` or ``damaged``)."""
    chance = random.Random(SEED)
    wrong: dict[str, str] = {}
    for index in range(FILES):
        place = folder / f"{index % 40:02}" / f"{index % 7}"
        place.mkdir(parents=True, exist_ok=True)
        if index % 20 == 7:
            kind = (*FAULTS, "empty", "damaged")[index // 20 % (len(FAULTS) + 2)]
            data = {"empty": b"", "damaged": b"%PDF-1.7 " + chance.randbytes(300)}.get(
                kind, f"#fault:{kind}\n".encode()
            )
            path = place / f"坏{index}.txt"
            wrong[path.relative_to(folder).as_posix()] = kind
        elif index % 10 == 3:
            sample = samples[index // 10 % len(samples)]
            path, data = place / f"样{index}{sample.suffix}", sample.read_bytes()
        else:
            path, data = place / f"通知{index}.txt", NOTICE.format(n=index, month=index % 12 + 1).encode("utf-8")
        path.write_bytes(data)
    return wrong


@posix
@pytest.mark.slow
def test_soak(tmp_path: Path, root: Path) -> None:
    samples = sorted(path for path in (root / "samples").iterdir() if path.suffix in (".docx", ".pdf", ".txt"))
    wrong = make(tmp_path / "in", samples)
    assert len(wrong) == FILES // 20
    command = [sys.executable, "-m", "tests.faults.batch", str(tmp_path / "in")]
    began = time.monotonic()
    whole = subprocess.run([*command, str(tmp_path / "whole")], cwd=root, capture_output=True, text=True, check=True)
    undisturbed = time.monotonic() - began
    assert whole.stdout.split() == [str(FILES - len(wrong)), "0", str(len(wrong))]

    chance = random.Random(SEED)
    for _ in range(KILLS):
        process = subprocess.Popen(
            [*command, str(tmp_path / "cut")], cwd=root, start_new_session=True, stdout=subprocess.DEVNULL
        )
        time.sleep(chance.uniform(0.2, max(1.0, undisturbed / KILLS * 2)))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    subprocess.run([*command, str(tmp_path / "cut")], cwd=root, capture_output=True, check=True)

    assert contents(tmp_path / "cut") == contents(tmp_path / "whole")
    assert not left_behind(tmp_path / "cut")
    manifest = Manifest(tmp_path / "cut" / ".wpparse" / "manifest.sqlite")
    failed = {row.key: row.code for row in manifest.rows("failed")}
    assert manifest.count() == {"done": FILES - len(wrong), "failed": len(wrong)}
    manifest.close()
    assert set(failed) == set(wrong)
    for key, kind in wrong.items():
        expected = EXPECTED.get(kind, {"empty": "empty", "damaged": "pdf-damaged"}.get(kind))
        # On a busy machine a process may be overdue before it has eaten all that it may.
        assert failed[key] in ((expected, "batch-timeout") if kind == "eat" else (expected,)), (key, kind, TIMEOUT)
    outputs = {path.relative_to(tmp_path / "cut").as_posix() for path in (tmp_path / "cut").rglob("*.json")}
    assert len(outputs) == FILES - len(wrong)
