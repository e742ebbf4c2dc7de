"""The one gate through which every failure leaves: one line on standard error, and an exit status."""

from __future__ import annotations

import atexit
import os
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import NoReturn

import wpparse.cli.messages  # noqa: F401  # registers the messages of this room
from wpparse.cli.language import language, say
from wpparse.cli.streams import data_output, prepare, tell
from wpparse.errors import ExitCode, WpparseError
from wpparse.messages import render

_PIPE_CLOSED = 141
"""128 + SIGPIPE: what a shell reports of any program whose reader has gone."""


class FileError(Exception):
    """A :class:`WpparseError` or an unexpected exception (its ``__cause__``), with the file that it is about."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@contextmanager
def about(name: str) -> Iterator[None]:
    """Names the file that an exception inside is about."""
    try:
        yield
    except (FileError, BrokenPipeError):
        raise
    except Exception as error:
        raise FileError(name) from error


def visible(name: str) -> str:
    """A file name that cannot repaint a terminal: control characters, bidi marks and stray bytes are made visible."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in name)


def run(arguments: Sequence[str]) -> int:
    """Run the command line and give its exit status."""
    prepare()
    try:
        status = _invoke(list(arguments))
        if sys.stdout is not None:
            sys.stdout.flush()
    except KeyboardInterrupt:
        tell(render("cli-interrupted", language(), {}))
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        data_output().abandon()
        return _PIPE_CLOSED
    except Exception as error:
        if os.environ.get("WPPARSE_DEBUG"):
            import traceback

            traceback.print_exc()
        return _report(error)
    return status


def leave(status: int) -> NoReturn:
    """End the process. Where nothing else runs in it, without taking it apart first, which takes as long as typer's import."""
    if threading.active_count() == 1:
        atexit._run_exitfuncs()
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError, AttributeError):
                stream.flush()
        os._exit(status)
    sys.exit(status)


def _invoke(arguments: list[str]) -> int:
    """Typer understands the words and gives back the work to do, which runs outside of its own handling of errors."""
    from wpparse.cli.app import command

    job = command().main(args=arguments, prog_name="wpparse", standalone_mode=False)
    if callable(job):
        job = job()
        keep_patterns()
    return job if isinstance(job, int) else ExitCode.DONE


def keep_patterns() -> None:
    """Let the next start begin with the patterns that this one had to compile."""
    compiled = sys.modules.get("wpparse.grammar.compiled")
    if compiled is not None:
        compiled.keep()


def _report(error: Exception) -> int:
    name, cause = None, error
    if isinstance(error, FileError) and isinstance(error.__cause__, Exception):
        name, cause = error.name, error.__cause__
    if isinstance(cause, WpparseError):
        line, status = cause.render(language()), int(cause.exit_code)
    elif isinstance(cause, MemoryError):
        line, status = render("cli-memory", language(), {}), int(ExitCode.UNPARSABLE)
    elif hasattr(cause, "exit_code") and hasattr(cause, "format_message"):
        from wpparse.cli.usage import usage_line

        line, status = usage_line(cause), int(ExitCode.USAGE)
    elif type(cause).__name__ == "Abort":
        line, status = render("cli-interrupted", language(), {}), int(ExitCode.INTERRUPTED)
    else:
        values = {"kind": type(cause).__name__, "detail": str(cause) or "-"}
        line, status = render("cli-internal", language(), values), int(ExitCode.UNPARSABLE)
    tell(line if name is None else f"{visible(name)}{say('：', ': ')}{line}")
    return status
