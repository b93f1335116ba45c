"""Rows of dots to write on, within lines of text: forms print them, and a reader of lines loses its way among them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from ita_extract.vision.ink import Mask, Pieces, pieces_of

FEWEST = 6
"""Dots that make a row; an ellipsis has three."""
LARGEST = 0.3
"""Side of a dot in heights of consonants, at most."""
ROUND = 0.5
"""Share of its box that a dot fills at least."""
STEP = 1.0
"""Heights of consonants from dot to dot, at most."""
LEVEL = 0.15
"""Heights of consonants by which the middles of neighbouring dots differ, at most."""


def dot_rows(ink: Mask, body: float) -> list[tuple[int, int]]:
    """Where rows of dots begin and end in the ink of one line (columns of pixels; ends behind the last).

    `body` is the height of consonants in pixels.
    """
    pieces = pieces_of(ink)
    is_dot = _are_dots(pieces, LARGEST * body)
    if is_dot.sum() < FEWEST:
        return []
    order = np.argsort(pieces.x0, kind="stable")
    rows = _rows(pieces, [int(n) for n in order], is_dot, body)
    return [(int(pieces.x0[row[0]]), int(pieces.x1[row].max())) for row in rows if len(row) >= FEWEST]


def _are_dots(pieces: Pieces, largest: float) -> NDArray[np.bool_]:
    """Which pieces are dots of that size at most."""
    box = pieces.width * pieces.height
    return np.asarray((pieces.width <= largest) & (pieces.height <= largest) & (pieces.area >= ROUND * box))


def _rows(pieces: Pieces, order: Sequence[int], is_dot: NDArray[np.bool_], body: float) -> Iterator[list[int]]:
    """Dots side by side, level with each other, with no letter between."""
    row: list[int] = []
    for piece in order:
        if row and is_dot[piece] and _follows(pieces, row[-1], piece, body):
            row.append(piece)
        elif is_dot[piece] or pieces.height[piece] > LARGEST * body:
            yield row
            row = [piece] if is_dot[piece] else []
    yield row


def _follows(pieces: Pieces, one: int, two: int, body: float) -> bool:
    off = abs(int(pieces.top[one] + pieces.bottom[one]) - int(pieces.top[two] + pieces.bottom[two])) / 2
    return off <= LEVEL * body and int(pieces.x0[two]) - int(pieces.x1[one]) <= STEP * body
