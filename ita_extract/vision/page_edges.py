"""The edges of the paper: its four corners in a photograph, black borders and punched holes in a scan."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from ita_extract.vision.components import components
from ita_extract.vision.page_image import Gray
from ita_extract.vision.reduced import reduced

Matrix = NDArray[np.float64]

SMALL_SIDE = 800
LEAST_SHARE = 0.25
"""Share of the picture that the page fills at least."""
FULL_SHARE = 0.97
"""A page that fills this share of the picture has no surroundings."""
STRAIGHT = 0.93
"""Share of the quadrilateral that the page covers: less is no sheet of paper."""
SUPPORT = 0.7
"""Share of each side of the sheet at which it must be brighter than what is around it."""
STEP = 0.04
"""Least step from the sheet to its surroundings, as a share of their brightness."""
PLACES = 60
"""Places along a side that are looked at."""
HOLE_MM = (3.5, 9.0)
MARGIN = 0.09
"""Share of the page's width and height within which holes are punched."""
SOLID = 1 / 130
"""Thickness of borders as a share of the longer side, at least: letters and rulings are thinner."""
DARK = 110
SERIES_A, LIKE_SERIES_A = 2**0.5, 0.06
"""Ratio of the sides of A4 (ISO 216), and the share by which that of a photographed A4 sheet is off: perspective
shortens one side by up to 5 %. Letter and foolscap are 8 % off, legal 16 %."""


def page_corners(gray: Gray) -> NDArray[np.float32] | None:
    """The corners of the sheet in a photograph (top left, top right, bottom right, bottom left, in pixels).

    None where the picture is the page, or where no sheet of paper stands out from what is around it. A shadow over the
    paper may be darker than the desk: of the outlines at many brightnesses, and of the region that no sharp edge parts
    from the picture's border, the one whose four sides are steps from dark to bright is taken.
    """
    height, width = gray.shape
    scale = min(1.0, SMALL_SIDE / max(height, width))
    if min(height, width) * scale < 40:
        return None
    small = reduced(gray, (round(width * scale), round(height * scale)))
    small = np.asarray(cv2.medianBlur(small, 5), np.uint8)
    if _border_is_paper(small):
        return None
    best, support = None, SUPPORT
    for mask in _sheets(small):
        quad = _sheet(mask)
        if quad is not None:
            refined = _refined(small, quad)
            found = min(_support(small, *side) for side in _sides(refined))
            if found > support:
                best, support = refined, found
    return None if best is None else (best + 0.5).astype(np.float32) / np.float32(scale)


def _sheets(small: Gray) -> Iterator[Gray]:
    """What may be the sheet: parts of the picture, 255 inside."""
    low, high = np.percentile(small, (3, 90))
    for level in np.linspace(low, high, 12)[1:-1]:
        yield ((small > level) * 255).astype(np.uint8)
    relative = np.log(small.astype(np.float32) + 8)
    steps = cv2.magnitude(cv2.Sobel(relative, cv2.CV_32F, 1, 0), cv2.Sobel(relative, cv2.CV_32F, 0, 1))
    for sharp in (0.25, 0.5, 0.9):
        edges = cv2.dilate((steps > sharp).astype(np.uint8), np.ones((3, 3), np.uint8))
        _, labels = cv2.connectedComponents(1 - edges, connectivity=4)
        border = np.unique(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]))
        outside = np.isin(labels, border[border > 0])
        yield ((~outside) * 255).astype(np.uint8)


def _sheet(bright: Gray) -> NDArray[np.float32] | None:
    """The four corners of the largest region, None when it is no sheet of paper."""
    kernel = np.ones((9, 9), np.uint8)
    smooth = cv2.morphologyEx(cv2.morphologyEx(bright, cv2.MORPH_CLOSE, kernel), cv2.MORPH_OPEN, kernel)
    outlines, _ = cv2.findContours(smooth, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not outlines:
        return None
    hull = np.asarray(cv2.convexHull(max(outlines, key=cv2.contourArea)), np.int32)
    area = cv2.contourArea(hull)
    if not LEAST_SHARE <= area / bright.size <= FULL_SHARE:
        return None
    quad = _quadrilateral(hull)
    if quad is None or area < STRAIGHT * cv2.contourArea(quad):
        return None
    return _ordered(quad.astype(np.float32))


Side = tuple[NDArray[np.float32], NDArray[np.float32]]


def _sides(quad: NDArray[np.float32]) -> list[Side]:
    return [(quad[i], quad[(i + 1) % 4]) for i in range(4)]


def _profiles(small: Gray, start: NDArray[np.float32], end: NDArray[np.float32], reach: int) -> NDArray[np.float32]:
    """Brightness across a side, from `reach` pixels inside to as many outside, at places along it."""
    along = (end - start) / max(float(np.linalg.norm(end - start)), 1.0)
    outward = np.array([along[1], -along[0]], np.float32)
    places = start + np.linspace(0.04, 0.96, PLACES, dtype=np.float32)[:, None] * (end - start)
    points = places[:, None, :] + np.arange(-reach, reach + 1, dtype=np.float32)[None, :, None] * outward
    maps = np.asarray(points, np.float32)
    return np.asarray(
        cv2.remap(small, maps[..., 0], maps[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float32
    )


def _support(small: Gray, start: NDArray[np.float32], end: NDArray[np.float32]) -> float:
    """Share of a side at which the picture is brighter inside than outside."""
    across = _profiles(small, start, end, 6)
    inside, outside = across[:, :4].mean(axis=1), across[:, -4:].mean(axis=1)
    return float(np.mean(inside - outside > STEP * (inside + outside)))


def _refined(small: Gray, quad: NDArray[np.float32]) -> NDArray[np.float32]:
    """The corners where the straight lines through the sharpest steps along the sides meet."""
    for reach in (12, 5):
        lines = [_edge_line(small, start, end, reach) for start, end in _sides(quad)]
        corners = [_crossing(lines[i - 1], lines[i]) for i in range(4)]
        if any(c is None for c in corners):
            return quad
        moved = np.array(corners, np.float32)
        if float(np.abs(moved - quad).max()) > 3 * reach:
            return quad
        quad = moved
    return quad


def _edge_line(small: Gray, start: NDArray[np.float32], end: NDArray[np.float32], reach: int) -> NDArray[np.float32]:
    """The line (point and direction) along the steps from bright to dark near a side."""
    across = _profiles(small, start, end, reach)
    step = across[:, :-2] - across[:, 2:]
    at = np.argmax(step, axis=1)
    along = (end - start) / max(float(np.linalg.norm(end - start)), 1.0)
    outward = np.array([along[1], -along[0]], np.float32)
    places = start + np.linspace(0.04, 0.96, PLACES, dtype=np.float32)[:, None] * (end - start)
    points = places + (at[:, None] + 1 - reach) * outward
    clear = step[np.arange(PLACES), at] > 0.5 * np.median(step[np.arange(PLACES), at])
    if np.count_nonzero(clear) < 2:  # nothing to be seen there: the side stays where it is
        return np.concatenate([along, start]).astype(np.float32)
    return np.asarray(cv2.fitLine(points[clear].astype(np.float32), cv2.DIST_HUBER, 0, 0.01, 0.01)).reshape(4)


def _crossing(one: NDArray[np.float32], other: NDArray[np.float32]) -> NDArray[np.float32] | None:
    """Where two lines meet."""
    directions = np.array([one[:2], -other[:2]], np.float64).T
    if abs(np.linalg.det(directions)) < 0.2:
        return None
    t = np.linalg.solve(directions, (other[2:] - one[2:]).astype(np.float64))[0]
    return np.asarray(one[2:] + t * one[:2], np.float32)


def _border_is_paper(small: Gray) -> bool:
    """Whether the picture's edge is as bright as its middle: a scan, or a photograph of nothing but the page."""
    paper = float(np.percentile(small, 85))
    edge = np.concatenate([small[2], small[-3], small[:, 2], small[:, -3]])
    return float(np.mean(edge > 0.72 * paper)) > 0.9


def _quadrilateral(hull: NDArray[np.int32]) -> NDArray[np.int32] | None:
    """The four-sided figure that a convex outline is, None when it is none."""
    length = cv2.arcLength(hull, True)
    for share in np.arange(0.01, 0.12, 0.01):
        found = cv2.approxPolyDP(hull, float(share * length), True)
        if len(found) == 4:
            return np.asarray(found.reshape(4, 2), np.int32)
        if len(found) < 4:
            return None
    return None


def _ordered(corners: NDArray[np.float32]) -> NDArray[np.float32]:
    """Clockwise from the corner at the top left."""
    middle = corners.mean(axis=0)
    angles = np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0])
    clockwise = corners[np.argsort(angles)]
    first = int(np.argmin(clockwise.sum(axis=1)))
    return np.asarray(np.roll(clockwise, -first, axis=0), np.float32)


def warp_to_rectangle(corners: NDArray[np.float32]) -> tuple[Matrix, tuple[int, int]]:
    """The transform that makes the sheet a rectangle, and its size (width, height) in pixels.

    A sheet of nearly the shape of A4 gets just that shape, so that pages photographed one by one are alike.
    """
    top, right, bottom, left = (float(np.linalg.norm(corners[i] - corners[(i + 1) % 4])) for i in range(4))
    width, height = _like_series_a(max(top, bottom), max(left, right))
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    return np.asarray(cv2.getPerspectiveTransform(corners, target), np.float64), (width, height)


def _like_series_a(width: float, height: float) -> tuple[int, int]:
    """The size of a sheet, the side that is too short for A4 lengthened where it is nearly that."""
    if abs(max(width, height) / min(width, height) / SERIES_A - 1) <= LIKE_SERIES_A:
        ratio = SERIES_A if height > width else 1 / SERIES_A
        width, height = max(width, height / ratio), max(height, width * ratio)
    return round(width), round(height)


def without_borders(gray: Gray) -> Gray:
    """The page with black borders (what lay beside the paper) and punched holes made white."""
    height, width = gray.shape
    scale = min(1.0, SMALL_SIDE / max(height, width))
    small = reduced(gray, (max(1, round(width * scale)), max(1, round(height * scale))))
    dark = (small < DARK).astype(np.uint8)
    side = max(3, round(max(small.shape) * SOLID))
    framed = cv2.copyMakeBorder(dark, side, side, side, side, cv2.BORDER_CONSTANT, value=1)
    solid = cv2.morphologyEx(framed, cv2.MORPH_OPEN, np.ones((side, side), np.uint8))[side:-side, side:-side]
    solid = np.ascontiguousarray(solid)
    labels, stats, middles = components(solid, connectivity=4)
    rows, columns = small.shape
    wipe = np.zeros(len(stats), np.uint8)
    per_mm = max(rows, columns) / 297
    for number, ((x, y, w, h, area), (mx, my)) in enumerate(zip(stats[1:], middles[1:], strict=True), 1):
        at_edge = x == 0 or y == 0 or x + w == columns or y + h == rows
        in_margin = min(mx, columns - mx) < MARGIN * columns or min(my, rows - my) < MARGIN * rows
        is_disc = 0.6 * w * h < area < 0.92 * w * h and 0.75 < w / h < 1.33
        is_hole = in_margin and is_disc and HOLE_MM[0] * per_mm <= max(w, h) <= HOLE_MM[1] * per_mm
        wipe[number] = at_edge or is_hole
    if not wipe.any():
        return gray
    area = cv2.dilate(wipe[labels], np.ones((side, side), np.uint8))
    full = cv2.resize(area, (width, height), interpolation=cv2.INTER_NEAREST)
    cleaned = gray.copy()
    cleaned[full > 0] = 255
    return cleaned
