"""Standard streams: data alone on standard output, messages that no console can choke on."""

from __future__ import annotations

import errno
import io
import os
import shutil
import sys
from functools import cache, cached_property
from typing import BinaryIO, TextIO

from wpparse.errors import OutputError


def prepare() -> None:
    """Let no character that a console's encoding lacks end the program."""
    for stream, errors in ((sys.stdout, "replace"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=errors)


class DataOutput:
    """Standard output, as bytes and as text in the console's encoding."""

    def __init__(self, binary: BinaryIO, encoding: str) -> None:
        self._binary = binary
        self._encoding = encoding

    @cached_property
    def text(self) -> TextIO:
        """For what people read; a character that the console lacks becomes ``?``."""
        return io.TextIOWrapper(self._binary, self._encoding, errors="replace", line_buffering=True)

    def write(self, data: bytes) -> None:
        """For what programs read. Raises :class:`OutputError`; a closed pipe is :class:`BrokenPipeError`."""
        try:
            self._binary.write(data)
            self._binary.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise OutputError(name="-", detail=error.strerror or str(error)) from error

    def abandon(self) -> None:
        """Nobody reads any more: let what is still in the buffer go nowhere when the interpreter ends."""
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self._binary.fileno())


@cache
def data_output() -> DataOutput:
    """Standard output for data, out of the reach of everybody else.

    From the first call on, whatever a library prints (from Python or from C) goes to standard error, so that a stray
    line cannot spoil the data. Raises :class:`OutputError` where standard output is closed.
    """
    if sys.stdout is None:
        raise OutputError(name="-", detail=os.strerror(errno.EBADF))
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.flush()
    try:
        number = sys.stdout.fileno()
    except (OSError, ValueError):  # an object in memory: nobody else has its number
        return DataOutput(sys.stdout.buffer, encoding)
    kept = os.fdopen(os.dup(number), "wb")
    if sys.stderr is not None:
        os.dup2(sys.stderr.fileno(), number)
        sys.stdout = sys.stderr
    return DataOutput(kept, encoding)


def tell(line: str) -> None:
    """One line to standard error; silence where it is closed."""
    if sys.stderr is not None:
        try:
            sys.stderr.write(line + "\n")
            sys.stderr.flush()
        except (OSError, ValueError):
            pass


def is_terminal() -> bool:
    """True where standard output is shown to a person."""
    return sys.stdout is not None and sys.stdout.isatty()


def errors_are_shown() -> bool:
    """True where standard error is shown to a person."""
    return sys.stderr is not None and sys.stderr.isatty()


def columns() -> int:
    """Width for what people read: the terminal's, or 100 where the output goes elsewhere."""
    return shutil.get_terminal_size((100, 24)).columns if is_terminal() else 100
