"""What is no circular gives no tasks: one clear line, and no table."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from wpparse import parse
from wpparse.errors import ExitCode, NoCircular, WpparseError

HERE = Path(__file__).resolve().parent
NONE = sorted((HERE / "none").iterdir())
SAMPLES = HERE.parent / "samples"


def run(*arguments: str, text: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "wpparse", *arguments], input=text, capture_output=True, check=False)


def test_there_are_many_kinds() -> None:
    assert len(NONE) > 40


@pytest.mark.parametrize("path", NONE, ids=lambda path: path.name)
def test_no_circular_gives_no_tasks(path: Path) -> None:
    with pytest.raises(WpparseError) as caught:
        parse(path)
    assert isinstance(caught.value, NoCircular) or path.suffix == ".html"
    assert caught.value.exit_code == ExitCode.UNPARSABLE
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["code.py.txt", "config.toml.txt", "data.json.txt", "config.ini.txt"])
def test_code_is_called_code(name: str) -> None:
    with pytest.raises(NoCircular, match="程序代码"):
        parse(HERE / "none" / name)


@pytest.mark.parametrize("sample", sorted(path.name for path in SAMPLES.glob("*.txt")))
@pytest.mark.parametrize("format", ["json", "csv", "md"])
def test_what_we_wrote_is_told(sample: str, format: str, tmp_path: Path) -> None:
    from wpparse.writers import render

    data = render(parse(SAMPLES / sample), format)
    with pytest.raises(NoCircular, match="wpparse render"):
        parse(data, name=f"plan.{format}")


@pytest.mark.parametrize(
    "text",
    [
        "县财政局负责完成项目验收。",
        "各镇请于10月30日前将文件报县水利局。",
        "完成项目验收。",
        "推进公共机构节能改造，6月底前完成。（责任单位：县财政局）",
        "序号\t工作任务\t责任单位\n1\t改造老旧管网三十公里\t县水利局\n2\t修订应急预案\t县应急局\n",
        "一、加强组织领导。\n二、落实工作责任。\n",
        "青岚县2025年工作要点\n",
    ],
)
def test_a_piece_of_a_circular_is_one(text: str) -> None:
    parse(text.encode(), name="piece.txt")


def test_nothing_is_written(tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    done = run("-", "-o", str(out), text=b"hello\n")
    assert done.returncode == ExitCode.UNPARSABLE
    assert len(done.stderr.decode().splitlines()) == 1
    assert not out.exists()


def test_a_batch_names_them(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for path in (HERE / "none" / "poem.txt", sorted(SAMPLES.glob("*.txt"))[0]):
        (folder / path.name).write_bytes(path.read_bytes())
    done = run("batch", str(folder), "-o", str(tmp_path / "out"), "--format", "json")
    assert done.returncode == ExitCode.PARTIAL
    assert "poem.txt" in done.stderr.decode()
    assert not list((tmp_path / "out").glob("poem*"))
