"""How a batch is seen while it runs: a bar on a terminal, plain lines elsewhere, JSON for machines."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TextIO

from wpparse.batch.api import Silence
from wpparse.batch.manifest import Row
from wpparse.batch.outcome import Outcome
from wpparse.batch.run import BatchResult
from wpparse.batch.work import ROWS
from wpparse.cli.gate import visible
from wpparse.cli.language import language, say
from wpparse.cli.streams import DataOutput, tell

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_SECONDS_BETWEEN_LINES = 5.0


def failure_line(key: str, outcome: Outcome) -> str:
    """A file and why it failed."""
    return f"{visible(key)}{say('：', ': ')}{outcome.message.get(language(), outcome.code)}"


class Lines(Silence):
    """Plain lines on standard error: every failure, and how far it is every few seconds."""

    def __init__(self) -> None:
        self._total = self._seen = self._failed = 0
        self._last = time.monotonic()

    def began(self, total: int) -> None:
        """Say how many there are."""
        self._total = total
        tell(say(f"共 {total} 个文件", f"{total} files"))

    def skipped(self, row: Row) -> None:
        """Count it."""
        self._step()

    def finished(self, key: str, outcome: Outcome) -> None:
        """Count it; name a failure."""
        if outcome.code is not None:
            self._failed += 1
            tell(failure_line(key, outcome))
        self._step()

    def _step(self) -> None:
        self._seen += 1
        now = time.monotonic()
        if now - self._last >= _SECONDS_BETWEEN_LINES:
            self._last = now
            tell(
                say(
                    f"{self._seen}/{self._total}，失败 {self._failed}",
                    f"{self._seen}/{self._total}, {self._failed} failed",
                )
            )


class Bar(Silence):
    """A bar with rate, time left and failures."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self._console = Console(stderr=True, highlight=False, emoji=False, markup=False)
        self._progress: Progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            TextColumn("{task.fields[failed]}"),
            console=self._console,
            transient=True,
        )
        self._task: TaskID = self._progress.add_task(say("查找文件", "looking"), total=None, rate="", failed="")
        self._failed = self._worked = 0
        self._began = time.monotonic()

    def __enter__(self) -> Bar:
        self._progress.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._progress.stop()

    def found(self, number: int) -> None:
        """Show how many there are so far."""
        self._progress.update(self._task, completed=number)

    def began(self, total: int) -> None:
        """Begin to count."""
        self._began = time.monotonic()
        self._progress.reset(self._task, total=total, description=say("解析", "parsing"), completed=self._failed)

    def skipped(self, row: Row) -> None:
        """One further."""
        self._progress.advance(self._task)

    def finished(self, key: str, outcome: Outcome) -> None:
        """One further; a failure is named above the bar."""
        self._worked += 1
        fields: dict[str, Any] = {}
        if outcome.code is not None:
            from rich.text import Text

            self._failed += 1
            self._console.print(Text(failure_line(key, outcome)))
            fields["failed"] = say(f"失败 {self._failed}", f"{self._failed} failed")
        seconds = time.monotonic() - self._began
        rate = self._worked / seconds if seconds else 0
        fields["rate"] = say(f"每秒 {rate:.1f} 个", f"{rate:.1f} a second")
        self._progress.update(self._task, advance=1, **fields)

    def closing(self) -> None:
        """Say that the ledger and the summary are being written."""
        self._progress.update(self._task, description=say("汇总", "summing up"))


class JsonLines(Silence):
    """One object a line on standard output for each file, and one at the end."""

    def __init__(self, output: DataOutput) -> None:
        self._output = output

    def skipped(self, row: Row) -> None:
        """A file that is done and unchanged."""
        self._write({"file": row.key, "status": "skipped"})

    def finished(self, key: str, outcome: Outcome) -> None:
        """A file that was worked on."""
        line: dict[str, Any] = {"file": key, "status": "failed" if outcome.code else "done"}
        if outcome.code is not None:
            line |= {"code": outcome.code, "message": outcome.message.get(language(), outcome.code)}
        else:
            line |= {
                "tasks": outcome.tasks,
                "warnings": outcome.warnings,
                "outputs": {output.format: output.path for output in outcome.outputs if output.format != ROWS},
            }
        self._write({**line, "seconds": round(outcome.seconds, 4)})

    def end(self, result: BatchResult) -> None:
        """What came of the run."""
        names = ("total", "done", "skipped", "failed", "left_out", "tasks", "warnings", "stopped")
        summary = {name: getattr(result, name) for name in names}
        self._write({"summary": {**summary, "seconds": round(result.seconds, 3)}})

    def _write(self, line: dict[str, Any]) -> None:
        self._output.write(json.dumps(line, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")


class Plan(Silence):
    """A dry run: each input and what it would give."""

    def __init__(self, text: TextIO) -> None:
        self._text = text

    def planned(self, row: Row, paths: Sequence[str]) -> None:
        """One line."""
        self._text.write(f"{visible(row.key)} → {', '.join(map(visible, paths))}\n")

    def skipped(self, row: Row) -> None:
        """One line."""
        self._text.write(f"{visible(row.key)} {say('（已完成，未变）', '(done, unchanged)')}\n")

    def finished(self, key: str, outcome: Outcome) -> None:
        """What could not be opened."""
        self._text.write(failure_line(key, outcome) + "\n")
