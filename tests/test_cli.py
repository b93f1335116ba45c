"""The command line end to end: runs, resumption, bad input, exit codes, the archive it leaves behind."""

from __future__ import annotations

import contextlib
import csv
import json
import os
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from ita_extract import extract, extract_bytes
from ita_extract.cli import EXIT_ALL_FAILED, EXIT_OK, EXIT_SOME_FAILED, EXIT_USAGE, main
from ita_extract.errors import EmptyInputError

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "samples"
PLAN = SAMPLES / "plan-form" / "source.txt"


def run(*arguments: str | Path) -> int:
    return main(["run", *map(str, arguments), "--quiet"])


def rows(out: Path, table: str) -> list[dict[str, str]]:
    with (out / "tables" / f"{table}.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def history(out: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (out / "runs.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("archive")
    assert run(SAMPLES, "-o", out) == EXIT_OK
    return out


# ------------------------------------------------------------------ the archive
def test_one_record_file_per_document(archive: Path) -> None:
    documents = rows(archive, "documents")
    assert len(documents) == len([*SAMPLES.glob("*/source.*"), *SAMPLES.glob("archive/*-*.*")])
    for document in documents:
        whole = json.loads((archive / "records" / f"{document['document_id']}.json").read_text(encoding="utf-8"))
        assert whole["documents"][0]["file_name"] == document["file_name"]


def test_the_archive_is_a_valid_data_package(archive: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    os.chdir(archive)
    try:
        report = frictionless.Package("datapackage.json").validate()
    finally:
        os.chdir(ROOT)
    assert report.valid, report.flatten(["resourceName", "rowNumber", "fieldName", "note"])[:5]


def test_every_pointer_shows_its_text(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for row in rows(archive, "plan_fields")[:5]:
        assert main(["show", str(archive), f"{row['document_id']}/{row['where']}"]) == EXIT_OK
        assert capsys.readouterr().out.rstrip("\n") == row["source_text"].rstrip("\n")


def test_the_python_interface_gives_the_same_records(archive: Path) -> None:
    records = extract(PLAN)
    in_archive = [row for row in rows(archive, "activities") if row["document_id"] == records.document_id]
    assert [row["title"] for row in in_archive] == [row["title"] for row in records.rows("activities")]
    assert len(records.frame("activities")) == len(in_archive)
    assert extract_bytes(PLAN.read_bytes(), PLAN.name).rows("activities") == records.rows("activities")


def test_the_same_bytes_give_the_same_bytes(archive: Path, tmp_path: Path) -> None:
    assert run(SAMPLES, "-o", tmp_path, "--jobs", "2") == EXIT_OK
    for path in sorted((archive / "tables").glob("*.csv")):
        if path.stem != "runs":
            assert path.read_bytes() == (tmp_path / "tables" / path.name).read_bytes(), path.name


def test_csv_for_spreadsheets(tmp_path: Path) -> None:
    source = tmp_path / "plan.txt"
    source.write_text("ชื่อโครงการ : =HYPERLINK(1)\nวัตถุประสงค์ : ทดสอบระบบ\nเป้าหมาย : ร้อยละ 90\n", encoding="utf-8")
    assert run(source, "-o", tmp_path / "out", "--excel") == EXIT_OK
    data = (tmp_path / "out" / "tables" / "plans.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert b",=HYPERLINK" not in data


# ------------------------------------------------------------------ runs
def test_a_second_run_skips_what_is_there(tmp_path: Path) -> None:
    assert run(PLAN, "-o", tmp_path) == EXIT_OK
    record = next((tmp_path / "records").iterdir())
    written = record.stat().st_mtime_ns
    assert run(PLAN, "-o", tmp_path) == EXIT_OK
    assert record.stat().st_mtime_ns == written
    statuses = [entry["status"] for entry in history(tmp_path) if entry["kind"] == "input"]
    assert statuses == ["ok", "skipped"]
    assert len(rows(tmp_path, "runs")) == 2


def test_bad_inputs_do_not_stop_the_run(tmp_path: Path) -> None:
    bad = tmp_path / "in"
    bad.mkdir()
    (bad / "empty.txt").write_bytes(b"")
    (bad / "binary.txt").write_bytes(bytes(range(256)) * 50)
    (bad / "pdf.txt").write_bytes(b"%PDF-1.4 ...")
    (bad / "big.txt").write_text("ก" * 400_000, encoding="utf-8")
    (bad / "unclosed.html").write_text("<table><tr><td>โครงการ<td>งบประมาณ<tr><td>อบรม<td>500 บาท", encoding="utf-8")
    (bad / "รายงาน ผล.txt").write_bytes(PLAN.read_bytes())
    assert run(bad, bad / "missing.txt", "-o", tmp_path / "out", "--max-bytes", "1000000") == EXIT_SOME_FAILED
    failed = {Path(str(e["file"])).name: e["code"] for e in history(tmp_path / "out") if e.get("status") == "failed"}
    assert failed == {
        "empty.txt": "empty",
        "binary.txt": "binary",
        "pdf.txt": "unsupported",
        "big.txt": "too_large",
        "missing.txt": "FileNotFoundError",
    }
    assert all(e["remedy"] for e in history(tmp_path / "out") if e.get("status") == "failed")
    assert {row["file_name"] for row in rows(tmp_path / "out", "documents")} == {"unclosed.html", "รายงาน ผล.txt"}


def test_exit_codes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    assert run(empty, "-o", tmp_path / "out") == EXIT_ALL_FAILED
    assert "→" in capsys.readouterr().err
    (tmp_path / "folder").mkdir()
    assert run(tmp_path / "folder", "-o", tmp_path / "out") == EXIT_USAGE
    (tmp_path / "file").touch()
    assert run(PLAN, "-o", tmp_path / "file") == EXIT_USAGE
    assert main(["show", str(tmp_path), "nonsense"]) == EXIT_USAGE
    with pytest.raises(SystemExit) as caught:
        main(["run"])
    assert caught.value.code == EXIT_USAGE


def test_what_a_crash_left_behind_is_no_document(tmp_path: Path) -> None:
    """A crash between two documents keeps the first; a torn line in the history is passed over."""
    assert run(PLAN, "-o", tmp_path) == EXIT_OK
    with (tmp_path / "runs.jsonl").open("a", encoding="utf-8") as stream:
        stream.write('{"kind": "run", "run_id": "torn')
    half = tmp_path / "records" / ".0123456789abcdef.json.x.part"
    half.write_text("{", encoding="utf-8")
    assert run(SAMPLES / "minutes" / "source.txt", "-o", tmp_path) == EXIT_OK
    assert len(rows(tmp_path, "documents")) == 2
    assert not half.exists()


def test_errors_in_python_are_typed() -> None:
    with pytest.raises(EmptyInputError) as caught:
        extract_bytes(b"", "t.txt")
    assert caught.value.remedy


# ------------------------------------------------------------------ as a program
def test_the_program_answers_without_loading_the_heavy_parts() -> None:
    code = "import sys, ita_extract.cli as c\ntry:\n    c.main(['--help'])\nexcept SystemExit:\n    pass\n"
    code += "print([m for m in ('pandas', 'pythainlp', 'yaml', 'rich', 'msgspec') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_progress_tells_rate_and_remaining_time(tmp_path: Path) -> None:
    """On a terminal: how many are done, how fast, how long it has taken and will take, how many have failed."""
    inputs = tmp_path / "in"
    inputs.mkdir()
    for number in range(60):
        (inputs / f"{number}.txt").write_text(f"แผนปฏิบัติการ {number}" if number else "", encoding="utf-8")
    ours, theirs = os.openpty()
    arguments = [sys.executable, "-m", "ita_extract.cli", "run", str(inputs), "-o", str(tmp_path / "out")]
    environment = {**os.environ, "COLUMNS": "120", "TERM": "xterm"}
    with subprocess.Popen(arguments, stderr=theirs, stdout=subprocess.DEVNULL, env=environment) as process:
        os.close(theirs)
        shown = b""
        with contextlib.suppress(OSError):  # a terminal that nobody writes to any more
            while part := os.read(ours, 65536):
                shown += part
    os.close(ours)
    assert process.returncode == EXIT_SOME_FAILED
    text = shown.decode("utf-8", "replace")
    assert re.search(r"\d+/60", text)
    assert re.search(r"\d+/min", text)
    assert re.search(r"\d:\d\d:\d\d", text)
    assert "1 failed" in text


@pytest.mark.parametrize("form", ["table", "json", "frictionless", "sql"])
def test_schema(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "--format", form]) == EXIT_OK
    text = capsys.readouterr().out
    assert "plan_fields" in text
    if form in ("json", "frictionless"):
        json.loads(text)


def test_doctor(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == 0
    assert "tesseract" in capsys.readouterr().out.lower()


def test_doctor_names_what_brings_an_optional_feature(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def version(name: str) -> str:
        if name == "pyarrow":
            raise metadata.PackageNotFoundError(name)
        return "1.0"

    monkeypatch.setattr(metadata, "version", version)
    assert main(["doctor"]) == 0
    assert "pyarrow: not installed; only --format parquet needs it: pip install 'ita-extract[parquet]'" in (
        capsys.readouterr().out
    )


def test_doctor_names_what_is_missing_and_what_brings_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["doctor"]) == 1
    assert "MISSING  tesseract" in (told := capsys.readouterr().out)
    assert "tesseract-ocr-tha" in told
