"""Ruling lines → grids, on plain numbers."""

from __future__ import annotations

import pytest

from wpparse.lattice import Grid, find_grids, merge_lines

H = list[tuple[float, float, float]]


def lines(xs: list[float], ys: list[float]) -> tuple[H, H]:
    return [(y, xs[0], xs[-1]) for y in ys], [(x, ys[0], ys[-1]) for x in xs]


def spans(grid: Grid) -> list[tuple[int, int, int, int]]:
    return [(cell.row, cell.column, cell.rowspan, cell.colspan) for cell in grid.cells]


def test_plain_grid() -> None:
    (grid,) = find_grids(*lines([0, 100, 200], [0, 30, 60]))
    assert grid.xs == (0, 100, 200)
    assert grid.ys == (0, 30, 60)
    assert spans(grid) == [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)]
    assert grid.at(150, 45) == 3
    assert grid.at(250, 45) is None


def test_merged_cells_both_ways() -> None:
    across = [(0.0, 0.0, 300.0), (30.0, 100.0, 300.0), (60.0, 0.0, 300.0), (90.0, 0.0, 300.0)]
    down = [(0.0, 0.0, 90.0), (100.0, 0.0, 90.0), (200.0, 0.0, 60.0), (300.0, 0.0, 90.0)]
    (grid,) = find_grids(across, down)
    assert spans(grid) == [
        (0, 0, 2, 1),
        (0, 1, 1, 1),
        (0, 2, 1, 1),
        (1, 1, 1, 1),
        (1, 2, 1, 1),
        (2, 0, 1, 1),
        (2, 1, 1, 2),
    ]


def test_cells_that_form_no_rectangle_are_cut_into_rectangles() -> None:
    across = [(0.0, 0.0, 200.0), (30.0, 100.0, 200.0), (60.0, 0.0, 200.0)]
    down = [(0.0, 0.0, 60.0), (100.0, 30.0, 60.0), (200.0, 0.0, 60.0)]
    (grid,) = find_grids(across, down)
    boxes = {(row, column) for r, c, h, w in spans(grid) for row in range(r, r + h) for column in range(c, c + w)}
    assert boxes == {(0, 0), (0, 1), (1, 0), (1, 1)}
    assert sum(h * w for _, _, h, w in spans(grid)) == 4


@pytest.mark.parametrize("gap", [1.0, 2.5, 4.0])
def test_dashes_are_one_line(gap: float) -> None:
    pieces = [(10.0, x, x + 3.0) for x in [k * (3 + gap) for k in range(30)]]
    assert len(merge_lines(pieces, 0.8)) == 1


def test_pieces_far_apart_stay_apart() -> None:
    assert merge_lines([(10.0, 0.0, 50.0), (10.0, 60.0, 100.0)], 0.8) == [(10.0, 0.0, 50.0), (10.0, 60.0, 100.0)]


def test_short_strokes_are_no_lines() -> None:
    assert merge_lines([(10.0, 0.0, 4.0)], 0.8) == []


def test_double_lines_are_one_border() -> None:
    across, down = lines([0, 100, 200], [0, 30, 60])
    across += [(-2.4, -2.4, 202.4), (62.4, -2.4, 202.4)]
    down += [(-2.4, -2.4, 62.4), (202.4, -2.4, 62.4)]
    (grid,) = find_grids(across, down)
    assert (len(grid.xs), len(grid.ys)) == (3, 3)


def test_missing_outer_borders() -> None:
    across = [(y, 0.0, 300.0) for y in (0.0, 30.0, 60.0)]
    down = [(x, 0.0, 60.0) for x in (100.0, 200.0)]
    (grid,) = find_grids(across, down)
    assert grid.xs == (0, 100, 200, 300)


def test_missing_lower_border() -> None:
    across = [(y, 0.0, 200.0) for y in (0.0, 30.0)]
    down = [(x, 0.0, 90.0) for x in (0.0, 100.0, 200.0)]
    (grid,) = find_grids(across, down)
    assert grid.ys == (0, 30, 90)
    assert grid.open_bottom
    assert not grid.open_top


def test_two_tables_of_a_page() -> None:
    first, second = lines([0, 100, 200], [0, 30, 60]), lines([0, 50, 200], [100, 130])
    grids = find_grids(first[0] + second[0], first[1] + second[1])
    assert [grid.xs for grid in grids] == [(0, 100, 200), (0, 50, 200)]


def test_lines_that_do_not_quite_meet() -> None:
    across = [(y, 3.0, 197.0) for y in (0.0, 30.0, 60.0)]
    down = [(x, 2.0, 58.0) for x in (0.0, 100.0, 200.0)]
    (grid,) = find_grids(across, down)
    assert len(grid.cells) == 4


def test_an_underline_in_a_cell_parts_nothing() -> None:
    across, down = lines([0, 100, 200], [0, 30, 60])
    (grid,) = find_grids([*across, (20.0, 120.0, 180.0)], down)
    assert len(grid.cells) == 4


def test_a_frame_is_one_cell() -> None:
    (grid,) = find_grids(*lines([0, 400], [0, 600]))
    assert len(grid.cells) == 1


@pytest.mark.parametrize(("across", "down"), [([], []), ([(0.0, 0.0, 100.0)], []), ([], [(0.0, 0.0, 100.0)])])
def test_no_grid_without_both_kinds_of_lines(across: H, down: H) -> None:
    assert find_grids(across, down) == []


def test_the_order_of_the_lines_does_not_matter() -> None:
    across, down = lines([0, 70, 200, 310], [0, 30, 60, 95])
    assert find_grids(across, down) == find_grids(across[::-1], down[::-1])


def test_a_drawing_with_very_many_lines_is_given_up() -> None:
    across = [(float(k), 0.0, 100.0) for k in range(7_000)]
    assert find_grids(across, [(0.0, 0.0, 7_000.0)]) == []


def test_a_page_whose_merged_cell_parts_the_columns_is_one_grid() -> None:
    """No line above, a merged column through the whole page: nothing joins what stands left and right of it."""
    verticals = [(x, 80.0, 500.0) for x in (60.0, 100.0, 200.0, 400.0)]
    horizontals = [(y, x0, x1) for y in (200.0, 300.0) for x0, x1 in ((60.0, 100.0), (200.0, 400.0))]
    (grid,) = find_grids(horizontals, verticals)
    assert grid.xs == (60.0, 100.0, 200.0, 400.0)
    assert len(grid.ys) == 4
    assert next(cell for cell in grid.cells if cell.column == 1).rowspan == 3


def test_closed_tables_side_by_side_are_two() -> None:
    verticals = [(x, 80.0, 500.0) for x in (60.0, 100.0, 200.0, 400.0)]
    horizontals = [(y, x0, x1) for y in (80.0, 300.0, 500.0) for x0, x1 in ((60.0, 100.0), (200.0, 400.0))]
    assert [grid.xs for grid in find_grids(horizontals, verticals)] == [(60.0, 100.0), (200.0, 400.0)]


def test_parts_with_the_same_rows_are_one_grid() -> None:
    verticals = [(x, 80.0, 500.0) for x in (60.0, 100.0, 200.0, 400.0)]
    heights = (80.0, 200.0, 300.0, 380.0, 500.0)
    horizontals = [(y, x0, x1) for y in heights for x0, x1 in ((60.0, 100.0), (200.0, 400.0))]
    (grid,) = find_grids(horizontals, verticals)
    assert (grid.xs, grid.ys) == ((60.0, 100.0, 200.0, 400.0), heights)
    assert next(cell for cell in grid.cells if cell.column == 1).rowspan == 4
