"""Functions by name, imported when they are called.

That keeps the start short; and a hook lets a room be called by one that stands below it and does not know it.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

_HOOKS: dict[str, str] = {}


def load(path: str) -> Callable[..., Any]:
    """The function at ``module:function``."""
    module, _, name = path.partition(":")
    function: Callable[..., Any] = getattr(import_module(module), name)
    return function


def set_hook(name: str, path: str) -> None:
    """Say which function (``module:function``) stands behind a hook; the public package does."""
    _HOOKS[name] = path


def hook(name: str) -> Callable[..., Any]:
    """The function behind a hook."""
    return load(_HOOKS[name])
