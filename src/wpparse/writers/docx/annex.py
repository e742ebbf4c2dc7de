"""The task table as a Word annex in the manner of GB/T 9704-2012."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any

from wpparse.model import WorkPlan
from wpparse.writers.docx.table import table_xml
from wpparse.writers.doubts import message_of, status_of
from wpparse.writers.escaping import visible
from wpparse.writers.wording import before_a_word, circular_name
from wpparse.writers.zipstamp import without_clock

if TYPE_CHECKING:
    from docx.document import Document

_WORDS = {"zh": ("附件", "任务分解表"), "en": ("Annex", ": task table")}
_CHECK = {"zh": "核对事项（定稿前删除）：", "en": "To be checked (delete before it is sent out): "}
_TITLE_FONT, _TITLE_FALLBACK = "方正小标宋简体", "宋体"
_FOOTER_PAGE = (
    '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:pPr><w:jc w:val="{side}"/>'
    '<w:ind w:{indent}="280"/></w:pPr>{runs}</w:p>'
)
_FOOTER_RUN = (
    '<w:r><w:rPr><w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/><w:sz w:val="28"/></w:rPr>{content}</w:r>'
)


def render(plan: WorkPlan, headers: str) -> bytes:
    """A4 landscape with the type area of the standard (156 mm × 225 mm turned), 附件 in 三号黑体, the title in
    二号小标宋, the table with merged levels and repeated header, page numbers ``— 1 —`` on the outer side."""
    import docx
    from docx.oxml import parse_xml

    document = docx.Document()
    _set_page(document)
    _set_styles(document)
    annex, suffix = _WORDS[headers]
    _line(document, annex, "黑体", 16, "left")
    name = circular_name(plan)
    _line(
        document, name if name.endswith("分解表") else before_a_word(name) + suffix, _TITLE_FONT, 22, "center", after=10
    )
    if plan.tasks:
        document.element.body.insert(2, parse_xml(table_xml(plan, headers)))
        last = document.add_paragraph()  # Word wants a paragraph after a table; this one takes next to no room
        last.paragraph_format.line_spacing = 0.1
        last.paragraph_format.space_after = 0
        _checks(document, plan, headers)
    properties = document.core_properties
    stamp = plan.header.issue_date or "2000-01-01"
    properties.title, properties.author, properties.comments = visible(name), "wpparse", ""
    properties.created = properties.modified = datetime.fromisoformat(stamp)
    stream = io.BytesIO()
    document.save(stream)
    return without_clock(stream.getvalue())


def _checks(document: Document, plan: WorkPlan, headers: str) -> None:
    """Below the table what must be looked at before it is sent out; nothing where there is nothing."""
    told = [
        message_of(found, headers)
        for found in plan.diagnostics
        if found.severity != "info" or found.code == "selection-hidden"
    ]
    if not told:
        return
    _line(document, f"{_CHECK[headers]}{status_of(plan, headers)}", "黑体", 10.5, "left")
    for number, line in enumerate(dict.fromkeys(told), 1):
        document.add_paragraph(visible(f"{number}. {line}"))


def _set_page(document: Document) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    # The portrait page of 7.1 (head 37 mm, binding side 28 mm, type area 156 × 225 mm) turned by a quarter.
    section.top_margin, section.bottom_margin = Mm(28), Mm(26)
    section.left_margin, section.right_margin = Mm(37), Mm(35)
    section.footer_distance = Mm(15)
    document.settings.odd_and_even_pages_header_footer = True
    _number(section.footer, "right", "right")
    _number(section.even_page_footer, "left", "left")


def _number(footer: Any, side: str, indent: str) -> None:
    """``— 1 —`` in 四号 half-width Songti, one character from the edge (7.5)."""
    from docx.oxml import parse_xml

    footer.is_linked_to_previous = False
    field = (
        '<w:fldChar w:fldCharType="begin"/>',
        '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>1</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    )
    contents = ('<w:t xml:space="preserve">— </w:t>', *field, '<w:t xml:space="preserve"> —</w:t>')
    runs = "".join(_FOOTER_RUN.format(content=content) for content in contents)
    old = footer.paragraphs[0]._element
    old.getparent().replace(old, parse_xml(_FOOTER_PAGE.format(side=side, indent=indent, runs=runs)))


def _set_styles(document: Document) -> None:
    """Body type 仿宋, and what stands in where a font is missing."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Pt

    normal = document.styles["Normal"]
    normal.font.name = "仿宋"
    normal.font.size = Pt(10.5)
    normal.paragraph_format.space_after = 0
    normal.paragraph_format.line_spacing = 1.0
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "仿宋")
    fonts = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    entry = (
        f'<w:font w:name="{_TITLE_FONT}"><w:altName w:val="{_TITLE_FALLBACK}"/><w:charset w:val="86"/>'
        '<w:family w:val="script"/></w:font>'
    )
    fonts._blob = fonts.blob.replace(b"</w:fonts>", entry.encode() + b"</w:fonts>")  # python-docx has no door to it


def _line(document: Document, text: str, font: str, size: float, side: str, after: float = 0) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if side == "center" else WD_ALIGN_PARAGRAPH.LEFT
    paragraph.paragraph_format.space_after = Pt(after)
    paragraph.paragraph_format.keep_with_next = True
    run = paragraph.add_run(visible(text))
    run.font.name = font
    run.font.size = Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
