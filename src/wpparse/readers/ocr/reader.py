"""Pictures of pages (.png, .jpg, .tif, .bmp) → pages, by character recognition."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from wpparse.blocks import Remark, Source
from wpparse.errors import ScannedPdf, TooLarge, UnreadableFile
from wpparse.page import PageContent, Pages
from wpparse.readers.ocr.recognise import DPI, available, recognise
from wpparse.readers.options import ReadOptions

if TYPE_CHECKING:
    import numpy as np

MAX_PIXELS = 80_000_000
"""A larger picture is refused: A3 at 600 dpi has 70 million."""
MAX_PAGES = 1_000
LONG_SIDE, SHORT_SIDE = 11.69, 8.27
"""Inches of the sides of A4, which a picture is taken to be."""


def read_image(data: bytes, source: Source, options: ReadOptions) -> Pages:
    """What lies on a picture, or on each of a file of several pictures (TIFF).

    Raises :class:`ScannedPdf` where character recognition is not installed; when the pages are taken,
    :class:`UnreadableFile` where the bytes are no picture, :class:`TooLarge` where it is too big to be one of a page.
    """
    if not available():
        raise ScannedPdf
    return Pages(source, _pages(data, options))


def _pages(data: bytes, options: ReadOptions) -> Iterator[PageContent]:
    for number, total, pixels, dpi in _pictures(data):
        content = recognise(pixels, number, dpi)
        content.of = total
        values = (("pages", str(number)), ("confidence", f"{content.confidence:.2f}"))
        content.remarks.append(Remark("ocr-pages", "warning", values, page=number))
        if content.unread:
            gap = (("pages", str(number)), ("count", str(content.unread)))
            content.remarks.append(Remark("ocr-gap", "warning", gap, page=number))
        yield content
        del content
        if options.on_page:
            options.on_page(number, total)


def _pictures(data: bytes) -> Iterator[tuple[int, int, np.ndarray[Any, np.dtype[np.uint8]], float]]:
    """Each picture as (number, how many there are, RGB pixels, dots an inch)."""
    import numpy as np
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as picture:
            total = min(getattr(picture, "n_frames", 1), MAX_PAGES)
            for index in range(total):
                picture.seek(index)
                width, height = picture.size
                if width * height > MAX_PIXELS:
                    raise TooLarge(detail=f"{width} x {height}")
                frame = ImageOps.exif_transpose(picture).convert("RGBA")
                page = Image.new("RGBA", frame.size, "white")
                page.alpha_composite(frame)
                flat = page.convert("RGB")
                # Recognised at one resolution; what the file says of its own is often wrong, the paper is mostly A4.
                # A picture much longer than a page (a screenshot) is as wide as one.
                tall = flat.height > 1.7 * flat.width
                factor = DPI * SHORT_SIDE / flat.width if tall else DPI * LONG_SIDE / max(flat.size)
                factor = min(factor, (MAX_PIXELS / (flat.width * flat.height)) ** 0.5)
                if factor < 0.95 or factor > 1.3:
                    size = (max(1, round(flat.width * factor)), max(1, round(flat.height * factor)))
                    flat = flat.resize(size, Image.Resampling.LANCZOS)
                yield index + 1, total, np.asarray(flat), float(DPI)
    except UnidentifiedImageError as error:
        raise UnreadableFile(detail="image") from error
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise UnreadableFile(detail=f"image: {error}") from error
