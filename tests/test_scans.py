"""Scans of prints read with the text known: what lines, cells and marks alone make of every damage level."""

from __future__ import annotations

import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

from evaluate import total  # noqa: E402
from ita_extract.vision.ticks import is_tick  # noqa: E402
from measuring.scans import MARKS, MONTHS, Result, measure, share  # noqa: E402
from scanning.damage import LEVELS  # noqa: E402


def read(sample: str, producer: str, level: str) -> Result:
    pair = (ROOT / "samples" / sample, ROOT / "prints" / f"{sample}.{producer}.pdf")
    return measure([pair], level, None, say=lambda _: None)


@pytest.mark.parametrize("level", LEVELS)
def test_marks_without_boxes_are_seen_at_every_level(level: str) -> None:
    marks = share(read("oit-checklist", "chromium", level), *MARKS)
    assert marks.right + marks.missing == 10
    assert marks.f1 >= 0.97, marks.notes


@pytest.mark.parametrize("level", LEVELS)
def test_months_drawn_in_every_way(level: str) -> None:
    result = read("month-chart", "libreoffice", level)
    months = share(result, *MONTHS)
    assert months.right + months.missing == 360
    # one bit per pixel keeps nothing of light shading: three cells in a row of the plan, and one of its results
    lost = 4 + 2 * 12 if level == "fax" else 0
    assert months.right >= 355 - lost, result.tallies["timeline_months"].notes
    assert months.wrong <= 5, result.tallies["timeline_months"].notes


def test_a_page_without_errors_of_ocr_gives_the_records_of_its_sample() -> None:
    result = read("minutes-table", "chromium", "copier")
    assert total(result.tallies.values()).f1 >= 0.99
    assert result.names == result.names_right == 7


BODY = 30.0


def drawn(*strokes: list[tuple[int, int]], width: int = 4) -> np.ndarray:
    ink = np.zeros((110, 160), np.uint8)
    for stroke in strokes:
        cv2.polylines(ink, [np.array(stroke)], False, 1, width)
    return ink


TICKS = {
    "printed": [(40, 50), (52, 66), (80, 28)],
    "pen": [(30, 60), (45, 80), (75, 40), (120, 15)],
    "slash": [(40, 80), (75, 25)],
}
OTHERS = {
    "v": [(40, 30), (55, 70), (70, 30)],
    "dash": [(40, 50), (80, 50)],
    "one": [(50, 70), (50, 30)],
    "back slash": [(40, 30), (70, 75)],
    "circle": [(60 + round(18 * np.cos(a)), 50 + round(18 * np.sin(a))) for a in np.linspace(0, 6.3, 30)],
    "u": [(40, 30), (40, 70), (70, 70), (70, 30)],
    "seven": [(40, 30), (70, 30), (50, 75)],
}


@pytest.mark.parametrize("name", TICKS)
@pytest.mark.parametrize("width", [3, 6])
def test_ticks(name: str, width: int) -> None:
    ink = drawn(TICKS[name], width=width)
    ink[5, 5] = ink[100, 140] = 1
    assert is_tick(ink, BODY)


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_no_tick(name: str) -> None:
    assert not is_tick(drawn(OTHERS[name]), BODY)


def test_two_signs_are_no_tick() -> None:
    assert not is_tick(drawn(TICKS["printed"], [(110, 30), (110, 70)]), BODY)
