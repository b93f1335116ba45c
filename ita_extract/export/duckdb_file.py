"""Tables as one DuckDB database, with Thai titles as comments."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from ita_extract.errors import ArchiveError
from ita_extract.export.csv_tables import csv_files
from ita_extract.export.parquet import DECIMALS, DIGITS, exact
from ita_extract.export.sheets import SHEETS, Row, Sheet, Sink
from ita_extract.records.base import Column

FILE = "ita.duckdb"
_TYPES = {"string": "VARCHAR", "integer": "BIGINT", "number": f"DECIMAL({DIGITS},{DECIMALS})", "boolean": "BOOLEAN"}
_THREADS = 1
"""Each thread has buffers for many rows; one is as fast, since the disk decides."""
_LONGEST_LINE = 2_000_000
"""Bytes of a row up to which DuckDB's buffers are small."""
_ROWS_AT_HAND = 64
"""Longest rows that DuckDB may hold: 128 MB of usual ones. It has sixteen in a buffer, and takes no longer with 128 MB
than with 2 GB (records of 50,000 documents)."""


@contextmanager
def duckdb_database(folder: Path) -> Iterator[Sink]:
    """`ita.duckdb`. Raises ArchiveError.

    Rows go through CSV: DuckDB reads that many times faster than rows that Python hands over.
    """
    with tempfile.TemporaryDirectory(prefix="tables-", dir=folder) as name:
        with csv_files(Path(name)) as files:
            rows = _Rows(files)
            yield rows
        try:
            longest = {table: max(_LONGEST_LINE, length) for table, length in rows.longest.items()}
            memory = f"{_ROWS_AT_HAND * max(longest.values())}B"
            with duckdb.connect(str(folder / FILE), config={"threads": _THREADS, "memory_limit": memory}) as database:
                for sheet in SHEETS:
                    _load(database, sheet, Path(name), longest[sheet.name])
                # All at once: written one by one, hundreds of comments take longer than a small archive's tables.
                database.begin()
                for sheet in SHEETS:
                    _explain(database, sheet)
                database.commit()
        except duckdb.Error as error:
            raise ArchiveError(f"cannot write {folder / FILE}: {error}") from error


class _Rows:
    """Passes rows on with numbers as the database's columns hold them; `longest` has the bytes of no shorter a row."""

    def __init__(self, files: Sink) -> None:
        self._files = files
        self.longest = dict.fromkeys((sheet.name for sheet in SHEETS), 0)

    def write(self, name: str, rows: Iterable[Row], year: int | None) -> None:
        """See Sink."""
        rows = [{key: _fitting(value) for key, value in row.items()} for row in rows]
        self.longest[name] = max(self.longest[name], *map(_bytes, rows))
        self._files.write(name, rows, year)


def _bytes(row: Row) -> int:
    """At most so many bytes has a row as CSV: four for a sign, one more for quotes that are doubled."""
    return sum(5 * len(value) if isinstance(value, str) else 60 for value in row.values())


def _fitting(value: Any) -> Any:
    return exact(value) if isinstance(value, Decimal) else value


def _load(database: Any, sheet: Sheet, folder: Path, longest: int) -> None:
    columns = ", ".join(f'"{c.name}" {_TYPES[c.kind]}{" NOT NULL" if c.required else ""}' for c in sheet.columns)
    database.execute(f'CREATE TABLE "{sheet.name}" ({columns})')
    options = f"HEADER, NULLSTR '', QUOTE '\"', ESCAPE '\"', PARALLEL false, MAX_LINE_SIZE {longest}"
    database.execute(f'COPY "{sheet.name}" FROM {_quoted(str(folder / sheet.name) + ".csv")} ({options})')


def _explain(database: Any, sheet: Sheet) -> None:
    database.execute(f'COMMENT ON TABLE "{sheet.name}" IS {_quoted(sheet.title_th)}')
    for column in sheet.columns:
        database.execute(f'COMMENT ON COLUMN "{sheet.name}"."{column.name}" IS {_quoted(_title(column))}')


def _title(column: Column) -> str:
    return f"{column.title_th}: {column.description}"


def _quoted(text: str) -> str:
    return "'{}'".format(text.replace("'", "''"))
