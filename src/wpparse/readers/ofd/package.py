"""The package around an OFD file (GB/T 33190, 7.1): parts, paths, limits."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from lxml import etree

from wpparse.errors import TooLarge, UnreadableFile

MAX_ENTRIES: Final = 20_000
MAX_PART_BYTES: Final = 64 * 2**20

Element = etree._Element


def local(element: Element) -> str:
    """The name of an element without its namespace: producers use the prefix ``ofd``, others or none."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: Element, *names: str) -> Iterator[Element]:
    """The child elements of these names; all where none is given."""
    for child in element:
        name = local(child)
        if name and (not names or name in names):
            yield child


def child(element: Element, name: str) -> Element | None:
    """The first child element of this name."""
    return next(children(element, name), None)


def text_of(element: Element | None) -> str:
    """The stripped text of an element, "" where there is none."""
    return (element.text or "").strip() if element is not None else ""


class Package:
    """The parts of one file, read on demand; names are compared without case."""

    def __init__(self, data: bytes) -> None:
        """Open the package. Raises :class:`UnreadableFile` or :class:`TooLarge`."""
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise UnreadableFile("ofd-damaged") from error
        entries = self._archive.infolist()
        if len(entries) > MAX_ENTRIES:
            raise TooLarge(detail=f"{len(entries)} zip")
        self._parts = {entry.filename.replace("\\", "/").lstrip("/").lower(): entry for entry in entries}

    def names(self) -> list[str]:
        """Names of all parts, in lower case."""
        return list(self._parts)

    @staticmethod
    def resolve(base: str, path: str) -> str:
        """The part that ``path`` means in the part ``base``: from the root with a leading slash, else from its folder."""
        path = path.strip().replace("\\", "/")
        joined = path if path.startswith("/") else posixpath.join(posixpath.dirname(base), path)
        return posixpath.normpath("/" + joined).lstrip("/").lower()

    def tree(self, name: str) -> Element | None:
        """The root element of a part; None where there is no such part or it is no XML.

        Raises :class:`TooLarge`.
        """
        entry = self._parts.get(name)
        if entry is None:
            return None
        if entry.file_size > MAX_PART_BYTES:
            raise TooLarge(detail=name)
        try:
            with self._archive.open(entry) as file:
                data = file.read(MAX_PART_BYTES + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError):
            return None
        if len(data) > MAX_PART_BYTES:
            raise TooLarge(detail=name)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
        try:
            return etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError):
            return None
