"""Rows of dots to write on: what is no more than that needs no OCR, which takes it for a row of digits."""

from __future__ import annotations

import numpy as np

from ita_extract.vision.dot_rows import LARGEST, dot_rows
from ita_extract.vision.ink import Pieces, pieces_of
from ita_extract.vision.lines import TextLine, TextLines
from ita_extract.vision.ocr import LineReading, Word

COVERED = 0.8
"""Share of a line's width that rows of dots take, at least, where it shows nothing else; frayed dots interrupt them."""

FRAYED = 1.5
"""Height of dots that have run, in largest dots."""
UNEVEN = 0.35
"""Share by which the distance of two dots may differ from the usual one."""


def with_rows_of_dots(found: TextLines, readings: list[LineReading], lefts: list[int]) -> list[LineReading]:
    """The readings, with dots for lines that show nothing else; `lefts` are where the lines' images begin."""
    rows = [_dots(found, number, line) for number, line in enumerate(found.lines, 1)]
    return [
        _row(*dots, line, left) if dots else reading
        for dots, line, left, reading in zip(rows, found.lines, lefts, readings, strict=True)
    ]


def _dots(found: TextLines, number: int, line: TextLine) -> tuple[int, float] | None:
    """How many dots a line is made of, and the share of its width that they take; None where it shows anything else."""
    if line.letters:
        return None
    ink = (found.owner[line.top : line.bottom, line.x0 : line.x1] == number).astype("uint8")
    pieces = pieces_of(ink)
    if pieces.height.max(initial=0) > FRAYED * LARGEST * line.body:
        return None
    taken = sum(end - start for start, end in dot_rows(ink, line.body)) / (line.x1 - line.x0)
    return (len(pieces.area), taken) if taken >= COVERED and _are_even(pieces) else None


def _are_even(pieces: Pieces) -> bool:
    """Whether nearly all pieces stand at one distance from the next: specks of dirt lie anywhere."""
    steps = np.diff(np.sort(pieces.x0)).astype(float)
    usual = float(np.median(steps))
    return bool(np.mean(np.abs(steps - usual) <= UNEVEN * usual) >= COVERED)


def _row(dots: int, taken: float, line: TextLine, left: int) -> LineReading:
    text = "." * dots
    return LineReading(text, (Word(text, float(line.x0 - left), float(line.x1 - left), taken),), taken)
