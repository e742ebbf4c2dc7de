"""WorkPlan → files. One module a format; this one chooses.

``render`` gives the bytes of one output, ``write`` puts them into a file, whole or not at all. Nothing heavy is
imported before a format asks for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from wpparse.writers.atomic import write_all, write_bytes

if TYPE_CHECKING:
    from pandas import DataFrame
    from rich.console import Console

    from wpparse.blocks import Document
    from wpparse.model import Selection, WorkPlan

Headers = Literal["zh", "en"]

FORMATS: Mapping[str, tuple[str, ...]] = {
    "json": (".json",),
    "csv": (".csv",),
    "xlsx": (".xlsx",),
    "docx": (".docx",),
    "md": (".md", ".markdown"),
    "html": (".html", ".htm"),
    "ics": (".ics",),
    "parquet": (".parquet",),
}
"""Name of each output format and the file suffixes that stand for it."""

_MODULES = {
    "json": "json",
    "csv": "csv",
    "xlsx": "xlsx.workbook",
    "docx": "docx.annex",
    "md": "markdown",
    "html": "html",
    "ics": "ics",
    "parquet": "parquet",
}

__all__ = [
    "FORMATS",
    "Headers",
    "format_of",
    "grids",
    "load_members",
    "load_plan",
    "merge_plans",
    "render",
    "show",
    "split_plan",
    "to_frame",
    "write",
    "write_all",
    "write_bytes",
    "write_split",
]


def format_of(path: str | Path) -> str | None:
    """The output format that the suffix of ``path`` stands for, None where it stands for none."""
    suffix = Path(path).suffix.lower()
    return next((name for name, suffixes in FORMATS.items() if suffix in suffixes), None)


def render(plan: WorkPlan, format: str, *, headers: Headers = "zh", selection: Selection | None = None) -> bytes:
    """The bytes of ``plan`` in ``format`` (a key of :data:`FORMATS`); the same plan always gives the same bytes.

    ``selection`` says which tasks: by default all of them in JSON, else the table's where there is one (``auto``).
    ``headers`` is the language of headings, sheet names and notes. Raises :class:`wpparse.errors.UsageError` for an
    unknown format and :class:`wpparse.errors.MissingExtra` where an optional package is needed.
    """
    from wpparse.errors import UsageError
    from wpparse.writers.doubts import selected

    if format not in _MODULES:
        raise UsageError("output-format", name=format, known=" ".join(FORMATS))
    chosen = plan.select(selection or "all") if format == "json" else selected(plan, selection or "auto")
    module = import_module(f"wpparse.writers.{_MODULES[format]}")
    result: bytes = module.render(chosen, headers)
    return result


def write(
    plan: WorkPlan,
    path: str | Path,
    *,
    format: str | None = None,
    headers: Headers = "zh",
    selection: Selection | None = None,
) -> None:
    """Write ``plan`` to ``path``, whole or not at all; the suffix decides the format unless one is given.

    Raises what :func:`render` raises, and :class:`wpparse.errors.OutputError` where the file cannot be written.
    """
    from wpparse.errors import UsageError

    chosen = format or format_of(path)
    if chosen is None:
        raise UsageError("output-format", name=Path(path).name, known=" ".join(FORMATS))
    write_bytes(path, render(plan, chosen, headers=headers, selection=selection))


def load_plan(path: str | Path) -> WorkPlan:
    """The plan in a JSON file that ``render(plan, "json")`` gave, possibly corrected by hand.

    Raises :class:`wpparse.errors.UnreadableFile`, naming the first field that is wrong.
    """
    from wpparse.writers.load import load_plan

    return load_plan(path)


def merge_plans(
    plans: Sequence[WorkPlan], format: str = "xlsx", *, headers: Headers = "zh", selection: Selection | None = None
) -> bytes:
    """One ledger (台账) of several circulars, each row with its circular's name and number; ``xlsx`` or ``csv``."""
    from wpparse.writers.merge import merge_plans

    return merge_plans(plans, format, headers=headers, selection=selection or "auto")


def split_plan(
    plan: WorkPlan, members: Mapping[str, Sequence[str]] | None = None, *, selection: Selection | None = None
) -> dict[str, WorkPlan]:
    """The plan of each unit: its tasks only, in order of first mention.

    ``members`` says who stands behind a collective name (``{"各镇街": ["石桥镇", …]}``); without an entry the
    collective name is treated as a unit.
    """
    from wpparse.writers.split import split_plan

    return split_plan(plan, members or {}, selection=selection or "auto")


def write_split(
    plan: WorkPlan,
    directory: str | Path,
    members: Mapping[str, Sequence[str]] | None = None,
    *,
    headers: Headers = "zh",
    selection: Selection | None = None,
) -> list[Path]:
    """One workbook a unit and an index in ``directory`` (made where missing); the paths written, the index first."""
    from wpparse.writers.split import write_split

    return write_split(plan, directory, members or {}, headers=headers, selection=selection or "auto")


def load_members(path: str | Path) -> dict[str, tuple[str, ...]]:
    """The member lists of collective names from a TOML file (``各镇街 = ["石桥镇", "柳河街道"]``)."""
    from wpparse.writers.split import load_members

    return load_members(path)


def grids(document: Document) -> str:
    """The JSON of every table that the reader saw, with the text in each grid position (contract, section 1)."""
    from wpparse.writers.grids import grids

    return grids(document)


def to_frame(plan: WorkPlan, selection: Selection = "auto", headers: Headers = "zh") -> DataFrame:
    """One row a task, with the columns of the CSV output, as a data frame of pandas."""
    import pandas

    from wpparse.writers.columns import flat_rows

    names, rows = flat_rows(plan.select(selection), headers)
    return pandas.DataFrame(rows, columns=names)


def show(plan: WorkPlan, console: Console, *, headers: Headers = "zh", selection: Selection | None = None) -> None:
    """Print the task table for reading on a terminal."""
    from wpparse.writers.doubts import selected
    from wpparse.writers.screen import show

    show(selected(plan, selection or "auto"), console, headers)
