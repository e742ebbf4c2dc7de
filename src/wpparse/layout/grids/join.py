"""How a table runs over a page break: the header it repeats, the row that is cut, the cells that go on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from wpparse.brackets import WRITTEN, body, closing
from wpparse.enumerators import LABEL, is_ordinal
from wpparse.layout.grids.ruled import PADDING, Draft, Joined, PageTable, drafts_of, fitted, row_texts, wraps

SAME_BORDER = 6.0
"""Points by which the column borders of a table may differ from page to page."""
MAX_SHIFT = 60.0
"""Points by which a whole table may stand elsewhere on the next page (inner and outer margins)."""

_FINISHED = re.compile(rf"[。；！？!?;][{body(closing(WRITTEN))}]*$")


def same_columns(ours: Sequence[float], theirs: Sequence[float]) -> bool:
    """Whether two grids are parts of one table: one has all the column borders of the other, and both the outer ones.

    A page that holds few rows may lack a border; margins that change from page to page shift all of them.
    """
    for shift in (0.0, ours[0] - theirs[0]):
        moved = [x + shift for x in theirs]
        ends = max(abs(ours[0] - moved[0]), abs(ours[-1] - moved[-1]))
        if abs(shift) <= MAX_SHIFT and ends <= SAME_BORDER and (_holds(ours, moved) or _holds(moved, ours)):
            return True
    return False


def _holds(borders: Sequence[float], others: Sequence[float]) -> bool:
    return all(any(abs(x - y) <= SAME_BORDER for y in borders) for x in others)


def continue_table(table: Joined, part: PageTable) -> None:
    """Append the grid of the next page, whose columns are the table's (:func:`same_columns`)."""
    drafts = drafts_of(part)
    _align(table, drafts, part.grid.xs)
    rows = len(part.grid.ys) - 1
    skipped = _repeated_header(table, drafts, rows)
    kept = [draft for draft in drafts if draft.row + draft.rowspan > skipped]
    for draft in kept:
        cut = max(0, skipped - draft.row)
        draft.row, draft.rowspan = draft.row + cut - skipped + table.rows, draft.rowspan - cut
    rows -= skipped
    if rows <= 0:
        table.last_page = part.page
        return
    pairs = [(_above(table, draft), draft) for draft in kept if draft.row == table.rows]
    later = [draft for draft in kept if draft.row > table.rows]
    cut_row = is_cut(table, pairs)
    if cut_row:
        for draft in later:
            draft.row -= 1
    stay = _mend(table, pairs, cut_row)
    for draft in stay if cut_row else ():
        draft.row -= 1
    added = rows - cut_row
    if added:
        table.page_starts.append(table.rows)
    table.go_on([*stay, *later], added, part.page)


def _align(table: Joined, drafts: Sequence[Draft], theirs: Sequence[float]) -> None:
    """Give both parts the same column borders: those that either has."""
    ours = list(table.xs)
    shift = ours[0] - theirs[0]
    shift = shift if abs(ours[-1] - theirs[-1] - shift) < abs(ours[-1] - theirs[-1]) else 0.0
    moved = [x + shift for x in theirs]
    extra = [x for x in moved if not any(abs(x - y) <= SAME_BORDER for y in ours)]
    borders = sorted([*ours, *extra])

    def place(x: float) -> int:
        return min(range(len(borders)), key=lambda k: abs(borders[k] - x))

    for group, own in ((table.drafts if extra else (), ours), (drafts, moved)):
        for draft in group:
            first, last = place(own[draft.column]), place(own[draft.column + draft.colspan])
            draft.column, draft.colspan = first, max(1, last - first)
    if extra:
        for index, cell in enumerate(table.cells):
            first, last = place(ours[cell.column]), place(ours[cell.column + cell.colspan])
            table.cells[index] = replace(cell, column=first, colspan=max(1, last - first))
        table.xs = tuple(borders)
        table.header = [row_texts(table.drafts, row, len(borders) - 1) for row in range(len(table.header))]


def _repeated_header(table: Joined, drafts: Sequence[Draft], rows: int) -> int:
    """How many rows at the top of the page repeat the table's first rows."""
    count = 0
    while count < min(rows, len(table.header)):
        texts = row_texts(drafts, count, len(table.xs) - 1)
        if texts != table.header[count] or not any(texts):
            break
        count += 1
    return count


def _above(table: Joined, draft: Draft) -> Draft | None:
    """The cell over ``draft`` at the end of the page before: the one that shares most columns."""
    best, shared = None, 0
    for other in table.drafts:
        if other.row + other.rowspan != table.rows:
            continue
        common = min(other.column + other.colspan, draft.column + draft.colspan) - max(other.column, draft.column)
        if common > shared:
            best, shared = other, common
    return best


def is_cut(table: Joined, pairs: Sequence[tuple[Draft | None, Draft]]) -> bool:
    """Whether the first row of the page is the rest of the row above.

    Each column speaks for it where its text goes on, against it where the upper text has ended or the upper cell is
    empty; wide columns tell more than narrow ones, whose lines end at the border by chance. A merged cell that goes on
    below the row says nothing about the row.
    """
    if any(upper is not None and upper.unclosed for upper, _ in pairs):
        return False  # the others are closed: their row is complete
    votes = 0
    sparse = 3 * sum(1 for _, lower in pairs if lower.lines) <= len(pairs)
    for upper, lower in pairs:
        if upper is None or (upper.lines and lower.lines and upper.text == lower.text):
            continue
        if lower.lines and is_ordinal(lower.text):
            return False  # a number of its own: a row of its own
        if upper.rowspan > 1 and lower.rowspan > 1:
            continue
        if upper.lines and lower.lines:
            last, width = upper.lines[-1], upper.widths[-1]
            wide = width > 14 * last.size
            if _unfinished(upper, lower):
                votes += 2 if wide else 1
            else:
                votes -= 2 if wide or width - 2 * PADDING - (last.x1 - last.x0) > 1.5 * last.size else 1
        elif lower.lines:
            votes -= 2
        elif upper.lines and upper.rowspan == lower.rowspan == 1:
            votes += _filled_by_habit(table, lower.column, sparse)
    return votes > 0 and any(lower.lines for _, lower in pairs)


def _filled_by_habit(table: Joined, column: int, sparse: bool) -> int:
    """How much an empty cell in a column speaks for the rest of a row: where each row has its own words there.

    Where few do not, it speaks only if the row is empty but for a cell or two (``sparse``).
    """
    cells = table.column(column)
    blank = sum(1 for filled, rowspan in cells if not filled or rowspan > 1)
    if len(cells) >= 3 and not blank:
        return 3
    return 2 if sparse and len(cells) >= 8 and blank <= 0.1 * len(cells) else 0


def _unfinished(upper: Draft, lower: Draft) -> bool:
    """Whether the text of the upper cell goes on in the lower one."""
    if _FINISHED.search(upper.text) or LABEL.match(lower.text) or _has_room(upper, lower):
        return False
    if len(lower.text) >= 4 and upper.text.startswith(lower.text[:4]):
        return False  # both begin alike: told again, or the next of a kind
    if fitted(upper.lines[-1], lower.lines[0], [*upper.lines, *lower.lines]):
        return False
    return wraps(upper.lines[-1], lower.lines[0], upper.widths[-1])


def _has_room(upper: Draft, lower: Draft) -> bool:
    """Whether another line would have fitted into the upper cell, so that its text was not cut there.

    The second last line goes to the next page too where the last one would stand there alone.
    """
    lines = upper.below / _pitch(upper, lower)
    if lines < 1.1:
        return lines < -0.5  # it stands below the last row: all of it is there
    return lines >= 2.2 or len(upper.lines) < 2 or len(lower.lines) != 2


def _pitch(*drafts: Draft) -> float:
    """The distance of the lines in the first of the cells that has two."""
    for draft in drafts:
        for before, after in pairwise(draft.lines):
            if before.page == after.page and after.y > before.y:
                return after.y - before.y
    return 1.5 * next((draft.lines[0].size for draft in drafts if draft.lines), 10.0)


def _mend(table: Joined, pairs: Sequence[tuple[Draft | None, Draft]], cut_row: bool) -> list[Draft]:
    """Join the cells of the page's first row with those above where they go on; gives the cells that stay."""
    restated = any(u is not None and u.lines and u.text == d.text and _tall(u, d) for u, d in pairs)
    stay: list[Draft] = []
    for upper, lower in pairs:
        if upper is None or (upper.column, upper.colspan) != (lower.column, lower.colspan):
            if upper is not None and cut_row:
                upper.go_on(lower)
            else:
                stay.append(lower)
            continue
        same = bool(upper.lines) and upper.text == lower.text
        blank = not lower.lines and not restated
        if upper.unclosed:
            if not same:
                upper.go_on(lower)
            upper.rowspan += lower.rowspan
        elif cut_row:
            if not same:
                upper.go_on(lower)
            upper.rowspan += lower.rowspan - 1
        elif upper.lines and (
            (_tall(upper, lower) and (same or blank)) or (blank and _blank_is_merged(table, lower.column))
        ):
            upper.rowspan += lower.rowspan
        elif lower.lines and _runs_on(table, upper, lower, pairs):
            upper.go_on(lower)
            upper.rowspan += lower.rowspan
        else:
            stay.append(lower)
    return stay


def _runs_on(
    table: Joined, upper: Draft, lower: Draft, pairs: Sequence[tuple[Draft | None, Draft]]
) -> bool:  # fmt: skip
    """Whether a merged cell runs over the page break with words in its lower part."""
    if not upper.lines:
        return _tall(upper, lower) and _set_in_the_middle(table, upper, lower)
    return _unfinished(upper, lower) and _merged(table, upper, lower, pairs)


def _merged(
    table: Joined, upper: Draft, lower: Draft, pairs: Sequence[tuple[Draft | None, Draft]]
) -> bool:  # fmt: skip
    """Whether the two may be one merged cell, the page ending between its rows."""
    if upper.rowspan > 1:
        return True
    if lower.rowspan == 1 and not (
        len(upper.lines) > 1
        and upper.below < 0.5 * _pitch(upper)
        and any(rowspan > 1 for _, rowspan in table.column(upper.column))
    ):
        return False
    # A merged cell does not stretch a row: another one fills the row to its border.
    others = (other for other, _ in pairs if other is not None and other is not upper and other.lines)
    return any(other.rowspan == 1 and other.below <= upper.below + 1.0 for other in others)


def _set_in_the_middle(table: Joined, upper: Draft, lower: Draft) -> bool:
    """Whether the words of a merged cell stand in its middle, on the later page, in a column that leaves none empty."""
    cells = table.column(lower.column, besides=upper)
    return len(cells) >= 3 and all(filled for filled, _ in cells) and lower.above > 0.6 * _pitch(lower)


def _blank_is_merged(table: Joined, column: int) -> bool:
    """Whether a column leaves no cell empty and merges some, so that an empty one goes on with the cell above."""
    cells = table.column(column)
    return len(cells) >= 3 and all(filled for filled, _ in cells) and any(rowspan > 1 for _, rowspan in cells)


def _tall(upper: Draft, lower: Draft) -> bool:
    return upper.rowspan > 1 or lower.rowspan > 1
