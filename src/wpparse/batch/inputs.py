"""From what a user names to single inputs: folders, globs, archives, URLs, a list on standard input."""

from __future__ import annotations

import glob
import os
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from pathlib import Path, PurePath

from wpparse.batch import containers
from wpparse.batch.archive_names import member_names
from wpparse.batch.names import archive_parts, key_of
from wpparse.batch.origins import Origin, is_url, open_archive
from wpparse.errors import UnreadableFile, WpparseError
from wpparse.readers.registry import suffixes

_LEFT_OUT = frozenset({"__MACOSX", "Thumbs.db", "desktop.ini", ".DS_Store"})


@dataclass(frozen=True, slots=True)
class Found:
    """One input, or one place that could not be looked into (``problem``)."""

    key: str
    origin: Origin
    problem: WpparseError | None = None


@dataclass(slots=True)
class Walk:
    """The inputs below what a user named, in a fixed order; ``left_out`` counts files that are no circulars.

    ``include`` and ``exclude`` are glob patterns over the name or over the path below the input, without regard to
    case. ``output`` is never walked into.
    """

    inputs: Sequence[str]
    include: Sequence[str] = ()
    exclude: Sequence[str] = ()
    output: Path | None = None
    left_out: int = 0

    def __iter__(self) -> Iterator[Found]:
        taken: dict[str, int] = {}
        for name in self.inputs:
            if name == "-":
                for line in _listed():
                    yield from self._one(line, _relative_parts(line), always=True)
            elif is_url(name):
                yield from self._url(name)
            elif Path(name).exists() or Path(name).is_symlink() or not glob.has_magic(name):
                top = PurePath(name).name if len(self.inputs) > 1 and Path(name).is_dir() else ""
                if top:
                    taken[top] = taken.get(top, 0) + 1
                    top += f"-{taken[top]}" if taken[top] > 1 else ""
                parts = [top] if top else [] if Path(name).is_dir() else [PurePath(name).name]
                yield from self._one(name, parts, always=True)
            else:
                yield from self._glob(name)

    def _one(self, name: str, parts: list[str], *, always: bool = False) -> Iterator[Found]:
        """What one path stands for; with ``always`` a file counts whatever its suffix."""
        path = Path(name)
        if path.is_dir():
            yield from self._folder(path, parts)
        elif path.suffix.lower() == ".zip" and path.is_file():
            yield from self._archive(path, [] if self.inputs == [name] else parts)
        elif (always or path.suffix.lower() in containers.SUFFIXES) and containers.kind_of_file(path) is not None:
            yield from self._container(Origin(path=str(path.absolute())), [] if self.inputs == [name] else parts)
        elif always or self._wanted(parts):
            if not self._excluded(parts):
                yield Found(key_of(parts), Origin(path=str(path.absolute())))
        else:
            self.left_out += 1

    def _folder(self, top: Path, parts: list[str]) -> Iterator[Found]:
        """All below a folder; every real folder once, linked ones last, so that no loop of links is endless."""
        seen: set[tuple[int, int]] = set()
        linked = deque([(top, parts)])
        while linked:
            waiting = [linked.popleft()]
            while waiting:
                folder, above = waiting.pop()
                below: list[tuple[Path, list[str]]] = []
                try:
                    if self._is_new(folder, seen):
                        for entry in _entries(folder):
                            yield from self._entry(entry, [*above, entry.name], below, linked)
                except OSError as error:
                    problem = UnreadableFile("batch-folder", detail=error.strerror or str(error))
                    yield Found(key_of(above) + "/", Origin(path=str(folder.absolute())), problem)
                waiting += reversed(below)

    def _entry(
        self,
        entry: os.DirEntry[str],
        parts: list[str],
        folders: list[tuple[Path, list[str]]],
        linked: deque[tuple[Path, list[str]]],
    ) -> Iterator[Found]:
        if entry.name in _LEFT_OUT or entry.name.startswith((".", "~$")):
            self.left_out += not entry.is_dir(follow_symlinks=False)
        elif entry.is_dir():
            (linked if entry.is_symlink() else folders).append((Path(entry.path), parts))
        elif entry.is_file() or entry.is_symlink():
            yield from self._one(entry.path, parts)
        else:
            self.left_out += 1

    def _is_new(self, folder: Path, seen: set[tuple[int, int]]) -> bool:
        status = folder.stat()
        identity = (status.st_dev, status.st_ino)
        if (status.st_ino and identity in seen) or self._is_output(folder):
            return False
        seen.add(identity)
        return True

    def _archive(self, path: Path, parts: list[str]) -> Iterator[Found]:
        """The members of an archive, as if it were a folder; a Word file that is named .zip is a file."""
        origin = str(path.absolute())
        try:
            infos = open_archive(origin).infolist()
        except (WpparseError, OSError) as error:
            problem = error if isinstance(error, WpparseError) else UnreadableFile(detail=error.strerror or str(error))
            yield Found(key_of(parts or [path.name]), Origin(path=origin), problem)
            return
        if any(info.filename.startswith("word/") for info in infos):
            yield Found(key_of(parts or [path.name]), Origin(path=origin))
            return
        for index, name in enumerate(member_names(infos)):
            below = [part for part in archive_parts(name) if part not in ("", ".", "..")]
            if name.endswith(("/", "\\")) or not below:
                continue
            yield from self._member(Origin(path=origin, member=index), [*parts, *below], below, 1)

    def _member(self, origin: Origin, parts: list[str], below: list[str], depth: int) -> Iterator[Found]:
        """A file in a container: one input, or what it holds itself."""
        if any(part in _LEFT_OUT or part.startswith((".", "~$")) for part in below) or not self._wanted(below):
            self.left_out += 1
        elif PurePath(below[-1]).suffix.lower() in containers.SUFFIXES and depth < containers.MAX_DEPTH:
            yield from self._container(origin, parts, depth)
        elif not self._excluded(parts):
            yield Found(key_of(parts), origin)

    def _container(self, origin: Origin, parts: list[str], depth: int = 0) -> Iterator[Found]:
        """What a container holds, as if it were a folder; a file that is none is one input."""
        try:
            data = origin.read()
            held = containers.members(data)
            if not held and containers.kind_of(data) is None:
                yield Found(key_of(parts), origin)
                return
        except WpparseError as problem:
            yield Found(key_of(parts or [PurePath(origin.path or "").name]), origin, problem)
            return
        for index, member in enumerate(held):
            below = [part for part in archive_parts(member.name) if part not in ("", ".", "..")]
            if below:
                inner = replace(origin, inside=(*origin.inside, index))
                yield from self._member(inner, [*parts, *below], below, depth + 1)

    def _glob(self, pattern: str) -> Iterator[Found]:
        base = PurePath(*_without_magic(PurePath(pattern).parts))
        matches = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207  # Path.glob takes no absolute pattern
        if not matches:
            yield Found(key_of(PurePath(pattern).parts), Origin(path=pattern), UnreadableFile("batch-no-match"))
        for match in matches:
            if "**" in pattern and Path(match).is_dir():
                continue  # its files are matches of their own
            yield from self._one(match, list(PurePath(match).relative_to(base).parts), always=True)

    def _url(self, url: str) -> Iterator[Found]:
        from wpparse.batch.remote import find

        try:
            met = find(url)
        except UnreadableFile as error:
            yield Found(key_of(url.split("/")), Origin(url=url), error)
            return
        for relative, address in met:
            parts = relative.split("/")
            if not self._wanted(parts) and address != url:
                self.left_out += 1
            elif not self._excluded(parts):
                yield Found(key_of(parts), Origin(url=address))

    def _wanted(self, parts: list[str]) -> bool:
        if self.include:
            return _matches(parts, self.include)
        suffix = PurePath(parts[-1]).suffix.lower()
        return suffix in suffixes() or suffix in containers.SUFFIXES

    def _excluded(self, parts: list[str]) -> bool:
        if _matches(parts, self.exclude):
            self.left_out += 1
            return True
        return False

    def _is_output(self, folder: Path) -> bool:
        return self.output is not None and self.output.exists() and folder.samefile(self.output)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as listing:
        return sorted(listing, key=lambda entry: os.fsencode(entry.name))


def _matches(parts: Sequence[str], patterns: Sequence[str]) -> bool:
    name, path = parts[-1].casefold(), "/".join(parts).casefold()
    return any(fnmatch(name, p.casefold()) or fnmatch(path, p.casefold()) for p in patterns)


def _listed() -> Iterator[str]:
    """The names on standard input, one a line, or divided by zero bytes (``find -print0``)."""
    if sys.stdin is None:
        return
    stream = sys.stdin.buffer
    head = stream.peek(65536) if hasattr(stream, "peek") else b""
    if b"\0" in head:
        names = stream.read().split(b"\0")
        yield from (os.fsdecode(name) for name in names if name)
        return
    for line in stream:
        name = line.rstrip(b"\r\n")
        if name.strip():
            yield os.fsdecode(name)


def _relative_parts(name: str) -> list[str]:
    """The parts of a listed path below the working directory where it lies there, else below its root."""
    path = PurePath(os.path.normpath(name))
    if path.is_absolute():
        here = Path.cwd()
        path = path.relative_to(here) if path.is_relative_to(here) else path.relative_to(path.anchor)
    return list(path.parts)


def _without_magic(parts: Sequence[str]) -> list[str]:
    kept = []
    for part in parts[:-1]:
        if glob.has_magic(part):
            break
        kept.append(part)
    return kept
