"""``wpparse schema``."""

from __future__ import annotations

from typing import Any

import typer

from wpparse.cli.help import HelpfulCommand
from wpparse.cli.language import say

app = typer.Typer(add_completion=False)


@app.command(
    cls=HelpfulCommand,
    help=say("输出 JSON 结果的 JSON Schema（2020-12）。", "Print the JSON Schema (2020-12) of the JSON output."),
    epilog="wpparse schema > wpparse.schema.json",
)
def schema() -> Any:
    """Print the JSON Schema."""

    def print_schema() -> int:
        import json

        from wpparse.cli.streams import data_output
        from wpparse.model import WorkPlan

        described = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            **WorkPlan.json_schema(),
        }
        data_output().write((json.dumps(described, ensure_ascii=False, indent=2) + "\n").encode())
        return 0

    return print_schema
