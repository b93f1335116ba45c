"""Size and baseline of the type on a line image, paper made white, and the band of the line that recognisers are given.

What a recogniser reads depends on the size of the letters within the image more than on anything else, so every image
is cut and scaled by the height of the consonants (the x-height of Thai) and by the baseline, not by its edges.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ita_extract.vision.components import components
from ita_extract.vision.levels import percentile

Picture = NDArray[np.uint8]
_TOLERANCE = 0.1
"""Consonants of one line differ in height by less than this share (measured on 38 Thai families)."""
_SPECK = 0.1
"""Ink of less than the square of this share of the height is no print (a full stop is 0.15 or more)."""
_DIRT, _NEAR = 0.12, 0.3
"""Ink below the square of the one is dirt; so is what is shorter than the other with no other ink within that (shares
of the consonants' height)."""
_POINT, _FOOT, _POINT_GAP, _POINT_AWAY = 0.09, 0.05, 0.3, 0.5
"""A full stop may be as small as that where only digits, which are higher than consonants, were measured in a thin
face: it stands so near to the baseline, in so wide a gap, so near to its neighbours (shares of the height)."""
_DOTS = 0.4, 0.9
"""How far the dots of a colon stand above each other (shares of the height)."""
_FEWEST = 3
"""Letters of one height that make it the height of the type."""


@dataclass(frozen=True, slots=True)
class TypeSize:
    """Height of the consonants, the baseline and where print starts and ends, in pixels of the line image.

    `letters` is the number of letters that were measured.
    """

    height: float
    baseline: float
    left: float
    right: float
    letters: int

    @property
    def is_sure(self) -> bool:
        """Whether enough letters agree."""
        return self.letters >= _FEWEST


def flattened(pixels: Picture) -> Picture:
    """The line with its paper made white (255) and its ink black (0), whatever the light was."""
    spread = max(9, pixels.shape[0] // 3)
    paper = cv2.blur(cv2.dilate(pixels, np.ones((7, 7), np.uint8)), (spread, spread))
    even = np.asarray(cv2.divide(pixels, np.maximum(paper, 1), scale=255), np.uint8)
    dark, light = percentile(even, 1.5), percentile(even, 70)
    if light - dark < 20:
        return even
    stretched = (even.astype(np.float32) - dark) * (255 / (light - dark))
    return np.asarray(np.clip(stretched, 0, 255), dtype=np.uint8)


def measure(pixels: Picture, expected: float | None = None) -> TypeSize | None:
    """The size of the type on a flattened line; None where nothing on it can be a letter.

    With an `expected` height of consonants only signs of that height are letters.
    """
    _, ink = cv2.threshold(cv2.GaussianBlur(pixels, (0, 0), 0.5), 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    boxes = components(ink).stats[1:]
    widths, heights = boxes[:, cv2.CC_STAT_WIDTH], boxes[:, cv2.CC_STAT_HEIGHT].astype(float)
    letters = (heights >= 5) & (widths >= 3) & (widths < 6 * heights) & (heights < 0.95 * pixels.shape[0])
    if expected is not None:
        letters &= np.abs(heights - expected) <= max(_TOLERANCE * expected, 1.0)
    if not letters.any():
        return None
    heights, bottoms = heights[letters], (boxes[letters, cv2.CC_STAT_TOP] + boxes[letters, cv2.CC_STAT_HEIGHT])
    slack = np.maximum(_TOLERANCE * heights, 1.0)
    alike = np.abs(heights[:, None] - heights[None, :]) <= slack[:, None]
    # Tall heights count more: marks are as many as consonants, but small.
    commonest = int(np.argmax(alike.sum(axis=1) * heights))
    chosen = alike[commonest]
    height = float(np.median(heights[chosen]))
    printed = boxes[boxes[:, cv2.CC_STAT_AREA] > (_SPECK * height) ** 2]
    left, right = printed[:, cv2.CC_STAT_LEFT], printed[:, cv2.CC_STAT_LEFT] + printed[:, cv2.CC_STAT_WIDTH]
    return TypeSize(height, float(np.median(bottoms[chosen])), float(left.min()), float(right.max()), int(chosen.sum()))


def without_specks(pixels: Picture, size: TypeSize) -> Picture:
    """The flattened line without dirt: ink smaller than any full stop; where no full stop can stand and no ink is near
    to which it may belong, ink a little larger too.
    """
    ink = (pixels < 160).astype(np.uint8)
    labels, stats, _ = components(ink)
    dirt = stats[:, cv2.CC_STAT_AREA] < (_DIRT * size.height) ** 2
    reach = round(_NEAR * size.height)
    longest = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    for number in np.flatnonzero(~dirt & (longest < _NEAR * size.height)):
        x, y, width, tall, area = stats[number]
        if abs(y + tall - size.baseline) > reach:
            # Two dots make a colon, and marks stand over their letter.
            around = ink[max(0, y - 4 * reach) : y + tall + 4 * reach, max(0, x - reach) : x + width + reach]
            dirt[number] = around.sum() == area
    for number in np.flatnonzero(dirt & (stats[:, cv2.CC_STAT_AREA] >= (_POINT * size.height) ** 2)):
        box = stats[number].tolist()
        dirt[number] = not (_is_point(box, stats[~dirt][1:].tolist(), size) or _is_colon(box, stats[1:].tolist(), size))
    dirt[0] = False
    if not dirt.any():
        return pixels
    spread = cv2.dilate(dirt[labels].astype(np.uint8), np.ones((3, 3), np.uint8)).astype(bool)
    return np.where(spread & (dirt[labels] | (ink == 0)), np.uint8(255), pixels)


def _is_point(box: list[int], others: list[list[int]], size: TypeSize) -> bool:
    """Whether a small piece of ink stands on the baseline between two signs, as a full stop does; pieces are left, top,
    width, height and area."""
    x, y, width, tall, _ = box
    if abs(y + tall - size.baseline) > max(1.0, _FOOT * size.height):
        return False
    signs = [other for other in others if other[3] > size.height / 2]
    left = x - max((other[0] + other[2] for other in signs if other[0] < x), default=x)
    right = min((other[0] for other in signs if other[0] >= x), default=x + width) - x - width
    reach = _POINT_AWAY * size.height
    return 0 < left <= reach and 0 < right <= reach and left + width + right >= _POINT_GAP * size.height


def _is_colon(box: list[int], others: list[list[int]], size: TypeSize) -> bool:
    """Whether a small piece of ink and one of its size stand above each other, the lower one on the baseline."""
    x, y, width, tall, area = box
    return any(
        abs(x + width / 2 - other[0] - other[2] / 2) <= _FOOT * size.height
        and _DOTS[0] * size.height <= abs(y - other[1]) <= _DOTS[1] * size.height
        and area / 2 <= other[4] <= 2 * area
        and abs(max(y + tall, other[1] + other[3]) - size.baseline) <= max(1.0, _FOOT * size.height)
        for other in others
    )


def band(pixels: Picture, size: TypeSize, *, above: float, below: float, height: int) -> tuple[Picture, float]:
    """The line from `above` consonant heights over its baseline to `below` under it, scaled to `height` pixels; and the
    scale.
    """
    top, bottom = round(size.baseline - above * size.height), round(size.baseline + below * size.height)
    over, under = max(0, -top), max(0, bottom - pixels.shape[0])
    cut = pixels[max(0, top) : max(0, top) + (bottom - top) - over]
    cut = np.asarray(cv2.copyMakeBorder(cut, over, under, 0, 0, cv2.BORDER_CONSTANT, value=[255.0]))
    scale = height / cut.shape[0]
    width = max(8, round(cut.shape[1] * scale))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(cut, (width, height), interpolation=how), dtype=np.uint8), width / cut.shape[1]
