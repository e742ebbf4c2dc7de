"""Numbers and dates of cells as the sheet shows them."""

from __future__ import annotations

import datetime
import re

# Built-in formats whose meaning depends on the language of Excel (ECMA-376 Part 1, 18.8.30): in Chinese they are dates
# and times. Files hold their numbers only.
CHINESE_FORMATS = {
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"', 34: 'h"时"mm"分"', 35: 'h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"', 50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"', 55: 'h"时"mm"分"', 56: 'h"时"mm"分"ss"秒"',
    57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip

_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|[_*].')
_DECIMALS = re.compile(r"0(?:\.(0+))?")
_DAYS_TO_1970 = {False: 25569, True: 24107}


def is_date_format(code: str) -> bool:
    """Whether a number format shows a number as a date (a mere time of day is none)."""
    first = _QUOTED.sub("", code.split(";")[0]).lower()
    return "y" in first or "d" in first or ("m" in first and "h" not in first and "s" not in first)


def date_text(serial: float, code: str, from_1904: bool = False) -> str:
    """A serial day as a date in words, as exact as its format shows it: 2024年9月30日, or 2024年9月 without a day.

    A year that the format leaves out is said all the same: the cell holds it. "" where the number is no day.
    """
    try:
        day = datetime.date(1970, 1, 1) + datetime.timedelta(days=int(serial) - _DAYS_TO_1970[from_1904])
    except (OverflowError, ValueError):
        return ""
    if not from_1904 and serial < 61:  # before the leap day that Excel takes 1900 to have had
        day += datetime.timedelta(days=1)
    return day_text(day, code)


def day_text(day: datetime.date, code: str) -> str:
    """A date as :func:`date_text` gives it."""
    shown = _QUOTED.sub("", code.split(";")[0]).lower()
    if "d" not in shown and "m" in shown:
        return f"{day.year}年{day.month}月"
    return f"{day.year}年{day.month}月{day.day}日"


def number_text(value: float, code: str) -> str:
    """A number as its format shows it where the format is one of decimals or per cent, else as Excel's General does."""
    shown = _QUOTED.sub("", code.split(";")[0])
    match = _DECIMALS.search(shown)
    if match is not None and "E" not in shown.upper() and "?" not in shown:
        decimals = len(match.group(1) or "")
        if "%" in shown:
            return f"{value * 100:.{decimals}f}%"
        return f"{value:,.{decimals}f}" if "," in shown else f"{value:.{decimals}f}"
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.10g}"
