"""Tables as Parquet, partitioned by the fiscal year of the document:

`<table>/document_fiscal_year_be=2564/0.parquet`. The name differs from the column `fiscal_year_be`, which some tables
have for a year that they print themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import ROUND_HALF_EVEN, Context, Decimal
from pathlib import Path
from typing import Any

from ita_extract.errors import MissingPackageError
from ita_extract.export.sheets import SHEETS, Row, Sink
from ita_extract.records.base import Column

PARTITION = "document_fiscal_year_be"
NO_YEAR = "__HIVE_DEFAULT_PARTITION__"
"""The folder that readers of partitions take for null."""
DIGITS, DECIMALS = 38, 12
"""Numbers have up to 26 digits before the point and 12 behind it; what is printed stands in the `*_raw` columns."""
_HELD = 20_000
"""Rows kept in memory before they are written."""
_OPEN = 200
"""Files open at a time; systems allow 256 or more."""

_STEP = Decimal(1).scaleb(-DECIMALS)
_CONTEXT = Context(prec=DIGITS, rounding=ROUND_HALF_EVEN)


def exact(value: Decimal | None) -> Decimal | None:
    """A number as a column of fixed decimals holds it; None where it has too many digits."""
    if value is None or not value.is_finite() or value.adjusted() >= DIGITS - DECIMALS:
        return None
    return value.quantize(_STEP, context=_CONTEXT)


@contextmanager
def parquet_files(folder: Path) -> Iterator[Sink]:
    """One folder per table, one folder in it per fiscal year. Raises MissingPackageError."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise MissingPackageError("Parquet", "parquet") from error
    files = _Files(folder, pa, pq)
    try:
        yield files
        files.finish()
    finally:
        files.close()


class _Files:
    def __init__(self, folder: Path, arrow: Any, parquet: Any) -> None:
        self._folder, self._arrow, self._parquet = folder, arrow, parquet
        kinds = {
            "string": arrow.string(),
            "integer": arrow.int64(),
            "number": arrow.decimal128(DIGITS, DECIMALS),
            "boolean": arrow.bool_(),
        }
        self._columns = {sheet.name: sheet.columns for sheet in SHEETS}
        self._schemas = {
            sheet.name: arrow.schema([_field(arrow, column, kinds) for column in sheet.columns]) for sheet in SHEETS
        }
        self._held: dict[tuple[str, int | None], list[Row]] = {}
        self._count = 0
        self._open: dict[tuple[str, int | None], Any] = {}
        self._parts: dict[tuple[str, int | None], int] = {}

    def write(self, name: str, rows: Iterable[Row], year: int | None) -> None:
        """See Sink."""
        held = self._held.setdefault((name, year), [])
        before = len(held)
        held += rows
        self._count += len(held) - before
        if self._count >= _HELD:
            self._flush()

    def finish(self) -> None:
        """Writes what is held, and an empty file for each table without a year: readers take the columns of a table
        without rows from it, and from its folder's name that years are numbers."""
        self._flush()
        for name in self._columns.keys() - {name for name, year in self._parts if year is not None}:
            self._held[name, 0] = []
        self._flush()

    def close(self) -> None:
        """Ends all files."""
        for writer in self._open.values():
            writer.close()
        self._open.clear()

    def _flush(self) -> None:
        for (name, year), rows in self._held.items():
            self._writer((name, year)).write_table(self._table(name, rows))
        self._held.clear()
        self._count = 0

    def _table(self, name: str, rows: list[Row]) -> Any:
        arrays = []
        for column, field in zip(self._columns[name], self._schemas[name], strict=True):
            values = (row[column.name] for row in rows)
            if column.kind == "number":
                values = (exact(value) for value in values)
            arrays.append(self._arrow.array(list(values), field.type))
        return self._arrow.Table.from_arrays(arrays, schema=self._schemas[name])

    def _writer(self, place: tuple[str, int | None]) -> Any:
        """The open file of a partition, a new part where the old one had to be closed."""
        writer = self._open.pop(place, None)
        if writer is None:
            if len(self._open) >= _OPEN:
                self._open.pop(next(iter(self._open))).close()
            number = self._parts[place] = self._parts.get(place, -1) + 1
            name, year = place
            folder = self._folder / name / f"{PARTITION}={year if year is not None else NO_YEAR}"
            folder.mkdir(parents=True, exist_ok=True)
            writer = self._parquet.ParquetWriter(folder / f"{number}.parquet", self._schemas[name], compression="zstd")
        self._open[place] = writer
        return writer


def _field(arrow: Any, column: Column, kinds: dict[str, Any]) -> Any:
    notes = {"title_th": column.title_th, "description": column.description}
    return arrow.field(column.name, kinds[column.kind], nullable=not column.required, metadata=notes)
