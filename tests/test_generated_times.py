"""Time expressions built from parts together with their truth, as cells of a column and in sentences.

The truth is reckoned here, from the calendar alone. Seeds below 100 were looked at while the rules were written; the others
were not, and :data:`HELD_OUT` says how many of their expressions must be right.
"""

from __future__ import annotations

import random
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from wpparse.extract.deadlines.find import find_deadlines
from wpparse.extract.mentions import DateBase
from wpparse.grammar import load_grammar
from wpparse.numerals import to_chinese
from wpparse.text import clean

PLAN = 2024
ISSUED = date(2024, 1, 1)
EACH = 300
HELD_OUT = 0.99

YEARS = {"": 0, "2024年": 0, "2025年": 1, "今年": 0, "明年": 1, "二〇二五年": 1, "2025年度": 1}
DASHES = ("—", "-", "–", "~", "～", "至", "到", " — ", " - ", " – ", "——", " 至 ")
BEFORE = ("前", "之前", "以前")
SENTENCES = (
    "各乡镇要于{}完成隐患排查，并建立台账。",
    "{}完成全部整改任务。",
    "各单位务必在{}报送工作总结。",
    "加快推进青石河治理，{}完成主体工程。",
    "（二）修缮校舍，确保{}投入使用。",
)


@dataclass(frozen=True)
class Expression:
    """A text as somebody would write it, and what it means."""

    text: str
    kind: str
    start: date | None
    due: date


def month_number(month: int, rng: random.Random) -> str:
    return rng.choice([str(month), str(month), to_chinese(month)])


def end_of_month(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def stretch_of_year(rng: random.Random) -> tuple[str, date, date]:
    """A part of a year: its words, its first and its last day."""
    said, on = rng.choice(list(YEARS.items()))
    year = PLAN + on
    kind = rng.choice(["month", "tenth", "quarter", "half", "share"])
    month = rng.randint(1, 12)
    if kind == "month":
        return (
            f"{said}{month_number(month, rng)}月{rng.choice(['', '份'])}",
            date(year, month, 1),
            end_of_month(year, month),
        )
    if kind == "tenth":
        name, first, last = rng.choice(
            [("上旬", 1, 10), ("中旬", 11, 20), ("下旬", 21, 31), ("上中旬", 1, 20), ("中下旬", 11, 31)]
        )
        whole = end_of_month(year, month)
        return (
            f"{said}{month_number(month, rng)}月{name}",
            date(year, month, first),
            min(whole, date(year, month, min(last, whole.day))),
        )
    if kind == "quarter":
        quarter = rng.randint(1, 4)
        words = [f"第{to_chinese(quarter)}季度", f"{to_chinese(quarter)}季度", f"第{quarter}季度", f"{quarter}季度"]
        words += ["首季度"] if quarter == 1 else []
        words += [f"Q{quarter}"] if said[:2] == "20" and said.endswith("年") else []
        return said + rng.choice(words), date(year, 3 * quarter - 2, 1), end_of_month(year, 3 * quarter)
    if kind == "half":
        half = rng.randint(1, 2)
        words = ["上半年"] if half == 1 else ["下半年"]
        return said + rng.choice(words), date(year, 6 * half - 5, 1), end_of_month(year, 6 * half)
    said = said or "2025年"
    year = PLAN + YEARS[said]
    if rng.random() < 0.5:
        quarters = rng.randint(2, 3)
        return (
            f"{said}前{rng.choice([to_chinese(quarters), str(quarters)])}{rng.choice(['', '个'])}季度",
            date(year, 1, 1),
            end_of_month(year, 3 * quarters),
        )
    months = rng.randint(2, 11)
    return f"{said}前{rng.choice([to_chinese(months), str(months)])}个月", date(year, 1, 1), end_of_month(year, months)


def end_point(rng: random.Random) -> tuple[str, date]:
    """A point that ends something, without 前: its words and its day."""
    said, on = rng.choice(list(YEARS.items()))
    year = PLAN + on
    month = rng.randint(1, 12)
    kind = rng.choice(["day", "day", "month", "year", "quarter", "half", "numeric"])
    if kind == "day":
        day = rng.randint(1, monthrange(year, month)[1])
        unit = rng.choice(["日", "日", "号"])
        chinese = rng.random() < 0.2
        return f"{said}{to_chinese(month) if chinese else month}月{to_chinese(day) if chinese else day}{unit}", date(
            year, month, day
        )
    if kind == "month":
        return f"{said}{month_number(month, rng)}月{rng.choice(['底', '末', '月底'])}", end_of_month(year, month)
    if kind == "year":
        return f"{said or '2024年'}{rng.choice(['底', '年底', '末'])}", date(year, 12, 31)
    if kind == "quarter":
        quarter = rng.randint(1, 4)
        return f"{said}{rng.choice(['第', ''])}{to_chinese(quarter)}季度末", end_of_month(year, 3 * quarter)
    if kind == "half":
        return f"{said}上半年末", date(year, 6, 30)
    day = rng.randint(1, monthrange(year, month)[1])
    mark = rng.choice([".", "-", "/", ". "])
    return f"{year}{mark}{month}{mark}{day}", date(year, month, day)


def point(rng: random.Random) -> Expression:
    words, due = end_point(rng)
    return Expression(words + rng.choice(BEFORE), "by", None, due)


def during(rng: random.Random) -> Expression:
    words, first, last = stretch_of_year(rng)
    return Expression(words, "during", first, last)


def span(rng: random.Random) -> Expression:
    """Two ends in the same style, the second with its year only where it needs one."""
    dash = rng.choice(DASHES)
    first = date(2024, 1, 1) + timedelta(days=rng.randint(10, 500))
    last = first + timedelta(days=rng.randint(1, 200))
    style = rng.choice(["days", "months", "numeric", "years"])
    if style == "days":
        unit = rng.choice(["日", "号"])
        second = (
            f"{last.day}{unit}"
            if (first.year, first.month) == (last.year, last.month)
            else f"{last.month}月{last.day}{unit}"
        )
        second = second if first.year == last.year else f"{last.year}年{second}"
        return Expression(f"{first.year}年{first.month}月{first.day}{unit}{dash}{second}", "during", first, last)
    if style == "months":
        second = f"{last.month}月" if first.year == last.year else f"{last.year}年{last.month}月"
        return Expression(
            f"{first.year}年{first.month}月{dash}{second}",
            "during",
            first.replace(day=1),
            end_of_month(last.year, last.month),
        )
    if style == "numeric":
        mark = rng.choice([".", "/"])
        return Expression(
            f"{first.year}{mark}{first.month}{dash}{last.year}{mark}{last.month}",
            "during",
            first.replace(day=1),
            end_of_month(last.year, last.month),
        )
    years = rng.randint(1, 3)
    return Expression(
        f"2024{rng.choice(['年', ''])}{dash}{2024 + years}年", "during", date(2024, 1, 1), date(2024 + years, 12, 31)
    )


def spaced(expression: Expression, rng: random.Random) -> Expression:
    """The same with a blank in each number of digits, as justified lines and recognition leave it, and around each unit."""
    text = expression.text
    if not any(unit in text for unit in "年月日") or any(mark in text for mark in ".-/–~～— "):
        return expression
    if not text.startswith(("2024年", "2025年")):
        return expression
    return Expression(" ".join(text), expression.kind, expression.start, expression.due)


MAKERS: tuple[Callable[[random.Random], Expression], ...] = (point, during, span)


def expressions(seed: int, *makers: Callable[[random.Random], Expression]) -> list[Expression]:
    rng = random.Random(seed)
    made = [rng.choice(makers or MAKERS)(rng) for _ in range(EACH)]
    return [spaced(one, rng) if rng.random() < 0.2 else one for one in made]


def read(text: str, source: str) -> list[tuple[str, str | None, str | None]]:
    base = DateBase(PLAN, ISSUED.isoformat())
    mentions = find_deadlines(clean(text), load_grammar(), base, source)  # type: ignore[arg-type]  # column or text
    return [(mention.kind, mention.begins, mention.due) for mention in mentions]


def wrong(made: list[Expression], place: Callable[[str], str], source: str) -> list[str]:
    found = []
    for one in made:
        start = None if one.start is None else one.start.isoformat()
        got = read(place(one.text), source)
        if got != [(one.kind, start, one.due.isoformat())]:
            found.append(f"{place(one.text)}: {got}, not {one.kind} {start} {one.due}")
    return found


@pytest.mark.parametrize("seed", [1, 2, 101, 102, 103])
def test_expressions_in_a_column(seed: int) -> None:
    made = expressions(seed)
    missed = wrong(made, str, "column")
    assert len(missed) <= (1 - HELD_OUT) * len(made), "\n".join(missed[:20])


@pytest.mark.parametrize("seed", [3, 4, 104, 105, 106])
def test_points_in_sentences(seed: int) -> None:
    rng = random.Random(seed)
    made = expressions(seed, point)
    missed = wrong(made, lambda text: rng.choice(SENTENCES).format(text), "text")
    assert len(missed) <= (1 - HELD_OUT) * len(made), "\n".join(missed[:20])


@pytest.mark.parametrize("seed", [5, 107])
def test_an_expression_is_never_cut(seed: int) -> None:
    """With a word in front or behind that makes another time of it, nothing is dated by a part of it."""
    rng = random.Random(seed)
    for _ in range(EACH):
        words, due = end_point(rng)
        for text in (f"{rng.choice(['22', '99', '1'])}{words}前", f"{words}以后", f"{words}起"):
            if text[:1].isdigit() and not words[:4].isdigit() and not text.endswith("前"):
                continue
            if text.endswith("前") and not words.startswith("20"):
                continue
            assert due.isoformat() not in {got[2] for got in read(text, "column")}, text
