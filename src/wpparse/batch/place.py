"""The output folder of a batch: on this machine, or at a URL with its state kept on this machine."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

from wpparse.batch.origins import is_url
from wpparse.batch.outcome import Output
from wpparse.errors import OutputError

STATE = ".wpparse"
"""Folder in the output folder for the manifest, the lock and what is half written."""
MANIFEST = "manifest.sqlite"
_EMPTY = hashlib.sha256().hexdigest()
ANY = "*"
"""In place of a SHA-256: whatever a run that was cut short may have left."""


@dataclass(frozen=True, slots=True)
class Place:
    """An output folder: a path, or a URL that fsspec understands."""

    name: str

    @property
    def url(self) -> str | None:
        """Its URL; None for a folder of this machine."""
        return self.name.rstrip("/") if is_url(self.name) else None

    @property
    def state(self) -> Path:
        """The folder of this machine for the manifest, the lock and what is half written."""
        return (
            Path(self.name, STATE)
            if self.url is None
            else _user_state() / hashlib.sha256(self.url.encode()).hexdigest()[:16]
        )

    @property
    def manifest(self) -> Path:
        """The manifest's file."""
        return self.state / MANIFEST

    def prepare(self) -> None:
        """Make the folder where it is missing. Raises :class:`OutputError`."""
        try:
            (self.state / "tmp").mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise refused(self.name, error) from error

    @contextmanager
    def locked(self) -> Iterator[None]:
        """The sole right to write here. Raises :class:`OutputError` where another run has it.

        Half-written files of a run that was killed are removed; the manifest of a URL is fetched, and put back at the end.
        """
        from filelock import FileLock, Timeout

        lock = FileLock(self.state / "lock", timeout=0)
        try:
            lock.acquire()
        except Timeout as error:
            raise OutputError("batch-busy", name=self.name) from error
        except (OSError, NotImplementedError) as error:
            raise OutputError(name=self.name, detail=error) from error
        try:
            self._clear()
            if self.url is not None and not self.manifest.exists():
                from wpparse.batch.remote import load

                found = load(f"{self.url}/{STATE}/{MANIFEST}")
                if found is not None:
                    self.manifest.write_bytes(found)
            yield
            if self.url is not None:
                from wpparse.batch.remote import store

                store(f"{self.url}/{STATE}/{MANIFEST}", self.manifest.read_bytes())
        finally:
            self._clear()
            lock.release()

    def settle(self, outputs: Iterable[Output]) -> None:
        """See to it that outputs outlast a power cut; before the manifest calls them done. Raises :class:`OutputError`.

        This waits for the disk and needs no processor: not the workers do it but whoever waits for them.
        """
        for output in outputs if self.url is None else ():
            try:
                with self._inside(output.path).open("rb+") as file:
                    os.fsync(file.fileno())
            except OSError as error:
                raise refused(output.path, error) from error

    def _clear(self) -> None:
        shutil.rmtree(self.state / "tmp", ignore_errors=True)
        (self.state / "tmp").mkdir(exist_ok=True)

    def _inside(self, path: str) -> Path:
        """Where an output is. Raises :class:`OutputError` for a path that leaves the folder: the record of a folder that
        came from somebody else may name any.
        """
        pure = PurePosixPath(path)
        if not path or pure.is_absolute() or ".." in pure.parts or "\\" in path or PureWindowsPath(path).drive:
            raise OutputError("batch-outside", name=self.name, path=path)
        found = Path(self.name, path)
        if self.url is None and not found.resolve().is_relative_to(Path(self.name).resolve()):
            raise OutputError("batch-outside", name=self.name, path=path)  # through a link
        return found

    def has(self, path: str) -> bool:
        """True where an output stands; of a URL the manifest is believed."""
        return self.url is not None or self._inside(path).exists()

    def fetch(self, path: str) -> bytes | None:
        """The bytes of an output, None where it is gone."""
        if self.url is not None:
            from wpparse.batch.remote import load

            return load(f"{self.url}/{path}")
        try:
            return self._inside(path).read_bytes()
        except OSError:
            return None

    def put(self, output: Output, content: bytes, known: str | None) -> None:
        """Write one output, whole or not at all.

        What stands there already is replaced only where it is what an earlier run wrote (``known``, its SHA-256, or
        :data:`ANY`), or equal, or empty as a power cut leaves it. Only :meth:`settle` makes sure that it stays. Raises
        :class:`OutputError`.
        """
        target = self._inside(output.path)
        if self.url is not None:
            from wpparse.batch.remote import store

            store(f"{self.url}/{output.path}", content)
            return
        temporary = self.state / "tmp" / f"{secrets.token_hex(8)}.part"
        try:
            if target.exists():
                standing = hashlib.sha256(target.read_bytes()).hexdigest()
                if standing == output.sha256:
                    return
                if known not in (standing, ANY) and standing != _EMPTY:
                    raise OutputError("batch-foreign", name=output.path)
            target.parent.mkdir(parents=True, exist_ok=True)
            with temporary.open("xb") as file:
                file.write(content)
            temporary.replace(target)
        except OSError as error:
            raise refused(output.path, error) from error
        finally:
            with contextlib.suppress(OSError):
                temporary.unlink()


def refused(name: str, error: OSError) -> OutputError:
    """What the user is told where the system refuses to write ``name``."""
    from wpparse.writers.atomic import output_error

    return output_error(Path(name), error)


def _user_state() -> Path:
    """Where programs keep what they must remember (XDG Base Directory Specification; ``LOCALAPPDATA`` on Windows)."""
    home = os.environ.get("XDG_STATE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(home) if home else Path.home() / ".local" / "state") / "wpparse"
