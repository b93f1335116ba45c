"""Which rulings touch one another: pieces of one ruling, the rulings of one table, those of a table in its cell."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from ita_extract.geometry import Stroke, cluster, connected, nearest

SNAP = 0.8
"""Points within which rulings are the same: nested tables stand 1 point and more from the sides of their cell."""
TOUCH = 0.6
"""Points within which the rulings of one table meet that a program draws: less than the width of its lines."""
JOIN = 3.5
"""Gap in points over which pieces of a ruling (dashes, one piece per cell) are joined."""
MEETS = 1.2
"""Points within which the end of a ruling meets another one; an end that does reaches no further."""

Part = tuple[list[Stroke], list[Stroke]]
"""Level and upright rulings of one table."""


def merged(strokes: Sequence[Stroke]) -> list[Stroke]:
    """Strokes at the same place that touch, as one; ascending by place."""
    points = cluster((stroke.at for stroke in strokes), SNAP)
    lanes: dict[int, list[Stroke]] = {}
    for stroke in strokes:
        lanes.setdefault(nearest(points, stroke.at), []).append(stroke)
    joined: list[Stroke] = []
    for lane, parts in sorted(lanes.items()):
        parts.sort(key=lambda s: s.start)
        start, end = parts[0].start, parts[0].end
        for part in parts[1:]:
            if part.start <= end + JOIN:
                end = max(end, part.end)
            else:
                joined.append(Stroke(points[lane], start, end))
                start, end = part.start, part.end
        joined.append(Stroke(points[lane], start, end))
    return joined


class Index:
    """Strokes of one direction, found by their place."""

    def __init__(self, strokes: Sequence[Stroke]) -> None:
        self.strokes = strokes
        self._places = [stroke.at for stroke in strokes]

    def between(self, low: float, high: float) -> range:
        """The numbers of the strokes at places from `low` to `high`."""
        return range(bisect_left(self._places, low), bisect_right(self._places, high))

    def meets(self, x: float, y: float, reach: float) -> bool:
        """Whether one of them passes the end (x along, y across) of a stroke of the other direction."""
        return any(self._passes(number, y) for number in self.between(x - reach, x + reach))

    def encloses(self, stroke: Stroke) -> bool:
        """Whether strokes of this direction pass a stroke of the other one on both its sides."""
        left = range(bisect_left(self._places, stroke.start - JOIN) - 1, -1, -1)
        right = range(bisect_right(self._places, stroke.end + JOIN), len(self.strokes))
        return all(any(self._passes(number, stroke.at) for number in side) for side in (left, right))

    def _passes(self, number: int, y: float) -> bool:
        return self.strokes[number].start - JOIN <= y <= self.strokes[number].end + JOIN


def _reach(strokes: Sequence[Stroke], others: Index, reach: float | None) -> list[Stroke]:
    """The strokes as far as they reach: `reach` points, or else over a small gap where an end meets no ruling."""
    if reach is not None:
        return [Stroke(s.at, s.start - reach, s.end + reach) for s in strokes]
    return [
        Stroke(
            s.at,
            s.start - (MEETS if others.meets(s.start, s.at, MEETS) else JOIN),
            s.end + (MEETS if others.meets(s.end, s.at, MEETS) else JOIN),
        )
        for s in strokes
    ]


def components(level: list[Stroke], upright: list[Stroke], reach: float | None = None) -> list[Part]:
    """Sets of rulings that touch one another: within `reach` points, else as far as each of them reaches."""
    index = Index(upright)
    long_upright = _reach(upright, Index(level), reach)
    pairs = (
        (i, len(level) + j)
        for i, stroke in enumerate(_reach(level, index, reach))
        for j in index.between(stroke.start, stroke.end)
        if long_upright[j].start <= stroke.at <= long_upright[j].end
    )
    border = len(level)
    return [
        ([level[n] for n in part if n < border], [upright[n - border] for n in part if n >= border])
        for part in connected(border + len(upright), pairs)
    ]


def loose_tables(level: list[Stroke], upright: list[Stroke]) -> tuple[Part, list[Part]]:
    """The rulings of a table, and those of tables that stand on a side of one of its cells, by sets that touch.

    A table is cut into cells by rulings that end at others of it; where two end at each other and no one goes on, a
    table has its corner. So rulings within another table that have such a corner are a table of their own.
    """
    whole = level, upright
    held = _held(level, upright)
    loose = [[s for s in strokes if s not in kept] for strokes, kept in zip(whole, held, strict=True)]
    if not all(loose):
        return whole, []
    parts = components(loose[0], loose[1], MEETS)
    tables = [part for part in parts if all(part) and _has_corner(*part)]
    inner = [{s for part in tables for s in part[side]} for side in (0, 1)]
    return ([s for s in level if s not in inner[0]], [s for s in upright if s not in inner[1]]), tables


def _held(level: list[Stroke], upright: list[Stroke]) -> tuple[set[Stroke], set[Stroke]]:
    """The strokes at the outer sides of a table, and those with both ends at strokes that are held themselves."""
    places = [s.at for s in level], [s.at for s in upright]
    ends = [x for s in upright for x in s[1:]], [x for s in level for x in s[1:]]
    sides = [(min(a + b) + MEETS, max(a + b) - MEETS) for a, b in zip(places, ends, strict=True)]
    held = tuple(
        {s for s in strokes if not low < s.at < high}
        for strokes, (low, high) in zip((level, upright), sides, strict=True)
    )
    grown = True
    while grown:
        grown = False
        for side, strokes in enumerate((level, upright)):
            index = Index(sorted(held[1 - side]))
            low, high = sides[1 - side]
            more = {
                s
                for s in strokes
                if s not in held[side]
                and all(not low < x < high or index.meets(x, s.at, MEETS) for x in (s.start, s.end))
            }
            held[side].update(more)
            grown = grown or bool(more)
    return held[0], held[1]


def _has_corner(level: Sequence[Stroke], upright: Sequence[Stroke]) -> bool:
    """Whether the outermost strokes of two directions end at each other."""
    return any(
        min(abs(across.at - x) for x in (side.start, side.end)) <= MEETS
        and min(abs(side.at - y) for y in (across.start, across.end)) <= MEETS
        for side in (level[0], level[-1])
        for across in (upright[0], upright[-1])
    )
