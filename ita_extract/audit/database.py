"""The database in which documents are compared, with as little memory as will do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

_LEAST, _MOST = 192, 3072
"""MB that DuckDB may hold of the tables; beyond, it writes to the temporary folder. The first suffices for the records
of 100,000 documents; a query for which it does not gets twice as much, up to the second."""


def connected(path: Path) -> duckdb.DuckDBPyConnection:
    """Opens a database file for queries that ask for an order where it matters."""
    # One thread: memory grows with threads, and the comparison takes a tenth of an audit's time.
    settings: dict[str, Any] = {
        "memory_limit": f"{_LEAST}MB",
        "threads": 1,
        "preserve_insertion_order": False,
        "temp_directory": str(path.parent / "spill"),
    }
    return duckdb.connect(str(path), config=settings)


def executed(connection: duckdb.DuckDBPyConnection, query: str, *parameters: Any) -> duckdb.DuckDBPyConnection:
    """A query's result. Where memory does not suffice it is run again with twice as much: it must bear that.

    Raises duckdb.OutOfMemoryException where the most does not suffice either.
    """
    limit = _LEAST
    while limit < _MOST:
        try:
            return connection.execute(query, list(parameters))
        except duckdb.OutOfMemoryException:
            limit *= 2
            connection.execute(f"SET memory_limit = '{limit}MB'")
    return connection.execute(query, list(parameters))
