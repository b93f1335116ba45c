"""What a PDF page draws besides text, in one form: lines, rectangles, curves, and what people add in a viewer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ita_extract.geometry import Box

Point = tuple[float, float]
WHITE = 0.97
"""Luminance (0 black – 1 white) from which a filling is paper. Zebra rows of office themes are at 0.90–0.95."""
PATTERN = 0.5
"""Luminance taken for a filling with a pattern (hatching): its ink is not white."""


class Shape(NamedTuple):
    """A drawn shape; lengths in points. `fill` is the luminance of its filling (None: not filled, or white).

    `is_round` says that it has curved sides, `is_closed` that its outline returns to where it began.
    """

    box: Box
    points: tuple[Point, ...]
    is_stroked: bool
    fill: float | None
    is_round: bool
    is_closed: bool

    @property
    def is_ink(self) -> bool:
        """Whether anything of it is seen on white paper."""
        return self.is_stroked or self.fill is not None

    @property
    def is_frame(self) -> bool:
        """Whether it is an outline with paper inside."""
        return self.is_stroked and self.fill is None and self.is_closed

    @property
    def is_rect(self) -> bool:
        """Whether all its sides are level or upright and it is closed."""
        return self.is_closed and not self.is_round and len(self.slanted()) == 0 and len(set(self.points)) == 4

    @property
    def is_ellipse(self) -> bool:
        """Whether its corners lie on the ellipse in its box; those of a rectangle with round corners do not."""
        if not self.is_round or min(self.box.width, self.box.height) <= 0:
            return False
        (cx, cy), a, b = self.box.middle, self.box.width / 2, self.box.height / 2
        return all(abs(((x - cx) / a) ** 2 + ((y - cy) / b) ** 2 - 1) < 0.3 for x, y in self.points)

    def slanted(self) -> list[tuple[Point, Point]]:
        """Its sides that are neither level nor upright."""
        sides = zip(self.points, self.points[1:], strict=False)
        return [(a, b) for a, b in sides if min(abs(a[0] - b[0]), abs(a[1] - b[1])) > 1.0]


def shapes_of(page: Any) -> list[Shape]:
    """The shapes of a page in the order in which they are painted."""
    objects = page.objects
    found = [_shape(item) for kind in ("rect", "line", "curve") for item in objects.get(kind, ())]
    return [shape for shape in found if shape.is_ink]


def _shape(item: dict[str, Any]) -> Shape:
    points = tuple((float(x), float(y)) for x, y in item["pts"])
    commands = [step[0] for step in item.get("path") or ()]
    return Shape(
        Box(item["x0"], item["top"], item["x1"], item["bottom"]),
        points,
        bool(item.get("stroke")) and _luminance(item.get("stroking_color")) is not None,
        _luminance(item.get("non_stroking_color")) if item.get("fill") else None,
        any(command in "cvy" for command in commands),
        bool(item.get("fill")) or "h" in commands or (len(points) > 2 and _near(points[0], points[-1])),
    )


def _near(a: Point, b: Point) -> bool:
    return abs(a[0] - b[0]) < 0.5 and abs(a[1] - b[1]) < 0.5


def _luminance(colour: Any) -> float | None:
    """Luminance of a PDF colour (grey, RGB or CMYK, 0–1 each; a pattern); None for white."""
    if colour is None:
        return 0.0
    parts = colour if isinstance(colour, (tuple, list)) else (colour,)
    if not parts or not all(isinstance(part, (int, float)) for part in parts):
        return PATTERN
    if len(parts) == 3:
        light = 0.299 * parts[0] + 0.587 * parts[1] + 0.114 * parts[2]
    elif len(parts) == 4:
        cyan, magenta, yellow, black = parts
        light = (1 - black) * (1 - 0.299 * cyan - 0.587 * magenta - 0.114 * yellow)
    else:
        light = float(parts[0])
    return None if light >= WHITE else max(light, 0.0)


def groups_of(shapes: Sequence[Shape], gap: float = 1.5) -> list[list[Shape]]:
    """Shapes that touch or lie within `gap` points of one another: the pieces of an arrow, the strokes of a cross."""
    groups: list[list[Shape]] = []
    for shape in sorted(shapes, key=lambda s: s.box.x0):
        near = [group for group in groups if any(_touch(shape.box, other.box, gap) for other in group)]
        merged = [shape, *(member for group in near for member in group)]
        groups = [group for group in groups if group not in near]
        groups.append(merged)
    return groups


def _touch(a: Box, b: Box, gap: float) -> bool:
    return a.x0 - gap <= b.x1 and b.x0 - gap <= a.x1 and a.top - gap <= b.bottom and b.top - gap <= a.bottom


def hull(shapes: Sequence[Shape]) -> Box:
    """The box around shapes."""
    boxes = [shape.box for shape in shapes]
    return Box(
        min(b.x0 for b in boxes), min(b.top for b in boxes), max(b.x1 for b in boxes), max(b.bottom for b in boxes)
    )


# ------------------------------------------------------------------ what people add in a PDF viewer
def added_shapes(page: Any) -> Iterator[Shape]:
    """Annotations that mark something: pen strokes, lines, circles and squares (ISO 32000-1, 12.5.6)."""
    for note in page.annots:
        data = note["data"]
        kind = _name(data.get("Subtype"))
        box = Box(note["x0"], note["top"], note["x1"], note["bottom"])
        if kind == "Ink":
            for stroke in data.get("InkList") or ():
                yield _polyline(_points(stroke, page))
        elif kind == "Line" and data.get("L"):
            yield from _arrow(_points(data["L"], page), [_name(end) for end in data.get("LE") or ()])
        elif kind in ("Circle", "Square"):
            corners = (
                (box.x0, box.top),
                (box.x1, box.top),
                (box.x1, box.bottom),
                (box.x0, box.bottom),
                (box.x0, box.top),
            )
            yield Shape(box, corners, True, None, kind == "Circle", True)


def _name(value: Any) -> str:
    return str(getattr(value, "name", value) or "")


def _points(numbers: Any, page: Any) -> tuple[Point, ...]:
    height = float(page.height)
    values = [float(number) for number in numbers]
    return tuple((x, height - y) for x, y in zip(values[::2], values[1::2], strict=False))


def _polyline(points: tuple[Point, ...]) -> Shape:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Shape(Box(min(xs), min(ys), max(xs), max(ys)), points, True, None, False, False)


def _arrow(points: tuple[Point, ...], ends: Sequence[str]) -> Iterator[Shape]:
    yield _polyline(points)
    for (x, y), end in zip(points, ends, strict=False):
        if "Arrow" in end:
            yield Shape(Box(x - 2, y - 2, x + 2, y + 2), ((x, y - 2), (x + 2, y), (x, y + 2)), True, 0.0, False, True)
