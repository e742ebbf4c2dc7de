"""Markdown and left-overs of HTML in a text, taken as layout.

``**bold**`` becomes emphasis, ``# heading`` an outline level; links keep their words, pictures, rules and code fences
fall away; ``&nbsp;`` and the like become the characters that they stand for.
"""

from __future__ import annotations

import html
import re

from wpparse.page import CELL_BREAK, Marked

_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{1,6}|#[xX][0-9A-Fa-f]{1,5});")
_BREAK_TAG = re.compile(r"(?i)<(?:br|hr)\s*/?>|</(?:p|div|tr|li|h[1-6]|table|section|article|title|ul|ol)\s*>")
_CELL_BREAK = re.compile(r"(?i)<br\s*/?>")
_BARRED = re.compile(r"^[ \t]*\|[^\n]*<[bB][rR][^\n]*\|[ \t]*$", re.MULTILINE)
_BOLD_TAG = re.compile(r"(?i)</?(?:b|strong)>")
_TAG = re.compile(
    r"(?i)</?(?:p|div|span|font|a|u|i|em|center|table|tbody|thead|tr|td|th|li|ul|ol|h[1-6]|html|body|head|section|article"
    r"|img|o:p|st1:\w+|sup|sub|strike|title|meta|link|input|label|form|nobr|col|colgroup|caption)(?:\s[^<>]*)?/?>|<!--.*?-->"
)
_HIDDEN = re.compile(r"(?is)<(script|style)\b[^>]*>.*?</\1\s*>")
_HEADING = re.compile(r"\s*(#{1,6})[ \t]+\s*(?=\S)(.*?)[ \t]*#*\s*\Z")
_RULE = re.compile(r"\s*#{1,6}\s*|\s*(?:[-*_][ \t]*){3,}\s*|\s*(?:={3,}|~~~.*|```.*)\s*")
_BULLET = re.compile(r"\A\s*(?:[-*+][ \t]+(?=[^\s\d\-*+—])|\*(?=\[))")
_QUOTE = re.compile(r"\A\s*(?:>[ \t]?)+")
_PICTURE = re.compile(r"!\[[^\]\n]*\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)")
_LINK = re.compile(r"\[([^\[\]\n]+)\]\((?:[^()\n]|\([^()\n]*\))*\)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
_BOLD = re.compile(r"\*{2,3}|(?<![_\w])__|__(?![_\w])")
_ITALIC = re.compile(r"(?<![*\w])\*(?![*\s])([^*\n]+)\*(?!\*)")
_MARKED = re.compile(r"\*\*[^*\s]|^[ \t]*#{1,6}[ \t]+\S|^[ \t]*\|[^\n]*\|[ \t]*$|\]\(|^```", re.MULTILINE)
_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\r?\n((?:[^\n]*\n){1,60}?)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)")
_KEY = re.compile(r"[\w-]+\s*:|\s+\S|-\s|#|\s*$")


def without_html(text: str) -> str:
    """Text with entities decoded and tags taken out; a tag that ends a block ends the line."""
    if "<" in text and (_TAG.search(text) or _BREAK_TAG.search(text)):
        text = _HIDDEN.sub("", text)
        text = _BOLD_TAG.sub("**", text)
        text = _BARRED.sub(lambda match: _CELL_BREAK.sub(CELL_BREAK, match.group()), text)
        text = _BREAK_TAG.sub("\n", text)
        text = _TAG.sub("", text)
    if "&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match.group()), text)
    return text


def front_matter(text: str) -> int:
    """How many characters the front matter takes that stands before a Markdown text; 0 where there is none."""
    match = _FRONT_MATTER.match(text)
    if match is None or not all(_KEY.match(line) for line in match.group(1).splitlines()):
        return 0
    return match.end()


class LineReader:
    """Takes the marks off lines, in order: an emphasis may run over several."""

    def __init__(self, text: str) -> None:
        self._marked = _MARKED.search(text) is not None
        self._bold = False

    def read(self, line: str) -> Marked | None:
        """The line without marks; None where it is nothing but a mark."""
        line = line.replace(CELL_BREAK, " ")
        if not self._marked:
            return Marked(((line, False),))
        if _RULE.fullmatch(line):
            return None
        level = None
        heading = _HEADING.match(line)
        if heading is not None:
            level, line = len(heading.group(1)), heading.group(2)
        else:
            line = _BULLET.sub("", _QUOTE.sub("", line, count=1) if line.lstrip()[:1] == ">" else line, count=1)
        line = _ITALIC.sub(r"\1", _LINK.sub(r"\1", _PICTURE.sub("", line)))
        pieces: list[tuple[str, bool]] = []
        position = 0
        for match in _BOLD.finditer(line):
            pieces.append((_ESCAPE.sub(r"\1", line[position : match.start()]), self._bold))
            self._bold = not self._bold
            position = match.end()
        pieces.append((_ESCAPE.sub(r"\1", line[position:]), self._bold))
        if not line.strip():
            self._bold = False
        return Marked(tuple((text, bold) for text, bold in pieces if text), level)
