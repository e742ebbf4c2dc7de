"""The table for researchers: the flat columns, and units and deadlines as nested lists."""

from __future__ import annotations

import io
from datetime import date
from typing import Any, Literal

from wpparse.errors import MissingExtra
from wpparse.model import WorkPlan
from wpparse.writers.columns import flat_rows

_PARTY = ("name", "role", "collective", "canonical", "source")
_DEADLINE = ("text", "kind", "start", "due", "every", "times", "amount", "unit", "after", "source")


def render(plan: WorkPlan, headers: Literal["zh", "en"]) -> bytes:
    """The columns of the CSV, then ``parties_list`` and ``deadlines_list`` (structs with the contract's keys, dates as
    dates). The header's parts stand in the file's metadata. Raises :class:`MissingExtra` without pyarrow.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as parquet
        from pydantic_core import to_json
    except ImportError as error:
        raise MissingExtra(extra="parquet") from error

    names, rows = flat_rows(plan, headers)
    columns: dict[str, Any] = {
        name: pa.array([row[index] for row in rows], pa.int32() if index == 0 else pa.string())
        for index, name in enumerate(names)
    }
    party = pa.struct([(key, pa.bool_() if key == "collective" else pa.string()) for key in _PARTY])
    columns["parties_list"] = pa.array(
        [[{key: getattr(item, key) for key in _PARTY} for item in task.parties] for task in plan.tasks], pa.list_(party)
    )
    kinds = {"start": pa.date32(), "due": pa.date32(), "times": pa.int32(), "amount": pa.int32()}
    deadline = pa.struct([(key, kinds.get(key, pa.string())) for key in _DEADLINE])
    columns["deadlines_list"] = pa.array(
        [
            [{key: _typed(key, getattr(item, key)) for key in _DEADLINE} for item in task.deadlines]
            for task in plan.tasks
        ],
        pa.list_(deadline),
    )
    metadata = {"wpparse.header": to_json(plan.header), "wpparse.source": to_json(plan.source)}
    stream = io.BytesIO()
    parquet.write_table(pa.table(columns).replace_schema_metadata(metadata), stream, compression="zstd")
    return stream.getvalue()


def _typed(key: str, value: object) -> object:
    return date.fromisoformat(value) if key in ("start", "due") and isinstance(value, str) else value
