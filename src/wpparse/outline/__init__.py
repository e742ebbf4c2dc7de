"""Document → Outline: the parts of a circular and its numbered items."""

from wpparse.outline.build import build_outline
from wpparse.outline.tree import Item, Outline, Part, Passage, TablePlace

__all__ = ["Item", "Outline", "Part", "Passage", "TablePlace", "build_outline"]
