"""What is written about all inputs together: the ledger, the dataset, the summary."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path

from wpparse.batch.manifest import Manifest, Row
from wpparse.batch.options import BatchOptions
from wpparse.batch.place import Place
from wpparse.batch.wholes import Wholes
from wpparse.batch.work import ROWS
from wpparse.model import WorkPlan

SUMMARY = "summary.html"


def close_run(manifest: Manifest, place: Place, options: BatchOptions) -> None:
    """Write the ledger and the dataset where they are wanted, and the summary."""
    wholes = Wholes(manifest, place)
    if options.merge:
        _ledger(manifest, place, options, wholes)
    if "parquet" in options.formats:
        from wpparse.batch.dataset import write_dataset

        write_dataset(_plans(manifest, place), place, wholes)
    from wpparse.batch.summary import summary_page

    wholes.put(SUMMARY, summary_page(manifest, options.headers).encode("utf-8", "backslashreplace"))


def _plans(manifest: Manifest, place: Place) -> Iterator[tuple[Row, WorkPlan]]:
    """The plan of each input that is done, in order."""
    for row in manifest.rows("done"):
        kept = next((output for output in manifest.outputs(row.id) if output.format == ROWS), None)
        data = place.fetch(kept.path) if kept is not None else None
        if data is not None:
            yield row, WorkPlan.from_json(zlib.decompress(data))


def _ledger(manifest: Manifest, place: Place, options: BatchOptions, wholes: Wholes) -> None:
    from wpparse.writers import format_of, merge_plans, write_bytes

    name = options.merge or ""
    plans = [plan for _, plan in _plans(manifest, place)]
    content = merge_plans(plans, format_of(name) or name, headers=options.headers, selection=options.source)
    if Path(name).name == name:
        wholes.put(name, content)
    else:
        write_bytes(name, content)
