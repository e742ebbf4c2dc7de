"""Exceptions that end the work on one file, and the exit status that each stands for.

Everything that does not end a file is a :class:`wpparse.model.Diagnostic`. Messages live in
:mod:`wpparse.messages`, in Chinese and English, under the name of the exception's ``code``.
"""

from __future__ import annotations

from enum import IntEnum

from wpparse.messages import render


class ExitCode(IntEnum):
    """Exit status of the command line; part of the public interface (contract, section 8)."""

    DONE = 0
    UNPARSABLE = 1
    USAGE = 2
    PARTIAL = 3
    DOUBTFUL = 4
    INTERRUPTED = 130


class WpparseError(Exception):
    """A reason why one file, or one call, cannot go on.

    ``code`` names the message template; ``values`` fill it. ``str()`` gives the Chinese message.
    """

    code = "error"
    exit_code = ExitCode.UNPARSABLE

    def __init__(self, code: str | None = None, **values: object) -> None:
        self.code = code or type(self).code
        self.values = {name: str(value) for name, value in values.items()}
        super().__init__(self.code, self.values)

    def __reduce__(self) -> tuple[object, ...]:
        """Survive the way from a worker process, keyword values included."""
        return _rebuild, (type(self), self.code, self.values)

    def render(self, language: str = "zh") -> str:
        """The message for a reader of ``language`` (``zh`` or ``en``), one line."""
        return render(self.code, language, self.values)

    def __str__(self) -> str:
        return self.render("zh")


def _rebuild(kind: type[WpparseError], code: str, values: dict[str, str]) -> WpparseError:
    return kind(code, **values)


class UnreadableFile(WpparseError):
    """The bytes are not what any reader understands, or are damaged beyond reading."""

    code = "unreadable"


class EmptyFile(UnreadableFile):
    """There is nothing in the file."""

    code = "empty"


class UnsupportedFormat(UnreadableFile):
    """A known format that is not read; the message says what to do instead."""

    code = "unsupported"


class NoCircular(WpparseError):
    """The file can be read, but it is no circular: the message says what it seems to be, or what to use instead."""

    code = "no-circular"


class EncryptedFile(WpparseError):
    """A password is needed, or the given one is wrong."""

    code = "encrypted"


class ScannedPdf(WpparseError):
    """The pages are pictures and no OCR is installed; the message names the command that installs it."""

    code = "scanned"


class TooLarge(WpparseError):
    """Reading would break the limits of time or memory (zip bombs, endless files)."""

    code = "too-large"


class MissingExtra(WpparseError):
    """An optional package is needed; the message names the command that installs it."""

    code = "missing-extra"


class OutputError(WpparseError):
    """The output cannot be written; nothing that stood there before was touched."""

    code = "output"


class GrammarError(WpparseError):
    """A rule file is wrong; the message names file and line."""

    code = "grammar"
    exit_code = ExitCode.USAGE


class UsageError(WpparseError):
    """The call itself is wrong."""

    code = "usage"
    exit_code = ExitCode.USAGE
