"""Values of form fields, ticks and notes written on a page are read at their boxes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.pdf_builder import Pen, build
from wpparse.blocks import Paragraph, Table
from wpparse.pipeline import read_document

XS = (60.0, 110.0, 300.0, 420.0, 535.0)
HEAD = ["序号", "工作任务", "责任单位", "完成时限"]


class Form:
    """Puts fields on a page; the objects are written by hand, because the fields' texts are Chinese."""

    def __init__(self, pen: Pen) -> None:
        self.pen = pen

    def add(self, box: tuple[float, float, float, float], **entries: object) -> None:
        from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString

        def made(value: object) -> object:
            if isinstance(value, str):
                return (
                    PDFName(value[1:]) if value.startswith("/") else PDFString(b"\xfe\xff" + value.encode("utf-16-be"))
                )
            return PDFArray([made(each) for each in value]) if isinstance(value, list) else value

        x0, y0, x1, y1 = box
        height = self.pen.height
        fields = {key: made(value) for key, value in entries.items()}
        note = PDFDictionary({"Type": PDFName("Annot"), "Rect": PDFArray([x0, height - y1, x1, height - y0]), **fields})
        canvas = self.pen.canvas
        canvas._addAnnotation(note)
        if "FT" in entries:
            canvas.acroForm._refMap  # noqa: B018  (makes the form part of the file)
            canvas.acroForm.fields.append(canvas._doc.Reference(note))


def text(form: Form, box: tuple[float, float, float, float], value: str, size: int = 12, **more: object) -> None:
    form.add(box, Subtype="/Widget", FT="/Tx", T=f"f{box}", V=value, DA=f"/Helv {size} Tf 0 g", **more)


def note(form: Form, box: tuple[float, float, float, float], value: str, size: int = 16, **more: object) -> None:
    form.add(box, Subtype="/FreeText", Contents=value, DA=f"/Helv {size} Tf 0 g", **more)


def read(draw: Callable[[Pen, Form], None]) -> list[Paragraph | Table]:
    return list(read_document(build(lambda pen: draw(pen, Form(pen)))).blocks)


def test_fields_in_the_cells_of_a_table() -> None:
    def draw(pen: Pen, form: Form) -> None:
        pen.table(XS, 100, [HEAD, ["1", "推进河道整治", "", ""], ["2", "推进道路养护", "", ""]], row_height=26)
        for k, (unit, time) in enumerate((("县水利局", "6月底前"), ("县交通局、县财政局", "9月底前"))):
            y = 128 + 26 * k
            text(form, (302, y, 418, y + 22), unit)
            text(form, (422, y, 533, y + 22), time, size=0)

    (table,) = read(draw)
    assert isinstance(table, Table)
    assert table.grid()[1:] == [
        ["1", "推进河道整治", "县水利局", "6月底前"],
        ["2", "推进道路养护", "县交通局、县财政局", "9月底前"],
    ]


def test_a_note_is_a_paragraph_where_it_stands() -> None:
    def draw(pen: Pen, form: Form) -> None:
        pen.lines(130, "一、加强组织领导。", "三、严格督导检查。", indent=2)
        note(form, (80, 180, 528, 206), "　　二、压实工作责任。")

    assert [block.text for block in read(draw) if isinstance(block, Paragraph)] == [
        "一、加强组织领导。", "三、严格督导检查。", "二、压实工作责任。",
    ]  # fmt: skip


def test_a_long_value_runs_over_the_lines_of_its_box() -> None:
    value = "推进河道综合整治和清淤疏浚，落实河长巡查制度，确保汛期安全。"

    def draw(pen: Pen, form: Form) -> None:
        pen.grid((60.0, 200.0, 535.0), (100.0, 200.0, 230.0))
        pen.text(66, 120, "工作要求", 12)
        pen.text(66, 218, "备注", 12)
        text(form, (202, 102, 390, 198), value)

    (table,) = read(draw)
    assert isinstance(table, Table)
    assert table.grid()[0][1].replace("\n", "") == value


@pytest.mark.parametrize(("state", "expected"), [("/Yes", "☑县水利局"), ("/Off", "☐县水利局")])
def test_ticks(state: str, expected: str) -> None:
    def draw(pen: Pen, form: Form) -> None:
        pen.text(100, 120, "县水利局", 16)
        form.add((82, 106, 98, 122), Subtype="/Widget", FT="/Btn", T="tick", V=state, AS=state)

    (paragraph,) = read(draw)
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text == expected


def test_the_option_that_is_chosen() -> None:
    def draw(pen: Pen, form: Form) -> None:
        pen.text(80, 120, "责任单位：", 16)
        options = [["1", "县水利局"], ["2", "县交通局"]]
        form.add((160, 104, 300, 124), Subtype="/Widget", FT="/Ch", T="unit", Opt=options, V="2", Ff=1 << 17)

    (paragraph,) = read(draw)
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text == "责任单位：县交通局"


@pytest.mark.parametrize("flag", [1, 2, 32])
def test_what_is_hidden_is_not_read(flag: int) -> None:
    def draw(pen: Pen, form: Form) -> None:
        pen.lines(130, "一、加强组织领导。")
        note(form, (80, 200, 528, 226), "二、压实工作责任。", F=flag)
        text(form, (80, 240, 528, 266), "三、严格督导检查。", F=flag)

    assert [block.text for block in read(draw) if isinstance(block, Paragraph)] == ["一、加强组织领导。"]
