"""One bad file costs itself alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.faults.readers import EXPECTED, FAULTS, refuse_to_start, work
from wpparse.batch import BatchOptions, run_batch
from wpparse.batch.api import Silence
from wpparse.batch.engine import LocalEngine
from wpparse.batch.manifest import Manifest
from wpparse.errors import OutputError

NOTICE = """青岚县人民政府办公室关于印发2024年工作要点的通知
各镇人民政府：
一、加强第{n}项工作
（一）抓好落实。2024年{month}月底前完成。（责任单位：县财政局、县民政局）
青岚县人民政府办公室
2024年3月1日
"""

posix = pytest.mark.skipif(os.name == "nt", reason="signals and limits of POSIX")


def make_notices(folder: Path, number: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for n in range(number):
        (folder / f"通知{n:04}.txt").write_text(NOTICE.format(n=n, month=n % 12 + 1), encoding="utf-8")


def contents(folder: Path) -> dict[str, bytes]:
    """Everything that a run writes and promises to be the same each time."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".wpparse" not in path.parts and path.name != "summary.html"
    }


def left_behind(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.suffix in (".part", ".tmp")]


@posix
def test_each_fault_costs_its_file_alone(tmp_path: Path) -> None:
    make_notices(tmp_path / "in", 12)
    for fault in FAULTS:
        (tmp_path / "in" / f"{fault}.txt").write_text(f"#fault:{fault}\n", encoding="utf-8")
    engine = LocalEngine(2, 3.0, 900, work)
    result = run_batch([str(tmp_path / "in")], str(tmp_path / "out"), BatchOptions(), Silence(), engine=engine)
    engine.close()
    assert result.done == 12
    found = {key.removesuffix(".txt"): code for key, code, _ in result.failures}
    # A process that leaves with status 0 or 7 in mid-work is noticed as ended, or as overdue.
    assert found.pop("leave") in ("batch-crash", "batch-timeout")
    assert found == {fault: code for fault, code in EXPECTED.items() if fault != "leave"}
    assert len(list((tmp_path / "out").rglob("*.json"))) == 12
    assert not left_behind(tmp_path / "out")


@posix
@pytest.mark.parametrize("moment", [0.35, 0.7, 1.0, 1.4])
def test_kill_and_resume_gives_the_same_bytes(tmp_path: Path, root: Path, moment: float) -> None:
    make_notices(tmp_path / "in", 60)
    (tmp_path / "in" / "坏.txt").write_text("#fault:raise\n", encoding="utf-8")
    command = [sys.executable, "-m", "tests.faults.batch", str(tmp_path / "in")]
    undisturbed = subprocess.run(
        [*command, str(tmp_path / "whole")], cwd=root, capture_output=True, text=True, check=True
    )
    assert undisturbed.stdout.split() == ["60", "0", "1"]
    process = subprocess.Popen(
        [*command, str(tmp_path / "cut")], cwd=root, start_new_session=True, stdout=subprocess.PIPE
    )
    time.sleep(moment)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    resumed = subprocess.run([*command, str(tmp_path / "cut")], cwd=root, capture_output=True, text=True, check=True)
    done, skipped, failed = map(int, resumed.stdout.split())
    assert done + skipped == 60
    assert failed == 1
    assert contents(tmp_path / "cut") == contents(tmp_path / "whole")
    assert not left_behind(tmp_path / "cut")


@posix
def test_only_the_parent_killed_leaves_no_worker_behind(tmp_path: Path, root: Path) -> None:
    make_notices(tmp_path / "in", 4)
    (tmp_path / "in" / "通知.txt").write_text("#fault:hang\n", encoding="utf-8")
    command = [sys.executable, "-m", "tests.faults.batch", str(tmp_path / "in"), str(tmp_path / "out")]
    process = subprocess.Popen(command, cwd=root, start_new_session=True)
    psutil = pytest.importorskip("psutil")
    until = time.monotonic() + 20
    while time.monotonic() < until and len(list((tmp_path / "out").rglob("*.json"))) < 4:
        time.sleep(0.05)
    children = psutil.Process(process.pid).children(recursive=True)
    process.kill()
    process.wait()
    _, alive = psutil.wait_procs(children, timeout=5)
    assert children
    assert not alive


def test_the_manifest_says_what_failed_and_why(tmp_path: Path) -> None:
    make_notices(tmp_path / "in", 1)
    (tmp_path / "in" / "空.txt").write_bytes(b"")
    result = run_batch([str(tmp_path / "in")], str(tmp_path / "out"), BatchOptions(jobs=1), Silence())
    assert (result.done, result.failed) == (1, 1)
    manifest = Manifest(tmp_path / "out" / ".wpparse" / "manifest.sqlite")
    (failed,) = manifest.rows("failed")
    assert (failed.key, failed.code, failed.attempts) == ("空.txt", "empty", 1)
    (done,) = manifest.rows("done")
    assert done.input is not None and len(done.input) == 64
    assert done.seconds is not None and done.seconds > 0
    assert done.tasks == 1
    (output,) = manifest.outputs(done.id)
    assert (output.format, output.path) == ("json", "通知0000.json")
    manifest.close()


@posix
def test_workers_that_cannot_start_are_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_notices(tmp_path / "in", 5)
    monkeypatch.setattr("wpparse.batch.engine.prepare_worker", refuse_to_start)
    with pytest.raises(OutputError, match="工作进程"):
        run_batch([str(tmp_path / "in")], str(tmp_path / "out"), BatchOptions(jobs=1), Silence())
    monkeypatch.undo()
    assert run_batch([str(tmp_path / "in")], str(tmp_path / "out"), BatchOptions(jobs=1), Silence()).done == 5
