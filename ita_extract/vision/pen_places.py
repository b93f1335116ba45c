"""Ticks and crosses of a pen where no box is printed: in brackets, on a row of dots or a short line before a label.

A place counts only where one beside it, of the same kind and about as wide, is blank or ticked too, and one of them
holds a tick: brackets, dots and lines that are filled in with letters or digits are answers in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from ita_extract.vision.check_boxes import PixelBox
from ita_extract.vision.ink import Mask, Pieces, pieces_of
from ita_extract.vision.ruling import Ruling
from ita_extract.vision.ticks import is_cross, is_tick

LEAST, MOST = 0.45, 3.0
"""Sides of a pen's tick in heights of consonants."""
SLIM = 0.58
"""Share of its box that a stroke fills, at most."""
PLACE = (0.8, 8.0)
"""Widths of places to tick in heights of consonants."""
BRACKET, NARROW = (1.05, 2.4), 0.42
"""Heights of brackets in heights of consonants, and their width as share of that, at most."""
DOT, STEP, FEWEST = (0.06, 0.32), 1.3, 4
"""Sides of dots and their distance in heights of consonants; so many make a row to tick."""
LEVEL = 0.25
"""Heights of consonants by which dots of a row differ in height."""
REACH = 1.0
"""Heights of consonants that a tick reaches above and below the line it stands on, from its middle, at most."""
LABEL = 1.6
"""Heights of consonants from a place to its label, at most."""
NEXT_LINE = 3.6
"""Heights of consonants to the next line of options."""
WIDTHS = 1.7
"""Ratio of the widths of places of one group, at most."""
FLAT, RULED = 0.3, 0.7
"""Height of a line to write on in heights of consonants, and the share of its width that is ink in a row of pixels."""
BLANK = 0.35
"""Heights of consonants below which ink in a place is dirt."""


class Place(NamedTuple):
    """A place to tick: its sides, the line of print that it stands on, and whether it is ticked (None: it holds
    something else)."""

    x0: int
    x1: int
    foot: float
    state: bool | None
    mark: int | None = None


def ticked_places(pieces: Pieces, level: Sequence[Ruling], body: float) -> tuple[list[PixelBox], Mask | None]:
    """The places to tick of all groups in which one is ticked, and what of the ink belongs to them (None: nothing).

    `level` are the rulings of the page, `body` is the height of consonants in pixels.
    """
    found: list[Place] = []
    ink: list[int] = []
    for kind in (_brackets(pieces, body), _rows_of_dots(pieces, body), _lines(level, pieces, body)):
        places = [_examined(place, own, pieces, body) for place, own in kind]
        for place, own in _groups(places, [own for _, own in kind], pieces, body):
            found.append(place)
            ink += own if place.mark is None else [*own, place.mark]
    if not found:
        return [], None
    chosen = np.zeros(len(pieces.area), np.bool_)
    chosen[ink] = True
    return [_box(place, pieces, body) for place in found], pieces.chosen(chosen)


def painted_over(gray: NDArray[np.uint8], ink: Mask) -> NDArray[np.uint8]:
    """The page with that ink and its blurred edges made paper."""
    return np.where(cv2.dilate(ink, np.ones((3, 3), np.uint8)) > 0, 255, gray).astype(np.uint8)


Found = list[tuple[Place, list[int]]]
"""Places, each with the pieces of ink that print it."""


# ------------------------------------------------------------------ places that forms print
def _brackets(pieces: Pieces, body: float) -> Found:
    """Pairs of brackets with little between them."""
    height, width = pieces.height, pieces.width
    fits = (height >= BRACKET[0] * body) & (height <= BRACKET[1] * body) & (width <= NARROW * height)
    fits &= (pieces.area <= 0.6 * height * width) & (width >= 3)
    numbers = np.flatnonzero(fits)
    numbers = numbers[np.argsort(pieces.x0[numbers], kind="stable")]
    opening = [int(n) for n in numbers if _bends(pieces, int(n)) < 0]
    closing = np.array([int(n) for n in numbers if _bends(pieces, int(n)) > 0], np.int64)
    found: Found = []
    for one in opening:
        gap = pieces.x0[closing] - pieces.x1[one]
        near = closing[
            (gap >= 0.3 * body)
            & (gap <= PLACE[1] * body)
            & (abs(pieces.top[closing] - pieces.top[one]) <= 0.35 * body)
            & (abs(pieces.bottom[closing] - pieces.bottom[one]) <= 0.35 * body)
        ]
        if len(near):
            two = int(near[0])
            foot = (pieces.bottom[one] + pieces.bottom[two]) / 2 - 0.3 * body
            found.append((Place(int(pieces.x1[one]), int(pieces.x0[two]), float(foot), None), [one, two]))
    return found


def _bends(pieces: Pieces, number: int) -> int:
    """-1 for an opening bracket, 1 for a closing one, 0 for what is none."""
    rows, columns = slice(pieces.top[number], pieces.bottom[number]), slice(pieces.x0[number], pieces.x1[number])
    ink = pieces.labels[rows, columns] == number + 1
    if ink.shape[1] < 3 or not ink.any(axis=1).all():
        return 0
    places = np.arange(ink.shape[1])
    middles = (ink * places).sum(axis=1) / ink.sum(axis=1)
    third = len(middles) // 3
    ends = (middles[: max(1, third // 2)].mean() + middles[-max(1, third // 2) :].mean()) / 2
    bend = float(middles[third:-third].mean() - ends)
    runs = (np.diff(ink.astype(np.int8), axis=1) == 1).sum(axis=1) + ink[:, 0]
    if abs(bend) < 0.18 * ink.shape[1] or (runs > 1).mean() > 0.1:
        return 0
    return 1 if bend > 0 else -1


def _rows_of_dots(pieces: Pieces, body: float) -> Found:
    """Short rows of dots; a mark on them may hide some."""
    height, width = pieces.height, pieces.width
    fits = (np.maximum(height, width) <= DOT[1] * body) & (np.minimum(height, width) >= DOT[0] * body)
    dots = _in_company(np.flatnonzero(fits), pieces, body)
    dots = dots[np.argsort(pieces.x0[dots], kind="stable")]
    lines: list[list[int]] = []
    open_rows: dict[int, list[tuple[float, int, list[int]]]] = {}
    feet = (pieces.top[dots] + pieces.bottom[dots]) / 2
    ends = zip(dots.tolist(), feet.tolist(), pieces.x0[dots].tolist(), pieces.x1[dots].tolist(), strict=True)
    for dot, foot, x0, x1 in ends:
        key = int(foot / body)
        near = [
            (k, at) for k in (key - 1, key, key + 1) for at in open_rows.get(k, ()) if abs(at[0] - foot) <= LEVEL * body
        ]
        near = [(k, at) for k, at in near if x0 - at[1] <= PLACE[1] * body]
        row: list[int] = []
        if near:
            old, latest = max(near, key=lambda found: found[1][1])
            open_rows[old].remove(latest)
            row = latest[2]
        else:
            lines.append(row)
        row.append(dot)
        mine = open_rows.setdefault(key, [])
        mine[:] = [*(at for at in mine if x0 - at[1] <= PLACE[1] * body), (foot, x1, row)]
    found: Found = []
    for line in lines:
        for row in _parted(line, pieces, body):
            x0, x1 = int(pieces.x0[row[0]]), int(pieces.x1[row[-1]])
            if len(row) >= FEWEST and PLACE[0] * body <= x1 - x0 <= PLACE[1] * body:
                found.append((Place(x0, x1, float(np.median(pieces.bottom[row])), None), row))
    return found


def _in_company(dots: NDArray[np.int64], pieces: Pieces, body: float) -> NDArray[np.int64]:
    """The dots that have others near on their line: dirt lies alone."""
    across = (pieces.top[dots] + pieces.bottom[dots]) / 2 / body
    along = pieces.x0[dots] / (2 * STEP * body)
    crowd: NDArray[np.int64] = np.zeros((int(across.max(initial=0)) + 3, int(along.max(initial=0)) + 3), np.int64)
    rows, columns = across.astype(np.int64) + 1, along.astype(np.int64) + 1
    np.add.at(crowd, (rows, columns), 1)
    around = sum(crowd[rows + i, columns + j] for i in (-1, 0, 1) for j in (-1, 0, 1))
    return np.asarray(dots[np.asarray(around) >= FEWEST], np.int64)


def _parted(line: Sequence[int], pieces: Pieces, body: float) -> Iterator[list[int]]:
    """Dots of a line parted where letters stand between them; a mark may take the room of several dots."""
    row: list[int] = []
    for dot in line:
        if row:
            gap = int(pieces.x0[dot]) - int(pieces.x1[row[-1]])
            if gap > STEP * body and (gap > 2.5 * body or not _is_crossed(pieces, row[-1], dot, body)):
                yield row
                row = []
        row.append(dot)
    if row:
        yield row


def _is_crossed(pieces: Pieces, one: int, two: int, body: float) -> bool:
    """Whether one piece of ink, a mark, fills the gap between two dots."""
    top, bottom = int(pieces.top[one] - REACH * body), int(pieces.bottom[one] + 0.3 * body)
    labels = np.unique(pieces.labels[max(0, top) : bottom, pieces.x1[one] : pieces.x0[two]])
    large = [n for n in labels - 1 if n >= 0 and max(pieces.height[n], pieces.width[n]) >= BLANK * body]
    return len(large) == 1


def _lines(level: Sequence[Ruling], pieces: Pieces, body: float) -> Found:
    """Short lines, whether they are rulings, pieces of ink of their own, or joined to what stands on them."""
    found: Found = [
        (Place(int(r.start), int(r.end), float(r.at), None), [])
        for r in level
        if PLACE[0] * body <= r.end - r.start <= PLACE[1] * body
    ]
    fits = (pieces.width >= PLACE[0] * body) & (pieces.width <= PLACE[1] * body)
    flat = fits & (pieces.height <= FLAT * body)
    high = fits & (pieces.height > FLAT * body) & (pieces.height <= MOST * body)
    high &= pieces.area <= 0.35 * pieces.height * pieces.width
    for n in (int(n) for n in np.flatnonzero(flat | high)):
        ends = int(pieces.x0[n]), int(pieces.x1[n])
        if flat[n]:
            found.append((Place(*ends, float(pieces.top[n] + pieces.bottom[n]) / 2, None), [n]))
            continue
        ink = (pieces.labels[pieces.top[n] : pieces.bottom[n], slice(*ends)] == n + 1).astype(np.uint8)
        rows = np.flatnonzero(ink.mean(axis=1) >= RULED)
        if not len(rows) or rows[-1] - rows[0] > FLAT * body or rows[0] < LEAST * body:
            continue
        foot = float(pieces.top[n] + (rows[0] + rows[-1]) / 2)
        above = _largest(ink[: rows[0]])
        is_mark = above is not None and max(above.shape) >= LEAST * body and (is_tick(above, body) or is_cross(above))
        found.append((Place(*ends, foot, True if is_mark else None, n), [n]))
    return found


# ------------------------------------------------------------------ what stands in them
def _examined(place: Place, own: Sequence[int], pieces: Pieces, body: float) -> Place:
    """The place with its state."""
    if place.mark is not None:
        return place
    top, bottom = int(place.foot - 1.3 * body), int(place.foot + 0.35 * body)
    view = pieces.labels[max(0, top) : bottom, place.x0 : place.x1]
    labels, counts = np.unique(view, return_counts=True)
    inside = [
        int(n)
        for n, count in zip(labels - 1, counts, strict=True)
        if n >= 0
        and n not in own
        and max(pieces.height[n], pieces.width[n]) >= BLANK * body
        and 3 * count >= pieces.area[n]
    ]
    if not inside:
        return place._replace(state=False)
    if len(inside) > 1 or not _is_mark(pieces, inside[0], place.foot, body):
        return place
    return place._replace(state=True, mark=inside[0])


def _is_mark(pieces: Pieces, number: int, foot: float, body: float) -> bool:
    height, width, area = (int(v[number]) for v in (pieces.height, pieces.width, pieces.area))
    if not LEAST * body <= max(height, width) <= MOST * body or area > SLIM * height * width:
        return False
    top, bottom, x0, x1 = (int(v[number]) for v in (pieces.top, pieces.bottom, pieces.x0, pieces.x1))
    ink = (pieces.labels[top:bottom, x0:x1] == number + 1).astype(np.uint8)
    if is_tick(ink, body) or is_cross(ink):
        return True
    above = ink[: max(1, int(foot - DOT[1] * body) - top)]  # dots that the mark touches
    largest = _largest(above)
    return largest is not None and (is_tick(largest, body) or is_cross(largest))


def _largest(ink: Mask) -> Mask | None:
    pieces = pieces_of(ink)
    if not len(pieces.area):
        return None
    n = int(pieces.area.argmax())
    view = pieces.labels[pieces.top[n] : pieces.bottom[n], pieces.x0[n] : pieces.x1[n]]
    return np.asarray(view == n + 1, np.uint8)


# ------------------------------------------------------------------ groups
def _groups(
    places: Sequence[Place], prints: Sequence[list[int]], pieces: Pieces, body: float
) -> Iterator[tuple[Place, list[int]]]:
    """The places of groups of which one is ticked and none holds anything else, each with its print."""
    ticked = [n for n, place in enumerate(places) if place.state]
    taken: set[int] = set()
    for first in ticked:
        if first in taken or not _has_label(places[first], pieces, body):
            continue
        group, fresh = {first}, [first]
        while fresh:
            near = [n for n in range(len(places)) if n not in group and _is_beside(places[fresh[-1]], places[n], body)]
            fresh.pop()
            near = [n for n in near if _has_label(places[n], pieces, body)]
            group |= set(near)
            fresh += near
        taken |= group
        if len(group) > 1 and all(places[n].state is not None for n in group):
            yield from ((places[n], prints[n]) for n in sorted(group))


def _is_beside(one: Place, two: Place, body: float) -> bool:
    """Whether two places are of one group: on one line, or below one another on lines that follow."""
    widths = sorted((one.x1 - one.x0, two.x1 - two.x0))
    if widths[1] > WIDTHS * widths[0] + 0.5 * body:
        return False
    off = abs(one.foot - two.foot)
    return off <= 0.4 * body or (off <= NEXT_LINE * body and abs(one.x0 - two.x0) <= body)


def _has_label(place: Place, pieces: Pieces, body: float) -> bool:
    """Whether letters stand right behind a place."""
    start = place.x1 + round(0.1 * body)
    rows = slice(max(0, int(place.foot - body)), int(place.foot))
    labels = np.unique(pieces.labels[rows, start : place.x1 + round(LABEL * body)]) - 1
    return bool((pieces.height[labels[labels >= 0]] >= 0.6 * body).any())


def _box(place: Place, pieces: Pieces, body: float) -> PixelBox:
    top, bottom = int(place.foot - 1.1 * body), int(place.foot + 0.1 * body)
    fill = 0.0
    if place.mark is not None:
        fill = float((pieces.labels[max(0, top) : bottom, place.x0 : place.x1] == place.mark + 1).mean())
    return PixelBox(place.x0, max(0, top), place.x1, bottom, fill, place.state)
