"""Page image → straight, upright, evenly lit page image, and the way back to the pixels of the original."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from ita_extract.vision.ink import ink_mask
from ita_extract.vision.levels import percentile
from ita_extract.vision.page_edges import page_corners, warp_to_rectangle, without_borders
from ita_extract.vision.page_image import Gray, PageImage
from ita_extract.vision.reduced import reduced
from ita_extract.vision.skew import lies_on_side, skew_angle, upright_evidence

Matrix = NDArray[np.float64]
"""3 × 3, of homogeneous pixel coordinates (x, y, 1)."""

WORKING_SIDE = 1800
"""Longer side in pixels of the image on which angles are measured (A4 at 150 dpi)."""
LEAST_SKEW = 0.02
"""Degrees below which a page is not turned: one pixel over the width of A4 at 300 dpi."""
SURE = 0.06
"""Evidence from which a page is taken to be upright or on its head."""
EDGE = 0.004
"""Share of the longer side of a photographed sheet that is its edge and what shows behind it."""
A4_SHORT = 8.27
"""Inches; the resolution of pages that do not state it is estimated from this."""
LIGHT_WINDOW = 1 / 18
"""Share of the longer side over which light is even: wider than a shaded cell is high, narrower than a shadow."""

Rotation = Literal[0, 90, 180, 270]


@dataclass(frozen=True, slots=True)
class StraightPage:
    """A page ready to be read; paper is near 255, lines of text run level.

    `rotation` was undone (degrees clockwise), then `skew` (degrees clockwise by which lines fell). `matrix` leads from
    pixels here to pixels of the page image. `upright` is the evidence for the page standing upright, from -1 to 1
    (near 0: nothing tells). `dpi` is measured where the page's edges are seen or the file states it, else estimated
    from A4.
    """

    gray: Gray
    dpi: float
    rotation: Rotation
    skew: float
    matrix: Matrix
    upright: float
    is_photo: bool = False

    def original(self, x: float, y: float) -> tuple[float, float]:
        """The place on the page image of a place on this page."""
        a, b, c = self.matrix @ (x, y, 1.0)
        return float(a / c), float(b / c)


def straighten(page: PageImage) -> StraightPage:
    """The page turned upright, straightened, evenly lit, without black borders and punched holes."""
    gray = page.gray
    corners = page_corners(gray)
    to_page = np.eye(3)
    size = gray.shape[::-1]
    if corners is not None:
        to_page, size = warp_to_rectangle(corners)
    working = _working(gray, to_page, size)
    even = evenly_lit(working)
    mask = ink_mask(without_borders(even))
    quarters = 0
    if lies_on_side(mask):
        quarters = 1
        mask = np.ascontiguousarray(np.rot90(mask, 1))
    angle = skew_angle(mask)
    level = _rotated(mask, angle)
    upright = upright_evidence(level)
    if upright < -SURE or (quarters and upright < 0):
        quarters, upright = quarters + 2, -upright
    whole, out_size = _turn(size, quarters, angle)
    forward = whole @ to_page
    image = gray
    if corners is not None or quarters or abs(angle) >= LEAST_SKEW:
        paper = int(percentile(working, 80))
        image = np.asarray(
            cv2.warpPerspective(gray, forward, out_size, flags=cv2.INTER_LINEAR, borderValue=paper), np.uint8
        )
    rotation: Rotation = (0, 90, 180, 270)[-quarters % 4]
    clean = without_borders(evenly_lit(image))
    if corners is not None:
        edge = round(EDGE * max(clean.shape))
        inner = clean[edge:-edge, edge:-edge]
        clean = np.full_like(clean, 255)
        clean[edge:-edge, edge:-edge] = inner
    dpi = page.dpi or min(clean.shape) / A4_SHORT
    return StraightPage(
        clean, dpi, rotation, angle, np.asarray(np.linalg.inv(forward), np.float64), upright, corners is not None
    )


def _working(gray: Gray, to_page: Matrix, size: tuple[int, int]) -> Gray:
    """The page (its corners squared) at the size on which angles are measured."""
    scale = min(1.0, WORKING_SIDE / max(size))
    small_size = max(1, round(size[0] * scale)), max(1, round(size[1] * scale))
    if np.array_equal(to_page, np.eye(3)):
        return reduced(gray, small_size)
    half = reduced(gray, (max(1, round(gray.shape[1] * scale)), max(1, round(gray.shape[0] * scale))))
    shrink = np.diag([scale, scale, 1.0])
    return np.asarray(cv2.warpPerspective(half, shrink @ to_page @ np.linalg.inv(shrink), small_size), np.uint8)


def _rotated(mask: NDArray[np.uint8], degrees: float) -> NDArray[np.uint8]:
    """Ink with its lines made level."""
    height, width = mask.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return np.asarray(cv2.warpAffine(mask, matrix, (width, height), flags=cv2.INTER_NEAREST), np.uint8)


def _turn(size: tuple[int, int], quarters: int, degrees: float) -> tuple[Matrix, tuple[int, int]]:
    """Turns by quarters (counter-clockwise), then by the skew, about the middle; with the size that holds the page."""
    width, height = size
    step: Matrix = np.eye(3)
    for _ in range(quarters % 4):
        step = np.array([[0, 1, 0], [-1, 0, width - 1], [0, 0, 1.0]]) @ step
        width, height = height, width
    if abs(degrees) < LEAST_SKEW:
        return step, (width, height)
    turn = np.vstack([cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0), [0, 0, 1]])
    return turn @ step, (width, height)


def evenly_lit(gray: Gray) -> Gray:
    """Grey relative to the paper around: shadows and uneven light gone, paper 255; what is shaded in print stays."""
    height, width = gray.shape
    scale = min(1.0, 400 / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = reduced(gray, size)
    side = max(3, round(max(size) * LIGHT_WINDOW)) | 1
    closed = cv2.morphologyEx(cv2.medianBlur(small, 3), cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    paper = cv2.GaussianBlur(closed, (0, 0), side / 4)
    full = cv2.resize(np.maximum(paper, 24), (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(gray, full, scale=255), np.uint8)
