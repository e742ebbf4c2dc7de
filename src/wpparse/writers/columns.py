"""The flat table: one row a task (contract, section 7). CSV, Markdown, HTML, Parquet and data frames share it."""

from __future__ import annotations

from typing import Literal

from wpparse.model import Role, Task, WorkPlan
from wpparse.writers.units import names_of
from wpparse.writers.wording import normalised, requirement, source

_DIGITS = "零一二三四五六七八九"
_FIXED: dict[str, tuple[str, str]] = {
    "number": ("序号", "number"),
    "text": ("工作要求", "text"),
    "responsible": ("责任单位", "responsible"),
    "lead": ("牵头单位", "lead"),
    "support": ("配合单位", "support"),
    "leader": ("责任人", "leader"),
    "deadline": ("完成时限", "deadline"),
    "due": ("规范时限", "due"),
    "section": ("章节", "section"),
    "source": ("来源", "source"),
}
MIN_LEVELS = 2
"""一级任务 and 二级任务 always stand, so that the usual files have the same columns."""


def level_title(level: int, headers: str) -> str:
    """The heading of the column of one task level (1-based)."""
    if headers == "en":
        return f"path_{level}"
    return f"{_DIGITS[level]}级任务" if level < len(_DIGITS) else f"{level}级任务"


def title_of(key: str, headers: str) -> str:
    """The heading of one of the columns that are not task levels."""
    return _FIXED[key][headers == "en"]


def depth(plan: WorkPlan) -> int:
    """The number of task levels in use."""
    return max((len(task.path) for task in plan.tasks), default=0)


def has_role(plan: WorkPlan, role: Role) -> bool:
    """True where some task names a body in this role."""
    return any(party.role == role for task in plan.tasks for party in task.parties)


def flat_rows(plan: WorkPlan, headers: Literal["zh", "en"] = "zh") -> tuple[list[str], list[list[int | str]]]:
    """Column headings, and one row a task: the number an int, everything else text, ``""`` where there is nothing.

    责任人 stands only where the circular names persons; a third and further level of headings only where it is used.
    """
    levels = max(MIN_LEVELS, depth(plan))
    roles: list[Role] = ["responsible", "lead", "support"]
    if has_role(plan, "leader"):
        roles.append("leader")
    names = [
        title_of("number", headers),
        *(level_title(level, headers) for level in range(1, levels + 1)),
        *(title_of(key, headers) for key in ("text", *roles, "deadline", "due", "section", "source")),
    ]
    return names, [_row(task, levels, roles, headers) for task in plan.tasks]


def _row(task: Task, levels: int, roles: list[Role], headers: str) -> list[int | str]:
    return [
        task.number,
        *task.path,
        *[""] * (levels - len(task.path)),
        requirement(task),
        *(names_of(task, role) for role in roles),
        written_deadlines(task),
        "；".join(normalised(deadline, headers) for deadline in task.deadlines),
        task.section or "",
        source(task, headers),
    ]


def written_deadlines(task: Task) -> str:
    """The time expressions of a task as the circular has them, each once."""
    return "；".join(dict.fromkeys(deadline.text for deadline in task.deadlines))
