"""One circular in many forms: as a Word file, printed by LibreOffice and by Chromium, and as the text of the print.

The samples' .pdf files were printed by LibreOffice. Chromium (browser) and pdftotext (Poppler) are used where they are.
"""

from __future__ import annotations

import html
import shutil
import subprocess
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from wpparse import parse
from wpparse.blocks import Paragraph, Table
from wpparse.model import WorkPlan
from wpparse.pipeline import read_document

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
NAMES = sorted(path.stem for path in SAMPLES.glob("*.docx"))
LEAST = 0.95
"""Of sections, tasks, parties and deadlines, what a text has that lost the lines of its tables and its look."""
CELLS_IN_TEXT = ("云川水务集团安全生产三年行动方案", "安澜市优化营商环境实施方案", "青岚县重点项目包保责任表")
"""Their tables have merged cells, whose words stand at no row of their own once the lines are gone."""
BROWSER = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
STYLE = (
    "@page{size:A4;margin:37mm 26mm 35mm 28mm;@bottom-center{content:'— ' counter(page) ' —'}}"
    "body{font:16pt/28pt serif;margin:0}p{margin:0;text-indent:2em}.center{text-align:center;text-indent:0}"
    ".right{text-align:right}table{border-collapse:collapse;width:100%;font-size:11pt;line-height:1.3}"
    "td{border:0.5pt solid;padding:3pt 5pt}"
)

View = dict[str, list[tuple[object, ...]]]


def view(plan: WorkPlan) -> View:
    """What has to be the same."""
    return {
        "sections": [(s.id, s.label, s.heading, s.text) for s in plan.sections],
        "tasks": [(t.origin, t.label, tuple(t.path), t.title, t.text.replace("\n", "")) for t in plan.tasks],
        "parties": [(t.text[:12], p.name, p.role) for t in plan.tasks for p in t.parties],
        "deadlines": [(t.text[:12], d.text, d.kind, d.due) for t in plan.tasks for d in t.deadlines],
    }


@cache
def of_word(name: str) -> View:
    return view(parse(SAMPLES / f"{name}.docx"))


def share(ours: Sequence[object], theirs: Sequence[object]) -> float:
    """F1 of what two views have in common."""
    one, other = Counter(ours), Counter(theirs)
    total = sum(one.values()) + sum(other.values())
    return 2 * sum((one & other).values()) / total if total else 1.0


@pytest.mark.parametrize("name", NAMES)
def test_printed_by_libreoffice(name: str) -> None:
    assert view(parse(SAMPLES / f"{name}.pdf")) == of_word(name)


def as_page(path: Path) -> str:
    """A Word file as a web page that looks like it."""
    out = [f"<meta charset=utf-8><style>{STYLE}</style>"]
    for block in read_document(path).blocks:
        if isinstance(block, Paragraph):
            look = block.alignment if block.alignment in ("center", "right") else ""
            bold = any(span.bold or span.font == "黑体" for span in block.spans)
            text = html.escape((block.label or "") + block.text)
            out.append(f"<p class='{look}'>{f'<b>{text}</b>' if bold else text}</p>")
        else:
            out.append(as_table(block))
    return "\n".join(out)


def as_table(table: Table) -> str:
    rows: list[list[str]] = [[] for _ in range(table.rows)]
    for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column)):
        text = html.escape(cell.text).replace("\n", "<br>")
        rows[cell.row].append(f"<td rowspan={cell.rowspan} colspan={cell.colspan}>{text}</td>")
    return "<table>" + "".join(f"<tr>{''.join(row)}</tr>" for row in rows) + "</table>"


@pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed")
@pytest.mark.parametrize("name", NAMES[::3])
def test_printed_by_a_browser(name: str, tmp_path: Path) -> None:
    page, printed = tmp_path / "page.html", tmp_path / "page.pdf"
    page.write_text(as_page(SAMPLES / f"{name}.docx"), encoding="utf-8")
    command = [str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    subprocess.run([*command, f"--user-data-dir={tmp_path / 'profile'}", f"--print-to-pdf={printed}", page.as_uri()],
                   check=True, capture_output=True, timeout=120)  # fmt: skip
    assert view(parse(printed)) == of_word(name)


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext (Poppler) is not installed")
@pytest.mark.parametrize("form", [[], ["-layout"]], ids=["plain", "layout"])
@pytest.mark.parametrize("name", NAMES)
def test_the_text_of_the_print(name: str, form: list[str], tmp_path: Path, request: pytest.FixtureRequest) -> None:
    if name in CELLS_IN_TEXT:
        request.applymarker(pytest.mark.xfail(reason="merged cells without lines", strict=False))
    text = tmp_path / "print.txt"
    subprocess.run(["pdftotext", *form, str(SAMPLES / f"{name}.pdf"), str(text)], check=True, timeout=60)
    found, wanted = view(parse(text)), of_word(name)
    assert {key: value for key in wanted if (value := share(found[key], wanted[key])) < LEAST} == {}
