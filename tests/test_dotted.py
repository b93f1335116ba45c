"""Rows of dots on scans are dots, whatever OCR makes of them."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from ita_extract.readers.scan.content import as_read, seen
from ita_extract.vision.line_cuts import cut_lines
from ita_extract.vision.lines import text_lines
from ita_extract.vision.ocr import LineReading, Word
from ita_extract.vision.page_image import PageImage

Image = NDArray[np.uint8]


def read(*, side: int = 6, step: int = 15, height: int | None = None) -> list[str]:
    """What a page with a line of letters and one of dots says, if OCR reads ๑๑๑ everywhere."""
    image = np.full((900, 1400), 255, np.uint8)
    for x in range(100, 1200, 34):
        cv2.rectangle(image, (x, 200), (x + 20, 230), 0, 4)
    for x in range(100, 500, step):
        cv2.rectangle(image, (x, 500 - (height or side)), (x + side - 1, 499), 0, -1)
    page = seen(PageImage(1, image, 300.0))
    said = LineReading("๑๑๑", (Word("๑๑๑", 0, 100, 0.8),), 0.8)
    return [reading.text for reading in as_read(page, [said] * len(page.cuts), "test").readings]


@pytest.mark.parametrize(("side", "step"), [(6, 15), (8, 20), (5, 11)])
def test_a_row_of_dots_is_read_as_such(side: int, step: int) -> None:
    assert read(side=side, step=step) == ["๑๑๑", "." * len(range(100, 500, step))]


def test_a_row_of_strokes_is_left_to_ocr() -> None:
    assert read(height=24) == ["๑๑๑", "๑๑๑"]


def test_specks_of_dirt_are_no_row() -> None:
    image = np.full((900, 1400), 255, np.uint8)
    for x in range(100, 1200, 34):
        cv2.rectangle(image, (x, 200), (x + 20, 230), 0, 4)
    for x, y in [(120, 497), (132, 499), (147, 495), (180, 499), (192, 496), (225, 498), (239, 495), (268, 497)]:
        cv2.rectangle(image, (x, y), (x + 6, y + 6), 0, -1)
    page = seen(PageImage(1, image, 300.0))
    readings = as_read(page, [LineReading("", (), 0.0)] * len(page.cuts), "test").readings
    assert not any("." in reading.text for reading in readings)


def form(*, dots: int = 30, side: int = 6, name: bool = False) -> str:
    """The parts of a line `nnnn ..... nnn` on a page of text: n for letters, a full stop for dots, as cut."""
    ink = np.zeros((600, 1500), np.uint8)
    parts = [range(40, 200, 34), range(230 + 15 * dots, 400 + 15 * dots, 34), range(300, 370, 34) if name else range(0)]
    places = [(x, 40) for part in parts for x in part]
    places += [(x, y) for y in range(200, 600, 100) for x in range(40, 1400, 34)]
    for x, y in places:
        cv2.rectangle(ink, (x, y), (x + 20, y + 30), 1, 4)
    for x in range(210, 210 + 15 * dots, 15):
        if not ink[71 - side : 71, x : x + side].any():
            ink[71 - side : 71, x : x + side] = 1
    found = cut_lines(text_lines(ink), [])
    return "".join("n" if line.letters else "." for line in found.lines if line.baseline < 100)


def test_what_is_beside_a_row_of_dots_is_read_apart() -> None:
    assert form() == "n.n"


def test_a_name_written_on_dots_is_read_between_them() -> None:
    assert form(name=True) == "n.n.n"


def test_an_ellipsis_is_part_of_its_line() -> None:
    assert form(dots=3) == "n"


def test_what_is_larger_than_dots_is_no_row_to_write_on() -> None:
    assert "." not in form(side=13)
