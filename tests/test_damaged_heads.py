"""Words that tables are understood by, as OCR damages them: known by their siblings, or by most of their letters."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ita_extract import extract_bytes
from ita_extract.extractors.measures import measures_of
from ita_extract.thai.labels import match_label
from ita_extract.thai.nearest import nearest

AGENCIES = ("เทศบาลตำบลนกกระจิบ", "เทศบาลเมืองหินลาด", "ทศบาลนครดอยเมฆ")
SCORES = ("81.20", "79.35", "90.10")


def table(*rows: tuple[str, ...]) -> bytes:
    cells = ("".join(f"<td>{text}</td>" for text in row) for row in rows)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>".encode()


@pytest.mark.parametrize(
    ("texts", "measures"),
    [
        (["คะแนน ITA", "IT", "E", "OI"], ["TOTAL", "IIT", "EIT", "OIT"]),
        (["คะแนนรวม", "l1T", "ElT", "0IT"], ["TOTAL", "IIT", "EIT", "OIT"]),
        (["IIT", "ET", "OIT"], ["IIT", "EIT", "OIT"]),
        (["OI", "EI", "IT", "คะนนรวม"], ["OIT", "EIT", "IIT", "TOTAL"]),
        (["ตัวชิ้วัดที่ 10", "ตัวซี้วัดที่ ๙"], ["I10", "I09"]),
    ],
)
def test_measures_are_known_by_those_beside_them(texts: list[str], measures: list[str]) -> None:
    assert measures_of(texts) == measures


@pytest.mark.parametrize(
    "texts", [["IT", "HR", "PR"], ["คะแนนรวม", "IT"], ["คะแนนรวม", "A", "B", "C"], ["OIT", "MIS", "PR"]]
)
def test_other_abbreviations_are_no_measures(texts: list[str]) -> None:
    assert [m for m in measures_of(texts) if m in ("IIT", "EIT")] == []


def test_a_column_between_agencies_is_an_agency_s_whatever_it_is_called() -> None:
    html = table(("หน่วยงาน", *AGENCIES), ("คะนน ITA", *SCORES), ("IT", *SCORES), ("E", *SCORES), ("OI", *SCORES))
    records = extract_bytes(html, "t.html")
    found = [(row["agency"], row["measure"], row["score"]) for row in records.rows("ita_scores")]
    measures = ("TOTAL", "IIT", "EIT", "OIT")
    pairs = zip(AGENCIES, SCORES, strict=True)
    assert sorted(found) == sorted((a, m, Decimal(s)) for a, s in pairs for m in measures)
    named = [row["text_raw"] for row in records.rows("provenance") if row["column_name"] == "agency"]
    assert sorted(named) == sorted(AGENCIES * len(measures))


@pytest.mark.parametrize("head", ["ม -", "มิ", "มื"])
def test_an_answer_is_known_by_the_other_one(head: str) -> None:
    html = table(("ข้อ", "ข้อมูล", head, "ไม่มี"), ("O1", "โครงสร้าง", "✓", ""), ("O2", "อำนาจหน้าที่", "", "✓"))
    options = extract_bytes(html, "t.html").rows("rating_options")
    assert [(row["label"], row["selected"]) for row in options] == [
        (head, True), ("ไม่มี", False), (head, False), ("ไม่มี", True),
    ]  # fmt: skip


@pytest.mark.parametrize("total", ["รวมทั้งลิ้น", "รวมทังสิ้น", "รวมทั้งหมค"])
def test_a_damaged_total_is_no_activity(total: str) -> None:
    html = table(("ที่", "กิจกรรม", "งบประมาณ"), ("1", "ปลูกต้นไม้", "500"), ("2", "ทำรั้ว", "700"), ("", total, "1,200"))
    assert [row["title"] for row in extract_bytes(html, "t.html").rows("activities")] == ["ปลูกต้นไม้", "ทำรั้ว"]


def test_what_is_as_near_to_two_words_is_neither() -> None:
    assert nearest("รวมเงินกxง", ("รวมเงินกลง", "รวมเงินกองง")) is None or nearest("กขคงจช", ("กขคงจฉ", "กขคงจซ")) is None
    assert nearest("ปี 2565 ทั้งหมด", ("ปี 2566 ทั้งหมด",)) is None
    assert nearest("รวม", ("รวมกัน", "ร่วม")) is None
    assert nearest("รวมทั้งสิ้น", ()) is None


HEADS = ("ที่", "กิจกรรม", "ตัวชี้วัดความสำเร็จ", "ผู้รับผิดชอบ", "ผลการดำเนินงาน")
ROW = ("1", "ปลูกต้นไม้ริมรั้ว", "จำนวนต้นไม้", "กองช่าง", "ปลูกแล้ว 20 ต้น")


@pytest.mark.parametrize(
    "again",
    [
        HEADS,
        ("ที", "กิจกรรม", "ตัวชีวัดความสำเร็จ", "ผู้รับพิดชอบ", "ผลการดำเนินงาน"),
        ("@", "กิจกรรม", "ตัวชี้วัดความสำเรจ", "ผู้รับผิดชอบ", "ผลการตำเนินงาน"),
    ],
)
def test_a_heading_that_is_printed_again_is_no_row(again: tuple[str, ...]) -> None:
    html = table(HEADS, ROW, again, ("2", "ทาสีรั้ว", "จำนวนครั้ง", "กองช่าง", "ทาแล้ว"))
    found = extract_bytes(html, "t.html").rows("activities")
    assert [row["title"] for row in found] == ["ปลูกต้นไม้ริมรั้ว", "ทาสีรั้ว"]


@pytest.mark.parametrize(
    ("text", "meanings"),
    [
        ("ตัวขี้วัด (KPIs) / เป้าหมายของโครงการ", ("indicator",)),  # damaged, with brackets and closing words
        ("ระยะเวลาดำเนินกวร / งบประมาณ", ("period", "budget")),  # one part of two is damaged
    ],
)
def test_labels_of_several_parts_are_known_through_damage(text: str, meanings: tuple[str, ...]) -> None:
    label = match_label(text, "fields")
    assert label is not None
    assert (label.key, *label.also) == meanings
    assert label.score < 100


@pytest.mark.parametrize(
    ("head", "counts", "numbers"),
    [
        ("ที", ("1", "2", "3"), ["1", "2", "3"]),
        ("n", ("๑.", "๒.", "๓."), ["1", "2", "3"]),
        ("n", ("1", "5", "3"), [None] * 3),
        ("จำนวนครั้ง", ("1", "2", "3"), [None] * 3),
    ],
)
def test_a_first_column_that_counts_the_rows_is_their_number(
    head: str, counts: tuple[str, ...], numbers: list[str | None]
) -> None:
    rows = [(n, f"ปลูกต้นไม้ริมรั้ว{place}", "กองช่าง") for n, place in zip(counts, ("วัด", "ตลาด", "สวน"), strict=True)]
    html = table((head, "กิจกรรม", "ผู้รับผิดชอบ"), *rows)
    assert [row["number"] for row in extract_bytes(html, "t.html").rows("activities")] == [
        None if number is None else int(number) for number in numbers
    ]
