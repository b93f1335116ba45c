"""Check boxes told from the loops of digits and letters, which can be square, and from circles round an option."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ita_extract.vision.check_boxes import PixelBox
from ita_extract.vision.ink import Mask, Pieces, body_height, ink_mask, pieces_of
from ita_extract.vision.page_image import Gray
from ita_extract.vision.ticks import is_tick

BOX_SIDE, LARGE_BOX = 0.98, 1.3
"""Least side of a check box in heights of consonants, and the side from which it is none of a letter: printed boxes
have 1.1 to 1.7, digits and round letters up to 1.15."""
APART, APART_LARGE = 0.3, 0.2
"""Sides of a box within which no letter stands beside a small one, and none of its height beside a large one."""
SAME_EDGE = 0.1
"""Share of its side by which letters of a line differ in place and height."""
LEG = 0.25
"""Sides of a loop by which both strokes beside it go on below or above it: legs of bold letters."""
NEXT = 0.8
"""Sides of a loop to the next letter of its line."""
CIRCLE, ENCIRCLED, SOLID = 1.7, 0.8, 0.65
"""Heights of consonants from which a ring may be a pen's circle, the height of a letter in it, and the share of its box
that a dot of the same height fills."""
FULL, IN_WORD = 0.55, 0.65
"""Share of ink in the loop of a bold letter, and sides of it to the letters before and behind."""


def no_letters(boxes: Sequence[PixelBox], gray: Gray) -> list[PixelBox]:
    """The boxes but the loops of digits and letters: those have others of their height beside, or legs."""
    if not boxes:
        return []
    ink = ink_mask(gray)
    pieces = pieces_of(ink)
    body = body_height(pieces)
    return [box for box in boxes if body is None or _is_box(box, ink, pieces, body)]


def _is_box(box: PixelBox, ink: Mask, pieces: Pieces, body: float) -> bool:
    if box.is_round and _goes_round_a_letter(box, pieces, body):
        return False
    return _is_no_letter(box, pieces, body) and not _has_legs(box, ink, pieces) and not _is_in_word(box, pieces)


def _goes_round_a_letter(box: PixelBox, pieces: Pieces, body: float) -> bool:
    """Whether a ring was drawn round a letter or digit, which stands free in it: a tick in a ring is no letter."""
    if box.y1 - box.y0 < CIRCLE * body:
        return False
    inside = (pieces.x0 > box.x0) & (pieces.x1 < box.x1) & (pieces.top > box.y0) & (pieces.bottom < box.y1)
    inside &= (pieces.height >= ENCIRCLED * body) & (pieces.area < SOLID * pieces.height * pieces.width)
    return any(not _is_ticked(pieces, int(number), body) for number in np.flatnonzero(inside))


def _is_ticked(pieces: Pieces, number: int, body: float) -> bool:
    rows, columns = slice(pieces.top[number], pieces.bottom[number]), slice(pieces.x0[number], pieces.x1[number])
    return is_tick((pieces.labels[rows, columns] == number + 1).astype(np.uint8), body)


def _is_no_letter(box: PixelBox, pieces: Pieces, body: float) -> bool:
    """Whether a box is large enough, and no letter stands beside it; a tick may run out at its top."""
    side = box.x1 - box.x0
    if side < (LARGE_BOX if box.is_round else BOX_SIDE) * body:
        return False
    is_large = side >= LARGE_BOX * body
    gap, middle = (APART_LARGE if is_large else APART) * side, (box.y0 + box.y1) / 2
    left = (pieces.x1 > box.x0 - gap) & (pieces.x1 <= box.x0 + 2)
    right = (pieces.x0 < box.x1 + gap) & (pieces.x0 >= box.x1 - 2)
    level = (pieces.top < middle) & (pieces.bottom > middle)
    letters = (left | right) & level & (pieces.height > 0.5 * body)
    if is_large:
        slack = SAME_EDGE * side
        letters &= (abs(pieces.top - box.y0) < slack) & (abs(pieces.bottom - box.y1) < slack)
    return not bool(letters.any())


def _has_legs(box: PixelBox, ink: Mask, pieces: Pieces) -> bool:
    """Whether a box is the loop of a large letter: its sides go on above or below, to where its neighbour's end too."""
    side = box.x1 - box.x0
    leg, slack = max(2, round(LEG * side)), max(2, round(SAME_EDGE * side))
    left = slice(max(0, box.x0 - side // 5), box.x0 + side // 3)
    right = slice(box.x1 - side // 3, box.x1 + side // 5)
    below, above = slice(box.y1 + 1, box.y1 + leg), slice(max(0, box.y0 - leg), max(0, box.y0 - 1))
    if not any(_goes_on(ink[rows, left]) and _goes_on(ink[rows, right]) for rows in (below, above)):
        return False
    own = _own(box, pieces)
    if not len(own):
        return False
    foot = int(pieces.bottom[own].max())
    beside = (pieces.x0 < box.x1 + NEXT * side) & (pieces.x1 > box.x0 - NEXT * side)
    beside &= (abs(pieces.bottom - foot) <= slack) & (pieces.height > 0.7 * (foot - box.y0))
    beside[own] = False
    return bool(beside.any())


def _is_in_word(box: PixelBox, pieces: Pieces) -> bool:
    """Whether a full box is a bold letter: letters as high as it, on its line, stand close before and behind it."""
    own = _own(box, pieces)
    if box.fill_ratio < FULL or not len(own):
        return False
    side = box.x1 - box.x0
    slack = max(2, round(SAME_EDGE * side))
    top, bottom = int(pieces.top[own].min()), int(pieces.bottom[own].max())
    level = np.minimum(abs(pieces.top - top), abs(pieces.top - box.y0)) <= slack  # its mark may be joined to it
    level &= abs(pieces.bottom - bottom) <= slack
    before = level & (pieces.x1 > box.x0 - IN_WORD * side) & (pieces.x1 <= box.x0 + slack)
    behind = level & (pieces.x0 < box.x1 + IN_WORD * side) & (pieces.x0 >= box.x1 - slack)
    return bool(before.any() and behind.any())


def _own(box: PixelBox, pieces: Pieces) -> NDArray[np.int64]:
    """The pieces of ink that reach into a box."""
    labels = np.unique(pieces.labels[box.y0 : box.y1, box.x0 : box.x1])
    return np.asarray(labels[labels > 0] - 1, np.int64)


def _goes_on(part: Mask) -> bool:
    """Whether there is ink in all rows beside a box."""
    return bool(part.size) and bool(part.any(axis=1).all())
