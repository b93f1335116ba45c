"""Text lines of a page: letters chained along their bodies, then every mark, sign and stroke given to its line.

Thai lines are bands of consonants of one height; vowels and tone marks stand in up to two storeys above and one below.
So lines are found by the bodies alone, which never meet those of the next line, and what stands between two lines goes
to the letter that it stands on. Each pixel of ink belongs to one line at most.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ita_extract.vision.bodies import Band, BandColumns, bands_of
from ita_extract.vision.end_specks import drop_specks
from ita_extract.vision.ink import Mask, Pieces, body_height, pieces_of

ABOVE, BELOW = 1.5, 0.75
"""Storeys of marks reach so far above and below the body, in body heights (measured on twelve typefaces: 1.4, 0.6)."""
TALLEST_BELOW = 0.6
"""Body heights: what is taller and wholly below the baseline is no mark of the letters above it."""
BELOW_COST = 1.7
"""Distances downwards from a body weigh more: marks below touch their letter or nearly do, marks above stand off."""
SIDE = 2.0
"""Body heights beside a line within which punctuation belongs to it."""
DOUBT = 0.5
"""Difference of distances below which the piece next to a mark decides, not the line."""
SPECK = 0.1
"""Side of a speck in body heights: full stops and the smallest tone marks are larger."""
JOIN = 2.7
"""Gap in body heights (a little over the type size) over which pieces of a line are one; columns are further apart."""
SIGN = (0.3, 2.5)
"""Least and largest side in body heights of signs that stand alone: dashes for nothing, ditto marks."""
DOTS = 4
"""So many small signs in a row are leader dots, no dirt."""
CUT = 0.3
"""Body heights by which a piece must reach into the bodies of two lines to be cut between them."""


class Region(NamedTuple):
    """A part of the page with lines of its own, a cell for instance; pixels, ends behind the last."""

    x0: int
    top: int
    x1: int
    bottom: int


class TextLine(NamedTuple):
    """A line, or a part of one between wide gaps. `x0`, `top`, `x1`, `bottom` bound its ink (pixels, ends behind the
    last). `baseline` is the y on which its letters stand at its middle, `slope` how it falls per pixel, `body` the
    height of its consonants. `letters` counts those by which it was found: 0 for signs that stand alone, whose body is
    that of the page. `region` numbers the region it lies in (-1: the page outside of all)."""

    x0: int
    top: int
    x1: int
    bottom: int
    baseline: float
    slope: float
    body: float
    letters: int
    region: int = -1


class TextLines(NamedTuple):
    """The lines of a page. `owner` says for each pixel of ink whose it is: the number of its line from 1, 0 for none.

    `others` bounds ink that is no text: pictures, signatures, bars, marks apart from lines.
    """

    lines: list[TextLine]
    owner: NDArray[np.int32]
    others: list[Region]


def text_lines(ink: Mask, regions: Sequence[Region] = ()) -> TextLines:
    """The text lines of a straight page without rulings, each within one region; those inside others come last."""
    ink, home = _parted(ink, regions)
    pieces = pieces_of(ink)
    body = body_height(pieces)
    if body is None:
        return TextLines([], np.zeros(ink.shape, np.int32), _boxes(pieces, np.ones(len(pieces.area), bool), 6.0))
    middle_y, middle_x = (pieces.top + pieces.bottom) // 2, (pieces.x0 + pieces.x1) // 2
    region = _homes(pieces, home, middle_x, middle_y)
    bands = bands_of(pieces, region, body, regions)
    owner_of = _owners(pieces, region, bands)
    drop_specks(pieces, bands, owner_of, _joined(bands, _extents(pieces, bands, owner_of)))
    bands = _with_signs(pieces, region, bands, owner_of, body)
    return _finished(pieces, region, bands, owner_of)


def _parted(ink: Mask, regions: Sequence[Region]) -> tuple[Mask, NDArray[np.int16]]:
    """Ink cut at the edges of regions, and the number of the region at each pixel."""
    home = np.full(ink.shape, -1, np.int16)
    parted = ink.copy()
    for number, (x0, top, x1, bottom) in enumerate(regions):
        home[top:bottom, x0:x1] = number
        for edge in (np.s_[top : top + 1, x0:x1], np.s_[bottom - 1 : bottom, x0:x1]):
            parted[edge] = 0
        for edge in (np.s_[top:bottom, x0 : x0 + 1], np.s_[top:bottom, x1 - 1 : x1]):
            parted[edge] = 0
    return parted, home


def _homes(pieces: Pieces, home: NDArray[np.int16], x: NDArray[np.int32], y: NDArray[np.int32]) -> NDArray[np.int16]:
    """The region of each piece: that of its middle."""
    if not len(x):
        return np.zeros(0, np.int16)
    return np.asarray(home[y, x], np.int16)


def _owners(pieces: Pieces, region: NDArray[np.int16], bands: Sequence[Band]) -> NDArray[np.int32]:
    """The number of the band that each piece goes to, -1 for none.

    Done twice: a letter with its marks may be too tall to be chained, and the letter beyond it is then in reach.
    """
    owners = np.full(len(pieces.area), -1, np.int32)
    best = np.full(len(pieces.area), np.inf, np.float32)
    rivals: dict[int, set[int]] = {}
    for number, band in enumerate(bands):
        mine = np.asarray(band.letters)
        best[mine], owners[mine] = -1.0, number
    order = np.argsort(pieces.top, kind="stable")
    ends = [(band.x0, band.x1) for band in bands]
    for _ in range(2):
        free = order[owners[order] < 0]
        tops = pieces.top[free]
        tallest = int(pieces.height[free].max(initial=0))
        for number, band in enumerate(bands):
            low, high = band.top - ABOVE * band.body, band.bottom + BELOW * band.body
            near = free[np.searchsorted(tops, low - tallest) : np.searchsorted(tops, high)]
            near = near[(pieces.bottom[near] > low) & (region[near] == band.region)]
            reach = JOIN * band.body
            near = near[(pieces.x1[near] > ends[number][0] - reach) & (pieces.x0[near] < ends[number][1] + reach)]
            cost = _cost(pieces, near, band, *ends[number])
            is_mark = pieces.height[near] <= band.body
            for piece in near[is_mark & np.isfinite(cost) & (cost < best[near] + DOUBT) & (owners[near] >= 0)]:
                if pieces.height[piece] <= bands[owners[piece]].body:
                    rivals.setdefault(int(piece), {int(owners[piece])}).add(number)
            better = cost < best[near]
            best[near[better]], owners[near[better]] = cost[better], number
        for number in range(len(bands)):
            mine = np.flatnonzero(owners == number)
            ends[number] = int(pieces.x0[mine].min()), int(pieces.x1[mine].max())
    for piece in sorted(rivals, key=lambda n: best[n]):
        candidates = rivals[piece] | {int(owners[piece])}
        owners[piece] = min(candidates, key=lambda n: (_apart(pieces, piece, owners == n, bands[n]), n))
    return owners


def _with_signs(
    pieces: Pieces, region: NDArray[np.int16], bands: list[Band], owners: NDArray[np.int32], body: float
) -> list[Band]:
    """The bands, and new ones for signs that stand alone: a dash in a cell, leader dots. Gives them owners in place."""
    side = np.maximum(pieces.width, pieces.height)
    free = (owners < 0) & (side >= SPECK * body) & (side <= SIGN[1] * body) & (pieces.area >= (SPECK * body) ** 2)
    loose = np.flatnonzero(free)
    added = list(bands)
    for group in _rows(pieces, region, loose, body):
        alone = len(group) < DOTS
        if alone and side[group].max() < SIGN[0] * body:
            continue
        middle = float(np.median(pieces.top[group] + pieces.bottom[group])) / 2
        foot = float(np.median(pieces.bottom[group]))
        baseline = foot if np.median(pieces.height[group]) > 0.6 * body or not alone else middle + body / 2
        x0, x1 = int(pieces.x0[group].min()), int(pieces.x1[group].max())
        added.append(Band(x0, x1, baseline - body, baseline, 0.0, body, int(region[group[0]]), ()))
        owners[group] = len(added) - 1
    return added


def _rows(
    pieces: Pieces, region: NDArray[np.int16], loose: NDArray[np.int64], body: float
) -> Iterator[NDArray[np.int64]]:
    """Pieces side by side, level with each other and near."""
    level, reach = 0.3 * body, JOIN * body
    middles, ends = ((pieces.top + pieces.bottom) / 2).tolist(), pieces.x1.tolist()
    rows: list[list[int]] = []
    # The rows that may go on, by region and by how low their last piece lies: on a page of dirt there are thousands.
    growing: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for piece in loose[np.argsort(pieces.x0[loose], kind="stable")].tolist():
        start, here, low = int(pieces.x0[piece]), int(region[piece]), int(middles[piece] // level)
        for key in ((here, low + step) for step in (-1, 0, 1)):
            growing[key] = [row for row in growing[key] if start - ends[rows[row][-1]] < reach]
        near = (row for step in (-1, 0, 1) for row in growing[here, low + step])
        beside = [row for row in near if abs(middles[rows[row][-1]] - middles[piece]) < level]
        latest = max(beside, default=len(rows))
        if beside:
            growing[here, int(middles[rows[latest][-1]] // level)].remove(latest)
            rows[latest].append(piece)
        else:
            rows.append([piece])
        growing[here, low].append(latest)
    return (np.array(row) for row in rows)


def _apart(pieces: Pieces, piece: int, members: NDArray[np.bool_], band: Band) -> float:
    """How far a mark stands from the nearest letter or mark of a line above or below it, in body heights."""
    slack = 0.15 * band.body
    beside = members & (pieces.x1 > pieces.x0[piece] - slack) & (pieces.x0 < pieces.x1[piece] + slack)
    beside[piece] = False
    others = np.flatnonzero(beside)
    if not len(others):
        return np.inf
    under = np.maximum(pieces.top[others] - pieces.bottom[piece], 0)
    over = np.maximum(pieces.top[piece] - pieces.bottom[others], 0)
    is_above = pieces.bottom[others] > pieces.bottom[piece]
    if pieces.height[piece] > TALLEST_BELOW * band.body:
        over = np.full(len(others), np.inf)
    return float(np.min(np.where(is_above, under, BELOW_COST * over)) / band.body)


def _cost(pieces: Pieces, near: NDArray[np.int64], band: Band, x0: int, x1: int) -> NDArray[np.float32]:
    """How far pieces stand from the bodies of a line from `x0` to `x1`, in body heights; infinite where they cannot
    belong to it."""
    shift = band.slope * ((pieces.x0[near] + pieces.x1[near]) / 2 - (band.x0 + band.x1) / 2)
    top, bottom = band.top + shift, band.bottom + shift
    body = band.body
    above = (top - pieces.bottom[near]) / body
    below = (pieces.top[near] - bottom) / body
    cost = np.maximum(0, np.maximum(above, BELOW_COST * below))
    beside = np.maximum(x0 - pieces.x1[near], pieces.x0[near] - x1) / body
    cost = cost + 0.5 * np.maximum(0, beside)
    height, width, area = pieces.height[near], pieces.width[near], pieces.area[near]
    outside = (pieces.top[near] < top - ABOVE * body) | (pieces.bottom[near] > bottom + BELOW * body)
    inside = np.minimum(pieces.bottom[near], bottom) - np.maximum(pieces.top[near], top)
    is_text = np.where(outside, inside > CUT * body, True) & (height < 6 * body)
    speck = (area < max(3.0, (SPECK * body) ** 2)) & (np.maximum(height, width) < 0.3 * body)
    bar = (width > 5 * body) & (height < 0.25 * body)
    off = (below > -0.05) & (height > TALLEST_BELOW * body)
    off |= (beside > 0.35) & ((above > 0.1) | (below > 0.1)) | ((beside > SIDE) & (inside < 0.6 * body))
    return np.asarray(np.where(is_text & ~speck & ~bar & ~off, cost, np.inf), np.float32)


def _finished(
    pieces: Pieces, region: NDArray[np.int16], bands: Sequence[Band], owner_of: NDArray[np.int32]
) -> TextLines:
    """Pieces of one line joined, numbered from top to bottom, with the owner of each pixel."""
    boxes = _extents(pieces, bands, owner_of)
    group = _joined(bands, boxes)
    numbers = {g: i for i, g in enumerate(sorted(set(group), key=lambda g: (bands[g].top, bands[g].x0)))}
    final = np.array([numbers[g] for g in group], np.int32) if bands else np.zeros(0, np.int32)
    line_of = np.where(owner_of >= 0, final[owner_of] if len(final) else -1, -1)
    owner = np.concatenate([[0], line_of + 1]).astype(np.int32)[pieces.labels]
    _cut_shared(pieces, owner_of, bands, final, owner)
    lines = []
    for g in sorted(numbers, key=lambda g: numbers[g]):
        members = [n for n in range(len(bands)) if group[n] == g]
        lines.append(_line(members, bands, boxes))
    body = float(np.median([b.body for b in bands])) if bands else 6.0
    return TextLines(lines, owner, _boxes(pieces, owner_of < 0, 0.5 * body))


def _extents(pieces: Pieces, bands: Sequence[Band], owner_of: NDArray[np.int32]) -> list[Region]:
    """The box of what each band holds."""
    return [_extent(pieces, np.flatnonzero(owner_of == n)) for n in range(len(bands))]


def _extent(pieces: Pieces, members: NDArray[np.int64]) -> Region:
    return Region(
        int(pieces.x0[members].min()),
        int(pieces.top[members].min()),
        int(pieces.x1[members].max()),
        int(pieces.bottom[members].max()),
    )


def _joined(bands: Sequence[Band], boxes: Sequence[Region]) -> list[int]:
    """For each band the first one of its line: same baseline, same size, no wide gap, same region."""
    group = list(range(len(bands)))
    order = sorted(group, key=lambda n: boxes[n].x0)
    for position, n in enumerate(order):
        band = bands[n]
        for m in reversed(order[:position]):
            other = bands[m]
            body = max(band.body, other.body)
            gap = boxes[n].x0 - boxes[m].x1
            reach = boxes[n].x0
            if other.region != band.region or gap > JOIN * body:
                continue
            off = abs(band.bottom_at(reach) - other.bottom_at(reach))
            if off < 0.3 * body and min(band.body, other.body) > 0.55 * body:
                group[n] = group[m]
                break
    return group


def _cut_shared(
    pieces: Pieces,
    owner_of: NDArray[np.int32],
    bands: Sequence[Band],
    final: NDArray[np.int32],
    owner: NDArray[np.int32],
) -> None:
    """Gives the parts of a piece that reaches into two lines (their letters touch) to each of them, in place."""
    columns = BandColumns.of(bands)
    for piece in np.flatnonzero((owner_of >= 0) & (pieces.height > 1.3 * np.median([b.body for b in bands] or [1]))):
        mine = bands[owner_of[piece]]
        x0, x1 = int(pieces.x0[piece]), int(pieces.x1[piece])
        top, bottom = int(pieces.top[piece]), int(pieces.bottom[piece])
        box = Region(x0, top, x1, bottom)
        reached = sorted((bands[n].top_at((x0 + x1) / 2), n) for n in _reached(columns, mine.region, box))
        if len({final[n] for _, n in reached}) < 2:
            continue
        part = pieces.labels[top:bottom, x0:x1] == piece + 1
        view = owner[top:bottom, x0:x1]
        rows = part.sum(axis=1)
        begin = 0
        for (_, upper), (_, lower) in pairwise(reached):
            low = int(np.clip(bands[upper].bottom_at((x0 + x1) / 2) - top, 0, bottom - top - 1))
            high = int(np.clip(bands[lower].top_at((x0 + x1) / 2) - top, low + 1, bottom - top))
            cut = low + int(np.argmin(rows[low:high]))
            view[begin:cut][part[begin:cut]] = final[upper] + 1
            view[cut:][part[cut:]] = final[lower] + 1
            begin = cut


def _reached(bands: BandColumns, region: int, box: Region) -> list[int]:
    """The bands of a region into whose bodies a piece in that box reaches well."""
    fall = bands.fall_at((box.x0 + box.x1) / 2)
    inside = np.minimum(box.bottom, bands.bottom + fall) - np.maximum(box.top, bands.top + fall)
    beside = (box.x1 < bands.x0 - JOIN * bands.body) | (box.x0 > bands.x1 + JOIN * bands.body)
    found: list[int] = np.flatnonzero((bands.region == region) & (inside > CUT * bands.body) & ~beside).tolist()
    return found


def _line(members: Sequence[int], bands: Sequence[Band], boxes: Sequence[Region]) -> TextLine:
    main = max((bands[n] for n in members), key=lambda band: len(band.letters))
    letters = sum(len(bands[n].letters) for n in members)
    x0, x1 = min(boxes[n].x0 for n in members), max(boxes[n].x1 for n in members)
    return TextLine(
        x0,
        min(boxes[n].top for n in members),
        x1,
        max(boxes[n].bottom for n in members),
        main.bottom_at((x0 + x1) / 2),
        main.slope,
        main.body,
        letters,
        main.region,
    )


def _boxes(pieces: Pieces, chosen: NDArray[np.bool_], least: float) -> list[Region]:
    """Boxes of the chosen pieces that are no specks."""
    kept = np.flatnonzero(chosen & (np.maximum(pieces.width, pieces.height) >= least))
    return [Region(int(pieces.x0[n]), int(pieces.top[n]), int(pieces.x1[n]), int(pieces.bottom[n])) for n in kept]
