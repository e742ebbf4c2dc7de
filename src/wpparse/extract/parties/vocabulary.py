"""Words that evidence is read from: verbs of all kinds and adverbs."""

from __future__ import annotations

from typing import Literal

from wpparse.grammar import Grammar

Kind = Literal["verb", "nominal", "stative"]
"""``verb``: it does something; ``nominal``: it may name a thing as well (建设, 管理); ``stative``: being, having, thinking."""


class Vocabulary:
    """The words of a grammar by what they can be; made once for each grammar (:func:`vocabulary`)."""

    def __init__(self, grammar: Grammar) -> None:
        self._kinds: dict[str, Kind] = dict.fromkeys(grammar.words("verbs"), "verb")
        self._kinds |= dict.fromkeys(grammar.words("subject_verbs") | grammar.words("founding_verbs"), "verb")
        self._kinds |= dict.fromkeys(grammar.words("verbs_nominal"), "nominal")
        self._kinds |= dict.fromkeys(grammar.words("verbs_stative"), "stative")
        for word in grammar.words("prepositions"):
            self._kinds.pop(word, None)
        self._longest = max(map(len, self._kinds), default=0)
        self._doing = grammar.words("verb_stems")
        self._done = grammar.words("verb_results")
        self._adverbs = grammar.words("adverbs") | grammar.words("adverbs_short")
        self._longest_adverb = max(map(len, self._adverbs), default=0)
        self._particles = tuple(sorted(grammar.words("particles")))

    def verb(self, text: str, at: int, end: int) -> tuple[Kind, int] | None:
        """The longest verb that begins at ``at``, and where it ends: listed, or made of a stem and its result (抓实, 用好)."""
        for length in range(min(self._longest, end - at), 1, -1):
            kind = self._kinds.get(text[at : at + length])
            if kind is not None:
                return kind, at + length
        if at + 2 <= end and text[at] in self._doing and text[at + 1] in self._done:
            return "verb", at + 2
        return None

    def begins(self, text: str, at: int, end: int) -> bool:
        """True where a verb that is listed, or an adverb, begins."""
        return self.is_verb(text[at : at + 2]) or self.adverb(text, at, end) is not None

    def is_verb(self, word: str) -> bool:
        """True for a verb that is listed."""
        return word in self._kinds

    def adverb(self, text: str, at: int, end: int) -> int | None:
        """Where the adverb ends that begins at ``at``; None where none does."""
        for length in range(min(self._longest_adverb, end - at), 0, -1):
            if text[at : at + length] in self._adverbs:
                return at + length
        return None

    def particle(self, text: str, at: int, end: int) -> bool:
        """True where a word begins that no name begins with: a preposition, a pronoun, a conjunction."""
        return text.startswith(self._particles, at, end)


def vocabulary(grammar: Grammar) -> Vocabulary:
    """The words of a grammar."""
    return grammar.made(Vocabulary)
