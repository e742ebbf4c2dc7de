"""A plan back from its JSON."""

from __future__ import annotations

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
        plan = WorkPlan.model_validate_json(data.removeprefix(b"\xef\xbb\xbf"))
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or Path(path).name
        raise UnreadableFile("plan-invalid", field=field, detail=first["msg"]) from error
    if plan.schema_version != SCHEMA_VERSION:
        raise UnreadableFile("plan-version", found=plan.schema_version, known=SCHEMA_VERSION)
    return plan
