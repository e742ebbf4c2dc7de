"""The work on a Dask cluster: an existing scheduler, its workers wherever they are."""

from __future__ import annotations

import multiprocessing
import threading
from queue import Empty, SimpleQueue
from typing import Any

from wpparse.batch.engine import BROKEN, new_pool, outcome_of
from wpparse.batch.outcome import Outcome, failure
from wpparse.batch.work import Job, work
from wpparse.errors import MissingExtra, OutputError

RETRIES = 3
"""How often an input is tried again whose Dask worker was lost."""
_CONNECT_SECONDS = 20


class ClusterEngine:
    """Sends each input to a Dask worker, which works on it in a killable process of its own, as on one machine.

    Inputs that are files of this machine travel with the job, outputs for a folder of this machine travel back: workers
    need no shared disk. What lies at URLs the workers read and write themselves.
    """

    ships = True

    def __init__(self, scheduler: str, seconds: float, megabytes: int) -> None:
        """Connect. Raises :class:`MissingExtra`, and :class:`OutputError` where no scheduler answers."""
        try:
            from distributed import Client
        except ImportError as error:
            raise MissingExtra(extra="cluster") from error
        try:
            connect: Any = Client  # distributed has no types
            self._client = connect(scheduler, timeout=_CONNECT_SECONDS, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            raise OutputError("batch-scheduler", name=scheduler, detail=error) from error
        self._limits = (seconds, megabytes)
        self._done: SimpleQueue[tuple[Job, Any]] = SimpleQueue()
        self._under_way: dict[int, Any] = {}

    @property
    def capacity(self) -> int:
        """Two jobs for each thread of the cluster as it is now, so that none waits for its next."""
        return max(2, 2 * sum(int(threads) for threads in self._client.nthreads().values()))

    def submit(self, job: Job) -> None:
        """Send a job."""
        future = self._client.submit(work_apart, job, *self._limits, pure=False, retries=RETRIES)
        self._under_way[job.number] = future
        future.add_done_callback(lambda done: self._done.put((job, done)))

    def next(self, seconds: float) -> tuple[Job, Outcome] | None:
        """A finished job."""
        try:
            job, future = self._done.get(timeout=seconds) if seconds > 0 else self._done.get_nowait()
        except Empty:
            return None
        self._under_way.pop(job.number, None)
        try:
            outcome: Outcome = future.result()
        except Exception as error:  # KilledWorker and its like: the input outlived its tries
            outcome = failure("batch-crash", detail=f"{type(error).__name__}: {error}")
        future.release()
        return job, outcome

    def close(self, *, at_once: bool = False) -> None:
        """Leave the cluster; ``at_once`` takes back what is under way."""
        if at_once:
            self._client.cancel(list(self._under_way.values()), force=True)
        self._client.close(timeout=2)


_guard = threading.Lock()
_pools: dict[int, Any] = {}
"""The pools of this Dask worker by their limit of memory: one, unless several batches share the cluster."""


def work_apart(job: Job, seconds: float, megabytes: int) -> Outcome:
    """In a Dask worker: the job in a process of its own that can be killed.

    Raises :class:`RuntimeError` where the pool itself broke: Dask then tries again.
    """
    try:
        future = _pool(megabytes).schedule(work, args=(job,), timeout=seconds)
        return outcome_of(future, seconds)
    except BROKEN as error:
        with _guard:
            _pools.pop(megabytes, None)
        raise RuntimeError("the pool of a worker broke") from error


def _pool(megabytes: int) -> Any:
    from distributed import get_worker

    with _guard:
        if megabytes not in _pools:
            # Dask's nanny starts its workers as daemons, which Python forbids to have children; these end with their
            # parent by themselves.
            multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]  # not in typeshed
            _pools[megabytes] = new_pool(get_worker().state.nthreads, megabytes)
        return _pools[megabytes]
