"""The recipes of docs/importing.md, taken from the page and run against the real tools."""

from __future__ import annotations

import csv
import json
import os
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ita_extract.cli import EXIT_OK, main

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "importing.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("archive")
    assert (
        main(["run", str(ROOT / "samples"), "-o", str(out), "--quiet", "--format", "json,parquet,sqlite,xlsx"])
        == EXIT_OK
    )
    return out


def recipe(heading: str, language: str, archive: Path) -> str:
    """The code under a heading of the page, about this archive."""
    section = PAGE.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    blocks: list[str] = re.findall(rf"```{language}\n(.*?)```", section, re.DOTALL)
    return "\n".join(blocks).replace("OUT/", f"{archive}/")


def table(archive: Path, name: str) -> list[dict[str, str]]:
    with (archive / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_pandas(archive: Path) -> None:
    pytest.importorskip("pyarrow")
    found: dict[str, Any] = {}
    exec(recipe("pandas", "python", archive), found)
    assert len(found["indicators"]) == len(table(archive, "v_indicators"))
    assert found["indicators"]["document_id"].str.len().eq(16).all()
    of_year = {row["document_id"] for row in table(archive, "documents") if row["fiscal_year_be"] == "2566"}
    expected = [row for row in table(archive, "indicators") if row["document_id"] in of_year]
    assert len(found["by_year"]) == len(expected) > 0
    assert list(found["lines"]["plan_title"].dropna()) == [
        r["plan_title"] for r in table(archive, "plans") if r["plan_title"]
    ]


def test_duckdb(archive: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    plans, budgets = (
        duckdb.sql(text).fetchall() for text in recipe("DuckDB", "sql", archive).split(";") if text.strip()
    )
    assert sum(row[-1] for row in plans) == len(table(archive, "v_plan_register"))
    printed = sum(float(row["amount_thb"]) for row in table(archive, "budgets") if row["amount_thb"])
    assert float(sum(thb for _, thb in budgets if thb is not None)) == pytest.approx(printed)


def test_datasette(archive: Path) -> None:
    pytest.importorskip("datasette")
    command = recipe("SQLite and Datasette", "sh", archive).split()
    command[:1] = [sys.executable, "-m", "datasette"]

    def get(address: str) -> Any:
        done = subprocess.run([*command, "--get", address], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr + done.stdout
        return json.loads(done.stdout) if ".json" in address else done.stdout

    assert get("/ita/plans.json?_shape=array")[0]["plan_id"]
    found = get("/ita/blocks.json?_search=งบประมาณ&_shape=array")
    assert found
    assert all("งบ" in row["text_raw"] for row in found)
    assert get("/ita/search.json?words=งบประมาณ&_shape=array")[0]["file_name"]
    page = get("/ita/activities")
    assert "แผนงาน/มาตรการ/กิจกรรม/ขั้นตอน" in page
    assert '<a href="/ita/documents/' in page


def test_searching_in_python(archive: Path) -> None:
    found: dict[str, Any] = {}
    exec(recipe("SQLite and Datasette", "python", archive), found)
    assert all("ทุจริต" in text for _, _, text in found["found"])
    assert found["found"]


def test_libreoffice(archive: Path) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    command = recipe("Excel and LibreOffice", "sh", archive).split()
    profile = f"-env:UserInstallation=file://{archive}/profile"
    subprocess.run([*command[:2], profile, *command[2:]], check=True, capture_output=True, timeout=120)
    with zipfile.ZipFile(archive / "exports" / "ita.ods") as book:
        content = book.read("content.xml").decode()
    names = re.findall(r'<table:table table:name="([^"]+)"', content)
    assert "ทะเบียนแผน" in names
    assert set(re.findall(r'table:formula="([^"]*)"', content)) <= {"of:=TRUE()", "of:=FALSE()"}  # flags
    titles = [row["plan_title"] for row in table(archive, "plans") if row["plan_title"]]
    assert all(title in content for title in titles[:5] if "&" not in title)


# ------------------------------------------------------------------ PostgreSQL
def _programs() -> Path | None:
    """Where PostgreSQL's programs are: on the path, or where Debian puts them."""
    places = [Path(found).parent for found in [shutil.which("initdb")] if found]
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((place for place in places if (place / "initdb").exists() and (place / "pg_ctl").exists()), None)


@pytest.fixture
def postgresql() -> Iterator[dict[str, str]]:
    """A server of its own, reached by a socket in its folder only; the environment that leads `psql` there."""
    programs = _programs()
    if programs is None or shutil.which("psql") is None:
        pytest.skip("PostgreSQL is not installed")
    account: dict[str, Any] = {}
    if os.geteuid() == 0:  # it refuses to run as root
        try:
            pwd.getpwnam("postgres")
        except KeyError:
            pytest.skip("PostgreSQL does not run as root, and there is no user postgres")
        account = {"user": "postgres", "group": "postgres", "extra_groups": []}
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))
    if account:
        shutil.chown(folder, "postgres", "postgres")
    data = folder / "data"

    def call(*command: str | Path) -> None:
        subprocess.run(
            list(map(str, command)), check=True, stdout=subprocess.DEVNULL, timeout=60, cwd=folder, **account
        )

    try:
        call(programs / "initdb", "-D", data, "-U", "ita", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C.UTF-8")
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        call(programs / "pg_ctl", "-D", data, "-l", folder / "log", "-w", "-o", options, "start")
        environment = {**os.environ, "PGHOST": str(folder), "PGUSER": "ita"}
        subprocess.run(
            ["psql", "-d", "postgres", "-c", "CREATE DATABASE ita"], check=True, env=environment, capture_output=True
        )
        yield environment
        call(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def test_postgresql(archive: Path, tmp_path: Path, postgresql: dict[str, str]) -> None:
    script = recipe("PostgreSQL", "sh", archive).replace("ita-extract", f"{sys.executable} -m ita_extract.cli")
    environment = {**postgresql, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["bash", "-euc", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    for name in ("documents", "plans", "activities", "indicators", "budgets"):
        query = ["psql", "-d", "ita", "-Atc", f'SELECT count(*), sum(page) FROM "{name}"']
        if name == "documents":
            query[-1] = "SELECT count(*), sum(page_count) FROM documents"
        counted = subprocess.run(query, env=environment, capture_output=True, text=True, check=True).stdout.strip()
        rows = table(archive, name)
        pages = sum(int(row["page_count" if name == "documents" else "page"] or 0) for row in rows)
        assert counted == f"{len(rows)}|{pages}"


# ------------------------------------------------------------------ OpenRefine
def test_openrefine(archive: Path) -> None:
    """What OpenRefine's importer asks of a CSV: one separator, one width, strict UTF-8, names of columns once each."""
    data = (archive / "tables" / "v_indicators.csv").read_bytes().decode("utf-8", "strict")
    rows = list(csv.reader(data.splitlines(keepends=True), strict=True))
    assert len({len(row) for row in rows}) == 1
    assert len(set(rows[0])) == len(rows[0])
    assert {"agency", "target_unit", "units"} <= set(rows[0])
