"""Schemas derived from the record types: Frictionless data package, JSON Schema, SQL, and a table for reading."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from ita_extract import __version__
from ita_extract.export.sheets import SHEETS, Sheet
from ita_extract.records import BY_NAME, SCHEMA_VERSION, TABLES
from ita_extract.records.base import Column, TableInfo

_SQL_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "NUMERIC", "boolean": "BOOLEAN"}


def table_schema(
    columns: Iterable[Column], key: tuple[str, ...] = (), table: TableInfo | None = None
) -> dict[str, Any]:
    """A Frictionless Table Schema."""
    schema: dict[str, Any] = {"fields": [_field(column) for column in columns], "missingValues": [""]}
    if key:
        schema["primaryKey"] = list(key)
    if table is not None:
        foreign = [_foreign_key(column, table) for column in table.columns if column.references]
        if foreign:
            schema["foreignKeys"] = foreign
    return schema


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": column.kind,
        "title": column.title_th,
        "description": column.description,
    }
    if column.kind == "boolean":
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.enum:
        constraints["enum"] = list(column.enum)
    if constraints:
        field["constraints"] = constraints
    return field


def _foreign_key(column: Column, table: TableInfo) -> dict[str, Any]:
    target = BY_NAME[column.references or ""].table
    # Frictionless: an empty resource name means the table itself.
    resource = "" if target.name == table.name else target.name
    return {"fields": [column.name], "reference": {"resource": resource, "fields": [target.key[0]]}}


def data_package(path: str = "tables/{name}.csv", media_type: str = "text/csv", *, excel: bool = False) -> bytes:
    """A `datapackage.json` for tables at `path`; by default that of an archive, for the CSV files in `tables/`."""
    package = {
        "name": "ita-extract",
        "title": "ข้อมูลจากแผนและรายงาน ITA",
        "description": "Records of Thai government ITA plans and reports",
        "version": SCHEMA_VERSION,
        "created_by": f"ita-extract {__version__}",
        "resources": [_resource(sheet, path, media_type, excel=excel) for sheet in SHEETS],
    }
    return msgspec.json.format(msgspec.json.encode(package), indent=1) + b"\n"


def _resource(sheet: Sheet, path: str, media_type: str, *, excel: bool) -> dict[str, Any]:
    resource: dict[str, Any] = {
        "name": sheet.name,
        "path": path.format(name=sheet.name),
        "title": sheet.title_th,
        "description": sheet.title_en,
        "mediatype": media_type,
    }
    if path.endswith((".csv", ".jsonl")):
        resource |= {"profile": "tabular-data-resource", "format": Path(path).suffix[1:], "encoding": "utf-8"}
    if path.endswith(".csv"):
        resource |= {"encoding": "utf-8-sig" if excel else "utf-8", "dialect": {"lineTerminator": "\n"}}
    key = sheet.table.key if sheet.table else ()
    return {**resource, "schema": table_schema(sheet.columns, key, sheet.table)}


def json_schema() -> bytes:
    """JSON Schema of `records/<document_id>.json`."""
    definitions = {t.table.name: _json_object(t.table) for t in TABLES}
    properties: dict[str, Any] = {name: {"type": "array", "items": body} for name, body in definitions.items()}
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "ita-extract document records",
        "type": "object",
        "required": ["schema_version", "document_id", "documents"],
        "properties": {
            "schema_version": {"const": SCHEMA_VERSION},
            "document_id": {"type": "string"},
            "warnings": {"type": "array", "items": {"type": "string"}},
            **properties,
        },
        "additionalProperties": False,
    }
    return msgspec.json.format(msgspec.json.encode(schema), indent=1) + b"\n"


def _json_object(table: TableInfo) -> dict[str, Any]:
    return {
        "type": "object",
        "title": table.title_th,
        "description": table.title_en,
        "required": [column.name for column in table.columns],
        "properties": {column.name: _json_property(column) for column in table.columns},
        "additionalProperties": False,
    }


def _json_property(column: Column) -> dict[str, Any]:
    body: dict[str, Any] = {"title": column.title_th, "description": column.description}
    if column.enum:
        body["enum"] = list(column.enum) if column.required else [*column.enum, None]
    else:
        body["type"] = column.kind if column.required else [column.kind, "null"]
    return body


def sql() -> str:
    """CREATE TABLE statements (SQLite and PostgreSQL)."""
    return "\n\n".join(create_table(t.table) + ";" for t in TABLES) + "\n"


def create_table(table: TableInfo, *, references: bool = False, row_number: str | None = None) -> str:
    """A CREATE TABLE statement; with `references` to other tables, and with a column that numbers the rows."""
    lines = [f'  "{c.name}" {_SQL_TYPES[c.kind]}{" NOT NULL" if c.required else ""}' for c in table.columns]
    key = ", ".join(f'"{name}"' for name in table.key)
    if row_number:
        lines.insert(0, f'  "{row_number}" INTEGER PRIMARY KEY')
    lines.append(f"  UNIQUE ({key})" if row_number else f"  PRIMARY KEY ({key})")
    if references:
        for column in table.columns:
            if column.references:
                target = f'"{column.references}" ("{BY_NAME[column.references].table.key[0]}")'
                lines.append(f'  FOREIGN KEY ("{column.name}") REFERENCES {target}')
    body = ",\n".join(lines)
    return f'-- {table.title_th} ({table.title_en})\nCREATE TABLE "{table.name}" (\n{body}\n)'


def markdown() -> str:
    """All tables with their columns, for reading."""
    return "\n".join(_section(t.table) for t in TABLES)


def _section(table: TableInfo) -> str:
    bar = " \\| "
    rows = "\n".join(
        f"| `{c.name}` | {bar.join(c.enum) if c.enum else c.kind} | {c.title_th} | {c.description} |"
        for c in table.columns
    )
    head = f"### {table.name} — {table.title_th}\n{table.title_en}. Key: {', '.join(f'`{k}`' for k in table.key)}.\n"
    return f"{head}\n| column | type | ชื่อ | meaning |\n|---|---|---|---|\n{rows}\n"
