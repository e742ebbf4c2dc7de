"""Labels: what a paragraph may begin with that numbers it."""

from __future__ import annotations

from wpparse.grammar import Grammar, Rule, characters
from wpparse.numerals import parse_number
from wpparse.outline.lines import Label, Line

_NUMBER_GROUPS = ("number", "number2", "number3")
_WINDOW = 16
"""A label is looked for in so many characters."""
_PRIVATE = "".join(map(chr, range(0xE000, 0xE100)))
"""Characters of private fonts: a point or a bullet for the eye, nothing for a program."""
BULLETS = "◆◇●○■□★☆▲△►▶•※*"
"""A bullet may stand before a written label."""


class LabelReader:
    """Finds the possible labels of lines; a line whose first character begins no label costs one look-up.

    Made once for each grammar: ``grammar.made(LabelReader)``.
    """

    def __init__(self, grammar: Grammar) -> None:
        rules = grammar.rules("label")
        self._patterns = rules
        self._by_first: dict[str, list[Rule]] = {}
        self._written: dict[str, list[tuple[Rule, bool]]] = {}
        """Without the rules for what only the word processor shows; with whether the rule is for short lines."""
        for rule in rules:
            for character in characters(rule.fields.get("first", ""), grammar, rule.where):
                self._by_first.setdefault(character, []).append(rule)
                if not rule.fields.get("auto"):
                    short = bool(rule.fields.get("short"))
                    self._written.setdefault(character, []).append((rule, short))

    def read(self, line: Line) -> tuple[Label, ...]:
        """The possible labels at the start of a line, the likeliest first; an automatic label is the only one."""
        if line.labels is None:
            line.labels = self._read(line)
        return line.labels

    def _read(self, line: Line) -> tuple[Label, ...]:
        automatic = line.automatic
        if automatic:
            label = self._automatic(automatic.strip())
            if label is not None:
                return (label,)
        text = line.text
        bullet = len(text) > 1 and (text[0] in BULLETS or "\ue000" <= text[0] <= "\uf8ff")
        return self.at(text, 1 if bullet else 0)

    def at(self, text: str, position: int) -> tuple[Label, ...]:
        """The possible labels that begin at ``text[position]``."""
        rules = self._written.get(text[position : position + 1])
        if rules is None:
            return ()
        window = text[position : position + _WINDOW]
        long = len(text) - position > _WINDOW
        found: list[Label] = []
        for rule, short in rules:
            if (short and long) or (rule.needs and not any(need in window for need in rule.needs)):
                continue
            label = self._match(rule, window, position)
            if label is not None:
                found.append(label)
        return tuple(found)

    def _automatic(self, shown: str) -> Label | None:
        for rule in self._by_first.get(shown[:1], ()):
            label = self._match(rule, shown)
            if label is not None and label.end == len(shown):
                return Label(shown, 0, label.scheme, label.rank, label.numbers, label.separator, False, label.rule)
        return None

    def _match(self, rule: Rule, text: str, offset: int = 0) -> Label | None:
        match = self._patterns.compiled(rule).match(text)
        if match is None:
            return None
        groups = match.re.groupindex
        value: int | None = rule.fields.get("value")
        numbers = (
            (value,)
            if value is not None
            else tuple(parse_number(match.group(name)) for name in _NUMBER_GROUPS if name in groups)
        )
        if any(number is None for number in numbers):
            return None
        written = match.group()
        fields = rule.fields
        return Label(
            text=written.rstrip(_PRIVATE),
            end=offset + match.end(),
            scheme=fields["scheme"],
            rank=fields["rank"],
            numbers=tuple(number for number in numbers if number is not None),
            separator=written[match.end(_NUMBER_GROUPS[len(numbers) - 1]) :],
            doubt=bool(fields.get("doubt")),
            rule=rule.id,
        )
