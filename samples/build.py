"""Make the samples' .docx, .pdf and .txt files from samples/source.

    python samples/build.py            .txt and .docx
    python samples/build.py --pdf      .pdf as well, printed by LibreOffice (soffice)
    python samples/build.py --office   .doc and .odt of some of them as well, saved by LibreOffice
    python samples/build.py --expected the JSON in samples/expected, made from the .txt files: read the difference before you commit it

A source is plain text, one paragraph a line. A line may begin with a directive: @redhead, @number, @title, @to, @sign, @date,
@note, @attach, @copied, @imprint, @page [portrait|landscape], @1 @2 @3 (a paragraph that Word numbers by itself as 一、（一）1.),
@table WIDTHS (mm) followed by rows of cells between bars up to @end: ^ continues the cell above, < the one on the left.
@plain as the first line means that only the text file is made, just as it stands.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from wpparse.numerals import to_chinese

HERE = Path(__file__).resolve().parent
LABELS = (lambda n: f"{to_chinese(n)}、", lambda n: f"（{to_chinese(n)}）", lambda n: f"{n}.")
HEADING = re.compile(r"[一二三四五六七八九十]+、|第[一二三四五六七八九十]+章|\d [^\d]")


@dataclass
class Element:
    """One line of a source."""

    kind: str
    text: str
    rows: list[list[str]] = field(default_factory=list)
    label: str = ""


def parse_source(text: str) -> list[Element]:
    """The elements of a source, labels of automatic numbers computed."""
    elements: list[Element] = []
    counters = [0, 0, 0]
    lines = iter(text.splitlines())
    for line in lines:
        kind, _, rest = line[1:].partition(" ") if line.startswith("@") else ("text", "", line)
        element = Element(kind, rest)
        if kind == "table":
            for row in lines:
                if row == "@end":
                    break
                element.rows.append([cell.strip() for cell in row.split("|")])
        elif kind in ("1", "2", "3"):
            level = int(kind) - 1
            counters[level] += 1
            counters[level + 1 :] = [0] * (2 - level)
            element.label = LABELS[level](counters[level])
        elements.append(element)
    return elements


def as_text(elements: list[Element]) -> str:
    """The circular as a plain text file."""
    out: list[str] = []
    for element in elements:
        if element.kind == "table":
            out += ["\t".join("" if cell in ("^", "<") else cell for cell in row) for row in element.rows]
            out.append("")
        elif element.kind in ("sign", "date"):
            out += ["", " " * 24 + element.text]
        elif element.kind == "page":
            out += ["", ""]
        elif element.kind in ("text", "1", "2", "3", "attach"):
            out.append("　　" + element.label + element.text.strip("　"))
        else:
            out += ["", element.text] if element.kind in ("to", "note", "copied") else [element.text]
    return "\n".join(out) + "\n"


def as_word(elements: list[Element], path: Path) -> None:
    """The circular as a Word file in the manner of GB/T 9704."""
    document = Document()
    for style_font in (document.styles["Normal"],):
        style_font.font.name = "仿宋_GB2312"
        style_font.font.size = Pt(16)
        style_font.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋_GB2312")
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = (
        Mm(28),
        Mm(26),
        Mm(37),
        Mm(35),
    )
    number = _numbering(document)
    _page_number(section)
    for element in elements:
        _add(document, element, number)
    document.core_properties.author = "wpparse"
    document.save(str(path))
    _settle(path)


def _add(document: Document, element: Element, number: str) -> None:
    if element.kind == "page":
        section = document.add_section(WD_SECTION.NEW_PAGE)
        landscape = element.text == "landscape"
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
        return
    if element.kind == "table":
        _table(document, element)
        return
    paragraph = document.add_paragraph()
    run = paragraph.add_run(element.text.strip("　") if element.kind == "text" else element.text)
    if element.kind in ("redhead", "title", "number"):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if element.kind != "number":
            _font(run, "方正小标宋简体", 36 if element.kind == "redhead" else 22)
        if element.kind == "redhead":
            run.font.color.rgb = RGBColor(0xFF, 0, 0)
    elif element.kind in ("sign", "date"):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    elif element.kind == "imprint":
        run.text = element.text.replace("\t", "　　　　")
    elif element.kind in ("text", "1", "2", "3", "note", "attach"):
        paragraph.paragraph_format.first_line_indent = Pt(32)
        if element.label:
            paragraph._p.get_or_add_pPr().append(
                parse_xml(
                    f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{int(element.kind) - 1}"/><w:numId w:val="{number}"/></w:numPr>'
                )
            )
        if element.kind == "1" or (element.kind == "text" and HEADING.match(element.text)):
            _font(run, "黑体", 16)


def _font(run, name: str, size: int) -> None:
    run.font.name, run.font.size = name, Pt(size)
    run._r.get_or_add_rPr().rFonts.set(qn("w:eastAsia"), name)


def _numbering(document: Document) -> str:
    part = document.part.numbering_part.element
    forms = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/></w:lvl>'
        for level, (form, text) in enumerate(forms)
    )
    part.insert(
        0,
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        ),
    )
    part.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    return "90"


def _page_number(section) -> None:
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run("— ")
    run = paragraph.add_run()
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        part.text = text
        run._r.append(part)
    paragraph.add_run(" —")


def _table(document: Document, element: Element) -> None:
    rows, widths = element.rows, [float(width) for width in element.text.split(",")]
    table = document.add_table(len(rows), len(widths), style="Table Grid")
    table.autofit = False
    scale = (240 if sum(widths) > 130 else 150) / sum(widths)
    header = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(header)
    origins: dict[tuple[int, int], tuple[int, int]] = {}
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            above = origins.get((r - 1, c)) if text == "^" else origins.get((r, c - 1)) if text == "<" else None
            origins[r, c] = above or (r, c)
    corners: dict[tuple[int, int], tuple[int, int]] = {}
    for place, origin in origins.items():
        corners[origin] = max(place, corners.get(origin, place))
    for (r, c), (bottom, right) in corners.items():
        cell = table.cell(r, c)
        if (bottom, right) != (r, c):
            cell = cell.merge(table.cell(bottom, right))
        cell.text = ""
        run = cell.paragraphs[0].add_run(rows[r][c])
        _font(run, "黑体" if r == 0 else "仿宋_GB2312", 11)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width * scale)
    for tc in table._tbl.iter(qn("w:tc")):
        first = tc.grid_offset
        tc.width = Mm(sum(widths[first : first + tc.grid_span]) * scale)


def _settle(path: Path) -> None:
    """Write the package again with fixed dates, so that the same source gives the same bytes."""
    with zipfile.ZipFile(path) as archive:
        parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            if name == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"2025-01-01T00:00:00Z", data)
            info = zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)


OFFICE = ("青岚县数字政府建设工作要点", "青岚县重点项目包保责任表")
"""What is kept in the formats of other word processors."""


def save_as(suffix: str, paths: list[Path]) -> None:
    """Save Word files in another format beside them."""
    soffice = shutil.which("soffice")
    if soffice is None:
        sys.exit("soffice not found")
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                soffice,
                f"-env:UserInstallation={Path(profile).as_uri()}",
                "--headless",
                "--convert-to",
                suffix,
                "--outdir",
                HERE,
                *paths,
            ],
            check=True,
            capture_output=True,
        )


def write_expected() -> None:
    """What wpparse makes of each text file now."""
    from wpparse import parse

    (HERE / "expected").mkdir(exist_ok=True)
    for path in sorted(HERE.glob("*.txt")):
        (HERE / "expected" / f"{path.stem}.json").write_text(parse(path).to_json(), encoding="utf-8", newline="\n")


def main() -> None:
    """Make every sample."""
    words = []
    for source in sorted((HERE / "source").glob("*.txt")):
        text = source.read_text(encoding="utf-8")
        if text.startswith("@plain\n"):
            (HERE / source.name).write_text(text.removeprefix("@plain\n"), encoding="utf-8")
            continue
        elements = parse_source(text)
        (HERE / source.name).write_text(as_text(elements), encoding="utf-8", newline="\n")
        words.append(HERE / f"{source.stem}.docx")
        as_word(elements, words[-1])
    if "--pdf" in sys.argv:
        save_as("pdf", words)
    if "--office" in sys.argv:
        for suffix in ("doc", "odt"):
            save_as(suffix, [path for path in words if path.stem in OFFICE])
    if "--expected" in sys.argv:
        write_expected()


if __name__ == "__main__":
    main()
