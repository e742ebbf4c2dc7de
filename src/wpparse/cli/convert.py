"""One circular in, its files out."""

from __future__ import annotations

import errno
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wpparse.cli.gate import about, tell
from wpparse.cli.language import language, say
from wpparse.cli.streams import data_output
from wpparse.errors import ExitCode, UnreadableFile, UsageError
from wpparse.messages import render

if TYPE_CHECKING:
    from wpparse.blocks import Document
    from wpparse.model import WorkPlan

STANDARD = "-"
"""The name of standard input and output on the command line."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a user asked for."""

    files: tuple[str, ...]
    outputs: tuple[str, ...]
    formats: tuple[str, ...]
    source: str | None
    headers: str
    grammar: tuple[str, ...]
    password: str | None
    quiet: bool


def convert(request: Request) -> int:
    """Parse the one file and write each output; several files or a folder go to the batch."""
    name = request.files[0]
    refuse_own_input(request.outputs, request.files)
    plan = parse_one(name, request.grammar, request.password)
    for output in request.outputs:
        text = plan.to_json().encode()
        if output == STANDARD:
            data_output().write(text)
        else:
            temporary = Path(f"{output}.{os.getpid()}.tmp")
            temporary.write_bytes(text)
            temporary.replace(output)
    if not request.outputs:
        from wpparse.cli.screen import show

        show(plan.select("auto"))
    if not request.quiet:
        summarise(plan)
    return ExitCode.DONE


def parse_one(name: str, directories: tuple[str, ...], password: str | None) -> WorkPlan:
    """The plan of one file or of standard input; a failure names it."""
    from wpparse.grammar import load_grammar
    from wpparse.pipeline import understand

    grammar = load_grammar(*directories)
    document = read_one(name, password)
    with about(shown_name(name)):
        return understand(document, grammar)


def read_one(name: str, password: str | None) -> Document:
    """What a reader gives for one file or for standard input; a failure names it."""
    from wpparse.pipeline import MAX_BYTES, read_document
    from wpparse.readers import ReadOptions

    options = ReadOptions(password=password)
    with about(shown_name(name)):
        if name != STANDARD:
            return read_document(name, options=options)
        if sys.stdin is None:
            raise UnreadableFile(detail=os.strerror(errno.EBADF))
        return read_document(sys.stdin.buffer.read(MAX_BYTES + 1), name=STANDARD, options=options)


def shown_name(name: str) -> str:
    """What messages call an input."""
    return say("标准输入", "standard input") if name == STANDARD else name


def refuse_own_input(outputs: tuple[str, ...], inputs: tuple[str, ...]) -> None:
    """Raises :class:`UsageError` where an output is an input file or is given twice."""
    taken = {_identity(name) for name in inputs if name != STANDARD}
    seen = set()
    for output in outputs:
        if output == STANDARD:
            continue
        identity = _identity(output)
        if identity in taken:
            raise UsageError("cli-same-file", name=output)
        if identity in seen:
            raise UsageError("cli-same-output", name=output)
        seen.add(identity)


def _identity(name: str) -> object:
    """What makes two names the same file: device and inode where it exists, else its resolved path."""
    try:
        status = os.stat(name)
    except (OSError, ValueError):
        return os.path.normcase(os.path.realpath(name))
    return (status.st_dev, status.st_ino) if status.st_ino else os.path.normcase(os.path.realpath(name))


def summarise(plan: WorkPlan) -> None:
    """One line on standard error: how many tasks, how many findings to look at."""
    warnings = sum(finding.severity != "info" for finding in plan.diagnostics)
    tell(render("cli-summary", language(), {"tasks": len(plan.tasks), "warnings": warnings, "where": ""}))
