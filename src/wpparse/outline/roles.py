"""Roles: what a heading says about the items below it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from wpparse.grammar import Grammar
from wpparse.model import SectionRole

_LONGEST_TIME = 60
_LONGEST_SCOPE = 90
"""Characters of a line that says who or what is meant; a longer one says what is done."""
_LEAD = re.compile("[。：:，,；]")


class RoleReader:
    """Reads roles off headings. Made once for each grammar."""

    def __init__(self, grammar: Grammar) -> None:
        rules = grammar.rules("heading")
        self._roles = rules.of_kind("background", "safeguard")
        self._dated = rules.of_kind("dated")
        self._scope = rules.of_kind("scope")
        self._commands = grammar.rules("line").of_kind("commands")
        self._review = rules.of_kind("review")
        self._inspected = rules.of_kind("inspected")
        self._annexed = rules.of_kind("plan", "catalogue")

    def role(self, heading: str | None, text: str, top: bool) -> SectionRole | None:
        """The role that an item has by its own heading, or by the first words of its text; None where they say nothing.

        ``top``: whether the item stands at the top of the outline. Below it, few headings make a safeguard of an item.
        """
        hit = self._roles.match(heading if heading is not None else _LEAD.split(text[:24], maxsplit=1)[0])
        if hit is None:
            return None
        if hit.rule.kind == "background":
            return "background"
        return "safeguard" if top or hit.field("deep") else None

    def dated(self, heading: str | None, text: str) -> bool:
        """Whether a heading announces nothing but a time, which is all that stands below it (时间安排 / 2023年5月至10月。)."""
        return (
            heading is not None and len(text) <= _LONGEST_TIME and self._dated.match(f"{heading}：{text}") is not None
        )

    def scope(self, heading: str | None, below: Iterable[str]) -> bool:
        """Whether a heading says for whom or what something is, and nothing that stands below it commands (申报条件)."""
        if heading is None or self._scope.match(heading) is None:
            return False
        return not any(len(text) > _LONGEST_SCOPE or self._commands.match(text) is not None for text in below)

    def review(self, heading: str | None, above: str | None = None) -> bool:
        """Whether an item or a plan looks back: it gives no tasks. Not where the heading above says that it is looked into."""
        if heading is None or self._review.match(heading) is None:
            return False
        return above is None or self._inspected.match(above) is None

    def planned(self, title: str) -> bool:
        """Whether an annex with this title is a plan, whose items give tasks."""
        hit = self._annexed.match(title)
        return hit is not None and hit.rule.kind == "plan"
