"""Dirt beside lines of text is no part of them; signs are."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from ita_extract.readers.scan.reading_order import in_reading_order
from ita_extract.vision.lines import TextLine, text_lines

Mask = NDArray[np.uint8]
BODY, BASELINE = 20, 60
START, END = 100, 400


def line(*dots: tuple[int, int], side: int = 3) -> Mask:
    """Letters of 20 pixels from 100 to 400, and dots (left, bottom)."""
    ink = np.zeros((120, 520), np.uint8)
    for x in range(START, END, 20):
        ink[BASELINE - BODY : BASELINE, x : x + 14] = 1
        ink[BASELINE - BODY + 4 : BASELINE - 4, x + 4 : x + 10] = 0
    for x, bottom in dots:
        ink[bottom - side : bottom, x : x + side] = 1
    return ink


def ends(ink: Mask) -> tuple[int, int]:
    found = max(text_lines(ink).lines, key=lambda found: found.letters)
    return found.x0, found.x1


@pytest.mark.parametrize(
    "dots",
    [
        [(70, BASELINE - 10)], [(432, BASELINE)], [(60, BASELINE - 4), (435, BASELINE - 9)],
        [(425, BASELINE - 2), (455, BASELINE - 3)],
    ],
    ids=["before", "behind on the baseline", "both", "two in a row"],
)  # fmt: skip
def test_specks_beside_a_line_do_not_lengthen_it(dots: list[tuple[int, int]]) -> None:
    assert ends(line(*dots)) == (START, END - 6)


@pytest.mark.parametrize(
    ("dots", "end"),
    [
        ([(397, BASELINE)], 401),
        ([(418, BASELINE), (418, BASELINE - 13)], 422),
        ([(x, BASELINE) for x in range(412, 460, 12)], 452),
    ],
    ids=["full stop", "colon behind a blank", "leader dots"],
)
def test_signs_at_the_end_of_a_line_stay_in_it(dots: list[tuple[int, int]], end: int) -> None:
    assert ends(line(*dots, side=4)) == (START, end)


def test_a_full_stop_between_a_large_number_and_its_text_stays() -> None:
    ink = line((93, BASELINE), side=4)
    ink[BASELINE - 28 : BASELINE, 70:86] = 1
    assert ends(ink)[0] == 70
    found = text_lines(ink)
    assert found.owner[BASELINE - 2, 94] == found.owner[BASELINE - 2, 72] > 0


def at(x0: int, x1: int, top: int, letters: int = 20) -> TextLine:
    return TextLine(x0, top, x1, top + 40, top + 35, 0.0, 18, letters, -1)


def test_a_row_of_dirt_in_the_gap_hides_no_columns() -> None:
    left = [at(100, 780, 100 + 50 * n) for n in range(8)]
    right = [at(860, 1500, 100 + 50 * n) for n in range(8)]
    dirt = at(790, 840, 310, letters=0)
    lines = sorted([*left, *right, dirt], key=lambda line: (line.top, line.x0))
    order = [lines[n] for n in in_reading_order(lines)]
    assert [line for line in order if line != dirt] == [*left, *right]
    assert len(order) == len(lines)
