"""From chances per frame to a text: the likeliest text, not the likeliest frames.

A network trained by connectionist temporal classification (Graves and others 2006) says of each frame which sign is
there, or none. Many ways through the frames spell the same text, so their chances are added up (prefix search, as in
Graves' dissertation, section 7.5.3). Between frames that are blank for certain each piece is searched by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from math import inf
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

BLANK = 0
CERTAIN = 0.98
"""Chance of a blank that parts two pieces, and of every frame of a piece that needs no search."""
BEAM = 8
"""Texts of a piece that are followed at a time."""
POSSIBLE = 0.005
"""Chance from which a sign is considered at a frame."""
NEGLIGIBLE = 0.0005
"""Share of a text that adds nothing to the chance of the signs that it has too."""
RIVAL = 0.05
"""Chance from which the second-best text of a piece is told."""
SURE = 0.95
"""Chance of its likeliest text below which a piece is doubtful."""

Floats = NDArray[np.float32]
Labels = tuple[int, ...]


class Spot(NamedTuple):
    """A sign: its number, the frame where it stands, how likely it is, and what stands there otherwise (None: nothing
    that is likely; no labels: perhaps nothing)."""

    label: int
    frame: float
    chance: float
    rival: Labels | None = None


class Decoding(NamedTuple):
    """The likeliest text, and the pieces (first frame, frame behind the last) that are doubtful: a place left blank may
    be, too."""

    spots: list[Spot]
    doubtful: list[tuple[int, int]]


def decoded(chances: Floats) -> Decoding:
    """The likeliest text of `chances` (frames × signs, the first sign the blank)."""
    spots: list[Spot] = []
    doubtful: list[tuple[int, int]] = []
    best, tops = chances.argmax(axis=1).tolist(), chances.max(axis=1)
    for start, end in _pieces(chances):
        if tops[start:end].min() >= CERTAIN:
            spots += _certain(best, tops, start, end)
            continue
        ranked = _searched(chances[start:end])
        if ranked[0][1] < SURE:
            doubtful.append((start, end))
        spots += _spots(chances[start:end], ranked, start)
    return Decoding(spots, doubtful)


class Look(NamedTuple):
    """What one look at a line gave: chances (frames × signs) and their likeliest text."""

    chances: Floats
    spots: list[Spot]


def joined(first: Look, second: Look) -> list[Spot]:
    """The text of two looks at one line: where they differ, what is likelier by both together."""
    ours, theirs = ([spot.label for spot in look.spots] for look in (first, second))
    result: list[Spot] = []
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if tag == "equal":
            result += map(_alike, first.spots[a0:a1], second.spots[b0:b1])
            continue
        windows = [_between(first, a0, a1), _between(second, b0, b1)]
        texts = [tuple(ours[a0:a1]), tuple(theirs[b0:b1])]
        one, other = (likelihood(windows[0], text) * likelihood(windows[1], text) for text in texts)
        share = max(one, other) / (one + other) if one + other else 0.5
        chosen, left = (first.spots[a0:a1], texts[1]) if one >= other else (second.spots[b0:b1], texts[0])
        rival = left if share <= 1 - RIVAL else None
        if chosen:
            rest = None if rival is None else ()
            result += [
                spot._replace(chance=min(spot.chance, share), rival=rest if at else rival)
                for at, spot in enumerate(chosen)
            ]
        elif result and rival is not None:
            last = result[-1]
            result[-1] = last._replace(chance=min(last.chance, share), rival=(last.label, *rival))
    return result


def _alike(one: Spot, other: Spot) -> Spot:
    rival = one.rival if one.rival is not None else other.rival
    return one._replace(chance=(one.chance + other.chance) / 2, rival=rival)


def _between(look: Look, start: int, end: int) -> Floats:
    """The frames between the sign before `start` and the one at `end`."""
    first = int(look.spots[start - 1].frame) + 1 if start else 0
    last = int(look.spots[end].frame) if end < len(look.spots) else len(look.chances)
    return look.chances[first:last]


def likelihood(chances: Floats, labels: Labels) -> float:
    """How likely a text is: the chance of all ways through the frames that spell it (Graves and others 2006)."""
    signs = [BLANK, *(sign for label in labels for sign in (label, BLANK))]
    skips = [at > 1 and sign not in (BLANK, signs[at - 2]) for at, sign in enumerate(signs)]
    reached = [1.0] + [0.0] * (len(signs) - 1)
    for row in chances.tolist():
        before = reached
        reached = [
            row[sign] * (before[at] + (before[at - 1] if at else 0.0) + (before[at - 2] if skip else 0.0))
            for at, (sign, skip) in enumerate(zip(signs, skips, strict=True))
        ]
    return sum(reached[-2:]) if labels else reached[0]


def windows(chances: Floats, pieces: Sequence[tuple[int, int]], around: int) -> list[tuple[int, int]]:
    """The pieces with so many frames `around` them, and what sign stands at an end; those that touch are one."""
    blank = [True, *(chances[:, BLANK] >= CERTAIN).tolist(), True]
    found: list[tuple[int, int]] = []
    for start, end in pieces:
        first, last = max(0, start - around), min(len(chances), end + around)
        while not (blank[first] and blank[first + 1]) and first:
            first -= 1
        while not (blank[last] and blank[last + 1]) and last < len(chances):
            last += 1
        if found and first <= found[-1][1]:
            first = found.pop()[0]
        found.append((first, last))
    return found


def _pieces(chances: Floats) -> Iterator[tuple[int, int]]:
    """Runs of frames between certain blanks."""
    open_frames = np.concatenate([[False], chances[:, BLANK] < CERTAIN, [False]])
    edges = np.flatnonzero(np.diff(open_frames))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)


def _certain(best: list[int], tops: Floats, start: int, end: int) -> Iterator[Spot]:
    """The signs of a piece of which every frame is certain: each stands where it is likeliest."""
    for label, run in groupby(range(start, end), key=best.__getitem__):
        if label != BLANK:
            frames = list(run)
            at = int(tops[frames[0] : frames[-1] + 1].argmax())
            yield Spot(label, frames[at], float(tops[frames[at]]))


def _spots(chances: Floats, ranked: list[tuple[Labels, float]], start: int) -> Iterator[Spot]:
    labels, _ = ranked[0]
    shares = _shares(labels, ranked)
    rivals = _rivals(labels, ranked)
    for at, frame in enumerate(_frames(chances, labels)):
        yield Spot(labels[at], start + frame, shares[at], rivals.get(at))


def _searched(chances: Floats) -> list[tuple[Labels, float]]:
    """The likeliest texts of a piece with their shares, best first (prefix search with a beam)."""
    beams: dict[Labels, tuple[float, float]] = {(): (1.0, 0.0)}
    for row, possible in zip(chances.tolist(), chances > POSSIBLE, strict=True):
        signs = [sign for sign in np.flatnonzero(possible).tolist() if sign != BLANK]
        grown: defaultdict[Labels, list[float]] = defaultdict(lambda: [0.0, 0.0])
        for text, (blank, sign) in beams.items():
            grown[text][0] += (blank + sign) * row[BLANK]
            if text:
                grown[text][1] += sign * row[text[-1]]
            for new in signs:
                before = blank if text and text[-1] == new else blank + sign
                grown[(*text, new)][1] += before * row[new]
        kept = sorted(grown.items(), key=lambda item: -sum(item[1]))[:BEAM]
        beams = {text: (values[0], values[1]) for text, values in kept}
    total = sum(map(sum, beams.values()))
    return sorted(((text, sum(values) / total) for text, values in beams.items()), key=lambda item: -item[1])


def _shares(labels: Labels, ranked: list[tuple[Labels, float]]) -> list[float]:
    """How likely each sign of the best text is: the chance of all texts that have it too."""
    shares = [ranked[0][1]] * len(labels)
    for text, chance in ranked[1:]:
        if chance < NEGLIGIBLE:
            break
        for block in SequenceMatcher(None, labels, text, autojunk=False).get_matching_blocks():
            for at in range(block.a, block.a + block.size):
                shares[at] += chance
    return shares


def _rivals(labels: Labels, ranked: list[tuple[Labels, float]]) -> dict[int, Labels]:
    """What the second-best text has instead, by the place in the best."""
    if len(ranked) < 2 or ranked[1][1] < RIVAL or not labels:
        return {}
    found: dict[int, Labels] = {}
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, labels, ranked[1][0], autojunk=False).get_opcodes():
        if tag == "insert":
            at = max(0, a0 - 1)
            found[at] = (labels[at], *ranked[1][0][b0:b1]) if a0 else (*ranked[1][0][b0:b1], labels[at])
        elif tag != "equal":
            found[a0] = ranked[1][0][b0:b1]
            found.update(dict.fromkeys(range(a0 + 1, a1), ()))
    return found


def _frames(chances: Floats, labels: Labels) -> list[int]:
    """The frame of each sign: in order, each where it is likeliest (dynamic programming)."""
    frames, count = len(chances), len(labels)
    if not count:
        return []
    if count > frames:
        return [min(at, frames - 1) for at in range(count)]
    gains = np.log(chances[:, list(labels)] + 1e-9).T.tolist()
    score, back = gains[0], []
    for at in range(1, count):
        reached, place = -inf, 0
        row, places = [-inf] * frames, [0] * frames
        for frame in range(at, frames):
            if score[frame - 1] > reached:
                reached, place = score[frame - 1], frame - 1
            row[frame], places[frame] = reached + gains[at][frame], place
        score = row
        back.append(places)
    path = [max(range(frames), key=score.__getitem__)]
    for places in reversed(back):
        path.append(places[path[-1]])
    return path[::-1]
