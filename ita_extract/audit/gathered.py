"""Findings in the order of their documents, however they come: they wait in a file for those that come before them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import msgspec

from ita_extract.records import Finding

_TABLE = """
CREATE TABLE findings (
  document TEXT, place INTEGER, finding TEXT, other TEXT, row BLOB, PRIMARY KEY (document, place, finding)
) WITHOUT ROWID;
CREATE INDEX by_place ON findings (place, document, other)
"""
_COUNTS = "SELECT count(*), count(DISTINCT document || ' ' || coalesce(other, '')) FROM findings WHERE place = ?"


class Gathered:
    """Findings by document, then by the place that they were given, then by id; memory stays flat."""

    def __init__(self) -> None:
        # A database without a name lies in a temporary file of its own.
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_TABLE}; BEGIN")

    def __enter__(self) -> Gathered:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def add(self, row: Finding, place: int) -> None:
        """Takes a finding in. One with the id of an earlier one at the same place replaces it."""
        values = row.document_id, place, row.finding_id, row.other_document_id, msgspec.json.encode(row)
        self._database.execute("INSERT OR REPLACE INTO findings VALUES (?, ?, ?, ?, ?)", values)

    def counts(self, place: int) -> tuple[int, int]:
        """In how many documents, or pairs of documents, there are findings at a place, and how many findings."""
        found, documents = self._database.execute(_COUNTS, (place,)).fetchone()
        return documents, found

    def __iter__(self) -> Iterator[Finding]:
        rows = self._database.execute("SELECT row FROM findings ORDER BY document, place, finding")
        return (msgspec.json.decode(row, type=Finding) for (row,) in rows)
