"""Levels of grey."""

from __future__ import annotations

import cv2
import numpy as np

from ita_extract.vision.page_image import Gray


def percentile(gray: Gray, percent: float) -> float:
    """The grey level below which `percent` of the pixels lie, as `numpy.percentile` has it, but from the histogram."""
    counts = np.cumsum(cv2.calcHist([gray], [0], None, [256], [0, 256]).ravel())
    place = percent / 100 * (gray.size - 1)
    low, high = (
        int(np.searchsorted(counts, at, side="right")) for at in (int(place), min(int(place) + 1, gray.size - 1))
    )
    return low + (place - int(place)) * (high - low)
