"""Check boxes and radio buttons in a page image: where they stand, and how much ink is in them.

A square is found by its four sides, each a straight run of ink of the same length, so that a tick that crosses the
outline does not hide it. A ring counts where several of one size stand apart from letters. States are told by the share
of ink inside, compared with the other boxes of the page: a scanner's dirt is in all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from ita_extract.vision.components import outlines

Image = NDArray[np.uint8]

SMALLEST, LARGEST = 5.0, 20.0
"""Sides of check boxes in points: forms have 6 to 14; a hand-made one may be somewhat larger."""
SQUARE = 0.72
"""Least ratio of the shorter to the longer side."""
THICKEST = 0.3
"""Share of the side up to which a run of ink is thick: an outline, and the tip of a tick that touches it."""
STRAIGHT = 0.78
"""Share of each side that must be ink in one row of pixels: letters are round or open on a side."""
STEPPED = 0.97
"""Share of a side that is ink in two rows of pixels together where it leans a little and steps from one to the next."""
LENGTHENED = 0.6
"""Share of the side by which a tick that runs out along it makes a side look longer."""
PERFECT = 0.93
"""Share of each side from which a square is a box even where other ink touches it."""
UNDERLINED = 0.7
"""Share of ink right above or below a square from which it is a line's, not the legs of a letter."""
PARTED = 0.05
"""Share of the rows of a square that may be blank: a scanner's lines, no gap between a letter and its vowel."""
BOLD = 0.24
"""Share of the side from which an outline is the stroke of a letter (boxes: up to 0.2 on coarse copies)."""
CROOKED = 0.07
"""Share of the side by which a printed outline is uneven after scanning."""
INSET = 0.2
"""Share of the side that is left out at each edge when ink is counted: the outline and its shadow."""
BLANK, TICKED = 0.015, 0.055
"""Shares of ink up to which a box is blank, and from which it is ticked (drawn ticks: 0.08–0.3, dirt: below 0.01)."""
STANDS_OUT = 0.03
"""Difference to the other boxes from which ink in between is a mark."""
COMB = 3
"""So many boxes side by side are places for digits."""
SMALLEST_RING = 7.0
"""Least diameter of radio buttons in points: Thai zeros and letters are smaller."""


class PixelBox(NamedTuple):
    """A check box: its outline in pixels, the share of ink inside (0–1), and its state (None: cannot be told)."""

    x0: int
    y0: int
    x1: int
    y1: int
    fill_ratio: float
    state: bool | None
    is_round: bool = False


def find_check_boxes(gray: Image, dpi: float) -> list[PixelBox]:
    """The check boxes of a straightened grey page (paper near 255), from top to bottom."""
    ink = _ink(gray)
    unit = dpi / 72
    squares = _without_combs(_squares(ink, unit))
    rings = _rings(ink, unit)
    boxes = [*((box, False) for box in squares), *((box, True) for box in rings if not _within(box, squares))]
    fills = [_fill(ink, box, is_round) for box, is_round in boxes]
    usual = float(np.median(fills)) if fills else 0.0
    found = [
        PixelBox(*box, fill, _state(fill, usual), is_round) for (box, is_round), fill in zip(boxes, fills, strict=True)
    ]
    return sorted(found, key=lambda b: (b.y0, b.x0))


Rect = tuple[int, int, int, int]


def _ink(gray: Image) -> Image:
    """1 where there is ink, 0 on paper."""
    threshold, _ = cv2.threshold(gray, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return (gray < min(max(threshold, 110), 200)).astype(np.uint8)


# ------------------------------------------------------------------ squares
def _squares(ink: Image, unit: float) -> list[Rect]:
    least, most = SMALLEST * unit, LARGEST * unit
    run = max(6, int(0.75 * least))
    level = _runs(ink, np.ones((1, run), np.uint8), least, most)
    upright = [(y0, x0, y1, x1) for x0, y0, x1, y1 in _runs(ink.T.copy(), np.ones((1, run), np.uint8), least, most)]
    by_start: dict[int, list[Rect]] = {}
    for side in level:
        by_start.setdefault(side[0] // 8, []).append(side)
    sides: dict[int, list[tuple[int, int, int]]] = {}
    for left, start, right, end in upright:
        sides.setdefault((left + right) // 2 // 8, []).append(((left + right) // 2, start, end))
    found: list[Rect] = []
    for top in level:
        reach = max(3, int(0.2 * (top[2] - top[0])))
        near = [s for key in range((top[0] - reach) // 8, (top[0] + reach) // 8 + 1) for s in by_start.get(key, ())]
        for bottom in near:
            width, height = min(top[2] - top[0], bottom[2] - bottom[0]), bottom[3] - top[1]
            slack = max(3, int(0.2 * width))
            if width < 0.95 * least or not SQUARE * width <= height <= width / SQUARE:
                continue
            if abs(bottom[0] - top[0]) > slack or abs(bottom[2] - top[2]) > LENGTHENED * width:
                continue
            # a tick may lengthen a side; one that leans a little reaches a pixel beyond
            starts = {top[0], bottom[0], max(0, min(top[0], bottom[0]) - 1)}
            for x0, x1 in product(starts, {top[2], bottom[2], max(top[2], bottom[2]) + 1}):
                box = (x0, top[1], x1, bottom[3])
                least_ink = STRAIGHT if abs(top[2] - bottom[2]) <= 3 and abs(top[0] - bottom[0]) <= 3 else PERFECT
                is_closed = all(_has_side(sides, x, top[1], bottom[3], slack) for x in (x0, x1))
                if is_closed and _has_corners(ink, box, least_ink):
                    found.append(box)
    return _distinct(found)


def _runs(ink: Image, kernel: Image, least: float, most: float) -> list[Rect]:
    """Straight level runs of the lengths that sides of boxes have."""
    opened = cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel)
    runs = []
    for x, y, x1, y1, _ in outlines(opened):
        width, height = x1 - x, y1 - y
        if height <= max(4, THICKEST * width):
            runs.append((x, y, x + width, y + height))
        elif height <= 1.2 * most and width <= 2 * most:  # the tip of a tick has grown together with a side
            for row in (y, y + height - 2):
                places = np.nonzero(opened[row : row + 2, x : x + width].any(axis=0))[0]
                runs.append((x + int(places[0]), row, x + int(places[-1]) + 1, row + 2))
    return [run for run in runs if 0.8 * least <= run[2] - run[0] <= 1.15 * most]


def _has_side(sides: dict[int, list[tuple[int, int, int]]], x: int, top: int, bottom: int, slack: int) -> bool:
    for key in range((x - slack) // 8, (x + slack) // 8 + 1):
        for at, start, end in sides.get(key, ()):
            if abs(at - x) <= slack and min(end, bottom) - max(start, top) >= 0.7 * (bottom - top):
                return True
    return False


def _has_corners(ink: Image, box: Rect, least: float) -> bool:
    """Whether the four sides run from corner to corner; `least` is the share of each that must be ink."""
    x0, y0, x1, y1 = box
    band = max(3, round(0.16 * (x1 - x0)))
    area = ink[y0:y1, x0:x1]
    edges = (area[:band], area[::-1][:band], area.T[:band], area.T[::-1][:band])
    straight = min(_straightness(edge) for edge in edges)
    corners = sorted(float(p[:, :band].mean()) for p in (*edges[:2], area[:band, ::-1], area[::-1, ::-1][:band]))
    if straight < least or corners[0] < 0.12 or corners[1] < 0.3 or not all(_is_level(e, x1 - x0) for e in edges):
        return False
    if _is_letter(ink, box):
        return False
    return (straight >= PERFECT and corners[0] >= 0.3) or _stands_alone(ink, box)


def _is_letter(ink: Image, box: Rect) -> bool:
    """Whether a square is part of a bold letter: its strokes are thick, a side runs on beyond a corner, as the legs of
    ค and ด do, or a blank row parts it, as it parts a consonant from the vowel above. A tick may run out at the top
    right corner."""
    x0, y0, x1, y1 = box
    side = x1 - x0
    band, edge, gap = max(3, round(0.16 * side)), 1 + round(0.04 * side), max(2, round(0.14 * side))
    above = ink[max(0, y0 - edge - gap) : max(0, y0 - edge), x0:x1]
    below = ink[y1 + edge : y1 + edge + gap, x0:x1]
    legs = (above[:, :band], above), (below[:, :band], below), (below[:, -band:], below)
    # under a box may stand a line of dots or an underline, which goes on between the sides
    runs_on = any(leg.size and leg.any(axis=1).all() and around.mean() < UNDERLINED for leg, around in legs)
    blank_rows = y1 - y0 - int(ink[y0:y1, x0:x1].any(axis=1).sum())
    return runs_on or blank_rows > PARTED * (y1 - y0) or _is_bold(ink[y0:y1, x0:x1])


def _is_bold(area: Image) -> bool:
    """Whether the upright sides of a square are strokes of a bold letter. A box that is filled has none."""
    half = area[area.shape[0] // 4 : -(area.shape[0] // 4)]
    strokes = []
    for rows in (half, half[:, ::-1]):
        first = rows.argmax(axis=1)
        widths = [int(np.append(row[at:], 0).argmin()) for row, at in zip(rows, first.tolist(), strict=True)]
        strokes.append(float(np.percentile(widths, 25)))
    stroke, side = sum(strokes) / 2, area.shape[1]
    return bool(max(4.0, BOLD * side) < stroke < 2 * BOLD * side)


def _straightness(edge: Image) -> float:
    """The share of a side that is ink in one row of pixels; enough where two rows hold all of it between them."""
    share = float(edge.mean(axis=1).max())
    is_stepped = float((edge[:-1] | edge[1:]).mean(axis=1).max()) >= STEPPED
    return max(share, STRAIGHT) if is_stepped else share


def _stands_alone(ink: Image, box: Rect) -> bool:
    """Whether paper surrounds a box; a tick may run out at its top right corner."""
    x0, y0, x1, y1 = box
    gap, edge = max(2, round(0.14 * (x1 - x0))), 1 + round(0.04 * (x1 - x0))
    low = y0 + (y1 - y0) // 3
    around = (
        ink[low : y1 + edge, x1 + edge : x1 + edge + gap],
        ink[y0:y1, max(0, x0 - edge - gap) : max(0, x0 - edge)],
        ink[y1 + edge : y1 + edge + gap, x0:x1],
    )
    return all(strip.mean() <= 0.1 for strip in around if strip.size)


def _is_level(edge: Image, side: int) -> bool:
    """Whether an outline runs straight along an edge: its first ink lies at the same depth nearly everywhere."""
    depth = edge.argmax(axis=0)[edge.any(axis=0)]
    low, high = np.percentile(depth, (12, 85)) if depth.size else (0, side)
    return bool(high - low <= max(2.0, CROOKED * side))


def _distinct(boxes: Sequence[Rect]) -> list[Rect]:
    """Each box once, at its outer edge."""
    kept: list[Rect] = []
    for box in sorted(boxes, key=lambda b: -(b[2] - b[0]) * (b[3] - b[1])):
        if not _within(box, kept):
            kept.append(box)
    return kept


def _within(box: Rect, others: Sequence[Rect]) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(o[0] <= x <= o[2] and o[1] <= y <= o[3] for o in others)


def _without_combs(boxes: Sequence[Rect]) -> list[Rect]:
    rows: list[list[Rect]] = []
    for box in sorted(boxes, key=lambda b: b[0]):
        side = box[2] - box[0]
        touching = (r for r in rows if abs(r[-1][1] - box[1]) < 0.3 * side and -4 < box[0] - r[-1][2] < 0.3 * side)
        row = next(touching, None)
        if row is None:
            rows.append([box])
        else:
            row.append(box)
    return [box for row in rows if len(row) < COMB for box in row]


# ------------------------------------------------------------------ rings
def _rings(ink: Image, unit: float) -> list[Rect]:
    contours, tree = cv2.findContours(ink, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    if tree is None:
        return []
    found: list[Rect] = []
    for number, contour in enumerate(contours):
        first_hole, parent = int(tree[0][number][2]), int(tree[0][number][3])
        x, y, width, height = cv2.boundingRect(contour)
        if parent != -1 or first_hole == -1 or not _is_ring_size(width, height, unit):
            continue
        hole = max(_holes(tree, first_hole), key=lambda n: cv2.contourArea(contours[n]))
        outer, inner = cv2.contourArea(contour), cv2.contourArea(contours[hole])
        disc = np.pi / 4 * width * height
        if 0.88 * disc <= outer <= 1.08 * disc and inner >= 0.5 * outer and _is_round(contours[hole]):
            found.append((x, y, x + width, y + height))
    return [ring for ring in found if _is_apart(ink, ring) and sum(_alike(ring, other) for other in found) >= 2]


def _is_ring_size(width: int, height: int, unit: float) -> bool:
    return (
        min(width, height) >= SMALLEST_RING * unit
        and max(width, height) <= LARGEST * unit
        and (0.85 <= width / height <= 1.18)
    )


def _holes(tree: NDArray[Any], first: int) -> list[int]:
    holes = [first]
    while int(tree[0][holes[-1]][0]) != -1:
        holes.append(int(tree[0][holes[-1]][0]))
    return holes


def _is_round(contour: NDArray[Any]) -> bool:
    _, _, width, height = cv2.boundingRect(contour)
    return 0.85 * np.pi / 4 <= cv2.contourArea(contour) / max(1, width * height) <= 1.1 * np.pi / 4


def _is_apart(ink: Image, ring: Rect) -> bool:
    """Whether no letter stands close beside a ring."""
    x0, y0, x1, y1 = ring
    gap = max(2, (x1 - x0) // 6)
    left = ink[y0:y1, max(0, x0 - gap - 1) : max(0, x0 - 1)]
    right = ink[y0:y1, x1 + 1 : x1 + gap + 1]
    return not left.any() and not right.any()


def _alike(a: Rect, b: Rect) -> bool:
    return abs((a[2] - a[0]) - (b[2] - b[0])) <= 0.15 * (a[2] - a[0])


# ------------------------------------------------------------------ states
def _fill(ink: Image, box: Rect, is_round: bool) -> float:
    x0, y0, x1, y1 = box
    inset = INSET + (0.06 if is_round else 0.0)
    whole, middle = (_inner(ink, (x0, y0, x1, y1), share) for share in (inset, inset + 0.1))
    return whole if middle > BLANK else min(whole, middle)  # a shadow lies along two sides only


def _inner(ink: Image, box: Rect, inset: float) -> float:
    """Share of ink in a box without its edges."""
    x0, y0, x1, y1 = box
    dx, dy = max(3, round(inset * (x1 - x0))), max(3, round(inset * (y1 - y0)))
    inner = ink[y0 + dy : y1 - dy, x0 + dx : x1 - dx]
    return float(inner.mean()) if inner.size else 0.0


def _state(fill: float, usual: float) -> bool | None:
    """The state by the ink inside; `usual` is the median of the page's boxes."""
    if fill >= TICKED:
        return True
    if fill <= BLANK or fill <= usual + STANDS_OUT / 3:
        return False
    return True if fill >= usual + STANDS_OUT else None
