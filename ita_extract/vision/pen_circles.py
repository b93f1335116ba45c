"""Circles that a pen drew round a word, a digit or a letter: which ink is the circle's, and what it goes round.

A circle is a thin closed curve, near an ellipse, that is higher than a line of print and has letters inside. Letters,
zeros and rings of check boxes have none; stamps, seals and emblems are higher than anybody circles one option.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from ita_extract.vision.ink import Mask, Pieces, pieces_of
from ita_extract.vision.ruling import Ruling

Curve = NDArray[np.int32]
"""Points of a convex closed line, x and y."""

LOWEST, HIGHEST = 1.55, 5.0
"""Heights of circles inside, in heights of consonants: a letter has room in the lowest; seals have nine and more."""
NARROWEST, WIDEST = 1.5, 26.0
"""Widths of circles inside, in heights of consonants."""
OPEN = 2.2
"""Height and width in heights of consonants up to which a circle that is not closed holds only letters apart from it:
an @, and bold letters with their marks, lie on such curves up to 2.05 (fax and photographs of 65 prints)."""
PIECE = 1.6
"""So many times as large may be ink of which a circle is part: letters around may touch it."""
THICKEST = 0.5
"""Width of a pen's stroke in heights of consonants, at most."""
ROUND = 0.075
"""Spread of the radius, as share of it, of a curve made as wide as high: drawn circles up to 0.06, rectangles 0.1."""
CLOSED = 0.86
"""Share of the way round on which there is ink: hands often stop before they are round."""
NEAR = 0.3
"""Heights of consonants from its smooth curve within which the stroke of a shaky hand lies."""
SMOOTH = 0.12
"""The same where letters may be part of the ink."""
AGAIN = 0.55
"""The same for the end of a stroke that goes on beyond its beginning."""
LETTER = 0.6
"""Height in heights of consonants of the lowest letter: a Thai zero."""
ONE_LINE = 3.0
"""Height of a line with all its marks in heights of consonants."""
FILLED = 0.2, 0.18
"""Shares of a circle's height and width inside that what it goes round takes at least."""
EDGE = 2
"""Pixels of paper around a piece of ink that is looked at."""
FLAT = 0.6
"""Share of a circle's width that a straight part of it takes, at most."""
DARK = 160
"""Grey below which the ink of a ruling that was erased is a pen's."""
SEAL = 0.55, 2.5, 1.2
"""Share of a ring's sides that another one inside takes at least, and how much larger one outside is at most, and at
least."""
STEPS = 72
"""Directions in which a curve is looked at."""


class PenCircle(NamedTuple):
    """A circle: its box without the stroke, and its stroke (1 where its ink is) from `left`, `upper` on; pixels, ends
    behind the last."""

    x0: int
    top: int
    x1: int
    bottom: int
    stroke: Mask
    left: int
    upper: int


def pen_circles(pieces: Pieces, body: float) -> list[PenCircle]:
    """The circles among the pieces of ink of a page whose consonants are `body` pixels high."""
    height, width = pieces.height, pieces.width
    fits = (height >= LOWEST * body) & (height <= PIECE * HIGHEST * body)
    fits &= (width >= NARROWEST * body) & (width <= PIECE * WIDEST * body)
    fits &= 2 * pieces.area < height * width
    found = ((int(number), _circle(pieces, int(number), body)) for number in np.flatnonzero(fits))
    return [circle for number, circle in found if circle is not None and not _is_in_seal(pieces, number, circle)]


def ruled_circles(gray: NDArray[np.uint8], ink: Mask, level: Sequence[Ruling], body: float) -> dict[Ruling, PenCircle]:
    """The circles of which the flat upper or lower side was taken for a level ruling, by that ruling.

    `ink` is that of the page without its rulings, `gray` the page with them.
    """
    found: dict[Ruling, PenCircle] = {}
    for ruling in level:
        length = ruling.end - ruling.start
        if length > FLAT * WIDEST * body:
            continue
        aside, reach = round(max(length, 2 * body)), round((HIGHEST + 1) * body)
        x0, top = max(0, int(ruling.start) - aside), max(0, int(ruling.at) - reach)
        view = np.s_[top : int(ruling.at) + reach, x0 : int(ruling.end) + aside]
        half = ruling.thickness / 2 + abs(ruling.slope) * length / 2 + 2
        rows = slice(max(0, int(ruling.at - half) - top), int(ruling.at + half) + 1 - top)
        columns = slice(max(0, int(ruling.start) - 3 - x0), int(ruling.end) + 4 - x0)
        whole = ink[view].copy()
        whole[rows, columns] |= gray[view][rows, columns] < DARK
        for circle in pen_circles(pieces_of(whole), body):
            stroke = np.zeros_like(whole)
            height, width = circle.stroke.shape
            part = stroke[circle.upper : circle.upper + height, circle.left : circle.left + width]
            part |= circle.stroke[: part.shape[0], : part.shape[1]]
            if stroke[rows, columns].any(axis=0).mean() > 0.5:
                found[ruling] = _moved(circle, x0, top)
    return found


def _moved(circle: PenCircle, x: int, y: int) -> PenCircle:
    x0, top, x1, bottom, stroke, left, upper = circle
    return PenCircle(x0 + x, top + y, x1 + x, bottom + y, stroke, left + x, upper + y)


def without_circles(image: NDArray[np.uint8], circles: Sequence[PenCircle], paper: int = 255) -> NDArray[np.uint8]:
    """The page, grey or its ink, with the strokes of circles and their blurred edges painted over."""
    out = image.copy()
    for circle in circles:
        height, width = circle.stroke.shape
        view = out[circle.upper : circle.upper + height, circle.left : circle.left + width]
        view[circle.stroke[: view.shape[0], : view.shape[1]] > 0] = paper
    return out


def _circle(pieces: Pieces, number: int, body: float) -> PenCircle | None:
    top, bottom, x0, x1 = (int(v[number]) for v in (pieces.top, pieces.bottom, pieces.x0, pieces.x1))
    labels = pieces.labels[top:bottom, x0:x1]
    own = np.pad((labels == number + 1).astype(np.uint8), EDGE)
    ink = np.pad((labels > 0).astype(np.uint8), EDGE)
    for curve, is_closed in _curves(own, body):
        if not _is_round(curve) or _covered(own, curve, NEAR * body) < CLOSED:
            continue
        away = _away(own, curve)
        ring = np.asarray(own & (abs(away) <= NEAR * body), np.uint8)
        stroke = float(ring.sum()) / float(cv2.arcLength(curve, True))
        if stroke > THICKEST * body:
            continue
        # a letter's own strokes may look like a circle that is open, but do not lie on one curve
        is_sure = is_closed or (
            min(cv2.boundingRect(curve)[2:]) >= OPEN * body
            and _covered(own, curve, max(stroke, SMOOTH * body)) >= CLOSED
            and not _has_alike(pieces, number)
        )
        letters = (ink > 0) & (away > stroke) & (ring == 0) & (is_sure | (own == 0))
        inner = letters.astype(np.uint8)
        if not _holds_letters(inner, curve, body):
            continue
        whole = _whole_stroke(own, ring, abs(away) <= stroke + 1, away, body)
        left, upper, width, height = cv2.boundingRect(curve)
        left, upper = left + x0 - EDGE, upper + top - EDGE
        y, x = max(0, EDGE - top), max(0, EDGE - x0)
        return PenCircle(
            left, upper, left + width, upper + height, _with_fringe(whole, ink)[y:, x:], x0 - EDGE + x, top - EDGE + y
        )
    return None


def _curves(own: Mask, body: float) -> Iterator[tuple[Curve, bool]]:
    """Convex curves that a circle in a piece of ink may have: round its largest hole, which letters outside do not
    reach; round all its holes, where letters inside touch it; round itself, where it is not closed. With each whether
    it is closed."""
    contours, tree = cv2.findContours(own, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    holes = [c for c, (_, _, _, parent) in zip(contours, tree[0], strict=True) if parent != -1]
    outer = [c for c, (_, _, _, parent) in zip(contours, tree[0], strict=True) if parent == -1]
    large = [hole for hole in holes if cv2.contourArea(hole) >= 0.5 * body * body]
    tried = [[max(large, key=cv2.contourArea)], large] if len(large) > 1 else [large] if large else []
    for points, is_closed in (*((holes, True) for holes in tried), (outer, False)):
        curve = np.asarray(cv2.convexHull(np.concatenate(points)), np.int32)
        _, _, width, height = cv2.boundingRect(curve)
        if LOWEST * body <= height <= HIGHEST * body and NARROWEST * body <= width <= WIDEST * body:
            yield curve, is_closed


def _is_round(curve: Curve) -> bool:
    """Whether a curve, leaning or not, is near an ellipse: one made as wide as high is near a circle."""
    points = _dense(curve)
    if len(points) < 8:
        return False
    moments = cv2.moments(curve)
    if moments["m00"] <= 0:
        return False
    middle = np.array([moments["m10"], moments["m01"]]) / moments["m00"]
    spread = np.array([[moments["mu20"], moments["mu11"]], [moments["mu11"], moments["mu02"]]]) / moments["m00"]
    values, axes = np.linalg.eigh(spread)
    if values[0] <= 0:
        return False
    seen = (points - middle) @ axes / np.sqrt(values)
    angles = np.arctan2(seen[:, 1], seen[:, 0])
    order = np.argsort(angles)
    around = np.linspace(-np.pi, np.pi, STEPS, endpoint=False)
    radius = np.interp(around, angles[order], np.hypot(seen[:, 0], seen[:, 1])[order], period=2 * np.pi)
    return float(radius.std() / radius.mean()) <= ROUND


def _dense(curve: Curve) -> NDArray[np.float64]:
    """The curve's points with others between them, a pixel or so apart."""
    corners = curve.reshape(-1, 2).astype(np.float64)
    ends = np.roll(corners, -1, axis=0)
    parts = [
        one + (two - one) * np.linspace(0, 1, max(1, int(np.hypot(*(two - one)))), endpoint=False)[:, None]
        for one, two in zip(corners, ends, strict=True)
    ]
    return np.concatenate(parts)


def _covered(own: Mask, curve: Curve, reach: float) -> float:
    """Share of a curve that has ink near it."""
    size = 2 * max(1, round(reach)) + 1
    grown = cv2.dilate(own, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)))
    x, y = np.round(_dense(curve)).astype(np.int64).T
    return float(grown[y, x].mean())


def _away(own: Mask, curve: Curve) -> NDArray[np.float32]:
    """How far inside a curve each pixel is, in pixels; below 0 outside."""
    inside = np.zeros(own.shape, np.uint8)
    cv2.fillPoly(inside, [curve], [1])
    inward = cv2.distanceTransform(np.pad(inside, 1), cv2.DIST_L2, 3)[1:-1, 1:-1]
    outward = cv2.distanceTransform(1 - inside, cv2.DIST_L2, 3)
    return np.asarray(np.where(inside > 0, inward, -outward), np.float32)


def _is_in_seal(pieces: Pieces, number: int, circle: PenCircle) -> bool:
    """Whether a ring not much larger stands round a circle: round stamps and emblems have letters between two."""
    width, height = circle.x1 - circle.x0, circle.bottom - circle.top
    around = (pieces.x0 < circle.x0 - 1) & (pieces.x1 > circle.x1 + 1)
    around &= (pieces.top < circle.top - 1) & (pieces.bottom > circle.bottom + 1)
    around &= (pieces.width < SEAL[1] * width) & (pieces.height < SEAL[1] * height)
    around &= (pieces.width > SEAL[2] * width) & (pieces.height > SEAL[2] * height)
    around[number] = False
    return bool(around.any())


def _has_alike(pieces: Pieces, number: int) -> bool:
    """Whether other pieces about as high stand beside one on its line: it is a letter of a heading."""
    height = int(pieces.height[number])
    beside = (pieces.x0 < pieces.x1[number] + 3 * height) & (pieces.x1 > pieces.x0[number] - 3 * height)
    beside &= (abs(pieces.bottom - pieces.bottom[number]) <= 0.15 * height) & (pieces.height >= 0.55 * height)
    return int(np.count_nonzero(beside)) > 2


def _holds_letters(inner: Mask, curve: Curve, body: float) -> bool:
    """Whether the ink within a circle is letters of one line that take a good part of it."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(inner, connectivity=8)
    kept = stats[1:][stats[1:, cv2.CC_STAT_HEIGHT] >= LETTER * body]
    if not len(kept):
        return False
    width = int((kept[:, 0] + kept[:, 2]).max() - kept[:, 0].min())
    height = int((kept[:, 1] + kept[:, 3]).max() - kept[:, 1].min())
    _, _, room, rise = cv2.boundingRect(curve)
    rings = (kept[:, 3] >= max(SEAL[0] * rise, LOWEST * body)) & (kept[:, 2] >= SEAL[0] * room)
    if rings.any():
        return False
    return FILLED[0] * rise <= height <= ONE_LINE * body and width >= FILLED[1] * room


def _whole_stroke(own: Mask, ring: Mask, core: NDArray[np.bool_], away: NDArray[np.float32], body: float) -> Mask:
    """The ring with loose ends of its stroke, and without letters that touch it: those go on away from it."""
    count, labels = cv2.connectedComponents(own & (1 - ring), connectivity=8)
    whole, letters = ring.copy(), np.zeros_like(own)
    for number in range(1, count):
        part = labels == number
        rows = np.flatnonzero(part.any(axis=1))
        is_end = abs(away[part]).max() <= AGAIN * body or rows[-1] - rows[0] < 0.5 * LETTER * body
        (whole if is_end else letters)[part] = 1
    if letters.any():
        _, beside = cv2.connectedComponents(np.where(core, 0, own).astype(np.uint8), connectivity=8)
        whole[np.isin(beside, np.unique(beside[letters > 0]))] = 0
    return whole


def _with_fringe(ring: Mask, ink: Mask) -> Mask:
    """The stroke with its blurred edge, which is lighter than ink."""
    grown = np.asarray(cv2.dilate(ring, np.ones((5, 5), np.uint8)), np.uint8)
    return np.asarray(ring | (grown & (1 - ink)), np.uint8)
