"""Columns of which one is ticked in each row (`มี | ไม่มี`, `ควบคุมได้ | ควบคุมไม่ได้`): the answers they give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from ita_extract.model import Cell, Quote
from ita_extract.outline.model import Column, Grid, GridRow
from ita_extract.readers.marks import mark_of
from ita_extract.thai.numbering import parse_numbering

ASKED = ("measure", "mitigation", "activity", "project", "step", "risk", "indicator", "issue", "data_item", "work_plan")
"""Roles of the columns that say what the answers of a row are about, the first that is there before the others."""


def choice_groups(grid: Grid) -> list[tuple[Column, ...]]:
    """The groups of neighbouring columns of which one is ticked in each row."""
    numbered = enumerate(column for column in grid.columns if column.plays("choice"))
    groups = groupby(numbered, key=lambda pair: pair[1].index - pair[0])
    return [columns for _, pairs in groups if len(columns := tuple(column for _, column in pairs)) > 1]


def answers(row: GridRow, columns: Sequence[Column]) -> list[tuple[Column, Cell | None]] | None:
    """The cell below each answer; None when a cell says something else than a tick, or none is ticked."""
    cells = [(column, row.cells[column.index]) for column in columns]
    filled = [cell for _, cell in cells if cell is not None and cell.text.strip(" -–—\n")]
    if not filled or any(mark_of(cell) is None for cell in filled):
        return None
    return cells


def chosen(grid: Grid, row: GridRow) -> Iterator[Quote]:
    """The heads of the columns that are ticked in a row."""
    for columns in choice_groups(grid):
        for column, cell in answers(row, columns) or ():
            mark = mark_of(cell) if cell is not None else None
            if mark is not None and mark.state:
                yield column.label


def question(grid: Grid, row: GridRow) -> Quote | None:
    """What the answers of a row are about: the measure, activity, risk or item that it names."""
    for role in ASKED:
        column = grid.column_playing(role)
        cell = row.cells[column.index] if column else None
        if cell is not None and cell.text.strip():
            numbering = parse_numbering(cell.text)
            return cell.quote.slice(numbering.end if numbering else 0).strip()
    return None
