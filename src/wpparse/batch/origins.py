"""Where the bytes of one input come from: a file, a member of an archive, a URL."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections import OrderedDict
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from wpparse.errors import EncryptedFile, MissingExtra, TooLarge, UnreadableFile
from wpparse.pipeline import MAX_BYTES


@dataclass(frozen=True, slots=True)
class Origin:
    """One input. Exactly one of ``path`` (alone or with ``member``) and ``url`` is set.

    ``member`` is the index in the archive's directory: names in archives need not be unique, or decodable. ``inside`` are
    the indexes on the way further in, through containers in containers.
    """

    path: str | None = None
    member: int | None = None
    url: str | None = None
    inside: tuple[int, ...] = ()

    def to_json(self) -> str:
        """ASCII text that :meth:`from_json` reads; undecodable bytes of a path survive."""
        return json.dumps({key: value for key, value in asdict(self).items() if value not in (None, ())})

    @staticmethod
    def from_json(text: str) -> Origin:
        """The origin that :meth:`to_json` wrote down."""
        values = json.loads(text)
        return Origin(**{**values, "inside": tuple(values.get("inside", ()))})

    def read(self, password: str | None = None) -> bytes:
        """The bytes. Raises a :class:`wpparse.errors.WpparseError` where they cannot be read or are too many."""
        data = self._outermost(password)
        for index in self.inside:
            from wpparse.batch.containers import members

            held = members(data)
            if index >= len(held):
                raise UnreadableFile(detail="the archive has changed")
            data = held[index].read(password)
        return data

    def _outermost(self, password: str | None) -> bytes:
        try:
            if self.url is not None:
                with open_url(self.url) as stream:
                    return _all_of(stream)
            if self.path is None:
                raise UnreadableFile(detail="-")
            if self.member is not None:
                return _member(self.path, self.member, password)
            with Path(self.path).open("rb") as stream:
                return _all_of(stream)
        except OSError as error:
            raise UnreadableFile(detail=error.strerror or str(error)) from error

    def stamp(self) -> str:
        """What changes when the bytes change: their SHA-256, or what the store at the other end of a URL offers."""
        if self.url is not None:
            from fsspec.core import url_to_fs

            system, path = url_to_fs(self.url)
            return f"ukey:{system.ukey(path)}"
        return hashlib.sha256(self.read()).hexdigest()


def open_url(url: str, mode: str = "rb") -> IO[Any]:
    """A file at a URL, through fsspec. Raises :class:`MissingExtra` where that is not installed."""
    try:
        import fsspec
    except ImportError as error:
        raise MissingExtra(extra="cluster") from error
    opened: IO[Any] = fsspec.open(url, mode).open()
    return opened


def is_url(name: str) -> bool:
    """True for ``s3://…``, ``file://…`` and their like."""
    return "://" in name


def _all_of(stream: IO[bytes]) -> bytes:
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise TooLarge(detail=f"> {MAX_BYTES // 2**20} MB")
    return data


_open_archives: OrderedDict[tuple[str, int, int], zipfile.ZipFile] = OrderedDict()
_MOST_OPEN = 4
"""Reading an archive's directory costs more than reading a member: each process keeps the last few open."""


def open_archive(path: str) -> zipfile.ZipFile:
    """The archive at ``path``, kept open. Raises :class:`UnreadableFile`."""
    status = Path(path).stat()
    key = (path, status.st_mtime_ns, status.st_size)
    if key not in _open_archives:
        try:
            _open_archives[key] = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise UnreadableFile(detail=str(error)) from error
        if len(_open_archives) > _MOST_OPEN:
            _open_archives.popitem(last=False)[1].close()
    _open_archives.move_to_end(key)
    return _open_archives[key]


def _member(path: str, index: int, password: str | None) -> bytes:
    import zlib

    archive = open_archive(path)
    infos = archive.infolist()
    if index >= len(infos):
        raise UnreadableFile(detail="the archive has changed")
    info = infos[index]
    if info.flag_bits & 1 and password is None:
        raise EncryptedFile
    if info.file_size > MAX_BYTES:
        raise TooLarge(detail=f"> {MAX_BYTES // 2**20} MB")
    try:
        with archive.open(info, pwd=password.encode() if password is not None else None) as stream:
            return _all_of(stream)
    except RuntimeError as error:  # zipfile's word for a wrong password
        raise EncryptedFile from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise UnreadableFile(detail=str(error)) from error
