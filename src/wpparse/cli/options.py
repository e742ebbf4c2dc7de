"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from wpparse.cli.language import say
from wpparse.errors import UsageError

if TYPE_CHECKING:
    from wpparse.model import Selection
    from wpparse.writers import Headers as HeaderLanguage

FORMATS = ("json", "csv", "xlsx", "docx", "md", "html", "ics", "parquet")
"""The writers' formats, named here so that help and completion need not import the writers (a test compares them)."""
SOURCES = ("auto", "body", "table", "all")
HEADERS = ("zh", "en")


def one_of(option: str, choices: tuple[str, ...]) -> Callable[[str | None], str | None]:
    """A typer callback that refuses every other value."""

    def check(value: str | None) -> str | None:
        if value is not None and value not in choices:
            raise UsageError("cli-choice", option=option, value=value, choices=" | ".join(choices))
        return value

    return check


def complete(choices: tuple[str, ...]) -> Callable[[str], list[str]]:
    """A typer completion that offers the choices."""
    return lambda incomplete: [choice for choice in choices if choice.startswith(incomplete)]


File = Annotated[
    str,
    typer.Argument(metavar=say("文件", "FILE"), help=say("公文文件；- 为标准输入", "a circular; - is standard input")),
]
Outputs = Annotated[
    list[str] | None,
    typer.Option(
        "--output",
        "-o",
        metavar=say("输出", "OUT"),
        help=say(
            "输出文件，格式由后缀决定，可多次给出；- 为标准输出",
            "output file, its suffix decides the format; may be repeated; - is standard output",
        ),
    ),
]
Formats = Annotated[
    list[str] | None,
    typer.Option(
        "--format",
        "-f",
        metavar=say("格式", "FORMAT"),
        autocompletion=complete(FORMATS),
        help=say(
            f"输出格式，不看后缀：{'、'.join(FORMATS)}",
            f"output format, whatever the suffix says: {', '.join(FORMATS)}",
        ),
    ),
]
# What these two hold has been checked by their callbacks; typer itself must see plain strings.
if TYPE_CHECKING:
    Source = Selection | None
    Headers = HeaderLanguage
else:
    Source = Annotated[
        str | None,
        typer.Option(
            "--source",
            metavar="|".join(SOURCES),
            callback=one_of("--source", SOURCES),
            autocompletion=complete(SOURCES),
            help=say(
                "任务取自正文（body）、任务表（table）或全部（all）；auto：有表取表，无表取正文。JSON 默认 all，其余默认 auto",
                "tasks from the text (body), the table (table) or both (all); auto: the table where there is one. "
                "Default: all for JSON, else auto",
            ),
        ),
    ]
    Headers = Annotated[
        str,
        typer.Option(
            "--headers",
            metavar="|".join(HEADERS),
            callback=one_of("--headers", HEADERS),
            autocompletion=complete(HEADERS),
            show_default=False,
            help=say("表头用中文或英文键名", "column headings in Chinese or as key names"),
        ),
    ]
GrammarDirectories = Annotated[
    list[str] | None,
    typer.Option(
        "--grammar",
        metavar=say("目录", "DIR"),
        help=say("叠加自定义规则目录，可多次给出", "a directory of rules on top of the built-in ones; may be repeated"),
    ),
]
Password = Annotated[
    str | None,
    typer.Option(
        "--password",
        metavar=say("口令", "WORD"),
        envvar="WPPARSE_PASSWORD",
        show_envvar=False,
        help=say(
            "加密文件的口令，也可放在环境变量 WPPARSE_PASSWORD 里",
            "of an encrypted file; the environment variable WPPARSE_PASSWORD does too",
        ),
    ),
]
Strict = Annotated[
    bool,
    typer.Option(
        "--strict",
        help=say(
            "结果存疑或未完整读取时，以状态 4 结束（文件照常写出）",
            "end with status 4 where a plan is doubtful or partial (files are written all the same)",
        ),
    ),
]
Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", help=say("成功时不显示任何提示", "say nothing where all goes well"))
]
