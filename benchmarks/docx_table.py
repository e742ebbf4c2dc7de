"""How long a table of 2,000 rows with merged cells takes to read, beside zip + lxml on the same file.

    python benchmarks/docx_table.py [ROWS]

Prints one line for each of two writers: one that states every property with every run, as Word and WPS do, and one
that writes the bare minimum. Exit status 1 where reading takes more than three times as long as unpacking and parsing.
"""

from __future__ import annotations

import io
import sys
import time
import zipfile
from collections.abc import Callable

from lxml import etree

from wpparse.blocks import Source, Table
from wpparse.readers.docx.reader import read_docx
from wpparse.readers.options import ReadOptions

LIMIT = 3.0
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RUN = '<w:rPr><w:rFonts w:hint="eastAsia" w:ascii="仿宋_GB2312" w:eastAsia="仿宋_GB2312"/><w:sz w:val="21"/></w:rPr>'
PARAGRAPH = '<w:pPr><w:jc w:val="center"/></w:pPr>'


def make(rows: int, *, rich: bool) -> bytes:
    """A table of five columns; the second is merged over five rows each, the last two over ten."""
    body = []
    for row in range(rows):
        cells = (
            (str(row + 1), None),
            (f"重点任务{row // 5 + 1}", row % 5 == 0),
            (f"推进政务公开标准化规范化建设第{row + 1}项，按要求完成年度任务。", None),
            ("县政府办公室、县司法局", row % 10 == 0),
            (f"2024年{row // 10 % 12 + 1}月底前", row % 10 == 0),
        )
        body.append(f"<w:tr>{''.join(cell(text, first, rich=rich) for text, first in cells)}</w:tr>")
    grid = '<w:gridCol w:w="1700"/>' * 5
    xml = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document xmlns:w="{NAMESPACE}"><w:body><w:tbl>'
        f"<w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(body)}</w:tbl></w:body></w:document>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", xml)
    return out.getvalue()


def cell(text: str, first: bool | None, *, rich: bool) -> str:
    """A cell; ``first`` says whether a vertical merge starts or goes on here, None for a cell by itself."""
    merge = "" if first is None else '<w:vMerge w:val="restart"/>' if first else "<w:vMerge/>"
    align = '<w:vAlign w:val="center"/>' if rich else ""
    run = f"<w:r>{RUN if rich else ''}<w:t>{text}</w:t></w:r>" if first is not False else ""
    paragraph = f"<w:p>{PARAGRAPH if rich else ''}{run}</w:p>"
    return f'<w:tc><w:tcPr><w:tcW w:w="1700" w:type="dxa"/>{merge}{align}</w:tcPr>{paragraph}</w:tc>'


def best(call: Callable[[], object], times: int = 9) -> float:
    """Milliseconds of processor time, the least of several runs."""
    results = []
    for _ in range(times):
        started = time.process_time()
        call()
        results.append(time.process_time() - started)
    return min(results) * 1000


def main() -> int:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    worst = 0.0
    for name, rich in (("as Word writes", True), ("bare minimum", False)):
        data = make(rows, rich=rich)

        def floor(data: bytes = data) -> object:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                return etree.fromstring(archive.read("word/document.xml"))

        def reading(data: bytes = data) -> object:
            return read_docx(data, Source("benchmark", "docx", ""), ReadOptions())

        (table,) = read_docx(data, Source("benchmark", "docx", ""), ReadOptions()).blocks
        assert isinstance(table, Table)
        assert (table.rows, table.columns) == (rows, 5)
        least, taken = best(floor), best(reading)
        worst = max(worst, taken / least)
        print(f"{name}: {rows} rows, zip + lxml {least:.1f} ms, wpparse {taken:.1f} ms, ratio {taken / least:.2f}")
    return int(worst > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
