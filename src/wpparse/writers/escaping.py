"""Making any text safe for a file that other programs open."""

from __future__ import annotations

import re

_FORMULA_STARTS = frozenset("=+-@\t\r\n＝＋－＠")
_UNSHOWN = {code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A)}
_UNSHOWN |= {0x7F: 0x2421, 0xFFFE: 0xFFFD, 0xFFFF: 0xFFFD}
_UNSHOWN |= dict.fromkeys(range(0x80, 0xA0), 0xFFFD)
_UNSHOWN |= dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)
_NEEDS_SHOWING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def visible(text: str) -> str:
    """The text with control characters shown as pictures (``␀``), so that no file format chokes on them."""
    return text.translate(_UNSHOWN) if _NEEDS_SHOWING.search(text) else text


def looks_like_formula(text: str) -> bool:
    """True where a spreadsheet might run the text; white space in front and full-width signs count too."""
    return text[:1] in _FORMULA_STARTS or text.lstrip()[:1] in _FORMULA_STARTS if text else False


def csv_cell(text: str) -> str:
    """The text as a spreadsheet shows it and does not run it: an apostrophe in front of anything like a formula.

    Source: OWASP, CSV Injection.
    """
    return "'" + visible(text) if looks_like_formula(text) else visible(text)
