"""What is written about all inputs together: the ledger, the dataset, the summary."""

from __future__ import annotations

import contextlib
import hashlib
import zlib
from collections.abc import Iterator
from pathlib import Path

from wpparse.batch.manifest import Manifest, Row
from wpparse.batch.options import BatchOptions
from wpparse.batch.outcome import Output
from wpparse.batch.place import ANY, Place
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


class Wholes:
    """Files about all inputs together, each replaced by every run and noted in the manifest."""

    def __init__(self, manifest: Manifest, place: Place) -> None:
        self._manifest, self._place = manifest, place

    def put(self, path: str, content: bytes) -> None:
        """Write one; raises :class:`wpparse.errors.OutputError`."""
        sha256 = hashlib.sha256(content).hexdigest()
        self._place.put(Output("-", path, sha256, len(content)), content, ANY)
        self._manifest.set_whole(path, sha256)

    def keep_only(self, folder: str, paths: set[str]) -> None:
        """Remove from a folder what earlier runs wrote there and this one did not."""
        for path in self._manifest.wholes():
            if path.startswith(f"{folder}/") and path not in paths:
                if self._place.url is None:
                    with contextlib.suppress(OSError):
                        Path(self._place.name, path).unlink()
                else:
                    from wpparse.batch.remote import remove

                    remove(f"{self._place.url}/{path}")
                self._manifest.set_whole(path, None)


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
