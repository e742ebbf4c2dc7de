"""Batches from the command line: options in, progress and exit status out."""

from __future__ import annotations

import os
import signal
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType
from typing import Any

from wpparse.batch.api import Silence
from wpparse.batch.manifest import Manifest
from wpparse.batch.options import MEMORY, TIMEOUT, BatchOptions
from wpparse.batch.place import Place
from wpparse.batch.run import BatchResult, check_formats, rehearse, run_batch
from wpparse.cli.batch_progress import Bar, JsonLines, Lines, Plan
from wpparse.cli.gate import visible
from wpparse.cli.language import language, say
from wpparse.cli.streams import data_output, errors_are_shown, tell
from wpparse.errors import ExitCode, OutputError, UsageError
from wpparse.model import Selection
from wpparse.writers import Headers


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """What a user asked for; None where nothing was said."""

    inputs: tuple[str, ...]
    output: str | None = None
    formats: tuple[str, ...] = ()
    merge: str | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    jobs: int | None = None
    timeout: float | None = None
    memory: int | None = None
    fail_fast: bool = False
    dry_run: bool = False
    retry_failed: bool = False
    json_lines: bool = False
    scheduler: str | None = None
    source: Selection | None = None
    headers: Headers = "zh"
    grammar: tuple[str, ...] = ()
    password: str | None = None
    strict: bool = False
    quiet: bool = False


def run(request: BatchRequest) -> int:
    """Run a batch, or rehearse it; the exit status by the contract."""
    if request.retry_failed:
        output, options = _again(request)
    else:
        if request.output is None:
            raise UsageError("cli-need-output")
        output = request.output
        options = BatchOptions(
            formats=tuple(dict.fromkeys(request.formats)) or ("json",),
            source=request.source,
            headers=request.headers,
            grammar=tuple(str(Path(directory).absolute()) for directory in request.grammar),
            password=request.password,
            include=request.include,
            exclude=request.exclude,
            merge=request.merge,
            jobs=request.jobs,
            timeout=request.timeout or TIMEOUT,
            memory=MEMORY if request.memory is None else request.memory,
            fail_fast=request.fail_fast,
            scheduler=request.scheduler,
        )
    check_formats(options.formats, options.merge)
    if request.dry_run:
        result = rehearse(request.inputs, output, options, Plan(data_output().text))
        return ExitCode.PARTIAL if result.failed else ExitCode.DONE
    with _listener(request) as listener, _interruptible() as stop:
        inputs = () if request.retry_failed else request.inputs
        result = run_batch(inputs, output, options, listener, stop=stop, retry_failed=request.retry_failed)
    if isinstance(listener, JsonLines):
        listener.end(result)
    if not request.quiet:
        _tell_result(result, output)
    if stop.is_set():
        return ExitCode.INTERRUPTED
    if result.failed:
        return ExitCode.PARTIAL
    return ExitCode.DOUBTFUL if request.strict and result.doubtful else ExitCode.DONE


def _again(request: BatchRequest) -> tuple[str, BatchOptions]:
    """The output folder of an earlier run and its options, those that are said now in their place."""
    output = request.output or request.inputs[0]
    manifest = _manifest(output)
    options = BatchOptions.from_json(manifest.last_options() or "{}")
    manifest.close()
    said: dict[str, Any] = {
        "jobs": request.jobs,
        "timeout": request.timeout,
        "memory": request.memory,
        "password": request.password,
        "scheduler": request.scheduler,
    }
    return output, replace(options, **{name: value for name, value in said.items() if value is not None})


def _manifest(output: str) -> Manifest:
    path = Place(output).manifest
    if not path.exists():
        raise OutputError("batch-no-record", name=output)
    return Manifest(path)


def show_status(request: BatchRequest) -> int:
    """How far an output folder is; exit status 3 where something failed."""
    output = request.output or request.inputs[0]
    manifest = _manifest(output)
    counts = manifest.count()
    started, ended = manifest.last_run()
    text = data_output().text
    text.write(say(f"开始 {started}", f"started {started}") + "\n")
    text.write(say(f"结束 {ended}", f"ended {ended}") + "\n" if ended else say("未完成", "not finished") + "\n")
    names = (
        ("done", "完成", "done"),
        ("failed", "失败", "failed"),
        ("running", "处理中或被中断", "running or cut short"),
        ("pending", "待处理", "pending"),
    )
    for status, chinese, english in names:
        text.write(f"{say(chinese, english)}\t{counts.get(status, 0)}\n")
    for row in manifest.rows("failed"):
        text.write(f"{visible(row.key)}{say('：', ': ')}{row.message.get(language(), row.code)}\n")
    manifest.close()
    return ExitCode.PARTIAL if counts.get("failed") else ExitCode.DONE


@contextmanager
def _listener(request: BatchRequest) -> Iterator[Silence]:
    if request.json_lines:
        yield JsonLines(data_output())
    elif request.quiet:
        yield Silence()
    elif errors_are_shown():
        with Bar() as bar:
            yield bar
    else:
        yield Lines()


@contextmanager
def _interruptible() -> Iterator[threading.Event]:
    """Set by the first Ctrl-C (or SIGTERM); the second one ends the process where it stands."""
    from wpparse.batch.engine import kill_workers

    stop = threading.Event()

    def interrupt(number: int, frame: FrameType | None) -> None:
        if stop.is_set():
            kill_workers()
            os._exit(ExitCode.INTERRUPTED)
        stop.set()

    numbers = [signal.SIGINT, signal.SIGTERM] if threading.current_thread() is threading.main_thread() else []
    before = {number: signal.signal(number, interrupt) for number in numbers}
    try:
        yield stop
    finally:
        if not stop.is_set():  # else the process is on its way out, and the second one still ends it
            for number, handler in before.items():
                signal.signal(number, handler)


def _tell_result(result: BatchResult, output: str) -> None:
    rate = result.done / result.seconds if result.seconds else 0
    tell(
        say(
            f"完成 {result.done}，跳过 {result.skipped}，失败 {result.failed}，共 {result.total} 个文件；"
            f"{result.tasks} 项任务，{result.warnings} 处需核对；{result.seconds:.1f} 秒（每秒 {rate:.1f} 个）",
            f"{result.done} done, {result.skipped} skipped, {result.failed} failed of {result.total} files; "
            f"{result.tasks} tasks, {result.warnings} warnings; {result.seconds:.1f} s ({rate:.1f} a second)",
        )
    )
    if result.doubtful:
        tell(
            say(
                f"其中 {result.doubtful} 个文件存疑或未完整读取，请先核对（见汇总）",
                f"{result.doubtful} of them are doubtful or were not read completely: check these first (see the summary)",
            )
        )
    if result.left_out:
        tell(say(f"另有 {result.left_out} 个文件不是公文，未处理", f"{result.left_out} other files were left alone"))
    if not result.total:
        tell(say("没有找到公文文件", "no circulars were found"))
    kinds = Counter(code for _, code, _ in result.failures)
    examples = {code: message.get(language(), code) for _, code, message in reversed(result.failures)}
    if len(result.failures) > len(kinds):
        for code, number in kinds.most_common():
            tell(say(f"  {number} 个：{examples[code]}", f"  {number}: {examples[code]}"))
    if result.stopped:
        tell(say("已停止；再次运行同一命令即可继续", "stopped; run the same command again to go on"))
    elif "://" not in output:
        tell(say("汇总：", "summary: ") + visible(str(Path(output, "summary.html"))))
