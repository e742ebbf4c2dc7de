"""A small writer of OFD files: the pages of another file, in the ways in which producers write them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from xml.sax.saxutils import escape, quoteattr

from wpparse.page import Glyph, PageContent

MM = 25.4 / 72


@dataclass(frozen=True)
class Manner:
    """How a producer writes: prefix of the namespace, absolute paths, a CTM in points, repeated steps as groups,
    objects inside a composite unit, a block of blocks, page numbers in a template, the page lying on its side."""

    prefix: str = "ofd:"
    absolute: bool = False
    scaled: bool = False
    grouped: bool = False
    composite: bool = False
    nested: bool = False
    stroked_rules: bool = False
    turned: bool = False
    shuffled: bool = False


def build(pages: Iterable[PageContent], manner: Manner = Manner()) -> bytes:
    """The bytes of an OFD file that shows what the pages show."""
    return _Writer(manner).write(list(pages))


class _Writer:
    def __init__(self, manner: Manner) -> None:
        self.manner = manner
        self.fonts: dict[tuple[str | None, bool], int] = {}
        self.ids = 1000
        self.units: list[str] = []

    def tag(self, name: str, attributes: str = "", inner: str = "") -> str:
        p = self.manner.prefix
        head = f"<{p}{name}{' ' + attributes if attributes else ''}"
        return f"{head}>{inner}</{p}{name}>" if inner else f"{head}/>"

    def root(self, name: str, inner: str, attributes: str = "") -> bytes:
        space = f'xmlns{":ofd" if self.manner.prefix else ""}="http://www.ofdspec.org/2016"'
        text = self.tag(name, f"{space} {attributes}".strip(), inner)
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'.encode()

    def write(self, pages: Sequence[PageContent]) -> bytes:
        stream = io.BytesIO()
        top = "/Doc_0/" if self.manner.absolute else ""
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            listed = []
            for index, page in enumerate(pages):
                archive.writestr(f"Doc_0/Pages/Page_{index}/Content.xml", self.page(page))
                listed.append(self.tag("Page", f'ID="{index + 1}" BaseLoc="{top}Pages/Page_{index}/Content.xml"'))
            first = pages[0]
            common = (
                self.tag("PageArea", "", self.tag("PhysicalBox", "", f"0 0 {self.size(first)}"))
                + self.tag("PublicRes", "", f"{top}PublicRes.xml")
                + self.tag("DocumentRes", "", f"{top}DocumentRes.xml")
            )
            document = self.tag("CommonData", "", common) + self.tag("Pages", "", "".join(listed))
            archive.writestr("Doc_0/Document.xml", self.root("Document", document))
            fonts = "".join(
                self.tag("Font", f'ID="{key}" FontName={quoteattr(name or "宋体")}' + (' Bold="true"' if bold else ""))
                for (name, bold), key in self.fonts.items()
            )
            archive.writestr("Doc_0/PublicRes.xml", self.root("Res", self.tag("Fonts", "", fonts), 'BaseLoc="Res"'))
            units = self.tag("CompositeGraphicUnits", "", "".join(self.units))
            archive.writestr("Doc_0/DocumentRes.xml", self.root("Res", units, 'BaseLoc="Res"'))
            body = self.tag("DocInfo", "", self.tag("DocID", "", "0")) + self.tag(
                "DocRoot", "", f"{top or 'Doc_0/'}Document.xml"
            )
            archive.writestr("OFD.xml", self.root("OFD", self.tag("DocBody", "", body), 'DocType="OFD" Version="1.0"'))
        return stream.getvalue()

    def size(self, page: PageContent) -> str:
        width, height = page.width * MM, page.height * MM
        return f"{height:.4f} {width:.4f}" if self.manner.turned else f"{width:.4f} {height:.4f}"

    def page(self, page: PageContent) -> bytes:
        objects = [self.text(run, page) for run in _runs(page.glyphs)]
        objects += [self.rule(x0, y, x1, y, page) for y, x0, x1 in page.horizontals]
        objects += [self.rule(x, y0, x, y1, page) for x, y0, y1 in page.verticals]
        if self.manner.shuffled:
            objects = objects[::-1]
        inner = "".join(objects)
        if self.manner.composite:
            self.ids += 1
            unit = self.tag("Content", "", inner)
            self.units.append(self.tag("CompositeGraphicUnit", f'ID="{self.ids}" Width="210" Height="297"', unit))
            inner = self.tag("CompositeObject", f'ID="1" ResourceID="{self.ids}" Boundary="0 0 210 297"')
        if self.manner.nested:
            inner = self.tag("PageBlock", "", self.tag("PageBlock", "", inner))
        layer = self.tag("Layer", 'ID="2" Type="Body"', inner)
        area = self.tag("Area", "", self.tag("PhysicalBox", "", f"0 0 {self.size(page)}"))
        return self.root("Page", area + self.tag("Content", "", layer))

    def text(self, run: Sequence[Glyph], page: PageContent) -> str:
        style = run[0].style
        font = self.fonts.setdefault((style.font, style.bold), len(self.fonts) + 1)
        scale = 1.0 if not self.manner.scaled else MM
        steps = [(b.x0 - a.x0) * MM / scale for a, b in pairwise(run)]
        size = style.size * MM / scale
        left, base = run[0].x0 * MM, run[0].y * MM
        top = base - 0.9 * style.size * MM
        ctm = [scale, 0.0, 0.0, scale, 0.0, 0.0]
        x, y = left, top
        if self.manner.turned:  # the page lies on its side: text runs upward
            ctm = [0.0, -scale, scale, 0.0, 0.0, 0.0]
            x, y = top, page.width * MM - left
        code = self.tag(
            "TextCode",
            f'X="0" Y="{(base - top) / scale:.5f}"' + (f' DeltaX="{self.steps(steps)}"' if steps else ""),
            escape("".join(glyph.text for glyph in run)),
        )
        color = f'Value="{" ".join(str(int(style.color[i : i + 2], 16)) for i in (0, 2, 4))}"' if style.color else ""
        fill = self.tag("FillColor", color) if color else ""
        matrix = " ".join(f"{value:.6f}" for value in ctm)
        given = f'CTM="{matrix}" ' if self.manner.scaled or self.manner.turned else ""
        return self.tag(
            "TextObject",
            f'ID="9" {given}Boundary="{x:.5f} {y:.5f} 100 10" Font="{font}" Size="{size:.4f}"',
            fill + code,
        )

    def steps(self, steps: Sequence[float]) -> str:
        texts = [f"{step:.5f}" for step in steps]
        if not self.manner.grouped:
            return " ".join(texts)
        groups = [(text, len(list(group))) for text, group in groupby(texts)]
        return " ".join(f"g {count} {text}" if count > 1 else text for text, count in groups)

    def rule(self, x0: float, y0: float, x1: float, y1: float, page: PageContent) -> str:
        ax, ay, bx, by = (value * MM for value in (x0, y0, x1, y1))
        if self.manner.turned:
            ax, ay, bx, by = ay, page.width * MM - bx, by, page.width * MM - ax
        if self.manner.stroked_rules:
            data = f"M 0 0 L {bx - ax:.5f} {by - ay:.5f}"
            return self.tag(
                "PathObject",
                f'ID="8" Boundary="{ax:.5f} {ay:.5f} 1 1" LineWidth="0.3"',
                self.tag("AbbreviatedData", "", data),
            )
        thick = 0.17
        w, h = max(bx - ax, thick), max(by - ay, thick)
        data = f"M 0 0 L {w:.5f} 0 L {w:.5f} {h:.5f} L 0 {h:.5f} C"
        return self.tag(
            "PathObject",
            f'ID="8" Boundary="{ax:.5f} {ay:.5f} 1 1" Fill="true" Stroke="false"',
            self.tag("AbbreviatedData", "", data),
        )


def _runs(glyphs: Sequence[Glyph]) -> Iterable[list[Glyph]]:
    """Characters that follow one another on a baseline in one look."""
    run: list[Glyph] = []
    for glyph in glyphs:
        if run and (glyph.style != run[-1].style or abs(glyph.y - run[-1].y) > 0.01 or glyph.x0 < run[-1].x0):
            yield run
            run = []
        run.append(glyph)
    if run:
        yield run
