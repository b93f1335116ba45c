"""All records of one document, and their JSON form: the archive's unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec

from ita_extract.errors import ArchiveError
from ita_extract.records import BY_NAME, SCHEMA_VERSION, TABLES, Record

if TYPE_CHECKING:
    import pandas as pd

_ENCODER = msgspec.json.Encoder(decimal_format="number", order="deterministic")
NOT_PER_DOCUMENT = frozenset({"findings", "document_links", "runs"})
"""Tables that are made over the whole archive, not document by document."""


@dataclass(frozen=True, slots=True)
class Records:
    """The records of one document by table name. Tables without rows are present and empty."""

    document_id: str
    tables: Mapping[str, tuple[Record, ...]]
    warnings: tuple[str, ...] = ()

    def __getitem__(self, table: str) -> tuple[Record, ...]:
        if table not in BY_NAME:
            raise KeyError(f"no table '{table}'; the tables are {', '.join(BY_NAME)}")
        return self.tables.get(table, ())

    def rows(self, table: str) -> list[dict[str, Any]]:
        """The rows of a table as dictionaries, columns in the order of the contract."""
        columns = [column.name for column in BY_NAME[table].table.columns]
        return [{name: getattr(record, name) for name in columns} for record in self[table]]

    def frame(self, table: str) -> pd.DataFrame:
        """A table as a pandas DataFrame (integers and booleans keep their nulls)."""
        import pandas as pd

        columns = BY_NAME[table].table.columns
        frame = pd.DataFrame(self.rows(table), columns=[column.name for column in columns])
        kinds = {"integer": "Int64", "boolean": "boolean", "string": "string"}
        return frame.astype({c.name: kinds[c.kind] for c in columns if c.kind in kinds})

    def to_json(self) -> bytes:
        """The archive form: one JSON object, one array per table. The same records give the same bytes."""
        document: dict[str, Any] = {"schema_version": SCHEMA_VERSION, "document_id": self.document_id}
        for record_type in TABLES:
            name = record_type.table.name
            if name not in NOT_PER_DOCUMENT:
                document[name] = self.rows(name)
        if self.warnings:
            document["warnings"] = list(self.warnings)
        return msgspec.json.format(_ENCODER.encode(document), indent=1) + b"\n"


def make_records(document_id: str, rows: Iterable[Record], warnings: tuple[str, ...] = ()) -> Records:
    """Groups rows by table, keeping their order."""
    tables: dict[str, list[Record]] = {record_type.table.name: [] for record_type in TABLES}
    for row in rows:
        tables[row.table.name].append(row)
    return Records(document_id, {name: tuple(found) for name, found in tables.items()}, warnings)


def from_json(data: bytes) -> Records:
    """Reads a document of the archive back. Raises ArchiveError when it is not one."""
    try:
        file: Any = _decoder().decode(data)
    except msgspec.MsgspecError as error:
        raise ArchiveError(f"not a document of the archive: {error}") from error
    tables = {t.table.name: tuple(getattr(file, t.table.name)) for t in TABLES}
    return Records(file.document_id, tables, tuple(file.warnings))


@cache
def _decoder() -> msgspec.json.Decoder[Any]:
    """Decodes straight into the record types, so that `85.50` stays the decimal that was printed."""
    fields: list[Any] = [("schema_version", str), ("document_id", str), ("warnings", list[str], [])]
    fields += [(t.table.name, list[t], []) for t in TABLES]  # type: ignore[valid-type]
    return msgspec.json.Decoder(msgspec.defstruct("DocumentFile", fields, kw_only=True, forbid_unknown_fields=True))
