"""The task table as one page that needs nothing else: merged headings, ready for print."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Literal

from wpparse.model import WorkPlan
from wpparse.writers.columns import flat_rows, title_of
from wpparse.writers.doubts import Findings, message_of, status_of
from wpparse.writers.escaping import visible
from wpparse.writers.markdown import used_columns
from wpparse.writers.spans import spans
from wpparse.writers.wording import circular_name

_STYLE = """
body{font-family:"Songti SC",SimSun,"Noto Serif CJK SC",serif;margin:2em;line-height:1.5;color:#222}
h1{font-size:1.5em;text-align:center}
p{text-align:center;color:#555}
table{border-collapse:collapse;width:100%;font-size:.9em}
th,td{border:1px solid #888;padding:.35em .5em;vertical-align:middle;text-align:left;white-space:pre-line}
th{background:#edf1f7;font-family:"Heiti SC",SimHei,"Noto Sans CJK SC",sans-serif;font-weight:normal;text-align:center}
td.n{text-align:center}
td.doubt{background:#fff2cc}
.checks{margin-top:1.5em;font-size:.9em;break-inside:avoid} .checks h2{font-size:1em} .checks li{text-align:left}
thead{display:table-header-group}
tr{break-inside:avoid}
@page{size:A4 landscape;margin:15mm}
@media print{body{margin:0}}
"""
_CHECK = {"zh": "核对：", "en": "To be checked: "}
_NOTHING = {"zh": "没有任务。", "en": "No tasks."}


def render(plan: WorkPlan, headers: Literal["zh", "en"]) -> bytes:
    """One self-contained page, every text escaped, nothing loaded from elsewhere."""
    all_names, all_rows = flat_rows(plan, headers)
    names, rows = used_columns(all_names, all_rows)
    levels = [name for name in names if name in all_names[1 : all_names.index(title_of("text", headers))]]
    title = _shown(circular_name(plan))
    header = plan.header
    facts = [fact for fact in (header.document_number, header.issuer, header.issue_date) if fact]
    language = "zh-CN" if headers == "zh" else "en"
    lines = [
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>',
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>",
    ]
    if facts:
        lines.append(f"<p>{'　'.join(_shown(fact) for fact in facts)}</p>")
    if rows:
        lines.append(_table(names, rows, len(levels), _doubts(plan, names, headers)))
    else:
        lines.append(f"<p>{_NOTHING[headers]}</p>")
    told = [
        message_of(found, headers)
        for found in plan.diagnostics
        if found.severity != "info" or found.code == "selection-hidden"
    ]
    if told:
        verdict = f"{_CHECK[headers]}{_shown(status_of(plan, headers))}"
        items = "".join(f"<li>{_shown(line)}</li>" for line in dict.fromkeys(told))
        lines.append(f'<section class="checks">\n<h2>{verdict}</h2>\n<ol>{items}</ol>\n</section>')
    lines.append("</body>\n</html>\n")
    return "\n".join(lines).encode("utf-8")


def _doubts(plan: WorkPlan, names: list[str], headers: Literal["zh", "en"]) -> Mapping[tuple[int, int], str]:
    """What is said of cells that must be looked at, by row and column."""
    findings = Findings(plan)
    found: dict[tuple[int, int], str] = {}
    for row, task in enumerate(plan.tasks):
        for doubt in findings.doubts(task):
            key = title_of(doubt.part if doubt.part != "party" else doubt.role or "responsible", headers)
            place = row, names.index(key if key in names else title_of("text", headers))
            words = message_of(doubt.finding, headers)
            found[place] = f"{found[place]}\n{words}" if place in found else words
    return found


def _table(names: list[str], rows: list[list[int | str]], levels: int, doubts: Mapping[tuple[int, int], str]) -> str:
    head = "".join(f"<th>{_shown(name)}</th>" for name in names)
    lines = [f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>"]
    merged = spans([[str(cell) for cell in row[1 : 1 + levels]] for row in rows])
    for number, (row, spanned) in enumerate(zip(rows, merged, strict=True)):
        cells = [f'<td class="n">{row[0]}</td>']
        for value, span in zip(row[1 : 1 + levels], spanned, strict=True):
            if span:
                cells.append(f'<td rowspan="{span}">{_shown(value)}</td>' if span > 1 else f"<td>{_shown(value)}</td>")
        for column, value in enumerate(row[1 + levels :], 1 + levels):
            words = doubts.get((number, column))
            mark = "" if words is None else f' class="doubt" title="{_shown(words)}"'
            cells.append(f"<td{mark}>{_shown(value)}</td>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    lines.append("</tbody>\n</table>")
    return "\n".join(lines)


def _shown(value: int | str) -> str:
    return escape(visible(str(value)))
