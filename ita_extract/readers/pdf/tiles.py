"""Cells without rulings between them: shaded boxes side by side, each cell in a frame of its own (spaced borders)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ita_extract.geometry import Box, cluster, connected, nearest

GAP = 6.0
"""Largest white space between neighbours in points (web pages: 1.5 to 4)."""
COVERED = 0.7
"""Share of a tiled table that its tiles cover at least; the rest are cells without shading."""
MAX_TILES = 3000
"""A page with more boxes is a drawing."""


class Tiling(NamedTuple):
    """Bounds of columns and rows; cells as (row, column, row span, column span), with the box of each that has one."""

    xs: list[float]
    ys: list[float]
    cells: dict[tuple[int, int, int, int], Box | None]


def tiled(boxes: Iterable[Box], known: Sequence[Box]) -> Iterator[Tiling]:
    """Tables made of boxes that lie side by side, outside the `known` tables."""
    free = {Box(*(round(side, 1) for side in box)) for box in boxes}
    free = {box for box in free if not any(grid.holds(*box.middle) for grid in known)}
    if len(free) > MAX_TILES:
        return
    for group in _neighbours(_without_grounds(sorted(free))):
        tiling = _tiling(group)
        if tiling is not None:
            yield tiling


def _without_grounds(boxes: list[Box]) -> list[Box]:
    """The boxes but those on which others lie: the ground of a whole table, or of the page."""
    starts = [box.x0 for box in boxes]
    kept = []
    for box in boxes:
        near = boxes[bisect_left(starts, box.x0 - 1) : bisect_right(starts, box.x1)]
        if sum(other.area < 0.9 * box.area and box.contains(other, 0.5) for other in near) < 2:
            kept.append(box)
    return kept


def _neighbours(boxes: list[Box]) -> list[list[Box]]:
    """Sets of boxes of which each lies beside or below another one; `boxes` ascend by their left side."""
    starts = [box.x0 for box in boxes]
    pairs = (
        (a, b)
        for a, box in enumerate(boxes)
        for b in range(a + 1, bisect_right(starts, box.x1 + GAP))
        if _adjoin(box, boxes[b])
    )
    return [[boxes[n] for n in part] for part in connected(len(boxes), pairs)]


def _adjoin(a: Box, b: Box) -> bool:
    across = min(a.bottom, b.bottom) - max(a.top, b.top)
    along = min(a.x1, b.x1) - max(a.x0, b.x0)
    beside = across > 0.5 * min(a.height, b.height) and -GAP <= along <= 1
    below = along > 0.5 * min(a.width, b.width) and -GAP <= across <= 1
    return beside or below


def _tiling(boxes: list[Box]) -> Tiling | None:
    """The table that boxes make, None where they are one row or column or leave most of it free."""
    xs = _bounds([box.x0 for box in boxes], [box.x1 for box in boxes])
    ys = _bounds([box.top for box in boxes], [box.bottom for box in boxes])
    if len(xs) < 3 or len(ys) < 3:
        return None
    cells: dict[tuple[int, int, int, int], Box | None] = {}
    taken: set[tuple[int, int]] = set()
    for box in boxes:
        row, column = nearest(ys, box.top), nearest(xs, box.x0)
        height, width = nearest(ys, box.bottom) - row, nearest(xs, box.x1) - column
        covered = {(r, c) for r in range(row, row + height) for c in range(column, column + width)}
        if covered and not covered & taken:
            cells[row, column, height, width] = box
            taken |= covered
    every = {(row, column) for row in range(len(ys) - 1) for column in range(len(xs) - 1)}
    if len(taken) < COVERED * len(every):
        return None
    cells |= {(row, column, 1, 1): None for row, column in every - taken}
    return Tiling(xs, ys, dict(sorted(cells.items())))


def _bounds(starts: list[float], ends: list[float]) -> list[float]:
    """Where cells end and begin: the white space between two neighbours is one bound."""
    return cluster([*starts, *ends], GAP + 1)
