"""A batch with the faulty reader, as a process of its own that tests can kill: ``python -m tests.faults.batch IN OUT``."""

from __future__ import annotations

import sys

from tests.faults.readers import work
from wpparse.batch import BatchOptions, run_batch
from wpparse.batch.api import Silence
from wpparse.batch.engine import LocalEngine

TIMEOUT = 3.0
MEMORY = 900

if __name__ == "__main__":
    source, output, *formats = sys.argv[1:]
    options = BatchOptions(formats=tuple(formats) or ("json",), merge="all.csv", jobs=2, timeout=TIMEOUT, memory=MEMORY)
    engine = LocalEngine(2, TIMEOUT, MEMORY, work)
    try:
        result = run_batch([source], output, options, Silence(), engine=engine)
    finally:
        engine.close(at_once=True)
    print(result.done, result.skipped, result.failed)
