"""Pages without a usable text layer, and pictures of text on pages that have one."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any

from wpparse.errors import UnreadableFile
from wpparse.page import PageContent
from wpparse.readers.ocr.recognise import DPI, POINT, recognise
from wpparse.readers.pdf.library import open_document, open_page, pdfium

if TYPE_CHECKING:
    import numpy as np

    Pixels = np.ndarray[Any, np.dtype[np.uint8]]

MAX_SIDE = 4_700
"""Pixels: A3 at 280 dpi; larger pages are drawn with fewer dots an inch."""

FEW = 40
"""A text layer with fewer characters may be a watermark or a stamp on a scan."""


def is_scan(content: PageContent) -> bool:
    """Whether the page shows text that its text layer does not hold: a picture, outlines, or characters unknown."""
    known = sum(1 for glyph in content.glyphs if glyph.text != " ")
    if content.unmapped > 20 and content.unmapped > 0.3 * (known + content.unmapped):
        return True
    if known > 4 * FEW:
        return False
    if content.image_share >= 0.5 and known <= FEW:
        return True
    return (known <= FEW and content.outlines >= 150) or (known == 0 and content.image_share >= 0.05)


def has_layer(content: PageContent) -> bool:
    """Whether the text of the page is not painted but lies behind its picture: somebody else's recognition."""
    solid = [glyph for glyph in content.glyphs if glyph.text != " "]
    hidden = sum(1 for glyph in solid if glyph.style.hidden)
    return content.image_share >= 0.5 and hidden > 0.8 * len(solid)


def text_pictures(content: PageContent) -> list[tuple[float, float, float, float]]:
    """Pictures that lie in the page like lines of text (a title whose font could not be embedded), without text on them."""
    out = []
    for x0, y0, x1, y1 in content.images:
        width, height = x1 - x0, y1 - y0
        if not (8 <= height <= 90 and width >= 2.2 * height and width >= 40):
            continue
        if any(x0 <= g.x0 <= x1 and y0 <= g.y <= y1 for g in content.glyphs if g.text != " "):
            continue
        out.append((x0, y0, x1, y1))
    return out


def read_scan(page: int, number: int) -> PageContent:
    """Recognise a whole page."""
    pixels, dpi = render(page)
    return recognise(pixels, number, dpi)


def read_pictures(page: int, content: PageContent, boxes: list[tuple[float, float, float, float]]) -> float | None:
    """Add the text of pictures to the page's glyphs; gives its mean confidence, None where they hold no text."""
    import numpy as np

    pixels, dpi = render(page)
    scale = dpi / POINT
    mask = np.full_like(pixels, 255)
    for x0, y0, x1, y1 in boxes:
        rows, columns = (
            slice(max(0, int(y0 * scale) - 2), int(y1 * scale) + 3),
            slice(max(0, int(x0 * scale) - 2), int(x1 * scale) + 3),
        )
        mask[rows, columns] = pixels[rows, columns]
    found = recognise(mask, content.number, dpi, level=True).glyphs
    content.glyphs += found
    return sum(glyph.confidence for glyph in found) / len(found) if found else None


def draw(data: bytes, page: int, password: str | None = None) -> tuple[Pixels, float, int]:
    """Page ``page`` (1-based) of a file as it looks: RGB pixels, dots an inch, and the degrees by which it was turned.

    Raises :class:`UnreadableFile` where the page is damaged.
    """
    with open_document(data, password, to_draw=True) as document, open_page(document, page - 1) as handle:
        if not handle:
            raise UnreadableFile("pdf-damaged")
        pixels, dpi = render(handle, _TO_LOOK_AT)
        return pixels, dpi, int(pdfium().FPDFPage_GetRotation(handle)) * 90


def render(page: int, dpi: float = DPI) -> tuple[Pixels, float]:
    """The page as RGB pixels, and the dots an inch that it was drawn with."""
    import numpy as np

    lib = pdfium()
    width, height = lib.FPDF_GetPageWidthF(page), lib.FPDF_GetPageHeightF(page)
    dpi = min(dpi, MAX_SIDE * POINT / max(width, height, 1.0))
    columns, rows = max(1, round(width * dpi / POINT)), max(1, round(height * dpi / POINT))
    pixels = np.empty((rows, columns, 3), np.uint8)
    bitmap = lib.FPDFBitmap_CreateEx(columns, rows, _BGR, ctypes.c_void_p(pixels.ctypes.data), columns * 3)
    try:
        lib.FPDFBitmap_FillRect(bitmap, 0, 0, columns, rows, 0xFFFFFFFF)
        lib.FPDF_RenderPageBitmap(bitmap, page, 0, 0, columns, rows, 0, _REVERSE)
    finally:
        lib.FPDFBitmap_Destroy(bitmap)
    return pixels, dpi


_TO_LOOK_AT = 110.0
"""Dots an inch of a page that is drawn for a person."""
_BGR = 2
_REVERSE = 0x10
"""FPDF_REVERSE_BYTE_ORDER: RGB instead of BGR."""
