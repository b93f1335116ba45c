"""Month and quarter grids: nested tables, month columns of activity tables, month tables of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ita_extract.extractors.context import Context
from ita_extract.extractors.found import Found, found
from ita_extract.extractors.rows import activity_rows
from ita_extract.lexicon import load
from ita_extract.model import Cell, Quote, Table
from ita_extract.outline.columns import plan_or_actual
from ita_extract.outline.flow import nested_grid
from ita_extract.outline.model import Column, GridRow
from ita_extract.readers.marks import mark_of
from ita_extract.records import TimelineMonth
from ita_extract.thai.dates import fiscal_month_no, quarter_of

MarkKind = Literal["glyph", "shading", "bar", "arrow", "text", "none"]
State = Literal["marked", "empty", "text", "unreadable"]
RowKind = Literal["plan", "actual", "unspecified"]

_ARROW = re.compile(r"[<←↔⟷⇔→➔➜►▶>«»]|[-–—_=]{2,}>?|<[-–—=]+>?")
_BAR = re.compile(r"[■█▇▆▅▄▬━─]+|[-–—_=]{3,}")


@dataclass(frozen=True, slots=True)
class _Place:
    """One cell of a grid row under one calendar column."""

    column: Column
    cell: Cell | None


def extract(context: Context) -> Iterator[Found | Quote]:
    """Yields one record per month and row of every timeline grid."""
    grid_no: dict[str, int] = {}
    for item in activity_rows(context):
        owner = item.activity_id
        if owner is None:
            continue
        for cell in _distinct(item.row):
            for table in cell.tables:
                yield from _nested(table, cell, item.row.page, owner, grid_no, context)
        if item.grid.month_columns:
            grid_no[owner] = max(grid_no.get(owner, 0), 1)
            kind = _row_kind(item.row, item.grid.columns)
            number = _free_grid_no(owner, kind, grid_no, context)
            yield from _months(item.row, item.grid.month_columns, owner, number, kind, context)
    yield from _own_tables(context, grid_no)


def _distinct(row: GridRow) -> list[Cell]:
    cells: list[Cell] = []
    for index, cell in enumerate(row.cells):
        if cell is not None and row.starts(index) and cell not in cells:
            cells.append(cell)
    return cells


def _nested(
    table: Table, cell: Cell, page: int, owner: str, grid_no: dict[str, int], context: Context
) -> Iterator[Found | Quote]:
    part = nested_grid(table, page)
    if part is None:
        return
    columns = tuple(c for c in part.columns if c.month is not None or c.quarter is not None)
    if len(columns) < 2:
        return
    grid_no[owner] = grid_no.get(owner, 0) + 1
    rows = [row for row in part.rows if row.kind != "section"]
    if not rows:
        yield from _empty_grid(columns, owner, grid_no[owner], context)
    for row in _told_apart(rows, part.columns):
        yield from _months(row[0], columns, owner, grid_no[owner], row[1], context, table)


def _told_apart(rows: Sequence[GridRow], columns: Sequence[Column]) -> list[tuple[GridRow, RowKind]]:
    """Rows with their kind;

    of several rows of one kind only the first is kept apart (steps share the activity's grid).
    """
    kinds = [(row, _row_kind(row, columns)) for row in rows]
    return [pair for pair in kinds if pair[0].kind != "blank"] or kinds[:1]


def _row_kind(row: GridRow, columns: Sequence[Column]) -> RowKind:
    for column in columns:
        if column.month is not None or column.quarter is not None:
            continue
        cell = row.cells[column.index] if column.index < len(row.cells) else None
        kind = plan_or_actual(cell.text) if cell is not None and len(cell.text) < 25 else None
        if kind:
            return kind
    return "unspecified"


def _free_grid_no(owner: str, kind: RowKind, grid_no: dict[str, int], context: Context) -> int:
    """A second row of the same kind for one activity is a grid of its own, so that no month is told twice under one
    key.
    """
    taken = {
        r.grid_no for r in context.findings.records(TimelineMonth) if r.activity_id == owner and r.row_kind == kind
    }
    number = next(n for n in range(1, len(taken) + 2) if n not in taken)
    grid_no[owner] = max(grid_no.get(owner, 0), number)
    return number


def _empty_grid(columns: Sequence[Column], owner: str, number: int, context: Context) -> Iterator[Found | Quote]:
    for column in _dated(columns):
        yield from _records(column, None, "empty", "none", None, owner, number, "unspecified", context, ())


def _months(
    row: GridRow,
    columns: Sequence[Column],
    owner: str,
    grid_no: int,
    kind: RowKind,
    context: Context,
    table: Table | None = None,
) -> Iterator[Found | Quote]:
    places = [_Place(c, row.cells[c.index] if c.index < len(row.cells) else None) for c in _dated(columns)]
    read = [_read(place.cell) for place in places]
    covered = _arrow_span(places)
    any_mark = any(state == "marked" for state, _ in read) or bool(covered)
    for index, (place, (state, mark)) in enumerate(zip(places, read, strict=True)):
        if index in covered:
            state, mark = "marked", "arrow"
        scheduled = True if state == "marked" else (False if any_mark and state == "empty" else None)
        repeats = _copies(table, place) if table else ()
        yield from _records(place.column, place.cell, state, mark, scheduled, owner, grid_no, kind, context, repeats)


def _read(cell: Cell | None) -> tuple[State, MarkKind]:
    text = cell.text.strip() if cell is not None else ""
    if not text:
        return "empty", "none"
    assert cell is not None
    for shape in (mark.kind for paragraph in cell.paragraphs for mark in paragraph.marks):
        if shape in ("shading", "bar", "arrow"):
            return "marked", shape
    mark = mark_of(cell)
    if mark is not None:
        return (
            ("marked", "glyph")
            if mark.state
            else (("empty", "none") if mark.state is False else ("unreadable", "glyph"))
        )
    words = load("marks")
    if text in words["nothing"]:
        return "empty", "none"
    if text.lower() in words["shading"]:
        return "marked", "shading"
    if _BAR.fullmatch(text):
        return "marked", "bar"
    if _ARROW.search(text) and not re.search(r"\w", text):
        return "marked", "arrow"
    return "marked" if _means_scheduled(text) else "text", "text"


def _means_scheduled(text: str) -> bool:
    """Text in a month cell (a count, a date, an amount) schedules the month; a note such as "ไม่มี" does not."""
    return bool(re.search(r"[\d๐-๙]", text)) or len(text) <= 3


def _arrow_span(places: Sequence[_Place]) -> set[int]:
    """Places between an arrow's tail and its head: `←`, blank cells, `→` are one arrow over all of them."""
    starts = [
        i for i, p in enumerate(places) if p.cell is not None and re.fullmatch(r"\s*[<←⟵◄◀][-–—─]*\s*", p.cell.text)
    ]
    ends = [
        i for i, p in enumerate(places) if p.cell is not None and re.fullmatch(r"\s*[-–—─]*[>→⟶►▶➔]\s*", p.cell.text)
    ]
    covered: set[int] = set()
    for start in starts:
        end = next((e for e in ends if e > start), None)
        if end is not None and all(_blank_or_line(places[i].cell) for i in range(start + 1, end)):
            covered |= set(range(start, end + 1))
    return covered


def _blank_or_line(cell: Cell | None) -> bool:
    return cell is None or not cell.text.strip() or bool(re.fullmatch(r"\s*[-–—─_=]+\s*", cell.text))


def _copies(table: Table, place: _Place) -> tuple[Quote, ...]:
    if place.cell is None:
        return ()
    spot = (place.cell.row, place.cell.column)
    return tuple(q for copy in table.copies for row, column, q in copy.sources if (row, column) == spot and q)


def _records(
    column: Column,
    cell: Cell | None,
    state: State,
    mark: MarkKind,
    scheduled: bool | None,
    owner: str,
    grid_no: int,
    kind: RowKind,
    context: Context,
    repeats: tuple[Quote, ...],
) -> Iterator[Found | Quote]:
    text = cell.quote.strip() if cell is not None else None
    at = text if text else column.head
    for fiscal_month in _fiscal_months(column):
        yield found(
            TimelineMonth(
                activity_id=owner,
                grid_no=grid_no,
                row_kind=kind,
                fiscal_month=fiscal_month,
                month=_iso_month(fiscal_month, column, context.facts.fiscal_year_be),
                quarter=quarter_of(fiscal_month),
                label_raw=column.label.text or column.head.text,
                cell_raw=text.text if text else None,
                cell_state=state,
                is_scheduled=scheduled,
                mark_kind=mark,
                quarter_only=column.month is None,
            ),
            at,
            repeats=repeats,
            uses=(column.head,),
            label_raw=column.head,
            cell_raw=text,
        )


def _fiscal_months(column: Column) -> tuple[int, ...]:
    if column.month is not None:
        return (fiscal_month_no(column.month),)
    assert column.quarter is not None
    return tuple(range(column.quarter * 3 - 2, column.quarter * 3 + 1))


def _dated(columns: Sequence[Column]) -> list[Column]:
    """The columns, those of months with the calendar year of each.

    A year over months of autumn and those that follow is the fiscal year, whatever can be read of the words before it.
    """
    months: dict[int | None, list[int]] = {}
    for column in columns:
        if column.month is not None:
            months.setdefault(column.year_be, []).append(column.month)
    fiscal = {year for year, under in months.items() if under[0] >= 10 and min(under) < 10}
    return [
        replace(column, year_be=column.year_be - (1 if column.month >= 10 else 0))
        if column.month is not None
        and column.year_be is not None
        and (column.year_be in fiscal or _heads_fiscal_year(column))
        else column
        for column in columns
    ]


def _iso_month(fiscal_month: int, column: Column, fiscal_year_be: int | None) -> str | None:
    """`YYYY-MM`: the year printed over the month, else the fiscal year of the quarter or document (Oct–Dec belong to
    the year before).
    """
    calendar = (fiscal_month + 8) % 12 + 1
    if column.month is not None and column.year_be is not None:
        return f"{column.year_be - 543:04d}-{calendar:02d}"
    year = column.year_be if column.year_be is not None else fiscal_year_be
    if year is None:
        return None
    return f"{year - 543 - (1 if fiscal_month <= 3 else 0):04d}-{calendar:02d}"


def _heads_fiscal_year(column: Column) -> bool:
    return "งบประมาณ" in column.head.text or "งปม" in column.head.text


def _own_tables(context: Context, grid_no: dict[str, int]) -> Iterator[Found | Quote]:
    """Month tables that are no part of an activity table:

    rows name their activity, or the nearest one above owns them.
    """
    for grid in context.outline.grids:
        if grid.kind != "months" or len(grid.month_columns) < 3:
            continue
        owner = _owner_above(grid.after_line, context)
        if owner is None:
            continue
        grid_no[owner] = grid_no.get(owner, 0) + 1
        for row in grid.rows:
            kind = _row_kind(row, grid.columns)
            yield from _months(row, grid.month_columns, owner, grid_no[owner], kind, context)


def _owner_above(line: int, context: Context) -> str | None:
    card = next((c for c in reversed(context.outline.cards) if c.line <= line), None)
    if card is not None:
        return context.cards.get(card.index)
    return next(iter(context.rows.values()), None)
