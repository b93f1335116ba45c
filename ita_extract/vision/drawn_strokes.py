"""Straight strokes that are drawn in a table, not ruled: shafts of arrows, edges of bars and shading."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from ita_extract.vision.ink import Mask
from ita_extract.vision.page_image import Gray
from ita_extract.vision.ruling import Ruling

CLOSE = 0.03
"""Inches beside a stroke that are filled where it is the edge of something."""
FILLED, ALONG = 0.85, 0.8
"""Darkness of what is filled as share of the stroke's, and the share of the stroke's length beside which it is."""
HEAD, BEYOND = 0.14, 0.06
"""Inches before and behind the end of a stroke in which an arrow's head stands."""
HIGHEST = 0.1
"""Inches to which a head reaches above and below its shaft; what reaches further is a ruling or a letter."""
RISES = 0.008
"""Inches by which it rises over it at least, on both sides (and two pixels)."""
LEAST = 0.015
"""Least length of a head in inches."""
EVEN = 0.35
"""Share of its height by which a head reaches further on one side than on the other."""


def is_edge(ruling: Ruling, gray: Gray, dpi: float) -> bool:
    """Whether a level stroke is the edge of something as dark as itself: noise of JPEG makes lines of edges."""
    columns = slice(max(0, int(ruling.start)), int(ruling.end))
    half, reach = ruling.thickness / 2 + 1, max(2, round(CLOSE * dpi))
    top, bottom = int(ruling.at - half), int(np.ceil(ruling.at + half))
    sides = gray[max(0, top - reach) : max(0, top), columns], gray[bottom : bottom + reach, columns]
    filled = [side.shape[0] >= 2 and _filled(side, ruling) >= ALONG for side in sides]
    return filled[0] != filled[1]


def _filled(side: Gray, ruling: Ruling) -> float:
    """Share of the columns beside a stroke that are dark all over."""
    return float((side.max(axis=0) < 255 - FILLED * ruling.darkness).mean()) if side.size else 0.0


def has_head(ruling: Ruling, crossed: Sequence[float], gray: Gray, dpi: float) -> bool:
    """Whether a level stroke ends in an arrow's head: ink joined to it that reaches as far above as below.

    `crossed` are the places of the upright rulings that the stroke runs into.
    """
    before = max((at for at in crossed if abs(at - ruling.start) < BEYOND * dpi), default=ruling.start - BEYOND * dpi)
    after = min((at for at in crossed if abs(at - ruling.end) < BEYOND * dpi), default=ruling.end + BEYOND * dpi)
    ends = (before, ruling.start + HEAD * dpi), (ruling.end - HEAD * dpi, after)
    return any(_is_head(ruling, crossed, round(start), round(end), gray, dpi) for start, end in ends)


def _is_head(ruling: Ruling, crossed: Sequence[float], start: int, end: int, gray: Gray, dpi: float) -> bool:
    start, end = max(0, start), min(gray.shape[1], end)
    reach = round(HIGHEST * dpi) + 2
    middle = int(ruling.at_place((start + end) / 2))
    if end - start < 3 or middle - reach < 0 or middle + reach + 1 > gray.shape[0]:
        return False
    ink = (gray[middle - reach : middle + reach + 1, start:end] < 255 - 0.5 * ruling.darkness).astype(np.uint8)
    for place in crossed:  # rulings that the stroke meets reach further than heads do
        ink[:, max(0, round(place) - start - 3) : max(0, round(place) - start + 4)] = 0
    above, below = _reaches(_joined(ink, reach), reach)
    rise = max(2.0, RISES * dpi) + ruling.thickness / 2
    thick = (above >= rise) & (below >= rise)
    if thick.sum() < max(3, LEAST * dpi) or max(above.max(), below.max()) >= reach:
        return False
    even = np.abs(above - below)[thick] <= EVEN * (above + below)[thick] + 1
    one_sided = ((above >= rise) ^ (below >= rise)).sum()
    return bool(even.mean() >= ALONG and one_sided <= 0.5 * thick.sum())


def _joined(ink: Mask, middle: int) -> Mask:
    """The ink that is joined to a stroke along the row `middle`."""
    _, labels = cv2.connectedComponents(ink, connectivity=8)
    own = np.unique(labels[middle - 1 : middle + 2])
    return np.isin(labels, own[own > 0]).astype(np.uint8)


def _reaches(ink: Mask, middle: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """How far the ink of each column reaches above and below a row; 0 where there is none."""
    rows = np.arange(ink.shape[0])[:, None]
    above = (middle - np.where(ink > 0, rows, middle)).max(axis=0)
    below = (np.where(ink > 0, rows, middle) - middle).max(axis=0)
    return np.maximum(above, 0), np.maximum(below, 0)
