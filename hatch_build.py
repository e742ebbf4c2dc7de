"""Puts the rule files into a wheel; an editable install reads them where they lie."""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class GrammarHook(BuildHookInterface[Any]):
    """Adds ``grammars/`` to a wheel as ``wpparse/grammars``."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before a build; ``version`` is ``standard`` or ``editable``."""
        if version == "standard":
            build_data["force_include"]["grammars"] = "wpparse/grammars"
