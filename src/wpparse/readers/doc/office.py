"""Conversion to .docx by LibreOffice, where it is installed: the way of last resort for old word processors' files.

LibreOffice is looked for on PATH and never needed otherwise. What it gives may differ between its versions: a caller
who needs the same bytes everywhere saves the file as .docx once and keeps that.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from wpparse.errors import TooLarge, UnreadableFile
from wpparse.messages import register

register(
    {
        "doc-conversion": (
            "LibreOffice 无法转换该文件：请用 Word 或 WPS 打开，另存为 .docx 后再试",
            "LibreOffice could not convert the file: open it in Word or WPS and save it as .docx",
        ),
        "doc-timeout": (
            "LibreOffice 转换超时（{seconds} 秒）：请用 Word 或 WPS 打开，另存为 .docx 后再试",
            "LibreOffice took longer than {seconds} s: open the file in Word or WPS and save it as .docx",
        ),
    }
)

TIMEOUT: Final = 90
"""Seconds; the first start of LibreOffice on a slow machine takes about ten."""


def find_office() -> str | None:
    """The program, where LibreOffice is installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def convert(program: str, data: bytes, suffix: str) -> bytes:
    """The file as .docx. Raises :class:`UnreadableFile` where LibreOffice cannot read it, :class:`TooLarge` on a time-out."""
    with TemporaryDirectory(prefix="wpparse-") as name:
        folder = Path(name)
        given = folder / f"given.{suffix}"
        given.write_bytes(data)
        command = [
            program,
            # A profile of its own: no settings, macros or running instance of the user take part.
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            str(folder / "out"),
            str(given),
        ]
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            start_new_session=True,
        )
        try:
            process.wait(TIMEOUT)
        except subprocess.TimeoutExpired as error:
            raise TooLarge("doc-timeout", seconds=TIMEOUT) from error
        finally:
            _end(process)
        result = folder / "out" / "given.docx"
        if not result.is_file():
            raise UnreadableFile("doc-conversion")
        return result.read_bytes()


def _end(process: subprocess.Popen[bytes]) -> None:
    """End LibreOffice with all that it started: its launcher leaves the real program behind."""
    if process.poll() is None:
        with suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
        process.wait()
