"""A table seen as a grid: which cell stands in each position, and what kind of row each row is."""

from __future__ import annotations

from collections.abc import Iterator

from wpparse.blocks import Cell, Table


class GridView:
    """Access to a table by grid position. A merged cell stands in every position that it covers."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.rows = table.rows
        self.columns = table.columns
        self._owners: list[list[Cell | None]] = [[None] * table.columns for _ in range(table.rows)]
        for cell in table.cells:
            for row in range(cell.row, min(cell.row + cell.rowspan, table.rows)):
                for column in range(cell.column, min(cell.column + cell.colspan, table.columns)):
                    self._owners[row][column] = cell

    def cell(self, row: int, column: int) -> Cell | None:
        """The cell that covers a position; None where none does or it is blank."""
        cell = self._owners[row][column]
        return cell if cell is not None and cell.text else None

    def text(self, row: int, column: int) -> str:
        """The text in a position, in one line."""
        cell = self._owners[row][column]
        return one_line(cell.text) if cell is not None else ""

    def cells(self, row: int) -> Iterator[Cell]:
        """The cells with a text that cover a row, from left to right, each once."""
        last = None
        for cell in self._owners[row]:
            if cell is not None and cell is not last and cell.text:
                yield cell
            last = cell

    def own_cells(self, row: int) -> list[Cell]:
        """The cells with a text that begin in a row."""
        return [cell for cell in self.cells(row) if cell.row == row]

    def column_cells(self, column: int, first_row: int, most: int) -> list[Cell]:
        """The cells with a text that begin in a column, from a row on, at most so many."""
        found: list[Cell] = []
        for row in range(first_row, self.rows):
            cell = self.cell(row, column)
            if cell is not None and cell.row == row and cell.column == column:
                found.append(cell)
                if len(found) == most:
                    break
        return found

    def page(self, row: int) -> int | None:
        """The page on which a row starts."""
        return self.table.row_pages[row] if row < len(self.table.row_pages) else None

    def lone_cell(self, row: int) -> Cell | None:
        """The one cell with a text in a row that has no other, where it spans the row or nothing stands beside it."""
        cells = list(self.cells(row))
        if len(cells) != 1 or cells[0].row != row:
            return None
        return cells[0]


def one_line(text: str) -> str:
    """A cell's paragraphs as one line. Cell text is clean, so that only Latin words need a blank between them."""
    if "\n" not in text:
        return text
    out = ""
    for line in text.split("\n"):
        if out and line and out[-1].isascii() and line[0].isascii() and out[-1].isalnum() and line[0].isalnum():
            out += " "
        out += line
    return out
