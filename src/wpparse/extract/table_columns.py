"""What the columns of a table mean: by their header, or by their content where there is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise

from wpparse.extract.deadlines import find_deadlines
from wpparse.extract.mentions import DateBase
from wpparse.extract.table_grid import GridView, one_line
from wpparse.extract.units import read_region
from wpparse.grammar import Grammar, Hit
from wpparse.numerals import parse_number

_SAMPLE = 24
_LONGEST_HEADER = 24
_UNIT_KINDS = frozenset({"responsible", "lead", "support", "leader"})
_DATE_KINDS = frozenset({"deadline", "start", "end"})
_MARKS = frozenset("√✓✔☑●○◎▲△★☆■□◆◇vVＶ*＊")
_ORDINAL = re.compile(r"[（(]?([\d一二三四五六七八九十百]+(?:[.．-]\d+)*)[）)]?[、.．]?")
_SAMPLE = 40


@dataclass(slots=True)
class Columns:
    """The meaning of each grid column. ``header_rows`` are the rows that say so; ``first_row`` is the first of the data."""

    kinds: list[str | None]
    headers: list[str]
    first_row: int
    title: str = ""
    dated: set[int] = field(default_factory=set)
    """Requirement columns in which time expressions are deadlines."""
    secondary: set[int] = field(default_factory=set)
    """Requirement columns that count only where there is no other."""
    units: dict[int, str] = field(default_factory=dict)
    """Columns of a matrix: the body that the header names."""
    guessed: bool = False

    def of(self, *kinds: str) -> list[int]:
        """The columns of these kinds, from left to right."""
        return [column for column, kind in enumerate(self.kinds) if kind in kinds]

    @property
    def has_units(self) -> bool:
        """True where some column names who answers."""
        return bool(self.units) or any(kind in _UNIT_KINDS for kind in self.kinds)

    @property
    def has_dates(self) -> bool:
        """True where some column says when."""
        return bool(self.dated) or any(kind in _DATE_KINDS for kind in self.kinds)


def header_hit(text: str, grammar: Grammar) -> Hit | None:
    """The rule that knows a header text; None where none does."""
    text = "".join(one_line(text).split())
    if not text or len(text) > _LONGEST_HEADER:
        return None
    return grammar.rules("column").fullmatch(text)


def is_header(view: GridView, row: int, grammar: Grammar) -> bool:
    """True where at least two cells of a row, and most of them, are known as headers."""
    cells = list(view.cells(row))
    if len(cells) < 2 or any(len(cell.text) > _LONGEST_HEADER * 2 for cell in cells):
        return False
    known = sum(header_hit(cell.text, grammar) is not None for cell in cells)
    if known < 2 or known * 2 >= len(cells):
        return known >= 2
    if known > 2 and not any(
        is_ordinal(one_line(cell.text)) or len(cell.text) > _LONGEST_HEADER // 2 for cell in cells
    ):
        return True
    return _is_matrix(view, row) and all(
        header_hit(cell.text, grammar) is not None or _is_units(one_line(cell.text), grammar) for cell in cells
    )


def _is_matrix(view: GridView, row: int) -> bool:
    """True where the rows below hold marks in several columns."""
    texts = [cell.text for below in range(row + 1, view.rows) for cell in view.own_cells(below)]
    return sum(set(text) <= _MARKS for text in texts) >= max(2, len(texts) // 4)


def find_columns(view: GridView, grammar: Grammar, base: DateBase) -> Columns:
    """The meaning of the columns of a table."""
    titles: list[str] = []
    row = 0
    while row < min(view.rows - 1, 4) and not is_header(view, row, grammar):
        lone = view.lone_cell(row)
        if lone is None:
            break
        titles.append(one_line(lone.text))
        row += 1
    if row >= view.rows or not is_header(view, row, grammar):
        columns = Columns([None] * view.columns, [""] * view.columns, 0, "".join(titles))
        if titles and row < view.rows:
            columns.first_row = row
        _by_content(view, columns, grammar, base)
        columns.guessed = True
        return columns
    columns = _by_header(view, row, grammar, base)
    columns.title = "".join(titles)
    _complete(view, columns, grammar, base)
    return columns


def _by_header(view: GridView, row: int, grammar: Grammar, base: DateBase) -> Columns:
    kinds: list[str | None] = [None] * view.columns
    headers = [""] * view.columns
    columns = Columns(kinds, headers, row + 1)
    last = row
    while last + 1 < view.rows - 1 and _is_sub_header(view, last + 1, row, grammar):
        last += 1
    columns.first_row = last + 1
    rows = [[view.text(header_row, column) for column in range(view.columns)] for header_row in range(row, last + 1)]
    if len(rows) == 2 and not _is_matrix(view, row):
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
            columns.dated.discard(column)
            columns.secondary.discard(column)
            if hit.field("dated"):
                columns.dated.add(column)
            if hit.field("secondary"):
                columns.secondary.add(column)
    return columns


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
    contents = [_content(view, column, first_row) for column in range(view.columns)]
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


def _is_sub_header(view: GridView, row: int, first: int, grammar: Grammar) -> bool:
    """True for a second header row: short texts that stand below a header that spans several columns."""
    own = view.own_cells(row)
    if not own:
        return any(cell.row < row for cell in view.cells(row))
    for cell in own:
        if len(one_line(cell.text)) > _LONGEST_HEADER // 2 or "。" in cell.text:
            return False
    above = {id(cell): cell for cell in view.cells(first)}
    spanning = any(cell.colspan > 1 for cell in above.values())
    covering = any(cell.rowspan > 1 for cell in above.values())
    known = sum(header_hit(cell.text, grammar) is not None for cell in own)
    if known == len(own) and not is_ordinal(one_line(own[0].text)):
        return True
    if any(is_ordinal(one_line(cell.text)) for cell in own):
        return False
    named = [cell for cell in own if _is_units(one_line(cell.text), grammar)]
    return (spanning and covering) or (len(own) > 1 and len(named) == len(own) and _is_matrix(view, row))


def is_ordinal(text: str) -> bool:
    """True for the content of a number column: ``1``, ``（二）``, ``三、``, ``1.2``."""
    match = _ORDINAL.fullmatch(text)
    return match is not None and all(parse_number(part) is not None for part in re.split(r"[.．-]", match.group(1)))


def _complete(view: GridView, columns: Columns, grammar: Grammar, base: DateBase) -> None:
    """Fill what the header leaves open."""
    kinds = columns.kinds
    for column in range(1, view.columns):
        if kinds[column] is None and not columns.headers[column] and kinds[column - 1] == "topic":
            kinds[column] = "topic"
    _spread(view, columns, grammar, base)
    _find_matrix(view, columns, grammar)
    missing_units, missing_dates = not columns.has_units, not columns.has_dates
    for column in range(view.columns):
        if kinds[column] is not None or column in columns.units:
            continue
        content = _content(view, column, columns.first_row)
        if missing_units and _share(content, lambda text: _is_units(text, grammar)) > 0.7:
            kinds[column] = "responsible"
        elif missing_dates and _share(content, lambda text: _is_dates(text, grammar, base)) > 0.7:
            kinds[column] = "deadline"
    _promote(view, columns)


def _spread(view: GridView, columns: Columns, grammar: Grammar, base: DateBase) -> None:
    """Headers that a dump has pushed to the left, because one of them spans several columns, put back in their places."""
    named = [column for column in range(view.columns) if columns.headers[column]]
    missing = view.columns - len(named)
    if not missing or named != list(range(len(named))) or not _content(view, view.columns - 1, columns.first_row):
        return
    contents = [_content(view, column, columns.first_row) for column in range(view.columns)]
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
    columns.dated = {column for column, source in enumerate(order) if source in columns.dated}
    columns.secondary = {column for column, source in enumerate(order) if source in columns.secondary}


def _suits(content: Sequence[str], kind: str | None, grammar: Grammar, base: DateBase) -> float:
    """How well cells suit the meaning of a column, 0 to 1."""
    if kind == "number":
        return _share(content, is_ordinal)
    if kind in _DATE_KINDS:
        return _share(content, lambda text: _is_dates(text, grammar, base))
    if kind in _UNIT_KINDS:
        return _share(content, lambda text: _is_units(text, grammar))
    if kind == "requirement":
        return min(_mean(content) / 30, 1.0)
    return 0.0


def _promote(view: GridView, columns: Columns) -> None:
    """Where no column says what is to be done, the last of the work columns with the longest texts does."""
    required = columns.of("requirement")
    primary = [column for column in required if column not in columns.secondary]
    if primary:
        for column in columns.secondary:
            columns.kinds[column] = "remark"
        columns.secondary.clear()
        return
    if required:
        columns.secondary.clear()
        return
    topics = columns.of("topic")
    if not topics:
        return
    lengths = {column: _mean(_content(view, column, columns.first_row)) for column in topics}
    longest = max(lengths.values())
    chosen = [column for column in topics if lengths[column] >= longest * 0.8][-1]
    columns.kinds[chosen] = "requirement"
    for column in topics:
        if column > chosen:
            columns.kinds[column] = "remark"


def _find_matrix(view: GridView, columns: Columns, grammar: Grammar) -> None:
    """Columns that hold nothing but marks and have the name of a body as header."""
    for column in range(view.columns):
        content = _content(view, column, columns.first_row)
        if not content or not all(set(text) <= _MARKS for text in content):
            continue
        header = columns.headers[column]
        if header and columns.kinds[column] in (None, "responsible", "lead", "support"):
            columns.units[column] = header
            columns.kinds[column] = "responsible"


def _by_content(view: GridView, columns: Columns, grammar: Grammar, base: DateBase) -> None:
    """Units, deadlines, numbers and long texts, told by what the cells hold."""
    kinds = columns.kinds
    lengths: dict[int, float] = {}
    for column in range(view.columns):
        content = _content(view, column, columns.first_row)
        if not content:
            continue
        if _share(content, is_ordinal) > 0.8 and column == min(lengths, default=column):
            kinds[column] = "number"
        elif _share(content, lambda text: _is_units(text, grammar)) > 0.7:
            kinds[column] = "responsible"
        elif _share(content, lambda text: _is_dates(text, grammar, base)) > 0.7:
            kinds[column] = "deadline"
        else:
            lengths[column] = _mean(content)
    if not lengths:
        return
    chosen = max(lengths, key=lambda column: lengths[column])
    kinds[chosen] = "requirement"
    for column in lengths:
        if column != chosen:
            kinds[column] = "topic" if column < chosen else "remark"


def _content(view: GridView, column: int, first_row: int) -> list[str]:
    """Texts of the cells that begin in a column, at most :data:`_SAMPLE` of them."""
    return [one_line(cell.text) for cell in view.column_cells(column, first_row, _SAMPLE)]


def _mean(texts: Sequence[str]) -> float:
    return sum(map(len, texts)) / len(texts) if texts else 0.0


def _share(texts: Sequence[str], test: Callable[[str], bool]) -> float:
    """How many of the cells pass a test, 0 to 1; of a long column some cells, evenly spread, tell enough."""
    sample = texts[:: len(texts) // _SAMPLE + 1]
    return sum(test(text) for text in sample) / len(sample) if sample else 0.0


def _is_units(text: str, grammar: Grammar) -> bool:
    """True where most of what a cell lists is known to name bodies."""
    if "。" in text or len(text) < 2:
        return False
    reading = read_region(text, 0, len(text), grammar, "responsible", "column")
    named = sum(mention.end - mention.start for mention in reading.mentions)
    return reading.known * 2 > len(reading.mentions) and named * 2 >= len(text)


def _is_dates(text: str, grammar: Grammar, base: DateBase) -> bool:
    if len(text) > 40:
        return False
    found = find_deadlines(text, grammar, base, "column")
    return sum(mention.end - mention.start for mention in found) * 2 >= len(text)
