"""Labels, item numbers, names of people and organisations, units in one cell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_extract import extract_bytes
from ita_extract.errors import ThaiParseError
from ita_extract.thai.labels import match_label, split_label
from ita_extract.thai.names import find_names, find_position, parse_name, parse_person_line
from ita_extract.thai.numbering import parse_numbering
from ita_extract.thai.organisations import (
    abbreviations_by_name,
    document_definitions,
    find_organisations,
    resolve,
    split_units,
)
from ita_extract.thai.text import key
from ita_extract.thai.tokens import words

THAI_TEXT = st.text(alphabet=st.sampled_from("กขคงนายสวร่้ๆฯ์ัิำาเแโใ .,:()1234๑๒/-\t\n๐AaนางดรศO•"), max_size=60)
ANY_TEXT = st.one_of(st.text(max_size=80), THAI_TEXT)


# ------------------------------------------------------------------ numbers
@pytest.mark.parametrize(
    ("text", "raw", "path"),
    [
        ("1. ชื่อ", "1", (1,)),
        ("๘. หลักการ", "๘", (8,)),
        ("8.1 ระดับ", "8.1", (8, 1)),
        ("1.2.3 ก", "1.2.3", (1, 2, 3)),
        ("(๗) ผู้รับผิดชอบ", "(๗)", (7,)),
        ("๑) โครงการ", "๑)", (1,)),
        ("ข้อ 3 ความ", "3", (3,)),
        ("2.ศึกษา", "2", (2,)),
        ("- พฤติกรรม", "-", ()),
        ("• พฤติกรรม", "•", ()),
        ("ก. ข้อแรก", "ก", (1,)),
    ],
)
def test_item_numbers(text: str, raw: str, path: tuple[int, ...]) -> None:
    numbering = parse_numbering(text)
    assert numbering is not None
    assert (numbering.raw, numbering.path) == (raw, path)


@pytest.mark.parametrize(
    "text",
    [
        "10 คน",
        "09.30 น.",
        "4.50 คะแนน",
        "1/2564",
        "1 ต.ค. 65",
        "1.1.2564",
        "1.5 ล้านบาท",
        "(2564)",
        "ก.พ. 65",
        "-5 องศา",
    ],
)
def test_what_looks_like_an_item_number(text: str) -> None:
    assert parse_numbering(text) is None


@given(ANY_TEXT)
def test_numbering_of_any_text(text: str) -> None:
    numbering = parse_numbering(text)
    assert numbering is None or 0 < numbering.end <= len(text)


# ------------------------------------------------------------------ labels
@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("ผลการดำเนินงาน", "result"),
        ("แผนการดำเนินงาน", "timeline"),
        ("ตัวชี้วัดความสําเร็จ", "indicator"),
        ("ตัวช้ีวดัความสำเร็จ", "indicator"),
        ("ระยะเวลาดำเนนิการ", "period"),
    ],
)
def test_damaged_labels(text: str, key: str) -> None:
    label = match_label(text, "fields")
    assert label is not None
    assert label.key == key


def test_plan_and_result_are_never_confused() -> None:
    """Two letters apart, opposite in meaning."""
    for damaged in ("แผลการดำเนินงาน", "ผนการดำเนินงาน"):
        label = match_label(damaged, "fields")
        assert label is None or label.score < 100


def test_running_text_is_no_label() -> None:
    for text in (
        "กิจกรรม ประกอบด้วยการอบรมและการศึกษาดูงาน",
        "1. ศึกษาหลักเกณฑ์การประเมิน",
        "โครงการนี้จัดขึ้นเพื่อส่งเสริมความรู้",
        "เวลา 09:30 น.",
        "https://www.example.go.th",
        "(ลงชื่อ) ........................ ผู้เสนอโครงการ",
    ):
        assert split_label(text) is None, text


def test_bold_type_ends_a_label() -> None:
    text = "6. ผลการดำเนินงาน เผยแพร่แล้ว 9 รายการ"
    assert split_label(text) is None
    label = split_label(text, bold_end=len("6. ผลการดำเนินงาน"))
    assert label is not None
    assert (label.key, text[label.value_start :]) == ("result", "เผยแพร่แล้ว 9 รายการ")


def test_a_number_in_sequence_ends_a_label() -> None:
    label = split_label("6. ผลการดำเนินงาน เผยแพร่แล้ว 9 รายการ", in_sequence=True)
    assert label is not None
    assert label.key == "result"


@given(ANY_TEXT)
def test_labels_of_any_text(text: str) -> None:
    label = split_label(text)
    if label is not None:
        assert 0 <= label.label_start <= label.label_end <= label.value_start <= len(text)
    match_label(text, "columns")


# ------------------------------------------------------------------ names
@pytest.mark.parametrize(
    ("text", "prefix", "given_name", "surname"),
    [
        ("นายสมมุติ ใจดีงาม", "นาย", "สมมุติ", "ใจดีงาม"),
        ("น.ส.ขวัญข้าว ดอยสูง", "น.ส.", "ขวัญข้าว", "ดอยสูง"),
        ("ว่าที่ร้อยตรีหญิงณิชาภา ลานหิน", "ว่าที่ร้อยตรีหญิง", "ณิชาภา", "ลานหิน"),
        ("พล.ต.อ. สมชาย รักสงบ", "พล.ต.อ.", "สมชาย", "รักสงบ"),
        ("รศ.ดร. มานี มีนา", "รศ.ดร.", "มานี", "มีนา"),
        ("นพ.ชูใจ ใฝ่ดี", "นพ.", "ชูใจ", "ใฝ่ดี"),
        ("พระครูสุนทรธรรม", "พระครู", "สุนทรธรรม", None),
        ("ม.ร.ว.ปิติ ชูใจ", "ม.ร.ว.", "ปิติ", "ชูใจ"),
        ("ดร.ปราชญ์ ณ เวียงฟ้า", "ดร.", "ปราชญ์", "ณ เวียงฟ้า"),
        ("นางสาววีระ สนิทใจ ณ ลำน้ำ", "นางสาว", "วีระ", "สนิทใจ ณ ลำน้ำ"),
        ("นายกมล แสนดี", "นาย", "กมล", "แสนดี"),
        ("นายอภิรมย์ ผู้ว่าการ กทท.", "นาย", "อภิรมย์", None),
        ("นายเพียร ขยัน ณ ห้องประชุมใหญ่", "นาย", "เพียร", "ขยัน"),
        ("นายสมคิด คิดดีผู้อำนวยการกองช่าง", "นาย", "สมคิด", "คิดดี"),
    ],
)
def test_names(text: str, prefix: str, given_name: str, surname: str | None) -> None:
    name = find_names(text)[0]
    assert (name.prefix, name.given_name, name.surname) == (prefix, given_name, surname)
    assert text[name.start : name.end] == name.raw


@pytest.mark.parametrize(
    "text",
    [
        "นายกเทศมนตรี",
        "นายอำเภอเมือง",
        "นายช่างโยธา",
        "คุณธรรมและความโปร่งใส",
        "คุณภาพการให้บริการ",
        "พระราชบัญญัติ",
        "พ.ศ. 2564 มี",
    ],
)
def test_words_that_are_no_names(text: str) -> None:
    assert not find_names(text)


def test_lines_of_attendance_lists() -> None:
    line = "๔. นางอรอนงค์ ทดสอบดี   หัวหน้ากลุ่มงานคลัง (แทน) ผู้อำนวยการกองคลัง   กรรมการ"
    read = parse_person_line(line)
    parts = {
        part: line[slice(*span)]
        for part in ("order", "position", "role", "proxy_for")
        if (span := getattr(read, part)) is not None
    }
    assert parts == {
        "order": "๔.",
        "position": "หัวหน้ากลุ่มงานคลัง",
        "role": "กรรมการ",
        "proxy_for": "ผู้อำนวยการกองคลัง",
    }
    bracketed = "ผู้อำนวยการสำนัก (นายวัฒน์ ทดลอง) กรรมการและเลขานุการ"
    read = parse_person_line(bracketed)
    assert read.position is not None
    assert bracketed[slice(*read.position)] == "ผู้อำนวยการสำนัก"
    absent = "๑. นายเอก โทตรี (ลาการประชุม)"
    read = parse_person_line(absent)
    assert read.absence_reason is not None
    assert absent[slice(*read.absence_reason)] == "ลาการประชุม"


def test_prose_is_no_attendance_line() -> None:
    for text in ("นายเอก โทตรี เสนอให้ใช้แบบคำขอฉบับเดียว", "ที่ประชุมมอบหมายให้ นายเอก โทตรี ดำเนินการ", ""):
        with pytest.raises(ThaiParseError):
            parse_person_line(text)


@given(ANY_TEXT)
def test_names_of_any_text(text: str) -> None:
    end = 0
    for name in find_names(text):
        assert end <= name.start < name.end <= len(text)
        assert text[name.start : name.end] == name.raw
        end = name.end
    for parser in (parse_name, parse_person_line):
        try:
            parser(text)
        except ThaiParseError:
            continue
    span = find_position(text, 0)
    assert span is None or 0 <= span[0] < span[1] <= len(text)


# ------------------------------------------------------------------ organisations
def test_an_abbreviation_means_what_the_document_says() -> None:
    definitions = document_definitions("องค์การทดลองน้ำแห่งชาติ (อทน.) จัดทำแผน")
    assert definitions == {"อทน.": "องค์การทดลองน้ำแห่งชาติ"}
    own = resolve("อทน.", document_abbreviations=definitions)
    assert (own.name, own.resolution) == ("องค์การทดลองน้ำแห่งชาติ", "document")


def test_one_abbreviation_of_two_names() -> None:
    short = abbreviations_by_name("กรมบ่อน้ำใส (กบน.) ประสานงานกับกรมบันทึกนาข้าว (กบน.)")
    assert short == {key("กรมบ่อน้ำใส"): "กบน.", key("กรมบันทึกนาข้าว"): "กบน."}


def test_a_name_has_the_abbreviation_that_the_document_gives_it() -> None:
    text = "แผนส่งเสริมความโปร่งใส กรมบ่อน้ำใส\n\nประสานงานกับกรมบันทึกนาข้าว (กบน.) ทุกสัปดาห์\n"
    rows = {row["name"]: row for row in extract_bytes(text.encode(), "t.txt").rows("organisations")}
    noted = rows["กรมบันทึกนาข้าว"]
    assert (noted["abbr"], noted["resolution"]) == ("กบน.", "document")
    assert rows["กรมบ่อน้ำใส"]["abbr"] is None


@pytest.mark.parametrize(
    ("named", "agency"),
    [
        ("โรงเรียนวัดลมเย็น เทศบาลตำบลบางน้ำใส", "โรงเรียนวัดลมเย็น"),
        ("กรมบ่อน้ำใส กระทรวงมหาดไทย", "กรมบ่อน้ำใส"),
        ("เทศบาลตำบลบางน้ำใส จังหวัดเชียงใหม่", "เทศบาลตำบลบางน้ำใส"),
        ("กองคลัง เทศบาลตำบลบางน้ำใส", "เทศบาลตำบลบางน้ำใส"),
        ("สำนักงานเลขานุการกรม กรมบ่อน้ำใส", "กรมบ่อน้ำใส"),
        ("กรมบ่อน้ำใส โรงพยาบาลทุ่งดอกหญ้า", "โรงพยาบาลทุ่งดอกหญ้า"),
    ],
)
@pytest.mark.parametrize("form", ["แผนป้องกันการทุจริต {} ประจำปีงบประมาณ พ.ศ. 2566", "รายงานผล\n\nหน่วยงาน : {}"])
def test_of_agencies_one_behind_the_other_the_smaller_is_meant(form: str, named: str, agency: str) -> None:
    [row] = extract_bytes(f"{form.format(named)}\n".encode(), "t.txt").rows("documents")
    assert row["agency"] == agency


def test_ambiguous_abbreviations_stay_unresolved() -> None:
    for short in ("สช.", "สทร.", "ก.ม."):
        mention = resolve(short)
        assert (mention.name, mention.resolution) == (None, "unresolved")


def test_names_hold_in_their_years() -> None:
    old = resolve("สศช.", fiscal_year_be=2560)
    new = resolve("สศช.", fiscal_year_be=2565)
    assert old.name != new.name


def test_a_month_is_no_organisation() -> None:
    assert not find_organisations("ม.ค. - ก.พ. 2567 และ ก.ค. 67")


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("งานนิติการ สำนักปลัดเทศบาล", ["งานนิติการ สำนักปลัดเทศบาล"]),
        ("กองคลัง กองช่าง", ["กองคลัง", "กองช่าง"]),
        ("กองคลังและกองช่าง", ["กองคลัง", "กองช่าง"]),
        ("กลุ่มยุทธศาสตร์และแผน", ["กลุ่มยุทธศาสตร์และแผน"]),
        ("กองคลังกองช่างกองการศึกษา", ["กองคลัง", "กองช่าง", "กองการศึกษา"]),
        ("1. สำนักปลัด 2. กองคลัง", ["สำนักปลัด", "กองคลัง"]),
        ("- ฝ่ายพัสดุ\n- ฝ่ายการเงิน", ["ฝ่ายพัสดุ", "ฝ่ายการเงิน"]),
    ],
)
def test_units_in_one_cell(text: str, units: list[str]) -> None:
    assert [text[start:end] for start, end in split_units(text)] == units


@given(ANY_TEXT)
def test_organisations_of_any_text(text: str) -> None:
    for mention in find_organisations(text):
        assert text[mention.start : mention.end] == mention.raw
    end = 0
    for start, stop in split_units(text):
        assert end <= start < stop <= len(text)
        end = stop
    resolve(text)
    document_definitions(text)


@given(THAI_TEXT)
def test_words_cover_the_text(text: str) -> None:
    spans = words(text)
    assert "".join(text[a:b] for a, b in spans) == text


def test_the_legal_form_belongs_to_the_name_of_a_public_organisation() -> None:
    [mention] = find_organisations("รายงานของสำนักงานพัฒนาบ่อน้ำชุมชน (องค์การมหาชน) ประจำปี")
    assert mention.raw == mention.name == "สำนักงานพัฒนาบ่อน้ำชุมชน (องค์การมหาชน)"


@pytest.mark.parametrize("line", ["๒ นายภูริเดช สำเนียงดี รองเลขาธิการ", "2  นายภูริเดช สำเนียงดี  รองเลขาธิการ"])
def test_a_number_before_a_name_needs_no_full_stop(line: str) -> None:
    read = parse_person_line(line)
    assert read.order is not None
    assert line[slice(*read.order)] in ("๒", "2")
    assert read.position is not None
    assert line[slice(*read.position)] == "รองเลขาธิการ"
