"""Line images made ready for recognisers: paper white, the size of the type known, dirt gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from ita_extract.vision.ocr import LineImage
from ita_extract.vision.type_size import Picture, TypeSize, flattened, measure, without_specks


class PreparedLine(NamedTuple):
    """A flattened line and the size of its type."""

    picture: Picture
    size: TypeSize


def prepared(lines: Sequence[LineImage]) -> dict[int, PreparedLine]:
    """Lines by their number; those where nothing is printed are left out."""
    pictures = [flattened(line.pixels) for line in lines]
    sizes = [measure(picture) for picture in pictures]
    sure = [size.height for size in sizes if size is not None and size.is_sure]
    usual = float(np.median(sure)) if sure else None
    found: dict[int, PreparedLine] = {}
    for at, (picture, size) in enumerate(zip(pictures, sizes, strict=True)):
        if size is not None:
            size = _plausible(size, usual)
            found[at] = PreparedLine(without_specks(picture, size), size)
    return found


def _plausible(size: TypeSize, usual: float | None) -> TypeSize:
    """On a line of one or two letters a digit, a bracket or a mark may be what was measured: the page knows better."""
    if size.is_sure or usual is None or not 0.5 * usual < size.height < 2 * usual:
        return size
    return replace(size, height=usual)
