"""One PDF page → characters and rulings in one upright frame."""

from __future__ import annotations

from typing import Any

from ita_extract.readers.pdf.device import lay_out
from ita_extract.readers.pdf.geometry import Stroke
from ita_extract.readers.pdf.text import Char

THIN = 3.0
"""Filled rectangles thinner than this many points are rulings: producers draw lines so."""
BOX_SIDE = 16.0
"""A square with sides up to this is a check box, no cell."""
MIN_RULING = 3.0


def characters(page: Any) -> list[Char]:
    """The characters in the order in which the producer wrote them, with `baseline` and `bold` added."""
    lay_out(page)
    height = float(page.height)
    chars: list[Char] = page.chars
    for char in chars:
        a, b, _, _, e, f = char["matrix"]
        upright = abs(b) <= abs(a)
        char["baseline"] = height - f if upright else e
        char["turned"] = not upright
        char["bold"] = "bold" in char["fontname"].lower()
    return [char for char in chars if char["text"] != "\x00"]


def rulings(page: Any) -> tuple[list[Stroke], list[Stroke]]:
    """Level and upright strokes: lines, thin rectangles, sides of framed rectangles."""
    level: list[Stroke] = []
    upright: list[Stroke] = []
    objects = page.objects
    for shape in [*objects.get("line", ()), *objects.get("rect", ()), *objects.get("curve", ())]:
        x0, x1, top, bottom = shape["x0"], shape["x1"], shape["top"], shape["bottom"]
        width, height = x1 - x0, bottom - top
        if height <= THIN and width >= max(MIN_RULING, 2 * height):
            level.append(Stroke((top + bottom) / 2, x0, x1))
        elif width <= THIN and height >= max(MIN_RULING, 2 * width):
            upright.append(Stroke((x0 + x1) / 2, top, bottom))
        elif shape["object_type"] == "rect" and shape["stroke"] and max(width, height) > BOX_SIDE:
            level += [Stroke(top, x0, x1), Stroke(bottom, x0, x1)]
            upright += [Stroke(x0, top, bottom), Stroke(x1, top, bottom)]
    return level, upright
