"""The batch for programs."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from wpparse.batch.manifest import Row
from wpparse.batch.options import MEMORY, TIMEOUT, BatchOptions
from wpparse.batch.outcome import Outcome
from wpparse.batch.run import BatchResult, Listener, check_formats, run_batch

if TYPE_CHECKING:
    from wpparse.model import Selection
    from wpparse.writers import Headers


class Silence:
    """A listener that does nothing; the base of those that do something."""

    def found(self, number: int) -> None:
        """Nothing."""

    def planned(self, row: Row, paths: Sequence[str]) -> None:
        """Nothing."""

    def began(self, total: int) -> None:
        """Nothing."""

    def skipped(self, row: Row) -> None:
        """Nothing."""

    def finished(self, key: str, outcome: Outcome) -> None:
        """Nothing."""

    def closing(self) -> None:
        """Nothing."""


def parse_folder(
    inputs: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    output: str | os.PathLike[str],
    *,
    formats: Iterable[str] = ("json",),
    source: Selection | None = None,
    headers: Headers = "zh",
    grammar: Iterable[str | os.PathLike[str]] = (),
    password: str | None = None,
    include: Iterable[str] = (),
    exclude: Iterable[str] = (),
    merge: str | None = None,
    jobs: int | None = None,
    timeout: float = TIMEOUT,
    memory: int = MEMORY,
    fail_fast: bool = False,
    scheduler: str | None = None,
    listener: Listener | None = None,
) -> BatchResult:
    """Convert folders, globs, archives or URLs into the folder (or URL) ``output``; what is done already is skipped.

    The arguments are the options of ``wpparse batch``: ``timeout`` in seconds and ``memory`` in megabytes for each input,
    ``jobs`` the number of worker processes (default: one a core), ``scheduler`` the address of a Dask scheduler instead.
    A file that fails costs only itself and is named in the result. As with all process pools, a script that calls this
    needs ``if __name__ == "__main__":``. Raises :class:`wpparse.errors.WpparseError` where the run as a whole cannot go
    on: the output folder is in use or cannot be written, a rule file is wrong.
    """
    names = [os.fspath(inputs)] if isinstance(inputs, str | os.PathLike) else [os.fspath(name) for name in inputs]
    options = BatchOptions(
        formats=tuple(formats),
        source=source,
        headers=headers,
        grammar=tuple(str(Path(directory).absolute()) for directory in grammar),
        password=password,
        include=tuple(include),
        exclude=tuple(exclude),
        merge=merge,
        jobs=jobs,
        timeout=timeout,
        memory=memory,
        fail_fast=fail_fast,
        scheduler=scheduler,
    )
    check_formats(options.formats, merge)
    return run_batch(names, os.fspath(output), options, listener or Silence())
