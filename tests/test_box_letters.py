"""Square loops of bold letters are no check boxes; full boxes and ticked ones are, words beside them or not."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from ita_extract.readers.scan.box_letters import no_letters
from ita_extract.vision.check_boxes import PixelBox

Image = NDArray[np.uint8]
WIDTH, HEIGHT = 27, 22


def page() -> Image:
    """A page of small letters, without boxes."""
    image = np.full((1200, 1400), 255, np.uint8)
    for y in range(500, 1100, 60):
        for x in range(100, 1200, 26):
            cv2.rectangle(image, (x, y), (x + 15, y + 20), 0, 3)
            image[y + 8 : y + 13, x + 12 : x + 18] = 255
    return image


def bold_letter(image: Image, x: int, y: int, legs: int) -> PixelBox:
    """A loop with a stroke in it, and legs below it; what looks like a box is the loop."""
    image[y : y + HEIGHT + legs, x : x + WIDTH] = 0
    image[y + 5 : y + 17, x + 6 : x + 11] = 255
    image[y + 5 : y + 17, x + 16 : x + 21] = 255
    image[y + HEIGHT : y + HEIGHT + legs, x + 7 : x + 20] = 255
    return PixelBox(x, y, x + WIDTH, y + HEIGHT, 0.8, True, False)


@pytest.mark.parametrize(("legs", "step"), [(0, 37), (10, 37), (10, 47)], ids=["loops", "legs", "legs, spaced"])
def test_bold_letters_of_a_heading_are_no_boxes(legs: int, step: int) -> None:
    image = page()
    boxes = [bold_letter(image, x, 200, legs) for x in range(300, 600, step)]
    assert no_letters(boxes[1:-1], image) == []


@pytest.mark.parametrize("gap", [14, 30])
def test_a_full_box_before_a_word_is_one(gap: int) -> None:
    image = page()
    box = bold_letter(image, 300, 200, 0)
    for x in range(300 + WIDTH + gap, 600, 37):
        bold_letter(image, x, 200, 0)
    assert no_letters([box], image) == [box]


def test_a_tick_that_runs_out_below_keeps_its_box() -> None:
    image = page()
    cv2.rectangle(image, (300, 200), (332, 232), 0, 2)
    cv2.polylines(image, [np.array([(302, 214), (312, 246), (345, 190)])], False, 0, 3)
    for x in range(350, 600, 30):
        cv2.rectangle(image, (x, 212), (x + 20, 246), 0, 3)
    box = PixelBox(299, 199, 334, 234, 0.3, True, False)
    assert no_letters([box], image) == [box]
