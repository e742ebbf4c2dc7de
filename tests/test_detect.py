"""What a file is, told by its content, and what a user is told to do with a file that is not read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docx_builder import archive, p, package
from wpparse.errors import EncryptedFile, UnreadableFile, UnsupportedFormat, WpparseError
from wpparse.pipeline import read_document
from wpparse.readers.registry import find

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def ole2(*streams: str, encrypted: bool = False) -> bytes:
    """A header, a sector with a file information block, and a directory with these streams."""
    block = b"\xec\xa5" + bytes(9) + (b"\x01" if encrypted else b"\x10")
    directory = b"".join(
        (raw := (name + "\0").encode("utf-16-le")).ljust(64, b"\0") + len(raw).to_bytes(2, "little") + bytes(62)
        for name in ("Root Entry", *streams)
    )
    return OLE2.ljust(512, b"\0") + block.ljust(512, b"\0") + directory


READ = {
    "docx": (package(p("甲")), "docx"),
    "docx under another name": (package(p("甲")), "docx"),
    "docx in another folder": (
        archive({"[Content_Types].xml": '<x ContentType="wordprocessingml"/>', "d/document.xml": "x"}),
        "docx",
    ),
    "doc": (ole2("WordDocument", "1Table"), "doc"),
    "rtf": (b"{\\rtf1\\ansi x}", "rtf"),
    "pdf": (b"%PDF-1.7\n", "pdf"),
    "pdf after noise": (b"\0\0noise%PDF-1.4\n", "pdf"),
    "png": (b"\x89PNG\r\n\x1a\nxxxx", "image"),
    "jpeg": (b"\xff\xd8\xff\xe0xxxx", "image"),
    "bitmap": (b"BM\x36\x00\x00\x00\x00\x00", "image"),
    "text that begins like a bitmap": ("BM项目工作方案".encode(), "txt"),
    "utf-8": ("关于印发工作方案的通知".encode(), "txt"),
    "gb18030": ("关于印发工作方案的通知".encode("gb18030"), "txt"),
    "utf-16": ("关于印发工作方案的通知".encode("utf-16"), "txt"),
    "utf-16 without a mark": ("Notice 2024 关于".encode("utf-16-le"), "txt"),
    "text that speaks of html": ("见 <html> 标签".encode(), "txt"),
}


@pytest.mark.parametrize("name", READ)
def test_told_by_content(name: str) -> None:
    data, expected = READ[name]
    assert find(data).name == expected


REFUSED: dict[str, tuple[bytes, type[WpparseError], str]] = {
    "pptx": (archive({"ppt/presentation.xml": ""}), UnsupportedFormat, "演示文稿"),
    "zip": (archive({"a.docx": b"x"}), UnsupportedFormat, "-o"),
    "rar": (b"Rar!\x1a\x07\x01\x00", UnsupportedFormat, "RAR"),
    "damaged zip": (b"PK\x03\x04" + bytes(50), UnreadableFile, ""),
    "encrypted docx": (ole2("EncryptedPackage", "EncryptionInfo"), EncryptedFile, "密码"),
    "ppt": (ole2("PowerPoint Document"), UnsupportedFormat, "演示文稿"),
    "other compound file": (ole2("Contents"), UnsupportedFormat, "另存为"),
    "word xml": (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>', UnsupportedFormat, "XML"),
    "binary": (bytes(range(256)) * 20, UnsupportedFormat, "另存为"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_advice(name: str) -> None:
    data, kind, words = REFUSED[name]
    with pytest.raises(kind) as caught:
        find(data)
    assert words in caught.value.render("zh")
    assert caught.value.render("en").isascii()


def test_what_only_libreoffice_reads_without_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnreadableFile, match=r"另存为 \.docx"):
        read_document(ole2("WordDocument"))
    with pytest.raises(UnsupportedFormat, match=r"另存为 \.docx"):
        read_document(b"{\\rtf1 x}")


def fake_office(folder: Path, script: str) -> None:
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)


def test_old_word_through_libreoffice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    ready = tmp_path / "ready.docx"
    ready.write_bytes(package(p("各镇人民政府：")))
    fake_office(tmp_path, f'/bin/mkdir -p out; /bin/cp "{ready}" out/given.docx')
    monkeypatch.setenv("PATH", str(tmp_path))
    document = read_document(ole2("WordDocument"), name="通知.wps")
    assert (document.source.format, document.source.name) == ("doc", "通知.wps")
    assert len(document.blocks) == 1


@pytest.mark.parametrize("script", ["exit 1", "exit 0", "/bin/mkdir -p out; echo x > out/given.docx"])
def test_libreoffice_that_fails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str) -> None:
    fake_office(tmp_path, script)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnreadableFile):
        read_document(b"{\\rtf1 x}")


def test_libreoffice_that_hangs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fake_office(tmp_path, "/bin/sleep 60 & /bin/sleep 60")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("wpparse.readers.doc.office.TIMEOUT", 0.3)
    with pytest.raises(WpparseError, match="超时"):
        read_document(ole2("WordDocument"))
