"""Archives and letters: what they hold is converted one by one, however it is named and nested."""

from __future__ import annotations

import gzip
import io
import json
import random
import subprocess
import sys
import tarfile
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.test_samples import SAMPLES
from wpparse.batch.containers import kind_of, members
from wpparse.batch.inputs import Walk
from wpparse.batch.origins import Origin
from wpparse.errors import UnsupportedFormat, WpparseError
from wpparse.pipeline import read_document

TEXT = (SAMPLES / "石桥镇防汛抗旱工作方案.txt").read_bytes()
WORD = (SAMPLES / "石桥镇防汛抗旱工作方案.docx").read_bytes()


def zipped(**files: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "."), data)
    return stream.getvalue()


def tarred(**files: bytes) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name.replace("__", "."))
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return stream.getvalue()


def letter() -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@qinglan.example", "b@qinglan.example", "方案"
    message.set_content("请查收。")
    message.add_alternative("<html><body><p>请查收。</p></body></html>", subtype="html")
    message.add_attachment(WORD, maintype="application", subtype="octet-stream", filename="防汛方案.docx")
    message.add_attachment(zipped(内层__txt=TEXT), maintype="application", subtype="zip", filename="附件.zip")
    return message.as_bytes()


def found(data: bytes, path: Path) -> dict[str, bytes]:
    path.write_bytes(data)
    return {one.key: Origin.from_json(one.origin.to_json()).read() for one in Walk([str(path)])}


def test_nested(tmp_path: Path) -> None:
    data = zipped(甲__txt=TEXT, 乙__zip=zipped(丙__docx=WORD, 丁__tar=tarred(戊__txt=TEXT)), 图__jpg=b"x")
    assert found(data, tmp_path / "a.zip") == {"甲.txt": TEXT, "乙.zip/丙.docx": WORD, "乙.zip/丁.tar/戊.txt": TEXT}


def test_told_by_content(tmp_path: Path) -> None:
    assert found(gzip.compress(tarred(甲__txt=TEXT)), tmp_path / "a.bin") == {"甲.txt": TEXT}
    assert found(zipped(甲__txt=TEXT), tmp_path / "b.bin") == {"甲.txt": TEXT}
    assert found(WORD, tmp_path / "c.zip") == {"c.zip": WORD}
    assert kind_of(WORD) is None
    assert kind_of(TEXT) is None


def test_letter(tmp_path: Path) -> None:
    held = found(letter(), tmp_path / "信.eml")
    assert set(held) == {"正文.html", "防汛方案.docx", "附件.zip/内层.txt"}
    assert held["防汛方案.docx"] == WORD
    assert held["附件.zip/内层.txt"] == TEXT


@pytest.mark.parametrize("charset", ["gb2312", "x-gbk", "GBK"])
def test_names_in_letters(charset: str) -> None:
    from base64 import b64encode

    name = b64encode("关于朱镕基的通知.txt".encode("gb18030")).decode()
    data = (
        f"To: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n"
        f'Content-Type: text/plain; name="=?{charset}?B?{name}?="\r\nContent-Transfer-Encoding: base64\r\n'
        f'Content-Disposition: attachment; filename="=?{charset}?B?{name}?="\r\n\r\n{b64encode(TEXT).decode()}\r\n--x--\r\n'
    ).encode()
    assert [(member.name, member.read(None)) for member in members(data)] == [("关于朱镕基的通知.txt", TEXT)]


def test_without_a_folder_the_message_says_what_to_do() -> None:
    for data in (zipped(甲__txt=TEXT), tarred(甲__txt=TEXT), letter()):
        with pytest.raises(UnsupportedFormat, match="-o"):
            read_document(data)


def test_on_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "notice.zip").write_bytes(zipped(甲__txt=TEXT, 乙__eml=letter()))
    subprocess.run(
        [sys.executable, "-m", "wpparse", "notice.zip", "-o", "out", "--format", "json"],
        cwd=tmp_path, check=False, capture_output=True,
    )  # fmt: skip
    names = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.json")}
    assert {"甲.json", "乙.eml/防汛方案.json", "乙.eml/附件.zip/内层.json"} <= names
    assert json.loads((tmp_path / "out" / "甲.json").read_text(encoding="utf-8"))["tasks"]


def test_mutants() -> None:
    originals = [
        zipped(甲__txt=TEXT, 乙__zip=zipped(丙__txt=TEXT)),
        gzip.compress(tarred(甲__txt=TEXT)),
        letter(),
        tarred(乙__txt=TEXT),
    ]
    for number in range(200):
        rng = random.Random(number)
        data = bytearray(originals[number % 4])
        for _ in range(rng.choice((1, 5, 40))):
            data[rng.randrange(len(data))] = rng.randrange(256)
        try:
            for member in members(bytes(data)):
                try:
                    assert isinstance(member.read(None), bytes)
                except WpparseError as error:
                    assert error.render("en")
        except WpparseError as error:
            assert error.render("en")
