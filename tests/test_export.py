"""The formats of `export`: the same rows in each, keys, search, headings, and nothing that a program would run."""

from __future__ import annotations

import csv
import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ita_extract.archive import Archive
from ita_extract.cli import EXIT_OK, EXIT_USAGE, main
from ita_extract.errors import ArchiveError, FilterError
from ita_extract.export.formats import FORMATS, export
from ita_extract.export.parquet import exact
from ita_extract.export.sheets import SHEETS, Selection
from ita_extract.export.sqlite import match_expression
from ita_extract.export.where import Where
from ita_extract.records import BlockRecord, DocumentRecord
from ita_extract.records.bundle import from_json, make_records
from ita_extract.thai.text import repair

ROOT = Path(__file__).resolve().parents[1]
HOSTILE = (
    'ชื่อโครงการ : =HYPERLINK("http://x",1)\nวัตถุประสงค์ : @SUM(1)\nเป้าหมาย : +1+1|cmd ร้อยละ 90\nปีงบประมาณ พ.ศ. 2566\n'
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    (folder / "in").mkdir()
    (folder / "in" / "hostile.txt").write_text(HOSTILE, encoding="utf-8")
    out = folder / "out"
    assert main(["run", str(ROOT / "samples"), str(folder / "in"), "-o", str(out), "--quiet"]) == EXIT_OK
    assert main(["export", str(out), "--format", "csv,json,parquet,sqlite,duckdb,xlsx"]) == EXIT_OK
    return out


def table(archive: Path, name: str) -> list[dict[str, str]]:
    with (archive / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def counts(archive: Path) -> dict[str, int]:
    return {sheet.name: len(table(archive, sheet.name)) for sheet in SHEETS}


@pytest.fixture
def database(archive: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(archive / "exports" / "sqlite" / "ita.sqlite")
    yield connection
    connection.close()


# ------------------------------------------------------------------ the same rows everywhere
def test_csv_is_that_of_the_archive(archive: Path) -> None:
    for sheet in SHEETS:
        name = f"{sheet.name}.csv"
        assert (archive / "exports" / "csv" / name).read_bytes() == (archive / "tables" / name).read_bytes()


def test_json_lines(archive: Path, counts: dict[str, int]) -> None:
    for sheet in SHEETS:
        lines = (archive / "exports" / "jsonl" / f"{sheet.name}.jsonl").read_text(encoding="utf-8").splitlines()
        assert len(lines) == counts[sheet.name]
        assert all(list(json.loads(line)) == [column.name for column in sheet.columns] for line in lines)


def test_parquet(archive: Path, counts: dict[str, int]) -> None:
    dataset = pytest.importorskip("pyarrow.dataset")

    def read(name: str) -> Any:
        return dataset.dataset(archive / "exports" / "parquet" / name, partitioning="hive").to_table()

    for sheet in SHEETS:
        found = read(sheet.name)
        assert found.num_rows == counts[sheet.name], sheet.name
        assert found.column_names[:-1] == [column.name for column in sheet.columns]
    budgets = read("budgets").to_pylist()
    printed = {row["budget_id"]: row["amount"] for row in table(archive, "budgets")}
    assert {row["budget_id"]: row["amount"] for row in budgets} == {
        key: Decimal(amount) if amount else None for key, amount in printed.items()
    }
    years = {row["document_id"]: row["fiscal_year_be"] for row in table(archive, "documents")}
    assert all(str(row["document_fiscal_year_be"] or "") == years[row["document_id"]] for row in budgets)


def test_sqlite(database: sqlite3.Connection, counts: dict[str, int]) -> None:
    for sheet in SHEETS:
        assert database.execute(f'SELECT count(*) FROM "{sheet.name}"').fetchone() == (counts[sheet.name],)
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    plan = database.execute("EXPLAIN QUERY PLAN SELECT * FROM indicators WHERE document_id = 'x'").fetchall()
    assert "USING INDEX" in plan[0][3]


def test_duckdb(archive: Path, counts: dict[str, int]) -> None:
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect(str(archive / "exports" / "duckdb" / "ita.duckdb"), read_only=True) as database:
        for sheet in SHEETS:
            assert database.execute(f'SELECT count(*) FROM "{sheet.name}"').fetchone() == (counts[sheet.name],)
        texts = dict(database.execute("SELECT block_id, text_raw FROM blocks").fetchall())
        comment = database.execute("SELECT comment FROM duckdb_tables() WHERE table_name = 'plans'").fetchone()
    assert comment == ("แผน",)
    printed = {row["block_id"]: row["text_raw"] or None for row in table(archive, "blocks")}
    assert texts == printed


def test_workbook(archive: Path, counts: dict[str, int]) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(archive / "exports" / "xlsx" / "ita.xlsx")
    pages = dict(
        zip([s for s in SHEETS if not s.table] + [s for s in SHEETS if s.table], book.worksheets[1:], strict=True)
    )
    for sheet, page in pages.items():
        assert page.max_row == max(1, counts[sheet.name]) + (counts[sheet.name] > 0), sheet.name
        assert [cell.value for cell in page[1]] == [column.title_th for column in sheet.columns]
        assert page.freeze_panes == "A2"
        assert page.auto_filter.ref
        assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)
        assert not page._hyperlinks
    plans = next(page for sheet, page in pages.items() if sheet.name == "plans")
    titles = [row for row in plans.iter_rows(min_row=2) if any(str(c.value).startswith("=HYPERLINK") for c in row)]
    assert titles
    assert titles[0][0].alignment.wrap_text


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_has_its_data_package(archive: Path, form: str) -> None:
    folder = archive / "exports" / form
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert [resource["name"] for resource in package["resources"]] == [sheet.name for sheet in SHEETS]
    assert all((folder / resource["path"]).exists() for resource in package["resources"])
    if form == "csv":
        frictionless = pytest.importorskip("frictionless")
        report = frictionless.Package(str(folder / "datapackage.json")).validate()
        assert report.valid, report.flatten(["resourceName", "rowNumber", "fieldName", "note"])[:5]


# ------------------------------------------------------------------ search
@pytest.mark.parametrize("phrase", ["การทุจริต", "งบประมาณ", "ผู้บริหาร", "โปร่งใส", "แผนปฏิบัติการ"])
def test_thai_text_is_found(database: sqlite3.Connection, phrase: str) -> None:
    query = "SELECT block_id FROM blocks JOIN blocks_fts ON blocks_fts.rowid = row_no WHERE blocks_fts MATCH ?"
    blocks = database.execute("SELECT block_id, text_raw FROM blocks")
    printed = {key for key, text in blocks if phrase in repair(text).text}
    assert len(printed) > 3
    by_phrase = {key for (key,) in database.execute(query, [match_expression(phrase)])}
    assert len(by_phrase & printed) >= 0.95 * len(printed)
    assert len(by_phrase - printed) <= 0.05 * len(printed)
    if phrase in ("งบประมาณ", "ผู้บริหาร", "โปร่งใส"):  # words of the dictionary may be typed as they are
        typed = {key for (key,) in database.execute(query, [phrase])}
        assert len(typed & printed) >= 0.7 * len(printed)


def test_a_query_is_no_syntax() -> None:
    assert match_expression('"OR" NEAR(').count('"') % 2 == 0


def test_a_text_as_long_as_a_file_may_be(tmp_path: Path) -> None:
    """Rows of megabytes go into every format."""
    document, text = "0" * 16, 'ก"' * 700_000
    block = BlockRecord(document_id=document, block_id=f"{document}/b1", text_raw=text)
    archive = Archive(tmp_path)
    archive.add(make_records(document, [DocumentRecord(document_id=document), block]))
    assert main(["export", str(tmp_path), "--format", ",".join(FORMATS)]) == EXIT_OK
    with pytest.importorskip("duckdb").connect(str(tmp_path / "exports" / "duckdb" / "ita.duckdb")) as database:
        assert database.execute("SELECT text_raw FROM blocks").fetchone() == (text,)


# ------------------------------------------------------------------ some documents
def test_only_what_is_asked_for(archive: Path, tmp_path: Path) -> None:
    arguments = ["export", str(archive), "--format", "csv,sqlite", "-o", str(tmp_path)]
    assert main([*arguments, "--where", "fiscal_year_be = ๒๕๖๖", "--where", "coverage_ratio>=0.5"]) == EXIT_OK
    with (tmp_path / "csv" / "documents.csv").open(encoding="utf-8", newline="") as stream:
        chosen = list(csv.DictReader(stream))
    expected = [row for row in table(archive, "documents") if row["fiscal_year_be"] == "2566"]
    assert chosen == [row for row in expected if float(row["coverage_ratio"]) >= 0.5]
    assert 0 < len(chosen) < len(table(archive, "documents"))
    with sqlite3.connect(tmp_path / "sqlite" / "ita.sqlite") as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("agency~เทศบาล", True),
        ("agency ~ อำเภอ", False),
        ("fiscal_year_be!=2565", True),
        ("fiscal_year_be<2566", False),
        ("coverage_ratio>=0.90", True),
        ("doc_type=plan", True),
        ("title=", True),
        ("title!=", False),
        ("title~x", False),
    ],
)
def test_conditions(condition: str, holds: bool) -> None:
    document: dict[str, Any] = {"agency": "เทศบาลตำบลสมมุติ", "fiscal_year_be": 2566, "doc_type": "plan", "title": None}
    document["coverage_ratio"] = Decimal("0.9")
    assert Where.parse([condition]).holds(document) is holds


@pytest.mark.parametrize("condition", ["", "nonsense", "no_column=1", "fiscal_year_be=สอง", "fiscal_year_be~25"])
def test_conditions_that_make_no_sense(condition: str, archive: Path) -> None:
    with pytest.raises(FilterError):
        Where.parse([condition])
    assert main(["export", str(archive), "--format", "csv", "--where", condition]) == EXIT_USAGE


# ------------------------------------------------------------------ whole or not at all
def test_an_export_that_fails_leaves_the_old_one(archive: Path, tmp_path: Path) -> None:
    export(Selection(Archive(archive)), tmp_path, ["csv", "sqlite"])
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    broken = tmp_path / "broken"
    (broken / "records").mkdir(parents=True)
    for path in (archive / "records").iterdir():
        (broken / "records" / path.name).write_bytes(path.read_bytes())
    last = max((broken / "records").iterdir())
    last.write_bytes(last.read_bytes()[:-100])
    with pytest.raises(ArchiveError, match=last.name) as caught:
        export(Selection(Archive(broken)), tmp_path, ["csv", "sqlite"])
    assert "Delete" in caught.value.remedy
    assert {path: path.read_bytes() for path in before} == before
    assert not list(tmp_path.glob(".*"))


def test_numbers_that_do_not_fit() -> None:
    assert exact(Decimal("85.50")) == Decimal("85.5")
    assert exact(Decimal("0.1234567890123")) == Decimal("0.123456789012")
    assert exact(Decimal("1e30")) is None
    assert exact(Decimal("12345678901234567890123456.5")) == Decimal("12345678901234567890123456.5")


def test_a_missing_package_is_named(archive: Path) -> None:
    code = (
        "import sys; sys.modules['xlsxwriter'] = None; from ita_extract.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    arguments = [sys.executable, "-c", code, "export", str(archive), "--format", "xlsx"]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    assert done.returncode == EXIT_USAGE
    assert "pip install 'ita-extract[xlsx]'" in done.stderr


def test_records_with_more_rows_than_are_held(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Parquet files are written in parts when rows or files get too many."""
    dataset = pytest.importorskip("pyarrow.dataset")
    monkeypatch.setattr("ita_extract.export.parquet._HELD", 50)
    monkeypatch.setattr("ita_extract.export.parquet._OPEN", 3)
    export(Selection(Archive(archive)), tmp_path, ["parquet"])
    first = from_json(next((archive / "records").iterdir()).read_bytes())
    assert first.document_id
    for name in ("blocks", "provenance"):
        assert dataset.dataset(tmp_path / "parquet" / name).count_rows() == len(table(archive, name))


def test_a_table_longer_than_a_sheet(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    monkeypatch.setattr("ita_extract.export.workbook.MAX_ROWS", 100)
    monkeypatch.setattr("ita_extract.export.workbook.MAX_TEXT", 200)
    export(Selection(Archive(archive)), tmp_path, ["xlsx"])
    book = openpyxl.load_workbook(tmp_path / "xlsx" / "ita.xlsx", read_only=True)
    pages = [page for page in book.worksheets if page.title.startswith("แผนรายเดือน")]
    assert sum(page.max_row - 1 for page in pages) == len(table(archive, "timeline_months"))
    texts = [
        str(c.value) for page in book.worksheets[1:] for row in page.iter_rows() for c in row if c.value is not None
    ]
    assert max(map(len, texts)) == 200
    assert any("ตัดให้พอดี" in text for text in texts)
