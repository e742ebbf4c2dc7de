"""From a Chinese government circular to its task table.

>>> import wpparse
>>> plan = wpparse.parse("samples/…")            # doctest: +SKIP
>>> plan.tasks[0].parties[0].name                # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wpparse.late import set_hook
from wpparse.version import __version__

if TYPE_CHECKING:
    from wpparse.batch import parse_folder
    from wpparse.errors import (
        EmptyFile,
        EncryptedFile,
        ExitCode,
        GrammarError,
        ScannedPdf,
        TooLarge,
        UnreadableFile,
        UnsupportedFormat,
        WpparseError,
    )
    from wpparse.grammar import Grammar, load_grammar
    from wpparse.model import Deadline, Diagnostic, Header, Location, Party, Section, Task, WorkPlan
    from wpparse.pipeline import parse, read_document
    from wpparse.writers import to_frame

_HOMES = {
    "wpparse.batch": ("parse_folder",),
    "wpparse.errors": (
        "EmptyFile", "EncryptedFile", "ExitCode", "GrammarError", "ScannedPdf", "TooLarge", "UnreadableFile",
        "UnsupportedFormat", "WpparseError",
    ),
    "wpparse.grammar": ("Grammar", "load_grammar"),
    "wpparse.model": ("Deadline", "Diagnostic", "Header", "Location", "Party", "Section", "Task", "WorkPlan"),
    "wpparse.pipeline": ("parse", "read_document"),
    "wpparse.writers": ("to_frame",),
}  # fmt: skip

__all__ = [
    "Deadline",
    "Diagnostic",
    "EmptyFile",
    "EncryptedFile",
    "ExitCode",
    "Grammar",
    "GrammarError",
    "Header",
    "Location",
    "Party",
    "ScannedPdf",
    "Section",
    "Task",
    "TooLarge",
    "UnreadableFile",
    "UnsupportedFormat",
    "WorkPlan",
    "WpparseError",
    "__version__",
    "load_grammar",
    "parse",
    "parse_folder",
    "read_document",
    "to_frame",
]

set_hook("frame", "wpparse.writers:to_frame")


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that ``import wpparse`` costs nothing."""
    from importlib import import_module

    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(module), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
