"""Writes the word lists that are derived from jieba's dictionary: ``python -m benchmarks.lexicon``.

The dictionary tells what is a verb (``v``), a verb that stands for a thing as well (``vn``) and an adverb (``d``, ``ad``).
It has 349,046 words; loading it takes half a second. The lists keep the words of two characters that are common enough
to be real, and load in a few milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

LEAST = 10
"""Occurrences in jieba's counts below which a word is too rare, or too doubtful, to be kept."""

WORDS = Path(__file__).resolve().parents[1] / "grammars" / "words"
LISTS = {
    "verbs": (("v", "vd", "vi"), "Verbs of two characters."),
    "verbs_nominal": (("vn",), "Verbs of two characters that name a thing as well (建设, 管理)."),
    "adverbs": (("d", "ad"), "Adverbs and adjectives used as such, of two characters."),
}

LICENCE = """\
# Derived from the dictionary of jieba 0.42.1 by benchmarks/lexicon.py; do not edit.
# The MIT License (MIT)
# Copyright (c) 2013 Sun Junyi
# Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation
# files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy,
# modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the
# Software is furnished to do so, subject to the following conditions: The above copyright notice and this permission notice
# shall be included in all copies or substantial portions of the Software.
# THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
# WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
# COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE,
# ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


def dictionary() -> Iterator[tuple[str, int, str]]:
    """Word, count and tag of each line of jieba's dictionary."""
    import jieba

    text = (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        word, count, tag = line.split(" ")
        yield word, int(count), tag


def main() -> None:
    """Write the lists."""
    rows = [row for row in dictionary() if len(row[0]) == 2 and row[1] >= LEAST]
    for name, (tags, what) in LISTS.items():
        words = sorted(word for word, _, tag in rows if tag in tags)
        (WORDS / f"{name}.txt").write_text(f"# {what}\n{LICENCE}" + "\n".join(words) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
