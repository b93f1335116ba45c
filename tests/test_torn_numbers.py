"""Numbers on scans whose parts stand apart."""

from __future__ import annotations

import pytest

from ita_extract.readers.scan.torn_numbers import with_whole_numbers
from ita_extract.vision.ocr import Doubt, LineReading, Word

BODY = 20.0


def line(text: str, gap: float = 12.0) -> LineReading:
    words, x = [], 0.0
    for word in text.split():
        words.append(Word(word, x, x + 10 * len(word), 0.9))
        x = words[-1].x1 + gap
    return LineReading(text, tuple(words), 0.9)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("88. 42", "88.42"),
        ("1, 250, 000. 50", "1,250,000.50"),
        ("๘๘. ๔๒", "๘๘.๔๒"),
        ("พ.ศ. ๒๕๖ 5 พบว่า", "พ.ศ. ๒๕๖5 พบว่า"),
        ("๑ ธันวาคม ๒๕๖ 5 – ๓ 1 มีนาคม", "๑ ธันวาคม ๒๕๖5 – ๓1 มีนาคม"),
        ("๔ 5,๕๐ 0 บาท", "๔5,๕๐0 บาท"),
    ],
)
def test_halves_of_a_number_are_joined(text: str, whole: str) -> None:
    found = with_whole_numbers(line(text), BODY)
    assert found.text == whole == " ".join(word.text for word in found.words)
    assert found.words[-1].x1 == line(text).words[-1].x1


@pytest.mark.parametrize("text", ["1. 2 คน", "ข้อ 1. 50 คน", "25 30", "๑ ๒", "1. 2. 3", "พ.ศ. 2566 15 คน", "2566, 2567"])
def test_numbers_that_stand_side_by_side_stay_two(text: str) -> None:
    assert with_whole_numbers(line(text), BODY).text == text


def test_digits_of_two_kinds_in_two_columns_stay_two() -> None:
    assert with_whole_numbers(line("๔ 8", gap=60), BODY).text == "๔ 8"


def test_doubts_keep_to_their_letters() -> None:
    text = "๔ 5,๕๐ 0 บาท"
    doubts = tuple(Doubt(at, at + 1, "?", 0.5) for at in (0, 2, 7, 9))
    found = with_whole_numbers(LineReading(text, line(text).words, 0.9, doubts), BODY)
    assert [found.text[d.start : d.end] for d in found.doubts] == ["๔", "5", "0", "บ"]
