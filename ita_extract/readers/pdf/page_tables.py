"""Tables of PDF pages with what tells whether they go on overleaf: columns, open sides, the lines at their edges."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ita_extract.geometry import nearest
from ita_extract.readers.drafts import DraftCell, DraftTable
from ita_extract.readers.pdf.text import Line
from ita_extract.thai.text import key

SAME_PLACE = 3.0
"""Points by which the side of a column may differ from page to page."""
MAX_HEAD = 8
"""Rows that a heading has at most; real ones have up to four."""


@dataclass(slots=True)
class PageCell(DraftCell):
    """A cell with its first and last line; `limit` is where its lines must end, `lowest` where the last one does (or a
    table in the cell), `bottom` where the cell does, in points. Without lines where it has no upright text, and where
    nobody asks any more."""

    first: Line | None = None
    last: Line | None = None
    limit: float = 0.0
    lowest: float = 0.0
    bottom: float = 0.0
    is_open_above: bool = False
    is_open_below: bool = False


@dataclass(slots=True)
class PageTable(DraftTable):
    """A table with its bounds of columns and rows on its (last) page, in points from the top left."""

    xs: list[float] = field(default_factory=list)
    ys: list[float] = field(default_factory=list)
    page_height: float = 0.0
    last_page: int = 0
    is_forgetful: bool = False
    """Whether only cells of the last row may still have lines."""
    has_head: bool = True
    """Whether its upper side is drawn, on its first page."""

    n_rows: int = 0
    last_row: list[DraftCell] = field(default_factory=list)
    """The cells that end with the table."""
    head: list[list[tuple[int, int, int, str]]] = field(default_factory=list)
    """For each of the first rows: column, row span, column span and folded text of its cells; none for a blank row."""

    def __post_init__(self) -> None:
        self.n_rows = max((cell.row + cell.row_span for cell in self.cells), default=0)
        self.last_row = [cell for cell in self.cells if cell.row + cell.row_span == self.n_rows]
        rows: list[list[DraftCell]] = [[] for _ in range(min(self.n_rows, MAX_HEAD))]
        for cell in self.cells:
            if cell.row < len(rows):
                rows[cell.row].append(cell)
        self.head = [_printed(row) for row in rows]

    def grow(self, cells: Sequence[DraftCell], n_rows: int) -> None:
        """Adds the cells of the next page; the table then has so many rows. Only its last row keeps its lines."""
        self.forget_lines()
        self.cells += cells
        self.n_rows = n_rows
        last = [cell for cell in (*self.last_row, *cells) if cell.row + cell.row_span == n_rows]
        _forget_lines(cell for cell in cells if cell.row + cell.row_span < n_rows)
        self.last_row = last

    def forget_lines(self) -> None:
        """Lets go of the lines at the edges of cells: they are large, and only rows at a page break need them."""
        _forget_lines(self.last_row if self.is_forgetful else self.cells)
        self.is_forgetful = True


def _forget_lines(cells: Iterable[DraftCell]) -> None:
    for cell in cells:
        if isinstance(cell, PageCell):
            cell.first = cell.last = None
        for block in cell.blocks:
            if isinstance(block, PageTable):
                block.forget_lines()


def _printed(row: Sequence[DraftCell]) -> list[tuple[int, int, int, str]]:
    if not any(cell.own_text for cell in row):
        return []
    return sorted((cell.column, cell.row_span, cell.column_span, key(cell.own_text)) for cell in row)


def has_same_columns(table: PageTable, part: PageTable) -> bool:
    """Whether two tables have their columns at the same places; margins may differ from page to page."""
    return len(table.xs) == len(part.xs) and are_among(table.xs, part.xs)


def are_among(some: Sequence[float], others: Sequence[float]) -> bool:
    """Whether bounds of columns are found among others, the outer ones at the outer ones."""
    shift = others[0] - some[0]
    outer = abs(some[-1] + shift - others[-1]) <= SAME_PLACE
    return outer and all(abs(others[nearest(others, x + shift)] - x - shift) <= SAME_PLACE for x in some)
