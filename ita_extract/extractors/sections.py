"""Parts of the document."""

from __future__ import annotations

from collections.abc import Iterator

from ita_extract.extractors.context import Context
from ita_extract.extractors.found import Found, found
from ita_extract.model import Quote
from ita_extract.outline.model import SectionPart
from ita_extract.records import Section


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


def _first_text(context: Context, part: SectionPart) -> Quote | None:
    if part.lines:
        return context.outline.lines[part.lines[0]].quote.slice(0, 1)
    grid = next((g for g in context.outline.grids if g.section == part.index), None)
    cells = [cell for table in grid.tables for cell in table.cells if cell.quote] if grid else []
    return cells[0].quote.slice(0, 1) if cells else None
