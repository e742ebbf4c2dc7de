"""Names of OpenDocument (ODF 1.3 Part 3) as lxml gives them."""

from __future__ import annotations

from typing import Final

OFFICE, STYLE, TEXT, TABLE, DRAW, FO, LOEXT = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}"
    for name in ("office", "style", "text", "table", "drawing", "xsl-fo-compatible", "loext")
)
LOEXT_FORMAT: Final = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}num-list-format"
