"""Boxes and strokes in points, from the top left corner of the page."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle on the page."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def area(self) -> float:
        return self.width * self.height

    @property
    def middle(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    def holds(self, x: float, y: float) -> bool:
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom

    def contains(self, other: Box, slack: float = 1.0) -> bool:
        return (
            self.x0 - slack <= other.x0
            and self.top - slack <= other.top
            and other.x1 <= self.x1 + slack
            and other.bottom <= self.bottom + slack
        )


class Stroke(NamedTuple):
    """A straight ruling: at `at` (y of a level one, x of an upright one) from `start` to `end`."""

    at: float
    start: float
    end: float


def cluster(values: Iterable[float], tolerance: float) -> list[float]:
    """Means of groups of values that span no more than `tolerance`, ascending."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][0] <= tolerance:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def nearest(points: Sequence[float], value: float) -> int:
    """Index of the one of the ascending `points` next to `value`."""
    index = bisect_left(points, value)
    if index == 0:
        return 0
    if index == len(points) or value - points[index - 1] <= points[index] - value:
        return index - 1
    return index


def connected(count: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Sets of the numbers below `count` that pairs connect, each ascending."""
    parent = list(range(count))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for a, b in pairs:
        parent[root(a)] = root(b)
    sets: dict[int, list[int]] = {}
    for node in range(count):
        sets.setdefault(root(node), []).append(node)
    return list(sets.values())
