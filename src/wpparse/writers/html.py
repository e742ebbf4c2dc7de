"""The task table as one page that needs nothing else: merged headings, ready for print."""

from __future__ import annotations

from html import escape
from typing import Literal

from wpparse.model import WorkPlan
from wpparse.writers.columns import flat_rows, title_of
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
thead{display:table-header-group}
tr{break-inside:avoid}
@page{size:A4 landscape;margin:15mm}
@media print{body{margin:0}}
"""
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
        lines.append(_table(names, rows, len(levels)))
    else:
        lines.append(f"<p>{_NOTHING[headers]}</p>")
    lines.append("</body>\n</html>\n")
    return "\n".join(lines).encode("utf-8")


def _table(names: list[str], rows: list[list[int | str]], levels: int) -> str:
    head = "".join(f"<th>{_shown(name)}</th>" for name in names)
    lines = [f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>"]
    merged = spans([[str(cell) for cell in row[1 : 1 + levels]] for row in rows])
    for row, spanned in zip(rows, merged, strict=True):
        cells = [f'<td class="n">{row[0]}</td>']
        for value, span in zip(row[1 : 1 + levels], spanned, strict=True):
            if span:
                cells.append(f'<td rowspan="{span}">{_shown(value)}</td>' if span > 1 else f"<td>{_shown(value)}</td>")
        cells += [f"<td>{_shown(value)}</td>" for value in row[1 + levels :]]
        lines.append(f"<tr>{''.join(cells)}</tr>")
    lines.append("</tbody>\n</table>")
    return "\n".join(lines)


def _shown(value: int | str) -> str:
    return escape(visible(str(value)))
