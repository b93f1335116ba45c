"""What is ink on a grey page, and the connected pieces of it."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from ita_extract.vision.components import components
from ita_extract.vision.page_image import Gray

Mask = NDArray[np.uint8]
"""1 where there is ink, else 0."""

SAUVOLA_K = 0.2
"""Weight of the local spread (Sauvola & Pietikäinen 2000 give 0.2–0.5; low keeps faint strokes)."""
WINDOW = 1 / 45
"""Side of the local window as a share of the page's longer side: about the height of a line of text."""
REDUCED = 4
"""Local means are taken on an image this many times smaller: they are smooth, and it is far quicker."""
FAINTEST = 14
"""Grey levels by which ink is darker than the paper around it, at least: below lies the noise of scanners."""


def ink_mask(gray: Gray) -> Mask:
    """Ink by a local threshold (Sauvola), so that shading and shadow are paper and the text on them is ink."""
    height, width = gray.shape
    # Whole steps: OpenCV takes them many times as fast as other shares.
    even = cv2.copyMakeBorder(gray, 0, -height % REDUCED, 0, -width % REDUCED, cv2.BORDER_REPLICATE)
    size = even.shape[1] // REDUCED, even.shape[0] // REDUCED
    values = even.astype(np.float32)
    mean = cv2.resize(values, size, interpolation=cv2.INTER_AREA)
    square = cv2.resize(values * values, size, interpolation=cv2.INTER_AREA)
    side = max(3, int(max(size) * WINDOW)) | 1
    mean = cv2.blur(mean, (side, side))
    spread = np.sqrt(np.maximum(cv2.blur(square, (side, side)) - mean * mean, 0))
    threshold = np.minimum(mean * (1 + SAUVOLA_K * (spread / 128 - 1)), mean - FAINTEST)
    full = cv2.resize(np.clip(threshold, 0, 255).astype(np.uint8), even.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return (gray <= full[:height, :width]).astype(np.uint8)


LONELY = 0.5
"""Heights of consonants around dirt within which there is nothing."""
SPECK = 0.2
"""Side in heights of consonants of the smallest sign, a full stop (measured on twelve typefaces: 0.2 to 0.3)."""


class Pieces(NamedTuple):
    """Connected pieces of ink. `labels` numbers each pixel's piece from 1 (0: paper); the arrays count from 0 and hold
    each piece's box (x0, top, x1, bottom: ends behind the last pixel) and its number of pixels."""

    labels: NDArray[np.int32]
    x0: NDArray[np.int32]
    top: NDArray[np.int32]
    x1: NDArray[np.int32]
    bottom: NDArray[np.int32]
    area: NDArray[np.int32]

    @property
    def width(self) -> NDArray[np.int32]:
        return self.x1 - self.x0

    @property
    def height(self) -> NDArray[np.int32]:
        return self.bottom - self.top

    def chosen(self, keep: NDArray[np.bool_]) -> Mask:
        """The ink of the pieces for which `keep` is true."""
        return np.concatenate([[False], keep]).astype(np.uint8)[self.labels]


def pieces_of(mask: Mask) -> Pieces:
    """The pieces of ink that touch, also by their corners."""
    labels, stats, _ = components(mask)
    x0, top, width, height, area = np.ascontiguousarray(stats[1:].T, np.int32)
    return Pieces(labels, x0, top, x0 + width, top + height, area)


def body_height(pieces: Pieces, least: int = 6) -> float | None:
    """The height in pixels of most letters (Thai consonants all have the same); None where there are too few letters.

    Tone marks are as many as letters on some pages, but flat; so pieces count by their area.
    """
    heights, widths = pieces.height, pieces.width
    letters = (heights >= least) & (widths <= 4 * heights) & (heights <= 8 * widths) & (heights <= 200)
    if np.count_nonzero(letters) < 3:
        return None
    counts = np.bincount(heights[letters], weights=np.sqrt(pieces.area[letters]), minlength=202).astype(np.float64)
    smooth = np.convolve(counts, [0.25, 0.5, 1, 0.5, 0.25], "same") / np.sqrt(np.arange(len(counts)) + 4.0)
    peak = int(np.argmax(smooth))
    around = np.arange(max(0, peak - 2), min(len(counts), peak + 3))
    return float(np.average(around, weights=counts[around] + 1e-9))


def without_specks(mask: Mask, body: float) -> Mask:
    """The ink without dirt: what is smaller than the smallest sign and has nothing near it.

    Full stops stand near letters, leader dots near one another. `body` is the height of consonants in pixels.
    """
    reach, step = max(3, round(LONELY * body)), max(1, int(LONELY * body) // 3)
    kernel = np.ones((2 * reach + 1,) * 2, np.uint8)
    grown = np.ascontiguousarray(cv2.dilate(mask, kernel)[::step, ::step])
    labels, stats, _ = components(grown)
    side = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) * step
    kept = (side > 2 * reach + SPECK * body + step).astype(np.uint8)[labels]
    height, width = mask.shape
    near = cv2.resize(kept, (width, height), interpolation=cv2.INTER_NEAREST)
    return np.asarray(cv2.bitwise_and(mask, near), np.uint8)
