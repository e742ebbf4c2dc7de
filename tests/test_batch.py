"""Batches: what is skipped, what is done again, what is told."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.test_batch_faults import NOTICE, contents, make_notices, posix
from wpparse.batch import BatchOptions, parse_folder, run_batch
from wpparse.batch.api import Silence
from wpparse.batch.manifest import SCHEMA, Manifest
from wpparse.batch.outcome import Outcome, Output
from wpparse.batch.place import Place
from wpparse.batch.work import Job, work
from wpparse.errors import OutputError, WpparseError


class InProcess:
    """An engine without processes, for tests of everything but isolation."""

    ships = False
    capacity = 3

    def __init__(self) -> None:
        self.worked: list[str] = []
        self._jobs: list[Job] = []

    def submit(self, job: Job) -> None:
        self._jobs.append(job)

    def next(self, seconds: float) -> tuple[Job, Outcome] | None:
        if not self._jobs:
            return None
        job = self._jobs.pop(0)
        self.worked.append(job.name)
        return job, work(job)

    def close(self, *, at_once: bool = False) -> None:
        self._jobs.clear()


def batch(folder: Path | list[Path], output: Path, **options: Any) -> tuple[Any, list[str]]:
    """The result of a run in this process, and the names of what was worked on."""
    engine = InProcess()
    inputs = [str(name) for name in ([folder] if isinstance(folder, Path) else folder)]
    result = run_batch(inputs, str(output), BatchOptions(**options), Silence(), engine=engine)
    return result, engine.worked


def write(path: Path, text: str = NOTICE.format(n=1, month=9)) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


class TestResume:
    def test_only_what_changed_or_failed_is_done_again(self, tmp_path: Path) -> None:
        make_notices(tmp_path / "in", 3)
        write(tmp_path / "in" / "空.txt", "")
        first, _ = batch(tmp_path / "in", tmp_path / "out")
        assert (first.done, first.failed, first.skipped) == (3, 1, 0)
        write(tmp_path / "in" / "通知0001.txt", NOTICE.format(n=7, month=7))
        second, worked = batch(tmp_path / "in", tmp_path / "out")
        assert worked == ["空.txt", "通知0001.txt"] or worked == ["通知0001.txt", "空.txt"]
        assert (second.done, second.failed, second.skipped) == (1, 1, 2)
        assert "第7项".encode() in (tmp_path / "out" / "通知0001.json").read_bytes()

    def test_same_time_and_size_but_other_bytes_is_a_change(self, tmp_path: Path) -> None:
        path = write(tmp_path / "in" / "a.txt", NOTICE.format(n=1, month=3))
        batch(tmp_path / "in", tmp_path / "out")
        before = path.stat()
        write(path, NOTICE.format(n=2, month=3))
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert batch(tmp_path / "in", tmp_path / "out")[1] == ["a.txt"]

    def test_other_options_rules_or_formats_do_it_again(self, tmp_path: Path) -> None:
        write(tmp_path / "in" / "a.txt")
        rules = tmp_path / "rules"
        rules.mkdir()
        (rules / "x.toml").write_text('[words]\nmine = ["甲"]\n', encoding="utf-8")
        assert batch(tmp_path / "in", tmp_path / "out")[1] == ["a.txt"]
        assert batch(tmp_path / "in", tmp_path / "out")[1] == []
        assert batch(tmp_path / "in", tmp_path / "out", source="body")[1] == ["a.txt"]
        assert batch(tmp_path / "in", tmp_path / "out", source="body", grammar=(str(rules),))[1] == ["a.txt"]
        assert batch(tmp_path / "in", tmp_path / "out", source="body", grammar=(str(rules),), formats=("csv",))[1] == [
            "a.txt"
        ]
        assert batch(tmp_path / "in", tmp_path / "out", source="body", grammar=(str(rules),))[1] == []

    def test_a_missing_output_is_made_again(self, tmp_path: Path) -> None:
        write(tmp_path / "in" / "a.txt")
        batch(tmp_path / "in", tmp_path / "out")
        (tmp_path / "out" / "a.json").unlink()
        assert batch(tmp_path / "in", tmp_path / "out")[1] == ["a.txt"]

    def test_a_changed_input_leaves_no_output_of_an_earlier_format_stale(self, tmp_path: Path) -> None:
        path = write(tmp_path / "in" / "a.txt", NOTICE.format(n=1, month=3))
        batch(tmp_path / "in", tmp_path / "out", formats=("csv",))
        write(path, NOTICE.format(n=2, month=4))
        batch(tmp_path / "in", tmp_path / "out", formats=("json",))
        assert "4月底前".encode() in (tmp_path / "out" / "a.csv").read_bytes()

    def test_what_others_wrote_is_neither_replaced_nor_removed(self, tmp_path: Path) -> None:
        write(tmp_path / "in" / "a.txt", NOTICE.format(n=1, month=3))
        write(tmp_path / "in" / "b.txt", NOTICE.format(n=2, month=3))
        write(tmp_path / "out" / "a.json", "mine")
        write(tmp_path / "out" / "note.txt", "mine")
        result, _ = batch(tmp_path / "in", tmp_path / "out")
        assert [(key, code) for key, code, _ in result.failures] == [("a.txt", "batch-foreign")]
        assert (tmp_path / "out" / "a.json").read_text() == "mine"
        assert (tmp_path / "out" / "note.txt").read_text() == "mine"
        edited = (tmp_path / "out" / "b.json").read_text(encoding="utf-8") + "\n"
        write(tmp_path / "out" / "b.json", edited)
        write(tmp_path / "in" / "b.txt", NOTICE.format(n=3, month=3))
        result, _ = batch(tmp_path / "in", tmp_path / "out")
        assert {key for key, _, _ in result.failures} == {"a.txt", "b.txt"}
        assert (tmp_path / "out" / "b.json").read_text(encoding="utf-8") == edited

    def test_inputs_that_vanish_leave_their_outputs(self, tmp_path: Path) -> None:
        make_notices(tmp_path / "in", 2)
        batch(tmp_path / "in", tmp_path / "out")
        (tmp_path / "in" / "通知0000.txt").unlink()
        result, worked = batch(tmp_path / "in", tmp_path / "out")
        assert (result.total, worked) == (1, [])
        assert (tmp_path / "out" / "通知0000.json").exists()

    def test_a_run_that_was_cut_between_writing_and_noting(self, tmp_path: Path) -> None:
        write(tmp_path / "in" / "a.txt", NOTICE.format(n=1, month=3))
        batch(tmp_path / "in", tmp_path / "out")
        with sqlite3.connect(tmp_path / "out" / ".wpparse" / "manifest.sqlite") as database:
            database.execute("UPDATE files SET status = 'running'")
            database.execute("DELETE FROM outputs")
        database.close()
        write(tmp_path / "in" / "a.txt", NOTICE.format(n=2, month=3))
        result, _ = batch(tmp_path / "in", tmp_path / "out")
        assert (result.done, result.failed) == (1, 0)

    def test_a_later_schema_is_refused(self, tmp_path: Path) -> None:
        Manifest(tmp_path / "m.sqlite").close()
        with sqlite3.connect(tmp_path / "m.sqlite") as database:
            database.execute(f"PRAGMA user_version = {SCHEMA + 1}")
        database.close()
        with pytest.raises(OutputError, match="升级"):
            Manifest(tmp_path / "m.sqlite")

    def test_a_manifest_that_is_none(self, tmp_path: Path) -> None:
        (tmp_path / "m.sqlite").write_bytes(b"no database at all" * 100)
        with pytest.raises(OutputError):
            Manifest(tmp_path / "m.sqlite")

    def test_two_runs_at_once_the_second_is_refused(self, tmp_path: Path) -> None:
        write(tmp_path / "in" / "a.txt")
        place = Place(str(tmp_path / "out"))
        place.prepare()
        with place.locked(), pytest.raises(OutputError, match="另一个批处理"):
            batch(tmp_path / "in", tmp_path / "out")
        assert batch(tmp_path / "in", tmp_path / "out")[0].done == 1

    def test_a_stop_leaves_the_rest_for_next_time(self, tmp_path: Path) -> None:
        make_notices(tmp_path / "in", 10)
        stop = threading.Event()

        class StopAtThird(Silence):
            seen = 0

            def finished(self, key: str, outcome: Outcome) -> None:
                self.seen += 1
                if self.seen == 3:
                    stop.set()

        engine = InProcess()
        result = run_batch(
            [str(tmp_path / "in")], str(tmp_path / "out"), BatchOptions(), StopAtThird(), stop=stop, engine=engine
        )
        assert result.stopped
        manifest = Manifest(tmp_path / "out" / ".wpparse" / "manifest.sqlite")
        counts = manifest.count()
        assert counts["done"] == len(engine.worked)
        assert counts["done"] + counts["pending"] == 10
        assert manifest.last_run()[1] is None
        manifest.close()
        result, worked = batch(tmp_path / "in", tmp_path / "out")
        assert len(worked) == counts["pending"]

    def test_fail_fast(self, tmp_path: Path) -> None:
        write(tmp_path / "in" / "0.txt", "")
        make_notices(tmp_path / "in", 20)
        result, worked = batch(tmp_path / "in", tmp_path / "out", fail_fast=True)
        assert result.stopped
        assert result.failed == 1
        assert len(worked) < 10


class TestWholes:
    def test_ledger_and_summary(self, tmp_path: Path) -> None:
        make_notices(tmp_path / "in", 3)
        write(tmp_path / "in" / "<b>&坏.txt", "")
        batch(tmp_path / "in", tmp_path / "out", merge="all.csv")
        assert (tmp_path / "out" / "all.csv").read_text(encoding="utf-8-sig").count("\n") == 4
        page = (tmp_path / "out" / "summary.html").read_text(encoding="utf-8")
        assert "&lt;b&gt;&amp;坏.txt" in page and "<b>&坏" not in page
        assert "通知0002.json" in page or "%E9%80%9A%E7%9F%A50002.json" in page
        assert "县财政局" in page and "<svg" in page
        assert "http:" not in page.replace("http://www.w3.org", "") and "src=" not in page

    def test_the_summary_fits_a_phone(self, tmp_path: Path) -> None:
        browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
        if browser is None:
            pytest.skip("no Chromium here")
        make_notices(tmp_path / "in", 2)
        write(tmp_path / "in" / ("很长的文件名" * 8 + "a" * 60 + ".txt"), "")
        batch(tmp_path / "in", tmp_path / "out", headers="en")
        page = (tmp_path / "out" / "summary.html").read_text(encoding="utf-8")
        assert "Batch summary" in page
        # A frame of a phone's width: the window of a headless browser cannot be made that narrow.
        probe = (
            "<iframe id=f width=390 height=800></iframe><script>f.srcdoc = decodeURIComponent('" + quote(page) + "');"
            "f.onload = () => document.title = f.contentDocument.documentElement.scrollWidth</script>"
        )
        write(tmp_path / "probe.html", probe)
        ran = subprocess.run(
            [browser, "--headless", "--no-sandbox", "--virtual-time-budget=3000", "--dump-dom", f"--user-data-dir={tmp_path}/profile", f"file://{tmp_path}/probe.html"],
            capture_output=True, text=True, encoding="utf-8", timeout=60, check=False,
        )  # fmt: skip
        width = re.search(r"<title>(\d+)</title>", ran.stdout)
        assert width is not None, ran.stderr
        assert int(width.group(1)) <= 390

    def test_dataset_by_year(self, tmp_path: Path) -> None:
        parquet = pytest.importorskip("pyarrow.parquet")
        dataset = pytest.importorskip("pyarrow.dataset")
        write(tmp_path / "in" / "a.txt")
        write(tmp_path / "in" / "b.txt", NOTICE.format(n=1, month=5).replace("2024", "2023"))
        batch(tmp_path / "in", tmp_path / "out", formats=("parquet",))
        years = {path.parent.name for path in (tmp_path / "out" / "dataset").rglob("*.parquet")}
        assert years == {"year=2023", "year=2024"}
        table = dataset.dataset(tmp_path / "out" / "dataset", partitioning="hive").to_table()
        assert sorted(table.column("year").to_pylist()) == [2023, 2024]
        assert table.column("parties").to_pylist()[0][0]["name"] == "县财政局"
        assert parquet.read_schema(next((tmp_path / "out" / "dataset").rglob("*.parquet"))).field("issue_date")
        (tmp_path / "in" / "b.txt").unlink()
        (tmp_path / "out" / "dataset" / "mine.txt").write_text("kept")
        batch(tmp_path / "in", tmp_path / "out", formats=("parquet",))
        assert not (tmp_path / "out" / "dataset" / "year=2023" / "part-00000.parquet").exists()
        assert (tmp_path / "out" / "dataset" / "mine.txt").exists()

    def test_a_full_disk_fails_by_name_and_leaves_nothing_half(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        place = Place(str(tmp_path))
        place.prepare()
        output = Output("json", "a.json", "x", 1)
        with monkeypatch.context() as patch:
            patch.setattr("wpparse.batch.place.Path.replace", full)
            with pytest.raises(OutputError) as caught:
                place.put(output, b"x", None)
        assert caught.value.code == "output-full"
        assert not [path for path in tmp_path.rglob("*") if path.is_file()]
        place.put(output, b"x", None)
        monkeypatch.setattr("wpparse.batch.place.os.fsync", full)
        with pytest.raises(OutputError) as caught:
            place.settle([output])
        assert caught.value.code == "output-full"


def command(*arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "wpparse", *map(str, arguments)], capture_output=True, text=True, encoding="utf-8",
        env={**os.environ, "LC_ALL": "zh_CN.UTF-8", "PYTHONUTF8": "1"}, timeout=60, check=False, **options,
    )  # fmt: skip


class TestCommand:
    def test_a_folder_from_beginning_to_end(self, tmp_path: Path) -> None:
        make_notices(tmp_path / "in", 2)
        assert command(tmp_path / "in", "-o", tmp_path / "out", "-q").returncode == 0
        write(tmp_path / "in" / "空.txt", "")
        ran = command("batch", tmp_path / "in", "-o", tmp_path / "out", "--json-lines", "--jobs", "1")
        assert ran.returncode == 3
        lines = [json.loads(line) for line in ran.stdout.splitlines()]
        assert {line["file"]: line["status"] for line in lines if "file" in line} == {
            "空.txt": "failed", "通知0000.txt": "skipped", "通知0001.txt": "skipped",
        }  # fmt: skip
        assert lines[-1]["summary"]["failed"] == 1
        status = command("batch", "--status", tmp_path / "out")
        assert status.returncode == 3
        assert "完成\t2" in status.stdout and "空.txt：" in status.stdout
        write(tmp_path / "in" / "空.txt")
        again = command("batch", "--retry-failed", tmp_path / "out")
        assert again.returncode == 0, again.stderr
        assert "完成 1" in again.stderr
        assert command("batch", "--status", tmp_path / "out").returncode == 0

    def test_plain_lines_name_failures(self, tmp_path: Path) -> None:
        write(tmp_path / "in" / "空.txt", "")
        ran = command("batch", tmp_path / "in", "-o", tmp_path / "out")
        assert ran.returncode == 3
        assert "空.txt：文件是空的" in ran.stderr
        assert ran.stdout == ""

    def test_dry_run_writes_nothing(self, tmp_path: Path) -> None:
        make_notices(tmp_path / "in", 1)
        ran = command("batch", tmp_path / "in", "-o", tmp_path / "out", "--dry-run")
        assert ran.stdout == "通知0000.txt → 通知0000.json\n"
        assert not (tmp_path / "out").exists()

    def test_several_files_go_to_a_folder(self, tmp_path: Path) -> None:
        make_notices(tmp_path / "in", 2)
        ran = command(
            tmp_path / "in" / "通知0000.txt", tmp_path / "in" / "通知0001.txt", "-o", tmp_path / "out", "-f", "csv"
        )
        assert ran.returncode == 0
        assert {path.name for path in (tmp_path / "out").glob("*.csv")} == {"通知0000.csv", "通知0001.csv"}

    def test_no_record(self, tmp_path: Path) -> None:
        for option in ("--status", "--retry-failed"):
            ran = command("batch", option, tmp_path)
            assert ran.returncode == 1
            assert ran.stderr.count("\n") == 1

    @posix
    @pytest.mark.parametrize("times", [1, 2])
    def test_ctrl_c(self, tmp_path: Path, root: Path, times: int) -> None:
        make_notices(tmp_path / "in", 6)
        write(tmp_path / "in" / "通知x.txt", "#fault:hang\n")
        ran = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.command", "batch", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--json-lines"],
            cwd=root, start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        assert ran.stdout is not None
        for _ in range(6):
            ran.stdout.readline()
        began = time.monotonic()
        for _ in range(times):
            os.killpg(ran.pid, signal.SIGINT)
            time.sleep(0.15)
        _, told = ran.communicate(timeout=10)
        assert time.monotonic() - began < (2.0 if times == 1 else 0.8)
        assert ran.returncode == 130
        assert b"Traceback" not in told
        manifest = Manifest(tmp_path / "out" / ".wpparse" / "manifest.sqlite")
        counts = manifest.count()
        manifest.close()
        assert counts["done"] == 6
        assert counts.get("pending", 0) + counts.get("running", 0) == 1


def test_python_interface(tmp_path: Path) -> None:
    make_notices(tmp_path / "in", 2)
    result = parse_folder(tmp_path / "in", tmp_path / "out", formats=["json", "csv"], jobs=1)
    assert (result.total, result.done, result.tasks) == (2, 2, 2)
    assert set(contents(tmp_path / "out")) == {f"通知000{n}.{suffix}" for n in (0, 1) for suffix in ("json", "csv")}
    with pytest.raises(WpparseError):
        parse_folder(tmp_path / "in", tmp_path / "out", formats=["pdf"])
