"""Lays out a table on a reportlab canvas and draws its text; how its rulings look is the style's business."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

from pythainlp.tokenize import word_tokenize
from reportlab.pdfbase import pdfmetrics

from tabling.content import TrueCell, TrueTable

PADDING = 3.5
LEADING = 1.4


@dataclass(slots=True)
class Placed:
    """A table at its place: `xs`, `ys` are the bounds of its columns and rows in points, y downwards."""

    table: TrueTable
    xs: list[float]
    ys: list[float]
    inner: dict[int, Placed]

    def box(self, cell: TrueCell) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of a cell."""
        right, bottom = cell.column + cell.column_span, cell.row + cell.row_span
        return self.xs[cell.column], self.ys[cell.row], self.xs[right], self.ys[bottom]


@dataclass(slots=True)
class Type:
    """The type in which a page is set."""

    font: str
    size: float

    def width(self, text: str) -> float:
        return float(pdfmetrics.stringWidth(text, self.font, self.size))

    def lines(self, text: str, width: float) -> list[str]:
        """The text broken between words into lines of at most `width`."""
        lines = [""]
        for word in word_tokenize(text, engine="newmm"):
            if lines[-1].strip() and self.width(lines[-1] + word.rstrip()) > width:
                lines.append("")
            lines[-1] += word if lines[-1] else word.lstrip()
        return [line.rstrip() for line in lines if line.strip()]


def place(table: TrueTable, type_: Type, left: float, top: float, width: float) -> Placed:
    """Column bounds from shares, row bounds from what the cells need."""
    total = sum(table.shares)
    xs = [left]
    for share in table.shares:
        xs.append(xs[-1] + width * share / total)
    heights = [type_.size * LEADING + 2 * PADDING] * table.n_rows
    inner: dict[int, Placed] = {}
    for cell in sorted(table.cells, key=lambda c: c.row_span):
        room = xs[cell.column + cell.column_span] - xs[cell.column] - 2 * PADDING
        if cell.inner is not None:
            inner[id(cell)] = place(cell.inner, type_, xs[cell.column] + PADDING + 1.5, 0, room - 3)
            ys = inner[id(cell)].ys
            needed = ys[-1] - ys[0] + 2 * PADDING + 6
        elif cell.turned:
            needed = type_.width(cell.text) + 2 * PADDING + 2
        else:
            needed = len(type_.lines(cell.text, room)) * type_.size * LEADING + 2 * PADDING
        last = cell.row + cell.row_span - 1
        heights[last] += max(0.0, needed - sum(heights[cell.row : last + 1]))
    ys = [top]
    for height in heights:
        ys.append(ys[-1] + height)
    placed = Placed(table, xs, ys, inner)
    for cell in table.cells:
        if (part := inner.get(id(cell))) is not None:
            shift = placed.ys[cell.row] + PADDING + 3 - part.ys[0]
            part.ys = [y + shift for y in part.ys]
    return placed


def draw_text(canvas: Any, placed: Placed, type_: Type, height: float, rng: random.Random, valign: str = "top") -> None:
    """The text of all cells, set top, middle or bottom; numbers right or centred, headings centred."""
    for cell in placed.table.cells:
        x0, top, x1, bottom = placed.box(cell)
        if (part := placed.inner.get(id(cell))) is not None:
            draw_text(canvas, part, type_, height, rng, valign)
            continue
        if cell.turned:
            canvas.saveState()
            canvas.translate((x0 + x1) / 2 + type_.size / 3, height - bottom + PADDING)
            canvas.rotate(90)
            canvas.setFont(type_.font, type_.size)
            canvas.drawString(0, 0, cell.text)
            canvas.restoreState()
            continue
        lines = type_.lines(cell.text, x1 - x0 - 2 * PADDING)
        leading = type_.size * LEADING
        spare = bottom - top - 2 * PADDING - len(lines) * leading
        y = top + PADDING + {"top": 0.0, "middle": spare / 2, "bottom": spare}[valign]
        canvas.setFont(type_.font, type_.size)
        is_heading = cell.row < placed.table.heading_rows
        is_number = not is_heading and cell.text[:1].isdigit() and "." in cell.text[-3:]
        for line in lines:
            y += leading
            room = x1 - x0 - 2 * PADDING - type_.width(line)
            x = x0 + PADDING + (room / 2 if is_heading else room if is_number else 0.0)
            canvas.drawString(x, height - y + 0.3 * type_.size, line)
