"""Tasks from the numbered text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from wpparse.brackets import ASIDE, CLOSING, OPENING, body
from wpparse.extract.deadlines.find import find_deadlines
from wpparse.extract.mentions import Clause, DateBase, DeadlineMention, PartyMention
from wpparse.extract.parties.clauses import find_clauses, go_on
from wpparse.extract.parties.subjects import find_subjects, named_bodies
from wpparse.grammar import Grammar
from wpparse.messages import render
from wpparse.model import Deadline, DeadlineSource, Diagnostic, Location, Party, Section, Task
from wpparse.outline import Item, Outline, Passage

_NOTHING_SAID = re.compile(r"[\s。；;，,、.：:]*")
_STAGE = re.compile(rf"{OPENING}(?P<time>(?:\d{{4}}年|\d{{1,2}}月)[^{body(ASIDE)}]{{0,20}}){CLOSING}$")
"""A stage with its time: 集中攻坚（2021年）."""
_COMMAS = "，,、"
_AFTER_A_CUT = "，,、。；;"


@dataclass(slots=True)
class _Words:
    """The words of one task: its passages, and the clauses found in each."""

    passages: list[Passage] = field(default_factory=list)
    clauses: list[tuple[Passage, Clause]] = field(default_factory=list)
    lent: bool = False
    """True where the clauses are those behind the heading above."""


class BodyReader:
    """Makes sections and tasks of the items of an outline. Clauses of a passage are looked for once."""

    def __init__(self, outline: Outline, grammar: Grammar, base: DateBase, first_is_lead: bool) -> None:
        self._outline = outline
        self._grammar = grammar
        self._base = base
        self._first_is_lead = first_is_lead
        self._clauses: dict[tuple[int, int, int], tuple[Clause, ...]] = {}
        self._items = {item.id: item for item in outline.items}
        self._duties: dict[str | None, bool] = {}
        self.diagnostics: list[Diagnostic] = []

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
        plain = self._plain(passage)
        if not passage.title and _NOTHING_SAID.fullmatch(plain):
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
            above = path if own or item.heading is None else (*path, item.heading)
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

    def _group(self, passages: Sequence[Passage]) -> list[_Words]:
        """One group for each paragraph; a paragraph that is nothing but clauses goes with the one above it.

        Clauses behind a heading hold for each paragraph below it that has none of its own.
        """
        groups: list[_Words] = []
        heading = _Words()
        for passage in passages:
            if passage.aside:
                continue
            clauses = self._find(passage)
            latest = groups[-1] if groups else heading
            if not clauses and latest.clauses and not passage.title:
                clauses = self._continued(passage, *latest.clauses[-1])
            says = passage.title is not None or not _NOTHING_SAID.fullmatch(self._plain(passage))
            if says and not (groups and passage.joined):
                groups.append(_Words())
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

    def _told_last(self, groups: Sequence[_Words]) -> list[tuple[Passage, Clause]]:
        """The clauses on lines of their own below the last of several paragraphs, where no other clause stands among them."""
        last = groups[-1]
        if len(groups) < 2 or any(words.clauses for words in groups[:-1]):
            return []
        return list(last.clauses) if all(passage is not last.passages[0] for passage, _ in last.clauses) else []

    def _continued(self, passage: Passage, before: Passage, clause: Clause) -> tuple[Clause, ...]:
        """The clause that a line of names continues, where the clause on the line before it ran to that line's end."""
        if clause.end < len(before.text):
            return ()
        more = go_on(before.text, clause, passage.text, self._grammar)
        if more is None:
            return ()
        self._clauses[_key(passage)] = (more,)
        return (more,)

    def _find(self, passage: Passage) -> tuple[Clause, ...]:
        if passage.aside:
            return ()
        key = _key(passage)
        if key not in self._clauses:
            self._clauses[key] = find_clauses(passage.text, self._grammar)
        return self._clauses[key]

    def _plain(self, passage: Passage) -> str:
        """The passage's text without its clauses."""
        out: list[str] = []
        position = 0
        for clause in self._find(passage):
            words = passage.text[position : clause.start]
            if clause.end == len(passage.text) or passage.text[clause.end] in _AFTER_A_CUT:
                words = words.rstrip(_COMMAS)  # what joined the clause to the sentence
            out.append(words)
            position = clause.end
        out.append(passage.text[position:])
        words = "".join(out).strip()
        return words.lstrip(_AFTER_A_CUT) if len(out) > 1 else words

    def _task(
        self, words: _Words, item: Item | None, path: tuple[str, ...], label: str | None, title: str | None
    ) -> Task:
        text = "\n".join(filter(None, (self._plain(passage) for passage in words.passages)))
        parties = self._parties(words, item, title)
        staged = tuple(self._heading_deadlines(words, item, title))
        deadlines = (*staged, *self._deadlines(words, self._stage_base(staged)))
        if words.lent:
            deadlines += tuple(d for passage, clause in words.clauses for d in self._clause_deadlines(passage, clause))
        clauses = words.clauses
        if not parties:
            clauses = [*clauses, *self._clauses_above(item)]
            parties = self._named_in(clauses) or self._named_above(item)
            if clauses and not deadlines:
                deadlines = tuple(d for passage, clause in clauses for d in self._clause_deadlines(passage, clause))
        confidences = [passage.confidence for passage in words.passages if passage.confidence is not None]
        return Task(
            number=0,
            origin="body",
            section=item.id if item is not None else None,
            label=label,
            path=path,
            title=title,
            text=text,
            parties=parties,
            parties_text="\n".join(passage.text[c.start : c.end] for passage, c in clauses) or None,
            open_ended=any(clause.units.open_ended for _, clause in clauses),
            deadlines=deadlines,
            recognised=min(confidences, default=None),
            location=words.passages[0].locate(),
        )

    def _parties(self, words: _Words, item: Item | None, title: str | None) -> tuple[Party, ...]:
        found = {(party.name, party.role): party for party in self._named_in(words.clauses)}
        if not found:
            for heading in reversed(list(self._titles(words, item, title))):
                for mention in named_bodies(heading.text, self._grammar, words.passages[0].text):
                    found.setdefault(
                        (mention.name, mention.role), party(mention, heading.locate(mention.start, mention.end))
                    )
                if found:
                    break  # the paragraph's own title says more than the heading above it
            for passage in words.passages:
                for mention in find_subjects(passage.text, self._grammar):
                    found.setdefault(
                        (mention.name, mention.role), party(mention, passage.locate(mention.start, mention.end))
                    )
        return tuple(found.values())

    def _named_in(self, clauses: Sequence[tuple[Passage, Clause]]) -> tuple[Party, ...]:
        """The bodies of clauses, each once in a role."""
        found: dict[tuple[str, str], Party] = {}
        for passage, clause in clauses:
            mentions = clause.units.mentions
            if self._first_is_lead and mentions and not any(mention.stated for mention in mentions):
                mentions = (replace(mentions[0], role="lead"), *mentions[1:])
            for mention in mentions:
                found.setdefault(
                    (mention.name, mention.role), party(mention, passage.locate(mention.start, mention.end))
                )
        return tuple(found.values())

    def _above(self, item: Item | None) -> Iterator[Item]:
        """The sections above an item, the nearest first."""
        while item is not None and item.parent is not None:
            item = self._items[item.parent]
            yield item

    def _clauses_above(self, item: Item | None) -> list[tuple[Passage, Clause]]:
        """The clauses of the nearest section above that has any: a lead-in's clause holds for what stands below it."""
        for above in self._above(item):
            clauses = [(passage, clause) for passage in above.passages for clause in self._find(passage)]
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

    def _heading(self, item: Item | None, title: str | None) -> Iterator[Passage]:
        """The heading of the task's own item."""
        if item is None or item.heading is None or not (item.heading_line or title == item.heading):
            return
        end = item.location.end
        if end is not None:
            yield Passage(item.heading, item.location.block, end - len(item.heading), item.location.page)

    def _titles(self, words: _Words, item: Item | None, title: str | None) -> Iterator[Passage]:
        """The heading of the task's own item, and the run-in title of its paragraph."""
        yield from self._heading(item, title)
        first = words.passages[0]
        if first.title is not None and first.title_start is not None:
            yield Passage(first.title, first.block, first.title_start, first.page)

    def _heading_deadlines(self, words: _Words, item: Item | None, title: str | None) -> Iterator[Deadline]:
        """What the task's own heading says of its time (``动员部署阶段（6月1日—6月10日）``)."""
        for heading in self._titles(words, item, title):
            found = tuple(self._dated(heading, "text"))
            bracket = _STAGE.search(heading.text) if not found and item is not None else None
            if bracket is not None and item is not None and self._staged(item.parent):
                found = tuple(self._dated(heading.cut(*bracket.span("time")), "clause"))
                found = tuple(replace(one, source="text") for one in found)
            yield from found

    def _stage_base(self, staged: Sequence[Deadline]) -> DateBase:
        """What the dates of a task are counted from: the year that its heading sets (``整治（2025年3月—10月）``), else the plan's."""
        years = {moment[:4] for one in staged for moment in (one.start, one.due) if moment}
        return replace(self._base, plan_year=int(years.pop())) if len(years) == 1 else self._base

    def _deadlines(self, words: _Words, base: DateBase) -> Iterator[Deadline]:
        for passage in words.passages:
            position = 0
            for clause in self._find(passage):
                yield from self._dated(passage.cut(position, clause.start), "text", base)
                yield from self._clause_deadlines(passage, clause, base)
                position = clause.end
            yield from self._dated(passage.cut(position), "text", base)

    def _clause_deadlines(self, passage: Passage, clause: Clause, base: DateBase | None = None) -> Iterator[Deadline]:
        for start, end in clause.deadline_spans:
            yield from self._dated(passage.cut(start, end), "clause", base)

    def _dated(self, passage: Passage, source: DeadlineSource, base: DateBase | None = None) -> Iterator[Deadline]:
        if not passage.text:
            return
        for mention in find_deadlines(passage.text, self._grammar, base or self._base, source):
            location = passage.locate(mention.start, mention.end)
            if mention.problem is not None:
                self.diagnostics.append(problem(mention, location))
            yield deadline(mention, location)


def _key(passage: Passage) -> tuple[int, int, int]:
    return passage.block, passage.start, len(passage.text)


def party(mention: PartyMention, location: Location) -> Party:
    """The contract's party of a mention."""
    return Party(
        name=mention.name,
        role=mention.role,
        collective=mention.collective,
        source=mention.source,
        canonical=mention.canonical,
        location=location,
        rule=mention.rule,
    )


def deadline(mention: DeadlineMention, location: Location) -> Deadline:
    """The contract's deadline of a mention."""
    return Deadline(
        text=mention.text,
        kind=mention.kind,
        start=mention.begins,
        due=mention.due,
        every=mention.every,
        times=mention.times,
        amount=mention.amount,
        unit=mention.unit,
        after=mention.after,
        source=mention.source,
        location=location,
        rule=mention.rule,
    )


def problem(mention: DeadlineMention, location: Location) -> Diagnostic:
    """The diagnostic of a time expression that could not be made a date."""
    code = mention.problem or ""
    values = {"text": mention.text}
    return Diagnostic(
        code=code, severity="warning", message=render(code, "zh", values), location=location, values=values
    )
