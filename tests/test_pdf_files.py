"""PDF files that are protected, damaged or made to do harm."""

from __future__ import annotations

import re

import pytest

from tests.pdf_builder import build
from tests.pdf_raw import raw_file
from tests.test_pdf_reader import TASK, read_file, texts
from wpparse.errors import EncryptedFile, TooLarge, UnreadableFile, WpparseError


def test_password() -> None:
    data = build(lambda pen: pen.lines(120, TASK) and None, password="geheim")
    with pytest.raises(EncryptedFile):
        read_file(data)
    with pytest.raises(EncryptedFile):
        read_file(data, "falsch")
    assert texts(read_file(data, "geheim")) == [TASK]


def test_a_cut_file_is_read_as_far_as_it_goes() -> None:
    data = build(*[lambda pen: pen.lines(120, TASK) and None] * 3)
    document = read_file(data[: data.rfind(b"xref")])
    assert texts(document) == [TASK] * 3


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7\n", b"%PDF-1.4\n%%EOF", b"%PDF-1.7\n" + b"\0" * 4000, b"%PDF-1.7\n/Form 1 0 object obj"]
)
def test_no_document_in_the_bytes(data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read_file(data)


def form(stream: bytes) -> bytes:
    head = b"<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources 5 0 R/Length %d>>" % len(stream)
    return head + b"stream\n" + stream + b"\nendstream"


def test_a_loop_of_form_objects_is_refused() -> None:
    """PDFium follows it without end."""
    stream = b"q /F Do /F Do /F Do Q"
    with pytest.raises(TooLarge):
        read_file(raw_file(stream, b"<</XObject<</F 6 0 R>>>>", form(stream)))


@pytest.mark.parametrize("blank", [b" ", b"\0\r\n", b" " * 5000], ids=["blank", "line end", "many"])
def test_a_loop_is_found_however_its_objects_are_written(blank: bytes) -> None:
    data = raw_file(b"q /F Do Q", b"<</XObject<</F 6 0 R>>>>", form(b"q /F Do /F Do Q"))
    with pytest.raises(TooLarge):
        read_file(re.sub(rb"(\d) 0 obj", rb"\1X0Xobj", data).replace(b"X0Xobj", blank + b"0" + blank + b"obj"))


def test_form_objects_that_multiply_are_refused() -> None:
    forms = [
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F %d 0 R>>>>/Length 60>>stream\n%s\nendstream"
        % (number, b"/F Do " * 10)
        for number in range(7, 19)
    ]
    with pytest.raises(TooLarge):
        read_file(raw_file(b"/F Do", b"<</XObject<</F 6 0 R>>>>", *forms, form(b"q Q")))


def test_a_page_tree_that_holds_itself_ends() -> None:
    body = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 100000>>endobj\ntrailer<</Root 1 0 R>>"
    )
    with pytest.raises(WpparseError):
        read_file(body)
