"""The full official form of an abbreviated name."""

from __future__ import annotations

from collections.abc import Mapping

from wpparse.grammar import Grammar, RuleSet


class _Index:
    """``names.tsv`` by short form; made once for each grammar."""

    def __init__(self, grammar: Grammar) -> None:
        self.rows: dict[str, Mapping[str, str]] = {row["short"]: row for row in grammar.table("names")}
        self.longest = max(map(len, self.rows), default=0)
        rules = grammar.rules("unit")
        self.level: RuleSet = rules.of_kind("level")
        self.place: RuleSet = rules.of_kind("place")


def canonical(name: str, grammar: Grammar) -> str | None:
    """The full form of an abbreviated name with its level word or place (区住建局 → 区住房和城乡建设局).

    None where the table of names does not know it, and where the name is no abbreviation.
    """
    index = grammar.made(_Index)
    for cut in range(max(0, len(name) - index.longest), len(name) - 1):
        row = index.rows.get(name[cut:])
        if row is None:
            continue
        before = name[:cut]
        if not before:
            return row["full"] if row["alone"] == "yes" and "{" not in row["full"] else None
        if "{" in row["full"]:
            hit = index.place.fullmatch(before)
            return row["full"].replace("{}", before) if hit is not None else None
        hit = index.level.fullmatch(before)
        if hit is None or not set(str(hit.field("levels", ""))) & set(row["levels"]):
            return None
        return before + row["full"]
    return None
