"""Which characters of a page a reader sees: those on the paper, not white on white."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ita_extract.readers.pdf.text import Char

EDGE = 1.0
"""Points by which a character's middle may lie beyond the paper's edge."""
LIGHT = 0.97
"""Shade from which a colour counts as white, 0 black to 1 white."""


def visible(page: Any, chars: Sequence[Char]) -> list[Char]:
    """The characters inside the crop box, without those in white on nothing darker."""
    x0, top, x1, bottom = page.cropbox
    kept = [
        char
        for char in chars
        if x0 - EDGE <= (char["x0"] + char["x1"]) / 2 <= x1 + EDGE
        and top - EDGE <= (char["top"] + char["bottom"]) / 2 <= bottom + EDGE
    ]
    white = [char for char in kept if _is_white(char.get("non_stroking_color"))]
    if not white:
        return kept
    grounds = [shape for kind in ("rect", "curve", "image") for shape in page.objects.get(kind, ()) if _darkens(shape)]
    unseen = {id(char) for char in white if not any(_covers(shape, char) for shape in grounds)}
    if 2 * len(unseen) > len(kept):
        return kept  # the ground is something that is no shape: a shading, a pattern
    return [char for char in kept if id(char) not in unseen]


def _is_white(colour: Any) -> bool:
    """Whether a fill colour in grey, RGB or CMYK is white; other colour spaces are taken for dark."""
    if not isinstance(colour, (tuple, list)) or not all(isinstance(part, (int, float)) for part in colour):
        return False
    if len(colour) == 4:
        return bool(max(colour) <= 1 - LIGHT)
    return len(colour) in (1, 3) and bool(min(colour) >= LIGHT)


def _darkens(shape: Any) -> bool:
    if shape["object_type"] == "image":
        return True
    return bool(shape.get("fill")) and not _is_white(shape.get("non_stroking_color"))


def _covers(shape: Any, char: Char) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(shape["x0"] <= x <= shape["x1"] and shape["top"] <= y <= shape["bottom"])
