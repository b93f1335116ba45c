"""Personal data taken out: no byte that is written tells a name, a telephone number or an e-mail address."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ita_extract import extract, extract_bytes
from ita_extract.cli import EXIT_OK, main
from ita_extract.records import DocumentRecord, Finding
from ita_extract.records.bundle import make_records
from ita_extract.redact import MASK, is_redacted, redacted, redacted_text

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "samples"

NASTY = """รายงานการประชุมคณะกรรมการ ครั้งที่ 1/2567
ผู้มาประชุม
1. นายทองแท้ แสงตะวันดี  ผู้อำนวยการกองคลัง  ประธาน
2. ว่าที่ร้อยตรีหญิง ดร.วรางค์สิริ ณ เวียงใต้  นักวิชาการ  กรรมการ
ผู้ไม่มาประชุม
1. นางสาวพิมพ์ดาว ขจรเกียรติสกุล  นิติกร  ลาป่วย
<table><tr><td>ผู้รับผิดชอบ</td><td>นาย<b>ทองแท้</b> <i>แสงตะวันดี</i></td></tr></table>
คุณทองแท้แจ้งที่ประชุมว่า แสงตะวันดี เป็นชื่อสกุลของตน และทองแท้ แสงตะวันดีได้รับมอบหมาย
นายบุญมั่น\nศรีสะอาดตา ผู้ประสานงาน โทร. 08 1555 0123 หรือ ๐๒ ๕๕๕ ๐๑๙๙ boonmun.s@agency.example
เลขประจำตัวประชาชน 1-2345-67890-12-3
ผู้ประสานงานต่างประเทศ Ms. Jantra Saengdee-Smith
นายกําพล  ทรัพย\uf70eเย็น เป็นผู้ตรวจ
ลงชื่อ ....................................
(กล้าหาญ มั่นคงยิ่ง)
ผู้อำนวยการ
"""
TELLING = [
    "ทองแท้", "แสงตะวันดี", "วรางค์สิริ", "เวียงใต้", "พิมพ์ดาว", "ขจรเกียรติสกุล", "ลาป่วย", "บุญมั่น", "ศรีสะอาดตา",
    "1555 0123", "๐๑๙๙", "boonmun", "67890", "Jantra", "Saengdee", "ทรัพย", "เย็น", "กล้าหาญ", "มั่นคงยิ่ง",
]  # fmt: skip

ORDINARY = {"ทรัพย", "เย็น"}
"""Parts of words of the samples."""


def written(folder: Path) -> Iterator[tuple[Path, str]]:
    """Every file as text; packed ones unpacked, names of files too."""
    for path in folder.rglob("*"):
        if path.is_file():
            yield path, str(path.relative_to(folder))
            if path.suffix == ".xlsx":
                with zipfile.ZipFile(path) as book:
                    yield from ((path, book.read(name).decode("utf-8", "replace")) for name in book.namelist())
            else:
                yield path, path.read_bytes().decode("utf-8", "replace")


def people() -> set[str]:
    """The names and addresses in the samples, from what is expected of them."""
    found = set()
    for path in SAMPLES.glob("*/expected.json"):
        expected = json.loads(path.read_text(encoding="utf-8"))
        for row in (*expected.get("attendees", ()), *expected.get("event_people", ())):
            found.add(row.get("name_raw"))
            if row.get("given_name") and row.get("surname"):
                found.add(f"{row['given_name']} {row['surname']}")
                found.add(row["surname"])
        found |= {row["value_raw"] for row in expected.get("contacts", ()) if row["channel"] in ("phone", "email")}
    return {text for text in found if text and len(text) > 4}


@pytest.fixture(scope="module")
def told() -> list[re.Pattern[str]]:
    return [re.compile(r"\s*".join(map(re.escape, text.split()))) for text in sorted(people())]


def test_no_byte_of_a_redacted_run_tells_a_name(tmp_path: Path, told: list[re.Pattern[str]]) -> None:
    inputs, out = tmp_path / "in", tmp_path / "out"
    for path in SAMPLES.glob("*/source.*"):
        (inputs / path.parent.name).mkdir(parents=True)
        shutil.copy(path, inputs / path.parent.name)
    (inputs / "หนังสือถึงนายทองแท้ แสงตะวันดี.txt").write_text(NASTY, encoding="utf-8")
    (inputs / "คำสั่งนายทองแท้ แสงตะวันดี (ว่าง).txt").touch()
    # An earlier run without redaction leaves names behind, which the redacting one takes out.
    assert main(["run", str(inputs), "-o", str(out), "--quiet", "--ocr", "never"]) == 1
    assert any("แสงตะวันดี" in text for _, text in written(out))
    arguments = ["run", str(inputs / "press-release"), "-o", str(out), "--redact-persons", "--quiet"]
    assert main([*arguments, "--format", "json,parquet,sqlite,duckdb,xlsx,csv"]) == EXIT_OK
    patterns = [*told, *(re.compile(re.escape(text)) for text in TELLING if text not in ORDINARY)]
    assert len(patterns) > 60
    leaks = {
        (path.name, pattern.pattern) for path, text in written(out) for pattern in patterns if pattern.search(text)
    }
    assert leaks == set()


@pytest.mark.parametrize("name", ["minutes/source.txt", "minutes-table/source.txt", "press-release/source.txt"])
def test_everything_else_stays(name: str) -> None:
    """Pointers still lead to their text, rows and offices are all there; masking twice is masking once."""
    records = extract(SAMPLES / name)
    masked = redacted(records)
    assert not is_redacted(records)
    assert is_redacted(masked)
    assert redacted(masked) == masked
    assert {t: len(rows) for t, rows in masked.tables.items()} == {t: len(rows) for t, rows in records.tables.items()}
    whole, covered = ("".join(str(row.text_raw) for row in r["blocks"]) for r in (records, masked))  # type: ignore[attr-defined]
    assert len(whole) == len(covered)
    assert 0.7 < sum(a == b for a, b in zip(whole, covered, strict=True)) / len(whole) < 1
    for before, after in zip(records.rows("attendees"), masked.rows("attendees"), strict=True):
        assert (before["position_raw"], before["where"]) == (after["position_raw"], after["where"])
        assert set(after["name_raw"]) == {MASK}
    assert records.rows("plans") == masked.rows("plans")


@pytest.mark.parametrize("text", TELLING)
def test_hidden_names_are_found(text: str) -> None:
    masked = redacted(extract_bytes(NASTY.encode(), "หนังสือ.txt"))
    assert text not in masked.to_json().decode()


def test_findings_keep_what_they_point_to() -> None:
    """Ids may look like telephone numbers."""
    document = "0123456789012345"
    finding = Finding(
        finding_id="f",
        document_id=document,
        record_refs=f"{document}/A1",
        evidence_raw="นายทองแท้ แสงตะวันดี 081-555-0123",
    )
    masked = redacted(make_records(document, [DocumentRecord(document_id=document), finding])).rows("findings")[0]
    assert masked["record_refs"] == f"{document}/A1"
    assert not re.search("ทองแท้|5550123|555-0123", masked["evidence_raw"])


def test_exports_can_be_redacted_alone(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NASTY, encoding="utf-8")
    assert main(["run", str(tmp_path / "a.txt"), "-o", str(tmp_path / "out"), "--quiet"]) == EXIT_OK
    arguments = ["export", str(tmp_path / "out"), "--format", "csv", "-o", str(tmp_path / "public")]
    assert main([*arguments, "--redact-persons"]) == EXIT_OK
    assert not [text for _, content in written(tmp_path / "public") for text in TELLING if text in content]
    assert any("แสงตะวันดี" in content for _, content in written(tmp_path / "out"))


@pytest.mark.parametrize(
    "text",
    [
        "แผนปฏิบัติการป้องกันการทุจริต ปีงบประมาณ 2567 งบประมาณ 1,234,567 บาท",
        "ตัวชี้วัด 1 2 3 4 5 6 7 8 9 10 11 12",
        "นายกเทศมนตรีและนายอำเภอ ร่วมประกาศเจตนารมณ์ (คุณธรรมและความโปร่งใส)",
        "คำสั่งที่ 0123/2567 ลงวันที่ 1 ตุลาคม 2567",
    ],
)
def test_what_is_not_personal_stays(text: str) -> None:
    assert redacted_text(text) == text
