"""Seconds a page and peak memory of reading PDF files, side by side: ``python -m benchmarks.pdf [PAGES ...]``.

Every reader runs in a process of its own on the same circular: a third of its pages are text, the rest a ruled annex.
CPU seconds are the best of several runs in one process, so that a busy machine disturbs little; memory is the peak of
the process. pdfplumber reads text and tables, which is the least that a table extraction needs; PDFium's own text is
the floor.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.pdf_builder import LEFT, PITCH, Pen, build

PAGES = (1, 10, 20, 100, 1000)
SLOW = 200
"""Pages above which only the fast readers run."""
TASK = "及时公开重点工作进展情况，加强政策解读和舆论回应，主动接受社会监督，切实保障人民群众的知情权、参与权、监督权。"


def circular(pages: int) -> bytes:
    """A fictional circular with a ruled annex."""

    def text(number: int) -> object:
        def draw(pen: Pen) -> None:
            y = 110.0
            if number == 1:
                pen.center(y, "青岚县人民政府办公室关于印发2024年工作要点的通知", 18)
                y += 2 * PITCH
            item = 0
            while y < 640:
                item += 1
                y = pen.lines(y, f"{item}.{TASK}（责任单位：县财政局、县民政局）")
            pen.text(280, 800, f"— {number} —", 14)

        return draw

    def annex(number: int) -> object:
        def draw(pen: Pen) -> None:
            head = ["序号", "工作任务", "工作要求", "责任单位", "完成时限"]
            rows = [[str(12 * number + k), "深化公开", TASK, "县财政局、县民政局", "12月底前"] for k in range(8)]
            pen.table((LEFT - 20, 95, 165, 380, 460, 535), 100, [head, *rows], size=11)
            pen.text(280, 815, f"— {number} —", 14)

        return draw

    texts = max(1, pages // 3)
    drawn = [text(n) if n <= texts else annex(n) for n in range(1, pages + 1)]
    return build(*drawn)  # type: ignore[arg-type]  # functions of a pen


def _wpparse(path: str) -> None:
    from wpparse import parse

    parse(path)


def _reader(path: str) -> None:
    from wpparse.pipeline import read_document

    read_document(path)


def _pdfplumber(path: str) -> None:
    import pdfplumber

    with pdfplumber.open(path) as file:
        for page in file.pages:
            page.extract_text()
            page.extract_tables()
            page.close()


def _pdfium(path: str) -> None:
    import pypdfium2

    for page in pypdfium2.PdfDocument(path):
        page.get_textpage().get_text_range()


def _markitdown(path: str) -> None:
    from markitdown import MarkItDown

    MarkItDown().convert(path)


def _docling(path: str) -> None:
    from docling.document_converter import DocumentConverter

    DocumentConverter().convert(path)


READERS = {
    "PDFium, text only": (_pdfium, "pypdfium2"),
    "wpparse, reader": (_reader, "wpparse"),
    "wpparse, whole plan": (_wpparse, "wpparse"),
    "pdfplumber, text and tables": (_pdfplumber, "pdfplumber"),
    "markitdown": (_markitdown, "markitdown"),
    "docling": (_docling, "docling"),
}
FAST = ("PDFium, text only", "wpparse, reader", "wpparse, whole plan")


def _measure(name: str, path: str, runs: int) -> None:
    import resource

    work = READERS[name][0]
    best = float("inf")
    for _ in range(runs):
        begun = time.process_time()
        work(path)
        best = min(best, time.process_time() - begun)
    print(json.dumps({"seconds": best, "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


def main(counts: tuple[int, ...]) -> None:
    """Print a table."""
    print(f"{'pages':>6}  {'reader':<28}{'CPU s':>9}{'ms/page':>9}{'peak MB':>9}")
    with tempfile.TemporaryDirectory() as folder:
        for pages in counts:
            path = Path(folder) / f"{pages}.pdf"
            path.write_bytes(circular(pages))
            for name, (_, package) in READERS.items():
                if importlib.util.find_spec(package) is None or (pages > SLOW and name not in FAST):
                    continue
                runs = 5 if pages <= 20 else 2 if pages <= 100 else 1
                command = [sys.executable, "-m", "benchmarks.pdf", "--measure", name, str(path), str(runs)]
                done = subprocess.run(command, capture_output=True, text=True, check=False)
                if done.returncode:
                    print(f"{pages:>6}  {name:<28}  failed: {done.stderr.strip().splitlines()[-1:]}")
                    continue
                found = json.loads(done.stdout.splitlines()[-1])
                seconds = found["seconds"]
                print(f"{pages:>6}  {name:<28}{seconds:>9.3f}{1000 * seconds / pages:>9.2f}{found['megabytes']:>9.0f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        _measure(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    else:
        main(tuple(int(word) for word in sys.argv[1:]) or PAGES)
