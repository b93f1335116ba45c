"""Ticks in cells of scans, and digits that are drawn like them."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ita_extract.readers.reading import Reading
from ita_extract.readers.scan.content import as_read, seen
from ita_extract.readers.scan.reader import add_page
from ita_extract.vision.ocr import LineReading, Word
from ita_extract.vision.page_image import PageImage


def cell_with_tick(text: str, confidence: float) -> str:
    """What a table says whose one cell holds a tick that OCR reads as `text`."""
    image = np.full((900, 1400), 255, np.uint8)
    for x in (100, 500, 900, 1300):
        cv2.line(image, (x, 100), (x, 500), 0, 3)
    for y in (100, 300, 500):
        cv2.line(image, (100, y), (1300, y), 0, 3)
    for x0, y in ((130, 180), (530, 180), (930, 180), (130, 380), (930, 380)):
        for x in range(x0, x0 + 240, 34):
            cv2.rectangle(image, (x, y), (x + 20, y + 30), 0, 4)
    cv2.polylines(image, [np.array([(680, 395), (692, 414), (720, 370)])], False, 0, 4, cv2.LINE_AA)
    page = seen(PageImage(1, image, 300.0))
    readings = []
    for line in page.found.lines:
        said = (text, confidence) if 600 < line.x0 < 800 and line.top > 300 else ("กขค", 0.99)
        readings.append(LineReading(said[0], (Word(said[0], 20, 60, said[1]),), said[1]))
    reading = Reading()
    add_page(reading, as_read(page, readings, "test"))
    return reading.document(b"", "t.png", "image/png").source


@pytest.mark.parametrize(("text", "confidence"), [("v", 0.6), ("/", 0.73), ("2", 0.5)])
def test_a_tick_that_ocr_takes_for_a_sign_is_a_tick(text: str, confidence: float) -> None:
    source = cell_with_tick(text, confidence)
    assert "✓" in source
    assert text not in source


def test_a_digit_that_ocr_is_sure_of_is_a_digit() -> None:
    source = cell_with_tick("2", 0.95)
    assert "2" in source
    assert "✓" not in source
