"""Points, commas and dashes between digits, told by their shape: the engine mistakes them, and amounts with them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from ita_extract.vision.components import components
from ita_extract.vision.digits import Sign
from ita_extract.vision.glyphs import Glyph
from ita_extract.vision.type_size import Picture, TypeSize

REACH = (0.75, 2.6)
"""Least and largest distance of the middles of two digits with a point between them, in consonant heights."""
ASIDE = 0.28
"""Consonant heights around the middle of a digit that are its own."""
SAME_PLACE = 0.2
"""Consonant heights by which the places of one digit differ."""
SMALLEST = 0.08
"""Side of the smallest point in consonant heights; in heights of digits where only those were measured."""
_KINDS = ".,-"


def pointed(glyphs: Sequence[Glyph], signs: Sequence[Sign], picture: Picture, size: TypeSize) -> list[Glyph]:
    """The characters with the points, commas and dashes that stand between digits that are next to each other."""
    neighbours = _neighbours(signs, size.height)
    pieces = _pieces(picture) if neighbours else []
    seen = [(one.x, _between(pieces, size, one.x, two.x)) for one, two in neighbours]
    result: list[Glyph] = []
    at = 0
    while at < len(glyphs):
        glyph = glyphs[at]
        result.append(glyph)
        at += 1
        here = [sign for x, sign in seen if abs(x - glyph.middle) < SAME_PLACE * size.height]
        char = here[0] if here and glyph.char.isdigit() else None
        if char is None:
            continue
        end = at
        while end < len(glyphs) and not glyphs[end].char.isalnum():
            end += 1
        between = [g for g in glyphs[at:end] if not g.char.isspace()]
        if end == len(glyphs) or not glyphs[end].char.isdigit() or (between and between[0].char not in ".,-–:;'\""):
            continue
        told = "".join(g.char for g in between)
        if told != char and (char, told) != ("-", "–"):
            result.append(Glyph(char, glyph.x1, glyphs[end].x0, 0.9, told if told in _KINDS else None))
            at = end
    return result


def _neighbours(signs: Sequence[Sign], height: float) -> list[tuple[Sign, Sign]]:
    least, most = REACH
    return [
        (one, two)
        for one, two in pairwise(signs)
        if one.is_digit and two.is_digit and least * height <= two.x - one.x <= most * height
    ]


def _pieces(picture: Picture) -> list[tuple[int, int, int, int, int]]:
    """Connected ink: left, top, width, height, area."""
    return [tuple(row) for row in components((picture < 128).astype(np.uint8)).stats[1:].tolist()]


def _between(pieces: Sequence[tuple[int, int, int, int, int]], size: TypeSize, left: float, right: float) -> str | None:
    """What the only piece of ink between two digits is; None where there is none, several, or another sign."""
    height = size.height
    found = [
        _shape(width / height, (y - size.baseline) / height, (y + tall - size.baseline) / height)
        for x, y, width, tall, area in pieces
        if left + ASIDE * height < x + width / 2 < right - ASIDE * height and area >= max(3, (SMALLEST * height) ** 2)
    ]
    return found[0] if len(found) == 1 else None


def _shape(width: float, top: float, bottom: float) -> str | None:
    """The sign of so much ink, its ends under the baseline (above it: negative); all in consonant heights."""
    if width < 0.35 and top > -0.38 and bottom < 0.1:
        return "."
    if width < 0.4 and -0.4 < top < 0.05 and 0.1 <= bottom < 0.55:
        return ","
    if 0.2 < width < 1.0 and bottom - top < 0.22 and top > -0.8 and bottom < -0.2:
        return "-"
    return None
