"""Text lines → images of one line each, cut and scaled as a line reader wants them."""

from __future__ import annotations

import cv2
import numpy as np

from ita_extract.vision.lines import TextLine, TextLines
from ita_extract.vision.page_image import Gray

BODY = 20.0
"""Height in pixels to which letter bodies are scaled: a type size of about 40 pixels in most Thai faces."""
MARGIN = 0.25
"""White margin as a share of the line's height with all its storeys."""
BLUR = 1.0
"""Standard deviation in pixels of the blur after scaling (0.8–1.6 read best)."""
STOREYS = (1.15, 0.65)
"""Room above and below the bodies, in body heights, that every line image has, marks or not."""
FRINGE = 2
"""Pixels around another line's ink that are its blurred edge."""


def line_image(
    gray: Gray, found: TextLines, line: TextLine, *, body: float = BODY, blur: float = BLUR, margin: float = MARGIN
) -> Gray:
    """The line alone on white paper: the ink of other lines taken out, level, letter bodies `body` pixels high.

    `gray` is the page on which the lines were found, rulings erased. The image is the same whatever lies around.
    """
    number = found.lines.index(line) + 1
    height, width = gray.shape
    up, down = round(STOREYS[0] * line.body), round(STOREYS[1] * line.body)
    fall = abs(line.slope) * (line.x1 - line.x0) / 2
    top = min(line.top - FRINGE, int(line.baseline - line.body - up - fall))
    bottom = max(line.bottom + FRINGE, int(line.baseline + down + fall) + 1)
    x0, x1 = line.x0 - FRINGE, line.x1 + FRINGE
    inside = np.s_[max(top, 0) : min(bottom, height), max(x0, 0) : min(x1, width)]
    part, owner = gray[inside], found.owner[inside]
    own = cv2.dilate((owner == number).astype(np.uint8), np.ones((2 * FRINGE + 1, 2 * FRINGE + 1), np.uint8))
    cut = np.full((bottom - top, x1 - x0), 255, np.uint8)
    cut[max(top, 0) - top : min(bottom, height) - top, max(x0, 0) - x0 : min(x1, width) - x0] = np.where(own, part, 255)
    if line.slope:
        cut = _level(cut, line.slope)
    scale = body / line.body
    size = max(1, round(cut.shape[1] * scale)), max(1, round(cut.shape[0] * scale))
    scaled = cv2.resize(cut, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    edge = round(margin * size[1])
    framed = cv2.copyMakeBorder(scaled, edge, edge, edge, edge, cv2.BORDER_CONSTANT, value=255)
    return np.asarray(cv2.GaussianBlur(framed, (0, 0), blur) if blur > 0 else framed, np.uint8)


def _level(cut: Gray, slope: float) -> Gray:
    """The image sheared so that a baseline of this slope runs level."""
    shear = np.array([[1, 0, 0], [-slope, 1, slope * cut.shape[1] / 2]], np.float64)
    return np.asarray(cv2.warpAffine(cut, shear, cut.shape[::-1], flags=cv2.INTER_LINEAR, borderValue=255), np.uint8)
