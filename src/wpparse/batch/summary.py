"""``summary.html``: one self-contained page about a batch; every text in it is escaped."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
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
_STATUS = {"done": "完成", "failed": "失败", "pending": "未处理", "running": "未处理"}


def summary_page(manifest: Manifest) -> str:
    """The page about the last run of a manifest."""
    return "".join(_page(manifest))


def _page(manifest: Manifest) -> Iterator[str]:
    units: Counter[str] = Counter()
    months: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for row in manifest.rows("done", "failed", "pending", "running"):
        counts[row.status] += 1
        if row.status == "done":
            counts["tasks"] += row.tasks or 0
            counts["warnings"] += row.warnings or 0
            counts["milliseconds"] += round(1000 * (row.seconds or 0))
            units.update(row.counts.get("units", {}))
            months.update(row.counts.get("months", {}))
    started, ended = manifest.last_run()
    total = sum(counts[status] for status in _STATUS)
    yield '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>批量解析汇总</title>\n'
    yield f"<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>批量解析汇总</h1>\n"
    yield f'<p class="quiet">{escape(started)}{f" — {escape(ended)}" if ended else ""}</p>\n<div class="cards">\n'
    cards = (
        ("文件", total),
        ("完成", counts["done"]),
        ("失败", counts["failed"]),
        ("任务", counts["tasks"]),
        ("责任单位", len(units)),
        ("需核对", counts["warnings"]),
        ("用时（秒）", round(counts["milliseconds"] / 1000, 1)),
    )
    for label, value in cards:
        yield f'<div class="card"><b>{value:,}</b><span class="quiet">{label}</span></div>\n'
    yield '</div>\n<div class="two">\n'
    yield _chart(f"任务最多的责任单位（前 {UNITS_SHOWN} 个）", _most(units))
    yield _chart("任务按完成月份", sorted(months.items())[-MONTHS_SHOWN:])
    yield "</div>\n"
    yield from _kinds(manifest)
    yield '<section>\n<h2>文件</h2>\n<table class="files">\n<thead><tr><th>文件</th><th>状态</th><th>任务</th>'
    yield "<th>需核对</th><th>用时</th><th>结果</th></tr></thead>\n<tbody>\n"
    listed = 0
    for statuses in (("failed",), ("pending", "running"), ("done",)):
        for row in manifest.rows(*statuses):
            listed += 1
            if listed > LISTED:
                break
            yield _line(manifest, row)
    yield "</tbody>\n</table>\n"
    if total > LISTED:
        yield f'<p class="quiet">只列出前 {LISTED:,} 个，共 {total:,} 个；全部见 .wpparse/manifest.sqlite。</p>\n'
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


def _kinds(manifest: Manifest) -> Iterator[str]:
    """How many inputs failed, or have something to look at, and why."""
    failures = [("failed", json.loads(example)["zh"], number) for example, number in manifest.count_failures()]
    findings = [
        ("other", example, number) for severity, example, number in manifest.count_findings() if severity != "info"
    ]
    if not failures and not findings:
        return
    yield "<section>\n<h2>问题种类</h2>\n<table>\n<tbody>\n"
    for kind, example, number in [*failures, *findings]:
        yield f'<tr><td class="{kind}">{escape(example)}</td><td class="n">{number:,}</td></tr>\n'
    yield "</tbody>\n</table>\n</section>\n"


def _line(manifest: Manifest, row: Row) -> str:
    kind = row.status if row.status in ("done", "failed") else "other"
    status = _STATUS[row.status]
    if row.code is not None and row.status == "failed":
        status += f"：{row.message.get('zh', row.code)}"
    links = " ".join(
        f'<a href="{quote(output.path)}">{escape(output.format)}</a>'
        for output in manifest.outputs(row.id)
        if output.format != ROWS
    )
    if row.status == "failed":
        links = ""
    seconds = "" if row.seconds is None else f"{row.seconds:.2f} s"
    title = row.counts.get("title") if row.status == "done" else None
    below = f'<br><span class="quiet">{escape(str(title))}</span>' if title else ""
    cells = (
        f'<td class="name">{escape(row.key)}{below}</td><td class="{kind}">{escape(status)}</td>'
        f'<td class="n" data-label="任务">{"" if row.tasks is None else row.tasks}</td>'
        f'<td class="n" data-label="需核对">{row.warnings or ""}</td>'
        f'<td class="n" data-label="用时">{seconds}</td><td data-label="结果">{links}</td>'
    )
    return f"<tr>{cells}</tr>\n"
