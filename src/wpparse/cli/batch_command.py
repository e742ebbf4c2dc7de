"""``wpparse batch IN… -o OUTDIR``."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

import typer

from wpparse.cli.help import HelpfulCommand
from wpparse.cli.language import say
from wpparse.cli.options import Formats, GrammarDirectories, Headers, Password, Quiet, Source, Strict

app = typer.Typer(add_completion=False)

_HELP = say(
    "批量处理：每个文件在单独的进程中解析，限时限内存，坏文件不影响其他文件；中断后再次运行同一命令即可继续。",
    "Convert many circulars, each in a process with limits of time and memory, so that a bad file costs only itself; "
    "run the same command again to go on after an interruption.",
)
_EXAMPLES = say(
    """
    wpparse batch 通知文件夹 -o 结果 --format xlsx --format json
    wpparse batch 2023.zip 2024.zip -o 结果 --merge 台账.xlsx
    find 档案 -name '*.docx' | wpparse batch - -o 结果
    wpparse batch 档案 -o 结果 --dry-run              只看会做什么
    wpparse batch --status 结果                       看进展
    wpparse batch --retry-failed 结果                 只重做失败的
    wpparse batch s3://桶/通知 -o s3://桶/结果 --format parquet --scheduler tcp://主机:8786
    """,
    """
    wpparse batch notices -o results --format xlsx --format json
    wpparse batch 2023.zip 2024.zip -o results --merge all.xlsx
    find archive -name '*.docx' | wpparse batch - -o results
    wpparse batch archive -o results --dry-run       only see what would be done
    wpparse batch --status results                   how far it is
    wpparse batch --retry-failed results             only what failed
    wpparse batch s3://bucket/notices -o s3://bucket/results --format parquet --scheduler tcp://host:8786
    """,
)
Patterns = list[str] | None


@app.command(cls=HelpfulCommand, help=_HELP, epilog=_EXAMPLES)
def batch(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar=say("输入", "IN"),
            help=say(
                "文件夹、通配符、.zip 压缩包（不解压到磁盘）、网址（s3:// 等）；- 表示从标准输入读文件清单",
                "folders, globs, .zip archives (never unpacked to disk), URLs (s3:// …); - reads a list of files from "
                "standard input",
            ),
        ),
    ],
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar=say("文件夹", "OUTDIR"),
            help=say("输出文件夹，保持输入的目录结构", "output folder; the inputs' structure is kept"),
        ),
    ] = None,
    formats: Formats = None,
    merge: Annotated[
        str | None,
        typer.Option(
            "--merge",
            metavar="XLSX",
            help=say(
                "另外汇总成一本台账（.xlsx 或 .csv，只写文件名时放在输出文件夹里）",
                "also one ledger of everything (.xlsx or .csv; a bare name lies in OUTDIR)",
            ),
        ),
    ] = None,
    include: Annotated[
        Patterns,
        typer.Option(
            "--include",
            metavar=say("通配符", "GLOB"),
            help=say("只处理这些文件，可多次给出", "only these files; may be repeated"),
        ),
    ] = None,
    exclude: Annotated[
        Patterns,
        typer.Option(
            "--exclude",
            metavar=say("通配符", "GLOB"),
            help=say("不处理这些文件，可多次给出", "not these files; may be repeated"),
        ),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs", "-j", min=1, metavar="N", help=say("进程数，默认等于 CPU 核数", "processes; default: one a core")
        ),
    ] = None,
    timeout: Annotated[
        float | None,
        typer.Option(
            "--timeout",
            min=0.1,
            metavar=say("秒", "SECONDS"),
            help=say("每个文件的时限，默认 120", "limit for each file; default 120"),
        ),
    ] = None,
    memory: Annotated[
        int | None,
        typer.Option(
            "--memory",
            min=0,
            metavar="MB",
            help=say("每个进程的内存上限，默认 2048，0 为不限", "limit for each process; default 2048, 0 is none"),
        ),
    ] = None,
    fail_fast: Annotated[
        bool, typer.Option("--fail-fast", help=say("遇到第一个失败就停止", "stop at the first failure"))
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help=say("只列出会做什么，不写任何文件", "say what would be done, write nothing")),
    ] = False,
    status: Annotated[
        bool, typer.Option("--status", help=say("显示输出文件夹的进展", "show how far an output folder is"))
    ] = False,
    retry_failed: Annotated[
        bool,
        typer.Option(
            "--retry-failed",
            help=say("只重做输出文件夹里失败和未完成的", "only what failed or was cut short in an output folder"),
        ),
    ] = False,
    json_lines: Annotated[
        bool,
        typer.Option(
            "--json-lines", help=say("每个文件向标准输出写一行 JSON", "one line of JSON a file on standard output")
        ),
    ] = False,
    scheduler: Annotated[
        str | None,
        typer.Option(
            "--scheduler", metavar="tcp://HOST:8786", help=say("在 Dask 集群上运行", "work on a Dask cluster")
        ),
    ] = None,
    source: Source = None,
    headers: Headers = "zh",
    grammar: GrammarDirectories = None,
    password: Password = None,
    strict: Strict = False,
    quiet: Quiet = False,
) -> Any:
    """Convert many circulars."""
    from wpparse.cli.batch import BatchRequest, run, show_status

    request = BatchRequest(
        inputs=tuple(inputs),
        output=output,
        formats=tuple(formats or ()),
        merge=merge,
        include=tuple(include or ()),
        exclude=tuple(exclude or ()),
        jobs=jobs,
        timeout=timeout,
        memory=memory,
        fail_fast=fail_fast,
        dry_run=dry_run,
        retry_failed=retry_failed,
        json_lines=json_lines,
        scheduler=scheduler,
        source=source,
        headers=headers,
        grammar=tuple(grammar or ()),
        password=password,
        strict=strict,
        quiet=quiet,
    )
    return partial(show_status if status else run, request)
