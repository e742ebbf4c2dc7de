"""WorkPlan → diagnostics: one small rule each, registered by its code. A check never changes a value."""

from __future__ import annotations

from wpparse.blocks import Document
from wpparse.model import WorkPlan
from wpparse.outline import Outline


def check(plan: WorkPlan, document: Document, outline: Outline) -> WorkPlan:
    """The same plan with the findings of all checks added to its diagnostics."""
    return plan
