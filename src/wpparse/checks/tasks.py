"""Checks of tasks and of the bodies that answer for them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wpparse.checks.registry import Finding, define
from wpparse.grammar import Grammar
from wpparse.model import WorkPlan

_LONGEST_NAME = 30
_SENTENCE = re.compile(r"[。；：！？]|[，,].*[，,]")


@define("no-tasks", "warning", "没有找到任务", "no tasks were found")
def no_tasks(plan: WorkPlan, _: Grammar) -> Iterator[Finding]:
    """A file without any task: perhaps no plan, perhaps one that was not understood."""
    if not plan.tasks:
        yield Finding(None)


@define(
    "task-without-party",
    "info",
    "第{number}项任务没有写明责任单位",
    "task {number} names no responsible body",
)
def task_without_party(plan: WorkPlan, _: Grammar) -> Iterator[Finding]:
    """A task that names nobody, in a circular where most tasks name somebody: there it is likely an omission."""
    for origin in ("body", "table"):
        tasks = [task for task in plan.tasks if task.origin == origin]
        without = [task for task in tasks if not task.parties]
        if 2 * len(without) < len(tasks):
            for task in without:
                yield Finding(task.location, {"number": str(task.number), "origin": origin})


@define(
    "party-doubtful-name",
    "warning",
    "责任单位“{name}”不像单位名称，请核对",
    "“{name}” does not look like the name of a body",
)
def party_doubtful_name(plan: WorkPlan, _: Grammar) -> Iterator[Finding]:
    """A name that is as long as a sentence or holds the punctuation of one."""
    for task in plan.tasks:
        for party in task.parties:
            if len(party.name) > _LONGEST_NAME or _SENTENCE.search(party.name):
                yield Finding(party.location, {"name": party.name})


@define(
    "recognised-doubtful",
    "warning",
    "第{number}项任务的文字由图像识别得来，把握不大（{confidence}）",
    "the text of task {number} was recognised from a picture with little confidence ({confidence})",
)
def recognised_doubtful(plan: WorkPlan, _: Grammar) -> Iterator[Finding]:
    """A task with characters that the recognition was unsure of."""
    for task in plan.tasks:
        if task.recognised is not None and task.recognised < 0.8:
            yield Finding(task.location, {"number": str(task.number), "confidence": f"{task.recognised:.2f}"})


CHECKS = (no_tasks, task_without_party, party_doubtful_name, recognised_doubtful)
