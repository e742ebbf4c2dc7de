"""Makes small PDF files for tests: text at places, ruling lines, and the odd things that real files hold.

Coordinates are points from the upper left corner, y of a text is its baseline, as in the reader. The Chinese font is
one of the Adobe-GB1 collection that every PDF reader knows, so that no font file is needed.
"""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable, Sequence

from reportlab.lib.colors import Color, black
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import CIDFont, UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

SONG = "STSong-Light"
LEFT, RIGHT, TOP, PITCH, SIZE = 80.0, 528.0, 110.0, 28.0, 16.0
"""The text area of a circular: 28 characters of 16 points a line."""

pdfmetrics.registerFont(UnicodeCIDFont(SONG))
pdfmetrics.registerFont(CIDFont(SONG, "GBK-EUC-H"))


class Pen:
    """Draws on one page."""

    def __init__(self, canvas: Canvas, size: tuple[float, float]) -> None:
        self.canvas = canvas
        self.width, self.height = size

    def text(
        self, x: float, y: float, text: str, size: float = SIZE, font: str = SONG, mode: int = 0, color: Color = black
    ) -> None:
        """Write ``text`` with its baseline at ``y``; ``mode`` is the text rendering mode (3 paints nothing)."""
        self.canvas.saveState()
        line = self.canvas.beginText(x, self.height - y)
        line.setFont(font, size)
        line.setFillColor(color)
        line.setTextRenderMode(mode)
        line.textOut(text)
        self.canvas.drawText(line)
        self.canvas.restoreState()

    def lines(self, y: float, *texts: str, indent: float = 2.0, size: float = SIZE, right: float = RIGHT) -> float:
        """Write a paragraph that begins at ``y`` and is broken as a word processor does; gives the next baseline."""
        for text in texts:
            x = LEFT + indent * size
            while text:
                room = int((right - x) / size + 0.01)
                if len(text) > room and text[room] in "，。；：、）”":
                    room += 1  # hanging punctuation
                self.text(x, y, text[:room], size)
                text, x, y = text[room:], LEFT, y + PITCH
        return y

    def center(self, y: float, text: str, size: float = 22.0) -> None:
        """Write a centred line."""
        self.text((LEFT + RIGHT - pdfmetrics.stringWidth(text, SONG, size)) / 2, y, text, size)

    def rule(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.5, dash: Sequence[float] = ()) -> None:
        """Draw a line."""
        self.canvas.setLineWidth(width)
        self.canvas.setDash(list(dash) or [])
        self.canvas.line(x0, self.height - y0, x1, self.height - y1)
        self.canvas.setDash([])

    def bar(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Paint a rectangle."""
        self.canvas.setFillColor(black)
        self.canvas.rect(x0, self.height - y1, x1 - x0, y1 - y0, stroke=0, fill=1)

    def grid(
        self,
        xs: Sequence[float],
        ys: Sequence[float],
        rule: Callable[..., None] | None = None,
        without: Sequence[tuple[str, int, int]] = (),
    ) -> None:
        """Draw a table's lines cell border by cell border; ``without`` leaves out ("h" or "v", line, stretch)."""
        draw = rule or self.rule
        for k, y in enumerate(ys):
            for j, (x0, x1) in enumerate(itertools.pairwise(xs)):
                if ("h", k, j) not in without:
                    draw(x0, y, x1, y)
        for k, x in enumerate(xs):
            for j, (y0, y1) in enumerate(itertools.pairwise(ys)):
                if ("v", k, j) not in without:
                    draw(x, y0, x, y1)

    def table(
        self,
        xs: Sequence[float],
        top: float,
        rows: Sequence[Sequence[str]],
        size: float = 12.0,
        row_height: float = 0.0,
    ) -> float:
        """A ruled table with wrapped text; gives the y of its lower border."""
        ys = [top]
        for row in rows:
            count = max(len(wrap(text, x1 - x0, size)) for text, x0, x1 in zip(row, xs, xs[1:], strict=False))
            ys.append(ys[-1] + max(row_height, count * size * 1.4 + 6))
        self.grid(xs, ys)
        for row, y in zip(rows, ys, strict=False):
            for text, x0, x1 in zip(row, xs, xs[1:], strict=False):
                for k, line in enumerate(wrap(text, x1 - x0, size)):
                    self.text(x0 + 5.4, y + 3 + size + k * size * 1.4, line, size)
        return ys[-1]


def wrap(text: str, width: float, size: float) -> list[str]:
    """The lines that fit a cell."""
    room = max(1, int((width - 10.8) / size + 0.01))
    return [text[start : start + room] for start in range(0, len(text), room)] or [""]


def build(*pages: Callable[[Pen], None], size: tuple[float, float] = A4, password: str | None = None) -> bytes:
    """A PDF whose pages are drawn by the given functions."""
    out = io.BytesIO()
    encrypt = None
    if password:
        from reportlab.lib.pdfencrypt import StandardEncryption

        encrypt = StandardEncryption(password, ownerPassword="owner")
    canvas = Canvas(out, pagesize=size, invariant=1, encrypt=encrypt)
    for page in pages:
        canvas.setPageSize(size)
        page(Pen(canvas, size))
        canvas.showPage()
    canvas.save()
    return out.getvalue()
