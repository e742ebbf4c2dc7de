"""A new format is one folder and one entry: the one of CONTRIBUTING.md is added and read, exactly as it stands there."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import wpparse
from wpparse.batch.inputs import Walk
from wpparse.blocks import Document
from wpparse.late import load
from wpparse.page import Pages, Text
from wpparse.readers import registry
from wpparse.readers.registry import FORMATS, Format, Refused, find

ROOT = Path(__file__).resolve().parents[1]
BULLETIN = """BULLETIN 1
=云川省人民政府办公室关于加强政务公开工作的通知
各市人民政府：
一、加强信息公开
（一）及时公开信息。2024年9月底前完成。（责任单位：省发展改革委、各市人民政府）
"""


def chapter() -> list[str]:
    """The Python of the chapter: the reader, the entry."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    text = text[text.index("## A format that is not read") :]
    return re.findall(r"```python\n(.*?)```", text[: text.index("\n## ", 3)], re.S)


@pytest.fixture
def bulletin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Format]:
    reader, entry = chapter()
    folder = tmp_path / "code" / "bulletin"
    folder.mkdir(parents=True)
    (folder / "__init__.py").touch()
    (folder / "reader.py").write_text(reader, encoding="utf-8")
    monkeypatch.setattr("wpparse.readers.__path__", [*sys.modules["wpparse.readers"].__path__, str(folder.parent)])
    made: Format = eval(entry, {"Format": Format})
    monkeypatch.setattr(registry, "FORMATS", (made, *FORMATS))
    yield made
    for name in ("wpparse.readers.bulletin", "wpparse.readers.bulletin.reader"):
        sys.modules.pop(name, None)


def test_a_new_format_is_read(bulletin: Format, tmp_path: Path) -> None:
    plan = wpparse.parse(BULLETIN.encode(), name="公开.bul")
    assert plan.source.format == "bulletin"
    assert plan.header.title == "云川省人民政府办公室关于加强政务公开工作的通知"
    (task,) = plan.tasks
    assert [party.name for party in task.parties] == ["省发展改革委", "各市人民政府"]
    assert [deadline.due for deadline in task.deadlines] == ["2024-09-30"]
    with pytest.raises(wpparse.EmptyFile):
        wpparse.parse(b"BULLETIN 1\n \n")
    assert wpparse.parse(BULLETIN.removeprefix("BULLETIN 1\n").encode()).source.format == "txt"


def test_a_new_format_is_found_in_a_folder(bulletin: Format, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.bul").write_text(BULLETIN, encoding="utf-8")
    assert [found.key for found in Walk([str(tmp_path / "in")])] == ["a.bul"]


def test_without_its_entry_it_is_a_text() -> None:
    assert find(BULLETIN.encode()).name == "txt"


def test_each_entry_is_whole() -> None:
    """Its reader exists, takes bytes, source and options, and says what it gives and loses; names are given once."""
    kinds = {"document": Document, "pages": Pages, "text": Text}
    read = [entry for entry in FORMATS if isinstance(entry, Format)]
    assert len({entry.name for entry in read}) == len(read)
    for entry in read:
        reader = load(entry.reader)
        assert reader.__annotations__["return"] == kinds[entry.gives].__name__, entry.name
        assert entry.lost
        if entry.page:
            assert callable(load(entry.page))
    for entry in FORMATS:
        if isinstance(entry, Refused):
            assert entry.refusal().render("en").isascii()
