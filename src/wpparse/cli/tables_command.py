"""``wpparse tables FILE``."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from wpparse.cli.help import HelpfulCommand
from wpparse.cli.language import say
from wpparse.cli.options import File, Password

app = typer.Typer(add_completion=False)


@app.command(
    cls=HelpfulCommand,
    help=say("把文中所有表格逐格导出为 JSON。", "Write every table of the circular, cell by cell, as JSON."),
    epilog=say("wpparse tables 通知.docx -o 表格.json", "wpparse tables circular.docx -o tables.json"),
)
def tables(
    file: File,
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            metavar=say("输出", "OUT"),
            help=say("JSON 文件；默认标准输出", "a JSON file; default: standard output"),
        ),
    ] = "-",
    password: Password = None,
) -> Any:
    """Write the grids of all tables."""

    def run() -> int:
        from wpparse.cli.convert import STANDARD, read_one, refuse_own_input
        from wpparse.cli.streams import data_output
        from wpparse.writers import grids, write_bytes

        refuse_own_input((output,), (file,))
        if output == STANDARD:
            data_output()
        data = grids(read_one(file, password)).encode()
        if output == STANDARD:
            data_output().write(data)
        else:
            write_bytes(output, data)
        return 0

    return run
