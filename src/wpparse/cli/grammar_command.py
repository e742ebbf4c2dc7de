"""``wpparse grammar check`` and ``wpparse grammar list``."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

import typer

from wpparse.cli.help import HelpfulCommand, HelpfulGroup
from wpparse.cli.language import say

app = typer.Typer(
    cls=HelpfulGroup,
    add_completion=False,
    help=say("检查或列出规则（grammars/*.toml）。", "Check or list the rules (grammars/*.toml)."),
)

Directories = Annotated[
    list[str] | None,
    typer.Argument(
        metavar=say("[目录]", "[DIR]"),
        help=say("叠加在内置规则之上的目录", "directories on top of the built-in rules"),
    ),
]


@app.command(
    "check",
    cls=HelpfulCommand,
    help=say(
        "检查每条规则是否认出自己的例子、是否放过反例；有错时逐行指出文件和行号，退出码 2。",
        "Test every rule on its own examples and rejects; each fault is a line with file and line number, exit status 2.",
    ),
    epilog=say(
        "wpparse grammar check\nwpparse grammar check 我的规则", "wpparse grammar check\nwpparse grammar check my-rules"
    ),
)
def check(directories: Directories = None) -> Any:
    """Test the grammar."""
    from wpparse.cli.grammar import check

    return partial(check, tuple(directories or ()))


@app.command(
    "list",
    cls=HelpfulCommand,
    help=say("列出所有规则：编号、类别、位置和一个例子。", "List all rules: id, family, kind, place and an example."),
    epilog=say("wpparse grammar list --family deadline", "wpparse grammar list --family deadline"),
)
def list_rules(
    directories: Directories = None,
    family: Annotated[
        str | None, typer.Option("--family", metavar="FAMILY", help=say("只列这一类", "only this family"))
    ] = None,
) -> Any:
    """List the rules."""
    from wpparse.cli.grammar import list_rules

    return partial(list_rules, tuple(directories or ()), family)
