"""What comes back from the work on one input."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import wpparse.batch.messages  # noqa: F401  # registers the messages of this room
from wpparse.errors import WpparseError
from wpparse.messages import render


@dataclass(frozen=True, slots=True)
class Output:
    """One file that was written. ``path`` is relative to the output folder, with ``/``."""

    format: str
    path: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One diagnostic of a plan."""

    code: str
    severity: str
    message: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """Done where ``code`` is None, else failed for the reason that ``code`` names."""

    code: str | None = None
    message: dict[str, str] = field(default_factory=dict)
    """The reason in each language (``zh``, ``en``): rendered where it arose, since codes are known where their room is."""
    seconds: float = 0.0
    input: str | None = None
    """SHA-256 of the bytes that were read."""
    tasks: int | None = None
    warnings: int | None = None
    counts: dict[str, Any] = field(default_factory=dict)
    """``sections``, ``tables``, and tasks by ``units``, ``months`` and ``year``, for summaries."""
    findings: tuple[Finding, ...] = ()
    outputs: tuple[Output, ...] = ()
    shipped: tuple[tuple[str, bytes], ...] = ()
    """Outputs that whoever asked must write, as path and bytes: where the worker does not see the output folder."""


def failure(code: str, **values: str) -> Outcome:
    """A failed input; ``code`` and ``values`` as in :mod:`wpparse.messages`."""
    return Outcome(code, {language: render(code, language, values) for language in ("zh", "en")})


def failure_of(error: WpparseError) -> Outcome:
    """An input that failed with ``error``."""
    return Outcome(error.code, {language: error.render(language) for language in ("zh", "en")})
