"""Numbers, quantities and money, on invented Thai examples of the forms in use."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ita_extract.errors import ThaiParseError
from ita_extract.thai.money import budget_status, find_money, is_none_reported, money_unit, parse_money
from ita_extract.thai.numbers import find_numbers, find_quantities, parse_number, parse_quantity

PIECES = [
    "ร้อยละ",
    "ไม่น้อยกว่า",
    "90",
    "๘๕",
    "1,234.5",
    "%",
    "คะแนน",
    " ",
    "-",
    "จาก",
    "คน",
    "(",
    ")",
    "/",
    "ขึ้นไป",
    "บาท",
    "ล้าน",
    "หนึ่ง",
    "แสน",
]
ANY_TEXT = st.one_of(
    st.text(max_size=60), st.lists(st.sampled_from([*PIECES, "ปี", ".-", "2564", "\n"]), max_size=12).map("".join)
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234.50", "1234.50"),
        ("๒๕๖๔", "2564"),
        ("25๖๒", "2562"),
        ("2,000.-", "2000"),
        ("-5", "-5"),
        ("เก้าสิบ", "90"),
        ("ยี่สิบเอ็ด", "21"),
        ("เก้าสิบจุดห้า", "90.5"),
        ("หนึ่งแสนห้าหมื่นบาทถ้วน", "150000"),
        ("(สองล้านสามแสนบาทถ้วน)", "2300000"),
    ],
)
def test_parse_number(text: str, value: str) -> None:
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "-", "1,00", "1.2.3", "หนึ่งหนึ่ง", "พันแสน", "ศูนย์บริการ", "90 คน", "ล้าน" * 50])
def test_no_number(text: str) -> None:
    with pytest.raises(ThaiParseError):
        parse_number(text)


def test_find_numbers() -> None:
    found = find_numbers("ใช้ 1,200 จาก ๒๐ ข้อ 1.2.3")
    assert [(number.raw, number.value) for number in found] == [("1,200", Decimal(1200)), ("๒๐", Decimal(20))]


# text, raw, operator, value, high, unit
QUANTITIES = [
    ("- ไม่น้อยกว่าร้อยละ 75", "ไม่น้อยกว่าร้อยละ 75", ">=", "75", None, "percent"),
    ("ผู้ตอบไม่ต่ำกว่า ๘๕ คะแนน", "ไม่ต่ำกว่า ๘๕ คะแนน", ">=", "85", None, "score"),
    ("ไม่ต่ากว่าร้อยละ 85", "ไม่ต่ากว่าร้อยละ 85", ">=", "85", None, "percent"),
    ("ไม่ น้อย กว่า ร้อย ละ 90", "ไม่ น้อย กว่า ร้อย ละ 90", ">=", "90", None, "percent"),
    ("85 คะแนนขึ้นไป", "85 คะแนนขึ้นไป", ">=", "85", None, "score"),
    ("ตั้งแต่ร้อยละ 80 ขึ้นไป", "ตั้งแต่ร้อยละ 80 ขึ้นไป", ">=", "80", None, "percent"),
    ("มากกว่าหรือเท่ากับ 90 คะแนน", "มากกว่าหรือเท่ากับ 90 คะแนน", ">=", "90", None, "score"),
    ("=> 80%", "=> 80%", ">=", "80", None, "percent"),
    ("อย่างน้อยสองช่องทาง", "อย่างน้อยสองช่องทาง", ">=", "2", None, "ช่องทาง"),
    ("สูง >85%", ">85%", ">", "85", None, "percent"),
    ("เกินกว่าร้อยละ 60", "เกินกว่าร้อยละ 60", ">", "60", None, "percent"),
    ("ต่ำ <55%", "<55%", "<", "55", None, "percent"),
    ("น้อยกว่าร้อยละ 50", "น้อยกว่าร้อยละ 50", "<", "50", None, "percent"),
    ("ไม่เกิน 3 วันทำการ", "ไม่เกิน 3 วันทำการ", "<=", "3", None, "วันทำการ"),
    ("ภายใน 30 วัน", "ภายใน 30 วัน", "<=", "30", None, "วัน"),
    ("ภายใน 3 หน่วยงาน", "3 หน่วยงาน", None, "3", None, "หน่วยงาน"),
    ("ครบทั้ง 12 หน่วยงาน", "ครบทั้ง 12 หน่วยงาน", "=", "12", None, "หน่วยงาน"),
    ("ระหว่าง 80 ถึง 90 คะแนน", "ระหว่าง 80 ถึง 90 คะแนน", "range", "80", "90", "score"),
    ("ร้อยละ 60–69", "ร้อยละ 60–69", "range", "60", "69", "percent"),
    ("70 - 79.99%", "70 - 79.99%", "range", "70", "79.99", "percent"),
    ("ร้อยละ 81 - ร้อยละ 100", "ร้อยละ 81 - ร้อยละ 100", "range", "81", "100", "percent"),
    ("ร้อยละเก้าสิบ", "ร้อยละเก้าสิบ", None, "90", None, "percent"),
    ("ผลคิดเป็นร้อยละ 92.5", "คิดเป็นร้อยละ 92.5", None, "92.5", None, "percent"),
    ("ระดับ 3", "ระดับ 3", None, "3", None, "level"),
    ("ค่าเฉลี่ย ≥ 4.00", "ค่าเฉลี่ย ≥ 4.00", ">=", "4.00", None, "level"),
    ("คะแนน ITA ไม่น้อยกว่า 85", "ไม่น้อยกว่า 85", ">=", "85", None, "score"),
    ("จำนวน 12 ครั้ง", "จำนวน 12 ครั้ง", None, "12", None, "ครั้ง"),
    ("จัดอบรม 2 ครั้ง/ปี", "2 ครั้ง/ปี", None, "2", None, "ครั้ง"),
    ("จำนวน ≥ 4 โครงการ/กิจกรรม", "จำนวน ≥ 4 โครงการ/กิจกรรม", ">=", "4", None, "โครงการ/กิจกรรม"),
    ("ร้อยละ 85 ของบุคลากร", "ร้อยละ 85", None, "85", None, "percent"),
    ("ไม่น้อยกว่าร้อยละ\n90", "ไม่น้อยกว่าร้อยละ\n90", ">=", "90", None, "percent"),
]


@pytest.mark.parametrize(("text", "raw", "operator", "value", "high", "unit"), QUANTITIES)
def test_quantity(text: str, raw: str, operator: str | None, value: str, high: str | None, unit: str | None) -> None:
    (quantity,) = find_quantities(text)
    assert (quantity.raw, quantity.operator, quantity.unit) == (raw, operator, unit)
    assert (quantity.value, quantity.value_high) == (Decimal(value), Decimal(high) if high else None)
    assert text[quantity.start : quantity.end] == raw


@pytest.mark.parametrize(
    ("text", "value", "unit", "of", "numerator", "denominator"),
    [
        ("4.50 จาก 5", "4.50", "level", 5, None, None),
        ("4.50 จากคะแนนเต็ม 5 คะแนน", "4.50", "score", 5, None, None),
        ("ได้ 92 คะแนน จาก 100 คะแนน", "92", "score", 100, None, None),
        ("45 จาก 50 คน", "45", "คน", None, 45, 50),
        ("45/50 คน (ร้อยละ 90)", "90", "percent", None, 45, 50),
        ("ร้อยละ 90 (45 จาก 50 คน)", "90", "percent", None, 45, 50),
        ("120 คน จากเป้าหมาย 150 คน คิดเป็นร้อยละ 80", "80", "percent", None, 120, 150),
    ],
)
def test_wholes(
    text: str, value: str, unit: str, of: int | None, numerator: int | None, denominator: int | None
) -> None:
    (quantity,) = find_quantities(text)
    assert (quantity.value, quantity.unit, quantity.of) == (Decimal(value), unit, of)
    assert (quantity.numerator, quantity.denominator) == (numerator, denominator)


def test_an_aside_about_something_else_is_a_quantity_of_its_own() -> None:
    assert [quantity.raw for quantity in find_quantities("12 คน (ร้อยละ 90)")] == ["12 คน", "ร้อยละ 90"]
    assert [quantity.raw for quantity in find_quantities("มากกว่าร้อยละ 70 แต่ไม่เกินร้อยละ 80")] == [
        "มากกว่าร้อยละ 70",
        "ไม่เกินร้อยละ 80",
    ]
    assert [quantity.raw for quantity in find_quantities("120 คน ร้อยละ 95 มีคะแนนดี")] == ["120 คน", "ร้อยละ 95"]


@pytest.mark.parametrize(
    ("text", "change", "operator"),
    [("เพิ่มขึ้นร้อยละ 5", "increase", None), ("ลดลงจากปีก่อนไม่น้อยกว่าร้อยละ 10", "decrease", ">=")],
)
def test_changes(text: str, change: str, operator: str | None) -> None:
    quantity = parse_quantity(text)
    assert (quantity.raw, quantity.change, quantity.operator) == (text, change, operator)


@pytest.mark.parametrize(
    "text",
    [
        "วันที่ 8 เมษายน 2564 เวลา 9:30-12:00 น.",
        "ครั้งที่ 1/2564",
        "ม.ค. 64 - ก.ย. 64",
        "1 ต.ค. 2565- 30 ก.ย. 2566",
        "พ.ศ. 2560 - 2564",
        "ปีงบประมาณ ๒๕๖๔ หน่วยงาน",
        "โทร 0 2504 0123 ต่อ 1939, 1623",
        "02-504-0123",
        "1. กิจกรรมอบรม\n8.1 ระดับความมั่นใจ\n(๗) ผู้รับผิดชอบ\n2.1 โครงการปลูกป่า",
        "รอบ 6 เดือน ไตรมาส 1-2/2564",
        "SO-5 O42 กปท.7",
        "ข้อ 5 เรื่องการเปิดเผย ชั้น 3 อาคาร 1",
        "พนักงานระดับ 2-7",
        "รายงาน 2020 รายงานประจำปี 2021-01-28",
        "<p>1. ชื่อแผน</p>",
        "ศูนย์บริการหนึ่งเดียว เรียบร้อย",
        "90",
    ],
)
def test_no_quantities(text: str) -> None:
    assert find_quantities(text) == ()


def test_parse_quantity_takes_a_bare_number_or_range() -> None:
    assert parse_quantity("- ๙๐ ").value == 90
    assert parse_quantity("80 - 90").operator == "range"
    assert parse_quantity("80 - 90").value_high == 90
    with pytest.raises(ThaiParseError):
        parse_quantity("ดีมาก")


@pytest.mark.parametrize(
    ("text", "raw", "amount", "unit", "baht", "suspect"),
    [
        ("ใช้ 2,000.-", "2,000.-", "2000", ".-", "2000", False),
        ("๑๗,๖๘๐.๕๐ บาท", "๑๗,๖๘๐.๕๐ บาท", "17680.50", "บาท", "17680.50", False),
        ("1.5 ล้านบาท", "1.5 ล้านบาท", "1.5", "ล้านบาท", "1500000", False),
        ("250 พันบาท", "250 พันบาท", "250", "พันบาท", "250000", False),
        ("2.5 ลบ.", "2.5 ลบ.", "2.5", "ลบ.", "2500000", False),
        ("412000.0000ล้านบาท", "412000.0000ล้านบาท", "412000", "ล้านบาท", "412000000000", True),
        ("(หนึ่งแสนบาทถ้วน)", "หนึ่งแสนบาทถ้วน", "100000", "บาท", "100000", False),
        ("100,000 บาท (หนึ่งแสนบาทถ้วน)", "100,000 บาท (หนึ่งแสนบาทถ้วน)", "100000", "บาท", "100000", False),
        ("5,000 บาท 50 สตางค์", "5,000 บาท 50 สตางค์", "5000.50", "บาท", "5000.50", False),
        ("฿500", "฿500", "500", "฿", "500", False),
    ],
)
def test_money(text: str, raw: str, amount: str, unit: str, baht: str, suspect: bool) -> None:
    (money,) = find_money(text)
    assert (money.raw, money.amount, money.unit_raw) == (raw, Decimal(amount), unit)
    assert (money.amount_thb, money.unit_suspect) == (Decimal(baht), suspect)


def test_money_in_the_unit_of_its_column() -> None:
    assert money_unit("งบประมาณ (ล้านบาท)") == "ล้านบาท"
    assert parse_money("1.5", "งบประมาณ (ล้านบาท)").amount_thb == 1_500_000
    assert parse_money("300 บาท", "ล้านบาท").amount_thb == 300
    assert parse_money("17,680.00").amount_thb is None
    assert find_money("3 ล้านคน ปี 2564 จำนวน 20 คน") == ()
    with pytest.raises(ThaiParseError):
        parse_money("-", "บาท")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("ไม่ใช้งบประมาณ", "no_budget"),
        ("- ไม่ได้ใช้งบประมาณ -", "no_budget"),
        ("โครงการนี้ไม่มีค่าใช้จ่าย", "no_budget"),
        ("ไม่ใช้งบประมาณแผ่นดิน ใช้เงินรายได้ 500 บาท", "stated"),
        ("50,000", "stated"),
        ("0 บาท", "stated"),
        ("ไม่มีงบประมาณเพียงพอ", None),
        ("-", None),
        ("", None),
    ],
)
def test_budget_status(text: str, status: str | None) -> None:
    assert budget_status(text) == status


@pytest.mark.parametrize(
    "text", ["ไม่มี", "- ไม่มี -", "(ไม่มี)", "ไม่พบปัญหา", "ไม่มีปัญหาและอุปสรรค", "ไม่มีปัญหา/อุปสรรคในการดำเนินงาน"]
)
def test_none_reported(text: str) -> None:
    assert is_none_reported(text)


@pytest.mark.parametrize("text", ["", "-", "N/A", "ไม่มีงบ", "ไม่มีผู้เชี่ยวชาญ ทำให้ล่าช้า", "ไม่มีปัญหา แต่ล่าช้า"])
def test_not_none_reported(text: str) -> None:
    assert not is_none_reported(text)


@given(ANY_TEXT)
@settings(max_examples=300)
def test_parsers_return_or_raise_thai_parse_error(text: str) -> None:
    for parse in (parse_number, parse_quantity, parse_money):
        try:
            parse(text)
        except ThaiParseError:
            continue
    budget_status(text)
    is_none_reported(text)


@given(ANY_TEXT)
@settings(max_examples=300)
def test_found_spans_are_verbatim_ordered_and_apart(text: str) -> None:
    for found in (find_numbers(text), find_quantities(text), find_money(text)):
        end = 0
        for item in found:
            assert end <= item.start < item.end
            assert text[item.start : item.end] == item.raw
            end = item.end


@pytest.mark.parametrize("piece", ["หนึ่ง", "1-", "1,", "ร้อยละ ", "จาก ", "("])
def test_hostile_repetition_stays_cheap(piece: str) -> None:
    text = piece * 5_000
    started = time.perf_counter()
    find_quantities(text)
    find_money(text)
    assert time.perf_counter() - started < 5
