"""Damaged Word files: only a Document or a WpparseError comes out, soon and in little memory."""

from __future__ import annotations

import io
import random
import re
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from tests.docx_builder import abstract, archive, level, num, p, package, part, r, style, tbl, tc, tr
from wpparse.blocks import Document
from wpparse.errors import WpparseError
from wpparse.pipeline import read_document

SECONDS = 5.0
MEGABYTES = 500
VALUES = (
    "",
    "0",
    "-1",
    "1",
    "99999999999",
    "2147483648",
    "NaN",
    "1e999",
    "auto",
    "restart",
    "bullet",
    "custom",
    "%1%2%3%9",
    "甲",
    "\U0001f600",
)


def sample() -> dict[str, bytes]:
    """A document that uses every feature of the reader."""
    box = f"<w:txbxContent>{p('青岚县人民政府文件')}</w:txbxContent>"
    drawing = f"<w:drawing><wp:anchor><a:graphic><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></a:graphic></wp:anchor></w:drawing>"
    pict = f"<w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict>"
    both = f'<mc:Choice Requires="wps">{drawing}</mc:Choice><mc:Fallback>{pict}</mc:Fallback>'
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>目录</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    equation = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>eq \\o\\ac(○,3)</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    head = tr(tc("任务", merge="restart"), tc("单位", span=2), properties="<w:tblHeader/>")
    rows = [
        tr(tc(p(num=(1, 0)), merge="restart"), tc("甲", width=900), "乙"),
        tr(tc(merge="continue"), "丙", tc(tbl(tr("内")))),
    ]
    blocks = [
        p(f"<w:r><mc:AlternateContent>{both}</mc:AlternateContent></w:r>"),
        p(field),
        p(r("总体要求", "<w:b/>"), equation, style="Head"),
        *(p(r(f"第{n}项", '<w:rFonts w:eastAsia="仿宋"/><w:sz w:val="32"/>'), num=(n % 3, n % 2)) for n in range(6)),
        p(r("主管部门"), '<w:r><w:footnoteReference w:id="2"/></w:r>', "<w:r><w:br/></w:r>", r("落实")),
        f"<w:sdt><w:sdtPr/><w:sdtContent>{p('控件', mark='<w:vanish/>')}</w:sdtContent></w:sdt>",
        p(
            '<w:ins w:id="1" w:author="x"><w:r><w:t>插入</w:t></w:r></w:ins><w:del w:id="2"><w:r><w:delText>删</w:delText></w:r></w:del>'
        ),
        tbl(head, *rows, tr("一", "二", "三", properties='<w:gridAfter w:val="1"/>'), grid=(900, 900, 900)),
        tbl(*rows, grid=(900, 40, 900)),
    ]
    numbering = abstract(
        1, level(0, "chineseCounting", "%1、"), level(1, "decimal", "%1.%2", more='<w:lvlRestart w:val="0"/>')
    )
    numbering += abstract(2, more='<w:numStyleLink w:val="L"/>')
    numbering += num(1, 1) + num(2, 1, {0: '<w:startOverride w:val="3"/>'}) + num(3, 2)
    styles = style("Head", based_on="Base", ppr='<w:numPr><w:numId w:val="1"/></w:numPr>') + style("Base", rpr="<w:b/>")
    styles += style("L", kind="numbering", ppr='<w:numPr><w:numId w:val="1"/></w:numPr>')
    notes = f'<w:footnote w:id="2">{p("注")}</w:footnote>'
    data = package(*blocks, numbering=numbering, styles=styles, parts={"word/footnotes.xml": part("footnotes", notes)})
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return {name: source.read(name) for name in source.namelist()}


def _flip(rng: random.Random, parts: dict[str, bytes]) -> bytes:
    data = bytearray(archive(parts))
    for _ in range(rng.choice((1, 2, 8, 40))):
        data[rng.randrange(len(data))] = rng.randrange(256)
    return bytes(data)


def _cut_file(rng: random.Random, parts: dict[str, bytes]) -> bytes:
    data = archive(parts)
    start = rng.randrange(len(data))
    return data[:start] + data[min(len(data), start + rng.choice((1, 30, 10_000))) :]


def _drop(rng: random.Random, parts: dict[str, bytes]) -> bytes:
    gone = set(rng.sample(sorted(parts), rng.randint(1, 3)))
    return archive({name: data for name, data in parts.items() if name not in gone})


def _swap(rng: random.Random, parts: dict[str, bytes]) -> bytes:
    one, two = rng.sample(sorted(parts), 2)
    return archive(parts | {one: parts[two], two: rng.choice((parts[one], b"", b"\0" * 100))})


def _cut_xml(rng: random.Random, parts: dict[str, bytes]) -> bytes:
    name = rng.choice(sorted(parts))
    data = parts[name]
    start = rng.randrange(len(data))
    return archive(parts | {name: data[:start] + data[min(len(data), start + rng.choice((1, 5, 200, 100_000))) :]})


def _flip_xml(rng: random.Random, parts: dict[str, bytes]) -> bytes:
    name = rng.choice(sorted(parts))
    data = bytearray(parts[name])
    for _ in range(rng.choice((1, 3))):
        data[rng.randrange(len(data))] = rng.choice(b'<>"/&= w:aA0\x00\xff')
    return archive(parts | {name: bytes(data)})


def _change_values(rng: random.Random, parts: dict[str, bytes]) -> bytes:
    name = rng.choice([n for n in sorted(parts) if n.startswith("word/") and "rels" not in n])
    text = parts[name].decode()
    values = list(re.finditer(r'(w:\w+)="([^"]*)"', text))
    for match in sorted(rng.sample(values, min(len(values), rng.choice((1, 3, 10)))), key=lambda m: -m.start()):
        text = text[: match.start(2)] + rng.choice(VALUES) + text[match.end(2) :]
    return archive(parts | {name: text.encode()})


def _move_elements(rng: random.Random, parts: dict[str, bytes]) -> bytes:
    name = rng.choice([n for n in sorted(parts) if n.startswith("word/") and "rels" not in n])
    text = parts[name].decode()
    for _ in range(rng.choice((1, 2, 5))):
        elements = list(re.finditer(r"<(w:\w+)(?: [^>]*)?(?:/>|>(?:(?!<\1[ >]).)*?</\1>)", text))
        if not elements:
            break
        match = rng.choice(elements)
        place = rng.choice(elements).start()
        rest = text[: match.start()] + text[match.end() :] if rng.random() < 0.5 else text
        text = rest[:place] + match.group() * rng.choice((0, 1, 2, 30)) + rest[place:]
    return archive(parts | {name: text.encode()})


def _rename(rng: random.Random, parts: dict[str, bytes]) -> bytes:
    name = rng.choice([n for n in sorted(parts) if n.startswith("word/") and "rels" not in n])
    text = parts[name].decode()
    tags = sorted(set(re.findall(r"w:\w+", text)))
    one, two = rng.choice(tags), rng.choice(tags)
    return archive(parts | {name: re.sub(rf"{one}\b", two, text).encode()})


MUTATIONS = (_flip, _cut_file, _drop, _swap, _cut_xml, _flip_xml, _change_values, _move_elements, _rename)


def run(first: int, count: int) -> dict[str, int]:
    """Read mutants by their numbers; counts of documents and of each error's code."""
    parts = sample()
    seen: dict[str, int] = {}
    for number in range(first, first + count):
        rng = random.Random(number)
        data = MUTATIONS[number % len(MUTATIONS)](rng, parts)
        started = time.monotonic()
        try:
            found = read_document(data)
        except WpparseError as error:
            outcome = error.code
            assert error.render("zh"), number
            assert error.render("en"), number
        else:
            assert isinstance(found, Document), number
            outcome = "document"
        assert time.monotonic() - started < SECONDS, number
        seen[outcome] = seen.get(outcome, 0) + 1
    return seen


def test_the_sample_itself_is_read_whole() -> None:
    found = read_document(archive(sample()))
    assert not found.remarks
    assert len(found.blocks) > 10


def test_mutants() -> None:
    seen = run(0, 540)
    assert seen["document"] > 200
    assert sum(seen.values()) == 540


@pytest.mark.slow
def test_many_mutants_in_bounded_memory() -> None:
    code = (
        "import resource; from tests.test_docx_mutations import run; print(run(1000, 4000));"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    )
    root = Path(__file__).resolve().parents[1]
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, timeout=900, check=True
    )
    seen, megabytes = done.stdout.splitlines()
    assert "document" in seen
    assert int(megabytes) < MEGABYTES
