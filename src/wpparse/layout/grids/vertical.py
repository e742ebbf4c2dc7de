"""Tables that were dumped one cell a paragraph, without any mark between rows.

Two kinds: rows that are numbered 1, 2, 3 …, each number a paragraph of its own; and records, in which each line names
its column (``责任单位：…``) and the same names come back in the same order.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from wpparse.enumerators import BAND, LABEL
from wpparse.layout.grids.align import Row, fold_rows, learn
from wpparse.layout.grids.sequence import find_rows, is_leading_name
from wpparse.layout.grids.text_tables import Found, Grid, finish, is_name
from wpparse.text import clean, clean_lines

_NUMBER = re.compile(r"\s*(\d{1,3})\s*")
_LONGEST_HEADER = 14
_LEAST_NAMELESS = 3
"""Rows without a header, at least, besides the last one."""
_PLAIN = 40
_ROW_GAP = 4
"""Lines from one cell to the next, at most."""
_MOST_COLUMNS = 10
_MOST_SPANNING = 3
"""Headers that have others below them."""
_LONGEST_ROW = 60
"""Paragraphs between one number and the next."""
_STOP = re.compile(
    r"\s*(?:附\s*(?:件|表|录)|抄\s*送|备?注\s*[:：]|[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]+[章条])"
)
_NUMBER_HEADER = re.compile(r"(?:序|编|项|次)\s*[号次序目]|序|[Nn][Oo]\.?|#")
_DATE = re.compile(r"\d{1,4}\s*[年月]")
_SHORT = 16
_REMARK = re.compile(r"备\s*注|说\s*明")
_MARK = re.compile(r"[√✓✔☑●○◎▲△★☆■□◆◇*＊]+")
_SENTENCE = re.compile(r"[。；，,;！？]")
_RECORD = re.compile(r"\s*([^\s：:。；，,、（）()《》\d]{2,8})\s*[：:]\s*(.*\S)\s*")


def find_vertical(lines: Sequence[str], taken: Sequence[Found]) -> list[Found]:
    """The vertical dumps outside of the tables that were found already."""
    covered: set[int] = set()
    for found in taken:
        covered.update(range(found.start, found.end))
    cells = [index for index, line in enumerate(lines) if line.strip() and index not in covered]
    return sorted([*_numbered(lines, cells), *_records(lines, cells)], key=lambda found: found.start)


# Numbered rows


def _numbered(lines: Sequence[str], cells: Sequence[int]) -> list[Found]:
    numbers = [
        (place, int(match.group(1)))
        for place, index in enumerate(cells)
        if len(lines[index]) < 12 and (match := _NUMBER.fullmatch(lines[index]))
    ]
    out: list[Found] = []
    used = 0
    for first, (place, value) in enumerate(numbers):
        if value != 1 or place < used:
            continue
        starts = [place]
        again = False
        for at in range(first + 1, len(numbers)):
            other, number = numbers[at]
            if other - starts[-1] > _LONGEST_ROW:
                break
            if number == value + 1 and other - starts[-1] > 1:
                starts.append(other)
                value = number
            elif number == 1 and BAND.fullmatch(clean(lines[cells[other - 1]])):
                starts.append(other)
                value, again = 1, True
        found = _build(lines, cells, starts, again) if len(starts) >= 3 else None
        if found is not None:
            out.append(found)
            used = bisect_left(cells, found.end)
    return out


def _build(lines: Sequence[str], cells: Sequence[int], starts: list[int], again: bool) -> Found | None:
    """The grid of the rows that begin at ``starts`` (places in ``cells``); None where they make none.

    ``again`` is true where the numbers begin again below a heading.
    """
    groups = [[clean_lines(lines[cells[at]]) for at in range(a + 1, b)] for a, b in pairwise(starts)]
    above = [clean(lines[cells[at]]) for at in range(max(0, starts[0] - _MOST_COLUMNS - 2), starts[0])]
    bands = [_take_bands(group) for group in (above, *groups)]
    groups = [_whole_cells(group) for group in groups]
    header = _header(above, groups)
    if header is None:
        return _nameless(lines, cells, starts, groups)
    named = len(header)
    if again or len(set(map(len, groups))) > 1:
        found = _solve(lines, cells, starts, named + len(bands[0]), groups)
        if found is not None or again:
            return found
    sizes = Counter(map(len, groups))
    left = len(cells) - starts[-1] - 1
    if left == named - 1:
        sizes[left] += 1  # the last row, where nothing comes below the table
    widest = max(sizes) + 1
    wide = widest if named < widest <= named + 2 else named
    # A header that spans columns stands above rows that have more cells than it has names, and no row has more.
    candidates = (width for width in (wide, named, named + 1, named + 2) if sizes[width - 1] > 1)
    width = next((width for width in candidates if width == named or not _repeats(header, groups, width - 1)), 0)
    if not width and sizes[max(sizes)] > 1 and 0 < named - max(sizes) - 1 <= _MOST_SPANNING:
        if _REMARK.fullmatch(header[-1]) or any(_MARK.fullmatch(text) for group in groups for text in group):
            return None  # blank cells were lost, and nothing says where they stood
        width = max(sizes) + 1  # two rows of headers
    if width < 3 or width > _MOST_COLUMNS:
        return None
    size = width - 1
    tail = [clean_lines(lines[at]) for at in cells[starts[-1] + 1 :]] if left == size else []
    exact = [group for group in (*groups, tail) if len(group) == size]
    profiles = learn([[str(n), *group] for n, group in enumerate(exact, 1)], width)
    longest = max(map(len, groups)) + size
    last = starts[-1] + 1
    while last < len(cells) and last - starts[-1] <= longest and not _STOP.match(lines[cells[last]]):
        if cells[last] - cells[last - 1] > _ROW_GAP:
            break
        last += 1
    groups.append(_whole_cells([clean_lines(lines[cells[at]]) for at in range(starts[-1] + 1, last)]))
    rows: list[Row] = [[*header[:width], *[""] * (width - named)]]
    if named > width:
        rows.append([*header[width:], *[""] * (2 * width - named)])
    for number, group in enumerate(groups, 1):
        folded = [["", *group]] if len(group) == size else fold_rows([text for text in group if text], profiles, 1)
        for row in folded[:1]:
            row[0] = str(number)
        rows += [[band, *[""] * size] for band in (bands[number - 1] if number <= len(bands) else ())]
        rows += folded or [[str(number), *[""] * size]]
    return Found(cells[starts[0] - len(bands[0]) - named], cells[last - 1] + 1, Grid(rows))


def _nameless(
    lines: Sequence[str], cells: Sequence[int], starts: Sequence[int], groups: Sequence[Sequence[str]]
) -> Found | None:
    """The grid of rows without a header: all of the same number of cells, of which most columns hold no sentences."""
    size = len(groups[0])
    end = starts[-1] + 1 + size
    if len(groups) < _LEAST_NAMELESS or not 3 <= size < _MOST_COLUMNS or any(len(group) != size for group in groups):
        return None
    if end > len(cells) or any(b - a > _ROW_GAP for a, b in pairwise(cells[starts[-1] : end])):
        return None
    groups = [*groups, [clean_lines(lines[at]) for at in cells[starts[-1] + 1 : end]]]
    plain = sum(all(len(text) < _PLAIN and "。" not in text for text in column) for column in zip(*groups, strict=True))
    if plain < 2:
        return None
    rows = [[str(number), *group] for number, group in enumerate(groups, 1)]
    return Found(cells[starts[0]], cells[end - 1] + 1, Grid(rows))


def _solve(
    lines: Sequence[str], cells: Sequence[int], starts: Sequence[int], above: int, groups: Sequence[Sequence[str]]
) -> Found | None:
    """The grid of rows that have not all the same number of cells; None where what they lack cannot be told."""
    most = max(max(map(len, groups)), above - 1)
    last = starts[-1] + 1
    while last < len(cells) and last - starts[-1] <= most and not _STOP.match(lines[cells[last]]):
        if cells[last] - cells[last - 1] > _ROW_GAP:
            break
        last += 1
    first = starts[0] - above
    first -= first > 0 and is_leading_name(clean(lines[cells[first - 1]]))
    texts = [clean_lines(lines[at]) for at in cells[first : starts[0]]]
    for at, stop in zip(starts, [*starts[1:], last], strict=True):
        texts += _whole_cells([clean_lines(lines[place]) for place in cells[at:stop]])
    rows = find_rows(texts, is_name, blanks=False)
    return Found(cells[first], cells[last - 1] + 1, finish(rows, [])) if rows else None


def _repeats(header: Row, groups: Sequence[Sequence[str]], size: int) -> bool:
    """True where the widest rows have one cell more because two neighbours are paragraphs of one: they end alike, or one
    in the middle of a list.

    Headers that end alike stand above cells that do so by themselves.
    """
    rows = [group for group in groups if len(group) == size]
    alike = not any(a[-1] == b[-1] for a, b in pairwise(header))
    return any(sum(_is_one(row[at], row[at + 1], alike) for row in rows) * 2 > len(rows) for at in range(size - 1))


def _is_one(above: str, below: str, alike: bool) -> bool:
    """True where two texts look like paragraphs of one cell: by their ends, if these say so (``alike``), or by a list."""
    short = max(len(above), len(below)) < _SHORT
    return above.endswith(("；", ";")) or (alike and short and above[-1] == below[-1])


def _take_bands(texts: list[str]) -> list[str]:
    """Take the bands off that stand at the end, above the next number."""
    first = len(texts)
    while first and BAND.fullmatch(texts[first - 1]):
        first -= 1
    bands = texts[first:]
    del texts[first:]
    return bands


def _header(above: Sequence[str], groups: Sequence[Sequence[str]]) -> Row | None:
    """The header that ends right above the first number: from the name of the number column on, else as wide as a row."""
    for at in range(len(above) - 1, -1, -1):
        if len(above[at]) > _LONGEST_HEADER or _SENTENCE.search(above[at]):
            break
        if _NUMBER_HEADER.fullmatch(above[at]):
            return list(above[at:])
    for size, count in sorted(Counter(map(len, groups)).items()):
        header = above[-size - 1 :]
        if count > 1 and size > 1 and len(header) == len(set(header)) == size + 1:
            short = all(len(text) <= _LONGEST_HEADER and _SENTENCE.search(text) is None for text in header)
            return list(header) if short else None
    return None


def _whole_cells(texts: Sequence[str]) -> list[str]:
    """Cells, a cell of several paragraphs put together where one stops in the middle of a list or of its items."""
    out: list[str] = []
    for text in texts:
        if out and out[-1][-1:] in ("，", "、", ","):
            out[-1] += text
        elif (
            out
            and out[-1].endswith(("；", ";"))
            and (LABEL.match(text) or (_DATE.match(text) and _DATE.match(out[-1])))
        ):
            out[-1] += "\n" + text
        else:
            out.append(text)
    return out


# Records


def _records(lines: Sequence[str], cells: Sequence[int]) -> list[Found]:
    keyed = [_RECORD.fullmatch(lines[index]) if len(lines[index]) < 2000 else None for index in cells]
    out: list[Found] = []
    place = 0
    while place < len(cells):
        end = place
        while end < len(cells) and keyed[end] is not None:
            end += 1
        found = _record_grid([(m.group(1), m.group(2)) for m in keyed[place:end] if m is not None])
        if found is not None:
            out.append(Found(cells[place], cells[end - 1] + 1, found))
        place = end + 1
    return out


def _record_grid(pairs: Sequence[tuple[str, str]]) -> Grid | None:
    """A row a record; the first name begins a record, each record has most of the names, in their order."""
    if len(pairs) < 6:
        return None
    names = list(dict.fromkeys(name for name, _ in pairs))
    records: list[dict[str, str]] = []
    last = len(names)
    for name, value in pairs:
        position = names.index(name)
        if position <= last and (position == 0 or not records):
            records.append({})
        elif position <= last:
            return None
        records[-1][name] = clean(value)
        last = position
    if len(names) < 3 or len(names) > _MOST_COLUMNS or len(records) < 2 or len(pairs) < 0.7 * len(names) * len(records):
        return None
    return Grid([names, *([record.get(name, "") for name in names] for record in records)])
