"""Rulings of a PDF page → grids of cells with their spans; grids inside cells of other grids.

Rulings that touch make one grid. Its rows and columns are all the heights and widths at which a ruling stands; places
without a ruling between them are one cell. So merged cells come out with their spans, and a grid whose outer sides are
not drawn is closed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ita_extract.geometry import Box, Stroke, cluster, nearest
from ita_extract.readers.pdf.rulings import Rulings
from ita_extract.readers.pdf.tiles import Tiling, tiled
from ita_extract.readers.pdf.touching import JOIN, TOUCH, Index, Part, components, loose_tables, merged

SLIVER = 4.5
"""Rows and columns narrower than this many points are the space between the two lines of a double ruling."""
MIN_SIDE = 12.0
"""Least width and height of a grid in points: one line of text."""
OVERHANG = 14.0
"""Points by which the last line of a cell may stand below where its rulings end: browsers break a page so."""
MAX_RULINGS = 4000
"""A page with more rulings in one direction is a drawing; its tables are not looked for."""
FRAME_SHARE = 0.7
"""Share of the page's width and height from which an outline may be the frame of the page."""
OPEN_ROW = 0.05
"""Share of the page's height from which a full-width row at the end of such a frame is the page, no row."""


@dataclass(slots=True)
class GridCell:
    """A cell: its place and span in the grid, its box on the page, grids inside it."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box
    grids: list[Grid] = field(default_factory=list)
    is_open_above: bool = False
    """Whether it begins the table and its upper side is not drawn."""
    is_open_below: bool = False


@dataclass(slots=True)
class Grid:
    """A table drawn with rulings; `xs`, `ys` are the places of its rulings in points."""

    xs: list[float]
    ys: list[float]
    cells: list[GridCell]
    _covering: dict[tuple[int, int], GridCell] = field(default_factory=dict)

    @classmethod
    def of(cls, xs: list[float], ys: list[float], places: Iterable[tuple[int, int, int, int]]) -> Grid:
        """The grid of cells at (row, column, row span, column span)."""
        grid = cls(xs, ys, [])
        for row, column, height, width in places:
            box = Box(xs[column], ys[row], xs[column + width], ys[row + height])
            cell = GridCell(row, column, height, width, box)
            grid.cells.append(cell)
            for r in range(row, row + height):
                grid._covering.update({(r, c): cell for c in range(column, column + width)})
        return grid

    @property
    def has_head(self) -> bool:
        """Whether the upper side of the table is drawn."""
        return not any(cell.is_open_above for cell in self.cells)

    @property
    def box(self) -> Box:
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def cell_at(self, x: float, y: float) -> GridCell | None:
        """The innermost cell at a point, None outside. A cell that a page break leaves open holds a line below it."""
        left, top, right, bottom = self.box
        if not (left <= x <= right and top <= y <= bottom + OVERHANG):
            return None
        cell = self._covering.get((_slot(self.ys, y), _slot(self.xs, x)))
        if cell is None or (y > bottom and not (cell.is_open_below and self.has_head)):
            return None
        for inner in cell.grids:
            found = inner.cell_at(x, y)
            if found is not None:
                return found
        return cell


def _slot(points: list[float], value: float) -> int:
    return min(max(bisect_right(points, value) - 1, 0), len(points) - 2)


def grids_of(found: Rulings, page: Box) -> list[Grid]:
    """The outermost grids, from top to bottom; those inside cells hang on their cells. One-cell frames are left out."""
    level, upright = merged(found.level), merged(found.upright)
    if max(len(level), len(upright)) > MAX_RULINGS:
        return []
    grids: list[Grid] = []
    frames: list[Box] = []
    for part in components(_rulings(level, upright), upright):
        for piece in _taken_apart(*part):
            grid = _grid(*piece)
            if grid is not None and len(grid.cells) > 1:
                grids += _inside_frame(grid, page)
            elif grid is not None:
                frames.append(grid.box)
    grids += [_of_tiles(tiling) for tiling in tiled([*found.tiles, *frames], [grid.box for grid in grids])]
    return _nested(grids)


def _of_tiles(tiling: Tiling) -> Grid:
    """The grid of cells that are boxes side by side; each keeps its own box."""
    grid = Grid.of(tiling.xs, tiling.ys, tiling.cells)
    for cell, box in zip(grid.cells, tiling.cells.values(), strict=True):
        cell.box = box or cell.box
    return grid


def _rulings(level: list[Stroke], upright: list[Stroke]) -> list[Stroke]:
    """The level strokes without arrows and bars, which cross rulings but end between them.

    A stroke whose ends stand off every ruling is kept when another one has the same ends, unless rulings stand on both
    sides of it: the outer sides of that table are not drawn.
    """
    index = Index(upright)
    ends = [[index.meets(x, s.at, JOIN) for x in (s.start, s.end)] for s in level]
    twins: dict[tuple[int, int], int] = {}
    for stroke in level:
        for a in _near(stroke.start):
            for b in _near(stroke.end):
                twins[a, b] = twins.get((a, b), 0) + 1
    kept = []
    for stroke, (left, right) in zip(level, ends, strict=True):
        same = twins[round(stroke.start / JOIN), round(stroke.end / JOIN)]
        crossed = any(
            upright[n].start - JOIN <= stroke.at <= upright[n].end + JOIN
            for n in index.between(stroke.start - JOIN, stroke.end + JOIN)
        )
        has_twins = same >= 3 or (same >= 2 and not left and not right)
        if (left and right) or not crossed or (has_twins and not index.encloses(stroke)):
            kept.append(stroke)
    return kept


def _near(value: float) -> tuple[int, ...]:
    """The buckets of width JOIN in which values less than half of it away lie."""
    return tuple({round((value - JOIN / 2) / JOIN), round(value / JOIN), round((value + JOIN / 2) / JOIN)})


def _taken_apart(level: list[Stroke], upright: list[Stroke]) -> list[Part]:
    """Rulings that touch loosely: those of the table, and of tables in its cells.

    Those stand a hair's breadth from the sides of their cell, or on a side of it, with a corner inside the cell.
    """
    whole, inner = (level, upright), list[Part]()
    if _has_close(level) or _has_close(upright):
        parts = components(level, upright, TOUCH)
        whole, inner = _without_inner(max(parts, key=_area), parts)
    outer, loose = loose_tables(*whole)
    whole, more = _without_inner(outer, [outer, *loose])
    return [whole, *inner, *(piece for part in more for piece in _taken_apart(*part))]


def _area(part: Part) -> float:
    grid = _grid(*part)
    return grid.box.area if grid is not None else 0.0


def _without_inner(home: Part, parts: Sequence[Part]) -> tuple[Part, list[Part]]:
    """The rulings of `parts` but those of tables in a cell that `home` makes, one of them; and those tables."""
    table = _grid(*home)
    inner = [part for part in parts if part is not home and table is not None and _is_inside(_grid(*part), table)]
    rest = [part for part in parts if not any(part is other for other in inner)]
    return (sorted(s for part in rest for s in part[0]), sorted(s for part in rest for s in part[1])), inner


def _is_inside(grid: Grid | None, table: Grid) -> bool:
    """Whether a grid is a table in a cell of another one."""
    return grid is not None and len(grid.cells) > 1 and any(cell.box.contains(grid.box) for cell in table.cells)


def _has_close(strokes: Sequence[Stroke]) -> bool:
    """Whether two rulings are drawn so close that they bound no row or column; `strokes` ascend by place."""
    return any(TOUCH < b.at - a.at <= SLIVER for a, b in pairwise(strokes))


def _grid(level: list[Stroke], upright: list[Stroke]) -> Grid | None:
    if not level or not upright:
        return None
    ys = _closed(cluster((s.at for s in level), SLIVER), upright)
    xs = _closed(cluster((s.at for s in upright), SLIVER), level)
    if len(xs) < 2 or len(ys) < 2 or min(xs[-1] - xs[0], ys[-1] - ys[0]) < MIN_SIDE:
        return None
    grid = Grid.of(xs, ys, _regions(xs, ys, level, upright))
    _set_open(grid, level)
    return grid


def _set_open(grid: Grid, level: Sequence[Stroke]) -> None:
    """Tells which cells at the upper and lower edge of a grid have no ruling there."""
    top, bottom = grid.ys[0], grid.ys[-1]
    above = [s for s in level if s.at <= top + SLIVER]
    below = [s for s in level if s.at >= bottom - SLIVER]
    for cell in grid.cells:
        cell.is_open_above = cell.box.top == top and not _is_ruled(cell.box, above)
        cell.is_open_below = cell.box.bottom == bottom and not _is_ruled(cell.box, below)


def _is_ruled(box: Box, strokes: Sequence[Stroke]) -> bool:
    return sum(max(0.0, min(s.end, box.x1) - max(s.start, box.x0)) for s in strokes) > 0.6 * box.width


def _closed(places: list[float], across: Sequence[Stroke]) -> list[float]:
    """The places of rulings, and the outer side where the rulings that cross them end beyond."""
    first, last = min(s.start for s in across), max(s.end for s in across)
    before = [first] if first < places[0] - SLIVER else []
    after = [last] if last > places[-1] + SLIVER else []
    return [*before, *places, *after]


def _regions(
    xs: list[float], ys: list[float], level: list[Stroke], upright: list[Stroke]
) -> list[tuple[int, int, int, int]]:
    """Rectangles of places without a ruling between them: row, column, rows, columns."""
    rows, columns = len(ys) - 1, len(xs) - 1
    right = [[False] * columns for _ in range(rows)]
    below = [[False] * columns for _ in range(rows)]
    for stroke in upright:
        column = nearest(xs, stroke.at) - 1
        if 0 <= column < columns - 1:
            for row in _spanned(ys, stroke):
                right[row][column] = True
    for stroke in level:
        row = nearest(ys, stroke.at) - 1
        if 0 <= row < rows - 1:
            for column in _spanned(xs, stroke):
                below[row][column] = True
    taken: set[tuple[int, int]] = set()
    found = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            width = 1
            while (
                column + width < columns and not right[row][column + width - 1] and (row, column + width) not in taken
            ):
                width += 1
            height = 1
            while row + height < rows and all(
                not below[row + height - 1][c] and (row + height, c) not in taken for c in range(column, column + width)
            ):
                height += 1
            taken.update((r, c) for r in range(row, row + height) for c in range(column, column + width))
            found.append((row, column, height, width))
    return found


def _spanned(points: list[float], stroke: Stroke) -> list[int]:
    """The slots between `points` of which a ruling covers most."""
    first, last = _slot(points, stroke.start), _slot(points, stroke.end)
    return [
        slot
        for slot in range(first, last + 1)
        if min(stroke.end, points[slot + 1]) - max(stroke.start, points[slot]) > 0.6 * (points[slot + 1] - points[slot])
    ]


def _inside_frame(grid: Grid, page: Box) -> list[Grid]:
    """The grid without what lies between it and a frame around the page that its rulings touch."""
    if grid.box.width < FRAME_SHARE * page.width or grid.box.height < FRAME_SHARE * page.height:
        return [grid]
    columns = len(grid.xs) - 1
    open_rows = {
        row
        for cell in grid.cells
        if cell.column_span == columns > 1 and cell.box.height > OPEN_ROW * page.height
        for row in range(cell.row, cell.row + cell.row_span)
    }
    first, last = 0, len(grid.ys) - 1
    while first < last and first in open_rows:
        first += 1
    while last > first and last - 1 in open_rows:
        last -= 1
    if last - first == len(grid.ys) - 1:
        return [grid]
    kept = [(c.row - first, c.column, c.row_span, c.column_span) for c in grid.cells if first <= c.row < last]
    return [Grid.of(grid.xs, grid.ys[first : last + 1], kept)] if len(kept) > 1 else []


def _nested(grids: list[Grid]) -> list[Grid]:
    """Grids inside a cell of another one hang on that cell."""
    by_size = sorted(grids, key=lambda g: g.box.area)
    outer = []
    for index, grid in enumerate(by_size):
        home = None
        for other in by_size[index + 1 :]:
            if other.box.contains(grid.box):
                home = next((cell for cell in other.cells if cell.box.contains(grid.box)), None)
            if home is not None:
                break
        if home is None:
            outer.append(grid)
        else:
            home.grids.append(grid)
    return sorted(outer, key=lambda g: (g.ys[0], g.xs[0]))
