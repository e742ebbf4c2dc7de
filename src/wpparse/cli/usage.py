"""What typer complains about, in the user's language."""

from __future__ import annotations

from wpparse.cli.language import language, say
from wpparse.messages import render


def usage_line(error: Exception) -> str:
    """One line for an exception of typer's parser, told by its class (typer and click name them alike)."""
    code, values = _explain(error)
    context = getattr(error, "ctx", None)
    command = getattr(context, "command_path", "wpparse").removesuffix(" convert")
    hint = render("cli-try-help", language(), {"command": command})
    return render(code, language(), values) + say(f"（{hint}）", f" ({hint})")


def _explain(error: Exception) -> tuple[str, dict[str, str]]:
    kind = type(error).__name__
    message = str(getattr(error, "message", "") or "")
    option = str(getattr(error, "option_name", "") or "")
    if kind == "NoSuchOption":
        near = getattr(error, "possibilities", None)
        hint = say(f"，是否想用 {'、'.join(near)}", f"; did you mean {', '.join(near)}?") if near else ""
        return "cli-no-such-option", {"option": option, "hint": hint}
    if kind == "BadOptionUsage":
        return "cli-option-value", {"option": option}
    if kind == "MissingParameter":
        return "cli-missing", {"name": _parameter(error)}
    if kind == "BadParameter":
        return "cli-bad-value", {"name": _parameter(error), "detail": message}
    if message.startswith("Got unexpected extra argument"):
        return "cli-extra", {"detail": message.partition("(")[2].removesuffix(")")}
    if message.startswith("Missing command"):
        return "cli-missing", {"name": say("子命令", "a subcommand")}
    if message.startswith("No such command"):
        return "cli-no-such-command", {"name": message.removeprefix("No such command").strip(" '.\"")}
    return "cli-usage", {"detail": message}


def _parameter(error: Exception) -> str:
    parameter = getattr(error, "param", None)
    if parameter is None:
        return str(getattr(error, "param_hint", None) or "-")
    options = getattr(parameter, "opts", [])
    if getattr(parameter, "param_type_name", "") == "argument":
        return str(parameter.metavar or parameter.name)
    return str(max(options, key=len, default=parameter.name))
