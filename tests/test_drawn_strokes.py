"""Rulings of charts of months: what is drawn in them, from one ruling to another, is none."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from ita_extract.vision.rulings import find_rulings

Image = NDArray[np.uint8]
DPI = 200
ROWS = (100, 180, 260, 340)
COLUMNS = tuple(range(100, 1301, 100))


def chart() -> Image:
    page = np.full((450, 1400), 255, np.uint8)
    for y in ROWS:
        cv2.line(page, (COLUMNS[0], y), (COLUMNS[-1], y), 0, 2)
    for x in COLUMNS:
        cv2.line(page, (x, ROWS[0]), (x, ROWS[-1]), 0, 2)
    return page


def levels(page: Image) -> list[int]:
    """Places of the level rulings, to ten pixels."""
    return [10 * round(ruling.at / 10) for ruling in find_rulings(page, DPI).level]


def arrow(page: Image, x0: int, x1: int, y: int, half: int, heads: str) -> None:
    cv2.line(page, (x0, y), (x1, y), 0, 2)
    for tip, inwards in ((x1, -1), (x0, 1)):
        if ("right" if inwards < 0 else "left") in heads:
            base = tip + inwards * 2 * half
            cv2.fillPoly(page, [np.array([(tip, y), (base, y - half), (base, y + half)], np.int32)], 0)


@pytest.mark.parametrize("half", [5, 8])
@pytest.mark.parametrize("heads", ["right", "left", "left and right"])
@pytest.mark.parametrize("gap", [2, 5])
def test_arrows_from_ruling_to_ruling_are_no_rulings(half: int, heads: str, gap: int) -> None:
    page = chart()
    arrow(page, 300 + gap, 600 - gap, 220, half, heads)
    assert levels(page) == list(ROWS)


@pytest.mark.parametrize("y", [220, 300])
def test_edges_of_bars_in_jpeg_are_no_rulings(y: int) -> None:
    page = chart()
    page[y - 11 : y + 11, 305:700] = 60
    noisy = np.clip(page + np.random.default_rng(3).normal(0, 8, page.shape), 0, 255).astype(np.uint8)
    coded = cv2.imencode(".jpg", noisy, [cv2.IMWRITE_JPEG_QUALITY, 50])[1]
    assert levels(np.asarray(cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE), np.uint8)) == list(ROWS)


def test_a_ruling_between_letters_above_and_below_it_is_one() -> None:
    page = chart()
    cv2.line(page, (300, 220), (600, 220), 0, 2)
    for x in (320, 560, 620):  # letters that touch the ruling, and stand behind its end
        cv2.rectangle(page, (x, 196), (x + 14, 216), 0, 3)
        cv2.rectangle(page, (x + 2, 226), (x + 16, 248), 0, 3)
    assert levels(page) == [100, 180, 220, 260, 340]


def test_rulings_that_end_short_of_another_one_do_not_reach_it() -> None:
    """A table in a cell, twelve pixels (three points) off its sides, on a scan that is a little blurred and noisy."""
    page = np.full((700, 1400), 255, np.uint8)
    cv2.rectangle(page, (100, 100), (1300, 600), 0, 2)
    xs, ys = (112, 600, 1288), (112, 350, 588)
    for y in ys:
        cv2.line(page, (xs[0], y), (xs[-1], y), 0, 2)
    for x in xs:
        cv2.line(page, (x, ys[0]), (x, ys[-1]), 0, 2)
    noise = np.random.default_rng(3).normal(0, 3, page.shape)
    page = np.clip(cv2.GaussianBlur(page, (0, 0), 0.6) + noise, 0, 255).astype(np.uint8)
    found = find_rulings(page, 300)
    for rulings, places, ends in ((found.level, ys, xs), (found.upright, xs, ys)):
        inner = [ruling for ruling in rulings if min(abs(ruling.at - place) for place in places) < 3]
        assert len(inner) == 3
        assert all(ruling.start == pytest.approx(ends[0], abs=2.5) for ruling in inner)
        assert all(ruling.end == pytest.approx(ends[-1] + 1, abs=2.5) for ruling in inner)


@pytest.mark.parametrize(("gap", "count"), [(14, 2), (3, 3)], ids=["stems of letters", "a dashed ruling"])
def test_stems_in_line_from_row_to_row_of_a_list_are_no_ruling(gap: int, count: int) -> None:
    """Every row begins with the same words."""
    page = np.full((900, 700), 255, np.uint8)
    cv2.rectangle(page, (100, 100), (600, 800), 0, 2)
    for y in range(102, 800 - 40, 50):
        cv2.line(page, (200, y), (200, y + 50 - gap), 0, 3)
        cv2.putText(page, "n", (204, y + 34), cv2.FONT_HERSHEY_SIMPLEX, 0.9, 0, 3, cv2.LINE_AA)
    assert len(find_rulings(page, DPI).upright) == count
