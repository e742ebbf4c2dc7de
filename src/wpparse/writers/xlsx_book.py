"""A workbook with the looks of an official table: fonts, borders, page set-up, fixed time stamps."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange
from openpyxl.writer.excel import ExcelWriter

from wpparse.writers.escaping import looks_like_formula, sheet_text
from wpparse.writers.zipstamp import without_clock

SONG = "宋体"
HEI = "黑体"
SIZE = 10.5
"""五号, in points."""
EM_PIXELS = 14
"""One character of that size at 96 dots an inch."""
CELL_PADDING = 10
"""Pixels at the sides of a cell that hold no text, the rule and some slack included."""
DIGIT_PIXELS = 8
"""The widest digit of the workbook's default font, Songti 11: the unit of column widths (ECMA-376 Part 1, 18.3.1.13)."""
PAGE_PIXELS = 1026
"""The width of A4 landscape less its margins, at 96 dots an inch."""
PAGE_POINTS = 488.0
"""Its height less its margins, and less a little, so that no other program finds the page full before we do."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula of our own making, with the equals sign."""

    code: str


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads to another file, relative to this one."""

    text: str
    target: str


_RULE = Side(style="thin", color="FF808080")
_BOX = Border(left=_RULE, right=_RULE, top=_RULE, bottom=_RULE)


class Book:
    """One workbook being written, sheet by sheet and row by row."""

    def __init__(self, title: str, stamp: str | None) -> None:
        """``stamp`` (ISO date) is told as the time of making; the clock is never asked."""
        self._book: Any = Workbook()
        self._book.remove(self._book.worksheets[0])
        normal = self._book._named_styles["Normal"]  # type: ignore[attr-defined]  # the stubs lack it
        normal.font = Font(name=SONG, sz=11, charset=134, family=3)  # sets the unit of widths
        self._book.calculation.fullCalcOnLoad = True
        moment = datetime.fromisoformat(stamp) if stamp else datetime(2000, 1, 1)
        properties = self._book.properties
        properties.title, properties.creator = sheet_text(title[:255]), "wpparse"
        properties.created = properties.modified = moment
        self._looks: dict[str, tuple[Any, Any]] = {}

    def sheet(self, name: str) -> Any:
        """A new sheet for printing on A4 landscape: full width, page x of y, as many pages high as needed."""
        sheet: Any = self._book.create_sheet(name)
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = 9
        sheet.page_setup.fitToWidth = 1
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        margins = sheet.page_margins
        margins.left = margins.right = 0.5
        margins.top, margins.bottom, margins.header, margins.footer = 0.6, 0.65, 0.3, 0.3
        sheet.print_options.horizontalCentered = True
        return sheet

    def footer(self, sheet: Any, headers: str) -> None:
        """Page x of y under every page."""
        sheet.oddFooter.center.text = "第 &P 页，共 &N 页" if headers == "zh" else "Page &P of &N"
        sheet.oddFooter.center.size = 9

    def _cell(self, sheet: Any, value: object, look: str) -> Cell:
        """A cell that shows ``value``: a text exactly as it is, never run as a formula."""
        plain, quoted = self._looks.get(look) or self._look(sheet, look)
        if isinstance(value, str):
            cell = Cell(sheet, 1, 1, None, quoted if looks_like_formula(value) else plain)
            cell.value = sheet_text(value)
            cell.data_type = "s"
            return cell
        if isinstance(value, Formula):
            return Cell(sheet, 1, 1, value.code, plain)
        if isinstance(value, Link):
            cell = Cell(sheet, 1, 1, None, plain)
            cell.value = sheet_text(value.text)
            cell.data_type = "s"
            cell.hyperlink = value.target
            return cell
        return Cell(sheet, 1, 1, value, plain)  # type: ignore[arg-type]  # numbers, dates and None

    def append(self, sheet: Any, values: Iterable[tuple[object, str | None]]) -> None:
        """A row of values with their looks; no look leaves the cell out."""
        cells = [None if look is None else self._cell(sheet, value, look) for value, look in values]
        sheet.append(cells)
        for cell in cells:
            if cell is not None and cell.hyperlink is not None:
                cell.hyperlink.ref = cell.coordinate

    def bytes(self) -> bytes:
        """The finished workbook."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
            ExcelWriter(self._book, archive).write_data()
        return without_clock(stream.getvalue())

    def _look(self, sheet: Any, name: str) -> tuple[Any, Any]:
        """The style of a look, and the same one for a text that could pass for a formula (``quotePrefix``).

        ``^`` behind the name sets the text at the top of the cell.
        """
        look, name = name, name.rstrip("^")
        cell: Any = Cell(sheet, 1, 1)
        size, bold, font = {"title": (16.0, True, SONG), "head": (SIZE, False, HEI)}.get(name, (SIZE, False, SONG))
        colour = {"link": "FF0563C1", "faint": "FF666666"}.get(name)
        cell.font = Font(name=font, sz=size, b=bold, charset=134, color=colour, u="single" if name == "link" else None)
        horizontal = "left" if name in ("text", "link", "faint", "label") else "center"
        vertical = "top" if look.endswith("^") else "center"
        cell.alignment = Alignment(horizontal=horizontal, vertical=vertical, wrap_text=True)
        if name not in ("title", "faint", "plain"):
            cell.border = _BOX
        if name in ("head", "label"):
            cell.fill = PatternFill("solid", fgColor="FFEDF1F7")
        if name == "date":
            cell.number_format = "yyyy-mm-dd"
        plain = cell._style
        quoted = type(plain)(plain)
        quoted.quotePrefix = 1
        self._looks[look] = plain, quoted
        return plain, quoted


class _OrderedRanges(MultiCellRange):
    """Merged areas that come out in the same order each time; those of openpyxl are a set of objects."""

    def __iter__(self) -> Iterator[CellRange]:
        return iter(sorted(self.ranges, key=lambda area: (area.min_row, area.min_col)))


def merge_areas(sheet: Any, areas: Iterable[CellRange]) -> None:
    """Merge cells without emptying those below: each keeps its value."""
    sheet.merged_cells = _OrderedRanges(areas)


def set_width(sheet: Any, column: int, em: float) -> None:
    """Make a column (1-based) hold ``em`` full-width characters on a line."""
    pixels = pixels_of(em)
    sheet.column_dimensions[get_column_letter(column)].width = pixels / DIGIT_PIXELS


def pixels_of(em: float) -> int:
    """The width in pixels of a column for ``em`` characters."""
    return round(em * EM_PIXELS) + CELL_PADDING


def highlight(sheet: Any, area: str, formula: str, fill: str, colour: str) -> None:
    """Colour the rows of ``area`` for which ``formula`` (for its first row, without the equals sign) holds."""
    style = DifferentialStyle(font=Font(color=colour), fill=PatternFill(bgColor=fill))
    rule = Rule(type="expression", dxf=style, formula=[formula], stopIfTrue=True)
    sheet.conditional_formatting.add(area, rule)
