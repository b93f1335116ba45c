"""Rows of dots on scans are dots, whatever OCR makes of them."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from ita_extract.readers.scan.content import as_read, seen
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
    for x, y in [(120, 497), (132, 499), (147, 495), (180, 499), (192, 496), (204, 498), (219, 495), (290, 497)]:
        cv2.rectangle(image, (x, y), (x + 6, y + 6), 0, -1)
    page = seen(PageImage(1, image, 300.0))
    readings = as_read(page, [LineReading("", (), 0.0)] * len(page.cuts), "test").readings
    assert not any("." in reading.text for reading in readings)
