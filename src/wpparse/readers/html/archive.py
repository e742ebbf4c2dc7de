"""Web pages with all their parts in one file (MHTML): as browsers save them, and Word's 单个文件网页."""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message
from typing import TYPE_CHECKING, Final

from wpparse.blocks import Document, Source
from wpparse.errors import TooLarge, UnreadableFile
from wpparse.readers.html.reader import read_html

if TYPE_CHECKING:
    from wpparse.readers.options import ReadOptions

MAX_BYTES: Final = 60 * 2**20
MAX_PARTS: Final = 2_000


def read_archive(data: bytes, source: Source, options: ReadOptions) -> Document:
    """The page in the archive: the part that it starts with, or the largest page where that one only frames others.

    Raises what :func:`read_html` raises, and :class:`UnreadableFile` where no part is a page.
    """
    if len(data) > MAX_BYTES:
        raise TooLarge(detail=f"> {MAX_BYTES // 2**20} MB")
    pages = _pages(data)
    if not pages:
        raise UnreadableFile("html-no-text")
    first = pages[0]
    best = max(pages, key=len) if b"<frameset" in first.lower() else first
    return read_html(best, source, options)


def _pages(data: bytes) -> list[bytes]:
    """The bytes of each page. The charset that a part names is no help: browsers name none, some sites a wrong one."""
    try:
        message = message_from_bytes(data)
        start = (message.get_param("start") or "") if message.is_multipart() else ""
        found: list[tuple[bool, bytes]] = []
        for count, part in enumerate(message.walk()):
            if count > MAX_PARTS:
                raise TooLarge(detail=f"> {MAX_PARTS}")
            if part.get_content_type() in ("text/html", "application/xhtml+xml"):
                body = _body(part)
                if body.strip():
                    found.append((str(part.get("Content-ID", "")).strip() == start != "", body))
    except (RecursionError, LookupError, ValueError, AttributeError, TypeError) as error:
        raise UnreadableFile("html-no-text") from error
    found.sort(key=lambda page: not page[0])
    return [body for _, body in found]


def _body(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
