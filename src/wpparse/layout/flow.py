"""From the pages to the document: furniture dropped, tables and paragraphs joined over page breaks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from wpparse.blocks import Block
from wpparse.grammar import Grammar
from wpparse.layout.grids.borders import complete
from wpparse.layout.grids.join import continue_table, same_columns
from wpparse.layout.grids.ruled import Joined, PageTable, finish, start_table
from wpparse.layout.lines import Line
from wpparse.layout.pages import PageLayout
from wpparse.layout.paragraphs import (
    Measure,
    PageLines,
    build_paragraph,
    make_paragraphs,
    marks_of,
    measure,
    page_areas,
)
from wpparse.layout.repeats import Repeats
from wpparse.layout.shelf import Shelf


@dataclass(slots=True)
class Trace:
    """What became of the lines, for the drawing of a page."""

    paragraphs: list[list[Line]] = field(default_factory=list)
    tables: list[PageTable] = field(default_factory=list)
    dropped: list[Line] = field(default_factory=list)


def flow(layouts: Iterable[PageLayout], grammar: Grammar, trace: Trace | None = None) -> list[Block]:
    """Paragraphs and tables in reading order. The pages are taken one by one and are not needed afterwards."""
    shelf = Shelf()
    repeats = Repeats()
    for layout in layouts:
        repeats.see(layout)
        shelf.add(layout)
    repeats.decide()
    shown: list[PageLines] = []
    for layout in shelf:
        dropped = repeats.drop(layout)
        if trace is not None:
            trace.dropped += dropped
        shown.append(_page_lines(layout))
    areas = page_areas(shown)
    del shown
    blocks: list[Block] = []
    pending: list[Line] = []
    table: Joined | None = None

    def end_text(goes_on: bool = False) -> None:
        """Make paragraphs of the lines so far; where the text ``goes_on``, not of those that may not be all."""
        nonlocal pending
        own = [areas[line.page] for line in pending]
        groups = make_paragraphs(pending, own)
        pending = groups.pop() if goes_on and groups else []
        start = 0
        for group in groups:
            paragraph = build_paragraph(group, own[start])
            start += len(group)
            if trace is not None:
                trace.paragraphs.append(group)
            if paragraph is not None:
                blocks.append(paragraph)

    def end_table() -> None:
        nonlocal table
        if table is not None:
            blocks.append(finish(table))
            table = None

    for layout in shelf:
        repeats.drop(layout)
        lines, tables = _settle(layout, table)
        if lines and layout.number not in areas:
            areas[layout.number] = measure([marks_of(lines)]) or Measure(0.0, layout.width, 12.0, 20.0)
        items: list[tuple[float, Line | PageTable]] = [(line.y, line) for line in lines]
        items += [(part.top, part) for part in tables]
        items.sort(key=lambda item: item[0])
        for _, item in items:
            if isinstance(item, Line):
                end_table()
                pending.append(item)
                continue
            end_text()
            if trace is not None:
                trace.tables.append(item)
            if table is not None and table.last_page < item.page and same_columns(table.xs, item.grid.xs):
                continue_table(table, item)
                continue
            end_table()
            table = start_table(item)
        end_text(goes_on=True)
    end_text()
    end_table()
    return blocks


def _page_lines(layout: PageLayout) -> PageLines:
    grids = [part.grid for part in layout.tables if part.is_table()]
    reach = (min(grid.xs[0] for grid in grids), max(grid.xs[-1] for grid in grids)) if grids else None
    return PageLines(layout.number, layout.width, layout.height, marks_of(layout.lines), reach)


def _restore_columns(layout: PageLayout, table: Joined, lines: list[Line]) -> None:
    """Give the first grid of a page the outer columns of the table before it, where nothing stands above."""
    completed = complete(table.xs, layout.tables[0], lines)
    if completed is None:
        return
    part, left = completed
    if all(line.y > part.top for line in left):
        layout.tables[0], lines[:] = part, left


def _settle(layout: PageLayout, table: Joined | None) -> tuple[list[Line], list[PageTable]]:
    """Which grids of the page are tables; the lines of the others are text."""
    lines, tables = list(layout.lines), []
    if table is not None and layout.tables and table.last_page == layout.number - 1:
        _restore_columns(layout, table, lines)
    first = min((line.y for line in lines), default=float("inf"))
    for index, part in enumerate(layout.tables):
        goes_on = index == 0 and table is not None and part.top < first and same_columns(table.xs, part.grid.xs)
        if goes_on or part.is_table():
            tables.append(part)
        else:
            lines += [line for cell in part.lines for line in cell]
    lines.sort(key=lambda line: (round(line.y, 1), line.x0))
    return lines, tables
