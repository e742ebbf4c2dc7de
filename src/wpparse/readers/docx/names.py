"""Names of WordprocessingML (ECMA-376 Part 1) as lxml writes them: ``{namespace}local``."""

from __future__ import annotations

from typing import Final

MAIN_NS: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DRAWING_NS: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
POSITION_NS: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
MATH_NS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/math"
COMPATIBILITY_NS: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"
RELATIONSHIPS_NS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELATIONSHIPS_NS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
VML_NS: Final = "urn:schemas-microsoft-com:vml"

STRICT: Final = (
    ("http://purl.oclc.org/ooxml/wordprocessingml/main", MAIN_NS),
    ("http://purl.oclc.org/ooxml/drawingml/main", DRAWING_NS),
    ("http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing", POSITION_NS),
    ("http://purl.oclc.org/ooxml/officeDocument/math", MATH_NS),
    ("http://purl.oclc.org/ooxml/officeDocument/relationships", RELATIONSHIPS_NS),
)
"""Namespaces of the strict variant and what stands for each in the transitional one."""


def w(local: str) -> str:
    """The name of an element or attribute of the main namespace."""
    return f"{{{MAIN_NS}}}{local}"


VAL: Final = w("val")
ID: Final = w("id")

# Blocks and what holds them.
BODY: Final = w("body")
P: Final = w("p")
TBL: Final = w("tbl")
SDT: Final = w("sdt")
SDT_CONTENT: Final = w("sdtContent")
SDT_PR: Final = w("sdtPr")
ALT_CHUNK: Final = w("altChunk")
ALTERNATE: Final = f"{{{COMPATIBILITY_NS}}}AlternateContent"
CHOICE: Final = f"{{{COMPATIBILITY_NS}}}Choice"
FALLBACK: Final = f"{{{COMPATIBILITY_NS}}}Fallback"

# Tracked changes (17.13.5).
INS: Final = w("ins")
DEL: Final = w("del")
MOVE_FROM: Final = w("moveFrom")
MOVE_TO: Final = w("moveTo")

# Paragraph properties (17.3.1).
PPR: Final = w("pPr")
P_STYLE: Final = w("pStyle")
NUM_PR: Final = w("numPr")
ILVL: Final = w("ilvl")
NUM_ID: Final = w("numId")
JC: Final = w("jc")
IND: Final = w("ind")
OUTLINE_LVL: Final = w("outlineLvl")

# Runs (17.3.2, 17.3.3).
R: Final = w("r")
RPR: Final = w("rPr")
T: Final = w("t")
R_STYLE: Final = w("rStyle")
R_FONTS: Final = w("rFonts")
B: Final = w("b")
SZ: Final = w("sz")
COLOR: Final = w("color")
VANISH: Final = w("vanish")

# Tables (17.4).
TBL_PR: Final = w("tblPr")
TBL_GRID: Final = w("tblGrid")
TR: Final = w("tr")
TC: Final = w("tc")
TC_PR: Final = w("tcPr")
TXBX_CONTENT: Final = w("txbxContent")

TRANSPARENT: Final = frozenset(
    map(w, ("ins", "moveTo", "smartTag", "customXml", "hyperlink", "bdo", "dir", "sdtContent", "subDoc"))
)
"""Elements whose content is shown as if they were not there."""

OFF: Final = frozenset({"0", "false", "off", "none"})


def is_on(value: str | None) -> bool:
    """Whether an on/off property (17.17.4) whose element is present is on."""
    return value is None or value not in OFF


def to_int(value: str | None, default: int | None = None) -> int | None:
    """A whole number as attributes write it; ``default`` where it is none. Some programs write fractions."""
    if value is None:
        return default
    try:
        return int(value)
    except ValueError:
        pass
    try:
        return round(float(value))
    except (ValueError, OverflowError):
        return default


_UNITS: Final = {"pt": 20.0, "in": 1440.0, "cm": 1440 / 2.54, "mm": 144 / 2.54, "pc": 240.0, "pi": 240.0}


def to_twips(value: str | None) -> int | None:
    """A measure in twentieths of a point: a plain number, or one with a unit (22.9.2.15) as the strict variant writes."""
    unit = _UNITS.get(value[-2:]) if value else None
    if value is None or unit is None:
        return to_int(value)
    try:
        return round(float(value[:-2]) * unit)
    except (ValueError, OverflowError):
        return None


def to_half_points(value: str | None) -> int | None:
    """A font size in half points: a plain number, or a measure with a unit."""
    if value and value[-2:] in _UNITS:
        twips = to_twips(value)
        return None if twips is None else round(twips / 10)
    return to_int(value)
