"""Number formats: what a spreadsheet displays, in Thai digits, Thai months and the Buddhist era too."""

from __future__ import annotations

from datetime import datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_extract.readers.xlsx.display import displayed

MOMENT = datetime(2024, 10, 1, 9, 5)


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (MOMENT, "[$-107041E]d mmm yyyy", "1 ต.ค. 2567"),
        (MOMENT, "[$-D07041E]d mmmm yyyy;@", "๑ ตุลาคม ๒๕๖๗"),
        (MOMENT, "[$-th-TH,107]d mmm yy", "1 ต.ค. 67"),
        (MOMENT, "[$-41E]d mmmm bbbb", "1 ตุลาคม 2567"),
        (MOMENT, "[$-409]d-mmm-yyyy", "1-Oct-2024"),
        (MOMENT, "mm-dd-yy", "1/10/2024"),
        (MOMENT, 'h:mm" น."', "9:05 น."),
        (MOMENT, "dddd d mmmm", "อังคาร 1 ตุลาคม"),
        (time(13, 30), "h:mm AM/PM", "1:30 PM"),
        (45566, "[$-107041E]d/m/yyyy", "1/10/2567"),
        (85, "General", "85"),
        (0.1 + 0.2, "General", "0.3"),
        (92.345, "0.00", "92.35"),
        (1234567.5, "#,##0.00", "1,234,567.50"),
        (0.856, "0.0%", "85.6%"),
        (92.3, "t0.00", "๙๒.๓๐"),
        (2567, "[$-D000000]0", "๒๕๖๗"),
        (-5.5, "#,##0.00_);(#,##0.00)", "(5.50)"),
        (-5.5, "0.00", "-5.50"),
        (0, '_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-', "-"),
        (1_500_000, "#,##0,", "1,500"),
        (12, '0" คน"', "12 คน"),
        (1234.5, "[$฿-41E]#,##0.00", "฿1,234.50"),
        (5, "000", "005"),
        (True, "General", "TRUE"),
        ("๐๐๑", "0", "๐๐๑"),
    ],
)
def test_values_as_displayed(value: object, code: str, text: str) -> None:
    assert displayed(value, code) == text


@given(st.one_of(st.floats(), st.integers()), st.text("0#,.;%[]$-DE07?\"'ymdhbtสn/@_* \\", max_size=12))
def test_any_format_gives_a_text(value: float, code: str) -> None:
    assert isinstance(displayed(value, code), str)
