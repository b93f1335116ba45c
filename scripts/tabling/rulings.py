"""How the rulings of a table are drawn: every way that was seen in office documents, as one small function each."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from PIL import Image
from reportlab.lib.utils import ImageReader

from tabling.content import TrueCell
from tabling.drawing import Placed


@dataclass(frozen=True, slots=True)
class Side:
    """One straight piece of ruling, y downwards; `is_outer` on the outline of the table, `heads` below its heading."""

    x0: float
    y0: float
    x1: float
    y1: float
    is_outer: bool = False
    heads: bool = False

    @property
    def is_level(self) -> bool:
        return self.y0 == self.y1


Pen = Callable[[Any, float, Side], None]
"""Draws one side: canvas, height of the page, side."""


def sides(placed: Placed) -> Iterator[Side]:
    """The sides of all cells, each once: cell by cell top and left, then the outline's bottom and right."""
    seen: set[tuple[float, float, float, float]] = set()
    heading = placed.ys[placed.table.heading_rows]
    left, top, right, bottom = placed.xs[0], placed.ys[0], placed.xs[-1], placed.ys[-1]
    for cell in placed.table.cells:
        for x0, y0, x1, y1 in _pieces(placed, cell):
            if (x0, y0, x1, y1) in seen:
                continue
            seen.add((x0, y0, x1, y1))
            outer = (y0 == y1 and y0 in (top, bottom)) or (x0 == x1 and x0 in (left, right))
            yield Side(x0, y0, x1, y1, outer, y0 == y1 == heading and not outer)


def _pieces(placed: Placed, cell: TrueCell) -> Iterator[tuple[float, float, float, float]]:
    x0, y0, x1, y1 = placed.box(cell)
    columns = placed.xs[cell.column : cell.column + cell.column_span + 1]
    rows = placed.ys[cell.row : cell.row + cell.row_span + 1]
    for a, b in pairwise(columns):
        yield a, y0, b, y0
        yield a, y1, b, y1
    for a, b in pairwise(rows):
        yield x0, a, x0, b
        yield x1, a, x1, b


def whole(pieces: Iterator[Side]) -> list[Side]:
    """Sides that follow one another, as one stroke."""
    joined: list[Side] = []
    for side in sorted(pieces, key=lambda s: (not s.is_level, s.y0 if s.is_level else s.x0, s.x0, s.y0)):
        last = joined[-1] if joined else None
        if last and last.is_level == side.is_level and (last.x1, last.y1) == (side.x0, side.y0):
            joined[-1] = Side(last.x0, last.y0, side.x1, side.y1, side.is_outer, side.heads)
        else:
            joined.append(side)
    return joined


# ------------------------------------------------------------------ pens
def line(width: float = 0.6, dash: tuple[float, float] | None = None) -> Pen:
    """A stroked line."""

    def draw(canvas: Any, height: float, side: Side) -> None:
        canvas.setLineWidth(width)
        canvas.setDash(*([list(dash)] if dash else []))
        canvas.line(side.x0, height - side.y0, side.x1, height - side.y1)
        canvas.setDash()

    return draw


def rect(width: float = 0.6) -> Pen:
    """A thin filled rectangle, as browsers and word processors draw."""

    def draw(canvas: Any, height: float, side: Side) -> None:
        x, y = side.x0 - width / 2, height - side.y1 - width / 2
        canvas.rect(x, y, side.x1 - side.x0 + width, side.y1 - side.y0 + width, stroke=0, fill=1)

    return draw


def dots(size: float = 0.5, step: float = 1.5) -> Pen:
    """One small square after the other, as Word draws dotted borders."""

    def draw(canvas: Any, height: float, side: Side) -> None:
        length = max(side.x1 - side.x0, side.y1 - side.y0)
        for index in range(int(length / step) + 1):
            x, y = (side.x0 + index * step, side.y0) if side.is_level else (side.x0, side.y0 + index * step)
            canvas.rect(x, height - y, size, size, stroke=0, fill=1)

    return draw


def dashes(length: float = 4, step: float = 6) -> Pen:
    """Each dash a line of its own."""

    def draw(canvas: Any, height: float, side: Side) -> None:
        whole_length = max(side.x1 - side.x0, side.y1 - side.y0)
        at = 0.0
        while at < whole_length:
            end = min(at + length, whole_length)
            if side.is_level:
                canvas.line(side.x0 + at, height - side.y0, side.x0 + end, height - side.y0)
            else:
                canvas.line(side.x0, height - side.y0 - at, side.x0, height - side.y0 - end)
            at += step

    return draw


def double(gap: float) -> Pen:
    """Two thin lines."""
    pen = line(0.4)

    def draw(canvas: Any, height: float, side: Side) -> None:
        for shift in (-gap / 2, gap / 2):
            dx, dy = (0.0, shift) if side.is_level else (shift, 0.0)
            pen(canvas, height, Side(side.x0 + dx, side.y0 + dy, side.x1 + dx, side.y1 + dy))

    return draw


def image(width: float = 0.8) -> Pen:
    """A stretched picture of one black pixel."""

    def draw(canvas: Any, height: float, side: Side) -> None:
        x, y = side.x0 - width / 2, height - side.y1 - width / 2
        canvas.drawImage(_pixel(), x, y, side.x1 - side.x0 + width, side.y1 - side.y0 + width)

    return draw


@cache
def _pixel() -> ImageReader:
    return ImageReader(Image.new("RGB", (1, 1)))


def uneven(rng: random.Random, least: float, most: float) -> Pen:
    """Lines whose ends fall short of the crossing by `least` to `most` points, or overshoot it (negative)."""
    pen = line()

    def draw(canvas: Any, height: float, side: Side) -> None:
        a, b = rng.uniform(least, most), rng.uniform(least, most)
        if side.is_level:
            pen(canvas, height, Side(side.x0 + a, side.y0, side.x1 - b, side.y1))
        else:
            pen(canvas, height, Side(side.x0, side.y0 + a, side.x1, side.y1 - b))

    return draw
