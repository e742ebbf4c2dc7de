"""Plain text and Markdown → Document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from wpparse.blocks import Block, Document, Remark, Source, Table
from wpparse.errors import EmptyFile, TooLarge
from wpparse.layout.collapsed import cut, is_collapsed
from wpparse.layout.grids.delimited import find_delimited
from wpparse.layout.grids.gutters import find_gutter_tables
from wpparse.layout.grids.parted import find_parted
from wpparse.layout.grids.printed import find_layout_tables
from wpparse.layout.grids.sentences import find_sentence_tables
from wpparse.layout.grids.spaced import find_spaced
from wpparse.layout.grids.text_tables import Found
from wpparse.layout.grids.vertical import find_vertical
from wpparse.layout.text_lines import Line, find_layout, make_line, page_numbers, paragraphs
from wpparse.messages import register
from wpparse.page import Marked
from wpparse.readers import ReadOptions
from wpparse.readers.text.encoding import decode
from wpparse.readers.text.html import find_marked, take_tables
from wpparse.readers.text.markup import LineReader, front_matter, without_html

register(
    {
        "txt-damaged": ("文本中有{count}个字符无法解码", "{count} characters of the text cannot be decoded"),
        "txt-table-unread": (
            "文本中的表格未能还原行列，未从中读取任务",
            "the rows and columns of a table in the text were not found again; no tasks were read from it",
        ),
        "txt-front-matter": (
            "文首的元数据（front matter）未作为正文读取",
            "the front matter was not read as part of the text",
        ),
    }
)

MAX_BYTES = 20 * 2**20
"""A larger text is refused: it would be seven million characters."""


_FINDERS = (
    find_delimited,
    find_parted,
    find_gutter_tables,
    find_spaced,
    find_layout_tables,
    find_vertical,
    find_sentence_tables,
)
"""What finds tables, the surest first."""


def read_txt(data: bytes, source: Source, options: ReadOptions) -> Document:
    """The paragraphs and tables of a text file; ``options`` holds nothing that concerns text.

    Raises :class:`UnreadableFile` for bytes that are no text, :class:`EmptyFile`, :class:`TooLarge`.
    """
    if len(data) > MAX_BYTES:
        raise TooLarge(detail=f"> {MAX_BYTES // 2**20} MB")
    decoded = decode(data)
    remarks: list[Remark] = []
    if decoded.damaged:
        remarks.append(Remark("txt-damaged", "warning", (("count", str(decoded.damaged)),)))
    text = decoded.text
    skipped = front_matter(text)
    if skipped:
        remarks.append(Remark("txt-front-matter", "info"))
        text = text[skipped:]
    text, tables = take_tables(text)
    blocks = _blocks(without_html(text), tables)
    if not blocks:
        raise EmptyFile
    for index, block in enumerate(blocks):
        if isinstance(block, Table) and block.columns == 1:
            remarks.append(Remark("txt-table-unread", "warning", block=index))
    return Document(replace(source, encoding=decoded.encoding), tuple(blocks), tuple(remarks))


def _blocks(text: str, ready: list[Table]) -> list[Block]:
    raw = text.replace("\f", "\n\f").split("\n") if "\f" in text else text.splitlines()
    raw = [line.rstrip("\r") for line in raw]
    if not ready and is_collapsed(raw):
        return _whole(raw)
    numbers = page_numbers(raw)
    for index in numbers:
        raw[index] = ""
    tables = find_marked(raw, ready)
    for find in _FINDERS:
        tables = _joined(tables, find(raw, tables))
    lines = _lines(text, raw, tables, numbers)
    layout = find_layout([line for run in lines for line in run])
    out: list[Block] = []
    for run, table in zip(lines, [*tables, None], strict=True):
        out += paragraphs(run, layout)
        if table is not None:
            out.append(table.grid.table())
    return out


def _joined(tables: list[Found], more: Iterable[Found]) -> list[Found]:
    """All tables in order; one that reaches over a table that was found before, on better grounds, is let go."""
    kept = list(tables)
    for found in more:
        if all(found.end <= other.start or other.end <= found.start for other in kept):
            kept.append(found)
    return sorted(kept, key=lambda found: found.start)


def _whole(raw: list[str]) -> list[Block]:
    """The blocks of a text whose line ends were lost."""
    reader = LineReader("\n".join(raw))
    lines: list[Line] = []
    for line in raw:
        for piece in cut(line):
            marked = reader.read(piece)
            if marked is not None and marked.pieces:
                lines.append(replace(make_line(marked, 0, False), whole=True))
    return list(paragraphs(lines, find_layout([])))


def _lines(text: str, raw: list[str], tables: list[Found], numbers: set[int]) -> list[list[Line]]:
    """The lines before, between and behind the tables."""
    reader = LineReader(text)
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
        marked = reader.read(raw[index].replace("\f", ""))
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
