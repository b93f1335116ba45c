"""The contract: tables, columns, keys; schemas derived from them; the JSON form and back."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest

from ita_extract.archive import Archive
from ita_extract.errors import ArchiveError, PointerError
from ita_extract.export import schemas
from ita_extract.export.csv_tables import cell, write_tables
from ita_extract.records import TABLES, TAIL, Activity, BlockRecord, DocumentRecord, Located, Plan
from ita_extract.records.bundle import Records, from_json, make_records

NO_TAIL = {"documents", "pages", "runs", "provenance", "findings", "document_links"}


def make(document_id: str = "0123456789abcdef") -> Records:
    """A small document: one plan, an activity with its step, two blocks."""
    return make_records(
        document_id,
        [
            DocumentRecord(document_id=document_id, file_name="ก.txt", coverage_ratio=Decimal("0.5")),
            BlockRecord(document_id=document_id, block_id=f"{document_id}/b1", text_raw="หนึ่ง\n", page=1, where="p1/b1"),
            BlockRecord(document_id=document_id, block_id=f"{document_id}/b2", text_raw="สอง", page=1, where="p1/b2"),
            Plan(document_id=document_id, plan_id=f"{document_id}/P1", plan_title="=1+1", goal_value=Decimal("85.50")),
            Activity(document_id=document_id, activity_id=f"{document_id}/A1", plan_id=f"{document_id}/P1"),
            Activity(
                document_id=document_id,
                activity_id=f"{document_id}/A1.1",
                parent_id=f"{document_id}/A1",
                in_plan_table=True,
            ),
        ],
    )


def test_every_table_has_a_key_among_its_columns_and_unique_letters() -> None:
    names = [t.table.name for t in TABLES]
    assert len(set(names)) == len(names) == 31
    for record_type in TABLES:
        columns = [c.name for c in record_type.table.columns]
        assert set(record_type.table.key) <= set(columns)
        assert len(set(columns)) == len(columns)


@pytest.mark.parametrize("record_type", TABLES, ids=lambda t: t.table.name)
def test_every_table_ends_with_the_common_tail(record_type: type) -> None:
    columns = [c.name for c in record_type.table.columns]  # type: ignore[attr-defined]
    if record_type.table.name in NO_TAIL:  # type: ignore[attr-defined]
        assert not issubclass(record_type, Located)
    else:
        assert tuple(columns[-5:]) == TAIL


@pytest.mark.parametrize("record_type", TABLES, ids=lambda t: t.table.name)
def test_every_column_has_a_thai_title_and_a_meaning(record_type: type) -> None:
    for column in record_type.table.columns:  # type: ignore[attr-defined]
        assert any("\u0e00" <= char <= "\u0e7f" for char in column.title_th), column.name
        assert len(column.description) > 2, column.name


def test_json_form_round_trips_and_fits_its_schema() -> None:
    records = make()
    data = records.to_json()
    assert from_json(data).to_json() == data
    jsonschema.validate(json.loads(data), json.loads(schemas.json_schema()))


def test_damaged_json_is_a_typed_error() -> None:
    for data in (b"", b"{", b"[]", b'{"document_id": 3}', make().to_json()[:-200]):
        with pytest.raises(ArchiveError):
            from_json(data)


def test_csv_values() -> None:
    assert cell(None, excel=False) == ""
    assert cell(True, excel=False) == "true"
    assert cell(Decimal("1E+3"), excel=False) == "1000"
    assert cell("=1+1", excel=False) == "=1+1"
    assert [cell(start + "x", excel=True)[0] for start in "=+-@\t\r"] == ["'"] * 6
    assert cell(Decimal("-5"), excel=True) == "-5"


def test_tables_and_package_fit_each_other(tmp_path: Path) -> None:
    from frictionless import Package

    archive = Archive(tmp_path)
    archive.add(make())
    archive.add(make("fedcba9876543210"))
    counts = write_tables(archive)
    assert counts["activities"] == 4
    (tmp_path / "datapackage.json").write_bytes(schemas.data_package())
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "message"])
    with (tmp_path / "tables" / "plans.csv").open(encoding="utf-8", newline="") as stream:
        row = next(csv.DictReader(stream))
    assert row["goal_value"] == "85.50"
    assert row["risk_text"] == ""


def test_a_broken_foreign_key_is_seen_by_the_validator(tmp_path: Path) -> None:
    from frictionless import Package

    archive = Archive(tmp_path)
    archive.add(make_records("0" * 16, [Activity(document_id="0" * 16, activity_id="a", parent_id="nowhere")]))
    write_tables(archive)
    (tmp_path / "datapackage.json").write_bytes(schemas.data_package())
    assert not Package(str(tmp_path / "datapackage.json")).validate().valid


def test_sql_creates_every_table() -> None:
    import sqlite3

    connection = sqlite3.connect(":memory:")
    connection.executescript(schemas.sql())
    created = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert created == {t.table.name for t in TABLES}


def test_pointers_lead_to_verbatim_text_or_a_typed_error(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.add(make())
    document = "0123456789abcdef"
    assert archive.verbatim(f"{document}/p1/b1:0-5") == ("ก.txt", "หนึ่ง")
    assert archive.verbatim(f"{document}/p1/b2")[1] == "สอง"
    assert archive.verbatim(f"{document}/p1/b1:0-9")[1] == "หนึ่ง\nสอง"
    for pointer in ("", "x", f"{document}/p1/b9", f"{document}/p2/b1", f"{document}/p1/b1:0-99"):
        with pytest.raises(PointerError):
            archive.verbatim(pointer)
    with pytest.raises(ArchiveError):
        archive.verbatim("f" * 16 + "/p1/b1")


def test_frames_keep_nulls_apart_from_zero_and_false() -> None:
    frame = make().frame("activities")
    assert frame["in_plan_table"].isna().tolist() == [True, False]
    assert str(frame["number"].dtype) == "Int64"
