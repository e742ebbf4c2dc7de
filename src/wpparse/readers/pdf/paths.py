"""The ruling lines, pictures and overprints of a page.

A ruling line may be a stroked segment, the side of a stroked rectangle or a thin painted rectangle; all become one
kind of line.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from wpparse.page import PageContent
from wpparse.readers.pdf.library import paint_color, pdfium

MAX_OBJECTS = 50_000
"""Objects of a page that are looked at."""
MAX_SEGMENTS = 50_000
"""Path segments of a page that are looked at."""
MAX_DEPTH = 8
"""Form XObjects inside one another."""

_THIN = 3.0
"""A painted rectangle up to this thick (points) is a line."""

_TEXT, _PATH, _IMAGE, _FORM = 1, 2, 3, 5
_LINETO, _BEZIERTO, _MOVETO = 0, 1, 2

Matrix = tuple[float, float, float, float, float, float]
"""(a, b, c, d, e, f) with x' = a·x + b·y + c and y' = d·x + e·y + f."""

_SAME: Matrix = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)


def read_objects(page: int, content: PageContent, turn: Matrix) -> None:
    """Fill ``content`` with the lines, areas and pictures of ``page``."""
    reader = _Reader(content)
    lib = pdfium()
    for index in range(min(lib.FPDFPage_CountObjects(page), MAX_OBJECTS)):
        reader.read(lib.FPDFPage_GetObject(page, index), turn, 0)
    area = content.width * content.height
    content.image_share = min(1.0, reader.image_area / area) if area else 0.0
    if reader.overprints:
        _embolden(content, reader.overprints)


def _multiply(m: Matrix, n: Matrix) -> Matrix:
    """First ``n``, then ``m``."""
    a, b, c, d, e, f = m
    p, q, r, s, t, u = n
    return (a * p + b * s, a * q + b * t, a * r + b * u + c, d * p + e * s, d * q + e * t, d * r + e * u + f)


class _Reader:
    def __init__(self, content: PageContent) -> None:
        self.content = content
        self.lib = pdfium()
        self.objects = self.segments = 0
        self.image_area = 0.0
        self.overprints: list[tuple[float, float, float, float]] = []
        self._four = (ctypes.c_float * 4)()
        self._at = ctypes.addressof(self._four)

    def read(self, handle: int, matrix: Matrix, depth: int) -> None:
        self.objects += 1
        if not handle or self.objects > MAX_OBJECTS:
            return
        kind = self.lib.FPDFPageObj_GetType(handle)
        if kind == _PATH:
            self._path(handle, matrix)
        elif kind == _TEXT:
            if handle not in self.content.text_objects:
                box = self._bounds(handle, matrix)
                if box and box[0] < box[2] and box[1] < box[3]:  # a blank has no extent
                    self.overprints.append(box)
        elif kind == _IMAGE:
            box = self._bounds(handle, matrix)
            if box:
                self._image(box)
        elif kind == _FORM and depth < MAX_DEPTH:
            inner = _multiply(matrix, self._matrix(handle))
            for index in range(min(self.lib.FPDFFormObj_CountObjects(handle), MAX_OBJECTS - self.objects)):
                self.read(self.lib.FPDFFormObj_GetObject(handle, index), inner, depth + 1)

    def _matrix(self, handle: int) -> Matrix:
        values = (ctypes.c_float * 6)()
        if not self.lib.FPDFPageObj_GetMatrix(handle, ctypes.addressof(values)):
            return _SAME
        a, b, c, d, e, f = values  # PDF: x' = a·x + c·y + e
        return (a, c, e, b, d, f)

    def _bounds(self, handle: int, m: Matrix) -> tuple[float, float, float, float] | None:
        at = self._at
        if not self.lib.FPDFPageObj_GetBounds(handle, at, at + 4, at + 8, at + 12):
            return None
        left, bottom, right, top = self._four
        return _box(((left, bottom), (right, bottom), (right, top), (left, top)), m)

    def _image(self, box: tuple[float, float, float, float]) -> None:
        page = self.content
        x0, y0, x1, y1 = max(box[0], 0.0), max(box[1], 0.0), min(box[2], page.width), min(box[3], page.height)
        if x1 <= x0 or y1 <= y0:
            return
        self.image_area += (x1 - x0) * (y1 - y0)
        page.images.append((x0, y0, x1, y1))
        if min(x1 - x0, y1 - y0) <= 1.5:  # some producers draw lines as pictures
            self._thin(x0, y0, x1, y1)

    def _path(self, handle: int, matrix: Matrix) -> None:
        lib = self.lib
        box = self._bounds(handle, matrix)
        count = lib.FPDFPath_CountSegments(handle)
        if box is None or count < 2 or self.segments + count > MAX_SEGMENTS:
            return
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        lib.FPDFPath_GetDrawMode(handle, ctypes.addressof(fill), ctypes.addressof(stroke))
        if not (fill.value or stroke.value):
            return
        x0, y0, x1, y1 = box
        painted = bool(fill.value) and paint_color(lib.FPDFPageObj_GetFillColor, handle) != "FFFFFF"
        stroked = bool(stroke.value) and paint_color(lib.FPDFPageObj_GetStrokeColor, handle) != "FFFFFF"
        if not (painted or stroked):
            return
        if min(x1 - x0, y1 - y0) <= _THIN:
            self._thin(x0, y0, x1, y1)
            return
        if count > 400 and painted and not stroked:  # a drawing, a seal, text as outlines
            self.content.outlines += 1
            return
        self.segments += count
        for points, curved in self._subpaths(handle, count, _multiply(matrix, self._matrix(handle))):
            if curved:
                self.content.outlines += 1
            elif stroked:
                self._sides(points)
            else:
                sub = _box(points)
                if min(sub[2] - sub[0], sub[3] - sub[1]) <= _THIN:
                    self._thin(*sub)
            if painted and not curved and len(points) <= 6:
                self.content.fills.append(_box(points))

    def _subpaths(self, handle: int, count: int, m: Matrix) -> Iterator[tuple[list[tuple[float, float]], bool]]:
        lib, at = self.lib, self._at
        a, b, c, d, e, f = m
        points: list[tuple[float, float]] = []
        curved = False
        for index in range(count):
            segment = lib.FPDFPath_GetPathSegment(handle, index)
            kind = lib.FPDFPathSegment_GetType(segment)
            lib.FPDFPathSegment_GetPoint(segment, at, at + 4)
            x, y = self._four[0], self._four[1]
            if kind == _MOVETO and points:
                if len(points) > 1:
                    yield points, curved
                points, curved = [], False
            curved = curved or kind == _BEZIERTO
            points.append((a * x + b * y + c, d * x + e * y + f))
            if lib.FPDFPathSegment_GetClose(segment) and points[0] != points[-1]:
                points.append(points[0])
        if len(points) > 1:
            yield points, curved

    def _sides(self, points: list[tuple[float, float]]) -> None:
        for (x0, y0), (x1, y1) in pairwise(points):
            if abs(y1 - y0) <= 0.7 or abs(x1 - x0) <= 0.7:
                self._thin(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def _thin(self, x0: float, y0: float, x1: float, y1: float) -> None:
        width, height = x1 - x0, y1 - y0
        if width >= height and width > 0.2:
            self.content.horizontals.append(((y0 + y1) / 2, x0, x1))
        elif height > 0.2:
            self.content.verticals.append(((x0 + x1) / 2, y0, y1))


def _box(points: Iterable[tuple[float, float]], m: Matrix = _SAME) -> tuple[float, float, float, float]:
    a, b, c, d, e, f = m
    placed = [(a * x + b * y + c, d * x + e * y + f) for x, y in points]
    xs, ys = [x for x, _ in placed], [y for _, y in placed]
    return min(xs), min(ys), max(xs), max(ys)


def _embolden(content: PageContent, overprints: list[tuple[float, float, float, float]]) -> None:
    """Text printed twice with a small offset is bold; PDFium gives such text once."""
    top, bottom = min(box[1] for box in overprints), max(box[3] for box in overprints)
    for glyph in content.glyphs:
        y = glyph.y - 0.3 * glyph.style.size
        if not top <= y <= bottom or glyph.style.bold or glyph.text == " ":
            continue
        x = (glyph.x0 + glyph.x1) / 2
        if any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in overprints):
            glyph.style = replace(glyph.style, bold=True)
