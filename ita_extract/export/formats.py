"""The formats of `export`, each a folder with its own `datapackage.json`, complete or not there."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ita_extract.errors import ArchiveError
from ita_extract.export import duckdb_file, sqlite, workbook
from ita_extract.export.csv_tables import csv_files
from ita_extract.export.json_lines import json_lines
from ita_extract.export.parquet import parquet_files
from ita_extract.export.schemas import data_package
from ita_extract.export.sheets import Selection, Sink, Writer, fill
from ita_extract.storage import PART, is_local, write_whole


@dataclass(frozen=True, slots=True)
class Format:
    """How a format is written, and where its tables are within its folder (`{name}` is the table)."""

    write: Writer
    path: str
    media_type: str


FORMATS: dict[str, Format] = {
    "csv": Format(csv_files, "{name}.csv", "text/csv"),
    "jsonl": Format(json_lines, "{name}.jsonl", "application/jsonl"),
    "parquet": Format(parquet_files, "{name}/", "application/vnd.apache.parquet"),
    "sqlite": Format(sqlite.sqlite_database, sqlite.FILE, "application/vnd.sqlite3"),
    "duckdb": Format(duckdb_file.duckdb_database, duckdb_file.FILE, "application/vnd.duckdb"),
    "xlsx": Format(workbook.workbook, workbook.FILE, workbook.MEDIA_TYPE),
}
"""All formats by name."""


def export(selection: Selection, folder: Path, formats: Sequence[str], *, excel: bool = False) -> dict[str, int]:
    """Writes `folder/<format>/` for each format in one pass over the archive; returns the rows of each table.

    `excel` is for CSV: see `csv_files`. Raises ArchiveError, MissingPackageError.
    """
    if not is_local(folder):
        remedy = "Name a folder of this machine with -o, and copy what is written there."
        raise ArchiveError(f"exports cannot be written to {folder}", remedy=remedy)
    with ExitStack() as stack:
        sinks = [stack.enter_context(_folder(folder, name, excel=excel)) for name in dict.fromkeys(formats)]
        return fill(selection, sinks)


@contextmanager
def _folder(folder: Path, name: str, *, excel: bool) -> Iterator[Sink]:
    """A format in a folder that takes the place of the old one when it is complete."""
    form = FORMATS[name]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(folder, name)
        making = Path(tempfile.mkdtemp(dir=folder, prefix=f".{name}.", suffix=PART))
        try:
            making.chmod(0o755)
            writer = partial(csv_files, excel=excel) if name == "csv" else form.write
            with writer(making) as sink:
                yield sink
            package = data_package(form.path, form.media_type, excel=excel and name == "csv")
            write_whole(making / "datapackage.json", package)
            shutil.rmtree(folder / name, ignore_errors=True)
            making.replace(folder / name)
        finally:
            shutil.rmtree(making, ignore_errors=True)
    except OSError as error:
        raise ArchiveError(f"cannot write {folder / name}: {error.strerror or error}") from error


def _sweep(folder: Path, name: str) -> None:
    """Removes what an interrupted export left behind."""
    for left in folder.glob(f".{name}.*{PART}"):
        shutil.rmtree(left, ignore_errors=True)


def names(text: str) -> list[str]:
    """Formats as they are typed, `csv,parquet`; `json` is taken for JSON Lines. Raises ValueError."""
    found = ["jsonl" if name == "json" else name for name in text.replace(" ", "").split(",")]
    if unknown := sorted(set(found) - FORMATS.keys()):
        raise ValueError(f"no format {', '.join(unknown)}; there are {', '.join(FORMATS)}")
    return found
