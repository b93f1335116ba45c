"""Whether words that the engine is sure of are right: a table of confidences beside the shares of right words.

The pages are those of `bench.py ocr`, read line by line; each line is compared with the printed line that it is most
like, or with the part of it where a page was cut into columns. A word is wrong when an edit that is more than a blank
touches it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from ita_extract.readers.scan.content import seen
from ita_extract.vision.ocr import LineImage, LineReading, engine
from ita_extract.vision.page_image import page_images
from lettering.fonts import face
from measuring.ocr import FAMILIES, folded, page
from scanning.damage import LEVELS

EDGES = (0.0, 0.5, 0.8, 0.9, 0.95, 0.99, 1.0001)
SURE = 0.9
_SHORTEST = 4
"""Characters of a line, at least: shorter ones may be parts of many lines."""
_ALIKE = 75.0
"""Likeness (0-100) from which a line is taken for a printed one."""


class JudgedWord(NamedTuple):
    """A word as it was read: the engine's confidence, whether it is right, whether another reading of it is told."""

    confidence: float
    is_right: bool
    is_doubted: bool


def judged_words(reading: LineReading, printed: Sequence[str]) -> Iterator[JudgedWord]:
    """The words of a line; none where it is too short or like no printed line."""
    words = [folded(word.text) for word in reading.words]
    text = " ".join(words)
    nearest = process.extractOne(text, printed, scorer=fuzz.partial_ratio, score_cutoff=_ALIKE)
    if len(text) < _SHORTEST or nearest is None:
        return
    where = fuzz.partial_ratio_alignment(text, nearest[0])
    part = nearest[0]
    if where is not None and len(text) < 0.7 * len(part):
        part = part[where.dest_start : where.dest_end]
    wrong = _touched(part, text)
    start = 0
    for word, read in zip(words, reading.words, strict=True):
        places = range(start, start + len(word))
        yield JudgedWord(read.confidence, wrong.isdisjoint(places), read.alternative is not None)
        start += len(word) + 1


def _touched(truth: str, text: str) -> set[int]:
    """Places of `text` at an edit that is more than a blank; at something left out, the places on both sides."""
    found: set[int] = set()
    for op in Levenshtein.opcodes(truth, text):
        exchanged = truth[op.src_start : op.src_end] + text[op.dest_start : op.dest_end]
        if op.tag != "equal" and exchanged.strip():
            wide = op.tag == "delete"
            found |= set(range(op.dest_start - wide, op.dest_end + wide))
    return found


def words_of(families: Sequence[str], seed: int = 0) -> Iterator[JudgedWord]:
    """The words of one page per family and damage level."""
    ocr = engine()
    for family in families:
        number = FAMILIES.index(family)
        printed = page(face(family), np.random.default_rng(seed + number))
        truths = [folded(line) for line in printed.text.splitlines()]
        for level in LEVELS.values():
            scan = level(printed.pixels, 10 * number + seed)
            cuts = seen(next(page_images(scan.data, scan.suffix))).cuts
            for reading in ocr.read([LineImage(cut.pixels) for cut in cuts]):
                yield from judged_words(reading, truths)


def report(pages: int, seed: int = 0) -> None:
    """Prints the table in markdown, for families trained on and others."""
    print("| typefaces | confidence | words | right | wrong ones of which another reading is told |")
    print("|---|---|--:|--:|--:|")
    for name, held_out in (("trained on", False), ("never trained on", True)):
        families = [family for family in FAMILIES if face(family).is_held_out == held_out]
        words = [word for turn in range(pages) for word in words_of(families, seed + 1000 * turn)]
        bins = [(f"{low} to {min(high, 1.0)}", low, high) for low, high in pairwise(EDGES)]
        for label, low, high in [*bins, (f"{SURE} or more", SURE, 2.0)]:
            own = [word for word in words if low <= word.confidence < high]
            wrong = [word for word in own if not word.is_right]
            right = f"{1 - len(wrong) / len(own):.2%}" if own else "–"
            told = sum(word.is_doubted for word in wrong)
            print(f"| {name} | {label} | {len(own)} | {right} | {told} of {len(wrong)} |")
