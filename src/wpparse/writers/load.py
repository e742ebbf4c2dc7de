"""A plan back from its JSON."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from wpparse.errors import UnreadableFile
from wpparse.messages import register
from wpparse.model import SCHEMA_VERSION, WorkPlan

register(
    {
        "plan-invalid": (
            "不是有效的任务 JSON：{field}：{detail}",
            "not a valid plan in JSON: {field}: {detail}",
        ),
        "plan-date": (
            "不是有效的任务 JSON：{field}：{value} 不是日期（应如 2024-12-31）",
            "not a valid plan in JSON: {field}: {value} is no date (write 2024-12-31)",
        ),
        "plan-version": (
            "任务 JSON 的版本是 {found}，本程序只认识 {known}",
            "the plan has schema version {found}, this program knows {known}",
        ),
    }
)


def load_plan(path: str | Path) -> WorkPlan:
    """The plan in the JSON file ``path``; with or without a byte-order mark, as editors on Windows add one.

    Raises :class:`UnreadableFile`, naming the first field that is wrong.
    """
    from pydantic import ValidationError

    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise UnreadableFile(detail=error.strerror or str(error)) from error
    try:
        plan = WorkPlan.from_json(data.removeprefix(b"\xef\xbb\xbf"))
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or Path(path).name
        raise UnreadableFile("plan-invalid", field=field, detail=first["msg"]) from error
    if plan.schema_version != SCHEMA_VERSION:
        raise UnreadableFile("plan-version", found=plan.schema_version, known=SCHEMA_VERSION)
    _check_dates(plan)
    return plan


def _check_dates(plan: WorkPlan) -> None:
    """Dates are text in the plan; whoever corrected one by hand is told of it here, not by a writer."""
    dates = [("header.issue_date", plan.header.issue_date)]
    for index, task in enumerate(plan.tasks):
        for place, deadline in enumerate(task.deadlines):
            where = f"tasks.{index}.deadlines.{place}"
            dates += [(f"{where}.start", deadline.start), (f"{where}.due", deadline.due)]
    for field, value in dates:
        if value is None:
            continue
        try:
            if date.fromisoformat(value).isoformat() == value:
                continue
        except ValueError:
            pass
        raise UnreadableFile("plan-date", field=field, value=value)
    if not 1 <= (plan.header.plan_year or 1) <= 9999:
        raise UnreadableFile("plan-date", field="header.plan_year", value=plan.header.plan_year)
