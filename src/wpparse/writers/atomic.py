"""A file appears whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Iterator, Sequence
from pathlib import Path

from wpparse.errors import OutputError
from wpparse.messages import register

register(
    {
        "output-format": (
            "不知道如何写出 {name}；可用的格式：{known}",
            "no output format for {name}; known are: {known}",
        ),
        "output-folder-missing": (
            "无法写入 {name}：所在文件夹不存在",
            "cannot write {name}: its folder does not exist",
        ),
        "output-is-folder": ("无法写入 {name}：这是一个文件夹", "cannot write {name}: it is a folder"),
        "output-busy": (
            "无法写入 {name}：没有权限，或文件正在其他程序中打开（请先关闭）",
            "cannot write {name}: not permitted, or open in another program (close it first)",
        ),
        "output-full": ("无法写入 {name}：磁盘空间不足", "cannot write {name}: the disk is full"),
        "output-name-long": ("无法写入 {name}：文件名过长", "cannot write {name}: the name is too long"),
    }
)

_REASONS = {
    errno.ENOENT: "output-folder-missing",
    errno.ENOTDIR: "output-folder-missing",
    errno.EISDIR: "output-is-folder",
    errno.EACCES: "output-busy",
    errno.EPERM: "output-busy",
    errno.EBUSY: "output-busy",
    errno.EROFS: "output-busy",
    errno.ENOSPC: "output-full",
    errno.EDQUOT: "output-full",
    errno.ENAMETOOLONG: "output-name-long",
}


def write_bytes(path: str | Path, data: bytes) -> None:
    """Put ``data`` into ``path``; what stood there before is replaced only when all of it is on the disk.

    A link is followed; a device or pipe is written to as it is. Raises :class:`OutputError`.
    """
    shown = Path(path)
    target = Path(os.path.realpath(shown))
    try:
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "")
        if target.exists() and not target.is_file():
            target.write_bytes(data)
        else:
            _replace(target, data)
    except OSError as error:
        raise output_error(shown, error) from error


def write_all(contents: Sequence[tuple[str | Path, bytes]]) -> None:
    """Put several files in place: all of them, or, where one cannot be written, none.

    Everything is on the disk beside its target before the first one is replaced. Raises :class:`OutputError`.
    """
    with contextlib.ExitStack() as undo:
        ready: list[tuple[Path, Path, Path]] = []
        direct: list[tuple[str | Path, bytes]] = []
        for path, data in contents:
            shown = Path(path)
            target = Path(os.path.realpath(shown))
            try:
                if target.is_dir():
                    raise IsADirectoryError(errno.EISDIR, "")
                if target.exists() and not target.is_file():
                    direct.append((path, data))
                    continue
                ready.append((shown, undo.enter_context(_prepared(target, data)), target))
            except OSError as error:
                raise output_error(shown, error) from error
        for shown, temporary, target in ready:
            try:
                temporary.replace(target)
            except OSError as error:
                raise output_error(shown, error) from error
    for path, data in direct:
        write_bytes(path, data)


def output_error(path: Path, error: OSError) -> OutputError:
    """What the user is told about ``error`` while writing ``path``."""
    code = _REASONS.get(error.errno or 0)
    if code:
        return OutputError(code, name=path.name or path)
    return OutputError(name=path.name or path, detail=error.strerror or error)


def _replace(target: Path, data: bytes) -> None:
    with _prepared(target, data) as temporary:
        temporary.replace(target)


@contextlib.contextmanager
def _prepared(target: Path, data: bytes) -> Iterator[Path]:
    """The data in a file beside its target; what is still there at the end is removed."""
    temporary = target.with_name(f".wpparse-{secrets.token_hex(6)}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            temporary.chmod(target.stat().st_mode & 0o7777)
        yield temporary
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()
