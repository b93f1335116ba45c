"""Lines that were broken for want of room: what goes on with the line above, and what begins something of its own."""

from __future__ import annotations

import pytest

from ita_extract.readers.wrapping import begins_item, begins_label, is_cut_token, is_inside_word, is_left_open, lists_on


@pytest.mark.parametrize(
    ("above", "text"),
    [("ต", ".ค."), ("พ.", "ย."), ("มี", ".ค."), ("ปี 256", "7"), (">9", "5%"), ("85.", "10"), ("1,250.5", "0")],
)
def test_numbers_and_months_that_a_narrow_cell_cuts(above: str, text: str) -> None:
    assert is_cut_token(above, text)


@pytest.mark.parametrize(
    ("above", "text"),
    [("85", "90"), ("100,000", "200,000"), ("2567", "2568"), ("ต.ค.", "พ.ย."), ("1", "2")],
)
def test_entries_one_below_the_other_are_not_one(above: str, text: str) -> None:
    assert not is_cut_token(above, text)


@pytest.mark.parametrize(
    ("above", "text", "begins"),
    [
        ("ไตรมาส 1 (ต.ค. 66 - ธ.ค.", "66)", False),
        ("จัดทำคู่มือ", "2) เผยแพร่คู่มือ", True),
        ("ทดสอบความรู้หลัง", "เรียน", False),
        ("ที่ สธ 0201/12", "เรียน ผู้อำนวยการ", True),
        ("ส่งเสริมการ", "เรียนรู้ของบุคลากร", False),
        ("จำนวนครั้ง", "หมายเหตุ : ไม่รวมปีก่อน", True),
    ],
)
def test_what_begins_something_of_its_own(above: str, text: str, begins: bool) -> None:
    assert begins_item(text, above, True) is begins


def test_a_label_that_ends_on_the_next_line_begins_something() -> None:
    assert begins_label("เป้า", "หมาย :")
    assert not begins_label("ผู้เข้า", "รับการอบรม")


def test_a_line_that_ends_with_a_number_or_a_bare_rank_goes_on() -> None:
    assert is_left_open("ผู้เข้ารับการอบรม 142", "คน โดยได้รับเกียรติ")
    assert is_left_open("กองคลัง / กลุ่ม", "งานการเงิน")
    assert not is_left_open("ปีงบประมาณ 2567", "ระยะที่สอง")


@pytest.mark.parametrize(
    ("above", "text", "inside"),
    [
        ("ไ", "มมี", True),
        ("หมายเ", "หตุ", True),
        ("น", "ำฝน", True),
        ("กิจกรรม", "การอบรม", False),
        ("โทร.", "สาร", False),
    ],
)
def test_no_word_ends_with_a_vowel_that_its_consonant_follows(above: str, text: str, inside: bool) -> None:
    assert is_inside_word(above, text) == inside


def test_units_one_below_the_other_are_a_list_and_a_broken_name_is_one() -> None:
    assert lists_on("กองช่าง", "", "กองคลัง")
    assert lists_on("สำนัก", "ธรรมาภิบาล", "กองพัฒนาบุคลากร")
    assert not lists_on("องค์การ", "", "สำนักธรรมาภิบาล")
