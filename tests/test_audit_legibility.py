"""What OCR may have misread or not read is not checkable; what it read well is a finding, and so is text."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from ita_extract.audit.case import Case
from ita_extract.audit.legibility import ALIKE, UNREAD, UNSURE, hindrance
from ita_extract.audit.results import Side, fail
from ita_extract.records import DocumentRecord, PageRecord, SuspectedError
from ita_extract.records.bundle import make_records

ID = "0123456789abcdef"


def case(mean: str = "0.99", doubts: int = 0, origin: Any = "ocr") -> Case:
    """A page of 1,000 characters."""
    page = PageRecord(document_id=ID, origin=origin, mean_confidence=Decimal(mean), char_count=1000)
    errors = [
        SuspectedError(document_id=ID, suspected_error_id=f"X{number}", kind="garbled") for number in range(doubts)
    ]
    return Case(make_records(ID, [DocumentRecord(document_id=ID), page, *errors]))


def shown(text: str = "12 ครั้ง", confidence: str | None = None) -> Side:
    return Side(ID, text, confidence=Decimal(confidence) if confidence else None)


@pytest.mark.parametrize(("confidence", "reason"), [("0.69", UNSURE), ("0.71", None), (None, None)])
def test_what_is_shown_was_read_with_confidence(confidence: str | None, reason: Any) -> None:
    hindered = hindrance(fail(shown(), shown(confidence=confidence)), [case()])
    assert (hindered and hindered.reason) == reason


@pytest.mark.parametrize(
    ("scan", "reason"),
    [
        (case(), None),
        (case(doubts=2), None),
        (case(doubts=3), UNREAD),
        (case("0.97"), UNREAD),
        (case("0.5", doubts=9, origin="text_layer"), None),
    ],
)
def test_what_is_missed_may_only_not_have_been_read(scan: Case, reason: Any) -> None:
    hindered = hindrance(fail(shown(), absent=True), [scan])
    assert (hindered and hindered.reason) == reason
    assert hindrance(fail(shown()), [scan]) is None


@pytest.mark.parametrize(
    ("text", "other", "reason"),
    [
        ("สำนัลบลิดเทศบาล", "สำนักปลัดเทศบาล", ALIKE),
        ("การป้องกันการทุจรีต", "การป้องกันการทุจริต", ALIKE),
        ("กองสวัสดิการสังคม", "สำนักปลัดเทศบาล", None),
        ("ไม่น้อยกว่า 85 คะแนน", "ไม่น้อยกว่า 86 คะแนน", None),
        ("สำนักปลัดเทศบาล", "สำนักปลัดเทศบาล", None),
    ],
)
def test_letters_may_have_been_misread_but_not_numbers(text: str, other: str, reason: Any) -> None:
    hindered = hindrance(fail(shown(text), differs_from=other), [case()])
    assert (hindered and hindered.reason) == reason
    assert hindrance(fail(shown(text), differs_from=other), [case(origin="markup")]) is None


def test_one_badly_read_document_hinders_a_comparison() -> None:
    assert hindrance(fail(shown(), absent=True), [case(), case("0.9")])


def test_what_blames_the_reading_itself_is_told() -> None:
    assert hindrance(fail(shown(confidence="0.3"), cause="ocr", absent=True), [case("0.5")]) is None


@pytest.mark.parametrize(("kind", "reason"), [("false_number", UNSURE), ("official_term", None)])
def test_a_word_read_in_two_ways_is_no_evidence(kind: Any, reason: Any) -> None:
    page = PageRecord(document_id=ID, origin="ocr", mean_confidence=Decimal("0.99"), char_count=1000)
    error = SuspectedError(document_id=ID, suspected_error_id="X1", kind=kind, where="p1/b3:4-9")
    scan = Case(make_records(ID, [DocumentRecord(document_id=ID), page, error]))
    hindered = hindrance(fail(Side(ID, "97.10", "p1/b3:0-5")), [scan])
    assert (hindered and hindered.reason) == reason
    assert hindrance(fail(Side(ID, "97.10", "p1/b4:0-5")), [scan]) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [("1 5 เรื่อง", UNSURE), ("๑ ๑.๔๕ น.", UNSURE), ("0 2555 0127", None), ("24 4 ครั้ง", None), ("1 2 3 4", None)],
)
def test_a_number_in_two_parts_is_no_evidence(text: str, reason: Any) -> None:
    hindered = hindrance(fail(shown(text)), [case()])
    assert (hindered and hindered.reason) == reason
