"""Rows that a page break divides: the part on the next page has no number and goes on with the cells above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ita_extract.model import Cell
from ita_extract.outline.headings import activity_heading
from ita_extract.outline.model import Column, GridRow
from ita_extract.thai.numbering import parse_numbering

NAMING = ("work_plan", "project", "measure", "mitigation", "activity", "step", "issue", "risk")
"""Roles of columns whose cells name what a row is about."""


def goes_on(above: GridRow, row: GridRow, columns: Sequence[Column]) -> bool:
    """Whether the first row of a page is the rest of the last row of the page before.

    It prints no number, begins no item, fills no cell that was blank above, and leaves most of the others blank. A row
    that names a part of the activity above and not the activity itself is a row of its own.
    """
    here, before = _filled(row), _filled(above)
    naming = [column.index for column in columns if column.role in NAMING]
    order = [column.index for column in columns if column.role == "order"]
    if row.kind != "data" or above.kind != "data" or not here or not here.keys() <= before.keys():
        return False
    if any(index in here for index in order) or any(_begins_item(cell) for cell in here.values()):
        return False
    if len(here) * 2 > len(before.keys() - set(order)):
        return False
    named = [index for index in naming if index in here]
    return named[:1] == naming[:1] and bool(order) if named else True


def with_rest(above: GridRow, rest: GridRow) -> GridRow:
    """The row with the rest of its cells."""
    cells = [_joined(one, other) for one, other in zip(above.cells, rest.cells, strict=True)]
    return replace(above, cells=tuple(cells))


def _joined(cell: Cell | None, rest: Cell | None) -> Cell | None:
    if cell is None or rest is None or not (rest.text.strip() or rest.tables):
        return cell
    return replace(cell, blocks=(*cell.blocks, *rest.blocks))


def _filled(row: GridRow) -> dict[int, Cell]:
    return {i: cell for i, cell in enumerate(row.cells) if cell is not None and (cell.text.strip() or cell.tables)}


def _begins_item(cell: Cell) -> bool:
    return parse_numbering(cell.text) is not None or activity_heading(cell.text) is not None
