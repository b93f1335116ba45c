"""Whether the ink of a table cell is a tick: a stroke that falls a little to its lowest point and rises from it."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ita_extract.vision.ink import Mask, pieces_of

LEAST, MOST = 0.55, 4.5
"""Sides of ticks in heights of consonants: printed ones have 0.9 to 1.5, a pen's go up to the height of a row."""
SPECK = 0.25
"""Heights of consonants below which a piece of ink is dirt."""
SLIM = 0.55
"""Most of its box that a stroke fills."""
SINGLE = 0.85
"""Share of the columns of pixels in which a stroke has one run of ink: letters have loops and several strokes."""
LOWEST = 0.62
"""Share of the width within which the lowest point of a tick lies."""
SHORTER = 0.8
"""Share of the height of its right arm that the left one reaches at most: a V has two of one height."""
RISING = 0.9
"""Correlation between place and height along the right arm."""
FLATTEST = 0.4
"""Least ratio of a tick's height to its width: a dash is flatter."""
STEEPEST = 3.2
"""Largest one: the digit one is steeper."""
ARMS = (0.5, 2.0)
"""Ratio of a cross's height to its width."""
BARE = 0.1
"""Share of ink from which a ninth of a cross's box holds one of its strokes."""


def is_tick(ink: Mask, body: float) -> bool:
    """Whether the ink of a cell (1 where there is ink, its rulings removed) is one tick or slanting stroke.

    `body` is the height of consonants on the page, in pixels.
    """
    pieces = pieces_of(ink)
    if not len(pieces.area):
        return False
    largest = int(np.argmax(pieces.area))
    if np.count_nonzero(np.maximum(pieces.width, pieces.height) >= SPECK * body) > 1:
        return False
    top, bottom, x0, x1 = (int(v[largest]) for v in (pieces.top, pieces.bottom, pieces.x0, pieces.x1))
    height, width = bottom - top, x1 - x0
    if not LEAST * body <= height <= MOST * body or not FLATTEST <= height / width <= STEEPEST:
        return False
    return width >= 4 and _is_tick_shaped((pieces.labels[top:bottom, x0:x1] == largest + 1).astype(np.uint8))


def is_cross(piece: Mask) -> bool:
    """Whether a piece of ink, cut to its box, is two strokes that cross: it has arms at its corners and a middle, and
    nothing between them at its sides."""
    height, width = piece.shape
    if min(height, width) < 5 or not ARMS[0] <= height / width <= ARMS[1]:
        return False
    rows, columns = (np.linspace(0, side, 4).astype(int) for side in (height, width))
    share = [[piece[a:b, c:d].mean() for c, d in pairwise(columns)] for a, b in pairwise(rows)]
    corners = min(share[0][0], share[0][2], share[2][0], share[2][2])
    sides = max(share[0][1], share[1][0], share[1][2], share[2][1])
    return bool(corners > BARE and share[1][1] > 2 * BARE and sides < 0.6 * share[1][1])


def _is_tick_shaped(piece: Mask) -> bool:
    height, width = piece.shape
    if piece.mean() > SLIM or _single_runs(piece) < SINGLE:
        return False
    rows = np.arange(height)[:, None]
    middles = (piece * rows).sum(axis=0) / piece.sum(axis=0)
    bottoms = height - 1 - piece[::-1].argmax(axis=0)
    lowest = int(np.median(np.flatnonzero(bottoms >= bottoms.max() - max(1, height // 20))))
    arm = middles[lowest:]
    if lowest > LOWEST * width or len(arm) < 3 or np.ptp(arm) < 0.35 * height:
        return False
    left, right = (
        height - float(piece.argmax(axis=0)[: max(1, width // 5)].min()),
        height - float(piece.argmax(axis=0)[-max(1, width // 5) :].min()),
    )
    return left <= SHORTER * right and right > 0.75 * height and _correlation(arm) <= -RISING


def _single_runs(piece: Mask) -> float:
    """Share of the columns that hold one run of ink, gaps of a pixel not counted."""
    closed = piece.copy()
    closed[1:-1] |= piece[:-2] & piece[2:]
    edges = np.diff(np.vstack([np.zeros((1, piece.shape[1]), np.int8), closed.astype(np.int8)]), axis=0)
    return float(((edges == 1).sum(axis=0) <= 1).mean())


def _correlation(arm: NDArray[np.float64]) -> float:
    return float(np.corrcoef(np.arange(len(arm)), arm)[0, 1])
