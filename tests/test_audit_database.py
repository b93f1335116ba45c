"""The database in which documents are compared."""

from pathlib import Path

import duckdb
import pytest

from ita_extract.audit import database
from ita_extract.audit.database import connected, executed

# A list lies in memory as a whole: 24 MB of numbers.
LIST = "SELECT len(list(range)) FROM range(?)"
NUMBERS = 3_000_000


def test_more_memory_where_it_does_not_suffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_LEAST", 16)
    with connected(tmp_path / "own.duckdb") as connection:
        with pytest.raises(duckdb.OutOfMemoryException):
            connection.execute(LIST, [NUMBERS])
        assert executed(connection, LIST, NUMBERS).fetchall() == [(NUMBERS,)]


def test_not_more_than_the_most(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_LEAST", 16)
    monkeypatch.setattr(database, "_MOST", 16)
    with connected(tmp_path / "own.duckdb") as connection, pytest.raises(duckdb.OutOfMemoryException):
        executed(connection, LIST, NUMBERS)
