"""Folders at URLs, through fsspec."""

from __future__ import annotations

import posixpath
from typing import Any

from wpparse.errors import MissingExtra, OutputError, UnreadableFile


def _system(url: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise MissingExtra(extra="cluster") from error
    system, path = url_to_fs(url)
    return system, path


def find(url: str) -> list[tuple[str, str]]:
    """The files below a URL (a folder, a glob or one file) as path below it and URL of each, in order.

    Raises :class:`UnreadableFile` where the store says no, or there is nothing.
    """
    try:
        system, path = _system(url)
        magic = any(sign in path for sign in "*?[")
        names = sorted(system.glob(path) if magic else system.find(path))
        base = posixpath.dirname(path.partition("*")[0]) if magic else path
    except (OSError, ValueError, ImportError) as error:
        raise UnreadableFile(detail=f"{url}: {error}") from error
    if not names:
        raise UnreadableFile("batch-no-match")
    return [
        (name[len(base) :].strip("/") if name != path else posixpath.basename(path), system.unstrip_protocol(name))
        for name in names
    ]


def store(url: str, data: bytes) -> None:
    """Put ``data`` at a URL; stores of objects show it whole or not at all. Raises :class:`OutputError`."""
    try:
        system, path = _system(url)
        system.makedirs(posixpath.dirname(path), exist_ok=True)
        system.pipe_file(path, data)
    except (OSError, ValueError, ImportError) as error:
        raise OutputError(name=url, detail=error) from error


def load(url: str) -> bytes | None:
    """The bytes at a URL, None where there is nothing."""
    system, path = _system(url)
    try:
        data: bytes = system.cat_file(path)
    except FileNotFoundError:
        return None
    return data


def remove(url: str) -> None:
    """Take away what is at a URL, if anything is."""
    system, path = _system(url)
    if system.exists(path):
        system.rm_file(path)
