"""Several documents as the rules that compare them see them: one table per record type, to be asked with SQL.

The tables lie in a database file, so that memory stays flat however many documents there are.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from ita_extract.audit.results import Side
from ita_extract.audit.rule import Option
from ita_extract.errors import ArchiveError
from ita_extract.export.duckdb_file import FILE, duckdb_database
from ita_extract.export.sheets import Row, Sink
from ita_extract.records import TABLES
from ita_extract.records.bundle import NOT_PER_DOCUMENT, Records
from ita_extract.thai.text import key

LEFT_OUT = frozenset({"blocks", "provenance", *NOT_PER_DOCUMENT})
"""Tables that stay empty: the whole text and its places, which are most of an archive, and what no document holds."""
_COMPARED = tuple(t.table.name for t in TABLES if t.table.name not in LEFT_OUT)
_MEMORY = "1GB"
_BATCH = 2000
_TABLES = """
CREATE TABLE agency_documents AS
SELECT document_id, key(agency) AS agency_key, agency, doc_type, fiscal_year_be, reporting_round, title_raw, file_name
FROM documents WHERE agency IS NOT NULL AND agency_basis IS DISTINCT FROM 'unknown'
"""


class Comparison:
    """All documents under audit. `options` are those of the rule that is running.

    Tables and columns are those of the contract; numbers are decimals. Besides there are the SQL function `key(text)`,
    which gives texts that a reader takes for the same the same value, and `agency_documents`: documents whose agency
    is known, with `agency_key`.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self.options: Mapping[str, Option] = {}

    def sql(self, query: str, *parameters: Any) -> Iterator[Row]:
        """The rows of a query as dictionaries, never many in memory; `?` stands for a parameter."""
        cursor = self.connection.cursor().execute(query, list(parameters))
        names = [column[0] for column in cursor.description or ()]
        while rows := cursor.fetchmany(_BATCH):
            for row in rows:
                yield dict(zip(names, row, strict=True))

    @staticmethod
    def side(row: Row, name: str, text: str | None = None) -> Side:
        """One side of a finding from the columns `<name>_document_id`, `_id`, `_where`, `_page`, `_confidence` and
        `_text` of a row; all but the first may be missing."""
        return Side(
            document_id=row[f"{name}_document_id"],
            text=(row.get(f"{name}_text") if text is None else text) or "",
            where=row.get(f"{name}_where"),
            page=row.get(f"{name}_page"),
            record_id=row.get(f"{name}_id"),
            confidence=row.get(f"{name}_confidence"),
        )


@contextmanager
def comparison(documents: Iterable[Records]) -> Iterator[Comparison]:
    """Takes in documents, one in memory at a time, and opens them for being compared.

    Raises ArchiveError where there is no room for the tables.
    """
    with tempfile.TemporaryDirectory(prefix="ita-audit-") as name:
        folder = Path(name)
        with duckdb_database(folder) as sink:
            for records in documents:
                _add(sink, records)
        try:
            # Two threads: the order of rows is asked for where it matters, and memory grows with threads.
            settings: dict[str, Any] = {"memory_limit": _MEMORY, "threads": 2, "temp_directory": str(folder / "spill")}
            with duckdb.connect(str(folder / FILE), config=settings) as connection:
                connection.create_function("key", key, ["VARCHAR"], "VARCHAR")
                connection.execute(_TABLES)
                yield Comparison(connection)
        except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
            remedy = "Make room in the folder for temporary files, or name another one in TMPDIR."
            raise ArchiveError(f"the documents cannot be compared: {error}", remedy=remedy) from error


def _add(sink: Sink, records: Records) -> None:
    for name in _COMPARED:
        if rows := records.rows(name):
            sink.write(name, rows, None)
