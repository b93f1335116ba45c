"""What is drawn in a row of month cells of a page image: shading, hatching, bars, arrows, ticks, dots.

The row is looked at as one strip, since bars and arrows run over the rulings between months. Rulings are taken out of
the strip; where a mark crosses one, its two halves are joined again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from ita_extract.vision.components import components

Image = NDArray[np.uint8]
MarkKind = Literal["shading", "hatching", "bar", "arrow", "dot", "tick"]

TINTED = 0.94
"""Median brightness of a cell, as share of the paper's, below which it is shaded (scanner's unevenness: above 0.97)."""
HATCHED = (0.06, 0.75)
"""Share of ink in a hatched cell, in every ninth of it."""
SPECK = 0.9
"""Least side of a mark in points; smaller ones are dirt."""
STROKE = 2.2
"""Least length in points of a stroke, dash or dot that a mark is made of."""
SOLID, WIDE = 0.82, 1.5
"""Share of its box and ratio of width to height from which a small mark is a bar."""
LEVEL = 0.4
"""Share of its height within which the middle half of an arrow runs: ticks climb."""
FLAT = 2.2
"""Ratio of width to height from which a mark is a bar or an arrow."""
HEAD = 1.7
"""How much thicker than its shaft an arrow's head is."""
ROUND = 0.72
"""Share of its box that a dot fills (a disc: 0.785)."""


class StripMark(NamedTuple):
    """A mark in a strip: its kind, its box in pixels of the page, for shading its brightness (0 black – 1 paper)."""

    kind: MarkKind
    x0: int
    y0: int
    x1: int
    y1: int
    brightness: float = 0.0


Rect = tuple[int, int, int, int]


def strip_marks(gray: Image, cells: Sequence[Rect], dpi: float) -> list[StripMark]:
    """The marks in a row of cells (left to right, in pixels of a straightened page whose paper is near 255)."""
    if not cells:
        return []
    inset = max(2, round(0.9 * dpi / 72))
    found = list(_shaded(gray, cells, inset))
    covered = {mark.x0 for mark in found}
    strip = _strip(gray, cells, inset, covered)
    left, top = cells[0][0], max(cell[1] for cell in cells) + inset
    for x, y, width, height, piece in _pieces(strip, dpi):
        kind = _kind(piece, width, height, min(c[2] - c[0] for c in cells))
        if kind is not None:
            found.append(StripMark(kind, left + x, top + y, left + x + width, top + y + height))
    return found


def _shaded(gray: Image, cells: Sequence[Rect], inset: int) -> Iterator[StripMark]:
    paper = float(np.percentile(gray, 90))
    for x0, y0, x1, y1 in cells:
        inner = gray[y0 + inset : y1 - inset, x0 + inset : x1 - inset]
        if inner.size == 0:
            continue
        brightness = float(np.median(inner)) / max(paper, 1.0)
        if brightness < TINTED:
            yield StripMark("shading", x0, y0, x1, y1, brightness)
        elif _is_hatched(inner):
            yield StripMark("hatching", x0, y0, x1, y1, 0.5)


def _is_hatched(inner: Image) -> bool:
    """Whether ink is spread over the whole cell, corners too."""
    ink = np.where(inner < 160, 1.0, 0.0).astype(np.float32)
    ninths = cv2.resize(ink, (3, 3), interpolation=cv2.INTER_AREA)
    return bool(HATCHED[0] <= ninths.min() and ninths.max() <= HATCHED[1])


def _strip(gray: Image, cells: Sequence[Rect], inset: int, covered: set[int]) -> Image:
    """The ink of the row without rulings and shaded cells: 1 is ink."""
    top, bottom = max(c[1] for c in cells) + inset, min(c[3] for c in cells) - inset
    left, right = cells[0][0], cells[-1][2]
    if bottom - top < 3 or right - left < 3:
        return np.zeros((1, 1), np.uint8)
    ink = (gray[top:bottom, left:right] < 150).astype(np.uint8)
    for cell in cells:
        if cell[0] in covered:
            ink[:, cell[0] - left : cell[2] - left] = 0
    for x in sorted({edge - left for cell in cells for edge in (cell[0], cell[2])}):
        _without_ruling(ink, x, inset)
    return ink


def _without_ruling(ink: Image, x: int, inset: int) -> None:
    """Takes an upright ruling out; rows with ink on both sides of it stay joined."""
    a, b = max(0, x - inset), min(ink.shape[1], x + inset + 1)
    reach = max(2, inset // 2)
    before = ink[:, max(0, a - reach) : a].any(axis=1) if a > 0 else np.zeros(ink.shape[0], bool)
    after = ink[:, b : b + reach].any(axis=1) if b < ink.shape[1] else np.zeros(ink.shape[0], bool)
    ink[:, a:b] = np.logical_and(before, after).astype(np.uint8).reshape(-1, 1)


def _pieces(strip: Image, dpi: float) -> Iterator[tuple[int, int, int, int, Image]]:
    """Connected marks, dashes of one line joined; dirt left out."""
    unit = dpi / 72
    closed = cv2.morphologyEx(strip, cv2.MORPH_CLOSE, np.ones((1, max(3, round(4 * unit))), np.uint8))
    labels, stats, _ = components(closed)
    for number in range(1, len(stats)):
        x, y, width, height, area = (int(value) for value in stats[number])
        if max(width, height) < 2 * SPECK * unit or area < (SPECK * unit) ** 2:
            continue
        piece = (labels[y : y + height, x : x + width] == number).astype(np.uint8)
        if _largest(strip[y : y + height, x : x + width] & piece) >= STROKE * unit:
            yield x, y, width, height, piece


def _largest(ink: Image) -> int:
    """The longest side of any connected part of a mark: specks that were joined are no dashes."""
    stats = components(ink).stats
    return int(max(stats[1:, cv2.CC_STAT_WIDTH].max(initial=0), stats[1:, cv2.CC_STAT_HEIGHT].max(initial=0)))


def _kind(piece: Image, width: int, height: int, cell_width: int) -> MarkKind | None:
    share = float(piece.mean())
    if width >= FLAT * height and width >= 0.35 * cell_width:
        return "arrow" if _has_head(piece) else "bar"
    if share >= ROUND and 0.7 <= width / height <= 1.4:
        return "dot"
    if width >= 1.15 * cell_width:
        return "arrow" if _has_head(piece) else "bar"
    if share >= SOLID and width >= WIDE * height:
        return "bar"
    return "arrow" if width >= WIDE * height and _is_level(piece) and _has_head(piece) else "tick"


def _is_level(piece: Image) -> bool:
    """Whether a mark runs level between its ends."""
    quarter = piece.shape[1] // 4
    rows = np.flatnonzero(piece[:, quarter : piece.shape[1] - quarter].any(axis=1))
    return bool(len(rows)) and float(np.ptp(rows)) + 1 <= LEVEL * piece.shape[0]


def _has_head(piece: Image) -> bool:
    """Whether a flat mark is thicker at one end, or at both, than in between."""
    thickness = piece.sum(axis=0).astype(float)
    width = thickness.size
    end = max(3, min(round(0.25 * width), 3 * piece.shape[0]))
    middle = float(np.median(thickness[end:-end])) if width > 2 * end else float(np.median(thickness))
    spread = [float(np.ptp(np.nonzero(part.any(axis=1))[0])) + 1 for part in (piece[:, :end], piece[:, -end:])]
    return max(spread) >= HEAD * middle + 2 and max(thickness[:end].max(), thickness[-end:].max()) >= HEAD * middle
