"""Reads mutated PDF files, in a process of its own: ``python -m tests.pdf_mutants SEED COUNT``.

PDFium is C++; were it to crash on a mutant, only this process would end. One line is printed for each mutant: its
number, what came of it (``read``, or the code of the error) and the seconds that it took.
"""

from __future__ import annotations

import random
import sys
import time
import zlib
from collections.abc import Callable

from tests.pdf_builder import Pen, build
from wpparse.blocks import Source
from wpparse.errors import WpparseError
from wpparse.layout import make_document
from wpparse.readers.options import ReadOptions
from wpparse.readers.pdf import reader as pdf
from wpparse.readers.pdf.reader import read_pdf

PARAGRAPH = "各部门要按照职责分工，完善工作机制，加强协调配合，于2024年6月底前完成第一批事项的梳理并向社会公布。"


def originals() -> list[bytes]:
    """Small files that hold text, a table over two pages, forms and a picture."""

    def text(pen: Pen) -> None:
        pen.center(90, "青岚县2024年工作要点")
        pen.lines(150, PARAGRAPH * 3, PARAGRAPH * 2)
        pen.text(280, 800, "— 1 —", 14)

    def table(pen: Pen) -> None:
        pen.table((60, 100, 200, 420, 535), 100, [["序号", "任务", "要求", "单位"], ["1", "公开", PARAGRAPH, "财政局"]])

    def form(pen: Pen) -> None:
        pen.canvas.beginForm("part")
        pen.lines(200, PARAGRAPH)
        pen.canvas.endForm()
        pen.canvas.doForm("part")

    return [build(text), build(text, table, table), build(form, table)]


def unpacked(data: bytes) -> bytes:
    """The file with its streams as they are before compression, where a mutation reaches the drawing operators."""
    out, position = bytearray(), 0
    while True:
        start = data.find(b"stream\r\n" if b"stream\r\n" in data[position : position + 9] else b"stream\n", position)
        if start < 0:
            break
        start += 7
        stop = data.find(b"endstream", start)
        if stop < 0:
            break
        out += data[position:start]
        body = data[start:stop]
        try:
            import base64

            body = zlib.decompress(base64.a85decode(b"<~" + body.strip(), adobe=True))
        except (ValueError, zlib.error):
            body = data[start:stop]
        out += body + b"\n"
        position = stop
    out += data[position:]
    return bytes(out).replace(b"/Filter [ /ASCII85Decode /FlateDecode ]", b"")


def mutate(data: bytes, chance: random.Random) -> bytes:
    """One of the usual ways in which files break, once or several times."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(len(out))
        length = chance.choice((1, 1, 4, 40, 400))
        kind: Callable[[], None] = chance.choice((
            lambda at=at: out.__setitem__(at, chance.randrange(256)),
            lambda at=at, n=length: out.__delitem__(slice(at, at + n)),
            lambda at=at, n=length: out.__setitem__(slice(at, at), out[at : at + n]),
            lambda at=at, n=length: out.__setitem__(slice(at, at + n), bytes(chance.randrange(256) for _ in range(n))),
            lambda: _renumber(out, chance),
        ))  # fmt: skip
        kind()
        if len(out) < 50:
            break
    if chance.random() < 0.1:
        del out[chance.randrange(len(out)) :]
    return bytes(out)


def _renumber(out: bytearray, chance: random.Random) -> None:
    """Change a number: lengths, references (which makes loops), counts, coordinates."""
    places = [index for index, byte in enumerate(out) if 48 <= byte <= 57]
    if places:
        at = chance.choice(places)
        out[at : at + 1] = chance.choice((b"0", b"1", b"9", b"99999", b"-1", b"4294967296", b"1e30"))


def main(seed: int, count: int) -> None:
    """Read ``count`` mutants, without character recognition: it is not what is tested here, and slow."""
    setattr(pdf, "available", lambda: False)  # noqa: B010  # a plain assignment to a function is refused by mypy
    chance = random.Random(seed)
    files = originals()
    files += [unpacked(data) for data in files]
    for number in range(count):
        data = mutate(chance.choice(files), chance)
        begun = time.perf_counter()
        try:
            make_document(read_pdf(data, Source("mutant.pdf", "pdf", ""), ReadOptions()))
            outcome = "read"
        except WpparseError as error:
            outcome = error.code
        print(number, outcome, f"{time.perf_counter() - begun:.3f}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
