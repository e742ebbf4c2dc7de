"""Decomposition tables: what each column means, and the tasks in the rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wpparse.blocks import Table
from wpparse.extract.mentions import DateBase
from wpparse.grammar import Grammar
from wpparse.model import Diagnostic, TableInfo, Task
from wpparse.outline import Item, TablePlace


@dataclass(frozen=True, slots=True)
class TableReading:
    """What one table says. Tasks are numbered from 1 within the table; their ``section`` is filled in by the caller."""

    info: TableInfo
    tasks: tuple[Task, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def read_table(
    table: Table, place: TablePlace, items: Sequence[Item], grammar: Grammar, base: DateBase, first_is_lead: bool
) -> TableReading:
    """Understand one table."""
    raise NotImplementedError
