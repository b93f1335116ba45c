"""What a PDF page draws → the rulings of its tables, and the boxes that may be cells by their shading alone."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from ita_extract.geometry import Box, Stroke

THIN = 3.0
"""Filled rectangles thinner than this many points are rulings: producers draw lines so."""
THICK = 4.0
"""Frames of tables are drawn up to this thick; thicker rectangles are bars and shading."""
BOX_SIDE = 16.0
"""A square with sides up to this is a check box, no cell."""
MIN_RULING = 3.0
TILE_SIDE = 9.0
"""Least side of a shaded cell: one line of the smallest type that is printed (6 points)."""
DOT_STEP = 3.5
"""Largest distance of the dots of a dotted ruling (Word: 0.5 to 3 points)."""
MIN_DOTS = 4
MAX_ARROW_HEAD = 10.0
"""Sides of arrow heads in points: office programs draw them three to five line widths wide."""


class Rulings(NamedTuple):
    """Level and upright strokes, and shaded boxes."""

    level: list[Stroke]
    upright: list[Stroke]
    tiles: list[Box]


def rulings(page: Any) -> Rulings:
    """Lines, thin rectangles and pictures, rows of dots, sides of framed rectangles; shaded boxes beside them."""
    level: list[Stroke] = []
    upright: list[Stroke] = []
    frames: list[Box] = []
    tiles: list[Box] = []
    heads: list[Box] = []
    dots: list[tuple[float, float]] = []
    for box, is_rect, is_frame, is_filled in _boxes(page.objects):
        length, thickness = max(box.width, box.height), min(box.width, box.height)
        is_thin = thickness <= THIN or (thickness <= THICK and length >= 20 * thickness)
        if is_thin and length >= max(MIN_RULING, 2 * thickness):
            if box.height <= box.width:
                level.append(Stroke((box.top + box.bottom) / 2, box.x0, box.x1))
            else:
                upright.append(Stroke((box.x0 + box.x1) / 2, box.top, box.bottom))
        elif length <= THIN:
            dots.append(box.middle)
        elif length <= MAX_ARROW_HEAD and not is_rect:
            heads.append(box)
        else:
            if is_frame and length > BOX_SIDE:
                frames.append(box)
            if is_filled and thickness >= TILE_SIDE:
                tiles.append(box)
    level = _without_arrows(level, heads)
    level += _dotted((y, x) for x, y in dots)
    upright += _dotted(dots)
    for frame in _without_bars(frames, upright):
        level += [Stroke(frame.top, frame.x0, frame.x1), Stroke(frame.bottom, frame.x0, frame.x1)]
        upright += [Stroke(frame.x0, frame.top, frame.bottom), Stroke(frame.x1, frame.top, frame.bottom)]
    return Rulings(level, upright, tiles)


def _boxes(objects: dict[str, list[dict[str, Any]]]) -> Iterator[tuple[Box, bool, bool, bool]]:
    """Boxes of what is drawn; whether it is a rectangle, framed, filled. Paths with corners come piece by piece."""
    for kind in ("line", "rect", "curve", "image"):
        for shape in objects.get(kind, ()):
            box = Box(shape["x0"], shape["top"], shape["x1"], shape["bottom"])
            sides = sorted((box.width, box.height))
            is_path = kind == "curve" and sides[0] > THIN and sides[1] > MAX_ARROW_HEAD
            if is_path and shape["stroke"] and all(step[0] in "mlh" for step in shape.get("path") or "c"):
                for (x0, y0), (x1, y1) in pairwise(shape["pts"]):
                    if abs(x1 - x0) < 0.5 or abs(y1 - y0) < 0.5:
                        yield Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)), False, False, False
            elif not is_path:
                is_rect = kind == "rect"
                yield box, is_rect, is_rect and bool(shape["stroke"]), is_rect and bool(shape["fill"])


def _dotted(dots: Iterable[tuple[float, float]]) -> list[Stroke]:
    """Rows of dots (place across, place along) as strokes."""
    strokes: list[Stroke] = []
    lanes: dict[float, list[float]] = {}
    for across, along in dots:
        lanes.setdefault(round(across, 1), []).append(along)
    for across, places in lanes.items():
        places.sort()
        first = 0
        for index in range(1, len(places) + 1):
            if index == len(places) or places[index] - places[index - 1] > DOT_STEP:
                if index - first >= MIN_DOTS:
                    strokes.append(Stroke(across, places[first], places[index - 1]))
                first = index
    return strokes


def _without_arrows(level: list[Stroke], heads: list[Box]) -> list[Stroke]:
    """The strokes but those that end in an arrow head."""
    heads = sorted(heads, key=lambda head: head.middle[1])
    places = [head.middle[1] for head in heads]
    return [
        stroke
        for stroke in level
        if not any(
            _points_with(stroke, head)
            for head in heads[bisect_left(places, stroke.at - 3) : bisect_right(places, stroke.at + 3)]
        )
    ]


def _points_with(stroke: Stroke, head: Box) -> bool:
    """Whether a level stroke ends in an arrow head."""
    beside = any(head.x0 - 2 <= x <= head.x1 + 2 for x in (stroke.start, stroke.end))
    return beside and abs(stroke.at - head.middle[1]) <= max(1.5, 0.3 * head.height)


def _without_bars(frames: list[Box], upright: list[Stroke]) -> Iterator[Box]:
    """The frames but those that upright rulings run through and beyond: a bar is laid over the columns of a table."""
    ordered = sorted(upright)
    for frame in frames:
        first = bisect_left(ordered, (frame.x0 + 1,))
        last = bisect_left(ordered, (frame.x1 - 1,))
        if not any(s.start < frame.top - 1 and s.end > frame.bottom + 1 for s in ordered[first:last]):
            yield frame
