"""``--help``: usage, what it does, options, commands, examples; aligned for wide characters."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from textwrap import indent
from typing import Any

import typer.core

from wpparse.cli.language import say
from wpparse.cli.streams import tell
from wpparse.errors import ExitCode

_OWN = {
    "help": ("显示本帮助", "show this help"),
    "install_completion": ("为当前 shell 安装命令补全", "install completion for the current shell"),
    "show_completion": ("显示补全脚本", "show the completion script"),
}
"""Parameters that typer adds by itself, and their help."""


class _AsGiven:
    """Stands in for typer's conversion of text to text, for which it builds a pydantic schema a parameter."""

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """The value as the parser gives it."""
        several = param.multiple or param.nargs == -1
        if value is None:
            return () if several else None
        return list(value) if several else value


def _spare_conversion(command: Any, ctx: Any) -> None:
    """Take texts, lists of texts and flags as they are: typer 0.2x would spend half of a start on them."""
    for parameter in command.get_params(ctx):
        annotation = getattr(getattr(parameter, "type_descriptor", None), "annotation", None)
        plain = annotation in (str, list[str]) or (annotation is bool and parameter.is_flag)
        if plain and getattr(parameter, "_runtime_param", ...) is None:
            parameter._runtime_param = _AsGiven()


class HelpfulCommand(typer.core.TyperCommand):
    """A command whose help is in the user's language."""

    def make_parser(self, ctx: Any) -> Any:
        """As typer makes it."""
        _spare_conversion(self, ctx)
        return super().make_parser(ctx)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help of this command; the hidden bare command shows that of the whole program."""
        parent = ctx.parent
        if parent is not None and isinstance(parent.command, HelpfulGroup) and self.name == parent.command.bare:
            parent.command.format_help(parent, formatter)
        else:
            formatter.write(_page(self, ctx, [], []))


class HelpfulGroup(typer.core.TyperGroup):
    """A group whose help is in the user's language and shows the bare form's options as its own."""

    bare: str | None = None

    def parse_args(self, ctx: Any, args: list[str]) -> Any:
        """Answer nothing at all with the help, as wrong usage."""
        if not args and not ctx.resilient_parsing:
            tell(str(ctx.get_help()).rstrip())
            ctx.exit(int(ExitCode.USAGE))
        return super().parse_args(ctx, args)

    def make_parser(self, ctx: Any) -> Any:
        """As typer makes it."""
        _spare_conversion(self, ctx)
        return super().make_parser(ctx)

    def one_line(self, name: str) -> str:
        """One line about a command of the group."""
        found = self.commands.get(name)
        return str(found.help or "").partition("\n")[0] if found is not None else ""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help of the group."""
        described: list[Any] = [self]
        if self.bare is not None:
            described.insert(0, self.get_command(ctx, self.bare))
        commands = [(name, self.one_line(name)) for name in self.list_commands(ctx)]
        formatter.write(_page(described[0], ctx, described[1:], commands))


def _page(command: Any, ctx: Any, others: list[Any], commands: list[tuple[str, str]]) -> str:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from wpparse.cli.streams import columns, is_terminal

    console = Console(width=columns(), force_terminal=is_terminal(), highlight=False, emoji=False, markup=False)
    parameters = [p for c in (command, *others) for p in c.get_params(ctx)]
    arguments = [p for p in parameters if p.param_type_name == "argument"]
    options = {p.name: p for p in parameters if p.param_type_name != "argument" and not p.hidden}

    def panel(title: str, rows: list[tuple[str, str]]) -> None:
        if rows:
            console.print(Text(f"\n{title}", style="bold"))
            table = Table.grid(padding=(0, 2, 0, 0))
            table.add_column(no_wrap=True, min_width=24, style="cyan")
            table.add_column(overflow="fold")
            for left, right in rows:
                table.add_row(Text(f"  {left}"), Text(right))
            console.print(table)

    with console.capture() as capture:
        for line in _usage(ctx, arguments, bool(commands)):
            console.print(Text(line), soft_wrap=True)
        console.print(Text("\n" + inspect.cleandoc(command.help or "")))
        panel(say("参数", "Arguments"), [(_name(p), p.help or "") for p in arguments])
        panel(say("选项", "Options"), [(_names(p), _help(p)) for p in options.values()])
        panel(say("命令", "Commands"), commands)
        if command.epilog:
            console.print(Text("\n" + say("示例", "Examples"), style="bold"))
            console.print(Text(indent(inspect.cleandoc(command.epilog), "  ")), soft_wrap=True)
    return "\n".join(line.rstrip() for line in capture.get().splitlines()) + "\n"


def _usage(ctx: Any, arguments: list[Any], has_commands: bool) -> Iterator[str]:
    words = " ".join([say("[选项]", "[OPTIONS]"), *(_name(p) for p in arguments)])
    head = say("用法：", "Usage: ")
    if arguments or not has_commands:
        yield f"{head}{ctx.command_path} {words}"
    if has_commands:
        yield f"{head}{ctx.command_path} {say('命令', 'COMMAND')} …"


def _name(parameter: Any) -> str:
    name = str(parameter.metavar or parameter.name)
    return f"{name}…" if parameter.nargs != 1 else name


def _names(parameter: Any) -> str:
    names = ", ".join(sorted([*parameter.opts, *parameter.secondary_opts], key=len))
    if getattr(parameter, "is_flag", False):
        return names
    return f"{names} {parameter.metavar or parameter.name}"


def _help(parameter: Any) -> str:
    if parameter.name in _OWN:
        return say(*_OWN[parameter.name])
    return str(parameter.help or "")
