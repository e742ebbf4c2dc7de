"""True tables of fictional places, and what programs and people make of them in a text: tables × forms of dump × tails.

Everything follows from a seed. The words of odd seeds and of even ones have nothing in common, so that what was tuned on
one half is measured on the other.
"""

from __future__ import annotations

import html
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

Row = list[str | None]
"""None is a cell that is merged with the one above it, "" a blank one."""

_PLACES = (["青岚", "白沙", "石桥", "云川"], ["临泽湾", "柳荫", "安澜", "松坪"])
_LEVELS = (["县", "区"], ["市", "镇"])
_FIELDS = (
    ["水利", "住建", "教育", "交通运输", "民政", "卫生健康", "农业农村", "财政"],
    ["发展改革", "商务", "文化和旅游", "司法", "自然资源", "应急管理", "市场监管", "大数据"],
)
_OTHERS = (["各乡镇人民政府", "团委", "融媒体中心"], ["各街道办事处", "妇联", "政务服务中心"])
_VERBS = (
    ["清理", "新建", "改造", "排查", "推进", "完成", "建立", "开展"],
    ["修缮", "培育", "整治", "编制", "落实", "实施", "健全", "组织"],
)
_OBJECTS = (
    [
        "河道违章建筑",
        "农村公路",
        "老旧小区",
        "校园食品安全隐患",
        "高标准农田建设",
        "养老服务设施",
        "医保经办窗口",
        "供水管网",
    ],
    [
        "历史建筑",
        "专精特新企业",
        "背街小巷环境",
        "国土空间规划",
        "安全生产责任",
        "数字乡村试点",
        "普法宣传机制",
        "技能竞赛",
    ],
)
_AMOUNTS = (
    ["十二处", "30公里", "8个", "", "，6000亩以上", "", "5座", ""],
    ["四十户", "15家", "3项", "", "，覆盖率达到95%", "", "2场", ""],
)
_MORE = (
    [
        "建立工作台账，逐项销号",
        "加强日常监管，定期通报情况",
        "明确专人负责",
        "做好信息报送",
        "落实管护经费，防止问题反弹",
    ],
    [
        "完善长效机制，压实各方责任",
        "推行网格管理",
        "强化督导检查，及时反馈问题",
        "引导群众参与",
        "统筹各类资金，提高使用效益",
    ],
)
_TOPICS = (
    [
        "河道整治",
        "城市更新",
        "民生保障",
        "营商环境",
        "产业振兴",
        "一、强化基础设施",
        "二、提升公共服务",
        "三、优化发展环境",
    ],
    [
        "生态治理",
        "文化惠民",
        "平安建设",
        "科技创新",
        "（一）夯实工作基础",
        "（二）抓好重点任务",
        "乡村建设",
        "作风建设",
    ],
)
_TIMES = (
    ["3月底前", "2025年6月底前", "年底前", "每季度", "12月25日前", "长期坚持", "全年"],
    ["2025年9月", "第三季度", "11月底前", "上半年", "持续推进", "10月", "每月"],
)
_NOTES = (["续建", "新开工", "省级事项"], ["市级考核", "试点", "重点督办"])
_NAMES: dict[str, tuple[list[str], list[str]]] = {
    "number": (["序号", "编号"], ["顺序号", "项次"]),
    "topic": (["工作任务", "重点领域"], ["任务类别", "项目"]),
    "task": (["具体措施", "工作要求", "主要内容"], ["任务内容", "工作举措", "目标要求"]),
    "unit": (["责任单位", "牵头单位"], ["责任部门", "承办单位"]),
    "time": (["完成时限", "时间安排"], ["办结时间", "时间要求"]),
    "note": (["备注"], ["说明"]),
}

TITLES = (["2025年重点工作任务分解表", "2025年民生实事责任清单"], ["专项行动工作安排表", "年度任务分工台账"])
TAILS: dict[str, Callable[[str, int], list[str]]] = {
    "nothing": lambda _place, _half: [],
    "signature": lambda place, _half: [f"{place}人民政府办公室", "2025年3月1日"],
    "hereby": lambda _place, half: [("特此通知。", "特此通报。")[half]],
    "closing": lambda _place, half: [
        ("各有关单位要认真抓好落实，确保按期完成各项任务。", "各责任单位要高度重视，细化措施，明确专人，按月推进。")[half]
    ],
    "contact": lambda _place, half: [("联系人：王立新，电话：5550123", "联系人：周敏　联系电话：0555-5550188")[half]],
    "effect": lambda _place, half: [("本方案自印发之日起施行。", "本办法自2025年5月1日起施行，有效期3年。")[half]],
    "copied": lambda place, half: [(f"抄送：{place}委办公室。", f"抄送：{place}人大常委会办公室，{place}政协办公室。")[half]],
    "remark": lambda _place, half: [("备注：完成时限未注明年份的均为2025年。", "注：列第一位的为牵头单位。")[half]],
    "attachment": lambda _place, half: [("附件：任务完成情况报送表", "附件：1.进展情况统计表")[half]],
    "report": lambda place, half: [
        (
            f"请各单位于每月25日前将进展情况报{place}政府办公室。",
            f"各责任单位要于2025年4月10日前将实施方案报送{place}督查室。",
        )[half]
    ],
    "closing and signature": lambda place, half: [
        ("请结合实际，认真贯彻执行。", "以上任务完成情况纳入年度考核。")[half], f"{place}人民政府", "2025年4月8日",
    ],
}  # fmt: skip


@dataclass(frozen=True)
class TrueTable:
    """A table as its author meant it."""

    place: str
    title: str
    columns: Sequence[str]
    header: list[str]
    rows: list[Row]

    def grid(self, fill: bool = False) -> list[list[str]]:
        """The cells; a merged one blank but in its first row, or with ``fill`` the same in each."""
        out = [list(self.header)]
        for row in self.rows:
            above = out[-1]
            out.append([(above[at] if fill else "") if text is None else text for at, text in enumerate(row)])
        return out


@dataclass(frozen=True)
class Dump:
    """A text with a table in it. ``lost`` says that blank cells cannot be seen in it any more."""

    form: str
    tail: str
    text: str
    table: TrueTable
    tails: list[str] = field(default_factory=list)


def make_table(rng: random.Random, half: int, topic: bool, blanks: bool) -> TrueTable:
    """A random table with the words of one half."""
    place = rng.choice(_PLACES[half]) + rng.choice(_LEVELS[half])
    columns = [
        *(["number"] if rng.random() < 0.85 else []),
        *(["topic"] if topic else []),
        "task", "unit",
        *(["time"] if rng.random() < 0.9 else []),
        *(["note"] if blanks and rng.random() < 0.5 else []),
    ]  # fmt: skip
    if len(columns) < 3:
        columns.insert(0, "number")
    count = rng.choice([3, 4, 5, 6, 8, 11, 14])
    full = rng.random() < 0.75
    topics = rng.sample(_TOPICS[half], len(_TOPICS[half]))
    rows: list[Row] = []
    left = 0
    for number in range(1, count + 1):
        row: Row = []
        for column in columns:
            row.append(_cell(rng, half, place, column, number, full))
        if topic:
            at = columns.index("topic")
            if left or not topics:
                row[at] = None
                left = max(0, left - 1)
            else:
                row[at] = topics.pop()
                left = rng.choice([0, 1, 2])
        if blanks and "time" in columns and rng.random() < 0.15 and number > 1:
            row[columns.index("time")] = ""
        rows.append(row)
    header = [rng.choice(_NAMES[column][half]) for column in columns]
    return TrueTable(place, place + rng.choice(TITLES[half]), columns, header, rows)


def _cell(rng: random.Random, half: int, place: str, column: str, number: int, full: bool) -> str:
    if column == "number":
        return str(number)
    if column == "unit":
        own = [place[-1] + name + "局" for name in rng.sample(_FIELDS[half], 3)]
        names = [*own[: rng.choice([1, 1, 1, 2, 3])], *([rng.choice(_OTHERS[half])] if rng.random() < 0.15 else [])]
        return "、".join(names)
    if column == "time":
        return rng.choice(_TIMES[half])
    if column == "note":
        return rng.choice(_NOTES[half]) if rng.random() < 0.4 else ""
    text = rng.choice(_VERBS[half]) + rng.choice(_OBJECTS[half]) + rng.choice(_AMOUNTS[half])
    for more in rng.sample(_MORE[half], rng.choice([0, 0, 1, 1, 2])):
        text += "，" + more
    return text + ("。" if full else "")


# Forms


def _width(text: str) -> int:
    return sum(2 if ord(c) > 0x2E7F or c in "“”" else 1 for c in text)


def _pad(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _tabs(table: TrueTable, _rng: random.Random) -> str:
    return "\n".join("\t".join(row) for row in table.grid())


def _pipes(table: TrueTable, _rng: random.Random) -> str:
    return "\n".join(" | ".join(row) for row in table.grid(fill=True))


def _outer_pipes(table: TrueTable, _rng: random.Random) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in table.grid())


def _markdown(table: TrueTable, _rng: random.Random) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in table.grid()]
    return "\n".join([lines[0], "|" + " --- |" * len(table.header), *lines[1:]])


def _box(table: TrueTable, _rng: random.Random) -> str:
    rows = table.grid()
    widths = [max(_width(row[at]) for row in rows) for at in range(len(rows[0]))]
    rules = ["─" * (width + 2) for width in widths]
    lines = ["│" + "│".join(f" {_pad(text, w)} " for text, w in zip(row, widths, strict=True)) + "│" for row in rows]
    between = "├" + "┼".join(rules) + "┤"
    body = f"\n{between}\n".join(lines)
    return "┌" + "┬".join(rules) + "┐\n" + body + "\n└" + "┴".join(rules) + "┘"


def _commas(table: TrueTable, _rng: random.Random) -> str:
    return "\n".join(",".join(row) for row in table.grid())


def _quoted(table: TrueTable, _rng: random.Random) -> str:
    return "\n".join(",".join(f'"{text}"' for text in row) for row in table.grid(fill=True))


def _single(table: TrueTable, _rng: random.Random) -> str:
    return "\n".join(" ".join(text for text in row if text) for row in table.grid())


def _double(table: TrueTable, _rng: random.Random) -> str:
    return "\n".join("  ".join(text for text in row if text) for row in table.grid(fill=True))


def _wide_blanks(table: TrueTable, _rng: random.Random) -> str:
    return "\n".join("\u3000\u3000".join(row) for row in table.grid(fill=True)).replace("\u3000\u3000\n", "\n")


def _padded(table: TrueTable, _rng: random.Random) -> str:
    rows = table.grid()
    widths = [max(_width(row[at]) for row in rows) + 2 for at in range(len(rows[0]))]
    return "\n".join("".join(map(_pad, row, widths)).rstrip() for row in rows)


def _wrap(text: str, width: int) -> list[str]:
    return [text[at : at + width] for at in range(0, len(text), width)] or [""]


def _layout(table: TrueTable, rng: random.Random, middle: bool) -> str:
    """As ``pdftotext -layout``: one character is one column, cells are broken into lines, set at the top or in the middle."""
    sizes = {
        "number": 4,
        "topic": 8,
        "task": rng.choice([14, 18, 22]),
        "unit": rng.choice([8, 12]),
        "time": 9,
        "note": 5,
    }
    widths = [sizes[column] for column in table.columns]
    move = rng.choice([0, 3])
    lines: list[str] = []
    for row in table.grid():
        cells = [_wrap(text, width) for text, width in zip(row, widths, strict=True)]
        height = max(map(len, cells))
        tops = [(height - len(cell)) // 2 if middle else 0 for cell in cells]
        for at in range(height):
            line = " " * move
            for cell, top, width in zip(cells, tops, widths, strict=True):
                part = cell[at - top] if top <= at < top + len(cell) else ""
                line += part.ljust(width + 3)
            lines.append(line.rstrip())
    return "\n".join(lines)


def _layout_top(table: TrueTable, rng: random.Random) -> str:
    return _layout(table, rng, False)


def _layout_middle(table: TrueTable, rng: random.Random) -> str:
    return _layout(table, rng, True)


def _present(table: TrueTable) -> list[list[str]]:
    """The cells of each row as a program writes paragraphs: merged cells once, blank ones not at all."""
    return [[text for text in row if text] for row in table.grid()]


def _lines(table: TrueTable, _rng: random.Random) -> str:
    return "\n".join(text for row in _present(table) for text in row)


def _spaced_lines(table: TrueTable, _rng: random.Random) -> str:
    return "\n\n".join(text for row in _present(table) for text in row)


def _row_gaps(table: TrueTable, _rng: random.Random) -> str:
    return "\n\n".join("\n".join(row) for row in _present(table))


def _tab_before(table: TrueTable, _rng: random.Random) -> str:
    return "\n\n".join("\n".join(f"\t{text}" for text in row) for row in table.grid(fill=True))


def _bar_behind(table: TrueTable, _rng: random.Random) -> str:
    own = [[text for text in row if text is not None] for row in [table.header, *table.rows]]
    return "\n".join(f"{text} |" for row in own for text in row)


def _lone_tabs(table: TrueTable, _rng: random.Random) -> str:
    return "\n\n\n\n\n".join("\n\n\t\n\n".join(row) for row in table.grid())


def _html(table: TrueTable, _rng: random.Random) -> str:
    rows = [table.header, *table.rows]
    out = ["<table>"]
    for at, row in enumerate(rows):
        out.append("<tr>")
        for column, text in enumerate(row):
            if text is None:
                continue
            down = 1
            while at + down < len(rows) and rows[at + down][column] is None:
                down += 1
            span = f' rowspan="{down}"' if down > 1 else ""
            out.append(f"<td{span}>{html.escape(text)}</td>")
        out.append("</tr>")
    return "\n".join([*out, "</table>"])


FORMS: dict[str, Callable[[TrueTable, random.Random], str]] = {
    "tabs": _tabs, "pipes": _pipes, "outer pipes": _outer_pipes, "markdown": _markdown, "box": _box, "commas": _commas,
    "quoted commas": _quoted, "single blanks": _single, "double blanks": _double, "wide blanks": _wide_blanks,
    "padded": _padded, "layout, top": _layout_top, "layout, middle": _layout_middle, "one a line": _lines,
    "one a line, gaps": _spaced_lines, "one a line, row gaps": _row_gaps, "tab before": _tab_before,
    "bar behind": _bar_behind, "lone tabs": _lone_tabs, "html": _html,
}  # fmt: skip


def make_dump(seed: int, form: str, tail: str, half: int) -> Dump:
    """One text; ``half`` says which words it is made of."""
    rng = random.Random(f"{seed}/{form}/{tail}/{half}")
    table = make_table(rng, half, topic=rng.random() < 0.5, blanks=rng.random() < 0.35)
    tails = TAILS[tail](table.place, half)
    dump = FORMS[form](table, rng)
    before = [
        f"{table.place}人民政府办公室关于印发任务表的通知",
        "",
        "各有关单位：",
        "现将任务表印发给你们，请认真贯彻执行。",
        "",
    ]
    above = [*(before if rng.random() < 0.4 else []), table.title, *([""] if rng.random() < 0.7 else [])]
    gap = [""] if rng.random() < 0.7 or form in ("tab before", "lone tabs") else []
    text = "\n".join([*above, dump, *(gap if tails else []), *tails]) + "\n"
    return Dump(form, tail, text, table, tails)


def judge(dump: Dump, grids: Sequence[list[list[str]]]) -> str:
    """``right``, ``tail`` where a tail stands in a row, else ``wrong``."""
    told = {"".join(text.split()) for grid in grids for row in grid for text in row}
    told |= {"".join(" ".join(text for text in row if text).split()) for grid in grids for row in grid}
    for tail in dump.tails:
        flat = "".join(tail.split())
        if any(flat in text or (len(text) > 3 and text in flat and text.endswith(tail[-4:])) for text in told):
            return "tail"
    if len(grids) != 1:
        return "wrong"
    want = dump.table.grid(fill=True)
    merged = [any(row[at] is None for row in dump.table.rows) for at in range(len(want[0]))]
    got = [list(row) for row in grids[0]]
    if any(len(row) > len(want[0]) for row in got):
        return "wrong"
    got = [row + [""] * (len(want[0]) - len(row)) for row in got]
    for above, below in pairwise(got):
        for at, text in enumerate(below):
            if not text and at < len(merged) and merged[at]:
                below[at] = above[at]
    return "right" if got == want else "wrong"
