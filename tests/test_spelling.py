"""Misread Thai words: told where a sign is wrong, never in what is spelt rightly or is no Thai."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ita_extract.thai.spelling import misspellings

THAI = "".join(chr(code) for code in range(0x0E01, 0x0E3B)) + "".join(chr(code) for code in range(0x0E40, 0x0E4F))


@given(st.text(alphabet=THAI + " 12.A\n", max_size=200))
def test_places_lie_in_the_text_and_suggestions_differ(text: str) -> None:
    end = 0
    for found in misspellings(text):
        assert end <= found.start < found.end <= len(text)
        assert found.suggestion != text[found.start : found.end]
        end = found.end


def test_every_place_of_a_word_is_told() -> None:
    found = list(misspellings("แทศบาลตำบล และ แทศบาลเมือง (เทศบาลนคร)"))
    assert [(m.start, m.suggestion) for m in found] == [(0, "เทศบาล"), (15, "เทศบาล")]


def test_official_prose_is_left_alone() -> None:
    prose = (
        "สำนักปลัดเทศบาลจัดทำแผนปฏิบัติการป้องกันการทุจริตประจำปีงบประมาณ โดยมีวัตถุประสงค์เพื่อเสริมสร้างจิตสำนึก "
        "และพัฒนาระบบการให้บริการประชาชนผ่านช่องทางอิเล็กทรอนิกส์ ลดขั้นตอนและระยะเวลา เปิดโอกาสให้ผู้มีส่วนได้ส่วนเสียมีส่วนร่วม "
        "ตรวจสอบการใช้ทรัพย์สินของราชการ รายงานผลต่อคณะกรรมการภายในสามสิบวัน ฌาปนกิจสงเคราะห์ ปฏิคม วิสัญญีพยาบาล"
    )
    assert not list(misspellings(prose))
