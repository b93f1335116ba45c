"""Tables as CSV (RFC 4180, LF, UTF-8), one file each."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

from ita_extract.archive import Archive
from ita_extract.export.sheets import SHEETS, Row, Selection, Sink, fill
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
    return "'" + text if excel and isinstance(value, str) and text.startswith(_FORMULA_STARTS) else text


@contextmanager
def csv_files(folder: Path, *, excel: bool = False) -> Iterator[Sink]:
    """One file per table. `excel` writes a byte-order mark and neutralises cells that a spreadsheet would run."""
    encoding = "utf-8-sig" if excel else "utf-8"
    with ExitStack() as stack:
        writers = {}
        for sheet in SHEETS:
            stream = stack.enter_context(open_whole(folder / f"{sheet.name}.csv", "w", encoding=encoding, newline=""))
            writers[sheet.name] = csv.writer(stream, lineterminator="\n")
            writers[sheet.name].writerow([column.name for column in sheet.columns])
        yield _Files(writers, excel=excel)


class _Files:
    def __init__(self, writers: dict[str, Any], *, excel: bool) -> None:
        self._writers = writers
        self._excel = excel
        # The writer itself knows null, whole numbers and plain texts: asking about every value would double the time.
        self._asked = {
            sheet.name: [at for at, c in enumerate(sheet.columns) if excel or c.kind in ("number", "boolean")]
            for sheet in SHEETS
        }

    def write(self, name: str, rows: Iterable[Row], year: int | None) -> None:
        """See Sink."""
        self._writers[name].writerows(self._cells(row, self._asked[name]) for row in rows)

    def _cells(self, row: Row, asked: list[int]) -> list[Any]:
        cells = list(row.values())
        for at in asked:
            cells[at] = cell(cells[at], excel=self._excel)
        return cells


def write_tables(archive: Archive, *, excel: bool = False, runs: Iterable[Row] = ()) -> dict[str, int]:
    """Writes `tables/` of the archive; returns the number of rows of each table. Raises ArchiveError."""
    with csv_files(archive.folder / "tables", excel=excel) as sink:
        return fill(Selection(archive, others={"runs": runs}), [sink])
