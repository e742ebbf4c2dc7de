"""Compiled patterns kept beside Python's own bytecode.

Compiling the patterns that one circular needs takes longer than reading ten of them. They are kept in ``__pycache__``,
under the same rules as bytecode: trusted as much, written where that folder can be written and
``PYTHONDONTWRITEBYTECODE`` is not set, bound to the versions of Python and ``regex`` and to the digest of the grammar,
and never needed: without them, or where anything about them is unexpected, a pattern is compiled as usual.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import marshal
import os
import pickle
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import regex

_FORMAT = 3
_DIGEST = 32
"""Bytes of the checksum in front of the file: a flipped bit in a pattern would crash the engine."""
_GRAMMARS_KEPT = 8
_guard = threading.Lock()
_kept: dict[str, dict[bytes, bytes]] = {}
"""Digest of a grammar → digest of a pattern → the pattern, pickled: ``regex`` pickles what its compiler made."""
_new: set[str] = set()
"""Digests of grammars with patterns that are not on the disk yet."""


def compile_kept(text: str, lists: Mapping[str, frozenset[str]], digest: str) -> regex.Pattern[str]:
    """The compiled pattern ``text`` of the grammar with that digest. Raises ``regex.error``."""
    import regex

    with _guard:
        if digest not in _kept:
            _kept[digest] = _load(digest)
        key = hashlib.blake2b(text.encode(), digest_size=16).digest()
        kept = _kept[digest].get(key)
        if kept is not None:
            with contextlib.suppress(Exception):  # made by another engine after all: compile it anew
                pattern: regex.Pattern[str] = pickle.loads(kept)
                return pattern
        compiled = regex.compile(text, flags=regex.VERSION0, cache_pattern=False, **lists)
        _kept[digest][key] = pickle.dumps(compiled, pickle.HIGHEST_PROTOCOL)
        _new.add(digest)
        return compiled


def keep() -> None:
    """Write new patterns beside the bytecode, where that is allowed and possible."""
    if sys.dont_write_bytecode:
        return
    with _guard:
        for digest in list(_new):
            _new.discard(digest)
            path = _path(digest)
            temporary = path.with_name(f"{path.name}.{os.getpid()}")
            with contextlib.suppress(OSError, ValueError):
                path.parent.mkdir(exist_ok=True)
                data = marshal.dumps({**_load(digest), **_kept[digest]})
                temporary.write_bytes(hashlib.blake2b(data, digest_size=_DIGEST).digest() + data)
                temporary.replace(path)
                _forget_old(path)


def _forget_old(path: Path) -> None:
    """Leave only the latest few: every change of a grammar makes a new one."""
    siblings = path.parent.glob(f"{Path(__file__).stem}.*.patterns*")
    for old in sorted(siblings, key=lambda found: found.stat().st_mtime, reverse=True)[_GRAMMARS_KEPT:]:
        old.unlink(missing_ok=True)


def _load(digest: str) -> dict[bytes, bytes]:
    try:
        stored = _path(digest).read_bytes()
        if hashlib.blake2b(stored[_DIGEST:], digest_size=_DIGEST).digest() != stored[:_DIGEST]:
            return {}
        kept = marshal.loads(stored[_DIGEST:])
    except (OSError, ValueError, EOFError, TypeError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _path(digest: str) -> Path:
    """Beside the bytecode of this module; versions of Python are told apart by its name."""
    import regex

    code = Path(importlib.util.cache_from_source(__file__))
    version = getattr(regex, "__version__", "")
    bound = hashlib.blake2b(f"{_FORMAT} {version} {sys.version} {digest}".encode(), digest_size=8).hexdigest()
    return code.with_suffix(f".{bound}.patterns")
