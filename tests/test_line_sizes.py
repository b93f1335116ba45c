"""Short lines on scans: what was measured may be no consonants, and the page or the reader knows better."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from ita_extract.readers.scan.tall_signs import consonant_height
from ita_extract.vision.glyphs import text_of
from ita_extract.vision.ocr import LineImage
from ita_extract.vision.prepared import PreparedLine, prepared
from ita_extract.vision.thai import Thai

BASELINE, HEIGHT = 90, 30
DATA = Path(__file__).parent / "data" / "lines"


def letters(places: list[int], width: int = 900) -> NDArray[np.uint8]:
    """Letters without marks, 30 pixels high."""
    image = np.full((140, width), 255, np.uint8)
    for x in places:
        cv2.rectangle(image, (x + 2, BASELINE - HEIGHT + 2), (x + 20, BASELINE - 2), 0, 4)
    return image


def sizes(short: NDArray[np.uint8]) -> PreparedLine:
    """A short line on a page of lines of usual letters."""
    usual = [LineImage(letters(list(range(40, 800, 40)))) for _ in range(5)]
    return prepared([*usual, LineImage(short)])[5]


def test_brackets_do_not_move_the_baseline() -> None:
    image = letters([80, 120], 240)
    for x in (60, 160):
        cv2.line(image, (x, BASELINE - 34), (x, BASELINE + 10), 0, 4)
    size = sizes(image).size
    assert size.height == pytest.approx(HEIGHT, abs=2)
    assert size.baseline == pytest.approx(BASELINE, abs=2)


def test_small_zeros_may_not_be_what_is_as_high_as_consonants() -> None:
    image = letters([40], 300)
    for x in (90, 130, 170, 210):
        cv2.circle(image, (x, BASELINE - 10), 9, 0, 3)
    line = sizes(image)
    assert line.size.height < 0.8 * HEIGHT
    assert line.other is not None
    assert line.other.height == pytest.approx(HEIGHT, abs=2)
    assert line.other.baseline == pytest.approx(BASELINE, abs=2)


def test_many_digits_and_capitals_on_a_line_may_not_be_what_is_as_high_as_consonants() -> None:
    image = letters([40, 80, 120, 160])
    for x in range(200, 760, 40):
        cv2.rectangle(image, (x + 2, BASELINE - round(1.25 * HEIGHT) + 2), (x + 20, BASELINE - 2), 0, 4)
    line = sizes(image)
    assert line.size.height == pytest.approx(1.25 * HEIGHT, abs=2)
    assert line.other is not None
    assert line.other.height == pytest.approx(HEIGHT, abs=2)


@pytest.mark.parametrize("thickness", [5, 6, 8])
def test_a_dash_alone_is_not_magnified_until_it_is_a_letter(thickness: int) -> None:
    image = np.full((110, 60), 255, np.uint8)
    image[60 : 60 + thickness, 20:36] = 0
    image = np.asarray(cv2.GaussianBlur(image, (0, 0), 0.8), np.uint8)
    line = sizes(image)
    assert line.size.height == pytest.approx(HEIGHT, abs=2)
    assert line.size.baseline > 60 + thickness + 0.2 * HEIGHT
    pytest.importorskip("onnxruntime")
    usual = [LineImage(letters(list(range(40, 800, 40)))) for _ in range(5)]
    assert Thai().read([*usual, LineImage(image)])[5].text == "-"


def test_long_lines_and_usual_ones_have_one_size() -> None:
    assert sizes(letters([40, 80, 120])).other is None
    small = cv2.resize(letters(list(range(40, 800, 40))), None, fx=0.65, fy=0.65, interpolation=cv2.INTER_AREA)
    assert sizes(np.asarray(small, np.uint8)).other is None


@pytest.mark.parametrize("factor", [0.65, 1.5])
def test_the_size_at_which_the_reader_is_surer_is_taken(factor: float) -> None:
    pytest.importorskip("onnxruntime")
    reader = Thai()
    pictures = [cv2.imread(str(path), cv2.IMREAD_GRAYSCALE) for path in sorted(DATA.glob("*.jpg"))[:6]]
    assert len(pictures) == 6
    for line in prepared([LineImage(np.asarray(picture, np.uint8)) for picture in pictures]).values():
        wrong = replace(line.size, height=factor * line.size.height)
        expected = text_of(reader._line(line.picture, line.size).glyphs)
        for pair in ((wrong, line.size), (line.size, wrong)):
            # A few digits are read alike at both sizes.
            fitting = reader._fitting(PreparedLine(line.picture, *pair))
            assert text_of(reader._line(line.picture, fitting.size).glyphs) == expected


@pytest.mark.parametrize(
    ("ordinary", "digits", "height"),
    [(20, 12, HEIGHT), (2, 14, 1.25 * HEIGHT), (20, 0, HEIGHT)],
    ids=["digits among letters", "hardly a letter", "letters only"],
)
def test_the_height_of_digits_is_not_that_of_the_consonants_beside_them(
    ordinary: int, digits: int, height: float
) -> None:
    image = letters([40 * (n + 1) for n in range(ordinary)], 1600)
    for x in range(40 * ordinary + 60, 40 * (ordinary + digits) + 60, 40):
        cv2.rectangle(image, (x + 2, BASELINE - round(1.25 * HEIGHT) + 2), (x + 20, BASELINE - 2), 0, 4)
    measured = 1.25 * HEIGHT if digits else HEIGHT
    text = "ก" * ordinary + "5" * digits
    assert consonant_height(measured, text, image) == pytest.approx(height, abs=2)
