"""Word 97-2003 and WPS files, read with no program beside Python."""

from __future__ import annotations

import json
import random
import time
from pathlib import Path

import pytest

from wpparse import parse
from wpparse.blocks import Paragraph
from wpparse.errors import EncryptedFile, TooLarge, UnreadableFile, WpparseError
from wpparse.pipeline import read_document
from wpparse.readers.doc import reader
from wpparse.readers.doc.repair import Formatting

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
TEXT = SAMPLES / "青岚县数字政府建设工作要点.doc"
TABLES = SAMPLES / "青岚县重点项目包保责任表.doc"
REAL = ("bin/005.wps", "bin/009.doc", "bin/040.doc", "bin/048.doc", "wide/w01.doc", "wide/w02.doc", "wide/w03.doc")


@pytest.fixture(autouse=True)
def no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    """LibreOffice takes no part."""
    monkeypatch.setattr(reader, "find_office", lambda: None)


def test_labels_and_emphasis_as_from_docx() -> None:
    old, new = read_document(TEXT), read_document(TEXT.with_suffix(".docx"))
    shown = [
        [(block.label, block.text) for block in document.blocks if isinstance(block, Paragraph)]
        for document in (old, new)
    ]
    assert shown[0] == shown[1]
    assert old.source.format == "doc"
    assert any(label for label, _ in shown[0])


def test_class_id_that_wps_writes() -> None:
    data = bytearray(TEXT.read_bytes())
    data[8:24] = bytes(range(16))
    assert read_document(bytes(data), name="方案.wps").blocks == read_document(TEXT).blocks


def test_table_properties_that_are_cut_off() -> None:
    formatting = Formatting(TABLES.read_bytes())
    mended = formatting.mended()
    assert mended is not None, "LibreOffice writes them so"
    assert Formatting(mended).mended() is None
    assert formatting.runs == Formatting(mended).runs > 20
    assert Formatting(TEXT.read_bytes()).mended() is None


def test_encrypted() -> None:
    data = bytearray(TEXT.read_bytes())
    at = next(at for at in range(512, len(data), 512) if data.startswith(b"\xec\xa5", at))
    data[at + 11] |= 1
    with pytest.raises(EncryptedFile, match="密码"):
        read_document(bytes(data))


def test_word_95_gets_a_clear_line() -> None:
    data = bytearray(TEXT.read_bytes())
    at = next(at for at in range(512, len(data), 512) if data.startswith(b"\xec\xa5", at))
    data[at : at + 4] = b"\xdc\xa5\x68\x00"
    with pytest.raises(UnreadableFile, match="版本过旧"):
        read_document(bytes(data))


def test_too_many_runs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_SMALL", 100)
    monkeypatch.setattr(reader, "_MOST_RUNS", 10)
    with pytest.raises(TooLarge):
        read_document(TEXT)


def test_mutants() -> None:
    originals = [TEXT.read_bytes(), TABLES.read_bytes()]
    seen: dict[str, int] = {}
    for number in range(120):
        rng = random.Random(number)
        data = bytearray(originals[number % 2])
        if number % 3 == 0:
            start = rng.randrange(len(data))
            del data[start : start + rng.choice((1, 512, 10_000))]
        for _ in range(rng.choice((1, 8, 40, 200))):
            data[rng.randrange(len(data))] = rng.randrange(256)
        started = time.monotonic()
        try:
            read_document(bytes(data))
            outcome = "document"
        except WpparseError as error:
            outcome = error.code
            assert error.render("en").isascii()
        assert time.monotonic() - started < 5, number
        seen[outcome] = seen.get(outcome, 0) + 1
    assert seen["document"] > 20
    assert seen["doc-unread"] > 20


@pytest.mark.parametrize("name", REAL)
def test_real_files(shared: Path, name: str) -> None:
    plan = json.loads(parse(shared / "corpus" / name).to_json())
    assert plan["source"]["format"] == "doc"
    assert plan["sections"]
    assert plan["header"]["title"]
    assert "\ufffc" not in json.dumps(plan, ensure_ascii=False)
