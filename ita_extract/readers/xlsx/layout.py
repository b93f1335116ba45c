"""A sheet → titles, tables and notes: blank rows part them, blank columns part tables that stand side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ita_extract.readers.marks import DrawnMark
from ita_extract.readers.shading import Shade, shaded_places
from ita_extract.readers.xlsx.sheet import Merge, Place, Sheet

LONG = 40
"""Letters from which a lone line under a table without frames is a note and no row."""
MIN_FRAMED = 2
MAX_PLACES = 200_000
"""Places of a table up to which blank cells are kept as cells; a larger table holds only what says something."""


@dataclass(frozen=True, slots=True)
class Title:
    """A line outside the tables."""

    place: Place
    is_wide: bool
    """Whether it is merged over several columns."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a table, counted from 0, and where it stands on the sheet."""

    row: int
    column: int
    row_span: int
    column_span: int
    place: Place
    mark: DrawnMark | None = None


Part = Title | tuple[GridCell, ...]


class Layout:
    """Reads off a sheet what stands where. Hidden rows and columns are left out."""

    def __init__(self, sheet: Sheet, drawn: dict[Place, DrawnMark]) -> None:
        self._sheet = sheet
        self._drawn = drawn
        self._merge_at = {(merge.top, merge.left): merge for merge in sheet.merges}
        self._covered = {
            (row, column)
            for merge in sheet.merges
            if (merge.top, merge.left) in sheet.cells
            for row in range(merge.top, min(merge.bottom, merge.top + 1000) + 1)
            for column in range(merge.left, min(merge.right, merge.left + 400) + 1)
            if (row, column) != (merge.top, merge.left)
        }
        self._texts: dict[int, list[int]] = {}
        for (row, column), cell in sorted(sheet.cells.items()):
            says_something = cell.text.strip() or cell.boxes or (row, column) in sheet.uncounted
            hidden = row in sheet.hidden_rows or column in sheet.hidden_columns
            if says_something and not hidden and (row, column) not in self._covered:
                self._texts.setdefault(row, []).append(column)

    def parts(self) -> Iterator[Part]:
        """Titles, tables and notes in reading order."""
        for band in self._bands():
            rows = list(band)
            yield from self._take_titles(rows, None)
            for columns in self._side_by_side(rows):
                inner = [row for row in rows if self._in(row, columns) or len(columns) == len(self._columns(rows))]
                yield from self._take_titles(inner, columns)
                notes = self._take_notes(inner, columns)
                if inner:
                    yield self._table(inner, columns)
                yield from notes

    # -------------------------------------------------------------- rows
    def _bands(self) -> Iterator[list[int]]:
        """Runs of visible rows with nothing blank between them."""
        if not self._texts:
            return
        first, last = min(self._texts), max(self._texts)
        used = set(self._texts) | {row for row, _ in self._covered}
        used |= {row for row, count in self._sheet.framed.items() if count >= MIN_FRAMED and first < row < last}
        used |= {row for row, _ in self._drawn} | {
            r for (r, _), c in self._sheet.cells.items() if c.fill and first < r < last
        }
        visible = [row for row in range(first, max(used) + 1) if row not in self._sheet.hidden_rows]
        for is_used, rows in groupby(visible, key=used.__contains__):
            band = list(rows)
            if is_used and any(row in self._texts for row in band):
                yield band

    def _in(self, row: int, columns: Sequence[int] | None) -> list[int]:
        """The columns of a row that hold text."""
        found = self._texts.get(row, [])
        return found if columns is None else [column for column in found if column in columns]

    def _take_titles(self, rows: list[int], columns: Sequence[int] | None) -> Iterator[Title]:
        """Lines with one text each above the first row with several; all lines when no row has several."""
        has_table = any(len(self._in(row, columns)) > 1 for row in rows)
        while rows and len(self._in(rows[0], columns)) <= 1:
            row = rows[0]
            merge = self._merge_at.get((row, self._in(row, columns)[0])) if self._in(row, columns) else None
            if has_table and merge is not None and merge.bottom > row and len(self._in(merge.bottom, columns)) > 1:
                return
            rows.pop(0)
            for column in self._in(row, columns):
                yield Title((row, column), merge is not None and merge.right > merge.left)

    def _take_notes(self, rows: list[int], columns: Sequence[int]) -> list[Title]:
        """Lone lines below a table: outside its frame, or, where there are no frames, long or merged."""
        notes: list[Title] = []
        framed = any(self._sheet.framed.get(row, 0) >= MIN_FRAMED for row in rows)
        while len(rows) > 1 and len(found := self._in(rows[-1], columns)) <= 1:
            row = rows[-1]
            if found:
                cell, merge = self._sheet.cells[row, found[0]], self._merge_at.get((row, found[0]))
                is_wide = merge is not None and merge.right > merge.left
                outside = self._sheet.framed.get(row, 0) < MIN_FRAMED if framed else is_wide or len(cell.text) > LONG
                if found[0] != columns[0] or not outside or cell.boxes:
                    break
                notes.insert(0, Title((row, found[0]), is_wide))
            elif row in {place[0] for place in self._covered | set(self._drawn)} or self._sheet.framed.get(row):
                break
            rows.pop()
        return notes

    # -------------------------------------------------------------- columns
    def _columns(self, rows: Sequence[int]) -> list[int]:
        return sorted({column for row in rows for column in self._in(row, None)})

    def _side_by_side(self, rows: Sequence[int]) -> list[list[int]]:
        """The columns of each table in a band: blank columns part tables of two rows and two columns at least."""
        columns = self._columns(rows)
        wide = {column for row, column in self._covered if row in set(rows)}
        wide -= self._sheet.hidden_columns
        groups: list[list[int]] = []
        last = 0
        for column in columns:
            gap = [c for c in range(last + 1, column) if c not in self._sheet.hidden_columns]
            if not groups or any(c not in wide for c in gap):
                groups.append([])
            groups[-1].append(column)
            last = column
        if all(len(group) > 1 and sum(len(self._in(row, group)) > 1 for row in rows) > 1 for group in groups):
            return groups
        return [columns] if columns else []

    # -------------------------------------------------------------- tables
    def _table(self, rows: Sequence[int], columns: Sequence[int]) -> tuple[GridCell, ...]:
        row_at = {row: index for index, row in enumerate(rows)}
        column_at = {column: index for index, column in enumerate(columns)}
        keeps_blank = len(rows) * len(columns) <= MAX_PLACES
        places = [
            (row, column)
            for row in rows
            for column in columns
            if (row, column) not in self._covered and (keeps_blank or (row, column) in self._sheet.cells)
        ]
        cells = [
            GridCell(row_at[row], column_at[column], *self._span((row, column), row_at, column_at), (row, column))
            for row, column in places
        ]
        shades = [self._shade(cell) for cell in cells]
        shaded = {cells[number].place for number in shaded_places(shades)}
        return tuple(
            cell if shade.has_text else replace(cell, mark=self._mark(cell.place, shaded))
            for cell, shade in zip(cells, shades, strict=True)
        )

    def _span(self, place: Place, row_at: dict[int, int], column_at: dict[int, int]) -> tuple[int, int]:
        merge: Merge | None = self._merge_at.get(place)
        if merge is None or place not in self._sheet.cells:
            return 1, 1
        height = sum(merge.top <= row <= merge.bottom for row in row_at)
        width = sum(merge.left <= column <= merge.right for column in column_at)
        return max(1, height), max(1, width)

    def _shade(self, cell: GridCell) -> Shade:
        found = self._sheet.cells.get(cell.place)
        has_text = found is not None and bool(found.text.strip() or found.boxes)
        return Shade(cell.row, cell.column, cell.row_span, cell.column_span, found.fill if found else None, has_text)

    def _mark(self, place: Place, shaded: set[Place]) -> DrawnMark | None:
        return self._drawn.get(place) or (DrawnMark("■", True, "shading") if place in shaded else None)
