"""Nested tables that a recursive reader flattened: each inner cell printed again behind the cell that holds it, each
inner row again as a row of its own. `unflatten` finds these copies and puts them aside; `flatten` is the damage itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from ita_extract.thai.text import key

Payload = TypeVar("Payload")

AGREEMENT = 0.8
"""Share of inner cells that must stand behind their cell, in order, for the cells to be taken as copies."""


@dataclass(frozen=True)
class FlatCell(Generic[Payload]):
    """A cell: its own text and the tables in it, each a list of rows. `payload` is what the reader keeps with it."""

    text: str
    tables: tuple[tuple[tuple[FlatCell[Payload], ...], ...], ...] = ()
    payload: Payload | None = field(default=None, compare=False)

    @property
    def inner_rows(self) -> Iterator[tuple[FlatCell[Payload], ...]]:
        """The rows of all tables in this cell, the rows of tables within those right behind their own row."""
        for table in self.tables:
            for row in table:
                yield row
                for cell in row:
                    yield from cell.inner_rows

    @property
    def inner_cells(self) -> Iterator[FlatCell[Payload]]:
        """All cells of the tables in this cell, a cell's own inner cells right behind it."""
        for table in self.tables:
            for row in table:
                for cell in row:
                    yield cell
                    yield from cell.inner_cells


Row = Sequence[FlatCell[Payload]]


@dataclass
class Unflattened(Generic[Payload]):
    """The real rows, and each copy with the inner cell it repeats."""

    rows: list[list[FlatCell[Payload]]] = field(default_factory=list)
    copies: list[tuple[FlatCell[Payload], FlatCell[Payload]]] = field(default_factory=list)


def flatten(rows: Sequence[Row[Payload]]) -> list[list[FlatCell[Payload]]]:
    """What a reader prints that collects rows and cells recursively: the damage that `unflatten` undoes."""
    printed: list[list[FlatCell[Payload]]] = []
    for row in rows:
        printed.append([item for cell in row for item in (cell, *cell.inner_cells)])
        for cell in row:
            for inner in cell.inner_rows:
                printed.append([item for part in inner for item in (part, *part.inner_cells)])
    return printed


def unflatten(rows: Sequence[Row[Payload]]) -> Unflattened[Payload]:
    """The real rows of a printed table. Rows without flattened tables come back as they are."""
    result: Unflattened[Payload] = Unflattened()
    at = 0
    while at < len(rows):
        row = _without_echo(rows[at], result)
        result.rows.append(row)
        at += 1
        for cell in row:
            at = _skip_inner_rows(rows, at, cell, result)
    return result


def _without_echo(row: Row[Payload], result: Unflattened[Payload]) -> list[FlatCell[Payload]]:
    """The cells of a row without the copies behind those that hold tables."""
    kept: list[FlatCell[Payload]] = []
    at = 0
    while at < len(row):
        cell = row[at]
        kept.append(cell)
        at += 1
        inner = list(cell.inner_cells)
        following = row[at : at + len(inner)]
        if inner and _agree(inner, following):
            result.copies += zip(inner, following, strict=True)
            at += len(inner)
    return kept


def _agree(inner: Sequence[FlatCell[Payload]], printed: Row[Payload]) -> bool:
    """Whether printed cells are copies of inner ones: as many, and all but a few with the same text."""
    if len(printed) != len(inner):
        return False
    same = sum(key(a.text) == key(b.text) for a, b in zip(inner, printed, strict=True))
    filled = sum(bool(a.text.strip()) for a in inner)
    hits = sum(bool(a.text.strip()) and key(a.text) == key(b.text) for a, b in zip(inner, printed, strict=True))
    return same >= AGREEMENT * len(inner) and (hits > 0 or filled == 0)


def _skip_inner_rows(
    rows: Sequence[Row[Payload]], at: int, cell: FlatCell[Payload], result: Unflattened[Payload]
) -> int:
    """Passes the rows that print a cell's inner rows once more; a blank inner row may have been dropped."""
    for inner in cell.inner_rows:
        flat = [item for part in inner for item in (part, *part.inner_cells)]
        if at < len(rows) and _is_copy_of_row(flat, rows[at]):
            result.copies += zip(flat, rows[at], strict=False)
            at += 1
    return at


def _is_copy_of_row(inner: Sequence[FlatCell[Payload]], printed: Row[Payload]) -> bool:
    if len(printed) < len(inner) or any(cell.text.strip() for cell in printed[len(inner) :]):
        return False
    return _agree(inner, printed[: len(inner)])
