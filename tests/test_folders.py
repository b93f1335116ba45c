"""Folder trees as agencies keep them: Thai names in both Unicode forms, spaces, long names, kinds of files mixed."""

from __future__ import annotations

import csv
import os
import unicodedata
from pathlib import Path

import pikepdf
import pytest
from office_files import p, word
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ita_extract.batch import Settings, find_inputs, run
from ita_extract.cli import EXIT_SOME_FAILED, main

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
    outcomes = list(run(find_inputs([str(tree)]), tree / "คลัง ข้อมูล", Settings()).outcomes())
    done = {Path(outcome.file).name for outcome in outcomes if outcome.status == "ok"}
    assert {Path(o.file).name for o in outcomes} - done <= {"หน้าว่าง.pdf"}
    rows = (tree / "คลัง ข้อมูล" / "tables" / "documents.csv").read_text(encoding="utf-8")
    assert all(name in rows for name in done)


def test_a_lock_file_named_outright_is_tried(tree: Path) -> None:
    """What the user names is never passed over in silence."""
    lock = next(tree.rglob("~$*"))
    (outcome,) = run(find_inputs([str(lock)]), tree / "out", Settings()).outcomes()
    assert (outcome.status, outcome.code) == ("failed", "damaged")


def test_links_are_followed_and_loops_end(tree: Path) -> None:
    """A folder reached in several ways is searched once; a link to nothing is an input that fails."""
    elsewhere = tree / "ที่อื่น"
    elsewhere.mkdir()
    (elsewhere / "แผน.txt").write_text("แผนปฏิบัติการ", encoding="utf-8")
    search = tree / "ค้น"
    search.mkdir()
    (search / "a").symlink_to(elsewhere)
    (search / "b").symlink_to(elsewhere)
    (elsewhere / "loop").symlink_to(search)
    (search / "self").symlink_to(search / "self")
    (search / "lost.pdf").symlink_to(search / "nowhere.pdf")
    found = find_inputs([str(search)])
    assert [path.relative_to(search).as_posix() for path in found] == ["a/แผน.txt", "lost.pdf"]
    outcomes = {Path(o.file).name: o for o in run(found, tree / "out", Settings()).outcomes()}
    assert outcomes["แผน.txt"].status == "ok"
    assert (outcomes["lost.pdf"].status, outcomes["lost.pdf"].code) == ("failed", "FileNotFoundError")


def test_the_archive_is_no_input(tree: Path) -> None:
    (tree / "out" / "deep").mkdir(parents=True)
    (tree / "out" / "deep" / "review.html").write_text("<p>หน้าตรวจ</p>", encoding="utf-8")
    assert not [path for path in find_inputs([str(tree)], tree / "out") if "review" in path.name]


def test_names_that_are_no_text_or_play_tricks(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Names of old systems are windows-874; line breaks and terminal codes stay out of the terminal."""
    old = os.fsencode(str(tmp_path)) + b"/" + "แผน ๒๕๖๔.txt".encode("cp874")
    with open(old, "wb") as stream:  # noqa: PTH123 - a name of bytes
        stream.write("แผนปฏิบัติการ".encode())
    (tmp_path / "สอง\nบรรทัด \x1b[31m.txt").write_text("แผนปฏิบัติการ ปี 2565", encoding="utf-8")
    (tmp_path / "ว่าง\n\u202etxt.txt").touch()
    out = tmp_path / "out"
    assert main(["run", str(tmp_path), "-o", str(out)]) == EXIT_SOME_FAILED
    with (out / "tables" / "documents.csv").open(encoding="utf-8", newline="") as rows:
        names = {row["file_name"] for row in csv.DictReader(rows)}
    assert names == {"แผน ๒๕๖๔.txt", "สอง\nบรรทัด \x1b[31m.txt"}
    shown = capfd.readouterr().err
    assert "ว่าง\\n\\u202etxt.txt" in shown


def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    assert find_inputs([str(tmp_path)]) == []
    (outcome,) = run(find_inputs([str(pipe)]), tmp_path / "out", Settings()).outcomes()
    assert (outcome.status, outcome.code) == ("failed", "unsupported")


def test_the_first_of_several_with_one_content_is_extracted(tmp_path: Path) -> None:
    """Of those that fail (here: a PDF named .txt) the next is tried."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(tmp_path / "b.pdf")
    (tmp_path / "a.txt").write_bytes((tmp_path / "b.pdf").read_bytes())
    for name in ("x.txt", "y.txt", "z.txt"):
        (tmp_path / name).write_text("แผนปฏิบัติการ", encoding="utf-8")
    outcomes = {
        Path(o.file).name: o for o in run(find_inputs([str(tmp_path)]), tmp_path / "out", Settings()).outcomes()
    }
    assert [outcomes[name].status for name in ("x.txt", "y.txt", "z.txt")] == ["ok", "skipped", "skipped"]
    assert outcomes["a.txt"].code == "unsupported"
    assert outcomes["b.pdf"].code != "unsupported"
