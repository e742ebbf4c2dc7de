"""What the outputs say in words of their own, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

from wpparse.model import Deadline, Location, Role, Section, Task, WorkPlan

ROLES: Mapping[str, Mapping[Role, str]] = {
    "zh": {"lead": "牵头", "responsible": "责任", "support": "配合", "leader": "责任人"},
    "en": {"lead": "lead", "responsible": "responsible", "support": "support", "leader": "leader"},
}

ORIGINS = {"zh": {"body": "正文", "table": "表格"}, "en": {"body": "body", "table": "table"}}

SEVERITIES = {
    "zh": {"error": "错误", "warning": "警告", "info": "提示"},
    "en": {"error": "error", "warning": "warning", "info": "info"},
}

CIRCULAR = {"zh": ("文件名称", "发文字号"), "en": ("circular", "document_number")}

_EVERY = {
    "day": "每日",
    "week": "每周",
    "month": "每月",
    "quarter": "每季度",
    "halfyear": "每半年",
    "year": "每年",
}
_UNITS = {"hour": "小时", "day": "日", "workday": "个工作日", "week": "周", "month": "个月", "year": "年"}


def circular_name(plan: WorkPlan) -> str:
    """The title of the plan, or the name of its file without suffix where it has none."""
    return plan.header.plan_title or plan.header.title or PurePath(plan.source.name).stem


def before_a_word(title: str) -> str:
    """A title in front of a word of ours: ``2024年工作要点`` as it is, but ``《关于…的通知》``."""
    return "《" + title.replace("《", "〈").replace("》", "〉") + "》" if "关于" in title else title


def normalised(deadline: Deadline, language: str) -> str:
    """The deadline in one fixed form: ISO dates, an interval, ``每年2次``, ``活动开展后5个工作日内``, ``长期``."""
    return _normalised_zh(deadline) if language == "zh" else _normalised_en(deadline)


def _normalised_zh(deadline: Deadline) -> str:
    if deadline.kind == "recurring" and deadline.every:
        return _EVERY[deadline.every] + (f"{deadline.times}次" if deadline.times else "")
    if deadline.kind == "ongoing":
        return "长期"
    if deadline.due:
        return f"{deadline.start}至{deadline.due}" if deadline.start else deadline.due
    if deadline.kind == "within" and deadline.amount and deadline.unit:
        return f"{deadline.after}后{deadline.amount}{_UNITS[deadline.unit]}内" if deadline.after else deadline.text
    return deadline.text


def _normalised_en(deadline: Deadline) -> str:
    if deadline.kind == "recurring" and deadline.every:
        plural = "s" if (deadline.times or 0) > 1 else ""
        times = f"{deadline.times} time{plural} " if deadline.times else ""
        return f"{times}every {'half-year' if deadline.every == 'halfyear' else deadline.every}"
    if deadline.kind == "ongoing":
        return "ongoing"
    if deadline.due:
        return f"{deadline.start}/{deadline.due}" if deadline.start else deadline.due
    if deadline.kind == "within" and deadline.amount and deadline.unit:
        plural = "s" if deadline.amount > 1 else ""
        return f"within {deadline.amount} {deadline.unit}{plural}" + (f" of {deadline.after}" if deadline.after else "")
    return deadline.text


def place(location: Location | None, language: str) -> str:
    """Where something stands: ``第3页``, ``第3页表格第5行``, or the paragraph where the format has no pages."""
    if location is None:
        return ""
    parts = _page(location, language)
    if location.row is not None:
        parts.append(f"表格第{location.row + 1}行" if language == "zh" else f"table row {location.row + 1}")
    elif not parts:
        parts.append(f"第{location.block + 1}段" if language == "zh" else f"par. {location.block + 1}")
    return ("" if language == "zh" else ", ").join(parts)


def source(task: Task, language: str) -> str:
    """``正文，第2页`` or ``表格，第3页第5行``: the origin of a task and where it stands."""
    location = task.location
    if location.row is None:
        parts = [place(location, language)]
    else:
        parts = _page(location, language)
        parts.append(f"第{location.row + 1}行" if language == "zh" else f"row {location.row + 1}")
    if language == "zh":
        return f"{ORIGINS[language][task.origin]}，{''.join(parts)}"
    return ", ".join((ORIGINS[language][task.origin], *parts))


def _page(location: Location, language: str) -> list[str]:
    if location.page is None:
        return []
    return [f"第{location.page}页" if language == "zh" else f"p. {location.page}"]


def requirement(task: Task) -> str:
    """The task in full, its run-in title in front as the circular has it."""
    if not task.title:
        return task.text
    if not task.text:
        return task.title
    return task.title + ("" if task.title[-1] in "。：:；;！？" else "。") + task.text


def numbered_place(task: Task, sections: Mapping[str, Section], language: str) -> str:
    """``二、（五）1.`` from the labels of the sections above a task, and its page."""
    labels: list[str] = []
    section = sections.get(task.section or "")
    seen: set[str] = set()
    while section is not None and section.id not in seen:
        seen.add(section.id)
        labels.append(section.label)
        section = sections.get(section.parent or "")
    chain = "".join(reversed(labels))
    return "\n".join(part for part in (chain, place(task.location, language)) if part)
