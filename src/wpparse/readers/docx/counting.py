"""How Word writes a counter in each number format (ECMA-376 Part 1, 17.18.59).

Where the standard is silent or differs from Word, Word is followed: chineseCounting goes digit by digit from 100 on
(一○○), chineseLegalSimplified writes 壹拾 for ten.
"""

from __future__ import annotations

from collections.abc import Callable

from wpparse.numerals import to_roman

_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_CHICAGO = "*†‡§"
_ONES = (
    "Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve",
    "Thirteen", "Fourteen", "Fifteen", "Sixteen", "Seventeen", "Eighteen", "Nineteen",
)  # fmt: skip
_TENS = ["Ten", "Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty", "Ninety"]
_ORDINALS = {"One": "First", "Two": "Second", "Three": "Third", "Five": "Fifth", "Eight": "Eighth", "Nine": "Ninth",
             "Twelve": "Twelfth"}  # fmt: skip
_AIUEO = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン"
_GANADA = "가나다라마바사아자차카타파하"
_CHOSUNG = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
_CYRILLIC = "абвгдежзиклмнопрстуфхцчшщыэюя"


def _places(value: int, digits: str, units: str, *, leading_one: bool, one_ten: bool = False, gap: bool = True) -> str:
    """A place-value numeral below 10^8. ``units`` are ten, hundred, thousand, ten thousand.

    ``leading_one`` writes one before hundred and thousand, ``one_ten`` also before a leading ten; ``gap`` writes a
    zero for skipped places.
    """
    if value == 0:
        return digits[0]
    if value >= 10_000:
        high, low = divmod(value, 10_000)
        head = _places(high, digits, units, leading_one=leading_one, one_ten=one_ten, gap=gap) + units[3]
        if not low:
            return head
        tail = _places(low, digits, units, leading_one=leading_one, one_ten=True, gap=gap)
        return head + (digits[0] if gap and low < 1000 else "") + tail
    out = ""
    skipped = False
    for power, unit in ((1000, units[2]), (100, units[1]), (10, units[0]), (1, "")):
        digit, value = divmod(value, power)
        if not digit:
            skipped = bool(out)
            continue
        if skipped and gap:
            out += digits[0]
        skipped = False
        silent = digit == 1 and unit and (not leading_one or (power == 10 and not out and not one_ten))
        out += ("" if silent else digits[digit]) + unit
    return out


def _digit_by_digit(digits: str) -> Callable[[int], str]:
    return lambda value: "".join(digits[int(c)] for c in str(value))


def _counting(zero: str) -> Callable[[int], str]:
    """Place value below one hundred, digit by digit from there."""
    digits = zero + "一二三四五六七八九"
    return lambda value: (
        _places(value, digits, "十百千万", leading_one=True) if value < 100 else _digit_by_digit(digits)(value)
    )


def _cycle(letters: str) -> Callable[[int], str]:
    """The letters in turn; once they are used up, each is doubled, then tripled (aa, bb …)."""

    def write(value: int) -> str:
        if value < 1:
            return ""
        rounds, index = divmod(value - 1, len(letters))
        return letters[index] * min(rounds + 1, 40)

    return write


def _table(characters: str) -> Callable[[int], str]:
    """The characters in turn; decimal digits once they are used up."""
    return lambda value: characters[value - 1] if 1 <= value <= len(characters) else str(value)


def _row(first: int, count: int) -> Callable[[int], str]:
    return _table("".join(chr(first + i) for i in range(count)))


def _sexagenary(value: int) -> str:
    return _STEMS[(value - 1) % 10] + _BRANCHES[(value - 1) % 12] if value >= 1 else str(value)


def _cardinal(value: int) -> str:
    if value < 20:
        return _ONES[value]
    if value < 100:
        tens, ones = divmod(value, 10)
        return _TENS[tens - 1] + (f"-{_ONES[ones].lower()}" if ones else "")
    power, name = (100, "hundred") if value < 1000 else (1000, "thousand")
    high, low = divmod(value, power)
    return f"{_cardinal(high)} {name}" + (f" {_cardinal(low).lower()}" if low else "")


def _ordinal_text(value: int) -> str:
    head, separator, last = _cardinal(value).rpartition("-")
    if not separator:
        head, separator, last = last.rpartition(" ")
    word = last.capitalize()
    ordinal = _ORDINALS.get(word) or (f"{word[:-1]}ieth" if word.endswith("y") else f"{word}th")
    return head + separator + (ordinal.lower() if separator else ordinal)


def _ordinal(value: int) -> str:
    suffix = "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{suffix}"


def _roman(value: int) -> str:
    return to_roman(value) if 0 < value < 32_768 else str(value)


_CHINESE = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_KOREAN = "영일이삼사오육칠팔구"

_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda value: f"{value:02d}",
    "decimalFullWidth": _digit_by_digit("０１２３４５６７８９"),
    "decimalFullWidth2": _digit_by_digit("０１２３４５６７８９"),
    "decimalEnclosedCircle": _row(0x2460, 20),
    "decimalEnclosedCircleChinese": _row(0x2460, 20),
    "decimalEnclosedFullstop": _row(0x2488, 20),
    "decimalEnclosedParen": _row(0x2474, 20),
    "ideographEnclosedCircle": _row(0x3280, 10),
    "numberInDash": lambda value: f"- {value} -",
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperLetter": _cycle("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    "lowerLetter": _cycle("abcdefghijklmnopqrstuvwxyz"),
    "russianUpper": _cycle(_CYRILLIC.upper()),
    "russianLower": _cycle(_CYRILLIC),
    "ordinal": _ordinal,
    "cardinalText": _cardinal,
    "ordinalText": _ordinal_text,
    "hex": lambda value: f"{value:X}",
    "chicago": _cycle(_CHICAGO),
    "chineseCounting": _counting("○"),
    "taiwaneseCounting": _counting("○"),
    "chineseCountingThousand": lambda value: _places(value, _CHINESE, "十百千万", leading_one=True),
    "taiwaneseCountingThousand": lambda value: _places(value, "零" + _CHINESE[1:], "十百千萬", leading_one=True),
    "chineseLegalSimplified": lambda value: _places(value, _LEGAL, "拾佰仟万", leading_one=True, one_ten=True),
    "ideographLegalTraditional": lambda value: _places(
        value, _LEGAL_TRADITIONAL, "拾佰仟萬", leading_one=True, one_ten=True
    ),
    "ideographDigital": _digit_by_digit(_CHINESE),
    "japaneseDigitalTenThousand": _digit_by_digit(_CHINESE),
    "taiwaneseDigital": _digit_by_digit("○" + _CHINESE[1:]),
    "koreanDigital2": _digit_by_digit("零" + _CHINESE[1:]),
    "japaneseCounting": lambda value: _places(value, _CHINESE, "十百千万", leading_one=False, gap=False),
    "japaneseLegal": lambda value: _places(
        value, "零壱弐参四伍六七八九", "拾百阡萬", leading_one=True, one_ten=True, gap=False
    ),
    "koreanDigital": _digit_by_digit(_KOREAN),
    "koreanCounting": lambda value: _places(value, _KOREAN, "십백천만", leading_one=False, gap=False),
    "ideographTraditional": _table(_STEMS),
    "ideographZodiac": _table(_BRANCHES),
    "ideographZodiacTraditional": _sexagenary,
    "aiueo": _cycle(_AIUEO),
    "aiueoFullWidth": _cycle(_AIUEO),
    "iroha": _cycle(_IROHA),
    "irohaFullWidth": _cycle(_IROHA),
    "ganada": _cycle(_GANADA),
    "chosung": _cycle(_CHOSUNG),
}


def count(value: int, number_format: str) -> str:
    """The counter ``value`` in a number format as Word shows it; decimal digits for a format that is not known.

    ``none`` and ``bullet`` have no number of their own and give an empty text.
    """
    if number_format in ("none", "bullet"):
        return ""
    value = max(0, min(value, 9_999_999))
    return _FORMATS.get(number_format, str)(value)


def count_custom(value: int, picture: str | None) -> str:
    """A counter in a custom format such as ``001, 002, 003, ...``: padded with zeros to the width of the picture."""
    first = (picture or "").split(",")[0].strip()
    return str(value).zfill(len(first)) if first.isdigit() else str(value)
