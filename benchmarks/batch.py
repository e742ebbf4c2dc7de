"""Many files: ``wpparse batch`` beside a shell loop and beside a plain pool of processes.

    python benchmarks/batch.py [--files 500] [--jobs 2] [--sample 60] [--rounds 3]
    python benchmarks/batch.py --memory [--files 10000]

All three write one JSON a file. The loop calls ``wpparse FILE -o OUT`` a file at a time, on every n-th file (``--sample``
of them), scaled to all. The pool is ``concurrent.futures.ProcessPoolExecutor`` over ``parse``: no limits, no manifest, no
resume. They run in turn, ``--rounds`` times each, and the best round counts for each:
a busy machine only ever adds to a time. With ``--memory`` the
resident memory of the batch's own process is shown while it goes through many small texts.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

UNITS = (
    "县财政局",
    "县民政局",
    "县教育局",
    "县卫生健康局",
    "县农业农村局",
    "县住房和城乡建设局",
    "各镇人民政府",
    "县发展和改革局",
)
TOPICS = ("信息公开", "营商环境", "防汛抗旱", "安全生产", "乡村振兴", "就业促进", "生态保护", "数字政府")


def circular(number: int) -> list[str]:
    """The paragraphs of a fictional circular of about eight pages, different for each number."""
    lines = [f"青岚县人民政府办公室关于印发2024年第{number}号工作要点的通知", "各镇人民政府，县政府各部门："]
    lines.append("现将工作要点印发给你们，请认真贯彻落实。")
    for chapter, mark in enumerate("一二三四五六七八"):
        topic = TOPICS[(chapter + number) % len(TOPICS)]
        lines.append(f"{mark}、推进{topic}")
        for item in range(1, 7):
            unit, other = UNITS[(item + number) % len(UNITS)], UNITS[(item + chapter + 3) % len(UNITS)]
            lines.append(
                f"{item}.围绕{topic}第{item}项任务，完善工作机制，细化措施，明确责任，建立台账，逐项推进落实，"
                f"确保各项要求落到实处，{(item + chapter) % 12 + 1}月底前完成阶段任务，每季度报送一次进展情况，"
                f"加强宣传引导，总结推广经验做法。（责任单位：{unit}，配合单位：{other}）"
            )
    return [*lines, "青岚县人民政府办公室", f"2024年3月{number % 28 + 1}日"]


def make_docx(folder: Path, number: int) -> list[Path]:
    import docx

    paths = []
    for index in range(number):
        document = docx.Document()
        for line in circular(index):
            document.add_paragraph(line)
        paths.append(folder / f"通知{index:05}.docx")
        document.save(str(paths[-1]))
    return paths


def make_texts(folder: Path, number: int) -> None:
    for index in range(number):
        text = "\n".join([*circular(index)[:5], *circular(index)[-2:]])
        (folder / f"通知{index:05}.txt").write_text(text, encoding="utf-8")


def one(path: str, output: str) -> None:
    from wpparse import parse

    Path(output).write_text(parse(path).to_json(), encoding="utf-8")


def loop(paths: list[Path], output: Path) -> float:
    began = time.perf_counter()
    for path in paths:
        command = [sys.executable, "-m", "wpparse", "-q", str(path), "-o", str(output / f"{path.stem}.json")]
        subprocess.run(command, check=True)
    return time.perf_counter() - began


def pool(paths: list[Path], output: Path, jobs: int) -> float:
    began = time.perf_counter()
    with ProcessPoolExecutor(jobs) as executor:
        list(executor.map(one, map(str, paths), [str(output / f"{path.stem}.json") for path in paths]))
    return time.perf_counter() - began


def batch(source: Path, output: Path, jobs: int) -> float:
    began = time.perf_counter()
    command = [sys.executable, "-m", "wpparse", "batch", "-q", str(source), "-o", str(output), "--jobs", str(jobs)]
    subprocess.run(command, check=True)
    return time.perf_counter() - began


def throughput(files: int, jobs: int, sample: int, rounds: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("in", "loop"):
            (folder / part).mkdir()
        paths = make_docx(folder / "in", files)
        chosen = paths[:: max(1, files // sample)]
        loop(chosen[:1], folder / "loop")
        pools, batches, loops = [], [], []
        for turn in range(rounds):
            loops.append(loop(chosen[turn::rounds], folder / "loop"))
            (folder / f"pool{turn}").mkdir()
            pools.append(pool(paths, folder / f"pool{turn}", jobs))
            batches.append(batch(folder / "in", folder / f"batch{turn}", jobs))
        for path in paths:
            same = (folder / "pool0" / f"{path.stem}.json").read_bytes()
            assert same == (folder / "batch0" / f"{path.stem}.json").read_bytes()
    seconds = {"loop": min(loops) * rounds * files / len(chosen), "pool": min(pools), "batch": min(batches)}
    for what, taken in seconds.items():
        print(f"{what:<6}{taken:8.1f} s {files / taken:8.1f} files a second")
    print(f"batch / loop = {seconds['loop'] / seconds['batch']:.1f} (at least 3)")
    print(f"batch / pool = {seconds['pool'] / seconds['batch']:.2f} (at least 0.9)")


def memory(files: int, jobs: int) -> None:
    import psutil

    from wpparse.batch import parse_folder
    from wpparse.batch.api import Silence
    from wpparse.batch.outcome import Outcome

    process = psutil.Process(os.getpid())

    class Watch(Silence):
        seen = 0

        def finished(self, key: str, outcome: Outcome) -> None:
            self.seen += 1
            if self.seen in (100, 1000, 3000, 10_000, files):
                print(f"{self.seen:>7} files {process.memory_info().rss / 2**20:8.1f} MB", flush=True)

    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "in").mkdir()
        make_texts(Path(name) / "in", files)
        result = parse_folder(Path(name) / "in", Path(name) / "out", jobs=jobs, listener=Watch())
        assert result.done == files, result
        print(f"   ended {process.memory_info().rss / 2**20:10.1f} MB, {threading.active_count()} threads")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--sample", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory", action="store_true")
    options = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if options.memory:
        memory(options.files or 10_000, options.jobs)
    else:
        throughput(options.files or 500, options.jobs, options.sample, options.rounds)


if __name__ == "__main__":
    main()
