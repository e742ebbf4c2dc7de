"""Chinese, Arabic, Roman and other numerals as integers, and Chinese ones as text.

The readers need them to show Word's automatic numbers, the stages behind to understand written ones.
"""

from __future__ import annotations

_DIGITS = {
    **{c: i for i, c in enumerate("零一二三四五六七八九")},
    **{c: i for i, c in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    "○": 0, "◯": 0, "O": 0, "o": 0, "两": 2, "俩": 2, "貳": 2, "參": 3, "陸": 6, "弌": 1, "元": 1,
}  # fmt: skip
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "廿": 20, "卅": 30}
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def parse_number(text: str) -> int | None:
    """The integer that a numeral writes: ``12``, ``十二``, ``一百〇五``, ``二〇二四``, ``壹``, ``①``, ``Ⅳ``; None where it is none.

    Digit-by-digit Chinese numerals (二〇二四) and place-value ones (二十四, 一百零五, 廿三) are both read, to 9999.
    Letters are not numerals here: which of ``a`` or ``i`` is a number depends on its list.
    """
    if not text:
        return None
    if text.isascii():
        return int(text) if text.isdigit() and len(text) <= 9 else _parse_roman(text)
    if len(text) == 1:
        circled = _circled(text)
        if circled is not None:
            return circled
    if any(c in _UNITS for c in text):
        return _parse_places(text)
    value = 0
    for c in text:
        digit = _DIGITS.get(c)
        if digit is None:
            digit = int(c) if c.isdecimal() else None
        if digit is None:
            return None
        value = value * 10 + digit
    return value if len(text) <= 9 else None


def _parse_places(text: str) -> int | None:
    total = 0
    digit: int | None = None
    last_unit = 10_000
    gap = False
    for c in text:
        if c in ("廿", "卅"):
            if last_unit <= 10 or digit:
                return None
            total, last_unit, digit = total + _UNITS[c], 10, None
        elif c in _UNITS:
            unit = _UNITS[c]
            if unit >= last_unit or (digit == 0 and unit != 10):
                return None
            total += (digit or 1) * unit
            last_unit, digit, gap = unit, None, not digit
        elif c in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[c]
            gap = gap or digit == 0
        else:
            return None
    if digit and last_unit in (100, 1000) and not gap:
        return (
            total + digit * last_unit // 10
        )  # 一百五 is said for 一百五十; but 百五, as Word counts in Japanese, is 105
    return total + (digit or 0)


def _circled(c: str) -> int | None:
    code = ord(c)
    for first, start, count in (
        (0x2460, 1, 20), (0x2474, 1, 20), (0x2488, 1, 20), (0x3220, 1, 10), (0x3280, 1, 10), (0x2776, 1, 10), (0x24EB, 11, 10),
        (0x24F5, 1, 10), (0x3251, 21, 15), (0x32B1, 36, 15), (0x2160, 1, 12), (0x2170, 1, 12),
    ):  # fmt: skip
        if first <= code < first + count:
            return start + code - first
    return None


def _parse_roman(text: str) -> int | None:
    letters = text.upper()
    if any(c not in _ROMAN for c in letters):
        return None
    value = 0
    for c, following in zip(letters, [*letters[1:], ""], strict=True):
        digit = _ROMAN[c]
        value += -digit if following and _ROMAN[following] > digit else digit
    return value if to_roman(value) == letters else None


def to_roman(value: int) -> str:
    """Upper-case Roman numeral of an integer from 1 up."""
    out = ""
    for number, letters in ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
                            (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):  # fmt: skip
        out += letters * (value // number)
        value %= number
    return out


def to_chinese(value: int) -> str:
    """Place-value Chinese numeral of an integer from 0 to 9999, as circulars write it: 十二, 一百零五, 二十."""
    if not 0 <= value <= 9999:
        raise ValueError(f"0 to 9999, not {value}")
    digits = "零一二三四五六七八九"
    if value < 10:
        return digits[value]
    out = ""
    gap = False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, unit)
        if digit:
            out += ("零" if gap and out else "") + digits[digit] + name
            gap = False
        elif out:
            gap = True
    return out.removeprefix("一") if out.startswith("一十") else out
