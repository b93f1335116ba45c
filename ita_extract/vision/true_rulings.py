"""Which straight strokes of a page are rulings: not stems of letters, shafts of arrows, edges of bars."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ita_extract.vision.drawn_strokes import has_head, is_edge
from ita_extract.vision.page_image import Gray
from ita_extract.vision.ruling import Ruling

ALONE = 0.6
"""Inches: shorter rulings must meet others; stems of letters of 40 points are shorter."""
PALE, ALONE_PALE = 30, 1.5
"""Grey levels of contrast up to which a ruling is pale, and how long it must be alone: JPEG makes pale dashes."""
LEAST = 0.15
"""Inches: no row of a table is lower and no column narrower."""
MEETS = 0.03
"""Inches within which the ends of rulings meet (measured on scans of prints: 0.03 and less, drawn marks 0.035)."""
NARROWEST = 0.1
"""Inches: a table that goes on so far beyond both loose ends of a stroke has it drawn in it, not ruled across it."""
REACHES = 0.04
"""Inches within which a short ruling must reach another one with each end, or end where others beside it do."""
OPEN_SIDE = 0.4
"""Share of the rulings beside it that end at the same place where a table has no side."""
END = 0.3
"""Inches: pieces of a ruling that are found by themselves are 0.15 and longer, gaps between them up to 0.12."""
SOME = 0.2
"""Share of ink in every third of what is left of a ruling's end."""
OVERHANG = 0.35
"""Inches by which a letter in line with a ruling lengthens it."""
SHORT = 1.2
"""Inches up to which a ruling may be stems of letters that stand close above each other."""
ROW_GAP = 0.03
"""Inches: longer gaps are those between rows of text; dashes stand 0.025 apart at most."""
SOLID = 0.85
"""Share of its length that is ink: stems in line have 0.6 to 0.8, rulings of scans 0.99 and more."""
BESIDE = 0.08
"""Share of its length with ink close beside it on one side, from which letters stand there."""
CLOSE = 0.03
"""Inches that are close."""


def true_rulings(rulings: Sequence[Ruling], others: Sequence[Ruling], gray: Gray, dpi: float) -> list[Ruling]:
    """The level rulings among the strokes of an image, given the upright ones, without what lengthens them.

    For upright ones, give the image transposed.
    """
    rulings = [_completed(ruling, others, gray, dpi) for ruling in rulings]
    kept = [ruling for ruling in rulings if _meets_others(ruling, rulings, others, dpi)]
    whole = [_trimmed(ruling, kept, others, dpi) for ruling in kept]
    long = [ruling for ruling in whole if ruling.end - ruling.start >= LEAST * dpi]
    return [ruling for ruling in long if not _is_stems(ruling, gray, dpi)]


def ruled(level: Sequence[Ruling], upright: Sequence[Ruling], gray: Gray, dpi: float) -> list[Ruling]:
    """The level strokes that are not drawn: no shafts of arrows, which charts of months have, and no edges of bars."""
    return [r for r in level if not is_edge(r, gray, dpi) and not has_head(r, _crossed(r, upright, dpi), gray, dpi)]


def _meets_others(ruling: Ruling, rulings: Sequence[Ruling], others: Sequence[Ruling], dpi: float) -> bool:
    """Whether a ruling begins and ends as rulings do: at others, or alone and long, or at the open side of a table."""
    crossed = _crossed(ruling, others, dpi)
    length = ruling.end - ruling.start
    if not crossed:
        return length >= (ALONE if ruling.darkness > PALE else ALONE_PALE) * dpi
    off = [min(abs(at - end) for at in crossed) for end in (ruling.start, ruling.end)]
    is_loose = [
        distance > MEETS * dpi and not _is_open_side(ruling, rulings, which, dpi) for which, distance in enumerate(off)
    ]
    if length < ALONE * dpi:
        hangs = any(loose and distance > REACHES * dpi for loose, distance in zip(is_loose, off, strict=True))
        if hangs or min(off) > MEETS * dpi:
            return False
    goes_beyond = min(crossed) < ruling.start - NARROWEST * dpi or ruling.end + NARROWEST * dpi < max(crossed)
    return not (all(is_loose) and goes_beyond)


def _crossed(ruling: Ruling, others: Sequence[Ruling], dpi: float) -> list[float]:
    """Where the rulings of the other direction stand that run past a ruling's place."""
    return [o.at_place(ruling.at) for o in others if o.start - MEETS * dpi <= ruling.at <= o.end + MEETS * dpi]


def _is_open_side(ruling: Ruling, rulings: Sequence[Ruling], which: int, dpi: float) -> bool:
    """Whether many rulings beside it begin (0) or end (1) where it does."""
    near = [r for r in rulings if r is not ruling and min(r.end, ruling.end) > max(r.start, ruling.start)]
    place = (ruling.start, ruling.end)[which]
    same = sum(abs((r.start, r.end)[which] - place) <= MEETS * dpi for r in near)
    return same >= max(2, OPEN_SIDE * len(near))


def _completed(ruling: Ruling, others: Sequence[Ruling], gray: Gray, dpi: float) -> Ruling:
    """The ruling with what is left of its ends, up to the next one it meets: short pieces behind a gap."""
    crossed = _crossed(ruling, others, dpi)
    start = max((at for at in crossed if ruling.start - END * dpi < at < ruling.start), default=ruling.start)
    end = min((at for at in crossed if ruling.end < at < ruling.end + END * dpi), default=ruling.end)
    start = start if _is_inked(ruling, start, ruling.start, gray) else ruling.start
    end = end if _is_inked(ruling, ruling.end, end, gray) else ruling.end
    return ruling._replace(at=ruling.at_place((start + end) / 2), start=start, end=end)


def _is_inked(ruling: Ruling, start: float, end: float, gray: Gray) -> bool:
    """Whether half of a stretch of a ruling's line is ink, all along it: a letter in line with it is in one place."""
    middle = round(ruling.at_place((start + end) / 2))
    part = gray[max(0, middle - 2) : middle + 3, max(0, round(start)) : round(end)]
    if not part.size:
        return False
    inked = part.min(axis=0) < 255 - 0.5 * ruling.darkness
    thirds = [third for third in np.array_split(inked, 3) if third.size]
    return bool(inked.mean() >= 0.5 and all(third.mean() >= SOME for third in thirds))


def _trimmed(ruling: Ruling, rulings: Sequence[Ruling], others: Sequence[Ruling], dpi: float) -> Ruling:
    """The ruling without short ends that stand over another one and reach none: letters in line with it."""
    crossed = _crossed(ruling, others, dpi)
    ends = [ruling.start, ruling.end]
    for which, inwards in enumerate((1, -1)):
        over = [inwards * (at - ends[which]) for at in crossed]
        inside = [distance for distance in over if 0 < distance <= OVERHANG * dpi]
        meets = any(abs(distance) <= MEETS * dpi for distance in over)
        if inside and not meets and not _is_open_side(ruling, rulings, which, dpi):
            ends[which] += inwards * min(inside)
    start, end = ends
    return ruling._replace(at=ruling.at_place((start + end) / 2), start=start, end=end) if start < end else ruling


def _is_stems(ruling: Ruling, gray: Gray, dpi: float) -> bool:
    """Whether a ruling has gaps, and letters beside it that its strokes are part of.

    A long one is where rows of a list begin with the same words: its gaps are those between the rows, not the small
    ones of dashes and of faded rulings.
    """
    margin, reach = round(0.014 * dpi), max(2, round(CLOSE * dpi))
    columns = slice(int(ruling.start) + margin, max(int(ruling.start) + margin + 1, int(ruling.end) - margin))
    middle, half = int(ruling.at), int(ruling.thickness / 2) + 3
    dark = 255 - 0.4 * ruling.darkness
    core = gray[max(0, middle - 2) : middle + 3, columns]
    if not core.size:
        return False
    inked = core.min(axis=0) < dark
    if ruling.end - ruling.start >= SHORT * dpi:
        inked = _closed(inked, round(ROW_GAP * dpi))
    if inked.mean() >= SOLID:
        return False
    sides = (
        gray[max(0, middle - half - reach) : max(0, middle - half), columns],
        gray[middle + half + 1 : middle + half + reach, columns],
    )
    return any(side.size and (side < dark).any(axis=0).mean() > BESIDE for side in sides)


def _closed(inked: NDArray[np.bool_], most: int) -> NDArray[np.bool_]:
    """The ink of a line with gaps of up to `most` pixels closed."""
    edges = np.flatnonzero(np.diff(np.concatenate([[1], inked.astype(np.int8), [1]])))
    closed = inked.copy()
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        closed[start:end] |= end - start <= most
    return closed
