"""Line images made ready for recognisers: paper white, the size of the type known, dirt gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from ita_extract.vision.ocr import LineImage
from ita_extract.vision.type_size import Picture, TypeSize, flattened, measure, without_specks

FEW = 12
"""Letters up to which those of another height than consonants may be what was measured."""
OTHER = 0.12
"""Share by which heights differ that are not the same."""
UNLIKE = (0.55, 1.6)
"""Heights in consonant heights that digits, brackets and marks have: Thai zeros 0.65, brackets 1.45 (twelve faces)."""
DASH_FLAT, DASH_ABOVE = 1.6, 0.39
"""A dash is so many times as wide as high (2.1 to 6, less when blurred) and stands so many consonant heights above the
baseline (74 faces: 0.28 to 0.61, half of them up to 0.39)."""


class PreparedLine(NamedTuple):
    """A flattened line and the size of its type; `other` is that of the page where the line's own may be wrong."""

    picture: Picture
    size: TypeSize
    other: TypeSize | None = None


def prepared(lines: Sequence[LineImage]) -> dict[int, PreparedLine]:
    """Lines by their number; those where nothing is printed are left out."""
    pictures = [flattened(line.pixels) for line in lines]
    sizes = [measure(picture) for picture in pictures]
    sure = [size.height for size in sizes if size is not None and size.is_sure]
    usual = float(np.median(sure)) if sure else None
    found: dict[int, PreparedLine] = {}
    for at, (picture, size) in enumerate(zip(pictures, sizes, strict=True)):
        if size is not None:
            size = _plausible(picture, size, usual)
            clean = without_specks(picture, size)
            found[at] = PreparedLine(clean, size, _other(clean, size, usual))
    return found


def _other(picture: Picture, size: TypeSize, usual: float | None) -> TypeSize | None:
    """The size that a line has if its consonants are as high as those of most lines.

    On a short line few signs were measured; on a longer one of many digits and capitals, which are higher, some letters
    are as high as usual.
    """
    if usual is None or abs(size.height / usual - 1) <= OTHER or not UNLIKE[0] <= size.height / usual <= UNLIKE[1]:
        return None
    alike = measure(picture, usual)
    if size.letters > FEW and (alike is None or not alike.is_sure):
        return None
    return _as_high_as(alike, size, usual)


def _as_high_as(alike: TypeSize | None, size: TypeSize, height: float) -> TypeSize:
    """The size with another height of the consonants; the baseline is that of signs so high (`alike`, None where there
    are none): brackets reach lower."""
    return replace(size, height=height, baseline=size.baseline if alike is None else alike.baseline)


def _plausible(picture: Picture, size: TypeSize, usual: float | None) -> TypeSize:
    """On a line of one or two letters a digit, a bracket or a mark may be what was measured: the page knows better.

    A dash alone ("none" in many tables) would be magnified until it looks like a letter.
    """
    if size.is_sure or usual is None or size.height >= 2 * usual:
        return size
    if size.height > 0.5 * usual:
        return _as_high_as(measure(picture, usual), size, usual)
    if size.right - size.left < DASH_FLAT * size.height:
        return size
    return replace(size, height=usual, baseline=size.baseline + DASH_ABOVE * usual)
