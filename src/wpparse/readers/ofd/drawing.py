"""The objects of an OFD page → glyphs and ruling lines (GB/T 33190, 7.7, 8 to 13)."""

from __future__ import annotations

import math
from collections import Counter
from itertools import pairwise

from wpparse.page import Glyph, PageContent, Style
from wpparse.readers.ofd.geometry import POINTS, Matrix, apply, box, matrix, multiply, number, numbers, subpaths
from wpparse.readers.ofd.package import Element, child, children, local
from wpparse.readers.ofd.resources import Resources

MAX_GLYPHS = 60_000
"""A page with more characters than this is no page of a circular; the rest of it is not read."""
MAX_OBJECTS = 200_000
MAX_POINTS = 200_000
MAX_DEPTH = 16
"""Blocks and composite units inside one another."""

_THIN = 3.0
"""A painted rectangle up to this thick (points) is a line."""
_STRAIGHT = 0.7
"""Points by which a ruling line may lean."""
_HEAVY = 600
"""Weight from which on a font is bold (8.2, Table 41: 700 is bold)."""
_LEAN = 3.0
"""Degrees by which the direction of upright text may differ from a right angle."""
_UNKNOWN = "¤"
"""Stands in a TextCode for a glyph whose character the producer did not know."""


class Drawing:
    """Collects what the objects of one page draw; points with the origin in the upper left corner."""

    def __init__(self, content: PageContent, resources: Resources, corner: tuple[float, float]) -> None:
        """``corner`` is the upper left corner of the page's box in millimetres."""
        self.content = content
        self._resources = resources
        self._page: Matrix = (POINTS, 0.0, 0.0, POINTS, -corner[0] * POINTS, -corner[1] * POINTS)
        self._objects = self._points = 0
        self._image_area = 0.0
        self._marks: list[_Mark] = []

    def read(self, layers: Element) -> None:
        """Take in a Content element: its layers, or what stands in its place."""
        self._block(layers, self._page, 0)

    def finish(self) -> None:
        """Turn the page so that most of its text is upright, and give the glyphs to it."""
        content = self.content
        directions = Counter(mark.direction or 0 for mark in self._marks for c in mark.chars if c.strip())
        content.turned = max(directions, key=lambda way: (directions[way], way == 0), default=0)
        turn = _Turn(content.width, content.height, content.turned)
        content.width, content.height = turn.width, turn.height
        for mark in self._marks:
            content.glyphs += mark.glyphs(turn)
        rules = [(x0, y, x1, y) for y, x0, x1 in content.horizontals] + [
            (x, y0, x, y1) for x, y0, y1 in content.verticals
        ]
        content.horizontals, content.verticals = [], []
        for rule in rules:
            self._rule(*turn.box(*rule))
        content.fills = [turn.box(*area) for area in content.fills]
        content.images = [turn.box(*area) for area in content.images]
        area = content.width * content.height
        content.image_share = min(1.0, self._image_area / area) if area else 0.0

    def _block(self, parent: Element, outer: Matrix, depth: int) -> None:
        for element in children(parent):
            self._objects += 1
            if self._objects > MAX_OBJECTS or depth > MAX_DEPTH:
                self.content.truncated = True
                return
            if element.get("Visible") == "false":
                continue
            kind = local(element)
            if kind in ("Layer", "PageBlock", "Content"):
                self._block(element, outer, depth + 1)
            elif kind == "TextObject":
                self._text(element, self._inside(element, outer))
            elif kind == "PathObject":
                self._path(element, self._inside(element, outer))
            elif kind == "ImageObject":
                self._image(element, outer)
            elif kind == "CompositeObject":
                unit = self._resources.units.get(element.get("ResourceID") or "")
                if unit is not None:
                    self._block(unit, self._inside(element, outer), depth + 1)

    @staticmethod
    def _inside(element: Element, outer: Matrix) -> Matrix:
        """From the space of an object to the page: its CTM, the corner of its boundary, what is around it."""
        area = box(element.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
        placed = multiply((1.0, 0.0, 0.0, 1.0, area[0], area[1]), matrix(element.get("CTM")))
        return multiply(outer, placed)

    def _text(self, element: Element, m: Matrix) -> None:
        resources = self._resources
        if element.get("Fill") == "false" and element.get("Stroke") != "true":
            return  # drawn neither filled nor as an outline
        font = resources.fonts.get(element.get("Font") or "")
        size = number(element.get("Size"))
        wide = number(element.get("HScale"), 1.0) or 1.0
        color = resources.color(element, "FillColor")
        stroked = element.get("Stroke") == "true" and number(resources.given(element, "LineWidth"), 0.353) > 0
        bold = number(element.get("Weight"), 400.0) >= _HEAVY or stroked or (font is not None and font.bold)
        scale = math.sqrt(abs(m[0] * m[3] - m[1] * m[2]))
        hidden = element.get("Alpha") == "0"
        style = Style(font.name if font is not None else None, round(size * scale, 2), bold, color, hidden)
        turned = int(number(element.get("ReadDirection"))) % 360
        leaning = int(number(element.get("CharDirection"))) % 360
        x = y = 0.0
        for code in children(element, "TextCode"):
            # A TextCode without a place takes the one that was written last (11.3).
            x, y = number(code.get("X"), x), number(code.get("Y"), y)
            self._code(code, x, y, size, wide, style, m, turned, leaning)

    def _code(
        self, code: Element, x: float, y: float, size: float, wide: float, style: Style, m: Matrix, turned: int,
        leaning: int,
    ) -> None:  # fmt: skip
        text = code.text or ""
        steps, drops = numbers(code.get("DeltaX")), numbers(code.get("DeltaY"))
        upright = turned in (90, 270)
        mark = _Mark(style, _direction(m, leaning))
        for index, char in enumerate(text):
            advance = size * wide * (0.5 if char.isascii() else 1.0)
            step = steps[index] if index < len(steps) else 0.0 if upright or drops else advance
            drop = drops[index] if index < len(drops) else size if upright else 0.0
            width = min(advance, step) if step > 0 else advance
            if char == _UNKNOWN:
                self.content.unmapped += 1
            elif mark.direction is None:
                self.content.slanted.append(char)
            elif len(self._marks) + len(mark.chars) < MAX_GLYPHS:
                mark.add(char, apply(m, x, y), apply(m, x + width, y), style.hidden)
            else:
                self.content.truncated = True
                return
            x, y = x + step, y + drop
        if mark.chars:
            self._marks.append(mark)

    def _path(self, element: Element, m: Matrix) -> None:
        resources = self._resources
        filled = element.get("Fill") == "true" and resources.color(element, "FillColor") != "FFFFFF"
        stroked = element.get("Stroke") != "false" and resources.color(element, "StrokeColor") != "FFFFFF"
        data = child(element, "AbbreviatedData")
        if data is None or not (filled or stroked) or element.get("Alpha") == "0":
            return
        for points, curved in subpaths(data.text or "", MAX_POINTS - self._points):
            self._points += len(points)
            if curved:
                self.content.outlines += 1
                continue
            placed = [apply(m, *point) for point in points]
            xs, ys = [p[0] for p in placed], [p[1] for p in placed]
            area = (min(xs), min(ys), max(xs), max(ys))
            if min(area[2] - area[0], area[3] - area[1]) <= _THIN:
                self._rule(*area)
                continue
            if stroked:
                for (ax, ay), (bx, by) in pairwise(placed):
                    if abs(ax - bx) <= _STRAIGHT or abs(ay - by) <= _STRAIGHT:
                        self._rule(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
            if filled and len(points) <= 6:
                self.content.fills.append(area)

    def _rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        if x1 - x0 >= y1 - y0:
            if x1 - x0 > 0.2:
                self.content.horizontals.append(((y0 + y1) / 2, x0, x1))
        elif y1 - y0 > 0.2:
            self.content.verticals.append(((x0 + x1) / 2, y0, y1))

    def _image(self, element: Element, outer: Matrix) -> None:
        area = box(element.get("Boundary"))
        if area is None:
            return
        ax, ay = apply(outer, area[0], area[1])
        bx, by = apply(outer, area[0] + area[2], area[1] + area[3])
        x0, x1 = sorted((min(max(ax, 0.0), self.content.width), min(max(bx, 0.0), self.content.width)))
        y0, y1 = sorted((min(max(ay, 0.0), self.content.height), min(max(by, 0.0), self.content.height)))
        if x1 > x0 and y1 > y0:
            self._image_area += (x1 - x0) * (y1 - y0)
            self.content.images.append((x0, y0, x1, y1))


def _direction(m: Matrix, leaning: int) -> int | None:
    """Degrees clockwise from left to right in which a text object's characters stand; None for no right angle."""
    angle = (math.degrees(math.atan2(m[1], m[0])) + leaning) % 360
    nearest = round(angle / 90) * 90
    return nearest % 360 if abs(angle - nearest) <= _LEAN else None


class _Turn:
    """From the page as it lies to the page as it is read."""

    def __init__(self, width: float, height: float, degrees: int) -> None:
        self.degrees = degrees
        self._matrix: Matrix = {
            0: (1.0, 0.0, 0.0, 1.0, 0.0, 0.0),
            90: (0.0, -1.0, 1.0, 0.0, 0.0, width),
            180: (-1.0, 0.0, 0.0, -1.0, width, height),
            270: (0.0, 1.0, -1.0, 0.0, height, 0.0),
        }[degrees]
        self.width, self.height = (height, width) if degrees in (90, 270) else (width, height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        return apply(self._matrix, x, y)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        (ax, ay), (bx, by) = self.point(x0, y0), self.point(x1, y1)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


class _Mark:
    """The characters of one TextCode with the ends of their baselines on the page."""

    __slots__ = ("chars", "direction", "ends", "style")

    def __init__(self, style: Style, direction: int | None) -> None:
        self.style = style
        self.direction = direction
        self.chars: list[str] = []
        self.ends: list[tuple[tuple[float, float], tuple[float, float]]] = []

    def add(self, char: str, start: tuple[float, float], end: tuple[float, float], hidden: bool) -> None:
        if not hidden:
            self.chars.append(char)
            self.ends.append((start, end))

    def glyphs(self, turn: _Turn) -> list[Glyph]:
        """One glyph a character, or one for all where they run across the reading direction."""
        placed = [(turn.point(*start), turn.point(*end)) for start, end in self.ends]
        style = self.style
        if self.direction == turn.degrees:
            return [
                Glyph(char, min(a[0], b[0]), max(a[0], b[0]), a[1], style)
                for char, (a, b) in zip(self.chars, placed, strict=True)
                if self._visible(a, turn)
            ]
        xs = [point[0] for pair in placed for point in pair]
        ys = [point[1] for pair in placed for point in pair]
        text = "".join(self.chars).strip()
        return [Glyph(text, min(xs), max(xs) + style.size, max(ys), style)] if text else []

    def _visible(self, at: tuple[float, float], turn: _Turn) -> bool:
        return self.style.color != "FFFFFF" and -1 <= at[0] <= turn.width + 1 and 0 <= at[1] <= turn.height
