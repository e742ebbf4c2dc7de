"""The same bytes whenever a zip is written."""

from __future__ import annotations

import io
import struct
import zipfile

_STAMP = struct.pack("<HH", 0, 1 << 5 | 1)
"""Midnight of 1 January 1980, the first moment that a zip entry can bear."""
_CENTRAL = b"PK\x01\x02"


def without_clock(data: bytes) -> bytes:
    """The zip with the time of every entry set to the first one possible (APPNOTE.TXT, 4.3.7 and 4.3.12)."""
    stamped = bytearray(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist():
            stamped[entry.header_offset + 10 : entry.header_offset + 14] = _STAMP
        position = archive.start_dir
    while stamped[position : position + 4] == _CENTRAL:
        stamped[position + 12 : position + 16] = _STAMP
        position += 46 + sum(struct.unpack_from("<HHH", stamped, position + 28))
    return bytes(stamped)
