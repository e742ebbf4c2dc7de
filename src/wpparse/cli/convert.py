"""One circular in, its files out."""

from __future__ import annotations

import errno
import os
import sys
from collections import Counter
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from wpparse.cli.gate import about
from wpparse.cli.language import language, say
from wpparse.cli.messages import INFO_NAMES
from wpparse.cli.streams import columns, data_output, is_terminal, tell
from wpparse.errors import ExitCode, UnreadableFile, UsageError
from wpparse.messages import render

if TYPE_CHECKING:
    from wpparse.blocks import Document
    from wpparse.grammar import Grammar
    from wpparse.model import Selection, WorkPlan
    from wpparse.writers import Headers

COMMANDS = ("batch", "explain", "tables", "render", "merge", "split", "grammar", "formats", "schema", "debug")
_INFOS = 4
"""Kinds of notes that the exit line names."""
STANDARD = "-"
"""The name of standard input and output on the command line."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a user asked for."""

    files: tuple[str, ...]
    outputs: tuple[str, ...]
    formats: tuple[str, ...]
    source: Selection | None
    headers: Headers
    grammar: tuple[str, ...]
    password: str | None
    strict: bool
    quiet: bool


def convert(request: Request) -> int:
    """Parse the one file and write each output; several files or a folder go to the batch."""
    name = request.files[0]
    if not Path(name).exists():
        if name in COMMANDS:
            raise UsageError("cli-command-first", name=name)
        near = get_close_matches(name, COMMANDS, 1)
        if near:
            raise UsageError("cli-mistyped-command", name=name, near=near[0])
    if _is_batch(request):
        return _batch(request)
    refuse_own_input(request.outputs, request.files)
    targets = outputs_of(request.outputs, request.formats)
    if STANDARD in request.outputs:
        data_output()  # from here on nobody else writes there
    plan = parse_one(name, request.grammar, request.password)
    deliver(plan, targets, request.headers, request.source)
    if not targets:
        _show(plan, request)
    if not request.quiet:
        summarise(plan, request.source, targets)
    return ExitCode.DOUBTFUL if request.strict and plan.status != "complete" else ExitCode.DONE


def outputs_of(outputs: tuple[str, ...], formats: tuple[str, ...]) -> list[tuple[str, str]]:
    """Each output with its format: the one that ``--format`` names, else its suffix's; JSON for standard output."""
    from wpparse.writers import FORMATS, format_of

    for format in formats:
        if format not in FORMATS:
            raise UsageError("cli-choice", option="--format", value=format, choices=" | ".join(FORMATS))
    if len(formats) > 1 and len(formats) != len(outputs):
        raise UsageError("cli-one-format")
    found = []
    for index, output in enumerate(outputs):
        named = formats[index if len(formats) > 1 else 0] if formats else None
        chosen = named or ("json" if output == STANDARD else format_of(output))
        if chosen is None:
            raise UsageError("cli-format-unknown", name=output, choices=" | ".join(FORMATS))
        found.append((output, chosen))
    if formats and not outputs:
        found = [(STANDARD, formats[0])]
    return found


def deliver(plan: WorkPlan, targets: list[tuple[str, str]], headers: Headers, selection: Selection | None) -> None:
    """Write the outputs, each whole or not at all; none where one of them cannot be made."""
    from wpparse.writers import render as rendered
    from wpparse.writers import write_all

    made = [(output, rendered(plan, format, headers=headers, selection=selection)) for output, format in targets]
    write_all([(output, data) for output, data in made if output != STANDARD])
    for output, data in made:
        if output == STANDARD:
            data_output().write(data)


def _show(plan: WorkPlan, request: Request) -> None:
    """The table on the screen."""
    from rich.console import Console

    from wpparse.writers import show

    width, terminal = columns(), is_terminal()
    console = Console(
        file=data_output().text, width=width, force_terminal=terminal, highlight=False, emoji=False, markup=False
    )
    show(plan, console, headers=request.headers, selection=request.source)


def _is_batch(request: Request) -> bool:
    if len(request.files) > 1 or Path(request.files[0]).is_dir():
        return True
    if any(output.endswith(("/", os.sep)) or Path(output).is_dir() for output in request.outputs):
        return True
    return len(request.outputs) == 1 and not Path(request.outputs[0]).suffix and _holds_files(request.files[0])


def _holds_files(name: str) -> bool:
    """Whether a file is an archive or a letter with files in it."""
    from wpparse.batch.containers import kind_of_file

    return name != STANDARD and kind_of_file(Path(name)) is not None


def _batch(request: Request) -> int:
    if len(request.outputs) > 1:
        raise UsageError("cli-one-folder")
    if not request.outputs:
        raise UsageError("cli-need-output")
    from wpparse.cli.batch import BatchRequest, run

    return run(
        BatchRequest(
            inputs=request.files,
            output=request.outputs[0],
            formats=request.formats,
            source=request.source,
            headers=request.headers,
            grammar=request.grammar,
            password=request.password,
            strict=request.strict,
            quiet=request.quiet,
        )
    )


def parse_one(name: str, directories: tuple[str, ...], password: str | None) -> WorkPlan:
    """The plan of one file or of standard input; a failure names it."""
    from wpparse.grammar import load_grammar
    from wpparse.pipeline import understand

    grammar = load_grammar(*directories)
    document = read_one(name, password, grammar)
    with about(shown_name(name)):
        return understand(document, grammar)


def load_or_parse(name: str, directories: tuple[str, ...], password: str | None) -> WorkPlan:
    """The plan in a JSON file of ours, else the plan of a circular."""
    if Path(name).suffix.lower() == ".json":
        from wpparse.writers import load_plan

        with about(name):
            return load_plan(name)
    return parse_one(name, directories, password)


def read_one(name: str, password: str | None, grammar: Grammar | None = None) -> Document:
    """The paragraphs and tables of one file or of standard input; a failure names it."""
    from wpparse.pipeline import MAX_BYTES, read_document
    from wpparse.readers.options import ReadOptions

    options = ReadOptions(password=password)
    with about(shown_name(name)):
        if name != STANDARD:
            return read_document(name, options=options, grammar=grammar)
        if sys.stdin is None:
            raise UnreadableFile(detail=os.strerror(errno.EBADF))
        return read_document(sys.stdin.buffer.read(MAX_BYTES + 1), name=STANDARD, options=options, grammar=grammar)


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
        status = Path(name).stat()
    except (OSError, ValueError):
        return os.path.normcase(os.path.realpath(name))
    return (status.st_dev, status.st_ino) if status.st_ino else os.path.normcase(os.path.realpath(name))


def summarise(plan: WorkPlan, source: Selection | None, targets: list[tuple[str, str]]) -> None:
    """One line on standard error: how many tasks, how many places to look at and where they stand, what else was noticed,
    and what the selection of tasks leaves out."""
    from wpparse.writers.doubts import hidden, status_of

    chosen = source or ("all" if {format for _, format in targets} == {"json"} else "auto")
    tasks = len(plan.select(chosen).tasks)
    findings = sum(finding.severity != "info" for finding in plan.diagnostics)
    where = ""
    if findings and any(format == "xlsx" for _, format in targets):
        where = say("（见工作表“核对”）", " (see the sheet of checks)")
    elif findings and any(format == "json" for _, format in targets):
        where = say("（见 diagnostics）", " (see diagnostics)")
    line = render("cli-summary", language(), {"tasks": tasks, "warnings": findings, "where": where})
    if plan.status != "complete":
        line += say("，", ", ") + status_of(plan, language())
    infos = Counter(finding.code for finding in plan.diagnostics if finding.severity == "info")
    if infos:
        named = say("、", ", ").join(f"{_info_name(code)} {count}" for code, count in infos.most_common(_INFOS))
        rest = say(" 等", " …") if len(infos) > _INFOS else ""
        line += say(f"；另有提示 {infos.total()} 条（{named}{rest}）", f"; {infos.total()} notes ({named}{rest})")
    left = hidden(plan, chosen)
    if left:
        line += say("；", "; ") + render("selection-hidden", language(), left)
    tell(line)


def _info_name(code: str) -> str:
    """What a note is called in the exit line."""
    return say(*INFO_NAMES[code]) if code in INFO_NAMES else code
