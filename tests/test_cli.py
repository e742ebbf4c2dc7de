"""The command line as people use it: a process, its files, its streams, its exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from wpparse.cli.convert import COMMANDS as KNOWN_COMMANDS
from wpparse.cli.options import FORMATS as OPTION_FORMATS
from wpparse.writers import FORMATS

NOTICE = """青岚县人民政府办公室关于印发2024年工作要点的通知
各镇人民政府：
一、加强信息公开
（一）抓好落实。2024年9月底前完成。（责任单位：县财政局、县民政局）
青岚县人民政府办公室
2024年3月1日
"""
posix = pytest.mark.skipif(os.name == "nt", reason="POSIX streams and names")


def run(*arguments: str | Path, locale: str = "zh_CN.UTF-8", **options: object) -> subprocess.CompletedProcess[bytes]:
    extra = options.pop("environment", {})
    environment = {**os.environ, "LC_ALL": locale, "PYTHONUTF8": "1"}
    environment |= extra if isinstance(extra, dict) else {}
    environment = {name: value for name, value in environment.items() if value is not None}
    return subprocess.run(
        [sys.executable, "-m", "wpparse", *map(os.fspath, arguments)],
        capture_output=True,
        env=environment,
        timeout=60,
        **options,  # type: ignore[call-overload, no-any-return]  # the caller's own options
    )


def named(name: str) -> str:
    """A file name, also where Python's own idea of names is ASCII (``LC_ALL=C`` without UTF-8 mode)."""
    return os.fsdecode(name.encode())


def text(data: bytes) -> str:
    return data.decode("utf-8").replace("\r\n", "\n")


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    path = tmp_path / named("通知.txt")
    path.write_text(NOTICE, encoding="utf-8")
    return path


class TestConvert:
    def test_suffix_decides_and_one_parse_gives_several_files(self, notice: Path, tmp_path: Path) -> None:
        ran = run(notice, "-o", tmp_path / "a.json", "-o", tmp_path / "b.csv", "-o", tmp_path / "c.xlsx")
        assert ran.returncode == 0, text(ran.stderr)
        assert ran.stdout == b""
        plan = json.loads((tmp_path / "a.json").read_bytes())
        assert [party["name"] for party in plan["tasks"][0]["parties"]] == ["县财政局", "县民政局"]
        assert (tmp_path / "b.csv").read_bytes().startswith(b"\xef\xbb\xbf")
        assert (tmp_path / "c.xlsx").read_bytes().startswith(b"PK")
        assert text(ran.stderr).count("\n") == 1
        assert "1 项任务" in text(ran.stderr)

    def test_standard_input_to_standard_output(self, notice: Path) -> None:
        ran = run("-", "-o", "-", input=NOTICE.encode())
        assert ran.returncode == 0
        assert json.loads(ran.stdout)["source"]["name"] == "-"

    def test_format_overrides_suffix(self, notice: Path, tmp_path: Path) -> None:
        assert run(notice, "-o", tmp_path / "a.dat", "--format", "csv").returncode == 0
        assert "工作要求".encode() in (tmp_path / "a.dat").read_bytes()

    def test_format_without_output_goes_to_standard_output(self, notice: Path) -> None:
        assert "工作要求".encode() in run(notice, "--format", "csv").stdout

    def test_english_headers(self, notice: Path) -> None:
        assert run(notice, "-o", "-", "-f", "csv", "--headers", "en").stdout.startswith(b"\xef\xbb\xbfnumber,")

    def test_screen(self, notice: Path) -> None:
        ran = run(notice)
        assert ran.returncode == 0
        assert "县财政局" in text(ran.stdout)

    def test_quiet(self, notice: Path, tmp_path: Path) -> None:
        assert run(notice, "-q", "-o", tmp_path / "a.json").stderr == b""

    def test_twice_the_same_bytes(self, notice: Path) -> None:
        assert run(notice, "-o", "-").stdout == run(notice, "-o", "-", locale="C").stdout

    def test_same_as_the_library(self, notice: Path) -> None:
        from wpparse import parse

        assert text(run(notice, "-o", "-").stdout) == parse(notice).to_json()

    def test_password_from_the_environment_is_accepted(self, notice: Path) -> None:
        assert run(notice, "-o", "-", environment={"WPPARSE_PASSWORD": "x"}).returncode == 0


class TestFailures:
    def test_bad_input_is_one_line_naming_the_file(self, tmp_path: Path) -> None:
        bad = {
            "空.docx": b"",
            "乱.docx": os.urandom(2000),
            "断.pdf": b"%PDF-1.7\n1 0 obj\n<<",
            "假.docx": b"PK\x03\x04" + bytes(100),
        }
        for name, data in bad.items():
            (tmp_path / named(name)).write_bytes(data)
            ran = run(tmp_path / named(name), "-o", tmp_path / "o.json")
            assert ran.returncode == 1, name
            assert text(ran.stderr).count("\n") == 1, text(ran.stderr)
            assert f"{name}：" in text(ran.stderr)
            assert not (tmp_path / "o.json").exists()

    def test_missing_file(self, tmp_path: Path) -> None:
        ran = run(tmp_path / "nope.docx", "-o", tmp_path / "o.json")
        assert ran.returncode == 1
        assert "nope.docx" in text(ran.stderr)

    def test_mistyped_command(self) -> None:
        ran = run("grammer", "check")
        assert ran.returncode == 2
        assert "grammar" in text(ran.stderr)

    def test_a_command_behind_an_option(self, notice: Path) -> None:
        ran = run("-q", "tables", notice)
        assert ran.returncode == 2
        assert "wpparse tables …" in text(ran.stderr)

    @pytest.mark.parametrize(
        "arguments",
        [
            ["--bogus"],
            ["a.txt", "--source", "everything"],
            ["a.txt", "--headers", "fr"],
            ["a.txt", "-o"],
            ["a.txt", "-o", "x.unknown"],
            ["a.txt", "-o", "x.json", "--format", "pdf"],
            ["grammar", "nothing"],
            ["grammar", "list", "--family", "nothing"],
            ["tables"],
            ["schema", "extra"],
            ["merge", "a.json"],
            ["batch", "in", "--jobs", "0", "-o", "out"],
            ["batch", "in"],
            ["a.txt", "b.txt"],
        ],
    )
    def test_wrong_usage_is_status_2_and_one_line(self, arguments: list[str], tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text(NOTICE, encoding="utf-8")
        for locale in ("zh_CN.UTF-8", "en_GB.UTF-8"):
            ran = run(*arguments, cwd=tmp_path, locale=locale)
            assert ran.returncode == 2
            assert text(ran.stderr).count("\n") == 1, text(ran.stderr)
            assert ran.stdout == b""

    def test_input_is_never_overwritten(self, notice: Path, tmp_path: Path) -> None:
        detour = tmp_path / "x" / ".." / notice.name
        (tmp_path / "x").mkdir()
        for arguments in ([notice, "-o", notice], [notice, "-o", detour, "-f", "json"]):
            assert run(*arguments).returncode == 2
            assert notice.read_text(encoding="utf-8") == NOTICE

    @posix
    def test_input_is_not_overwritten_through_a_link(self, notice: Path, tmp_path: Path) -> None:
        (tmp_path / "link.json").symlink_to(notice)
        assert run(notice, "-o", tmp_path / "link.json").returncode == 2
        assert notice.read_text(encoding="utf-8") == NOTICE

    def test_an_output_may_be_named_once(self, notice: Path, tmp_path: Path) -> None:
        assert run(notice, "-o", tmp_path / "a.json", "-o", tmp_path / "a.json").returncode == 2

    def test_a_failed_write_leaves_what_stood_there(self, notice: Path, tmp_path: Path) -> None:
        ran = run(notice, "-o", tmp_path / "no" / "folder" / "a.json")
        assert ran.returncode == 1
        assert "a.json" in text(ran.stderr)

    @posix
    def test_a_full_device_is_told(self, notice: Path) -> None:
        if not Path("/dev/full").exists():
            pytest.skip("no /dev/full here")
        with Path("/dev/full").open("wb") as full:
            ran = subprocess.run(
                [sys.executable, "-m", "wpparse", notice, "-o", "-"], stdout=full, stderr=subprocess.PIPE, check=False
            )
        assert ran.returncode == 1
        assert ran.stderr.count(b"\n") == 1

    @posix
    def test_a_closed_pipe_is_silent(self, notice: Path) -> None:
        read_end, write_end = os.pipe()
        os.close(read_end)
        ran = subprocess.run(
            [sys.executable, "-m", "wpparse", notice, "-q", "-o", "-"],
            stdout=write_end,
            stderr=subprocess.PIPE,
            check=False,
        )
        os.close(write_end)
        assert ran.stderr == b""

    @posix
    def test_closed_streams(self, notice: Path, tmp_path: Path) -> None:
        command = f'"{sys.executable}" -m wpparse "{notice}" -o "{tmp_path}/a.json" <&- >&- 2>&-'
        assert subprocess.run(command, shell=True, check=False).returncode == 0
        assert (tmp_path / "a.json").exists()

    def test_an_unexpected_error_is_one_line_and_traceback_on_request(self, notice: Path, tmp_path: Path) -> None:
        (tmp_path / "sitecustomize.py").write_text(
            "import wpparse.pipeline\ndef broken(*a, **k):\n    raise ZeroDivisionError('boom')\nwpparse.pipeline.read = broken\n"
        )
        environment = {"PYTHONPATH": str(tmp_path)}
        ran = run(notice, "-o", "-", environment=environment)
        assert ran.returncode == 1
        assert text(ran.stderr).count("\n") == 1
        assert "boom" in text(ran.stderr)
        assert "通知.txt" in text(ran.stderr)
        told = run(notice, "-o", "-", environment={**environment, "WPPARSE_DEBUG": "1"})
        assert "Traceback" in text(told.stderr)

    def test_what_a_library_prints_does_not_reach_standard_output(self, notice: Path, tmp_path: Path) -> None:
        (tmp_path / "sitecustomize.py").write_text(
            "import os, wpparse.pipeline\nreal = wpparse.pipeline.read\n"
            "def noisy(*a, **k):\n    print('noise')\n    os.write(1, b'more noise')\n    return real(*a, **k)\n"
            "wpparse.pipeline.read = noisy\n"
        )
        ran = run(notice, "-o", "-", environment={"PYTHONPATH": str(tmp_path)})
        assert json.loads(ran.stdout)["tasks"]
        assert b"noise" in ran.stderr


class TestConsoles:
    @pytest.mark.parametrize("encoding", ["gbk", "ascii", "cp1252"])
    def test_no_encoding_of_a_console_ends_it(self, encoding: str, notice: Path, tmp_path: Path) -> None:
        environment = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
        missing = tmp_path / named("无此文件𠮷.docx")
        for arguments in ([notice], ["--help"], ["grammar", "list"], [missing]):
            ran = run(*arguments, environment=environment)
            assert b"Traceback" not in ran.stderr
            assert ran.returncode == (1 if arguments[0] == missing else 0), ran.stderr

    @posix
    def test_hostile_names_cannot_repaint_a_terminal(self, tmp_path: Path) -> None:
        for name in ("\x1b[2Jx\n.docx", named("a\u202efdp.docx")):
            path = tmp_path / name
            path.write_bytes(b"")
            ran = run(path)
            assert ran.returncode == 1
            assert b"\x1b" not in ran.stderr
            assert "\u202e".encode() not in ran.stderr
            assert ran.stderr.count(b"\n") == 1

    @posix
    def test_a_name_that_is_no_text(self, tmp_path: Path) -> None:
        path = os.fsencode(tmp_path) + b"/\xcd\xa8\xd6\xaa\xff.txt"
        try:
            with open(path, "wb") as file:  # noqa: PTH123  # the name is bytes
                file.write(NOTICE.encode())
        except OSError:
            pytest.skip("this file system takes only text")
        ran = run(os.fsdecode(path), "-o", "-")
        assert ran.returncode == 0, ran.stderr
        assert json.loads(ran.stdout)["tasks"]


class TestLanguage:
    @pytest.mark.parametrize(
        ("environment", "chinese"),
        [
            ({"LC_ALL": "zh_CN.UTF-8"}, True),
            ({"LC_ALL": "zh_TW.UTF-8"}, True),
            ({"LC_ALL": "", "LC_MESSAGES": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, True),
            ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": "zh_CN.GBK"}, True),
            ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, False),
            ({"LC_ALL": "POSIX"}, False),
            ({"LC_ALL": "de_DE.UTF-8"}, False),
        ],
    )
    def test_of_messages_and_help(self, environment: dict[str, str], chinese: bool) -> None:
        ran = run("--help", environment=environment)
        assert ("用法" in text(ran.stdout)) is chinese
        assert ("Usage" in text(ran.stdout)) is not chinese

    def test_help_shows_examples_options_and_commands(self) -> None:
        shown = text(run("--help").stdout)
        for word in (
            "示例",
            "--source",
            "--grammar",
            "--password",
            "--version",
            "--install-completion",
            *KNOWN_COMMANDS,
        ):
            assert word in shown
        assert shown == text(run("x.docx", "--help").stdout)

    def test_every_command_has_help_in_both_languages(self) -> None:
        for name in KNOWN_COMMANDS:
            assert "用法" in text(run(name, "--help").stdout)
            assert "Usage" in text(run(name, "--help", locale="C").stdout)

    def test_nothing_at_all_is_answered_with_help(self) -> None:
        ran = run()
        assert ran.returncode == 2
        assert "用法" in text(ran.stderr)


class TestCommands:
    def test_version(self) -> None:
        from wpparse import __version__

        assert text(run("--version").stdout) == f"wpparse {__version__}\n"

    def test_schema_describes_the_output(self, notice: Path) -> None:
        schema = json.loads(run("schema").stdout)
        plan = json.loads(run(notice, "-o", "-").stdout)
        assert set(schema["properties"]) == set(plan)
        assert set(schema["$defs"]["Task"]["properties"]) == set(plan["tasks"][0])

    def test_explain_names_rule_words_and_place(self, notice: Path) -> None:
        shown = text(run("explain", notice).stdout)
        plan = json.loads(run(notice, "-o", "-").stdout)
        for party in plan["tasks"][0]["parties"]:
            assert f"“{party['name']}”" in shown
        deadline = plan["tasks"][0]["deadlines"][0]
        assert f"“{deadline['text']}” ← {deadline['rule']}" in shown

    def test_grammar_list(self) -> None:
        lines = text(run("grammar", "list", "--family", "deadline").stdout).splitlines()
        assert lines
        assert all(line.split("\t")[1] == "deadline" for line in lines)

    def test_grammar_check_points_into_the_file(self, tmp_path: Path) -> None:
        rules = tmp_path / "mine" / "deadlines.toml"
        rules.parent.mkdir()
        rules.write_text(
            'family = "deadline"\n\n[[rule]]\nid = "deadline.mine"\nkind = "by"\npattern = "收官"\n'
            'examples = ["年底收尾"]\n',
            encoding="utf-8",
        )
        ran = run("grammar", "check", rules.parent, cwd=tmp_path)
        assert ran.returncode == 2
        assert "mine/deadlines.toml:3: deadline.mine" in text(ran.stdout).replace("\\", "/")

    def test_a_broken_rule_file_is_wrong_usage(self, notice: Path, tmp_path: Path) -> None:
        (tmp_path / "g").mkdir()
        (tmp_path / "g" / "x.toml").write_text("family = ", encoding="utf-8")
        ran = run(notice, "--grammar", tmp_path / "g", "-o", "-")
        assert ran.returncode == 2
        assert "x.toml" in text(ran.stderr)

    def test_tables(self, root: Path, tmp_path: Path) -> None:
        sample = root / "samples" / named("青岚县重点项目包保责任表.docx")
        assert run("tables", sample, "-o", tmp_path / "t.json").returncode == 0
        tables = json.loads((tmp_path / "t.json").read_bytes())
        assert tables[0]["index"] == 0
        assert len(tables[0]["grid"]) == tables[0]["rows"]

    def test_render_merge_and_split(self, notice: Path, tmp_path: Path) -> None:
        assert run(notice, "-o", tmp_path / "a.json").returncode == 0
        assert run("render", tmp_path / "a.json", "-o", tmp_path / "a.csv").returncode == 0
        assert run(notice, "-o", "-", "-f", "csv").stdout == (tmp_path / "a.csv").read_bytes()
        assert run("merge", tmp_path / "a.json", tmp_path / "a.json", "-o", tmp_path / "all.csv").returncode == 0
        assert text((tmp_path / "all.csv").read_bytes()).count("\n") == 3
        assert run("split", notice, "-o", tmp_path / "units").returncode == 0
        assert len(list((tmp_path / "units").glob("*.xlsx"))) == 3

    def test_render_of_what_is_no_plan(self, tmp_path: Path) -> None:
        (tmp_path / "a.json").write_text("{}", encoding="utf-8")
        ran = run("render", tmp_path / "a.json", "-o", tmp_path / "a.csv")
        assert ran.returncode == 1
        assert "a.json：" in text(ran.stderr)

    def test_debug_draws_a_page(self, root: Path, tmp_path: Path) -> None:
        sample = root / "samples" / named("锦屏区重点工作责任分解.pdf")
        assert run("debug", sample, "--page", "1", "-o", tmp_path / "p.png").returncode == 0
        assert (tmp_path / "p.png").read_bytes().startswith(b"\x89PNG")
        ran = run("debug", sample, "--page", "999", "-o", tmp_path / "q.png")
        assert ran.returncode in (1, 2)
        assert text(ran.stderr).count("\n") == 1

    def test_formats_of_options_are_those_of_the_writers(self) -> None:
        assert tuple(FORMATS) == OPTION_FORMATS

    def test_completion_offers_commands_options_and_choices(self) -> None:
        def complete(line: str) -> str:
            environment = {"_WPPARSE_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(line.count(" "))}
            return text(run(environment=environment).stdout)

        assert "grammar" in complete("wpparse gr")
        assert "--source" in complete("wpparse a.docx --so")
        assert "table" in complete("wpparse a.docx --source ta")
        assert "check" in complete("wpparse grammar ch")
