"""What comes back from the work on one input."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


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
    """Done where ``code`` is None, else failed, ``code`` and ``values`` saying why (see :mod:`wpparse.messages`)."""

    code: str | None = None
    values: dict[str, str] = field(default_factory=dict)
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
