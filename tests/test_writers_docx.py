"""The Word annex: its table, its page, and the way back through wpparse itself."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm

from tests.writers_plans import FIRST, GENERAL, many, party, plan, task, usual
from wpparse import parse
from wpparse.model import Task, WorkPlan
from wpparse.writers import render
from wpparse.writers.wording import requirement


def opened(value: WorkPlan, headers: str = "zh") -> docx.document.Document:
    return docx.Document(io.BytesIO(render(value, "docx", headers="en" if headers == "en" else "zh")))


def shape(found: Task) -> object:
    """What a task says, wherever it stands: text, headings, roles, open end."""
    roles = sorted((party.role, party.name) for party in found.parties)
    return found.number, requirement(found), found.path, roles, found.open_ended


@pytest.mark.parametrize("value", [usual(), many(30)], ids=["usual", "thirty"])
def test_reading_it_again_gives_the_same_tasks(value: WorkPlan) -> None:
    again = parse(render(value, "docx"), name="again.docx").select("table")
    assert [shape(found) for found in again.tasks] == [shape(found) for found in value.tasks]
    for found, written in zip(again.tasks, value.tasks, strict=True):
        column = [(item.text, item.due) for item in found.deadlines if item.source == "column"]
        assert column == [(item.text, item.due) for item in written.deadlines]


def test_the_page_is_that_of_the_standard_turned() -> None:
    (section,) = opened(usual()).sections
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert abs(section.page_width - Mm(297)) < Mm(0.1)
    assert abs(section.page_height - Mm(210)) < Mm(0.1)
    assert abs(section.page_width - section.left_margin - section.right_margin - Mm(225)) < Mm(0.1)
    assert abs(section.page_height - section.top_margin - section.bottom_margin - Mm(156)) < Mm(0.1)
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert odd.text == even.text == "— 1 —"
    assert [paragraph._p.pPr.find(qn("w:jc")).get(qn("w:val")) for paragraph in (odd, even)] == ["right", "left"]


def test_lines_and_fonts() -> None:
    document = opened(usual())
    annex, title = document.paragraphs[:2]
    assert (annex.text, annex.runs[0].font.name, annex.runs[0].font.size.pt) == ("附件", "黑体", 16)
    assert title.text == "青岚县2024年政务公开工作要点任务分解表"
    assert (title.runs[0].font.name, title.runs[0].font.size.pt) == ("方正小标宋简体", 22)
    with zipfile.ZipFile(io.BytesIO(render(usual(), "docx"))) as archive:
        assert (
            '<w:font w:name="方正小标宋简体"><w:altName w:val="宋体"/>' in archive.read("word/fontTable.xml").decode()
        )
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert opened(plan(title="重点任务分解表")).paragraphs[1].text == "重点任务分解表"
    assert opened(usual(), "en").paragraphs[0].text == "Annex"


def test_levels_are_merged_and_the_header_repeats() -> None:
    (table,) = opened(usual()).tables
    rows = table._tbl.tr_lst
    assert rows[0].trPr.find(qn("w:tblHeader")) is not None
    grid = [[cell.text for cell in row.cells] for row in table.rows]
    assert grid[0][:4] == ["序号", "工作任务", "工作任务", "工作要求"]
    assert [row[1] for row in grid[1:]] == [GENERAL] * 4 + ["强化保障", "—"]
    assert [row[2] for row in grid[1:3]] == [FIRST, FIRST]
    assert grid[5][1] == grid[5][2] == "强化保障"
    assert grid[3][4:] == ["县教育和体育局", "—", "—", "—", "8月；12月15日前"]


def test_hostile_texts_are_shown() -> None:
    text = "公\x00开<w:p/>&amp;\x1b\ufffe"
    document = opened(plan(task(1, text, party(text)), title=text))
    assert document.tables[0].cell(1, 1).text == "公␀开<w:p/>&amp;␛\ufffd"
    assert document.paragraphs[1].text == "公␀开<w:p/>&amp;␛\ufffd任务分解表"


def test_a_row_longer_than_a_page_may_break() -> None:
    (table,) = opened(plan(task(1, "公开。" * 3000), task(2, "短。"))).tables
    whole = [row.trPr is not None and row.trPr.find(qn("w:cantSplit")) is not None for row in table._tbl.tr_lst]
    assert whole == [True, False, True]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
def test_libreoffice_shows_every_task(tmp_path: Path) -> None:
    import pypdfium2

    (tmp_path / "a.docx").write_bytes(render(many(30), "docx"))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path / 'profile'}", "--headless", "--convert-to", "pdf",
         "--outdir", str(tmp_path), str(tmp_path / "a.docx")],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(tmp_path / "a.pdf")]
    assert all("工作要求" in "".join(page.split()) for page in pages)
    text = "".join("".join(pages).split())
    assert all(f"第{number}项" in text for number in range(1, 31))
    assert f"— {len(pages)} —" in pages[-1]
