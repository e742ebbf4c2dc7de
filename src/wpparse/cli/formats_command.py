"""``wpparse formats``."""

from __future__ import annotations

from typing import Any

import typer

from wpparse.cli.help import HelpfulCommand
from wpparse.cli.language import language, say

app = typer.Typer(add_completion=False)

HOLDING = (
    (
        ".zip .tar .tgz .gz .eml",
        ("其中的文件逐一转换（-o 文件夹）", "what they hold is converted one by one (-o FOLDER)"),
    ),
)
"""Files that hold files."""


@app.command(
    cls=HelpfulCommand,
    help=say(
        "列出能读取的文件格式：后缀、依据什么识别、哪些内容不读取。格式由内容判定，与文件名无关。",
        "List the formats that are read: suffixes, by what they are told, what is not read. The content decides, never the name.",
    ),
    epilog="wpparse formats",
)
def formats() -> Any:
    """Print the table of formats."""

    def print_formats() -> int:
        from wpparse.cli.streams import data_output

        english = language() != "zh"
        lines = [
            f"{name}  {' '.join(suffixes)}\n    {say('识别', 'told by')}: {told[english]}\n"
            f"    {say('不读取', 'not read')}: {lost[english]}\n    {say('同类工具', 'peers')}: {peer}"
            for name, suffixes, told, lost, peer in rows()
        ]
        lines += [f"{suffixes}\n    {note[english]}" for suffixes, note in HOLDING]
        data_output().write(("\n".join(lines) + "\n").encode())
        return 0

    return print_formats


def rows() -> list[tuple[str, tuple[str, ...], tuple[str, str], tuple[str, str], str]]:
    """Name, suffixes, by what it is told, what is lost, and a peer of each format, in the order in which they are tried."""
    from wpparse.readers.registry import FORMATS, Format

    return [
        (entry.name, entry.suffixes, entry.told, entry.lost, entry.peer)
        for entry in FORMATS
        if isinstance(entry, Format)
    ]
