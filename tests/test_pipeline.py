"""The whole line on any text: records that keep their promises, or a typed error."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_extract import Records, extract_bytes
from ita_extract.errors import InputError
from ita_extract.model import Document
from ita_extract.pointer import Where
from ita_extract.readers import read_bytes

SAMPLES = sorted((Path(__file__).resolve().parents[1] / "samples").glob("*/source.*"))

FIELDS = "แผนงานที่ 1|กิจกรรมที่ 2 อบรม|1. ชื่อโครงการ : ทดสอบ|เป้าหมาย : ร้อยละ 80|งบประมาณ|2,000 บาท|ไม่ใช้งบประมาณ|ผู้รับผิดชอบ"
PARTS = "รายงานการประชุม|ครั้งที่ 1/2566|ผู้มาประชุม|นายเอก ทดสอบ ประธาน|ระเบียบวาระที่ 1 เรื่อง ก|มติที่ประชุม รับทราบ|(ลงชื่อ)"
FACTS = "วันที่ 5 มีนาคม 2566 จัดอบรม|ณ ห้องประชุม|คะแนนรวม 87.25 คะแนน|IIT|ตัวชี้วัดที่ 1 การปฏิบัติหน้าที่|โทร 0 2555 0199|ดังนี้"
HEADS = "ตัวชี้วัด|ผลการดำเนินงาน|ลำดับ|โครงการ|แผน|ผล|ต.ค.|พ.ย.|ไตรมาส 1|รวม|″|-|✓|☐ ก ☑ ข|มาก >80%|หลักฐาน|กองคลัง กองช่าง"
OTHERS = "ระเบียบกระทรวง ว่าด้วยการ พ.ศ. 2560|ปีงบประมาณ พ.ศ. 2566|(นายโท ทดสอบ)|ข่าวประชาสัมพันธ์|นโยบาย|- ข้อ|# |**"
MARKUP = "<table><tr><td>|</td><td>|</td></tr><tr><td>|</td></tr></table>|<p>|</p>|<b>|</b>"
PIECES = st.sampled_from("|".join([FIELDS, PARTS, FACTS, HEADS, OTHERS, MARKUP]).split("|"))
JOINTS = st.sampled_from(["\n", "\t", " ", " | ", "\n\n", "  ", "<br>", ""])
TEXT = st.lists(st.tuples(PIECES, JOINTS), max_size=30).map(lambda pairs: "".join(a + b for a, b in pairs))


def promises(records: Records, document: Document) -> None:
    """Ids are unique, links lead somewhere, pointers lead to the text they claim, every character is in one block."""
    for name, rows in records.tables.items():
        if not rows or name == "provenance":
            continue
        keys = [tuple(getattr(row, column) for column in row.table.key) for row in rows]
        assert len(keys) == len(set(keys)), name
        for row in rows:
            where = getattr(row, "where", None)
            if where and name != "pages":
                assert document.verbatim(Where.parse(where)) == getattr(row, "source_text", None), name
    activities = {row["activity_id"] for row in records.rows("activities")} | {None}
    for name in ("activities", "timeline_months", "indicators", "responsibilities", "budgets", "outcomes", "events"):
        for columns in records.rows(name):
            assert columns.get("activity_id") in activities
            assert columns.get("parent_id") in activities
    assert "".join(row["text_raw"] for row in records.rows("blocks")) == document.source
    assert 0 <= records.rows("documents")[0]["coverage_ratio"] <= 1


@given(TEXT, st.sampled_from(["t.txt", "t.md", "t.html"]))
def test_any_text_gives_records_or_a_typed_error(text: str, name: str) -> None:
    try:
        records = extract_bytes(text.encode(), name)
    except InputError as error:
        assert error.remedy
        return
    promises(records, read_bytes(text.encode(), name))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.parent.name)
def test_samples_keep_the_promises(path: Path) -> None:
    data = path.read_bytes()
    promises(extract_bytes(data, path.name), read_bytes(data, path.name))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.parent.name)
def test_a_document_cut_anywhere_is_read_as_far_as_it_goes(path: Path) -> None:
    data = path.read_bytes()
    for share in (0.2, 0.5, 0.8):
        try:
            extract_bytes(data[: int(len(data) * share)], path.name)
        except InputError as error:
            assert error.remedy
