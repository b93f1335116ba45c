"""Connected components of a mask."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray


class Components(NamedTuple):
    """Connected pieces of what is not 0; number 0 is everything else.

    `labels` has each pixel's number, `stats` one row a number: left, top, width, height, pixels (`cv2.CC_STAT_*`),
    `middles` their centres of mass, x and y.
    """

    labels: NDArray[np.int32]
    stats: NDArray[np.int32]
    middles: NDArray[np.float64]


def components(mask: cv2.typing.MatLike, connectivity: int = 8) -> Components:
    """The components of a mask, neighbours over corners included unless `connectivity` is 4.

    The block-based algorithm (Grana and others 2010) is named, and given even sides: OpenCV's default, and this one on
    an odd side, find the same but take three times as long to measure it (48 and 15 ms on a page of 300 dpi).
    """
    height, width = mask.shape
    even = cv2.copyMakeBorder(mask, 0, height % 2, 0, width % 2, cv2.BORDER_CONSTANT, value=[0])
    _, labels, stats, middles = cv2.connectedComponentsWithStatsWithAlgorithm(
        even, connectivity, cv2.CV_32S, cv2.CCL_GRANA
    )
    labels = labels[:height, :width]
    return Components(np.asarray(labels, np.int32), np.asarray(stats, np.int32), np.asarray(middles, np.float64))


class Outline(NamedTuple):
    """Where a connected piece lies (ends behind its last pixel), and its first pixel (the leftmost of its highest)."""

    x0: int
    top: int
    x1: int
    bottom: int
    first: tuple[int, int]

    def of(self, mask: NDArray[np.uint8]) -> NDArray[np.bool_]:
        """The piece's own pixels within its box."""
        part = mask[self.top : self.bottom, self.x0 : self.x1]
        labels = components(part).labels
        return np.asarray(labels == labels[self.first[1] - self.top, self.first[0] - self.x0])


def outlines(mask: cv2.typing.MatLike) -> list[Outline]:
    """Where the pieces of a mask lie, from top to bottom: all that is needed of a mask with little in it, and on a page
    of 300 dpi a tenth of the time of `components`."""
    contours, above = cv2.findContours(mask, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    for contour, (*_, parent) in zip(contours, above.reshape(-1, 4).tolist() if contours else (), strict=True):
        if parent < 0:  # else it is the edge of a hole
            x, y, width, height = cv2.boundingRect(contour)
            points = contour.reshape(-1, 2)
            highest = points[points[:, 1] == y]
            found.append(Outline(x, y, x + width, y + height, (int(highest[:, 0].min()), y)))
    return sorted(found, key=lambda outline: (outline.top, outline.first[0]))
