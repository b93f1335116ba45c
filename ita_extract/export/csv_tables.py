"""The archive as CSV tables (RFC 4180, LF, UTF-8), streamed document by document."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from decimal import Decimal
from typing import IO, Any

from ita_extract.archive import Archive
from ita_extract.export.views import VIEWS, View
from ita_extract.records import TABLES
from ita_extract.records.bundle import Records
from ita_extract.storage import open_whole

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""Cells that begin so are run as formulas by spreadsheets (OWASP, CSV injection)."""


def cell(value: Any, *, excel: bool) -> str:
    """A value as CSV text: null empty, booleans true/false, decimals without exponent."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    text = str(value)
    if excel and isinstance(value, str) and text.startswith(_FORMULA_STARTS):
        return "'" + text
    return text


class _Sheet:
    """One CSV file in the making."""

    def __init__(self, stream: IO[str], header: Iterable[str], *, excel: bool) -> None:
        self.excel = excel
        self.writer = csv.writer(stream, lineterminator="\n")
        self.writer.writerow(list(header))

    def write(self, values: Iterable[Any]) -> None:
        self.writer.writerow([cell(value, excel=self.excel) for value in values])


def write_tables(archive: Archive, *, excel: bool = False, runs: Iterable[dict[str, Any]] = ()) -> dict[str, int]:
    """Writes every table and view of the archive; returns the number of rows of each. Raises ArchiveError.

    `excel` writes a byte-order mark and neutralises cells that a spreadsheet would run.
    """
    folder = archive.folder / "tables"
    encoding = "utf-8-sig" if excel else "utf-8"
    with ExitStack() as stack:
        sheets = {}
        for name, header in _headers():
            stream = stack.enter_context(open_whole(folder / f"{name}.csv", "w", encoding=encoding, newline=""))
            sheets[name] = _Sheet(stream, header, excel=excel)
        return _fill(archive, sheets, runs)


def _headers() -> Iterator[tuple[str, list[str]]]:
    for record_type in TABLES:
        yield record_type.table.name, [column.name for column in record_type.table.columns]
    for view in VIEWS:
        yield view.name, [column.name for column in view.columns]


def _fill(archive: Archive, sheets: dict[str, _Sheet], runs: Iterable[dict[str, Any]]) -> dict[str, int]:
    counts = dict.fromkeys(sheets, 0)
    for records in archive:
        for record_type in TABLES:
            name = record_type.table.name
            for row in records.rows(name):
                sheets[name].write(row.values())
                counts[name] += 1
        for view in VIEWS:
            counts[view.name] += _fill_view(view, records, sheets[view.name])
    for row in runs:
        sheets["runs"].write(row.values())
        counts["runs"] += 1
    return counts


def _fill_view(view: View, records: Records, sheet: _Sheet) -> int:
    rows = list(view.rows(records))
    for row in rows:
        sheet.write(row.get(column.name) for column in view.columns)
    return len(rows)
