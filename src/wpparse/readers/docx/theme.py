"""Fonts that a theme (ECMA-376 Part 1, 20.1.6.9) gives by name."""

from __future__ import annotations

from lxml import etree

from wpparse.readers.docx.names import DRAWING_NS

_SCRIPTS = {"zh-tw": "Hant", "zh-hk": "Hant", "zh-mo": "Hant", "ja-jp": "Jpan", "ko-kr": "Hang"}


def theme_fonts(root: etree._Element | None, language: str | None) -> dict[str, str]:
    """The fonts of a theme part by the names that runs use (``minorEastAsia``).

    ``language`` is that of East Asian text (17.15.1.88, ``zh-CN``); it chooses among the theme's fonts by script.
    """
    fonts: dict[str, str] = {}
    if root is None:
        return fonts
    script = _SCRIPTS.get((language or "").lower(), "Hans")
    a = f"{{{DRAWING_NS}}}"
    for name in ("major", "minor"):
        group = next(root.iter(f"{a}{name}Font"), None)
        if group is None:
            continue
        latin, east_asian = group.find(f"{a}latin"), group.find(f"{a}ea")
        face = "" if east_asian is None else east_asian.get("typeface", "")
        if not face:
            scripts = {font.get("script"): font.get("typeface", "") for font in group.iter(f"{a}font")}
            face = scripts.get(script) or ""
        fonts[f"{name}Ascii"] = fonts[f"{name}HAnsi"] = "" if latin is None else latin.get("typeface", "")
        fonts[f"{name}EastAsia"] = face
    return {name: face for name, face in fonts.items() if face}
