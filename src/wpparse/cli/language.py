"""The language of messages and help, told by the environment once for the whole process."""

from __future__ import annotations

import os
import sys
from functools import cache
from typing import Literal

Language = Literal["zh", "en"]

_CHINESE = 0x04
"""Primary language identifier of Chinese on Windows (winnt.h, LANG_CHINESE)."""


@cache
def language() -> Language:
    """``zh`` where the locale is Chinese, else ``en`` (``C`` and ``POSIX`` included).

    ``LC_ALL``, ``LC_MESSAGES`` and ``LANG`` count in this order (POSIX, Base Definitions 8.2); where none is set, the
    language of the user interface on Windows.
    """
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable)
        if value:
            return "zh" if value.lower().startswith(("zh", "chinese")) else "en"
    return "zh" if _windows_is_chinese() else "en"


def say(chinese: str, english: str) -> str:
    """The one of the two texts that the user reads."""
    return chinese if language() == "zh" else english


def _windows_is_chinese() -> bool:
    if sys.platform != "win32":
        return False
    import ctypes

    return bool((ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF) == _CHINESE)
