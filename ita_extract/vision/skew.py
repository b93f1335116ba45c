"""How a page lies: by how many degrees it is askew, whether it lies on its side, whether it stands on its head."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ita_extract.vision.bodies import bands_of
from ita_extract.vision.ink import Mask, Pieces, body_height, pieces_of

MAX_SKEW = 12.0
"""Degrees up to which a page is askew and not turned."""
COARSE_STEP, FINE_STEP = 0.5, 0.05
COARSE_POINTS, FINE_POINTS = 20_000, 120_000
JOIN_LETTERS = 0.45
"""Share of the letter height over which letters of a line are joined; lines stand further apart."""
STRIP = 0.62
"""Share of the letter height that is looked at above and below letters: tone marks end within, lines do not begin."""


def skew_angle(mask: Mask) -> float:
    """Degrees by which lines fall to the right (clockwise), from -12 to 12.

    Ink is projected along lines of many slopes; at the right one the profile changes most sharply (Baird 1987).
    """
    places = cv2.findNonZero(mask)
    if places is None or len(places) < 50:
        return 0.0
    xs, ys = np.asarray(places, np.int32).reshape(-1, 2).T
    coarse = _thinned(xs, ys, COARSE_POINTS)
    steps = np.arange(-MAX_SKEW, MAX_SKEW + COARSE_STEP / 2, COARSE_STEP)
    best = float(steps[int(np.argmax([_sharpness(*coarse, a, 3.0) for a in steps]))])
    fine = _thinned(xs, ys, FINE_POINTS)
    for step, bin_width in ((COARSE_STEP / 4, 1.5), (FINE_STEP, 1.0)):
        near = best + step * np.arange(-5, 6)
        scores = np.array([_sharpness(*fine, a, bin_width) for a in near])
        at = int(np.argmax(scores))
        best = float(near[at])
    if 0 < at < len(near) - 1:
        left, middle, right = scores[at - 1 : at + 2]
        bend = left - 2 * middle + right
        best += FINE_STEP * 0.5 * float((left - right) / bend) if bend < 0 else 0.0
    return best


def _thinned(
    xs: NDArray[np.int32], ys: NDArray[np.int32], count: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Evenly strewn points, each at its own place inside its pixel: the raster would favour zero degrees.

    Multiples of irrational numbers avoid any pattern of the page, and need no seed.
    """
    if len(xs) > count:
        chosen = (np.arange(count) * 0.6180339887498949 * len(xs) % len(xs)).astype(np.int64)
        xs, ys = xs[chosen], ys[chosen]
    order = np.arange(len(xs))
    return (xs + order * 0.7548776662 % 1).astype(np.float32), (ys + order * 0.5698402910 % 1).astype(np.float32)


def _sharpness(xs: NDArray[np.float32], ys: NDArray[np.float32], degrees: float, bin_width: float) -> float:
    angle = np.deg2rad(degrees)
    across = (ys * np.cos(angle) - xs * np.sin(angle)) / bin_width
    profile = np.bincount((across - across.min()).astype(np.int64)).astype(np.float64)
    return float(np.sum(np.diff(profile) ** 2))


def letters_of(pieces: Pieces, height: float) -> NDArray[np.bool_]:
    """Which pieces are letters of the usual size by their looks."""
    return (
        (pieces.height >= 0.6 * height)
        & (pieces.height <= 1.8 * height)
        & (pieces.width >= 0.2 * height)
        & (pieces.width <= 3 * height)
    )


def lies_on_side(mask: Mask) -> bool:
    """Whether lines of text run from top to bottom: letters stand closer along a line than across."""
    pieces = pieces_of(mask)
    height = body_height(pieces, 4)
    if height is None:
        return False
    letters = pieces.chosen(letters_of(pieces, height))
    reach = max(2, round(height * JOIN_LETTERS))
    across = _count(letters, np.ones((1, reach), np.uint8))
    down = _count(letters, np.ones((reach, 1), np.uint8))
    return down < across


def _count(letters: Mask, kernel: Mask) -> int:
    """Number of pieces of what letters grown by a kernel become."""
    return int(cv2.connectedComponents(cv2.dilate(letters, kernel), connectivity=8)[0]) - 1


def upright_evidence(mask: Mask) -> float:
    """From -1 (on its head) to 1 (upright): Thai has more marks above its letters than below, Latin more ascenders.

    0 where there is no evidence. Expects lines that run level.
    """
    pieces = pieces_of(mask)
    height = body_height(pieces, 4)
    if height is None:
        return 0.0
    bands = [band for band in bands_of(pieces, np.full(len(pieces.area), -1, np.int16), height, ()) if band.letters[2:]]
    if not bands:
        return 0.0
    inked = np.asarray(
        cv2.integral(pieces.chosen((pieces.height <= 3 * height) & (pieces.width <= 9 * height))), np.int32
    )
    x0, x1 = np.array([band.x0 for band in bands]), np.array([band.x1 for band in bands])
    top = np.array([round(band.top - 0.08 * band.body) for band in bands])
    bottom = np.array([round(band.bottom + 0.08 * band.body) for band in bands])
    strip = np.array([max(2, round(STRIP * band.body)) for band in bands])
    above = _ink(inked, x0, np.maximum(top - strip, 0), x1, np.maximum(top, 0))
    limit = mask.shape[0]
    below = _ink(inked, x0, np.minimum(bottom, limit), x1, np.minimum(bottom + strip, limit))
    total = int(above.sum() + below.sum())
    return float(above.sum() - below.sum()) / total if total > height * height else 0.0


def _ink(
    inked: NDArray[np.int32],
    x0: NDArray[np.int64],
    top: NDArray[np.int64],
    x1: NDArray[np.int64],
    bottom: NDArray[np.int64],
) -> NDArray[np.int32]:
    """Number of ink pixels in boxes, by the integral image."""
    return np.asarray(inked[bottom, x1] - inked[top, x1] - inked[bottom, x0] + inked[top, x0], np.int32)
