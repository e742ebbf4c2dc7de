"""Calendar and Parquet, read back by their libraries."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import replace
from datetime import date, timedelta

import pytest
from icalendar import Calendar, Event

from tests.writers_plans import deadline, party, plan, task, usual
from wpparse.errors import MissingExtra
from wpparse.model import WorkPlan
from wpparse.writers import render


def events(value: WorkPlan) -> list[Event]:
    return list(Calendar.from_ical(render(value, "ics")).walk("VEVENT"))


def test_one_event_a_deadline_with_a_date() -> None:
    calendar = Calendar.from_ical(render(usual(), "ics"))
    found = calendar.walk("VEVENT")
    assert [event.decoded("dtstart") for event in found] == [
        date(2024, 9, 30), date(2024, 12, 31), date(2024, 8, 31), date(2024, 12, 15),
    ]  # fmt: skip
    assert all(event.decoded("dtend") - event.decoded("dtstart") == timedelta(days=1) for event in found)
    assert len({event["uid"] for event in found}) == 4
    assert str(calendar["X-WR-CALDESC"]) == "未列入：2项没有日期的时限"
    first = found[0]
    assert str(first["summary"]) == "及时公开产业政策、重点项目、创新成果等信息，做好重大政策的集中宣传推介。"
    assert str(first["description"]).splitlines() == [
        "及时公开产业政策、重点项目、创新成果等信息，做好重大政策的集中宣传推介。",
        "责任单位：各镇街、县发展改革局等",
        "完成时限：2024年9月底前（2024-09-30）",
        "来源：正文，第1页",
    ]
    assert str(found[1]["summary"]) == "做好惠企公开"


def test_an_alarm_a_week_before() -> None:
    for event in events(usual()):
        (alarm,) = event.walk("VALARM")
        assert alarm["action"] == "DISPLAY"
        assert alarm.decoded("trigger") == timedelta(days=-7)


@pytest.mark.parametrize(
    ("every", "first", "rule"),
    [
        ("day", date(2024, 1, 1), {"FREQ": ["DAILY"]}),
        ("week", date(2024, 1, 5), {"FREQ": ["WEEKLY"], "BYDAY": ["FR"]}),
        ("month", date(2024, 1, 31), {"FREQ": ["MONTHLY"], "BYMONTHDAY": [-1]}),
        ("quarter", date(2024, 3, 31), {"FREQ": ["MONTHLY"], "INTERVAL": [3], "BYMONTHDAY": [-1]}),
        ("halfyear", date(2024, 6, 30), {"FREQ": ["MONTHLY"], "INTERVAL": [6], "BYMONTHDAY": [-1]}),
        ("year", date(2024, 12, 31), {"FREQ": ["YEARLY"], "BYMONTH": [12], "BYMONTHDAY": [-1]}),
    ],
)
def test_recurring_deadlines_have_a_rule(every: str, first: date, rule: dict[str, list[object]]) -> None:
    (event,) = events(plan(task(1, "报送。", party("甲局"), deadlines=(deadline("每期", "recurring", every=every),))))
    assert event.decoded("dtstart") == first
    found = {
        key: [int(v) if isinstance(v, int) else str(v) for v in value]
        for key, value in event["rrule"].items()
        if key != "UNTIL"
    }
    assert found == rule
    assert event["rrule"]["UNTIL"] == [date(2024, 12, 31)]


def test_the_text_keeps_to_the_standard() -> None:
    text = "公开；解读,回应\\反馈\n第二行\x00" + "长" * 100
    data = render(
        plan(task(1, text, party("甲,局;乙"), deadlines=(deadline("年底前", "by", due="2024-12-31"),))), "ics"
    )
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    (event,) = Calendar.from_ical(data).walk("VEVENT")
    assert str(event["description"]).startswith(text.replace("\x00", "␀"))
    assert b"DTSTAMP:20240315T000000Z" in data


def test_names_with_line_feeds_and_signs_stay_on_their_line() -> None:
    name = "甲;乙,丙\\丁\r\n戊\n"
    value = plan(
        task(1, name, path=(name,), title=name, deadlines=(deadline("年底前", "by", due="2024-12-31"),)), title=name
    )
    calendar = Calendar.from_ical(render(value, "ics"))
    (event,) = calendar.walk("VEVENT")
    assert str(event["summary"]) == "甲;乙,丙\\丁 戊"
    assert [str(each) for each in event["categories"].cats] == ["甲;乙,丙\\丁 戊"]
    assert str(calendar["X-WR-CALNAME"]).startswith("甲")


def test_without_year_or_date_nothing_is_invented() -> None:
    value = usual()
    bare = replace(value, header=replace(value.header, plan_year=None, issue_date=None))
    assert len(events(bare)) == 3


def test_parquet_has_the_table_and_the_nested_lists() -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(io.BytesIO(render(usual(), "parquet")))
    rows = table.to_pylist()
    assert table.column_names[:4] == ["序号", "一级任务", "二级任务", "工作要求"]
    assert [row["序号"] for row in rows] == [1, 2, 3, 4, 5, 6]
    assert rows[1]["parties_list"][0] == {
        "name": "县住建局", "role": "lead", "collective": False, "canonical": "县住房和城乡建设局", "source": "clause",
    }  # fmt: skip
    assert rows[2]["deadlines_list"][0]["start"] == date(2024, 8, 1)
    header = json.loads(table.schema.metadata[b"wpparse.header"])
    assert header["document_number"] == "青政办发〔2024〕7号"
    assert parquet.read_table(io.BytesIO(render(usual(), "parquet", headers="en"))).column_names[0] == "number"


def test_parquet_names_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtra, match=r'pip install "wpparse\[parquet\]"'):
        render(usual(), "parquet")
