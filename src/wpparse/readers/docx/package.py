"""The package around a Word document (ECMA-376 Part 2): parts, relationships, limits."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from typing import Final

from lxml import etree

from wpparse.errors import EncryptedFile, TooLarge, UnreadableFile
from wpparse.readers.docx.compact import Distinct, compact
from wpparse.readers.docx.names import PACKAGE_RELATIONSHIPS_NS, STRICT

MAX_ENTRIES: Final = 10_000
MAX_PART_BYTES: Final = 64 * 2**20
MAX_TREE_BYTES: Final = 150 * 2**20
"""Memory that the tree of one part may take, as estimated from its tags and attributes."""

_NODE_BYTES = 130
_ATTRIBUTE_BYTES = 220

_RELATIONSHIP = f"{{{PACKAGE_RELATIONSHIPS_NS}}}Relationship"
_MAIN_TYPE = b"wordprocessingml"
_SECTION = re.compile(rb"<\w+:sectPr\b(?:[^>]*/>|[^>]*>.*?</\w+:sectPr>)", re.DOTALL)
_TITLE_PAGE = re.compile(rb"<\w+:titlePg\b(?:[^>]*?\bval=[\"']([^\"']*))?")
_HEADER = re.compile(rb"<\w+:headerReference\b([^>]*)")
_ATTRIBUTE = re.compile(rb"\b(type|id)=[\"']([^\"']*)")
_OFF = (b"0", b"false", b"off")


class Package:
    """The parts of one file, read on demand."""

    def __init__(self, data: bytes) -> None:
        """Open the package. Raises :class:`UnreadableFile` or :class:`TooLarge`."""
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise UnreadableFile("docx-damaged", detail="zip") from error
        entries = self._archive.infolist()
        if len(entries) > MAX_ENTRIES:
            raise TooLarge(detail=f"{len(entries)} zip")
        # Names are keys only, nothing is written to a path. Some tools write backslashes or a leading slash, and
        # names are compared without case (Part 2, 6.2.2.3).
        self._parts = {entry.filename.replace("\\", "/").lstrip("/").lower(): entry for entry in entries}
        self.main = self._find_main()
        self._targets = self._relationships(self.main)

    def names(self) -> list[str]:
        """Names of all parts, in lower case."""
        return list(self._parts)

    def related(self, kind: str) -> str | None:
        """The name of the part that the main document relates to as ``kind`` (``styles``, ``numbering`` …)."""
        found = self._targets.get(kind)
        if found in self._parts:
            return found
        guess = posixpath.join(posixpath.dirname(self.main), f"{kind}.xml")
        return guess if guess in self._parts else None

    def first_header(self) -> str | None:
        """The part that Word shows above the first page's text (17.10): its own header, else that of all pages."""
        if "header" not in self._targets:
            return None
        section = _SECTION.search(self.read(self.main))
        if section is None:
            return None
        own = _TITLE_PAGE.search(section[0])
        wanted = b"first" if own and own[1] not in _OFF else b"default"
        for reference in _HEADER.findall(section[0]):
            given = dict(_ATTRIBUTE.findall(reference))
            if given.get(b"type", b"default") == wanted:
                found = self._targets.get(f"header {given.get(b'id', b'').decode('ascii', 'replace')}")
                return found if found in self._parts else None
        return None

    def read(self, name: str) -> bytes:
        """The bytes of a part. Raises a :class:`wpparse.errors.WpparseError` where they cannot be had."""
        entry = self._parts.get(name)
        if entry is None:
            raise UnreadableFile("docx-damaged", detail=name)
        if entry.flag_bits & 1:
            raise EncryptedFile
        if entry.file_size > MAX_PART_BYTES:
            raise TooLarge(detail=f"{name}: {entry.file_size // 2**20} MB")
        try:
            with self._archive.open(entry) as stream:
                data = stream.read(MAX_PART_BYTES + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            EOFError,
            ValueError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise UnreadableFile("docx-damaged", detail=name) from error
        if len(data) > MAX_PART_BYTES:
            raise TooLarge(detail=name)
        return data

    def tree(self, name: str) -> etree._Element:
        """The root element of an XML part, in the names of the transitional variant."""
        return parse_xml(self.read(name), name)

    def document(self) -> tuple[etree._Element, Distinct]:
        """The root of the main document and what the keys of its property containers stand for."""
        data = _checked(self.read(self.main), self.main)
        data, distinct = compact(data, _parser())
        return _parse(data, self.main), distinct

    def _find_main(self) -> str:
        """The main document: by its relationship, by its content type, by its usual name."""
        if "_rels/.rels" in self._parts:
            found = self._relationships("").get("officedocument")
            if found in self._parts:
                return found
        if "[content_types].xml" in self._parts:
            for override in _quietly(self, "[content_types].xml"):
                if _MAIN_TYPE in (kind := override.get("ContentType", "").encode()) and kind.endswith(b"main+xml"):
                    name = override.get("PartName", "").lstrip("/").lower()
                    if name in self._parts:
                        return name
        for name in ("word/document.xml", "document.xml", "word/document2.xml"):
            if name in self._parts:
                return name
        raise UnreadableFile("docx-damaged", detail="word/document.xml")

    def _relationships(self, name: str) -> dict[str, str]:
        """Targets of a part's relationships by the last word of their type; those outside the package are left out."""
        folder, base = posixpath.split(name)
        rels = posixpath.join(folder, "_rels", f"{base}.rels")
        targets: dict[str, str] = {}
        for relationship in _quietly(self, rels):
            if relationship.tag != _RELATIONSHIP or relationship.get("TargetMode") == "External":
                continue
            target = relationship.get("Target", "").replace("\\", "/").lower()
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            kind = relationship.get("Type", "").rpartition("/")[2].lower()
            targets.setdefault(kind, path)
            if kind == "header":
                targets.setdefault(f"header {relationship.get('Id')}", path)
        return targets


def _quietly(package: Package, name: str) -> list[etree._Element]:
    """The children of a part that the package can do without, none where it is missing or damaged."""
    try:
        return list(package.tree(name))
    except UnreadableFile:
        return []


def parse_xml(data: bytes, name: str) -> etree._Element:
    """Parse a part. No entity is expanded, nothing is fetched; a document type is refused (Part 2, 7.2.3.3)."""
    return _parse(_checked(data, name), name)


def _checked(data: bytes, name: str) -> bytes:
    """The part in UTF-8 and in the names of the transitional variant."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data.decode("utf-16", "replace").partition("?>")[2].encode()
    if b"<!DOCTYPE" in data[:4096]:
        raise UnreadableFile("docx-doctype", detail=name)
    if b"http://purl.oclc.org/ooxml/" in data:
        for strict, transitional in STRICT:
            for quote in "\"'":
                data = data.replace(f"={quote}{strict}{quote}".encode(), f"={quote}{transitional}{quote}".encode())
    return data


def _parse(data: bytes, name: str) -> etree._Element:
    # At its densest a tree takes fifty times the bytes of its text.
    if len(data) > MAX_TREE_BYTES // 50 and _tree_bytes(data) > MAX_TREE_BYTES:
        raise TooLarge(detail=name)
    try:
        root = etree.fromstring(data, _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile("docx-damaged", detail=f"{name}: {error}") from error
    if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]  # the stubs do not know it
        raise UnreadableFile("docx-doctype", detail=name)
    return root


def _tree_bytes(data: bytes) -> int:
    return data.count(b"<") * _NODE_BYTES + data.count(b'="') * _ATTRIBUTE_BYTES


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
