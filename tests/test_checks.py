"""Each check finds what it is for and leaves the rest alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from wpparse.checks import CHECKS, check
from wpparse.grammar import load_grammar
from wpparse.messages import render
from wpparse.model import Deadline, Diagnostic, Header, Location, Party, SourceInfo, Task, WorkPlan

HERE = Location(block=3, start=0, end=4)


def task(number: int = 1, **values: object) -> Task:
    plain = Task(
        number=number,
        origin="body",
        section=None,
        label=None,
        path=(),
        title=None,
        text="完成项目验收。",
        location=HERE,
    )
    return replace(plain, **values)


def plan(*tasks: Task, **header: object) -> WorkPlan:
    return WorkPlan(source=SourceInfo(name="a.txt", format="txt", sha256="0"), header=Header(**header), tasks=tasks)


def party(name: str) -> Party:
    return Party(name=name, role="responsible", source="clause", location=HERE)


def by(due: str | None) -> Deadline:
    return Deadline(text="某日前", kind="by", due=due, source="text", location=HERE)


def found(work_plan: WorkPlan) -> list[str]:
    return [diagnostic.code for diagnostic in check(work_plan, load_grammar()).diagnostics]


NAMED = task(1, parties=(party("县财政局"),))

CASES = {
    "no-tasks": (plan(), plan(NAMED)),
    "task-without-party": (plan(NAMED, NAMED, task(3)), plan(task(1), task(2), task(3))),
    "party-doubtful-name": (
        plan(task(parties=(party("完善机制，强化监管，落实责任"),))),
        plan(task(parties=(party("各县（市、区）人民政府"),))),
    ),
    "recognised-doubtful": (plan(task(recognised=0.5)), plan(task(recognised=0.99))),
    "deadline-before-issue": (
        plan(task(deadlines=(by("2023-12-31"),)), issue_date="2024-03-01"),
        plan(task(deadlines=(by("2024-03-01"),)), issue_date="2024-03-01"),
    ),
    "deadline-without-date": (
        plan(task(deadlines=(replace(by(None), rule="deadline.event"),))),
        plan(task(deadlines=(by("2024-12-31"),))),
    ),
    "deadline-without-year": (
        plan(task(deadlines=(replace(by(None), text="6月底前"),))),
        plan(task(deadlines=(replace(by(None), text="会议召开前", rule="deadline.event"),))),
    ),
}


def test_every_check_has_a_case() -> None:
    assert {item.code for item in CHECKS} == set(CASES)


@pytest.mark.parametrize("code", CASES)
def test_check(code: str) -> None:
    bad, good = CASES[code]
    assert code in found(bad)
    assert code not in found(good)


def test_a_check_changes_no_value_and_speaks_both_languages() -> None:
    before = CASES["deadline-before-issue"][0]
    after = check(before, load_grammar())
    assert replace(after, diagnostics=()) == before
    diagnostic = next(item for item in after.diagnostics if item.code == "deadline-before-issue")
    assert "早于" in diagnostic.message
    assert "before the date of issue" in render(diagnostic.code, "en", diagnostic.values)
    assert diagnostic.location == HERE


def test_what_a_stage_has_said_is_not_said_again() -> None:
    bad = plan(task(deadlines=(by(None),)), plan_year=2024)
    told = Diagnostic(code="deadline-impossible-date", severity="warning", message="…", location=HERE)
    assert "deadline-without-date" in found(bad)
    assert "deadline-without-date" not in found(replace(bad, diagnostics=(told,)))


def test_a_month_of_issue_compares_by_month() -> None:
    assert "deadline-before-issue" not in found(plan(task(deadlines=(by("2025-12-31"),)), issue_date="2025-12"))
