"""What a batch is asked to do."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wpparse.model import Selection
    from wpparse.writers import Headers

TIMEOUT = 120.0
MEMORY = 2048


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """The options of one run; see ``wpparse batch --help``."""

    formats: tuple[str, ...] = ("json",)
    source: Selection | None = None
    headers: Headers = "zh"
    grammar: tuple[str, ...] = ()
    password: str | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    merge: str | None = None
    """Path of one ledger of everything (``.xlsx`` or ``.csv``); a bare name lies in the output folder."""
    jobs: int | None = None
    """Workers; None is one a core."""
    timeout: float = TIMEOUT
    """Seconds an input may take."""
    memory: int = MEMORY
    """Megabytes of address space a worker may have; 0 is no limit. Has no effect on Windows and macOS."""
    fail_fast: bool = False
    scheduler: str | None = None
    """Address of a Dask scheduler; None works on this machine."""

    def workers(self) -> int:
        """The number of workers on this machine."""
        if self.jobs:
            return self.jobs
        if hasattr(os, "sched_getaffinity"):
            return len(os.sched_getaffinity(0))
        return os.cpu_count() or 1

    def to_json(self) -> str:
        """Everything but the password, which is written nowhere."""
        return json.dumps({key: value for key, value in asdict(self).items() if key != "password"}, ensure_ascii=False)

    @staticmethod
    def from_json(text: str) -> BatchOptions:
        """What :meth:`to_json` wrote down; keys of other versions are left out."""
        known = {field.name for field in fields(BatchOptions)}
        values: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value
            for key, value in json.loads(text).items()
            if key in known
        }
        return BatchOptions(**values)

    def digest(self, version: str, grammar: str) -> str:
        """Changes when the same input may give other outputs."""
        deciding = [version, grammar, self.source, self.headers]
        return hashlib.sha256(json.dumps(deciding).encode()).hexdigest()
