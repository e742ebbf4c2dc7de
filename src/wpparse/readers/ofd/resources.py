"""Fonts, drawing parameters and composite units of an OFD file (GB/T 33190, 7.9)."""

from __future__ import annotations

from dataclasses import dataclass, field

from wpparse.readers.ofd.package import Element, Package, children, local

_HEAVY = ("bold", "black", "heavy")


@dataclass(frozen=True, slots=True)
class Font:
    """A font by its name."""

    name: str | None
    bold: bool


@dataclass(slots=True)
class Resources:
    """What objects refer to by id."""

    fonts: dict[str, Font] = field(default_factory=dict)
    parameters: dict[str, Element] = field(default_factory=dict)
    units: dict[str, Element] = field(default_factory=dict)
    spaces: dict[str, str] = field(default_factory=dict)
    """The type of each colour space: RGB, GRAY or CMYK."""

    def read(self, package: Package, part: str) -> None:
        """Take in one resource file; a missing or broken one gives nothing."""
        root = package.tree(part)
        if root is None:
            return
        for element in root.iter():
            key = element.get("ID") if isinstance(element.tag, str) else None
            if not key:
                continue
            name = local(element)
            if name == "Font":
                font = element.get("FontName") or element.get("FamilyName")
                heavy = element.get("Bold") == "true" or any(word in (font or "").lower() for word in _HEAVY)
                self.fonts[key] = Font(font, heavy)
            elif name == "DrawParam":
                self.parameters[key] = element
            elif name == "CompositeGraphicUnit":
                self.units[key] = element
            elif name == "ColorSpace":
                self.spaces[key] = (element.get("Type") or "RGB").upper()

    def given(self, element: Element, name: str) -> str | None:
        """An attribute of an object or of the drawing parameters that it, or these, refer to."""
        seen = 0
        while seen < 8:
            value = element.get(name)
            if value is not None:
                return value
            parameter = self.parameters.get(element.get("DrawParam") or element.get("Relative") or "")
            if parameter is None:
                return None
            element, seen = parameter, seen + 1
        return None

    def color(self, element: Element, name: str) -> str | None:
        """``FillColor`` or ``StrokeColor`` as RRGGBB; None for black, which is the default."""
        for seen in range(8):
            found = next(children(element, name), None)
            if found is not None:
                return self._color(found)
            parameter = self.parameters.get(element.get("DrawParam" if not seen else "Relative") or "")
            if parameter is None:
                return None
            element = parameter
        return None

    def _color(self, element: Element) -> str | None:
        values = [_channel(part) for part in (element.get("Value") or "").split()]
        space = self.spaces.get(element.get("ColorSpace") or "", "")
        if len(values) == 1 or space == "GRAY":
            values = values[:1] * 3
        elif len(values) == 4:
            ink = 255 - values[3]
            values = [(255 - value) * ink // 255 for value in values[:3]]
        if len(values) != 3:
            return None
        color = "".join(f"{value:02X}" for value in values)
        return None if color == "000000" else color


def _channel(text: str) -> int:
    """0 to 255, written as a decimal number or as ``#ee``."""
    try:
        value = int(text[1:], 16) if text.startswith("#") else int(float(text))
    except (ValueError, OverflowError):
        return 0
    return min(max(value, 0), 255)
