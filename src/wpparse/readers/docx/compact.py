"""Property containers (w:rPr, w:pPr, w:tcPr, w:trPr) of a document, each distinct one parsed and understood once.

A circular has a few dozen distinct run and paragraph properties and states them thousands of times: two thirds of its
XML. :func:`compact` takes them out of the bytes before the parser sees them and leaves a key in their place, on the
paragraph, run, cell or row itself where that has no attributes. The tree gets small, and what a key means is worked
out once.
"""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from wpparse.readers.docx.names import MAIN_NS

KEY: Final = "k"
"""The attribute that stands for the content of a property container that was taken out."""
_KEY_BYTES: Final = f' {KEY}="'.encode()

_LARGE: Final = 300_000
"""Bytes of a document that is worth looking through for frequent properties first."""
_FREQUENT: Final = 150

_MANY: Final = 20_000
"""Distinct sets of properties; a document with more of them gains nothing."""
_SAMPLE: Final = 2**15
"""Bytes at the start, in the middle and at the end of a large document that tell what it is full of."""

Distinct = dict[str, etree._Element]
"""What each key stands for."""

_NAMES: Final = ((b"r", b"rPr"), (b"p", b"pPr"), (b"tc", b"tcPr"), (b"tr", b"trPr"))
"""Property containers and the elements that they stand in; those of runs stand in those of paragraphs, too."""
_ROOT: Final = re.compile(rb"\s*(?:<\?xml[^>]*\?>)?\s*(<(w:\w+)[^>]*>)")
_DECLARED: Final = f'xmlns:w="{MAIN_NS}"'.encode()


def compact(data: bytes, parser: etree.XMLParser) -> tuple[bytes, Distinct]:
    """The document with keys for its property containers, and what they stand for.

    Containers that hold one of their own kind (tracked formatting) stay as they are, and so do those of a kind that is
    rare. Where it is not safe to work on the bytes (comments, CDATA, another prefix) all stays as it is.
    """
    root = _ROOT.match(data)
    if root is None or _DECLARED not in root[1]:
        return data, {}
    # An exclamation mark is looked for first: it is rare, and one byte is found faster than two.
    if b"!" in data and (b"!--" in data or b"![CDATA[" in data):
        return data, {}
    fragments: dict[bytes, int] = {}
    small = data
    middle = len(data) // 2
    sample = data if len(data) < 4 * _SAMPLE else data[:_SAMPLE] + data[middle : middle + _SAMPLE] + data[-_SAMPLE:]
    for owner, name in _NAMES:
        opening = b"<w:%s>" % name
        on_owner, in_place = sample.count(b"<w:%s>%s" % (owner, opening)), sample.count(opening)
        if on_owner:
            small = _take_out(small, owner, name, fragments)
        if in_place > on_owner:
            small = _take_out(small, b"", name, fragments)
    if len(fragments) > _MANY:
        return data, {}
    holder = b"".join((root[1], *fragments, b"</", root[2], b">"))
    try:
        elements = list(etree.fromstring(holder, parser))
    except etree.XMLSyntaxError:
        return data, {}
    return small, {str(number): element for number, element in zip(fragments.values(), elements, strict=True)}


def _take_out(data: bytes, owner: bytes, name: bytes, fragments: dict[bytes, int]) -> bytes:
    """Replace each container ``name`` by a key: on its ``owner``, or in its own place where none is given."""
    opening, closing = b"<w:%s>" % name, b"</w:%s>" % name
    before = b"<w:%s>" % owner if owner else b""
    replacement = b'<w:%s%s%d">' if owner else b'<w:%s%s%d"/>'
    keys: dict[bytes, bytes] = {}
    while len(data) > _LARGE:
        # In a large table few sets of properties make up nearly all: these go by whole-text replacement.
        start = data.find(before + opening)
        end = data.find(closing, start)
        fragment = data[start + len(before) : end + len(closing)]
        if start < 0 or end < 0 or opening in fragment[1:]:
            break
        number = fragments.setdefault(fragment, len(fragments))
        size = len(data)
        data = data.replace(before + fragment, replacement % (owner or name, _KEY_BYTES, number))
        if (size - len(data)) < _FREQUENT * len(fragment):
            break
    parts = data.split(before + opening)
    for index in range(1, len(parts)):
        content, closed, rest = parts[index].partition(closing)
        if not closed:
            parts[index] = before + opening + content
            continue
        key = keys.get(content)
        if key is None:
            number = fragments.setdefault(opening + content + closing, len(fragments))
            key = keys[content] = replacement % (owner or name, _KEY_BYTES, number)
        parts[index] = key + rest
    return b"".join(parts)
