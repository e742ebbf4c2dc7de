"""What a file is, told by its content."""

from __future__ import annotations

import io
import zipfile

from wpparse.errors import EncryptedFile, UnreadableFile, UnsupportedFormat

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"BM")


def detect(data: bytes, name: str) -> str:
    """``docx``, ``pdf``, ``image`` or ``txt``.

    Raises :class:`UnsupportedFormat` for a known format that is not read, saying what to do instead.
    """
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _detect_zip(data)
    if data.startswith(_OLE2):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise EncryptedFile
        raise UnsupportedFormat(detail="Word 97-2003 (.doc) / WPS (.wps)")
    if data.startswith(_IMAGES):
        return "image"
    return "txt"


def _detect_zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableFile(detail=str(error)) from error
    if any(name.startswith("word/") for name in names):
        return "docx"
    raise UnsupportedFormat(detail="zip")
