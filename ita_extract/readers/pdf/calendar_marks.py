"""What is drawn in month and quarter grids: shaded cells, bars, arrows, ticks, dots, each under the months it covers.

Only cells below a month or a quarter are looked at: in other tables a line is a line. A shaded cell counts when its row
and its column are not shaded as a whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ita_extract.geometry import Box
from ita_extract.readers.calendar_heads import MIN_HEADS, is_calendar_head, month_of_head
from ita_extract.readers.marks import DrawnMark
from ita_extract.readers.pdf.grid import Grid, GridCell
from ita_extract.readers.pdf.rulings import THICK
from ita_extract.readers.pdf.shapes import Shape, groups_of, hull
from ita_extract.readers.pdf.text import Char
from ita_extract.thai.month_rows import months_by_place

COVERED = 0.35
"""Share of a cell's width from which an arrow that ends in it covers it: people stop short of the ruling."""
SHADED = 0.8
"""Share of a cell's area from which a filling is the shading of the cell, and no bar in it."""
THIN = 3.0
OTHER_TINT = 0.04
"""Difference in luminance by which two tints differ."""
NEAR = 4.0
"""Gap in points between pieces of one arrow (dashes, line and head)."""
LARGEST_TICK = 24.0


@dataclass(slots=True)
class CalendarGrid:
    """A grid with the columns that stand for months or quarters; `first_row` is the first one below their heads."""

    grid: Grid
    columns: frozenset[int]
    first_row: int
    text: Mapping[int, str]
    """What is printed in each cell, by the cell's identity."""
    fills: dict[int, float] = field(default_factory=dict)

    def cells(self) -> Iterator[GridCell]:
        """The cells below a month or quarter."""
        return (c for c in self.grid.cells if c.row >= self.first_row and c.column in self.columns)


def calendar_grid(grid: Grid, text: Mapping[int, str], before: Sequence[float]) -> CalendarGrid | None:
    """The grid as a calendar, None when too few columns are headed by months or quarters.

    A grid without heads that has its rulings where `before`, the last calendar, had them goes on with that one.
    """
    heads = [c for c in grid.cells if is_calendar_head(text.get(id(c), ""))]
    heads += _misread_heads(grid, text, heads)
    columns = frozenset(c for head in heads for c in range(head.column, head.column + head.column_span))
    if len(heads) >= MIN_HEADS:
        return CalendarGrid(grid, columns, max(head.row + head.row_span for head in heads), text)
    if before and not heads and len(before) >= MIN_HEADS:
        middles = [(a + b) / 2 for a, b in zip(grid.xs, grid.xs[1:], strict=False)]
        going_on = frozenset(i for i, x in enumerate(middles) if any(abs(x - other) < THIN for other in before))
        if len(going_on) == len(before):
            return CalendarGrid(grid, going_on, 0, text)
    return None


def _misread_heads(grid: Grid, text: Mapping[int, str], heads: Sequence[GridCell]) -> list[GridCell]:
    """The cells among the heads of months that can only be months too."""
    found: list[GridCell] = []
    for row in {head.row for head in heads}:
        cells = sorted((c for c in grid.cells if c.row == row), key=lambda c: c.column)
        texts = [text.get(id(c), "") for c in cells]
        months = months_by_place(texts, [month_of_head(t) for t in texts])
        found += [c for c, month in zip(cells, months, strict=True) if month is not None and c not in heads]
    return found


def middles_of(calendar: CalendarGrid) -> list[float]:
    """Where the calendar's columns lie on the page: the x of their middles."""
    xs = calendar.grid.xs
    return [(xs[column] + xs[column + 1]) / 2 for column in sorted(calendar.columns)]


def calendar_marks(calendar: CalendarGrid, shapes: Sequence[Shape]) -> dict[int, DrawnMark]:
    """The drawn mark of each cell, by the cell's identity."""
    cells = list(calendar.cells())
    inside = [s for s in shapes if calendar.grid.box.contains(s.box, THIN) and not _is_ruling(s, calendar.grid)]
    shading = [s for s in inside if s.fill is not None and min(s.box.width, s.box.height) > THIN and s.is_rect]
    marks = dict(_shaded(calendar, cells, shading))
    fills = {
        id(shape) for shape in shading if any(_share(shape.box, cell.box) >= SHADED for cell in calendar.grid.cells)
    }
    overlays = [shape for shape in inside if id(shape) not in fills]
    for row in sorted({cell.row for cell in cells}):
        band = [cell for cell in cells if cell.row <= row < cell.row + cell.row_span]
        lying = [shape for shape in overlays if _lies_in(shape.box, band[0].box)]
        for group in groups_of(lying, NEAR):
            marks |= _group_marks(group, band, calendar.text)
    return marks


def _is_ruling(shape: Shape, grid: Grid) -> bool:
    box = shape.box
    if box.height <= THICK and any(abs((box.top + box.bottom) / 2 - y) <= 2.0 for y in grid.ys):
        return True
    if box.width <= THICK and any(abs((box.x0 + box.x1) / 2 - x) <= 2.0 for x in grid.xs):
        return True
    on_lines = all(any(abs(side - x) <= 2.0 for x in grid.xs) for side in (box.x0, box.x1)) and all(
        any(abs(side - y) <= 2.0 for y in grid.ys) for side in (box.top, box.bottom)
    )
    return shape.is_frame and on_lines


def _share(shape: Box, cell: Box) -> float:
    """Share of the cell's area under the shape."""
    width = min(shape.x1, cell.x1) - max(shape.x0, cell.x0)
    height = min(shape.bottom, cell.bottom) - max(shape.top, cell.top)
    return width * height / (cell.width * cell.height) if width > 0 and height > 0 else 0.0


def _lies_in(box: Box, cell: Box) -> bool:
    """Whether a shape belongs to a row: its middle lies in it."""
    return cell.top <= (box.top + box.bottom) / 2 <= cell.bottom and box.height <= 1.6 * cell.height


# ------------------------------------------------------------------ shading
def _shaded(
    calendar: CalendarGrid, cells: Sequence[GridCell], fills: Sequence[Shape]
) -> Iterator[tuple[int, DrawnMark]]:
    grid = calendar.grid
    tint = {
        id(cell): next((s.fill for s in reversed(fills) if _share(s.box, cell.box) >= SHADED), None)
        for cell in grid.cells
    }
    heads = [c for c in grid.cells if c.row < calendar.first_row and c.column in calendar.columns]
    usual_head = _usual([tint[id(c)] for c in heads])
    for cell in cells:
        own = tint[id(cell)]
        if own is None or calendar.text.get(id(cell), "").strip():
            continue
        beside = [c for c in grid.cells if c.row <= cell.row < c.row + c.row_span and c.column not in calendar.columns]
        row = _usual([tint[id(c)] for c in beside])
        above = next((tint[id(h)] for h in reversed(heads) if h.column <= cell.column < h.column + h.column_span), None)
        is_column = above is not None and not _differ(above, own) and _differ(above, usual_head)
        if _differ(own, row) and not is_column:
            yield id(cell), DrawnMark("■", True, "shading")


def _usual(tints: Sequence[float | None]) -> float | None:
    return Counter(tints).most_common(1)[0][0] if tints else None


def _differ(a: float | None, b: float | None) -> bool:
    return abs((1.0 if a is None else a) - (1.0 if b is None else b)) > OTHER_TINT


# ------------------------------------------------------------------ bars, arrows, ticks, dots
def _group_marks(group: Sequence[Shape], band: Sequence[GridCell], text: Mapping[int, str]) -> dict[int, DrawnMark]:
    """The cells that a group of touching shapes marks."""
    around = hull(group)
    covered = [cell for cell in band if covers(around, cell.box)]
    if not covered or (around.height <= THIN and any(text.get(id(cell), "").strip() for cell in covered)):
        return {}
    narrow = min(cell.box.width for cell in covered)
    if is_hatching(group):
        return {id(cell): DrawnMark("■", True, "shading") for cell in covered}
    if _is_long(group, narrow):
        mark = DrawnMark("→", True, "arrow") if any(map(_is_head, group)) else DrawnMark("▬", True, "bar")
        return {id(cell): mark for cell in covered}
    marks = {}
    for shape in group:
        cell = next((c for c in band if c.box.holds(*shape.box.middle)), None)
        if cell is not None:
            marks[id(cell)] = DrawnMark("●" if _is_dot(shape) else "✓", True, "pixels")
    return marks


def covers(shape: Box, cell: Box) -> bool:
    shared = min(shape.x1, cell.x1) - max(shape.x0, cell.x0)
    middle = (shape.x0 + shape.x1) / 2
    return shared >= COVERED * cell.width or cell.x0 <= middle <= cell.x1


def _is_long(group: Sequence[Shape], cell_width: float) -> bool:
    """Whether a group is a bar or an arrow rather than ticks and dots: it holds level pieces of some length."""
    return sum(map(_level_length, group)) >= 0.35 * cell_width


def _level_length(shape: Shape) -> float:
    """Length of the longest level side; of a flat pen stroke, its whole length; of dots nothing."""
    if _is_dot(shape):
        return 0.0
    if _is_flat(shape):
        return shape.box.width
    sides = zip(shape.points, shape.points[1:], strict=False)
    return max((abs(a[0] - b[0]) for a, b in sides if abs(a[1] - b[1]) <= 1.0), default=0.0)


def _is_flat(shape: Shape) -> bool:
    return shape.box.width >= 3 * shape.box.height


def _is_head(shape: Shape) -> bool:
    """Whether a shape is an arrow's head or has one; a flat pen stroke is only unsteady."""
    return not shape.is_round and bool(shape.slanted()) and (shape.is_closed or not _is_flat(shape))


def _is_dot(shape: Shape) -> bool:
    return shape.is_round and 0.6 <= shape.box.width / max(shape.box.height, 0.1) <= 1.7


def is_hatching(group: Sequence[Shape]) -> bool:
    """Whether shapes are parallel slanted lines, as cells are hatched with."""
    lines = [shape.slanted()[0] for shape in group if len(shape.points) == 2 and shape.slanted()]
    if len(lines) < 3 or len(lines) < 0.8 * len(group):
        return False
    rising = sum((b[0] - a[0]) * (b[1] - a[1]) > 0 for a, b in lines)
    return rising in (0, len(lines))


def tick_marks(grid: Grid, text: Mapping[int, str], shapes: Sequence[Shape]) -> dict[int, DrawnMark]:
    """Ticks and crosses drawn in empty cells of any other grid, by the cell's identity."""
    marks = {}
    strokes = [s for s in shapes if s.slanted() and not s.is_round and max(s.box.width, s.box.height) <= LARGEST_TICK]
    for shape in strokes:
        cell = grid.cell_at(*shape.box.middle)
        if cell is not None and not cell.grids and not text.get(id(cell), "").strip():
            marks[id(cell)] = DrawnMark("✓", True, "pixels")
    return marks


def cell_text(chars: Sequence[Char]) -> str:
    """What is printed in a cell, in the order of writing: enough to know a month's name, also a turned one."""
    printed = {(char["text"], round(char["x0"]), round(char["top"])): char["text"] for char in chars}
    return "".join(printed.values())
