"""Names that run together without a separator: 发改局财政局民政局.

Blanks between Chinese names are lost when a text is cleaned, and clerks leave separators out. jieba's most probable
path over a small dictionary of agencies (``words/agency_names.txt``, ``names.tsv``) finds where each name ends. Its own
dictionary is never loaded and nothing is cached in a folder that others may write to.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from wpparse.grammar import Grammar

if TYPE_CHECKING:
    import jieba

_LONGEST_PLACE = 4
"""Characters of a place that may stand before an agency's name (云川证监局, 青岚县财政局)."""


class Segmenter:
    """Cuts run-together names with the dictionary of a grammar; made once for each grammar."""

    def __init__(self, grammar: Grammar) -> None:
        short_and_full = {form for row in grammar.table("names") for form in (row["short"], row["full"])}
        self._agencies = grammar.words("agency_names") | {form for form in short_and_full if "{" not in form}
        self._levels = grammar.words("agency_levels")
        self._tokenizer: jieba.Tokenizer | None = None

    def cut(self, words: str) -> list[str]:
        """The names that the words run together; the words alone where they cannot be told apart."""
        found: list[str] = []
        before = ""
        place = 0
        for token in self._tokens(words):
            before += token
            if token in self._agencies and place <= _LONGEST_PLACE:
                found.append(before)
                before, place = "", 0
            elif token not in self._levels:
                place += len(token)
        if not found or before:
            return [words]
        return found

    def _tokens(self, words: str) -> list[str]:
        if self._tokenizer is None:
            self._tokenizer = _tokenizer(self._agencies | self._levels)
        return list(self._tokenizer.cut(words, HMM=False))


def _tokenizer(vocabulary: frozenset[str] | set[str]) -> jieba.Tokenizer:
    # Imported here: jieba takes a tenth of a second, and few circulars need it.
    import jieba

    tokenizer = jieba.Tokenizer()
    # A long name outweighs the shorter ones that it is made of.
    lines = "\n".join(f"{word} {10 ** min(len(word), 8)}" for word in sorted(vocabulary))
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(io.BytesIO(lines.encode()))
    tokenizer.initialized = True
    return tokenizer


def segmenter(grammar: Grammar) -> Segmenter:
    """The segmenter of a grammar."""
    return grammar.made(Segmenter)
