"""Folder trees as agencies keep them: Thai names in both Unicode forms, spaces, long names, kinds of files mixed."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pikepdf
import pytest
from office_files import p, word
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ita_extract.batch import Settings, find_inputs, run

FOLDER = "O24 แผนปฏิบัติการ (ปี 2567)/ไตรมาสที่ ๑ – รอบ 6 เดือน"
ACCENTED = "résumé กำกับติดตาม"
LONG = "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส"[:60]
"""With its ending 185 bytes of UTF-8; file systems take 255."""


def _workbook(path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.append(["ปีงบประมาณ", "คะแนน"])
    sheet.append([2567, 90])
    book.save(path)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Documents of every kind, and what lies about beside them."""
    folder = tmp_path / "เอกสาร ITA" / FOLDER
    folder.mkdir(parents=True)
    for form in ("NFC", "NFD"):
        (folder / unicodedata.normalize(form, f"{ACCENTED} {form}.docx")).write_bytes(word(p(f"ข้อความ {form}")))
    (folder / f"{LONG}.DOCX").write_bytes(word(p("ชื่อยาว")))
    _workbook(folder / "คะแนน ปี 2567 (ฉบับแก้ไข).xlsx")
    (folder / "๑. บันทึก.txt").write_text("แผนปฏิบัติการ", encoding="utf-8")
    (folder / "~$บันทึก.docx").write_bytes(b"\x05user" + bytes(157))
    (folder / ".ซ่อน.docx").write_bytes(b"x")
    (folder / "เสียง.mp3").write_bytes(b"ID3")
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(folder / "หน้าว่าง.pdf")
    return tmp_path


def test_documents_are_found_whatever_their_names(tree: Path) -> None:
    names = {unicodedata.normalize("NFC", path.name) for path in find_inputs([str(tree)])}
    assert names == {
        unicodedata.normalize("NFC", name)
        for name in (f"{ACCENTED} NFC.docx", f"{ACCENTED} NFD.docx", f"{LONG}.DOCX", "คะแนน ปี 2567 (ฉบับแก้ไข).xlsx",
                     "๑. บันทึก.txt", "หน้าว่าง.pdf")
    }  # fmt: skip


def test_a_tree_is_extracted_whole(tree: Path) -> None:
    """The blank PDF fails or is empty, and costs the others nothing; every name stands in its record as it is."""
    outcomes = run(find_inputs([str(tree)]), tree / "คลัง ข้อมูล", Settings()).outcomes
    done = {Path(outcome.file).name for outcome in outcomes if outcome.status == "ok"}
    assert {Path(o.file).name for o in outcomes} - done <= {"หน้าว่าง.pdf"}
    rows = (tree / "คลัง ข้อมูล" / "tables" / "documents.csv").read_text(encoding="utf-8")
    assert all(name in rows for name in done)


def test_a_lock_file_named_outright_is_tried(tree: Path) -> None:
    """What the user names is never passed over in silence."""
    lock = next(tree.rglob("~$*"))
    (outcome,) = run(find_inputs([str(lock)]), tree / "out", Settings()).outcomes
    assert (outcome.status, outcome.code) == ("failed", "damaged")
