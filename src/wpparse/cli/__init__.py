"""The command line: options, messages and exit status; no parsing."""

from __future__ import annotations

import gc
import os
import sys

_OBJECTS_BETWEEN_COLLECTIONS = 100_000
"""Imports and one circular make few cycles and many objects: with Python's 700 a tenth of the time goes into looking."""


def main() -> None:
    """Entry point of the ``wpparse`` command."""
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS, 50, 100)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # to look for some costs a walk over all packages
    from wpparse.cli.gate import leave, run

    leave(run(sys.argv[1:]))
