"""Where the characters of a document stand on their pages, and how sure their reader was of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple


class Place(NamedTuple):
    """Characters `start:end` of the source: their box in points from the top left corner of the page as it is seen.

    `confidence` (0–1) is that of the OCR engine, None for text that was not read from a picture; `alternative` is what
    the same ink was read as another time, None where all readings agree.
    """

    start: int
    end: int
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float | None = None
    alternative: str | None = None


@dataclass(frozen=True)
class Places:
    """The places of a document in the order of its source; text read from markup has none."""

    items: tuple[Place, ...] = ()

    @classmethod
    def of(cls, items: Iterable[Place]) -> Places:
        """Places in any order."""
        return cls(tuple(sorted(items)))

    @cached_property
    def _starts(self) -> list[int]:
        return [place.start for place in self.items]

    def over(self, start: int, end: int) -> Iterator[Place]:
        """The places of characters `start:end`, cut to them; a part of a place gets its share of the width."""
        for place in self.items[max(0, bisect_right(self._starts, start) - 1) :]:
            if place.start >= end:
                return
            if place.end > start:
                yield _cut(place, start, end)

    def box(self, start: int, end: int) -> tuple[float, float, float, float] | None:
        """The box around characters `start:end` (x0, top, x1, bottom in points), None where nothing is known."""
        found = list(self.over(start, end))
        if not found:
            return None
        return (
            min(p.x0 for p in found),
            min(p.top for p in found),
            max(p.x1 for p in found),
            max(p.bottom for p in found),
        )

    def confidence(self, start: int, end: int) -> float | None:
        """Confidence of the least certain part of characters `start:end`; None where none was measured."""
        return min((p.confidence for p in self.over(start, end) if p.confidence is not None), default=None)


def _cut(place: Place, start: int, end: int) -> Place:
    if start <= place.start and end >= place.end:
        return place
    width = (place.x1 - place.x0) / (place.end - place.start)
    first, last = max(start, place.start), min(end, place.end)
    return place._replace(
        start=first,
        end=last,
        x0=place.x0 + width * (first - place.start),
        x1=place.x0 + width * (last - place.start),
    )
