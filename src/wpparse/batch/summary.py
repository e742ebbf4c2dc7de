"""``summary.html``: one self-contained page about a batch; every text in it is escaped."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from itertools import chain, islice
from urllib.parse import quote

from wpparse.batch.manifest import Manifest, Row
from wpparse.batch.work import ROWS

LISTED = 5000
"""Inputs that the page lists: a page of a million rows opens in no browser."""
UNITS_SHOWN = 20
MONTHS_SHOWN = 24

_STYLE = """
:root { color-scheme: light dark; --ink: #1d2430; --quiet: #667085; --line: #e3e7ee; --paper: #fff; --sheet: #f5f7fa;
  --bar: #b3261e; --good: #19764c; --bad: #b3261e; --warn: #96640b }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ef; --quiet: #98a2b3; --line: #2c3442; --paper: #171c25;
  --sheet: #10141b; --bar: #e0685f; --good: #53c08a; --bad: #ef7f77; --warn: #e0b25c } }
* { box-sizing: border-box }
body { margin: 0; background: var(--sheet); color: var(--ink);
  font: 15px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif }
main { max-width: 72rem; margin: 0 auto; padding: 1.2rem 1rem 3rem }
h1 { font-size: 1.35rem; margin: .2rem 0 } h2 { font-size: 1.05rem; margin: 0 0 .6rem }
.quiet { color: var(--quiet); margin: 0 }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(7.5rem, 1fr)); gap: .6rem; margin: 1rem 0 }
.card, section { background: var(--paper); border: 1px solid var(--line); border-radius: .6rem }
.card { padding: .6rem .8rem } .card b { display: block; font-size: 1.5rem; line-height: 1.25; font-variant-numeric: tabular-nums }
section { padding: .9rem; margin: .8rem 0; overflow: hidden }
.two { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 0 .8rem }
svg { display: block; width: 100%; height: auto } svg text { fill: var(--ink); font-size: 12px }
svg .bar { fill: var(--bar) } svg .count { fill: var(--quiet) }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
th, td { text-align: left; padding: .4rem .5rem; border-top: 1px solid var(--line); vertical-align: top }
thead th { border-top: 0; color: var(--quiet); font-weight: 500; white-space: nowrap }
td.n { text-align: right; white-space: nowrap } td.name { overflow-wrap: anywhere; min-width: 10rem }
.done { color: var(--good) } .failed { color: var(--bad) } .other { color: var(--warn) }
a { color: inherit } .scroll { overflow-x: auto }
@media (max-width: 40rem) {
  .files thead { display: none } .files tr { display: block; border-top: 1px solid var(--line); padding: .45rem 0 }
  .files td { display: inline-block; border: 0; padding: .05rem .7rem .05rem 0 } .files td.name { display: block; min-width: 0 }
  .files td[data-label]:not(:empty)::before { content: attr(data-label) " "; color: var(--quiet) } }
"""
_STATUSES = ("done", "failed", "pending", "running")
_WORDS = {
    "zh": {
        "lang": "zh-CN",
        "title": "批量解析汇总",
        "files": "文件",
        "done": "完成",
        "failed": "失败",
        "doubtful": "存疑",
        "partial": "未完整读取",
        "pending": "未处理",
        "running": "未处理",
        "tasks": "任务",
        "units": "责任单位",
        "warnings": "需核对",
        "seconds": "用时（秒）",
        "most": f"任务最多的责任单位（前 {UNITS_SHOWN} 个）",
        "months": "任务按完成月份",
        "kinds": "问题种类（各举一例）与文件数",
        "status": "状态",
        "outputs": "结果",
        "rest": "只列出前 {listed:,} 个，共 {total:,} 个；全部见 .wpparse/manifest.sqlite。",
        "colon": "：",
    },
    "en": {
        "lang": "en",
        "title": "Batch summary",
        "files": "files",
        "done": "done",
        "failed": "failed",
        "doubtful": "doubtful",
        "partial": "partial",
        "pending": "not done",
        "running": "not done",
        "tasks": "tasks",
        "units": "units",
        "warnings": "warnings",
        "seconds": "seconds",
        "most": f"Units with most tasks (first {UNITS_SHOWN})",
        "months": "Tasks by month due",
        "kinds": "Kinds of trouble, an example of each, and files",
        "status": "status",
        "outputs": "outputs",
        "rest": "The first {listed:,} of {total:,}; all are in .wpparse/manifest.sqlite.",
        "colon": ": ",
    },
}


def summary_page(manifest: Manifest, language: str = "zh") -> str:
    """The page about the last run of a manifest, in ``zh`` or ``en``."""
    return "".join(_page(manifest, _WORDS[language]))


def _page(manifest: Manifest, words: dict[str, str]) -> Iterator[str]:
    units: Counter[str] = Counter()
    months: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for row in manifest.rows(*_STATUSES):
        counts[row.status] += 1
        if row.status == "done":
            counts["tasks"] += row.tasks or 0
            counts["warnings"] += row.warnings or 0
            counts["doubtful"] += row.counts.get("status", "complete") != "complete"
            counts["milliseconds"] += round(1000 * (row.seconds or 0))
            units.update(row.counts.get("units", {}))
            months.update(row.counts.get("months", {}))
    times = " — ".join(escape(moment.replace("T", " ")) for moment in manifest.last_run() if moment)
    total = sum(counts[status] for status in _STATUSES)
    yield f'<!doctype html>\n<html lang="{words["lang"]}">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{words["title"]}</title>\n'
    yield f"<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{words['title']}</h1>\n"
    yield f'<p class="quiet">{times}</p>\n<div class="cards">\n'
    shown: dict[str, float] = {
        "files": total,
        "done": counts["done"],
        "failed": counts["failed"],
        "doubtful": counts["doubtful"],
        "tasks": counts["tasks"],
        "units": len(units),
        "warnings": counts["warnings"],
        "seconds": round(counts["milliseconds"] / 1000, 1),
    }
    for key, value in shown.items():
        yield f'<div class="card"><b>{value:,}</b><span class="quiet">{words[key]}</span></div>\n'
    yield '</div>\n<div class="two">\n'
    yield _chart(words["most"], _most(units))
    yield _chart(words["months"], sorted(months.items())[-MONTHS_SHOWN:])
    yield "</div>\n"
    yield from _kinds(manifest, words)
    yield f'<section>\n<h2>{words["files"]}</h2>\n<table class="files">\n<thead><tr>'
    yield "".join(f"<th>{words[key]}</th>" for key in ("files", "status", "tasks", "warnings", "seconds", "outputs"))
    yield "</tr></thead>\n<tbody>\n"
    rows = chain.from_iterable(
        manifest.rows(*statuses) for statuses in (("failed",), ("pending", "running"), ("done",))
    )
    for row in islice(rows, LISTED):
        yield _line(manifest, row, words)
    yield "</tbody>\n</table>\n"
    if total > LISTED:
        yield f'<p class="quiet">{words["rest"].format(listed=LISTED, total=total)}</p>\n'
    yield "</section>\n</main>\n</body>\n</html>\n"


def _most(counted: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:UNITS_SHOWN]


def _chart(title: str, bars: Sequence[tuple[str, int]]) -> str:
    """Bars that lie, one a line, as an inline picture."""
    if not bars:
        return ""
    most = max(number for _, number in bars)
    lines = []
    for index, (name, number) in enumerate(bars):
        y = 22 * index
        shown = name if len(name) <= 12 else name[:11] + "…"
        width = max(2, round(190 * number / most))
        lines.append(
            f'<text x="150" y="{y + 15}" text-anchor="end">{escape(shown)}<title>{escape(name)}</title></text>'
            f'<rect class="bar" x="157" y="{y + 3}" width="{width}" height="15" rx="2"/>'
            f'<text class="count" x="{163 + width}" y="{y + 15}">{number:,}</text>'
        )
    return (
        f'<section>\n<h2>{escape(title)}</h2>\n<svg viewBox="0 0 400 {22 * len(bars)}" role="img" '
        f'aria-label="{escape(title)}">\n' + "\n".join(lines) + "\n</svg>\n</section>\n"
    )


def _kinds(manifest: Manifest, words: dict[str, str]) -> Iterator[str]:
    """How many inputs failed, or have something to look at, and why."""
    language = "zh" if words["lang"].startswith("zh") else "en"
    failures = [("failed", json.loads(example)[language], number) for example, number in manifest.count_failures()]
    findings = [
        ("other", example, number) for severity, example, number in manifest.count_findings() if severity != "info"
    ]
    if not failures and not findings:
        return
    yield f"<section>\n<h2>{words['kinds']}</h2>\n<table>\n<tbody>\n"
    for kind, example, number in [*failures, *findings]:
        yield f'<tr><td class="{kind}">{escape(example)}</td><td class="n">{number:,}</td></tr>\n'
    yield "</tbody>\n</table>\n</section>\n"


def _line(manifest: Manifest, row: Row, words: dict[str, str]) -> str:
    kind = row.status if row.status in ("done", "failed") else "other"
    status, links, below = words[row.status], "", ""
    if row.status == "failed":
        language = "zh" if words["lang"].startswith("zh") else "en"
        status += words["colon"] + row.message.get(language, row.code or "")
    else:
        links = " ".join(
            f'<a href="{quote(output.path)}">{escape(output.format)}</a>'
            for output in manifest.outputs(row.id)
            if output.format != ROWS
        )
    verdict = row.counts.get("status", "complete")
    if row.status == "done" and verdict != "complete":
        kind, status = "other", words[verdict]
    if row.status == "done" and row.counts.get("title"):
        below = f'<br><span class="quiet">{escape(str(row.counts["title"]))}</span>'
    numbers = {
        "tasks": "" if row.tasks is None else str(row.tasks),
        "warnings": str(row.warnings or ""),
        "seconds": "" if row.seconds is None else f"{row.seconds:.2f}",
    }
    cells = "".join(f'<td class="n" data-label="{words[key]}">{value}</td>' for key, value in numbers.items())
    return (
        f'<tr><td class="name">{escape(row.key)}{below}</td><td class="{kind}">{escape(status)}</td>'
        f'{cells}<td data-label="{words["outputs"]}">{links}</td></tr>\n'
    )
