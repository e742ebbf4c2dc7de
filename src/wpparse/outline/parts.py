"""The parts of a file: what stands before the plan, the plans and annexes themselves, and what closes them.

After :func:`find_parts` every line that is no text of a plan has its part, and the rest lies in regions, one for
each plan or annex, in reading order.
"""

from __future__ import annotations

from collections.abc import Sequence

from wpparse.grammar import Grammar
from wpparse.outline.attachments import lists_attachments, read_attachments
from wpparse.outline.emphasis import all_red
from wpparse.outline.front import drop_contents, drop_front_matter, drop_repetition
from wpparse.outline.marks import Marked
from wpparse.outline.partition import Parts, Region, RegionKind
from wpparse.outline.titles import Title, TitleReader

_LONGEST_ADDRESSEES = 300
_MOST_ADDRESS_LINES = 4
_OWN = ("issue_date", "document_number")
"""What a circular has once: below the head of another one that it passes on, these are the other's."""
_HEAD = 4
"""Lines of a head from the organ to the title."""
_COLOPHON = 5
_TOP = 16
"""The red head stands within so many lines."""


def find_parts(marked: Sequence[Marked], grammar: Grammar) -> Parts:
    """Take a file apart; sets ``part`` on every line that is no text of a region."""
    return _Scan(marked, grammar).run()


class _Scan:
    def __init__(self, marked: Sequence[Marked], grammar: Grammar) -> None:
        self._marked = marked
        self._titles = grammar.made(TitleReader)
        self._roster = grammar.rules("line").of_kind("roster")
        self._parts = Parts()
        self._region = Region("main", None)
        self._enclosed = False
        """True from the head of another circular on that this one, signed above, passes on."""

    def run(self) -> Parts:
        drop_front_matter(self._marked)
        drop_contents(self._marked)
        self._parts.repeated = drop_repetition(self._marked)
        position = self._head()
        self._parts.regions.append(self._region)
        signed = False
        while position < len(self._marked):
            position, signed = self._step(position, signed)
        self._find_covered()
        return self._parts

    def _find_covered(self) -> None:
        """A notice may cover a plan that stands as its annex."""
        parts = self._parts
        main = parts.regions[0]
        if not parts.covering or any(region.kind == "plan" for region in parts.regions):
            return
        for region in parts.regions[1:]:
            if region.title is not None and (parts.title is not None and region.title.named_in(parts.title)):
                region.kind = "plan"
                return
        annexes = [region for region in parts.regions[1:] if any(one.labels for one in region.lines)]
        if annexes and not any(one.labels for one in main.lines):
            annexes[0].kind = "plan"

    # --- before the plan -------------------------------------------------------------------------------------------

    def _head(self) -> int:
        """Everything up to the addressees or the first text; returns where that begins."""
        marked, parts = self._marked, self._parts
        position = self._red_head()
        while position < len(marked):
            one = marked[position]
            if one.line.part is not None:
                position += 1
                continue
            if one.table:
                if position > 3 or parts.title is not None:
                    break
                one.line.part = "table"
            elif one.kind == "furniture":
                one.line.part = "furniture"
            elif one.kind == "annex":
                if parts.title is not None and not self._page_list(position):
                    break
                one.line.part = "header" if parts.title is None else "furniture"
            elif one.kind == "document_number":
                self._number(one)
            elif one.kind in ("issue_date", "disclosure") or (one.kind == "signature" and self._signs(position)):
                one.line.part = "header"
                parts.signs.append(one)
            elif one.labels:
                break
            elif addressees := self._addressees(position):
                for part in addressees:
                    part.line.part = "header"
                parts.addressees = addressees
                position += len(addressees)
                break
            else:
                title = self._titles.at(marked, position)
                if title is None and len(one.text) <= 90 and self._title_follows(position):
                    position += 1
                    continue
                if title is None or not self._heads(title):
                    break
                for part in title.lines:
                    part.line.part = "header"
                if parts.title is None or not title.same(parts.title):
                    parts.title = title
                    parts.covering = self._titles.covers(title.text)
                position += title.count
                continue
            position += 1
        return position

    def _heads(self, title: Title) -> bool:
        """Whether a title belongs to the head: the first, the first once more, or that of a notice which covers the first."""
        first = self._parts.title
        if first is None or title.same(first):
            return True
        return not self._parts.covering and self._titles.covers(title.text) and first.named_in(title)

    def _title_follows(self, position: int) -> bool:
        """Whether the title still comes before the first item or paragraph, perhaps once more: this is a scrap above it."""
        for later in range(position + 1, min(position + _TOP, len(self._marked))):
            one = self._marked[later]
            if one.kind == "furniture":
                continue
            if one.labels or one.table or one.text.endswith(("。", "：", ":")):
                return False
            title = self._titles.at(self._marked, later) if one.line.part is None else None
            if title is not None and (self._parts.title is None or title.same(self._parts.title)):
                return True
        return False

    def _page_list(self, position: int) -> bool:
        """Whether 附件： belongs to the web page: links to files stand below it."""
        return position + 1 < len(self._marked) and self._marked[position + 1].kind == "furniture"

    def _number(self, one: Marked) -> None:
        """A line with a document number; the title may stand behind it."""
        one.line.part = "header"
        self._parts.red_head.append(one)
        title = self._titles.after_number(one)
        if title is not None and self._parts.title is None:
            self._parts.title = title
            self._parts.covering = self._titles.covers(title.text)

    def _red_head(self) -> int:
        """The organs in the red head: red lines at the top, or all above the number where one ends in 文件."""
        top = [
            (position, one)
            for position, one in enumerate(self._marked[:_TOP])
            if one.text and one.line.part is None and one.kind != "furniture"
        ]
        red = [position for position, one in top if all_red(one.line)]
        filed = [position for position, one in top if one.kind == "red_head" or self._is_masthead(one, top)]
        number = next((position for position, one in top if one.kind == "document_number"), None)
        if red:
            end = red[-1] + 1
        elif filed:
            end = filed[-1] + 1
            if number is not None and number > filed[-1] and self._marked[filed[-1]].kind == "red_head":
                end = number
        else:
            return 0
        lines = [one for position, one in top if position < end]
        if any(len(one.text) > 60 or one.table or one.labels for one in lines):
            return 0
        for one in self._marked[:end]:
            if one.line.part is None:
                one.line.part = "furniture" if one.kind == "furniture" else "table" if one.table else "header"
            if one.kind == "document_number":
                self._number(one)
        self._parts.organs = [one for one in lines if one.kind != "document_number"]
        return end

    def _is_masthead(self, one: Marked, top: Sequence[tuple[int, Marked]]) -> bool:
        """Whether a line that may be a masthead (青岚县教育局通知) is one: the title itself stands below it."""
        if one.kind != "masthead" or one.mark is None:
            return False
        organ = one.mark.hit.group("value") or ""
        return any(self._titles.begins(other, organ) for _, other in top if other.line.block > one.line.block)

    def _signs(self, position: int) -> bool:
        """Whether a line that looks like a signature is one: a date, a disclosure or another signature follows."""
        for later in self._marked[position + 1 : position + 16]:
            if later.line.part == "furniture" or later.kind == "furniture":
                continue
            if later.kind in ("issue_date", "disclosure", "printing"):
                return True
            if later.kind != "signature":
                return False
        return False

    def _addressees(self, position: int) -> tuple[Marked, ...]:
        """The lines from a place that name the addressees, the last one ending in a colon; none where they do not."""
        lines: list[Marked] = []
        text = ""
        for one in self._marked[position : position + _MOST_ADDRESS_LINES]:
            if one.table or one.labels or one.line.part is not None:
                return ()
            lines.append(one)
            text += one.text
            if not one.text.endswith(("，", "、", ",")):
                break
        headed = self._parts.title is not None or all(above.table for above in self._marked[:position])
        if not headed or len(text) > _LONGEST_ADDRESSEES or not text.endswith(("：", ":")):
            return ()
        return tuple(lines) if self._titles.addresses(text) else ()

    # --- from the addressees on ------------------------------------------------------------------------------------

    def _step(self, position: int, signed: bool) -> tuple[int, bool]:
        one = self._marked[position]
        line = one.line
        if line.part is not None:
            return position + 1, signed
        if signed and self._parts.covering and not self._enclosed and self._begins_enclosed(position):
            self._enclosed = True
        if one.kind == "furniture":
            line.part = "furniture"
            return position + 1, signed
        titled = self._titles.at(self._marked, position) is not None
        if self._enclosed and one.kind == "signature" and not titled and self._begins_enclosed(position):
            line.part = "header"
            return position + 1, True
        if one.kind == "annex" and self._page_list(position):
            line.part = "furniture"
            return position + 1, signed
        if one.kind == "annex" and not one.table and not lists_attachments(self._marked, position):
            return self._annex(position), False
        if one.kind == "attachments" and self._shows_members(position):
            return self._annex(position), False
        if one.kind in ("attachments", "annex"):
            return read_attachments(self._marked, position, self._parts.attachments), True
        if one.kind == "copied_to":
            return self._copies(position), True
        if one.kind in ("issue_date", "disclosure", "printing", "document_number", "red_head"):
            line.part = "colophon" if one.kind == "printing" else "header"
            if not (self._enclosed and one.kind in _OWN):
                self._parts.signs.append(one)
            return position + 1, True
        if one.kind == "signature" and (self._signs(position) or self._dated(one)):
            printed = position + 1 < len(self._marked) and self._marked[position + 1].kind == "printing"
            line.part = "colophon" if printed else "header"
            if not printed and not self._enclosed:
                self._parts.signs.append(one)
            return position + 1, True
        if (
            not one.labels
            and not one.table
            and (
                signed
                or self._restarts(position)
                or (not self._region.lines and (self._region.kind != "main" or self._named(position)))
            )
        ):
            title = self._titles.at(self._marked, position) or self._titles.covered_at(
                self._marked, position, self._parts.title
            )
            if title is not None:
                return self._open("plan", title, position), False
        self._region.lines.append(one)
        return position + 1, False if one.text and len(one.text) > 60 else signed

    def _begins_enclosed(self, position: int) -> bool:
        """Whether the head of another circular stands here, below the signature and date of the one that covers it."""
        if not any(one.kind == "issue_date" or self._dated(one) for one in self._parts.signs):
            return False
        for later in range(position, min(position + _HEAD, len(self._marked))):
            one = self._marked[later]
            if one.labels or one.table or one.line.part is not None or one.kind == "annex":
                return False
            if self._titles.at(self._marked, later) is not None:
                return True
            if one.kind not in ("signature", "document_number", "red_head", "masthead", "furniture"):
                return False
        return False

    def _open(self, kind: RegionKind, title: Title | None, position: int) -> int:
        self._region = Region(kind, title)
        self._parts.regions.append(self._region)
        if title is None:
            return position
        for one in title.lines:
            one.line.part = "header" if kind == "plan" else "annex"
        position += title.count
        if kind == "plan" and self._parts.addressees:
            addressees = self._addressees(position)  # to whom the text that is passed on was sent
            for one in addressees:
                one.line.part = "header"
            position += len(addressees)
        return position

    def _annex(self, position: int) -> int:
        one = self._marked[position]
        one.line.part = "annex"
        if one.kind == "attachments":
            self._parts.attachments.append(one)
        title = self._titles.inside(one)
        if title is not None:
            return self._open("annex", title, position)
        position += 1
        title = self._titles.at(self._marked, position, loose=True)
        return self._open("annex", title, position)

    def _shows_members(self, position: int) -> bool:
        """Whether what a line says is attached, a list of members, stands right below it."""
        below = self._marked[position + 1].text if position + 1 < len(self._marked) else ""
        return self._roster.match(below) is not None

    def _copies(self, position: int) -> int:
        """The 版记: to whom copies go, perhaps over several lines, and who printed it when."""
        first = self._marked[position]
        first.line.part = "colophon"
        self._parts.signs.append(first)
        for end in range(position + 1, min(position + _COLOPHON, len(self._marked))):
            one = self._marked[end]
            if one.kind == "printing" or (one.kind == "signature" and self._dated(one)):
                for between in self._marked[position + 1 : end + 1]:
                    between.line.part = "table" if between.table else "colophon"
                if one.kind == "printing":
                    self._parts.signs.append(one)
                self._parts.copies += [
                    between for between in self._marked[position + 1 : end] if between.kind in (None, "copied_to")
                ]
                return end + 1
            if one.labels or one.table or one.kind in ("annex", "title"):
                break
        return position + 1

    def _dated(self, one: Marked) -> bool:
        """Whether a signature has its date on the same line."""
        return one.mark is not None and bool(one.mark.hit.group("year"))

    def _named(self, position: int) -> bool:
        """Whether the circular's own title names this line: it is the title of one of its plans."""
        title = self._titles.at(self._marked, position)
        return title is not None and self._parts.title is not None and title.named_in(self._parts.title)

    def _restarts(self, position: int) -> bool:
        """Whether the next labels begin at one again, as those of another plan do."""
        seen = next((one.labels for one in self._region.lines if one.labels), ())
        if not seen:
            return False
        for later in self._marked[position + 1 : position + 8]:
            if later.labels and later.line.part is None:
                return any(label.ordinal == 1 and label.scheme == seen[0].scheme for label in later.labels)
        return False
