"""Word documents built from XML, feature by feature, for the tests of the Word reader.

Every function gives a piece of WordprocessingML as text; :func:`package` makes a file of it. Nothing is checked: broken
pieces make broken files, on purpose.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_MAIN = "http://purl.oclc.org/ooxml/wordprocessingml/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONSHIPS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
NAMESPACES = (
    f'xmlns:w="{MAIN}" xmlns:r="{RELATIONSHIPS}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
_PROLOG = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_KINDS = ("styles", "numbering", "footnotes", "endnotes", "settings", "theme", "header")


def r(text: str, properties: str = "") -> str:
    """A run."""
    return f"<w:r>{_wrap('rPr', properties)}{t(text)}</w:r>"


def t(text: str) -> str:
    """The text of a run."""
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def p(
    *content: str, style: str | None = None, num: tuple[int, int] | None = None, properties: str = "", mark: str = ""
) -> str:
    """A paragraph; content that is no XML becomes a run. ``num`` is numId and level, ``mark`` goes into its mark's rPr."""
    inner = f"<w:pStyle w:val={quoteattr(style)}/>" if style else ""
    if num is not None:
        inner += f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>'
    inner += properties + _wrap("rPr", mark)
    return f"<w:p>{_wrap('pPr', inner)}{_runs(content)}</w:p>"


def tc(*content: str, span: int = 1, merge: str | None = None, width: int | None = None, properties: str = "") -> str:
    """A cell; ``merge`` is ``restart`` or ``continue``. Content that is no XML becomes a paragraph."""
    inner = "" if width is None else f'<w:tcW w:w="{width}" w:type="dxa"/>'
    if span != 1:
        inner += f'<w:gridSpan w:val="{span}"/>'
    if merge is not None:
        inner += '<w:vMerge w:val="restart"/>' if merge == "restart" else "<w:vMerge/>"
    blocks = "".join(c if c.startswith("<") else p(c) for c in content) or p()
    return f"<w:tc>{_wrap('tcPr', inner + properties)}{blocks}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """A row; cells that are no XML become cells."""
    return f"<w:tr>{_wrap('trPr', properties)}{''.join(c if c.startswith('<') else tc(c) for c in cells)}</w:tr>"


RULED = "<w:tblBorders>" + "".join(
    f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
) + "</w:tblBorders>"  # fmt: skip


def tbl(*rows: str, grid: tuple[int, ...] = (), properties: str = RULED) -> str:
    """A table with ruled borders unless ``properties`` says otherwise."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in grid)
    return f"<w:tbl>{_wrap('tblPr', properties)}<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def level(index: int, number_format: str, text: str, *, start: int | None = 1, more: str = "") -> str:
    """One level of an abstract numbering definition."""
    first = "" if start is None else f'<w:start w:val="{start}"/>'
    return (
        f'<w:lvl w:ilvl="{index}">{first}<w:numFmt w:val="{number_format}"/>{more}'
        f"<w:lvlText w:val={quoteattr(text)}/></w:lvl>"
    )


def abstract(number: int, *levels: str, more: str = "") -> str:
    """An abstract numbering definition."""
    return f'<w:abstractNum w:abstractNumId="{number}">{more}{"".join(levels)}</w:abstractNum>'


def num(number: int, abstract_number: int, overrides: Mapping[int, str] | None = None) -> str:
    """A list; ``overrides`` gives for a level the content of its w:lvlOverride."""
    inner = "".join(f'<w:lvlOverride w:ilvl="{i}">{o}</w:lvlOverride>' for i, o in (overrides or {}).items())
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract_number}"/>{inner}</w:num>'


def style(
    name: str,
    *,
    kind: str = "paragraph",
    based_on: str | None = None,
    ppr: str = "",
    rpr: str = "",
    more: str = "",
    default: bool = False,
) -> str:
    """A style; its id is its name without blanks."""
    attributes = f"w:type={quoteattr(kind)} w:styleId={quoteattr(name.replace(' ', ''))}"
    if default:
        attributes += ' w:default="1"'
    base = f"<w:basedOn w:val={quoteattr(based_on)}/>" if based_on else ""
    properties = _wrap("pPr", ppr) + _wrap("rPr", rpr)
    return f"<w:style {attributes}><w:name w:val={quoteattr(name)}/>{base}{more}{properties}</w:style>"


def document(*blocks: str) -> str:
    """The main document; content that is no XML becomes a paragraph."""
    body = "".join(block if block.startswith("<") else p(block) for block in blocks)
    return f"{_PROLOG}<w:document {NAMESPACES}><w:body>{body}<w:sectPr/></w:body></w:document>"


def part(root: str, content: str) -> str:
    """Another part of the main namespace: ``styles``, ``numbering``, ``footnotes`` …"""
    return f"{_PROLOG}<w:{root} {NAMESPACES}>{content}</w:{root}>"


def package(
    *blocks: str,
    numbering: str = "",
    styles: str = "",
    parts: Mapping[str, str | bytes] | None = None,
    main: str | None = None,
    strict: bool = False,
) -> bytes:
    """A .docx file. ``parts`` adds or replaces parts by name; a part given as an empty text is left out."""
    files: dict[str, str | bytes] = {"word/document.xml": main if main is not None else document(*blocks)}
    if numbering:
        files["word/numbering.xml"] = part("numbering", numbering)
    if styles:
        files["word/styles.xml"] = part("styles", styles)
    files |= parts or {}
    relations = "".join(
        f'<Relationship Id="r{i}" Type="{RELATIONSHIPS}/{kind}" Target="{name.removeprefix("word/")}"/>'
        for i, kind in enumerate(_KINDS)
        if (name := "word/theme/theme1.xml" if kind == "theme" else f"word/{kind}.xml") in files
    )
    package_ns = "http://schemas.openxmlformats.org/package/2006"
    whole = {
        "[Content_Types].xml": f'{_PROLOG}<Types xmlns="{package_ns}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
        + "".join(
            f'<Override PartName="/word/{kind}.xml" '
            f'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"/>'
            for kind in _KINDS
            if f"word/{kind}.xml" in files
        )
        + "</Types>",
        "_rels/.rels": f'{_PROLOG}<Relationships xmlns="{package_ns}/relationships"><Relationship Id="r1" '
        f'Type="{RELATIONSHIPS}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'{_PROLOG}<Relationships xmlns="{package_ns}/relationships">{relations}</Relationships>',
        **files,
    }
    return archive({name: _strict(data) if strict else data for name, data in whole.items() if data != ""})


def archive(files: Mapping[str, str | bytes]) -> bytes:
    """A zip file of these parts, the same bytes for the same parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in files.items():
            target.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _strict(data: str | bytes) -> str | bytes:
    if isinstance(data, bytes):
        return data
    return data.replace(MAIN, STRICT_MAIN).replace(RELATIONSHIPS, STRICT_RELATIONSHIPS)


def _wrap(name: str, content: str) -> str:
    return f"<w:{name}>{content}</w:{name}>" if content else ""


def _runs(content: tuple[str, ...]) -> str:
    return "".join(c if c.startswith("<") else r(c) for c in content)
