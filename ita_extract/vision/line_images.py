"""Text lines → images of one line each, with nothing of the lines around them."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from ita_extract.vision.lines import TextLines
from ita_extract.vision.page_image import Gray

STOREYS = (1.2, 0.7)
"""Room above and below the bodies, in body heights, that every line image has, marks or not."""
MARGIN = 0.5
"""White margin around the line in body heights."""
FRINGE = 2
"""Pixels around ink that are its blurred edge."""


class LineCut(NamedTuple):
    """A line on white paper at the resolution of its page; `x0`, `top` is where its corner stands on the page."""

    pixels: Gray
    x0: int
    top: int


def line_image(gray: Gray, found: TextLines, number: int) -> LineCut:
    """Line `number` (from 0) alone: ink of other lines taken out, its baseline made level about its middle.

    `gray` is the page on which the lines were found, rulings erased. How much paper the image has depends on the line
    alone, not on what lies around it.
    """
    line = found.lines[number]
    margin = round(MARGIN * line.body)
    fall = abs(line.slope) * (line.x1 - line.x0) / 2
    top = min(line.top - FRINGE, round(line.baseline - (1 + STOREYS[0]) * line.body - fall)) - margin
    bottom = max(line.bottom + FRINGE, round(line.baseline + STOREYS[1] * line.body + fall)) + margin
    x0, x1 = line.x0 - margin, line.x1 + margin
    page = np.s_[max(top, 0) : bottom, max(x0, 0) : x1]
    own = cv2.dilate((found.owner[page] == number + 1).astype(np.uint8), np.ones((2 * FRINGE + 1,) * 2, np.uint8))
    shown = np.where(own, gray[page], 255)
    cut = np.full((bottom - top, x1 - x0), 255, np.uint8)
    down, right = max(-top, 0), max(-x0, 0)
    cut[down : down + shown.shape[0], right : right + shown.shape[1]] = shown
    return LineCut(_level(cut, line.slope) if line.slope else cut, x0, top)


def _level(cut: Gray, slope: float) -> Gray:
    """The image sheared so that a baseline of this slope runs level."""
    shear = np.array([[1, 0, 0], [-slope, 1, slope * cut.shape[1] / 2]], np.float64)
    return np.asarray(cv2.warpAffine(cut, shear, cut.shape[::-1], flags=cv2.INTER_LINEAR, borderValue=255), np.uint8)
