"""Roles: what a heading says about the items below it."""

from __future__ import annotations

import re

from wpparse.grammar import Grammar
from wpparse.model import SectionRole

_LEAD = re.compile("[。：:，,；]")


class RoleReader:
    """Reads roles off headings. Made once for each grammar."""

    def __init__(self, grammar: Grammar) -> None:
        rules = grammar.rules("heading")
        self._roles = rules.of_kind("background", "safeguard")
        self._review = rules.of_kind("review")
        self._annexed = rules.of_kind("plan", "catalogue")

    def role(self, heading: str | None, text: str) -> SectionRole | None:
        """The role that an item has by its own heading, or by the first words of its text; None where they say nothing."""
        hit = self._roles.match(heading if heading is not None else _LEAD.split(text[:24], maxsplit=1)[0])
        if hit is None:
            return None
        return "background" if hit.rule.kind == "background" else "safeguard"

    def review(self, heading: str | None) -> bool:
        """Whether an item or a plan looks back: it gives no tasks."""
        return heading is not None and self._review.match(heading) is not None

    def planned(self, title: str) -> bool:
        """Whether an annex with this title is a plan, whose items give tasks."""
        hit = self._annexed.match(title)
        return hit is not None and hit.rule.kind == "plan"
