"""Compiled patterns kept beside Python's own bytecode.

Compiling the patterns that one circular needs takes longer than reading ten of them. ``regex`` cannot store what it
compiles, but what its compiler hands to the matching engine is a list of numbers. These are kept in ``__pycache__``,
under the same rules as bytecode: written where that folder can be written and ``PYTHONDONTWRITEBYTECODE`` is not set,
bound to the versions of Python and ``regex`` and to the digest of the grammar, and never needed: without them, or where
anything about them is unexpected, a pattern is compiled as usual.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import marshal
import os
import sys
import threading
from array import array
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import regex

_FORMAT = 1
_GRAMMARS_KEPT = 8
_guard = threading.Lock()
_kept: dict[str, dict[bytes, tuple[Any, ...]]] = {}
"""Digest of a grammar → digest of a pattern → what the engine is given."""
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
                return _rebuild(text, lists, kept)
        main: Any = getattr(regex, "_main", None)
        engine = getattr(main, "_regex", None)
        if engine is None:
            return regex.compile(text, flags=regex.VERSION0, cache_pattern=False, **lists)
        recorder = _Recorder(engine)
        main._regex = recorder
        try:
            compiled = regex.compile(text, flags=regex.VERSION0, cache_pattern=False, **lists)
        finally:
            main._regex = engine
        found = recorder.found(lists)
        if found is not None:
            _kept[digest][key] = found
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
                temporary.write_bytes(marshal.dumps({**_load(digest), **_kept[digest]}))
                temporary.replace(path)
                _forget_old(path)


def _forget_old(path: Path) -> None:
    """Leave only the latest few: every change of a grammar makes a new one."""
    siblings = path.parent.glob(f"{Path(__file__).stem}.*.patterns*")
    for old in sorted(siblings, key=lambda found: found.stat().st_mtime, reverse=True)[_GRAMMARS_KEPT:]:
        old.unlink(missing_ok=True)


class _Recorder:
    """Stands in for the engine's module while one pattern is compiled, and takes down what it is given."""

    def __init__(self, engine: Any) -> None:
        self._engine = engine
        self._arguments: tuple[Any, ...] | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def compile(self, *arguments: Any) -> Any:
        self._arguments = arguments
        return self._engine.compile(*arguments)

    def found(self, lists: Mapping[str, frozenset[str]]) -> tuple[Any, ...] | None:
        """What to keep; None for a pattern with more to it than this module knows."""
        if self._arguments is None or len(self._arguments) != 11:
            return None
        _, flags, code, groups, _, named, indexes, offset, characters, character_flags, count = self._arguments
        names = {id(values): name for name, values in named.items()}
        order = [names.get(id(values)) for values in indexes]
        if None in order or any(lists.get(name) != values for name, values in named.items()):
            return None
        try:
            numbers = array("I", code).tobytes()
        except (OverflowError, TypeError):
            return None
        required = None if characters is None else tuple(characters)
        return int(flags), numbers, dict(groups), order, offset, required, int(character_flags), count


def _rebuild(text: str, lists: Mapping[str, frozenset[str]], kept: tuple[Any, ...]) -> regex.Pattern[str]:
    import regex

    flags, numbers, groups, order, offset, characters, character_flags, count = kept
    code = array("I")
    code.frombytes(numbers)
    named = {name: lists[name] for name in order}
    built: regex.Pattern[str] = regex._main._regex.compile(
        text,
        flags,
        code.tolist(),
        groups,
        {number: name for name, number in groups.items()},
        named,
        [lists[name] for name in order],
        offset,
        characters,
        character_flags,
        count,
    )
    return built


def _load(digest: str) -> dict[bytes, tuple[Any, ...]]:
    try:
        kept = marshal.loads(_path(digest).read_bytes())
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
