"""What shows at a glance at the bytes of a file, for telling its format."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from contextlib import suppress
from functools import cached_property
from typing import Final

from wpparse.errors import UnreadableFile
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
        "unsupported-odf": (
            "不支持 OpenDocument 文件（{kind}）：请用 LibreOffice 或 WPS 另存为 .docx 后再试",
            "OpenDocument files ({kind}) are not read: save the file as .docx in LibreOffice or WPS",
        ),
        "unsupported-word-xml": (
            "这是 Word XML 文件：请用 Word 打开后另存为 .docx 再试",
            "this is a Word XML file: open it in Word and save it as .docx",
        ),
        "unsupported-archive": (
            "这是压缩包或邮件（{kind}），其中的文件会逐一转换：请用 -o 指定输出文件夹",
            "this is an archive or a letter ({kind}); what it holds is converted one by one: name an output folder with -o",
        ),
        "unsupported-packer": (
            "这是压缩包（{kind}），不是公文：请先解压，再解析其中的文件",
            "this is an archive ({kind}), not a circular: unpack it and parse the files in it",
        ),
        "damaged-mail": ("邮件已损坏，无法读取", "the letter is damaged and cannot be read"),
        "unsupported-binary": (
            "无法识别的二进制文件：请用原软件打开，另存为 .docx、.pdf 或 .txt 后再试",
            "the file is in no known format: open it in the program that made it and save it as .docx, .pdf or .txt",
        ),
    }
)

_OLE2: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_PICTURES: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"BM", b"GIF8")
_PACKERS: Final = {b"Rar!\x1a\x07": "RAR", b"7z\xbc\xaf\x27\x1c": "7z", b"\x1f\x8b\x08": "gzip", b"BZh": "bzip2"}
_AHEAD: Final = re.compile(rb"(?:\s|<!--.{0,4000}?-->|<\?xml[^>]*>|<!doctype html[^>]*>)*", re.DOTALL)
_PAGE: Final = re.compile(rb"<(?:html|head|body|meta|title|link|script|style|base|ucapcontent)\b")
_PIECE: Final = re.compile(rb"<(?:div|p|span|table|center|font|section|article|h[1-6]|img)\b[^<>]*>")
"""With what a piece of a page may begin; so may a text in Markdown."""
_CLOSED: Final = re.compile(rb"(?i)</(?:p|div|td|span|h[1-6])\s*>|<br\b")
_MARKDOWN: Final = re.compile(rb"^(?:#{1,6} |\||[-*+] |```)", re.MULTILINE)
_FEWEST_CLOSED: Final = 3
_FIELD: Final = re.compile(rb"[a-z][a-z0-9-]{1,40}:[^\n]*\n")
_LETTER: Final = re.compile(rb"^(?:to|received|delivered-to|message-id|reply-to|x-mailer):", re.MULTILINE)

_LOOK: Final = 2**16
"""Bytes at the start of a file that are looked at for what has no sign of its own."""


class Glance:
    """The bytes of a file, and what they show on the outside; each look is taken once, when it is asked for."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    @cached_property
    def head(self) -> bytes:
        """The first bytes in lower case, without a byte-order mark and blanks."""
        return self.data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()

    # ZIP archives

    @cached_property
    def is_zip(self) -> bool:
        """A ZIP archive, also one behind other bytes (a program that unpacks itself)."""
        if self.data.startswith(_ZIP):
            return True
        if not self.data.count(b"\0", 0, 4096) or self.is_ole2 or self.is_picture or self.packer:
            return False
        markup = self.head.startswith(b"{\\rtf") or self.is_page_of_web or self.is_word_xml
        return not markup and zipfile.is_zipfile(io.BytesIO(self.data))

    @cached_property
    def names(self) -> frozenset[str]:
        """The names in a ZIP archive, in lower case. Raises :class:`UnreadableFile` where it is damaged."""
        return self._parts[0]

    @property
    def mimetype(self) -> str:
        """What an archive says that it is (OpenDocument, EPUB); empty where it does not."""
        return self._parts[1].decode("ascii", "replace").strip()

    @property
    def types(self) -> bytes:
        """The content types of a package of Office Open XML."""
        return self._parts[2]

    def holds(self, folder: str) -> bool:
        """Whether an archive has something in a folder (``word/``)."""
        return any(name.startswith(folder) for name in self.names)

    @cached_property
    def _parts(self) -> tuple[frozenset[str], bytes, bytes]:
        if not self.is_zip:
            return frozenset(), b"", b""
        try:
            with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
                names = frozenset(name.replace("\\", "/").lstrip("/").lower() for name in archive.namelist())
                return names, _peek(archive, "mimetype", 100), _peek(archive, "[content_types].xml", 2**20)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
            raise UnreadableFile("damaged-archive") from error

    # OLE2 compound files

    @property
    def is_ole2(self) -> bool:
        """A compound file, as Word 97-2003 and WPS write them."""
        return self.data.startswith(_OLE2)

    def has_stream(self, stream: str) -> bool:
        """Whether a stream of this name stands in the directory ([MS-CFB] 2.6.1): name, padding, its length in bytes."""
        if not self.is_ole2:
            return False
        name = stream.encode("utf-16-le") + b"\0\0"
        return name.ljust(64, b"\0") + len(name).to_bytes(2, "little") in self.data

    # What else begins with a sign of its own

    @property
    def is_picture(self) -> bool:
        """A picture; a text may begin like a bitmap (BM)."""
        return self.data.startswith(_PICTURES) and not (self.data.startswith(b"BM") and b"\0" not in self.data[:64])

    @property
    def is_tar(self) -> bool:
        """A .tar archive that is not packed."""
        return self.data[257:262] == b"ustar"

    @property
    def packer(self) -> str:
        """What packed an archive that is no ZIP archive; empty for every other file."""
        return next((packer for sign, packer in _PACKERS.items() if self.data.startswith(sign)), "")

    @cached_property
    def is_page_of_web(self) -> bool:
        """HTML: a page, or a piece of one that is no text in Markdown."""
        head = self.data[:_LOOK]
        if head.startswith((b"\xff\xfe", b"\xfe\xff")):
            head = head.decode("utf-16", "ignore").encode("utf-8", "ignore")
        head = head.lstrip(b"\xef\xbb\xbf").lower()
        ahead = _AHEAD.match(head)
        start = ahead.end() if ahead is not None else 0
        if _PAGE.match(head, start) or b"<!doctype html" in head[:start]:
            return True
        if head.startswith(b"<?xml") or not _PIECE.match(head, start):
            return False
        return len(_CLOSED.findall(head)) >= _FEWEST_CLOSED and _MARKDOWN.search(head) is None

    @cached_property
    def _fields(self) -> bytes:
        """The fields at the start of a message (RFC 5322), in lower case; empty where the file begins otherwise."""
        head = self.data[:_LOOK].lstrip(b"\xef\xbb\xbf \t\r\n").lower().replace(b"\r", b"")
        fields = head.partition(b"\n\n")[0] + b"\n"
        signs = b"content-type:" in fields or b"mime-version:" in fields or b"\nsubject:" in fields
        return fields if signs and _FIELD.match(fields) else b""

    @property
    def is_web_archive(self) -> bool:
        """A page with its pictures in one file (MHTML)."""
        fields = self._fields
        if _LETTER.search(fields):
            return False
        return b"content-type: multipart/related" in fields or (
            b"content-type:" in fields and (b"text/html" in fields or b"snapshot-content-location:" in fields)
        )

    @property
    def is_mail(self) -> bool:
        """A letter with what is attached to it (.eml)."""
        return bool(self._fields) and not self.is_web_archive

    @property
    def is_word_xml(self) -> bool:
        """A Word document as a single XML file."""
        return self.head.startswith(b"<?xml") and any(
            sign in self.head for sign in (b"word.document", b"w:worddocument", b"pkg:package")
        )

    @property
    def is_binary(self) -> bool:
        """No text in any encoding: zero bytes that are not those of UTF-16 or UTF-32."""
        head = self.data[:4096]
        if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" not in head:
            return False
        from wpparse.readers.encoding import is_wide  # only a file with zero bytes needs it

        if is_wide(head[: len(head) // 2 * 2]):
            return False
        return not (head[0::2].count(0) > len(head) // 8 or head[1::2].count(0) > len(head) // 8) or _noise(head)


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


def _noise(head: bytes) -> bool:
    """Whether control characters abound that no text holds."""
    controls = sum(head.count(bytes((c,))) for c in (*range(1, 9), *range(14, 27)))
    return controls > len(head) // 20
