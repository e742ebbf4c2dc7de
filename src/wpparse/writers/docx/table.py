"""The table of the Word annex: merged levels, a header that repeats, rows that stay whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from wpparse.model import Role, Task, WorkPlan
from wpparse.writers.columns import depth, title_of, written_deadlines
from wpparse.writers.doubts import Findings
from wpparse.writers.escaping import visible
from wpparse.writers.share import share
from wpparse.writers.spans import spans
from wpparse.writers.typeset import wrap
from wpparse.writers.units import names_of
from wpparse.writers.wording import requirement

_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NOTHING = "—"
"""In a cell of headings, units or deadlines that has none: left blank it would be read as the cell above it."""
_TASK = {"zh": "工作任务", "en": "task"}
_WIDTH = 12757
"""Twips of the type area's 225 mm."""
_EM = 210
"""Twips of a 五号 character."""
_PADDING = 170
"""Twips at the sides of a cell that hold no text."""
_LINE = 310
"""Twips a line."""
_WHOLE = 16
"""A row of so many lines is kept on one page; a longer one may go over to the next."""
_ROLES: tuple[Role, ...] = ("responsible", "lead", "support", "leader")


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    span: int = 1
    merge: str | None = None
    """``restart`` or ``continue`` in a cell merged downwards."""
    centred: bool = False
    top: bool = False
    font: str = "仿宋"
    doubtful: bool = False
    """Coloured: it must be looked at."""


def table_xml(plan: WorkPlan, headers: str) -> str:
    """The ``w:tbl`` element (ECMA-376 Part 1, 17.4.37) for all tasks of ``plan``.

    A task with fewer levels than others has its last heading over the remaining level columns.
    """
    levels = depth(plan)
    used = {party.role for task in plan.tasks for party in task.parties}
    roles = [role for role in _ROLES if role in used] or ["responsible"]
    rest = [
        [
            requirement(task),
            *(text or _NOTHING for text in (*(names_of(task, role) for role in roles), written_deadlines(task))),
        ]
        for task in plan.tasks
    ]
    widths = _widths(plan, levels, rest)
    head = [_Cell(title_of("number", headers), centred=True, font="黑体")]
    if levels:
        head.append(_Cell(_TASK[headers], span=levels, centred=True, font="黑体"))
    titles = [title_of(key, headers) for key in ("text", *roles, "deadline")]
    head += [_Cell(title, centred=True, font="黑体") for title in titles]
    rows = [_row(head, widths, "<w:cantSplit/><w:tblHeader/>")]
    padded = [[*task.path, *[""] * (levels - len(task.path))] for task in plan.tasks]
    merged = spans(padded)
    heights = [_lines(cells, widths[1 + levels :]) for cells in rest]
    findings = Findings(plan)
    keys = ["text", *roles, "deadline"]
    for index, (task, cells) in enumerate(zip(plan.tasks, rest, strict=True)):
        doubted = {doubt.role or roles[0] if doubt.part == "party" else doubt.part for doubt in findings.doubts(task)}
        row = [_Cell(str(task.number), centred=True)]
        row += _levels(task, levels, merged[index], heights[index:])
        row += [
            _Cell(text, centred=key == "deadline" and len(text) < 12, doubtful=key in doubted)
            for key, text in zip(keys, cells, strict=True)
        ]
        rows.append(_row(row, widths, _row_properties(row, widths, heights[index])))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f'<w:tbl xmlns:w="{_NAMESPACE}">{_properties()}<w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'


def _row_properties(row: Sequence[_Cell], widths: Sequence[int], lines: int) -> str:
    """A row stays on one page; where a merged heading begins it holds all of the heading, so that no page's end cuts it."""
    heading = 0
    column = 0
    for cell in row:
        if cell.merge == "restart":
            heading = max(heading, _lines([cell.text], [sum(widths[column : column + cell.span])]))
        column += cell.span
    least = f'<w:trHeight w:val="{min(heading, _WHOLE) * _LINE}" w:hRule="atLeast"/>' if heading > lines else ""
    return ("<w:cantSplit/>" if lines <= _WHOLE else "") + least


def _levels(task: Task, levels: int, merged: Sequence[int], heights: Sequence[int]) -> list[_Cell]:
    """The heading cells of one row, each as (restart, continue or single) part of its merged block."""
    cells: list[_Cell] = []
    count = max(1, len(task.path))
    for level in range(min(levels, count)):
        rows = merged[level]
        merge = "restart" if rows > 1 else "continue" if rows == 0 else None
        # Centred over a block that goes over a page's end, a heading would stand in the middle of nowhere.
        tall = rows > 1 and sum(heights[:rows]) > _WHOLE
        text = (task.path[level] if level < len(task.path) else _NOTHING) if rows else ""
        cells.append(_Cell(text, span=levels - level if level == count - 1 else 1, merge=merge, top=tall))
    return cells


def _widths(plan: WorkPlan, levels: int, rest: Sequence[Sequence[str]]) -> list[int]:
    columns = 1 + levels + len(rest[0])
    room = (_WIDTH - columns * _PADDING) / _EM
    limits = [(2.2, 2.2), *[(5.0, 8.0)] * levels, (16.0, 40.0), *[(4.6, 12.0)] * (len(rest[0]) - 2), (4.5, 7.0)]
    lengths = [
        [],
        *[[len(task.path[level]) for task in plan.tasks if len(task.path) > level] for level in range(levels)],
        *[[len(cells[index]) for cells in rest] for index in range(len(rest[0]))],
    ]
    found = share(limits, lengths, room)
    scale = _WIDTH / sum(width * _EM + _PADDING for width in found)
    return [round((width * _EM + _PADDING) * scale) for width in found]


def _lines(cells: Sequence[str], widths: Sequence[int]) -> int:
    measures = [(width - _PADDING) / _EM for width in widths]
    return max(len(wrap(text, measure)) for text, measure in zip(cells, measures, strict=True))


def _row(cells: Sequence[_Cell], widths: Sequence[int], properties: str) -> str:
    parts = [f"<w:tr><w:trPr>{properties}</w:trPr>" if properties else "<w:tr>"]
    column = 0
    for cell in cells:
        width = sum(widths[column : column + cell.span])
        column += cell.span
        parts.append(_cell(cell, width))
    parts.append("</w:tr>")
    return "".join(parts)


def _cell(cell: _Cell, width: int) -> str:
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    merge = f'<w:vMerge w:val="{cell.merge}"/>' if cell.merge else ""
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="FFF2CC"/>' if cell.doubtful else ""
    align = f'<w:vAlign w:val="{"top" if cell.top else "center"}"/>'
    side = '<w:pPr><w:jc w:val="center"/></w:pPr>' if cell.centred else ""
    font = f'<w:rFonts w:ascii="{cell.font}" w:hAnsi="{cell.font}" w:eastAsia="{cell.font}"/>'
    paragraphs = "".join(
        f'<w:p>{side}<w:r><w:rPr>{font}<w:sz w:val="21"/></w:rPr><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'
        if line
        else f"<w:p>{side}</w:p>"
        for line in visible(cell.text).replace("\t", " ").split("\n")
    )
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{shade}{align}</w:tcPr>{paragraphs}</w:tc>'


def _properties() -> str:
    rules = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    around = (("top", 40), ("left", _PADDING // 2 - 5), ("bottom", 40), ("right", _PADDING // 2 - 5))
    margins = "".join(f'<w:{side} w:w="{twips}" w:type="dxa"/>' for side, twips in around)
    return (
        f'<w:tblPr><w:tblW w:w="{_WIDTH}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{rules}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
    )
