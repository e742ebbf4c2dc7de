"""The way from an Outline to its WorkPlan."""

from __future__ import annotations

from dataclasses import replace

from wpparse.blocks import Document, Paragraph, Table
from wpparse.extract.body import BodyReader
from wpparse.extract.mentions import DateBase
from wpparse.extract.parties.clauses import first_is_lead
from wpparse.extract.passage import PassageReader
from wpparse.extract.tables.reading import TableReading, goes_on, read_table
from wpparse.grammar import Grammar
from wpparse.messages import render
from wpparse.model import Diagnostic, Location, SourceInfo, TableInfo, WorkPlan
from wpparse.outline import Outline

_SHORTEST = 3
"""Characters of a name that is known again: 办公室 is one, 各镇 is a kind."""


def extract(document: Document, outline: Outline, grammar: Grammar) -> WorkPlan:
    """The sections, tasks and tables of a circular that was taken apart.

    Body tasks come first, then those of the tables, each origin numbered from 1 in reading order.
    """
    base = DateBase(outline.header.plan_year, outline.header.issue_date)
    texts = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    cells = [cell.text for block in document.blocks if isinstance(block, Table) for cell in block.cells]
    lead_first = first_is_lead([*texts, *cells], grammar)
    reader = PassageReader(grammar, base, lead_first)
    reader.known = _known_names(outline, reader)
    body = BodyReader(outline, reader)
    sections = tuple(body.section(item) for item in outline.items)
    tasks = list(body.tasks())
    tables: list[TableInfo] = []
    diagnostics = [*_remarks(document), *outline.diagnostics, *reader.diagnostics]
    row_number = 0
    above: TableReading | None = None
    end = 0
    for place in outline.tables:
        table = document.blocks[place.block]
        if not isinstance(table, Table):
            continue
        if not goes_on(document.blocks[end : place.block], grammar):
            above = None
        reading = read_table(table, place, outline.items, grammar, base, lead_first, texts, above)
        above, end = reading, place.block + 1
        tables.append(reading.info)
        diagnostics += reading.diagnostics
        for task in reading.tasks:
            row_number += 1
            tasks.append(task if task.number == row_number else replace(task, number=row_number))
    source = document.source
    return WorkPlan(
        source=SourceInfo(
            name=source.name, format=source.format, sha256=source.sha256, pages=source.pages, encoding=source.encoding
        ),
        header=outline.header,
        sections=sections,
        tasks=tuple(tasks),
        tables=tuple(tables),
        diagnostics=tuple(diagnostics),
    )


def _known_names(outline: Outline, reader: PassageReader) -> frozenset[str]:
    """The bodies that a circular itself names where nothing else can be meant: in clauses, as addressees, as issuer."""
    named = {*outline.header.addressees, outline.header.issuer or ""}
    passages = [passage for item in outline.items for passage in item.passages]
    for passage in (*passages, *outline.unnumbered, *outline.closing):
        for clause in reader.clauses(passage):
            named.update(mention.name for mention in clause.units.mentions if not mention.collective)
    return frozenset(name for name in named if len(name) >= _SHORTEST)


def _remarks(document: Document) -> list[Diagnostic]:
    """What the reader noticed, as diagnostics."""
    found = []
    for remark in document.remarks:
        values = dict(remark.values)
        location = None if remark.block is None else Location(page=remark.page, block=remark.block)
        if remark.page is not None:
            values.setdefault("page", str(remark.page))
        found.append(
            Diagnostic(
                code=remark.code,
                severity=remark.severity,
                message=render(remark.code, "zh", values),
                location=location,
                values=values,
            )
        )
    return found
