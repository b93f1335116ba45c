"""Shaded cells that say something: a month in a plan, and not the ground of a heading or a zebra row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple


class Shade(NamedTuple):
    """A cell with the colour behind it (None: none)."""

    row: int
    column: int
    row_span: int
    column_span: int
    fill: str | None
    has_text: bool


def shaded_places(cells: Sequence[Shade]) -> list[int]:
    """The numbers of the cells without text whose shading sets them off from the ground of their row.

    A row's ground is the colour behind most of its text. A column set off from top to bottom, its heading too, is
    decoration.
    """
    rows: dict[int, list[Shade]] = {}
    for cell in cells:
        for row in range(cell.row, cell.row + cell.row_span):
            rows.setdefault(row, []).append(cell)
    grounds = {row: _ground(line) for row, line in rows.items()}
    set_off = [bool(cell.fill) and cell.fill != grounds[cell.row] for cell in cells]
    plain = {cell.column for cell, stands_out in zip(cells, set_off, strict=True) if not stands_out}
    return [
        number for number, cell in enumerate(cells) if set_off[number] and not cell.has_text and cell.column in plain
    ]


def _ground(line: Sequence[Shade]) -> str | None:
    """The commonest colour behind the text of a row; of the whole row where none has text."""
    written = [cell.fill for cell in line if cell.has_text] or [cell.fill for cell in line]
    return Counter(written).most_common(1)[0][0]
