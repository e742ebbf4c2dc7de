"""What a file is, told by its content; a format that is not read gets a message that says what to do."""

from __future__ import annotations

import io
import zipfile
import zlib
from contextlib import suppress
from typing import Final

from wpparse.errors import EncryptedFile, UnreadableFile, UnsupportedFormat
from wpparse.messages import register

register(
    {
        "encrypted-office": (
            "文件设置了打开密码：请在 Word 或 WPS 中去除密码，另存为 .docx 后再试",
            "the file is protected by a password: remove it in Word or WPS, save as .docx and try again",
        ),
        "damaged-archive": (
            "文件不完整或已损坏（可能是下载中断）：请重新获取，或用 Word、WPS 打开修复后另存为 .docx",
            "the file is incomplete or damaged (an interrupted download?): fetch it again, "
            "or let Word or WPS repair it and save it as .docx",
        ),
        "unsupported-spreadsheet": (
            "这是电子表格（{kind}），不是公文：请将正文或任务表复制到 Word，存为 .docx 后再试",
            "this is a spreadsheet ({kind}), not a circular: copy its text or table into Word and save it as .docx",
        ),
        "unsupported-slides": (
            "这是演示文稿（{kind}），不是公文：请提供 .docx、.pdf 或 .txt 文件",
            "these are slides ({kind}), not a circular: .docx, .pdf and .txt files are read",
        ),
        "unsupported-ofd": (
            "不支持 OFD 版式文件：请用 OFD 阅读器导出或打印为 PDF 后再试",
            "OFD files are not read: export or print the file as PDF in an OFD reader",
        ),
        "unsupported-odf": (
            "不支持 OpenDocument 文件（{kind}）：请用 LibreOffice 或 WPS 另存为 .docx 后再试",
            "OpenDocument files ({kind}) are not read: save the file as .docx in LibreOffice or WPS",
        ),
        "unsupported-html": (
            "这是网页文件（HTML），扩展名可能有误：请用 Word 打开后另存为 .docx，或将正文存为 .txt 后再试",
            "this is a web page (HTML), whatever its name says: open it in Word and save it as .docx, or its text as .txt",
        ),
        "unsupported-word-xml": (
            "这是 Word XML 文件：请用 Word 打开后另存为 .docx 再试",
            "this is a Word XML file: open it in Word and save it as .docx",
        ),
        "unsupported-archive": (
            "这是压缩包（{kind}），不是公文：请先解压，再解析其中的文件",
            "this is an archive ({kind}), not a circular: unpack it and parse the files in it",
        ),
        "unsupported-binary": (
            "无法识别的二进制文件：请用原软件打开，另存为 .docx、.pdf 或 .txt 后再试",
            "the file is in no known format: open it in the program that made it and save it as .docx, .pdf or .txt",
        ),
    }
)

_OLE2: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_IMAGES: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"BM", b"GIF8")
_ARCHIVES: Final = {b"Rar!\x1a\x07": "RAR", b"7z\xbc\xaf\x27\x1c": "7z", b"\x1f\x8b\x08": "gzip", b"BZh": "bzip2"}
_MARKUP: Final = (b"<!doctype html", b"<html", b"<head", b"<body", b"<table", b"<meta ")
_SECTOR: Final = 512
_FIB_MAGIC: Final = b"\xec\xa5"
_FIB_ENCRYPTED: Final = 0x01


def detect(data: bytes, name: str) -> str:
    """``docx``, ``doc`` (Word 97-2003, WPS), ``rtf``, ``pdf``, ``image`` or ``txt``.

    Raises :class:`UnsupportedFormat` for a known format that is not read, saying what to do instead.
    """
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_ZIP):
        return _detect_zip(data)
    if data.startswith(_OLE2):
        return _detect_ole2(data)
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if data.startswith(_IMAGES) and not _is_text_like(data):
        return "image"
    for magic, kind in _ARCHIVES.items():
        if data.startswith(magic):
            raise UnsupportedFormat("unsupported-archive", kind=kind)
    _refuse_markup(head)
    if zipfile.is_zipfile(io.BytesIO(data)) and data.count(b"\0", 0, 4096):
        return _detect_zip(data)
    if _is_binary(data):
        raise UnsupportedFormat("unsupported-binary")
    return "txt"


def _detect_zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {name.replace("\\", "/").lstrip("/").lower() for name in archive.namelist()}
            kind = _peek(archive, "mimetype", 100).decode("ascii", "replace").strip()
            types = _peek(archive, "[content_types].xml", 2**20)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise UnreadableFile("damaged-archive") from error
    if b"wordprocessingml" in types or any(name.startswith("word/") for name in names):
        return "docx"
    if any(name.startswith("xl/") for name in names):
        raise UnsupportedFormat("unsupported-spreadsheet", kind=".xlsx")
    if any(name.startswith("ppt/") for name in names):
        raise UnsupportedFormat("unsupported-slides", kind=".pptx")
    if "ofd.xml" in names:
        raise UnsupportedFormat("unsupported-ofd")
    if kind.startswith("application/vnd.oasis.opendocument"):
        raise UnsupportedFormat("unsupported-odf", kind="." + {"text": "odt"}.get(kind.rpartition(".")[2], "ods"))
    raise UnsupportedFormat("unsupported-archive", kind="ZIP")


def _peek(archive: zipfile.ZipFile, name: str, size: int) -> bytes:
    """The first bytes of a part, its name in lower case; nothing where it is missing, damaged or encrypted."""
    for entry in archive.infolist():
        if entry.filename.lower().lstrip("/\\") == name:
            with (
                suppress(zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError),
                archive.open(entry) as stream,
            ):
                return stream.read(size)
    return b""


def _detect_ole2(data: bytes) -> str:
    if _names(data, "EncryptedPackage"):
        raise EncryptedFile("encrypted-office")
    if _names(data, "Workbook") or _names(data, "Book"):
        raise UnsupportedFormat("unsupported-spreadsheet", kind=".xls / .et")
    if _names(data, "PowerPoint Document"):
        raise UnsupportedFormat("unsupported-slides", kind=".ppt / .dps")
    if not _names(data, "WordDocument"):
        raise UnsupportedFormat("unsupported-binary")
    # The file information block stands at the start of a sector; a flag in it tells an encrypted document
    # ([MS-DOC] 2.5.2, fEncrypted).
    for at in range(_SECTOR, min(len(data), 64 * _SECTOR), _SECTOR):
        if data.startswith(_FIB_MAGIC, at) and len(data) > at + 11 and data[at + 11] & _FIB_ENCRYPTED:
            raise EncryptedFile("encrypted-office")
    return "doc"


def _names(data: bytes, stream: str) -> bool:
    """Whether a stream of this name stands in the directory ([MS-CFB] 2.6.1): name, padding, its length in bytes."""
    name = stream.encode("utf-16-le") + b"\0\0"
    entry = name.ljust(64, b"\0") + len(name).to_bytes(2, "little")
    return entry in data


def _refuse_markup(head: bytes) -> None:
    if head.startswith(_MARKUP) or (head.startswith(b"<?xml") and b"<html" in head):
        raise UnsupportedFormat("unsupported-html")
    if head.startswith(b"mime-version:") and b"multipart/related" in head:
        raise UnsupportedFormat("unsupported-html")
    if head.startswith(b"<?xml") and (b"word.document" in head or b"w:worddocument" in head or b"pkg:package" in head):
        raise UnsupportedFormat("unsupported-word-xml")


def _is_text_like(data: bytes) -> bool:
    """Whether bytes that begin like a bitmap (BM) are the start of a text."""
    return data.startswith(b"BM") and b"\0" not in data[:64]


def _is_binary(data: bytes) -> bool:
    """Whether the bytes are no text in any encoding: zero bytes that are not those of UTF-16 or UTF-32."""
    head = data[:4096]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" not in head:
        return False
    from wpparse.readers.text.encoding import is_wide  # only a file with zero bytes needs it

    if is_wide(head[: len(head) // 2 * 2]):
        return False
    return not (head[0::2].count(0) > len(head) // 8 or head[1::2].count(0) > len(head) // 8) or _noise(head)


def _noise(head: bytes) -> bool:
    """Whether control characters abound that no text holds."""
    controls = sum(head.count(bytes((c,))) for c in (*range(1, 9), *range(14, 27)))
    return controls > len(head) // 20
