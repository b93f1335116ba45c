"""Dirt at the ends of lines: it makes them longer than they are, over the gap between columns, and is read as signs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ita_extract.vision.bodies import Band
from ita_extract.vision.ink import Pieces

SMALL = 0.25
"""Side of a speck in heights of consonants: full stops have as much, bullets more."""
APART = 0.7
"""Heights of consonants from the next letter at which nothing so small is a sign of the line."""
LEVEL, LEADER = 0.15, 2.0
"""Heights of consonants by which the feet of leader dots differ at most, and within which there are three."""
SAME = 0.1
"""Heights of consonants by which the two dots of a colon are not above each other."""


def drop_specks(pieces: Pieces, bands: Sequence[Band], owners: NDArray[np.int32], line_of: Sequence[int]) -> None:
    """Takes specks that stand apart at the ends of lines from them, in place; dots in a row are leaders, and stay.

    `owners` has the number of the band that each piece belongs to, -1 for none; `line_of` for each band the first one
    of its line.
    """
    lines = np.array([*line_of, -1], np.int64)[owners]
    order = np.argsort(lines, kind="stable")
    bounds = np.searchsorted(lines[order], np.arange(len(bands) + 1))
    for number in sorted(set(line_of)):
        band, mine = bands[number], order[bounds[number] : bounds[number + 1]]
        small = np.maximum(pieces.width[mine], pieces.height[mine]) < SMALL * band.body
        if not small.any() or small.all():
            continue
        for piece in _loose(pieces, mine, small, band.body):
            owners[piece] = -1


def _loose(pieces: Pieces, mine: NDArray[np.int64], small: NDArray[np.bool_], body: float) -> list[int]:
    """The small pieces to the left of all others that stand apart, and those to the right."""
    others = mine[~small]
    left, right = int(pieces.x0[others].min()), int(pieces.x1[others].max())
    found: list[int] = []
    for edge, sign, ends, starts in ((left, -1, pieces.x1, pieces.x0), (right, 1, pieces.x0, pieces.x1)):
        outside = sorted(
            (int(n) for n in mine[small] if sign * (int(ends[n]) - edge) >= 0), key=lambda n: sign * int(ends[n])
        )
        for piece in outside:
            apart = sign * (int(ends[piece]) - edge) > APART * body
            if apart and not _is_sign(pieces, piece, [other for other in outside if other != piece], body):
                found.append(piece)
            else:
                edge = int(starts[piece])
    return found


def _is_sign(pieces: Pieces, piece: int, others: list[int], body: float) -> bool:
    """Whether a dot is part of a colon, or of three leader dots."""
    off = np.abs(pieces.x0[others] + pieces.x1[others] - pieces.x0[piece] - pieces.x1[piece]) / 2
    is_level = np.abs(pieces.bottom[others] - pieces.bottom[piece]) <= LEVEL * body
    is_colon = bool((~is_level & (off <= SAME * body)).any())
    return is_colon or int((is_level & (off <= LEADER * body)).sum()) >= 2
