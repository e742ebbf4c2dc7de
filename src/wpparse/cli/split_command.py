"""``wpparse split FILE -o DIR``."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from wpparse.cli.help import HelpfulCommand
from wpparse.cli.language import say
from wpparse.cli.options import File, GrammarDirectories, Headers, Password, Quiet, Source

app = typer.Typer(add_completion=False)


@app.command(
    cls=HelpfulCommand,
    help=say(
        "按责任单位拆分任务表：每个单位一本工作簿，另有一份目录。",
        "Split the task table by unit: a workbook for each of them, and an index.",
    ),
    epilog=say(
        "wpparse split 通知.docx -o 各单位 --members 成员.toml",
        "wpparse split circular.docx -o units --members units.toml",
    ),
)
def split(
    file: File,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar=say("文件夹", "DIR"), help=say("输出文件夹", "output folder"))
    ],
    members: Annotated[
        str | None,
        typer.Option(
            "--members",
            metavar="TOML",
            help=say(
                '“各镇街”等统称的成员：各镇街 = ["石桥镇", …]',
                'who stands behind a collective name: 各镇街 = ["石桥镇", …]',
            ),
        ),
    ] = None,
    source: Source = None,
    headers: Headers = "zh",
    grammar: GrammarDirectories = None,
    password: Password = None,
    quiet: Quiet = False,
) -> Any:
    """Split a circular's tasks by unit."""

    def run() -> int:
        from wpparse.cli.convert import load_or_parse
        from wpparse.cli.streams import tell
        from wpparse.writers import load_members, write_split

        listed = load_members(members) if members is not None else None
        plan = load_or_parse(file, tuple(grammar or ()), password)
        written = write_split(plan, output, listed, headers=headers, selection=source)
        if not quiet:
            tell(say(f"{len(written) - 1} 个单位", f"{len(written) - 1} units"))
        return 0

    return run
