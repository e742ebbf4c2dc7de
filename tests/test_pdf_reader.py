"""PDF files made for the purpose → paragraphs."""

from __future__ import annotations

import ctypes
from collections.abc import Callable

import pypdfium2
import pytest
from reportlab.lib.colors import red, white

from tests.pdf_builder import LEFT, PITCH, SONG, Pen, build
from tests.pdf_raw import raw_file
from wpparse.blocks import Document, Paragraph, Source, Table
from wpparse.errors import ScannedPdf
from wpparse.layout import make_document
from wpparse.layout import shelf as pdf_shelf
from wpparse.pipeline import read_document
from wpparse.readers.options import ReadOptions
from wpparse.readers.pdf import reader as pdf
from wpparse.readers.pdf.fonts import SystemFonts
from wpparse.readers.pdf.library import pdfium
from wpparse.readers.pdf.reader import read_pdf

TASK = "各部门要按照职责分工，完善工作机制，加强协调配合，于2024年6月底前完成第一批事项的梳理，并向社会公布。"


def read_file(data: bytes, password: str | None = None) -> Document:
    return make_document(read_pdf(data, Source("测试.pdf", "pdf", ""), ReadOptions(password=password)))


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def paragraphs(document: Document) -> list[Paragraph]:
    return [block for block in document.blocks if isinstance(block, Paragraph)]


def test_order_of_the_page_not_of_the_file() -> None:
    def page(pen: Pen) -> None:
        pen.text(280, 800, "— 1 —", 14)
        pen.lines(270, TASK)
        pen.lines(230, "各镇人民政府：", indent=0)
        pen.center(190, "关于印发工作要点的通知")
        pen.text(150, 120, "临泽市人民政府文件", 30, color=red)

    found = paragraphs(read_file(build(page)))
    assert [p.text for p in found] == ["临泽市人民政府文件", "关于印发工作要点的通知", "各镇人民政府：", TASK]
    assert found[0].spans[0].color == "FF0000"
    assert found[0].spans[0].size == 30
    assert [p.alignment for p in found] == ["center", "center", None, None]
    assert found[3].indent == 2.0


def test_paragraph_over_a_page_break_without_page_numbers_and_heads() -> None:
    def page(number: int, text: str, indent: float) -> object:
        def draw(pen: Pen) -> None:
            pen.text(80, 50, "青岚县政务公开领导小组", 10)
            pen.lines(110, text, indent=indent)
            pen.text(280 if number % 2 else 80, 800, f"— {number} —", 14)

        return draw

    whole = TASK * 6
    first, rest = whole[: 26 + 28 * 4], whole[26 + 28 * 4 :]
    pages = [page(1, first, 2.0), page(2, rest, 0.0), page(3, TASK, 2.0)]
    document = read_file(build(*pages))  # type: ignore[arg-type]  # functions of a pen
    assert texts(document) == [whole, TASK]
    assert [p.page for p in paragraphs(document)] == [1, 3]


@pytest.mark.parametrize(
    ("short", "following"),
    [
        (2, "（牵头单位：县财政局；配合单位：县民政局）"),
        (3, "“（双随机）一公开”监管平台实行清单管理。"),
        (5, "5G、TSN（时间敏感网络）、工业互联网改造。"),
    ],
)
def test_what_must_not_be_broken_leaves_a_gap(short: int, following: str) -> None:
    whole = TASK.replace("2024", "")
    first = (whole * 2)[: 26 + 28 - short - 1].replace("6", "六") + "。"

    def page(pen: Pen) -> None:
        pen.lines(110, TASK * 3, TASK * 2)
        y = pen.lines(400, first)
        pen.lines(y, following, indent=0)

    assert texts(read_file(build(page)))[-1] == first + following


def test_a_hyphen_at_the_end_of_a_line_stays() -> None:
    def page(pen: Pen) -> None:
        pen.lines(110, TASK)
        for k, line in enumerate(("县" * 24 + "10G-", "PON光线路终端设备，2024-", "2026年")):
            pen.text(LEFT, 400 + k * PITCH, line)

    found = "".join(texts(read_file(build(page))))
    assert "10G-PON" in found
    assert "2024-2026年" in found


def test_items_at_the_margin_below_a_heading_stay_apart() -> None:
    heading = "一、" + TASK[:22]

    def page(pen: Pen) -> None:
        pen.lines(110, TASK * 3, TASK * 2)
        y = pen.lines(400, heading, indent=0)
        pen.lines(y, "（一）加强领导。" + TASK, indent=0)

    assert texts(read_file(build(page)))[-2:] == [heading, "（一）加强领导。" + TASK]


def test_title_lines_stay_apart_and_centred() -> None:
    def page(pen: Pen) -> None:
        pen.center(120, "青岚县人民政府办公室关于印发2024年")
        pen.center(152, "政务公开工作要点的通知")
        pen.lines(220, TASK)

    found = paragraphs(read_file(build(page)))
    assert [(p.text, p.alignment) for p in found[:2]] == [
        ("青岚县人民政府办公室关于印发2024年", "center"),
        ("政务公开工作要点的通知", "center"),
    ]


def test_signatures_side_by_side() -> None:
    def page(pen: Pen) -> None:
        pen.lines(120, TASK)
        for x, y, text in ((112, 300, "临泽市财政局"), (350, 300, "临泽市民政局"), (112, 340, "临泽市教育局")):
            pen.text(x, y, text)
        pen.text(384, 380, "2024年3月5日")

    found = paragraphs(read_file(build(page)))
    assert [p.text for p in found[1:]] == ["临泽市财政局", "临泽市民政局", "临泽市教育局", "2024年3月5日"]
    assert found[-1].alignment == "right"


def test_bold_by_stroke_and_by_overprint() -> None:
    def page(pen: Pen) -> None:
        pen.text(112, 120, "一、描边的标题", mode=2)
        for offset in (0.0, 0.35):
            pen.text(112 + offset, 160, "二、重印的标题")
        pen.text(112, 200, "三、普通的标题")

    found = paragraphs(read_file(build(page)))
    assert [p.text for p in found] == ["一、描边的标题", "二、重印的标题", "三、普通的标题"]
    assert [p.spans[0].bold for p in found] == [True, True, False]


def test_what_nobody_sees_is_not_read() -> None:
    def page(pen: Pen) -> None:
        pen.lines(120, TASK)
        pen.text(112, 300, "不显示的文字", mode=3)
        pen.text(112, 330, "白纸上的白字", color=white)
        pen.text(112, 900, "页面以外的文字")
        pen.canvas.saveState()
        pen.canvas.translate(200, 300)
        pen.canvas.rotate(45)
        pen.canvas.setFont(SONG, 60)
        pen.canvas.drawString(0, 0, "内部资料")
        pen.canvas.restoreState()
        pen.bar(112, 420, 300, 445)
        pen.text(115, 438, "深色底上的白字", color=white)

    assert texts(read_file(build(page))) == [TASK, "深色底上的白字"]


def test_form_objects_are_read_where_they_are_placed() -> None:
    def page(pen: Pen) -> None:
        pen.canvas.beginForm("part")
        pen.text(80, 300, "表单对象里的文字")
        pen.canvas.endForm()
        pen.text(112, 200, "上")
        pen.text(112, 300, "下")
        pen.canvas.translate(0, 50)
        pen.canvas.doForm("part")

    assert texts(read_file(build(page))) == ["上", "表单对象里的文字", "下"]


def test_cropped_page() -> None:
    def page(pen: Pen) -> None:
        pen.canvas.setCropBox((60, 60, 560, 800))
        pen.lines(120, TASK)
        pen.text(70, 20, "裁切线外")

    assert texts(read_file(build(page))) == [TASK]


def test_gbk_encoded_text() -> None:
    """A font that is not embedded, with a Chinese name and GBK codes, as 方正 files have it."""
    data = raw_file(
        b"BT /T 16 Tf 100 700 Td <CDA8D6AA> Tj ET",
        b"<</Font<</T 6 0 R>>>>",
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/GBK-EUC-H/DescendantFonts[7 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>",
    )
    assert texts(read_file(data)) == ["通知"]


def test_characters_in_tight_boxes_stand_on_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a font says nothing of its ascent (LibreOffice), boxes fit their characters: 一 seems to hang in the air."""
    lib = pdfium()
    loose = lib.FPDFText_GetLooseCharBox

    def tight(text: int, index: int, at: int) -> int:
        done = int(loose(text, index, at))
        if lib.FPDFText_GetUnicode(text, index) == ord("一"):
            (ctypes.c_float * 4).from_address(at)[3] += 7.5
        return done

    monkeypatch.setattr(lib, "FPDFText_GetLooseCharBox", tight)
    assert texts(read_file(build(lambda pen: pen.lines(120, "聚焦新一代信息技术", "一张蓝图") and None))) == [
        "聚焦新一代信息技术",
        "一张蓝图",
    ]


SINGLE = raw_file(
    b"BT /T 16 Tf 100 700 Td <B2BF> Tj 16 0 Td <C3C5> Tj /H 16 Tf 40 0 Td (A) Tj ET",
    b"<</Font<</T 6 0 R/H<</Type/Font/Subtype/TrueType/BaseFont/Unheard>>>>>>",
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/GBK-EUC-H/DescendantFonts[7 0 R]>>",
    b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000"
    b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>",
)
"""Letters set one by one in fonts that are not embedded."""


def test_the_fonts_of_the_machine_are_not_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SystemFonts, "_real", lambda *_: pytest.fail("asked for a font of the machine"))
    assert texts(read_file(SINGLE)) == ["部门A"]


def test_who_else_uses_pdfium_sees_the_fonts_of_the_machine() -> None:
    def drawn() -> bytes:
        return bytes(pypdfium2.PdfDocument(SINGLE)[0].render().to_pil().tobytes())

    before = drawn()
    read_file(SINGLE)
    assert drawn() == before
    with pdfium().fonts.boxes():
        assert drawn() != before


def test_characters_that_cannot_be_told_are_counted_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "available", lambda: False)
    data = raw_file(
        b"BT /T 16 Tf 100 700 Td <00410042> Tj /H 16 Tf 0 -40 Td (known text) Tj ET",
        b"<</Font<</T 6 0 R/H<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>",
        b"<</Type/Font/Subtype/Type0/BaseFont/Unknown/Encoding/Identity-H/DescendantFonts[7 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Unknown/DW 1000"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>",
    )
    document = read_file(data)
    assert texts(document) == ["known text"]
    assert [(r.code, dict(r.values)) for r in document.remarks] == [("pdf-unmapped", {"pages": "1", "count": "2"})]


def test_radicals_and_full_width_forms() -> None:
    def page(pen: Pen) -> None:
        pen.lines(120, "２０２４年ＡＢ类")

    assert texts(read_file(build(page))) == ["2024年AB类"]


def test_scan_without_recognition_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "available", lambda: False)

    def page(pen: Pen) -> None:
        picture(pen)
        pen.text(400, 820, "扫描全能王创建", 8)

    with pytest.raises(ScannedPdf) as caught:
        read_file(build(page, page))
    assert "wpparse[ocr]" in str(caught.value)


def test_one_scanned_page_among_others_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "available", lambda: False)
    document = read_file(build(lambda pen: pen.lines(120, *[TASK] * 5) and None, picture))
    assert texts(document) == [TASK] * 5
    assert [(r.code, r.page) for r in document.remarks] == [("pdf-scanned-page", 2)]


def test_the_text_layer_of_a_scan_is_used_where_nothing_better_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "available", lambda: False)

    def page(pen: Pen) -> None:
        picture(pen)
        for k in range(8):
            pen.text(112 if k == 0 else 80, 120 + PITCH * k, TASK[:26], mode=3)

    document = read_file(build(page))
    assert "".join(texts(document)) == TASK[:26] * 8
    assert [r.code for r in document.remarks] == ["pdf-layer"]


def picture(pen: Pen) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    image = Image.new("L", (300, 420), 240)
    pen.canvas.drawImage(ImageReader(image), 0, 0, pen.width, pen.height)


def test_progress_is_told_page_by_page() -> None:
    seen: list[tuple[int, int]] = []
    data = build(*[lambda pen: pen.lines(120, TASK) and None] * 3)
    options = ReadOptions(on_page=lambda page, count: seen.append((page, count)))
    read_document(data, name="x.pdf", options=options)
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_the_same_bytes_give_the_same_document() -> None:
    data = build(lambda pen: pen.table((80, 200, 500), 120, [["甲", "乙"], ["丙", TASK]]) and None)
    assert read_file(data) == read_file(data)


def test_packed_pages_come_out_as_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    def page(number: int) -> Callable[[Pen], None]:
        def draw(pen: Pen) -> None:
            pen.text(80, 40, f"工作简报 第{number}期", 12)
            pen.text(112, 110, "一、加强领导", mode=2)
            pen.lines(140, TASK)
            pen.table((80, 120, 500), 300, [["序号", "任务"], [str(number), TASK], ["", "公开"]])
            pen.text(290, 800, f"— {number} —", 14)

        return draw

    data = build(*map(page, range(1, 7)))
    kept = read_file(data)
    monkeypatch.setattr(pdf_shelf, "AS_THEY_ARE", 2)
    assert read_file(data) == kept
    assert texts(kept)[0] == "一、加强领导"


def test_no_table_of_frames_and_drawings() -> None:
    def page(pen: Pen) -> None:
        pen.grid([70, 540], [90, 90 + 6 * PITCH])
        pen.lines(120, TASK)
        pen.grid([100 + 10 * k for k in range(30)], [400 + 10 * k for k in range(20)])

    document = read_file(build(page))
    assert texts(document) == [TASK]
    assert not any(isinstance(block, Table) for block in document.blocks)
