"""What stands where: the parts of a document that extractors look at, found once and shared.

A reader says how a document is written; the outline says what each part is (a labelled field, a table of activities,
the list of
those present) without deciding what it means. Extractors turn these parts into records.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from ita_extract.model import Cell, Document, Figure, Mark, Paragraph, Quote, Table

SectionKind = Literal[
    "plan_form",
    "activity_table",
    "evidence",
    "policy",
    "minutes",
    "press_release",
    "score_table",
    "annex",
    "furniture",
    "unknown",
]
GridKind = Literal["activity", "attendance", "score", "scale", "months", "other"]
RowKind = Literal["data", "section", "total", "blank"]
ActivityLevel = Literal["work_plan", "project", "measure", "activity", "step"]


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph in the flow of a section (layout tables are flattened into the flow, data tables are not)."""

    index: int
    paragraph: Paragraph
    page: int
    section: int

    @property
    def quote(self) -> Quote:
        """The line's text with its way back to the source."""
        return self.paragraph.quote

    @property
    def text(self) -> str:
        """The line's readable text."""
        return self.paragraph.quote.text

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Selection marks in the line; offsets count in `text`."""
        return self.paragraph.marks


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a data table, known by its (possibly two-row) heading.

    `role` and `also` are keys of lexicon/columns.yaml; `unit` is what the heading prints in brackets ("บาท"). `month`
    is a calendar
    month 1–12, `quarter` 1–4 of the fiscal year, `year_be` a year that heads the column or its group; `row_kind` tells
    plan columns
    from actual ones where the heading does; `agency` is the agency a column of scores stands for.
    """

    index: int
    head: Quote
    label: Quote
    role: str | None = None
    also: tuple[str, ...] = ()
    number_raw: str | None = None
    unit: str | None = None
    month: int | None = None
    quarter: int | None = None
    year_be: int | None = None
    row_kind: Literal["plan", "actual"] | None = None
    agency: str | None = None

    def plays(self, *roles: str) -> bool:
        """Whether the column has one of the roles, as its first or as a further one."""
        return self.role in roles or any(role in roles for role in self.also)


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row below the heading. `cells` has one entry per column; a cell that spans is repeated in each place it covers.

    `section` rows span the table and head the rows below them; `total` rows sum up those above.
    """

    number: int
    table_row: int
    page: int
    cells: tuple[Cell | None, ...]
    kind: RowKind = "data"

    def starts(self, column: int) -> bool:
        """Whether the cell in `column` begins in this row (False where a span from above covers it)."""
        cell = self.cells[column] if column < len(self.cells) else None
        return cell is not None and cell.row == self.table_row


@dataclass(frozen=True)
class Grid:
    """A data table with its heading understood. Parts continued on later pages are one grid.

    `tables` are the tables it was read from; `context` is the last activity heading or field label above it.
    """

    index: int
    kind: GridKind
    columns: tuple[Column, ...]
    rows: tuple[GridRow, ...]
    section: int
    page: int
    after_line: int
    tables: tuple[Table, ...]
    headings: tuple[Quote, ...] = ()
    field: int | None = None

    def columns_playing(self, *roles: str) -> tuple[Column, ...]:
        """The columns that have one of the roles, those whose first role it is before the others."""
        first = [c for c in self.columns if c.role in roles]
        return (*first, *(c for c in self.columns if c.role not in roles and c.plays(*roles)))

    def column_playing(self, *roles: str) -> Column | None:
        """The first such column."""
        return next(iter(self.columns_playing(*roles)), None)

    @cached_property
    def month_columns(self) -> tuple[Column, ...]:
        """The columns that stand for months or quarters."""
        return tuple(c for c in self.columns if c.month is not None or c.quarter is not None)

    def data_rows(self) -> Iterator[GridRow]:
        """Rows that carry facts of their own."""
        return (row for row in self.rows if row.kind == "data")


@dataclass(frozen=True, slots=True)
class Field:
    """A labelled field of a form: `8.1 ระดับความมั่นใจ : …`. `key` is a canonical field key or None.

    `lines` are the lines of its value (the first without its label), `grids` the tables that belong to it, `card` the
    index of the
    activity heading under which it stands (None: it belongs to the plan).
    """

    order: int
    label: Quote
    key: str | None
    also: tuple[str, ...]
    number_raw: str | None
    value: Quote
    lines: tuple[Line, ...]
    grids: tuple[int, ...]
    section: int
    form: int
    card: int | None = None
    marks: tuple[Mark, ...] = ()
    value_start: int = 0
    """Offset in the first line's text where the label ends and the value begins."""


@dataclass(frozen=True, slots=True)
class Card:
    """An activity heading in the flow (`แผนงานที่ 1 …`), or a record of labelled fields, with what stands under it.

    `title` may come from the following line; `status` is printed in brackets behind it; `lines` are the lines below, up
    to the next card or section.
    """

    index: int
    level: ActivityLevel
    number: int | None
    number_raw: str | None
    heading: Quote
    title: Quote
    section: int
    line: int
    lines: tuple[int, ...] = ()
    status: Quote | None = None
    is_record: bool = False
    """Whether it is one of a list of records, of which none is part of another."""


@dataclass(frozen=True, slots=True)
class SectionPart:
    """A stretch of the document that is one thing. `lines` are indexes into `Outline.lines`."""

    index: int
    kind: SectionKind
    heading: Quote | None
    first_page: int
    last_page: int
    lines: tuple[int, ...] = ()
    is_excerpt: bool = False
    repeat_of: int | None = None


@dataclass(frozen=True)
class Outline:
    """The outline of one document. `form` numbers in fields tell several forms (projects) in one document apart."""

    document: Document
    sections: tuple[SectionPart, ...]
    lines: tuple[Line, ...]
    fields: tuple[Field, ...]
    grids: tuple[Grid, ...]
    cards: tuple[Card, ...]
    figures: tuple[tuple[Figure, int, int], ...] = field(default=())
    """Figures with their section and the index of the line before them."""

    def section_lines(self, *kinds: SectionKind) -> Iterator[Line]:
        """The lines of all sections of these kinds, in reading order."""
        return (line for line in self.lines if self.sections[line.section].kind in kinds)

    def value_of(self, key: str, *, form: int | None = None) -> Field | None:
        """The first filled field of the plan (not of an activity) with this key, else the first one."""
        candidates = [f for f in self.fields if f.key == key and f.card is None and form in (None, f.form)]
        return next((f for f in candidates if f.value), next(iter(candidates), None))


__all__ = [
    "ActivityLevel",
    "Card",
    "Column",
    "Field",
    "Grid",
    "GridKind",
    "GridRow",
    "Line",
    "Outline",
    "RowKind",
    "SectionKind",
    "SectionPart",
]
