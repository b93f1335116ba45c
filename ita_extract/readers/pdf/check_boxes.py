"""Check boxes that a PDF page draws: empty, ticked, crossed, filled; radio buttons; circles around an option.

A box counts as ticked only when something is drawn or written in it. Squares in a row that touch one another are places
for digits, no check boxes; a filled square or dot where no hollow one stands is a bullet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ita_extract.geometry import Box, Stroke
from ita_extract.readers.marks import DrawnMark, cell_mark
from ita_extract.readers.pdf.shapes import Shape
from ita_extract.readers.pdf.text import Char

SMALLEST, LARGEST = 4.5, 20.0
"""Sides of check boxes in points: forms have 6 to 14; a hand-made one may be somewhat larger."""
SQUARE = 0.72
"""Least ratio of the shorter to the longer side."""
MAX_INK = 3.2
"""A tick that runs out of its box reaches at most this many box sides."""
COMB = 3
"""So many touching squares in a row are places for digits."""
MAX_CIRCLED = 12
"""A circle around an option holds at most so many characters; seals and emblems hold more or none."""


@dataclass(slots=True)
class _Square:
    """A candidate: its place, its own outline (None: made of single lines), whether it is round or filled."""

    box: Box
    outline: Shape | None
    is_round: bool
    is_filled: bool = False


@dataclass(frozen=True, slots=True)
class FoundBox:
    """A check box with its state; `ink` and `glyph` are what was found in it and are no marks of their own."""

    box: Box
    mark: DrawnMark
    ink: tuple[Shape, ...] = ()
    glyph: Char | None = None


def find_boxes(
    shapes: Sequence[Shape], level: Sequence[Stroke], upright: Sequence[Stroke], chars: Sequence[Char]
) -> list[FoundBox]:
    """The check boxes and radio buttons among the shapes of a page."""
    squares = _without_combs(_outermost(_distinct([*_outlined(shapes), *_of_strokes(level, upright)])))
    if not squares:
        return []
    hollow = [square for square in squares if not square.is_filled]
    outlines = {id(square.outline) for square in squares}
    ink = [s for s in shapes if id(s) not in outlines and max(s.box.width, s.box.height) <= MAX_INK * LARGEST]
    small = [c for c in chars if not c["text"].isspace()]
    found = []
    for square in squares:
        twins = [o for o in hollow if o.is_round == square.is_round and _same_size(square.box, o.box)]
        if square.is_filled and not twins:
            continue
        box = _examined(square, ink, small, squares)
        if box is not None:
            found.append(box)
    return found


def _outlined(shapes: Iterable[Shape]) -> Iterable[_Square]:
    for shape in shapes:
        if not shape.is_closed or not _is_square(shape.box):
            continue
        if not (shape.is_rect or shape.is_round):
            continue
        yield _Square(shape.box, shape, shape.is_ellipse, is_filled=shape.fill is not None)


def _is_square(box: Box) -> bool:
    short, long = sorted((box.width, box.height))
    return short >= SMALLEST and long <= LARGEST and short >= SQUARE * long


def _of_strokes(level: Sequence[Stroke], upright: Sequence[Stroke]) -> Iterable[_Square]:
    """Squares made of four single lines."""
    short = [s for s in level if SMALLEST <= s.end - s.start <= LARGEST]
    sides = [s for s in upright if SMALLEST <= s.end - s.start <= LARGEST]
    for top in short:
        for bottom in short:
            height = bottom.at - top.at
            if not SMALLEST <= height <= LARGEST or abs(top.start - bottom.start) > 1 or abs(top.end - bottom.end) > 1:
                continue
            box = Box(top.start, top.at, top.end, bottom.at)
            ends = [any(abs(s.at - x) <= 1.2 and abs(s.start - top.at) <= 1.5 for s in sides) for x in (box.x0, box.x1)]
            if all(ends) and _is_square(box):
                yield _Square(box, None, is_round=False)


def _distinct(squares: Iterable[_Square]) -> list[_Square]:
    """Each place once: producers paint the paper of a box and its outline, or the outline twice."""
    kept: list[_Square] = []
    for square in squares:
        twin = next((k for k in kept if _overlap(k.box, square.box) > 0.7), None)
        if twin is None:
            kept.append(square)
        elif twin.is_filled and not square.is_filled:
            twin.is_filled = square.outline is not None and _fills(twin, square)
    return kept


def _outermost(squares: Sequence[_Square]) -> list[_Square]:
    """The squares without those inside another one: a dot or a filling is what was put into the box."""
    hollow = [square.box for square in squares if not square.is_filled]
    return [s for s in squares if not any(box != s.box and box.contains(s.box) for box in hollow)]


def _fills(filled: _Square, outline: _Square) -> bool:
    """Whether a filling is what somebody put into the outline, dark enough to be ink rather than a tinted box."""
    shape = filled.outline
    return shape is not None and shape.fill is not None and shape.fill < 0.6


def _overlap(a: Box, b: Box) -> float:
    width = min(a.x1, b.x1) - max(a.x0, b.x0)
    height = min(a.bottom, b.bottom) - max(a.top, b.top)
    if width <= 0 or height <= 0:
        return 0.0
    return width * height / max(a.width * a.height, b.width * b.height)


def _without_combs(squares: list[_Square]) -> list[_Square]:
    """The squares without rows of touching ones, in which digits are to be written one by one."""
    ordered = sorted(squares, key=lambda s: (round(s.box.top / 3), s.box.x0))
    rows: list[list[_Square]] = []
    for square in ordered:
        last = rows[-1][-1].box if rows else None
        touches = last is not None and abs(last.top - square.box.top) < 2 and -2 < square.box.x0 - last.x1 < 2
        if touches:
            rows[-1].append(square)
        else:
            rows.append([square])
    return [square for row in rows if len(row) < COMB for square in row]


def _same_size(a: Box, b: Box) -> bool:
    return 0.6 <= a.width / b.width <= 1.7


def _examined(
    square: _Square, ink: Sequence[Shape], chars: Sequence[Char], all_squares: Sequence[_Square]
) -> FoundBox | None:
    """The box with its state; None when it is no check box (another letter stands in it)."""
    box = square.box
    glyph = next((c for c in chars if box.holds((c["x0"] + c["x1"]) / 2, (c["top"] + c["bottom"]) / 2)), None)
    if glyph is not None:
        mark = cell_mark(glyph["text"])
        if mark is None:
            return None
        return FoundBox(box, _drawn(bool(mark.state)), glyph=glyph)
    inside = tuple(shape for shape in ink if _marks(shape, box) and not _belongs_to_other(shape, box, all_squares))
    ticked = square.is_filled or bool(inside)
    return FoundBox(box, _drawn(ticked), inside)


def _drawn(ticked: bool) -> DrawnMark:
    return DrawnMark("☑" if ticked else "☐", ticked, "pixels")


def _marks(shape: Shape, box: Box) -> bool:
    """Whether a shape is ink put into a box: it crosses its inside, and is no line that passes by."""
    ink = shape.box
    if max(ink.width, ink.height) > MAX_INK * max(box.width, box.height):
        return False
    margin_x, margin_y = 0.2 * box.width, 0.2 * box.height
    crosses = (
        ink.x0 < box.x1 - margin_x
        and ink.x1 > box.x0 + margin_x
        and ink.top < box.bottom - margin_y
        and ink.bottom > box.top + margin_y
    )
    side = _overlap(ink, box) > 0.85 and shape.is_frame  # the outline again, slightly smaller
    return crosses and not side


def _belongs_to_other(shape: Shape, box: Box, squares: Sequence[_Square]) -> bool:
    """Whether the ink lies mostly in another box that it touches on its way out."""
    own = _shared(shape.box, box)
    return any(_shared(shape.box, other.box) > own for other in squares if other.box != box)


def _shared(a: Box, b: Box) -> float:
    width = min(a.x1, b.x1) - max(a.x0, b.x0)
    height = min(a.bottom, b.bottom) - max(a.top, b.top)
    return max(width, 0.1) * max(height, 0.1) if width > -0.5 and height > -0.5 else 0.0


# ------------------------------------------------------------------ circles around an option
def circled(shapes: Sequence[Shape], chars: Sequence[Char]) -> list[tuple[Shape, list[Char]]]:
    """Hollow circles and ellipses around a short text, with the characters inside."""
    found = []
    for shape in shapes:
        if not (shape.is_frame and shape.is_round) and not _is_pen_loop(shape):
            continue
        box = shape.box
        inside = [c for c in chars if box.holds((c["x0"] + c["x1"]) / 2, (c["top"] + c["bottom"]) / 2)]
        letters = [c for c in inside if c["text"].strip()]
        if not 1 <= len(letters) <= MAX_CIRCLED:
            continue
        size = max(c["size"] for c in letters)
        if box.height <= 3.2 * size and box.width <= (letters[-1]["x1"] - letters[0]["x0"]) + 4 * size:
            found.append((shape, letters))
    return found


def _is_pen_loop(shape: Shape) -> bool:
    """A circle drawn by hand: a stroke of many points that comes back to where it began."""
    if not shape.is_stroked or shape.fill is not None or len(shape.points) < 8:
        return False
    (x0, y0), (x1, y1) = shape.points[0], shape.points[-1]
    return abs(x0 - x1) < 0.3 * shape.box.width and abs(y0 - y1) < 0.5 * shape.box.height
