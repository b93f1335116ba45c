"""Help for extractors that read the rows of activity tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ita_extract.extractors.context import Context
from ita_extract.lexicon import load
from ita_extract.model import Cell, Quote
from ita_extract.outline.model import Column, Grid, GridRow


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """A data row of an activity table with the activity it is about (None: the plan as a whole)."""

    grid: Grid
    row: GridRow
    activity_id: str | None

    def cell(self, *roles: str) -> tuple[Column, Cell] | None:
        """The first filled cell that begins in this row under a column with one of the roles."""
        return next(self.cells(*roles), None)

    def cells(self, *roles: str) -> Iterator[tuple[Column, Cell]]:
        """The filled cells that begin in this row under columns with one of the roles; a dash fills no cell."""
        for column in self.grid.columns_playing(*roles):
            cell = self.row.cells[column.index]
            if cell is not None and self.row.starts(column.index) and (cell.tables or not says_nothing(cell.text)):
                yield column, cell

    def quote(self, *roles: str) -> Quote | None:
        """The text of that cell."""
        hit = self.cell(*roles)
        return hit[1].quote.strip() if hit else None


def says_nothing(text: str) -> bool:
    """Whether a cell is blank, or holds a sign that stands for nothing (`-`)."""
    bare = text.strip()
    return not bare or bare in load("marks")["nothing"]


def activity_rows(context: Context) -> Iterator[ActivityRow]:
    """The data rows of all activity tables, top to bottom."""
    for grid in context.outline.grids:
        if grid.kind != "activity":
            continue
        for row in grid.data_rows():
            yield ActivityRow(grid, row, context.rows.get((grid.index, row.number)))


def owner_of(context: Context, card: int | None, form: int) -> tuple[str | None, str | None]:
    """Plan id and activity id for a field: the activity under whose heading it stands, else the plan of its form."""
    plan = context.plans.get(form, context.first_plan)
    return plan, context.cards.get(card) if card is not None else None
