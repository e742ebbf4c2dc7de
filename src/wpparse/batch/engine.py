"""Who does the work: processes on this machine that can be killed, one input at a time each."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from queue import Empty, SimpleQueue
from typing import Any, Protocol

from wpparse.batch.outcome import Outcome, failure
from wpparse.batch.work import Job, work
from wpparse.errors import OutputError

ATTEMPTS = 2
"""How often an input is tried whose worker was killed from outside, or lost with the pool."""
_RENEWALS = 3
_RECYCLED_AFTER = 1000
"""Inputs after which a worker is replaced, so that no leak of a library grows."""


class Engine(Protocol):
    """Takes jobs and gives outcomes, in any order; every job comes back exactly once unless :meth:`close` cuts it short."""

    @property
    def capacity(self) -> int:
        """How many jobs to keep under way."""

    ships: bool
    """True where workers do not see this machine's files."""

    def submit(self, job: Job) -> None:
        """Start on a job."""

    def next(self, seconds: float) -> tuple[Job, Outcome] | None:
        """A finished job; None where none finishes within that time."""

    def close(self, *, at_once: bool = False) -> None:
        """End the workers; ``at_once`` kills them."""


@dataclass(slots=True)
class _Try:
    """A job under way: the how-manieth attempt, when it was submitted, and what will come of it."""

    job: Job
    attempt: int
    since: float
    future: Future[Outcome]


class LocalEngine:
    """A pool of processes (pebble), each input with a limit of time and memory."""

    ships = False

    def __init__(self, jobs: int, seconds: float, megabytes: int, task: Callable[[Job], Outcome] = work) -> None:
        self._jobs, self._seconds, self._megabytes, self._task = jobs, seconds, megabytes, task
        self._done: SimpleQueue[tuple[Job, Future[Outcome]]] = SimpleQueue()
        self._under_way: dict[int, _Try] = {}
        """By the job's number."""
        self._pool = new_pool(self._jobs, self._megabytes)
        self._renewals = 0

    @property
    def capacity(self) -> int:
        """Enough that no worker waits for its next job."""
        return 2 * self._jobs + 1

    def submit(self, job: Job) -> None:
        """Queue a job."""
        self._submit(job, 1)

    def next(self, seconds: float) -> tuple[Job, Outcome] | None:
        """A finished job; a worker that was lost is replaced, its job tried once more or given up."""
        end = time.monotonic() + seconds
        while True:
            try:
                job, future = self._done.get(timeout=max(0.0, end - time.monotonic()))
            except Empty:
                self._watch()
                return None
            known = self._under_way.get(job.number)
            if known is None or known.future is not future:
                continue  # of a pool that was given up
            outcome = self._outcome(known)
            if outcome is not None:
                if outcome is not _GIVEN_UP:
                    self._renewals = 0
                del self._under_way[job.number]
                return job, outcome

    def close(self, *, at_once: bool = False) -> None:
        """End the workers."""
        self._pool.stop()
        if at_once:
            kill_workers()
        self._pool.join()

    def _submit(self, job: Job, attempt: int) -> None:
        future: Future[Outcome]
        try:
            future = self._pool.schedule(self._task, args=(job,), timeout=self._seconds)
        except RuntimeError as error:  # its workers ended before it could take the job
            future = Future()
            future.set_exception(error)
        self._under_way[job.number] = _Try(job, attempt, time.monotonic(), future)
        future.add_done_callback(lambda done: self._done.put((job, done)))

    def _outcome(self, known: _Try) -> Outcome | None:
        """What came of a job; None where it was started again."""
        try:
            outcome = outcome_of(known.future, self._seconds)
        except BROKEN:
            self._renew()
            return None
        if outcome == _KILLED and known.attempt < ATTEMPTS:
            self._submit(known.job, known.attempt + 1)
            return None
        return outcome

    def _watch(self) -> None:
        """A worker that dies between taking a job and saying so loses it: give it up long after its time."""
        limit = 3 * self._seconds + 60
        if any(time.monotonic() - known.since > limit for known in self._under_way.values()):
            self._renew()

    def _renew(self) -> None:
        """A new pool; what was under way is tried once more, or given up.

        Raises :class:`OutputError` where one pool after the other ends without a result: no worker can start here.
        """
        self._renewals += 1
        if self._renewals > _RENEWALS:
            raise OutputError("batch-no-workers")
        self._pool.stop()
        kill_workers()
        self._pool = new_pool(self._jobs, self._megabytes)
        for known in list(self._under_way.values()):
            if known.attempt < ATTEMPTS:
                self._submit(known.job, known.attempt + 1)
            else:
                known.future = Future()
                known.future.set_result(_GIVEN_UP)
                self._done.put((known.job, known.future))


def new_pool(jobs: int, megabytes: int) -> Any:
    """A pool of worker processes that can be killed one by one (pebble)."""
    from pebble import ProcessPool

    return ProcessPool(
        max_workers=jobs,
        max_tasks=_RECYCLED_AFTER,
        initializer=prepare_worker,
        initargs=(megabytes,),
        context=_context(),
    )


BROKEN = (BrokenProcessPool, CancelledError, RuntimeError)
"""What a pool raises that is itself at an end."""
_GIVEN_UP = failure("batch-crash", detail="pool")
_KILLED = failure("batch-crash", detail="SIGKILL")


def outcome_of(future: Future[Outcome], seconds: float) -> Outcome:
    """What came of a job, whatever became of its process; waits for it. Raises one of :data:`BROKEN`."""
    from pebble import ProcessExpired

    try:
        return future.result()
    except TimeoutError:
        return replace(failure("batch-timeout", seconds=f"{seconds:g}"), seconds=seconds)
    except ProcessExpired as error:
        return failure("batch-crash", detail=_ending(error.exitcode))
    except BROKEN:
        raise
    except MemoryError:
        return failure("batch-memory")
    except Exception as error:
        return failure("batch-error", kind=type(error).__name__, detail=str(error))


def kill_workers() -> None:
    """End this process's workers now, whatever they do."""
    for process in multiprocessing.active_children():
        if process.name.startswith("pebble"):
            process.kill()


def prepare_worker(megabytes: int) -> None:
    """Make a fresh process a worker: limited memory, silent, gone when its parent is gone."""
    if sys.platform != "win32":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        wanted = megabytes * 2**20
        if megabytes and (most == resource.RLIM_INFINITY or wanted < most):
            resource.setrlimit(resource.RLIMIT_AS, (wanted, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if not os.environ.get("WPPARSE_DEBUG"):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_leave_with, args=(parent.sentinel,), daemon=True).start()


def _leave_with(sentinel: int) -> None:
    from multiprocessing.connection import wait

    wait([sentinel])
    os._exit(1)


def get_ready() -> None:
    """Start the process from which workers are forked, which loads what they need while the inputs are being looked for."""
    if "forkserver" in multiprocessing.get_all_start_methods():
        from multiprocessing import forkserver, resource_tracker

        _context()
        resource_tracker.ensure_running()  # now, since it sets the mask of signals back
        # Workers inherit the mask: a Ctrl-C is for this process, also while they are only starting.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            forkserver.ensure_running()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _context() -> multiprocessing.context.BaseContext:
    """Workers are forked from a small server process that has everything imported, or started anew on Windows."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["wpparse.batch.warm"])
    return context


def _ending(status: int | None) -> str:
    if status is not None and status < 0:
        try:
            return signal.Signals(-status).name
        except ValueError:
            pass
    return f"exit {status}"
