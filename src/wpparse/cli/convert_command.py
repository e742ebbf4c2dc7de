"""``wpparse FILE -o OUT``."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

import typer

from wpparse.cli.help import HelpfulCommand
from wpparse.cli.language import say
from wpparse.cli.options import Formats, GrammarDirectories, Headers, Outputs, Password, Quiet, Source, Strict

app = typer.Typer(add_completion=False)

_HELP = say(
    "从公文通知到任务分解表：大纲、责任单位、完成时限、附表，一条命令。",
    "From a Chinese government circular to its task table, in one command.",
)
_EXAMPLES = say(
    """
      wpparse 通知.docx -o 任务分解表.xlsx           生成 Excel 任务分解表
      wpparse 通知.pdf -o 结果.json -o 表.csv        一次解析，两种格式
      wpparse 通知.docx                              在屏幕上显示
      cat 通知.txt | wpparse - -o - --format csv     标准输入到标准输出
      wpparse 通知文件夹 -o 结果文件夹               整个文件夹（详见 wpparse batch --help）
    """,
    """
      wpparse circular.docx -o tasks.xlsx            a workbook
      wpparse circular.pdf -o plan.json -o tasks.csv one parse, two files
      wpparse circular.docx                          shown on the screen
      cat circular.txt | wpparse - -o - --format csv standard input to standard output
      wpparse folder -o results                      a whole folder (see wpparse batch --help)
    """,
)


@app.command(cls=HelpfulCommand, help=_HELP, epilog=_EXAMPLES)
def convert(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar=say("文件", "FILE"),
            help=say(
                ".docx、.doc、.wps、.pdf、.ofd、.xlsx、.html、.txt 等（wpparse formats 列出全部）；- 为标准输入；"
                "文件夹、压缩包、邮件或多个文件转为批量处理",
                ".docx, .doc, .wps, .pdf, .ofd, .xlsx, .html, .txt … (wpparse formats lists all); - is standard input; "
                "a folder, an archive, a letter or several files are a batch",
            ),
        ),
    ],
    outputs: Outputs = None,
    formats: Formats = None,
    source: Source = None,
    headers: Headers = "zh",
    grammar: GrammarDirectories = None,
    password: Password = None,
    strict: Strict = False,
    quiet: Quiet = False,
) -> Any:
    """Convert one circular, or hand a folder to the batch."""
    from wpparse.cli.convert import Request, convert

    return partial(
        convert,
        Request(
            files=tuple(files),
            outputs=tuple(outputs or ()),
            formats=tuple(formats or ()),
            source=source,
            headers=headers,
            grammar=tuple(grammar or ()),
            password=password,
            strict=strict,
            quiet=quiet,
        ),
    )
