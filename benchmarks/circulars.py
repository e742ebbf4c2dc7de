"""Circulars of any length to measure with, made of fictional text."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from wpparse.numerals import to_chinese

UNITS = ("县发展改革局", "县财政局", "县住建局", "县民政局", "县教体局", "县卫健局", "县水利局", "各乡镇人民政府")
DEADLINES = ("2025年6月底前", "第三季度", "年底前", "长期坚持", "每季度", "全年", "12月25日前")
WORDS = (
    "围绕重点领域和关键环节，细化工作举措，健全协同机制，推动各项任务落地见效。聚焦企业和群众反映的突出问题，优化流程、精简材料、压缩时限，"
    "持续提升服务质量和效率。加强数据共享和业务协同，完善制度规范，强化监督管理，确保工作取得实效。"
)
ITEMS_A_PAGE = 4
ROWS_A_PAGE = 12


def outline(pages: int) -> list[tuple[str, str]]:
    """(kind, text) of a circular whose body fills about half of the pages: title, heading, item."""
    lines = [("title", "2025年青岚县重点工作任务安排"), ("text", "为做好全县重点工作，制定本安排。")]
    items = max(2, pages // 2 * ITEMS_A_PAGE)
    for number in range(items):
        if number % 12 == 0:
            lines.append(("heading", f"{to_chinese(number // 12 + 1)}、推进第{number // 12 + 1}类重点任务"))
        unit, other = UNITS[number % 8], UNITS[(number + 3) % 8]
        due = DEADLINES[number % 7]
        lines.append(
            (
                "text",
                f"（{to_chinese(number % 12 + 1)}）做好第{number + 1}项工作。{WORDS}{due}完成。（责任单位：{unit}、{other}）",
            )
        )
    return lines


def rows(pages: int) -> list[list[str]]:
    """The annexed table for the other half of the pages, header first; a repeated topic is to be merged."""
    table = [["序号", "工作任务", "工作要求", "责任单位", "完成时限"]]
    for number in range(max(3, (pages + 1) // 2 * ROWS_A_PAGE)):
        topic = f"重点任务{to_chinese(number // 4 + 1)}"
        table.append(
            [
                str(number + 1),
                topic,
                WORDS[: 40 + number % 40],
                "、".join({UNITS[number % 8]: 0, UNITS[(number + 1) % 8]: 0}),
                DEADLINES[number % 7],
            ]
        )
    return table


def write_docx(path: Path, pages: int) -> None:
    """The circular as a Word file with a merged annex table."""
    from docx import Document

    document = Document()
    for kind, text in outline(pages):
        document.add_paragraph(text, style="Title" if kind == "title" else None)
    grid = rows(pages)
    table = document.add_table(len(grid), 5, style="Table Grid")
    cells = table._cells
    for number, row in enumerate(grid):
        for column, text in enumerate(row):
            if column != 1 or number == 0 or grid[number - 1][1] != text:
                cells[number * 5 + column].text = text
    start = 1
    for number in range(2, len(grid) + 1):
        if number == len(grid) or grid[number][1] != grid[start][1]:
            if number - start > 1:
                cells[start * 5 + 1].merge(cells[(number - 1) * 5 + 1])
            start = number
    document.save(str(path))


def write_pdf(path: Path, pages: int) -> None:
    """The circular as a PDF with a ruled annex table whose header is repeated.

    Printed from the Word file by LibreOffice where that is installed, as most circulars are printed from Word; else by
    ReportLab, with a font that is not embedded, which PDFium itself is slow to stand in for.
    """
    soffice = shutil.which("soffice")
    if soffice is None:
        _draw_pdf(path, pages)
        return
    with tempfile.TemporaryDirectory() as folder:
        word = Path(folder) / f"{path.stem}.docx"
        write_docx(word, pages)
        profile = f"-env:UserInstallation={Path(folder).as_uri()}/profile"
        command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", path.parent, word]
        subprocess.run(command, check=True, capture_output=True)


def _draw_pdf(path: Path, pages: int) -> None:
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import LongTable, PageBreak, Paragraph, SimpleDocTemplate, TableStyle

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    body = ParagraphStyle("body", fontName="STSong-Light", fontSize=16, leading=28, firstLineIndent=32, wordWrap="CJK")
    title = ParagraphStyle("title", parent=body, fontSize=22, leading=34, firstLineIndent=0, alignment=1)
    cell = ParagraphStyle("cell", parent=body, fontSize=12, leading=18, firstLineIndent=0)
    story: list[object] = [Paragraph(text, title if kind == "title" else body) for kind, text in outline(pages)]
    story.append(PageBreak())
    grid = rows(pages)
    shown = [
        [Paragraph("" if c == 1 and r > 1 and grid[r - 1][1] == text else text, cell) for c, text in enumerate(row)]
        for r, row in enumerate(grid)
    ]
    table = LongTable(shown, colWidths=[35, 85, 200, 90, 80], repeatRows=1)
    table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]))
    story.append(table)
    SimpleDocTemplate(str(path), pagesize=A4, invariant=True).build(story)
