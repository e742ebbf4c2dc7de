"""Files appear whole or not at all; names that every system takes; one workbook a unit."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.writers_plans import party, plan, task, usual
from wpparse.errors import OutputError, UsageError
from wpparse.writers import load_members, split_plan, write, write_bytes, write_split
from wpparse.writers.names import file_stem, sheet_name


def listed(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_an_existing_file_is_replaced_with_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "任务.csv"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write(usual(), path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert listed(tmp_path) == ["任务.csv"]


@pytest.mark.parametrize("trouble", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: BaseException) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"old")

    def fail(descriptor: int) -> None:
        raise trouble

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises((OutputError, KeyboardInterrupt)) as caught:
        write_bytes(path, b"new")
    if isinstance(caught.value, OutputError):
        assert "磁盘空间不足" in str(caught.value)
    assert path.read_bytes() == b"old"
    assert listed(tmp_path) == ["a.json"]


def test_a_clear_word_where_nothing_can_be_written(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="文件夹不存在"):
        write(usual(), tmp_path / "missing" / "a.csv")
    with pytest.raises(OutputError, match="这是一个文件夹"):
        write_bytes(tmp_path, b"x")
    with pytest.raises(OutputError, match="文件名过长"):
        write_bytes(tmp_path / ("长" * 200), b"x")
    with pytest.raises(UsageError, match="xlsx"):
        write(usual(), tmp_path / "a.pdf")
    assert listed(tmp_path) == []


@pytest.mark.skipif(sys.platform == "win32", reason="links and devices are a matter of POSIX")
def test_links_are_followed_and_devices_written_to(tmp_path: Path) -> None:
    target = tmp_path / "target.csv"
    target.write_bytes(b"old")
    link = tmp_path / "link.csv"
    link.symlink_to(target)
    write(usual(), link)
    assert link.is_symlink()
    assert target.read_bytes() != b"old"
    write_bytes("/dev/null", b"x")


@pytest.mark.parametrize(
    ("text", "stem"),
    [
        ("县财政局", "县财政局"),
        ("CON", "_CON"),
        ("com1.txt", "_com1.txt"),
        ("LPT9", "_LPT9"),
        ("console", "console"),
        ('a<b>c:d"e/f\\g|h?i*j', "a＜b＞c：d＂e／f＼g｜h？i＊j"),
        ("..", "未命名"),
        ("局. . ", "局"),
        ("", "未命名"),
        ("../../etc/passwd", "／..／etc／passwd"),
        ("甲\x00乙\n丙", "甲␀乙 丙"),
        ("长" * 300, "长" * 60),
    ],
)
def test_file_stems(text: str, stem: str) -> None:
    assert file_stem(text) == stem


def test_names_are_taken_without_regard_to_case() -> None:
    taken: set[str] = set()
    assert [file_stem(text, taken) for text in ("ABC", "abc", "abc")] == ["ABC", "abc(2)", "abc(3)"]
    assert [sheet_name(text, taken) for text in ("甲" * 40, "甲" * 40)] == ["甲" * 31, "甲" * 28 + "(2)"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("按单位", "按单位"),
        ("a[b]:*?/\\c", "a［b］：＊？／＼c"),
        ("'引'", "引"),
        ("History", "History_"),
        ("", "Sheet"),
        ("𠀀" * 31, "𠀀" * 15),
    ],
)
def test_sheet_names(text: str, name: str) -> None:
    assert sheet_name(text) == name


MEMBERS = {"各镇街": ("石桥镇", "柳河街道", "县财政局")}


def test_split_gives_each_unit_its_tasks() -> None:
    plans = split_plan(usual())
    assert {unit: [t.number for t in value.tasks] for unit, value in plans.items()} == {
        "县发展改革局": [1],
        "县住房和城乡建设局": [2, 4],
        "县财政局": [2, 4],
        "县教育和体育局": [3],
        "各镇街": [1],
        "张县长": [6],
    }


def test_members_stand_in_for_a_collective_name() -> None:
    plans = split_plan(usual(), MEMBERS)
    assert "各镇街" not in plans
    assert [t.number for t in plans["石桥镇"].tasks] == [1]
    assert [t.number for t in plans["县财政局"].tasks] == [1, 2, 4]


def test_split_writes_a_workbook_a_unit_and_an_index(tmp_path: Path) -> None:
    paths = write_split(usual(), tmp_path / "out", MEMBERS)
    assert [path.name for path in paths][:2] == ["00-目录.xlsx", "县发展改革局.xlsx"]
    assert sorted(path.name for path in paths) == listed(tmp_path / "out")
    index = load_workbook(paths[0]).worksheets[0]
    rows = [[cell.value for cell in row] for row in index.iter_rows(min_row=2)]
    assert rows[0] == ["序号", "单位", "牵头", "责任", "配合", "责任人", "任务数", "文件"]
    assert ["县财政局", 1, 1, 1, None, 3, "县财政局.xlsx"] in [row[1:] for row in rows]
    assert index.cell(3, 8).hyperlink.target == "县发展改革局.xlsx"
    assert index.cell(3, 8).hyperlink.ref == "H3"
    book = load_workbook(tmp_path / "out" / "石桥镇.xlsx")
    assert book.sheetnames == ["石桥镇", "按时限"]
    sheet = book.worksheets[0]
    assert sheet["A1"].value == "青岚县2024年政务公开工作要点（石桥镇）任务分解表"
    assert [sheet.cell(2, 2).value, sheet.cell(3, 2).value] == ["本单位职责", "责任（各镇街）"]


def test_split_with_names_that_are_no_file_names(tmp_path: Path) -> None:
    hostile = plan(task(1, "要求。", party("CON"), party("甲/乙*局"), party("甲／乙＊局"), party("=1+1")))
    paths = write_split(hostile, tmp_path)
    assert sorted(path.name for path in paths) == listed(tmp_path)
    assert {path.name for path in paths} == {
        "00-目录.xlsx",
        "_CON.xlsx",
        "甲／乙＊局.xlsx",
        "甲／乙＊局(2).xlsx",
        "=1+1.xlsx",
    }


@pytest.mark.parametrize("key", ['"各镇街"', "各镇街", "各镇（街道） "])
def test_member_lists_from_toml(tmp_path: Path, key: str) -> None:
    path = tmp_path / "units.toml"
    path.write_text(f'# 成员 = 名单\n{key} = [\n  "石桥镇", "柳河街道",\n  "石桥镇",\n]\n', encoding="utf-8-sig")
    assert load_members(path) == {key.strip('" '): ("石桥镇", "柳河街道")}


@pytest.mark.parametrize("text", ['各镇街 = "石桥镇"\n', "各镇街 = [1]\n", "各镇街\n", "[各镇街]\n"])
def test_a_wrong_member_list_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "units.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"units\.toml"):
        load_members(path)
    with pytest.raises(UsageError, match=r"missing\.toml"):
        load_members(tmp_path / "missing.toml")


HASHES = """
import hashlib
from tests.writers_plans import usual
from wpparse.writers import FORMATS, render
print([hashlib.sha256(render(usual(), format)).hexdigest() for format in FORMATS])
"""


def test_the_bytes_depend_on_neither_process_nor_clock_nor_zone(root: Path) -> None:
    outputs = {
        subprocess.run(
            [sys.executable, "-c", HASHES],
            cwd=root,
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "America/Los_Angeles"), ("2", "Asia/Shanghai"))
    }
    assert len(outputs) == 1
