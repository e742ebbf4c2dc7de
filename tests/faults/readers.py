"""A reader that does what a text tells it: raise, exit, hang, eat memory, crash. Anything else is read as usual.

``work`` is what a worker runs in place of :func:`wpparse.batch.work.work`.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time

import wpparse.pipeline
from wpparse.batch.outcome import Outcome
from wpparse.batch.work import Job
from wpparse.batch.work import work as real_work
from wpparse.page import Content
from wpparse.readers import read as real_read
from wpparse.readers.options import ReadOptions

FAULTS = ("raise", "exit", "leave", "hang", "deaf", "eat", "segfault", "kill")
"""What a text may ask for, as ``#fault:NAME``."""
EXPECTED = {
    "raise": "batch-error",
    "exit": "batch-error",
    "leave": "batch-crash",
    "hang": "batch-timeout",
    "deaf": "batch-timeout",
    "eat": "batch-memory",
    "segfault": "batch-crash",
    "kill": "batch-crash",
}


def read(data: bytes, name: str, options: ReadOptions | None = None) -> Content:
    """Obey the fault in ``data``, or read it."""
    if data.startswith(b"#fault:"):
        _obey(data[len(b"#fault:") :].split()[0].decode())
    return real_read(data, name, options)


def _obey(fault: str) -> None:
    if fault == "raise":
        raise RuntimeError("a reader's mistake")
    if fault == "exit":
        sys.exit(7)
    if fault == "leave":
        os._exit(7)
    if fault == "hang":
        time.sleep(3600)
    if fault == "deaf":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        time.sleep(3600)
    if fault == "eat":
        eaten = []
        while True:
            eaten.append(bytearray(64 * 2**20))
    if fault == "segfault":
        ctypes.string_at(0)
    if fault == "kill":
        os.kill(os.getpid(), signal.SIGKILL)


def work(job: Job) -> Outcome:
    """The real work with the faulty reader."""
    wpparse.pipeline.read = read
    return real_work(job)


def refuse_to_start(megabytes: int) -> None:
    """In place of :func:`wpparse.batch.engine.prepare_worker`: a machine on which no worker can start."""
    os._exit(3)
