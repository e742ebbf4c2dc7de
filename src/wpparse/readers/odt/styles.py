"""Styles of an .odt: how text and paragraphs look, parents followed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lxml import etree

from wpparse.blocks import Alignment
from wpparse.readers.odt.names import FO, OFFICE, STYLE, TEXT

_ALIGNMENTS: Final[dict[str, Alignment]] = {
    "start": "left", "left": "left", "center": "center", "end": "right", "right": "right", "justify": "justify",
}  # fmt: skip
_DEEPEST: Final = 30
"""Parents of a style that are followed."""


@dataclass(frozen=True, slots=True)
class Look:
    """How text looks; None where no style says."""

    bold: bool | None = None
    font: str | None = None
    size: float | None = None
    color: str | None = None
    hidden: bool = False
    alignment: Alignment | None = None

    def over(self, other: Look) -> Look:
        """This look where it says something, else the other one."""
        return Look(
            other.bold if self.bold is None else self.bold,
            self.font or other.font,
            self.size or other.size,
            self.color or other.color,
            self.hidden or other.hidden,
            self.alignment or other.alignment,
        )


class Styles:
    """The styles of the parts of one file, by family and name."""

    def __init__(self, roots: list[etree._Element]) -> None:
        self._elements: dict[tuple[str, str], etree._Element] = {}
        self._looks: dict[tuple[str, str], Look] = {}
        self._default = Look()
        self._fonts: dict[str, str] = {}
        for root in roots:
            for face in root.iter(f"{STYLE}font-face"):
                self._fonts[face.get(f"{STYLE}name", "")] = face.get(
                    "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}font-family", ""
                ).strip("'\"")
            for element in root.iter(f"{STYLE}style"):
                self._elements[element.get(f"{STYLE}family", ""), element.get(f"{STYLE}name", "")] = element
            for element in root.iter(f"{STYLE}default-style"):
                if element.get(f"{STYLE}family") == "paragraph":
                    self._default = self._own(element)

    def look(self, family: str, name: str | None) -> Look:
        """The look of a style with what it takes from its parents."""
        if name is None:
            return self._default
        key = (family, name)
        if key not in self._looks:
            found = Look()
            current: str | None = name
            for _ in range(_DEEPEST):
                element = self._elements.get((family, current or ""))
                if element is None:
                    break
                found = found.over(self._own(element))
                current = element.get(f"{STYLE}parent-style-name")
            self._looks[key] = found.over(self._default) if family == "paragraph" else found
        return self._looks[key]

    def list_style(self, name: str | None) -> str | None:
        """The list style that a paragraph's style, or a parent of it, names."""
        for _ in range(_DEEPEST):
            element = self._elements.get(("paragraph", name or ""))
            if element is None:
                return None
            found = element.get(f"{STYLE}list-style-name")
            if found is not None:
                return found or None
            name = element.get(f"{STYLE}parent-style-name")
        return None

    def _own(self, element: etree._Element) -> Look:
        bold: bool | None = None
        font = size = color = align = None
        hidden = False
        for text in element.iterchildren(f"{STYLE}text-properties"):
            weight = text.get(f"{STYLE}font-weight-asian") or text.get(f"{FO}font-weight")
            bold = None if weight is None else weight == "bold" or (weight.isdecimal() and int(weight) >= 600)
            name = text.get(f"{STYLE}font-name-asian")
            font = (
                self._fonts.get(name, name) if name else text.get(f"{STYLE}font-family-asian", "").strip("'\"") or None
            )
            size = _points(text.get(f"{STYLE}font-size-asian") or text.get(f"{FO}font-size") or "")
            value = text.get(f"{FO}color", "")
            color = value[1:].upper() if len(value) == 7 and value.startswith("#") else None
            hidden = text.get(f"{TEXT}display") == "none"
        for paragraph in element.iterchildren(f"{STYLE}paragraph-properties"):
            align = _ALIGNMENTS.get(paragraph.get(f"{FO}text-align", ""))
        return Look(bold, font, size, color, hidden, align)


def _points(value: str) -> float | None:
    try:
        return float(value[:-2]) if value.endswith("pt") and len(value) < 12 else None
    except ValueError:
        return None


def list_styles(roots: list[etree._Element]) -> dict[str, etree._Element]:
    """The elements that define lists, by name; the outline of headings under an empty name."""
    found = {element.get(f"{STYLE}name", ""): element for root in roots for element in root.iter(f"{TEXT}list-style")}
    for root in roots:
        for element in root.iter(f"{TEXT}outline-style"):
            found[""] = element
    return found


def body(root: etree._Element) -> etree._Element | None:
    """The element that holds the text."""
    return root.find(f"{OFFICE}body/{OFFICE}text")
