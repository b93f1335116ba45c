"""Rulings of a PDF page → grids of cells with their spans; grids inside cells of other grids.

Rulings that touch make one grid. Its rows and columns are all the heights and widths at which a ruling stands; places
without a ruling between them are one cell. So merged cells come out with their spans, and a grid whose outer sides are
not drawn is closed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from ita_extract.readers.pdf.geometry import Box, Stroke, cluster, nearest

SNAP = 2.0
"""Points within which rulings are the same: half of the narrowest padding seen between nested tables."""
JOIN = 3.5
"""Gap in points over which pieces of a ruling (dashes, one piece per cell) are joined."""
MAX_RULINGS = 4000
"""A page with more rulings in one direction is a drawing; its tables are not looked for."""


@dataclass(slots=True)
class GridCell:
    """A cell: its place and span in the grid, its box on the page, grids inside it."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box
    grids: list[Grid] = field(default_factory=list)


@dataclass(slots=True)
class Grid:
    """A table drawn with rulings; `xs`, `ys` are the places of its rulings in points."""

    xs: list[float]
    ys: list[float]
    cells: list[GridCell]
    _covering: dict[tuple[int, int], GridCell] = field(default_factory=dict)

    @property
    def box(self) -> Box:
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def cell_at(self, x: float, y: float) -> GridCell | None:
        """The innermost cell at a point, None outside."""
        if not self.box.holds(x, y):
            return None
        column = _slot(self.xs, x)
        row = _slot(self.ys, y)
        cell = self._covering.get((row, column))
        if cell is None:
            return None
        for inner in cell.grids:
            found = inner.cell_at(x, y)
            if found is not None:
                return found
        return cell


def _slot(points: list[float], value: float) -> int:
    return min(max(bisect_right(points, value) - 1, 0), len(points) - 2)


def grids_of(level: Sequence[Stroke], upright: Sequence[Stroke]) -> list[Grid]:
    """The outermost grids, from top to bottom; those inside cells hang on their cells. One-cell frames are left out."""
    level, upright = _merged(level), _merged(upright)
    if not level or not upright or max(len(level), len(upright)) > MAX_RULINGS:
        return []
    level = _rulings(level, upright)
    found = [grid for part in _components(level, upright) if (grid := _grid(*part)) is not None]
    found = [grid for grid in found if len(grid.cells) > 1]
    return _nested(found)


def _merged(strokes: Sequence[Stroke]) -> list[Stroke]:
    """Strokes at the same place that touch, as one."""
    if not strokes:
        return []
    points = cluster((stroke.at for stroke in strokes), SNAP)
    lanes: dict[int, list[Stroke]] = {}
    for stroke in strokes:
        lanes.setdefault(nearest(points, stroke.at), []).append(stroke)
    merged: list[Stroke] = []
    for lane, parts in sorted(lanes.items()):
        start, end = None, 0.0
        for part in sorted(parts, key=lambda s: s.start):
            if start is None:
                start, end = part.start, part.end
            elif part.start <= end + JOIN:
                end = max(end, part.end)
            else:
                merged.append(Stroke(points[lane], start, end))
                start, end = part.start, part.end
        if start is not None:
            merged.append(Stroke(points[lane], start, end))
    return merged


def _rulings(level: list[Stroke], upright: list[Stroke]) -> list[Stroke]:
    """The level strokes without arrows and bars, which cross rulings but end between them.

    A stroke whose ends stand off every ruling is kept when another one has the same ends, unless rulings stand on both
    sides of it: the outer sides of that table are not drawn.
    """
    kept = []
    for stroke in level:
        touching = [u for u in upright if u.start - JOIN <= stroke.at <= u.end + JOIN]
        ends = [any(abs(u.at - x) <= JOIN for u in touching) for x in (stroke.start, stroke.end)]
        twins = sum(abs(s.start - stroke.start) < JOIN and abs(s.end - stroke.end) < JOIN for s in level)
        within = any(u.at < stroke.start - JOIN for u in touching) and any(u.at > stroke.end + JOIN for u in touching)
        if all(ends) or not touching or (not within and (twins >= 3 or (twins >= 2 and not any(ends)))):
            kept.append(stroke)
    return kept


def _components(level: list[Stroke], upright: list[Stroke]) -> list[tuple[list[Stroke], list[Stroke]]]:
    """Sets of rulings that touch one another."""
    parent = list(range(len(level) + len(upright)))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for i, h in enumerate(level):
        for j, v in enumerate(upright):
            touches = h.start - JOIN <= v.at <= h.end + JOIN and v.start - JOIN <= h.at <= v.end + JOIN
            if touches:
                parent[root(i)] = root(len(level) + j)
    parts: dict[int, tuple[list[Stroke], list[Stroke]]] = {}
    for node, stroke in enumerate([*level, *upright]):
        parts.setdefault(root(node), ([], []))[0 if node < len(level) else 1].append(stroke)
    return list(parts.values())


def _grid(level: list[Stroke], upright: list[Stroke]) -> Grid | None:
    if len(level) < 2 or not upright:
        return None
    ys = cluster((s.at for s in level), SNAP)
    sides = [min(s.start for s in level), max(s.end for s in level)]
    xs = cluster([s.at for s in upright], SNAP)
    xs = sorted([*xs, *(x for x in sides if all(abs(x - known) > JOIN for known in xs))])
    if len(xs) < 2 or len(ys) < 2:
        return None
    regions = _regions(xs, ys, level, upright)
    cells = []
    covering = {}
    for row, column, height, width in regions:
        box = Box(xs[column], ys[row], xs[column + width], ys[row + height])
        cell = GridCell(row, column, height, width, box)
        cells.append(cell)
        covering.update({(r, c): cell for r in range(row, row + height) for c in range(column, column + width)})
    return Grid(xs, ys, cells, covering)


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
            for row in range(rows):
                right[row][column] |= _spans(stroke, ys[row], ys[row + 1])
    for stroke in level:
        row = nearest(ys, stroke.at) - 1
        if 0 <= row < rows - 1:
            for column in range(columns):
                below[row][column] |= _spans(stroke, xs[column], xs[column + 1])
    taken: set[tuple[int, int]] = set()
    found = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            width = 1
            while column + width < columns and not right[row][column + width - 1]:
                width += 1
            height = 1
            while row + height < rows and all(
                not below[row + height - 1][c] and (row + height, c) not in taken for c in range(column, column + width)
            ):
                height += 1
            taken.update((r, c) for r in range(row, row + height) for c in range(column, column + width))
            found.append((row, column, height, width))
    return found


def _spans(stroke: Stroke, start: float, end: float) -> bool:
    """Whether a ruling covers most of a side."""
    return min(stroke.end, end) - max(stroke.start, start) > 0.6 * (end - start)


def _nested(grids: list[Grid]) -> list[Grid]:
    """Grids inside a cell of another one hang on that cell."""
    by_size = sorted(grids, key=lambda g: g.box.width * g.box.height)
    outer = []
    for index, grid in enumerate(by_size):
        home = None
        for other in by_size[index + 1 :]:
            home = next((cell for cell in other.cells if cell.box.contains(grid.box)), None)
            if home is not None:
                break
        if home is None:
            outer.append(grid)
        else:
            home.grids.append(grid)
    return sorted(outer, key=lambda g: (g.ys[0], g.xs[0]))
