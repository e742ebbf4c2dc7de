"""Fonts that a theme (ECMA-376 Part 1, 20.1.6.9) gives by name."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from wpparse.readers.docx_names import DRAWING_NS


@dataclass(slots=True)
class Theme:
    """Fonts that a theme gives by name (``minorEastAsia`` …)."""

    fonts: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, root: etree._Element | None, language: str | None) -> Theme:
        """The fonts of a theme part; ``language`` is that of East Asian text (``zh-CN``)."""
        fonts: dict[str, str] = {}
        script = {"zh-tw": "Hant", "zh-hk": "Hant", "ja-jp": "Jpan", "ko-kr": "Hang"}.get(
            (language or "").lower(), "Hans"
        )
        a = f"{{{DRAWING_NS}}}"
        for name in () if root is None else ("major", "minor"):
            group = next(root.iter(f"{a}{name}Font"), None) if root is not None else None
            if group is None:
                continue
            latin, east_asian = group.find(f"{a}latin"), group.find(f"{a}ea")
            fonts[f"{name}Ascii"] = fonts[f"{name}HAnsi"] = "" if latin is None else latin.get("typeface", "")
            face = "" if east_asian is None else east_asian.get("typeface", "")
            if not face:
                scripts = {font.get("script"): font.get("typeface", "") for font in group.iter(f"{a}font")}
                face = scripts.get(script) or ""
            fonts[f"{name}EastAsia"] = face
        return cls({key: value for key, value in fonts.items() if value})
