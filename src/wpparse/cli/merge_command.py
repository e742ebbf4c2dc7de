"""``wpparse merge a.json b.json -o all.xlsx``."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from wpparse.cli.help import HelpfulCommand
from wpparse.cli.language import say
from wpparse.cli.options import Headers, Source

app = typer.Typer(add_completion=False)


@app.command(
    cls=HelpfulCommand,
    help=say("把多份 JSON 结果合并成一本台账。", "Merge several JSON plans into one ledger."),
    epilog=say("wpparse merge 甲.json 乙.json -o 台账.xlsx", "wpparse merge a.json b.json -o all.xlsx"),
)
def merge(
    plans: Annotated[list[str], typer.Argument(metavar=say("结果.json", "PLAN.json"))],
    output: Annotated[
        str, typer.Option("--output", "-o", metavar=say("输出", "OUT"), help=say(".xlsx 或 .csv", ".xlsx or .csv"))
    ],
    source: Source = None,
    headers: Headers = "zh",
) -> Any:
    """Merge plans."""

    def run() -> int:
        from wpparse.cli.convert import STANDARD, refuse_own_input
        from wpparse.cli.gate import about
        from wpparse.cli.streams import data_output
        from wpparse.writers import format_of, load_plan, merge_plans, write_bytes

        refuse_own_input((output,), tuple(plans))
        loaded = []
        for name in plans:
            with about(name):
                loaded.append(load_plan(name))
        format = "csv" if output == STANDARD else format_of(output) or output
        data = merge_plans(loaded, format, headers=headers, selection=source)
        if output == STANDARD:
            data_output().write(data)
        else:
            write_bytes(output, data)
        return 0

    return run
