"""Scans and pictures: recognised text, tables from ruling lines, doubt; needs the extra ``wpparse[ocr]``."""

from __future__ import annotations

import functools
import io
import operator
from difflib import SequenceMatcher
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from tests.pdf_builder import Pen, build
from wpparse.blocks import Document, Paragraph, Source, Table
from wpparse.errors import ScannedPdf, UnreadableFile
from wpparse.layout import make_document
from wpparse.readers.ocr import reader as image
from wpparse.readers.ocr import recognise as ocr
from wpparse.readers.ocr.reader import read_image
from wpparse.readers.ocr.recognise import Recognised, available
from wpparse.readers.options import ReadOptions
from wpparse.readers.pdf.reader import read_pdf

needs_ocr = pytest.mark.skipif(not available(), reason="the extra wpparse[ocr] is not installed")
TASK = "各部门要按照职责分工，完善工作机制，于2024年6月底前完成。"
TITLE = slice(280, 350), slice(200, 1500)
"""Where the title stands on the page, in dots."""
ROWS = [["序号", "工作任务", "责任单位"], ["1", "梳理公开事项清单", "市财政局"], ["2", "开展政策解读工作", "市教育局"]]


def page(pen: Pen) -> None:
    pen.center(120, "二〇二四年政务公开工作要点")
    pen.lines(180, TASK)
    pen.table((80, 140, 380, 520), 300, ROWS, size=14, row_height=34)


def drawn(angle: float = 0.0, seal: bool = False) -> Any:
    """The page as a picture of 200 dots an inch."""
    from PIL import Image, ImageDraw

    from wpparse.readers.pdf.library import open_document, open_page
    from wpparse.readers.pdf.scan import render

    with open_document(build(page), None, to_draw=True) as document, open_page(document, 0) as handle:
        assert handle
        pixels, _ = render(handle)
    if not (pixels[TITLE] < 128).any():
        pytest.skip("no Chinese font on this machine: the page cannot be drawn")
    picture = Image.fromarray(pixels)
    if seal:
        ImageDraw.Draw(picture).ellipse((900, 420, 1220, 740), outline=(230, 40, 40), width=12)
    return picture.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor="white") if angle else picture


def as_bytes(*pictures: Any, kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    more = {"save_all": True, "append_images": pictures[1:]} if len(pictures) > 1 else {}
    pictures[0].save(out, kind, **more)
    return out.getvalue()


def read_picture(data: bytes) -> Document:
    return make_document(read_image(data, Source("x.png", "image", ""), ReadOptions()))


def check(document: Document) -> None:
    """All of the page is there. The font depends on the machine, so that a character or two may be misread."""
    texts = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    assert len(texts) == 2
    assert alike("".join(texts), "二〇二四年政务公开工作要点" + TASK) > 0.9
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    assert (table.rows, table.columns) == (3, 3)
    assert (
        alike(
            "|".join(functools.reduce(operator.iadd, table.grid(), [])),
            "|".join(functools.reduce(operator.iadd, ROWS, [])),
        )
        > 0.9
    )
    assert {remark.code for remark in document.remarks} == {"ocr-pages"}


def alike(found: str, expected: str) -> float:
    return SequenceMatcher(None, found, expected, autojunk=False).ratio()


@needs_ocr
@pytest.mark.parametrize(("angle", "seal"), [(0.0, True), (-1.5, False)])
def test_scanned_pdf(angle: float, seal: bool) -> None:
    out = io.BytesIO()
    drawn(angle, seal).save(out, "PDF", resolution=200)
    seen: list[tuple[int, int]] = []
    options = ReadOptions(on_page=lambda number, count: seen.append((number, count)))
    check(make_document(read_pdf(out.getvalue(), Source("x.pdf", "pdf", ""), options)))
    assert seen == [(1, 1)]


@needs_ocr
def test_the_scan_of_a_sample_says_what_the_sample_says(root: Path) -> None:
    """A page whose fonts are embedded, so that it looks alike on every machine."""
    from PIL import Image

    from wpparse.readers.pdf.library import open_document, open_page
    from wpparse.readers.pdf.scan import render

    data = (root / "samples" / "青岚县重点项目包保责任表.pdf").read_bytes()
    with open_document(data, None, to_draw=True) as opened, open_page(opened, 1) as handle:
        assert handle
        pixels, _ = render(handle)
    printed = make_document(read_pdf(data, Source("x.pdf", "pdf", ""), ReadOptions())).blocks
    scanned = read_picture(as_bytes(Image.fromarray(pixels))).blocks
    expected, tables = ([block.grid() for block in blocks if isinstance(block, Table)] for blocks in (printed, scanned))
    assert [[len(row) for row in table] for table in tables] == [[len(row) for row in table] for table in expected]
    for row, printed_row in zip(chain(*tables), chain(*expected), strict=True):
        assert alike("|".join(row), "|".join(printed_row)) > 0.95
    wanted, found = (
        "".join(block.text for block in blocks if isinstance(block, Paragraph) and block.page == page)
        for blocks, page in ((printed, 2), (scanned, 1))
    )
    assert alike(found, wanted) > 0.9


@needs_ocr
def test_pages_of_a_picture_file() -> None:
    one = drawn()
    document = read_picture(as_bytes(one, one, kind="TIFF"))
    assert document.source.pages == 2
    assert [block.page for block in document.blocks if isinstance(block, Paragraph)] == [1, 1, 2, 2]


@needs_ocr
def test_a_page_that_lies_on_its_side() -> None:
    from PIL import Image

    check(read_picture(as_bytes(drawn().transpose(Image.Transpose.ROTATE_90))))


@needs_ocr
def test_a_title_that_is_a_picture_on_a_text_page() -> None:
    from reportlab.lib.utils import ImageReader

    rows, columns = TITLE
    strip = drawn().crop((columns.start, rows.start, columns.stop, rows.stop))

    def with_picture(pen: Pen) -> None:
        pen.lines(180, TASK)
        pen.canvas.drawImage(ImageReader(strip), 72, pen.height - 126, 468, 25)

    document = make_document(read_pdf(build(with_picture), Source("x.pdf", "pdf", ""), ReadOptions()))
    title, task = (b.text for b in document.blocks if isinstance(b, Paragraph))
    assert alike(title, "二〇二四年政务公开工作要点") > 0.8
    assert task == TASK
    assert [remark.code for remark in document.remarks] == ["pdf-picture-read"]


@needs_ocr
def test_seals_go_and_red_heads_stay() -> None:
    import numpy as np

    from wpparse.readers.ocr.image import without_seals

    pixels = np.full((2339, 1654, 3), 255, np.uint8)
    pixels[100:160, 200:1450] = (220, 20, 20)
    yy, xx = np.ogrid[:2339, :1654]
    ring = np.abs(np.hypot(yy - 1500, xx - 1100) - 150) < 8
    pixels[ring] = (220, 30, 30)
    pixels[1495:1505, 900:1300] = (20, 20, 20)
    plain = without_seals(pixels)
    assert (plain[130, 800] == (220, 20, 20)).all()
    assert (plain[1350, 1100] == 255).all()
    assert (plain[1500, 1100] == 20).all()


@needs_ocr
@pytest.mark.parametrize("angle", [-3.0, -0.6, 0.0, 0.4, 1.5])
def test_skew(angle: float) -> None:
    import numpy as np

    from wpparse.readers.ocr.image import skew

    assert skew(np.asarray(drawn(angle))) == pytest.approx(-angle, abs=0.15)


def test_doubt_reaches_the_paragraph() -> None:
    line = Recognised(
        "市财政局", 0.9, (100, 100, 260, 140), [("市", 0.99, 100, 140), ("财", 0.6, 140, 180), ("政局", 0.97, 180, 260)]
    )
    found = ocr._glyphs(line, 0.36)
    assert [(glyph.text, glyph.confidence) for glyph in found] == [
        ("市", 0.99),
        ("财", 0.6),
        ("政", 0.97),
        ("局", 0.97),
    ]


def test_boxes_that_run_backwards_are_spread_evenly() -> None:
    line = Recognised("序号", 0.9, (100, 100, 180, 140), [("序", 0.9, 120, 180), ("号", 0.9, 118, 178)])
    assert "".join(g.text for g in sorted(ocr._glyphs(line, 0.36), key=lambda g: g.x0)) == "序号"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("完成,长期坚持", "完成，长期坚持"),
        ("(责任单位:财政局)", "（责任单位：财政局）"),
        ("1,200项", "1,200项"),
        ("12:30前", "12:30前"),
    ],
)
def test_punctuation(text: str, expected: str) -> None:
    assert ocr._punctuated(text) == expected


def test_without_the_extra_the_command_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image, "available", lambda: False)
    with pytest.raises(ScannedPdf):
        read_picture(b"\x89PNG\r\n\x1a\n")


@needs_ocr
@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0 broken", b"II*\0" + b"\0" * 40])
def test_no_picture_in_the_bytes(data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read_picture(data)


@needs_ocr
def test_print_that_was_not_recognised_is_noticed() -> None:
    import numpy as np

    from wpparse.readers.ocr.image import is_red, unread_places

    pixels = np.full((600, 1000, 3), 255, np.uint8)
    for y in (100, 300):
        for x in range(100, 500, 40):
            pixels[y : y + 34, x : x + 30] = 20
    pixels[500:504, 100:900] = 20
    rules = [(502.0, 100.0, 900.0)]
    assert len(unread_places(pixels, [(95, 95, 500, 140)], rules, [])) == 1
    assert not unread_places(pixels, [(95, 95, 500, 140), (95, 295, 500, 340)], rules, [])
    pixels[100:134] = np.where(pixels[100:134] < 128, np.array([220, 20, 20], np.uint8), pixels[100:134])
    assert is_red(pixels, (95, 95, 500, 140))
    assert not is_red(pixels, (95, 295, 500, 340))


@needs_ocr
def test_a_long_picture_is_cut_between_its_lines() -> None:
    import numpy as np

    from wpparse.readers.ocr.image import pieces

    pixels = np.full((5000, 1000, 3), 255, np.uint8)
    for y in range(20, 4950, 60):
        pixels[y : y + 40] = 20
    parts = pieces(pixels)
    assert len(parts) > 2
    assert sum(part.shape[0] for _, part in parts) == 5000
    assert all((pixels[top - 3 : top + 3] == 255).all() for top, _ in parts[1:])
    assert len(pieces(pixels[:1400])) == 1


def test_strokes_of_large_print_are_no_ruling_lines() -> None:
    from wpparse.readers.ocr.recognise import _is_stroke

    text = [(100.0, 800.0, 50.0, 150.0)]  # a line of print 100 high
    assert _is_stroke((100.0, 300.0, 390.0), text)
    assert not _is_stroke((100.0, 300.0, 600.0), text)  # longer than a character
    assert not _is_stroke((20.0, 300.0, 390.0), text)  # above the text
    assert not _is_stroke((100.0, 50.0, 140.0), text)  # begins before it
