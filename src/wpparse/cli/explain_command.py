"""``wpparse explain FILE``."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

import typer

from wpparse.cli.help import HelpfulCommand
from wpparse.cli.language import say
from wpparse.cli.options import GrammarDirectories, Password, Source

app = typer.Typer(add_completion=False)


@app.command(
    cls=HelpfulCommand,
    help=say(
        "逐项说明：每个章节、责任单位、时限由哪条规则从哪些文字认出，文字在文中何处。",
        "For every section, unit and deadline: which rule recognised it, in which words, and where they stand.",
    ),
    epilog=say("wpparse explain 通知.docx", "wpparse explain circular.docx"),
)
def explain(
    file: Annotated[str, typer.Argument(metavar=say("文件", "FILE"))],
    source: Source = None,
    grammar: GrammarDirectories = None,
    password: Password = None,
) -> Any:
    """Explain a circular's plan."""
    from wpparse.cli.explain import explain

    return partial(explain, file, source or "all", tuple(grammar or ()), password)
