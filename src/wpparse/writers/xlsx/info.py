"""Sheet 文件信息: what the circular is, counts, and charts of tasks a unit and a month."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from wpparse.writers.doubts import message_of, status_of
from wpparse.writers.typeset import wrap
from wpparse.writers.wording import ORIGINS
from wpparse.writers.xlsx.book import Book, Formula, merge, pixels_of, set_width
from wpparse.writers.xlsx.deadlines import Ledger
from wpparse.writers.xlsx.entries import Entries, date_of
from wpparse.writers.xlsx.layout import MAX_LINES, height_of, text_of

_LABEL, _VALUE, _GAP, _NAME, _COUNT = 7.0, 25.0, 0.5, 12.0, 4.0
_CHART_UNITS = 15
_CHART_FONT = 8
"""Points; larger names do not stand beside each of the bars."""
_NAME_CHARACTERS = 60
_DEFAULT_HEIGHT = 15.0
"""Points of a row that says nothing of its height."""
_PIXEL = 0.75
_KEYS = (
    ("plan_title", "标题", "title"),
    ("title", "原文标题", "title of the file"),
    ("document_number", "发文字号", "document number"),
    ("issuer", "发文机关", "issuer"),
    ("addressees", "主送机关", "addressees"),
    ("issue_date", "成文日期", "date of issue"),
    ("disclosure", "公开方式", "disclosure"),
    ("attachments", "附件", "attachments"),
    ("copied_to", "抄送", "copied to"),
    ("plan_year", "计划年度", "plan year"),
)


def write_info(book: Book, sheet: Any, entries: Entries, ledger: Ledger) -> None:
    """The header's parts and counts on the left, units and months with their numbers on the right, then charts."""
    say, zh = entries.words, entries.headers == "zh"
    facts = _facts(entries, ledger)
    units = [(_cut(unit.name), len(unit.duties)) for unit in sorted(entries.units, key=lambda unit: -len(unit.duties))]
    months = _months(entries)
    widths = (_LABEL, _VALUE, _GAP, _NAME, _COUNT, _GAP, _NAME / 2, _COUNT)
    for column, em in enumerate(widths):
        set_width(sheet, column, em)
    heights = [32.0, height_of(1)]
    for row in range(max(len(facts), len(units), len(months))):
        lines = [len(wrap(text_of(fact[1]) or "", _VALUE)) for fact in facts[row : row + 1]]
        lines += [len(wrap(unit[0], _NAME)) for unit in units[row : row + 1]]
        heights.append(height_of(max(lines, default=1)))
    for number, height in enumerate(heights):
        sheet.set_row(number, height)
    merge(sheet, 0, 0, 0, len(widths) - 1)
    merge(sheet, 1, 1, 0, 1)
    book.write(sheet, 0, [(_cut(entries.title), "title")])
    heads = (say.info_title, "", None, say.unit, say.count, None, "月份" if zh else "month", say.count)
    book.write(sheet, 1, [(head, None if head is None else "head") for head in heads])
    blocks = ((facts, "label", "text"), (units, "text", "middle"), (months, "middle", "middle"))
    for row in range(len(heights) - 2):
        cells: list[tuple[object, str | None]] = []
        for block, first, second in blocks:
            if row < len(block):
                name, value = block[row]
                cells += [(name, first), (value, "day" if isinstance(value, date) else second)]
            else:
                cells += [(None, None), (None, None)]
            cells.append((None, None))
        book.write(sheet, row + 2, cells)
    _charts(book, sheet, entries, min(len(units), _CHART_UNITS), len(months), heights, len(facts) + 2)
    book.footer(sheet, entries.headers)


def _cut(name: str) -> str:
    """A name for the title or a chart; the other sheets, and the rows below, have all of it."""
    return name if len(name) <= _NAME_CHARACTERS else name[: _NAME_CHARACTERS - 1] + "…"


def _facts(entries: Entries, ledger: Ledger) -> list[tuple[str, object]]:
    zh = entries.headers == "zh"
    facts: list[tuple[str, object]] = []
    for plan in entries.plans:
        header = plan.header
        for key, chinese, english in _KEYS:
            value = getattr(header, key)
            if key == "title" and value == header.plan_title:
                continue
            if entries.ledger and key not in ("plan_title", "document_number", "issuer", "issue_date"):
                continue
            shown = ("、" if zh else ", ").join(value) if isinstance(value, tuple) else value
            if shown:
                facts += _lines(chinese if zh else english, date_of(shown) if key == "issue_date" else shown)
        facts.append(("来源文件" if zh else "file", plan.source.name))
        reasons = "" if not plan.status_reasons or not zh else "：" + "；".join(plan.status_reasons)
        facts += _lines(entries.words.verdict, status_of(plan, entries.headers) + reasons)
        for found in plan.diagnostics:
            if found.code == "selection-hidden":
                facts += _lines("说明" if zh else "note", message_of(found, entries.headers))
        if not entries.ledger:
            facts.append(("SHA-256", plan.source.sha256))
    origins = Counter(entry.task.origin for entry in entries.rows)
    per = "，".join(f"{ORIGINS[entries.headers][origin]} {count}" for origin, count in sorted(origins.items()))
    facts.append(("任务数" if zh else "tasks", f"{len(entries.rows)}（{per}）" if per and zh else len(entries.rows)))
    facts.append(("单位数" if zh else "units", len(entries.units)))
    return facts + _counts(entries, ledger)


def _lines(label: str, value: object) -> list[tuple[str, object]]:
    """One fact, over several rows where it has more lines than a row takes."""
    text = text_of(value)
    if text is None or len(lines := wrap(text, _VALUE)) <= MAX_LINES:
        return [(label, value)]
    starts = range(0, len(lines), MAX_LINES)
    return [("" if start else label, "".join(lines[start : start + MAX_LINES])) for start in starts]


def _counts(entries: Entries, ledger: Ledger) -> list[tuple[str, object]]:
    """Formulas that follow the ledger: how many entries have each state, how many are late."""
    if not entries.rows:
        return []
    say = entries.words
    sheet = f"'{say.deadlines}'!"
    counts: list[tuple[str, object]] = [
        (state, Formula(f'=COUNTIF({sheet}{ledger.column(ledger.status)},"{state}")')) for state in say.states
    ]
    alerts = ledger.column(ledger.alert)
    return counts + [(alert, Formula(f'=COUNTIF({sheet}{alerts},"{alert}")')) for alert in (say.soon, say.late)]


def _months(entries: Entries) -> list[tuple[str, int]]:
    """How many deadlines end in each month, from the first to the last such month."""
    days = [date_of(deadline.due) for entry in entries.rows for deadline in entry.task.deadlines]
    counts = Counter((day.year, day.month) for day in days if day is not None)
    return [(f"{year}-{month:02}", counts[year, month]) for year, month in sorted(counts)]


def _charts(book: Book, sheet: Any, entries: Entries, units: int, months: int, heights: list[float], row: int) -> None:
    """Both charts below each other from ``row`` (0-based) on, which begins a page."""
    zh = entries.headers == "zh"
    charts = []
    if units:
        title = "各单位任务数" if zh else "tasks a unit"
        charts.append((_bar(book, sheet, title, 3, units, "bar"), 95 + 19 * units))
    if months:
        title = "各月到期数" if zh else "deadlines a month"
        charts.append((_bar(book, sheet, title, 6, months, "column"), 208))
    if charts:
        sheet.set_h_pagebreaks([row])
    for chart, height in charts:
        chart.set_size({"width": pixels_of(_LABEL) + pixels_of(_VALUE), "height": height})
        sheet.insert_chart(row, 0, chart)
        rest = height * _PIXEL + _DEFAULT_HEIGHT
        while rest > 0:
            rest -= heights[row] if row < len(heights) else _DEFAULT_HEIGHT
            row += 1


def _bar(book: Book, sheet: Any, title: str, column: int, count: int, kind: str) -> Any:
    """A chart of the names in ``column`` and the numbers beside them, ``count`` rows below the heading."""
    chart = book.chart(kind)
    names, numbers = ([sheet.get_name(), 2, at, count + 1, at] for at in (column, column + 1))
    chart.add_series({"categories": names, "values": numbers, "gap": 60})
    chart.set_title({"name": title, "name_font": {"size": 12}})
    chart.set_legend({"none": True})
    small = {"size": _CHART_FONT}
    across, along = {"num_format": "0", "num_font": small}, {"interval_unit": 1, "num_font": small}
    if kind == "bar":
        chart.set_y_axis(along | {"reverse": True})
        chart.set_x_axis(across)
    else:
        chart.set_x_axis(along)
        chart.set_y_axis(across)
    return chart
