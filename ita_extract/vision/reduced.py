"""Smaller copies of a page, on which light, edges and angles are measured."""

from __future__ import annotations

import cv2
import numpy as np

from ita_extract.vision.page_image import Gray


def reduced(gray: Gray, size: tuple[int, int]) -> Gray:
    """The page at another size (width, height; not larger), each pixel the mean of about what it covers.

    It is halved as often as it can be and then drawn at the size, for OpenCV does both many times as fast as it takes
    means over other shares. An odd last row or column of a page that is halved is left out.
    """
    height, width = gray.shape
    while width >= 2 * size[0] and height >= 2 * size[1]:
        height, width = height // 2, width // 2
        even = gray[: 2 * height, : 2 * width]
        gray = np.asarray(cv2.resize(even, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
    return np.asarray(cv2.resize(gray, size, interpolation=cv2.INTER_LINEAR), np.uint8)
