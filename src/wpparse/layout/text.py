"""The lines of a text → Document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from wpparse.blocks import Block, Document, Remark, Table
from wpparse.errors import EmptyFile
from wpparse.grammar import Grammar
from wpparse.layout.collapsed import cut, is_collapsed
from wpparse.layout.grids.found import Found
from wpparse.layout.grids.tables import find_tables
from wpparse.layout.grids.words import Words
from wpparse.layout.justified import unfold
from wpparse.layout.text_lines import Line, find_layout, make_line, page_numbers, paragraphs
from wpparse.messages import register
from wpparse.page import TABLE_MARK, Marked, Text

register(
    {
        "txt-table-unread": (
            "文本中的表格未能还原行列，未从中读取任务",
            "the rows and columns of a table in the text were not found again; no tasks were read from it",
        ),
        "table-reading-doubtful": (
            "文本中表格的行列有多种可能，已取可能性最大的一种，请核对",
            "the rows and columns of a table in the text may be read in more than one way; the likeliest was taken: check it",
        ),
        "table-reading-let-go": (
            "表头“{names}”下的文字可能是表格，行列未能确定，按文字读取，请核对",
            "what stands below the names {names} may be a table; its rows and columns are not certain, so it was read as text",
        ),
    }
)

_MARKER = re.compile(f"{TABLE_MARK}(\\d+){TABLE_MARK}")


@dataclass(frozen=True, slots=True)
class _Ready:
    """A table that needs no rebuilding."""

    ready: Table

    def table(self) -> Table:
        """As a block."""
        return self.ready


def read_lines(text: Text, grammar: Grammar) -> Document:
    """The paragraphs and tables of a text; see :func:`wpparse.layout.make_document`."""
    remarks = list(text.remarks)
    blocks = _blocks(text, grammar, remarks)
    if not blocks:
        raise EmptyFile
    for index, block in enumerate(blocks):
        if isinstance(block, Table) and block.columns == 1:
            remarks.append(Remark("txt-table-unread", "warning", block=index))
    return Document(text.source, tuple(blocks), tuple(remarks))


def _blocks(text: Text, grammar: Grammar, remarks: list[Remark]) -> list[Block]:
    raw = unfold(text.lines) or list(text.lines)
    if not text.tables and is_collapsed(raw):
        return _whole(text, Words(grammar))
    numbers = page_numbers(raw)
    for index in numbers:
        raw[index] = ""
    tables, let_go = find_tables(raw, _find_ready(raw, text.tables), Words(grammar))
    lines = _lines(text, raw, tables, numbers)
    layout = find_layout([line for run in lines for line in run])
    out: list[Block] = []
    for run, table in zip(lines, [*tables, None], strict=True):
        out += paragraphs(run, layout)
        if table is not None:
            if table.doubtful:
                remarks.append(Remark("table-reading-doubtful", "warning", block=len(out)))
            out.append(table.grid.table())
    for each in let_go:
        named = "、".join(text for text in each.rows[0] if text)
        remarks.append(Remark("table-reading-let-go", "warning", (("names", named),)))
    return out


def _find_ready(lines: Sequence[str], tables: Sequence[Table]) -> list[Found]:
    """Where the tables stood that need no rebuilding."""
    if not tables:
        return []
    found = ((index, _MARKER.fullmatch(line.strip())) for index, line in enumerate(lines))
    return [Found(index, index + 1, _Ready(tables[int(match.group(1))])) for index, match in found if match is not None]


def _whole(text: Text, words: Words) -> list[Block]:
    """The blocks of a text whose line ends were lost."""
    read = text.marks()
    lines: list[Line] = []
    for line in text.lines:
        for piece in cut(line, words):
            marked = read(piece)
            if marked is not None and marked.pieces:
                lines.append(replace(make_line(marked, 0, False), whole=True))
    return list(paragraphs(lines, find_layout([])))


def _lines(text: Text, raw: list[str], tables: list[Found], numbers: set[int]) -> list[list[Line]]:
    """The lines before, between and behind the tables."""
    read = text.marks()
    runs: list[list[Line]] = [[]]
    starts = {table.start: table.end for table in tables}
    gap = 0
    page = False
    index = 0
    while index < len(raw):
        if index in starts:
            index = starts[index]
            runs.append([])
            gap = 0
            continue
        page = page or index in numbers or raw[index].startswith("\f")
        marked = read(raw[index].replace("\f", ""))
        if marked is None:
            marked = Marked(())
            gap += 4
        line = make_line(marked, gap, page)
        if line.text:
            runs[-1].append(line)
            gap = 0
            page = False
        elif index not in numbers:
            gap += 1
        index += 1
    return runs
