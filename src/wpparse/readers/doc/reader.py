"""Word 97-2003 and WPS Writer files ([MS-DOC] in a compound file) → Document, by way of .docx.

msdoc2docx rewrites the file as .docx, which the Word reader reads. LibreOffice, where it is installed, is asked for what
the library refuses.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final, Literal

from wpparse.blocks import Document, Remark, Source
from wpparse.errors import EncryptedFile, TooLarge, UnreadableFile, WpparseError
from wpparse.messages import register
from wpparse.readers.doc.office import convert, find_office
from wpparse.readers.doc.repair import Formatting
from wpparse.readers.docx.reader import read_docx

if TYPE_CHECKING:
    from wpparse.readers.options import ReadOptions

register(
    {
        "doc-unread": (
            "文件不完整、已损坏或版本过旧（Word 6.0/95）：请用 Word 或 WPS 打开，另存为 .docx 后再试",
            "the file is incomplete, damaged or too old (Word 6.0/95): open it in Word or WPS and save it as .docx",
        ),
        "doc-password": ("密码不正确", "the password is wrong"),
        "doc-boxes": (
            "文本框中的文字未能读取，请对照原文核对",
            "the text of text boxes could not be read: compare with the file",
        ),
        "doc-objects": (
            "{count} 个嵌入对象未读取",
            "{count} embedded objects were not read",
        ),
        "doc-table-flat": (
            "有表格结构已损坏，按普通段落读取",
            "the structure of a table is damaged: it was read as paragraphs",
        ),
        "doc-numbers": (
            "自动编号的定义已损坏或不完整，编号可能缺失或有出入",
            "definitions of automatic numbers are damaged or unknown: numbers may be missing or differ",
        ),
    }
)

_REMARKS: Final[dict[str, tuple[Literal["warning", "info"], frozenset[str]]]] = {
    "doc-boxes": (
        "warning",
        frozenset({"MAIN_TEXTBOX_TABLE_MALFORMED", "GROUPED_MAIN_TEXTBOXES_DEFERRED"}),
    ),
    "doc-table-flat": ("warning", frozenset({"MALFORMED_TABLE_FLATTENED", "TABLE_MARKER_DEFERRED"})),
    "doc-numbers": ("warning", frozenset({"NUMBERING_TABLE_MALFORMED", "LIST_NUMBER_FORMAT_APPROXIMATED"})),
    "doc-objects": ("info", frozenset({"OBJECT_ANCHOR_DEFERRED", "PICTURES_DEFERRED"})),
}
"""What the library reports as lost, by the remark that says so."""
_CLASS: Final = slice(8, 24)
"""The class id in a compound file's header ([MS-CFB] 2.2): WPS writes one, the library wants none."""

_MOST_RUNS: Final = 20_000
"""Stretches of equal formatting; a circular of thirty pages has a thousand. The library's time grows with their square."""
_SMALL: Final = 200_000
"""Bytes; a smaller file cannot hold too many."""


def read_doc(data: bytes, source: Source, options: ReadOptions) -> Document:
    """The document in a Word 97-2003 or WPS file; like a .docx file it knows no pages.

    Raises :class:`EncryptedFile` where the password is missing or wrong, :class:`UnreadableFile` for damaged files and
    those of Word 6.0/95 where no LibreOffice is installed.
    """
    try:
        package, report = _rewrite(data, options.password)
        document = read_docx(package, source, options)
    except EncryptedFile:
        raise
    except WpparseError:
        program = find_office()
        if program is None:
            raise
        return read_docx(convert(program, data, "doc"), source, options)
    return replace(document, remarks=(*document.remarks, *_remarks(report)))


def _rewrite(data: bytes, password: str | None) -> tuple[bytes, Any]:
    """The file as .docx, and the library's report of what was lost."""
    from doc2docx.errors import EncryptedDocumentError, InvalidWordDocument

    plain = bytearray(data)
    plain[_CLASS] = bytes(16)
    if len(plain) > _SMALL and (runs := Formatting(bytes(plain)).runs) > _MOST_RUNS:
        raise TooLarge(detail=f"{runs} > {_MOST_RUNS}")
    try:
        try:
            return _convert(bytes(plain), password)
        except InvalidWordDocument:
            repaired = Formatting(bytes(plain)).mended()
            if repaired is None:
                raise
            return _convert(repaired, password)
    except EncryptedDocumentError as error:
        raise EncryptedFile("doc-password" if password else "encrypted-office") from error
    except MemoryError:
        raise
    except Exception as error:
        # Damaged bytes take the library apart in many ways (struct, index, recursion, arithmetic, XML).
        raise UnreadableFile("doc-unread") from error


def _convert(data: bytes, password: str | None) -> tuple[bytes, Any]:
    from doc2docx import convert as rewrite

    with TemporaryDirectory(prefix="wpparse-") as name:
        given, made = Path(name) / "given.doc", Path(name) / "made.docx"
        given.write_bytes(data)
        report = rewrite(given, made, password=password).report
        return made.read_bytes(), report


def _remarks(report: Any) -> list[Remark]:
    """What a user should know of what the library lost."""
    found: dict[str, int] = {}
    for diagnostic in report.diagnostics:
        for code, (_, causes) in _REMARKS.items():
            if diagnostic.code in causes:
                found[code] = found.get(code, 0) + int(diagnostic.details.get("count", 1))
    return [
        Remark(code, severity, (("count", str(found[code])),) if code == "doc-objects" else ())
        for code, (severity, _) in _REMARKS.items()
        if code in found
    ]
