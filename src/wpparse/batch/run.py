"""One run of a batch: walk, skip what is done, work on the rest, write down what came of it."""

from __future__ import annotations

import hashlib
import sqlite3
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Protocol

from wpparse.batch.closing import SUMMARY, close_run
from wpparse.batch.dataset import DATASET
from wpparse.batch.engine import get_ready
from wpparse.batch.inputs import Walk
from wpparse.batch.manifest import Manifest, Row
from wpparse.batch.names import key_of
from wpparse.batch.options import BatchOptions
from wpparse.batch.outcome import Outcome, failure_of
from wpparse.batch.place import ANY, STATE, Place
from wpparse.batch.work import ROWS, Job, Order
from wpparse.errors import OutputError, UsageError, WpparseError
from wpparse.version import __version__
from wpparse.writers import FORMATS

if TYPE_CHECKING:
    from wpparse.batch.engine import Engine

GRACE = 1.0
"""Seconds that work under way may still take after a stop was asked for."""
FAILURES_KEPT = 1000
_AT_A_TIME = 1000


class Listener(Protocol):
    """Hears how a run goes."""

    def found(self, number: int) -> None:
        """So many inputs have been met."""

    def planned(self, row: Row, paths: Sequence[str]) -> None:
        """In a dry run: this input would give these files."""

    def began(self, total: int) -> None:
        """The walk is over; so many inputs are to be looked at."""

    def skipped(self, row: Row) -> None:
        """This input is done and has not changed."""

    def finished(self, key: str, outcome: Outcome) -> None:
        """This input was worked on, or could not even be opened."""

    def closing(self) -> None:
        """The ledger, the dataset and the summary are being written."""


@dataclass(slots=True)
class BatchResult:
    """What came of a run."""

    output: str
    total: int = 0
    done: int = 0
    skipped: int = 0
    failed: int = 0
    left_out: int = 0
    """Files that were met and are no circulars."""
    tasks: int = 0
    warnings: int = 0
    doubtful: int = 0
    """How many plans are doubtful or partial."""
    seconds: float = 0.0
    stopped: bool = False
    """True where the run was stopped, or gave up at the first failure."""
    failures: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    """Key, code and reason (by language, ``zh`` and ``en``) of the first failures; all are in the manifest."""


def run_batch(
    inputs: Sequence[str],
    output: str,
    options: BatchOptions,
    listener: Listener,
    *,
    stop: threading.Event | None = None,
    retry_failed: bool = False,
    engine: Engine | None = None,
) -> BatchResult:
    """Convert everything below ``inputs`` into the folder ``output`` (a path or a URL).

    ``stop``, once set, ends the run within a second or two; what was under way is done again next time.
    ``retry_failed`` takes the inputs from the manifest instead of walking. Raises
    :class:`wpparse.errors.WpparseError` where the run as a whole cannot go on, never for one input.
    """
    started = time.monotonic()
    if engine is None and options.scheduler is None:
        get_ready()
    run = _Run(inputs, output, options, listener, stop or threading.Event())
    run.place.prepare()
    with run.place.locked():
        manifest = Manifest(run.place.manifest)
        try:
            run.perform(manifest, retry_failed, engine)
        except sqlite3.Error as error:
            raise OutputError("batch-manifest", name=run.place.manifest, detail=error) from error
        finally:
            manifest.close()
    run.result.seconds = time.monotonic() - started
    return run.result


def rehearse(inputs: Sequence[str], output: str, options: BatchOptions, listener: Listener) -> BatchResult:
    """Meet every input and say what would be done; nothing is written."""
    run = _Run(inputs, output, options, listener, threading.Event())
    manifest = Manifest.in_memory(run.place.manifest)
    run.rehearse(manifest)
    manifest.close()
    return run.result


class _Run:
    """The state of one run."""

    def __init__(
        self, inputs: Sequence[str], output: str, options: BatchOptions, listener: Listener, stop: threading.Event
    ) -> None:
        from wpparse.grammar import load_grammar

        self.inputs, self.options, self.listener, self.stop = list(inputs), options, listener, stop
        self.place = Place(output)
        self.result = BatchResult(output)
        self.grammar = load_grammar(*options.grammar).digest
        self.digest = options.digest(__version__, self.grammar)
        self.order = Order(options.source, options.headers, options.grammar, options.password)
        self.formats = tuple(format for format in options.formats if format != "parquet")
        if options.merge or "parquet" in options.formats:
            self.formats += (ROWS,)
        self.waiting: dict[int, Row] = {}
        """What is under way."""
        self._refuse_own_input()

    def _refuse_own_input(self) -> None:
        if self.place.url is None and Path(self.place.name).exists():
            for name in self.inputs:
                if name != "-" and Path(name).is_dir() and Path(name).samefile(self.place.name):
                    raise UsageError("batch-output-is-input", name=name)

    def rehearse(self, manifest: Manifest) -> None:
        """The walk, and what would be done."""
        self._walk(manifest)
        for row in manifest.to_do():
            if self._is_done(manifest, row):
                self.result.skipped += 1
                self.listener.skipped(row)
            else:
                self.listener.planned(row, [path for format, path in self._targets(row) if format != ROWS])

    def perform(self, manifest: Manifest, retry_failed: bool, engine: Engine | None) -> None:
        """The run itself; the lock is held."""
        if retry_failed:
            self.result.total = sum(1 for _ in manifest.to_do(failed_only=True))
            self.listener.began(self.result.total)
        else:
            self._walk(manifest)
        if not self.stop.is_set():
            self._work(manifest, retry_failed, engine)
        if self.stop.is_set() or (self.options.fail_fast and self.result.failed):
            self.result.stopped = True
            return
        self.listener.closing()
        manifest.end()
        close_run(manifest, self.place, self.options)

    def _walk(self, manifest: Manifest) -> None:
        manifest.begin(self.options.to_json(), __version__, self.grammar)
        walk = Walk(
            self.inputs, self.options.include, self.options.exclude, None if self.place.url else Path(self.place.name)
        )
        met = iter(walk)
        while batch := list(islice(met, _AT_A_TIME)):
            manifest.see(batch)
            self.result.total += len(batch)
            for item in batch:
                if item.problem is not None:
                    self._note(item.key, failure_of(item.problem))
            self.listener.found(self.result.total)
            if self.stop.is_set():
                return
        self.result.left_out = walk.left_out
        manifest.name_outputs(self._reserved())
        self.listener.began(self.result.total)

    def _reserved(self) -> list[str]:
        reserved = [PurePosixPath(SUMMARY).stem, DATASET, STATE]
        if self.options.merge:
            reserved.append(PurePosixPath(self.options.merge).stem)
        return reserved

    def _work(self, manifest: Manifest, retry_failed: bool, given: Engine | None) -> None:
        rows = manifest.to_do(failed_only=retry_failed)
        engine = given
        try:
            more = True
            while (more or self.waiting) and not self._gives_up():
                while more and not self._gives_up() and (engine is None or len(self.waiting) < engine.capacity):
                    row = next(rows, None)
                    more = row is not None
                    if row is not None and not self._skip(manifest, row):
                        engine = engine or self._engine()
                        self._start(manifest, row, engine)
                if engine is not None and self.waiting:
                    self._take(manifest, engine, 0.2)
            end = time.monotonic() + GRACE
            while engine is not None and self.waiting and time.monotonic() < end:
                self._take(manifest, engine, 0.1)
            for number in self.waiting:
                manifest.put_back(number)
        finally:
            if engine is not None and engine is not given:
                engine.close(at_once=bool(self.waiting))

    def _gives_up(self) -> bool:
        return self.stop.is_set() or (self.options.fail_fast and self.result.failed > 0)

    def _skip(self, manifest: Manifest, row: Row) -> bool:
        if not self._is_done(manifest, row):
            return False
        self.result.skipped += 1
        self.listener.skipped(row)
        return True

    def _is_done(self, manifest: Manifest, row: Row) -> bool:
        """True where nothing would change: same input, same options, and every output there."""
        if row.status != "done" or row.options != self.digest:
            return False
        written = manifest.outputs(row.id)
        if not {output.format for output in written}.issuperset(self.formats):
            return False
        if not all(self.place.has(output.path) for output in written):
            return False
        try:
            return row.origin.stamp() == row.input
        except (WpparseError, OSError):
            return False

    def _start(self, manifest: Manifest, row: Row, engine: Engine) -> None:
        written = manifest.outputs(row.id)
        targets = self._targets(row, *(output.format for output in written))
        interrupted = row.status == "running"
        job = Job(
            number=row.id,
            name=_name(row),
            origin=row.origin,
            output=self.place.name,
            targets=tuple(targets),
            order=self.order,
            known=tuple((path, ANY) for _, path in targets)
            if interrupted
            else tuple((o.path, o.sha256) for o in written),
            ship=engine.ships and self.place.url is None,
        )
        manifest.start(row)
        self.waiting[row.id] = row
        if engine.ships and row.origin.url is None:
            try:
                data = row.origin.read(self.options.password)
            except WpparseError as error:
                self._record(manifest, job, failure_of(error))
                return
            job = job.with_data(data)
        engine.submit(job)

    def _targets(self, row: Row, *further: str) -> list[tuple[str, str]]:
        """Format and path of each output: those asked for, and those of earlier runs that would be stale."""
        return [(format, output_path(row, format)) for format in dict.fromkeys((*self.formats, *further))]

    def _engine(self) -> Engine:
        if self.options.scheduler is not None:
            from wpparse.batch.cluster import ClusterEngine

            return ClusterEngine(self.options.scheduler, self.options.timeout, self.options.memory)
        from wpparse.batch.engine import LocalEngine

        return LocalEngine(self.options.workers(), self.options.timeout, self.options.memory)

    def _take(self, manifest: Manifest, engine: Engine, seconds: float) -> None:
        finished = engine.next(seconds)
        while finished is not None:
            self._record(manifest, *finished)
            finished = engine.next(0)

    def _record(self, manifest: Manifest, job: Job, outcome: Outcome) -> None:
        row = self.waiting.pop(job.number)
        if outcome.shipped:
            outcome = self._unpack(job, outcome)
        try:
            self.place.settle(outcome.outputs)
        except WpparseError as error:
            outcome = replace(failure_of(error), seconds=outcome.seconds)
        stamp = outcome.input if row.origin.url is None or outcome.code else row.origin.stamp()
        manifest.finish(row.id, outcome, stamp, self.digest)
        self._note(row.key, outcome)

    def _unpack(self, job: Job, outcome: Outcome) -> Outcome:
        """Write what a worker handed back."""
        known = dict(job.known)
        contents = dict(outcome.shipped)
        try:
            for output in outcome.outputs:
                self.place.put(output, contents[output.path], known.get(output.path))
        except WpparseError as error:
            return replace(failure_of(error), seconds=outcome.seconds)
        return outcome

    def _note(self, key: str, outcome: Outcome) -> None:
        if outcome.code is None:
            self.result.done += 1
            self.result.tasks += outcome.tasks or 0
            self.result.warnings += outcome.warnings or 0
            self.result.doubtful += outcome.counts.get("status", "complete") != "complete"
        else:
            self.result.failed += 1
            if len(self.result.failures) < FAILURES_KEPT:
                self.result.failures.append((key, outcome.code, outcome.message))
        self.listener.finished(key, outcome)


def output_path(row: Row, format: str) -> str:
    """Where an output of a row stands, relative to the output folder."""
    if format == ROWS:
        name = hashlib.sha256(row.key.encode()).hexdigest()
        return f"{STATE}/rows/{name[:2]}/{name[2:18]}.z"
    return row.base + FORMATS[format][0]


def _name(row: Row) -> str:
    """The name that a plan gives as its source's."""
    if row.origin.path is not None and row.origin.member is None:
        return key_of([Path(row.origin.path).name])
    return PurePosixPath(row.key).name


def check_formats(formats: Sequence[str], merge: str | None) -> None:
    """Raises :class:`UsageError` for a format that nobody writes."""
    for format in formats:
        if format not in FORMATS:
            raise UsageError("output-format", name=format, known=" ".join(FORMATS))
    if merge is not None and PurePosixPath(merge).suffix.lower() not in (".xlsx", ".csv"):
        raise UsageError("batch-merge-format", name=merge)
