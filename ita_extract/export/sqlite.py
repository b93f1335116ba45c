"""Tables as one SQLite database: keys, references, indexes, and a full-text index over the words of all text.

Thai has no spaces between words, so the index holds words as PyThaiNLP cuts them, and in a second column their
smallest parts; `match_expression` cuts a phrase in the same way. `metadata.json` beside the database gives Datasette
the Thai titles, and tells it of the index.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from ita_extract.errors import ArchiveError
from ita_extract.export.schemas import create_table
from ita_extract.export.sheets import SHEETS, Row, Sheet, Sink
from ita_extract.thai.text import repair
from ita_extract.thai.tokens import search_words

FILE = "ita.sqlite"
INDEX = "blocks_fts"
ROW = "row_no"
"""Number of a block's row, by which the index refers to it: SQLite may renumber rows that have no such column."""
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")


def match_expression(query: str) -> str:
    """What to ask the index (`… MATCH ?`) for a Thai phrase: its parts of words, one behind the other."""
    parts = " ".join(part for word in search_words(query) for part in word)
    return 'parts: "{}"'.format(parts.replace('"', '""'))


def _segmented(text: str) -> tuple[str, str]:
    """What the index holds of a text, markup left out: its words, and the parts of its words."""
    cut = list(search_words(repair(_TAG.sub(" ", text)).text))
    words = ("".join(word) if len(word) == 1 else " ".join(("".join(word), *_runs(word))) for word in cut)
    return " ".join(words), " ".join(part for word in cut for part in word)


def _runs(parts: tuple[str, ...]) -> Iterator[str]:
    """Beginnings and ends of a compound, as somebody may type them: `งบประมาณ` of `ปี|งบ|ประมาณ`."""
    for at in range(1, len(parts)):
        yield "".join(parts[:at])
        yield "".join(parts[at:])


@contextmanager
def sqlite_database(folder: Path) -> Iterator[Sink]:
    """`ita.sqlite` and Datasette's `metadata.json`. Raises ArchiveError."""
    try:
        with closing(sqlite3.connect(folder / FILE)) as database:
            # Nobody reads the file before it is complete and renamed; a journal would only cost time.
            database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF;")
            for sheet in SHEETS:
                database.execute(_create(sheet))
            database.execute(
                f"CREATE VIRTUAL TABLE {INDEX} USING fts5(words, parts, content='', "
                "tokenize=\"unicode61 categories 'L* N* Co Mn Mc'\")"
            )
            yield _Database(database)
            for sheet in SHEETS:
                for column in _indexed(sheet):
                    database.execute(f'CREATE INDEX "{sheet.name}.{column}" ON "{sheet.name}" ("{column}")')
            database.execute(f"INSERT INTO {INDEX}({INDEX}) VALUES ('optimize')")
            database.execute("ANALYZE")
            database.commit()
    except sqlite3.Error as error:
        raise ArchiveError(f"cannot write {folder / FILE}: {error}") from error
    (folder / "metadata.json").write_bytes(msgspec.json.format(msgspec.json.encode(_metadata()), indent=1) + b"\n")


def _create(sheet: Sheet) -> str:
    if sheet.table is None:
        columns = ", ".join(f'"{c.name}" {"NUMERIC" if c.kind == "number" else c.kind}' for c in sheet.columns)
        return f'CREATE TABLE "{sheet.name}" ({columns})'
    return create_table(sheet.table, references=True, row_number=ROW if sheet.name == "blocks" else None)


def _indexed(sheet: Sheet) -> list[str]:
    """Columns that are asked for by value: references, and what leads to the document."""
    first = sheet.table.key[0] if sheet.table else None
    return [c.name for c in sheet.columns if (c.references or c.name == "document_id") and c.name != first]


class _Database:
    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._insert = {sheet.name: _insertion(sheet) for sheet in SHEETS}
        self._blocks = 0

    def write(self, name: str, rows: Iterable[Row], year: int | None) -> None:
        """See Sink."""
        if name == "blocks":
            rows = list(rows)
            self._index(rows)
        self._database.executemany(self._insert[name], ([_value(v) for v in row.values()] for row in rows))

    def _index(self, rows: list[Row]) -> None:
        first, self._blocks = self._blocks + 1, self._blocks + len(rows)
        texts = ((number, *_segmented(row["text_raw"] or "")) for number, row in enumerate(rows, start=first))
        self._database.executemany(f"INSERT INTO {INDEX}(rowid, words, parts) VALUES (?, ?, ?)", texts)


def _insertion(sheet: Sheet) -> str:
    names = ", ".join(f'"{column.name}"' for column in sheet.columns)
    return f'INSERT INTO "{sheet.name}" ({names}) VALUES ({", ".join("?" * len(sheet.columns))})'


def _value(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")  # the column's affinity makes a number of it
    return value


def _metadata() -> dict[str, Any]:
    tables = {sheet.name: _described(sheet) for sheet in SHEETS}
    tables["blocks"] |= {"fts_table": INDEX, "fts_pk": ROW}
    tables[INDEX] = {"hidden": True}
    search = (
        f'SELECT d.file_name, b.page, b.text_raw, b.document_id, b."where" FROM {INDEX} f JOIN blocks b '
        f"ON b.{ROW} = f.rowid JOIN documents d USING (document_id) WHERE {INDEX} MATCH :words ORDER BY rank LIMIT 100"
    )
    queries = {"search": {"title": "ค้นหาข้อความ", "description": "คำที่ค้น เว้นวรรคระหว่างคำ", "sql": search}}
    return {
        "title": "ข้อมูลจากแผนและรายงาน ITA",
        "databases": {Path(FILE).stem: {"tables": tables, "queries": queries}},
    }


def _described(sheet: Sheet) -> dict[str, Any]:
    return {
        "title": sheet.title_th,
        "description": sheet.title_en,
        "columns": {column.name: f"{column.title_th}: {column.description}" for column in sheet.columns},
    }
