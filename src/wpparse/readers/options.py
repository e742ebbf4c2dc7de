"""What a caller can tell a reader, whatever the format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a caller can tell a reader."""

    password: str | None = None
    on_page: Callable[[int, int], None] | None = None
    """Called with the page done (1-based) and the number of pages, where reading takes long."""
