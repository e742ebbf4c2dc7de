"""The full official form of an abbreviated name."""

from __future__ import annotations

from collections.abc import Mapping

from wpparse.grammar import Grammar, RuleSet

_FRONT = "首"
"""In the column ``levels``: the short form stands in front of a branch."""
_GOVERNMENT = "政府"
_FULL_GOVERNMENT = "人民政府"


class _Index:
    """``names.tsv`` by short form; made once for each grammar."""

    def __init__(self, grammar: Grammar) -> None:
        self.rows: dict[str, Mapping[str, str]] = {row["short"]: row for row in grammar.table("names")}
        self.longest = max(map(len, self.rows), default=0)
        self.fronts = tuple(row for row in self.rows.values() if _FRONT in row["levels"])
        rules = grammar.rules("unit")
        self.level: RuleSet = rules.of_kind("level")
        self.place: RuleSet = rules.of_kind("place")
        self.branch: RuleSet = rules.of_kind("branch")


def canonical(name: str, grammar: Grammar) -> str | None:
    """The full form of an abbreviated name with its level word or place (区住建局 → 区住房和城乡建设局).

    None where the table of names does not know the short form at that level, and where the name is no abbreviation:
    区财政局 is its own full form.
    """
    index = grammar.made(_Index)
    for cut in range(max(0, len(name) - index.longest), len(name) - 1):
        row = index.rows.get(name[cut:])
        if row is not None:
            return _full(name[:cut], row, index)
    for row in index.fronts:
        rest = name.removeprefix(row["short"])
        if rest != name and index.branch.fullmatch(rest) is not None:
            return row["full"] + rest
    return None


def _full(before: str, row: Mapping[str, str], index: _Index) -> str | None:
    full = row["full"]
    if not before:
        return full if row["alone"] == "yes" else None
    if "{}" in full:
        return full.replace("{}", before) if index.place.fullmatch(before) is not None else None
    hit = index.level.fullmatch(before)
    if hit is None or not set(str(hit.field("levels"))) & set(row["levels"]):
        return None
    if before.endswith(_GOVERNMENT) and not before.endswith(_FULL_GOVERNMENT):
        before = before.removesuffix(_GOVERNMENT) + ("" if full.startswith(_FULL_GOVERNMENT) else _FULL_GOVERNMENT)
    return before + full
