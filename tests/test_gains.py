"""The gains-and-losses report names a planted gain a gain and a planted loss a loss."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.gains import compare, main

PARTY = {"name": "县财政局", "role": "responsible", "collective": False, "source": "clause"}
DEADLINE = {"text": "6月底前", "kind": "by", "due": "2025-06-30", "source": "text"}


def task(text: str, *parties: dict[str, Any], deadlines: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    return {
        "origin": "body", "title": None, "text": text, "path": [], "label": "1.", "open_ended": False,
        "parties": list(parties), "deadlines": list(deadlines),
    }  # fmt: skip


OLD = {"tasks": [task("完成机房建设并通过验收。", PARTY, deadlines=(DEADLINE,)), task("开展业务培训。")]}


def changed(edit: str) -> dict[str, Any]:
    new = copy.deepcopy(OLD)
    if edit == "task+":
        new["tasks"].append(task("报送工作总结。"))
    elif edit == "task-":
        del new["tasks"][1]
    elif edit == "task~":
        new["tasks"][0]["text"] = "完成机房建设并通过了验收。"
    elif edit == "party+":
        new["tasks"][1]["parties"].append(PARTY)
    elif edit == "party-":
        new["tasks"][0]["parties"].clear()
    elif edit == "deadline+":
        new["tasks"][1]["deadlines"].append(DEADLINE)
    elif edit == "deadline-":
        new["tasks"][0]["deadlines"].clear()
    return new


@pytest.mark.parametrize("edit", ["task+", "task-", "task~", "party+", "party-", "deadline+", "deadline-"])
def test_a_planted_change_is_the_only_one_and_has_the_right_sign(edit: str) -> None:
    found = list(compare(OLD, changed(edit), "a"))
    assert [change.kind + change.sign for change in found] == [edit]


def test_the_other_way_round_gains_are_losses() -> None:
    found = list(compare(changed("task+"), OLD, "a"))
    assert [(change.kind, change.sign) for change in found] == [("task", "-")]
    assert "报送工作总结" in found[0].detail


def test_a_changed_role_is_a_loss_and_a_gain() -> None:
    new = copy.deepcopy(OLD)
    new["tasks"][0]["parties"][0]["role"] = "lead"
    assert sorted(change.sign for change in compare(OLD, new, "a")) == ["+", "-"]


def test_nothing_changed() -> None:
    assert list(compare(OLD, copy.deepcopy(OLD), "a")) == []


def test_folders_and_exit_status(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, plan in (("old", OLD), ("new", changed("party+"))):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.json").write_text(json.dumps(plan, ensure_ascii=False), encoding="utf-8")
    assert main([str(tmp_path / "old"), str(tmp_path / "new")]) == 0
    assert "party: 1 gained, 0 lost, 0 changed" in capsys.readouterr().out
    assert main([str(tmp_path / "new"), str(tmp_path / "old")]) == 1
