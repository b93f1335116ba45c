"""Grids of a PDF page → tables with what stands in their cells."""

from __future__ import annotations

from ita_extract.readers.drafts import Draft, DraftCell, DraftTable
from ita_extract.readers.pdf.grid import Grid, GridCell
from ita_extract.readers.pdf.paragraphs import paragraphs
from ita_extract.readers.pdf.text import Char, lines_of
from ita_extract.readers.reading import Reading


def table(reading: Reading, grid: Grid, chars: dict[int, list[Char]], page: int) -> DraftTable:
    drafts = []
    for cell in sorted(grid.cells, key=lambda c: (c.row, c.column)):
        drafts.append(
            DraftCell(cell.row, cell.column, cell.row_span, cell.column_span, _content(reading, cell, chars, page))
        )
    return DraftTable(drafts, page)


def _content(reading: Reading, cell: GridCell, chars: dict[int, list[Char]], page: int) -> list[Draft]:
    """What stands in a cell, from top to bottom."""
    lines = lines_of(chars.get(id(cell), ()))
    blocks: list[Draft] = []
    done = 0
    padding = min((line.x0 - cell.box.x0 for line in lines), default=0.0)
    limit = cell.box.x1 - max(0.0, min(padding, 8.0))
    for inner in cell.grids:
        above = [line for line in lines[done:] if line.top < inner.ys[0]]
        blocks += paragraphs(reading, above, page, limit, in_cell=True)
        done += len(above)
        blocks.append(table(reading, inner, chars, page))
    blocks += paragraphs(reading, lines[done:], page, limit, in_cell=True)
    return blocks
