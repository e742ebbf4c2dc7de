"""Files about all inputs together, as one run after the other writes them."""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path

from wpparse.batch.manifest import Manifest
from wpparse.batch.outcome import Output
from wpparse.batch.place import ANY, Place


class Wholes:
    """Files about all inputs together, each replaced by every run and noted in the manifest."""

    def __init__(self, manifest: Manifest, place: Place) -> None:
        self._manifest, self._place = manifest, place

    def put(self, path: str, content: bytes) -> None:
        """Write one; raises :class:`wpparse.errors.OutputError`."""
        sha256 = hashlib.sha256(content).hexdigest()
        self._place.put(Output("-", path, sha256, len(content)), content, ANY)
        self._manifest.set_whole(path, sha256)

    def keep_only(self, folder: str, paths: set[str]) -> None:
        """Remove from a folder what earlier runs wrote there and this one did not."""
        for path in self._manifest.wholes():
            if path.startswith(f"{folder}/") and path not in paths:
                if self._place.url is None:
                    with contextlib.suppress(OSError):
                        Path(self._place.name, path).unlink()
                else:
                    from wpparse.batch.remote import remove

                    remove(f"{self._place.url}/{path}")
                self._manifest.set_whole(path, None)
