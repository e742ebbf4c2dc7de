"""Deadlines: the contract's rows and notes as cases, the rules' own examples, and what holds for any text."""

from __future__ import annotations

import time
import tomllib
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wpparse import parse
from wpparse.extract.deadlines.dates import SEASONS, ImpossibleDate, Moment, add, five_year_plan, stretch
from wpparse.extract.deadlines.examples import check_deadline_examples
from wpparse.extract.deadlines.find import find_deadlines
from wpparse.extract.deadlines.workdays import OutsideCalendar
from wpparse.extract.mentions import DateBase
from wpparse.grammar import load_grammar
from wpparse.numerals import to_chinese
from wpparse.text import clean

CASES = tomllib.loads((Path(__file__).parent / "cases" / "deadlines.toml").read_text(encoding="utf-8"))["case"]
FIELDS = ("text", "kind", "start", "due", "every", "times", "amount", "unit", "after", "problem")


def found(
    text: str, source: str = "column", plan_year: int = 2024, issue_date: str = "2024-05-10"
) -> list[dict[str, Any]]:
    base = DateBase(plan_year or None, issue_date or None)
    out = []
    for mention in find_deadlines(text, load_grammar(), base, source):  # type: ignore[arg-type]  # a literal in the case table
        assert text[mention.start : mention.end] == mention.text
        assert mention.source == source
        values = {name: getattr(mention, "begins" if name == "start" else name) for name in FIELDS}
        out.append({name: value for name, value in values.items() if value is not None})
    return out


def test_case_ids_are_unique() -> None:
    ids = [case["id"] for case in CASES]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case(case: dict[str, Any]) -> None:
    given_base = {name: case[name] for name in ("source", "plan_year", "issue_date") if name in case}
    assert found(case["text"], **given_base) == case.get("expect", [])


def rows(name: str) -> list[list[str]]:
    text = (Path(__file__).parent / "cases" / name).read_text(encoding="utf-8")
    return [[*row.split("\t"), "", "", ""][:4] for row in text.splitlines()[3:]]


def agrees(row: list[str], got: list[dict[str, Any]]) -> None:
    """What a row of a table of time expressions says of its deadlines; the head of each table explains its words."""
    _, kind, start, due = row
    kind, _, count = kind.partition(" x ")
    if kind == "none":
        assert got == []
    elif kind == "event":
        assert [mention for mention in got if "due" in mention] == []
    else:
        assert [mention["kind"] for mention in got] == [kind] * int(count or 1)
        if kind in ("by", "during"):
            assert [mention["due"] for mention in got if "due" in mention] == [day for day in due.split(", ") if day]
        if start:
            assert got[0]["start"] == start


@pytest.mark.parametrize("row", rows("times.tsv"), ids=lambda row: row[0])
def test_time_expression(row: list[str]) -> None:
    agrees(row, found(clean(row[0]), plan_year=2024, issue_date="2024-03-01"))


@pytest.mark.parametrize("row", rows("times_of_others.tsv"), ids=lambda row: row[0])
def test_time_expression_of_other_readers(row: list[str]) -> None:
    agrees(row, found(clean(row[0]), plan_year=2021, issue_date="2021-06-14"))


def test_examples_of_the_rules() -> None:
    assert list(check_deadline_examples(load_grammar())) == []


PIECES = st.sampled_from([
    "年", "月", "日", "号", "底", "末", "前", "内", "后", "起", "至", "到", "—", "-", "每", "按", "第", "季度",
    "半年", "上旬", "工作日", "小时", "周", "个", "印发", "本方案", "之日起", "即日", "春节", "截至", "全年", "长期", "持续", "推进", "，",
    "。", "（", "）", "《", "》", "“", "”", "1", "2", "9", "12", "31", "2024", "2025年", "十二", "三", "两", "次", "不少于",
    "完成", "的", " ", "l", "Q3", "．", "双", "隔周", "汛", "季", "农历", "十五", "“十四五”", "开始，", "结束", "对", "学期", "暑假",
])  # fmt: skip
TEXTS = st.lists(PIECES, max_size=24).map("".join) | st.text(max_size=80)


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.sampled_from(["column", "clause", "text"]), st.sampled_from([0, 1900, 2024, 9999]))
def test_any_text(text: str, source: str, plan_year: int) -> None:
    mentions = find_deadlines(text, load_grammar(), DateBase(plan_year or None, "2024-12-31"), source)  # type: ignore[arg-type]
    position = 0
    for mention in mentions:
        assert position <= mention.start < mention.end
        assert text[mention.start : mention.end] == mention.text
        position = mention.end
        if mention.begins and mention.due:
            assert mention.begins <= mention.due


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_of_the_calendar(day: date) -> None:
    [mention] = found(f"{day.year}年{day.month}月{day.day}日前", plan_year=0)
    assert mention["due"] == day.isoformat()


WRONG = """
family = "deadline"

[[rule]]
id = "deadline.by-dusk"
kind = "by"
pattern = '(?P<at>{point})日落前'
needs = ["日落前"]
priority = 99
examples = [
  { text = "6月底日落前", plan_year = 2024, due = "2024-06-30" },
  { text = "7月底日落前", plan_year = 2024, due = "2024-07-30" },
  { text = "8月底", match = "8月底日落前" },
  { text = "9月底日落前", deadline = "2024-09-30" },
]
"""


def test_examples_that_do_not_hold_are_named_with_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "dusk.toml").write_text(WRONG, encoding="utf-8")
    lines = list(check_deadline_examples(load_grammar(tmp_path)))
    assert len(lines) == 3
    assert all(line.startswith(f"{tmp_path / 'dusk.toml'}:4: ") for line in lines)
    assert "'2024-07-31'" in lines[0]
    assert "'2024-07-30'" in lines[0]
    assert "8月底日落前" in lines[1]
    assert "unknown key 'deadline'" in lines[2]


def test_a_layered_rule_is_used(tmp_path: Path) -> None:
    (tmp_path / "dusk.toml").write_text(WRONG, encoding="utf-8")
    [mention] = find_deadlines("6月底日落前", load_grammar(tmp_path), DateBase(2024), "column")
    assert (mention.rule, mention.due) == ("deadline.by-dusk", "2024-06-30")


@pytest.mark.parametrize(
    ("day", "amount", "unit", "expected"),
    [
        ("2024-01-31", 1, "month", "2024-02-29"),
        ("2023-11-30", 3, "month", "2024-02-29"),
        ("2024-02-29", 1, "year", "2025-02-28"),
        ("2024-12-20", 2, "week", "2025-01-03"),
        ("2024-05-10", 48, "hour", "2024-05-12"),
        ("2024-05-10", 5, "hour", None),
        ("2024-09-27", 2, "workday", "2024-09-30"),  # Sunday 29 September was a workday
        ("2024-09-30", 1, "workday", "2024-10-08"),
        ("9999-12-31", 1, "day", None),
        ("9998-12-31", 9, "year", None),
    ],
)
def test_periods(day: str, amount: int, unit: Any, expected: str | None) -> None:
    due = add(date.fromisoformat(day), amount, unit)
    assert (None if due is None else due.isoformat()) == expected


@pytest.mark.parametrize("day", ["1999-03-01", "2098-03-01"])
def test_workdays_are_never_guessed(day: str) -> None:
    with pytest.raises(OutsideCalendar):
        add(date.fromisoformat(day), 5, "workday")


@given(st.dates(min_value=date(2005, 1, 1), max_value=date(2024, 12, 31)), st.integers(min_value=1, max_value=40))
def test_workdays_go_on(day: date, amount: int) -> None:
    one_more = add(day, amount + 1, "workday")
    this = add(day, amount, "workday")
    assert this is not None
    assert one_more is not None
    assert day < this < one_more
    assert this <= day + timedelta(days=amount * 2 + 12)


@given(st.integers(1990, 2090), st.integers(1, 12), st.sampled_from([None, "early", "middle", "late", "end"]))
def test_parts_of_a_month_lie_in_it(year: int, month: int, part: Any) -> None:
    first, last = stretch(Moment(year=year, month=month, part=part))
    assert first is not None
    assert last is not None
    assert (first.year, first.month) == (last.year, last.month) == (year, month)
    assert first <= last


def days_of(first: date, last: date) -> list[date]:
    return [first + timedelta(days=i) for i in range((last - first).days + 1)]


PARTS = [None, "early", "middle", "late", "first_twenty", "last_twenty", "end"]


def lies_in(day: date, moment: Moment) -> bool:
    """What a moment covers, said day by day and without any arithmetic on months."""
    tomorrow = day + timedelta(days=1)
    third = (day.day - 1) // 10
    in_part = {
        None: True,
        "early": third == 0,
        "middle": third == 1,
        "late": third >= 2,
        "first_twenty": third <= 1,
        "last_twenty": third >= 1,
        "end": tomorrow.month != day.month,
    }
    if moment.month is not None:
        return day.month == moment.month and (day.day == moment.day if moment.day else in_part[moment.part])
    if moment.quarter is not None:
        inside = day.month in {1: (1, 2, 3), 2: (4, 5, 6), 3: (7, 8, 9), 4: (10, 11, 12)}[moment.quarter]
        return inside and (moment.part is None or (tomorrow.month != day.month and day.month % 3 == 0))
    if moment.half is not None:
        return (day.month <= 6) == (moment.half == 1)
    return moment.part is None or (day.month, day.day) == (12, 31)


@pytest.mark.parametrize("year", [1900, 2000, 2023, 2024, 2100])
def test_every_moment_of_a_year_against_its_days(year: int) -> None:
    days = days_of(date(year, 1, 1), date(year, 12, 31))
    moments = [Moment(year=year, month=month, part=part) for month in range(1, 13) for part in PARTS]  # type: ignore[arg-type]  # literals of the list above
    moments += [Moment(year=year, month=month, day=day) for month in range(1, 13) for day in range(1, 32)]
    moments += [Moment(year=year, quarter=quarter, part=part) for quarter in range(1, 5) for part in (None, "end")]  # type: ignore[arg-type]  # likewise
    moments += [Moment(year=year, half=half) for half in (1, 2)]
    moments += [Moment(year=year), Moment(year=year, part="end")]
    for moment in moments:
        covered = [day for day in days if lies_in(day, moment)]
        if covered:
            assert stretch(moment) == (covered[0], covered[-1]), moment
        else:
            with pytest.raises(ImpossibleDate):
                stretch(moment)


@pytest.mark.parametrize("year", [2023, 2024, 2027])
def test_seasons_follow_one_another_without_a_gap(year: int) -> None:
    stretches = [stretch(Moment(year=year, season=season)) for season in SEASONS]
    days = [day for first, last in stretches if first and last for day in days_of(first, last)]
    assert days == days_of(date(year, 3, 1), date(year + 1, 3, 1) - timedelta(days=1))


def test_five_year_plans_follow_one_another() -> None:
    stretches = [stretch(five_year_plan(ordinal)) for ordinal in range(6, 18)]
    assert stretches[0] == (date(1981, 1, 1), date(1985, 12, 31))
    assert stretches[14 - 6] == (date(2021, 1, 1), date(2025, 12, 31))
    for (_, last), (first, _) in pairwise(stretches):
        assert last is not None
        assert first == last + timedelta(days=1)


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31)), st.integers(1, 40))
def test_months_and_years_against_a_calendar_walked_through(day: date, months: int) -> None:
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    in_month = days_of(date(year, month, 1), date(year, month, 1) + timedelta(days=27))
    while (in_month[-1] + timedelta(days=1)).month == month:
        in_month.append(in_month[-1] + timedelta(days=1))
    expected = next((other for other in in_month if other.day == day.day), in_month[-1])
    assert add(day, months, "month") == expected
    if months % 12 == 0:
        assert add(day, months // 12, "year") == expected
    assert add(day, months, "day") == days_of(day, day + timedelta(days=50))[months]
    assert add(day, months, "week") == add(day, 7 * months, "day")


@given(st.dates(min_value=date(2006, 1, 1), max_value=date(2025, 6, 30)), st.integers(1, 60))
def test_workdays_are_counted_one_by_one(day: date, amount: int) -> None:
    from chinese_calendar import is_workday

    due = add(day, amount, "workday")
    assert due is not None
    assert is_workday(due)
    assert sum(is_workday(other) for other in days_of(day + timedelta(days=1), due)) == amount


def chinese_year(year: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(year))


def full_width(text: str) -> str:
    return text.translate({ord("0") + i: chr(0xFF10 + i) for i in range(10)})


@settings(max_examples=60)
@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2039, 12, 31)))
def test_a_day_is_the_same_however_it_is_written(day: date) -> None:
    plain = f"{day.year}年{day.month}月{day.day}日前"
    ways = [
        plain,
        f"{day.year}年{day.month:02}月{day.day:02}日前",
        f"{chinese_year(day.year)}年{to_chinese(day.month)}月{to_chinese(day.day)}日前",
        f"{day.year}年{day.month}月{day.day}号之前",
        f"{day.year}.{day.month}.{day.day}前",
        f"{day.year}-{day.month:02}-{day.day:02}前",
        f"{day.year}/{day.month}/{day.day}前",
        clean(full_width(plain)),
        clean(f"{day.year} 年 {day.month} 月 {day.day} 日 前"),
    ]
    for way in ways:
        [mention] = found(way, plan_year=0)
        assert (mention["kind"], mention["due"]) == ("by", day.isoformat()), way


@settings(max_examples=100)
@given(
    st.dates(min_value=date(2023, 1, 1), max_value=date(2026, 12, 31)),
    st.dates(min_value=date(2023, 1, 1), max_value=date(2026, 12, 31)),
    st.sampled_from(["至", "—", "-", "~", "到"]),
)
def test_a_span_never_runs_backwards(first: date, last: date, dash: str) -> None:
    [full] = found(f"{first.year}年{first.month}月{first.day}日{dash}{last.year}年{last.month}月{last.day}日")
    if first <= last:
        assert (full["start"], full["due"]) == (first.isoformat(), last.isoformat())
    else:
        assert full["problem"] == "deadline-impossible-date"
    if (last.month, last.day) == (2, 29) or (first.month, first.day) == (2, 29):
        return
    [short] = found(f"{first.year}年{first.month}月{first.day}日{dash}{last.month}月{last.day}日")
    later = first.year + ((last.month, last.day) < (first.month, first.day))
    assert (short["start"], short["due"]) == (first.isoformat(), last.replace(year=later).isoformat())


def test_reading_takes_no_account_of_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/Los_Angeles")
    assert found("本月底前", plan_year=0, issue_date="") == [{"text": "本月底前", "kind": "by"}]


def test_a_long_text_is_read_in_time() -> None:
    began = time.perf_counter()
    assert len(found("12月31日前、" * 3000)) == 3000
    assert found("活动开展" * 5000 + "后5日内")
    assert time.perf_counter() - began < 10


CIRCULAR = """青岚县人民政府办公室关于印发2024年青岚县安全生产专项整治工作方案的通知
各乡镇人民政府：
现将《2024年青岚县安全生产专项整治工作方案》印发给你们，请认真贯彻执行。
青岚县人民政府办公室
2024年5月10日
2024年青岚县安全生产专项整治工作方案
一、实施步骤
（一）动员部署阶段（2024年5月15日前）。各乡镇制定方案，明确责任。
（二）自查自纠阶段（6月1日—8月31日）
各乡镇组织企业开展自查，每月25日前报送进展情况。
（三）总结阶段（9月）。各单位总结经验，9月31日前报送总结。
"""


def test_a_heading_dates_its_task() -> None:
    plan = parse(CIRCULAR.encode(), name="plan.txt")
    got = [[(d.text, d.kind, d.start, d.due) for d in task.deadlines] for task in plan.tasks]
    assert got == [
        [("2024年5月15日前", "by", None, "2024-05-15")],
        [("6月1日—8月31日", "during", "2024-06-01", "2024-08-31"), ("每月25日前", "recurring", None, None)],
        [("9月", "during", "2024-09-01", "2024-09-30"), ("9月31日前", "by", None, None)],
    ]
    lines = CIRCULAR.splitlines()
    for task in plan.tasks:
        for deadline in task.deadlines:
            where = deadline.location
            assert lines[where.block][where.start : where.end] == deadline.text
    assert "deadline-impossible-date" in {diagnostic.code for diagnostic in plan.diagnostics}


BRACKETS = """青岚县2024年重点工作安排
一、城建工作
1.新建停车位600个（2024年底前完成）。（责任单位：县住建局）
2.修订应急预案。〔8月底前〕
3.抓好河道日常管护。【长期坚持】
4.开展自查（6月底前），及时整改。
5.实施绿化三年行动（2024—2026年）。
6.清理文件（2016年以前制定的）。
"""


def test_a_bracket_with_nothing_but_a_deadline_is_no_part_of_the_text() -> None:
    plan = parse(BRACKETS.encode(), name="plan.txt")
    got = [(task.text, [(d.text, d.kind, d.due, d.source) for d in task.deadlines]) for task in plan.tasks]
    assert got == [
        ("新建停车位600个。", [("2024年底前", "by", "2024-12-31", "clause")]),
        ("修订应急预案。", [("8月底前", "by", "2024-08-31", "clause")]),
        ("抓好河道日常管护。", [("长期坚持", "ongoing", None, "clause")]),
        ("开展自查（6月底前），及时整改。", [("6月底前", "by", "2024-06-30", "text")]),
        ("实施绿化三年行动（2024—2026年）。", []),
        ("清理文件（2016年以前制定的）。", []),
    ]
    assert [task.parties_text for task in plan.tasks[:3]] == [
        "（2024年底前完成）\n（责任单位：县住建局）",
        "〔8月底前〕",
        "【长期坚持】",
    ]


COLUMN = """青岚县2024年重点工作任务分解表
序号\t工作任务\t责任单位\t完成时限
1\t完成老旧小区改造12个\t县住建局\t6月底前
2\t整改督察反馈问题\t县环保局\t立行立改
3\t组织消防安全检查\t县应急局\t暑假期间
4\t开展政策宣传\t县司法局\t—
"""


def test_a_cell_without_a_time_is_not_dropped_in_silence() -> None:
    plan = parse(COLUMN.encode(), name="plan.txt")
    assert [[(d.text, d.due) for d in task.deadlines] for task in plan.tasks] == [
        [("6月底前", "2024-06-30")],
        [],
        [("暑假期间", None)],
        [],
    ]
    said = [(d.code, d.values.get("text")) for d in plan.diagnostics if d.code.startswith("deadline-")]
    assert sorted(said) == [("deadline-unread", "立行立改"), ("deadline-without-date", "暑假期间")]


PHASES = """石桥镇2024年专项整治方案
一、实施步骤
动员部署（4月）。各村制定方案，明确责任。
集中整治（5月—10月）。各村组织排查，每月25日前报送进展。
二、组织领导
各村于4月10日前成立专班。本方案自印发之日起施行，有效期1年。
"""


def test_a_run_in_title_dates_its_task() -> None:
    plan = parse(PHASES.encode(), name="plan.txt")
    lines = PHASES.splitlines()
    got = [[(d.text, d.kind, d.start, d.due) for d in task.deadlines] for task in plan.tasks]
    assert got == [
        [("4月", "during", "2024-04-01", "2024-04-30")],
        [("5月—10月", "during", "2024-05-01", "2024-10-31"), ("每月25日前", "recurring", None, None)],
        [("4月10日前", "by", None, "2024-04-10")],
    ]
    for task in plan.tasks:
        for deadline in task.deadlines:
            assert lines[deadline.location.block][deadline.location.start : deadline.location.end] == deadline.text


YEAR_IN_HEADER = """青岚县2024—2026年重点项目任务分解表
序号\t工作任务\t责任单位\t完成时限（2025年）
1\t完成老旧小区改造12个\t县住建局\t6月底
2\t整治内涝点\t县水利局\t2024年12月底
"""


def test_the_year_of_a_header_holds_for_its_column() -> None:
    plan = parse(YEAR_IN_HEADER.encode(), name="plan.txt")
    assert [[d.due for d in task.deadlines] for task in plan.tasks] == [["2025-06-30"], ["2024-12-31"]]


def sure(text: str, source: str, issue_date: str = "2024-05-10") -> tuple[float, tuple[str, ...]]:
    [mention] = find_deadlines(text, load_grammar(), DateBase(2024, issue_date), source)  # type: ignore[arg-type]  # column or text
    return mention.confidence, mention.evidence


def test_what_is_ambiguous_is_less_sure() -> None:
    in_column = sure("6月底前", "column")
    in_text = sure("6月底前完成自查。", "text")
    month = sure("各单位9月集中开展检查。", "text")
    near = sure("各单位5月集中开展检查。", "text")
    past = sure("各单位3月集中开展检查。", "text")
    assert in_column[0] > in_text[0] > month[0] > near[0] > past[0]
    assert in_column[0] > 0.95
    assert past[0] < 0.5
    assert month[1] == ("in-text", "no-end-word")
    assert past[1] == ("in-text", "no-end-word", "year-unsaid-past")
    assert "problem" in sure("2204年6月底前完成。", "text")[1]
    assert "closed-up" in sure("2 0 2 4年6月底前", "column")[1]
    assert "event" in sure("春节前", "column")[1]
    assert "year-unsaid-past" not in sure("2024年3月底前", "column")[1]


@pytest.mark.parametrize("seed", ["一、", "10、", "5月10日、", "十", "20240930", "每年6月、"])
@pytest.mark.parametrize("source", ["column", "text"])
def test_near_misses_are_read_in_linear_time(seed: str, source: str) -> None:
    """Twice the text takes about twice the processor's time; measured on the best of three."""

    def cost(length: int) -> float:
        text = (seed * length)[:length]
        spent = []
        for _ in range(3):
            began = time.process_time()
            find_deadlines(text, load_grammar(), DateBase(2024, "2024-05-10"), source)  # type: ignore[arg-type]  # column or text
            spent.append(time.process_time() - began)
        return min(spent)

    assert cost(4000) < 3.2 * cost(2000) + 0.02
