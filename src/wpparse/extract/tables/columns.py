"""What the columns of a table mean: by their header, or by their content where there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, pairwise

from wpparse.extract.mentions import DateBase
from wpparse.extract.tables.content import are_persons, content_of, is_dates, mean_length, share_of
from wpparse.extract.tables.grid import GridView, one_line
from wpparse.extract.tables.header import (
    find_header,
    header_hit,
    holds_marks,
    is_marked,
    is_ordinal,
    is_sub_header,
    is_units,
)
from wpparse.extract.tables.marks import is_nothing
from wpparse.grammar import Grammar

_UNIT_KINDS = frozenset({"responsible", "lead", "support", "leader"})
_DATE_KINDS = frozenset({"deadline", "start", "end"})
_MARKED_KINDS = ("responsible", "lead", "support", "deadline")
_SETS = ("dated", "secondary", "leading", "vague")
"""Fields of a header's rule: see :class:`Columns`; ``leading`` says what a row is about where it stands before what is to
be done, else how far the work has come; ``vague`` names bodies or something else.
"""
_NEARLY_ALL = 0.85
"""So large a part of the cells names bodies where no known header says that the column does."""
_SHORTEST = 6
"""Characters of texts that may say what is to be done, on average."""


@dataclass(slots=True)
class Columns:
    """The meaning of each grid column; ``first_row`` is the first row of the data."""

    kinds: list[str | None]
    headers: list[str]
    first_row: int
    title: str = ""
    sets: dict[str, set[int]] = field(default_factory=lambda: {name: set() for name in _SETS})
    """The columns whose header has a field of this name (:data:`_SETS`)."""
    units: dict[int, str] = field(default_factory=dict)
    """Columns of a matrix: the body that the header names."""
    times: set[int] = field(default_factory=set)
    """Columns of a matrix whose header is a time."""
    guessed: bool = False
    continued: bool = False
    """True where the header stands above another table, which this one goes on with."""

    @property
    def dated(self) -> set[int]:
        """Requirement columns in which time expressions are deadlines."""
        return self.sets["dated"]

    @property
    def secondary(self) -> set[int]:
        """Requirement columns that count only where there is no other."""
        return self.sets["secondary"]

    def of(self, *kinds: str) -> list[int]:
        """The columns of these kinds, from left to right."""
        return [column for column, kind in enumerate(self.kinds) if kind in kinds]

    @property
    def has_units(self) -> bool:
        """True where some column names who answers."""
        return bool(self.units.keys() - self.times) or any(kind in _UNIT_KINDS for kind in self.kinds)

    @property
    def has_dates(self) -> bool:
        """True where some column says when."""
        return bool(self.dated or self.times) or any(kind in _DATE_KINDS for kind in self.kinds)


def find_columns(view: GridView, grammar: Grammar, base: DateBase, above: Columns | None = None) -> Columns:
    """The meaning of the columns of a table. ``above`` are those of a table that this one may go on with."""
    header = find_header(view, grammar)
    if header is None:
        return _without_header(view, grammar, base, above)
    columns = _by_header(view, header, grammar, base)
    columns.title = "".join(one_line(cell.text) for row in range(header) for cell in view.own_cells(row))
    _complete(view, columns, grammar, base)
    return columns


def _without_header(view: GridView, grammar: Grammar, base: DateBase, above: Columns | None) -> Columns:
    titles: list[str] = []
    row = 0
    while row < min(view.rows - 1, 4) and (lone := view.lone_cell(row)) is not None:
        if grammar.rules("label").match(lone.text) is not None:
            break  # the heading of the rows below it
        titles.append(one_line(lone.text))
        row += 1
    if above is not None and _goes_on(view, above, row, grammar, base):
        return replace(above, first_row=row, title="".join(titles), continued=True)
    columns = Columns([None] * view.columns, [""] * view.columns, row, "".join(titles))
    _by_content(view, columns, grammar, base)
    columns.guessed = True
    return columns


def _goes_on(view: GridView, above: Columns, first_row: int, grammar: Grammar, base: DateBase) -> bool:
    """True where the columns hold what those of the table above hold, so that its header is theirs too."""
    if len(above.kinds) != view.columns or above.guessed or above.units:
        return False
    told = above.of("number", *_UNIT_KINDS, *_DATE_KINDS)
    contents = [(above.kinds[column], content_of(view, column, first_row)) for column in told]
    filled = [(kind, content) for kind, content in contents if content and kind != "leader"]
    return bool(filled) and all(_suits(content, kind, grammar, base) >= 0.5 for kind, content in filled)


def _by_header(view: GridView, row: int, grammar: Grammar, base: DateBase) -> Columns:
    kinds: list[str | None] = [None] * view.columns
    headers = [""] * view.columns
    columns = Columns(kinds, headers, row + 1)
    last = row
    while last + 1 < view.rows - 1 and is_sub_header(view, last + 1, row, grammar):
        last += 1
    columns.first_row = last + 1
    rows = [[view.text(header_row, column) for column in range(view.columns)] for header_row in range(row, last + 1)]
    if len(rows) == 2 and not holds_marks(view, row, grammar):
        rows = _unpacked(view, columns.first_row, rows, grammar, base) or rows
    for column in range(view.columns):
        for texts in rows:
            text = texts[column]
            if not text:
                continue
            headers[column] = text
            hit = header_hit(text, grammar)
            if hit is None:
                continue
            kinds[column] = hit.rule.kind
            for name, chosen in columns.sets.items():
                chosen.discard(column)
                if hit.field(name):
                    chosen.add(column)
    if len(rows) == 2:
        _topics_below(view, row, columns, grammar)
    return columns


def _topics_below(view: GridView, row: int, columns: Columns, grammar: Grammar) -> None:
    """What stands below a header that spans several columns and names the work as such is the work, not what is to be done for it.

    That another column says.
    """
    spanned = set()
    for column in columns.of("requirement"):
        first = next((at for at in range(column, -1, -1) if view.text(row, at)), column)
        above = view.cell(row, first)
        spans = above is not None and (above.colspan > 1 or first < column)
        hit = header_hit(above.text, grammar) if above is not None and spans else None
        if hit is not None and hit.rule.kind == "topic" and hit.field("generic"):
            spanned.add(column)
    if set(columns.of("requirement")) - spanned - columns.secondary:
        for column in spanned:
            columns.kinds[column] = "topic"


def _unpacked(
    view: GridView, first_row: int, rows: Sequence[Sequence[str]], grammar: Grammar, base: DateBase
) -> list[list[str]] | None:
    """Two header rows that a dump has pushed to the left, with the names of the second under those that span them.

    Where the first row is as wide as the table, the second may begin anywhere in it: the names came as one sequence.
    None where the rows are not such, or no arrangement suits what the columns hold.
    """
    names = [text for texts in rows for text in texts if text]
    packed = all("" not in texts[: sum(map(bool, texts))] for texts in rows)
    spanning = len(names) - view.columns
    uppers = sum(map(bool, rows[0]))
    if not packed or not 0 < spanning < 4 or any(cell.colspan > 1 for cell in view.cells(first_row - 2)):
        return None
    contents = [content_of(view, column, first_row) for column in range(view.columns)]
    suits = [[_suits(content, _kind(name, grammar), grammar, base) for name in names] for content in contents]
    best: tuple[float, list[list[int]]] | None = None
    for upper in range(spanning + 1, len(names) - 2 * spanning + 1) if uppers == view.columns else [uppers]:
        for wide in combinations(range(upper), spanning):
            for cuts in combinations(range(1, len(names) - upper), spanning - 1):
                sizes = [b - a for a, b in pairwise([0, *cuts, len(names) - upper])]
                if min(sizes) < 2:
                    continue
                pairs: list[list[int]] = []
                lower = iter(range(upper, len(names)))
                for place in range(upper):
                    below = [next(lower) for _ in range(sizes[wide.index(place)])] if place in wide else [place]
                    pairs += [[place, name] for name in below]
                score = sum(suit[name] for suit, (_, name) in zip(suits, pairs, strict=True))
                if best is None or score > best[0]:
                    best = score, pairs
    if best is None:
        return None
    return [[names[pair[level]] for pair in best[1]] for level in (0, 1)]


def _kind(header: str, grammar: Grammar) -> str | None:
    hit = header_hit(header, grammar)
    return hit.rule.kind if hit is not None else None


def _complete(view: GridView, columns: Columns, grammar: Grammar, base: DateBase) -> None:
    """Fill what the header leaves open."""
    kinds = columns.kinds
    for column in range(1, view.columns):
        if kinds[column] is None and not columns.headers[column] and kinds[column - 1] == "topic":
            kinds[column] = "topic"
    _spread(view, columns, grammar, base)
    for column in columns.of("topic", "requirement") if "number" not in kinds else ():
        if share_of(content_of(view, column, columns.first_row), is_ordinal) > 0.8:
            # A header that spans the numbers and what stands beside them.
            if column + 1 < view.columns and kinds[column + 1] is None and not columns.headers[column + 1]:
                kinds[column + 1] = kinds[column]
            kinds[column] = "number"
    _find_matrix(view, columns, grammar, base)
    for column in columns.sets["vague"]:
        content = content_of(view, column, columns.first_row)
        if content and column not in columns.units and share_of(content, lambda text: is_units(text, grammar)) < 0.3:
            kinds[column] = None
    missing_units, missing_dates = not columns.has_units, not columns.has_dates
    for column in range(view.columns):
        if kinds[column] is not None or column in columns.units:
            continue
        content = content_of(view, column, columns.first_row)
        if missing_units and share_of(content, lambda text: is_units(text, grammar)) >= _NEARLY_ALL:
            kinds[column] = "responsible"
        elif missing_dates and share_of(content, lambda text: is_dates(text, grammar, base)) > 0.7:
            kinds[column] = "deadline"
        elif not columns.headers[column] and are_persons(content, grammar):
            kinds[column] = "leader"
    _settle(columns)
    _promote(view, columns)


def _settle(columns: Columns) -> None:
    """Meanings that hang on the other columns."""
    kinds = columns.kinds
    if "start" in kinds and "end" not in kinds and kinds.count("deadline") == 1:
        kinds[kinds.index("deadline")] = "end"
    required = [column for column in columns.of("requirement") if column not in columns.secondary]
    for column in columns.sets["leading"]:
        if kinds[column] == "topic" and required and column > required[0]:
            kinds[column] = "status"


def _spread(view: GridView, columns: Columns, grammar: Grammar, base: DateBase) -> None:
    """Headers that a dump has pushed to the left, because one of them spans several columns, put back in their places."""
    named = [column for column in range(view.columns) if columns.headers[column]]
    missing = view.columns - len(named)
    if not missing or named != list(range(len(named))) or not content_of(view, view.columns - 1, columns.first_row):
        return
    contents = [content_of(view, column, columns.first_row) for column in range(view.columns)]
    best: tuple[float, int] | None = None
    for wide in named:
        order = [*named[: wide + 1], *[wide] * missing, *named[wide + 1 :]]
        score = 0.5 if columns.kinds[wide] == "topic" else 0.0
        for content, source in zip(contents, order, strict=True):
            score += _suits(content, columns.kinds[source], grammar, base)
        if best is None or score > best[0]:
            best = score, wide
    if best is None:
        return
    wide = best[1]
    order = [*named[: wide + 1], *[wide] * missing, *named[wide + 1 :]]
    columns.kinds[:] = [columns.kinds[source] for source in order]
    columns.headers[:] = [columns.headers[source] for source in order]
    for name, chosen in columns.sets.items():
        columns.sets[name] = {column for column, source in enumerate(order) if source in chosen}


def _suits(content: Sequence[str], kind: str | None, grammar: Grammar, base: DateBase) -> float:
    """How well cells suit the meaning of a column, 0 to 1."""
    if kind == "number":
        return share_of(content, is_ordinal)
    if kind in _DATE_KINDS:
        return share_of(content, lambda text: is_dates(text, grammar, base))
    if kind in _UNIT_KINDS:
        return share_of(content, lambda text: is_units(text, grammar))
    if kind == "requirement":
        return min(mean_length(content) / 30, 1.0)
    if kind == "topic":  # anything but the others
        return 0.5 - 0.5 * max(_suits(content, other, grammar, base) for other in ("number", "deadline", "responsible"))
    return 0.0


def _promote(view: GridView, columns: Columns) -> None:
    """Where no column says what is to be done, the last of the work columns with the longest texts does."""
    required = columns.of("requirement")
    primary = [column for column in required if column not in columns.secondary]
    if primary and _are_topics(view, columns, primary):
        for column in primary:
            columns.kinds[column] = "topic"
        columns.secondary.clear()
        return
    if primary:
        for column in columns.secondary:
            columns.kinds[column] = "remark"
        columns.secondary.clear()
        return
    if required:
        columns.secondary.clear()
        return
    topics = columns.of("topic")
    if columns.has_units and columns.has_dates and _by_standard(view, columns, topics):
        return
    if not topics:
        if columns.has_units and columns.has_dates:
            _choose(view, columns)
        return
    lengths = {column: mean_length(content_of(view, column, columns.first_row)) for column in topics}
    longest = max(lengths.values())
    chosen = [column for column in topics if lengths[column] >= longest * 0.8][-1]
    columns.kinds[chosen] = "requirement"
    for column in topics:
        if column > chosen:
            columns.kinds[column] = "remark"


def _are_topics(view: GridView, columns: Columns, primary: Sequence[int]) -> bool:
    """True where columns said to hold what is to be done hold but a word or two, and the goals beside them hold sentences."""
    told = max(mean_length(content_of(view, column, columns.first_row)) for column in primary)
    goals = max((mean_length(content_of(view, column, columns.first_row)) for column in columns.secondary), default=0.0)
    return told < _SHORTEST <= goals and goals > 2 * told


def _by_standard(view: GridView, columns: Columns, topics: Sequence[int]) -> bool:
    """Where the rows share out what is measured (测评标准), the standard says what is to be done."""
    lengths = {
        column: mean_length(content_of(view, column, columns.first_row)) for column in (*topics, *columns.of("score"))
    }
    chosen = max(lengths, key=lambda column: lengths[column], default=None)
    if chosen is None or chosen in topics or lengths[chosen] < _SHORTEST:
        return False
    columns.kinds[chosen] = "requirement"
    return True


def _choose(view: GridView, columns: Columns) -> None:
    """Where no header says what is to be done, the column with the longest texts of those that nothing is known of."""
    unknown = [column for column, kind in enumerate(columns.kinds) if kind is None]
    lengths = {column: mean_length(content_of(view, column, columns.first_row)) for column in unknown}
    chosen = max(lengths, key=lambda column: lengths[column], default=None)
    if chosen is not None and lengths[chosen] >= _SHORTEST:
        columns.kinds[chosen] = "requirement"


def _find_matrix(view: GridView, columns: Columns, grammar: Grammar, base: DateBase) -> None:
    """Columns that hold nothing but marks, or words for roles, and have the name of a body or a time as header."""
    found: list[int] = []
    for column in range(view.columns):
        if not columns.headers[column] or columns.kinds[column] not in (None, *_MARKED_KINDS):
            continue
        marked = [text for text in content_of(view, column, columns.first_row) if not is_nothing(text)]
        if marked and all(is_marked(text, grammar) for text in marked):
            found.append(column)
    times = {column for column in found if is_dates(columns.headers[column], grammar, base)}
    open_ = [column for column in found if columns.kinds[column] is None and column not in times]
    if sum(is_units(columns.headers[column], grammar) for column in open_) * 2 < len(open_):
        found = [column for column in found if column not in open_]  # marks for something else than bodies
    for column in found:
        columns.units[column] = columns.headers[column]
        if column in times:
            columns.times.add(column)
            columns.kinds[column] = "deadline"
        elif columns.kinds[column] is None:
            columns.kinds[column] = "responsible"


def _by_content(view: GridView, columns: Columns, grammar: Grammar, base: DateBase) -> None:
    """Units, deadlines, numbers and long texts, told by what the cells hold."""
    kinds = columns.kinds
    lengths: dict[int, float] = {}
    for column in range(view.columns):
        content = content_of(view, column, columns.first_row)
        if not content:
            continue
        if share_of(content, is_ordinal) > 0.8 and column == min(lengths, default=column):
            kinds[column] = "number"
        elif share_of(content, lambda text: is_units(text, grammar)) >= _NEARLY_ALL:
            kinds[column] = "responsible"
        elif share_of(content, lambda text: is_dates(text, grammar, base)) > 0.7:
            kinds[column] = "deadline"
        elif lengths and are_persons(content, grammar):
            kinds[column] = "leader"
        else:
            lengths[column] = mean_length(content)
    if not lengths:
        return
    chosen = max(lengths, key=lambda column: lengths[column])
    kinds[chosen] = "requirement"
    for column in lengths:
        if column != chosen:
            kinds[column] = "topic" if column < chosen else "remark"
