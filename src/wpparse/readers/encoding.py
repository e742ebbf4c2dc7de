"""Which encoding a text file is in, decided on the whole file.

A prefix is not enough: a file may begin with many lines of ASCII. Validity is not enough either: the GBK bytes of 通知
are valid UTF-8 (two letters of other scripts), and most GBK text is valid Big5. So every encoding in which the bytes are
valid is decoded, and the one whose characters are those that Chinese text consists of is taken.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from wpparse.errors import UnreadableFile

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16-be"),
)
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\v\f\r\x1a\x1b")) + b"\x7f"
_SAMPLE = 1 << 16
_TOLERATED = 0.01
"""Share of damaged characters with which a file is still read (it gets a remark)."""
_SURE = 0.85
"""With so many usual characters valid UTF-8 is no accident: GBK that happens to be valid has none."""
_PUNCTUATION = frozenset("　、。〈〉《》「」『』【】〔〕（），．：；！？－～％“”‘’—…·×①②③④⑤⑥⑦⑧⑨⑩√□○〇ⅠⅡⅢⅣⅤ")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text of a file; ``encoding`` is the name that Python knows it by; ``damaged`` counts unreadable characters."""

    text: str
    encoding: str
    damaged: int = 0


def decode(data: bytes) -> Decoded:
    """The text in ``data``: UTF-8, UTF-16 or UTF-32 (with or without byte-order mark), GB18030 or Big5.

    Raises :class:`UnreadableFile` where the bytes are no text in any of them.
    """
    for mark, codec, name in _BOMS:
        if data.startswith(mark):
            return _lenient(data, [(codec, name)])
    wide = _wide(data)
    if wide is not None:
        return wide
    sample = data[:_SAMPLE]
    if len(sample) - len(sample.translate(None, _CONTROLS)) > len(sample) * _TOLERATED:
        raise UnreadableFile(detail="不是文本文件（binary data）")
    best: tuple[float, Decoded] | None = None
    for codec, bonus in (("utf-8", 0.25), ("gb18030", 0.05), ("big5hkscs", 0.0)):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if codec == "utf-8" and text.isascii():
            return Decoded(text, "utf-8")
        fit = _fitness(text) + bonus
        if codec == "utf-8" and fit > _SURE:
            return Decoded(text, codec)
        if best is None or fit > best[0]:
            best = fit, Decoded(text, codec.removesuffix("hkscs"))
    if best is not None:
        return best[1]
    return _lenient(data, [("utf-8", "utf-8"), ("gb18030", "gb18030"), ("big5hkscs", "big5")])


def _fitness(text: str) -> float:
    """Share of the different characters beyond ASCII that Chinese text is usually made of; 0 to 1."""
    characters = {c for c in set(text) if c > "\x7f"}
    if not characters:
        return 1.0
    return sum(map(_is_usual, characters)) / len(characters)


def _is_usual(c: str) -> bool:
    """True for punctuation and the characters of the first planes of GB 2312 and Big5, which are ordered by use."""
    if c in _PUNCTUATION or "\uff10" <= c <= "\uff5a":
        return True
    if not "\u4e00" <= c <= "\u9fff":
        return False
    try:
        if c.encode("gb2312")[0] <= 0xD7:
            return True
    except UnicodeEncodeError:
        pass
    try:
        return c.encode("big5")[0] <= 0xC6
    except UnicodeEncodeError:
        return False


def is_wide(data: bytes) -> bool:
    """True where the bytes are Chinese text in UTF-16 without a byte-order mark; ``data`` holds whole units of two."""
    return _wide(data) is not None


def _wide(data: bytes) -> Decoded | None:
    """UTF-16 without a byte-order mark, told by the zero bytes of its ASCII or the high bytes of its ideographs."""
    if len(data) < 2 or len(data) % 2:
        return None
    sample = data[:_SAMPLE]
    zeros = sample.count(0)
    if not zeros and _fits_bytes(sample):
        return None
    best: Decoded | None = None
    best_fit = 0.6
    for codec in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if any(c < " " and c not in "\t\n\v\f\r" for c in set(text)):
            continue
        fit = _fitness(text)
        if fit > best_fit:
            best, best_fit = Decoded(text, codec), fit
    return best


def _fits_bytes(sample: bytes) -> bool:
    """True where the sample looks like a text of single and double bytes: without control bytes, and with line ends."""
    return len(sample.translate(None, _CONTROLS)) == len(sample) and (b"\n" in sample or b"\r" in sample)


def _lenient(data: bytes, codecs_: list[tuple[str, str]]) -> Decoded:
    best: Decoded | None = None
    for codec, name in codecs_:
        text = data.decode(codec, "replace")
        damaged = text.count("\ufffd")
        if best is None or damaged < best.damaged:
            best = Decoded(text, name, damaged)
    if best is None or best.damaged > max(2, len(best.text) * _TOLERATED):
        raise UnreadableFile(detail="无法识别文本编码（unknown text encoding）")
    if any(ord(c) < 0x20 and c not in "\t\n\v\f\r\x1a\x1b" for c in best.text[:_SAMPLE]) and "\0" in best.text:
        raise UnreadableFile(detail="不是文本文件（binary data）")
    return best
