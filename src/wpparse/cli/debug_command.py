"""``wpparse debug FILE --page N -o page.png``."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from wpparse.cli.help import HelpfulCommand
from wpparse.cli.language import say
from wpparse.cli.options import Password

app = typer.Typer(add_completion=False)


@app.command(
    cls=HelpfulCommand,
    help=say(
        "画出 PDF 某页的识别情况：文字行、框线和单元格。",
        "Draw how a page of a PDF was read: lines of text, rules and cells.",
    ),
    epilog=say("wpparse debug 通知.pdf --page 2 -o 第2页.png", "wpparse debug circular.pdf --page 2 -o page2.png"),
)
def debug(
    file: Annotated[str, typer.Argument(metavar=say("文件.pdf", "FILE.pdf"))],
    output: Annotated[
        str,
        typer.Option(
            "--output", "-o", metavar="PNG", help=say("图片文件；- 为标准输出", "picture; - is standard output")
        ),
    ],
    page: Annotated[int, typer.Option("--page", metavar="N", help=say("页码，从 1 起", "page, from 1"))] = 1,
    password: Password = None,
) -> Any:
    """Draw a page."""

    def run() -> int:
        from pathlib import Path

        from wpparse.cli.convert import STANDARD, refuse_own_input
        from wpparse.cli.gate import about
        from wpparse.cli.streams import data_output
        from wpparse.errors import UnreadableFile
        from wpparse.pipeline import draw_page
        from wpparse.writers import write_bytes

        refuse_own_input((output,), (file,))
        with about(file):
            try:
                data = Path(file).read_bytes()
            except OSError as error:
                raise UnreadableFile(detail=error.strerror or str(error)) from error
            picture = draw_page(data, page, password=password)
        if output == STANDARD:
            data_output().write(picture)
        else:
            write_bytes(output, picture)
        return 0

    return run
