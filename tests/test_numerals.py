"""Numerals: what is read, what is refused, and that writing and reading are inverse."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpparse.numerals import parse_number, to_chinese, to_roman

FORMAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0), ("12", 12), ("007", 7), ("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("二十五", 25), ("一十", 10),
        ("一百零五", 105), ("一百〇五", 105), ("一百一十", 110), ("百一", 101), ("一百五", 150), ("两千", 2000), ("两百零二", 202),
        ("一千零一十", 1010), ("一千二", 1200), ("廿三", 23), ("卅", 30), ("二〇二四", 2024), ("二○二四", 2024), ("二◯二四", 2024),
        ("二OO八", 2008), ("二0二四", 2024), ("一九九八", 1998), ("壹", 1), ("贰拾叁", 23), ("①", 1), ("⑳", 20), ("㉑", 21),
        ("㊿", 50), ("⑴", 1), ("⒈", 1), ("㈠", 1), ("㊀", 1), ("❶", 1), ("⓫", 11), ("⓵", 1), ("Ⅳ", 4), ("ⅻ", 12), ("IV", 4),
        ("mcmxciv", 1994), ("９", 9),
    ],
)  # fmt: skip
def test_read(text: str, value: int) -> None:
    assert parse_number(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "a",
        "IIII",
        "IC",
        "十十",
        "百千",
        "一二十",
        "廿十",
        "二廿",
        "1a",
        "第一",
        "1234567890",
        "²",
        "-1",
        "1.5",
        "一二三四五六七八九十",
    ],
)
def test_not_read(text: str) -> None:
    assert parse_number(text) is None


def test_chinese_round_trip_to_9999() -> None:
    for value in range(10_000):
        written = to_chinese(value)
        assert parse_number(written) == value
        assert parse_number(written.replace("零", "〇")) == value
        assert parse_number(written.translate(FORMAL)) == value


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "零"), (10, "十"), (11, "十一"), (20, "二十"), (100, "一百"), (101, "一百零一"),
     (110, "一百一十"), (1001, "一千零一"), (1010, "一千零一十"), (9999, "九千九百九十九")],
)  # fmt: skip
def test_write(value: int, written: str) -> None:
    assert to_chinese(value) == written


@pytest.mark.parametrize("value", [-1, 10_000])
def test_write_refuses(value: int) -> None:
    with pytest.raises(ValueError, match="0 to 9999"):
        to_chinese(value)


@given(st.integers(min_value=1, max_value=3999))
def test_roman_round_trip(value: int) -> None:
    assert parse_number(to_roman(value)) == value


@given(st.integers(min_value=1000, max_value=9999))
def test_digit_by_digit(value: int) -> None:
    assert parse_number("".join("〇一二三四五六七八九"[int(c)] for c in str(value))) == value


@given(
    st.text(alphabet="零〇○一二三四五六七八九十百千廿卅两壹贰拾佰IVXLC0123456789①⑴Ⅳ年", max_size=12)
    | st.text(max_size=12)
)
def test_any_text(text: str) -> None:
    value = parse_number(text)
    assert value is None or 0 <= value < 10**9
