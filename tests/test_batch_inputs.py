"""Batches: what is found, and what its outputs are called."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.test_batch import batch, write
from tests.test_batch_faults import NOTICE, contents, posix
from wpparse.batch.inputs import Walk
from wpparse.batch.names import folded, key_of, output_bases
from wpparse.errors import UsageError


def keys(*inputs: str | Path, **options: Any) -> list[str]:
    return [found.key for found in Walk([str(name) for name in inputs], **options)]


class TestWalk:
    def test_order_and_what_counts(self, tmp_path: Path) -> None:
        for name in (
            "b/2.docx",
            "b/1.PDF",
            "a.txt",
            "c.pptx",
            "~$a.docx",
            ".hidden.txt",
            ".git/x.txt",
            "__MACOSX/a.txt",
        ):
            write(tmp_path / name)
        walk = Walk([str(tmp_path)])
        assert [found.key for found in walk] == ["a.txt", "b/1.PDF", "b/2.docx"]
        assert walk.left_out == 3

    def test_include_and_exclude(self, tmp_path: Path) -> None:
        for name in ("a/1.txt", "a/2.TXT", "b/1.txt", "b/x.log"):
            write(tmp_path / name)
        assert keys(tmp_path, include=["*.log"]) == ["b/x.log"]
        assert keys(tmp_path, include=["a/*"]) == ["a/1.txt", "a/2.TXT"]
        assert keys(tmp_path, exclude=["b/*"]) == ["a/1.txt", "a/2.TXT"]
        assert keys(tmp_path, exclude=["1.*"]) == ["a/2.TXT"]

    def test_several_folders_keep_their_names(self, tmp_path: Path) -> None:
        for name in ("x/t/1.txt", "y/t/1.txt", "z/2.txt"):
            write(tmp_path / name)
        assert keys(tmp_path / "x" / "t", tmp_path / "y" / "t", tmp_path / "z") == ["t/1.txt", "t-2/1.txt", "z/2.txt"]

    def test_files_and_globs(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("in/a/1.txt", "in/b/1.txt", "in/2.log"):
            write(tmp_path / name)
        assert keys(tmp_path / "in" / "2.log") == ["2.log"]
        assert keys(str(tmp_path / "in" / "**" / "*.txt")) == ["a/1.txt", "b/1.txt"]
        monkeypatch.chdir(tmp_path)
        assert keys("in/*/1.txt") == ["a/1.txt", "b/1.txt"]
        (missing,) = Walk(["in/*.none"])
        assert missing.problem is not None and missing.problem.code == "batch-no-match"

    def test_a_list_on_standard_input(self, tmp_path: Path) -> None:
        write(tmp_path / "in" / "1.txt")
        write(tmp_path / "in" / "2 空格.txt")
        program = "from wpparse.batch.inputs import Walk; print(*[f.key for f in Walk(['-'])], sep='|')"
        for separator in ("\n", "\r\n", "\0"):
            listed = separator.join(["in/1.txt", "./in/2 空格.txt", ""]).encode()
            ran = subprocess.run(
                [sys.executable, "-c", program], input=listed, cwd=tmp_path, capture_output=True, check=True,
                env={**os.environ, "PYTHONUTF8": "1"},
            )  # fmt: skip
            assert ran.stdout.decode().strip() == "in/1.txt|in/2 空格.txt"

    @posix
    def test_loops_of_links_end_and_every_file_is_met_once(self, tmp_path: Path) -> None:
        write(tmp_path / "in" / "z" / "1.txt")
        (tmp_path / "in" / "a").symlink_to(tmp_path / "in" / "z")
        (tmp_path / "in" / "z" / "up").symlink_to(tmp_path / "in")
        write(tmp_path / "elsewhere" / "2.txt")
        (tmp_path / "in" / "linked").symlink_to(tmp_path / "elsewhere")
        assert keys(tmp_path / "in") == ["z/1.txt", "linked/2.txt"]

    @posix
    def test_broken_links_fail_by_name_and_pipes_are_left_alone(self, tmp_path: Path) -> None:
        (tmp_path / "in").mkdir()
        (tmp_path / "in" / "a.txt").symlink_to(tmp_path / "gone")
        os.mkfifo(tmp_path / "in" / "b.txt")
        result, _ = batch(tmp_path / "in", tmp_path / "out")
        assert [(key, code) for key, code, _ in result.failures] == [("a.txt", "unreadable")]
        assert result.left_out == 1

    @posix
    def test_unreadable_folders_fail_by_name(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        write(tmp_path / "in" / "a" / "1.txt")
        write(tmp_path / "in" / "b" / "2.txt")
        real = os.scandir

        def scandir(path: Any) -> Any:
            if str(path).endswith("a"):
                raise PermissionError(13, "Permission denied")
            return real(path)

        monkeypatch.setattr("wpparse.batch.inputs.os.scandir", scandir)
        result, worked = batch(tmp_path / "in", tmp_path / "out")
        assert worked == ["2.txt"]
        assert [(key, code) for key, code, _ in result.failures] == [("a/", "batch-folder")]

    def test_a_tree_deeper_than_the_stack(self, tmp_path: Path) -> None:
        deep = str(tmp_path)
        made = Path()
        try:
            for _ in range(1200):
                os.mkdir(deep + "/d")  # noqa: PTH102  # Path itself recurses
                deep += "/d"
            made = write(Path(deep, "a.txt"))
            assert len(keys(tmp_path)) == 1
        except OSError:
            pytest.skip("this system takes no such path")
        finally:
            if made.is_file():
                made.unlink()
            os.removedirs(deep)  # pytest's own way to remove it recurses
            tmp_path.mkdir(exist_ok=True)

    def test_the_output_folder_is_not_walked(self, tmp_path: Path) -> None:
        write(tmp_path / "1.txt")
        write(tmp_path / "out" / "x.md")
        assert keys(tmp_path, output=tmp_path / "out") == ["1.txt"]
        with pytest.raises(UsageError):
            batch(tmp_path, tmp_path)


class TestArchives:
    def make(self, path: Path, *names: bytes | str, data: bytes = NOTICE.format(n=1, month=3).encode()) -> Path:
        """An archive whose names are raw bytes (as Chinese Windows writes them) or text (marked as UTF-8)."""
        with zipfile.ZipFile(path, "w") as archive:
            for index, name in enumerate(names):
                archive.writestr(
                    name if isinstance(name, str) else f"placeholder-{index}.txt".ljust(len(name), "_"), data
                )
        content = path.read_bytes()
        for index, name in enumerate(names):
            if isinstance(name, bytes):
                placeholder = f"placeholder-{index}.txt".ljust(len(name), "_").encode()
                assert len(placeholder) == len(name), "the test needs longer names"
                content = content.replace(placeholder, name)
        path.write_bytes(content)
        return path

    def test_names_in_gbk(self, tmp_path: Path) -> None:
        raw = "关于印发工作要点的通知.txt".encode("gbk")
        self.make(tmp_path / "a.zip", raw, "通知通知通知通知通知.txt".encode("gbk"))
        assert keys(tmp_path / "a.zip") == ["关于印发工作要点的通知.txt", "通知通知通知通知通知.txt"]

    def test_names_in_utf8_without_saying_so(self, tmp_path: Path) -> None:
        self.make(tmp_path / "a.zip", "关于印发工作要点的通知.txt".encode())
        assert keys(tmp_path / "a.zip") == ["关于印发工作要点的通知.txt"]

    def test_nothing_leaves_the_output_folder(self, tmp_path: Path) -> None:
        names = [
            "../x.txt",
            "/etc/y.txt",
            "C:\\z.txt",
            "a/../../b.txt",
            "CON.txt",
            "c\x01d.txt",
            "e" * 300 + ".txt",
            "..\\f.txt",
        ]
        self.make(tmp_path / "a.zip", *names)
        result, _ = batch(tmp_path / "a.zip", tmp_path / "out" / "here")
        assert result.done == len(names)
        written = list((tmp_path / "out").rglob("*.json"))
        assert len(written) == len(names)
        assert all((tmp_path / "out" / "here") in path.parents for path in written)
        assert {path.name for path in tmp_path.iterdir()} == {"a.zip", "out"}

    def test_inside_a_folder_an_archive_is_a_folder(self, tmp_path: Path) -> None:
        (tmp_path / "in").mkdir()
        self.make(tmp_path / "in" / "a.zip", "x/1.txt", "2.txt", "3.jpg")
        write(tmp_path / "in" / "2.txt")
        walk = Walk([str(tmp_path / "in")])
        assert [found.key for found in walk] == ["2.txt", "a.zip/x/1.txt", "a.zip/2.txt"]
        assert walk.left_out == 1

    def test_equal_names_in_one_archive(self, tmp_path: Path) -> None:
        with pytest.warns(UserWarning, match="Duplicate"):
            self.make(tmp_path / "a.zip", "1.txt", "1.txt")
        result, _ = batch(tmp_path / "a.zip", tmp_path / "out")
        assert result.done == 2
        assert len(list((tmp_path / "out").glob("*.json"))) == 2

    def test_damaged_locked_and_huge_members_fail_by_name(self, tmp_path: Path) -> None:
        (tmp_path / "in").mkdir()
        (tmp_path / "in" / "bad.zip").write_bytes(b"PK\x03\x04 no archive")
        self.make(tmp_path / "in" / "crc.zip", "1.txt")
        content = (tmp_path / "in" / "crc.zip").read_bytes()
        (tmp_path / "in" / "crc.zip").write_bytes(
            content.replace("青岚县人民政府办公室关于".encode(), "青岚县人民政府办公室関于".encode(), 1)
        )
        with zipfile.ZipFile(tmp_path / "in" / "huge.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("bomb.txt", bytes(101 * 2**20))
        result, _ = batch(tmp_path / "in", tmp_path / "out")
        assert {key: code for key, code, _ in result.failures} == {
            "bad.zip": "unreadable", "crc.zip/1.txt": "unreadable", "huge.zip/bomb.txt": "too-large",
        }  # fmt: skip

    def test_a_word_file_named_zip_is_a_file(self, tmp_path: Path, root: Path) -> None:
        sample = next((root / "samples").glob("*.docx"))
        (tmp_path / "a.zip").write_bytes(sample.read_bytes())
        assert keys(tmp_path / "a.zip") == ["a.zip"]


class TestNames:
    def test_keys_hold_no_way_out(self) -> None:
        assert key_of(["..", ".", "a", "C:", os.fsdecode(b"b\xff.txt")]) == "a/b\\xff.txt"

    def test_bases(self) -> None:
        assert output_bases("x/通知.docx") == ("x/通知", "x/通知.docx")
        assert output_bases("CON.txt") == ("_CON", "_CON.txt")
        assert output_bases("无后缀") == ("无后缀", "无后缀")
        long, other = ("长" * 200 + end + ".txt" for end in "一二")
        assert len(output_bases(long)[0].encode()) < 240
        assert output_bases(long)[0] != output_bases(other)[0]

    def test_duplicate_stems_are_kept_apart(self, tmp_path: Path) -> None:
        for name in ("a.txt", "a.md", "b.txt", "B.TXT.md", "summary.txt"):
            write(tmp_path / "in" / name)
        batch(tmp_path / "in", tmp_path / "out")
        assert set(contents(tmp_path / "out")) == {
            "a.txt.json",
            "a.md.json",
            "b.json",
            "B.TXT.json",
            "summary.txt.json",
        }

    def test_names_that_differ_in_case_only(self, tmp_path: Path) -> None:
        write(tmp_path / "in" / "A.txt")
        write(tmp_path / "in" / "a.txt")
        if len(list((tmp_path / "in").iterdir())) == 1:
            pytest.skip("this file system takes them for one")
        batch(tmp_path / "in", tmp_path / "out")
        written = set(contents(tmp_path / "out"))
        assert len({folded(name) for name in written}) == 2

    def test_an_input_keeps_its_output_when_a_twin_arrives(self, tmp_path: Path) -> None:
        write(tmp_path / "in" / "a.txt")
        batch(tmp_path / "in", tmp_path / "out")
        write(tmp_path / "in" / "a.md")
        _, worked = batch(tmp_path / "in", tmp_path / "out")
        assert worked == ["a.md"]
        assert set(contents(tmp_path / "out")) == {"a.json", "a.md.json"}
