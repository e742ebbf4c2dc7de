"""Property containers (w:rPr, w:pPr, w:tcPr, w:trPr) of a document, each distinct one parsed and understood once.

A circular has a few dozen distinct run and paragraph properties and states them thousands of times: two thirds of its
XML. :func:`compact` takes them out of the bytes before the parser sees them and leaves a key in their place. The tree
gets small, and what a key means is worked out once.
"""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from wpparse.readers.docx_names import MAIN_NS

KEY: Final = "k"
"""The attribute that stands for the content of a property container that was taken out."""
_KEY_BYTES: Final = f' {KEY}="'.encode()

Distinct = dict[str, etree._Element]
"""What each key stands for."""

_NAMES: Final = (b"rPr", b"pPr", b"tcPr", b"trPr")
_ROOT: Final = re.compile(rb"\s*(?:<\?xml[^>]*\?>)?\s*(<(w:\w+)[^>]*>)")
_DECLARED: Final = f'xmlns:w="{MAIN_NS}"'.encode()


def compact(data: bytes, parser: etree.XMLParser) -> tuple[bytes, Distinct]:
    """The document with keys for its property containers, and what they stand for.

    Containers that hold one of their own kind (tracked formatting) stay as they are. Where anything makes it unsafe to
    work on the bytes (comments, CDATA, a prefix bound anew, namespaces declared further in) all stays as it is.
    """
    root = _ROOT.match(data)
    if root is None or _DECLARED not in root[1] or data.count(b"xmlns:w=") != 1 or _KEY_BYTES in data:
        return data, {}
    if b"!--" in data or b"![CDATA[" in data:
        return data, {}
    fragments: dict[bytes, int] = {}
    small = data
    for name in _NAMES:
        small = _take_out(small, name, fragments)
    holder = b"".join((root[1], *fragments, b"</", root[2], b">"))
    try:
        elements = list(etree.fromstring(holder, parser))
    except etree.XMLSyntaxError:
        return data, {}
    return small, {str(number): element for number, element in zip(fragments.values(), elements, strict=True)}


def _take_out(data: bytes, name: bytes, fragments: dict[bytes, int]) -> bytes:
    opening, closing = b"<w:%s>" % name, b"</w:%s>" % name
    keys: dict[bytes, bytes] = {}
    parts = data.split(opening)
    for index in range(1, len(parts)):
        content, closed, rest = parts[index].partition(closing)
        if not closed:
            parts[index] = opening + content
            continue
        key = keys.get(content)
        if key is None:
            number = fragments.setdefault(opening + content + closing, len(fragments))
            key = keys[content] = b'<w:%s%s%d"/>' % (name, _KEY_BYTES, number)
        parts[index] = key + rest
    return b"".join(parts)
