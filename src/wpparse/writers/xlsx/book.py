"""A workbook with the looks of an official table: fonts, borders, page set-up, fixed time stamps."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell

from wpparse.writers.escaping import looks_like_formula, visible
from wpparse.writers.typeset import wrap

SONG = "宋体"
HEI = "黑体"
_GB2312 = 134
"""The character set of a Chinese font (ECMA-376 Part 1, 18.8.15)."""
SIZE = 10.5
"""五号, in points."""
EM_PIXELS = 14
"""One character of that size at 96 dots an inch."""
CELL_PADDING = 10
"""Pixels at the sides of a cell that hold no text, the rule and some slack included."""
_COLUMN_PIXELS = 72
"""The default column in the workbook's default font, Songti 11, whose widest digit is 8 pixels: the unit of column
widths (ECMA-376 Part 1, 18.3.1.13)."""
PAGE_PIXELS = 1026
"""The width of A4 landscape less its margins, at 96 dots an inch."""
PAGE_POINTS = 488.0
"""Its height less its margins, and less a little, so that no other program finds the page full before we do."""
_A4 = 9
DOUBT = "#FFF2CC"
"""What colours a cell that must be looked at."""
_COMMENT = 18.0
"""Characters on a line of a comment."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula of our own making, with the equals sign."""

    code: str


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads to another file, relative to this one."""

    text: str
    target: str


@dataclass(frozen=True, slots=True)
class Jump:
    """A text that leads to a cell of this workbook (0-based)."""

    text: str
    sheet: str
    row: int
    column: int


class Book:
    """One workbook being written, sheet by sheet and row by row."""

    def __init__(self, title: str, stamp: str | None) -> None:
        """``stamp`` (ISO date) is told as the time of making; the clock is never asked."""
        self._stream = io.BytesIO()
        normal = {"font_name": SONG, "font_size": 11, "font_charset": _GB2312, "font_family": 3, "font_scheme": None}
        self._book: Any = Workbook(
            self._stream,
            {"in_memory": True, "default_format_properties": normal, "default_column_width": _COLUMN_PIXELS},
        )
        moment = datetime.fromisoformat(stamp) if stamp else datetime(2000, 1, 1)
        self._book.set_properties({"title": visible(title[:255]), "author": "wpparse", "created": moment})
        self._looks: dict[str, tuple[Any, Any]] = {}

    def sheet(self, name: str) -> Any:
        """A new sheet for printing on A4 landscape: full width, page x of y, as many pages high as needed."""
        sheet = self._book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(0.5, 0.5, 0.6, 0.65)
        sheet.center_horizontally()
        return sheet

    def footer(self, sheet: Any, headers: str) -> None:
        """Page x of y under every page."""
        text = "第 &P 页，共 &N 页" if headers == "zh" else "Page &P of &N"
        sheet.set_footer(f"&C&9{text}", {"margin": 0.3})

    def chart(self, kind: str) -> Any:
        """A chart to be put on a sheet."""
        return self._book.add_chart({"type": kind})

    def highlight(self, sheet: Any, areas: str, formula: str, fill: str, colour: str) -> None:
        """Colour the rows of ``areas`` for which ``formula`` (for its first row) holds, and look no further."""
        look = self._book.add_format({"font_color": colour, "bg_color": fill})
        sheet.conditional_format(
            areas.split()[0],
            {"type": "formula", "criteria": formula, "format": look, "stop_if_true": True, "multi_range": areas},
        )

    def write(self, sheet: Any, row: int, values: Iterable[tuple[object, str | None]]) -> None:
        """A row (0-based) of values with their looks: a text exactly as it is, never run as a formula.

        No look leaves the cell out.
        """
        for column, (value, name) in enumerate(values):
            if name is None:
                continue
            plain, quoted = self._looks.get(name) or self._look(name)
            if value is None or value == "":
                sheet.write_blank(row, column, None, plain)
            elif isinstance(value, str):
                sheet.write_string(row, column, visible(value), quoted if looks_like_formula(value) else plain)
            elif isinstance(value, Formula):
                sheet.write_formula(row, column, value.code, plain, "")
            elif isinstance(value, Link):
                sheet.write_url(row, column, f"external:{value.target}", plain, visible(value.text))
            elif isinstance(value, Jump):
                target = f"internal:'{value.sheet}'!{xl_rowcol_to_cell(value.row, value.column)}"
                sheet.write_url(row, column, target, plain, visible(value.text))
            elif isinstance(value, date):
                sheet.write_datetime(row, column, value, plain)
            else:
                sheet.write_number(row, column, value, plain)

    def comment(self, sheet: Any, row: int, column: int, words: str) -> None:
        """A comment on a cell, high enough for its words, that shows when the pointer is on the cell."""
        lines = sum(len(wrap(line, _COMMENT)) for line in words.split("\n"))
        sheet.write_comment(
            row,
            column,
            visible(words),
            {"author": "wpparse", "font_name": SONG, "font_size": 9, "width": 250, "height": 26 + 16 * lines},
        )

    def bytes(self) -> bytes:
        """The finished workbook."""
        self._book.close()
        return self._stream.getvalue()

    def _look(self, look: str) -> tuple[Any, Any]:
        """The format of a look, and the same one for a text that could pass for a formula (``quotePrefix``).

        ``!`` behind the name marks a cell that must be looked at, ``^`` sets the text at the top of the cell.
        """
        name = look.rstrip("^!")
        size, bold, font = {"title": (16, True, SONG), "head": (SIZE, False, HEI)}.get(name, (SIZE, False, SONG))
        properties: dict[str, object] = {
            "font_name": font,
            "font_size": size,
            "bold": bold,
            "font_charset": _GB2312,
            "align": "left" if name in ("text", "link", "label", "day") else "center",
            "valign": "top" if look.endswith("^") else "vcenter",
            "text_wrap": True,
        }
        if name == "link":
            properties |= {"font_color": "#0563C1", "underline": 1}
        if name != "title":
            properties |= {"border": 1, "border_color": "#808080"}
        if name in ("head", "label"):
            properties["bg_color"] = "#EDF1F7"
        if "!" in look:
            properties["bg_color"] = DOUBT
        if name in ("date", "day"):
            properties["num_format"] = "yyyy-mm-dd"
        pair = self._book.add_format(properties), self._book.add_format({**properties, "quote_prefix": True})
        self._looks[look] = pair
        return pair


def merge(sheet: Any, first: int, last: int, column: int, last_column: int) -> None:
    """Merge an area (0-based, ends included); cells that are written afterwards keep their values below it."""
    sheet.merge_range(first, column, last, last_column, "")


def set_width(sheet: Any, column: int, em: float) -> None:
    """Make a column (0-based) hold ``em`` full-width characters on a line."""
    sheet.set_column_pixels(column, column, pixels_of(em))


def pixels_of(em: float) -> int:
    """The width in pixels of a column for ``em`` characters."""
    return round(em * EM_PIXELS) + CELL_PADDING
