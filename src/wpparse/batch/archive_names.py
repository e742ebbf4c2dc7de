"""Names inside .zip archives, which are often GBK without saying so."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Sequence

from wpparse.errors import UnreadableFile
from wpparse.readers.encoding import decode

_IS_UTF8 = 0x800
"""General purpose bit 11 (APPNOTE.TXT 4.4.4): the name is UTF-8."""
_UNICODE_PATH = 0x7075
"""Extra field with the name in UTF-8 (APPNOTE.TXT 4.6.9)."""


def member_names(infos: Sequence[zipfile.ZipInfo]) -> list[str]:
    """The names of an archive's members as their maker saw them.

    Where neither bit 11 nor a Unicode Path field tells, the encoding is decided on all such names together.
    """
    raw = {
        index: info.orig_filename.encode("cp437", "replace")
        for index, info in enumerate(infos)
        if not info.flag_bits & _IS_UTF8 and not info.orig_filename.isascii()
    }
    names = [info.orig_filename for info in infos]
    if raw:
        try:
            encoding = decode(b"\n".join(raw.values())).encoding
        except UnreadableFile:
            encoding = "gb18030"
        for index, name in raw.items():
            names[index] = _unicode_path(infos[index], name) or name.decode(encoding, "backslashreplace")
    return names


def _unicode_path(info: zipfile.ZipInfo, raw: bytes) -> str | None:
    extra = info.extra
    while len(extra) >= 4:
        kind, size = struct.unpack("<HH", extra[:4])
        body, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UNICODE_PATH and len(body) > 5 and struct.unpack("<L", body[1:5])[0] == zlib.crc32(raw):
            return body[5:].decode("utf-8", "replace")
    return None
