"""The command line: options, messages and exit status; no parsing."""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> None:
    """Entry point of the ``wpparse`` command."""
    from wpparse.errors import WpparseError
    from wpparse.pipeline import parse

    arguments = sys.argv[1:]
    try:
        plan = parse(arguments[0])
    except WpparseError as error:
        sys.stderr.write(f"{arguments[0]}: {error.render('zh')}\n")
        sys.exit(error.exit_code)
    text = plan.to_json()
    if "-o" in arguments:
        Path(arguments[arguments.index("-o") + 1]).write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
