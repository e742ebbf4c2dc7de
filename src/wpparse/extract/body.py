"""Tasks from the numbered text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from wpparse.extract.assemble import Assembler, Beside, Frame, Words
from wpparse.extract.mentions import DateBase
from wpparse.extract.parties.subjects import named_bodies
from wpparse.extract.passage import NOTHING_SAID, Claused, PassageReader, party
from wpparse.model import Deadline, Party, Section, Task
from wpparse.outline import Item, Outline, Passage

_STAGE = re.compile(r"[（(](?P<time>(?:\d{4}年|\d{1,2}月)[^（）()]{0,20})[）)]$")
"""A stage with its time: 集中攻坚（2021年）."""


class BodyReader:
    """Makes sections and tasks of the items of an outline."""

    def __init__(self, outline: Outline, reader: PassageReader) -> None:
        self._outline = outline
        self._reader = reader
        self._maker = Assembler(reader)
        self._grammar = reader.grammar
        self._items = {item.id: item for item in outline.items}
        self._duties: dict[str | None, bool] = {}

    def section(self, item: Item) -> Section:
        """The contract's section of an item."""
        return Section(
            id=item.id,
            parent=item.parent,
            level=item.level,
            label=item.label,
            heading=item.heading,
            text="\n".join(filter(None, (self._titled(passage) for passage in item.passages))),
            role=item.role,
            location=item.location,
            rule=item.rule,
        )

    def _titled(self, passage: Passage) -> str:
        plain = self._reader.plain(passage)
        if not passage.title and NOTHING_SAID.fullmatch(plain):
            return ""
        return f"{passage.title}。{plain}" if passage.title else plain

    def tasks(self) -> Iterator[Task]:
        """The body's tasks, numbered from 1."""
        for number, task in enumerate(self._unnumbered_tasks(), 1):
            yield replace(task, number=number)

    def _unnumbered_tasks(self) -> Iterator[Task]:
        for item in self._outline.items:
            if item.leaf and item.tasks and item.role != "background":
                yield from self._item_tasks(item)
        for passages in (self._outline.unnumbered, self._outline.closing):
            for words in self._group(passages):
                yield self._task(words, None, (), None, words.passages[0].title)

    def _item_tasks(self, item: Item) -> Iterator[Task]:
        groups = self._group(item.passages)
        path = self._path(item)
        if not groups:
            return
        if item.heading_line and item.heading is not None:
            label = item.label if len(groups) == 1 else None
            for words in groups:
                yield self._task(words, item, (*path, item.heading), label, words.passages[0].title)
            return
        for index, words in enumerate(groups):
            own = index == 0
            title = item.heading if own and item.heading is not None else words.passages[0].title
            heading = words.passages[0].under or item.heading
            above = path if own or heading is None else (*path, heading)
            yield self._task(words, item, above, item.label if own else None, title)

    def _path(self, item: Item) -> tuple[str, ...]:
        headings: list[str] = []
        parent = item.parent
        while parent is not None:
            above = self._items[parent]
            if above.heading is not None:
                headings.insert(0, above.heading)
            parent = above.parent
        return tuple(headings)

    def _group(self, passages: Sequence[Passage]) -> list[Words]:
        """One group for each paragraph; a paragraph that is nothing but clauses goes with the one above it.

        Clauses behind a heading hold for each paragraph below it that has none of its own.
        """
        groups: list[Words] = []
        heading = Words()
        for passage in passages:
            if passage.aside:
                continue
            clauses = self._reader.clauses(passage)
            latest = groups[-1] if groups else heading
            if not clauses and latest.clauses and not passage.title:
                clauses = self._reader.continued(passage, *latest.clauses[-1])
            says = passage.title is not None or not NOTHING_SAID.fullmatch(self._reader.plain(passage))
            if says and not (groups and passage.joined):
                groups.append(Words())
            words = groups[-1] if groups else heading
            words.passages.append(passage)
            words.clauses += [(passage, clause) for clause in clauses]
        if not groups:
            return [heading] if heading.passages else []
        above = heading.clauses or self._told_last(groups)
        for words in groups:
            if not words.clauses and above:
                words.clauses, words.lent = list(above), True
        return groups

    def _told_last(self, groups: Sequence[Words]) -> list[Claused]:
        """The clauses on lines of their own below the last of several paragraphs, where no other clause stands among them."""
        last = groups[-1]
        if len(groups) < 2 or any(words.clauses for words in groups[:-1]):
            return []
        return list(last.clauses) if all(passage is not last.passages[0] for passage, _ in last.clauses) else []

    def _task(
        self, words: Words, item: Item | None, path: tuple[str, ...], label: str | None, title: str | None
    ) -> Task:
        titles = tuple(self._titles(words, item, title))
        parties = self._maker.parties(words, titles)
        staged = tuple(self._heading_deadlines(titles, item))
        deadlines = [*staged, *self._maker.deadlines(words, self._stage_base(staged))]
        if not parties:
            above = self._clauses_above(item)
            words.clauses = [*words.clauses, *above]
            parties = list(self._reader.named_in(above)) or list(self._named_above(item))
            if not deadlines:
                deadlines = [d for passage, clause in above for d in self._reader.clause_times(passage, clause)]
        section = item.id if item is not None else None
        frame = Frame("body", section, path, label, title, words.passages[0].locate())
        return self._maker.task(frame, words, parties, deadlines, Beside())

    def _above(self, item: Item | None) -> Iterator[Item]:
        """The sections above an item, the nearest first."""
        while item is not None and item.parent is not None:
            item = self._items[item.parent]
            yield item

    def _clauses_above(self, item: Item | None) -> list[Claused]:
        """The clauses of the nearest section above that has any: a lead-in's clause holds for what stands below it."""
        for above in self._above(item):
            clauses = [(passage, clause) for passage in above.passages for clause in self._reader.clauses(passage)]
            if clauses:
                return clauses
        return []

    def _named_above(self, item: Item | None) -> tuple[Party, ...]:
        """The bodies that the heading of a section above names, where its neighbours' headings name bodies as well."""
        for above in self._above(item):
            heading, end = above.heading, above.location.end
            if heading is not None and end is not None and self._shares_out(above.parent):
                place = Passage(heading, above.location.block, end - len(heading), above.location.page)
                mentions = named_bodies(heading, self._grammar)
                if mentions:
                    return tuple(party(mention, place.locate(mention.start, mention.end)) for mention in mentions)
        return ()

    def _shares_out(self, parent: str | None) -> bool:
        """True where the headings of a section's children are the names of bodies: it says what each has to do."""
        if parent not in self._duties:
            headings = [item.heading or "" for item in self._outline.items if item.parent == parent]
            named = sum(bool(heading) and bool(named_bodies(heading, self._grammar)) for heading in headings)
            self._duties[parent] = named > 1 and 3 * named >= 2 * len(headings)
        return self._duties[parent]

    def _staged(self, parent: str | None) -> bool:
        """True where the headings of a section's children are stages, each with its time in brackets."""
        headings = [item.heading or "" for item in self._outline.items if item.parent == parent]
        return len(headings) > 1 and all(_STAGE.search(heading) is not None for heading in headings)

    def _titles(self, words: Words, item: Item | None, title: str | None) -> Iterator[tuple[Passage, bool]]:
        """The heading of the task's own item, and the run-in title of its paragraph; with whether it is a first sentence."""
        if item is not None and item.heading is not None and (item.heading_line or title == item.heading):
            end = item.location.end
            if end is not None:
                place = Passage(item.heading, item.location.block, end - len(item.heading), item.location.page)
                yield place, not item.heading_line
        first = words.passages[0]
        if first.title is not None and first.title_start is not None:
            yield Passage(first.title, first.block, first.title_start, first.page), True

    def _heading_deadlines(self, titles: Sequence[tuple[Passage, bool]], item: Item | None) -> Iterator[Deadline]:
        """What the task's own heading says of its time (``动员部署阶段（6月1日—6月10日）``)."""
        for heading, _ in titles:
            found = tuple(self._reader.dated(heading, "text"))
            bracket = _STAGE.search(heading.text) if not found and item is not None else None
            if bracket is not None and item is not None and self._staged(item.parent):
                found = tuple(self._reader.dated(heading.cut(*bracket.span("time")), "clause"))
                found = tuple(replace(one, source="text") for one in found)
            yield from found

    def _stage_base(self, staged: Sequence[Deadline]) -> DateBase:
        """What the dates of a task are counted from: the year that its heading sets (``整治（2025年3月—10月）``), else the plan's."""
        base = self._reader.base
        years = {moment[:4] for one in staged for moment in (one.start, one.due) if moment}
        return replace(base, plan_year=int(years.pop())) if len(years) == 1 else base
