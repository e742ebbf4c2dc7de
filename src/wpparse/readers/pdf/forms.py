"""What was typed into a page: values of form fields, ticks, and notes written on it (FreeText), each at its box.

PDFium's text of a page holds none of it: a field draws itself. Flattening a page, so that it would, drops or redraws
values.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from wpparse.page import Glyph, Style
from wpparse.readers.pdf.chars import Turn
from wpparse.readers.pdf.library import pdfium

MAX_NOTES = 2_000
"""Fields and notes of a page that are looked at."""
MAX_LENGTH = 10_000
"""Characters of one value."""
PADDING = 2.0
"""Points between a box and the text in it (PDFium's and Acrobat's default)."""
PITCH = 1.2
"""Of the size: the distance of two lines in a box."""

_FREE_TEXT, _WIDGET = 3, 20
_UNSEEN = 1 | 2 | 32
"""Flags of annotations: invisible, hidden, not shown on screen."""
_CHECKBOX, _RADIO, _COMBO, _LIST, _TEXT = 2, 3, 4, 5, 6
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s+Tf")


@contextmanager
def open_form(document: int) -> Iterator[int | None]:
    """The handle of the document's form, None where it has none; to be opened before any page is."""
    lib = pdfium()
    if not lib.FPDF_GetFormType(document):
        yield None
        return
    info = lib.FormInfo(version=2)
    form = lib.FPDFDOC_InitFormFillEnvironment(document, ctypes.addressof(info))
    try:
        yield form
    finally:
        if form:
            lib.FPDFDOC_ExitFormFillEnvironment(form)


def read_notes(page: int, form: int | None, box: tuple[float, float, float, float], turned: int) -> list[Glyph]:
    """The values and notes of a page as glyphs at their boxes.

    ``box`` is its visible part, ``turned`` the degrees clockwise by which it is read.
    """
    lib = pdfium()
    glyphs: list[Glyph] = []
    turn = Turn(box, turned)
    for index in range(min(lib.FPDFPage_GetAnnotCount(page), MAX_NOTES)):
        note = lib.FPDFPage_GetAnnot(page, index)
        if not note:
            continue
        try:
            if lib.FPDFAnnot_GetFlags(note) & _UNSEEN:
                continue
            text = _value(note, form)
            if text:
                glyphs += _set(text, _rect(note, turn), _size(note))
        finally:
            lib.FPDFPage_CloseAnnot(note)
    return glyphs


def _value(note: int, form: int | None) -> str:
    lib = pdfium()
    kind = lib.FPDFAnnot_GetSubtype(note)
    if kind == _FREE_TEXT:
        return _string(partial(lib.FPDFAnnot_GetStringValue, note, b"Contents"))
    if kind != _WIDGET or not form:
        return ""
    field = lib.FPDFAnnot_GetFormFieldType(form, note)
    if field in (_CHECKBOX, _RADIO):
        # PDFium knows the name of the state "on" by the drawing for it, which a field may lack.
        state = _string(partial(lib.FPDFAnnot_GetStringValue, note, b"AS"))
        return "☑" if lib.FPDFAnnot_IsChecked(form, note) or state not in ("", "Off") else "☐"
    if field in (_COMBO, _LIST):
        chosen = [
            _string(partial(lib.FPDFAnnot_GetOptionLabel, form, note, option))
            for option in range(max(0, lib.FPDFAnnot_GetOptionCount(form, note)))
            if lib.FPDFAnnot_IsOptionSelected(form, note, option)
        ]
        if any(chosen) or field == _LIST:
            return "\n".join(chosen)
    if field in (_TEXT, _COMBO):
        return _string(partial(lib.FPDFAnnot_GetFormFieldValue, form, note))
    return ""


def _string(read: Callable[[int, int], int]) -> str:
    """The text that a function of PDFium writes into a buffer; it gives the number of bytes with the final zeros."""
    length = read(0, 0)
    if length <= 2:
        return ""
    buffer = ctypes.create_string_buffer(length)
    read(ctypes.addressof(buffer), length)
    return buffer.raw[: length - 2].decode("utf-16-le", "replace").replace("\0", "")[:MAX_LENGTH]


def _rect(note: int, turn: Turn) -> tuple[float, float, float, float]:
    values = (ctypes.c_float * 4)()  # FS_RECTF: left, top, right, bottom
    pdfium().FPDFAnnot_GetRect(note, ctypes.addressof(values))
    left, top, right, bottom = values
    return turn.box(left, bottom, right, top)


def _size(note: int) -> float:
    """The size of a note's text where it says it; 0 where it fits itself to the box."""
    lib = pdfium()
    match = _SIZE.search(_string(partial(lib.FPDFAnnot_GetStringValue, note, b"DA")))
    return float(match[1]) if match else 0.0


def _set(text: str, box: tuple[float, float, float, float], size: float) -> Iterator[Glyph]:
    """Glyphs of a text in its box, broken into lines as it would be; one line stands in the middle of the height."""
    x0, y0, x1, y1 = box
    room = max(x1 - x0 - 2 * PADDING, 1.0)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    size = size or max(4.0, min(12.0, 0.75 * (y1 - y0) / len(lines)))
    rows = [row for line in lines for row in _broken(line, room, size)] if y1 - y0 > 2 * PITCH * size else lines
    pitch = min(PITCH * size, (y1 - y0) / max(len(rows), 1))
    style = Style(size=size)
    y = y0 + PADDING + 0.85 * size if len(rows) > 1 else (y0 + y1) / 2 + 0.35 * size
    for row in rows:
        scale = min(1.0, room / max(sum(_width(char, size) for char in row), 1.0))
        x = x0 + PADDING
        for char in row:
            width = scale * _width(char, size)
            yield Glyph(char if char.isprintable() else " ", x, x + width, y, style)
            x += width
        y += pitch


def _broken(line: str, room: float, size: float) -> Iterator[str]:
    start, width = 0, 0.0
    for index, char in enumerate(line):
        step = _width(char, size)
        if width + step > room + 0.01 and index > start:
            yield line[start:index]
            start, width = index, 0.0
        width += step
    yield line[start:]


def _width(char: str, size: float) -> float:
    return size if ord(char) > 0x2000 else 0.5 * size
