"""What is known of the systems that web sites are built with; the data lies in ``sites.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Sites:
    """Names in lower case."""

    content: tuple[str, ...]
    """Containers of the text, the surest first: ``#id``, ``.class`` or ``tag``."""
    marks: tuple[tuple[str, str], ...]
    """Comments between which the text stands."""
    titles: tuple[str, ...]
    """Metas with the title."""
    around: frozenset[str]
    """Words of classes and ids that stand around the text."""
    files: tuple[str, ...]
    """How the names of files end that a page may offer."""


@cache
def sites() -> Sites:
    """The data, read when the first page needs it."""
    data = tomllib.loads((Path(__file__).parent / "sites.toml").read_text(encoding="utf-8"))
    return Sites(
        tuple(name.lower() for name in data["content"]),
        tuple((start.lower(), end.lower()) for start, end in data["marks"]),
        tuple(name.lower() for name in data["titles"]),
        frozenset(data["around"]),
        tuple(data["files"]),
    )
