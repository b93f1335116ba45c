"""What a table is: a form laid out in cells, or one or more data tables with headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ita_extract.lexicon import load
from ita_extract.model import Cell, Paragraph, Table
from ita_extract.outline.columns import MAX_HEAD_LENGTH, header_rows, read_columns, read_head
from ita_extract.outline.model import Column, GridKind, GridRow, RowKind
from ita_extract.readers.marks import mark_of
from ita_extract.thai.labels import match_label, split_label
from ita_extract.thai.names import find_names
from ita_extract.thai.nearest import nearest
from ita_extract.thai.numbering import parse_numbering
from ita_extract.thai.text import fold_digits, key

_FIGURE = re.compile(r"\d[\d,.]*\s*%?")
MIN_FORM_ROWS = 3
LEAST_AGAIN, SHARE_AGAIN = 3, 0.7
"""Heading cells of a row, and their share of it, from which it is the heading again with some that are misread."""
ACTIVITY_ROLES = ("work_plan", "project", "measure", "activity", "step", "issue", "indicator", "oit_code")


@dataclass(frozen=True, slots=True)
class FormPart:
    """Rows of a table that lay out a form: their cells are read one after the other, as if they were no table."""

    cells: tuple[Cell, ...]
    label_columns: frozenset[int] = frozenset()
    """Columns that hold nothing but labels; what stands right of them is their value."""


@dataclass(frozen=True, slots=True)
class GridPart:
    """Rows of a table that hold data under a heading (or, with no heading, data of a known shape)."""

    kind: GridKind
    columns: tuple[Column, ...]
    rows: tuple[GridRow, ...]
    continues: bool = False


def read_table(table: Table, page: int, previous: tuple[Column, ...] | None) -> list[FormPart | GridPart]:
    """Cuts a table into forms and data tables, top to bottom.

    `previous` holds the columns of the data table before this one: a table without heading but with as many columns, or
    with the
    same heading again, continues it.
    """
    labels = _label_columns(table)
    if labels:
        cells = sorted(table.cells, key=lambda cell: (cell.row, cell.column))
        first = int(_heads_labels(table))
        return [FormPart(tuple(cell for cell in cells if cell.row >= first), labels)]
    parts: list[FormPart | GridPart] = []
    form: list[Cell] = []
    row = 0
    while row < table.n_rows:
        heading = header_rows(table, row)
        if heading and not (heading == 1 and _is_form_row(table, row)):
            _close_form(parts, form)
            end = _next_heading(table, row + heading)
            parts.append(_grid(table, page, row, heading, end, previous))
            row = end
        elif row == 0 and not form and _is_headless_grid(table, previous):
            parts.append(_headless(table, page, previous))
            row = table.n_rows
        else:
            form += [cell for cell in table.starting_in(row) if cell.blocks]
            row += 1
    _close_form(parts, form)
    return parts


def _label_columns(table: Table) -> frozenset[int]:
    """The columns of labels in a table `label | value` (or twice that side by side); none in any other table."""
    if table.n_columns not in (2, 4) or table.n_rows < MIN_FORM_ROWS:
        return frozenset()
    columns = frozenset({0}) if table.n_columns == 2 else frozenset({0, 2})
    cells = [c for c in table.cells if c.column in columns and c.text.strip() and c.column_span < table.n_columns]
    known = sum(_is_label(c.text) for c in cells)
    heading = header_rows(table, 0)
    if heading and table.n_columns == 4 and not all(_is_label(c.text) for c in cells if c.row < heading):
        return frozenset()
    return columns if known >= 3 and known * 2 >= len(cells) else frozenset()


def _heads_labels(table: Table) -> bool:
    """Whether the first row of a table `label | value` only says so (`รายการ | รายละเอียด`)."""
    heads = {key(word) for word in load("columns")["form_heads"]}
    return {key(cell.text) for cell in table.starting_in(0)} <= heads


def _is_label(text: str) -> bool:
    label = split_label(text, "fields")
    return label is not None and label.score >= 99 and not text[label.value_start :].strip()


def _close_form(parts: list[FormPart | GridPart], form: list[Cell]) -> None:
    if form:
        parts.append(FormPart(tuple(form)))
        form.clear()


def _is_form_row(table: Table, row: int) -> bool:
    """A row `label | value` (or twice that) whose values happen to look like headings."""
    cells = [cell for cell in table.starting_in(row) if cell.text.strip()]
    is_labelled = len(cells) == 2 and match_label(cells[0].text, "fields") is not None and table.n_columns <= 2
    return is_labelled and not _heads_figures(table, row)


def _heads_figures(table: Table, row: int) -> bool:
    """Whether all rows below have a figure in their last column (`ตัวชี้วัด | คะแนน` over two indicators)."""
    below = [cell.text.strip() for cell in table.cells if cell.row > row and cell.column == table.n_columns - 1]
    return bool(below) and all(_FIGURE.fullmatch(fold_digits(text)) for text in below)


def _next_heading(table: Table, start: int) -> int:
    """The row where the next heading begins that is not the same heading again."""
    for row in range(start, table.n_rows):
        if header_rows(table, row) and _stands_apart(table, start, row):
            return row
    return table.n_rows


def _stands_apart(table: Table, first_data_row: int, row: int) -> bool:
    """Whether a heading within a table begins another one (other columns), and not the heading of a page again."""
    above = {key(c.text) for r in range(max(0, first_data_row - 3), first_data_row) for c in table.starting_in(r)}
    here = {key(c.text) for c in table.starting_in(row) if c.text.strip()}
    return len(here & above) * 2 < len(here)


def _grid(table: Table, page: int, start: int, heading: int, end: int, previous: tuple[Column, ...] | None) -> GridPart:
    columns = read_columns(table, start, heading)
    heads = {key(c.text) for r in range(start, start + heading) for c in table.starting_in(r) if c.text.strip()}
    rows = _rows(table, page, start + heading, end, columns, heads)
    again = previous is not None and _same_columns(columns, previous)
    return GridPart(_kind(columns, rows), columns, rows, continues=again)


def _same_columns(columns: Sequence[Column], previous: Sequence[Column]) -> bool:
    return len(columns) == len(previous) and [key(c.head.text) for c in columns] == [key(c.head.text) for c in previous]


def _rows(
    table: Table, page: int, start: int, end: int, columns: Sequence[Column], heads: set[str]
) -> tuple[GridRow, ...]:
    rows: list[GridRow] = []
    for number in range(start, end):
        cells = table.row(number)
        texts = {key(c.text) for c in cells if c is not None and c.text.strip()}
        if _is_heading_again(texts, heads):
            continue
        rows.append(GridRow(len(rows), number, page, tuple(cells), _row_kind(table, number, cells, columns)))
    return tuple(rows)


def _is_heading_again(texts: set[str], heads: set[str]) -> bool:
    """Whether a row is the heading again, after a page break; OCR may have read it in another way there."""
    if len(texts) < 2 or texts <= heads:
        return len(texts) > 1
    known = tuple(sorted(heads))
    again = sum(text in heads or nearest(text, known) is not None for text in texts)
    return again >= max(LEAST_AGAIN, SHARE_AGAIN * len(texts))


def _row_kind(table: Table, number: int, cells: Sequence[Cell | None], columns: Sequence[Column]) -> RowKind:
    filled = {id(c): c for c in cells if c is not None and (c.text.strip() or c.tables)}
    if not filled:
        return "blank"
    first = min(filled.values(), key=lambda cell: cell.column)
    totals = tuple(load("columns")["total_words"])
    words = {key(c.text).rstrip("0123456789.,").strip("()") for c in filled.values() if len(c.text) < MAX_HEAD_LENGTH}
    sums_up = any(nearest(word, totals) for word in words) or any(_sums_up(c.text) for c in filled.values())
    if sums_up and not any(c.tables for c in filled.values()):
        return "total"
    spans_all = first.column_span >= max(2, len(columns) - 1) and len(columns) > 2
    starts = [c for c in filled.values() if c.row == number]
    if len(starts) == 1 and len(filled) == 1 and not first.tables and len(first.text) < 200:
        hierarchical = any(
            column.plays(
                "work_plan", "project", "measure", "activity", "step", "issue", "order", "indicator", "ita_indicator"
            )
            for column in columns[first.column : first.column + 1]
        )
        if spans_all or (
            first.column == 0 and not columns[0].plays("project", "measure", "activity", "step") and hierarchical
        ):
            return "section"
        if first.column == 0 and not hierarchical and len(columns) > 2:
            return "section"
    return "data"


def _sums_up(text: str) -> bool:
    """Whether a cell heads the sum of all or of a group: `รวม 4 โครงการ`, `รวมมิติที่ 1`, `รวมงบประมาณด้านที่ 2`."""
    words = load("columns")
    total = next((word for word in sorted(words["total_words"], key=len, reverse=True) if text.startswith(word)), None)
    if total is None or len(text) > MAX_HEAD_LENGTH:
        return False
    rest = key(text[len(total) :])
    if rest.startswith(tuple(key(word) for word in words["summed_groups"])):
        return True
    return re.sub("|".join(map(re.escape, words["sum_fillers"])), "", rest).strip("0123456789.,():") == ""


def _kind(columns: Sequence[Column], rows: Sequence[GridRow]) -> GridKind:
    roles = {role for c in columns for role in (c.role, *c.also) if role}
    if "name" in roles and roles & {"position", "order", "role", "attendance", "signature", "note"}:
        return "attendance"
    if "position" in roles and not roles & set(ACTIVITY_ROLES):
        return "attendance"
    main = {c.role for c in columns if c.role}
    if sum(c.agency is not None for c in columns) >= 2:
        return "score"
    acts = {"measure", "activity", "project", "step", "work_plan", "risk", "mitigation"}
    if main & {"score", "grade", "weight"} and not main & acts:
        return "score"
    calendar = sum(c.month is not None or c.quarter is not None for c in columns)
    if main & {"work_plan", "project", "measure", "activity", "step", "indicator", "issue", "risk"}:
        return "activity"
    if calendar >= 3:
        return "months"
    if _names_instruments(columns):
        return "score"
    return "activity" if len(main) >= 2 and main & {"result", "responsible", "budget", "target"} else "other"


def _names_instruments(columns: Sequence[Column]) -> bool:
    return sum(key(c.head.text) in ("iit", "eit", "oit", "ita") for c in columns) >= 2


def _is_headless_grid(table: Table, previous: tuple[Column, ...] | None) -> bool:
    """Whether a table without heading is data: it continues the table before, lists people, or is a rating scale."""
    if previous is not None and len(previous) >= 3 and table.n_columns == len(previous) and not _is_label_column(table):
        return True
    return is_scale(table) or _is_people_list(table)


def _is_label_column(table: Table) -> bool:
    firsts = [c for c in table.cells if c.column == 0 and c.text.strip()]
    labels = sum(match_label(c.text, "fields") is not None for c in firsts)
    return labels * 2 > len(firsts)


def _is_people_list(table: Table) -> bool:
    rows = [table.row(number) for number in range(table.n_rows)]
    named = sum(any(c is not None and c.column <= 2 and find_names(c.text[:60]) for c in row) for row in rows)
    return table.n_columns >= 2 and named >= 2 and named * 3 >= len(rows) * 2


def is_scale(table: Table) -> bool:
    """Whether a table is a rating scale: options in one row (or column) and marks beside them."""
    if not 2 <= len(table.cells) <= 40 or any(cell.tables for cell in table.cells):
        return False
    rows, columns = table.n_rows, table.n_columns
    texts = [cell for cell in table.cells if cell.text.strip()]
    labels = [c for c in texts if mark_of(c) is None]
    marks = [c for c in texts if mark_of(c) is not None]
    if not labels or not all(len(c.text) <= 60 for c in labels) or any(read_head(c.text).is_calendar for c in labels):
        return False
    if rows == 2 and columns >= 2:
        return len({c.row for c in labels}) == 1 and all(c.row != labels[0].row for c in marks) and len(labels) >= 2
    if columns == 2 and rows >= 2 and marks:
        return len({c.column for c in labels}) == 1 and all(c.column != labels[0].column for c in marks)
    return False


def _headless(table: Table, page: int, previous: tuple[Column, ...] | None) -> GridPart:
    if is_scale(table):
        columns = read_columns(table, 0, 0)
        return GridPart("scale", columns, _rows(table, page, 0, table.n_rows, columns, set()))
    if _is_people_list(table):
        columns = read_columns(table, 0, 0)
        return GridPart("attendance", columns, _rows(table, page, 0, table.n_rows, columns, set()))
    assert previous is not None
    rows = _rows(table, page, 0, table.n_rows, previous, {key(c.head.text) for c in previous})
    return GridPart(_kind(previous, rows), previous, rows, continues=True)


def without_dittos(rows: Sequence[GridRow]) -> tuple[GridRow, ...]:
    """Rows in which a ditto mark is replaced by what it repeats: the cell above it."""
    marks = set(load("marks")["ditto"])
    above: dict[int, Cell] = {}
    result: list[GridRow] = []
    for row in rows:
        cells = list(row.cells)
        for column, cell in enumerate(cells):
            if cell is not None and cell.text.strip() in marks and column in above:
                cells[column] = replace(above[column], row=cell.row, column=cell.column, row_span=1, column_span=1)
            elif cell is not None and cell.text.strip():
                above[column] = cell
        result.append(replace(row, cells=tuple(cells)))
    return tuple(result)


def is_form_paragraph(paragraph: Paragraph) -> bool:
    """Whether a paragraph begins a labelled field with a known label."""
    label = split_label(paragraph.text, "fields")
    return label is not None and label.key is not None


def begins_numbered(text: str) -> bool:
    """Whether a text begins with an item number or bullet."""
    return parse_numbering(text) is not None
