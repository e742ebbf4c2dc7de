"""Justified text as ``pdftotext -layout`` prints it: paragraphs come back whole."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from wpparse import parse
from wpparse.layout.justified import unfold

SAMPLES = Path(__file__).resolve().parents[1] / "samples"

PARAGRAPHS = [
    "为贯彻落实全县数字政府建设部署,推进政务服务提质增效,进一步激发各类市场主体活力,结合我县实际,制定本方案.",
    "一、总体要求",
    "(一)工作目标.到2025年,全县政务服务事项网上可办率达到95%以上,新增惠企政策30项以上,群众满意度明显提高.",
    "二、重点任务",
    "(一)完善基础设施.县政务服务局要在2025年6月底前完成政务外网布局优化,实现县乡村三级全部接通,并建立巡检制度.",
    "(二)推进数据共享.编制公共数据资源目录,推动部门数据应归尽归,于2025年10月底前建成数据共享平台.(责任单位:县发展改革局、县财政局)",
    "(三)强化安全保障.建立网络安全责任制,定期开展应急演练,提高突发事件处置能力,确保重要系统安全稳定运行.(责任单位:县公安局)",
]


def typeset(paragraphs: list[str], measure: int, chance: Random) -> list[str]:
    """Lines of a measure, some of them spread with blanks, blank lines and page numbers between them at will."""
    out: list[str] = []
    for paragraph in paragraphs:
        rest, indent = paragraph, "   "
        while rest:
            room = measure - len(indent)
            line, rest = rest[:room], rest[room:]
            if rest and chance.random() < 0.5:
                line = " ".join(line[:14]) + line[14:]
            out.append(indent + line)
            indent = ""
            if chance.random() < 0.3:
                out.append("")
            if chance.random() < 0.05:
                out += ["  — 2 —", ""]
    return out


@pytest.mark.parametrize("measure", [24, 28, 33])
@pytest.mark.parametrize("seed", range(3))
def test_paragraphs_come_back(measure: int, seed: int) -> None:
    lines = typeset(PARAGRAPHS * 3, measure, Random(seed))
    got = unfold(lines)
    assert got is not None
    assert [line.strip() for line in got] == PARAGRAPHS * 3


def test_the_tasks_are_those_of_the_text() -> None:
    title = ["      青岚县数字政府建设工作方案", ""]
    plain = parse("\n".join([*title, *PARAGRAPHS]).encode())
    printed = parse("\n".join([*title, *typeset(PARAGRAPHS, 24, Random(5))]).encode())
    assert [task.text for task in printed.tasks] == [task.text for task in plain.tasks]
    assert [[party.name for party in task.parties] for task in printed.tasks] == [
        [party.name for party in task.parties] for task in plain.tasks
    ]
    assert len(plain.tasks) == 3


def test_digits_off_the_baseline_go_back_into_their_line() -> None:
    lines = typeset(PARAGRAPHS * 2, 28, Random(1))
    lines[:0] = ["               青政发 〔", "                   ２０２５〕８ 号", ""]
    got = unfold(lines)
    assert got is not None
    assert got[0].strip() == "青政发〔２０２５〕８号"


def test_a_date_ends_its_line() -> None:
    lines = [*typeset(PARAGRAPHS * 2, 28, Random(2)), "", "2025年 4 月 16 日", "", "(此件公开发布)"]
    got = unfold(lines)
    assert got is not None
    assert got[-2:] == ["2025年4月16日", "(此件公开发布)"]


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_ordinary_texts_are_left_alone(path: Path) -> None:
    assert unfold(path.read_text(encoding="utf-8").splitlines()) is None
