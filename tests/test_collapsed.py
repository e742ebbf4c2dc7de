"""Texts whose line ends were lost give what they gave before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from wpparse import parse
from wpparse.model import WorkPlan

SAMPLES = Path(__file__).parent.parent / "samples"
LEAST = {
    "云川大学年度工作要点": (1.0, 1.0, 1.0, 1.0),
    "云川省促进就业若干措施": (1.0, 0.8, 0.95, 1.0),
    "石桥镇防汛抗旱工作方案": (0.9, 0.8, 1.0, 1.0),
    "锦屏区重点工作责任分解": (0.9, 0.9, 0.95, 1.0),
}
"""Sections, tasks, parties and deadlines that are the same, at least; headings that nothing set apart cost the rest."""


def told(plan: WorkPlan) -> list[list[object]]:
    tasks = [task for task in plan.tasks if task.origin == "body"]
    return [
        [(section.id, section.heading) for section in plan.sections],
        [task.text for task in tasks],
        [(party.name, party.role) for task in tasks for party in task.parties],
        [deadline.text for task in tasks for deadline in task.deadlines],
    ]


def agreement(one: Sequence[object], other: Sequence[object]) -> float:
    both = (Counter(one) & Counter(other)).total()
    return 2 * both / (len(one) + len(other)) if one or other else 1.0


@pytest.mark.parametrize("name", LEAST)
def test_a_sample_in_one_line(name: str) -> None:
    text = (SAMPLES / f"{name}.txt").read_text(encoding="utf-8")
    line = "".join(each.strip() for each in text.splitlines())
    whole, one = told(parse(text.encode(), name="a.txt")), told(parse(line.encode(), name="a.txt"))
    found = tuple(agreement(a, b) for a, b in zip(whole, one, strict=True))
    assert all(got >= least for got, least in zip(found, LEAST[name], strict=True)), found


def test_single_items_in_chapters() -> None:
    text = (
        "关于做好防汛工作的通知各镇人民政府：现将方案印发给你们，请抓好落实。一、加强水利建设1.加大投入，新建闸坝两座。"
        "（责任单位：县水利局）二、完善工作机制1.认真总结经验，固化成果。（责任单位：县应急局）三、提高装备水平1.发展应急产业，"
        "推进装备智能化。（责任单位：县工信局）2.加强储备，11月底前补齐物资。（责任单位：县发改局）"
    )
    plan = parse(text.encode(), name="a.txt")
    assert [(section.id, section.heading) for section in plan.sections if section.level == 1] == [
        ("1", "加强水利建设"), ("2", "完善工作机制"), ("3", "提高装备水平"),
    ]  # fmt: skip
    assert [[party.name for party in task.parties] for task in plan.tasks] == [
        ["县水利局"], ["县应急局"], ["县工信局"], ["县发改局"],
    ]  # fmt: skip


def test_a_list_within_a_sentence_is_no_outline() -> None:
    text = (
        "各镇要做好以下工作：（1）清理河道；（2）修复堤防；（3）更新设备；（4）组织演练。" * 2
        + "各单位要加强领导，落实责任。" * 12
    )
    assert parse(text.encode(), name="a.txt").sections == ()
