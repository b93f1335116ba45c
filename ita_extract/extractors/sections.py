"""Parts of the document."""

from __future__ import annotations

from collections.abc import Iterator

from ita_extract.extractors.context import Context
from ita_extract.extractors.found import Found, found
from ita_extract.lexicon import load
from ita_extract.model import Quote
from ita_extract.outline.columns import plan_or_actual
from ita_extract.outline.model import Grid, SectionPart
from ita_extract.records import Section
from ita_extract.thai.text import key

MAX_NUMBER = 8
"""Longest item number in a column of its own (`๑.๑.๑`), in characters."""


def extract(context: Context) -> Iterator[Found | Quote]:
    """Yields one record per section of the outline, in its order."""
    ids = [context.ids.next("S") for _ in context.outline.sections]
    for part, section_id in zip(context.outline.sections, ids, strict=True):
        yield found(
            Section(
                section_id=section_id,
                order_no=part.index + 1,
                kind=part.kind,
                heading_raw=part.heading.text if part.heading else None,
                first_page=part.first_page,
                last_page=part.last_page,
                is_excerpt=part.is_excerpt or None,
                repeat_of=ids[part.repeat_of] if part.repeat_of is not None else None,
            ),
            part.heading or _first_text(context, part),
        )
    for grid in context.outline.grids:
        yield from _structure(grid)


def _first_text(context: Context, part: SectionPart) -> Quote | None:
    if part.lines:
        return context.outline.lines[part.lines[0]].quote.slice(0, 1)
    grid = next((g for g in context.outline.grids if g.section == part.index), None)
    cells = [cell for table in grid.tables for cell in table.cells if cell.quote] if grid else []
    return cells[0].quote.slice(0, 1) if cells else None


def _structure(grid: Grid) -> Iterator[Quote]:
    """What makes a table readable and is no fact of its own: heads (on every page), item numbers, row names, dittos."""
    heads = {key(column.head.text) for column in grid.columns if column.role or column.month or column.quarter}
    heads |= {key(line.text) for column in grid.columns if column.role for line in column.head.lines()}
    marks = set(load("marks")["ditto"])
    for table in grid.tables:
        for cell in table.cells:
            text = cell.text.strip()
            if text and (key(text) in heads or text in marks or plan_or_actual(text) is not None):
                yield cell.quote
    yield from (
        column.head for column in grid.columns if column.head and (column.role or column.month or column.quarter)
    )
    for column in grid.columns_playing("order"):
        cells = (row.cells[column.index] for row in grid.data_rows())
        yield from (cell.quote for cell in cells if cell is not None and len(cell.text) <= MAX_NUMBER)
