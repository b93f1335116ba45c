"""What a ruled line of a page image is."""

from __future__ import annotations

from typing import NamedTuple


class Ruling(NamedTuple):
    """A ruled line in pixels: at `at` (y of a level one, x of an upright one, at its middle) from `start` to `end`.

    `slope` is how `at` changes per pixel along it; `darkness` (0–255) is the contrast to the paper.
    """

    at: float
    start: float
    end: float
    thickness: float
    slope: float = 0.0
    darkness: float = 255.0
    is_dashed: bool = False

    def at_place(self, along: float) -> float:
        """Where the line stands at a place along it."""
        return self.at + self.slope * (along - (self.start + self.end) / 2)


class RuledLines(NamedTuple):
    """The rulings of a page, each list ascending by place."""

    level: list[Ruling]
    upright: list[Ruling]
