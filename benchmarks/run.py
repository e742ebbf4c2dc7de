"""wpparse beside a plain script and beside the floor, in one run.

    python benchmarks/run.py [--rounds N]

The plain script reads every paragraph and cell with python-docx (pdfplumber for PDF) and writes them to a sheet with openpyxl: it
understands nothing. The floor is zip + lxml parse of document.xml (pdfium's text for PDF). Rounds are interleaved, so that a noisy
machine disturbs all alike; medians are shown, and ratios are what counts.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.circulars import write_docx, write_pdf  # noqa: E402  (the folder is not installed)

READ_DOCX = """
import docx
def read(path):
    document = docx.Document(path)
    out = [[p.text] for p in document.paragraphs]
    for table in document.tables:
        for row in table.rows:
            out.append([cell.text for cell in row.cells])
    return out
"""
READ_PDF = """
import pdfplumber
def read(path):
    out = []
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            out += [[line] for line in (page.extract_text() or "").splitlines()]
            for table in page.extract_tables():
                out += table
    return out
"""
FLOOR_DOCX = """
import zipfile
from lxml import etree
def read(path):
    return etree.fromstring(zipfile.ZipFile(path).read("word/document.xml"))
"""
FLOOR_PDF = """
import pypdfium2
def read(path):
    document = pypdfium2.PdfDocument(path)
    return [document[i].get_textpage().get_text_bounded() for i in range(len(document))]
"""
WPPARSE = """
from wpparse import parse as read
"""
WRITE = """
import sys, openpyxl
book = openpyxl.Workbook()
for row in read(sys.argv[1]):
    book.active.append(row)
book.save(sys.argv[2])
"""
WARM = """
import resource, statistics, sys, time
read(sys.argv[1])
times = []
for _ in range(int(sys.argv[2])):
    start = time.perf_counter(); read(sys.argv[1]); times.append(time.perf_counter() - start)
print(statistics.median(times))
"""
MEMORY = "\nimport resource, sys; sys.stderr.write(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))\n"


def timed(command: list[str]) -> float:
    """Seconds of a whole process."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return time.perf_counter() - start


def warm(code: str, path: Path, rounds: int) -> tuple[float, float]:
    """Median seconds of a repeated call in one process, and its peak memory in MB."""
    run = subprocess.run(
        [sys.executable, "-c", code + WARM + MEMORY, str(path), str(rounds)], check=True, capture_output=True, text=True
    )
    return float(run.stdout), int(run.stderr.splitlines()[-1]) / 1024


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    wpparse = str(Path(sys.executable).with_name("wpparse"))
    print(f"{'':<18}{'whole process, s':>27}{'':>5}{'warm, ms':>30}{'':>5}{'peak, MB':>24}")
    print(
        f"{'file':<18}{'wpparse':>9}{'plain':>9}{'ratio':>9}{'':>5}{'wpparse':>9}{'plain':>9}{'floor':>9}{'w/plain':>8}{'':>3}{'wpparse':>9}{'plain':>8}{'floor':>8}"
    )
    with tempfile.TemporaryDirectory() as folder:
        for suffix, write, plain, floor in (
            ("docx", write_docx, READ_DOCX, FLOOR_DOCX),
            ("pdf", write_pdf, READ_PDF, FLOOR_PDF),
        ):
            for pages in (10, 100):
                path, out = Path(folder) / f"{pages}.{suffix}", str(Path(folder) / "out.xlsx")
                write(path, pages)
                whole: dict[str, list[float]] = {"wpparse": [], "plain": []}
                few = rounds if suffix == "docx" or pages == 10 else min(rounds, 3)
                for number in range(few + 1):
                    a = timed([wpparse, str(path), "-o", out])
                    b = timed([sys.executable, "-c", plain + WRITE, str(path), out])
                    if number:  # the first round fills the file cache
                        whole["wpparse"].append(a)
                        whole["plain"].append(b)
                a, b = statistics.median(whole["wpparse"]), statistics.median(whole["plain"])
                repeats = 15 if pages == 10 else 3
                ours, our_memory = warm(WPPARSE, path, repeats)
                theirs, their_memory = warm(plain, path, repeats if suffix == "docx" else 1)
                least, least_memory = warm(floor, path, repeats)
                whole_process = f"{a:>9.3f}{b:>9.3f}{a / b:>9.2f}{'':>5}"
                in_process = f"{ours * 1e3:>9.1f}{theirs * 1e3:>9.1f}{least * 1e3:>9.1f}{ours / theirs:>8.2f}{'':>3}"
                print(
                    f"{pages:>4} pages .{suffix:<7}{whole_process}{in_process}{our_memory:>9.0f}{their_memory:>8.0f}{least_memory:>8.0f}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
