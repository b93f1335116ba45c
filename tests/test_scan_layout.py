"""Drawn pages: which cell each line of text is found in, and what its letters measure."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ita_extract.readers.scan.content import SeenPage, seen
from ita_extract.vision.page_image import PageImage

Image = NDArray[np.uint8]
DPI = 200


def page(height: int = 1000, width: int = 1400) -> Image:
    return np.full((height, width), 255, np.uint8)


def write(image: Image, x: int, baseline: int, letters: int) -> None:
    """Letters of one height, without marks, from `x` on; each is 22 pixels wide."""
    for number in range(letters):
        cv2.putText(image, "n", (x + 22 * number, baseline), cv2.FONT_HERSHEY_SIMPLEX, 1.1, 0, 3, cv2.LINE_AA)


def frame(image: Image, xs: list[int], ys: list[int]) -> None:
    for x in xs:
        cv2.line(image, (x, ys[0]), (x, ys[-1]), 0, 2)
    for y in ys:
        cv2.line(image, (xs[0], y), (xs[-1], y), 0, 2)


def look(image: Image) -> SeenPage:
    return seen(PageImage(1, image, DPI))


def test_lines_beside_a_table_in_a_cell_stay_in_the_cell() -> None:
    image = page()
    frame(image, [100, 552, 1300], [100, 700])
    frame(image, [120, 260, 400, 530], [450, 550, 650])
    for baseline in range(170, 400, 60):
        write(image, 120, baseline, 19)  # full lines: the next letter stands just behind the ruling
        write(image, 566, baseline, 25)
    view = look(image)
    texts = [line for line in view.found.lines if line.letters]
    assert len(texts) == 8
    homes = {line.region for line in texts}
    assert len(homes) == 2
    assert -1 not in homes
    assert all((line.x1 < 552) != (line.x0 > 552) for line in texts)
