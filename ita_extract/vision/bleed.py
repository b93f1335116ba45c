"""Print of the other side of a sheet that shines through: its text is taken for paper by the local threshold, but its
rulings, which are long, would be found however pale they are."""

from __future__ import annotations

import cv2
import numpy as np

from ita_extract.vision.ink import pieces_of
from ita_extract.vision.page_image import Gray
from ita_extract.vision.ruling import RuledLines, Ruling

DARK, PALE = 150, (170, 242)
"""Grey levels of ink, and of what shines through (paper is near 255)."""
FRINGE = 5
"""Pixels around ink that are its blurred edge."""
LETTERS = 60
"""Pale pieces of the size of letters that make it print."""
SIZES = (0.06, 0.25)
"""Heights of letters in inches: bodies of 10 to 36 points, with their marks."""
RATIO = 0.3
"""Contrast of rulings that shine through, as share of those printed on this side (15 to 20 % shine through paper)."""
MIN_RULINGS = 3


def without_other_side(rulings: RuledLines, gray: Gray, dpi: float) -> RuledLines:
    """The rulings without those of the other side, where pale print shows that it shines through."""
    darkness = sorted(r.darkness for r in (*rulings.level, *rulings.upright))
    if len(darkness) < MIN_RULINGS or darkness[0] >= RATIO * darkness[-MIN_RULINGS]:
        return rulings
    if _pale_letters(gray, dpi) < LETTERS:
        return rulings
    least = RATIO * darkness[-MIN_RULINGS]

    def printed(lines: list[Ruling]) -> list[Ruling]:
        return [ruling for ruling in lines if ruling.darkness >= least]

    return RuledLines(printed(rulings.level), printed(rulings.upright))


def _pale_letters(gray: Gray, dpi: float) -> int:
    """How many pale pieces apart from ink have the size of letters."""
    soft = cv2.GaussianBlur(gray, (0, 0), 1.2)
    ink = cv2.dilate((gray < DARK).astype(np.uint8), np.ones((2 * FRINGE + 1,) * 2, np.uint8))
    pale = ((soft > PALE[0]) & (soft < PALE[1]) & (ink == 0)).astype(np.uint8)
    pieces = pieces_of(pale)
    low, high = SIZES[0] * dpi, SIZES[1] * dpi
    letters = (
        (pieces.height >= low) & (pieces.height <= high) & (pieces.width >= 0.5 * low) & (pieces.width <= 2 * high)
    )
    return int(np.count_nonzero(letters))
