"""What a page of a PDF draws: glyphs at places and ruling lines, in the orientation in which it is read.

Coordinates are points with the origin in the upper left corner of the visible page and y running down; ``y`` of a
glyph is its baseline. The text's own direction decides the orientation, so that a landscape table comes out upright
whether the producer turned the page or the text.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Sequence

from wpparse.page import Glyph, PageContent, Style
from wpparse.readers.pdf.library import pdfium

MAX_GLYPHS = 60_000
"""A page with more characters than this is no page of a circular; the rest of it is not read."""


class Turn:
    """From PDF user space to reading coordinates."""

    def __init__(self, box: tuple[float, float, float, float], degrees: int) -> None:
        left, bottom, right, top = box
        self.degrees = degrees
        if degrees == 0:
            self.matrix = (1.0, 0.0, -left, 0.0, -1.0, top)
        elif degrees == 90:
            self.matrix = (0.0, 1.0, -bottom, 1.0, 0.0, -left)
        elif degrees == 180:
            self.matrix = (-1.0, 0.0, right, 0.0, 1.0, -bottom)
        else:
            self.matrix = (0.0, -1.0, top, -1.0, 0.0, right)
        across = degrees in (90, 270)
        self.width = top - bottom if across else right - left
        self.height = right - left if across else top - bottom

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point lies."""
        a, b, c, d, e, f = self.matrix
        return a * x + b * y + c, d * x + e * y + f

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """Where a box lies, as (x0, y0, x1, y1)."""
        (ax, ay), (bx, by) = self.point(x0, y0), self.point(x1, y1)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def read_page(page: int, number: int, box: tuple[float, float, float, float], rotation: int) -> PageContent:
    """Glyphs and ruling lines of a loaded page; ``box`` is its visible part, ``rotation`` its /Rotate."""
    from wpparse.readers.pdf.paths import read_objects

    content = PageContent(number)
    marks = _characters(page, content)
    directions = Counter(mark[7] for mark in marks if mark[0] != " ")
    content.turned = max(directions, key=lambda way: (directions[way], way == rotation), default=rotation)
    turn = Turn(box, content.turned)
    content.width, content.height = turn.width, turn.height
    content.glyphs = _place(marks, turn)
    read_objects(page, content, turn.matrix)
    _keep_visible(content)
    return content


def page_box(page: int) -> tuple[tuple[float, float, float, float], int]:
    """The visible part of the page as (left, bottom, right, top), and its /Rotate in degrees."""
    lib = pdfium()
    values = (ctypes.c_float * 4)()
    at = ctypes.addressof(values)
    boxes: list[tuple[float, float, float, float]] = []
    for read in (lib.FPDFPage_GetMediaBox, lib.FPDFPage_GetCropBox):
        if read(page, at, at + 4, at + 8, at + 12):
            x0, y0, x1, y1 = values
            boxes.append((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
    rotation = int(lib.FPDFPage_GetRotation(page)) % 4 * 90
    if boxes:
        media, crop = boxes[0], boxes[-1]
        box = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
        if box[2] - box[0] > 1 and box[3] - box[1] > 1:
            return box, rotation
    width, height = lib.FPDF_GetPageWidthF(page), lib.FPDF_GetPageHeightF(page)
    if rotation in (90, 270):
        width, height = height, width
    return (0.0, 0.0, max(width, 1.0), max(height, 1.0)), rotation


_Mark = tuple[str, float, float, float, float, float, float, int, Style]
"""One character in user space: text, left, bottom, right, top, origin x and y, direction, style."""


def _codes(text: int, count: int) -> Sequence[int]:
    """The code points of a text page; in one call where PDFium's text has one unit for each character.

    A hyphen at the end of a line comes as U+FFFE from that call, as U+0002 for a character by itself.
    """
    lib = pdfium()
    buffer = (ctypes.c_uint16 * (count + 1))()
    if lib.FPDFText_GetText(text, 0, count, ctypes.addressof(buffer)) == count + 1:
        codes = buffer[:count]
        if all(not 0xD800 <= code < 0xE000 for code in codes):
            return codes
    get = lib.FPDFText_GetUnicode
    return [get(text, index) for index in range(count)]


def _characters(page: int, content: PageContent) -> list[_Mark]:
    """The characters of the page in user space and file order; what cannot be used is counted in ``content``."""
    lib = pdfium()
    out: list[_Mark] = []
    text = lib.FPDFText_LoadPage(page)
    if not text:
        return out
    box = (ctypes.c_float * 4)()  # FS_RECTF: left, top, right, bottom
    origin = (ctypes.c_double * 2)()
    box_at, x_at = ctypes.addressof(box), ctypes.addressof(origin)
    y_at = x_at + 8
    get_box, get_object, has_error = (
        lib.FPDFText_GetLooseCharBox,
        lib.FPDFText_GetTextObject,
        lib.FPDFText_HasUnicodeMapError,
    )
    looks = _Looks()
    style, direction = Style(), None
    last, x, y, foot = None, 0.0, 0.0, 0.0
    try:
        count = lib.FPDFText_CountChars(text)
        content.truncated = count > MAX_GLYPHS
        for index, code in enumerate(_codes(text, max(0, min(count, MAX_GLYPHS)))):
            if code < 33 or code == 0xA0:
                if code not in (0, 2, 32, 0xA0) or lib.FPDFText_IsGenerated(text, index):
                    continue
                if code == 2:
                    code = 45
            elif code == 0xFFFE:
                code = 45
            if code == 0 or code > 0x10FFFF or 0xD800 <= code < 0xE000 or has_error(text, index) == 1:
                content.unmapped += 1
                continue
            handle = get_object(text, index)
            get_box(text, index, box_at)
            left, top, right, bottom = box[:]
            if handle != last or direction != 0:
                style, direction = looks.of(handle, text, index)
                lib.FPDFText_GetCharOrigin(text, index, x_at, y_at)
                last, (x, y), foot = handle, origin, bottom
            if direction is None:
                content.slanted.append(chr(code))
                continue
            char = " " if code in (32, 0xA0, 0x3000) else chr(code)
            if abs(bottom - foot) > 0.3 * style.size:
                # A box that fits its character tightly (一, “), or text that runs downward.
                lib.FPDFText_GetCharOrigin(text, index, x_at, y_at)
                out.append((char, left, bottom, right, top, x, origin[1], direction, style))
            else:
                out.append((char, left, bottom, right, top, x, y, direction, style))
    finally:
        lib.FPDFText_ClosePage(text)
    content.text_objects = looks.known.keys()
    return out


def _direction(a: float, b: float) -> int | None:
    """Degrees clockwise that make text with the direction (a, b) upright; None for slanted text."""
    if abs(b) <= 0.02 * abs(a):
        return 0 if a >= 0 else 180
    if abs(a) <= 0.02 * abs(b):
        return 90 if b > 0 else 270
    return None


_FORCE_BOLD = 1 << 18
_INVISIBLE = (3, 7)
_STROKED = (1, 2, 5, 6)


class _Looks:
    """The look and direction of text objects; each is asked for once."""

    def __init__(self) -> None:
        self.known: dict[int, tuple[Style, int | None]] = {}
        self._fonts: dict[int, tuple[str | None, bool]] = {}
        self._styles: dict[tuple[object, ...], Style] = {}
        self._matrix = (ctypes.c_float * 6)()
        self._size = (ctypes.c_float * 1)()
        self._color = (ctypes.c_uint * 4)()
        self._at = ctypes.addressof(self._matrix), ctypes.addressof(self._size), ctypes.addressof(self._color)
        lib = pdfium()
        self._get_matrix, self._get_size = lib.FPDFText_GetMatrix, lib.FPDFTextObj_GetFontSize
        self._get_font, self._get_mode = lib.FPDFTextObj_GetFont, lib.FPDFTextObj_GetTextRenderMode
        self._get_color = lib.FPDFPageObj_GetFillColor

    def of(self, handle: int, text: int, index: int) -> tuple[Style, int | None]:
        """Style and direction of the text object that holds the character at ``index``."""
        found = self.known.get(handle)
        if found is not None:
            return found
        matrix_at, size_at, color_at = self._at
        self._get_matrix(text, index, matrix_at)
        a, b, c, d, _, _ = self._matrix[:]
        direction = 0 if b == 0.0 and a > 0.0 else _direction(a, b)
        if not handle:
            return Style(), direction
        self._get_size(handle, size_at)
        font = self._get_font(handle)
        self._color[3] = 255
        self._get_color(handle, color_at, color_at + 4, color_at + 8, color_at + 12)
        scale = d if c == 0.0 and d > 0.0 else (c * c + d * d) ** 0.5
        key = (font, self._size[0] * scale, self._get_mode(handle), *self._color[:])
        style = self._styles.get(key)
        if style is None:
            style = self._styles[key] = self._style(*key)
        self.known[handle] = style, direction
        return style, direction

    def _style(self, font: int, size: float, mode: int, red: int, green: int, blue: int, alpha: int) -> Style:
        if font not in self._fonts:
            self._fonts[font] = _font(font) if font else (None, False)
        name, bold = self._fonts[font]
        color = f"{red:02X}{green:02X}{blue:02X}" if alpha else "FFFFFF"
        return Style(
            name, round(size, 1), bold or mode in _STROKED, None if color == "000000" else color, mode in _INVISIBLE
        )


def _font(handle: int) -> tuple[str | None, bool]:
    lib = pdfium()
    buffer = ctypes.create_string_buffer(256)
    length = lib.FPDFFont_GetBaseFontName(handle, ctypes.addressof(buffer), 256)
    raw = buffer.raw[: max(0, min(length, 256) - 1)]
    try:
        name = raw.decode("utf-8")
    except UnicodeDecodeError:
        name = raw.decode("gb18030", "replace")  # Chinese names are stored in GBK as often as in UTF-8
    if len(name) > 7 and name[6] == "+":  # tag of a subset (ISO 32000-1, 9.6.4)
        name = name[7:]
    lower = name.lower()
    bold = any(word in lower for word in ("bold", "heavy", "black")) and "semibold" not in lower
    return name or None, bold or bool(lib.FPDFFont_GetFlags(handle) & _FORCE_BOLD)


def _place(marks: list[_Mark], turn: Turn) -> list[Glyph]:
    """Glyphs in reading coordinates; runs across the reading direction become one glyph each."""
    out: list[Glyph] = []
    across: list[_Mark] = []
    a, b, c, d, e, f = turn.matrix
    upright = turn.degrees
    for mark in marks:
        text, left, bottom, right, top, x, y, direction, style = mark
        if direction != upright:
            if across and not _follows(across[-1], mark):
                out.append(_across(across, turn))
                across = []
            across.append(mark)
        elif upright == 0:
            out.append(Glyph(text, left + c, right + c, f - y, style))
        else:
            x0, x1 = a * left + b * bottom + c, a * right + b * top + c
            out.append(Glyph(text, min(x0, x1), max(x0, x1), d * x + e * y + f, style))
    if across:
        out.append(_across(across, turn))
    return out


def _follows(previous: _Mark, mark: _Mark) -> bool:
    reach = 2.5 * max(previous[8].size, 1.0)
    return (
        previous[7] == mark[7] and abs(mark[5] - previous[5]) <= reach and abs(mark[6] - previous[6]) <= reach
    )  # fmt: skip


def _across(run: list[_Mark], turn: Turn) -> Glyph:
    boxes = [turn.box(*mark[1:5]) for mark in run]
    x0, y0 = min(box[0] for box in boxes), min(box[1] for box in boxes)
    x1, y1 = max(box[2] for box in boxes), max(box[3] for box in boxes)
    style = run[0][8]
    return Glyph("".join(mark[0] for mark in run), x0, x1, (y0 + y1) / 2 + 0.35 * style.size, style)


def _keep_visible(content: PageContent) -> None:
    """Leave out what lies outside the page, is not painted, or is white on white.

    Text that is not painted stays where a picture covers the page: it is the text layer of a scan.
    """
    width, height = content.width, content.height
    odd = {
        id(style)
        for style in {id(g.style): g.style for g in content.glyphs}.values()
        if style.hidden or style.color == "FFFFFF"
    }
    content.glyphs = [
        glyph for glyph in content.glyphs
        if (glyph.x0 >= -1 and glyph.x1 <= width + 1 and 0 <= glyph.y <= height and id(glyph.style) not in odd)
        or _is_seen(glyph, content)
    ]  # fmt: skip


def _is_seen(glyph: Glyph, content: PageContent) -> bool:
    middle, style = (glyph.x0 + glyph.x1) / 2, glyph.style
    if not (-1 <= middle <= content.width + 1 and 0 <= glyph.y <= content.height + 0.5 * style.size):
        return False
    if style.hidden and content.image_share < 0.5:
        return False
    if style.color != "FFFFFF":
        return True
    y = glyph.y - 0.3 * style.size
    return any(x0 <= middle <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in content.fills)
