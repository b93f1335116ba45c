"""Bars and dirt on scans are no letters, whatever OCR makes of them; dashes and small letters stay."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ita_extract.readers.scan.content import as_read, seen
from ita_extract.vision.ocr import LineReading, Word
from ita_extract.vision.page_image import PageImage


def read(box: tuple[int, int, int, int], text: str) -> str:
    """What a page with a line of letters and something in a box (x0, top, x1, bottom) says, if OCR reads `text`."""
    image = np.full((900, 1400), 255, np.uint8)
    for x in range(100, 1200, 34):
        cv2.rectangle(image, (x, 200), (x + 20, 230), 0, 4)
    x0, top, x1, bottom = box
    image[top:bottom, x0:x1] = 0
    page = seen(PageImage(1, image, 300.0))
    assert len(page.cuts) == 2
    said = LineReading(text, (Word(text, 0, 100, 0.95),), 0.95)
    return as_read(page, [said] * 2, "test").readings[1].text


@pytest.mark.parametrize(
    ("box", "text", "expected"),
    [
        ((300, 500, 420, 532), "ส", ""),  # a bar as high as letters
        ((300, 500, 318, 514), "๒", ""),  # a speck, half as high
        ((300, 500, 320, 534), "1", "1"),
        ((300, 512, 320, 517), "-", "-"),
    ],
    ids=["bar", "speck", "letter", "dash"],
)
def test_bars_and_dirt_are_no_letters(box: tuple[int, int, int, int], text: str, expected: str) -> None:
    assert read(box, text) == expected
