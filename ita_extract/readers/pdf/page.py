"""One PDF page → characters and rulings in one upright frame."""

from __future__ import annotations

from typing import Any

from ita_extract.readers.pdf.device import lay_out
from ita_extract.readers.pdf.geometry import Box, Stroke
from ita_extract.readers.pdf.text import Char
from ita_extract.readers.symbol_fonts import sign_of

THIN = 3.0
"""Filled rectangles thinner than this many points are rulings: producers draw lines so."""
BOX_SIDE = 16.0
"""A square with sides up to this is a check box, no cell."""
MIN_RULING = 3.0
MAX_ARROW_HEAD = 10.0
"""Sides of arrow heads in points: office programs draw them three to five line widths wide."""


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
        char["text"] = sign_of(char["fontname"], char["text"])
        char["bold"] = "bold" in char["fontname"].lower()
    return [char for char in chars if char["text"] != "\x00"]


def rulings(page: Any) -> tuple[list[Stroke], list[Stroke]]:
    """Level and upright strokes: lines, thin rectangles, sides of framed rectangles."""
    level: list[Stroke] = []
    upright: list[Stroke] = []
    frames: list[Box] = []
    heads: list[Box] = []
    objects = page.objects
    for shape in [*objects.get("line", ()), *objects.get("rect", ()), *objects.get("curve", ())]:
        x0, x1, top, bottom = shape["x0"], shape["x1"], shape["top"], shape["bottom"]
        width, height = x1 - x0, bottom - top
        if height <= THIN and width >= max(MIN_RULING, 2 * height):
            level.append(Stroke((top + bottom) / 2, x0, x1))
        elif width <= THIN and height >= max(MIN_RULING, 2 * width):
            upright.append(Stroke((x0 + x1) / 2, top, bottom))
        elif shape["object_type"] == "rect" and shape["stroke"] and max(width, height) > BOX_SIDE:
            frames.append(Box(x0, top, x1, bottom))
        elif max(width, height) <= MAX_ARROW_HEAD and shape["object_type"] != "rect":
            heads.append(Box(x0, top, x1, bottom))
    level = [stroke for stroke in level if not any(_points_with(stroke, head) for head in heads)]
    for frame in frames:
        if not any(_crosses(stroke, frame) for stroke in upright):
            level += [Stroke(frame.top, frame.x0, frame.x1), Stroke(frame.bottom, frame.x0, frame.x1)]
            upright += [Stroke(frame.x0, frame.top, frame.bottom), Stroke(frame.x1, frame.top, frame.bottom)]
    return level, upright


def _points_with(stroke: Stroke, head: Box) -> bool:
    """Whether a level stroke ends in an arrow head."""
    beside = any(head.x0 - 2 <= x <= head.x1 + 2 for x in (stroke.start, stroke.end))
    return beside and abs(stroke.at - (head.top + head.bottom) / 2) <= max(1.5, 0.3 * head.height)


def _crosses(ruling: Stroke, frame: Box) -> bool:
    """Whether an upright ruling runs through a frame and beyond it: a bar is laid over the columns of a table."""
    inside = frame.x0 + 1 < ruling.at < frame.x1 - 1
    return inside and ruling.start < frame.top - 1 and ruling.end > frame.bottom + 1
