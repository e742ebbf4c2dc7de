"""Files that hold files: .zip, .tar (also packed by gzip) and letters (.eml), told by their content."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.header import decode_header
from email.message import Message
from pathlib import Path
from typing import Literal

from wpparse.batch.archive_names import member_names
from wpparse.errors import EncryptedFile, TooLarge, UnreadableFile, UnsupportedFormat, WpparseError
from wpparse.pipeline import MAX_BYTES
from wpparse.readers.glance import Glance
from wpparse.readers.registry import find

Kind = Literal["zip", "tar", "mail"]
SUFFIXES = frozenset({".zip", ".tar", ".tgz", ".gz", ".eml"})
MAX_MEMBERS = 20_000
MAX_DEPTH = 4
"""Containers inside of one another that are opened."""
MAX_UNPACKED = 8 * MAX_BYTES
"""Of one archive packed as a whole."""
_LOOK = 2**16
_TAR_SIGN = slice(257, 262)
_ZIP_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError)


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a container; ``read`` gives its bytes or raises a :class:`wpparse.errors.WpparseError`."""

    name: str
    read: Callable[[str | None], bytes]
    """Takes the password."""


def kind_of_file(path: Path) -> Kind | None:
    """What kind of container a file is; None for every other one, and where it cannot be read."""
    try:
        with path.open("rb") as stream:
            head = stream.read(_LOOK)
            if head.startswith(b"PK"):
                return kind_of(head + stream.read(MAX_BYTES))
    except OSError:
        return None
    return kind_of(head)


def kind_of(data: bytes) -> Kind | None:
    """What kind of container the bytes are; a Word file is none, though it is a ZIP archive."""
    if data.startswith(b"PK"):
        try:
            find(data)
        except UnsupportedFormat as refusal:
            return "zip" if refusal.code == "unsupported-archive" else None
        except WpparseError:
            return None
        return None
    if _is_tar(data):
        return "tar"
    return "mail" if Glance(data[:_LOOK]).is_mail else None


def members(data: bytes) -> list[Member]:
    """What a container holds, in its order; its folders are left out. Raises a :class:`wpparse.errors.WpparseError`."""
    kind = kind_of(data)
    listed = {"zip": _zip, "tar": _tar, "mail": _mail}[kind](data) if kind is not None else iter(())
    found: list[Member] = []
    for member in listed:
        if len(found) >= MAX_MEMBERS:
            raise TooLarge(detail=f"> {MAX_MEMBERS}")
        found.append(member)
    return found


def _zip(data: bytes) -> Iterator[Member]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        infos = archive.infolist()
    except _ZIP_FAULTS as error:
        raise UnreadableFile("damaged-archive") from error
    for info, name in zip(infos, member_names(infos), strict=True):
        if not name.endswith(("/", "\\")):
            yield Member(name, _zip_reader(archive, info))


def _zip_reader(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[str | None], bytes]:
    def read(password: str | None) -> bytes:
        if info.flag_bits & 1 and password is None:
            raise EncryptedFile
        try:
            with archive.open(info, pwd=password.encode() if password is not None else None) as stream:
                return _bounded(stream.read(MAX_BYTES + 1))
        except RuntimeError as error:
            raise EncryptedFile from error
        except _ZIP_FAULTS as error:
            raise UnreadableFile("damaged-archive") from error

    return read


def _is_tar(data: bytes) -> bool:
    if data.startswith(b"\x1f\x8b"):
        try:
            with gzip.open(io.BytesIO(data)) as stream:
                data = stream.read(512)
        except (OSError, EOFError, zlib.error):
            return False
    return data[_TAR_SIGN] == b"ustar"


def _tar(data: bytes) -> Iterator[Member]:
    try:
        if data.startswith(b"\x1f\x8b"):
            with gzip.open(io.BytesIO(data)) as stream:
                data = stream.read(MAX_UNPACKED + 1)
            if len(data) > MAX_UNPACKED:
                raise TooLarge(detail=f"> {MAX_UNPACKED // 2**20} MB")
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:", encoding="utf-8", errors="surrogateescape") as archive:
            for info in archive:
                if info.isreg():
                    start, size = info.offset_data, info.size
                    yield Member(_tar_name(info.name), lambda _, at=start, n=size: _bounded(data[at : at + n]))  # type: ignore[misc]
    except (tarfile.TarError, OSError, EOFError, zlib.error, ValueError) as error:
        raise UnreadableFile("damaged-archive") from error


def _tar_name(name: str) -> str:
    raw = name.encode("utf-8", "surrogateescape")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def _mail(data: bytes) -> Iterator[Member]:
    """What is attached to a letter, and its text: as a page where it has one, else plain."""
    try:
        message = message_from_bytes(data)
        parts = [
            part for part in message.walk() if not part.is_multipart() or part.get_content_type() == "message/rfc822"
        ]
        texts = {"text/html": "正文.html", "text/plain": "正文.txt"}
        shown = next((kind for kind in texts if any(_is_text(part, kind) for part in parts)), None)
        for part in parts:
            name = _attached(part)
            if name:
                yield Member(name, lambda _, part=part: _bounded(_body(part)))  # type: ignore[misc]
            elif shown is not None and _is_text(part, shown):
                yield Member(texts[shown], lambda _, part=part: _bounded(_body(part)))  # type: ignore[misc]
                shown = None
    except (RecursionError, LookupError, ValueError, AttributeError, TypeError) as error:
        raise UnreadableFile("damaged-mail") from error


def _is_text(part: Message, kind: str) -> bool:
    return part.get_content_type() == kind and not _attached(part) and bool(_body(part).strip())


def _attached(part: Message) -> str:
    """The name of an attachment as its sender saw it; empty for other parts."""
    try:
        name = part.get_filename() or ""
        pieces = decode_header(name)
    except (ValueError, LookupError):
        return "附件" if part.get_content_disposition() == "attachment" else ""
    text = "".join(piece if isinstance(piece, str) else _decoded(piece, charset) for piece, charset in pieces)
    return " ".join(text.split())


def _decoded(raw: bytes, charset: str | None) -> str:
    """A name in the charset that it says, which may be a seldom name of GBK, or cut inside of a character."""
    known = (charset or "utf-8").lower().removeprefix("x-")
    try:
        return raw.decode("gb18030" if known.startswith("gb") else known, "replace")
    except LookupError:
        return raw.decode("gb18030", "replace")


def _body(part: Message) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        return inner[0].as_bytes() if isinstance(inner, list) and inner and isinstance(inner[0], Message) else b""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _bounded(data: bytes) -> bytes:
    if len(data) > MAX_BYTES:
        raise TooLarge(detail=f"> {MAX_BYTES // 2**20} MB")
    return data
