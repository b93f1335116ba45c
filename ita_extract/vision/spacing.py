"""Blanks where the paper shows them: the engine loses those between words and columns, and hears some that are none.

Letters of one line stand about equally far apart, and a blank is twice as wide as that. Measured on 57 faces of 38
families, in heights of consonants: letters 0.10 to 0.26 apart (median of a line; 99.5 % stand closer than 1.8 times
that, plus 0.05), the narrowest blanks 0.30 to 0.70. Justified text has wider blanks, never narrower ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from ita_extract.thai.tokens import word_starts
from ita_extract.vision.components import components
from ita_extract.vision.glyphs import Glyph, takes_room, text_of
from ita_extract.vision.type_size import Picture, TypeSize

ABOVE, BELOW = 2.2, 0.7
"""Extent over and under the baseline, in consonant heights, in which ink closes a gap."""
USUAL = 0.19
"""Distance of letters in consonant heights, for pages with too few of them to tell."""
_FEWEST = 8
SURE = (0.36, 2.4)
"""A gap is a blank from this many consonant heights, and from this many distances of letters."""
POSSIBLE = (0.22, 1.4)
"""Between these and the sure ones a gap is a blank where the engine says so; below it is none."""
_SPECK = 0.08
_REACH = 1.2
"""Consonant heights by which the engine's places are off at most."""


TEAR = 0.7
"""Consonant heights by which the engine's places must be nearer for a blank to stand within a word or a number."""
HEARD = 0.6
"""Consonant heights by which a place is favoured where the engine hears a blank itself."""
NUMBER = 1.3
"""Consonant heights between the middles of two digits of one number at most: as wide as figures are set (0.5 to 0.6
ems), a blank apart they are 1.4 and more."""
_FOLLOW, _LEAD = "ะาำๅ,.)]%", "เแโใไ(["


class Gap(NamedTuple):
    """Paper between letters, in pixels of the line image; `is_sure` where nothing but a blank is so wide."""

    x0: float
    x1: float
    is_sure: bool


def gaps_of(lines: Mapping[int, tuple[Picture, TypeSize]]) -> dict[int, list[Gap]]:
    """The gaps of the flattened lines of a page that can be blanks, by the numbers of the lines.

    How far apart its letters stand a line tells itself; for a short one the others of the page do.
    """
    papers = {at: _papers(picture, size) for at, (picture, size) in lines.items()}
    told = [float(np.median(paper.widths)) for paper in papers.values() if len(paper.widths) >= _FEWEST]
    of_page = float(np.median(told)) if told else USUAL
    return {at: _possible(paper, of_page) for at, paper in papers.items()}


class _Papers(NamedTuple):
    """Where paper shows between the letters of a line, in pixels, and how wide it is in consonant heights."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    widths: NDArray[np.float64]


def _papers(picture: Picture, size: TypeSize) -> _Papers:
    top, bottom = max(0, round(size.baseline - ABOVE * size.height)), round(size.baseline + BELOW * size.height)
    inked = _inked(picture[top:bottom], size.height)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], inked.astype(np.int8), [0]])))
    starts, ends = edges[1:-1:2], edges[2::2]
    return _Papers(starts, ends, (ends - starts) / size.height)


def _possible(paper: _Papers, of_page: float) -> list[Gap]:
    """The gaps that can be blanks; `of_page` is the usual distance of letters on the page."""
    usual = float(np.median(paper.widths)) if len(paper.widths) >= _FEWEST else of_page
    possible, sure = (max(least, times * usual) for least, times in (POSSIBLE, SURE))
    return [
        Gap(float(x0), float(x1), bool(width >= sure))
        for x0, x1, width in zip(*paper, strict=True)
        if width >= possible
    ]


def _inked(picture: Picture, height: float) -> NDArray[np.bool_]:
    """Which columns have ink; specks are none."""
    ink = (picture < 128).astype(np.uint8)
    labels, stats, _ = components(ink)
    specks = stats[:, cv2.CC_STAT_AREA] < max(2.0, (_SPECK * height) ** 2)
    specks[0] = True
    return np.asarray((~specks)[labels].any(axis=0)) if len(stats) > 1 else np.zeros(picture.shape[1], bool)


def spaced(glyphs: Sequence[Glyph], gaps: Sequence[Gap], height: float) -> list[Glyph]:
    """The characters with blanks where there are gaps; `height` of the consonants in pixels."""
    letters = [glyph for glyph in glyphs if not glyph.char.isspace()]
    said = _blanks(glyphs)
    between = _junctions(letters, height)
    ones = {at for at in between if at not in said and _is_one(letters, at, height)}
    offers: list[tuple[float, int, int]] = []
    for number, gap in enumerate(gaps):
        middle, reach = (gap.x0 + gap.x1) / 2, max(_REACH * height, (gap.x1 - gap.x0) / 2 + 0.5 * height)
        if min(between, key=lambda at: abs(between[at][0] - middle), default=None) in ones:
            continue
        for at, (place, cost) in between.items():
            off = abs(place - middle) + (0.0 if at in said else cost)
            if off <= reach and (gap.is_sure or at in said):
                offers.append((off - HEARD * height * (at in said), number, at))
    chosen: dict[int, Gap] = {}
    placed: set[int] = set()
    for _, number, at in sorted(offers):
        if number not in placed and at not in chosen:
            placed.add(number)
            chosen[at] = gaps[number]
    result: list[Glyph] = []
    for at, letter in enumerate(letters):
        after, before = chosen.get(at), chosen.get(at - 1)
        # Words end and begin where the paper does, not where the engine puts its letters.
        x0 = before.x1 if before else letter.x0
        x1 = after.x0 if after else letter.x1
        result.append(letter._replace(x0=min(x0, x1 - 1), x1=max(x1, x0 + 1)) if before or after else letter)
        if after:
            result.append(Glyph(" ", after.x0, after.x1, 1.0 if after.is_sure else 0.8))
    return result


def _is_one(letters: Sequence[Glyph], at: int, height: float) -> bool:
    """Whether what stands after a letter is the room of a narrow 1 in a number: its middle is no farther off than that
    of any other digit."""
    one, two = letters[at], letters[at + 1]
    digits = one.char.isdigit() and two.char.isdigit() and "1" in (one.char, two.char)
    return digits and two.middle - one.middle < NUMBER * height


def _blanks(glyphs: Sequence[Glyph]) -> set[int]:
    """After which letters (counted without blanks) the engine hears a blank."""
    said: set[int] = set()
    letters = -1
    for glyph in glyphs:
        if glyph.char.isspace():
            said.add(letters)
        else:
            letters += 1
    return said


def _junctions(letters: Sequence[Glyph], height: float) -> dict[int, tuple[float, float]]:
    """Where a blank may stand: after each letter that no mark follows; the place of that, and what it costs to tear
    what belongs together, in pixels.
    """
    text = text_of(letters)
    starts = set(word_starts(text))
    found: dict[int, tuple[float, float]] = {}
    for at, (one, two) in enumerate(pairwise(letters)):
        if takes_room(two.char) and two.char not in _FOLLOW and one.char not in _LEAD:
            is_start = at + 1 in starts or two.char == "ๆ"
            torn = (_is_number(one.char) and _is_number(two.char)) or not is_start
            found[at] = (one.x1 + two.x0) / 2, TEAR * height * torn
    return found


def _is_number(char: str) -> bool:
    return char.isdigit() or char in ".,"
