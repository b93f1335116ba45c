"""Tables on PDF pages: from rulings of every kind, from shading, from alignment; and what is no table."""

from __future__ import annotations

from ita_extract.geometry import Box, Stroke
from ita_extract.readers.pdf.grid import Grid, grids_of
from ita_extract.readers.pdf.rulings import Rulings

PAGE = Box(0, 0, 595, 842)


def _grids(level: list[Stroke], upright: list[Stroke], tiles: list[Box] | None = None) -> list[Grid]:
    return grids_of(Rulings(level, upright, tiles or []), PAGE)


def _places(grid: Grid) -> list[tuple[int, int, int, int]]:
    return [(c.row, c.column, c.row_span, c.column_span) for c in grid.cells]


PLAIN = [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)]


def test_merged_and_nested_cells() -> None:
    """Two columns; the first row is one cell, the last holds a grid of its own."""
    level = [Stroke(y, 0, 200) for y in (0, 30, 60, 120)] + [Stroke(y, 110, 190) for y in (70, 90, 110)]
    upright = [Stroke(x, 0, 120) for x in (0, 200)] + [Stroke(100, 30, 120)]
    upright += [Stroke(x, 70, 110) for x in (110, 150, 190)]
    (grid,) = _grids(level, upright)
    assert _places(grid) == [(0, 0, 1, 2), (1, 0, 1, 1), (1, 1, 1, 1), (2, 0, 1, 1), (2, 1, 1, 1)]
    assert [len(cell.grids) for cell in grid.cells] == [0, 0, 0, 0, 1]
    assert len(grid.cells[4].grids[0].cells) == 4


def test_a_grid_close_to_the_sides_of_its_cell_is_a_grid_of_its_own() -> None:
    level = [Stroke(y, 0, 200) for y in (0, 60)] + [Stroke(y, 102.5, 197.5) for y in (3, 30, 57)]
    upright = [Stroke(x, 0, 60) for x in (0, 100, 200)] + [Stroke(x, 3, 57) for x in (102.5, 150, 197.5)]
    (grid,) = _grids(level, upright)
    assert _places(grid) == [(0, 0, 1, 1), (0, 1, 1, 1)]
    assert [_places(inner) for inner in grid.cells[1].grids] == [PLAIN]


def test_a_grid_on_a_side_of_its_cell_is_a_grid_of_its_own_by_its_corners() -> None:
    """The upper side of the inner grid lies on that of its cell: its rulings end there, and at its own lower side."""
    level = [Stroke(y, 0, 300) for y in (0, 60, 140)] + [Stroke(y, 110, 190) for y in (80, 100)]
    upright = [Stroke(x, 0, 140) for x in (0, 100, 200, 300)] + [Stroke(x, 60, 100) for x in (110, 150, 190)]
    (grid,) = _grids(level, upright)
    assert _places(grid) == [(row, column, 1, 1) for row in (0, 1) for column in (0, 1, 2)]
    assert [_places(inner) for inner in grid.cells[4].grids] == [PLAIN]
    assert sum(len(cell.grids) for cell in grid.cells) == 1


def test_pieces_of_broken_rulings_within_cells_are_no_grids() -> None:
    """A level ruling that ends short of the next one, an upright one that ends in its cell."""
    level = [Stroke(y, 0, 300) for y in (0, 60, 140)] + [Stroke(30, 0, 97.5)]
    upright = [Stroke(x, 0, 140) for x in (0, 100, 200, 300)] + [Stroke(250, 60, 100)]
    (grid,) = _grids(level, upright)
    assert not any(cell.grids for cell in grid.cells)


def test_a_cell_that_rulings_cut_into_smaller_ones_is_no_grid_of_its_own() -> None:
    level = [Stroke(y, 0, 300) for y in (0, 60, 140)] + [Stroke(y, 100, 200) for y in (80, 100)]
    upright = [Stroke(x, 0, 140) for x in (0, 100, 200, 300)] + [Stroke(150, 60, 100)]
    (grid,) = _grids(level, upright)
    assert not any(cell.grids for cell in grid.cells)
    assert sum(cell.box.x0 >= 100 and cell.box.x1 <= 200 and cell.box.top >= 60 for cell in grid.cells) == 5


def test_an_arrow_over_several_cells_is_no_ruling() -> None:
    level = [Stroke(y, 0, 100) for y in (0, 20)] + [Stroke(10, 30, 70)]
    upright = [Stroke(x, 0, 20) for x in (0, 25, 50, 75, 100)]
    (grid,) = _grids(level, upright)
    assert len(grid.cells) == 4


def test_gaps_and_overshoots_of_three_points() -> None:
    for slack in (3, -3):
        level = [Stroke(y, 100 + slack, 300 - slack) for y in (100, 130, 160)]
        upright = [Stroke(x, 100 + slack, 160 - slack) for x in (100, 200, 300)]
        assert [_places(grid) for grid in _grids(level, upright)] == [PLAIN]


def test_double_rulings_make_no_rows_and_columns() -> None:
    level = [Stroke(y + d, 100, 300) for y in (100, 130, 160) for d in (-1.5, 1.5)]
    upright = [Stroke(x + d, 100, 160) for x in (100, 200, 300) for d in (-1.5, 1.5)]
    assert [_places(grid) for grid in _grids(level, upright)] == [PLAIN]


def test_outer_sides_that_are_not_drawn_are_closed() -> None:
    level, upright = [Stroke(y, 100, 300) for y in (130, 160)], [Stroke(200, 100, 190)]
    (grid,) = _grids(level, upright)
    assert _places(grid) == [*PLAIN, (2, 0, 1, 1), (2, 1, 1, 1)]
    assert grid.box == Box(100, 100, 300, 190)


def test_shaded_boxes_side_by_side_are_cells() -> None:
    tiles = [Box(x, y, x + 97, y + 27) for x in (100, 200) for y in (100, 130)]
    ground = Box(90, 90, 310, 170)
    assert [_places(grid) for grid in _grids([], [], [ground, *tiles])] == [PLAIN]


def test_stripes_bands_and_bars_are_no_cells() -> None:
    stripes = [Box(100, y, 500, y + 20) for y in (100, 140, 180)]
    bars = [Box(x, 400 - x, x + 20, 420) for x in (100, 150, 200)]
    assert _grids([], [], [*stripes, *bars]) == []


def test_frames_of_their_own_are_cells() -> None:
    boxes = [Box(x, y, x + 96, y + 26) for x in (100, 200) for y in (100, 130)]
    level = [Stroke(y, box.x0, box.x1) for box in boxes for y in (box.top, box.bottom)]
    upright = [Stroke(x, box.top, box.bottom) for box in boxes for x in (box.x0, box.x1)]
    assert [_places(grid) for grid in _grids(level, upright)] == [PLAIN]


def test_a_frame_around_the_page_is_no_part_of_the_table_that_touches_it() -> None:
    level = [Stroke(y, 30, 565) for y in (30, 300, 330, 360, 812)]
    upright = [Stroke(x, 30, 812) for x in (30, 565)] + [Stroke(300, 300, 360)]
    (grid,) = _grids(level, upright)
    assert _places(grid) == PLAIN
    assert (grid.ys[0], grid.ys[-1]) == (300, 360)


def test_lone_lines_and_frames_are_no_tables() -> None:
    underlines = [Stroke(y, 100, 300) for y in (100, 120, 140)]
    frame = [Stroke(y, 50, 500) for y in (400, 500)]
    assert _grids([*underlines, *frame], [Stroke(x, 400, 500) for x in (50, 500)]) == []
