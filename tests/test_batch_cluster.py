"""The same batch on a Dask cluster, and inputs and outputs at URLs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.readers import EXPECTED
from tests.test_batch import batch
from tests.test_batch_faults import contents, make_notices, posix
from wpparse.batch import BatchOptions, parse_folder, run_batch
from wpparse.batch.api import Silence
from wpparse.batch.outcome import Outcome
from wpparse.errors import OutputError

pytest.importorskip("distributed")
pytest.importorskip("fsspec")


def test_inputs_and_outputs_at_urls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    make_notices(tmp_path / "in" / "下级", 3)
    batch(tmp_path / "in", tmp_path / "local")
    # ``simplecache::file://`` and ``file://`` go the way of s3:// and its like.
    source, output = f"simplecache::file://{tmp_path}/in", f"file://{tmp_path}/remote"
    result = parse_folder(source, output, jobs=1)
    assert (result.done, result.failed) == (3, 0)
    assert contents(tmp_path / "remote") == contents(tmp_path / "local")
    assert (tmp_path / "remote" / ".wpparse" / "manifest.sqlite").exists()
    assert parse_folder(source, output, jobs=1).skipped == 3
    # Another machine has no state of its own: the record travels with the results.
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "another machine"))
    assert parse_folder(source, output, jobs=1).skipped == 3


def test_a_url_with_nothing_there(tmp_path: Path) -> None:
    result = parse_folder(f"file://{tmp_path}/none", tmp_path / "out", jobs=1)
    assert [code for _, code, _ in result.failures] == ["batch-no-match"]


def test_no_scheduler_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_notices(tmp_path / "in", 1)
    monkeypatch.setattr("wpparse.batch.cluster._CONNECT_SECONDS", 0.5)
    with pytest.raises(OutputError, match="调度器"):
        parse_folder(tmp_path / "in", tmp_path / "out", scheduler="tcp://127.0.0.1:9")


def test_local_cluster_gives_the_same_bytes(tmp_path: Path) -> None:
    from distributed import LocalCluster

    make_notices(tmp_path / "in", 12)
    (tmp_path / "in" / "空.txt").write_bytes(b"")
    batch(tmp_path / "in", tmp_path / "alone", formats=("json", "csv"))
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        result = parse_folder(
            tmp_path / "in", tmp_path / "out", formats=["json", "csv"], scheduler=cluster.scheduler_address
        )
    assert (result.done, result.failed) == (12, 1)
    assert contents(tmp_path / "out") == contents(tmp_path / "alone")


@pytest.fixture
def scheduler(tmp_path: Path, root: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers started by hand; its address, and the workers."""
    environment = {**os.environ, "PYTHONPATH": str(root)}
    contact = tmp_path / "scheduler.json"
    quiet = {"env": environment, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": tmp_path}
    program = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--port", "0", "--no-dashboard"]
    started = [subprocess.Popen([*program, "--scheduler-file", str(contact)], **quiet)]  # type: ignore[call-overload]  # one dict for all three
    program = [sys.executable, "-m", "distributed.cli.dask_worker", "--scheduler-file", str(contact), "--nthreads", "1"]
    program.append("--no-dashboard")
    started += [subprocess.Popen(program, start_new_session=True, **quiet) for _ in range(2)]  # type: ignore[call-overload]  # see above
    until = time.monotonic() + 30
    while not contact.exists() and time.monotonic() < until:
        time.sleep(0.05)
    try:
        import json

        yield json.loads(contact.read_text())["address"], started[1:]
    finally:
        for process in started:
            process.kill()
            process.wait()


@posix
def test_a_worker_killed_in_mid_run_costs_a_retry(
    tmp_path: Path, scheduler: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    make_notices(tmp_path / "in", 60)
    batch(tmp_path / "in", tmp_path / "alone")
    address, workers = scheduler

    class KillAtTenth(Silence):
        seen = 0

        def finished(self, key: str, outcome: Outcome) -> None:
            self.seen += 1
            if self.seen == 10:
                os.killpg(workers[0].pid, signal.SIGKILL)

    options = BatchOptions(scheduler=address)
    result = run_batch([str(tmp_path / "in")], str(tmp_path / "out"), options, KillAtTenth())
    assert (result.done, result.failed) == (60, 0), result.failures
    assert contents(tmp_path / "out") == contents(tmp_path / "alone")


@posix
def test_a_fault_on_the_cluster_costs_its_file_alone(
    tmp_path: Path, scheduler: tuple[str, list[subprocess.Popen[bytes]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_notices(tmp_path / "in", 6)
    for fault in ("segfault", "hang"):
        (tmp_path / "in" / f"{fault}.txt").write_text(f"#fault:{fault}\n", encoding="utf-8")
    monkeypatch.setattr("wpparse.batch.cluster.work_apart", faulty_work_apart)
    result = run_batch(
        [str(tmp_path / "in")], str(tmp_path / "out"), BatchOptions(scheduler=scheduler[0], timeout=2), Silence()
    )
    assert result.done == 6
    assert {key.removesuffix(".txt"): code for key, code, _ in result.failures} == {
        fault: EXPECTED[fault] for fault in ("segfault", "hang")
    }


def faulty_work_apart(job: object, seconds: float, megabytes: int) -> Outcome:
    """What a Dask worker runs, with the faulty reader."""
    import wpparse.batch.cluster as cluster
    from tests.faults.readers import work

    cluster.work = work
    return _real_work_apart(job, seconds, megabytes)  # type: ignore[arg-type]


def _real_work_apart(job: object, seconds: float, megabytes: int) -> Outcome:
    from importlib import import_module

    return import_module("wpparse.batch.cluster").work_apart(job, seconds, megabytes)  # type: ignore[no-any-return]


def test_the_bag_example(root: Path, tmp_path: Path) -> None:
    make_notices(tmp_path / "in", 3)
    ran = subprocess.run(
        [sys.executable, str(root / "examples" / "dask_bag.py"), str(tmp_path / "in" / "*.txt")],
        capture_output=True, text=True, encoding="utf-8", check=True, env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert "县财政局" in ran.stdout
