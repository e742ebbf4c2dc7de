"""What PDFium takes for fonts that a file does not embed.

Left to itself PDFium looks for fonts on the machine and reads the outline of each character, only to learn how large
it is: most of the time that such a page takes. Where the machine has no such font, text objects without extent vanish
from the text. What a circular says must not depend on the fonts at hand, so PDFium gets a font that has a box for
every character. To draw a page it gets the machine's fonts, and so does whoever else uses PDFium in this process.
"""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

_HANDLE = 1
"""Stands for the font of boxes; handles of real fonts are addresses."""
_FACE = b"wpparse boxes\0"
_DEFAULT_CHARSET = 1

_EM = 1000
_ASCENT, _DESCENT = 880, -120
_WIDE_FROM = 0x2E80
"""Characters from here on (CJK) are as wide as they are high, those before half as wide."""


class SystemFonts:
    """PDFium's view of the machine's fonts (FPDF_SYSFONTINFO in fpdf_sysfontinfo.h).

    To be made once, before PDFium first asks for a font. ``raw`` is the module pypdfium2_raw.
    """

    def __init__(self, raw: Any) -> None:
        self._boxes_only = False
        self._mapper: int | None = None
        self._listed = False
        self._default = raw.FPDF_GetDefaultSystemFontInfo()
        self._info = raw.FPDF_SYSFONTINFO()
        self._info.version = 1
        kinds = dict(self._info._fields_)
        for name, answer in (
            ("EnumFonts", self._enumerate), ("MapFont", self._map), ("GetFont", self._get), ("GetFontData", self._data),
            ("GetFaceName", self._face), ("GetFontCharset", self._charset), ("DeleteFont", self._delete),
        ):  # fmt: skip
            setattr(self._info, name, kinds[name](answer))
        raw.FPDF_SetSystemFontInfo(ctypes.byref(self._info))

    @contextmanager
    def boxes(self, only: bool = True) -> Iterator[None]:
        """Within, PDFium gets the font of boxes for every font, or the machine's fonts where not ``only``."""
        before, self._boxes_only = self._boxes_only, only
        try:
            yield
        finally:
            self._boxes_only = before

    def _real(self, name: str, *arguments: Any) -> Any:
        """What the machine's fonts answer; they are looked for when they are first needed."""
        if not self._default:
            return 0
        if not self._listed:
            self._listed = True
            # Where PDFium was in use before, it does not say any more where to list fonts; Windows finds them without.
            if self._mapper or os.name != "nt":
                self._default.contents.EnumFonts(self._default, self._mapper)
        return getattr(self._default.contents, name)(self._default, *arguments)

    def _enumerate(self, _: object, mapper: int) -> None:
        self._mapper = mapper

    def _map(self, _: object, *wanted: Any) -> Any:
        return _HANDLE if self._boxes_only else self._real("MapFont", *wanted)

    def _get(self, _: object, face: Any) -> Any:
        return _HANDLE if self._boxes_only else self._real("GetFont", face)

    def _data(self, _: object, font: int, table: int, buffer: Any, size: int) -> int:
        if font != _HANDLE:
            return int(self._real("GetFontData", font, table, buffer, size))
        return _copy(b"" if table else box_font(), buffer, size)

    def _face(self, _: object, font: int, buffer: Any, size: int) -> int:
        if font != _HANDLE:
            return int(self._real("GetFaceName", font, buffer, size))
        return _copy(_FACE, buffer, size)

    def _charset(self, _: object, font: int) -> int:
        return _DEFAULT_CHARSET if font == _HANDLE else int(self._real("GetFontCharset", font))

    def _delete(self, _: object, font: int) -> None:
        if font != _HANDLE:
            self._real("DeleteFont", font)


def _copy(data: bytes, buffer: Any, size: int) -> int:
    """Put data into a buffer that is large enough; gives how many bytes there are."""
    if buffer and size >= len(data):
        ctypes.memmove(buffer, data, len(data))
    return len(data)


@cache
def box_font() -> bytes:
    """A TrueType font (ISO/IEC 14496-22) in which every character is a box, narrow or wide."""
    glyphs = [_box(_EM // 2), _box(_EM // 2), _box(_EM)]
    places = [sum(map(len, glyphs[:k])) for k in range(len(glyphs) + 1)]
    # Subtable format 13 maps ranges of characters to one glyph each.
    ranges = ((0x20, _WIDE_FROM - 1, 1), (_WIDE_FROM, 0x10FFFF, 2))
    groups = b"".join(struct.pack(">III", *one) for one in ranges)
    subtable = struct.pack(">HHIII", 13, 0, 16 + len(groups), 0, len(ranges)) + groups
    tables = {
        b"cmap": struct.pack(">HHHHI", 0, 1, 3, 10, 12) + subtable,
        b"glyf": b"".join(glyphs),
        b"head": struct.pack(">IIIIHH16x", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, _EM)
        + struct.pack(">4hHHhhh", 0, _DESCENT, _EM, _ASCENT, 0, 8, 2, 1, 0),
        b"hhea": struct.pack(">IhhhHhhhhhhhhhhhH", 0x10000, _ASCENT, _DESCENT, 0, _EM, *[0] * 3, _EM, 1, *[0] * 6, 3),
        b"hmtx": struct.pack(">HhHhHh", _EM // 2, 0, _EM // 2, 0, _EM, 0),
        b"loca": struct.pack(">4I", *places),
        b"maxp": struct.pack(">I14H", 0x10000, 3, 4, 1, 0, 0, 1, *[0] * 8),
    }
    directory = struct.pack(">IHHHH", 0x10000, len(tables), 64, 2, 16 * len(tables) - 64)
    at = len(directory) + 16 * len(tables)
    body = b""
    for name, data in tables.items():
        directory += struct.pack(">4sIII", name, 0, at + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    return directory + body


def _box(width: int) -> bytes:
    """The outline of a rectangle from the lower to the upper edge of the em, with a little white at its sides."""
    side = width // 20
    x0, y0, x1, y1 = side, _DESCENT + side, width - side, _ASCENT - side
    header = struct.pack(">hhhhhHH", 1, x0, y0, x1, y1, 3, 0)
    points = struct.pack(">4B8h", 1, 1, 1, 1, x0, 0, x1 - x0, 0, y0, y1 - y0, 0, y0 - y1)
    return (header + points).ljust(36, b"\0")
