"""The work on one input, in whatever process it happens."""

from __future__ import annotations

import hashlib
import zlib
from collections import Counter
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import TYPE_CHECKING, Any

from wpparse.batch.origins import Origin
from wpparse.batch.outcome import Finding, Outcome, Output, failure, failure_of
from wpparse.batch.place import Place
from wpparse.errors import WpparseError

if TYPE_CHECKING:
    from wpparse.model import Selection, WorkPlan
    from wpparse.writers import Headers

FINDINGS_KEPT = 200
"""Diagnostics of one input that the manifest holds; the JSON holds all."""


@dataclass(frozen=True, slots=True)
class Order:
    """How plans are made and written; the same for every input of a run."""

    source: Selection | None = None
    headers: Headers = "zh"
    grammar: tuple[str, ...] = ()
    password: str | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """One input to work on."""

    number: int
    name: str
    origin: Origin
    output: str
    """The output folder, or its URL."""
    targets: tuple[tuple[str, str], ...]
    """Format and path of each output, relative to ``output``."""
    order: Order
    known: tuple[tuple[str, str], ...] = ()
    """Path and SHA-256 of what earlier runs wrote: only such files, and equal ones, are replaced.

    :data:`~wpparse.batch.place.ANY` stands for whatever a run that was cut short may have left.
    """
    data: bytes | None = field(default=None, repr=False)
    """The input's bytes, where the worker cannot read them itself."""
    ship: bool = False
    """True where the outputs are handed back instead of written."""

    def with_data(self, data: bytes) -> Job:
        """The same job with the input's bytes."""
        return replace(self, data=data)


def work(job: Job) -> Outcome:
    """Read, parse, write. Never raises: whatever goes wrong is in the outcome."""
    started = perf_counter()
    try:
        outcome = _work(job)
    except WpparseError as error:
        outcome = failure_of(error)
    except MemoryError:
        outcome = failure("batch-memory")
    except BaseException as error:  # a reader that calls sys.exit must not take the worker along
        outcome = failure("batch-error", kind=type(error).__name__, detail=str(error))
    return replace(outcome, seconds=perf_counter() - started)


def _work(job: Job) -> Outcome:
    from wpparse.grammar import load_grammar
    from wpparse.pipeline import parse
    from wpparse.readers.options import ReadOptions
    from wpparse.writers import render

    order = job.order
    data = job.data if job.data is not None else job.origin.read(order.password)
    plan = parse(
        data, name=job.name, grammar=load_grammar(*order.grammar), options=ReadOptions(password=order.password)
    )
    place = Place(job.output)
    outputs, shipped = [], []
    known = dict(job.known)
    for format, path in job.targets:
        content = (
            rows_of(plan, order)
            if format == ROWS
            else render(plan, format, headers=order.headers, selection=order.source)
        )
        output = Output(format, path, hashlib.sha256(content).hexdigest(), len(content))
        if job.ship:
            shipped.append((path, content))
        else:
            place.put(output, content, known.get(path))
        outputs.append(output)
    return Outcome(
        input=plan.source.sha256,
        tasks=len(plan.select(order.source or "auto").tasks),
        warnings=sum(finding.severity != "info" for finding in plan.diagnostics),
        counts=_counts(plan.select("auto")),
        findings=tuple(Finding(d.code, d.severity, d.message) for d in plan.diagnostics[:FINDINGS_KEPT]),
        outputs=tuple(outputs),
        shipped=tuple(shipped),
    )


ROWS = "rows"
"""A format of our own: the selected plan as compressed JSON, kept in the state folder for the ledger and the dataset."""


def rows_of(plan: WorkPlan, order: Order) -> bytes:
    """The selected plan in the format :data:`ROWS`."""
    return zlib.compress(plan.select(order.source or "auto").to_json().encode(), 1)


def _counts(plan: WorkPlan) -> dict[str, Any]:
    units: Counter[str] = Counter()
    months: Counter[str] = Counter()
    for task in plan.tasks:
        units.update({party.canonical or party.name for party in task.parties})
        months.update({deadline.due[:7] for deadline in task.deadlines if deadline.due})
    return {
        "status": plan.status,
        "title": plan.header.plan_title or plan.header.title,
        "year": plan.header.plan_year,
        "sections": len(plan.sections),
        "tables": len(plan.tables),
        "units": dict(sorted(units.items())),
        "months": dict(sorted(months.items())),
    }
