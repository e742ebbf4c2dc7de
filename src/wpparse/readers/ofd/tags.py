"""What an OFD file says its objects are (GB/T 33190, 16: custom tags): evidence for the header of a circular."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from wpparse.blocks import Particular
from wpparse.readers.ofd.package import Element, Package, child, children, local, text_of
from wpparse.text import clean

MAX_TAGS = 2_000
"""References that are looked up; a file that tags each object of its body has no use for more."""
LONGEST = 300
"""Characters of a value; a tag on the body is no particular."""

_NAME = re.compile(r"[\u4e00-\u9fff]{2,10}")


def read_tags(package: Package, part: str, root: Element, pages: Mapping[str, str]) -> tuple[Particular, ...]:
    """The names that tags give to objects, each with the text of its objects, in the order of the tags.

    ``root`` is the document in ``part``; ``pages`` are the parts of its pages by their ids.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    for name, page, key in _references(package, part, root):
        found.setdefault(name, []).append((page, key))
    texts: dict[str, dict[str, str]] = {}
    out: list[Particular] = []
    for name, places in found.items():
        words: list[str] = []
        for page, key in places:
            if page not in texts:
                texts[page] = _texts(package, pages.get(page, ""))
            words.append(texts[page].get(key, ""))
        value = clean("".join(words))
        if value and len(value) <= LONGEST:
            out.append(Particular(name, value))
    return tuple(out)


def _references(package: Package, part: str, root: Element) -> Iterator[tuple[str, str, str]]:
    listed = package.resolve(part, text_of(child(root, "CustomTags")) or "-")
    tree = package.tree(listed)
    count = 0
    for tag in children(tree, "CustomTag") if tree is not None else ():
        scheme = package.tree(package.resolve(listed, text_of(child(tag, "FileLoc")) or "-"))
        for reference in scheme.iter() if scheme is not None else ():
            count += 1
            if count > MAX_TAGS:
                return
            if local(reference) != "ObjectRef":
                continue
            name = next(
                (
                    found
                    for above in reference.iterancestors()
                    for found in (above.get("Name") or "", local(above))
                    if _NAME.fullmatch(found)
                ),
                None,
            )
            if name is not None:
                yield name, reference.get("PageRef") or "", text_of(reference)


def _texts(package: Package, part: str) -> dict[str, str]:
    """The words of each text object of a page, by its id."""
    tree = package.tree(part)
    if tree is None:
        return {}
    return {
        element.get("ID") or "": "".join(code.text or "" for code in children(element, "TextCode"))
        for element in tree.iter()
        if local(element) == "TextObject"
    }
