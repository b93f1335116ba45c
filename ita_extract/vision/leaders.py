"""Rows of dots: the line reader tells that there is one, the paper how many dots it has."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ita_extract.vision.components import components
from ita_extract.vision.glyphs import Glyph
from ita_extract.vision.type_size import Picture, TypeSize

FEWEST = 3
"""Dots that make a row."""
LARGEST = 0.45
"""Side of a dot in consonant heights, at most."""
_AROUND = 0.4
"""Consonant heights around the baseline in which dots stand."""


def counted(glyphs: Sequence[Glyph], picture: Picture, size: TypeSize) -> list[Glyph]:
    """The characters with as many dots in each row of dots as are printed, each at its place."""
    result: list[Glyph] = []
    at = 0
    while at < len(glyphs):
        end = at
        while end < len(glyphs) and glyphs[end].char == ".":
            end += 1
        if end - at >= FEWEST:
            left = result[-1].middle if result else 0.0
            right = glyphs[end].middle if end < len(glyphs) else float(picture.shape[1])
            places = _dots(picture, size, left, right)
            confidence = min(glyph.confidence for glyph in glyphs[at:end])
            result += [Glyph(".", x0, x1, confidence) for x0, x1 in places] or glyphs[at:end]
            at = end
        else:
            result.append(glyphs[at])
            at += 1
    return result


def _dots(picture: Picture, size: TypeSize, left: float, right: float) -> list[tuple[float, float]]:
    """Where dots stand on the baseline between two places; none where they are too few to be a row."""
    strip = (picture[:, int(left) : int(right) + 1] < 128).astype(np.uint8)
    _, stats, middles = components(strip)
    largest, reach = LARGEST * size.height, _AROUND * size.height
    found = [
        (left + float(x), left + float(x + width))
        for (x, _, width, height, _), (_, y) in zip(stats[1:].tolist(), middles[1:].tolist(), strict=True)
        if max(width, height) <= largest and abs(y - size.baseline) <= reach
    ]
    return sorted(found) if len(found) >= FEWEST else []
