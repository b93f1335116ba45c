"""Grids of a PDF page → tables with what stands in their cells."""

from __future__ import annotations

from ita_extract.readers.drafts import Draft
from ita_extract.readers.pdf.grid import Grid, GridCell
from ita_extract.readers.pdf.page_tables import PageCell, PageTable
from ita_extract.readers.pdf.paragraphs import paragraphs
from ita_extract.readers.pdf.text import Char, lines_of
from ita_extract.readers.reading import Reading

MAX_PADDING = 8.0
"""Points between the side of a cell and its text that a line leaves free at most."""


def table(reading: Reading, grid: Grid, chars: dict[int, list[Char]], page: int, page_height: float) -> PageTable:
    """A grid as a table, with the tables nested in it; `page_height` in points."""
    cells = [
        _cell(reading, cell, chars, page, page_height) for cell in sorted(grid.cells, key=lambda c: (c.row, c.column))
    ]
    return PageTable(
        list(cells),
        page,
        xs=grid.xs,
        ys=grid.ys,
        page_height=page_height,
        last_page=page,
        has_head=grid.has_head,
    )


def _cell(reading: Reading, cell: GridCell, chars: dict[int, list[Char]], page: int, page_height: float) -> PageCell:
    """A cell with what stands in it, from top to bottom."""
    lines = lines_of(chars.get(id(cell), ()))
    blocks: list[Draft] = []
    done = 0
    padding = min((line.x0 - cell.box.x0 for line in lines), default=0.0)
    limit = cell.box.x1 - max(0.0, min(padding, MAX_PADDING))
    for inner in cell.grids:
        above = [line for line in lines[done:] if line.top < inner.ys[0]]
        blocks += paragraphs(reading, above, page, limit, in_cell=True)
        done += len(above)
        blocks.append(table(reading, inner, chars, page, page_height))
    blocks += paragraphs(reading, lines[done:], page, limit, in_cell=True)
    upright = [line for line in lines if not line.turn]
    lowest = max([*(line.bottom for line in upright), *(inner.ys[-1] for inner in cell.grids)], default=cell.box.top)
    return PageCell(
        cell.row,
        cell.column,
        cell.row_span,
        cell.column_span,
        blocks,
        first=upright[0] if upright else None,
        last=upright[-1] if upright else None,
        limit=limit,
        lowest=lowest,
        bottom=cell.box.bottom,
        is_open_above=cell.is_open_above,
        is_open_below=cell.is_open_below,
    )
