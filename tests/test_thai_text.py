"""Text repair, keys and the damage score, on invented examples of the damage classes that real files show."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ita_extract.thai.damage import damage_score
from ita_extract.thai.text import (
    fold_digits,
    is_thai,
    key,
    repair,
    thai_share,
    tolerant_pattern,
    toneless,
)

MARKS_LOST = "ผ เข าร วมประช มของฝ ายเลขาน การท จะต องร บผ ดชอบและร กษาหน งส อของฝ ายน น"
THAI_RICH = st.text(
    alphabet=st.one_of(
        st.sampled_from("กขนสตหดวเแโาำะ ํ่้๊์ิีึืุูัฺ็๎  \t\n๑2aำํ"),
        st.sampled_from("\ufffd\u200b\u00a0\ufeff\uf70a\uf701\uf700\uf88b\uf89a"),
        st.characters(),
    ),
    max_size=40,
)

REPAIRS = [
    ("ถ ึง", "ถึง"),
    ("ต ้อง", "ต้อง"),
    ("ส านักงาน", "สำนักงาน"),
    ("จะด าเนินการ", "จะดำเนินการ"),
    ("ไม่ต่ ากว่า", "ไม่ต่ำกว่า"),
    ("หน้ า", "หน้ า"),
    ("ก า ร ป ร ะ", "ก า ร ป ร ะ"),
    ("ด�ำเนิน", "ดำเนิน"),
    ("ประจ�าปี", "ประจำปี"),
    ("ว�าด�วย", "ว�าด�วย"),
    ("ดําเนินการ", "ดำเนินการ"),
    ("นํ้า", "น้ำ"),
    ("น้ํา", "น้ำ"),
    ("นำ้", "น้ำ"),
    ("คำา", "คำ"),
    ("คะเเนน", "คะแนน"),
    ("ที่่", "ที่"),
    ("ก่ี", "กี่"),
    ("ป\uf701\uf70a", "ปิ่"),
    ("\uf70fา\uf88b", "ญา่"),
    ("ก\u200bข\u00adค\ufeff", "กขค"),
    ("ก\u00a0ข", "ก ข"),
    ("พุทฺธํ", "พุทฺธํ"),
]


@pytest.mark.parametrize(("damaged", "good"), REPAIRS)
def test_repairs(damaged: str, good: str) -> None:
    assert repair(damaged).text == good


@pytest.mark.parametrize(
    "good", ["น้ำ ค่ำ ทำ ที่ เสื้อ สิทธิ์ พันธุ์ เก้าอี้", "Line 1\r\n\tข้อ ๑๒\t", "2,000.- ≥ 70%", "ÀB café", "", "<td>ก</td>"]
)
def test_leaves_good_text_alone(good: str) -> None:
    repaired = repair(good)
    assert repaired.text == good
    assert all(run.is_one_to_one for run in repaired.runs)


def test_marks_lost_to_spaces_are_no_split_sara_am() -> None:
    assert repair(MARKS_LOST).text == MARKS_LOST


@given(THAI_RICH)
@settings(max_examples=300)
def test_repair_is_idempotent_and_survives_nfc(text: str) -> None:
    repaired = repair(text).text
    assert repair(repaired).text == repaired
    thai = "".join(char for char in repaired if is_thai(char))
    assert unicodedata.normalize("NFC", repair(thai).text) == repair(thai).text


@given(THAI_RICH)
@settings(max_examples=300)
def test_runs_cover_the_text_and_lead_to_the_source(text: str) -> None:
    repaired = repair(text)
    at = source_at = 0
    for run in repaired.runs:
        assert run.text_start == at < run.text_end
        assert source_at <= run.source_start < run.source_end <= len(text)
        at, source_at = run.text_end, run.source_end
        if run.is_one_to_one and run.text_end - run.text_start == 1 and repaired.text[run.text_start].isalnum():
            assert repair(text[run.source_start : run.source_end]).text in {repaired.text[run.text_start], "เ"}
    assert at == len(repaired.text)


@given(THAI_RICH)
@settings(max_examples=200)
def test_repair_keeps_words_digits_and_layout(text: str) -> None:
    def kept(value: str) -> str:
        return "".join(c for c in value if c in "\t\n" or c.isdigit() or ("a" <= c <= "z"))

    assert kept(repair(text).text) == kept(text)


def test_long_hostile_text_is_repaired_quickly() -> None:
    for text in ("ก" + "่ิ" * 20_000, "ำ่" * 20_000, "ก " * 20_000 + "ิ", "เ" * 20_001):
        repaired = repair(text).text
        assert repair(repaired).text == repaired


def test_fold_digits_keeps_positions() -> None:
    assert fold_digits("ปี ๒๕๖๔ (25๖๒)") == "ปี 2564 (2562)"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("๘. หลักการ และเหตุผล :", "8.หลักการและเหตุผล"),
        ("  • ตัวชี้วัด (KPIs)", "ตัวชี้วัด(kpis)"),
        ("“แผน” – ผล", '"แผน"-ผล'),
        ("ดําเนินการ", "ด าเนินการ"),
        ("ＩＴＡ　２", "ita2"),
        ("ผล\u200bลัพธ์", "ผลลัพธ์"),
    ],
)
def test_key_folds_what_readers_take_as_the_same(one: str, other: str) -> None:
    assert key(one) == key(other)


def test_key_tells_words_apart_that_toneless_does_not() -> None:
    assert key("เสี่ยง") != key("เสียง")
    assert toneless("เสี่ยง") == toneless("เสียง")
    assert toneless("ดำเนินการ") == toneless("ดาเนินการ")


@given(THAI_RICH)
def test_toneless_is_a_function_of_the_key(text: str) -> None:
    assert toneless(text) == toneless(key(text))


@pytest.mark.parametrize("written", ["ไม่ต่ำกว่า", "ไม ต ากวา", "ไม่ตํ่ากว่า", "ไม่ ต่ำ กว่า", "ไม้ตำกวา"])
def test_tolerant_pattern(written: str) -> None:
    assert re.fullmatch(tolerant_pattern("ไม่ต่ำกว่า"), written)
    assert not re.fullmatch(tolerant_pattern("ไม่ต่ำกว่า"), "ไม่น้อยกว่า")


def test_thai_share() -> None:
    assert is_thai("ก") and is_thai("๙") and not is_thai("a")
    assert thai_share("") == 0.0
    assert thai_share("กข ab") == 0.5
    assert thai_share("งาน") == 1.0


@pytest.mark.parametrize(
    "good",
    [
        "",
        "คณะทำงานประชุมที่ห้องประชุมใหญ่ เรื่องที่ต้องทำ",
        "Annual report 2021",
        "17,680.00",
        "café naïve",
        "☑ ใช่ \uf0fe",
        "……“ก”",
    ],
)
def test_good_text_has_no_damage(good: str) -> None:
    assert damage_score(good) == 0.0


@pytest.mark.parametrize(
    "bad",
    ["ถ ึง", "\uf70aก", "ด�ำเนิน", "ที่่", "(cid:12)(cid:7)ก", "ÊÓ¹¡§Ò¹", "à¸‡à¸²à¸™", "ิก", "ส านัก", "25ŞŚ", MARKS_LOST * 3],
)
def test_damaged_text_scores(bad: str) -> None:
    assert 0.0 < damage_score(bad) <= 1.0


@given(THAI_RICH)
def test_damage_score_is_a_share(text: str) -> None:
    assert 0.0 <= damage_score(text) <= 1.0
