"""Full stops in numbers on scans: as small as dirt where digits of a thin face are all that a line holds."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from ita_extract.vision.ocr import LineImage
from ita_extract.vision.prepared import PreparedLine, prepared
from ita_extract.vision.spacing import gaps_of
from ita_extract.vision.thai import Thai

BASELINE = 94
DOT = (75, BASELINE - 3)


def number(dot: tuple[int, int] | None, side: int = 4) -> NDArray[np.uint8]:
    """Four thin digits, 34 pixels high, with room for a point between the second and the third."""
    image = np.full((138, 150), 255, np.uint8)
    for x, digit in [(18, "8"), (45, "8"), (83, "4"), (110, "2")]:
        cv2.putText(image, digit, (x, BASELINE), cv2.FONT_HERSHEY_SIMPLEX, 1.55, 0, 2, cv2.LINE_AA)
    if dot is not None:
        x, y = dot
        image[y : y + min(side, 3), x : x + side] = 0
    return image


def line(image: NDArray[np.uint8]) -> PreparedLine:
    return prepared([LineImage(image)])[0]


def ink_around(found: PreparedLine, place: tuple[int, int]) -> int:
    x, y = place
    return int((found.picture[y - 1 : y + 5, x - 1 : x + 5] < 128).sum())


def test_a_small_point_on_the_baseline_between_digits_is_kept() -> None:
    assert ink_around(line(number(DOT)), DOT) == 12


@pytest.mark.parametrize(
    ("place", "side"),
    [
        ((75, 72), 4),
        ((75, BASELINE + 12), 4),
        ((75, BASELINE - 1), 2),
        ((141, BASELINE - 3), 4),
        ((4, BASELINE - 3), 4),
    ],
    ids=["above the baseline", "below it", "a speck on it", "behind the number", "before the number"],
)
def test_other_specks_are_dirt(place: tuple[int, int], side: int) -> None:
    assert ink_around(line(number(place, side)), place) == 0


@pytest.mark.parametrize(("higher", "kept"), [(20, True), (4, False), (50, False)])
def test_the_small_dots_of_a_colon_are_kept_and_other_specks_above_each_other_are_not(higher: int, kept: bool) -> None:
    """Behind a blank, far from the letters beside them."""
    wide = np.hstack([number(None), np.full((138, 150), 255, np.uint8), number(None)])
    low, high = (190, BASELINE - 3), (190, BASELINE - 3 - higher)
    for x, y in (low, high):
        wide[y : y + 3, x : x + 4] = 0
    assert [ink_around(line(wide), place) > 0 for place in (low, high)] == [kept, kept]


def test_a_number_with_a_small_point_is_one_number() -> None:
    pytest.importorskip("onnxruntime")
    assert Thai().read([LineImage(number(DOT))])[0].text == "88.42"


def test_a_small_point_parts_the_gap_it_stands_in() -> None:
    gaps = [gaps_of({0: line(number(dot))[:2]})[0] for dot in (DOT, None)]
    widest = [max((gap.x1 - gap.x0 for gap in found), default=0.0) for found in gaps]
    assert widest[0] < widest[1]
