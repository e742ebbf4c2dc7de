"""Names of outputs: every part valid on every system, nothing outside the output folder, no two alike."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

from wpparse.pipeline import name_as_text
from wpparse.writers.names import file_stem

MAX_PATH_BYTES = 900
"""Of an output's path below the output folder, in UTF-8: deeper trees are folded into one hashed folder."""
_DRIVE = re.compile(r"[A-Za-z]:\\?")


def key_of(parts: Iterable[str]) -> str:
    """The parts of a path below an input as text that a database, a terminal and a web page can hold.

    Joined by ``/``; undecodable bytes are shown as ``\\xff``; ``.``, ``..``, drives and roots are gone.
    """
    kept = (
        name_as_text(part).replace("/", "_")
        for part in parts
        if part not in ("", ".", "..", "/", "\\") and not _DRIVE.fullmatch(part)
    )
    return unicodedata.normalize("NFC", "/".join(kept)) or "_"


def archive_parts(name: str) -> list[str]:
    """The parts of a name inside an archive, where either slash may divide them."""
    return name.replace("\\", "/").split("/")


def output_bases(key: str) -> tuple[str, str]:
    """Two candidates for an output's path without the suffix of its format, below the output folder.

    The first leaves the input's suffix out (``a.docx`` → ``a``), the second keeps it, for where two inputs differ in
    nothing else.
    """
    *folders, name = key.split("/")
    stem, dot, suffix = name.rpartition(".")
    if not dot or not stem or len(suffix) > 8:
        stem = name
    folder = "".join(f"{file_stem(part)}/" for part in folders)
    if len(folder.encode()) > MAX_PATH_BYTES:
        folder = f"{file_stem(folders[0])}/~{_digest(folder)}/"
    return folder + _cut(stem), folder + _cut(name)


def unique_base(base: str, key: str) -> str:
    """A third candidate that no other input can have."""
    return f"{base}~{_digest(key)}"


def folded(base: str) -> str:
    """Two bases with the same folded form may be the same file on some system."""
    return unicodedata.normalize("NFC", base).casefold()


def _cut(name: str) -> str:
    """A valid name; one that is too long ends in a mark of what was cut."""
    valid = file_stem(name)
    if len(name.encode("utf-8", "replace")) > len(valid.encode()) + 8:
        return f"{valid}~{_digest(name)}"
    return valid


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:8]
