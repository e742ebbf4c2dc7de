"""The command line: options, messages and exit status; no parsing."""

from __future__ import annotations

import sys


def main() -> None:
    """Entry point of the ``wpparse`` command."""
    from wpparse.cli.gate import run

    sys.exit(run(sys.argv[1:]))
