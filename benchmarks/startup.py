"""What starting costs: ratios of whole processes, measured in turn in one run.

    python benchmarks/startup.py [--rounds N] [FILE.docx]

The plain script opens the file with python-docx, goes over paragraphs and cells and writes them with openpyxl: no more
than anybody would need. Each process runs once unmeasured (bytecode), then N rounds, every process once a round; the
median counts, so that a busy machine hits all alike. ``PYTHONDONTWRITEBYTECODE`` is taken out of the environment, since
it would make every process compile its imports anew.
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
SAMPLE = ROOT / "samples" / "安澜市优化营商环境实施方案.docx"
PLAIN = """
import sys
import docx, openpyxl
document, book = docx.Document(sys.argv[1]), openpyxl.Workbook()
for paragraph in document.paragraphs:
    book.active.append([paragraph.text])
for table in document.tables:
    for row in table.rows:
        book.active.append([cell.text for cell in row.cells])
book.save(sys.argv[2])
"""
LIMITS = {"--help": ("import typer", 3.0), "FILE.docx -o x.xlsx": ("python-docx + openpyxl", 1.3)}
"""What is measured: what it is compared with, and the most that it may take of its time."""


def commands(source: Path, folder: Path) -> dict[str, list[str]]:
    python, main = sys.executable, [sys.executable, "-c", "from wpparse.cli import main; main()"]
    return {
        "import typer": [python, "-c", "import typer"],
        "--help": [*main, "--help"],
        "import wpparse": [python, "-c", "import wpparse"],
        "python-docx + openpyxl": [python, "-c", PLAIN, str(source), str(folder / "plain.xlsx")],
        "FILE.docx -o x.xlsx": [*main, "-q", str(source), "-o", str(folder / "x.xlsx")],
        "FILE.docx -o x.json": [*main, "-q", str(source), "-o", str(folder / "x.json")],
    }


def measure(source: Path, rounds: int) -> dict[str, float]:
    """Median seconds of each process."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    taken: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(rounds + 1):
            for name, command in commands(source, Path(folder)).items():
                began = time.perf_counter()
                subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
                if turn:
                    taken.setdefault(name, []).append(time.perf_counter() - began)
    return {name: statistics.median(seconds) for name, seconds in taken.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", nargs="?", type=Path, default=SAMPLE)
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    medians = measure(options.source, options.rounds)
    for name, seconds in medians.items():
        print(f"{name:<26}{1000 * seconds:8.0f} ms")
    for name, (against, limit) in LIMITS.items():
        ratio = medians[name] / medians[against]
        print(f"{name} / {against} = {ratio:.2f} (at most {limit})")


if __name__ == "__main__":
    main()
