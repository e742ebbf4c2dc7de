"""``wpparse render plan.json -o …``."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from wpparse.cli.help import HelpfulCommand
from wpparse.cli.language import say
from wpparse.cli.options import Formats, Headers, Outputs, Source

app = typer.Typer(add_completion=False)


@app.command(
    cls=HelpfulCommand,
    help=say(
        "把 wpparse 的 JSON 结果（可先人工订正）转成其他格式。",
        "Write a JSON plan, possibly corrected by hand, in other formats.",
    ),
    epilog=say("wpparse render 结果.json -o 任务分解表.xlsx", "wpparse render plan.json -o tasks.xlsx"),
)
def render(
    plan: Annotated[str, typer.Argument(metavar=say("结果.json", "PLAN.json"))],
    outputs: Outputs = None,
    formats: Formats = None,
    source: Source = None,
    headers: Headers = "zh",
) -> Any:
    """Write a plan again."""

    def run() -> int:
        from wpparse.cli.convert import deliver, outputs_of, refuse_own_input
        from wpparse.cli.gate import about
        from wpparse.errors import UsageError
        from wpparse.writers import load_plan

        refuse_own_input(tuple(outputs or ()), (plan,))
        targets = outputs_of(tuple(outputs or ()), tuple(formats or ()))
        if not targets:
            raise UsageError("cli-missing", name="-o")
        with about(plan):
            loaded = load_plan(plan)
        deliver(loaded, targets, headers, source)
        return 0

    return run
