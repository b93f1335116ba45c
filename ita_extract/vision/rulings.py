"""Ruled lines in a straight page image: found when faint, broken, double, dashed or a little askew; erased without
harming the letters that touch them."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ita_extract.vision.components import outlines
from ita_extract.vision.ink import Mask
from ita_extract.vision.levels import percentile
from ita_extract.vision.page_image import Gray
from ita_extract.vision.ruling import RuledLines, Ruling
from ita_extract.vision.true_rulings import ruled, true_rulings

LEAST_LENGTH = 0.22
"""Inches: no stroke of a letter of up to 20 points is straight and level for so long."""
THICKEST = 0.035
"""Inches (2.5 points): thicker lines are bars."""
FAINT = 9
"""Grey levels by which a faint ruling is darker than the paper on both its sides, averaged along it."""
NOISE = 6.0
"""Standard deviations of the paper's grey by which the average along a ruling is darker than the paper."""
GAP = 0.12
"""Inches over which the pieces of a broken ruling are joined."""
DASH = 0.025
"""Inches: least length of a dash, and the most that dashes stand apart."""
PIECE = 0.7
"""Share of the least length that the pieces of a ruling have at least: no stroke of a usual letter is so long."""
SOLID = 0.7
"""Share of a piece that must be ink without gaps."""
SLOPE = 0.012
"""Most that a ruling of a straightened page may climb: what is left of perspective and curl."""


def find_rulings(gray: Gray, dpi: float) -> RuledLines:
    """The level and upright rulings of a straightened page (paper near 255)."""
    turned = np.ascontiguousarray(gray.T)
    level, upright = _level(gray, dpi), _level(turned, dpi)
    level = ruled(level, upright, gray, dpi)
    for _ in range(2):  # what is no ruling may have been all that another one met
        level, upright = true_rulings(level, upright, gray, dpi), true_rulings(upright, level, turned, dpi)
    return RuledLines(level, upright)


def _level(gray: Gray, dpi: float) -> list[Ruling]:
    """The level rulings of an image."""
    length = max(12, round(LEAST_LENGTH * dpi))
    thick = max(3, round(THICKEST * dpi))
    pieces = _segments(_line_ink(gray, length, thick), gray, length, thick)
    return sorted(r for r in _joined(pieces, dpi) if r.end - r.start >= length)


def _line_ink(gray: Gray, length: int, thick: int) -> Mask:
    """Pixels of what is darker than the paper above and below, and stays so along a good part of a ruling."""
    ink = cv2.bitwise_not(gray)
    thin = cv2.morphologyEx(ink, cv2.MORPH_TOPHAT, np.ones((thick + 2, 1), np.uint8))
    run = max(3, length // 8)
    along = cv2.blur(thin, (run, 1))
    faint = max(FAINT, NOISE * _noise(gray) / np.sqrt(run))
    # a slanting ruling steps from row to row: its rows are joined before runs are measured
    joined = cv2.dilate((along > faint).astype(np.uint8), np.ones((3, 1), np.uint8))
    solid = np.ones((1, round(PIECE * length)), np.uint8)
    return np.asarray(cv2.morphologyEx(joined, cv2.MORPH_OPEN, solid), np.uint8)


def _noise(gray: Gray) -> float:
    """Standard deviation of the paper's grey: from the differences of neighbours that are too small to be print."""
    differences = gray[::7, 1:].astype(np.int16) - gray[::7, :-1]
    spread = float(np.mean(np.abs(differences[np.abs(differences) < 60]))) if differences.size else 0.0
    return spread * 1.2533 / 2**0.5


def _segments(mask: Mask, gray: Gray, length: int, thick: int) -> list[Ruling]:
    """One ruling per piece of line ink that is long and thin, and solid."""
    rulings = []
    for piece in outlines(mask):
        x0, top, x1, bottom, _ = piece
        if bottom - top > thick + 4 + SLOPE * (x1 - x0):
            continue
        dark = np.where(piece.of(mask), 255 - gray[top:bottom, x0:x1], np.uint8(0))
        darkest = dark.max(axis=0)
        darkness = percentile(darkest, 80)
        is_dark = darkest > 0.45 * darkness
        if darkness <= FAINT or _solid(is_dark, PIECE * length) < SOLID:
            continue
        ink = dark.astype(np.float32)
        weight = ink.sum(axis=0)
        first, last = np.flatnonzero(is_dark)[[0, -1]]  # averaging along the line has lengthened it
        inked = (weight > 0) & (np.arange(x1 - x0) >= first) & (np.arange(x1 - x0) <= last)
        rows = np.arange(top, bottom, dtype=np.float32)[:, None] + 0.5
        middles = (ink * rows).sum(axis=0)[inked] / weight[inked]
        slope, at = _fitted(np.nonzero(inked)[0] + x0, middles)
        thickness = float(np.median(weight[inked])) / max(darkness, 1.0)
        if thickness <= thick:
            rulings.append(Ruling(at, float(x0 + first), float(x0 + last + 1), max(1.0, thickness), slope, darkness))
    return rulings


def _solid(dark: NDArray[np.bool_], least: float) -> float:
    """Share of a line that lies in runs of ink of some length: letters in a row have gaps."""
    closed = np.concatenate([[False], dark[:-2] | dark[1:-1] | dark[2:], [False]]) if len(dark) > 2 else dark
    edges = np.flatnonzero(np.diff(np.concatenate([[0], closed.astype(np.int8), [0]])))
    runs = edges[1::2] - edges[::2]
    return float(runs[runs >= 0.8 * least].sum()) / len(dark)


def _fitted(places: NDArray[np.int64], middles: NDArray[np.float32]) -> tuple[float, float]:
    """Slope of a line through points, and its height at the middle of its ends; letters that touch it pull little."""
    vx, vy, x, y = cv2.fitLine(
        np.stack([places.astype(np.float32), middles], axis=1), cv2.DIST_HUBER, 0, 0.01, 0.01
    ).reshape(4)
    slope = float(vy / vx) if abs(vx) > 1e-6 else 0.0
    return slope, float(y + slope * ((places[0] + places[-1] + 1) / 2 - x))


def _joined(rulings: list[Ruling], dpi: float) -> list[Ruling]:
    """Pieces of one line as one: in line with each other, with a small gap or overlap."""
    gap, off = GAP * dpi, 0.012 * dpi
    ended: list[Ruling] = []
    near: list[Ruling] = []
    for ruling in sorted(rulings, key=lambda r: r.start):
        ended += [before for before in near if ruling.start - before.end > gap]
        near = [before for before in near if ruling.start - before.end <= gap]
        for index in range(len(near) - 1, -1, -1):
            before = near[index]
            meets = min(max(ruling.start, before.start), before.end)
            if abs(before.at_place(meets) - ruling.at_place(meets)) <= off:
                near[index] = _one(before, ruling)
                break
        else:
            near.append(ruling)
    return [*ended, *near]


def _one(a: Ruling, b: Ruling) -> Ruling:
    """Two pieces as one ruling."""
    start, end = min(a.start, b.start), max(a.end, b.end)
    first, last = (a, b) if a.start <= b.start else (b, a)
    last = first if last.end < first.end else last
    height0, height1 = first.at_place(start), last.at_place(end)
    long = a if a.end - a.start >= b.end - b.start else b
    slope = (height1 - height0) / max(end - start, 1.0)
    return Ruling((height0 + height1) / 2, start, end, long.thickness, slope, long.darkness, a.is_dashed or b.is_dashed)


def without_rulings(gray: Gray, rulings: RuledLines) -> Gray:
    """The page with its rulings made paper; strokes of letters that cross a ruling stay whole."""
    without_level, without_upright = gray.copy(), gray.copy()
    _erase(without_level, None, rulings.level)
    _erase(without_upright.T, None, rulings.upright)
    cleaned = gray.copy()
    _erase(cleaned, without_upright, rulings.level)
    _erase(cleaned.T, without_level.T, rulings.upright)
    return cleaned


def _erase(cleaned: Gray, strokes: Gray | None, level: list[Ruling]) -> None:
    """Whitens level rulings in place, column by column, but where `strokes` go on above and below."""
    height, width = cleaned.shape
    for ruling in level:
        x0, x1 = max(0, int(ruling.start) - 2), min(width, int(ruling.end) + 3)
        if x1 <= x0:
            continue
        columns = np.arange(x0, x1)
        middle = ruling.at + ruling.slope * (columns - (ruling.start + ruling.end) / 2)
        half = ruling.thickness / 2 + 1.2
        reach = int(np.ceil(half)) + 2
        rows = np.floor(middle).astype(np.int64)[None, :] + np.arange(-reach, reach + 1)[:, None]
        inside = np.abs(rows + 0.5 - middle) <= half
        erase = inside & (rows >= 0) & (rows < height)
        if strokes is not None:
            dark = strokes[np.clip(rows, 0, height - 1), columns] < 255 - max(40.0, 0.45 * ruling.darkness)
            above = (dark & (rows + 0.5 < middle - half)).any(axis=0)
            below = (dark & (rows + 0.5 > middle + half)).any(axis=0)
            erase &= ~(_near(above) & _near(below))
        ys, xs = np.nonzero(erase)
        cleaned[rows[ys, xs], columns[xs]] = 255


def _near(places: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The places and those beside them: strokes slant."""
    wide = places.copy()
    wide[1:] |= places[:-1]
    wide[:-1] |= places[1:]
    return wide
