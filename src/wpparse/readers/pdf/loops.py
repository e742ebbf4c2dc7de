"""A look at the Form XObjects of a file before PDFium sees them.

PDFium follows a form that draws itself, or forms that draw one another many times over, without end, and a call into
it cannot be broken off. So the forms' resources are followed here first, in the bytes of the file.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from wpparse.errors import TooLarge

MOST_DRAWINGS = 100_000
"""How often all forms together may be drawn for one drawing of a form on a page."""
MOST_BYTES = 20_000_000
"""Bytes of an object stream that are looked at."""

_BLANKS = b"\0\t\n\f\r "
_DIGITS = b"0123456789"
_WORD = re.compile(rb"\w")
_REFERENCE = re.compile(rb"\s*(\d{1,8})\s+\d{1,5}\s+R\b")
_NAMED = re.compile(rb"/[^\s/<>\[\]()]+\s+(\d{1,8})\s+\d{1,5}\s+R\b")
_DRAWS = re.compile(rb"\bDo\b")


def check_forms(data: bytes) -> None:
    """Raise :class:`TooLarge` where forms draw themselves, or one another too often."""
    objects = _objects(data) if b"/Form" in data or b"/ObjStm" in data else {}
    if not any(b"/Form" in head for head, _ in objects.values()):
        return
    forms = {number for number, (head, _) in objects.items() if re.search(rb"/Subtype\s*/Form\b", head)}
    inner = {number: _drawn(number, objects) & forms for number in forms}
    if not any(inner.values()):
        return
    pending: set[int] = set()

    @cache
    def weight(number: int) -> int:
        if number in pending or len(pending) > 200:
            raise TooLarge(detail="Form XObject")
        pending.add(number)
        below = max((weight(child) for child in sorted(inner[number])), default=0)
        pending.discard(number)
        return 1 + below * _draws(*objects[number]) if below else 1

    if any(weight(number) > MOST_DRAWINGS for number in sorted(forms)):
        raise TooLarge(detail="Form XObject")


def _objects(data: bytes) -> dict[int, tuple[bytes, bytes]]:
    """Each object as (dictionary, stream where it is a form), those in object streams included."""
    out: dict[int, tuple[bytes, bytes]] = {}
    for (number, _, start), (_, stop, _) in pairwise([*_starts(data), (0, len(data), 0)]):
        body = data[start:stop]
        cut = body.find(b"stream")
        head, stream = (body, b"") if cut < 0 else (body[:cut], body[cut + 6 :].lstrip(b"\r\n"))
        if b"/ObjStm" in head:
            out.update(_packed(head, stream))
        # Only what forms draw is looked at; pictures are most of a scan's bytes.
        out[number] = head, stream if b"/Form" in head else b""
    return out


def _starts(data: bytes) -> Iterator[tuple[int, int, int]]:
    """The number of each object, and where its head (``12 0 obj``) starts and ends.

    Looked for from the word backwards: most of a scan's bytes are pictures, which a pattern would go through slowly.
    """
    at = data.find(b"obj")
    while at >= 0:
        if not _WORD.match(data, at + 3):
            generation_end = _back(data, at, _BLANKS)
            generation = _back(data, generation_end, _DIGITS)
            number_end = _back(data, generation, _BLANKS)
            number = _back(data, number_end, _DIGITS)
            if number < number_end < generation < generation_end < at and number_end - number <= 8:
                yield int(data[number:number_end]), number, at + 3
        at = data.find(b"obj", at + 3)


def _back(data: bytes, at: int, characters: bytes) -> int:
    """Where the run of ``characters`` that ends at ``at`` begins."""
    while at and data[at - 1] in characters:
        at -= 1
    return at


def _packed(head: bytes, stream: bytes) -> dict[int, tuple[bytes, bytes]]:
    first, count = re.search(rb"/First\s+(\d{1,8})", head), re.search(rb"/N\s+(\d{1,8})", head)
    text = _inflate(stream)
    if first is None or count is None or not text:
        return {}
    table = [int(word) for word in text[: int(first.group(1))].split()[: 2 * int(count.group(1))] if word.isdigit()]
    places = [(number, int(first.group(1)) + offset) for number, offset in zip(table[::2], table[1::2], strict=False)]
    ends = [place for _, place in places[1:]] + [len(text)]
    return {number: (text[start:end], b"") for (number, start), end in zip(places, ends, strict=True)}


def _inflate(stream: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(stream, MOST_BYTES)
    except zlib.error:
        return b""


def _draws(head: bytes, stream: bytes) -> int:
    """How often a form draws others: at least once, and as often as its content says."""
    content = _inflate(stream) if b"Decode" in head else stream.split(b"endstream")[0]
    return max(1, len(_DRAWS.findall(content)))


def _drawn(number: int, objects: dict[int, tuple[bytes, bytes]]) -> set[int]:
    """The objects that a form's resources name as XObjects."""
    resources = _value(objects[number][0], b"/Resources", objects)
    return {int(found) for found in _NAMED.findall(_value(resources, b"/XObject", objects))}


def _value(head: bytes, key: bytes, objects: dict[int, tuple[bytes, bytes]]) -> bytes:
    """The dictionary that stands behind a key, directly or by reference."""
    match = re.search(re.escape(key) + rb"(?![A-Za-z])", head)
    if match is None:
        return b""
    reference = _REFERENCE.match(head, match.end())
    if reference:
        return objects.get(int(reference.group(1)), (b"", b""))[0]
    depth, position = 0, match.end()
    for mark in re.finditer(rb"<<|>>", head[position:]):
        depth += 1 if mark.group() == b"<<" else -1
        if depth <= 0:
            return head[position : position + mark.end()]
    return head[position:]
