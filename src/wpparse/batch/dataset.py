"""One table of the tasks of all inputs for researchers: Parquet, partitioned by the plan's year (Hive style)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wpparse.batch.manifest import Row
from wpparse.errors import MissingExtra
from wpparse.model import Task, WorkPlan

if TYPE_CHECKING:
    from wpparse.batch.place import Place
    from wpparse.batch.wholes import Wholes

DATASET = "dataset"
ROWS_A_GROUP = 20_000
ROWS_A_FILE = 1_000_000
NO_YEAR = "__HIVE_DEFAULT_PARTITION__"
"""How Hive, Spark, DuckDB and Arrow spell a partition whose value is null."""
_PARTY = ("name", "role", "collective", "canonical", "source")
_DEADLINE = ("text", "kind", "start", "due", "every", "times", "amount", "unit", "after", "source")


def write_dataset(plans: Iterable[tuple[Row, WorkPlan]], place: Place, wholes: Wholes) -> None:
    """Write ``dataset/year=2024/part-00000.parquet`` and so on. Raises :class:`MissingExtra` without pyarrow."""
    years: dict[str, _Year] = {}
    for row, plan in plans:
        year = str(plan.header.plan_year or NO_YEAR)
        if year not in years:
            years[year] = _Year(year, place, wholes)
        years[year].add(_records(row, plan))
    written: set[str] = set()
    for part in years.values():
        written |= part.close()
    wholes.keep_only(DATASET, written)


class _Year:
    """The parts of one year, written a group of rows at a time."""

    def __init__(self, year: str, place: Place, wholes: Wholes) -> None:
        self._folder, self._place, self._wholes = f"{DATASET}/year={year}", place, wholes
        self._temporary = place.state / "tmp" / f"year={year}.part"
        self._buffer: list[dict[str, Any]] = []
        self._writer: Any = None
        self._rows = 0
        self._written: set[str] = set()

    def add(self, records: list[dict[str, Any]]) -> None:
        self._buffer += records
        if len(self._buffer) >= ROWS_A_GROUP:
            self._flush()
        if self._rows >= ROWS_A_FILE:
            self._finish()

    def close(self) -> set[str]:
        self._flush()
        self._finish()
        return self._written

    def _flush(self) -> None:
        if not self._buffer:
            return
        pa = _pyarrow()
        from pyarrow import parquet

        schema = _schema(pa)
        if self._writer is None:
            self._writer = parquet.ParquetWriter(self._temporary, schema, compression="zstd")
        self._writer.write_table(pa.Table.from_pylist(self._buffer, schema=schema))
        self._rows += len(self._buffer)
        self._buffer = []

    def _finish(self) -> None:
        if self._writer is None:
            return
        self._writer.close()
        self._writer, self._rows = None, 0
        path = f"{self._folder}/part-{len(self._written):05}.parquet"
        self._wholes.put(path, Path(self._temporary).read_bytes())
        self._temporary.unlink()
        self._written.add(path)


def _pyarrow() -> Any:
    try:
        import pyarrow
    except ImportError as error:
        raise MissingExtra(extra="parquet") from error
    return pyarrow


def _schema(pa: Any) -> Any:
    text, texts = pa.string(), pa.list_(pa.string())
    party = pa.struct([(key, pa.bool_() if key == "collective" else text) for key in _PARTY])
    kinds = {"start": pa.date32(), "due": pa.date32(), "times": pa.int32(), "amount": pa.int32()}
    deadline = pa.struct([(key, kinds.get(key, text)) for key in _DEADLINE])
    return pa.schema(
        [
            ("file", text),
            ("sha256", text),
            ("title", text),
            ("document_number", text),
            ("issuer", text),
            ("issue_date", pa.date32()),
            ("number", pa.int32()),
            ("origin", text),
            ("section", text),
            ("label", text),
            ("path", texts),
            ("task_title", text),
            ("text", text),
            ("parties_text", text),
            ("open_ended", pa.bool_()),
            ("parties", pa.list_(party)),
            ("deadlines", pa.list_(deadline)),
        ]
    )


def _records(row: Row, plan: WorkPlan) -> list[dict[str, Any]]:
    header = plan.header
    shared = {
        "file": row.key,
        "sha256": plan.source.sha256,
        "title": header.plan_title or header.title,
        "document_number": header.document_number,
        "issuer": header.issuer,
        "issue_date": _date(header.issue_date),
    }
    return [{**shared, **_record(task)} for task in plan.tasks]


def _record(task: Task) -> dict[str, Any]:
    return {
        "number": task.number,
        "origin": task.origin,
        "section": task.section,
        "label": task.label,
        "path": list(task.path),
        "task_title": task.title,
        "text": task.text,
        "parties_text": task.parties_text,
        "open_ended": task.open_ended,
        "parties": [{key: getattr(party, key) for key in _PARTY} for party in task.parties],
        "deadlines": [
            {**{key: getattr(item, key) for key in _DEADLINE}, "start": _date(item.start), "due": _date(item.due)}
            for item in task.deadlines
        ],
    }


def _date(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None
