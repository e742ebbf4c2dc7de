"""Sheet names, headings and notes of the workbook in Chinese and in English."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """One language."""

    tasks: str
    units: str
    deadlines: str
    info: str
    checks: str
    table_title: str
    units_title: str
    deadlines_title: str
    info_title: str
    checks_title: str
    ledger_title: str
    place: str
    note: str
    unit: str
    role: str
    task: str
    who: str
    start: str
    status: str
    states: tuple[str, str, str]
    alert: str
    late: str
    soon: str
    progress: str
    severity: str
    code: str
    message: str
    row: str
    words: str
    verdict: str
    nothing: str
    continued: str
    shortened: str
    other_dates: str
    via: str
    own_role: str
    file: str
    count: str
    index_title: str
    index_sheet: str


_ZH = Words(
    tasks="任务分解表",
    units="按单位",
    deadlines="按时限",
    info="文件信息",
    checks="核对",
    table_title="{title}任务分解表",
    units_title="{title}任务清单（按单位）",
    deadlines_title="{title}任务台账（按时限）",
    info_title="文件信息",
    checks_title="核对事项",
    ledger_title="重点工作任务台账",
    place="章节/页码",
    note="备注",
    unit="单位",
    role="职责",
    task="工作任务",
    who="责任单位",
    start="开始时间",
    status="状态",
    states=("未开始", "进行中", "已完成"),
    alert="预警",
    late="已逾期",
    soon="30日内到期",
    progress="进展情况",
    severity="级别",
    code="代码",
    message="说明",
    row="任务",
    words="原文",
    verdict="核对结论",
    nothing="没有需要核对的事项。",
    continued="本项内容较长，分为{count}行。",
    shortened="……（全文见“{sheet}”第{number}项）",
    other_dates="另有时限：{dates}",
    via="（{name}）",
    own_role="本单位职责",
    file="文件",
    count="任务数",
    index_title="{title}任务分送目录",
    index_sheet="目录",
)
_EN = Words(
    tasks="Tasks",
    units="By unit",
    deadlines="By deadline",
    info="Document",
    checks="Checks",
    table_title="{title}: task table",
    units_title="{title}: tasks by unit",
    deadlines_title="{title}: ledger by deadline",
    info_title="Document",
    checks_title="To be checked",
    ledger_title="Ledger of tasks",
    place="section/page",
    note="note",
    unit="unit",
    role="role",
    task="task",
    who="responsible",
    start="start",
    status="status",
    states=("not started", "in progress", "done"),
    alert="alert",
    late="overdue",
    soon="due in 30 days",
    progress="progress",
    severity="severity",
    code="code",
    message="message",
    row="row",
    words="words",
    verdict="verdict",
    nothing="Nothing to be checked.",
    continued="Long text, continued over {count} rows.",
    shortened=" … (in full on sheet “{sheet}”, number {number})",
    other_dates="further dates: {dates}",
    via=" ({name})",
    own_role="own role",
    file="file",
    count="tasks",
    index_title="{title}: index of units",
    index_sheet="Index",
)


def words(headers: str) -> Words:
    """The words of one language, ``zh`` or ``en``."""
    return _ZH if headers == "zh" else _EN
