"""What a page says about its article outside of it: metas, a table or list of particulars, its title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from lxml import etree

from wpparse.blocks import Block, Paragraph, Particular
from wpparse.readers.html.looks import is_hidden
from wpparse.readers.html.sites import sites
from wpparse.text import clean

_KEY: Final = re.compile(r"[\u4e00-\u9fff]{2,8}$")
_PAIR: Final = re.compile(r"([\u4e00-\u9fff][\u4e00-\u9fff \u3000\xa0]{1,14})[:：]\s*(\S.{0,300})?$", re.DOTALL)
_LONGEST: Final = 300
_MOST: Final = 40
_SUFFIX: Final = re.compile(r"\s*[-_|—–]+\s*")
_ASIDE: Final = re.compile(r"[\s“”\"《》〈〉]")
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "div", "td", "p", "span", "li")
_FIRST_BLOCKS: Final = 14
_LEAST_TITLE, _MOST_TITLE = 8, 200


def find_particulars(root: etree._Element, articles: Sequence[etree._Element]) -> tuple[Particular, ...]:
    """Names with values, as the page writes them, blanks inside the names closed; those of metas first."""
    found = [*_metas(root), *_pairs(root, frozenset(articles))]
    unique = {(name, value): Particular(name, value) for name, value in found if value}
    return tuple(unique.values())[:_MOST]


def _metas(root: etree._Element) -> Iterator[tuple[str, str]]:
    for meta in root.iter("meta"):
        name = meta.get("name") or meta.get("property")
        content = clean(meta.get("content") or "")
        if name and content and len(content) <= _LONGEST:
            yield name.strip(), content


def _pairs(root: etree._Element, articles: frozenset[etree._Element]) -> Iterator[tuple[str, str]]:
    """``name：value`` in one element, or the name in one and the value in the next one, outside of the article."""
    inside: etree._Element | None = None
    waiting: str | None = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "end":
            if element is inside:
                inside = None
            continue
        if inside is not None:
            continue
        if (element in articles and element.tag != "body") or (is_hidden(element) and element is not root):
            inside, waiting = element, None
            continue
        if element.tag in ("tr", "table", "ul"):
            waiting = None
        if element.tag not in ("td", "th", "li", "p", "div", "span", "dt", "dd", "label") or _has_blocks(element):
            continue
        text = " ".join("".join(map(str, element.itertext())).split())
        if len(text) > _LONGEST:
            waiting = None
            continue
        pair = _PAIR.match(text)
        if pair is not None:
            name = "".join(pair[1].split())
            waiting = name if not pair[2] else None
            if pair[2]:
                yield name, clean(pair[2])
        elif waiting is not None:
            yield waiting, clean(text)
            waiting = None
        elif element.tag in ("td", "th", "dt") and _KEY.match(name := "".join(text.split())):
            waiting = name


def _has_blocks(element: etree._Element) -> bool:
    return any(child.tag in ("div", "p", "table", "tr", "td", "li", "ul", "dl", "dd", "tbody") for child in element)


def find_title(root: etree._Element, article: etree._Element, blocks: Sequence[Block]) -> str | None:
    """The title that the page shows above its article; None where the article begins with it, or the page has none.

    It is what the page names itself (a meta, ``title``), or a heading that says the same; a heading alone is the first h1.
    """
    name = _own_name(root)
    shown = _heading(root, article, name)
    title = shown or name
    if title is None or not _LEAST_TITLE <= len(title) <= _MOST_TITLE:
        return None
    first = [block.text if isinstance(block, Paragraph) else "" for block in blocks[:_FIRST_BLOCKS]]
    bare = _ASIDE.sub("", title)
    return None if bare in _ASIDE.sub("", "".join(first)) else title


def _own_name(root: etree._Element) -> str | None:
    metas = {name.lower(): value for name, value in _metas(root)}
    for name in sites().titles:
        if name in metas and len(metas[name]) >= _LEAST_TITLE:
            return metas[name]
    title = next(root.iter("title"), None)
    if title is None:
        return None
    text = clean("".join(map(str, title.itertext())))
    site = metas.get("sitename")
    if site and site in text:
        text = text.partition(site)[0]
    pieces = [piece for piece in _SUFFIX.split(text) if piece]
    # What the site adds stands behind; a dash may also stand inside a title (2023—2025年).
    return text.strip(" -_|—–") if len(pieces) < 2 or site else None if not pieces else _without_site(text, pieces)


def _without_site(text: str, pieces: list[str]) -> str:
    longest = max(pieces, key=len)
    first = text.find(longest)
    return text[: first + len(longest)].strip(" -_|—–") if first < 12 else longest


def _heading(root: etree._Element, article: etree._Element, name: str | None) -> str | None:
    """A heading outside of the article that is the name of the page, or its first h1."""
    bare = _ASIDE.sub("", name) if name is not None else None
    for tag in _HEADINGS:
        for element in root.iter(tag):
            if element is article or is_hidden(element) or _has_blocks(element):
                continue
            text = clean("".join(map(str, element.itertext())))
            if not _LEAST_TITLE <= len(text) <= _MOST_TITLE:
                continue
            if bare is None:
                if tag == "h1":
                    return text
                continue
            own = _ASIDE.sub("", text)
            if own == bare or (len(own) >= 12 and bare.startswith(own)) or (tag == "h1" and own in bare):
                return text
    return None
