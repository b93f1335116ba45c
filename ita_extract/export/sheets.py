"""What every export holds: the tables and views, by name, and their rows streamed document by document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import msgspec

from ita_extract.archive import Archive
from ita_extract.export.views import VIEWS
from ita_extract.export.where import Where
from ita_extract.records import TABLES
from ita_extract.records.base import Column, TableInfo
from ita_extract.records.bundle import Records

Row = dict[str, Any]
"""A row by column; values are str, int, Decimal, bool or None, in the order of the contract."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table or a view. `table` is None for views, which have no key of their own."""

    name: str
    title_th: str
    title_en: str
    columns: tuple[Column, ...]
    table: TableInfo | None = None


SHEETS: tuple[Sheet, ...] = (
    *(Sheet(t.table.name, t.table.title_th, t.table.title_en, t.table.columns, t.table) for t in TABLES),
    *(Sheet(v.name, v.title_th, v.title_en, v.columns) for v in VIEWS),
)
"""All tables in the order of the contract, then the views."""


class Sink(Protocol):
    """A format in the making."""

    def write(self, name: str, rows: Iterable[Row], year: int | None) -> None:
        """Takes rows of a table or view; `year` is the fiscal year (B.E.) of their document."""


Writer = Callable[[Path], AbstractContextManager[Sink]]
"""Opens a folder for writing one format; everything is there when the context ends."""


def unchanged(records: Records) -> Records:
    """Records as they are."""
    return records


@dataclass(frozen=True, slots=True)
class Selection:
    """Which documents of an archive are exported, and rows that belong to no single document, by table."""

    archive: Archive
    where: Where = field(default_factory=Where)
    change: Callable[[Records], Records] = unchanged
    """What is done to the records of each document on the way."""
    others: Mapping[str, Iterable[Row]] = field(default_factory=dict)

    def __iter__(self) -> Iterator[tuple[str, list[Row], int | None]]:
        """Rows in the order of the archive: all tables and views of one document, then those of the next."""
        chosen: set[str] = set()
        for original in self.archive.audited():
            document = next(iter(original.rows("documents")), {})
            if not self.where.holds(document):
                continue
            chosen.add(original.document_id)
            records = self.change(original)
            year = document.get("fiscal_year_be")
            for record_type in TABLES:
                yield record_type.table.name, records.rows(record_type.table.name), year
            for view in VIEWS:
                yield view.name, [_in_order(row, view.columns) for row in view.rows(records)], year
        links = {"document_links": map(msgspec.structs.asdict, self.archive.links())}
        for name, rows in {**self.others, **links}.items():
            for row in rows:
                if all(row[key] is None or row[key] in chosen for key in row if key.endswith("document_id")):
                    yield name, [row], None


def _in_order(row: Row, columns: Iterable[Column]) -> Row:
    return {column.name: row.get(column.name) for column in columns}


def fill(selection: Selection, sinks: Iterable[Sink]) -> dict[str, int]:
    """Writes a selection into all sinks in one pass; returns the number of rows of each table and view."""
    counts = dict.fromkeys((sheet.name for sheet in SHEETS), 0)
    sinks = list(sinks)
    for name, rows, year in selection:
        counts[name] += len(rows)
        if rows:
            for sink in sinks:
                sink.write(name, rows, year)
    return counts
