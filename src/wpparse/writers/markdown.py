"""The flat table as a Markdown table (GitHub's dialect)."""

from __future__ import annotations

import re
from typing import Literal

from wpparse.model import WorkPlan
from wpparse.writers.columns import flat_rows
from wpparse.writers.escaping import visible
from wpparse.writers.wording import circular_name

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#])")
_EMPTY_HEADER = {"zh": "（没有任务）", "en": "(no tasks)"}


def render(plan: WorkPlan, headers: Literal["zh", "en"]) -> bytes:
    """Title, then one line a task; columns without any value are left out, the number and the text always stand."""
    names, rows = used_columns(*flat_rows(plan, headers))
    lines = [f"# {_escaped(circular_name(plan))}", ""]
    if rows:
        lines += [_line(names), "|" + " --- |" * len(names), *(_line([str(cell) for cell in row]) for row in rows)]
    else:
        lines.append(_EMPTY_HEADER[headers])
    return ("\n".join(lines) + "\n").encode("utf-8")


def used_columns(names: list[str], rows: list[list[int | str]]) -> tuple[list[str], list[list[int | str]]]:
    """The table without columns that hold nothing."""
    used = [index for index in range(len(names)) if any(row[index] != "" for row in rows)]
    return [names[index] for index in used], [[row[index] for index in used] for row in rows]


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(_escaped(cell) for cell in cells) + " |"


def _escaped(text: str) -> str:
    """The text as it is shown, on one line; a line feed becomes a break."""
    return _SPECIAL.sub(r"\\\1", visible(text).replace("&", "&amp;")).replace("\t", " ").replace("\n", "<br>")
