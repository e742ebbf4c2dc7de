"""The command line with the faulty reader: ``python -m tests.faults.command ARGUMENTS``."""

from __future__ import annotations

import sys

import wpparse.batch.engine
from tests.faults.readers import work

if __name__ == "__main__":
    from wpparse.cli.gate import leave, run

    wpparse.batch.engine.LocalEngine.__init__.__defaults__ = (work,)  # type: ignore[misc]  # the task of every engine
    leave(run(sys.argv[1:]))
