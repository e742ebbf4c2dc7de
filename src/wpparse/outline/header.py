"""The header: the parts of a circular that GB/T 9704-2012 names, each with the place where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from wpparse.blocks import Document
from wpparse.grammar import Grammar
from wpparse.grammar.match import Hit
from wpparse.model import Header, Location
from wpparse.numerals import parse_number
from wpparse.outline.bodies import BodySplitter
from wpparse.outline.marks import Marked
from wpparse.outline.particulars import read_particulars, stated
from wpparse.outline.partition import Parts
from wpparse.outline.roles import RoleReader
from wpparse.outline.titles import Title, TitleReader
from wpparse.text import clean

_ITEM = re.compile(r"(?:^|(?<=[；;。\s）)》\u4e00-\u9fff]))(\d{1,2})[.．、]\s*(?=[\u4e00-\u9fff“《A-Za-z]|\d{4})")
_MOST_ATTACHMENTS = 60
_SPOKEN = re.compile("[，。！；!;,]")
"""Marks that stand in a sentence and in no name."""
_PLACE = 2
"""Characters of a place with which an organ's name begins as the title does."""


@dataclass(slots=True)
class _Found:
    values: dict[str, Any] = field(default_factory=dict)
    locations: dict[str, Location] = field(default_factory=dict)

    def put(self, key: str, value: object, one: Marked, start: int = 0, end: int | None = None) -> None:
        """Keep the first value found for a key."""
        if value and key not in self.values:
            self.values[key] = value
            line = one.line
            stop = len(line.text) if end is None else end
            self.locations[key] = Location(
                page=line.page, block=line.block, start=line.start + start, end=line.start + stop
            )


def read_header(parts: Parts, document: Document, grammar: Grammar) -> Header:
    """All fields that the file states; what it does not state is null."""
    found = _Found()
    splitter = grammar.made(BodySplitter)
    _titles(parts, found, grammar.made(TitleReader))
    _numbers(parts, found)
    if parts.addressees:
        text = "".join(one.text for one in parts.addressees).rstrip("：:")
        first = parts.addressees[0]
        found.put("addressees", splitter.split(text), first, 0, min(len(text), len(first.text)))
    _signs(parts, found, splitter)
    _red_head(parts, found, splitter)
    _attachments(parts, found)
    _particulars(found, document, grammar)
    _stated(found, document, grammar)
    grammar.made(_YearReader).read(found)
    return Header(**found.values, locations=found.locations)


def _titles(parts: Parts, found: _Found, titles: TitleReader) -> None:
    title = parts.title
    plan = next((region.title for region in parts.regions if region.kind == "plan" and region.title), None)
    if title is None and plan is None:
        plan = next((region.title for region in parts.regions if region.title), None)
    if title is None:
        title = plan
    if title is None:
        return
    _put_title("title", title, found)
    if plan is not None and parts.covering:
        _put_title("plan_title", plan, found)
    elif parts.covering and (named := titles.covered_name(title)) is not None:
        _put_title("plan_title", title, found, *named)
    else:
        _put_title("plan_title", title, found)


def _particulars(found: _Found, document: Document, grammar: Grammar) -> None:
    """What the page's own table says of the circular where the circular itself does not."""
    for key, value, location in read_particulars(document, grammar):
        for name in (key, "plan_title") if key == "title" else (key,):
            if name not in found.values:
                found.values[name] = value
                found.locations[name] = location


def _stated(found: _Found, document: Document, grammar: Grammar) -> None:
    """What the file says outside of the text where the text does not: it has no place there. Who puts a page up is taken
    for the issuer only where the title begins with the name."""
    for key, hit in stated(document, grammar):
        value = hit.text if key != "issue_date" else _date(hit)
        if key == "publisher":
            key = "issuer"
            value = value if str(found.values.get("title", "")).startswith(hit.text) else None
        for name in (key, "plan_title") if key == "title" else (key,):
            if value:
                found.values.setdefault(name, value)


def _put_title(key: str, title: Title, found: _Found, start: int = 0, end: int | None = None) -> None:
    """Keep ``title.text[start:end]``; its location is the stretch on its first line."""
    text = title.text[start:end]
    position = start
    for one in title.lines:
        line = one.text[title.start :] if one is title.lines[0] else one.text
        if position < len(line) or one is title.lines[-1]:
            begin = position + (title.start if one is title.lines[0] else 0)
            found.put(key, text, one, begin, min(len(one.text), begin + len(text)))
            return
        position -= len(line)


def _numbers(parts: Parts, found: _Found) -> None:
    for one in (*parts.red_head, *parts.signs):
        if one.mark is not None and one.kind == "document_number":
            hit = one.mark.hit
            value = "、".join(hit.captures("one")) or hit.text
            found.put("document_number", value, one, hit.start, hit.end)


def _signs(parts: Parts, found: _Found, splitter: BodySplitter) -> None:
    issuers: list[Marked] = []
    copied: list[Marked] = []
    for one in parts.signs:
        if one.mark is None:
            continue
        hit = one.mark.hit
        if one.kind == "signature":
            issuers.append(one)
            if hit.group("year"):
                found.put("issue_date", _date(hit), one)
        elif one.kind == "issue_date":
            found.put("issue_date", _date(hit), one, hit.start, hit.end)
        elif one.kind == "disclosure":
            found.put("disclosure", hit.text, one, hit.start, hit.end)
        elif one.kind == "copied_to":
            copied.append(one)
    if copied:
        first = copied[0].mark.hit if copied[0].mark is not None else None
        words = [
            one.mark.hit.text if one.kind == "copied_to" and one.mark else one.text for one in (*copied, *parts.copies)
        ]
        end = first.end if first is not None else None
        found.put(
            "copied_to", splitter.split("。".join(words)), copied[0], first.start if first is not None else 0, end
        )
    for one in parts.signs:
        if one.kind == "printing" and one.mark is not None and one.mark.hit.group("year"):
            found.put("issue_date", _date(one.mark.hit), one)
    known = tuple(name for name, _ in _organs(parts, splitter))
    if issuers and issuers[0].mark is not None:
        names = splitter.in_columns([splitter.unglue(one.mark.hit.text, known) for one in issuers if one.mark])
        hit = issuers[0].mark.hit
        found.put("issuer", "、".join(dict.fromkeys(names)), issuers[0], hit.start, hit.end)


def _attachments(parts: Parts, found: _Found) -> None:
    lines = parts.attachments
    titles: list[str] = []
    for one in lines:
        if titles and one.kind not in ("attachments", "annex") and not one.labels:
            titles[-1] = _unquoted(
                clean(titles[-1] + one.text.rstrip("；;。"))
            )  # the rest of a title cut by the line's end
            continue
        hit = one.mark.hit if one.mark is not None else None
        titles += _listed((hit.group("title") or hit.text) if hit is not None else one.text)
    if lines:
        found.put("attachments", tuple(titles[:_MOST_ATTACHMENTS]), lines[0])


def _listed(text: str) -> list[str]:
    """The titles in one line of a list of attachments, without numbers and 《》."""
    starts = [match.end() for match in _ITEM.finditer(text)]
    begins = [match.start() for match in _ITEM.finditer(text)]
    pieces = [text[a:b] for a, b in zip(starts, [*begins[1:], len(text)], strict=True)] if starts else [text]
    return [_unquoted(piece.strip(" ；;。，,、")) for piece in pieces if piece.strip(" ；;。，,、")]


def _unquoted(text: str) -> str:
    if text.startswith("《") and text.endswith("》") and text.count("《") == 1:
        return text[1:-1]
    return text


def _organs(parts: Parts, splitter: BodySplitter) -> list[tuple[str, Marked]]:
    """The names in the red head, each with its first line; a name may run over two lines, 文件 may stand beside them."""
    names: list[tuple[str, Marked]] = []
    unfinished: tuple[str, Marked] | None = None
    for one in parts.organs:
        headed = one.mark is not None and one.kind in ("red_head", "masthead")
        text = one.mark.hit.group("value") if headed and one.mark is not None else one.text
        if not text:
            continue
        if _SPOKEN.search(text):
            continue  # a slogan
        if unfinished is not None and not (parts.title is not None and parts.title.text.startswith(text[:_PLACE])):
            text, one = unfinished[0] + text, unfinished[1]
        if splitter.names_organ(text) or headed:
            names.append((text, one))
            unfinished = None
        else:
            unfinished = (text, one)
    return names  # a red line that ends in no organ's name is a slogan


def _red_head(parts: Parts, found: _Found, splitter: BodySplitter) -> None:
    names = _organs(parts, splitter)
    if names:
        found.put("issuer", "、".join(name for name, _ in names), names[0][1])


class _YearReader:
    """Reads the year that a plan is for. Made once for each grammar."""

    def __init__(self, grammar: Grammar) -> None:
        self._roles = grammar.made(RoleReader)
        self._years = grammar.rules("header").of_kind("year")
        self._joins = re.compile("|".join(sorted(grammar.words("title_joins"), key=len, reverse=True)))

    def read(self, found: _Found) -> None:
        """The year named in the titles, else that of the number or the date; last year's review in a title is passed over."""
        for key in ("plan_title", "title", "document_number", "issue_date"):
            text = str(found.values.get(key, ""))
            ahead = [piece for piece in self._joins.split(text) if not self._roles.review(piece)]
            year = self._first("、".join(ahead)) or self._first(text)
            if year is not None:
                found.values["plan_year"] = year
                if key in found.locations:
                    found.locations["plan_year"] = found.locations[key]
                return

    def _first(self, text: str) -> int | None:
        hit = self._years.match(text)
        return None if hit is None else parse_number(hit.text)


def _date(hit: Hit) -> str | None:
    numbers = [parse_number((hit.group(name) or "").replace(" ", "")) for name in ("year", "month", "day")]
    year, month, day = numbers
    if year is None or month is None or not 1 <= month <= 12:
        return None
    if hit.group("day") is None:
        return f"{year:04d}-{month:02d}"
    if day is None or not 1 <= day <= 31:
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"
