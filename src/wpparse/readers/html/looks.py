"""How an element looks, as far as a page says it in the element itself: attributes and the style of one element."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from lxml import etree

from wpparse.blocks import Alignment

HIDDEN_TAGS: Final = frozenset({
    "script", "style", "noscript", "template", "head", "title", "iframe", "object", "embed", "applet", "canvas",
    "svg", "select", "input", "button", "textarea", "video", "audio", "map", "frameset",
})  # fmt: skip
"""Elements that show no text of the page."""
BLOCK_TAGS: Final = frozenset({
    "html", "body", "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "table",
    "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "section", "article", "header", "footer", "main",
    "aside", "nav", "blockquote", "center", "pre", "address", "fieldset", "form", "hr", "figure", "figcaption",
    "ucapcontent",
})  # fmt: skip
"""Elements that begin and end a line."""
_BOLD_TAGS: Final = frozenset(["b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"])
_PAGE_EDGES: Final = ("header", "footer")
"""What LibreOffice calls the edges of its pages, with their numbers, in a page that it saves."""
_ALIGNMENTS: Final[dict[str, Alignment]] = {
    "left": "left", "start": "left", "center": "center", "right": "right", "end": "right", "justify": "justify",
}  # fmt: skip
_COLORS: Final = {"red": "FF0000", "black": "000000", "blue": "0000FF", "white": "FFFFFF"}
_POINTS: Final = {"pt": 1.0, "px": 0.75}
_NEVER: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all")
_DECLARATION: Final = re.compile(r"(?i)(font-weight|font-family|font-size|font|text-align|color)\s*:\s*([^;]*)")
_SIZE: Final = re.compile(r"([\d.]{1,6})(pt|px)")
_HEX: Final = re.compile(r"#([0-9a-f]{6}|[0-9a-f]{3})$")
_RGB: Final = re.compile(r"rgb\((\d{1,3}),\s*(\d{1,3}),\s*(\d{1,3})\)")
_HAN: Final = re.compile("[\u4e00-\u9fff]")
_LATIN_NAMES: Final = {
    "simsun": "宋体", "simhei": "黑体", "kaiti": "楷体", "fangsong": "仿宋", "fangsong_gb2312": "仿宋_GB2312",
    "kaiti_gb2312": "楷体_GB2312", "microsoft yahei": "微软雅黑",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """How text looks; None where no element around it says."""

    bold: bool = False
    font: str | None = None
    size: float | None = None
    color: str | None = None


def is_hidden(element: etree._Element) -> bool:
    """Whether an element shows nothing at all."""
    return (
        element.tag in HIDDEN_TAGS
        or element.get("hidden") is not None
        or (element.tag == "div" and element.get("title") in _PAGE_EDGES)
        or ((style := element.get("style")) is not None and _NEVER.search(style.lower()) is not None)
    )


def alignment(element: etree._Element) -> Alignment | None:
    """How an element sets its lines, where it says so itself."""
    if element.tag == "center":
        return "center"
    found = element.get("align", "")
    for name, value in _declarations(element):
        if name == "text-align":
            found = value
    return _ALIGNMENTS.get(found.strip().lower())


def look(element: etree._Element, around: Look) -> Look:
    """How the text of an element looks that stands in text with another look."""
    bold, font, size, color = around.bold, around.font, around.size, around.color
    if element.tag in _BOLD_TAGS:
        bold = True
    elif element.tag == "font":
        font = _family(element.get("face", "")) or font
        color = _color(element.get("color", "")) or color
    for name, value in _declarations(element):
        if name == "font-weight":
            bold = value.startswith("bold") or (value.isdecimal() and int(value) >= 600)
        elif name == "font-family":
            font = _family(value) or font
        elif name == "font-size":
            size = _points(value) or size
        elif name == "color":
            color = _color(value) or color
        elif name == "font":
            bold = bold or "bold" in value
            size = _points(value) or size
    return Look(bold, font, size, color)


def _declarations(element: etree._Element) -> list[tuple[str, str]]:
    style = element.get("style")
    if not style:
        return []
    return [
        (lower, value.strip() if lower == "font-family" else value.strip().lower())
        for name, value in _DECLARATION.findall(style[:2000])
        if (lower := name.lower())
    ]


def _family(value: str) -> str | None:
    """The first font for Chinese characters in a list; a page names another one for Latin letters alone."""
    for name in value.split(","):
        plain = name.strip(" \"'")
        if _HAN.search(plain):
            return plain
        if plain.lower() in _LATIN_NAMES:
            return _LATIN_NAMES[plain.lower()]
    return None


def _points(value: str) -> float | None:
    found = _SIZE.search(value)
    return (
        float(found[1]) * _POINTS[found[2]]
        if found is not None and found[1].count(".") < 2 and found[1] != "."
        else None
    )


def _color(value: str) -> str | None:
    value = value.strip().lower()
    if value in _COLORS:
        return _COLORS[value]
    if (found := _HEX.match(value)) is not None:
        digits = found[1] if len(found[1]) == 6 else "".join(digit * 2 for digit in found[1])
        return digits.upper()
    if (found := _RGB.match(value)) is not None:
        return "".join(f"{min(int(part), 255):02X}" for part in found.groups())
    return None
