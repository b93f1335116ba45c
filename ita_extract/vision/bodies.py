"""Bands of letter bodies: consonants of one height that stand side by side on one baseline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from ita_extract.vision.ink import Pieces

REGULAR = (0.68, 1.4)
"""Heights of letters without marks, in body heights."""
CORE = 0.3
"""Height in body heights of the core by which letters are chained: cores of two lines never touch."""
CHAIN = 1.9
"""Gap in body heights over which letters are chained."""
OTHER_SIZE = (1.5, 2.6)
"""Headings: letters so many times as high as most are looked for on their own."""
MARK_ZONE = 1.3
"""Body heights around larger letters within which smaller bodies are their marks."""
NEAR_ABOVE, NEAR_BELOW = 0.9, 0.5
"""Body heights around letters within which the middle of anything is a mark: middles of lines are 1.9 apart or more."""
MARK_SIZE = 0.72
"""Share of the larger body below which a body may be a mark."""


@dataclass(frozen=True, slots=True)
class Band:
    """Bodies of one line: from `top` to `bottom` (the baseline) at the middle of `x0`, `x1`; pixels."""

    x0: int
    x1: int
    top: float
    bottom: float
    slope: float
    body: float
    region: int
    letters: tuple[int, ...]

    def top_at(self, x: float) -> float:
        """The upper edge of the bodies at a place along the line."""
        return self.top + self.slope * (x - (self.x0 + self.x1) / 2)

    def bottom_at(self, x: float) -> float:
        """The baseline at a place along the line."""
        return self.bottom + self.slope * (x - (self.x0 + self.x1) / 2)


class BandColumns(NamedTuple):
    """Many bands, one number each; `letters` counts theirs."""

    x0: NDArray[np.float64]
    x1: NDArray[np.float64]
    top: NDArray[np.float64]
    bottom: NDArray[np.float64]
    slope: NDArray[np.float64]
    body: NDArray[np.float64]
    region: NDArray[np.float64]
    letters: NDArray[np.float64]

    @classmethod
    def of(cls, bands: Sequence[Band]) -> BandColumns:
        """The columns of some bands."""
        rows = [(b.x0, b.x1, b.top, b.bottom, b.slope, b.body, b.region, len(b.letters)) for b in bands]
        return cls(*np.array(rows, np.float64).reshape(-1, len(cls._fields)).T)

    def fall_at(self, x: float) -> NDArray[np.float64]:
        """How much lower each stands at a place along its line than at its middle."""
        return self.slope * (x - (self.x0 + self.x1) / 2)


def bands_of(pieces: Pieces, region: NDArray[np.int16], body: float, regions: Sequence[tuple[int, ...]]) -> list[Band]:
    """The bands of a page on which most letters are `body` pixels high; headings and small print by their own size."""
    sizes = _sizes(pieces, region, body)
    letters = (pieces.height >= REGULAR[0] * sizes) & (pieces.height <= REGULAR[1] * sizes)
    letters &= (pieces.width <= 6 * sizes) & (pieces.area >= 0.08 * sizes * sizes)
    chosen = np.flatnonzero(letters)
    bands = _chained(pieces, region, chosen, sizes, regions)
    large = np.flatnonzero(
        (pieces.height > REGULAR[1] * sizes) & (pieces.height < 4 * sizes) & (pieces.width < 8 * sizes)
    )
    bands += _apart(pieces, region, large, bands, body, regions)
    return _without_marks(bands)


def _sizes(pieces: Pieces, region: NDArray[np.int16], body: float) -> NDArray[np.float32]:
    """The body height to expect at each piece: that of its region where it has letters enough, else the page's."""
    return np.full(len(pieces.area), body, np.float32)


def _chained(
    pieces: Pieces,
    region: NDArray[np.int16],
    chosen: NDArray[np.int64],
    sizes: NDArray[np.float32],
    regions: Sequence[tuple[int, ...]],
) -> list[Band]:
    """Letters of one region chained by their cores, left to right."""
    if not len(chosen):
        return []
    shape = pieces.labels.shape
    canvas = np.zeros((shape[0] // 2 + 2, shape[1] // 2 + 2), np.uint8)
    middles = (pieces.top + pieces.bottom) / 2
    for n in chosen:
        half = CORE * sizes[n] / 2
        edge = regions[region[n]][2] - 4 if region[n] >= 0 else shape[1]
        end = max(int(pieces.x1[n]) - 1, min(int(pieces.x1[n] + CHAIN * sizes[n]), edge))
        y0, y1 = int((middles[n] - half) / 2), int((middles[n] + half) / 2)
        canvas[max(y0, 0) : y1 + 1, pieces.x0[n] // 2 : end // 2 + 1] = 1
    _, chains = cv2.connectedComponents(canvas, connectivity=4, ltype=cv2.CV_32S)
    at = chains[(middles[chosen] / 2).astype(int), pieces.x0[chosen] // 2].astype(np.int64)
    at = at * (len(regions) + 1) + region[chosen] + 1
    order = np.argsort(at, kind="stable")
    bounds = np.flatnonzero(np.diff(at[order])) + 1
    return [_band(pieces, group, int(region[group[0]])) for group in np.split(chosen[order], bounds)]


def _band(pieces: Pieces, letters: NDArray[np.int64], region: int) -> Band:
    """The band of letters: a straight line through their feet that tails and raised signs pull little."""
    x0, x1 = int(pieces.x0[letters].min()), int(pieces.x1[letters].max())
    tops, bottoms = pieces.top[letters].astype(np.float64), pieces.bottom[letters].astype(np.float64)
    places = (pieces.x0[letters] + pieces.x1[letters]) / 2
    body = float(np.median(bottoms - tops))
    slope = _slope(places, bottoms, body) if x1 - x0 > 8 * body and len(letters) >= 8 else 0.0
    shift = slope * (places - (x0 + x1) / 2)
    return Band(
        x0,
        x1,
        float(np.median(tops - shift)),
        float(np.median(bottoms - shift)),
        slope,
        body,
        region,
        tuple(int(n) for n in np.sort(letters)),
    )


def _slope(places: NDArray[np.float64], bottoms: NDArray[np.float64], body: float) -> float:
    """The slope of the baseline, by the medians of its outer thirds."""
    left, right = np.quantile(places, (1 / 3, 2 / 3))
    first, last = places <= left, places >= right
    run = float(np.mean(places[last]) - np.mean(places[first]))
    rise = float(np.median(bottoms[last]) - np.median(bottoms[first]))
    return rise / run if run > 4 * body and abs(rise / run) < 0.03 and abs(rise) >= 2 else 0.0


def _apart(
    pieces: Pieces,
    region: NDArray[np.int16],
    tall: NDArray[np.int64],
    bands: Sequence[Band],
    body: float,
    regions: Sequence[tuple[int, ...]],
) -> list[Band]:
    """Bands of larger letters, at places where no band of the usual size runs."""
    taken = np.zeros(len(tall), bool)
    for band in bands:
        if len(band.letters) < 2:
            continue
        middle = (pieces.x0[tall] + pieces.x1[tall]) / 2
        inside = np.minimum(pieces.bottom[tall], band.bottom_at(0) + band.slope * middle) - np.maximum(
            pieces.top[tall], band.top_at(0) + band.slope * middle
        )
        near = (pieces.x1[tall] > band.x0 - CHAIN * band.body) & (pieces.x0[tall] < band.x1 + CHAIN * band.body)
        # the bodies of the line fill a good part of what is a letter of it with a mark attached
        taken |= (
            near
            & (inside > 0.6 * band.body)
            & (pieces.height[tall] < 2.4 * band.body)
            & (np.abs(pieces.bottom[tall] - band.bottom_at(0) - band.slope * middle) < 0.8 * band.body)
        )
    free = tall[~taken]
    if not len(free):
        return []
    usual = float(np.median(pieces.height[free]))
    sizes = np.full(len(pieces.area), usual, np.float32)
    letters = free[(pieces.height[free] >= REGULAR[0] * usual) & (pieces.height[free] <= REGULAR[1] * usual)]
    return _chained(pieces, region, letters, sizes, regions)


def _without_marks(bands: Sequence[Band]) -> list[Band]:
    """The bands but those that are the marks of larger letters: small bodies within their zone."""
    columns = BandColumns.of(bands)
    return [band for number, band in enumerate(bands) if not _is_mark(band, number, columns)]


def _is_mark(band: Band, number: int, bands: BandColumns) -> bool:
    """Whether band `number` stands where the marks of another one stand: lines of one size are further apart."""
    body = bands.body
    others = (bands.region == band.region) & (len(band.letters) <= bands.letters)
    others &= (band.x0 >= bands.x0 - 0.5 * body) & (band.x1 <= bands.x1 + 0.5 * body)
    others[number] = False
    is_small = band.body < MARK_SIZE * body
    above, below = np.where(is_small, MARK_ZONE, NEAR_ABOVE), np.where(is_small, 0.8, NEAR_BELOW)
    y, fall = (band.top + band.bottom) / 2, bands.fall_at((band.x0 + band.x1) / 2)
    others &= (bands.top + fall - above * body < y) & (y < bands.bottom + fall + below * body)
    return bool(others.any())
