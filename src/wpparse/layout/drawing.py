"""A page as it was read, as a picture: lines, paragraphs, tables, cells and dropped furniture."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from wpparse.errors import UsageError
from wpparse.grammar import Grammar
from wpparse.layout.book import Book
from wpparse.layout.flow import Trace, flow
from wpparse.page import Pages

if TYPE_CHECKING:
    import numpy as np

    Picture = tuple[np.ndarray[Any, np.dtype[np.uint8]], float, int]
    """RGB pixels, dots an inch, and the degrees clockwise by which the page was turned when it was drawn."""

_POINT = 72.0
_PARAGRAPHS = ((31, 119, 180), (255, 127, 14), (148, 103, 189), (23, 160, 150))
_CELLS, _FURNITURE, _EMPTY = (44, 160, 44), (214, 39, 40), (190, 190, 190)


def draw(pages: Pages, grammar: Grammar, page: int, picture: Callable[[], Picture]) -> bytes:
    """PNG of a page (1-based): paragraphs framed in changing colours, cells green, furniture red.

    The number of a paragraph stands beside its first line, row and column in each cell. ``picture`` gives the page as it
    looks. Raises :class:`UsageError` for a page that the file does not have.
    """
    import numpy as np
    from PIL import Image, ImageDraw

    book = Book(pages)
    layouts = list(book)
    if not 1 <= page <= book.count:
        raise UsageError(detail=f"--page {page}: 1–{book.count}")
    pixels, dpi, rotation = picture()
    trace = Trace()
    flow(layouts, grammar, trace)
    layout = next((layout for layout in layouts if layout.number == page), None)
    turn = (layout.turned - rotation) % 360 // 90 if layout else 0
    image = Image.fromarray(np.ascontiguousarray(np.rot90(pixels, -turn)))
    draw = ImageDraw.Draw(image)
    scale = dpi / _POINT

    def frame(
        x0: float, y0: float, x1: float, y1: float, color: tuple[int, int, int], note: str = "", width: int = 1
    ) -> None:
        draw.rectangle((x0 * scale, y0 * scale, max(x1, x0) * scale, max(y1, y0) * scale), outline=color, width=width)
        if note:
            draw.text((x0 * scale + 1, y0 * scale - 11), note, fill=color)

    for index, group in enumerate(trace.paragraphs):
        color = _PARAGRAPHS[index % len(_PARAGRAPHS)]
        for position, line in enumerate(group):
            if line.page == page:
                frame(line.x0, line.top, line.x1, line.bottom, color, str(index) if position == 0 else "")
    for table in trace.tables:
        if table.page != page:
            continue
        for index, cell in enumerate(table.grid.cells):
            filled = bool(table.lines[index])
            x0, y0, x1, y1 = table.grid.cell_box(index)
            frame(x0 + 1, y0 + 1, x1 - 1, y1 - 1, _CELLS if filled else _EMPTY, width=2)
            draw.text((x0 * scale + 4, y0 * scale + 3), f"{cell.row},{cell.column}", fill=_CELLS)
            for line in table.lines[index]:
                frame(line.x0, line.top, line.x1, line.bottom, _CELLS)
    for line in trace.dropped:
        if line.page == page:
            frame(line.x0, line.top, line.x1, line.bottom, _FURNITURE, "x", 2)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
