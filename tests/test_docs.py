"""Every command, example and claim of the documents is run or checked."""

from __future__ import annotations

import importlib
import os
import pkgutil
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import wpparse
from wpparse import ExitCode, load_grammar, messages
from wpparse.grammar.check import check_grammar

ROOT = Path(__file__).resolve().parents[1]
PAGES = ["README.md", "README.zh-CN.md", "CONTRIBUTING.md"]
FENCE = re.compile(r"```(\w+)\n(.*?)```", re.S)


def blocks(page: str, language: str) -> list[str]:
    return [body for name, body in FENCE.findall((ROOT / page).read_text(encoding="utf-8")) if name == language]


def commands(page: str) -> list[str]:
    return [line[2:] for body in blocks(page, "console") for line in body.splitlines() if line.startswith("$ ")]


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs")
    shutil.copytree(
        ROOT / "samples", folder / "samples", ignore=shutil.ignore_patterns("source", "expected", "__pycache__")
    )
    shutil.copytree(ROOT / "benchmarks", folder / "benchmarks", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@pytest.mark.parametrize(("page", "command"), [(page, command) for page in PAGES for command in commands(page)])
def test_command(page: str, command: str, workplace: Path) -> None:
    words = shlex.split(command)
    if words[:2] == ["python", "dev.py"]:
        assert re.search(rf'^JOBS = .*"{words[2]}":', (ROOT / "dev.py").read_text(encoding="utf-8"), re.M)
        return
    start = [sys.executable, "-m", "wpparse"] if words[0] == "wpparse" else [sys.executable]
    assert words[0] in ("wpparse", "python")
    run = subprocess.run(
        start + words[1:], cwd=workplace, capture_output=True, env={**os.environ, "PYTHONUTF8": "1"}, check=False
    )
    assert run.returncode == 0, run.stderr.decode("utf-8", "replace")
    outputs = [words[i + 1] for i, word in enumerate(words) if word == "-o"]
    assert all((workplace / output).exists() for output in outputs)
    assert outputs or run.stdout or words[1:] == ["grammar", "check"]


def test_the_demonstration_is_the_main_job(workplace: Path) -> None:
    source = (ROOT / "dev.py").read_text(encoding="utf-8")
    sample, output = re.search(r'"wpparse", "(samples/[^"]+)", "-o", "([^"]+)"', source).groups()  # type: ignore[union-attr]
    subprocess.run(
        [sys.executable, "-m", "wpparse", sample, "-o", output], cwd=workplace, check=True, capture_output=True
    )
    assert (workplace / output).stat().st_size > 5000


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_python_example(page: str, workplace: Path) -> None:
    (code,) = blocks(page, "python")
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=workplace, capture_output=True, text=True, encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"}, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert "县政务服务局" in run.stdout


def test_the_rule_of_the_contributing_page_works(tmp_path: Path) -> None:
    (rule,) = blocks("CONTRIBUTING.md", "toml")
    assert tomllib.loads(rule)["rule"][0]["examples"]
    (tmp_path / "own.toml").write_text(f'family = "deadline"\n{rule}', encoding="utf-8")
    assert list(check_grammar(load_grammar(tmp_path))) == []


def test_both_languages_show_the_same() -> None:
    assert commands("README.md") == commands("README.zh-CN.md")
    assert blocks("README.md", "python") == blocks("README.zh-CN.md", "python")
    scores = [
        [row for row in (ROOT / page).read_text(encoding="utf-8").splitlines() if re.match(r"\|.*\| *\d\.\d{3}", row)]
        for page in ("README.md", "README.zh-CN.md")
    ]
    figures = [[re.findall(r"\d\.\d{3}", row) for row in page] for page in scores]
    assert figures[0] == figures[1]
    assert len(figures[0]) >= 5


def test_every_code_is_explained() -> None:
    for module in pkgutil.walk_packages(wpparse.__path__, "wpparse."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    page = (ROOT / "docs" / "diagnostics.md").read_text(encoding="utf-8")
    missing = [code for code in sorted(messages.codes()) if code.startswith(PLAN_CODES) and f"`{code}`" not in page]
    assert not missing


PLAN_CODES = (
    "outline-",
    "docx-",
    "doc-",
    "html-",
    "odt-",
    "pdf-",
    "txt-",
    "text-",
    "ofd-",
    "sheet-",
    "ocr-",
    "table-",
    "deadline-",
    "party-",
    "task-",
    "no-tasks",
    "recognised-",
    "clause-",
)


def test_exit_codes_are_documented() -> None:
    page = (ROOT / "docs" / "exit-codes.md").read_text(encoding="utf-8")
    for code in ExitCode:
        assert f"| {code.value} | `{code.name}` |" in page


def test_the_project_speaks_of_itself_alone() -> None:
    files = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.splitlines()
    if not files:
        pytest.skip("not a git checkout")
    for name in files:
        path = ROOT / name
        if (
            path.suffix in (".py", ".toml", ".md", ".txt", ".tsv")
            and path.is_file()
            and path != Path(__file__).resolve()
        ):
            text = path.read_text(encoding="utf-8")
            assert "/work/" not in text, name
            assert "/tmp/" not in text, name


def test_the_page_of_formats_is_the_table_in_the_code() -> None:
    from wpparse.cli.formats_command import rows

    page = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    for name, suffixes, told, lost, peer in rows():
        assert f"| {name} | {' '.join(suffixes)} | {told[1]} | {lost[1]} | {peer} |" in page
    shown = subprocess.run(
        [sys.executable, "-m", "wpparse", "formats"],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONUTF8": "1"},
    ).stdout.decode()
    assert all(name in shown for name, *_ in rows())
