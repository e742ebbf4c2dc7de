"""Where on a page the article stands: a container that site systems are known for, else the densest block."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from lxml import etree

from wpparse.readers.html.looks import HIDDEN_TAGS, is_hidden
from wpparse.readers.html.sites import sites

_FEWEST: Final = 60
"""Characters of a text that is more than a line of a page."""
_LITTLE: Final = 200
"""Characters below which the densest block of a page may be what stands around an article that is a file or a picture."""
_SHARE: Final = 0.8
"""A block with so much of the text above it holds the article."""
_BOXES: Final = frozenset(
    ("html", "body", "div", "section", "article", "main", "form", "table", "tbody", "tr", "td", "center", "fieldset")
)
"""Elements that may hold the text of a page."""
_WORD: Final = re.compile(r"[^a-z]+")
_HAN: Final = re.compile("[\u3400-\u9fff]")


def find_article(root: etree._Element) -> list[etree._Element]:
    """The elements that hold the article, in order; a page that is nothing but the article gives its body."""
    sizes = _Sizes(root)
    if not sizes.of(root):
        return [root]
    found = _known(root, sizes) or _marked(root, sizes)
    if found:
        return found
    densest = _densest(root, sizes)
    offering = _offering(root) if sizes.of(densest) < _LITTLE else None
    return [densest if offering is None else offering]


def is_around(element: etree._Element) -> bool:
    """Whether an element is one that stands around an article, told by its tag, its class or its id."""
    if element.tag in ("nav", "footer", "aside"):
        return True
    names = f"{element.get('class', '')} {element.get('id', '')}".lower()
    return not sites().around.isdisjoint(_WORD.split(names))


class _Sizes:
    """How many Chinese characters stand in each element, in links and outside."""

    def __init__(self, root: etree._Element) -> None:
        self._plain: dict[etree._Element, int] = {}
        plain = [0]
        linked = 0
        hidden: etree._Element | None = None
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if event == "start":
                if hidden is None and element is not root and (is_hidden(element)):
                    hidden = element
                plain.append(0)
                linked += element.tag == "a"
                if hidden is None and not linked:
                    plain[-1] += _count(element.text)
                continue
            linked -= element.tag == "a"
            size = plain.pop()
            if hidden is element:
                hidden = None
            self._plain[element] = size
            plain[-1] += size
            if hidden is None and not linked and element is not root:
                plain[-1] += _count(element.tail)

    def of(self, element: etree._Element) -> int:
        """Characters outside of links."""
        return self._plain.get(element, 0)


def _count(text: str | None) -> int:
    return len(_HAN.findall(text)) if text else 0


def _known(root: etree._Element, sizes: _Sizes) -> list[etree._Element]:
    """Containers of a known name: all of the surest name of which one holds a text."""
    found: dict[str, list[etree._Element]] = {}
    for element in root.iter(etree.Element):
        for name in _names(element):
            found.setdefault(name, []).append(element)
    most = max((sizes.of(element) for name in sites().content for element in found.get(name, ())), default=0)
    for name in sites().content:
        elements = [element for element in found.get(name, ()) if sizes.of(element)]
        if elements and 2 * sum(map(sizes.of, outermost := _outermost(elements))) >= most >= _FEWEST:
            return outermost
    return []


def _offering(root: etree._Element) -> etree._Element | None:
    """A container of a known name that holds nothing but links and pictures."""
    names = frozenset(sites().content)
    for element in root.iter(etree.Element):
        if not names.isdisjoint(_names(element)) and next(element.iter("a", "img"), None) is not None:
            return element
    return None


def _names(element: etree._Element) -> Iterable[str]:
    yield str(element.tag)
    if (identifier := element.get("id")) is not None:
        yield f"#{identifier.strip().lower()}"
    if (classes := element.get("class")) is not None:
        for name in classes.lower().split()[:20]:
            yield f".{name}"


def _outermost(elements: list[etree._Element]) -> list[etree._Element]:
    chosen: set[etree._Element] = set()
    kept: list[etree._Element] = []
    for element in elements:
        if not any(above in chosen for above in element.iterancestors()):
            chosen.add(element)
            kept.append(element)
    return kept


def _marked(root: etree._Element, sizes: _Sizes) -> list[etree._Element]:
    """What stands between two comments of a known name, where both have the same parent."""
    for start, end in sites().marks:
        for comment in root.iter(etree.Comment):
            if (comment.text or "").strip().lower() != start:
                continue
            between: list[etree._Element] = []
            for element in comment.itersiblings():
                if isinstance(element, etree._Comment) and (element.text or "").strip().lower() == end:
                    if sum(map(sizes.of, between)) >= _FEWEST:
                        return [one for one in between if isinstance(one.tag, str)]
                    break
                between.append(element)
    return []


def _densest(root: etree._Element, sizes: _Sizes) -> etree._Element:
    """From the page downwards, always into the child with nearly all of the text, as long as what it leaves behind are no
    paragraphs that follow."""
    here = root
    while True:
        children = [
            child
            for child in here
            if isinstance(child.tag, str) and child.tag not in HIDDEN_TAGS and not is_around(child)
        ]
        best = max(children, key=sizes.of, default=None)
        # A page may stand in a form or a table as a whole: what is around it does not count.
        total = sum(map(sizes.of, children)) + _count(here.text) + sum(_count(child.tail) for child in here)
        if best is None or best.tag not in _BOXES or sizes.of(best) < _SHARE * total:
            return here
        if any(_is_text(after, sizes) for after in best.itersiblings()):
            return here
        here = best


def _is_text(element: etree._Element, sizes: _Sizes) -> bool:
    return element.tag in ("p", "table") and sizes.of(element) > 0 and not is_around(element)
