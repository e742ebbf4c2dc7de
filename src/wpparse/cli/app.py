"""The commands and where their modules are; a module is imported when its command is used."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated, Any

import typer
import typer.core
import typer.main

from wpparse.cli.help import HelpfulGroup
from wpparse.cli.language import say

BARE = "convert"
"""The command that ``wpparse FILE -o OUT`` stands for; it is never typed."""

COMMANDS: dict[str, tuple[str, str]] = {
    "batch": ("批量处理文件夹、压缩包或文件清单", "convert folders, archives or lists of files"),
    "explain": ("逐项说明哪条规则认出了哪些文字", "show for each task which rule matched which words"),
    "tables": ("导出文中所有表格", "write every table of the circular"),
    "render": ("把 JSON 结果转成其他格式", "write a JSON plan in another format"),
    "merge": ("把多份 JSON 结果合并成一本台账", "merge several JSON plans into one workbook"),
    "split": ("按责任单位拆分任务表", "split the task table by unit"),
    "grammar": ("检查或列出规则", "check or list the rules"),
    "formats": ("列出能读取的文件格式", "list the formats that are read"),
    "schema": ("输出 JSON Schema", "print the JSON Schema of the output"),
    "debug": ("画出 PDF 某页的识别情况", "draw how a page of a PDF was read"),
}
"""Subcommand → its one-line help, Chinese and English. The module of the same name holds ``app``."""

_OWN_OPTIONS = {"--help", "-h", "--version", "--install-completion", "--show-completion"}


class Root(HelpfulGroup):
    """The group of all commands; words that begin with no command are the bare form."""

    bare = BARE

    def list_commands(self, ctx: Any) -> list[str]:
        """The names, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, its module imported now; None where there is none."""
        if cmd_name != BARE and cmd_name not in COMMANDS:
            return None
        module = import_module(f"wpparse.cli.{cmd_name}_command")
        found = typer.main.get_command(module.app)
        found.name = cmd_name
        return found

    def parse_args(self, ctx: Any, args: list[str]) -> Any:
        """Put the hidden command's name in front of a bare ``FILE -o OUT``."""
        if args and args[0] not in COMMANDS and args[0] not in _OWN_OPTIONS:
            args = [BARE, *args]
        return super().parse_args(ctx, args)

    def one_line(self, name: str) -> str:
        """One line for the list of commands, without importing the command."""
        return say(*COMMANDS[name])


app = typer.Typer(cls=Root, context_settings={"help_option_names": ["--help", "-h"]})


def _print_version(wanted: bool) -> None:
    if wanted:
        from wpparse.cli.streams import data_output
        from wpparse.version import __version__

        data_output().write(f"wpparse {__version__}\n".encode())
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help=say("显示版本号", "show the version")),
    ] = False,
) -> None:
    """The options of ``wpparse`` itself."""


def command() -> Any:
    """The whole command line as one object of typer's parser."""
    return typer.main.get_command(app)
